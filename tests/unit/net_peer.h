/* net_peer.h - a plain TCP peer for the network tests: blocking, with a deadline on every read.
 * It is written without our own parsers, so that both sides cannot share a mistake. */
#ifndef DESKHAND_TESTS_NET_PEER_H
#define DESKHAND_TESTS_NET_PEER_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { PEER_BYTES = 300000 };

static inline int peer_connect_small(int port, int receive_buffer)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct timeval deadline = { .tv_sec = 8 };
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    if (receive_buffer)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof deadline);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&a, sizeof a)) {
        close(fd);
        return -1;
    }
    return fd;
}

static inline int peer_connect(int port)
{
    return peer_connect_small(port, 0);
}

static inline bool peer_write(int fd, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len) {
        ssize_t n = send(fd, at, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

static inline bool peer_read(int fd, void *out, size_t len)
{
    char *at = out;
    while (len) {
        ssize_t n = recv(fd, at, len, 0);
        if (n <= 0)
            return false;
        at += n;
        len -= (size_t)n;
    }
    return true;
}

/* True when the server has closed, and nothing more came. */
static inline bool peer_is_closed(int fd)
{
    char byte;
    return recv(fd, &byte, 1, 0) <= 0;
}

/* Reads one answer, head and body by Content-Length, into out; returns its status or -1. */
static inline int peer_answer(int fd, char *out, size_t size, bool head_only)
{
    size_t len = 0;
    int status = -1;
    out[0] = '\0';
    while (!strstr(out, "\r\n\r\n")) {
        if (len + 2 > size || !peer_read(fd, out + len, 1))
            return -1;
        out[++len] = '\0';
    }
    const char *length = strcasestr(out, "\r\nContent-Length:");
    size_t body = length && !head_only ? strtoul(length + 17, NULL, 10) : 0;
    if (sscanf(out, "HTTP/1.%*d %d", &status) != 1 || len + body + 1 > size)
        return -1;
    if (status == 304 || status == 101)
        body = 0;
    if (!peer_read(fd, out + len, body))
        return -1;
    out[len + body] = '\0';
    return status;
}

/* One request on its own connection. */
static inline int peer_ask(int port, const char *request, char *out, size_t size)
{
    int fd = peer_connect(port);
    int status = -1;
    if (fd >= 0 && peer_write(fd, request, strlen(request)))
        status = peer_answer(fd, out, size, strncmp(request, "HEAD", 4) == 0);
    if (fd >= 0)
        close(fd);
    return status;
}

#define PEER_UPGRADE                                                                         \
    "GET %s HTTP/1.1\r\nHost: desk\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"         \
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"          \
    "Origin: http://desk\r\n%s\r\n"

static inline int peer_socket(int port, const char *path, int receive_buffer)
{
    char text[2000];
    int fd = peer_connect_small(port, receive_buffer);
    snprintf(text, sizeof text, PEER_UPGRADE, path, "Sec-WebSocket-Protocol: deskhand.v1\r\n");
    if (fd < 0 || !peer_write(fd, text, strlen(text)) ||
        peer_answer(fd, text, sizeof text, true) != 101) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    return fd;
}

/* first: FIN, RSV and opcode as they stand in the first byte. */
static inline bool peer_frame(int fd, int first, const void *payload, size_t len)
{
    static const unsigned char mask[4] = { 0x37, 0xfa, 0x21, 0x3d };
    unsigned char *frame = malloc(len + 14);
    size_t at = 0;
    if (!frame)
        abort();
    frame[at++] = (unsigned char)first;
    if (len < 126) {
        frame[at++] = (unsigned char)(0x80 | len);
    } else if (len < 65536) {
        frame[at++] = 0x80 | 126;
        frame[at++] = (unsigned char)(len >> 8);
        frame[at++] = (unsigned char)len;
    } else {
        frame[at++] = 0x80 | 127;
        for (int shift = 56; shift >= 0; shift -= 8)
            frame[at++] = (unsigned char)(len >> shift);
    }
    memcpy(frame + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < len; i++)
        frame[at + i] = ((const unsigned char *)payload)[i] ^ mask[i % 4];
    bool ok = peer_write(fd, frame, at + len);
    free(frame);
    return ok;
}

static inline bool peer_text(int fd, const char *text)
{
    return peer_frame(fd, 0x81, text, strlen(text));
}

/* Reads one frame from the server: its first byte, -1 when the connection ended. */
static inline int peer_receive(int fd, char *out, size_t size, size_t *len)
{
    unsigned char head[2], longer[8];
    if (!peer_read(fd, head, 2) || head[1] & 0x80)
        return -1;
    size_t n = head[1];
    int more = n == 126 ? 2 : n == 127 ? 8 : 0;
    if (more) {
        if (!peer_read(fd, longer, (size_t)more))
            return -1;
        n = 0;
        for (int i = 0; i < more; i++)
            n = n << 8 | longer[i];
    }
    if (n + 1 > size || !peer_read(fd, out, n))
        return -1;
    out[n] = '\0';
    *len = n;
    return head[0];
}

/* The close code of the next close frame, everything before it is passed over; -1: none came. */
static inline int peer_close_code(int fd, char *reason, size_t size)
{
    char *bytes = malloc(PEER_BYTES);
    size_t len = 0;
    int first, code = -1;
    if (!bytes)
        abort();
    while ((first = peer_receive(fd, bytes, PEER_BYTES, &len)) >= 0 && first != 0x88)
        ;
    if (first == 0x88 && len >= 2) {
        code = (unsigned char)bytes[0] << 8 | (unsigned char)bytes[1];
        snprintf(reason, size, "%s", bytes + 2);
    }
    free(bytes);
    return code;
}

#endif
