/* keys.h - the key cache: OpenID metadata and JWKS, fetched at the start or when they are needed,
 * and kept. Loop thread only. It judges no token; the time is monotonic, so wall clock jumps do
 * nothing here. */
#ifndef DESKHAND_TEAMS_KEYS_H
#define DESKHAND_TEAMS_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "adapters/teams/jwks.h"
#include "adapters/teams/span.h"
#include "adapters/teams/verdict.h"

struct http_client;
struct loop;

enum {
    TEAMS_KEYS_ANSWER_MS = 700,             /* whoever asks is answered within this */
    TEAMS_KEYS_FIRST_MS = 850,              /* the same while there are no keys at all */
    TEAMS_KEYS_FETCH_MS = 5000,             /* each of the two requests */
    TEAMS_KEYS_WAITING_MAX = 256,           /* who waits for a fetch; over it: unavailable */
    TEAMS_KEYS_REFRESH_MS = 24 * 3600 * 1000,
    TEAMS_KEYS_UNKNOWN_MS = 60 * 1000,      /* no fetch for unknown kids after one in vain */
    TEAMS_KEYS_KEEP_MS = 5 * 24 * 3600 * 1000,  /* the longest that Microsoft lets keys be cached;
                                                   by then a withdrawn one must be gone */
    TEAMS_KEYS_BACKOFF_MS = 1000, TEAMS_KEYS_BACKOFF_MAX_MS = 60 * 1000,
};

struct teams_keys_settings {
    struct loop *loop;                      /* these two are borrowed and outlive the keys */
    struct http_client *http;
    const char *metadata_url;               /* copied; https, or http to a loopback address */
    int64_t fetch_ms;                       /* 0: TEAMS_KEYS_FETCH_MS */
    int64_t (*now_ms)(void *ctx);           /* for tests; NULL: the loop's steady time */
    void *now_ctx;
};

struct teams_keys;

/* Fetches nothing yet. */
struct teams_keys *teams_keys_new(const struct teams_keys_settings *settings);

/* Fetches the first keys now, and again until they come. Nobody waits for it. */
void teams_keys_prepare(struct teams_keys *k);

/* Whoever waits is answered with VERDICT_KEYS_UNAVAILABLE, inside this call, and asks no more. */
void teams_keys_free(struct teams_keys *k);

/* VERDICT_ACCEPTED with a key that is valid until the callback returns (it may be unfit); otherwise
 * VERDICT_UNKNOWN_KEY or VERDICT_KEYS_UNAVAILABLE with NULL. */
typedef void (*teams_keys_fn)(void *ctx, enum teams_verdict verdict, const struct teams_key *key);

/* Calls back exactly once: at once from inside this call when no fetch can change the answer, else
 * when the fetch ends, at the latest after TEAMS_KEYS_ANSWER_MS, or TEAMS_KEYS_FIRST_MS. kid (at
 * most TEAMS_KID_MAX bytes) is copied. The callback may call this function, but not
 * teams_keys_free. */
void teams_keys_find(struct teams_keys *k, struct teams_span kid, teams_keys_fn fn, void *ctx);

/* For health: fetches tried so far, and how many failed since the last good one. */
unsigned teams_keys_fetches(const struct teams_keys *k);
unsigned teams_keys_failures(const struct teams_keys *k);

#endif
