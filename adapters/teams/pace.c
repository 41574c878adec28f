#include "adapters/teams/pace.h"

#include <stddef.h>

/* FNV-1a. Never 0, which is the key of a place that nobody has. */
static uint64_t add_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (hash ^ 0xff) * UINT64_C(1099511628211);
}

static uint64_t key_of(const char *place, const char *card_id)
{
    return add_text(add_text(UINT64_C(14695981039346656037), place), card_id) | 1;
}

/* Its place, or the one of the card that was updated longest ago. */
static size_t place_of(const struct teams_pace *pace, uint64_t key)
{
    size_t at = 0;
    for (size_t i = 0; i < TEAMS_PACE_CARDS; i++) {
        if (pace->cards[i].key == key)
            return i;
        if (pace->cards[i].at_ms < pace->cards[at].at_ms)
            at = i;
    }
    return at;
}

int64_t teams_pace_ms(struct teams_pace *pace, const char *place, const char *card_id,
                      int64_t now_ms)
{
    uint64_t key = key_of(place, card_id);
    size_t at = place_of(pace, key);
    int64_t wait = pace->cards[at].key == key ? pace->cards[at].at_ms + TEAMS_PACE_MS - now_ms : 0;
    if (wait > 0)
        return wait;
    pace->cards[at].key = key;
    pace->cards[at].at_ms = now_ms;
    return 0;
}

void teams_pace_went(struct teams_pace *pace, const char *place, const char *card_id,
                     int64_t now_ms)
{
    uint64_t key = key_of(place, card_id);
    size_t at = place_of(pace, key);
    pace->cards[at].key = key;
    pace->cards[at].at_ms = now_ms;
}
