/* thread.h - one line of a ticket's thread on a chat surface, as neutral parts. Pure.
 * It decides which log lines people see there and in which words; renderers add the markup. */
#ifndef DESKHAND_CARDS_THREAD_H
#define DESKHAND_CARDS_THREAD_H

#include "cards/card.h"

enum thread_kind {
    THREAD_NOTHING,                /* not for the thread: deliver nothing */
    THREAD_CUSTOMER,               /* who = the customer's name */
    THREAD_ASSISTANT,              /* the automated part said this to the customer */
    THREAD_REPLY,                  /* who = the technician; the customer reads this */
    THREAD_NOTE,                   /* who = the technician; internal */
    THREAD_DRAFT,                  /* the assistant proposes; the customer has not seen it */
    THREAD_REMINDER,               /* a reminder went to the customer */
    THREAD_CHANGE                  /* one short line of ours: "Sara claimed it. In progress." */
};

struct thread_line {
    enum thread_kind kind;
    const char *who;               /* cleaned and clipped; may be NULL */
    const char *label;             /* what it is: "Customer wrote", "Internal note"; may begin with
                                      the sentence of a change, and names in that */
    const char *text;              /* what was said, cleaned; THREAD_CHANGE: our sentence, with
                                      names and reasons of people in it */
    bool untrusted;                /* label and text hold words of people or a model: only text */
    const char *headline;          /* one full sentence for screen readers and fallbacks */
    const char *brief;             /* one short sentence of ours for toasts: names of technicians
                                      and teams, never another word of people */
    int64_t at_ms;
    int64_t when_ms;               /* a moment that the text of a change tells in UTC; 0: none */
    int64_t event_id;              /* of a note, else 0 */
    bool on_card;                  /* a change that the card shows, too: no loss without this line */
};

/* Either entry (a numbered line of the conversation) or the events of one change, in their order:
 * all that one command wrote, so that they become one sentence. The other one is NULL (0). */
void thread_line_make(const struct ticket_view *view, const struct entry *entry,
                      const struct event_view *events, size_t event_count, struct arena *a,
                      struct thread_line *out);

#endif
