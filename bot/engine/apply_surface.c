/* What chat surfaces bring: who is who there, which channel shows what, and messages that were
 * edited, deleted or sent on after they became notes and replies. */
#include <stdio.h>
#include <string.h>

#include "bot/base/metric.h"
#include "bot/base/text.h"
#include "bot/desk/plain.h"
#include "bot/engine/script.h"
#include "bot/store/store_surface.h"

enum { PLACE_MAX = 400, CARDS_AT_ONCE = 50, FACTS_MAX = 4096, REVIVED_AT_ONCE = 200 };

static const char deleted_note[] = "(deleted by its writer)";

void apply_heard(struct script *s)
{
    (void)s;                     /* being remembered is all of it */
}

/* ---- messages ---- */

void script_said_here(struct script *s, int64_t event_id, int64_t seq)
{
    if (s->c->place && s->c->remote)
        store_said_add(s->db, s->c->place, s->c->remote,
                       &(struct said){ s->t.id, event_id, seq, 0 });
}

/* What happened to a message of a ticket's thread before the message itself came: it is looked at
 * when that comes. */
static bool keep_early(struct script *s)
{
    const struct command *c = s->c;
    if (!c->number || !c->thread || !store_ticket_by_thread(s->db, c->place, c->thread))
        return script_refuse(s, RESULT_NOT_FOUND, "This message is no note or reply.");
    store_early(s->db, c->place, c->remote, c->number, c->kind == COMMAND_UNSAY ? NULL : c->text,
                c->at_ms);
    return false;
}

bool script_is_unsaid(struct script *s, const char **text)
{
    const char *now = NULL;
    if (!s->c->place || !s->c->remote
            || !store_early_get(s->db, s->c->place, s->c->remote, s->a, &now))
        return false;
    if (now)
        *text = now;
    else
        s->o->result = RESULT_REPEATED;      /* nothing is left to be done or said */
    return !now;
}

/* The note or reply that the message became; only its writer may change it (or the platform says
 * so, without a name), and nothing that happened before the last change. */
static bool said_before(struct script *s, struct said *said)
{
    const struct command *c = s->c;
    if (!c->place || !c->remote)
        return script_refuse(s, RESULT_BAD, "Which message?");
    if (!store_said(s->db, c->place, c->remote, said))
        return keep_early(s);
    if (!script_load_id(s, said->ticket_id) || (c->number && c->number <= said->changed))
        return false;
    int64_t writer = said->event_id
                   ? store_note_author(s->db, said->ticket_id, said->event_id)
                   : store_reply_author(s->db, said->ticket_id, said->seq);
    if (c->actor != ACTOR_SYSTEM && writer != c->actor_id)
        return script_refuse(s, RESULT_FORBIDDEN, "Somebody else wrote this.");
    if (c->number)
        store_said_changed(s->db, c->place, c->remote, c->number);
    return true;
}

static void still_has_it(struct script *s)
{
    snprintf(s->o->text, sizeof s->o->text, "The customer already has your first words. Send "
             "another reply to correct them.");
}

/* What the customer has is not taken back by a chat platform: the log says so, and so does the
 * answer to the writer. */
static void too_late(struct script *s, const char *kind, const char *what)
{
    script_event(s, kind, NULL, NULL, arena_print(s->a, "%s after it went to the customer, who "
                                                  "still has the first words.", what));
    still_has_it(s);
}

void apply_edit_said(struct script *s)
{
    struct said said;
    if (!said_before(s, &said))
        return;
    if (said.seq) {
        too_late(s, "reply_edited", "Edited");
        return;
    }
    if (!s->c->text || text_is_blank(s->c->text)) {
        script_refuse(s, RESULT_BAD, "A note needs some text.");
        return;
    }
    s->o->id = said.event_id;
    const char *before = store_event_text(s->db, said.ticket_id, said.event_id, "note", s->a);
    if (before && !strcmp(before, s->c->text))
        return;
    store_note_text(s->db, said.event_id, s->c->text);
    script_event(s, "note_edited", NULL, arena_print(s->a, "%lld", (long long)said.event_id),
                 s->c->text);
    if (store_note_is_sent(s->db, said.ticket_id, said.event_id))
        still_has_it(s);
}

void apply_unsay(struct script *s)
{
    struct said said;
    if (!said_before(s, &said))
        return;
    if (said.seq) {
        too_late(s, "reply_deleted", "Deleted");
        return;
    }
    store_note_text(s->db, said.event_id, deleted_note);
    script_event(s, "note_deleted", NULL, arena_print(s->a, "%lld", (long long)said.event_id),
                 NULL);
    if (store_note_is_sent(s->db, said.ticket_id, said.event_id))
        still_has_it(s);
}

