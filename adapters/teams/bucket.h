/* bucket.h - how fast the Connector may be called: counts within sliding windows, and the waits it
 * asks for. Pure: the time comes in, and it sends nothing. Limits: Microsoft's page "Optimize your
 * bot with rate limiting": 7 in 1 s, 8 in 2 s, 60 in 30 s and 1800 in an hour for a conversation,
 * where a whole channel with its threads is one; ours stay below. */
#ifndef DESKHAND_TEAMS_BUCKET_H
#define DESKHAND_TEAMS_BUCKET_H

#include <stdint.h>

enum bucket_kind {
    BUCKET_SEND,                /* a conversation: 5 in 1 s, 7 in 2 s, 50 in 30 s, 1700 an hour */
    BUCKET_ROSTER,              /* members of a conversation: 10 in 1 s, 100 in 30 s */
    BUCKET_TENANT,              /* everything in a tenant: 30 in 1 s */
    BUCKET_KINDS
};

/* One bucket, for each kind and name. There is a fixed number: who was idle for longest gives its
 * place away, and who begins while such a one may still have been full waits as if it were that. */
struct bucket;
struct buckets;
struct buckets *buckets_new(void);
void buckets_free(struct buckets *b);

/* Never NULL; valid until the next bucket_of. */
struct bucket *bucket_of(struct buckets *b, enum bucket_kind kind, const char *name);

/* Milliseconds until one more fits into every window, and any wait that was asked for is over; 0:
 * now. The time must not run backwards. */
int64_t bucket_wait_ms(const struct bucket *bucket, int64_t now_ms);
void bucket_take(struct bucket *bucket, int64_t now_ms);

/* What the service asked for (429): nothing until then. A later end wins over an earlier one. */
void bucket_block(struct bucket *bucket, int64_t until_ms);

#endif
