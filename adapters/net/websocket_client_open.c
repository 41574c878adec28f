/* curl makes the connection, for it looks names up without blocking and knows proxies; lws speaks
 * TLS and WebSocket over it. lws 4.1 takes no client connection that somebody else has made, so it
 * gets the near end of a relay, whose far end is the connection. */
#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "adapters/net/dial.h"
#include "adapters/net/http_text.h"
#include "adapters/net/websocket_client_private.h"

static bool is_loopback(const char *host)
{
    struct http_address a;
    return strcasecmp(host, "localhost") == 0 ||
           (http_address_parse(host, strlen(host), &a) == 0 && http_address_is_loopback(&a));
}

static char *part_of(CURLU *u, CURLUPart part, unsigned flags)
{
    char *value = NULL, *copy = NULL;
    if (!curl_url_get(u, part, &value, flags) && value)
        copy = strdup(value);
    curl_free(value);
    return copy;
}

static char *path_of(CURLU *u)
{
    char *path = part_of(u, CURLUPART_PATH, 0), *query = part_of(u, CURLUPART_QUERY, 0);
    char *both = NULL;
    if (path && asprintf(&both, query ? "%s?%s" : "%s", path, query) < 0)
        both = NULL;
    free(path);
    free(query);
    return both;
}

static int port_of(CURLU *u, bool tls)
{
    char *text = part_of(u, CURLUPART_PORT, 0);
    int port = text ? atoi(text) : tls ? 443 : 80;
    free(text);
    return port;
}

/* An IPv6 address comes with its brackets; lws and curl want it without. */
static void strip_brackets(char *host)
{
    size_t len = strlen(host);
    if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
        memmove(host, host + 1, len - 2);
        host[len - 2] = '\0';
    }
}

int websocket_client_address(struct websocket_client *ws, const char *url)
{
    CURLU *u = curl_url();
    char *scheme = NULL, *user = NULL;
    int result = -1;
    if (u && !curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME)) {
        scheme = part_of(u, CURLUPART_SCHEME, 0);
        user = part_of(u, CURLUPART_USER, 0);
        ws->host = part_of(u, CURLUPART_HOST, 0);
        ws->path = path_of(u);
        ws->tls = scheme && strcmp(scheme, "wss") == 0;
        ws->port = port_of(u, ws->tls);
    }
    if (ws->host && ws->path && scheme && !user) {
        strip_brackets(ws->host);
        if (ws->tls || (strcmp(scheme, "ws") == 0 && is_loopback(ws->host)))
            result = 0;
    }
    curl_url_cleanup(u);
    free(scheme);
    free(user);
    return result;
}

/* A listening socket with a name that the kernel makes up; the name goes to lws as "+@name". */
static int open_meeting(char address[static 32])
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };
    socklen_t len = sizeof a.sun_family;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&a, len) || listen(fd, 16) ||
        (len = sizeof a, getsockname(fd, (struct sockaddr *)&a, &len))) {
        close(fd);
        return -1;
    }
    int name_len = (int)(len - sizeof a.sun_family) - 1;
    snprintf(address, 32, "+@%.*s", name_len, a.sun_path + 1);
    return fd;
}

/* Only this process is let in, whoever else may have found the name. */
static int meet(int listener)
{
    struct ucred peer = { 0 };
    for (;;) {
        socklen_t len = sizeof peer;
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return -1;
        if (!getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) && peer.pid == getpid())
            return fd;
        close(fd);
    }
}

static void connect_lws(struct websocket_client *ws, const char *address)
{
    char host[300];
    bool usual = ws->port == (ws->tls ? 443 : 80), v6 = strchr(ws->host, ':') != NULL;
    snprintf(host, sizeof host, usual ? (v6 ? "[%s]" : "%s") : (v6 ? "[%s]:%d" : "%s:%d"),
             ws->host, ws->port);
    struct lws_client_connect_info info = {
        .context = ws->all->context,
        .vhost = ws->all->vhost,
        .address = address,
        .port = ws->port,
        .host = host,
        .path = ws->path,
        .ssl_connection = LCCSCF_HTTP_NO_FOLLOW_REDIRECT | (ws->tls ? LCCSCF_USE_SSL : 0),
        .local_protocol_name = "client",
        .ietf_version_or_minus_one = -1,
        .opaque_user_data = ws,
        .pwsi = &ws->wsi,
    };
    lws_client_connect_via_info(&info);
}

/* fd is the connection to the peer, by whatever way. */
static void join(struct websocket_client *ws, int fd)
{
    char address[32];
    int listener = open_meeting(address), near = -1;
    if (listener >= 0) {
        connect_lws(ws, address);
        near = ws->wsi ? meet(listener) : -1;
        close(listener);
    }
    if (near >= 0)
        ws->relay = relay_open(ws->all->loop, near, fd, websocket_client_alive, ws);
    else
        close(fd);
    if (!ws->relay)
        websocket_client_end(ws, "no descriptors left, or libwebsockets refused");
}

static void on_dialled(void *ctx, int fd, const char *error)
{
    struct websocket_client *ws = ctx;
    char reason[100];
    ws->dialling = 0;
    if (!ws->all || ws->ended) {
        if (fd >= 0)
            close(fd);
        if (!ws->all)
            free(ws);
        return;
    }
    if (fd >= 0) {
        join(ws, fd);
        return;
    }
    snprintf(reason, sizeof reason, "cannot connect: %s", error);
    websocket_client_end(ws, reason);
}

void websocket_client_dial(struct websocket_client *ws, int64_t timeout_ms)
{
    ws->dialling = dial(ws->all->http, ws->host, ws->port, !ws->tls, timeout_ms, on_dialled, ws);
}
