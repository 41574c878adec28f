/* Chores: once a week the summary of what the assistant did, once a day what nobody needs any more
 * is taken away. Looked at once a minute, between batches. */
#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/engine/engine_private.h"
#include "bot/engine/hours.h"
#include "bot/engine/report.h"
#include "bot/store/store_surface.h"

#define SECONDS INT64_C(1000000)

enum { LOOK_EVERY_S = 60, TIDY_EVERY_S = 24 * 60 * 60, WEEKLY_AGAIN_S = 10 * 60 };

void chores_init(struct engine *e)
{
    const struct config_weekly *weekly = &e->options.config->weekly;
    e->chores.weekly = (struct weekly_schedule){ .day = weekly->day, .minute = weekly->minute,
        .zone = hours_zone(weekly->zone, &e->chores.arena) };
}

/* ---- the weekly summary: counted on a reader, told by a command ---- */

struct summary {
    struct engine *e;
    struct weekly_numbers numbers;
    int64_t from_ms, to_ms;
    bool counted;
};

static void count_week(struct reader *r, void *arg)
{
    struct summary *s = arg;
    s->counted = report_read(r, s->from_ms, s->to_ms, &s->numbers) == 0;
}

/* The source id makes it one message, however often it is tried. */
static void tell_week(void *arg)
{
    struct summary *s = arg;
    struct arena a = { 0 };
    if (s->counted)
        engine_submit(s->e, &(struct command){ .kind = COMMAND_TELL, .actor = ACTOR_SYSTEM,
            .source = "clock", .category = "weekly", .number = s->to_ms, .adapter = -1,
            .source_id = arena_print(&a, "weekly:%lld", (long long)s->to_ms),
            .text = weekly_text(&s->numbers, s->e->options.config->weekly.minutes_saved, &a) });
    arena_clear(&a);
    free(s);
}

static int64_t told_ms(struct db *db)
{
    struct arena a = { 0 };
    const char *text = store_meta(db, "told_weekly", &a);
    int64_t at_ms = text ? strtoll(text, NULL, 10) : 0;
    arena_clear(&a);
    return at_ms;
}

static bool is_shown_somewhere(const struct engine *e)
{
    return *e->options.places || (e->options.surfaces && *e->options.surfaces);
}

static void weekly(struct engine *e, int64_t now_us)
{
    int64_t now_ms = clock_now_ms(), from_ms, to_ms;
    struct chores *c = &e->chores;
    if (!e->options.config->weekly.enabled || !is_shown_somewhere(e) || now_us < c->weekly_us
            || !weekly_due(&c->weekly, now_ms, c->told_ms, &from_ms, &to_ms))
        return;
    c->told_ms = told_ms(e->db);
    if (db_error(e->db)) {       /* or it would fail the next batch */
        writer_store_failed(e, db_error(e->db));
        return;
    }
    if (!weekly_due(&c->weekly, now_ms, c->told_ms, &from_ms, &to_ms))
        return;
    c->weekly_us = now_us + WEEKLY_AGAIN_S * SECONDS;
    struct summary *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    *s = (struct summary){ .e = e, .from_ms = from_ms, .to_ms = to_ms };
    if (!engine_read(e, count_week, tell_week, s))
        free(s);
}

/* ---- once a day ---- */

static void tidy(struct engine *e, int64_t now_us)
{
    struct chores *c = &e->chores;
    if (now_us < c->tidy_us || db_begin(e->db))
        return;
    bool more = store_tidy(e->db, clock_now_ms());
    if (db_error(e->db) || db_commit(e->db)) {
        log_warn("could not tidy up", "error=\"%s\"", db_error_text(e->db));
        writer_store_failed(e, db_error(e->db));
        more = false;
    }
    c->tidy_us = now_us + (more ? 1 : TIDY_EVERY_S) * SECONDS;
}

void chores_due(struct engine *e, int64_t now_us)
{
    struct chores *c = &e->chores;
    if (now_us < c->look_us || e->disk.full || atomic_load(&e->draining))
        return;
    weekly(e, now_us);
    tidy(e, now_us);
    c->look_us = now_us + LOOK_EVERY_S * SECONDS;
    if (c->tidy_us < c->look_us)
        c->look_us = c->tidy_us;
}
