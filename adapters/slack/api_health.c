/* What lasts between calls: does the token work, which scopes are there, does Slack answer. */
#include <stdio.h>
#include <string.h>

#include "adapters/slack/api_private.h"
#include "adapters/slack/manifest.h"
#include "bot/base/log.h"

enum { RETEST_MS = 600000, DOWN_MS = 30000, SOON_MS = 2000, SOON_MOST_MS = 60000 };

static void on_retest(void *arg);

static void retest_in(struct slack_api *api, int64_t ms)
{
    if (!api->closing)
        loop_timer_set(api->loop, &api->retest, ms, on_retest, api);
}

/* api_understand has learned what there is. Who does not know yet who we are asks again soon. */
static void on_probe(void *ctx, const struct slack_answer *answer)
{
    struct slack_api *api = ctx;
    api->probe_id = 0;
    bool told = answer->todo == SLACK_TODO_OK && *api->self.team;
    bool settled = told || answer->todo == SLACK_TODO_AUTH;
    snprintf(api->probe_error, sizeof api->probe_error, "%s",
             settled ? "" : *answer->error ? answer->error : "no_team_id");
    if (settled) {
        api->probes = 0;
        return;
    }
    int64_t ms = api->probes < 5 ? (int64_t)SOON_MS << api->probes : SOON_MOST_MS;
    api->probes++;
    retest_in(api, ms > answer->retry_after_ms ? ms : answer->retry_after_ms);
}

static void probe(struct slack_api *api)
{
    if (!api->probe_id)
        api->probe_id = slack_api_call(api, "auth.test", NULL, NULL, 0, on_probe, api);
}

static void on_retest(void *arg)
{
    retest_in(arg, RETEST_MS);
    probe(arg);
}

void slack_api_retest(struct slack_api *api)
{
    probe(api);
}

/* Ids and scopes only: anything else is not kept. */
static void keep_text(char *out, size_t size, const char *text)
{
    size_t len = text ? strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_:.,- ") : 0;
    bool clean = text && !text[len] && len < size;
    snprintf(out, size, "%s", clean ? text : "");
}

static void keep_id(const json_t *json, const char *name, char out[65])
{
    keep_text(out, 65, json_string_value(json_object_get(json, name)));
}

/* What a call lacked may be there now; what this desk uses may be missing before any call. A list
 * of several stands for one of them: the next call says whether it still lacks it. */
static void compare_scopes(struct slack_api *api)
{
    for (size_t i = 0; i < API_MISSING_MAX; i++)
        if (strchr(api->missing[i], ',') || slack_scope_is_granted(api->scopes, api->missing[i]))
            *api->missing[i] = '\0';
    for (size_t i = 0; *api->scopes && i < slack_scope_count; i++)
        if (!slack_scope_is_granted(api->scopes, slack_scopes[i].name))
            api_scope_missing(api, slack_scopes[i].name);
}

static bool lacks_any(const struct slack_api *api)
{
    size_t i = 0;
    while (i < API_MISSING_MAX && !*api->missing[i])
        i++;
    return i < API_MISSING_MAX;
}

void api_auth_learn(struct slack_api *api, const json_t *json, const char *scopes)
{
    keep_id(json, "team_id", api->self.team);
    keep_id(json, "enterprise_id", api->self.enterprise);
    keep_id(json, "user_id", api->self.user);
    keep_id(json, "bot_id", api->self.bot);
    if (scopes)
        keep_text(api->scopes, sizeof api->scopes, scopes);
    if (*api->auth_error)
        log_info("slack token works", "team=%s", api->self.team);
    *api->auth_error = '\0';
    loop_timer_stop(api->loop, &api->retest);
    compare_scopes(api);
    if (lacks_any(api))
        retest_in(api, RETEST_MS);     /* until somebody has added it */
}

void api_auth_lost(struct slack_api *api, const struct slack_verdict *why)
{
    if (!*api->auth_error) {
        log_error("slack token refused", "error=%s advice=\"%s\"", why->error,
                  why->advice ? why->advice : "");
        retest_in(api, RETEST_MS);
    }
    snprintf(api->auth_error, sizeof api->auth_error, "%s", why->error);
    api->auth_advice = why->advice;
}

void api_scope_missing(struct slack_api *api, const char *needed)
{
    char scope[SLACK_ERROR_SIZE];
    size_t at = API_MISSING_MAX;
    keep_text(scope, sizeof scope, needed);
    for (size_t i = 0; i < API_MISSING_MAX; i++) {
        if (*scope && strcmp(api->missing[i], scope) == 0)
            return;
        if (!*api->missing[i] && at == API_MISSING_MAX)
            at = i;
    }
    if (!*scope || at == API_MISSING_MAX)
        return;
    memcpy(api->missing[at], scope, sizeof scope);
    if (!loop_timer_runs(&api->retest))
        retest_in(api, RETEST_MS);     /* until somebody has added it */
    log_error("slack scope missing", "scope=\"%s\" advice=\"Add it in the app's settings and "
              "install the app again.\"", scope);
}

void api_reached(struct slack_api *api, const char *trouble)
{
    if (trouble && !*api->down)
        api->down_since_ms = loop_steady_ms(api->loop);
    snprintf(api->down, sizeof api->down, "%s", trouble ? trouble : "");
}

const struct slack_identity *slack_api_self(const struct slack_api *api)
{
    return &api->self;
}

const char *slack_api_scopes(const struct slack_api *api)
{
    return api->scopes;
}

bool slack_api_works(const struct slack_api *api, char *text, size_t size)
{
    int64_t down_ms = *api->down ? loop_steady_ms(api->loop) - api->down_since_ms : 0;
    bool works = false;
    if (*api->auth_error)
        snprintf(text, size, "Slack refuses the token (%s). %s", api->auth_error,
                 api->auth_advice ? api->auth_advice : "");
    else if (down_ms >= DOWN_MS)
        snprintf(text, size, "Slack does not answer (%s). It is tried again by itself; if that "
                 "lasts, check the network.", api->down);
    else if (*api->probe_error && !*api->down)
        snprintf(text, size, "Slack does not say who the bot is (auth.test: %s). It is asked again "
                 "by itself; if that lasts, check SLACK_BOT_TOKEN (xoxb-...).", api->probe_error);
    else
        works = true;
    if (works && size)
        *text = '\0';
    return works;
}

bool slack_api_health(const struct slack_api *api, char *text, size_t size)
{
    struct buf scopes;
    if (!slack_api_works(api, text, size))
        return false;
    if (!lacks_any(api))
        return true;
    buf_init(&scopes, sizeof api->missing + API_MISSING_MAX * 2);
    for (size_t i = 0; i < API_MISSING_MAX; i++)
        if (*api->missing[i])
            buf_print(&scopes, "%s%s", scopes.len ? ", " : "", api->missing[i]);
    snprintf(text, size, "The Slack app lacks a scope: %s. Add it in the app's settings and "
             "install the app again.", scopes.data);
    buf_clear(&scopes);
    return false;
}
