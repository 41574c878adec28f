#include "adapters/slack/people_cache.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/slack/api_pace.h"

enum { WAYS = 8, SETS = PEOPLE_KEPT / WAYS };

struct kept {
    struct slack_profile profile;        /* user "" while the place is free */
    int64_t until_ms;
};

struct people_cache {
    struct kept kept[SETS][WAYS];
};

struct people_cache *people_cache_new(void)
{
    struct people_cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        abort();
    return cache;
}

void people_cache_free(struct people_cache *cache)
{
    free(cache);
}

static struct kept *set_of(struct people_cache *cache, const char *user)
{
    return cache->kept[(pace_key(user, NULL) >> 32) % SETS];
}

const struct slack_profile *people_cache_find(struct people_cache *cache, const char *user,
                                              int64_t now_ms)
{
    const struct kept *set = set_of(cache, user);
    for (size_t i = 0; i < WAYS; i++)
        if (strcmp(set[i].profile.user, user) == 0 && set[i].until_ms > now_ms)
            return &set[i].profile;
    return NULL;
}

void people_cache_keep(struct people_cache *cache, const struct slack_profile *profile,
                       int64_t now_ms)
{
    struct kept *set = set_of(cache, profile->user), *place = set;
    for (size_t i = 0; i < WAYS; i++) {
        if (strcmp(set[i].profile.user, profile->user) == 0) {
            place = &set[i];
            break;
        }
        if (set[i].until_ms < place->until_ms)
            place = &set[i];
    }
    *place = (struct kept){ .profile = *profile, .until_ms = now_ms + PEOPLE_KEEP_MS };
}

void people_cache_forget(struct people_cache *cache, const char *user)
{
    struct kept *set = set_of(cache, user);
    for (size_t i = 0; i < WAYS; i++)
        if (strcmp(set[i].profile.user, user) == 0)
            set[i] = (struct kept){ 0 };
}
