/* pending.h - the commands whose outcome sessions wait for: what to answer, and to whom.
 * A tag is never used twice, so a late outcome finds nothing. Loop thread only. */
#ifndef DESKHAND_MESSENGER_PENDING_H
#define DESKHAND_MESSENGER_PENDING_H

#include <stdbool.h>
#include <stdint.h>

#include "adapters/messenger/parse.h"

struct session;

struct pending {
    struct session *session;            /* a reference is held */
    enum frame_type type;               /* FRAME_HELLO: a new visitor is being made */
    int64_t since_us;
    int64_t contact_id, counted_ms;     /* of a send that was counted by the limits */
    bool counted, counted_conversation;
    char id[FRAME_ID_MAX + 1];          /* cid of a send, rid of the others; "" if none */
    char conv[FRAME_CONV_MAX + 1];
};

struct pending_table;

struct pending_table *pending_new(void);
void pending_free(struct pending_table *t);         /* drops what is still in it */
/* Returns the tag, never 0. */
uint64_t pending_add(struct pending_table *t, const struct pending *p);
/* false: there is none with this tag (any more). */
bool pending_take(struct pending_table *t, uint64_t tag, struct pending *out);

#endif
