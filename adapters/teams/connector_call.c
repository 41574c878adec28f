/* One call: its memory, its limits, and what its answer means. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/teams/connector_private.h"
#include "bot/base/buf.h"
#include "bot/base/hash.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { PATIENCE_MS = TEAMS_RETRY_AFTER_MAX_MS, URGENT_PATIENCE_MS = 3000, CONFLICTS_MAX = 4,
       JITTER_MS = 500, RENEWAL_MS = 60 * 1000, DOWN_MS = 30000 };

/* ---- lists ---- */

void call_list_add(struct call_list *list, struct call *call)
{
    struct call *before = list->last;
    while (before && before->id > call->id)
        before = before->prev;
    call->list = list;
    call->prev = before;
    call->next = before ? before->next : list->first;
    *(before ? &before->next : &list->first) = call;
    *(call->next ? &call->next->prev : &list->last) = call;
    list->count++;
}

void call_list_remove(struct call *call)
{
    struct call_list *list = call->list;
    *(call->prev ? &call->prev->next : &list->first) = call->next;
    *(call->next ? &call->next->prev : &list->last) = call->prev;
    call->list = NULL;
    list->count--;
}

void call_move(struct call *call, struct call_list *list)
{
    call_list_remove(call);
    call_list_add(list, call);
}

/* ---- one call ---- */

char *call_copy(const char *text)
{
    char *copy = text ? strdup(text) : NULL;
    if (text && !copy)
        abort();
    return copy;
}

void call_free(struct call *call)
{
    json_decref(call->json);
    free(call->method);
    free(call->url);
    free(call->body);
    free(call->conv);
    free(call->lane);
    free(call->tenant);
    free(call->header);
    free(call);
}

void call_answer(struct call *call)
{
    const struct teams_judgement *j = &call->judgement;
    struct teams_answer answer = { .todo = j->todo, .status = call->status, .json = call->json,
        .error = j->error, .advice = j->advice,
        .retry_after_ms = j->todo == TEAMS_TODO_OK ? 0 : j->wait_ms };
    if (call->fn)
        call->fn(call->ctx, &answer);
    else if (answer.todo != TEAMS_TODO_OK)
        log_info("teams call failed", "error=\"%s\"", answer.error);
}

void call_end(struct call *call)
{
    call_move(call, &call->connector->ended);
}

void call_end_with(struct call *call, enum teams_todo todo, const char *error,
                     const char *advice, int64_t retry_ms)
{
    call->judgement = (struct teams_judgement){ .todo = todo, .advice = advice,
                                                .wait_ms = retry_ms };
    snprintf(call->judgement.error, sizeof call->judgement.error, "%s", error);
    call_end(call);
}

/* ---- limits ---- */

struct bucket *call_bucket(const struct call *call)
{
    enum bucket_kind kind = strcmp(call->method, "GET") ? BUCKET_SEND : BUCKET_ROSTER;
    const char *name = call->conv ? call->conv : call->lane ? call->lane : call->url;
    return bucket_of(call->connector->buckets, kind, name);
}

struct bucket *call_tenant_bucket(const struct call *call)
{
    return bucket_of(call->connector->buckets, BUCKET_TENANT, call->tenant);
}

static int64_t jitter_ms(void)
{
    uint16_t bits;
    hash_random(&bits, sizeof bits);
    return bits % JITTER_MS;
}

int64_t call_patience_ms(const struct call *call)
{
    return call->urgent ? URGENT_PATIENCE_MS : PATIENCE_MS + JITTER_MS;
}

/* ---- answers ---- */

/* Throttled: the whole conversation waits. Somebody changed the same thing: only this call does. */
bool call_waits_out(struct call *call, int64_t now_ms)
{
    struct teams_judgement *j = &call->judgement;
    if (j->todo != TEAMS_TODO_WAIT)
        return false;
    bool throttled = call->status == 429;
    int64_t wait = (throttled ? j->wait_ms : j->wait_ms << call->conflicts) + jitter_ms();
    if (throttled) {
        metric_add(METRIC_TEAMS_RATE_LIMITED, 1);
        bucket_block(call_bucket(call), now_ms + wait);
    } else {
        call->conflicts++;
        call->not_before_ms = now_ms + wait;
    }
    j->wait_ms = wait;
    call->waited_ms += wait;
    return call->waited_ms <= call_patience_ms(call) && call->conflicts < CONFLICTS_MAX;
}

