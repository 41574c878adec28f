#include "adapters/slack/direct.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/api_pace.h"

enum { PLACES = 256, ID_SIZE = 65 };

struct known {
    char user[ID_SIZE], channel[ID_SIZE];
};

struct slack_direct {
    struct slack_api *api;
    struct known known[PLACES];          /* each user has one place in it */
};

struct opening {
    struct slack_direct *direct;
    slack_direct_fn *fn;
    void *ctx;
    char user[ID_SIZE];
};

struct slack_direct *slack_direct_new(struct slack_api *api)
{
    struct slack_direct *direct = calloc(1, sizeof *direct);
    if (!direct)
        abort();
    direct->api = api;
    return direct;
}

void slack_direct_free(struct slack_direct *direct)
{
    free(direct);
}

static struct known *place_of(struct slack_direct *direct, const char *user)
{
    return &direct->known[(pace_key(user, NULL) >> 32) % PLACES];
}

void slack_direct_forget(struct slack_direct *direct, const char *user)
{
    struct known *known = place_of(direct, user);
    if (!strcmp(known->user, user))
        *known = (struct known){ 0 };
}

static void opened(void *ctx, const struct slack_answer *a)
{
    struct opening *opening = ctx;
    const json_t *channel = json_object_get(a->json, "channel");
    const char *id = json_string_value(json_object_get(channel, "id"));
    bool good = a->todo == SLACK_TODO_OK && id && *id && strlen(id) < ID_SIZE;
    struct slack_answer odd = { .todo = SLACK_TODO_RETRY, .error = "no_channel" };
    if (good) {
        struct known *known = place_of(opening->direct, opening->user);
        memcpy(known->user, opening->user, sizeof known->user);
        snprintf(known->channel, sizeof known->channel, "%s", id);
    }
    opening->fn(opening->ctx, good ? id : NULL, good ? NULL : a->todo == SLACK_TODO_OK ? &odd : a);
    free(opening);
}

void slack_direct_get(struct slack_direct *direct, const char *user, slack_direct_fn *fn, void *ctx)
{
    const struct known *known = place_of(direct, user);
    if (!strcmp(known->user, user)) {
        fn(ctx, known->channel, NULL);
        return;
    }
    struct opening *opening = calloc(1, sizeof *opening);
    if (!opening)
        abort();
    *opening = (struct opening){ .direct = direct, .fn = fn, .ctx = ctx };
    snprintf(opening->user, sizeof opening->user, "%s", user);
    if (!slack_api_call(direct->api, "conversations.open", NULL,
                        &(struct slack_param){ "users", user }, 1, opened, opening))
        opened(opening, &(struct slack_answer){ .todo = SLACK_TODO_RETRY, .error = "cancelled" });
}
