#include "adapters/teams/token_cache.h"

#include <stdlib.h>

struct entry {
    unsigned char token[HASH_BYTES];
    unsigned char key[HASH_BYTES];
    double expires_s;
    bool used;
};

struct teams_token_cache {
    struct entry entries[TOKEN_CACHE_SETS][TOKEN_CACHE_WAYS];
};

_Static_assert(TOKEN_CACHE_SETS == 256, "one byte of the hash chooses the set");

struct teams_token_cache *teams_token_cache_new(void)
{
    struct teams_token_cache *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    return c;
}

void teams_token_cache_free(struct teams_token_cache *c)
{
    free(c);
}

static bool is_it(const struct entry *e, const unsigned char token[HASH_BYTES],
                  const struct teams_key *key)
{
    return e->used && memcmp(e->token, token, HASH_BYTES) == 0 &&
           memcmp(e->key, key->print, HASH_BYTES) == 0;
}

bool teams_token_cache_has(const struct teams_token_cache *c, struct teams_span token,
                           const struct teams_key *key)
{
    unsigned char hash[HASH_BYTES];
    hash_sha256(token.bytes, token.len, hash);
    for (size_t i = 0; i < TOKEN_CACHE_WAYS; i++)
        if (is_it(&c->entries[hash[0]][i], hash, key))
            return true;
    return false;
}

/* Its own place if it is there, else a free one, else that of the token that expires first. */
static struct entry *place_for(struct entry *set, const unsigned char token[HASH_BYTES])
{
    struct entry *place = &set[0];
    for (size_t i = 0; i < TOKEN_CACHE_WAYS; i++) {
        if (set[i].used && memcmp(set[i].token, token, HASH_BYTES) == 0)
            return &set[i];
        if (place->used && (!set[i].used || set[i].expires_s < place->expires_s))
            place = &set[i];
    }
    return place;
}

void teams_token_cache_add(struct teams_token_cache *c, struct teams_span token,
                           const struct teams_key *key, double expires_s)
{
    unsigned char hash[HASH_BYTES];
    hash_sha256(token.bytes, token.len, hash);
    struct entry *e = place_for(c->entries[hash[0]], hash);
    memcpy(e->token, hash, HASH_BYTES);
    memcpy(e->key, key->print, HASH_BYTES);
    e->expires_s = expires_s;
    e->used = true;
}
