#include "adapters/teams/connector.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/teams/connector_private.h"
#include "adapters/teams/origin.h"
#include "bot/base/buf.h"
#include "bot/base/metric.h"

/* http_client has eight connections per host; two are kept for calls that a person waits for. */
enum { OUT_MAX = 5, OUT_URGENT_MAX = 7, QUEUE_MAX = 1000, UNASKED_MAX = 50,
       ANSWER_BYTES = 1 << 20 };
enum { CONNECT_MS = 5000, TOTAL_MS = 10000, URL_MAX = 8192, BODY_MAX = 256 * 1024 };

static void on_pump(void *arg);

/* ---- answers ---- */

/* Answers may make calls, so each round looks at the list anew. */
static void answer_ended(struct teams_connector *c)
{
    struct call *call;
    while ((call = c->ended.first)) {
        call_list_remove(call);
        call_answer(call);
        call_free(call);
    }
}

static void on_answer(void *ctx, const struct http_client_answer *answer)
{
    struct call *call = ctx;
    struct teams_connector *c = call->connector;
    if (!c) {
        call_free(call);
        return;
    }
    int64_t now_ms = loop_steady_ms(c->settings.loop);
    call->http_id = 0;
    call_understand(call, answer);
    if (call_waits_out(call, now_ms) || call_gets_new_token(call, now_ms)) {
        call_move(call, call->urgent ? &c->urgent : &c->waiting);
    } else {
        if (call->judgement.todo == TEAMS_TODO_WAIT)
            call->judgement.todo = TEAMS_TODO_LATER;
        connector_note_token(c, &call->judgement);
        call_end(call);
    }
    on_pump(c);
}

/* ---- sending ---- */

static void send_out(struct call *call, const char *header)
{
    struct teams_connector *c = call->connector;
    bool is_post = !strcmp(call->method, "POST");
    const struct http_pair headers[] = { { "Authorization", header },
        { "Content-Type", "application/json; charset=utf-8" }, { "Accept", "application/json" } };
    call_move(call, &c->sent);
    free(call->header);
    call->header = call_copy(header);
    call->http_id = http_client_send(c->settings.http, &(struct http_client_request){
        .method = call->method, .url = call->url, .headers = headers,
        .header_count = sizeof headers / sizeof *headers, .body = call->body,
        .body_len = call->body ? strlen(call->body) : 0, .connect_ms = CONNECT_MS,
        .total_ms = c->settings.total_ms ? c->settings.total_ms : TOTAL_MS,
        .max_answer = ANSWER_BYTES, .once = is_post }, on_answer, call);
    metric_add(METRIC_TEAMS_CALLS, 1);
}

static bool is_same_lane(const struct call *a, const struct call *b)
{
    return a != b && a->lane && b->lane && !strcmp(a->lane, b->lane);
}

/* One of its lane is out, or an older one of its lane had to wait in this round. */
static bool lane_is_busy(const struct call *call)
{
    const struct teams_connector *c = call->connector;
    for (const struct call *s = c->sent.first; call->lane && s; s = s->next)
        if (is_same_lane(s, call))
            return true;
    for (const struct call *w = call->prev; call->lane && w; w = w->prev)
        if (w->round == c->round && is_same_lane(w, call))
            return true;
    return false;
}

static int64_t longest_wait(const struct call *call, int64_t now_ms)
{
    int64_t wait = call->not_before_ms - now_ms;
    int64_t all = bucket_wait_ms(call_tenant_bucket(call), now_ms);
    int64_t conv = bucket_wait_ms(call_bucket(call), now_ms);
    wait = all > wait ? all : wait;
    wait = conv > wait ? conv : wait;
    return wait > 0 ? wait : 0;
}

static void take(const struct call *call, int64_t now_ms)
{
    bucket_take(call_tenant_bucket(call), now_ms);
    bucket_take(call_bucket(call), now_ms);
}

static void no_token(struct call *call)
{
    const struct teams_token *token = call->connector->settings.token;
    const char *advice, *error = teams_token_error(token, &advice);
    if (!teams_token_is_coming(token))
        call_end_with(call, TEAMS_TODO_TOKEN, error ? error : "no token", advice,
                 teams_token_retry_ms(token));
}

/* Lets one call go, or says why it stays. */
static void visit(struct call *call, int64_t now_ms)
{
    struct teams_connector *c = call->connector;
    bool is_full = c->sent.count >= (call->urgent ? OUT_URGENT_MAX : OUT_MAX);
    call->round = c->round;
    if (lane_is_busy(call))
        return;
    int64_t wait = longest_wait(call, now_ms);
    if (wait > call_patience_ms(call)) {
        call_end_with(call, TEAMS_TODO_LATER, "throttled", NULL, wait);
        return;
    }
    if (wait && (c->soonest_ms < 0 || wait < c->soonest_ms))
        c->soonest_ms = wait;
    if (wait || is_full)
        return;
    const char *header = teams_token_header(c->settings.token);
    if (!header) {
        no_token(call);
        return;
    }
    take(call, now_ms);
    send_out(call, header);
}

static void visit_all(struct call_list *list, int64_t now_ms)
{
    for (struct call *call = list->first, *next; call; call = next) {
        next = call->next;
        visit(call, now_ms);
    }
}

