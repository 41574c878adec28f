#include <string.h>

#include "adapters/net/websocket_client_private.h"
#include "bot/base/text.h"

/* A message handler may abort the socket: whoever calls one asks lws afterwards whether it is
 * still ours. */
static bool is_ours(struct lws *wsi)
{
    return lws_get_opaque_user_data(wsi) != NULL;
}

/* U+0000 is a character of UTF-8 like others; what it means is for the reader of the message. */
static bool is_utf8(const char *bytes, size_t len)
{
    const char *end = bytes + len;
    for (;; bytes++) {
        size_t n = strnlen(bytes, (size_t)(end - bytes));
        if (!text_is_valid(bytes, n))
            return false;
        bytes += n;
        if (bytes == end)
            return true;
    }
}

static void deliver(struct websocket_client *ws)
{
    struct buf whole = ws->message;
    buf_init(&ws->message, whole.max);
    if (!is_utf8(whole.data ? whole.data : "", whole.len))
        websocket_client_close(ws, 1007);
    else
        ws->handlers.message(ws->ctx, whole.data ? whole.data : "", whole.len);
    buf_clear(&whole);
}

static int on_receive(struct lws *wsi, struct websocket_client *ws, const void *in, size_t len)
{
    bool last = lws_is_final_fragment(wsi) && !lws_remaining_packet_payload(wsi);
    if (ws->closing || ws->ended)
        return 0;
    if (lws_frame_is_binary(wsi))
        return 0;
    if (buf_add(&ws->message, in, len)) {
        buf_clear(&ws->message);
        websocket_client_close(ws, 1009);
        return 0;
    }
    if (last)
        deliver(ws);
    return is_ours(wsi) ? 0 : -1;
}

static int write_one(struct lws *wsi, struct websocket_client *ws)
{
    struct waiting *w = ws->head;
    ws->head = w->next;
    if (!ws->head)
        ws->tail = NULL;
    ws->waiting -= w->len;
    int n = lws_write(wsi, w->bytes + LWS_PRE, w->len, w->kind);
    free(w);
    return n < 0 ? -1 : 0;
}

/* lws' polite close, asked for in the way that works with 4.1 (see websocket_send.c). It may tell
 * us that the socket is gone before it returns. */
static void send_close(struct lws *wsi, struct websocket_client *ws)
{
    lws_close_reason(wsi, (enum lws_close_status)ws->close_code, NULL, 0);
    ws->close_code = 0;
    lws_set_timeout(wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_SYNC);
}

/* lws wants one frame per call, and none while it holds a part of the last. */
static int on_writeable(struct lws *wsi, struct websocket_client *ws)
{
    if (ws->ended)
        return 0;
    if (ws->head && !lws_partial_buffered(wsi) && write_one(wsi, ws)) {
        websocket_client_end(ws, "cannot write");
        return -1;
    }
    if (ws->head || lws_partial_buffered(wsi))
        lws_callback_on_writable(wsi);
    else if (ws->close_code)
        send_close(wsi, ws);
    return 0;
}

static int on_opened(struct lws *wsi, struct websocket_client *ws)
{
    ws->open = true;
    loop_timer_stop(ws->all->loop, &ws->timer);
    if (!ws->closing && ws->handlers.opened)
        ws->handlers.opened(ws->ctx);
    return is_ours(wsi) ? 0 : -1;
}

static void on_refused(struct lws *wsi, struct websocket_client *ws, const char *why, size_t len)
{
    char text[80];
    size_t n = 0;
    for (; why && n < len && why[n] && n + 1 < sizeof text; n++)
        text[n] = why[n] < ' ' || why[n] > '~' || why[n] == '"' ? '?' : why[n];
    text[n] = '\0';
    ws->end.status = (int)lws_http_client_http_response(wsi);
    websocket_client_end(ws, n ? text : "handshake failed");
}

static void on_peer_close(struct websocket_client *ws, const unsigned char *in, size_t len)
{
    ws->closing = true;                 /* lws answers with the same code */
    if (len >= 2)
        ws->end.code = in[0] << 8 | in[1];
}

static void on_gone(struct websocket_client *ws)
{
    ws->wsi = NULL;
    websocket_client_end(ws, ws->end.code ? "closed by the peer"
                             : ws->closing ? "closed" : "connection lost");
}

static int for_socket(struct lws *wsi, struct websocket_client *ws,
                      enum lws_callback_reasons reason, void *in, size_t len)
{
    switch ((int)reason) {
    case LWS_CALLBACK_CLIENT_ESTABLISHED:
        return on_opened(wsi, ws);
    case LWS_CALLBACK_CLIENT_RECEIVE:
        ws->handlers.alive(ws->ctx, WEBSOCKET_DATA);
        return on_receive(wsi, ws, in, len);
    case LWS_CALLBACK_CLIENT_RECEIVE_PONG:
        ws->handlers.alive(ws->ctx, WEBSOCKET_PONG);
        return 0;
    case LWS_CALLBACK_CLIENT_WRITEABLE:
        return on_writeable(wsi, ws);
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        on_peer_close(ws, in, len);
        return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        on_refused(wsi, ws, in, len);
        return 0;
    case LWS_CALLBACK_CLIENT_CLOSED:
    case LWS_CALLBACK_WSI_DESTROY:
        lws_set_opaque_user_data(wsi, NULL);
        on_gone(ws);
        return 0;
    default:
        return 0;
    }
}

int websocket_client_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                           size_t len)
{
    struct lws_context *context = wsi ? lws_get_context(wsi) : NULL;
    struct websocket_clients *all = context ? lws_context_user(context) : NULL;
    (void)user;
    if (!all || reason == LWS_CALLBACK_OPENSSL_LOAD_EXTRA_CLIENT_VERIFY_CERTS)
        return 0;
    if (reason == LWS_CALLBACK_WSI_CREATE)
        all->connections++;
    else if (reason == LWS_CALLBACK_WSI_DESTROY && all->connections)
        all->connections--;
    struct websocket_client *ws = lws_get_opaque_user_data(wsi);
    if (ws)
        return for_socket(wsi, ws, reason, in, len);
    return reason == LWS_CALLBACK_CLIENT_RECEIVE || reason == LWS_CALLBACK_CLIENT_ESTABLISHED ||
           reason == LWS_CALLBACK_CLIENT_WRITEABLE ? -1 : 0;
}
