#include "adapters/slack/api.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/slack/api_private.h"
#include "bot/base/hash.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

/* http_client has eight connections per host: one stays free for opening sockets, two are kept for
 * calls that a person waits for. */
enum { OUT_MAX = 5, OUT_URGENT_MAX = 7 };
enum { QUEUE_MAX = 1000, QUEUE_URGENT_MAX = 1100, QUEUE_BYTES = 32 << 20 };
enum { ANSWER_BYTES = 1 << 20, LIST_BYTES = 2 << 20 };
enum { CONNECT_MS = 5000, TOTAL_MS = 10000 };
enum { PATIENCE_MS = 30000, URGENT_PATIENCE_MS = 3000, WAITED_MAX_MS = 60000, JITTER_MS = 500 };
enum { URGENT_AGE_MS = 15000 };         /* nobody waits longer for an answer to a click */

static void on_answer(void *ctx, const struct http_client_answer *answer);

/* Answers may make calls and cancel others, so each round looks at the list anew. */
static void answer_ended(struct slack_api *api)
{
    struct api_call *call;
    while ((call = api->ended.first)) {
        api_call_leave(call);
        api_call_answer(call);
        api_call_free(call);
    }
}

/* ---- sending ---- */

static void send_out(struct slack_api *api, struct api_call *call)
{
    struct buf url;
    const struct http_pair headers[] = {
        { "Authorization", api->authorization },
        { "Content-Type", "application/x-www-form-urlencoded" } };
    buf_init(&url, 1 << 16);
    buf_print(&url, "%s%s", api->base_url, call->name);
    struct http_client_request request = {
        .method = "POST", .url = url.data ? url.data : "", .headers = headers, .header_count = 2,
        .body = call->body.data, .body_len = call->body.len,
        .connect_ms = CONNECT_MS, .total_ms = TOTAL_MS,
        .max_answer = call->method->list ? LIST_BYTES : ANSWER_BYTES,
        .once = !call->method->repeatable };
    api_list_remove(call);
    api_list_add(&api->sent, call);
    call->sent = true;
    if (call->lane)
        call->lane->busy = true;
    call->http_id = http_client_send(api->client, &request, on_answer, call);
    buf_clear(&url);
    metric_add(METRIC_SLACK_CALLS, 1);
}

static struct pace_row *method_row(const struct api_call *call)
{
    return pace_row(call->api->pace, pace_key(call->name, NULL));
}

/* What Slack asked to wait for is about one method there; the pace is one for posts and updates. */
static struct pace_row *channel_row(const struct api_call *call)
{
    return pace_row(call->api->pace, pace_key(call->name, call->channel));
}

static struct pace_row *channel_pace(const struct api_call *call)
{
    return pace_row(call->api->pace, pace_key("chat", call->channel));
}

static bool is_by_channel(const struct api_call *call)
{
    return call->method->by_channel && call->channel;
}

