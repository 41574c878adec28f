/* Effects on their way out: what is due of each lane is marked, with the newest view of its ticket,
 * in the same transaction as the commands that made it; after the commit it is handed to the loop
 * thread. One is in flight per lane, or two after one was passed (store.h). The answer is a
 * command. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "bot/engine/engine_private.h"
#include "bot/store/store_surface.h"

enum { DELIVER_MAX = 64, VIEW_LINES = 6, EVENTS_MAX = 32, ANSWER_MS = 10 * 60 * 1000,
       GRACE_MS = 60 * 1000 };

struct delivery {
    struct engine *e;
    struct arena arena;
    struct outbox_row rows[DELIVER_MAX];
    struct handed { struct effect effect; struct ticket_view view; } items[DELIVER_MAX];
    size_t count;
};

static void deliver_on_loop(void *arg)
{
    struct delivery *d = arg;
    const struct engine_hooks *hooks = &d->e->options.hooks;
    for (size_t i = 0; i < d->count; i++)
        hooks->deliver(hooks->ctx, &d->items[i].effect, &d->items[i].view);
    arena_clear(&d->arena);
    free(d);
}

/* An adapter that never answers must not stop its lane, nor fail without anybody seeing it. */
static void no_answer(struct delivery *d, const struct outbox_row *row, int64_t now_ms)
{
    store_effect_state(d->e->db, row->id, OUTBOX_UNCLEAR, row->attempts, now_ms + GRACE_MS, NULL);
    engine_submit(d->e, &(struct command){ .kind = COMMAND_NOT_DELIVERED, .number = row->id,
        .source = "desk", .at_ms = now_ms, .adapter = -1,
        .text = "The adapter gave no answer for ten minutes." });
}

/* The lines of the two logs that a thread is to show. */
static void read_line(struct reader *r, const struct outbox_row *row, json_t *data,
                      struct arena *a, struct effect *e)
{
    int64_t seq = json_integer_value(json_object_get(data, "seq"));
    int64_t first = json_integer_value(json_object_get(data, "event"));
    int64_t last = json_integer_value(json_object_get(data, "to"));
    struct entry_page page;
    struct event_list list;
    if (seq && view_page(r, row->ticket_id, seq - 1, 1, SIZE_MAX, a, &page) == 0 && page.count)
        e->entry = page.entries;
    if (!first || view_events(r, row->ticket_id, first - 1, EVENTS_MAX, a, &list))
        return;
    e->events = list.events;
    while (e->event_count < list.count && list.events[e->event_count].id <= last)
        e->event_count++;
}

static void read_alerts(json_t *data, struct arena *a, struct effect *e)
{
    size_t i, count = json_array_size(data);
    struct alert_view *alerts = arena_alloc(a, (count + 1) * sizeof *alerts);
    json_t *item;
    json_array_foreach(data, i, item)
        alerts[i] = (struct alert_view){
            .kind = arena_copy(a, json_string_value(json_object_get(item, "kind"))),
            .text = arena_copy(a, json_string_value(json_object_get(item, "text"))),
            .list = arena_copy(a, json_string_value(json_object_get(item, "list"))),
            .ticket_id = json_integer_value(json_object_get(item, "ticket")) };
    e->alerts = alerts;
    e->alert_count = count;
}

static void read_data(struct reader *r, const struct outbox_row *row, struct arena *a,
                      struct effect *e)
{
    json_t *data = row->data ? json_loads(row->data, 0, NULL) : NULL;
    if (row->kind == EFFECT_LINE)
        read_line(r, row, data, a, e);
    if (row->kind == EFFECT_ALERT)
        read_alerts(data, a, e);
    json_decref(data);
}

/* In the commands' transaction: the row is on its way. */
static void mark(struct delivery *d, const struct outbox_row *row, int64_t now_ms)
{
    if (row->state == OUTBOX_SENDING) {
        no_answer(d, row, now_ms);
        return;
    }
    store_effect_state(d->e->db, row->id, OUTBOX_SENDING, row->attempts + 1, now_ms + ANSWER_MS,
                       NULL);
    d->rows[d->count++] = *row;
}

/* After it, when everybody else was told: what the place is to see. */
static bool fill(struct delivery *d, const struct outbox_row *row, struct handed *h)
{
    struct db *db = d->e->db;
    struct reader reader = { db };
    if (row->ticket_id && view_ticket(&reader, row->ticket_id, VIEW_LINES, &d->arena, &h->view))
        return false;
    const char *surface = arena_copy_n(&d->arena, row->place, strcspn(row->place, ":"));
    h->effect = (struct effect){ .id = row->id, .ticket_id = row->ticket_id, .kind = row->kind,
        .version = h->view.version, .place = row->place, .data = row->data,
        .remote_id = store_remote_id(db, row->ticket_id, row->place, &d->arena),
        .account = h->view.assignee_id ? store_account(db, surface, h->view.assignee_id, &d->arena)
                                       : NULL, .created_ms = row->created_ms,
        .attempts = row->attempts, .unclear = row->unclear };
    read_data(&reader, row, &d->arena, &h->effect);
    return true;
}

struct delivery *deliver_mark(struct engine *e, int64_t now_ms)
{
    struct outbox_row due[DELIVER_MAX];
    struct delivery *d = calloc(1, sizeof *d);
    if (!d)
        abort();
    d->e = e;
    size_t n = store_effects_due(e->db, now_ms, DELIVER_MAX, &d->arena, due, &e->effects_ms);
    for (size_t i = 0; i < n; i++)
        mark(d, &due[i], now_ms);
    if (n && e->effects_ms > now_ms + ANSWER_MS)
        e->effects_ms = now_ms + ANSWER_MS;
    return d;
}

void deliver_send(struct delivery *d, bool committed)
{
    size_t marked = committed ? d->count : 0;
    d->count = 0;
    for (size_t i = 0; i < marked; i++)
        d->count += fill(d, &d->rows[i], &d->items[d->count]);
    if (db_error(d->e->db))      /* or it would fail the next batch */
        writer_store_failed(d->e, db_error(d->e->db));
    if (d->count) {
        metric_add(METRIC_EFFECTS, (int64_t)d->count);
        d->e->options.hooks.post(d->e->options.hooks.ctx, deliver_on_loop, d);
        return;
    }
    arena_clear(&d->arena);
    free(d);
}
