/* live.h - what live.c (sockets) and notice.c (what they are told) share. */
#ifndef DESKHAND_INBOX_LIVE_H
#define DESKHAND_INBOX_LIVE_H

#include "adapters/inbox/json.h"
#include "adapters/inbox/parts.h"
#include "adapters/net/websocket.h"

enum { LIVE_CHANGED = 200 };        /* tickets named in one notice; more of them: "all" */

struct viewer {                     /* one open socket */
    struct viewer *next, *prev;
    uint64_t id;
    struct websocket *ws;
    struct inbox_person who;        /* id 0 until the session has been checked */
    int64_t looking, typing_until_ms, heard_ms, checked_ms, window_ms;
    int frames;
    bool typing_note;
};

struct live {
    struct inbox *in;
    struct viewer *first;
    size_t count;
    uint64_t last_id;
    struct { int64_t ticket_id, version; } changed[LIVE_CHANGED];
    size_t changed_count;
    bool telling;                   /* our own signal is on its way: we need not hear it */
    bool changed_all, people_changed, effects_changed, counting, count_again;
    struct loop_timer gather, counts, sweep;
};

/* Starts a frame {"t":type,... in *b; the caller ends the object, sends it and clears *b. */
void notice_begin(struct json_out *j, struct buf *b, const char *type);
/* To everybody whose session has been checked. */
void notice_send(struct live *l, const struct buf *frame);
/* The counts of everybody's views, soon. */
void notice_count(struct live *l);

#endif
