/* people_cache.h - what Slack said about its users, for ten minutes. Pure: the time comes in. It asks
 * nobody and judges nobody. */
#ifndef DESKHAND_SLACK_PEOPLE_CACHE_H
#define DESKHAND_SLACK_PEOPLE_CACHE_H

#include "adapters/slack/people.h"

enum { PEOPLE_KEPT = 1024, PEOPLE_KEEP_MS = 600000 };

/* A fixed number of people: who was asked about longest ago gives the place away. */
struct people_cache;
struct people_cache *people_cache_new(void);
void people_cache_free(struct people_cache *cache);

/* NULL: not asked about, or too long ago. Borrowed until the next keep or forget. */
const struct slack_profile *people_cache_find(struct people_cache *cache, const char *user,
                                              int64_t now_ms);
void people_cache_keep(struct people_cache *cache, const struct slack_profile *profile,
                       int64_t now_ms);
void people_cache_forget(struct people_cache *cache, const char *user);

#endif
