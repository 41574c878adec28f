/* parcel.h - one delivery from the effect to the command that answers it: drawn once, then sent.
 * Shared by deliver.c (what to send, and what its answer means) and parcel.c (drawing,
 * answering). */
#ifndef DESKHAND_TEAMS_PARCEL_H
#define DESKHAND_TEAMS_PARCEL_H

#include "adapters/teams/teams_private.h"

struct parcel {
    struct teams *teams;
    struct arena arena;
    int64_t effect_id, ticket_id, version;
    enum effect_kind kind;
    const char *place;
    const char *tenant;              /* of a person */
    const char *conv;                /* channel or group chat; of a person NULL until it is known */
    const char *card_id;             /* of the ticket's card in this place, NULL: none yet */
    const char *activity;            /* what is sent */
    const char *small;               /* of a card or a long line: what to send when that is too
                                        big */
    const char *alerts;              /* of an alert: the same as JSON, for another place */
    bool person;                     /* the place is somebody's 1:1 chat */
    bool channel;                    /* the place has threads */
    bool update;
    bool on_card;                    /* a line of which the card tells the same */
    bool unclear;                    /* an earlier try may have arrived */
    bool asked;                      /* the service has been seen to answer since then */
    bool renewed;                    /* the 1:1 conversation was made anew already */
};

/* Draws. NULL: there is nothing to show. What cannot be drawn has no activity. */
struct parcel *parcel_new(struct teams *t, const struct effect *e, const struct ticket_view *view);

/* All of these answer the effect, and the parcel is gone. */
void parcel_delivered(struct parcel *p, const char *remote_id);

struct parcel_failure {
    const char *error;               /* NULL: no word about it */
    const char *advice;              /* or NULL */
    const char *hold;                /* stands in the way of everything, or "pace": of this card
                                        only. The try does not count */
    int64_t wait_ms;                 /* at least; 0: as the desk likes */
    bool final;
};
void parcel_failed(struct parcel *p, const struct parcel_failure *why);

/* The adapter closes: nothing is known, nothing is said. */
void parcel_drop(struct parcel *p);

#endif
