#include "adapters/net/http.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "adapters/net/http_private.h"
#include "bot/base/log.h"

enum {
    DESCRIPTORS_KEPT = 64,
    DESCRIPTORS_MAX = 65536,
    HEADER_BYTES = 32768,               /* a token of 20 KiB is told that it is too long */
    SERVICE_BUFFER = 16384,
    RX_BUFFER = 256,                    /* per WebSocket; most frames come in one piece */
    SLOW_HEADERS = 2048
};

static int on_http_event(struct http_server *s, struct lws *wsi, struct conn *conn,
                         enum lws_callback_reasons reason, void *in, size_t len)
{
    struct http_request *req =
        conn && conn->kind == CONN_REQUEST ? (struct http_request *)conn : NULL;
    switch ((int)reason) {
    case LWS_CALLBACK_HTTP:
        return http_dispatch(s, wsi);
    case LWS_CALLBACK_HTTP_BODY:
        return req ? http_body_bytes(req, in, len) : 0;
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
        return req ? http_body_complete(req) : 0;
    case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
        return websocket_confirm(s, wsi);
    default:
        return 0;
    }
}

/* The connection is closed: whatever it was, forget it. Comes once or twice. */
static void forget(struct lws *wsi, struct conn *conn)
{
    if (conn && conn->kind == CONN_REQUEST)
        http_request_free((struct http_request *)conn);
    else if (conn)
        websocket_gone(wsi);
}

/* lws is one state machine of callbacks; this is its only entry into our files. */
static int on_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                    size_t len)
{
    (void)user;
    struct lws_context *context = lws_get_context(wsi);
    struct http_server *s = context ? lws_context_user(context) : NULL;
    struct conn *conn = s ? lws_get_opaque_user_data(wsi) : NULL;
    if (!s)
        return 0;
    switch ((int)reason) {
    case LWS_CALLBACK_WSI_CREATE:
        s->connections++;
        return 0;
    case LWS_CALLBACK_WSI_DESTROY:
        s->connections--;
        forget(wsi, conn);
        return 0;
    case LWS_CALLBACK_CLOSED:
    case LWS_CALLBACK_CLOSED_HTTP:
        forget(wsi, conn);
        return 0;
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
    case LWS_CALLBACK_ESTABLISHED:
    case LWS_CALLBACK_RECEIVE:
    case LWS_CALLBACK_SERVER_WRITEABLE:
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        return websocket_event(wsi, reason, in, len);
    default:
        return on_http_event(s, wsi, conn, reason, in, len);
    }
}

void http_lws_log(int level, const char *line)
{
    char text[200];
    size_t n = 0;
    for (; line[n] && line[n] != '\n' && n + 1 < sizeof text; n++)
        text[n] = line[n] < ' ' || line[n] == '"' || line[n] > '~' ? '?' : line[n];
    text[n] = '\0';
    (void)level;
    log_warn("libwebsockets says", "text=\"%s\"", text);
}

static size_t descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit))
        return 1024;
    if (limit.rlim_cur > DESCRIPTORS_MAX) {      /* lws keeps a table of that size */
        limit.rlim_cur = DESCRIPTORS_MAX;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    return (size_t)limit.rlim_cur;
}

static void set_default(int *value, int otherwise)
{
    if (*value <= 0)
        *value = otherwise;
}

static void fill_settings(struct http_settings *s)
{
    size_t descriptors = descriptor_limit();
    size_t most = descriptors > 2 * DESCRIPTORS_KEPT ? descriptors - DESCRIPTORS_KEPT
                                                     : descriptors / 2;
    if (!s->trusted_proxies)
        s->trusted_proxies = "127.0.0.0/8, ::1";
    if (!s->max_requests || s->max_requests >= HTTP_SLOTS)
        s->max_requests = 512;
    if (!s->max_connections || s->max_connections > most)
        s->max_connections = most;
    set_default(&s->header_timeout_s, 10);
    set_default(&s->keep_alive_s, 30);
    set_default(&s->answer_timeout_s, 90);
}

struct http_server *http_new(struct loop *l, const struct http_settings *settings)
{
    struct http_server *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->loop = l;
    if (settings)
        s->settings = *settings;
    fill_settings(&s->settings);
    /* Refused requests need a slot as well, for as long as it takes to write the refusal. */
    size_t slots = s->settings.max_requests * 2 + 64;
    slots = slots < HTTP_SLOTS ? slots : HTTP_SLOTS;
    s->slots = calloc(slots, sizeof *s->slots);
    if (!s->slots)
        abort();
    for (size_t i = 0; i < slots; i++)
        s->slots[i].next_free = i + 1 < slots ? (uint32_t)i + 1 : HTTP_SLOTS;
    buf_init(&s->scratch, 16 << 20);
    return s;
}

