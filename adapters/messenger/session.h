/* session.h - one messenger client's session, and what all sessions share. A session does not know
 * whether it talks through a WebSocket or a long poll: that is its peer. Loop thread only.
 *   session.c  birth, timer, end                hello.c  from hello to welcome
 *   talk.c     frames in, commands, outcomes    stream.c   numbered entries, exactly once
 *   history.c  pages of the log */
#ifndef DESKHAND_MESSENGER_SESSION_H
#define DESKHAND_MESSENGER_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "adapters/adapter.h"
#include "adapters/messenger/clients.h"
#include "adapters/messenger/frames.h"
#include "adapters/messenger/limits.h"
#include "adapters/messenger/parse.h"
#include "adapters/net/loop.h"

enum { CLOSE_RESTART = 1012, CLOSE_BROKEN = 4400, CLOSE_UNAUTHORIZED = 4401,
       CLOSE_FORBIDDEN = 4403, CLOSE_SLOW = 4408, CLOSE_REPLACED = 4409, CLOSE_FLOOD = 4429 };

/* ---- the other end ---- */

struct websocket_shared;

/* One frame for one or many peers; a peer may keep what it needs to send it again cheaply. */
struct outgoing {
    const char *bytes;
    size_t len;
    int uses;
    struct websocket_shared *shared;
};

struct peer_kind {
    void (*send)(void *link, struct outgoing *frame);
    /* The session is over; what was sent before still leaves. The peer calls session_gone later. */
    void (*close)(void *link, int code, const char *reason);
    void (*pause)(void *link, bool pause);          /* take no frames for a while; may be NULL */
    size_t (*queued)(void *link);                   /* bytes that wait for the peer */
    int64_t (*silent_ms)(void *link);               /* since its last sign of life; -1: unknown */
};

/* ---- sessions ---- */

enum session_state { SESSION_NEW, SESSION_OPENING, SESSION_LIVE, SESSION_CLOSED };

/* How far a session has come in a conversation. While it is held, a page is still to come that
 * brings what was missed: its live entries are left out, they stand in the log anyway. */
struct place {
    int64_t ticket_id, at, missed;
    bool held;
};

struct hello;
struct history;
struct messenger;

enum { SESSION_SEEN_KEPT = 4, CONTACT_BUCKETS = 16384, TICK_SLOTS = 65536 };

/* Kept small: there may be twenty thousand of them that do nothing. */
struct session {
    struct messenger *m;
    const struct peer_kind *peer;
    void *link;                                     /* NULL: the peer is gone */
    struct session *next, *prev;                    /* all sessions, newest first */
    struct session *contact_next;                   /* newest first within a contact */
    int64_t client_id, contact_id;                  /* contact_id 0: not registered for news */
    int64_t heard_ms, typed_ms;
    uint64_t address;                               /* key of its meter; 0: unknown */
    struct hello *hello;                            /* until welcome */
    struct history *history;                        /* while pages are asked for */
    struct place *places;
    uint32_t place_count, refs;
    uint8_t state;                                  /* enum session_state */
    bool leaving;                                   /* logout was asked */
    uint8_t seen_next;
    uint32_t seen_said[SESSION_SEEN_KEPT];          /* its own read marks: not echoed to it */
    struct loop_timer timer;
    struct window frames, bad_frames;
    unsigned char hash[COMMAND_HASH_BYTES];
};

struct pending_table;
struct polls;

struct messenger {
    const struct adapter_host *host;
    const struct config_limits *limits;
    struct clients *clients;
    struct session *sessions;
    struct session **by_contact;                    /* CONTACT_BUCKETS chains */
    size_t session_count;
    struct meters *sends, *sustained, *conversations;       /* by contact */
    struct meters *addresses, *address_visitors, *address_conversations;
    struct pending_table *pending;
    int64_t tick, *contact_ticks;                  /* when a contact last had news, TICK_SLOTS */
    struct buf frame;                               /* where frames are built */
    unsigned char random[4096];
    size_t random_left;
    char base[280];                                 /* scheme, host and port of our own pages */
    struct loop_timer reload_timer;
    struct polls *polls;
    bool draining, closed;
};

struct messenger *messenger_new(const struct adapter_host *host);
/* Sockets may outlive the adapter; the last one takes the memory with it. */
void messenger_close(struct messenger *m);

/* A new session; the peer's first frame must be hello. address NULL: unknown. */
struct session *session_new(struct messenger *m, const struct peer_kind *peer, void *link,
                            int64_t client_id, const char *address);
/* The peer has no more use for it: the last call for s. */
void session_gone(struct session *s);
/* Takes what *f owns. */
void session_frame(struct session *s, struct messenger_frame *f);
/* What waited for the peer has left. */
void session_drained(struct session *s);
void session_close(struct session *s, int code, const char *reason);
void session_close_all(struct messenger *m, int code, const char *reason);

/* ---- between session.c, hello.c, talk.c and stream.c ---- */

void messenger_random(struct messenger *m, void *out, size_t len);

void session_hold(struct session *s);           /* one more reference; session_drop gives back */
void session_drop(struct session *s);
void session_start_timer(struct session *s);
void session_join(struct session *s, int64_t contact_id);
/* m->frame, emptied; build one frame in it, then session_send. */
struct buf *session_buf(struct session *s);
void session_send(struct session *s);
/* f may be NULL; its cid, rid and (not_found) conv are echoed. retry_ms 0: none. */
void session_err(struct session *s, enum err err, const struct messenger_frame *f,
                 int64_t retry_ms);

void hello_take(struct session *s, struct messenger_frame *f);      /* takes what *f owns */
void hello_keep(struct session *s, struct messenger_frame *f);      /* for after the welcome */
void hello_stored(struct session *s, const struct outcome *outcome);    /* of a new visitor */
void hello_end(struct session *s);

void talk_frame(struct session *s, const struct messenger_frame *f);
/* This session itself said that it has read up to there, so it need not be told. */
bool session_said_seen(const struct session *s, const char *conv, int64_t seq);
void talk_outcome(struct messenger *m, uint64_t tag, const struct outcome *outcome);

void stream_news(struct messenger *m, const struct news *news);
void stream_typing(struct messenger *m, int64_t contact_id, const char *conv, const char *who);
/* Places and pages of a session that was just welcomed. asked: one head for each of hello's pos,
 * ticket_id 0 where it is not the contact's; NULL: none is. */
void stream_begin(struct session *s, const struct messenger_frame *hello,
                  const struct session_view *view, const struct conv_head *asked);
void stream_end(struct session *s);
/* A page that brought the entries after..last of the conversation was read; `more` follow in the
 * log. Returns whether more follow for the client, too. */
bool stream_page(struct session *s, int64_t ticket_id, int64_t after, int64_t last, bool more);
/* The contact had no news since m->tick was `tick`. */
bool stream_is_quiet(const struct messenger *m, int64_t contact_id, int64_t tick);

/* Pages of the log, one after the other, as the peer takes them. limit 0: the most; rid may be
 * NULL. */
void history_ask(struct session *s, const char *conv, int64_t after, int64_t limit,
                 const char *rid);
void history_next(struct session *s);
void history_end(struct session *s);
void history_typing(struct session *s, const char *conv, const char *rid);

#endif
