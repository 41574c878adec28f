#include "adapters/net/websocket_client.h"

#include <openssl/ssl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "adapters/net/http_client.h"
#include "adapters/net/http_private.h"
#include "adapters/net/websocket_client_private.h"
#include "bot/base/log.h"

enum { CONNECT_MS = 15000, CLOSE_MS = 1000, RX_BUFFER = 16384, MAX_MESSAGE = (1 << 20) + 65536 };

/* ---- the context that all share ---- */

static int open_context(struct websocket_clients *all)
{
    static const struct lws_protocols protocols[] = {
        { .name = "client", .callback = websocket_client_event, .rx_buffer_size = RX_BUFFER },
        { .name = NULL },
    };
    static const lws_retry_bo_t no_policy = { 0 };
    void *loops[] = { loop_uv(all->loop) };
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = protocols,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
                   LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN |
                   LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT,
        .foreign_loops = loops,
        .user = all,
        .pcontext = &all->context,
        .retry_and_idle_policy = &no_policy,
        .pt_serv_buf_size = RX_BUFFER,
        .timeout_secs = CONNECT_MS / 1000,
        .ssl_client_options_set = SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1,
        /* Or lws would take http_proxy from the environment; curl has done all that. */
        .http_proxy_address = ":0",
    };
    lws_set_log_level(LLL_ERR | LLL_WARN, http_lws_log);
    all->context = lws_create_context(&info);
    if (!all->context)
        return -1;
    all->vhost = lws_create_vhost(all->context, &info);
    return all->vhost ? 0 : -1;
}

/* lws closes its handles in our loop and then wants to be asked a second time. */
static void close_context(struct websocket_clients *all)
{
    uv_loop_t *uv = loop_uv(all->loop);
    lws_context_destroy(all->context);
    for (int turns = 0; turns < 1000 && all->context && all->connections; turns++)
        uv_run(uv, UV_RUN_NOWAIT);
    for (int turns = 0; turns < 4; turns++)
        uv_run(uv, UV_RUN_NOWAIT);
    if (all->context)
        lws_context_destroy(all->context);
    for (int turns = 0; turns < 4; turns++)
        uv_run(uv, UV_RUN_NOWAIT);
}

struct websocket_clients *websocket_clients_new(struct loop *l, struct http_client *client)
{
    struct websocket_clients *all = calloc(1, sizeof *all);
    if (!all)
        abort();
    all->loop = l;
    all->http = client;
    if (!open_context(all))
        return all;
    log_error("cannot start libwebsockets", "version=\"%s\"", lws_get_library_version());
    websocket_clients_free(all);
    return NULL;
}

void websocket_clients_free(struct websocket_clients *all)
{
    if (!all)
        return;
    while (all->first)
        websocket_client_abort(all->first);
    if (all->context)
        close_context(all);
    free(all);
}

/* ---- one socket ---- */

static void drop_waiting(struct websocket_client *ws)
{
    while (ws->head) {
        struct waiting *w = ws->head;
        ws->head = w->next;
        free(w);
    }
    ws->tail = NULL;
}

void websocket_client_abort(struct websocket_client *ws)
{
    struct websocket_clients *all = ws->all;
    loop_timer_stop(all->loop, &ws->timer);
    if (ws->wsi) {
        lws_set_opaque_user_data(ws->wsi, NULL);
        lws_set_timeout(ws->wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    }
    relay_close(ws->relay);
    drop_waiting(ws);
    buf_clear(&ws->message);
    free(ws->host);
    free(ws->path);
    if (ws->next)
        ws->next->prev = ws->prev;
    if (ws->prev)
        ws->prev->next = ws->next;
    else
        all->first = ws->next;
    ws->all = NULL;
    if (ws->dialling)
        http_client_cancel(all->http, ws->dialling);    /* which frees it, later */
    else
        free(ws);
}

static void report(void *arg)
{
    struct websocket_client *ws = arg;
    void (*closed)(void *, const struct websocket_client_end *) = ws->handlers.closed;
    void *ctx = ws->ctx;
    struct websocket_client_end end = ws->end;
    char reason[sizeof ws->reason];
    memcpy(reason, ws->reason, sizeof reason);
    end.reason = reason;
    websocket_client_abort(ws);
    closed(ctx, &end);
}

void websocket_client_end(struct websocket_client *ws, const char *reason)
{
    if (ws->ended)
        return;
    ws->ended = ws->closing = true;
    snprintf(ws->reason, sizeof ws->reason, "%s", reason);
    loop_timer_set(ws->all->loop, &ws->timer, 0, report, ws);
}

static void on_timeout(void *arg)
{
    struct websocket_client *ws = arg;
    websocket_client_end(ws, ws->closing ? "closed" : "no connection in time");
}

void websocket_client_alive(void *arg)
{
    struct websocket_client *ws = arg;
    if (ws->open && !ws->ended)
        ws->handlers.alive(ws->ctx, WEBSOCKET_BYTES);
}

struct websocket_client *websocket_client_open(struct websocket_clients *all,
                                               const struct websocket_client_options *options,
                                               const struct websocket_client_handlers *handlers,
                                               void *ctx)
{
    struct websocket_client *ws = calloc(1, sizeof *ws);
    int64_t connect_ms = options->connect_ms ? options->connect_ms : CONNECT_MS;
    if (!ws)
        abort();
    ws->all = all;
    ws->handlers = *handlers;
    ws->ctx = ctx;
    ws->next = all->first;
    if (all->first)
        all->first->prev = ws;
    all->first = ws;
    buf_init(&ws->message, options->max_message ? options->max_message : MAX_MESSAGE);
    if (websocket_client_address(ws, options->url)) {
        websocket_client_end(ws, "address not allowed");
        return ws;
    }
    loop_timer_set(all->loop, &ws->timer, connect_ms, on_timeout, ws);
    websocket_client_dial(ws, connect_ms);
    return ws;
}

static int enqueue(struct websocket_client *ws, enum lws_write_protocol kind, const void *bytes,
                   size_t len)
{
    if (!ws->open || ws->closing || ws->waiting + len > WEBSOCKET_CLIENT_QUEUE)
        return -1;
    struct waiting *w = malloc(sizeof *w + LWS_PRE + len);
    if (!w)
        abort();
    *w = (struct waiting){ .kind = kind, .len = len };
    memcpy(w->bytes + LWS_PRE, bytes, len);
    if (ws->tail)
        ws->tail->next = w;
    else
        ws->head = w;
    ws->tail = w;
    ws->waiting += len;
    lws_callback_on_writable(ws->wsi);
    return 0;
}

int websocket_client_send(struct websocket_client *ws, const char *bytes, size_t len)
{
    return enqueue(ws, LWS_WRITE_TEXT, bytes, len);
}

int websocket_client_ping(struct websocket_client *ws, const char *payload)
{
    size_t len = strlen(payload);
    return len <= 125 ? enqueue(ws, LWS_WRITE_PING, payload, len) : -1;
}

void websocket_client_close(struct websocket_client *ws, int code)
{
    if (ws->ended || ws->closing)
        return;
    if (!ws->open) {
        websocket_client_end(ws, "closed");
        return;
    }
    ws->closing = true;
    ws->close_code = code;
    lws_callback_on_writable(ws->wsi);
    loop_timer_set(ws->all->loop, &ws->timer, CLOSE_MS, on_timeout, ws);
}
