/* Channels and chats: which of them show tickets, and what happens when one comes or goes. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/teams/talk.h"
#include "bot/base/log.h"

/* ---- clients and routes, as the desk has them ---- */

struct lists {
    struct arena arena;
    struct client_list clients;
    struct route_list routes;
};

struct teams_desk {
    struct lists *lists;            /* never NULL, but empty at first */
    bool reading, is_old;
};

struct reading { struct teams *teams; struct lists *lists; };

static struct lists *lists_new(void)
{
    struct lists *lists = calloc(1, sizeof *lists);
    if (!lists)
        abort();
    return lists;
}

static void lists_free(struct lists *lists)
{
    arena_clear(&lists->arena);
    free(lists);
}

static void run(struct reader *r, void *arg)
{
    struct lists *lists = ((struct reading *)arg)->lists;
    if (view_clients(r, &lists->arena, &lists->clients))
        lists->clients.count = 0;
    if (view_routes(r, &lists->arena, &lists->routes))
        lists->routes.count = 0;
}

static void read_lists(struct teams *t);

static void done(void *arg)
{
    struct reading *reading = arg;
    struct teams *t = reading->teams;
    struct lists *read = reading->lists;
    free(reading);
    if (t->desk) {
        lists_free(t->desk->lists);
        t->desk->lists = read;
        t->desk->reading = false;
        if (t->desk->is_old && !t->closed)
            read_lists(t);
    } else {
        lists_free(read);
    }
    teams_drop(t);
}

static void read_lists(struct teams *t)
{
    struct teams_desk *desk = t->desk;
    desk->is_old = desk->reading;
    if (desk->reading)
        return;
    struct reading *reading = malloc(sizeof *reading);
    if (!reading)
        abort();
    *reading = (struct reading){ t, lists_new() };
    desk->reading = true;
    teams_hold(t);
    if (engine_read(t->host.engine, run, done, reading))
        return;
    desk->reading = false;
    desk->is_old = true;            /* with the next news */
    lists_free(reading->lists);
    free(reading);
    teams_drop(t);
}

void teams_desk_open(struct teams *t)
{
    t->desk = calloc(1, sizeof *t->desk);
    if (!t->desk)
        abort();
    t->desk->lists = lists_new();
    read_lists(t);
}

void teams_desk_free(struct teams_desk *desk)
{
    if (!desk)
        return;
    lists_free(desk->lists);
    free(desk);
}

void teams_desk_news(struct teams *t, const struct news *news)
{
    bool read = t->desk->is_old;
    for (size_t i = 0; i < news->count; i++) {
        read |= news->items[i].kind == NEWS_CLIENT || news->items[i].kind == NEWS_ROUTES;
        if (news->items[i].kind == NEWS_PEOPLE)
            teams_strangers_forget(t->strangers);
    }
    if (read)
        read_lists(t);
}

const struct client_list *teams_clients(const struct teams *t)
{
    return &t->desk->lists->clients;
}

static bool is_ours(const struct route_view *route)
{
    return !strcmp(route->surface, TEAMS_SURFACE);
}

bool teams_replies(const struct teams *t, const char *channel)
{
    const struct route_list *routes = &t->desk->lists->routes;
    size_t prefix = strlen(TEAMS_SURFACE ":");
    for (size_t i = 0; channel && i < routes->count; i++)
        if (is_ours(&routes->routes[i]) && routes->routes[i].replies
                && !strcmp(routes->routes[i].place + prefix, channel))
            return true;
    return false;
}

bool teams_serves_tenant(const struct teams *t, const char *tenant)
{
    for (size_t i = 0; tenant && i < t->tenants.count; i++)
        if (!strcasecmp(t->tenants.items[i], tenant))
            return true;
    return false;
}

/* ---- what an activity says of its place ---- */

static bool is_leaving(const struct teams_talk *talk)
{
    enum teams_kind kind = talk->input.kind;
    return kind == TEAMS_REMOVED || kind == TEAMS_CHANNEL_GONE || kind == TEAMS_TEAM_GONE;
}

void teams_place_learn(struct teams_talk *talk)
{
    const struct teams_input *in = &talk->input;
    bool personal = in->conv_kind == TEAMS_CONV_PERSONAL;
    if (!in->conv || is_leaving(talk) || (personal && !talk->account))
        return;
    bool unasked = in->kind == TEAMS_MESSAGE && in->conv_kind == TEAMS_CONV_CHANNEL
                && !in->mentions_us;
    const char *general = in->team && !strcmp(in->team, in->channel) ? "General" : NULL;
    teams_book_learn(talk->teams->book, &(struct teams_place){
        .place = personal ? talk->account : teams_place_of_conv(in->conv, &talk->arena),
        .service_url = in->service_url, .tenant = in->tenant,
        .conv = personal ? in->conv : NULL, .team = in->team,
        .name = in->channel_name ? in->channel_name : general,
        .hears = unasked ? "yes" : NULL });
}

const char *teams_thread_hint(const struct teams *t, const char *place)
{
    const struct teams_place *known = teams_book_find(t->book, place);
    return known && known->hears ? NULL
         : "Lines written below reach the desk if the app may read this team's messages; "
           "otherwise mention the bot in them.";
}

/* ---- channels that come and go ---- */

static void answered(struct teams_talk *talk, const struct outcome *o)
{
    if (o->result == RESULT_FAILED || o->result == RESULT_NO_SPACE || o->result == RESULT_BUSY)
        teams_reply_busy(talk);
    else
        teams_reply(talk, 200, NULL, true);
}

static void submit(struct teams_talk *talk, const struct command *command)
{
    if (!teams_talk_submit(talk, command, answered))
        teams_reply_busy(talk);
}

