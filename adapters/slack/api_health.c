/* What lasts between calls: does the token work, which scopes are there, does Slack answer. */
#include <stdio.h>
#include <string.h>

#include "adapters/slack/api_private.h"
#include "bot/base/log.h"

enum { RETEST_MS = 600000, DOWN_MS = 30000 };

static void on_probe(void *ctx, const struct slack_answer *answer)
{
    struct slack_api *api = ctx;
    (void)answer;                      /* api_understand has learned what there is */
    api->probe_id = 0;
}

static void probe(struct slack_api *api)
{
    if (!api->probe_id)
        api->probe_id = slack_api_call(api, "auth.test", NULL, NULL, 0, on_probe, api);
}

static void on_retest(void *arg)
{
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

static bool has_scope(const char *scopes, const char *scope)
{
    size_t len = strlen(scope);
    for (const char *at = scopes; *at; at += strcspn(at, ",")) {
        at += strspn(at, ", ");
        if (strcspn(at, ", ") == len && strncmp(at, scope, len) == 0)
            return true;
    }
    return false;
}

void api_auth_learn(struct slack_api *api, const json_t *json, const char *scopes)
{
    keep_id(json, "team_id", api->self.team);
    keep_id(json, "enterprise_id", api->self.enterprise);
    keep_id(json, "user_id", api->self.user);
    keep_id(json, "bot_id", api->self.bot);
    if (scopes)
        keep_text(api->scopes, sizeof api->scopes, scopes);
    for (size_t i = 0; i < API_MISSING_MAX; i++)
        if (has_scope(api->scopes, api->missing[i]))
            *api->missing[i] = '\0';
    if (*api->auth_error)
        log_info("slack token works", "team=%s", api->self.team);
    *api->auth_error = '\0';
    loop_timer_stop(api->loop, &api->retest);
}

void api_auth_lost(struct slack_api *api, const struct slack_verdict *why)
{
    if (!*api->auth_error) {
        log_error("slack token refused", "error=%s advice=\"%s\"", why->error,
                  why->advice ? why->advice : "");
        loop_timer_repeat(api->loop, &api->retest, RETEST_MS, on_retest, api);
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

static bool lacks_scope(const struct slack_api *api, struct buf *out)
{
    for (size_t i = 0; i < API_MISSING_MAX; i++)
        if (*api->missing[i])
            buf_print(out, "%s%s", out->len ? ", " : "", api->missing[i]);
    return out->len > 0;
}

bool slack_api_health(const struct slack_api *api, char *text, size_t size)
{
    struct buf scopes;
    int64_t down_ms = *api->down ? loop_steady_ms(api->loop) - api->down_since_ms : 0;
    buf_init(&scopes, sizeof api->missing + API_MISSING_MAX * 2);
    bool lacks = lacks_scope(api, &scopes), well = false;
    if (*api->auth_error)
        snprintf(text, size, "Slack refuses the token (%s). %s", api->auth_error,
                 api->auth_advice ? api->auth_advice : "");
    else if (down_ms >= DOWN_MS)
        snprintf(text, size, "Slack does not answer (%s). It is tried again by itself; if that "
                 "lasts, check the network.", api->down);
    else if (lacks)
        snprintf(text, size, "The Slack app lacks a scope: %s. Add it in the app's settings and "
                 "install the app again.", scopes.data);
    else
        well = true;
    buf_clear(&scopes);
    if (well && size)
        *text = '\0';
    return well;
}
