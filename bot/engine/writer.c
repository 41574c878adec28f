/* The writer thread: takes all commands that wait, applies them in one transaction, commits with
 * full sync, and only then lets anybody know. Under load the batch grows by itself. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "bot/engine/engine_private.h"

enum { DUE_BATCH = 64, CHECKPOINT_PAGES = 4000, WAL_PAGES_MAX = 40000, INDEX_ROWS = 64,
       IDLE_US = 20 * 1000, INDEX_LATEST_US = 250 * 1000, CHECKPOINT_EVERY_US = 200 * 1000,
       PAUSE_US = 1000 * 1000, DUE_AGAIN_MS = 3600 * 1000 };

/* What goes to the loop thread after a commit. */
struct publication {
    struct engine *e;
    struct desk_news news;
    struct told { int adapter; uint64_t tag; struct outcome outcome; } *told;
    size_t told_count;
};

static void publish_on_loop(void *arg)
{
    struct publication *p = arg;
    const struct engine_hooks *hooks = &p->e->options.hooks;
    if (p->news.count && hooks->news)
        hooks->news(hooks->ctx, &(struct news){ p->news.items, p->news.count });
    for (size_t i = 0; i < p->told_count && hooks->outcome; i++)
        hooks->outcome(hooks->ctx, p->told[i].adapter, p->told[i].tag, &p->told[i].outcome);
    desk_news_clear(&p->news);
    free(p->told);
    free(p);
}

static void publish(struct publication *p)
{
    struct engine *e = p->e;
    for (size_t i = 0; i < p->news.thought_count; i++)
        engine_think(e, p->news.thoughts[i]);
    e->options.hooks.post(e->options.hooks.ctx, publish_on_loop, p);
}

static struct publication *publication_new(struct engine *e, size_t commands)
{
    struct publication *p = calloc(1, sizeof *p);
    if (p)
        p->told = calloc(commands ? commands : 1, sizeof *p->told);
    if (!p || !p->told)
        abort();
    p->e = e;
    return p;
}

/* ---- one batch ---- */

static bool needs_space(enum command_kind kind)
{
    switch (kind) {
    case COMMAND_SAY: case COMMAND_NEW_TICKET: case COMMAND_REPLY: case COMMAND_NOTE:
    case COMMAND_SESSION_OPEN: case COMMAND_KB_PUT: case COMMAND_SEND_DRAFT: case COMMAND_WHO:
    case COMMAND_ATTRS: return true;
    default: return false;
    }
}

static void tell(struct publication *p, const struct command *c, const struct outcome *o)
{
    if (c->adapter < 0)
        return;
    struct told *told = &p->told[p->told_count++];
    *told = (struct told){ c->adapter, c->tag, *o };
}

static void refuse_for_space(const struct command *c, struct outcome *o)
{
    *o = (struct outcome){ .kind = c->kind, .result = RESULT_NO_SPACE, .retry_ms = 5000,
        .text = "The disk of the desk is full; nothing was stored. Try again later." };
}

static void apply_batch(struct engine *e, struct queue_node *first, struct publication *p)
{
    struct outcome outcome;
    for (struct queue_node *node = first; node; node = node->next) {
        const struct command *c = &((struct submitted *)(void *)node)->command;
        if (e->disk.full && needs_space(c->kind))
            refuse_for_space(c, &outcome);
        else
            desk_apply(&e->desk, c, &outcome);
        tell(p, c, &outcome);
    }
}

static void due_step(struct engine *e, const struct due_row *due, int64_t now_ms)
{
    struct command tick = { .kind = COMMAND_TICK, .actor = ACTOR_SYSTEM, .at_ms = now_ms,
        .source = "clock", .ticket_id = due->ticket_id, .number = due->kind, .adapter = -1 };
    struct outcome outcome;
    desk_apply(&e->desk, &tick, &outcome);
    if (db_error(e->db))
        return;
    if (result_is_ok(outcome.result)
            && store_due_at(e->db, due->ticket_id, due->kind) != due->at_ms)
        return;
    log_warn("due step leads nowhere", "ticket=%lld kind=%d result=%s again_in=1h",
             (long long)due->ticket_id, due->kind, result_word(outcome.result));
    store_due(e->db, due->ticket_id, due->kind, now_ms + DUE_AGAIN_MS);
}

