/* frames.h - builds every frame that the desk sends to a messenger client (deskhand.v1). Pure.
 * It decides nothing: who gets which frame, and when, is session.c's and stream.c's business. */
#ifndef DESKHAND_MESSENGER_FRAMES_H
#define DESKHAND_MESSENGER_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/buf.h"
#include "bot/config.h"
#include "bot/engine/view.h"

#define ERR_TABLE(E)                                                                              \
    E(BAD_FRAME, "bad_frame", "The frame is not of the form that its type asks for.")             \
    E(UNKNOWN_TYPE, "unknown_type", "There is no frame of this type.")                            \
    E(UNSUPPORTED, "unsupported", "This version of the protocol is not spoken here.")             \
    E(TOO_LARGE, "too_large", "The text is longer than 8000 characters.")                         \
    E(UNAUTHORIZED, "unauthorized", "The token is not valid (any more).")                         \
    E(FORBIDDEN, "forbidden", "This contact may not use the messenger.")                          \
    E(NOT_FOUND, "not_found", "There is no such conversation.")                                   \
    E(CONFLICT, "conflict", "This cid was used before with other content.")                       \
    E(RATE_LIMITED, "rate_limited", "Too many messages. Try again later.")                        \
    E(UNAVAILABLE, "unavailable", "Nothing was stored. Try again later.")                         \
    E(FEATURE_OFF, "unavailable", "This desk does not offer that.")

#define ERR_ENUM(id, code, text) ERR_##id,
enum err { ERR_TABLE(ERR_ENUM) ERRS };
#undef ERR_ENUM

const char *err_code(enum err err);

enum { FRAMES_PAGE_BYTES = 262144, WELCOME_CONVS_MAX = 50 };

/* All append one frame to b. NULL or "" for cid, rid, conv: left out. */
void frame_err(struct buf *b, enum err err, const char *cid, const char *rid, const char *conv,
               int64_t retry_ms /* 0: do not send it again */);
void frame_ok(struct buf *b, const char *rid, const char *what);
void frame_ack(struct buf *b, const char *cid, const char *conv, int64_t seq, int64_t ts_ms);
void frame_pong(struct buf *b, bool has_n, int64_t n);
void frame_entry(struct buf *b, const char *conv, const struct entry *e);
void frame_synced(struct buf *b, const char *conv, int64_t seq, bool more, bool reset);
void frame_seen(struct buf *b, const char *conv, int64_t seq, bool by_desk);
void frame_typing(struct buf *b, const char *conv, const char *who);

struct welcome {
    const char *tok;
    int64_t now_ms;
    const struct session_view *view;        /* name, email, verified, heads */
    const struct config_limits *limits;
    const char *away;                       /* NULL: not away */
    int64_t away_until_ms;                  /* 0: not known */
    const char *prechat;                    /* JSON array or NULL */
};
/* Lists as many conversations, newest first, as fit into one frame. */
void frame_welcome(struct buf *b, const struct welcome *w);

#endif
