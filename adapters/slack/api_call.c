/* One call from its parameters to its answer, and the lists and lanes that it stands in. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/api_private.h"

enum { CALL_BYTES = 1 << 20 };

/* ---- lists and lanes ---- */

void api_list_remove(struct api_call *call)
{
    struct api_list *list = call->list;
    *(call->prev ? &call->prev->next : &list->first) = call->next;
    *(call->next ? &call->next->prev : &list->last) = call->prev;
    list->count--;
    call->next = call->prev = NULL;
    call->list = NULL;
}

void api_list_add(struct api_list *list, struct api_call *call)
{
    struct api_call *after = list->last;
    while (after && after->id > call->id)
        after = after->prev;
    call->list = list;
    call->prev = after;
    call->next = after ? after->next : list->first;
    *(call->prev ? &call->prev->next : &list->first) = call;
    *(call->next ? &call->next->prev : &list->last) = call;
    list->count++;
}

struct api_lane *api_lane_get(struct slack_api *api, const char *name)
{
    struct api_lane *lane = api->lanes;
    while (lane && strcmp(lane->name, name) != 0)
        lane = lane->next;
    if (!lane) {
        lane = calloc(1, sizeof *lane);
        if (!lane || !(lane->name = strdup(name)))
            abort();
        lane->next = api->lanes;
        api->lanes = lane;
    }
    lane->calls++;
    return lane;
}

static void lane_leave(struct slack_api *api, struct api_lane *lane)
{
    struct api_lane **at = &api->lanes;
    if (!lane || --lane->calls)
        return;
    while (*at != lane)
        at = &(*at)->next;
    *at = lane->next;
    free(lane->name);
    free(lane);
}

/* ---- one call ---- */

/* application/x-www-form-urlencoded: only what never needs it stays as it is. */
static void form_add(struct buf *out, const struct slack_param *param)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._*";
    static const char hex[] = "0123456789ABCDEF";
    if (out->len)
        buf_char(out, '&');
    buf_text(out, param->name);
    buf_char(out, '=');
    for (const char *at = param->value; *at;) {
        size_t len = strspn(at, plain);
        buf_add(out, at, len);
        at += len;
        if (!*at)
            break;
        unsigned char c = (unsigned char)*at++;
        const char escaped[] = { '%', hex[c >> 4], hex[c & 15] };
        buf_add(out, c == ' ' ? "+" : escaped, c == ' ' ? 1 : 3);
    }
}

static void add_params(struct api_call *call, const struct slack_param *params, size_t count)
{
    buf_init(&call->body, CALL_BYTES);
    for (size_t i = 0; i < count; i++) {
        if (!params[i].value)
            continue;
        form_add(&call->body, &params[i]);
        if (strcmp(params[i].name, "channel") == 0 && !(call->channel = strdup(params[i].value)))
            abort();
    }
}

struct api_call *api_call_new(struct slack_api *api, const char *method,
                              const struct slack_param *params, size_t count)
{
    struct api_call *call = calloc(1, sizeof *call);
    if (!call)
        abort();
    int len = snprintf(call->name, sizeof call->name, "%s", method);
    assert(len > 0 && (size_t)len < sizeof call->name);
    call->api = api;
    call->id = ++api->last_id;
    call->method = slack_method(method);
    call->probe = strcmp(method, "auth.test") == 0;
    add_params(call, params, count);
    return call;
}

void api_call_leave(struct api_call *call)
{
    struct slack_api *api = call->api;
    bool out = call->list == &api->sent;
    api_list_remove(call);
    api->bytes -= call->body.len;
    if (out && call->lane)
        call->lane->busy = false;
    lane_leave(api, call->lane);
    call->lane = NULL;
    call->api = NULL;
    if (out && call->http_id)
        http_client_cancel(api->client, call->http_id);
}

void api_call_free(struct api_call *call)
{
    json_decref(call->json);
    buf_clear(&call->body);
    free(call->channel);
    free(call);
}

void api_call_end(struct api_call *call)
{
    struct slack_api *api = call->api;
    api_list_remove(call);
    api_list_add(&api->ended, call);
}

void api_call_end_with(struct api_call *call, enum slack_todo todo, const char *word,
                       int64_t retry_after_ms, const char *advice)
{
    call->verdict = (struct slack_verdict){ .todo = todo, .retry_after_ms = retry_after_ms,
                                            .advice = advice, .known = 1 };
    slack_error_word(word, call->verdict.error);
    api_call_end(call);
}

void api_call_answer(struct api_call *call)
{
    struct slack_answer answer = {
        .todo = call->verdict.todo, .json = call->json, .error = call->verdict.error,
        .retry_after_ms = call->verdict.retry_after_ms, .advice = call->verdict.advice };
    call->fn(call->ctx, &answer);
}
