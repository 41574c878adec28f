/* websocket_private.h - one WebSocket, shared by websocket.c and websocket_send.c only. */
#ifndef DESKHAND_NET_WEBSOCKET_PRIVATE_H
#define DESKHAND_NET_WEBSOCKET_PRIVATE_H

#include "adapters/net/http_private.h"

/* Kept small: there may be ten thousand of them that do nothing. */
struct websocket {
    struct conn conn;
    bool open, closing, close_sent, broken;
    bool paused_by_user, paused_by_queue, paused;
    bool wants_drained;                /* the queue held something since drained() was called */
    struct lws *wsi;
    const struct websocket_entry *entry;
    void *user;
    struct buf *message;               /* fragments of an unfinished message */
    struct queued *head, *tail;
    size_t queued;                     /* bytes in the queue, and `partial` */
    size_t partial;                    /* of a message that lws still holds a part of */
    struct loop_timer timer;           /* progress of writing; then the end of closing */
    int64_t progress_ms;
    uint64_t acked;                    /* bytes the peer's kernel has taken, when last looked */
    uint16_t close_code;
    char *close_reason;
};

/* websocket_send.c */
void websocket_update_pause(struct websocket *ws);
int websocket_writeable(struct websocket *ws);      /* what the lws callback has to return */
void websocket_queue_clear(struct websocket *ws);

#endif
