/* limit.h - so many times in such a span, per key: for doors that strangers can knock at.
 * A fixed table: the key that was quiet longest makes room for a new one. It reads no clock. */
#ifndef DESKHAND_INBOX_LIMIT_H
#define DESKHAND_INBOX_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

enum { LIMIT_KEYS = 512 };

struct limit {
    struct limit_key { uint64_t key; int64_t since_ms, count; } keys[LIMIT_KEYS];
};

/* Counts one try of key (kind tells doors apart). False: it was one too many within the window. */
bool limit_take(struct limit *l, const char *kind, const char *key, int64_t max, int64_t window_ms,
                int64_t now_ms);

#endif
