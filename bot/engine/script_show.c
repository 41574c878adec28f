/* What leaves the desk for places that show tickets: cards, lines of their threads, alerts. Which
 * place that is follows from the routes; a card stays where it was shown and is kept up to date. */
#include <string.h>

#include <jansson.h>

#include "bot/base/json_out.h"
#include "bot/engine/script.h"
#include "bot/store/store_surface.h"

enum { ALERTS_MAX = 20, ALERT_BYTES = 16 * 1024 };

static void put(struct script *s, struct outbox_row *row)
{
    row->ticket_id = s->t.id;
    row->version = s->t.version;
    store_effect(s->db, row, s->c->at_ms);
    s->d->news->effects = true;
}

/* ---- places ---- */

static void add_place(struct script *s, const char *place)
{
    for (size_t i = 0; i < s->places.count; i++)
        if (!strcmp(s->places.at[i], place))
            return;
    if (place && s->places.count < SCRIPT_PLACES_MAX)
        s->places.at[s->places.count++] = place;
}

static void add_routed(struct script *s, int64_t client_id, int64_t team_id)
{
    for (const char *const *surface = s->d->surfaces; surface && *surface; surface++) {
        const char *place = store_route(s->db, *surface, client_id, team_id, s->a);
        if (place)
            add_place(s, place);
    }
}

/* The places of the ticket as it is now: a transfer may have moved it. */
static const struct script_places *places(struct script *s)
{
    if (s->places.known && s->places.team_id == s->t.team_id)
        return &s->places;
    s->places = (struct script_places){ .known = true, .team_id = s->t.team_id };
    for (const char *const *place = s->d->places; *place; place++)
        add_place(s, *place);
    add_routed(s, s->t.client_id, s->t.team_id);
    return &s->places;
}

/* ---- lines ---- */

/* A line stands in the thread of a card: where the ticket was never seen the card goes first. */
static void card_before_line(struct script *s, const char *place)
{
    if (!store_card_known(s->db, s->t.id, place))
        put(s, &(struct outbox_row){ .kind = EFFECT_CARD, .place = place, .lane = place });
}

/* What people typed at a place stands there already. */
static bool stands_there(const struct script *s, const char *place)
{
    return s->c->remote && s->c->place && !strcmp(s->c->place, place);
}

static void line_effect(struct script *s, const char *data, bool typed)
{
    const struct script_places *at = places(s);
    for (size_t i = 0; i < at->count; i++) {
        if (typed && stands_there(s, at->at[i]))
            continue;
        card_before_line(s, at->at[i]);
        put(s, &(struct outbox_row){ .kind = EFFECT_LINE, .place = at->at[i], .lane = at->at[i],
                                     .data = data });
    }
}

void script_show_entry(struct script *s, bool by_actor)
{
    line_effect(s, arena_print(s->a, "{\"seq\":%lld}", (long long)s->t.head), by_actor);
}

/* What one command changed and noted is one line. Of a new ticket the card says it all. */
void script_show_events(struct script *s)
{
    if (!s->first_event || s->is_new)
        return;
    bool typed = s->c->kind == COMMAND_NOTE || s->c->kind == COMMAND_EDIT_SAID
              || s->c->kind == COMMAND_UNSAY;
    line_effect(s, arena_print(s->a, "{\"event\":%lld,\"to\":%lld}", (long long)s->first_event,
                               (long long)s->last_event), typed);
}

/* ---- cards ---- */

void script_show_card(struct script *s, const char *place)
{
    if (!store_card_frozen(s->db, s->t.id, place))
        put(s, &(struct outbox_row){ .kind = EFFECT_CARD, .place = place, .lane = place });
}

/* A surface that was switched off keeps its cards as they are. */
static bool is_served(const struct script *s, const char *place)
{
    size_t len = strcspn(place, ":");
    for (const char *const *surface = s->d->surfaces; surface && *surface; surface++)
        if (strlen(*surface) == len && !strncmp(*surface, place, len))
            return true;
    return false;
}

void script_show_cards(struct script *s)
{
    const char *shown[SCRIPT_PLACES_MAX];
    size_t count = s->d->surfaces ? store_card_places(s->db, s->t.id, SCRIPT_PLACES_MAX, s->a,
                                                      shown) : 0;
    const struct script_places *at = places(s);
    for (size_t i = 0; i < count; i++)
        if (is_served(s, shown[i]))
            add_place(s, shown[i]);
    for (size_t i = 0; i < at->count; i++)
        script_show_card(s, at->at[i]);
    s->places.known = false;     /* lines go to the routed places only */
}

/* ---- alerts ---- */

static const char *alert_json(struct script *s, json_t *list)
{
    char *text = json_dumps(list, JSON_COMPACT);
    const char *copy = arena_copy(s->a, text);
    free(text);
    return copy;
}

/* Alerts that wait for the same place go out as one message. */
static void alert_at(struct script *s, const char *place, json_t *items)
{
    const char *waits = NULL;
    int64_t id = store_alert_waiting(s->db, place, s->a, &waits);
    json_t *list = id ? json_loads(waits, 0, NULL) : NULL;
    if (list && json_array_size(list) + json_array_size(items) <= ALERTS_MAX) {
        json_array_extend(list, items);
        store_effect_data(s->db, id, alert_json(s, list));
    } else {
        put(s, &(struct outbox_row){ .kind = EFFECT_ALERT, .place = place, .lane = place,
                                     .data = alert_json(s, items) });
    }
    json_decref(list);
}

static json_t *one_alert(struct script *s, const char *kind, const char *text)
{
    return json_pack("[{s:s, s:s, s:I}]", "kind", kind, "text", text, "ticket",
                     (json_int_t)s->t.id);
}

/* To the person who has the ticket where the surface knows them, else to its channel. */
static const char *alerted_place(struct script *s, const char *place)
{
    size_t len = strcspn(place, ":");
    if (!s->t.assignee_id || s->t.assignee_id == s->c->actor_id || !s->d->surfaces)
        return place;
    const char *account = store_account(s->db, arena_copy_n(s->a, place, len), s->t.assignee_id,
                                        s->a);
    return account ? account : place;
}

void script_alert(struct script *s, const char *kind, const char *text)
{
    const struct script_places *at = places(s);
    json_t *items = at->count ? one_alert(s, kind, text) : NULL;
    for (size_t i = 0; items && i < at->count; i++)
        alert_at(s, alerted_place(s, at->at[i]), items);
    json_decref(items);
}

static void tell(struct script *s, json_t *items, const char *but)
{
    s->places = (struct script_places){ .known = false };
    for (const char *const *place = s->d->places; *place; place++)
        add_place(s, *place);
    add_routed(s, 0, 0);
    for (size_t i = 0; i < s->places.count; i++)
        if (!but || strcmp(but, s->places.at[i]))
            alert_at(s, s->places.at[i], items);
}

void script_tell(struct script *s, const char *kind, const char *text, const char *but)
{
    json_t *items = one_alert(s, kind, text);
    if (items)
        tell(s, items, but);
    json_decref(items);
}

bool script_tell_list(struct script *s, const char *json)
{
    json_t *items = json ? json_loads(json, 0, NULL) : NULL;
    bool good = json_is_array(items) && json_array_size(items) <= ALERTS_MAX
             && strlen(json) <= ALERT_BYTES;
    if (good && json_array_size(items))
        tell(s, items, NULL);
    json_decref(items);
    return good;
}
