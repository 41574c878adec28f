#include "adapters/messenger/socket.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/messenger/door.h"
#include "adapters/net/websocket.h"

enum { SECOND_MS = 1000 };

/* ---- the peer ---- */

/* The first socket gets the bytes; for a second one they are shared. */
static void send_frame(void *link, struct outgoing *frame)
{
    if (frame->uses++ == 0) {
        websocket_send(link, frame->bytes, frame->len);
        return;
    }
    if (!frame->shared)
        frame->shared = websocket_share(frame->bytes, frame->len);
    websocket_send_shared(link, frame->shared);
}

static void close_socket(void *link, int code, const char *reason)
{
    websocket_close(link, code, reason);
}

static void pause_socket(void *link, bool pause)
{
    websocket_pause(link, pause);
}

static size_t queued(void *link)
{
    return websocket_queued(link);
}

static int64_t silent_ms(void *link)
{
    return websocket_silent_ms(link);
}

static const struct peer_kind socket_peer = { send_frame, close_socket, pause_socket, queued,
                                              silent_ms };

/* ---- the door ---- */

/* Who was let in, between the upgrade and its end. */
struct arrival {
    int64_t client_id;
    char address[64];
    bool known;
};

static int refuse_upgrade(struct http_request *req)
{
    static const struct http_pair upgrade[] = { { "Upgrade", "websocket" },
                                                { "Connection", "Upgrade" } };
    static const struct http_pair version[] = { { "Sec-WebSocket-Version", "13" } };
    static const struct http_pair allow[] = { { "Allow", "GET" } };
    if (strcmp(http_method(req), "GET"))
        http_answer_error(req, 405, "method_not_allowed", "Only GET opens a WebSocket.", allow, 1);
    else if (!http_upgrade_is_websocket(req))
        http_answer_error(req, 426, "upgrade_required", "This path is a WebSocket.", upgrade, 2);
    else if (!http_wants_websocket(req))
        http_answer_error(req, 426, "upgrade_required", "Only version 13 is spoken.", version, 1);
    else
        return 0;
    return -1;
}

static int refuse_protocol(struct http_request *req)
{
    if (http_offers_protocol(req, "deskhand.v1"))
        return 0;
    http_answer_error(req, 400, "unsupported", "The subprotocol deskhand.v1 is not offered.", NULL,
                      0);
    return -1;
}

static int on_upgrade(void *ctx, struct http_request *req, void **user)
{
    struct messenger *m = ctx;
    const struct messenger_client *client;
    if (refuse_upgrade(req) || door_origin(m, req) || door_client(m, req, &client)
        || refuse_protocol(req) || door_rate(m, req) || door_room(m, req))
        return -1;
    struct arrival *a = calloc(1, sizeof *a);
    if (!a)
        abort();
    const char *address = http_client_address(req);
    a->client_id = client->id;
    a->known = address != NULL;
    if (address)
        strncpy(a->address, address, sizeof a->address - 1);
    *user = a;
    return 0;
}

static void on_abandoned(void *ctx, void *user)
{
    (void)ctx;
    free(user);
}

static void on_open(void *ctx, struct websocket *ws)
{
    struct arrival *a = websocket_user(ws);
    struct session *s = session_new(ctx, &socket_peer, ws, a->client_id,
                                    a->known ? a->address : NULL);
    free(a);
    websocket_set_user(ws, s);
}

static void on_message(void *ctx, struct websocket *ws, const char *bytes, size_t len)
{
    struct messenger_frame f;
    (void)ctx;
    messenger_parse(bytes, len, &f);
    session_frame(websocket_user(ws), &f);
}

static void on_closed(void *ctx, struct websocket *ws)
{
    (void)ctx;
    session_gone(websocket_user(ws));
}

static void on_drained(void *ctx, struct websocket *ws)
{
    (void)ctx;
    session_drained(websocket_user(ws));
}

void socket_open(struct messenger *m)
{
    static const struct websocket_handlers handlers = { on_upgrade, on_abandoned, on_open,
                                                        on_message, on_closed, on_drained };
    struct websocket_route route = { .protocol = "deskhand.v1", .max_message = FRAME_BYTES_MAX,
                                     .max_queue = (size_t)m->limits->backlog_bytes,
                                     .stall_s = (int)(m->limits->write_stall_ms / SECOND_MS) };
    websocket_route(m->host->http, "/m/ws", &route, &handlers, m);
}
