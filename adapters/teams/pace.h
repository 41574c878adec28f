/* pace.h - at most one update of a card in two seconds: when each was last updated. Pure: the time
 * comes in. There is a fixed number; the one that was updated longest ago gives its place away. */
#ifndef DESKHAND_TEAMS_PACE_H
#define DESKHAND_TEAMS_PACE_H

#include <stdint.h>

enum { TEAMS_PACE_MS = 2000, TEAMS_PACE_CARDS = 256 };

struct teams_pace {
    struct { uint64_t key; int64_t at_ms; } cards[TEAMS_PACE_CARDS];
};

/* Milliseconds until this card may be updated; 0: now, and that is noted. */
int64_t teams_pace_ms(struct teams_pace *pace, const char *place, const char *card_id,
                      int64_t now_ms);
/* The update that waited in a queue went out only now: the two seconds begin here. */
void teams_pace_went(struct teams_pace *pace, const char *place, const char *card_id,
                     int64_t now_ms);

#endif
