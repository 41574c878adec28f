/* The user object of users.info, and the other texts of an answer that are logged or kept. */
#include "adapters/slack/people.h"
#include "tests/fuzz/fuzz.h"

enum { PLAIN_NAME = 80 };

static void promise_profile(const struct slack_profile *p)
{
    promise_text(p->name);
    promise_text(p->email);
    PROMISE(*p->user && (*p->team || p->stranger) && *p->name);
    PROMISE(text_length(p->name) <= PLAIN_NAME);
    PROMISE(!*p->email || strchr(p->email, '@'));
    PROMISE(!strpbrk(p->name, "\n\r\t\x7f") && !strpbrk(p->email, " \n\r<>,"));
}

static void promise_words(const json_t *user)
{
    char word[SLACK_ERROR_SIZE], rule[200];
    const char *text = json_string_value(json_object_get(user, "name"));
    if (!text)
        return;
    slack_error_word(text, word);
    PROMISE(*word && !strpbrk(word, " \"\n="));
    slack_error_rule(text, rule, sizeof rule);
    PROMISE(!strpbrk(rule, "\"\n=:<"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct slack_identity us = { .team = "T1", .enterprise = "E1" };
    struct slack_profile profile;
    json_t *user = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
    if (slack_profile_parse(user, &us, &profile))
        promise_profile(&profile);
    promise_words(user);
    json_decref(user);
    return 0;
}
