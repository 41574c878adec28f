/* token_cache.h - which signatures have been found good, so that a token that comes for an hour is
 * computed once. It stands for check 12 and for nothing else: every other check reads the token
 * itself, each time. So nothing that changes (time, activity, keys, rules) can be stale in here. */
#ifndef DESKHAND_TEAMS_TOKEN_CACHE_H
#define DESKHAND_TEAMS_TOKEN_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "adapters/teams/jwks.h"
#include "adapters/teams/span.h"

enum { TOKEN_CACHE_SETS = 256, TOKEN_CACHE_WAYS = 4 };

/* Fixed size. Only genuine tokens come in, so strangers cannot push ours out. */
struct teams_token_cache;
struct teams_token_cache *teams_token_cache_new(void);
void teams_token_cache_free(struct teams_token_cache *c);

/* Has this very token, signature included, been verified with this very key (not just its kid)? */
bool teams_token_cache_has(const struct teams_token_cache *c, struct teams_span token,
                           const struct teams_key *key);

/* Remembers it. When its place is full, what expires first goes. */
void teams_token_cache_add(struct teams_token_cache *c, struct teams_span token,
                           const struct teams_key *key, double expires_s);

#endif