static void on_pump(void *arg)
{
    struct teams_connector *c = arg;
    int64_t now_ms = loop_steady_ms(c->settings.loop);
    c->round++;
    c->soonest_ms = -1;
    visit_all(&c->urgent, now_ms);
    visit_all(&c->waiting, now_ms);
    if (c->soonest_ms >= 0)
        loop_timer_set(c->settings.loop, &c->pump, c->soonest_ms, on_pump, c);
    answer_ended(c);
}

static void pump_soon(void *connector)
{
    struct teams_connector *c = connector;
    loop_timer_set(c->settings.loop, &c->pump, 0, on_pump, c);
}

/* ---- the outside ---- */

struct teams_connector *teams_connector_new(const struct teams_connector_settings *settings)
{
    struct teams_connector *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->settings = *settings;
    c->buckets = buckets_new();
    teams_token_listen(settings->token, pump_soon, c);
    return c;
}

static void end_everything(struct teams_connector *c, struct call_list *list)
{
    struct call *call;
    while ((call = list->first)) {
        call_list_remove(call);
        call->judgement = (struct teams_judgement){ .todo = TEAMS_TODO_CLOSED,
                                                    .error = "cancelled" };
        if (call->fn)
            call_answer(call);
        call->connector = NULL;
        call->fn = NULL;
        if (call->http_id)
            http_client_cancel(c->settings.http, call->http_id);   /* and frees it, later */
        else
            call_free(call);
    }
}

static void not_now(struct call_list *list)
{
    while (list->first)
        call_end_with(list->first, TEAMS_TODO_LATER, "the desk stops", NULL, 0);
}

void teams_connector_drain(struct teams_connector *c)
{
    c->draining = true;
    not_now(&c->urgent);
    not_now(&c->waiting);
    pump_soon(c);
}

void teams_connector_free(struct teams_connector *c)
{
    if (!c)
        return;
    loop_timer_stop(c->settings.loop, &c->pump);
    teams_token_listen(c->settings.token, NULL, NULL);
    end_everything(c, &c->sent);
    end_everything(c, &c->urgent);
    end_everything(c, &c->waiting);
    end_everything(c, &c->ended);
    buckets_free(c->buckets);
    free(c);
}

static char *url_of(const struct teams_request *r)
{
    struct buf url;
    size_t len = strlen(r->service_url);
    buf_init(&url, URL_MAX);
    while (len && r->service_url[len - 1] == '/')
        len--;
    buf_add(&url, r->service_url, len);
    buf_print(&url, "/%s", r->path);
    if (!url.failed)
        return url.data;
    buf_clear(&url);
    return NULL;
}

/* Words that nobody waits for, such as "kept as a note": no more of them than a conversation takes
 * in half a minute. Else one flooded thread would fill the queue of all others. */
static bool is_flooded(const struct teams_connector *c, const struct call *call)
{
    size_t n = 0;
    for (const struct call *w = c->waiting.first; w && !call->fn && call->conv; w = w->next)
        n += !w->fn && w->conv && !strcmp(w->conv, call->conv);
    return n > UNASKED_MAX;
}

static void refuse_or_queue(struct call *call, const struct teams_request *r)
{
    struct teams_connector *c = call->connector;
    struct teams_span url = teams_span_of(r->service_url);
    call_list_add(r->urgent ? &c->urgent : &c->waiting, call);
    if (!url.bytes || !teams_service_url_is_allowed(url, c->settings.service_hosts))
        call_end_with(call, TEAMS_TODO_WRONG_HOST, "service host not allowed",
                      "Nothing is sent to hosts that are not in TEAMS_SERVICE_HOSTS.", 0);
    else if (!(call->url = url_of(r)) || (r->body && strlen(r->body) > BODY_MAX))
        call_end_with(call, TEAMS_TODO_TOO_BIG, "too long", NULL, 0);
    else if (c->urgent.count + c->waiting.count > QUEUE_MAX || c->draining)
        call_end_with(call, TEAMS_TODO_LATER, c->draining ? "the desk stops" : "queue full", NULL,
                      0);
    else if (is_flooded(c, call))
        call_end_with(call, TEAMS_TODO_LATER, "too much for this conversation", NULL, 0);
}

void teams_connector_call(struct teams_connector *c, const struct teams_request *r,
                          teams_answer_fn *fn, void *ctx)
{
    struct call *call = calloc(1, sizeof *call);
    if (!call)
        abort();
    bool is_change = strcmp(r->method, "GET") && strcmp(r->method, "POST");
    *call = (struct call){ .connector = c, .id = ++c->last_id, .method = call_copy(r->method),
        .body = call_copy(r->body), .conv = call_copy(r->conv),
        .lane = call_copy(is_change ? r->path : r->lane),
        .tenant = call_copy(r->tenant ? r->tenant : c->settings.tenant ? c->settings.tenant : ""),
        .urgent = r->urgent, .fn = fn, .ctx = ctx };
    if (call->conv)
        call->conv[strcspn(call->conv, ";")] = '\0';
    refuse_or_queue(call, r);
    pump_soon(c);
}

void teams_path_segment(struct buf *path, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                  || strchr("-_.!~*'()", c);
        const char escaped[] = { '%', hex[c >> 4], hex[c & 15] };
        buf_add(path, plain ? at : escaped, plain ? 1 : 3);
    }
}
