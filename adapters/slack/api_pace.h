/* api_pace.h - how fast Slack may be called: token buckets and the waits that Slack asks for. Pure.
 * The time comes in; it sends nothing and knows no method. */
#ifndef DESKHAND_SLACK_API_PACE_H
#define DESKHAND_SLACK_API_PACE_H

#include <stdint.h>

/* `burst` at once, then one each `every_ms`. every_ms 0: no limit. */
struct pace_rate {
    int64_t every_ms, burst;
};

/* One bucket, all zero when unused. full_ms is the moment at which it will be full again: one
 * number holds level and time (the "generic cell rate" way of counting). */
struct pace_row {
    uint64_t key;
    int64_t full_ms, blocked_ms;
};

/* A fixed number of buckets: the one that has been idle for longest gives its place away. */
struct pace;
struct pace *pace_new(void);
void pace_free(struct pace *p);

/* The bucket of a key, valid until the next pace_row. Never NULL. */
struct pace_row *pace_row(struct pace *p, uint64_t key);

/* Keys from one or two texts; b may be NULL. */
uint64_t pace_key(const char *a, const char *b);

/* Milliseconds until a token is there; 0: now. The wait of a bucket alone is at most every_ms. */
int64_t pace_wait_ms(const struct pace_row *row, struct pace_rate rate, int64_t now_ms);
void pace_take(struct pace_row *row, struct pace_rate rate, int64_t now_ms);

/* What the peer asked for (429): nothing until then. A later end wins over an earlier one. */
void pace_block(struct pace_row *row, int64_t until_ms);
int64_t pace_blocked_ms(const struct pace_row *row, int64_t now_ms);

#endif
