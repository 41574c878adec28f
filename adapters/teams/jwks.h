/* jwks.h - the keys that tokens are signed with: from two JSON documents to OpenSSL, and checks 11
 * and 12 with one key. Pure: nothing is fetched or kept here. */
#ifndef DESKHAND_TEAMS_JWKS_H
#define DESKHAND_TEAMS_JWKS_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/teams/span.h"
#include "bot/base/hash.h"

enum {
    TEAMS_JWKS_BYTES_MAX = 1 << 20, TEAMS_JWKS_KEYS_MAX = 512, TEAMS_KEYS_URL_SIZE = 2048,
    TEAMS_RSA_BITS_MIN = 2048, TEAMS_RSA_BITS_MAX = 8192, TEAMS_RSA_EXPONENT_BYTES_MAX = 8,
};

struct evp_pkey_st;

struct teams_key {
    struct teams_span kid;
    struct evp_pkey_st *rsa;                /* NULL: in the set, but unfit (check 10) */
    unsigned char print[HASH_BYTES];        /* of the key itself: its kid may get another one */
    struct teams_span *endorsements;        /* channel ids; none: the key is good for no channel */
    size_t endorsement_count;
};

struct teams_jwks;

/* Reads the OpenID metadata that came from metadata_url and writes its jwks_uri to out. 0, or -1
 * when it is no such document or the URL may not be named by it (origin.h). */
int teams_metadata_parse(struct teams_span text, const char *metadata_url,
                         char out[TEAMS_KEYS_URL_SIZE]);

/* NULL when it is no JWKS or has no fit key. Fit: kty RSA of 2048 to 8192 bits, use absent or sig,
 * alg absent or RS256. Keys without a kid, and those behind the 512th, are passed over. */
struct teams_jwks *teams_jwks_parse(struct teams_span text);
void teams_jwks_free(struct teams_jwks *set);
size_t teams_jwks_count(const struct teams_jwks *set);

/* The first fit key with this kid, else the first unfit one, else NULL. Lives as long as the
 * set. */
const struct teams_key *teams_jwks_find(const struct teams_jwks *set, struct teams_span kid);

/* Check 11: is the channel among the key's endorsements, byte for byte? */
bool teams_key_endorses(const struct teams_key *key, struct teams_span channel);

/* Check 12: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3). False for an unfit key. */
bool teams_key_verifies(const struct teams_key *key, struct teams_span signed_part,
                        struct teams_span signature);

#endif
