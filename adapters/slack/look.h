/* look.h - did an earlier try post after all? Finds a message by the effect id in its metadata.
 * It posts nothing and decides nothing. Loop thread only. */
#ifndef DESKHAND_SLACK_LOOK_H
#define DESKHAND_SLACK_LOOK_H

#include "adapters/slack/api.h"

/* What every post of ours carries: metadata {"event_type":"deskhand","event_payload":
 * {"effect":<id>,"made":<created_ms>}}. Slack shows it only to those who ask with
 * include_all_metadata. The id alone would not do: the desk uses numbers again once nothing waits
 * to be delivered, and after a restore. */
#define SLACK_METADATA_TYPE "deskhand"
#define SLACK_METADATA_EFFECT "effect"
#define SLACK_METADATA_MADE "made"

enum slack_look_result {
    SLACK_LOOK_FOUND,
    SLACK_LOOK_NOT_THERE,           /* or the channel or thread is gone, so nobody sees it
                                       (a direct message never is) */
    SLACK_LOOK_FAILED,              /* could not look, or not far enough: look again later */
    SLACK_LOOK_RESULTS
};

struct slack_look {
    const char *channel;
    const char *thread_ts;          /* NULL: in the channel itself */
    int64_t effect_id;
    int64_t created_ms;             /* of the effect; looking begins a minute before */
};

/* ts: where it is, borrowed; NULL unless found. why: the last answer, for its todo and error. */
typedef void slack_look_fn(void *ctx, enum slack_look_result result, const char *ts,
                           const struct slack_answer *why);

/* Everything is copied. fn comes exactly once, later, also when the api is freed. At most ten
 * pages of 200 messages are read; messages of another app's bot do not count. */
void slack_look(struct slack_api *api, const struct slack_look *look, slack_look_fn *fn, void *ctx);

/* The metadata of a post, to be sent as the parameter "metadata". */
enum { SLACK_METADATA_SIZE = 128 };
void slack_metadata(int64_t effect_id, int64_t created_ms, char out[SLACK_METADATA_SIZE]);

#endif