void apply_send_note(struct script *s)
{
    if (!script_load(s))
        return;
    const char *text = store_event_text(s->db, s->t.id, s->c->number, "note", s->a);
    if (!text || !strcmp(text, deleted_note)
            || store_note_author(s->db, s->t.id, s->c->number) != s->c->actor_id) {
        script_refuse(s, RESULT_NOT_FOUND, "This is no note of yours.");
        return;
    }
    if (store_note_is_sent(s->db, s->t.id, s->c->number)) {
        script_refuse(s, RESULT_REFUSED, "The customer has it already.");
        return;
    }
    if (script_reply(s, text))
        script_event(s, "note_sent", arena_print(s->a, "%lld", (long long)s->c->number), NULL,
                     NULL);
}

/* ---- people ---- */

static bool is_place(const char *place)
{
    return place && strlen(place) <= PLACE_MAX && strcspn(place, ":") > 0 && strchr(place, ':');
}

/* By mail address; who may join by themselves becomes a technician with the role given. */
static int64_t technician_of(struct script *s)
{
    const struct command *c = s->c;
    int role = c->category ? role_parse(c->category) : -1;
    if (!c->email || email_wrong(c->email))
        return 0;
    int64_t id = store_technician_by_email(s->db, c->email);
    if (!id && role >= 0)
        id = store_technician_save(s->db, c->email, c->name && !name_wrong(c->name) ? c->name
                                   : c->email, role, true, c->at_ms);
    return id;
}

void apply_person(struct script *s)
{
    struct technician_view technician = { 0 };
    if (!is_place(s->c->person)) {
        script_refuse(s, RESULT_BAD, "An account is a surface, a colon and an id.");
        return;
    }
    int64_t id = s->c->flag ? technician_of(s) : 0;
    if (id)
        store_technician(s->db, id, s->a, &technician);
    int64_t before = store_person(s->db, s->c->person);
    store_person_save(s->db, s->c->person, technician.active ? id : 0);
    s->o->id = technician.active ? id : 0;
    if (before != s->o->id)
        script_news(s, NEWS_PEOPLE);
}

/* ---- places ---- */

/* Cards of these tickets where the routes say now, if that is `place` (NULL: wherever it is). */
static void show_where_routed(struct script *s, const char *surface, const char *place,
                              const int64_t *tickets, size_t n)
{
    while (n--) {                /* the oldest first: the newest stands lowest in the channel */
        struct script one = { .d = s->d, .db = s->db, .c = s->c, .o = s->o, .a = s->a };
        if (!script_load_id(&one, tickets[n]))
            continue;
        const char *at = store_route(s->db, surface, one.t.client_id, one.t.team_id, s->a);
        if (at && (!place || !strcmp(at, place)))
            script_show_card(&one, at);
    }
    s->o->ticket_id = s->o->version = 0;
    s->o->conv[0] = '\0';
}

/* Cards that stood in a channel before it was lost show what is true now. */
static void renew_cards(struct script *s)
{
    int64_t tickets[CARDS_AT_ONCE];
    size_t n = store_place_back(s->db, s->c->place, CARDS_AT_ONCE, tickets);
    while (n--) {
        struct script one = { .d = s->d, .db = s->db, .c = s->c, .o = s->o, .a = s->a };
        if (script_load_id(&one, tickets[n]))
            script_show_card(&one, s->c->place);
    }
}

/* A channel that is new to the desk begins with the tickets that are open. */
static void fill_place(struct script *s, const char *surface)
{
    int64_t tickets[CARDS_AT_ONCE];
    size_t n = store_live_tickets(s->db, s->c->place, false, s->c->client_id, s->c->team_id,
                                  CARDS_AT_ONCE, tickets);
    show_where_routed(s, surface, s->c->place, tickets, n);
}

/* One undelivered effect of a lost place goes to the place that serves its ticket now. */
static void move_effect(struct script *s, struct outbox_row *row, const char *surface)
{
    struct script one = { .d = s->d, .db = s->db, .c = s->c, .o = s->o, .a = s->a };
    if (row->ticket_id && !script_load_id(&one, row->ticket_id))
        return;
    const char *place = store_route(s->db, surface, one.t.client_id, one.t.team_id, s->a);
    if (!place) {
        row->attempts = 0;       /* the place failed, not the effect: a new route revives it */
        if (row->state != OUTBOX_DEAD)
            script_dead_letter(s, row);
        return;
    }
    if (row->kind == EFFECT_LINE && !store_card_known(s->db, row->ticket_id, place))
        script_show_card(&one, place);
    row->place = row->lane = place;
    row->state = OUTBOX_READY;
    row->version = one.t.version;
    store_effect(s->db, row, s->c->at_ms);
    store_effect_delete(s->db, row->id);         /* after: the same number would take its answers */
}

