#include "adapters/slack/alert.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/slack/slack_private.h"

enum { LINKS_MAX = 5, LINK_MAX = 400 };

struct linking {
    struct slack *slack;
    struct arena *arena;             /* of who asked */
    struct alert_view *alerts;
    const char **links;
    size_t count, at;
    struct { const char *place, *ts; } cards[LINKS_MAX];
    slack_alerts_fn *fn;
    void *ctx;
};

static void link_next(struct linking *l);

static void answered(void *ctx, const struct slack_answer *a)
{
    struct linking *l = ctx;
    const char *url = json_string_value(json_object_get(a->json, "permalink"));
    if (a->todo == SLACK_TODO_OK && url && !strncmp(url, "https://", 8) && strlen(url) <= LINK_MAX)
        l->links[l->at] = arena_copy(l->arena, url);
    l->at++;
    link_next(l);
}

static void end(struct linking *l)
{
    struct slack *s = l->slack;
    l->fn(l->ctx, l->alerts, l->links, l->count);
    free(l);
    slack_drop(s);
}

static void link_next(struct linking *l)
{
    while (l->at < l->count && l->at < LINKS_MAX && !l->cards[l->at].ts)
        l->at++;
    if (l->at == l->count || l->at == LINKS_MAX || l->slack->closed) {
        end(l);
        return;
    }
    const struct slack_param params[] = {
        { "channel", strchr(l->cards[l->at].place, ':') + 1 },
        { "message_ts", l->cards[l->at].ts },
    };
    if (!slack_api_call(l->slack->api, "chat.getPermalink", NULL, params, 2, answered, l))
        end(l);
}

/* On a reader thread; nobody else touches the arena meanwhile. */
static void find_cards(struct reader *r, void *arg)
{
    struct linking *l = arg;
    for (size_t i = 0; i < l->count && i < LINKS_MAX; i++)
        if (l->alerts[i].ticket_id)
            l->cards[i].place = view_card_place(r, l->alerts[i].ticket_id, SLACK_SURFACE, l->arena,
                                                &l->cards[i].ts);
}

static void found_cards(void *arg)
{
    link_next(arg);
}

void slack_alerts_link(struct slack *s, const struct alert_view *alerts, size_t count,
                       struct arena *arena, slack_alerts_fn *fn, void *ctx)
{
    struct linking *l = calloc(1, sizeof *l);
    if (!l)
        abort();
    *l = (struct linking){ .slack = s, .arena = arena, .count = count, .fn = fn, .ctx = ctx,
                           .alerts = arena_alloc(arena, (count + 1) * sizeof *alerts),
                           .links = arena_alloc(arena, (count + 1) * sizeof *l->links) };
    for (size_t i = 0; i < count; i++) {
        l->links[i] = NULL;
        l->alerts[i] = (struct alert_view){ .kind = arena_copy(arena, alerts[i].kind),
            .text = arena_copy(arena, alerts[i].text), .ticket_id = alerts[i].ticket_id,
            .list = arena_copy(arena, alerts[i].list) };
    }
    slack_hold(s);
    if (!engine_read(s->host.engine, find_cards, found_cards, l))
        end(l);
}
