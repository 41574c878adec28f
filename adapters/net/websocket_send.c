#include <stdlib.h>
#include <string.h>

#include "adapters/net/tcp_acked.h"
#include "adapters/net/websocket_private.h"
#include "bot/base/metric.h"

enum { DIRECT_MAX = 8192, CLOSE_MS = 5000 };

struct websocket_shared {
    size_t refs, len;
    unsigned char bytes[];             /* LWS_PRE for the frame's head, then the message */
};

struct queued {
    struct queued *next;
    struct websocket_shared *shared;
};

struct websocket_shared *websocket_share(const char *bytes, size_t len)
{
    struct websocket_shared *shared = malloc(sizeof *shared + LWS_PRE + len);
    if (!shared)
        abort();
    shared->refs = 1;
    shared->len = len;
    memcpy(shared->bytes + LWS_PRE, bytes, len);
    return shared;
}

void websocket_shared_drop(struct websocket_shared *shared)
{
    if (shared && --shared->refs == 0)
        free(shared);
}

static struct loop *loop_of(const struct websocket *ws)
{
    return ws->entry->server->loop;
}

static void kill_socket(struct websocket *ws)
{
    lws_set_timeout(ws->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    lws_cancel_service(lws_get_context(ws->wsi));
}

static void on_close_timeout(void *arg)
{
    kill_socket(arg);
}

static void break_off(struct websocket *ws)
{
    ws->broken = ws->closing = true;
    websocket_queue_clear(ws);
    loop_timer_set(loop_of(ws), &ws->timer, 0, on_close_timeout, ws);
}

void websocket_update_pause(struct websocket *ws)
{
    const struct websocket_route *limits = &ws->entry->limits;
    if (ws->queued > limits->pause_at)
        ws->paused_by_queue = true;
    else if (ws->queued <= limits->pause_at / 2)
        ws->paused_by_queue = false;
    bool pause = !ws->closing && (ws->paused_by_user || ws->paused_by_queue);
    if (pause == ws->paused || !ws->wsi)
        return;
    ws->paused = pause;
    lws_rx_flow_control(ws->wsi, !pause);
}

void websocket_pause(struct websocket *ws, bool pause)
{
    ws->paused_by_user = pause;
    websocket_update_pause(ws);
}

void websocket_queue_clear(struct websocket *ws)
{
    while (ws->head) {
        struct queued *q = ws->head;
        ws->head = q->next;
        websocket_shared_drop(q->shared);
        free(q);
    }
    ws->tail = NULL;
    ws->queued = ws->partial;
}

static uint64_t acked_by_peer(const struct websocket *ws)
{
    return tcp_acked(lws_get_socket_fd(ws->wsi));
}

static void too_slow(struct websocket *ws)
{
    metric_add(METRIC_SLOW_CLOSED, 1);
    websocket_abort(ws, 4408, "too_slow");
}

/* Bytes that the peer acknowledges are the progress: the queue itself may not move for a while when
 * one message is big and the line is slow. */
static void look_for_progress(void *arg)
{
    struct websocket *ws = arg;
    int64_t now_ms = loop_steady_ms(loop_of(ws)), stall_ms = ws->entry->limits.stall_s * 1000;
    uint64_t acked = acked_by_peer(ws);
    if (acked != ws->acked) {
        ws->acked = acked;
        ws->progress_ms = now_ms;
    }
    if (now_ms - ws->progress_ms >= stall_ms)
        too_slow(ws);
    else
        loop_timer_set(loop_of(ws), &ws->timer, stall_ms / 4, look_for_progress, ws);
}

static void watch_progress(struct websocket *ws)
{
    if (ws->closing || loop_timer_runs(&ws->timer))
        return;
    ws->acked = acked_by_peer(ws);
    ws->progress_ms = loop_steady_ms(loop_of(ws));
    loop_timer_set(loop_of(ws), &ws->timer, ws->entry->limits.stall_s * 250, look_for_progress,
                   ws);
}

/* payload has LWS_PRE bytes of room before it. What the kernel does not take now, lws keeps. */
static int write_now(struct websocket *ws, unsigned char *payload, size_t len)
{
    if (lws_write(ws->wsi, payload, len, LWS_WRITE_TEXT) < 0) {
        break_off(ws);
        return -1;
    }
    if (lws_partial_buffered(ws->wsi)) {
        ws->partial = len;
        ws->queued += len;
        ws->wants_drained = true;
        watch_progress(ws);
        websocket_update_pause(ws);
    }
    return 0;
}

static bool can_write_now(const struct websocket *ws)
{
    return !ws->head && !ws->partial && !lws_partial_buffered(ws->wsi);
}

/* Takes over the caller's reference. */
static int enqueue(struct websocket *ws, struct websocket_shared *shared)
{
    struct queued *q = malloc(sizeof *q);
    if (!q)
        abort();
    *q = (struct queued){ .shared = shared };
    if (ws->tail)
        ws->tail->next = q;
    else
        ws->head = q;
    ws->tail = q;
    ws->queued += shared->len;
    ws->wants_drained = true;
    if (ws->queued > ws->entry->limits.max_queue) {
        too_slow(ws);
        return -1;
    }
    watch_progress(ws);
    websocket_update_pause(ws);
    lws_callback_on_writable(ws->wsi);
    return 0;
}

int websocket_send(struct websocket *ws, const char *bytes, size_t len)
{
    unsigned char direct[LWS_PRE + DIRECT_MAX];
    if (ws->closing)
        return -1;
    if (len > DIRECT_MAX || !can_write_now(ws)) {
        struct websocket_shared *shared = websocket_share(bytes, len);
        int result = websocket_send_shared(ws, shared);
        websocket_shared_drop(shared);
        return result;
    }
    memcpy(direct + LWS_PRE, bytes, len);
    return write_now(ws, direct + LWS_PRE, len);
}

int websocket_send_shared(struct websocket *ws, struct websocket_shared *shared)
{
    if (ws->closing)
        return -1;
    if (can_write_now(ws))
        return write_now(ws, shared->bytes + LWS_PRE, shared->len);
    shared->refs++;
    return enqueue(ws, shared);
}

size_t websocket_queued(const struct websocket *ws)
{
    return ws->queued;
}

int64_t websocket_silent_ms(const struct websocket *ws)
{
    return tcp_silent_ms(lws_get_socket_fd(ws->wsi));
}

/* Asks lws for its polite close. Not by returning -1: Debian builds 4.1 with its debug checks,
 * and one of them closes twice then, which loses the close frame. */
static void send_close(struct websocket *ws)
{
    unsigned char *reason = (unsigned char *)ws->close_reason;
    lws_close_reason(ws->wsi, (enum lws_close_status)ws->close_code, reason,
                     reason ? strlen(ws->close_reason) : 0);
    ws->close_sent = true;
    loop_timer_set(loop_of(ws), &ws->timer, CLOSE_MS, on_close_timeout, ws);
    lws_set_timeout(ws->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

static void write_queue(struct websocket *ws)
{
    while (ws->head && !ws->broken && !lws_partial_buffered(ws->wsi)) {
        struct queued *q = ws->head;
        ws->head = q->next;
        if (!ws->head)
            ws->tail = NULL;
        ws->queued -= q->shared->len;
        write_now(ws, q->shared->bytes + LWS_PRE, q->shared->len);
        websocket_shared_drop(q->shared);
        free(q);
    }
}

static void report_drained(struct websocket *ws)
{
    const struct websocket_handlers *h = &ws->entry->handlers;
    if (!ws->wants_drained || ws->closing)
        return;
    ws->wants_drained = false;
    loop_timer_stop(loop_of(ws), &ws->timer);
    if (h->drained)
        h->drained(ws->entry->ctx, ws);
}

int websocket_writeable(struct websocket *ws)
{
    if (ws->broken)
        return -1;
    if (ws->close_sent)
        return 0;
    if (!lws_partial_buffered(ws->wsi)) {
        ws->queued -= ws->partial;
        ws->partial = 0;
    }
    write_queue(ws);
    if (ws->broken)
        return -1;
    websocket_update_pause(ws);
    if (ws->head || ws->partial) {
        lws_callback_on_writable(ws->wsi);
        return 0;
    }
    if (ws->closing && ws->close_code) {
        send_close(ws);                /* ws may be gone now */
        return 0;
    }
    report_drained(ws);
    return ws->broken ? -1 : 0;
}

void websocket_close(struct websocket *ws, int code, const char *reason)
{
    if (ws->closing)
        return;
    ws->closing = true;
    ws->close_code = (uint16_t)code;
    ws->close_reason = reason ? strndup(reason, 123) : NULL;
    websocket_update_pause(ws);
    loop_timer_set(loop_of(ws), &ws->timer, CLOSE_MS, on_close_timeout, ws);
    lws_callback_on_writable(ws->wsi);
}

void websocket_abort(struct websocket *ws, int code, const char *reason)
{
    websocket_queue_clear(ws);
    websocket_close(ws, code, reason);
}
