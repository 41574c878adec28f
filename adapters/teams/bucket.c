#include "adapters/teams/bucket.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* The hour is counted in slots of a minute, the current one whole: a bit too strict, never too
 * lax. */
enum { BUCKETS = 1024, TIMES = 100, WINDOWS = 3, SLOTS = 61, SLOT_MS = 60 * 1000,
       LONGEST_MS = 30 * 1000 };

struct window { int64_t span_ms; int count; };

struct kind {
    struct window windows[WINDOWS];     /* count 0: no such window; none over TIMES */
    int hour;                           /* 0: no limit */
};

static const struct kind kinds[BUCKET_KINDS] = {
    [BUCKET_SEND] = { { { 1000, 5 }, { 2000, 7 }, { 30000, 50 } }, 1700 },
    [BUCKET_ROSTER] = { { { 1000, 10 }, { 2000, 14 }, { 30000, 100 } }, 3400 },
    [BUCKET_TENANT] = { { { 1000, 30 } }, 0 },
};

struct bucket {
    enum bucket_kind kind;
    uint64_t taken;                     /* times[(taken - n) % TIMES] is the n-th newest */
    int64_t blocked_ms, used_ms;
    int64_t slot;                       /* the minute that minutes[slot % SLOTS] counts */
    int64_t times[TIMES];
    uint16_t minutes[SLOTS];
};

struct buckets {
    uint64_t keys[BUCKETS];             /* 0: nobody's; beside each other, for they are searched */
    struct bucket all[BUCKETS];
    int64_t forgotten_ms;               /* until then a bucket that was given away may have been full */
};

struct buckets *buckets_new(void)
{
    struct buckets *b = calloc(1, sizeof *b);
    if (!b)
        abort();
    return b;
}

void buckets_free(struct buckets *b)
{
    free(b);
}

/* FNV-1a. Never 0, which is the key of a place that nobody has. */
static uint64_t key_of(enum bucket_kind kind, const char *name)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ (uint64_t)kind;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * UINT64_C(1099511628211);
    return hash | 1;
}

/* Until when what is counted here may stand in somebody's way. */
static int64_t in_the_way_ms(const struct bucket *bucket)
{
    int64_t used = bucket->taken ? bucket->used_ms + LONGEST_MS : 0;
    return bucket->blocked_ms > used ? bucket->blocked_ms : used;
}

static size_t longest_idle(const struct buckets *b)
{
    size_t oldest = 0;
    for (size_t i = 0; i < BUCKETS; i++) {
        if (!b->keys[i])
            return i;
        if (in_the_way_ms(&b->all[i]) < in_the_way_ms(&b->all[oldest]))
            oldest = i;
    }
    return oldest;
}

/* Whoever begins may be one that was forgotten: it counts as just used up until that is over. Only
 * an hour's count is lost, and who is idle for longest among so many is far from that. */
struct bucket *bucket_of(struct buckets *b, enum bucket_kind kind, const char *name)
{
    uint64_t key = key_of(kind, name);
    for (size_t i = 0; i < BUCKETS; i++)
        if (b->keys[i] == key)
            return &b->all[i];
    size_t at = longest_idle(b);
    if (b->keys[at] && in_the_way_ms(&b->all[at]) > b->forgotten_ms)
        b->forgotten_ms = in_the_way_ms(&b->all[at]);
    b->keys[at] = key;
    b->all[at] = (struct bucket){ .kind = kind, .blocked_ms = b->forgotten_ms };
    return &b->all[at];
}

/* When the oldest of the last `count` leaves the window, one more fits. */
static int64_t window_wait(const struct bucket *bucket, const struct window *w, int64_t now_ms)
{
    uint64_t count = (uint64_t)w->count;
    if (!count || bucket->taken < count)
        return 0;
    return bucket->times[(bucket->taken - count) % TIMES] + w->span_ms - now_ms;
}

static int64_t hour_wait(const struct bucket *bucket, int64_t now_ms)
{
    int64_t slot = now_ms / SLOT_MS;
    int sum = 0, limit = kinds[bucket->kind].hour;
    for (int64_t i = slot - SLOTS + 1; i <= bucket->slot; i++)
        if (i >= 0 && i > bucket->slot - SLOTS)
            sum += bucket->minutes[i % SLOTS];
    return limit && sum >= limit ? (slot + 1) * SLOT_MS - now_ms : 0;
}

int64_t bucket_wait_ms(const struct bucket *bucket, int64_t now_ms)
{
    int64_t wait = bucket->blocked_ms - now_ms, hour = hour_wait(bucket, now_ms);
    for (size_t i = 0; i < WINDOWS; i++) {
        int64_t one = window_wait(bucket, &kinds[bucket->kind].windows[i], now_ms);
        wait = one > wait ? one : wait;
    }
    wait = hour > wait ? hour : wait;
    return wait > 0 ? wait : 0;
}

void bucket_take(struct bucket *bucket, int64_t now_ms)
{
    int64_t slot = now_ms / SLOT_MS;
    int64_t first = slot - bucket->slot > SLOTS ? slot - SLOTS : bucket->slot;
    for (int64_t i = first + 1; i <= slot; i++)
        bucket->minutes[i % SLOTS] = 0;
    bucket->slot = slot;
    bucket->minutes[slot % SLOTS]++;
    bucket->times[bucket->taken++ % TIMES] = now_ms;
    bucket->used_ms = now_ms;
}

void bucket_block(struct bucket *bucket, int64_t until_ms)
{
    if (bucket->blocked_ms < until_ms)
        bucket->blocked_ms = until_ms;
}
