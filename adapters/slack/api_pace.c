#include "adapters/slack/api_pace.h"

#include <stddef.h>
#include <stdlib.h>

enum { SETS = 256, WAYS = 8 };      /* a power of two; places in which a key may stand */

struct pace {
    struct pace_row rows[SETS][WAYS];
};

struct pace *pace_new(void)
{
    struct pace *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    return p;
}

void pace_free(struct pace *p)
{
    free(p);
}

static int64_t busy_until(const struct pace_row *row)
{
    return row->full_ms > row->blocked_ms ? row->full_ms : row->blocked_ms;
}

struct pace_row *pace_row(struct pace *p, uint64_t key)
{
    struct pace_row *set = p->rows[(key >> 32) & (SETS - 1)], *oldest = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key)
            return &set[i];
        if (busy_until(&set[i]) < busy_until(oldest))
            oldest = &set[i];
    }
    *oldest = (struct pace_row){ .key = key };
    return oldest;
}

/* FNV-1a, then mixed so that the upper half, which chooses the set, depends on all characters. */
static uint64_t add_text(uint64_t hash, const char *text)
{
    for (; text && *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (hash ^ 0xff) * UINT64_C(1099511628211);
}

uint64_t pace_key(const char *a, const char *b)
{
    uint64_t hash = add_text(add_text(UINT64_C(14695981039346656037), a), b);
    return hash ^ (hash << 32);
}

int64_t pace_wait_ms(const struct pace_row *row, struct pace_rate rate, int64_t now_ms)
{
    int64_t wait = row->full_ms - (rate.burst - 1) * rate.every_ms - now_ms;
    return rate.every_ms && wait > 0 ? wait : 0;
}

void pace_take(struct pace_row *row, struct pace_rate rate, int64_t now_ms)
{
    if (row->full_ms < now_ms)
        row->full_ms = now_ms;
    row->full_ms += rate.every_ms;
}

void pace_block(struct pace_row *row, int64_t until_ms)
{
    if (row->blocked_ms < until_ms)
        row->blocked_ms = until_ms;
}

int64_t pace_blocked_ms(const struct pace_row *row, int64_t now_ms)
{
    return row->blocked_ms > now_ms ? row->blocked_ms - now_ms : 0;
}
