#include <string.h>
#include <strings.h>

#include "adapters/net/http_private.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { SWALLOW_MAX = 1 << 20, KEEP_ALIVE_BODY = 65536, SWALLOW_MS = 5000, WRITE_MS = 60000 };

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

/* One write of at most a piece; head and body first, then the kept rest. False: connection broken. */
static bool write_piece(struct http_request *req)
{
    char piece[LWS_PRE + HTTP_WRITE_PIECE];
    const char *from = req->rest;
    size_t len = req->rest_len;
    bool head = req->out_sent < req->out.len;
    if (head) {
        from = req->out.data + req->out_sent;
        len = req->out.len - req->out_sent;
    }
    if (len > HTTP_WRITE_PIECE)
        len = HTTP_WRITE_PIECE;
    memcpy(piece + LWS_PRE, from, len);
    if (lws_write(req->wsi, (unsigned char *)piece + LWS_PRE, len, LWS_WRITE_HTTP) < 0)
        return false;
    if (head) {
        req->out_sent += len;
    } else {
        req->rest += len;
        req->rest_len -= len;
    }
    return true;
}

static bool written(const struct http_request *req)
{
    return req->out_sent == req->out.len && !req->rest_len;
}

/* The answer is out. What is left of the body must be read, or the peer may never see the answer. */
static int finish(struct http_request *req)
{
    struct lws *wsi = req->wsi;
    if (req->body_left > 0) {
        if (!req->swallowed)
            loop_timer_set(req->server->loop, &req->timer, SWALLOW_MS, http_request_drop, req);
        return req->swallowed > SWALLOW_MAX ? -1 : 0;
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

int http_answer_write(struct http_request *req)
{
    do {
        if (!written(req) && !write_piece(req))
            return -1;
    } while (!written(req) && (req->upgrading || !lws_partial_buffered(req->wsi)));
    if (written(req) && !lws_partial_buffered(req->wsi))
        return finish(req);
    if (req->upgrading)                 /* lws flushes what it has buffered, then closes */
        return finish(req);
    loop_timer_set(req->server->loop, &req->timer, WRITE_MS, http_request_drop, req);
    lws_callback_on_writable(req->wsi);
    return 0;
}

int http_request_settle(struct http_request *req)
{
    req->in_callback = false;
    if (req->answered)
        return http_answer_write(req);
    if (!req->paused && req->body_left <= 0) {
        req->paused = true;             /* a request behind this one waits in the kernel */
        lws_rx_flow_control(req->wsi, 0);
        lws_set_timeout(req->wsi, NO_PENDING_TIMEOUT, 0);       /* ours counts from here on */
    }
    return 0;
}

/* From outside of lws' callbacks the first piece is written at once; the rest, and the end of the
 * transaction, belong into the callback that lws_callback_on_writable brings. */
static void start_writing(struct http_request *req)
{
    if (!write_piece(req)) {
        loop_timer_set(req->server->loop, &req->timer, 0, http_request_drop, req);
        return;
    }
    loop_timer_set(req->server->loop, &req->timer, WRITE_MS, http_request_drop, req);
    lws_callback_on_writable(req->wsi);
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
    if (!req->in_callback)
        start_writing(req);
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
    json_object(&json, NULL);
    json_text(&json, "code", code);
    json_text(&json, "text", text);
    json_object_end(&json);
    http_answer(req, &(struct http_answer){ .status = status, .content_type = "application/json",
                                            .headers = headers, .header_count = header_count,
                                            .body = body.data, .len = body.len });
    buf_clear(&body);
}