static bool has_default(const struct teams *t)
{
    const struct route_list *routes = &t->desk->lists->routes;
    for (size_t i = 0; i < routes->count; i++)
        if (is_ours(&routes->routes[i]) && !routes->routes[i].client_id
                && !routes->routes[i].team_id)
            return true;
    return false;
}

static struct command taking(struct teams_talk *talk)
{
    return (struct command){ .kind = COMMAND_ROUTE, .source = TEAMS_SURFACE, .number = 1,
        .adapter = -1, .place = teams_place_of_conv(talk->input.channel, &talk->arena) };
}

void teams_place_take(struct teams_talk *talk)
{
    if (talk->input.conv_kind != TEAMS_CONV_CHANNEL || has_default(talk->teams))
        return;
    struct command c = taking(talk);
    engine_submit(talk->teams->host.engine, &c);
}

static void welcomed(struct teams_talk *talk, const struct outcome *o)
{
    struct buf card;
    answered(talk, o);
    if (o->result != RESULT_OK)
        return;
    buf_init(&card, TEAMS_CARD_MAX);
    if (teams_help(teams_nonce(TEAMS_NONCE_CARD, &talk->arena), &card) == 0)
        teams_post_card(talk->teams, talk->input.service_url, talk->input.conv, card.data,
                        "What you can write to the desk.");
    buf_clear(&card);
}

/* Two events tell of one installation, in any order: the first of them counts. */
static void app_installed(struct teams_talk *talk)
{
    struct command c = taking(talk);
    if (talk->input.conv_kind == TEAMS_CONV_PERSONAL)
        c = (struct command){ .kind = COMMAND_HEARD, .source = TEAMS_SURFACE, .adapter = -1,
            .source_id = arena_print(&talk->arena, "w:%s", talk->input.conv) };
    else if (talk->input.conv_kind != TEAMS_CONV_CHANNEL) {
        teams_reply(talk, 200, NULL, true);
        return;
    }
    bool welcome = c.kind == COMMAND_HEARD;
    if (!teams_talk_submit(talk, &c, welcome ? welcomed : answered))
        teams_reply_busy(talk);
}

static struct command losing(const char *place, const char *why)
{
    return (struct command){ .kind = COMMAND_PLACE_LOST, .place = place, .source = TEAMS_SURFACE,
                             .text = why, .adapter = -1 };
}

static bool shows_tickets(const struct teams *t, const char *place)
{
    const struct route_list *routes = &t->desk->lists->routes;
    for (size_t i = 0; i < routes->count; i++)
        if (!strcmp(routes->routes[i].place, place))
            return true;
    return false;
}

static void channel_gone(struct teams_talk *talk)
{
    const char *place = teams_place_of_conv(talk->input.channel, &talk->arena);
    struct command c = losing(place, "It was deleted.");
    bool shows = shows_tickets(talk->teams, place);
    teams_book_forget(talk->teams->book, place);
    if (shows)
        log_warn("channel of tickets deleted", "then=\"its tickets go to the channel for everything;"
                 " if there is none, mention the bot in another one\"");
    if (shows)
        submit(talk, &c);
    else
        teams_reply(talk, 200, NULL, true);
}

/* Of a channel that nobody wrote in yet only its own id is known; General's is the team's. */
static bool is_in_team(struct teams *t, const char *place, const struct teams_input *in)
{
    const struct teams_place *known = teams_book_find(t->book, place);
    const char *channel = place + strlen(TEAMS_SURFACE ":");
    if (known && known->team && in->team)
        return !strcmp(known->team, in->team);
    return !strcmp(channel, in->channel) || (in->team && !strcmp(channel, in->team));
}

static void team_gone(struct teams_talk *talk)
{
    struct teams *t = talk->teams;
    const struct route_list *routes = &t->desk->lists->routes;
    for (size_t i = 0; i < routes->count; i++) {
        const char *place = routes->routes[i].place;
        if (!is_ours(&routes->routes[i]) || !is_in_team(t, place, &talk->input))
            continue;
        struct command c = losing(place, "The app was removed from its team.");
        teams_book_block(t->book, place, "The app was removed from this team.");
        engine_submit(t->host.engine, &c);
    }
    submit(talk, &(struct command){ .kind = COMMAND_HEARD, .source = TEAMS_SURFACE,
                                    .source_id = talk->input.key, .adapter = -1 });
}

/* Whoever removed it from a group chat has their own chat with us still. */
static void group_gone(struct teams_talk *talk)
{
    const char *place = teams_place_of_conv(talk->input.conv, &talk->arena);
    struct command c = losing(place, "The app was removed from this chat.");
    teams_book_block(talk->teams->book, place, "The app was removed from this chat.");
    if (shows_tickets(talk->teams, place))
        submit(talk, &c);
    else
        teams_reply(talk, 200, NULL, true);
}

static void app_removed(struct teams_talk *talk)
{
    if (talk->input.conv_kind == TEAMS_CONV_CHANNEL) {
        team_gone(talk);
        return;
    }
    if (talk->input.conv_kind != TEAMS_CONV_PERSONAL) {
        group_gone(talk);
        return;
    }
    if (talk->account)
        teams_book_block(talk->teams->book, talk->account, "They removed the app.");
    teams_reply(talk, 200, NULL, true);
}

void teams_place_changed(struct teams_talk *talk)
{
    static void (*const by_kind[TEAMS_KINDS])(struct teams_talk *) = {
        [TEAMS_INSTALLED] = app_installed, [TEAMS_REMOVED] = app_removed,
        [TEAMS_CHANNEL_GONE] = channel_gone, [TEAMS_TEAM_GONE] = team_gone,
    };
    by_kind[talk->input.kind](talk);
}
