#include "adapters/teams/parcel.h"

#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"
#include "bot/base/text.h"

enum { NONCE_RANDOM = 12, SUMMARY_MAX = 1024, ALERTS_MAX = 16 * 1024,
       SMALL_LETTERS = 200 };

/* ---- answers ---- */

void parcel_drop(struct parcel *p)
{
    struct teams *t = p->teams;
    struct arena arena = p->arena;
    arena_clear(&arena);             /* the parcel itself lives in it */
    teams_drop(t);
}

static void answer(struct parcel *p, struct command *c)
{
    c->source = TEAMS_SURFACE;
    c->number = p->effect_id;
    c->adapter = -1;
    c->at_ms = clock_now_ms();
    if (!engine_submit(p->teams->host.engine, c))
        log_warn("delivery not noted", "effect=%lld reason=\"queue full\" then=\"asked again\"",
                 (long long)p->effect_id);
    parcel_drop(p);
}

void parcel_delivered(struct parcel *p, const char *remote_id)
{
    answer(p, &(struct command){ .kind = COMMAND_DELIVERED, .target_id = p->version,
                                 .name = remote_id });
}

void parcel_failed(struct parcel *p, const struct parcel_failure *why)
{
    const char *text = why->error ? arena_print(&p->arena, "Teams: %s%s%s", why->error,
                                                why->advice ? ". " : "",
                                                why->advice ? why->advice : "") : NULL;
    answer(p, &(struct command){ .kind = COMMAND_NOT_DELIVERED, .flag = why->final, .text = text,
        .target_id = p->unclear, .category = why->hold,
        .until_ms = why->wait_ms ? clock_now_ms() + why->wait_ms : 0 });
}

/* ---- drawing ---- */

struct drawing {
    struct buf card, summary;
    char nonce[NONCE_RANDOM * 2];
};

static const char *wrap(struct parcel *p, struct drawing *d)
{
    bool good = !d->card.failed && d->card.data && !d->summary.failed;
    const char *text = good ? teams_activity_text(d->card.data, d->summary.data, p->person,
                                                  &p->arena) : NULL;
    buf_reset(&d->card);
    buf_reset(&d->summary);
    return text;
}

static void draw_card(struct parcel *p, const struct ticket_view *view, struct drawing *d)
{
    struct card card;
    struct ticket_view small = *view;
    card_make(view, &(struct card_viewer){ 0 }, clock_now_ms(), &p->arena, &card);
    card.hint = p->channel ? teams_thread_hint(p->teams, p->place) : NULL;
    teams_card(&card, d->nonce, NULL, &d->card);
    (p->update ? teams_summary_card : teams_summary_post)(&card, &d->summary);
    p->activity = wrap(p, d);
    small.line_count = 0;
    small.summary = small.why = small.draft = NULL;
    card_make(&small, &(struct card_viewer){ 0 }, clock_now_ms(), &p->arena, &card);
    teams_card(&card, d->nonce, NULL, &d->card);
    (p->update ? teams_summary_card : teams_summary_post)(&card, &d->summary);
    p->small = wrap(p, d);
}

/* What people said is cut; a sentence of ours is short as it is. */
static void draw_small_line(struct parcel *p, const struct thread_line *whole, struct drawing *d)
{
    struct thread_line line = *whole;
    size_t bytes = line.text ? text_bytes(line.text, SMALL_LETTERS) : 0;
    if (!bytes || !line.text[bytes])
        return;
    line.text = arena_print(&p->arena, "%.*s \xe2\x80\xa6", (int)bytes, line.text);
    teams_line(&line, &d->card);
    teams_summary_line(&line, &d->summary);
    p->small = wrap(p, d);
}

static bool draw_line(struct parcel *p, const struct effect *e, const struct ticket_view *view,
                      struct drawing *d)
{
    struct thread_line line;
    thread_line_make(view, e->entry, e->events, e->event_count, &p->arena, &line);
    if (line.kind == THREAD_NOTHING)
        return false;
    p->on_card = line.on_card;
    teams_line(&line, &d->card);
    teams_summary_line(&line, &d->summary);
    p->activity = wrap(p, d);
    draw_small_line(p, &line, d);
    return true;
}

/* As COMMAND_TELL takes them: a person who cannot be reached is no reason to lose an alert. */
static void keep_alerts(struct parcel *p, const struct effect *e)
{
    struct buf buf;
    buf_init(&buf, ALERTS_MAX);
    struct json_out json = { .buf = &buf };
    json_out_array(&json, NULL);
    for (size_t i = 0; i < e->alert_count; i++) {
        json_out_object(&json, NULL);
        json_out_text(&json, "kind", e->alerts[i].kind);
        json_out_text(&json, "text", e->alerts[i].text);
        json_out_optional(&json, "list", e->alerts[i].list);
        json_out_int(&json, "ticket", e->alerts[i].ticket_id);
        json_out_object_end(&json);
    }
    json_out_array_end(&json);
    p->alerts = buf.failed ? NULL : arena_copy(&p->arena, buf.data);
    buf_clear(&buf);
}

static void draw_alerts(struct parcel *p, const struct effect *e, struct drawing *d)
{
    teams_alerts(e->alerts, e->alert_count, d->nonce, &d->card);
    teams_summary_alerts(e->alerts, e->alert_count, &d->summary);
    p->activity = wrap(p, d);
    keep_alerts(p, e);
}

/* false: there is nothing to show. */
static bool draw(struct parcel *p, const struct effect *e, const struct ticket_view *view)
{
    unsigned char random[NONCE_RANDOM];
    struct drawing d;
    bool something = true;
    hash_random(random, sizeof random);
    hash_base64url(random, sizeof random, d.nonce);
    buf_init(&d.card, TEAMS_CARD_MAX + 1);
    buf_init(&d.summary, SUMMARY_MAX);
    if (e->kind == EFFECT_CARD && view->id)
        draw_card(p, view, &d);
    if (e->kind == EFFECT_LINE)
        something = draw_line(p, e, view, &d);
    if (e->kind == EFFECT_ALERT)
        draw_alerts(p, e, &d);
    buf_clear(&d.card);
    buf_clear(&d.summary);
    return something;
}

/* "teams:19:...@thread.tacv2" is a channel, "teams:19:...@thread.v2" a group chat without threads,
 * "teams:<tenant>/<aadObjectId>" a person. Ids of conversations have no slash. */
static void read_place(struct parcel *p)
{
    const char *address = strchr(p->place, ':') + 1, *slash = strchr(address, '/');
    p->person = slash != NULL;
    p->channel = !slash && !strstr(address, "@thread.v2");
    p->conv = slash ? NULL : address;
    p->tenant = slash ? arena_copy_n(&p->arena, address, (size_t)(slash - address)) : NULL;
}

struct parcel *parcel_new(struct teams *t, const struct effect *e, const struct ticket_view *view)
{
    struct arena arena = { 0 };
    struct parcel *p = arena_alloc(&arena, sizeof *p);
    *p = (struct parcel){ .teams = t, .effect_id = e->id, .ticket_id = e->ticket_id,
        .version = view->version, .kind = e->kind, .unclear = e->unclear };
    p->arena = arena;
    p->place = arena_copy(&p->arena, e->place);
    p->card_id = arena_copy(&p->arena, e->remote_id);
    p->update = e->kind == EFFECT_CARD && e->remote_id;
    read_place(p);
    teams_hold(t);
    if (draw(p, e, view))
        return p;
    parcel_delivered(p, NULL);
    return NULL;
}