/* The first protocol serves HTTP and sockets without a subprotocol, the others carry its name. */
static void fill_protocols(struct http_server *s)
{
    s->protocols = calloc(s->socket_count + 2, sizeof *s->protocols);
    if (!s->protocols)
        abort();
    size_t n = 0;
    for (size_t i = 0; i <= s->socket_count; i++) {
        const char *name = i ? s->sockets[i - 1]->protocol : "http";
        if (name)
            s->protocols[n++] = (struct lws_protocols){ .name = name, .callback = on_event,
                                                        .rx_buffer_size = RX_BUFFER,
                                                        .tx_packet_size = 16 << 20 };
    }
}

/* A request holds its headers until it is answered, and peers that send theirs slowly hold some for
 * as long as they are let. Made on demand, so this is only the limit. */
static size_t header_pool(const struct http_settings *settings)
{
    size_t pool = settings->max_requests + SLOW_HEADERS;
    return pool < UINT16_MAX ? pool : UINT16_MAX;
}

static int open_context(struct http_server *s)
{
    static const lws_retry_bo_t no_policy = { 0 };
    void *loops[] = { loop_uv(s->loop) };
    struct lws_context_creation_info info = {
        .port = CONTEXT_PORT_NO_LISTEN,
        .protocols = s->protocols,
        .options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS |
                   LWS_SERVER_OPTION_UV_NO_SIGSEGV_SIGFPE_SPIN,
        .foreign_loops = loops,
        .user = s,
        .pcontext = &s->context,
        .retry_and_idle_policy = &no_policy,
        .max_http_header_pool = (unsigned short)header_pool(&s->settings),
        .max_http_header_data = HEADER_BYTES,
        .pt_serv_buf_size = SERVICE_BUFFER,
        .timeout_secs = (unsigned int)s->settings.header_timeout_s,
        .keepalive_timeout = s->settings.keep_alive_s,
    };
    lws_set_log_level(LLL_ERR | LLL_WARN, http_lws_log);
    s->context = lws_create_context(&info);
    if (!s->context)
        return -1;
    s->vhost = lws_create_vhost(s->context, &info);
    return s->vhost ? 0 : -1;
}

/* Older ones have known holes, and Debian 12 has had no update for them. */
static void warn_if_old(const char *address)
{
    enum { GOOD = 4003007 };                /* 4.3.7 */
    struct http_address a;
    int major = 0, minor = 0, patch = 0;
    sscanf(lws_get_library_version(), "%d.%d.%d", &major, &minor, &patch);
    if ((major * 1000 + minor) * 1000 + patch >= GOOD)
        return;
    if (http_address_parse(address, strlen(address), &a) || !http_address_is_loopback(&a))
        log_warn("libwebsockets is old", "version=\"%s\" wanted=4.3.7 address=\"%s\" "
                 "advice=\"listen on loopback, behind a proxy\"", lws_get_library_version(),
                 address);
}

int http_listen(struct http_server *s, const char *address, int port)
{
    fill_protocols(s);
    if (open_context(s)) {
        log_error("cannot start libwebsockets", "version=\"%s\"", lws_get_library_version());
        return -1;
    }
    if (http_listener_open(s, address, port))
        return -1;
    warn_if_old(address);
    log_info("http listening", "address=\"%s\" port=%d libwebsockets=\"%s\" connections=%zu",
             address, s->listener.port, lws_get_library_version(), s->settings.max_connections);
    return 0;
}

int http_port(const struct http_server *s)
{
    return s->listener.port;
}

void http_drain(struct http_server *s)
{
    s->draining = true;
}

bool http_is_draining(const struct http_server *s)
{
    return s->draining;
}

/* lws closes its handles in our loop and then wants to be asked a second time. */
static void close_context(struct http_server *s)
{
    uv_loop_t *uv = loop_uv(s->loop);
    s->closing = true;
    http_listener_close(s);
    lws_context_destroy(s->context);
    for (int turns = 0; turns < 1000 && s->context && s->connections; turns++)
        uv_run(uv, UV_RUN_NOWAIT);
    for (int turns = 0; turns < 4 || s->listener.poll_open; turns++)
        uv_run(uv, UV_RUN_NOWAIT);
    if (s->context)
        lws_context_destroy(s->context);
    for (int turns = 0; turns < 4; turns++)
        uv_run(uv, UV_RUN_NOWAIT);
}

void http_free(struct http_server *s)
{
    if (!s)
        return;
    close_context(s);
    for (size_t i = 0; i < s->route_count; i++) {
        free(s->routes[i].method);
        free(s->routes[i].path);
    }
    for (size_t i = 0; i < s->socket_count; i++) {
        free(s->sockets[i]->path);
        free(s->sockets[i]->protocol);
        free(s->sockets[i]);
    }
    free(s->routes);
    free(s->sockets);
    free(s->slots);
    free(s->protocols);
    buf_clear(&s->scratch);
    free(s);
}
