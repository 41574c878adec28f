/* people.h - who a Slack user is: users.info as plain values, kept for ten minutes (people_cache.h).
 * It does not decide who may do what; it only knows whom no desk may listen to. Loop thread only. */
#ifndef DESKHAND_SLACK_PEOPLE_H
#define DESKHAND_SLACK_PEOPLE_H

#include "adapters/slack/api.h"

struct slack_profile {
    char team[65], user[65];        /* team "": of a stranger of whom Slack does not say it */
    char name[322];                 /* at most 80 code points, no control or direction marks */
    char email[255];                /* a bare address that Slack says is confirmed; "" if not */
    char zone[65];                  /* "Europe/Berlin": where their clock is; "" if not said */
    bool deleted, is_bot;
    bool guest;                     /* restricted to some channels */
    bool stranger;                  /* of another workspace (Slack Connect) */
};

/* Pure: the "user" object of an answer. False when it is not one. self says which team and
 * organisation are ours; while they are unknown, everybody is a stranger. */
bool slack_profile_parse(const json_t *user, const struct slack_identity *self,
                         struct slack_profile *out);

/* Why nobody listens to this account, whatever its mail address: a sentence. NULL: one of ours. */
const char *slack_people_refusal(const struct slack_profile *profile);

struct slack_people;
struct slack_people *slack_people_new(struct loop *loop, struct slack_api *api);

/* Before slack_api_free. Who still waits is answered RETRY, from inside. */
void slack_people_free(struct slack_people *people);

/* todo OK: profile is there, borrowed for the time of the call; otherwise NULL. FINAL: Slack has
 * no such account. */
typedef void slack_profile_fn(void *ctx, enum slack_todo todo,
                              const struct slack_profile *profile);

/* From the cache at once, from inside this call; otherwise from Slack, later. Questions about the
 * same user share one call. At most 1000 wait; more answer RETRY, from inside. */
void slack_people_get(struct slack_people *people, const char *user, slack_profile_fn *fn,
                      void *ctx);

/* The name of a user who was asked about lately, borrowed until the next call; NULL: not known. */
const char *slack_people_name(struct slack_people *people, const char *user);

/* Their time zone, in the same way. */
const char *slack_people_zone(struct slack_people *people, const char *user);

/* Slack was asked about the user within the last ten minutes; and said that this is one of ours. */
bool slack_people_is_known(struct slack_people *people, const char *user);
bool slack_people_vouched(struct slack_people *people, const char *user);

/* Something about the user has changed (user_change): the next question asks Slack. */
void slack_people_forget(struct slack_people *people, const char *user);

#endif
