#include "adapters/teams/connector_error.h"

#include <stdio.h>
#include <string.h>

enum { THROTTLED_MS = 5000, CONFLICT_MS = 2000 };

const char *teams_todo_name(enum teams_todo todo)
{
    static const char *const names[TEAMS_TODOS] = {
        [TEAMS_TODO_OK] = "ok", [TEAMS_TODO_LATER] = "later", [TEAMS_TODO_WAIT] = "wait",
        [TEAMS_TODO_UNCLEAR] = "unclear", [TEAMS_TODO_TOKEN] = "token",
        [TEAMS_TODO_BLOCKED] = "blocked", [TEAMS_TODO_NOT_INSTALLED] = "not-installed",
        [TEAMS_TODO_GONE] = "gone", [TEAMS_TODO_TOO_BIG] = "too-big",
        [TEAMS_TODO_WRONG_HOST] = "wrong-host", [TEAMS_TODO_FINAL] = "final",
        [TEAMS_TODO_CLOSED] = "closed",
    };
    return todo < TEAMS_TODOS ? names[todo] : "unknown";
}

/* Read from the top: the first row that fits. code NULL: any; 300 stands for all of 3xx, 500 for
 * all of 5xx. Redirects are not followed: the token would go with them. */
struct row {
    int status;
    const char *code;               /* error.code or subCode */
    enum teams_todo todo;
    int wait_ms;                    /* when the service names no time */
    const char *advice;
};

static const char person_blocked[] = "The person has blocked the app. It can write again when they "
                                     "write to it.";
/* The same answer where more than one person is. */
static const char channel_closed[] = "Teams lets the app write nothing in this channel or chat. Its "
                                     "owner can see under Manage channel whether it is archived, "
                                     "and who may post.";

#define PLEASE_REPORT "This is a mistake of Deskhand; please report it."

static const struct row rows[] = {
    { 401, NULL, TEAMS_TODO_TOKEN, 0,
      "Teams refuses the desk's token. Check that TEAMS_APP_ID is the app of the Azure Bot "
      "resource, that its Teams channel is switched on, and that TEAMS_TENANT_ID names the app's "
      "tenant first." },
    { 403, "MessageWritesBlocked", TEAMS_TODO_BLOCKED, 0, person_blocked },
    { 403, "ConversationBlockedByUser", TEAMS_TODO_BLOCKED, 0, person_blocked },
    { 403, "BotDisabledByAdmin", TEAMS_TODO_BLOCKED, 0,
      "An administrator has blocked the app in Teams. Allow it in the Teams admin centre, under "
      "Manage apps." },
    { 403, "NotEnoughPermissions", TEAMS_TODO_BLOCKED, 0,
      "The app may not post here. Check who may post in this channel, and the app's permissions." },
    { 403, "BotNotInConversationRoster", TEAMS_TODO_NOT_INSTALLED, 0,
      "The app is not installed there. Add it to the team, or to the person's chats, in Teams." },
    { 403, "InvalidBotApiHost", TEAMS_TODO_WRONG_HOST, 0,
      "Another service host serves this tenant. Mention the app in the channel once, and check "
      "TEAMS_SERVICE_HOSTS." },
    { 403, NULL, TEAMS_TODO_BLOCKED, 0,
      "Teams does not let the app write there. Check the app's installation and its permissions." },
    { 404, NULL, TEAMS_TODO_GONE, 0, NULL },
    { 410, NULL, TEAMS_TODO_GONE, 0, NULL },
    { 412, NULL, TEAMS_TODO_WAIT, CONFLICT_MS, NULL },
    { 413, NULL, TEAMS_TODO_TOO_BIG, 0, PLEASE_REPORT },
    { 400, "MessageSizeTooBig", TEAMS_TODO_TOO_BIG, 0, PLEASE_REPORT },
    { 400, NULL, TEAMS_TODO_FINAL, 0, PLEASE_REPORT },
    { 429, NULL, TEAMS_TODO_WAIT, THROTTLED_MS, NULL },
    { 300, NULL, TEAMS_TODO_LATER, 0,
      "Something between the desk and Teams answers with a redirect, which is not followed. Check "
      "the network and the proxy." },
    { 408, NULL, TEAMS_TODO_UNCLEAR, 0, NULL },
    { 500, NULL, TEAMS_TODO_UNCLEAR, 0, NULL },
};

