/* http_private.h - the server's inside, shared by the http_*.c and websocket*.c files only. */
#ifndef DESKHAND_NET_HTTP_PRIVATE_H
#define DESKHAND_NET_HTTP_PRIVATE_H

#include <libwebsockets.h>
#include <uv.h>

#include "adapters/net/http.h"
#include "adapters/net/http_text.h"
#include "adapters/net/loop.h"
#include "adapters/net/websocket.h"
#include "bot/base/arena.h"
#include "bot/base/buf.h"

/* A client that writes its whole body before it reads an answer sees that answer only if somebody
 * reads the body, too. */
enum { HTTP_SLOTS = 65536, HTTP_SWALLOW_MAX = 32 << 20 };

struct http_route_entry {
    char *method, *path;                  /* method NULL: any */
    size_t path_len;
    bool prefix;
    size_t max_body;
    http_handler handler;
    void *ctx;
};

struct websocket_entry {
    char *path, *protocol;
    struct websocket_route limits;        /* defaults filled in */
    struct websocket_handlers handlers;
    void *ctx;
    struct http_server *server;
};

/* What lws keeps for us per connection: NULL, a request, or a WebSocket. */
enum conn_kind { CONN_REQUEST, CONN_WEBSOCKET };

struct conn {
    enum conn_kind kind;
};

struct http_request {
    struct conn conn;
    struct lws *wsi;
    struct http_server *server;
    uint64_t id;
    struct arena arena;                   /* copies of what accessors gave out */
    const char *method, *path;
    const struct http_route_entry *route;
    struct buf body;
    int64_t body_left;                    /* announced and not yet received */
    int64_t swallowed;                    /* received after the answer, thrown away */
    struct loop_timer timer;
    bool upgrading;                       /* inside CONFIRM_UPGRADE: all is written at once */
    bool in_callback;                     /* lws is calling us for this connection */
    bool answered, head, close, paused, swallowing;
    int64_t progress_ms;                  /* when the peer last took something of the answer */
    struct buf out;                       /* answer's head, and its body unless kept */
    const char *rest;                     /* what is still to be written after `out` */
    size_t rest_len, out_sent;
};

struct http_listener {
    uv_poll_t poll;
    struct loop_timer rest;               /* a pause after accept failed */
    int fd, port;
    bool open, poll_open;
};

struct http_slot {
    struct http_request *req;
    uint32_t next_free;
};

struct http_server {
    struct loop *loop;
    struct http_settings settings;        /* defaults filled in */
    struct lws_context *context;
    struct lws_vhost *vhost;
    struct lws_protocols *protocols;
    struct http_listener listener;
    struct http_route_entry *routes;
    size_t route_count;
    struct websocket_entry **sockets;     /* pointers: WebSockets keep them */
    size_t socket_count;
    struct http_slot *slots;
    uint32_t free_slot;
    uint64_t last_id;
    size_t requests, connections, open_sockets;
    struct buf scratch;                   /* a message that came in one piece */
    bool draining, closing;
};

/* http.c: what lws itself has to say, as a line of our log. */
void http_lws_log(int level, const char *line);

/* http_listen.c */
int http_listener_open(struct http_server *s, const char *address, int port);
void http_listener_close(struct http_server *s);

/* http_request.c: the request is freed by whoever ends it. NULL: no slot free. */
struct http_request *http_request_new(struct http_server *s, struct lws *wsi);
void http_request_free(struct http_request *req);
bool http_method_takes_body(const struct http_request *req);

/* Cuts the connection; for timers, not from inside lws' callbacks. arg is the request. */
void http_request_drop(void *arg);

/* After the handler, in a callback: 0 go on, else close. Frees req when it is finished. */
int http_request_settle(struct http_request *req);

/* http_route.c */
int http_dispatch(struct http_server *s, struct lws *wsi);
int http_body_bytes(struct http_request *req, const char *bytes, size_t len);
int http_body_complete(struct http_request *req);
struct websocket_entry *http_websocket_entry(struct http_server *s, const char *path);

/* websocket.c */
int websocket_confirm(struct http_server *s, struct lws *wsi);
void websocket_plain_request(struct websocket_entry *entry, struct http_request *req);
int websocket_event(struct lws *wsi, enum lws_callback_reasons reason, void *in, size_t len);
void websocket_gone(struct lws *wsi);

#endif