/* What falls due waits while the disk is full: nobody asks for it now, and it needs room. */
static void apply_due(struct engine *e, int64_t now_ms)
{
    struct due_row due[DUE_BATCH];
    if (e->due_ms > now_ms)
        return;
    if (e->disk.full) {
        e->due_ms = now_ms + PAUSE_US / 1000;
        return;
    }
    size_t n = store_due_list(e->db, now_ms, DUE_BATCH, due);
    for (size_t i = 0; i < n && !db_error(e->db); i++)
        due_step(e, &due[i], now_ms);
    e->due_ms = store_due_next_ms(e->db);
}

/* ---- when the store fails ---- */

/* After a failed sync the pages on disk are unknown: the only safe way on is a fresh start. */
static void give_up_on(int error)
{
    if (db_error_is_full(error) || (error & 0xff) != SQLITE_IOERR)
        return;
    log_error("cannot write the desk", "code=%d action=\"exit and be restarted\"", error);
    _exit(EXIT_IO);
}

void writer_store_failed(struct engine *e, int error)
{
    db_rollback(e->db);
    give_up_on(error);
    if (!db_error_is_full(error))
        return;
    disk_was_full(&e->disk);
    if (db_checkpoint(e->db, true))      /* into the room that the ballast gave up */
        give_up_on(db_error(e->db));
    db_clear_error(e->db);
}

/* How a delivery or a thought ended is known to nobody else: it is applied when the store works again. */
static bool must_be_kept(const struct command *c)
{
    return c->kind == COMMAND_DELIVERED || c->kind == COMMAND_NOT_DELIVERED
        || c->kind == COMMAND_AI_DECIDED;
}

static void batch_failed(struct engine *e, struct queue_node *first, struct publication *p,
                         int error)
{
    struct outcome o = { .retry_ms = 2000,
                         .result = db_error_is_full(error) ? RESULT_NO_SPACE : RESULT_FAILED,
                         .text = "Nothing was stored. Try again later." };
    writer_store_failed(e, error);
    p->told_count = 0;
    for (; first; first = first->next) {
        const struct command *c = &((struct submitted *)(void *)first)->command;
        o.kind = c->kind;
        if (!must_be_kept(c))
            tell(p, c, &o);
    }
    e->again_us = clock_steady_us() + PAUSE_US;
    e->due_ms = e->effects_ms = clock_now_ms() + PAUSE_US / 1000;
}

/* ---- one turn ---- */

/* Frees the commands of a batch; of a failed one, those that must be kept wait to be applied again. */
static void end_batch(struct engine *e, struct queue_node *first, bool failed)
{
    struct queue_node **last = &e->again;
    int count = 0;
    while (*last)
        last = &(*last)->next;
    while (first) {
        struct submitted *s = (struct submitted *)(void *)first;
        struct arena arena = s->arena;
        first = first->next;
        if (failed && must_be_kept(&s->command)) {
            s->node.next = NULL;
            *last = &s->node;
            last = &s->node.next;
            continue;
        }
        arena_clear(&arena);     /* the node itself lives in it */
        count++;
    }
    atomic_fetch_add(&e->applied, count);
}

/* Puts what waits from a failed batch before the new commands. */
static struct queue_node *with_kept(struct engine *e, struct queue_node *first, int *count)
{
    if (!e->again || clock_steady_us() < e->again_us)
        return first;
    struct queue_node *kept = e->again, *last = kept;
    for (*count += 1; last->next; last = last->next)
        ++*count;
    last->next = first;
    e->again = NULL;
    return kept;
}

/* In the transaction of what made them: one sync for both. While the disk is full they have one of
 * their own, in the next turn, so that no command fails for them. Where nobody delivers (any more)
 * they stay as they are: what was never tried need not be looked for after the next start. */
