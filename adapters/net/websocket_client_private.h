/* websocket_client_private.h - one outgoing WebSocket, for websocket_client*.c only. */
#ifndef DESKHAND_NET_WEBSOCKET_CLIENT_PRIVATE_H
#define DESKHAND_NET_WEBSOCKET_CLIENT_PRIVATE_H

#include <libwebsockets.h>
#include <stdbool.h>

#include "adapters/net/loop.h"
#include "adapters/net/relay.h"
#include "adapters/net/websocket_client.h"
#include "bot/base/buf.h"

struct websocket_clients {
    struct loop *loop;
    struct http_client *http;
    struct lws_context *context;
    struct lws_vhost *vhost;
    size_t connections;                 /* that lws still holds */
    struct websocket_client *first;
};

struct waiting {
    struct waiting *next;
    enum lws_write_protocol kind;
    size_t len;
    unsigned char bytes[];              /* LWS_PRE for the frame's head, then the payload */
};

struct websocket_client {
    struct websocket_client *next, *prev;
    struct websocket_clients *all;      /* NULL: given up while curl still dials */
    struct websocket_client_handlers handlers;
    void *ctx;
    char *host, *path;
    int port;
    bool tls, open, closing, ended;
    uint64_t dialling;                  /* id of the dial under way; 0: none */
    struct lws *wsi;
    struct relay *relay;
    struct buf message;                 /* fragments so far */
    struct waiting *head, *tail;
    size_t waiting;                     /* bytes */
    int close_code;                     /* to be sent behind what waits; 0: none */
    struct loop_timer timer;            /* opening; then closing; then reporting the end */
    char reason[120];
    struct websocket_client_end end;
};

/* websocket_client.c: reports the end, later and once. */
void websocket_client_end(struct websocket_client *ws, const char *reason);
void websocket_client_alive(void *ws);

/* websocket_client_events.c */
int websocket_client_event(struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in,
                           size_t len);

/* websocket_client_open.c: 0; -1: no such address is allowed. Then, the dial. */
int websocket_client_address(struct websocket_client *ws, const char *url);
void websocket_client_dial(struct websocket_client *ws, int64_t timeout_ms);

#endif