static bool is_code(const char *wanted, const struct teams_outcome *o)
{
    return !wanted || (o->code && !strcmp(o->code, wanted))
        || (o->sub_code && !strcmp(o->sub_code, wanted));
}

static const struct row *row_of(const struct teams_outcome *o)
{
    int hundreds = o->status / 100;
    int status = hundreds == 3 || hundreds == 5 ? hundreds * 100 : o->status;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].status == status && is_code(rows[i].code, o))
            return &rows[i];
    return NULL;
}

/* Codes come from outside: letters and digits only, so that one can stand in a log line. */
static void word_of(const struct teams_outcome *o, char out[TEAMS_ERROR_SIZE])
{
    const char *code = o->sub_code ? o->sub_code : o->code ? o->code : "";
    size_t len = strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    bool clean = len && !code[len] && len < TEAMS_ERROR_SIZE - 8;
    snprintf(out, TEAMS_ERROR_SIZE, "%d%s%s", o->status, clean ? " " : "", clean ? code : "");
}

static int64_t capped(int64_t ms)
{
    return ms < TEAMS_RETRY_AFTER_MAX_MS ? ms : TEAMS_RETRY_AFTER_MAX_MS;
}

/* Twice is the same as once: then nothing is unclear. */
static enum teams_todo unless_repeatable(const struct teams_outcome *o)
{
    return o->repeatable ? TEAMS_TODO_LATER : TEAMS_TODO_UNCLEAR;
}

static struct teams_judgement judge_status(const struct teams_outcome *o)
{
    struct teams_judgement j = { .todo = TEAMS_TODO_FINAL };
    const struct row *row = row_of(o);
    word_of(o, j.error);
    if (!row)
        return j;
    j.todo = row->todo == TEAMS_TODO_UNCLEAR ? unless_repeatable(o) : row->todo;
    j.advice = o->shared && row->advice == person_blocked ? channel_closed : row->advice;
    if (row->todo == TEAMS_TODO_WAIT || row->todo == TEAMS_TODO_UNCLEAR)
        j.wait_ms = capped(o->retry_after_ms >= 0 ? o->retry_after_ms : row->wait_ms);
    return j;
}

static struct teams_judgement judge_transport(const struct teams_outcome *o)
{
    static const struct { enum teams_todo todo; const char *word; } words[HTTP_CLIENT_RESULTS] = {
        [HTTP_CLIENT_REFUSED] = { TEAMS_TODO_WRONG_HOST, "address not allowed" },
        [HTTP_CLIENT_UNREACHABLE] = { TEAMS_TODO_LATER, "not reachable" },
        [HTTP_CLIENT_TIMEOUT] = { TEAMS_TODO_UNCLEAR, "no answer in time" },
        [HTTP_CLIENT_BROKEN] = { TEAMS_TODO_UNCLEAR, "connection lost" },
        [HTTP_CLIENT_TOO_BIG] = { TEAMS_TODO_UNCLEAR, "answer too big" },
        [HTTP_CLIENT_CANCELLED] = { TEAMS_TODO_CLOSED, "cancelled" },
    };
    struct teams_judgement j = { .todo = words[o->result].todo };
    if (j.todo == TEAMS_TODO_UNCLEAR)
        j.todo = unless_repeatable(o);
    snprintf(j.error, sizeof j.error, "%s", words[o->result].word);
    return j;
}

struct teams_judgement teams_judge(const struct teams_outcome *o)
{
    if (o->result != HTTP_CLIENT_ANSWERED)
        return judge_transport(o);
    if (o->status >= 200 && o->status < 300)
        return (struct teams_judgement){ .todo = TEAMS_TODO_OK };
    return judge_status(o);
}
