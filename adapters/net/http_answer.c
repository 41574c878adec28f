#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "adapters/net/http_private.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum {
    SWALLOW_MS = 15000,                 /* for a body that nobody wants */
    KEEP_ALIVE_BODY = 65536,            /* a longer unread body ends the connection */
    TURN_BYTES = 1 << 20,               /* written at most before others get a turn */
    RETRY_MS = 16,
    WRITE_MS = 60000                    /* without progress */
};

void http_request_drop(void *arg)
{
    struct http_request *req = arg;
    lws_set_timeout(req->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    lws_cancel_service(req->server->context);
}

static void add_pair(struct buf *out, const char *name, const char *value)
{
    if (http_is_header_name(name) && http_is_header_value(value))
        buf_print(out, "%s: %s\r\n", name, value);
    else
        log_error("answer header dropped", "reason=\"not safe\"");
}

static bool has_header(const struct http_answer *a, const char *name)
{
    for (size_t i = 0; i < a->header_count; i++)
        if (strcasecmp(a->headers[i].name, name) == 0)
            return true;
    return false;
}

static void build_head(struct http_request *req, const struct http_answer *a)
{
    struct buf *out = &req->out;
    buf_print(out, "HTTP/1.1 %d %s\r\n", a->status, http_status_text(a->status));
    if (a->content_type)
        add_pair(out, "Content-Type", a->content_type);
    if (a->status != 204 && a->status != 304)
        buf_print(out, "Content-Length: %zu\r\n", a->len);
    buf_text(out, "X-Content-Type-Options: nosniff\r\n");
    if (!has_header(a, "Cache-Control"))
        buf_text(out, "Cache-Control: no-store\r\n");
    if (!has_header(a, "Connection"))
        buf_print(out, "Connection: %s\r\n", req->close ? "close" : "keep-alive");
    for (size_t i = 0; i < a->header_count; i++)
        add_pair(out, a->headers[i].name, a->headers[i].value);
    buf_text(out, "\r\n");
}

static void add_body(struct http_request *req, const struct http_answer *a)
{
    if (req->head || a->status == 204 || a->status == 304)
        return;
    if (a->keep) {
        req->rest = a->body;
        req->rest_len = a->len;
    } else {
        buf_add(&req->out, a->body, a->len);
    }
}

static bool written(const struct http_request *req)
{
    return req->out_sent == req->out.len && !req->rest_len;
}

/* Sends head and body, then the kept rest. We write past lws: its HTTP role does not look at
 * POLLOUT while reading is stopped, and reading must be stopped or it spins on what a peer sends
 * too early. Returns bytes taken, 0 when the peer must read first, -1 when the connection is
 * broken. */
static ssize_t send_some(struct http_request *req)
{
    bool head = req->out_sent < req->out.len;
    const char *from = head ? req->out.data + req->out_sent : req->rest;
    size_t len = head ? req->out.len - req->out_sent : req->rest_len;
    int flags = MSG_NOSIGNAL | MSG_DONTWAIT | (head && req->rest_len ? MSG_MORE : 0);
    ssize_t n = send(lws_get_socket_fd(req->wsi), from, len < TURN_BYTES ? len : TURN_BYTES, flags);
    if (n < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
    if (head) {
        req->out_sent += (size_t)n;
    } else {
        req->rest += n;
        req->rest_len -= (size_t)n;
    }
    return n;
}

/* Writes what goes now. -1 when it is no use to go on. */
static int write_turn(struct http_request *req)
{
    int64_t now_ms = loop_steady_ms(req->server->loop);
    size_t total = 0;
    ssize_t n = 0;
    while (!written(req) && total < TURN_BYTES && (n = send_some(req)) > 0)
        total += (size_t)n;
    if (total)
        req->progress_ms = now_ms;
    return n < 0 || now_ms - req->progress_ms > WRITE_MS ? -1 : 0;
}

/* Stops reading: the next request waits in the kernel, and lws has no deadline of its own. */
static void pause_reading(struct http_request *req)
{
    if (req->paused || req->body_left > 0)
        return;
    req->paused = true;
    lws_rx_flow_control(req->wsi, 0);
    lws_set_timeout(req->wsi, NO_PENDING_TIMEOUT, 0);
}

/* All is written. What is left of the body must be read, or a reset may overtake the answer.
 * Returns nonzero when the connection has to be closed. */
static int finish(struct http_request *req)
{
    struct lws *wsi = req->wsi;
    if (req->body_left > 0) {
        if (!req->swallowing)
            loop_timer_set(req->server->loop, &req->timer, SWALLOW_MS, http_request_drop, req);
        req->swallowing = true;
        return req->swallowed > HTTP_SWALLOW_MAX ? -1 : 0;
    }
    bool close = req->close || req->upgrading;
    bool paused = req->paused;
    http_request_free(req);
    if (paused)
        lws_rx_flow_control(wsi, 1);
    if (close)
        return -1;
    return lws_http_transaction_completed(wsi) ? -1 : 0;
}

/* From a timer, so never inside a callback of lws: there it would not be safe to close others. */
static void go_on_writing(void *arg)
{
    struct http_request *req = arg;
    struct lws *wsi = req->wsi;
    if (write_turn(req)) {
        http_request_drop(req);
    } else if (!written(req)) {
        loop_timer_set(req->server->loop, &req->timer, RETRY_MS, go_on_writing, req);
    } else if (finish(req)) {
        lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
    }
}

int http_request_settle(struct http_request *req)
{
    req->in_callback = false;
    if (!req->answered) {
        pause_reading(req);
        return 0;
    }
    if (req->swallowing)
        return finish(req);
    if (write_turn(req))
        return -1;
    if (written(req) || req->upgrading)
        return finish(req);
    pause_reading(req);
    loop_timer_set(req->server->loop, &req->timer, RETRY_MS, go_on_writing, req);
    return 0;
}

void http_answer(struct http_request *req, const struct http_answer *answer)
{
    if (req->answered) {
        log_error("answered twice", "status=%d", answer->status);
        return;
    }
    req->answered = true;
    req->close = answer->close || req->upgrading || req->server->draining ||
                 req->body_left > KEEP_ALIVE_BODY;
    loop_timer_stop(req->server->loop, &req->timer);
    build_head(req, answer);
    add_body(req, answer);
    metric_add(METRIC_HTTP_REQUESTS, 1);
    req->progress_ms = loop_steady_ms(req->server->loop);
    if (req->in_callback)
        return;                         /* http_request_settle goes on */
    bool failed = write_turn(req) != 0;
    loop_timer_set(req->server->loop, &req->timer, 0, failed ? http_request_drop : go_on_writing,
                   req);
}

int http_answer_to(struct http_server *s, uint64_t id, const struct http_answer *answer)
{
    struct http_request *req = http_find(s, id);
    if (!req)
        return -1;
    http_answer(req, answer);
    return 0;
}

void http_answer_error(struct http_request *req, int status, const char *code, const char *text,
                       const struct http_pair *headers, size_t header_count)
{
    struct buf body;
    buf_init(&body, 4096);
    struct json_out json = { .buf = &body };
    json_out_object(&json, NULL);
    json_out_text(&json, "code", code);
    json_out_text(&json, "text", text);
    json_out_object_end(&json);
    http_answer(req, &(struct http_answer){ .status = status, .content_type = "application/json",
                                            .headers = headers, .header_count = header_count,
                                            .body = body.data, .len = body.len });
    buf_clear(&body);
}
