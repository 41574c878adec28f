/* direct.h - which channel the direct messages with a person are in: conversations.open, remembered.
 * A post to a user's id arrives there, too, but cannot be looked for. It posts nothing. Loop thread
 * only. */
#ifndef DESKHAND_SLACK_DIRECT_H
#define DESKHAND_SLACK_DIRECT_H

#include "adapters/slack/api.h"

struct slack_direct;
struct slack_direct *slack_direct_new(struct slack_api *api);
/* After slack_api_free. */
void slack_direct_free(struct slack_direct *direct);

/* channel: borrowed, NULL when Slack did not open it; why: then its answer, else NULL. */
typedef void slack_direct_fn(void *ctx, const char *channel, const struct slack_answer *why);

/* fn comes exactly once: from inside this call when the channel is known (of the last 256 people or
 * so), else later. */
void slack_direct_get(struct slack_direct *direct, const char *user, slack_direct_fn *fn, void *ctx);

/* The channel did not work: it is asked for again. */
void slack_direct_forget(struct slack_direct *direct, const char *user);

#endif
