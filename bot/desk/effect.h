/* effect.h - how often and how long each kind of effect is tried before a person looks. Pure. */
#ifndef DESKHAND_DESK_EFFECT_H
#define DESKHAND_DESK_EFFECT_H

#include <stdbool.h>
#include <stdint.h>

enum effect_kind {
    EFFECT_CARD, EFFECT_LINE, EFFECT_ALERT, EFFECT_THINK, EFFECT_MAIL, EFFECT_KINDS
};
const char *effect_kind_code(enum effect_kind kind);

struct effect_policy {
    int attempts_max;            /* then it is a dead letter */
    int64_t first_ms, cap_ms;    /* wait before the 2nd try, doubled each time up to the cap */
    int64_t age_max_ms;          /* older than this: dead letter as well */
    bool repeatable;             /* delivering twice is harmless: not marked while in flight */
};
const struct effect_policy *effect_policy(enum effect_kind kind);

/* When to try again after `attempts` tries, with up to 25 % of spread taken from the effect's id;
 * 0: no more tries. wanted_ms: what the peer asked for (Retry-After), 0 = nothing. */
int64_t effect_retry_ms(enum effect_kind kind, int64_t id, int attempts, int64_t age_ms,
                        int64_t now_ms, int64_t wanted_ms);

#endif
