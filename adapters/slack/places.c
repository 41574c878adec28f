/* Channels: which of them show tickets, and what happens when one comes or goes. */
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/slack_private.h"
#include "bot/base/log.h"

/* ---- the book of clients and routes ---- */

struct reading { struct slack *slack; struct slack_book *book; };

static void book_run(struct reader *r, void *arg)
{
    struct slack_book *book = ((struct reading *)arg)->book;
    if (view_clients(r, &book->arena, &book->clients))
        book->clients.count = 0;
    if (view_routes(r, &book->arena, &book->routes))
        book->routes.count = 0;
}

static void book_free(struct slack_book *book)
{
    arena_clear(&book->arena);
    free(book);
}

static void book_done(void *arg)
{
    struct reading *reading = arg;
    struct slack *s = reading->slack;
    struct slack_book *old = s->book;
    s->book = reading->book;
    s->reading_book = false;
    s->book_is_read = true;
    book_free(old);
    free(reading);
    if (s->book_is_old && !s->closed)
        slack_book_read(s);
    slack_drop(s);
}

void slack_book_read(struct slack *s)
{
    s->book_is_old = s->reading_book;
    if (s->reading_book)
        return;
    struct reading *reading = malloc(sizeof *reading);
    if (!reading || !(reading->book = calloc(1, sizeof *reading->book)))
        abort();
    reading->slack = s;
    s->reading_book = true;
    slack_hold(s);
    if (engine_read(s->host.engine, book_run, book_done, reading))
        return;
    s->reading_book = false;
    s->book_is_old = true;       /* with the next news */
    free(reading->book);
    free(reading);
    slack_drop(s);
}

bool slack_replies(const struct slack *s, const char *channel)
{
    const struct route_list *routes = &s->book->routes;
    for (size_t i = 0; channel && i < routes->count; i++)
        if (routes->routes[i].replies && !strncmp(routes->routes[i].place, SLACK_SURFACE ":", 6)
                && !strcmp(routes->routes[i].place + 6, channel))
            return true;
    return false;
}

bool slack_has_route(const struct slack *s)
{
    for (size_t i = 0; i < s->book->routes.count; i++)
        if (!strcmp(s->book->routes.routes[i].surface, SLACK_SURFACE))
            return true;
    return false;
}

/* ---- channels that come and go ---- */

static void lose_channel(struct slack *s, const char *channel, const char *why)
{
    char place[SLACK_ID_MAX + 8];
    snprintf(place, sizeof place, SLACK_SURFACE ":%s", channel);
    engine_submit(s->host.engine, &(struct command){ .kind = COMMAND_PLACE_LOST, .place = place,
        .source = SLACK_SURFACE, .text = why, .adapter = -1 });
}

static bool is_us(const struct slack_talk *talk)
{
    const char *user = slack_api_self(talk->slack->api)->user;
    return *user && talk->input.user && !strcmp(user, talk->input.user);
}

static void member_joined(struct slack_talk *talk)
{
    if (is_us(talk))
        slack_places_weigh(talk->slack, talk->input.channel);
}

static void member_left(struct slack_talk *talk)
{
    if (is_us(talk))
        lose_channel(talk->slack, talk->input.channel, "The app was removed from it.");
}

static void channel_gone(struct slack_talk *talk)
{
    lose_channel(talk->slack, talk->input.channel, "It was archived, deleted, or left by the app.");
}

/* It may have been the only one. */
static void channel_back(struct slack_talk *talk)
{
    slack_places_find(talk->slack);
}

static void token_changed(struct slack_talk *talk)
{
    slack_api_retest(talk->slack->api);
}

static void events_dropped(struct slack_talk *talk)
{
    (void)talk;
    log_warn("Slack drops events of this minute", "reason=\"more than 30000 in an hour\"");
}

void slack_workspace(struct slack_talk *talk)
{
    static void (*const by_kind[SLACK_KINDS])(struct slack_talk *) = {
        [SLACK_MEMBER_JOINED] = member_joined, [SLACK_MEMBER_LEFT] = member_left,
        [SLACK_CHANNEL_GONE] = channel_gone, [SLACK_CHANNEL_BACK] = channel_back,
        [SLACK_USER_CHANGED] = slack_person_changed,
        [SLACK_APP_UNINSTALLED] = token_changed, [SLACK_TOKENS_REVOKED] = token_changed,
        [SLACK_RATE_LIMITED] = events_dropped,
    };
    bool about_channel = talk->input.kind == SLACK_MEMBER_JOINED
                      || talk->input.kind == SLACK_MEMBER_LEFT
                      || talk->input.kind == SLACK_CHANNEL_GONE;
    if (by_kind[talk->input.kind] && (!about_channel || talk->input.channel))
        by_kind[talk->input.kind](talk);
}
