/* wsclient.h - one WebSocket client connection on a raw non-blocking socket, cheap enough for 19,000.
 * It does not know frames of the messenger, fragments or TLS: it serves the load generator. */
#ifndef DESKHAND_TESTS_WSCLIENT_H
#define DESKHAND_TESTS_WSCLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ws_state { WS_CLOSED, WS_CONNECTING, WS_UPGRADING, WS_OPEN };

struct bytes {
    char *data;
    size_t len, room;
};

struct ws {
    int fd;
    enum ws_state state;
    struct bytes in, out;
};

struct ws_target {
    int port;
    const char *key;        /* client key */
};

/* What happened while reading: opened once, then a text message at a time. Text is borrowed. */
struct ws_events {
    void (*opened)(void *context, struct ws *ws);
    void (*text)(void *context, struct ws *ws, const char *text, size_t len);
};

int ws_connect(struct ws *ws, const struct ws_target *target);     /* 0, or -1 with errno */
int ws_send_text(struct ws *ws, const char *text, size_t len);     /* queues, then writes */
int ws_flush(struct ws *ws);                                       /* -1: the connection is gone */
bool ws_wants_write(const struct ws *ws);
int ws_read(struct ws *ws, const struct ws_events *events, void *context);   /* -1: gone */
void ws_close(struct ws *ws);

#endif
