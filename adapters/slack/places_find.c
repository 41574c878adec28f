/* Which channel shows all tickets while nobody has chosen one: the first that people invited the
 * bot to. One that other organisations share is not taken by itself: strangers would read there. */
#include <string.h>

#include "adapters/slack/slack_private.h"
#include "bot/base/log.h"

enum { SOON_MS = 2000, SOON_MOST_MS = 60000, HOPELESS_MS = 600000, PAGES_MAX = 100 };

static bool has_default(const struct slack *s)
{
    for (size_t i = 0; i < s->book->routes.count; i++) {
        const struct route_view *r = &s->book->routes.routes[i];
        if (!strcmp(r->surface, SLACK_SURFACE) && !r->client_id && !r->team_id)
            return true;
    }
    return false;
}

/* The desk refuses it when there is one already. */
static void take(struct slack *s, const char *channel)
{
    char place[SLACK_ID_MAX + 8];
    snprintf(place, sizeof place, SLACK_SURFACE ":%s", channel);
    engine_submit(s->host.engine, &(struct command){ .kind = COMMAND_ROUTE, .place = place,
        .source = SLACK_SURFACE, .number = 1, .adapter = -1 });
}

static bool is_shared_outside(const json_t *channel)
{
    return json_is_true(json_object_get(channel, "is_ext_shared"))
        || json_is_true(json_object_get(channel, "is_pending_ext_shared"));
}

/* True when it is one of ours, which shows all tickets from now on. */
static bool take_if_ours(struct slack *s, const json_t *channel)
{
    const char *id = json_string_value(json_object_get(channel, "id"));
    if (!id || !*id || strlen(id) > SLACK_ID_MAX)
        return false;
    if (is_shared_outside(channel)) {
        snprintf(s->outside, sizeof s->outside, "%s", id);
        log_warn("channel not taken", "place=" SLACK_SURFACE ":%s why=\"shared with another "
                 "organisation\" then=\"deskhand route set, if that is meant\"", id);
        return false;
    }
    take(s, id);
    return true;
}

static void seek_again(void *slack)
{
    slack_places_find(slack);
}

/* What cannot work before somebody changes something is tried seldom. */
static void try_later(struct slack *s, const struct slack_answer *answer)
{
    bool may_work = answer->todo == SLACK_TODO_RETRY || answer->todo == SLACK_TODO_UNCLEAR
                 || answer->todo == SLACK_TODO_RATE_LIMITED || answer->todo == SLACK_TODO_AUTH;
    int64_t ms = !may_work ? HOPELESS_MS : s->seeks < 5 ? (int64_t)SOON_MS << s->seeks
               : SOON_MOST_MS;
    s->seeks++;
    loop_timer_set(s->host.loop, &s->seek, ms > answer->retry_after_ms ? ms
                   : answer->retry_after_ms, seek_again, s);
}

static void look_at_page(struct slack *s, const char *cursor);

static void read_page(struct slack *s, const json_t *answer)
{
    const json_t *more = json_object_get(answer, "response_metadata");
    const char *cursor = json_string_value(json_object_get(more, "next_cursor"));
    size_t i;
    const json_t *channel;
    json_array_foreach(json_object_get(answer, "channels"), i, channel)
        if (take_if_ours(s, channel))
            return;
    if (cursor && *cursor && s->pages < PAGES_MAX)
        look_at_page(s, cursor);
    else
        log_warn("no channel shows tickets", "then=\"invite the bot to one, in Slack\"");
}

static void found(void *ctx, const struct slack_answer *answer)
{
    struct slack *s = ctx;
    s->seeking = false;
    if (!s->closed && answer->todo == SLACK_TODO_OK) {
        s->seeks = 0;
        read_page(s, answer->json);
    } else if (!s->closed) {
        try_later(s, answer);
    }
    slack_drop(s);
}

/* A page may hold fewer than it could, even none, with more to follow. */
static void look_at_page(struct slack *s, const char *cursor)
{
    const struct slack_param params[] = {
        { "types", "public_channel,private_channel" }, { "exclude_archived", "true" },
        { "limit", "200" }, { "cursor", cursor },
    };
    s->pages++;
    s->seeking = true;
    slack_hold(s);
    slack_api_call(s->api, "users.conversations", NULL, params, 4, found, s);
}

void slack_places_find(struct slack *s)
{
    if (s->seeking || has_default(s))
        return;
    loop_timer_stop(s->host.loop, &s->seek);
    s->pages = 0;
    s->outside[0] = '\0';
    look_at_page(s, NULL);
}

static void weighed(void *ctx, const struct slack_answer *answer)
{
    struct slack *s = ctx;
    if (!s->closed && answer->todo == SLACK_TODO_OK)
        take_if_ours(s, json_object_get(answer->json, "channel"));
    else if (!s->closed)
        try_later(s, answer);
    slack_drop(s);
}

void slack_places_weigh(struct slack *s, const char *channel)
{
    slack_hold(s);
    slack_api_call(s->api, "conversations.info", NULL, &(struct slack_param){ "channel", channel },
                   1, weighed, s);
}