/* A 401 may be an old token: one new one for this call, and no more than one a minute for all. */
bool call_gets_new_token(struct call *call, int64_t now_ms)
{
    struct teams_connector *c = call->connector;
    if (call->judgement.todo != TEAMS_TODO_TOKEN || call->renewed)
        return false;
    call->renewed = true;
    if (c->renewal_ms && now_ms - c->renewal_ms < RENEWAL_MS)
        return true;
    c->renewal_ms = now_ms;
    teams_token_reject(c->settings.token, call->header);
    return true;
}

static void reached(struct teams_connector *c, const char *trouble)
{
    if (*trouble && !*c->down)
        c->down_since_ms = loop_steady_ms(c->settings.loop);
    snprintf(c->down, sizeof c->down, "%s", trouble);
}

void connector_note_token(struct teams_connector *c, const struct teams_judgement *j)
{
    bool refused = j->todo == TEAMS_TODO_TOKEN;
    if (refused && !c->refused)
        log_error("teams refuses the token", "error=\"%s\" advice=\"%s\"", j->error, j->advice);
    if (refused || j->todo == TEAMS_TODO_OK)
        c->refused = refused;
}

static void note(struct call *call, const struct http_client_answer *a)
{
    struct teams_connector *c = call->connector;
    const struct teams_judgement *j = &call->judgement;
    bool unanswered = a->result != HTTP_CLIENT_ANSWERED || a->status >= 500;
    reached(c, unanswered ? j->error : "");
    if (j->todo == TEAMS_TODO_UNCLEAR)
        metric_add(METRIC_TEAMS_UNCLEAR, 1);
    if (j->todo != TEAMS_TODO_OK) {
        metric_add(METRIC_TEAMS_ERRORS, 1);
        log_info("teams call", "method=%s todo=%s error=\"%s\" wait_ms=%" PRId64, call->method,
                 teams_todo_name(j->todo), j->error, j->wait_ms);
    }
}

void call_understand(struct call *call, const struct http_client_answer *a)
{
    bool answered = a->result == HTTP_CLIENT_ANSWERED;
    json_decref(call->json);
    call->json = answered && a->body_len ? json_loadb(a->body, a->body_len, 0, NULL) : NULL;
    const json_t *sub = json_object_get(call->json, "subCode");
    const json_t *error = json_object_get(call->json, "error");
    call->status = a->status;
    call->judgement = teams_judge(&(struct teams_outcome){ .result = a->result,
        .status = a->status, .repeatable = strcmp(call->method, "POST") != 0,
        .code = json_string_value(json_object_get(error, "code")),
        .shared = call->conv && strstr(call->conv, "@thread."),
        .sub_code = json_string_value(sub), .retry_after_ms = a->retry_after_ms });
    note(call, a);
}

/* ---- health ---- */

bool teams_connector_health(const struct teams_connector *c, char *text, size_t size)
{
    const char *advice, *error = teams_token_error(c->settings.token, &advice);
    int64_t down_ms = *c->down ? loop_steady_ms(c->settings.loop) - c->down_since_ms : 0;
    if (error)
        snprintf(text, size, "No new token for Teams (%s). %s", error, advice);
    else if (c->refused)
        snprintf(text, size, "Teams refuses the desk's token. Check TEAMS_APP_ID, TEAMS_TENANT_ID "
                 "and the Azure Bot resource.");
    else if (down_ms >= DOWN_MS)
        snprintf(text, size, "Teams has not answered for %" PRId64 " s (%s).", down_ms / 1000,
                 c->down);
    else if (size)
        *text = '\0';
    return !error && !c->refused && down_ms < DOWN_MS;
}