static struct delivery *mark_effects(struct engine *e, const struct publication *p, int count)
{
    int64_t now_ms = clock_now_ms();
    if (p->news.effects)
        e->effects_ms = 0;
    if (!e->options.hooks.deliver || atomic_load(&e->draining))
        e->effects_ms = INT64_MAX;
    if (e->effects_ms > now_ms || (e->disk.full && count) || db_error(e->db))
        return NULL;
    return deliver_mark(e, now_ms);
}

static void turn(struct engine *e, struct queue_node *first, int count)
{
    int64_t now_ms = clock_now_ms(), start_us = clock_steady_us();
    if (!count && e->due_ms > now_ms && e->effects_ms > now_ms)
        return;
    struct publication *p = publication_new(e, (size_t)count);
    struct delivery *d = NULL;
    disk_is_full(&e->disk, start_us);
    if (desk_begin(&e->desk, &p->news) == 0) {
        apply_batch(e, first, p);
        apply_due(e, now_ms);
        d = mark_effects(e, p, count);
    }
    int error;
    bool failed = desk_commit(&e->desk, &error) != 0;
    if (failed)
        batch_failed(e, first, p, error);
    metric_add(METRIC_COMMITS, 1);
    metric_observe_us(METRIC_COMMIT_US, clock_steady_us() - start_us);
    e->index_waits = true;
    publish(p);
    if (d)
        deliver_send(d, !failed);
    end_batch(e, first, failed);
}

/* ---- between batches ---- */

static void index_texts(struct engine *e)
{
    int error;
    struct desk_news news = { 0 };
    e->indexed_us = clock_steady_us();
    e->index_waits = false;
    if (e->disk.full)
        return;
    if (desk_begin(&e->desk, &news) == 0)
        e->index_waits = store_index_some(e->db, INDEX_ROWS) == INDEX_ROWS;
    if (desk_commit(&e->desk, &error)) {
        writer_store_failed(e, error);
        e->index_waits = false;  /* with the next command, not at once */
    }
    desk_news_clear(&news);
}

static void checkpoint(struct engine *e, int64_t now_us)
{
    int pages = db_wal_pages(e->db);
    if (pages <= CHECKPOINT_PAGES || now_us - e->checkpoint_us < CHECKPOINT_EVERY_US)
        return;
    e->checkpoint_us = now_us;
    if (db_checkpoint(e->db, pages > WAL_PAGES_MAX) && db_error(e->db))
        writer_store_failed(e, db_error(e->db));
}

static void recall(struct engine *e, int64_t now_us)
{
    if (queue_count(&e->thoughts) || now_us - e->recalled_us < PAUSE_US
            || atomic_load(&e->draining) || !atomic_exchange(&e->thoughts_left, false))
        return;
    e->recalled_us = now_us;
    engine_recall_thoughts(e);
    if (db_error(e->db))
        writer_store_failed(e, db_error(e->db));
}

static bool index_is_wanted(const struct engine *e, int64_t now_us)
{
    return e->index_waits && (now_us - e->commands_us > IDLE_US
                              || now_us - e->indexed_us > INDEX_LATEST_US);
}

static int64_t wait_ms(const struct engine *e)
{
    int64_t now_ms = clock_now_ms(), wait = 1000;
    if (e->index_waits)
        wait = IDLE_US / 1000 + 1;
    if (e->due_ms - now_ms < wait)
        wait = e->due_ms - now_ms;
    if (e->effects_ms - now_ms < wait)
        wait = e->effects_ms - now_ms;
    return wait < 1 ? 1 : wait;
}

void *writer_run(void *engine)
{
    struct engine *e = engine;
    struct queue_node *first = NULL;
    int count;
    while ((count = queue_take(&e->commands, BATCH_MAX, wait_ms(e), &first)) >= 0) {
        int64_t now_us = clock_steady_us();
        atomic_store(&e->alive_us, now_us);
        if (count)
            e->commands_us = now_us;
        first = with_kept(e, count ? first : NULL, &count);
        turn(e, first, count);
        checkpoint(e, now_us);
        recall(e, now_us);
        chores_due(e, now_us);
        if (index_is_wanted(e, now_us))
            index_texts(e);
        atomic_store(&e->disk_full, disk_is_full(&e->disk, now_us));
    }
    first = e->again;
    e->again = NULL;
    end_batch(e, first, false);
    return NULL;
}
