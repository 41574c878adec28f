#include "bot/desk/effect.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static const struct effect_policy policies[EFFECT_KINDS] = {
    /*                 tries  first       cap          age        repeatable */
    [EFFECT_CARD]  = { 20,    1 * SECOND, 10 * MINUTE, 24 * HOUR, false },
    [EFFECT_LINE]  = { 20,    1 * SECOND, 10 * MINUTE, 24 * HOUR, false },
    [EFFECT_ALERT] = { 15,    1 * SECOND, 5 * MINUTE,  2 * HOUR,  false },
    [EFFECT_THINK] = { 3,     1 * SECOND, 10 * SECOND, 1 * HOUR,  true },
    [EFFECT_MAIL]  = { 15,    5 * SECOND, 30 * MINUTE, 24 * HOUR, false },
};

const char *effect_kind_code(enum effect_kind kind)
{
    static const char *const codes[] = { "card", "line", "alert", "think", "mail" };
    return kind < EFFECT_KINDS ? codes[kind] : "unknown";
}

const struct effect_policy *effect_policy(enum effect_kind kind)
{
    return &policies[kind];
}

int64_t effect_retry_ms(enum effect_kind kind, int64_t id, int attempts, int64_t age_ms,
                        int64_t now_ms, int64_t wanted_ms)
{
    const struct effect_policy *p = &policies[kind];
    if (attempts >= p->attempts_max || age_ms >= p->age_max_ms)
        return 0;
    int64_t wait = p->first_ms;
    for (int i = 1; i < attempts && wait < p->cap_ms; i++)
        wait *= 2;
    if (wait > p->cap_ms)
        wait = p->cap_ms;
    uint64_t mixed = ((uint64_t)id * 0x9E3779B97F4A7C15u) >> 32;
    wait += (int64_t)(mixed % (uint64_t)(wait / 4 + 1));
    return now_ms + (wanted_ms > wait ? wanted_ms : wait);
}
