/* parse.h - what a messenger client sends (deskhand.v1): bytes to plain values, or a refusal. Pure.
 * It checks form and limits of single frames; what a frame may do now is session.c's business. */
#ifndef DESKHAND_MESSENGER_PARSE_H
#define DESKHAND_MESSENGER_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

#define FRAME_TABLE(F)                                                                            \
    F(HELLO, "hello") F(SEND, "send") F(SYNC, "sync") F(SEEN, "seen") F(TYPING, "typing")         \
    F(WHO, "who") F(ATTRS, "attrs") F(HUMAN, "human") F(CSAT, "csat") F(KBVOTE, "kbvote")         \
    F(TRANSCRIPT, "transcript") F(IDENTIFY, "identify") F(LOGOUT, "logout") F(ERASE, "erase")     \
    F(PING, "ping") F(PONG, "pong")

#define FRAME_ENUM(id, word) FRAME_##id,
enum frame_type { FRAME_TABLE(FRAME_ENUM) FRAME_TYPES };
#undef FRAME_ENUM

const char *frame_word(enum frame_type type);

enum frame_verdict {
    FRAME_GOOD,
    FRAME_BROKEN,           /* err bad_frame, then the socket is closed */
    FRAME_BAD,              /* err bad_frame, nothing else happens */
    FRAME_UNKNOWN,          /* err unknown_type */
    FRAME_TOO_LARGE,        /* err too_large */
    FRAME_VERSION           /* a hello of another version: err unsupported, then closed */
};

enum {
    FRAME_BYTES_MAX = 65536, FRAME_DEPTH_MAX = 8, FRAME_TEXT_MAX = 8000, FRAME_POSITIONS_MAX = 50,
    FRAME_FILES_MAX = 5, FRAME_CONV_MAX = 40, FRAME_ID_MAX = 64, FRAME_PAGE_MAX = 200,
    POLL_BYTES_MAX = 131072, POLL_FRAMES_MAX = 16, POLL_WAIT_MAX_MS = 25000
};

struct frame_position { const char *conv; int64_t seq; };

/* Members that a type does not have, or that were not sent, are NULL or 0. cid and rid are set in
 * refused frames too if they were valid: the err echoes them. */
struct messenger_frame {
    enum frame_verdict verdict;
    enum frame_type type;           /* FRAME_TYPES when unknown */
    const char *cid, *rid, *conv, *text, *name, *email, *code, *tok, *jwt, *lang, *id;
    const char *attrs;              /* compact JSON object */
    struct frame_position *pos;
    size_t pos_count, file_count;
    int64_t seq, after, limit, v, n;
    bool has_n;
    struct arena memory;            /* owns every text above */
};

/* Always fills *out, which is to be cleared. bytes need no NUL behind them. */
void messenger_parse(const char *bytes, size_t len, struct messenger_frame *out);
void messenger_frame_clear(struct messenger_frame *f);

/* The body of a long poll: frames of the same form, at most POLL_FRAMES_MAX. */
struct messenger_poll {
    bool broken;                    /* not of this shape, or a frame is broken */
    const char *sid;                /* NULL in the first request; in a broken one set if good */
    int64_t got, wait_ms;
    struct messenger_frame *frames;
    size_t count;
    struct arena memory;            /* owns sid and frames */
};

/* Always fills *out, which is to be cleared. */
void messenger_parse_poll(const char *bytes, size_t len, struct messenger_poll *out);
void messenger_poll_clear(struct messenger_poll *p);

#endif
