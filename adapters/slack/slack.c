#include "adapters/slack/slack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/direct.h"
#include "adapters/slack/slack_private.h"
#include "bot/base/log.h"

enum { STALE_MS = 60 * 1000, LOSS_TOLD_MS = 15 * 60 * 1000 };

static bool slack_wanted(const struct config *config)
{
    return config->slack.app_token && config->slack.bot_token;
}

void slack_hold(struct slack *s)
{
    s->holds++;
}

void slack_drop(struct slack *s)
{
    if (--s->holds)
        return;
    arena_clear(&s->book->arena);
    free(s->book);
    free(s);
}

static void connected(void *self)
{
    struct slack *s = self;
    char text[SURFACE_TEXT];
    if (!slack_api_health(s->api, text, sizeof text) || !*slack_api_self(s->api)->team)
        slack_api_retest(s->api);    /* who has just repaired the app need not wait for the timer */
    slack_places_find(s);
    if (!s->recalled)
        slack_recall(s);
    s->recalled = true;
}

static int slack_open(const struct adapter_host *host, void **self)
{
    struct slack *s = calloc(1, sizeof *s);
    const struct config_slack *config = &host->config->slack;
    if (!s || !(s->book = calloc(1, sizeof *s->book)))
        abort();
    s->host = *host;
    s->holds = 1;
    s->api = slack_api_new(host->loop, host->client, config->api_url, config->bot_token);
    slack_api_pace(s->api, host->config->limits.slack_pace);
    s->people = slack_people_new(host->loop, s->api);
    s->direct = slack_direct_new(s->api);
    s->home = slack_home_new(s);
    s->socket = slack_socket_open(&(struct slack_socket_settings){ .loop = host->loop,
        .client = host->client, .api_url = config->api_url, .app_token = config->app_token,
        .ctx = s, .envelope = slack_receive, .connected = connected });
    slack_api_retest(s->api);        /* who we are: needed before anybody is looked up */
    slack_book_read(s);
    *self = s;
    return s->socket ? 0 : -1;
}

static void slack_outcome(void *self, uint64_t tag, const struct outcome *outcome)
{
    struct slack *s = self;
    for (struct slack_talk **at = &s->talks; *at; at = &(*at)->next) {
        struct slack_talk *talk = *at;
        if (talk->tag != tag)
            continue;
        *at = talk->next;
        talk->tag = 0;
        if (!s->closed)
            talk->told(talk, outcome);
        slack_talk_drop(talk);
        return;
    }
}

static void slack_news(void *self, const struct news *news)
{
    struct slack *s = self;
    bool read = s->book_is_old;
    for (size_t i = 0; i < news->count; i++)
        read |= news->items[i].kind == NEWS_CLIENT || news->items[i].kind == NEWS_ROUTES
             || news->items[i].kind == NEWS_PEOPLE;
    if (read)
        slack_book_read(s);
    slack_home_news(s->home, news);
}

static void slack_drain(void *self)
{
    slack_socket_drain(((struct slack *)self)->socket);
}

static void slack_close(void *self)
{
    struct slack *s = self;
    s->closed = true;
    loop_timer_stop(s->host.loop, &s->recall);
    loop_timer_stop(s->host.loop, &s->seek);
    slack_leave_stop(s);
    slack_later_stop(s);
    slack_socket_free(s->socket);
    slack_people_free(s->people);
    slack_api_free(s->api);
    slack_direct_free(s->direct);
    slack_home_free(s->home);
    while (s->talks) {
        struct slack_talk *talk = s->talks;
        s->talks = talk->next;
        slack_talk_drop(talk);
    }
    slack_drop(s);
}

/* The socket's own words without the seconds until its next try: people read the same for long. */
static void say_trouble(const char *trouble, char *text, size_t size)
{
    const char *retry = strstr(trouble, "; next try");
    size_t len = retry ? (size_t)(retry - trouble) : strlen(trouble);
    snprintf(text, size, "%.*s.%s", (int)len, trouble,
             retry ? " It is tried again by itself; if that lasts, check the network." : "");
}

/* What is nearest to the cause comes first: without a token or a socket, nothing else can work. */
static bool slack_is_well(void *self, char *text, size_t size)
{
    struct slack *s = self;
    struct slack_socket_health socket;
    slack_socket_health(s->socket, &socket);
    if (!slack_api_works(s->api, text, size))
        return false;
    if (!socket.connected || *socket.trouble || socket.last_frame_age_ms >= STALE_MS) {
        say_trouble(*socket.trouble ? socket.trouble : "no connection yet; next try", text, size);
        return false;
    }
    if (!slack_api_health(s->api, text, size))
        return false;
    if (!s->book_is_read || slack_has_route(s)) {
        if (socket.losses && socket.last_loss_age_ms < LOSS_TOLD_MS)
            snprintf(text, size, "Connected again; the last connection was lost: %s.",
                     socket.last_loss);
        return true;
    }
    if (*s->outside)
        snprintf(text, size, "No channel shows the tickets. The one the bot is in (slack:%s) is "
                 "shared with another organisation, so it is not taken by itself. Invite the bot "
                 "to another one, or say which: deskhand route set", s->outside);
    else
        snprintf(text, size, "No channel shows the tickets. Invite the bot to one, or say which: "
                             "deskhand route set");
    return false;
}

const struct adapter slack_adapter = {
    .name = SLACK_SURFACE,
    .wanted = slack_wanted,
    .open = slack_open,
    .outcome = slack_outcome,
    .news = slack_news,
    .deliver = slack_deliver,
    .drain = slack_drain,
    .close = slack_close,
    .health = slack_is_well,
};
