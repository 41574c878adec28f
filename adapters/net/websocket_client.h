/* websocket_client.h - outgoing WebSockets: whole text messages in and out, pings, liveness.
 * It does not redial, and knows nothing above RFC 6455. No extension, subprotocol, Origin or
 * Authorization is ever sent, no redirect followed. URLs may hold secrets and are never logged.
 * Loop thread only. */
#ifndef DESKHAND_NET_WEBSOCKET_CLIENT_H
#define DESKHAND_NET_WEBSOCKET_CLIENT_H

#include <stddef.h>
#include <stdint.h>

struct http_client;
struct loop;
struct websocket_client;
struct websocket_clients;

enum { WEBSOCKET_CLIENT_QUEUE = 1 << 20 };   /* bytes that may wait to be sent by one socket */

/* All sockets that one owner opens. Names are looked up, and proxies of the environment spoken to,
 * by the HTTP client, so none of it blocks. NULL when libwebsockets does not start (logged). */
struct websocket_clients *websocket_clients_new(struct loop *l, struct http_client *client);

/* Drops all sockets; no callback comes any more. Before http_client_free. NULL is fine. */
void websocket_clients_free(struct websocket_clients *all);

struct websocket_client_end {
    const char *reason;                 /* for the log, holds no secrets */
    int status;                         /* HTTP status of a refused handshake; else 0 */
    int code;                           /* of the peer's close frame; else 0 */
};

enum websocket_client_sign { WEBSOCKET_BYTES, WEBSOCKET_DATA, WEBSOCKET_PONG };

/* None is ever called from inside a function of this header. Each may call any of them. */
struct websocket_client_handlers {
    void (*opened)(void *ctx);          /* may be NULL */
    /* One whole text message, valid UTF-8, NUL behind it and perhaps inside; borrowed until
     * return. */
    void (*message)(void *ctx, const char *bytes, size_t len);
    /* Bytes came; DATA and PONG: and they made sense. A peer that answered pings and stops to,
     * while bytes come, is stuck within a frame that it announced longer than it is. */
    void (*alive)(void *ctx, enum websocket_client_sign sign);
    /* The last call; the pointer is dead afterwards. Not after websocket_client_abort. */
    void (*closed)(void *ctx, const struct websocket_client_end *end);
};

struct websocket_client_options {
    const char *url;                    /* wss://, verified by the system's certificates, TLS 1.2
                                           or newer; ws:// to a loopback address or localhost */
    int64_t connect_ms;                 /* until opened; 0: 15 s */
    size_t max_message;                 /* over it close 1009; 0: 1 MiB + 64 KiB */
};

/* Everything given is copied. Never NULL: what is wrong comes by closed(). */
struct websocket_client *websocket_client_open(struct websocket_clients *all,
                                               const struct websocket_client_options *options,
                                               const struct websocket_client_handlers *handlers,
                                               void *ctx);

/* A text message; copied. 0, or -1: not open, closing, or too much waits already. */
int websocket_client_send(struct websocket_client *ws, const char *bytes, size_t len);

/* A ping with at most 125 bytes. 0 or -1 as above. */
int websocket_client_ping(struct websocket_client *ws, const char *payload);

/* Sends what waits and a close frame; drops the connection when the peer has answered, or after a
 * second. No message() comes any more; closed() does. */
void websocket_client_close(struct websocket_client *ws, int code);

/* Drops the connection. The pointer is dead, no callback comes any more. */
void websocket_client_abort(struct websocket_client *ws);

#endif
