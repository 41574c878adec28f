#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "adapters/slack/api_private.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { ODD_AGAIN_MS = 3600000, RULES_MAX = 5, RULE_SIZE = 200 };

static int ok_of(const json_t *json)
{
    const json_t *ok = json_object_get(json, "ok");
    return json_is_boolean(ok) ? json_is_true(ok) : -1;
}

static struct slack_verdict judge(struct api_call *call, const struct http_client_answer *answer)
{
    struct slack_outcome outcome = { .result = answer->result, .status = answer->status,
                                     .json = -1, .retry_after_ms = answer->retry_after_ms };
    if (answer->result == HTTP_CLIENT_ANSWERED)
        call->json = json_loadb(answer->body, answer->body_len, JSON_REJECT_DUPLICATES, NULL);
    outcome.json = ok_of(call->json);
    if (outcome.json < 0) {
        json_decref(call->json);
        call->json = NULL;
    }
    outcome.code = json_string_value(json_object_get(call->json, "error"));
    return slack_judge(call->name, &outcome);
}

/* Slack tells what is wrong with blocks as texts with a JSON pointer, or (blocks.validate, newer
 * answers) as objects. Texts could quote what a person wrote: only rule and pointer are logged. */
static void log_rules(const struct api_call *call, const json_t *rules)
{
    size_t i;
    const json_t *rule;
    char text[RULE_SIZE];
    json_array_foreach(rules, i, rule) {
        const char *message = json_string_value(rule);
        if (i >= RULES_MAX)
            return;
        if (!message)
            message = json_string_value(json_object_get(rule, "pointer"));
        if (!message)
            continue;
        slack_error_rule(message, text, sizeof text);
        log_warn("slack refused blocks", "method=%s rule=\"%s\"", call->name, text);
    }
}

/* Once an hour for each code; when there are too many different ones, the oldest is forgotten. */
static bool is_new_odd(struct slack_api *api, const char *code, int64_t now_ms)
{
    size_t at = 0;
    for (size_t i = 0; i < API_ODD_MAX; i++) {
        if (strcmp(api->odd[i].code, code) == 0) {
            at = i;
            break;
        }
        if (api->odd[i].logged_ms < api->odd[at].logged_ms)
            at = i;
    }
    bool same = strcmp(api->odd[at].code, code) == 0;
    if (same && now_ms - api->odd[at].logged_ms < ODD_AGAIN_MS)
        return false;
    snprintf(api->odd[at].code, sizeof api->odd[at].code, "%s", code);
    api->odd[at].logged_ms = now_ms;
    return true;
}

static void log_failure(const struct api_call *call, int status)
{
    const struct slack_verdict *v = &call->verdict;
    metric_add(METRIC_SLACK_ERRORS, 1);
    if (v->known)
        log_warn("slack call failed", "method=%s error=%s status=%d todo=%s wait_ms=%" PRId64,
                 call->name, v->error, status, slack_todo_name(v->todo), v->retry_after_ms);
    else if (is_new_odd(call->api, v->error, loop_steady_ms(call->api->loop)))
        log_warn("slack error unknown", "method=%s error=%s todo=final", call->name, v->error);
    if (v->todo == SLACK_TODO_TOO_BIG || v->todo == SLACK_TODO_FINAL) {
        log_rules(call, json_object_get(json_object_get(call->json, "response_metadata"),
                                        "messages"));
        log_rules(call, json_object_get(call->json, "errors"));
    }
}

static void remember(struct api_call *call, const struct http_client_answer *answer)
{
    struct slack_api *api = call->api;
    const struct slack_verdict *v = &call->verdict;
    bool silent = answer->result != HTTP_CLIENT_ANSWERED || (!call->json && answer->status != 429);
    api_reached(api, silent ? v->error : NULL);
    if (v->todo == SLACK_TODO_AUTH)
        api_auth_lost(api, v);
    if (v->todo == SLACK_TODO_SCOPE)
        api_scope_missing(api, json_string_value(json_object_get(call->json, "needed")));
    if (call->probe && v->todo == SLACK_TODO_OK)
        api_auth_learn(api, call->json, http_client_header(answer, "x-oauth-scopes"));
}

void api_understand(struct api_call *call, const struct http_client_answer *answer)
{
    json_decref(call->json);           /* of an earlier 429 */
    call->json = NULL;
    call->verdict = judge(call, answer);
    remember(call, answer);
    if (call->verdict.todo != SLACK_TODO_OK)
        log_failure(call, answer->status);
}
