/* How deliveries ended: done, to be tried again, or given up until a person decides. */
#include <string.h>

#include "bot/base/metric.h"
#include "bot/engine/script.h"
#include "bot/store/store_surface.h"

/* What changes from now on stands in the card's thread, and this is its first line. */
static void freeze(struct script *s, const struct outbox_row *card)
{
    if (!store_card_freeze(s->db, card->ticket_id, card->place))
        return;
    int64_t said = store_event(s->db, &(struct event){ .ticket_id = card->ticket_id,
        .ts_ms = s->c->at_ms, .kind = "warning", .new = card->place,
        .text = "This card cannot be changed any more. What happens from now on stands below it." });
    store_effect(s->db, &(struct outbox_row){ .kind = EFFECT_LINE, .place = card->place,
        .lane = card->lane, .ticket_id = card->ticket_id, .version = card->version,
        .data = arena_print(s->a, "{\"event\":%lld,\"to\":%lld}", (long long)said,
                            (long long)said) }, s->c->at_ms);
    script_news(s, NEWS_TICKET)->ticket_id = card->ticket_id;
}

void apply_delivered(struct script *s)
{
    struct outbox_row row;
    if (!store_effect_load(s->db, s->c->number, s->a, &row))
        return;                  /* answered twice: the first answer counts */
    if (s->c->name && row.kind == EFFECT_CARD)
        store_remote(s->db, row.ticket_id, row.place, s->c->name, s->c->target_id);
    if (row.kind == EFFECT_CARD && s->c->flag)
        freeze(s, &row);
    if (row.kind == EFFECT_CARD && row.version > s->c->target_id && !s->c->flag)
        store_effect_anew(s->db, row.id, s->c->at_ms);
    else
        store_effect_delete(s->db, row.id);
    s->d->news->effects = true;
}

void script_dead_letter(struct script *s, const struct outbox_row *row)
{
    store_effect_state(s->db, row->id, OUTBOX_DEAD, row->attempts, s->c->at_ms, s->c->text);
    metric_set(METRIC_DEAD_LETTERS, store_effects_dead(s->db));
    script_news(s, NEWS_EFFECT);
    struct event event = { .ticket_id = row->ticket_id, .ts_ms = s->c->at_ms, .kind = "undelivered",
        .new = row->place, .text = s->c->text };
    if (row->ticket_id) {
        store_event(s->db, &event);
        script_news(s, NEWS_TICKET)->ticket_id = row->ticket_id;
    }
}

/* Lines of a thread that will never begin: they wait for people together with its card. */
static void give_up_lines(struct script *s, const struct outbox_row *card)
{
    struct outbox_row row = *card;
    if (card->kind != EFFECT_CARD || store_remote_id(s->db, card->ticket_id, card->place, s->a))
        return;
    while (store_lane_next(s->db, card->lane, row.id, s->a, &row))
        if (row.kind == EFFECT_LINE && row.ticket_id == card->ticket_id)
            script_dead_letter(s, &row);
}

static void give_up(struct script *s, const struct outbox_row *row)
{
    const char *about = row->ticket_id ? arena_print(s->a, "#%lld: something",
                                                     (long long)row->ticket_id) : "Something";
    give_up_lines(s, row);
    script_dead_letter(s, row);
    if (row->kind == EFFECT_ALERT)
        return;                  /* or one would follow the other for ever */
    s->t.id = row->ticket_id;
    script_tell(s, "undelivered", arena_print(s->a, "%s could not be delivered to %s. See "
        "Undelivered in the inbox: %s", about, row->place,
        s->c->text ? s->c->text : "no reason given"), row->place);
}

void apply_not_delivered(struct script *s)
{
    struct outbox_row row;
    if (!store_effect_load(s->db, s->c->number, s->a, &row) || row.state == OUTBOX_DEAD
            || row.state == OUTBOX_HELD)
        return;
    s->d->news->effects = true;
    if (s->c->category && !strcmp(s->c->category, "pace")) {
        store_effect_paced(s->db, row.id, s->c->until_ms);
        return;
    }
    int64_t wanted = s->c->until_ms > s->c->at_ms ? s->c->until_ms - s->c->at_ms : 0;
    bool counts = !s->c->category;
    int attempts = counts || !row.attempts ? row.attempts : row.attempts - 1;
    int64_t age = counts ? s->c->at_ms - row.created_ms : 0;
    int64_t again = s->c->flag ? 0 : effect_retry_ms(row.kind, row.id, attempts, age, s->c->at_ms,
                                                     wanted);
    if (again) {
        store_effect_state(s->db, row.id, row.unclear || s->c->target_id ? OUTBOX_UNCLEAR
                           : OUTBOX_READY, attempts, again, s->c->text);
        metric_add(METRIC_EFFECT_RETRIES, 1);
    } else {
        give_up(s, &row);
    }
}

static bool dead_effect(struct script *s, struct outbox_row *row)
{
    if (!store_effect_load(s->db, s->c->number, s->a, row))
        return script_refuse(s, RESULT_NOT_FOUND, "Nothing undelivered has this number: it was"
                             " settled, or there never was one.");
    if (row->state == OUTBOX_DEAD || row->state == OUTBOX_HELD)
        return true;
    return script_refuse(s, RESULT_NOT_FOUND, "This effect does not wait for a person any more.");
}

static void settle(struct script *s, const struct outbox_row *row)
{
    s->o->ticket_id = row->ticket_id;
    s->d->news->effects = true;
    metric_set(METRIC_DEAD_LETTERS, store_effects_dead(s->db));
    script_news(s, NEWS_EFFECT);
}

static void retry_behind_card(struct script *s, struct outbox_row *row)
{
    if (!script_load_id(s, row->ticket_id))
        return;
    script_show_card(s, row->place);
    row->state = OUTBOX_READY;
    store_effect(s->db, row, s->c->at_ms);
    store_effect_delete(s->db, row->id);
}

void apply_retry_effect(struct script *s)
{
    struct outbox_row row;
    if (!dead_effect(s, &row))
        return;
    /* A newer card of the same place may wait already: then this one is not needed any more. */
    if (row.kind == EFFECT_CARD && store_card_waits(s->db, row.ticket_id, row.place))
        store_effect_delete(s->db, row.id);
    else if (row.kind == EFFECT_LINE && !store_card_known(s->db, row.ticket_id, row.place))
        retry_behind_card(s, &row);
    else
        store_effect_state(s->db, row.id, OUTBOX_READY, 0, s->c->at_ms, NULL);
    settle(s, &row);
}

void apply_drop_effect(struct script *s)
{
    struct outbox_row row;
    if (!dead_effect(s, &row))
        return;
    store_effect_delete(s->db, row.id);
    settle(s, &row);
}
