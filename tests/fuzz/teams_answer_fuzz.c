/* What the login service and the Connector answer: the first bytes choose a status, the rest is the
 * body, or the two codes in it. Words for log lines must stay plain words. */
#include "adapters/teams/connector_error.h"
#include "adapters/teams/login_error.h"
#include "tests/fuzz/fuzz.h"

static void promise_word(const char *word, size_t size)
{
    size_t len = strnlen(word, size);
    PROMISE(len < size);
    for (size_t i = 0; i < len; i++)
        PROMISE(word[i] >= ' ' && word[i] <= '~' && word[i] != '"' && word[i] != '\\');
}

static void login(int status, const char *body, size_t len)
{
    struct login_error e = login_error_of(status, body, len);
    PROMISE(e.advice && *e.advice && *e.word);
    promise_word(e.word, sizeof e.word);
}

static void connector(int status, const char *code, const char *sub_code, bool repeatable)
{
    struct teams_judgement j = teams_judge(&(struct teams_outcome){ .result = HTTP_CLIENT_ANSWERED,
        .status = status, .code = code, .sub_code = sub_code, .repeatable = repeatable,
        .retry_after_ms = (int64_t)status * 7919 - 1 });
    PROMISE(j.todo < TEAMS_TODOS && j.wait_ms >= 0 && j.wait_ms <= TEAMS_RETRY_AFTER_MAX_MS);
    PROMISE(!repeatable || j.todo != TEAMS_TODO_UNCLEAR);
    PROMISE((j.todo == TEAMS_TODO_OK) == (status >= 200 && status < 300));
    promise_word(j.error, sizeof j.error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3)
        return 0;
    struct arena a = { 0 };
    int status = 100 + (data[0] << 8 | data[1]) % 500;
    const char *text = arena_copy_n(&a, (const char *)data + 3, size - 3);
    if (data[2] & 1)
        login(status, text, size - 3);
    else
        connector(status, text, data[2] & 2 ? text + strlen(text) / 2 : NULL, data[2] & 4);
    arena_clear(&a);
    return 0;
}
