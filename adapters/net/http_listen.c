/* We accept ourselves and hand the sockets to lws: so running out of descriptors is a pause
 * instead of a spin, and IPv4 and IPv6 addresses need none of lws' interface rules. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "adapters/net/http_private.h"
#include "bot/base/log.h"

enum { ACCEPT_BATCH = 64, ACCEPT_REST_MS = 250, BACKLOG = 1024 };

static const char busy[] =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Type: application/json\r\n"
    "Content-Length: 53\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    "{\"code\":\"unavailable\",\"text\":\"Too busy, or closing.\"}";
static const char odd_upgrade[] =
    "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Content-Type: application/json\r\nContent-Length: 63\r\nCache-Control: no-store\r\n"
    "Connection: Upgrade, close\r\n\r\n"
    "{\"code\":\"upgrade_required\",\"text\":\"This upgrade is not known.\"}";

static void turn_away(int fd, const char *answer)
{
    size_t len = strlen(answer);
    char unread[4096];
    if (send(fd, answer, len, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)len) {
        shutdown(fd, SHUT_WR);
        while (recv(fd, unread, sizeof unread, MSG_DONTWAIT) > 0)
            ;                           /* unread bytes would turn the close into a reset */
    }
    close(fd);
}

/* lws 4.1 answers an Upgrade that it does not know by itself, and then goes on with headers that it
 * has freed. The kernel gave us the socket with its first bytes, so they can be looked at first. */
static bool has_odd_upgrade(int fd)
{
    char head[4096];
    ssize_t n = recv(fd, head, sizeof head, MSG_PEEK | MSG_DONTWAIT);
    return n > 0 && http_head_has_odd_upgrade(head, (size_t)n);
}

static void on_acceptable(uv_poll_t *handle, int status, int events);

static void accept_again(void *arg)
{
    struct http_server *s = arg;
    uv_poll_start(&s->listener.poll, UV_READABLE, on_acceptable);
}

static void rest(struct http_server *s, int error)
{
    log_warn("accept failed", "error=\"%s\" pause_ms=%d", strerror(error), ACCEPT_REST_MS);
    uv_poll_stop(&s->listener.poll);
    loop_timer_set(s->loop, &s->listener.rest, ACCEPT_REST_MS, accept_again, s);
}

static void take(struct http_server *s, int fd)
{
    int one = 1;
    if (s->draining || s->connections >= s->settings.max_connections) {
        turn_away(fd, busy);
        return;
    }
    if (has_odd_upgrade(fd)) {
        turn_away(fd, odd_upgrade);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    lws_adopt_socket_vhost(s->vhost, fd);       /* closes fd itself when it fails */
}

static void on_acceptable(uv_poll_t *handle, int status, int events)
{
    struct http_server *s = handle->data;
    (void)events;
    for (int i = 0; i < ACCEPT_BATCH && status >= 0; i++) {
        int fd = accept4(s->listener.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            take(s, fd);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            rest(s, errno);
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return;
        }
    }
}

static int fill_address(const char *text, int port, struct sockaddr_storage *out, socklen_t *len)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        memcpy(out, &v4, *len = sizeof v4);
        return 0;
    }
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1)
        return -1;
    memcpy(out, &v6, *len = sizeof v6);
    return 0;
}

static int bound_port(int fd)
{
    struct sockaddr_storage a = { 0 };
    socklen_t len = sizeof a;
    if (getsockname(fd, (struct sockaddr *)&a, &len))
        return 0;
    if (a.ss_family == AF_INET)
        return ntohs(((struct sockaddr_in *)&a)->sin_port);
    return ntohs(((struct sockaddr_in6 *)&a)->sin6_port);
}

static int open_socket(const char *address, int port)
{
    struct sockaddr_storage a;
    socklen_t len;
    int one = 1, wait_s = 10;
    if (port < 0 || port > 65535 || fill_address(address, port, &a, &len)) {
        log_error("listen address broken", "address=\"%s\" port=%d", address, port);
        return -1;
    }
    int fd = socket(a.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(fd, IPPROTO_TCP, TCP_DEFER_ACCEPT, &wait_s, sizeof wait_s);
    if (bind(fd, (struct sockaddr *)&a, len) || listen(fd, BACKLOG)) {
        log_error("cannot listen", "address=\"%s\" port=%d error=\"%s\"", address, port,
                  strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}

int http_listener_open(struct http_server *s, const char *address, int port)
{
    struct http_listener *l = &s->listener;
    l->fd = open_socket(address, port);
    if (l->fd < 0)
        return -1;
    l->open = true;
    l->port = bound_port(l->fd);
    if (uv_poll_init(loop_uv(s->loop), &l->poll, l->fd))
        return -1;
    l->poll_open = true;
    l->poll.data = s;
    return uv_poll_start(&l->poll, UV_READABLE, on_acceptable) ? -1 : 0;
}

static void on_closed(uv_handle_t *handle)
{
    struct http_server *s = handle->data;
    s->listener.poll_open = false;
}

/* The caller runs the loop until poll_open is false. */
void http_listener_close(struct http_server *s)
{
    struct http_listener *l = &s->listener;
    loop_timer_stop(s->loop, &l->rest);
    if (l->poll_open) {
        uv_poll_stop(&l->poll);
        uv_close((uv_handle_t *)&l->poll, on_closed);
    }
    if (l->open)
        close(l->fd);
    l->open = false;
}
