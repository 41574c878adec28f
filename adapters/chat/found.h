/* found.h - what the few typed words find, and what is said when that is nothing: the same on every
 * surface. It draws no card and sends nothing. */
#ifndef DESKHAND_CHAT_FOUND_H
#define DESKHAND_CHAT_FOUND_H

#include "adapters/chat/words.h"
#include "bot/engine/view.h"
#include "cards/listing.h"

enum { CHAT_FOUND_ROWS = 10, CHAT_FOUND_LINES = 6 };

struct chat_found {
    struct list_page page;         /* MINE, QUEUE, FIND, FREE */
    struct ticket_view ticket;     /* TICKET, NEXT; id 0: there is none */
};

/* On a reader thread: fills *out, in the arena. viewer_id: the technician who asks. 0, or -1 when it
 * could not be read. */
int chat_found_read(struct reader *r, const struct chat_words *words, int64_t viewer_id,
                    struct arena *a, struct chat_found *out);

/* The sentence to be said instead of a ticket or a list; NULL: there is something to show. */
const char *chat_found_nothing(const struct chat_words *words, const struct chat_found *found);

/* The list that words ask for, or for "new" the button that makes a ticket. The words to begin with
 * are all that was typed: a surface may have to cut them. */
void chat_found_listing(const struct chat_words *words, const struct chat_found *found,
                        int64_t now_ms, struct arena *a, struct listing *out);

#endif
