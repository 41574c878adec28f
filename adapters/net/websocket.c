#include "adapters/net/websocket.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/net/websocket_private.h"
#include "bot/base/metric.h"
#include "bot/base/text.h"

void *websocket_user(const struct websocket *ws)
{
    return ws->user;
}

void websocket_set_user(struct websocket *ws, void *user)
{
    ws->user = user;
}

static char *copy_of(const char *text)
{
    char *copy = text ? strdup(text) : NULL;
    if (text && !copy)
        abort();
    return copy;
}

static void fill_limits(struct websocket_route *limits)
{
    if (!limits->max_message)
        limits->max_message = 65536;
    if (!limits->pause_at)
        limits->pause_at = 256 * 1024;
    if (!limits->max_queue)
        limits->max_queue = 1024 * 1024;
    if (limits->stall_s <= 0)
        limits->stall_s = 20;
}

void websocket_route(struct http_server *s, const char *path, const struct websocket_route *route,
                     const struct websocket_handlers *handlers, void *ctx)
{
    struct websocket_entry *entry = calloc(1, sizeof *entry);
    s->sockets = realloc(s->sockets, (s->socket_count + 1) * sizeof *s->sockets);
    if (!entry || !s->sockets)
        abort();
    *entry = (struct websocket_entry){ .path = copy_of(path),
                                       .protocol = copy_of(route->protocol),
                                       .limits = *route, .handlers = *handlers,
                                       .ctx = ctx, .server = s };
    entry->limits.protocol = entry->protocol;
    fill_limits(&entry->limits);
    s->sockets[s->socket_count++] = entry;
}

/* lws would drop the connection without a word for these, so they are refused here. */
static bool handshake_is_whole(const struct http_request *req)
{
    size_t keys, hosts;
    const char *key = http_header(req, "sec-websocket-key", &keys);
    http_header(req, "host", &hosts);
    return keys == 1 && hosts == 1 && strlen(key) == 24 &&
           strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") == 22 &&
           strcmp(key + 22, "==") == 0;
}

/* lws copies both lists into 128 bytes. */
static bool lists_fit(const struct http_request *req)
{
    return lws_hdr_total_length(req->wsi, WSI_TOKEN_CONNECTION) < 120 &&
           lws_hdr_total_length(req->wsi, WSI_TOKEN_PROTOCOL) < 120;
}

static bool protocol_fits(const struct http_request *req, const struct websocket_entry *entry)
{
    if (entry->protocol)
        return http_offers_protocol(req, entry->protocol);
    return !http_header(req, "sec-websocket-protocol", NULL);
}

/* True if nothing is left to refuse; else it has answered. */
static bool may_upgrade(struct http_request *req, const struct websocket_entry *entry)
{
    static const struct http_pair headers[] = { { "Upgrade", "websocket" },
                                                { "Sec-WebSocket-Version", "13" },
                                                { "Connection", "Upgrade, close" } };
    static const struct http_pair retry = { "Retry-After", "5" };
    if (strcmp(req->method, "GET") != 0)
        http_answer_error(req, 405, "method_not_allowed", "Only GET opens a WebSocket.",
                          &(struct http_pair){ "Allow", "GET" }, 1);
    else if (!req->upgrading || !http_wants_websocket(req))
        http_answer_error(req, 426, "upgrade_required", "This path is a WebSocket.", headers, 3);
    else if (req->server->draining)
        http_answer_error(req, 503, "unavailable", "The desk restarts.", &retry, 1);
    else if (!handshake_is_whole(req) || !lists_fit(req))
        http_answer_error(req, 400, "bad_request", "The handshake is broken.", NULL, 0);
    else if (!protocol_fits(req, entry))
        http_answer_error(req, 400, "unsupported", "No subprotocol that is known.", NULL, 0);
    else
        return true;
    return false;
}

static void abandon(const struct websocket_entry *entry, void *user)
{
    if (entry->handlers.abandoned)
        entry->handlers.abandoned(entry->ctx, user);
}

/* Asks the adapter, then looks at what it may have left out. True: upgrade, with *user. */
static bool accepts(struct websocket_entry *entry, struct http_request *req, void **user)
{
    *user = NULL;
    if (entry->handlers.upgrade && entry->handlers.upgrade(entry->ctx, req, user)) {
        if (!req->answered)
            http_answer_error(req, 500, "internal", "No answer.", NULL, 0);
        return false;
    }
    if (!req->answered && may_upgrade(req, entry))
        return true;
    abandon(entry, *user);
    return false;
}

void websocket_plain_request(struct websocket_entry *entry, struct http_request *req)
{
    void *user;
    accepts(entry, req, &user);
}

static void refuse_other_path(struct http_server *s, struct http_request *req)
{
    static const struct http_pair close = { "Connection", "close" };
    for (size_t i = 0; i < s->route_count; i++)
        if (strcmp(s->routes[i].path, req->path) == 0) {
            http_answer_error(req, 426, "upgrade_refused", "No upgrade here.", &close, 1);
            return;
        }
    http_answer_error(req, 404, "not_found", "There is nothing here.", &close, 1);
}

