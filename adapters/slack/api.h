/* api.h - calls of Slack's Web API with the bot token: order, pace, and what each answer means.
 * It never repeats a post (the outbox does, look.h looks first) and knows nothing of tickets.
 * Loop thread only. */
#ifndef DESKHAND_SLACK_API_H
#define DESKHAND_SLACK_API_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/slack/api_error.h"

struct loop;
struct slack_api;

/* base_url ends in '/'; https, or http to a loopback address (http_client refuses others, and a
 * call then answers FINAL). The texts are copied; the token is registered as a secret. */
struct slack_api *slack_api_new(struct loop *loop, struct http_client *client,
                                const char *base_url, const char *bot_token);

/* Every call that has no answer yet gets one from inside: error "cancelled", UNCLEAR when it may
 * have gone out and is not repeatable, RETRY otherwise. Not to be called from an answer. */
void slack_api_free(struct slack_api *api);

/* Calls go out at so many percent of the rates that Slack publishes; 100 unless said otherwise. */
void slack_api_pace(struct slack_api *api, int64_t percent);

struct slack_param {
    const char *name, *value;       /* form-encoded, everywhere; value NULL: left out */
};

struct slack_answer {
    enum slack_todo todo;
    json_t *json;                   /* borrowed for the time of the call; NULL if there is none */
    const char *error;              /* code or transport word, for log and dead letter; "" if OK */
    int64_t retry_after_ms;         /* RATE_LIMITED, AUTH: when it makes sense again; else 0 */
    const char *advice;             /* what a person should do, a sentence; NULL: nothing */
};
typedef void slack_answer_fn(void *ctx, const struct slack_answer *answer);

/* Everything given is copied. lane: calls with the same text go out one after the other, in order
 * (a channel); NULL: no order. Calls that a person waits for (views.open, .push, .update,
 * chat.postEphemeral) overtake the rest, do not stand in a lane and end after 15 s in the queue
 * with RETRY ("too_late"). A param "channel" is what
 * chat.* is paced by. 429 is waited out here up to 30 s (3 s when a person waits). The queue
 * holds 1000 calls and 32 MiB, one call 1 MiB; what does not fit answers RETRY ("queue_full") or
 * TOO_BIG. fn comes exactly once, later (never from inside this call), unless the call is
 * cancelled. Returns its id; 0, and no answer, only while the api is being freed. */
uint64_t slack_api_call(struct slack_api *api, const char *method, const char *lane,
                        const struct slack_param *params, size_t count, slack_answer_fn *fn,
                        void *ctx);

/* No answer will come. What has gone out may still work. Unknown ids are ignored. */
void slack_api_cancel(struct slack_api *api, uint64_t id);

/* Asks auth.test now: after a token error every call answers AUTH until that works again, and it is
 * tried every ten minutes. An auth.test of ours that fails for another reason is repeated after
 * 2, 4 ... 60 seconds; while a scope is missing, it is asked every ten minutes. */
void slack_api_retest(struct slack_api *api);

/* Who we are, from the last auth.test that worked; all "" before. */
struct slack_identity {
    char team[65], enterprise[65], user[65], bot[65];
};
const struct slack_identity *slack_api_self(const struct slack_api *api);

/* Scopes of the token, comma-separated, from the last auth.test; "" when unknown. */
const char *slack_api_scopes(const struct slack_api *api);

/* True when the token works and Slack answers; otherwise says why not and what to do about it. */
bool slack_api_works(const struct slack_api *api, char *text, size_t size);

/* The same, and all scopes are there that were needed or that the desk uses (manifest.h). */
bool slack_api_health(const struct slack_api *api, char *text, size_t size);

/* Calls that have no answer yet. */
size_t slack_api_under_way(const struct slack_api *api);

#endif
