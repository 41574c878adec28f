/* websocket.h - WebSocket routes on the HTTP server: whole text messages in and out, back-pressure.
 * It knows no frame format above RFC 6455. No extension is ever negotiated. Loop thread only. */
#ifndef DESKHAND_NET_WEBSOCKET_H
#define DESKHAND_NET_WEBSOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/net/http.h"

struct websocket;

/* Any member but upgrade and message may be NULL. */
struct websocket_handlers {
    /* Called for EVERY request to the path, whatever its method and headers, so that the adapter
     * decides the order of refusals. Nonzero: it has answered the request itself (http_answer
     * with any status and headers, before it returns). 0: accept; a request that is no proper
     * upgrade gets 426 then, and one that does not offer the route's subprotocol 400
     * "unsupported". *user, NULL at first, becomes websocket_user() of the socket; if the
     * upgrade fails after all, abandoned(ctx, user) is called in place of open. */
    int (*upgrade)(void *ctx, struct http_request *req, void **user);
    void (*abandoned)(void *ctx, void *user);
    void (*open)(void *ctx, struct websocket *ws);
    /* One whole text message, valid UTF-8, NUL behind it; borrowed until return. The handler may
     * call anything on ws, also websocket_close. */
    void (*message)(void *ctx, struct websocket *ws, const char *bytes, size_t len);
    /* The last call for ws, after which the pointer is dead; whoever closed it. */
    void (*closed)(void *ctx, struct websocket *ws);
    /* The queue is empty again after it held something, or after websocket_send said "full". */
    void (*drained)(void *ctx, struct websocket *ws);
};

/* Zero members mean the default in brackets. */
struct websocket_route {
    const char *protocol;           /* subprotocol that must be offered; NULL: none is named */
    size_t max_message;             /* bytes; over it close 1009 [65536] */
    size_t pause_at;                /* queued bytes at which reading stops [256 KiB] */
    size_t max_queue;               /* queued bytes over which it closes 4408 [1 MiB] */
    int stall_s;                    /* no write progress for so long: close 4408 [20] */
};

/* Before http_listen. The route's and handlers' contents are copied; ctx is borrowed. */
void websocket_route(struct http_server *s, const char *path, const struct websocket_route *route,
                     const struct websocket_handlers *handlers, void *ctx);

/* Sends or queues one text message; bytes are copied. 0, or -1 when the socket is closing or the
 * queue went over its limit (then it closes by itself with 4408; closed() follows later, never
 * from inside). */
int websocket_send(struct websocket *ws, const char *bytes, size_t len);

/* One message for many sockets: the frame is built once and counted. Give back with _drop. */
struct websocket_shared;
struct websocket_shared *websocket_share(const char *bytes, size_t len);
int websocket_send_shared(struct websocket *ws, struct websocket_shared *shared);
void websocket_shared_drop(struct websocket_shared *shared);

/* Bytes that wait in the process for this socket. */
size_t websocket_queued(const struct websocket *ws);

/* Milliseconds since the peer's last byte, pings included; -1: unknown. A system call: not for hot
 * paths. */
int64_t websocket_silent_ms(const struct websocket *ws);

/* Stop or go on reading messages (over and above the automatic pause while much is queued). */
void websocket_pause(struct websocket *ws, bool pause);

/* Writes what is queued, then the close frame; drops the connection after 5 s at the latest. No
 * message() comes any more. reason: at most 123 bytes, NULL: none. A second call changes
 * nothing. */
void websocket_close(struct websocket *ws, int code, const char *reason);

/* As websocket_close, but what is queued is thrown away first. */
void websocket_abort(struct websocket *ws, int code, const char *reason);

void *websocket_user(const struct websocket *ws);
void websocket_set_user(struct websocket *ws, void *user);

#endif
