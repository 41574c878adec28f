#include "adapters/inbox/limit.h"

#include <stddef.h>
#include <string.h>

#include "bot/base/hash.h"

/* SHA-256, so that nobody can choose keys that fall together. */
static uint64_t key_of(const char *kind, const char *key)
{
    unsigned char parts[2 * HASH_BYTES], hash[HASH_BYTES];
    uint64_t number;
    hash_sha256(kind, strlen(kind), parts);
    hash_sha256(key, strlen(key), parts + HASH_BYTES);
    hash_sha256(parts, sizeof parts, hash);
    memcpy(&number, hash, sizeof number);
    return number | 1;      /* 0 marks a free row */
}

static struct limit_key *find(struct limit *l, uint64_t key)
{
    struct limit_key *oldest = &l->keys[0];
    for (size_t i = 0; i < LIMIT_KEYS; i++) {
        if (l->keys[i].key == key)
            return &l->keys[i];
        if (l->keys[i].since_ms < oldest->since_ms)
            oldest = &l->keys[i];
    }
    *oldest = (struct limit_key){ .key = key };
    return oldest;
}

bool limit_take(struct limit *l, const char *kind, const char *key, int64_t max, int64_t window_ms,
                int64_t now_ms)
{
    struct limit_key *k = find(l, key_of(kind, key));
    bool over = now_ms - k->since_ms >= window_ms || now_ms < k->since_ms;
    if (!k->since_ms || over) {
        k->since_ms = now_ms;
        k->count = 0;
    }
    if (k->count >= max)
        return false;
    k->count++;
    return true;
}
