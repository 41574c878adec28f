/* socket_plan.h - when to dial, keep, ping and let go Slack's sockets. Pure: events and the time
 * go in, actions come out. It neither dials nor logs. The promises it keeps: a new socket has said
 * hello before the old one is let go; at most two are open while a third is dialled; no loop of
 * dials faster than its pauses. */
#ifndef DESKHAND_SLACK_SOCKET_PLAN_H
#define DESKHAND_SLACK_SOCKET_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/net/websocket_client.h"
#include "adapters/slack/socket_frame.h"

enum {
    SOCKET_SLOTS = 3, SOCKET_ACTIONS = 32, SOCKET_TEXT = 240,
    SOCKET_PING_MS = 10000, SOCKET_DEAD_MS = 30000, SOCKET_STUCK_MS = 60000, SOCKET_DIAL_MS = 15000,
    SOCKET_LEAVE_MS = 15000, SOCKET_PROVEN_MS = 60000, SOCKET_GHOST_MS = 60000,
    SOCKET_CALM_MS = 1500, SOCKET_HELLO_TAKES_MS = 1000, SOCKET_LIMITED_MS = 30000,
    SOCKET_CROWDED_MS = 30000, SOCKET_CROWDED_MOST_MS = 300000, SOCKET_DISABLED_MS = 300000,
    SOCKET_FINAL_MS = 600000, SOCKET_BACKOFF_MOST_MS = 60000
};

enum socket_state {
    SOCKET_FREE,
    SOCKET_ASKING,                      /* for a URL */
    SOCKET_DIALLING,                    /* until hello */
    SOCKET_LIVE,
    SOCKET_LEAVING,                     /* another is live; this one is still read and answered */
    SOCKET_CLOSING
};

struct socket_slot {
    enum socket_state state;
    int conn;                           /* number of the connection, never used again */
    bool retiring;                      /* live, and to be replaced */
    int64_t since_ms;                   /* dialling: begun; live: hello */
    int64_t unbroken_ms;                /* live: since then there was always one */
    int64_t end_ms;                     /* live: Slack ends it about then; 0: not said */
    int64_t frame_ms, ping_ms;          /* last bytes that came; next ping */
    int64_t sense_ms;                   /* last data or pong */
    bool answers_pings;                 /* it did, at least once */
    int64_t until_ms;                   /* live: to be replaced then, 0 never; leaving: closed */
};

enum socket_action_kind {
    SOCKET_ASK,                         /* call apps.connections.open for conn */
    SOCKET_DIAL,                        /* the URL that came for conn */
    SOCKET_PING,                        /* number is the payload */
    SOCKET_CLOSE,                       /* politely, within a second; then tell socket_plan_gone */
    SOCKET_DROP,                        /* at once, whatever it is doing; nothing is told */
    SOCKET_CONNECTED,                   /* conn has said hello */
    SOCKET_TELL_WARN, SOCKET_TELL_ERROR /* text is for the operator's log */
};

struct socket_action {
    enum socket_action_kind kind;
    int conn;
    int64_t number;
    char text[SOCKET_TEXT];
};

struct socket_plan {
    struct socket_slot slots[SOCKET_SLOTS];
    int last_conn;
    bool draining;
    int attempt;                        /* losses since connections proved themselves */
    int crowded;                        /* too_many_websockets since then */
    int64_t not_before_ms;              /* of the next dial */
    int64_t pings, hellos;
    int64_t losses;                     /* of live connections that nobody had meant to end */
    int64_t loss_ms;                    /* of the last one */
    char loss[SOCKET_TEXT];             /* why; "" none yet */
    int num_connections;                /* as the last hello said */
    int64_t ghost_ms;                   /* when somebody else's connections are reported; 0: none */
    uint64_t random;
    char final_error[SLACK_OPEN_ERROR_SIZE]; /* already told */
    char trouble[SOCKET_TEXT];          /* for people, "" when all is well */
    struct socket_action actions[SOCKET_ACTIONS];
    size_t first, count;
};

void socket_plan_start(struct socket_plan *p, uint64_t seed, int64_t now_ms);

/* What came of SOCKET_ASK. retry_after_ms -1: not said. */
void socket_plan_answer(struct socket_plan *p, int conn, enum slack_open_result result,
                        const char *error, int64_t retry_after_ms, int64_t now_ms);

/* Any bytes; then what they were. */
void socket_plan_alive(struct socket_plan *p, int conn, enum websocket_client_sign sign,
                       int64_t now_ms);
void socket_plan_frame(struct socket_plan *p, int conn, const struct slack_frame *frame,
                       int64_t now_ms);

/* The connection is over, or could not be made. why is for the log. */
void socket_plan_gone(struct socket_plan *p, int conn, const char *why, int64_t now_ms);

void socket_plan_tick(struct socket_plan *p, int64_t now_ms);

/* When socket_plan_tick has something to do; INT64_MAX: never. */
int64_t socket_plan_due_ms(const struct socket_plan *p);

/* Close all, dial no more. */
void socket_plan_drain(struct socket_plan *p, int64_t now_ms);

/* Takes the next action; false: none left. To be emptied after each of the calls above. */
bool socket_plan_next(struct socket_plan *p, struct socket_action *out);

/* Connections that are open, whatever their state; and the live one's number, 0: none. */
int socket_plan_open(const struct socket_plan *p);
int socket_plan_live(const struct socket_plan *p);

#endif