int websocket_confirm(struct http_server *s, struct lws *wsi)
{
    /* After an Upgrade that lws 4.1 does not know it has answered 403 and dropped the headers, and
     * calls nevertheless. */
    if (lws_hdr_total_length(wsi, WSI_TOKEN_UPGRADE) <= 0)
        return -1;
    struct http_request *req = http_request_new(s, wsi);
    if (!req)
        return -1;
    req->upgrading = req->in_callback = true;
    struct websocket_entry *entry = http_websocket_entry(s, req->path);
    void *user = NULL;
    if (!entry)
        refuse_other_path(s, req);
    if (!entry || !accepts(entry, req, &user))
        return http_request_settle(req);
    http_request_free(req);
    struct websocket *ws = calloc(1, sizeof *ws);
    if (!ws)
        abort();
    *ws = (struct websocket){ .conn.kind = CONN_WEBSOCKET, .wsi = wsi, .entry = entry,
                              .user = user };
    lws_set_opaque_user_data(wsi, ws);
    return 0;
}

static void count_sockets(struct http_server *s, bool one_more)
{
    s->open_sockets += one_more ? 1 : (size_t)-1;
    metric_set(METRIC_SOCKETS, (int64_t)s->open_sockets);
}

static int on_filter(const struct websocket *ws)
{
    const char *want = ws->entry->protocol ? ws->entry->protocol : "http";
    return strcmp(lws_get_protocol(ws->wsi)->name, want) != 0;
}

static int on_open(struct websocket *ws)
{
    ws->open = true;
    count_sockets(ws->entry->server, true);
    if (ws->entry->handlers.open)
        ws->entry->handlers.open(ws->entry->ctx, ws);
    return ws->broken ? -1 : 0;
}

/* UTF-8 as RFC 6455 means it: U+0000 is allowed there. Pieces between NULs are checked. */
static bool is_utf8(const char *bytes, size_t len)
{
    const char *end = bytes + len;
    for (;;) {
        const char *nul = memchr(bytes, '\0', (size_t)(end - bytes));
        if (!text_is_valid(bytes, (size_t)((nul ? nul : end) - bytes)))
            return false;
        if (!nul)
            return true;
        bytes = nul + 1;
    }
}

static void deliver(struct websocket *ws, const char *bytes, size_t len)
{
    if (!is_utf8(bytes, len))
        websocket_abort(ws, 1007, "bad_utf8");
    else
        ws->entry->handlers.message(ws->entry->ctx, ws, bytes, len);
}

/* The one-piece message goes through a buffer of the server: it needs a NUL behind it. */
static void deliver_whole(struct websocket *ws, const void *in, size_t len)
{
    struct buf *scratch = &ws->entry->server->scratch;
    buf_reset(scratch);
    if (!buf_add(scratch, in, len))
        deliver(ws, scratch->data, scratch->len);
}

static void drop_message(struct websocket *ws)
{
    if (ws->message)
        buf_clear(ws->message);
    free(ws->message);
    ws->message = NULL;
}

static void keep_fragment(struct websocket *ws, const void *in, size_t len)
{
    if (!ws->message) {
        ws->message = malloc(sizeof *ws->message);
        if (!ws->message)
            abort();
        buf_init(ws->message, ws->entry->limits.max_message);
    }
    buf_add(ws->message, in, len);
}

static int on_receive(struct websocket *ws, const void *in, size_t len)
{
    bool last = lws_is_final_fragment(ws->wsi) && !lws_remaining_packet_payload(ws->wsi);
    size_t so_far = ws->message ? ws->message->len : 0;
    if (ws->closing)
        return 0;
    if (lws_frame_is_binary(ws->wsi)) {
        websocket_abort(ws, 1003, "text_only");
    } else if (so_far + len > ws->entry->limits.max_message) {
        websocket_abort(ws, 1009, "too_large");
    } else if (last && !ws->message) {
        deliver_whole(ws, in, len);
    } else {
        keep_fragment(ws, in, len);
        if (last) {
            struct buf *whole = ws->message;
            ws->message = NULL;
            deliver(ws, whole->data ? whole->data : "", whole->len);
            buf_clear(whole);
            free(whole);
        }
    }
    if (ws->closing)
        drop_message(ws);
    return ws->broken ? -1 : 0;
}

int websocket_event(struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len)
{
    struct websocket *ws = lws_get_opaque_user_data(wsi);
    if (!ws || ws->conn.kind != CONN_WEBSOCKET)
        return -1;
    switch ((int)reason) {
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
        return on_filter(ws);
    case LWS_CALLBACK_ESTABLISHED:
        return on_open(ws);
    case LWS_CALLBACK_RECEIVE:
        return on_receive(ws, in, len);
    case LWS_CALLBACK_SERVER_WRITEABLE:
        return websocket_writeable(ws);
    default:
        ws->closing = true;             /* the peer closes: lws echoes its code */
        return 0;
    }
}

void websocket_gone(struct lws *wsi)
{
    struct websocket *ws = lws_get_opaque_user_data(wsi);
    struct http_server *s = ws->entry->server;
    lws_set_opaque_user_data(wsi, NULL);
    ws->closing = true;
    loop_timer_stop(s->loop, &ws->timer);
    if (ws->open) {
        count_sockets(s, false);
        if (ws->entry->handlers.closed)
            ws->entry->handlers.closed(ws->entry->ctx, ws);
    } else {
        abandon(ws->entry, ws->user);
    }
    websocket_queue_clear(ws);
    drop_message(ws);
    free(ws->close_reason);
    free(ws);
}
