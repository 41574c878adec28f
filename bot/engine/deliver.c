/* Effects on their way out: the head of each lane that is due is marked, rendered from the newest
 * view, and handed to the loop thread. One is in flight per lane; the answer is a command. */
#include <stdlib.h>
#include <string.h>

#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "bot/engine/engine_private.h"

enum { DELIVER_MAX = 64, VIEW_LINES = 6, ANSWER_MS = 10 * 60 * 1000, GRACE_MS = 60 * 1000 };

struct delivery {
    struct engine *e;
    struct arena arena;
    struct handed { struct effect effect; struct ticket_view view; } items[DELIVER_MAX];
    size_t count;
};

static void deliver_on_loop(void *arg)
{
    struct delivery *d = arg;
    const struct engine_hooks *hooks = &d->e->options.hooks;
    for (size_t i = 0; i < d->count && hooks->deliver; i++)
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

static void prepare(struct delivery *d, const struct outbox_row *row, int64_t now_ms)
{
    struct db *db = d->e->db;
    struct handed *h = &d->items[d->count];
    struct reader reader = { db };
    if (row->state == OUTBOX_SENDING) {
        no_answer(d, row, now_ms);
        return;
    }
    store_effect_state(db, row->id, OUTBOX_SENDING, row->attempts + 1, now_ms + ANSWER_MS, NULL);
    if (row->ticket_id && view_ticket(&reader, row->ticket_id, VIEW_LINES, &d->arena, &h->view))
        return;
    h->effect = (struct effect){ .id = row->id, .ticket_id = row->ticket_id, .kind = row->kind,
        .version = h->view.version, .place = row->place, .data = row->data,
        .remote_id = store_remote_id(db, row->ticket_id, row->place, &d->arena),
        .attempts = row->attempts, .unclear = row->state == OUTBOX_UNCLEAR };
    d->count++;
}

void deliver_due(struct engine *e, int64_t now_ms)
{
    struct outbox_row rows[DELIVER_MAX];
    struct delivery *d = calloc(1, sizeof *d);
    if (!d)
        abort();
    d->e = e;
    size_t n = store_effects_due(e->db, now_ms, DELIVER_MAX, &d->arena, rows, &e->effects_ms);
    if (n)
        db_begin(e->db);
    for (size_t i = 0; i < n; i++)
        prepare(d, &rows[i], now_ms);
    if (db_error(e->db) || (n && db_commit(e->db))) {
        writer_store_failed(e, db_error(e->db));
        d->count = 0;
        e->effects_ms = now_ms + 1000;
    } else if (n && e->effects_ms > now_ms + ANSWER_MS) {
        e->effects_ms = now_ms + ANSWER_MS;
    }
    metric_add(METRIC_EFFECTS, (int64_t)d->count);
    if (d->count) {
        e->options.hooks.post(e->options.hooks.ctx, deliver_on_loop, d);
        return;
    }
    arena_clear(&d->arena);
    free(d);
}
