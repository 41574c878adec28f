#include "adapters/messenger/limits.h"

#include <stdlib.h>
#include <string.h>

enum { WAYS = 8 };          /* places in which a key may stand */

static int64_t slice_ms(struct config_rate rate)
{
    return rate.window_ms > WINDOW_SLOTS ? rate.window_ms / WINDOW_SLOTS : 1;
}

/* Forgets what has left the window. A clock that went backwards leaves it as it is. */
static void move_on(struct window *w, struct config_rate rate, int64_t now_ms)
{
    int64_t slice = now_ms / slice_ms(rate);
    if (slice - w->slice >= WINDOW_SLOTS || w->slice - slice >= WINDOW_SLOTS) {
        *w = (struct window){ .slice = slice };
        return;
    }
    while (w->slice < slice)
        w->counts[++w->slice % WINDOW_SLOTS] = 0;
}

int64_t window_count(struct window *w, struct config_rate rate, int64_t now_ms)
{
    int64_t count = 0;
    move_on(w, rate, now_ms);
    for (size_t i = 0; i < WINDOW_SLOTS; i++)
        count += w->counts[i];
    return count;
}

int64_t window_wait_ms(struct window *w, struct config_rate rate, int64_t now_ms)
{
    int64_t over = window_count(w, rate, now_ms) + 1 - rate.count;
    if (over <= 0)
        return 0;
    int64_t oldest = w->slice - WINDOW_SLOTS + 1;
    for (int i = 0; i < WINDOW_SLOTS; i++, oldest++) {
        over -= oldest < 0 ? 0 : w->counts[oldest % WINDOW_SLOTS];
        if (over <= 0)
            break;
    }
    int64_t wait = (oldest + WINDOW_SLOTS) * slice_ms(rate) - now_ms;
    return wait > 0 ? wait : 1;
}

void window_add(struct window *w, struct config_rate rate, int64_t now_ms)
{
    move_on(w, rate, now_ms);
    uint16_t *count = &w->counts[w->slice % WINDOW_SLOTS];
    if (*count < UINT16_MAX)
        ++*count;
}

void window_refund(struct window *w, struct config_rate rate, int64_t then_ms, int64_t now_ms)
{
    move_on(w, rate, now_ms);
    int64_t slice = then_ms / slice_ms(rate);
    if (slice > w->slice || slice <= w->slice - WINDOW_SLOTS)
        return;
    uint16_t *count = &w->counts[slice % WINDOW_SLOTS];
    if (*count)
        --*count;
}

struct meters {
    size_t sets;
    struct meter *rows;
};

struct meters *meters_new(size_t places)
{
    struct meters *m = malloc(sizeof *m);
    if (!m)
        abort();
    m->sets = places / WAYS;
    m->rows = calloc(m->sets * WAYS, sizeof *m->rows);
    if (!m->rows)
        abort();
    return m;
}

void meters_free(struct meters *m)
{
    if (m)
        free(m->rows);
    free(m);
}

struct meter *meters_get(struct meters *m, uint64_t key, int64_t now_ms)
{
    uint64_t mixed = key * UINT64_C(0x9e3779b97f4a7c15);
    struct meter *set = m->rows + ((mixed >> 32) & (m->sets - 1)) * WAYS, *oldest = NULL;
    for (size_t i = 0; i < WAYS; i++) {
        if (set[i].key == key && set[i].used_ms) {
            set[i].used_ms = now_ms;
            return &set[i];
        }
        if (!set[i].held && (!oldest || set[i].used_ms < oldest->used_ms))
            oldest = &set[i];
    }
    if (oldest)
        *oldest = (struct meter){ .key = key, .used_ms = now_ms };
    return oldest;
}

/* FNV-1a. */
uint64_t meters_text_key(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

static struct window *window_of(struct meters *m, uint64_t key, int64_t now_ms)
{
    struct meter *meter = key ? meters_get(m, key, now_ms) : NULL;
    return meter ? &meter->window : NULL;
}

int64_t meters_wait_ms(struct meters *m, uint64_t key, struct config_rate rate, int64_t now_ms)
{
    struct window *w = window_of(m, key, now_ms);
    return w ? window_wait_ms(w, rate, now_ms) : 0;
}

void meters_add(struct meters *m, uint64_t key, struct config_rate rate, int64_t now_ms)
{
    struct window *w = window_of(m, key, now_ms);
    if (w)
        window_add(w, rate, now_ms);
}

void meters_refund(struct meters *m, uint64_t key, struct config_rate rate, int64_t then_ms,
                   int64_t now_ms)
{
    struct window *w = window_of(m, key, now_ms);
    if (w)
        window_refund(w, rate, then_ms, now_ms);
}