static int64_t longer(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t blocked_ms(const struct api_call *call, int64_t now_ms)
{
    int64_t wait = pace_blocked_ms(method_row(call), now_ms);
    return is_by_channel(call) ? longer(wait, pace_blocked_ms(channel_row(call), now_ms)) : wait;
}

static struct pace_rate scaled(const struct api_call *call, struct pace_rate rate)
{
    int64_t percent = call->api->percent;
    return (struct pace_rate){ rate.every_ms * 100 / percent,
                               longer(rate.burst * percent / 100, 1) };
}

static int64_t bucket_ms(const struct api_call *call, int64_t now_ms)
{
    const struct slack_method *m = call->method;
    int64_t wait = pace_wait_ms(method_row(call), scaled(call, m->rate), now_ms);
    if (!is_by_channel(call))
        return wait;
    return longer(wait, pace_wait_ms(channel_pace(call), scaled(call, m->channel_rate), now_ms));
}

static void take_tokens(const struct api_call *call, int64_t now_ms)
{
    const struct slack_method *m = call->method;
    pace_take(method_row(call), scaled(call, m->rate), now_ms);
    if (is_by_channel(call))
        pace_take(channel_pace(call), scaled(call, m->channel_rate), now_ms);
}

static int64_t patience_ms(const struct api_call *call)
{
    return call->method->urgent ? URGENT_PATIENCE_MS : PATIENCE_MS + JITTER_MS;
}

/* Lets one call go, or says why it stays: its lane, the pace, or all connections in use. */
static void visit(struct slack_api *api, struct api_call *call, int64_t now_ms)
{
    struct api_lane *lane = call->lane;
    if (*api->auth_error && !call->probe) {
        api_call_end_with(call, SLACK_TODO_AUTH, api->auth_error,
                      longer(api->retest.due_ms - now_ms, 0), api->auth_advice);
        return;
    }
    if (lane && (lane->busy || lane->passed == api->round))
        return;
    int64_t blocked = blocked_ms(call, now_ms);
    if (blocked > patience_ms(call)) {
        api_call_end_with(call, SLACK_TODO_RATE_LIMITED, "ratelimited", blocked, NULL);
        return;
    }
    int64_t wait = longer(blocked, bucket_ms(call, now_ms));
    if (!wait && api->sent.count < (call->method->urgent ? OUT_URGENT_MAX : OUT_MAX)) {
        take_tokens(call, now_ms);
        send_out(api, call);
        return;
    }
    if (call->method->urgent && now_ms - call->since_ms >= URGENT_AGE_MS) {
        api_call_end_with(call, SLACK_TODO_RETRY, "too_late", 0, NULL);
        return;
    }
    if (call->method->urgent)
        wait = wait ? wait : URGENT_AGE_MS - (now_ms - call->since_ms);
    if (wait && (api->soonest_ms < 0 || wait < api->soonest_ms))
        api->soonest_ms = wait;
    if (lane)
        lane->passed = api->round;
}

static void visit_all(struct slack_api *api, struct api_list *list)
{
    for (struct api_call *call = list->first, *next; call; call = next) {
        next = call->next;
        visit(api, call, loop_steady_ms(api->loop));
    }
}

static void on_pump(void *arg)
{
    struct slack_api *api = arg;
    api->round++;
    api->soonest_ms = -1;
    visit_all(api, &api->urgent);
    visit_all(api, &api->waiting);
    if (api->soonest_ms >= 0)
        loop_timer_set(api->loop, &api->pump, api->soonest_ms, on_pump, api);
    answer_ended(api);
}

static void pump_soon(struct slack_api *api)
{
    loop_timer_set(api->loop, &api->pump, 0, on_pump, api);
}

/* ---- receiving ---- */

static int64_t jitter_ms(void)
{
    uint16_t bits;
    hash_random(&bits, sizeof bits);
    return bits % JITTER_MS;
}

/* All calls of the method (for chat.*, in the channel) wait; this one, too, while that is short. */
static bool waits_out(struct api_call *call, int64_t now_ms)
{
    struct slack_verdict *v = &call->verdict;
    if (v->todo != SLACK_TODO_RATE_LIMITED)
        return false;
    metric_add(METRIC_SLACK_RATE_LIMITED, 1);
    v->retry_after_ms = longer(v->retry_after_ms, 1000);
    int64_t wait = v->retry_after_ms + jitter_ms();
    pace_block(is_by_channel(call) ? channel_row(call) : method_row(call), now_ms + wait);
    call->waited_ms += wait;
    return wait <= patience_ms(call) && call->waited_ms <= WAITED_MAX_MS;
}

static void on_answer(void *ctx, const struct http_client_answer *answer)
{
    struct api_call *call = ctx;
    struct slack_api *api = call->api;
    if (!api) {
        api_call_free(call);
        return;
    }
    call->http_id = 0;
    if (call->lane)
        call->lane->busy = false;
    api_understand(call, answer);
    if (waits_out(call, loop_steady_ms(api->loop))) {
        call->sent = false;
        api_list_remove(call);
        api_list_add(call->method->urgent ? &api->urgent : &api->waiting, call);
    } else {
        api_call_end(call);
    }
    on_pump(api);
}

/* ---- the outside ---- */

struct slack_api *slack_api_new(struct loop *loop, struct http_client *client,
                                const char *base_url, const char *bot_token)
{
    struct slack_api *api = calloc(1, sizeof *api);
    struct buf header;
    buf_init(&header, 1 << 16);
    buf_print(&header, "Bearer %s", bot_token);
    if (!api || !header.data || !(api->base_url = strdup(base_url)))
        abort();
    log_secret(bot_token);
    api->authorization = header.data;
    api->loop = loop;
    api->client = client;
    api->pace = pace_new();
    api->percent = 100;
    return api;
}

void slack_api_pace(struct slack_api *api, int64_t percent)
{
    api->percent = percent;
}

static void end_everything(struct slack_api *api, struct api_list *list)
{
    struct api_call *call;
    while ((call = list->first)) {
        bool may_have_worked = call->sent && !call->method->repeatable;
        struct slack_answer cancelled = {
            .todo = may_have_worked ? SLACK_TODO_UNCLEAR : SLACK_TODO_RETRY,
            .error = "cancelled" };
        bool out = call->list == &api->sent, ended = call->list == &api->ended;
        api_call_leave(call);
        if (ended)
            api_call_answer(call);
        else
            call->fn(call->ctx, &cancelled);
        if (!out)
            api_call_free(call);           /* otherwise on_answer does */
    }
}

void slack_api_free(struct slack_api *api)
{
    if (!api)
        return;
    api->closing = true;
    loop_timer_stop(api->loop, &api->pump);
    loop_timer_stop(api->loop, &api->retest);
    end_everything(api, &api->ended);
    end_everything(api, &api->urgent);
    end_everything(api, &api->waiting);
    end_everything(api, &api->sent);
    pace_free(api->pace);
    free(api->base_url);
    free(api->authorization);
    free(api);
}

static bool is_full(const struct slack_api *api, const struct api_call *call)
{
    size_t limit = call->method->urgent ? QUEUE_URGENT_MAX : QUEUE_MAX;
    return slack_api_under_way(api) >= limit || api->bytes + call->body.len > QUEUE_BYTES;
}

uint64_t slack_api_call(struct slack_api *api, const char *method, const char *lane,
                        const struct slack_param *params, size_t count, slack_answer_fn *fn,
                        void *ctx)
{
    if (api->closing)
        return 0;
    struct api_call *call = api_call_new(api, method, params, count);
    call->since_ms = loop_steady_ms(api->loop);
    call->fn = fn;
    call->ctx = ctx;
    bool full = is_full(api, call), too_big = call->body.failed;
    if (lane && !call->method->urgent)
        call->lane = api_lane_get(api, lane);
    if (full || too_big)
        buf_reset(&call->body);
    api->bytes += call->body.len;
    api_list_add(call->method->urgent ? &api->urgent : &api->waiting, call);
    if (too_big)
        api_call_end_with(call, SLACK_TODO_TOO_BIG, "request_too_big", 0, NULL);
    else if (full)
        api_call_end_with(call, SLACK_TODO_RETRY, "queue_full", 0, NULL);
    pump_soon(api);
    return call->id;
}

static struct api_call *find(struct api_list *list, uint64_t id)
{
    struct api_call *call = list->first;
    while (call && call->id != id)
        call = call->next;
    return call;
}

void slack_api_cancel(struct slack_api *api, uint64_t id)
{
    struct api_list *lists[] = { &api->sent, &api->ended, &api->urgent, &api->waiting };
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct api_call *call = find(lists[i], id);
        if (!call)
            continue;
        bool out = call->list == &api->sent;
        api_call_leave(call);
        if (!out)
            api_call_free(call);
        pump_soon(api);
        return;
    }
}

size_t slack_api_under_way(const struct slack_api *api)
{
    return api->urgent.count + api->waiting.count + api->sent.count + api->ended.count;
}
