/* limits.h - sliding windows: how often somebody may do something. Pure, given the time.
 * Memory is bounded: a window is a few counters, a table of them never grows. */
#ifndef DESKHAND_MESSENGER_LIMITS_H
#define DESKHAND_MESSENGER_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/config.h"

enum { WINDOW_SLOTS = 16 };

/* Counts in WINDOW_SLOTS slices of the window. The slice that is leaving no longer counts, so that
 * nobody who keeps to the limit is ever refused. All zero is an empty window. */
struct window {
    int64_t slice;                          /* number of the newest slice */
    uint16_t counts[WINDOW_SLOTS];
};

/* 0: one more fits. Otherwise the milliseconds until one fits. Does not count. */
int64_t window_wait_ms(struct window *w, struct config_rate rate, int64_t now_ms);
void window_add(struct window *w, struct config_rate rate, int64_t now_ms);
/* Takes back one that was added at then_ms, if that still counts. */
void window_refund(struct window *w, struct config_rate rate, int64_t then_ms, int64_t now_ms);
int64_t window_count(struct window *w, struct config_rate rate, int64_t now_ms);

/* Windows by key (a contact, an address). Fixed size; when a place is contended, the window that
 * was used longest ago is forgotten, but never one that is held. */
struct meter {
    uint64_t key;
    int64_t used_ms;
    uint32_t held;                          /* things open now: sockets of an address */
    struct window window;
};

struct meters;
struct meters *meters_new(size_t places);   /* a power of two, at least 8 */
void meters_free(struct meters *m);
/* The meter of a key, an empty one if it was not there; valid until the next call. NULL: no
 * room. */
struct meter *meters_get(struct meters *m, uint64_t key, int64_t now_ms);
uint64_t meters_text_key(const char *text);

/* window_wait_ms, window_add and window_refund for a key. Key 0 (an unknown address) and a key for
 * which there is no room are not limited. */
int64_t meters_wait_ms(struct meters *m, uint64_t key, struct config_rate rate, int64_t now_ms);
void meters_add(struct meters *m, uint64_t key, struct config_rate rate, int64_t now_ms);
void meters_refund(struct meters *m, uint64_t key, struct config_rate rate, int64_t then_ms,
                   int64_t now_ms);

#endif