/* What could not be delivered while its channel was gone goes out where the routes say now. */
static void revive(struct script *s, const char *surface)
{
    struct outbox_row row = { 0 };
    for (int n = 0; n < REVIVED_AT_ONCE && store_dead_next(s->db, surface, row.id, s->a, &row); n++)
        move_effect(s, &row, surface);
    metric_set(METRIC_DEAD_LETTERS, store_effects_dead(s->db));
    script_news(s, NEWS_EFFECT);
}

void apply_route(struct script *s)
{
    const char *place = s->c->place;
    struct client_view client = { 0 };
    if (!is_place(place)) {
        script_refuse(s, RESULT_BAD, "A place is a surface, a colon and the channel's id.");
        return;
    }
    if (s->c->client_id)
        store_client(s->db, s->c->client_id, s->a, &client);
    if (s->c->client_id != client.id
            || (s->c->team_id && !store_team_name(s->db, s->c->team_id, s->a))) {
        script_refuse(s, RESULT_NOT_FOUND, "There is no such client or team.");
        return;
    }
    const char *surface = arena_copy_n(s->a, place, strcspn(place, ":"));
    bool none = place[strlen(surface) + 1] == '\0';
    if (s->c->number && store_route(s->db, surface, 0, 0, s->a)) {
        script_refuse(s, RESULT_REFUSED, "Another channel shows the tickets already.");
        return;
    }
    store_route_save(s->db, surface, s->c->client_id, s->c->team_id, none ? NULL : place,
                     s->c->flag);
    if (!none) {
        renew_cards(s);
        fill_place(s, surface);
        revive(s, surface);
    }
    script_news(s, NEWS_ROUTES);
}

/* Only the ticket's card is gone there: what waits for it goes out again behind a new one. */
static void card_lost(struct script *s)
{
    struct outbox_row row = { 0 };
    int64_t newest = 0;
    if (!script_load(s))
        return;
    store_remote_forget(s->db, s->t.id, s->c->place);
    script_show_card(s, s->c->place);
    while (store_lane_next(s->db, s->c->place, row.id, s->a, &row) && (!newest || row.id <= newest))
        if (row.ticket_id == s->t.id && row.kind == EFFECT_LINE) {
            row.state = OUTBOX_READY;
            int64_t moved = store_effect(s->db, &row, s->c->at_ms);
            store_effect_delete(s->db, row.id);
            newest = newest ? newest : moved - 1;
        }
    s->d->news->effects = true;
}

void apply_place_lost(struct script *s)
{
    int64_t tickets[CARDS_AT_ONCE];
    struct outbox_row row = { 0 };
    const char *place = s->c->place;
    if (!is_place(place))
        return;
    if (s->c->thread) {
        card_lost(s);
        return;
    }
    const char *surface = arena_copy_n(s->a, place, strcspn(place, ":"));
    size_t n = store_live_tickets(s->db, place, true, 0, 0, CARDS_AT_ONCE, tickets);
    bool missed = store_place_forget(s->db, place);
    while (store_lane_next(s->db, place, row.id, s->a, &row)) {
        move_effect(s, &row, surface);
        missed = true;
    }
    if (!missed)
        return;                  /* it showed nothing, or nothing any more: nobody need know */
    metric_add(METRIC_PLACES_LOST, 1);
    show_where_routed(s, surface, NULL, tickets, n);
    script_tell(s, "undelivered", arena_print(s->a, "The channel %s is gone: %s %s",
        place + strlen(surface) + 1, s->c->text ? s->c->text : "",
        store_route(s->db, surface, 0, 0, s->a) ? "Its tickets go to the channel for everything."
        : "No other channel shows its tickets; set one with: deskhand route set"), place);
    script_news(s, NEWS_ROUTES);
    script_news(s, NEWS_EFFECT);
    s->d->news->effects = true;
}

void apply_place_facts(struct script *s)
{
    if (is_place(s->c->place) && (!s->c->text || strlen(s->c->text) <= FACTS_MAX))
        store_place_facts(s->db, s->c->place, s->c->text);
    else
        script_refuse(s, RESULT_BAD, "Facts of a place are short, and it has surface and name.");
}

void apply_tell(struct script *s)
{
    const char *key = arena_print(s->a, "told_%s", s->c->category ? s->c->category : "");
    if (!script_tell_list(s, s->c->text)) {
        script_refuse(s, RESULT_BAD, "This is no list of alerts.");
        return;
    }
    if (s->c->number)
        store_meta_set(s->db, key, arena_print(s->a, "%lld", (long long)s->c->number));
}
