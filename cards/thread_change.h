/* thread_change.h - the events of one command as one sentence of ours. Pure. For cards/thread.c
 * alone: which lines there are, and in which parts, is decided there. */
#ifndef DESKHAND_CARDS_THREAD_CHANGE_H
#define DESKHAND_CARDS_THREAD_CHANGE_H

#include "cards/card.h"

struct thread_change {
    const struct event_view *events;
    size_t count;
    const char *who;               /* "Sara", "The assistant" */
    const char *it;                /* what the sentence calls the ticket: "it", "ticket #42" */
    bool brief;                    /* no words of people but names of technicians and teams, and
                                      not where it stands now */
    struct arena *a;
};

/* NULL: there is no such event. */
const struct event_view *thread_change_find(const struct thread_change *c, const char *kind);

/* Whoever did that, for the beginning of a sentence. */
const char *thread_change_who(const struct event_view *e, struct arena *a);

/* The moment that the sentence tells in UTC (tidy.h), if it tells any. 0: none. */
int64_t thread_change_moment(const struct thread_change *c);

/* NULL: nothing to tell. *on_card: the ticket's card shows all of it, too. */
const char *thread_change_tell(const struct thread_change *c, bool *on_card);

#endif
