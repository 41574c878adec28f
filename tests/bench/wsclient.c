#include "tests/bench/wsclient.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_ROOM = 8192, HEADER_MAX = 14 };

static char *bytes_room(struct bytes *b, size_t len)
{
    if (b->len + len > b->room) {
        b->room = (b->len + len) * 2;
        b->data = realloc(b->data, b->room);
        if (!b->data)
            abort();
    }
    return b->data + b->len;
}

static void bytes_add(struct bytes *b, const void *data, size_t len)
{
    memcpy(bytes_room(b, len), data, len);
    b->len += len;
}

/* An idle connection keeps no buffer: thousands of them must not crowd the server out. */
static void bytes_drop(struct bytes *b, size_t len)
{
    b->len -= len;
    if (b->len) {
        memmove(b->data, b->data + len, b->len);
        return;
    }
    free(b->data);
    b->data = NULL;
    b->room = 0;
}

void ws_close(struct ws *ws)
{
    if (ws->state != WS_CLOSED)
        close(ws->fd);
    free(ws->in.data);
    free(ws->out.data);
    *ws = (struct ws){ .fd = -1, .state = WS_CLOSED };
}

static void queue_handshake(struct ws *ws, const struct ws_target *target)
{
    char request[512];
    int len = snprintf(request, sizeof request,
                       "GET /m/ws?k=%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                       "Origin: http://127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                       "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                       "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n"
                       "Sec-WebSocket-Protocol: deskhand.v1\r\n\r\n",
                       target->key, target->port, target->port);
    bytes_add(&ws->out, request, (size_t)len);
}

int ws_connect(struct ws *ws, const struct ws_target *target)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)target->port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1;
    *ws = (struct ws){ .state = WS_CONNECTING };
    ws->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (ws->fd < 0) {
        ws->state = WS_CLOSED;
        return -1;
    }
    setsockopt(ws->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    queue_handshake(ws, target);
    if (connect(ws->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) {
        ws_close(ws);
        return -1;
    }
    return 0;
}

bool ws_wants_write(const struct ws *ws)
{
    return ws->out.len > 0;
}

int ws_flush(struct ws *ws)
{
    while (ws->out.len) {
        ssize_t n = send(ws->fd, ws->out.data, ws->out.len, MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR || errno == ENOTCONN ? 0 : -1;
        bytes_drop(&ws->out, (size_t)n);
        if (ws->state == WS_CONNECTING)
            ws->state = WS_UPGRADING;
    }
    return 0;
}

/* The mask is zero: a valid mask, and the bytes need no second pass. */
int ws_send_text(struct ws *ws, const char *text, size_t len)
{
    unsigned char header[HEADER_MAX] = { 0x81 };
    size_t n = 2;
    if (len < 126) {
        header[1] = (unsigned char)(0x80 | len);
    } else {
        header[1] = 0x80 | 126;
        header[2] = (unsigned char)(len >> 8);
        header[3] = (unsigned char)len;
        n = 4;
    }
    bytes_add(&ws->out, header, n + 4);
    bytes_add(&ws->out, text, len);
    return ws_flush(ws);
}

/* Takes one message from the front. Returns its bytes, 0 when it is not whole yet, -1 to end. */
static ssize_t take_frame(struct ws *ws, size_t at, const struct ws_events *e, void *context)
{
    const unsigned char *p = (const unsigned char *)ws->in.data + at;
    size_t have = ws->in.len - at, head = 2, len;
    if (have < 2)
        return 0;
    len = p[1] & 0x7f;
    head = len == 126 ? 4 : len == 127 ? 10 : 2;
    if (have < head)
        return 0;
    if (len >= 126) {
        len = 0;
        for (size_t i = 2; i < head; i++)
            len = len << 8 | p[i];
    }
    if (have < head + len)
        return 0;
    if ((p[0] & 0x0f) == 8)
        return -1;
    if ((p[0] & 0x0f) == 1)
        e->text(context, ws, (const char *)p + head, len);
    return (ssize_t)(head + len);
}

static ssize_t take_answer(struct ws *ws, const struct ws_events *e, void *context)
{
    const char *end = memmem(ws->in.data, ws->in.len, "\r\n\r\n", 4);
    if (!end)
        return 0;
    if (ws->in.len < 12 || memcmp(ws->in.data + 8, " 101", 4))
        return -1;
    ws->state = WS_OPEN;
    e->opened(context, ws);
    return end + 4 - ws->in.data;
}

static int take_all(struct ws *ws, const struct ws_events *e, void *context)
{
    size_t at = 0;
    ssize_t n = 1;
    while (n > 0 && at < ws->in.len) {
        if (ws->state == WS_OPEN)
            n = take_frame(ws, at, e, context);
        else
            n = take_answer(ws, e, context);
        if (n < 0)
            return -1;
        at += (size_t)n;
    }
    if (at)
        bytes_drop(&ws->in, at);
    return 0;
}

int ws_read(struct ws *ws, const struct ws_events *events, void *context)
{
    for (;;) {
        ssize_t n = recv(ws->fd, bytes_room(&ws->in, READ_ROOM), READ_ROOM, 0);
        if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
            bytes_drop(&ws->in, 0);
            return 0;
        }
        if (n <= 0)
            return -1;
        ws->in.len += (size_t)n;
        if (take_all(ws, events, context))
            return -1;
        if (n < READ_ROOM)
            return 0;
    }
}
