/* engine_test.c - the threaded engine through its door: order, group commit, full queues, repeats,
 * audit, restarts, and a second, trivial surface whose deliveries fail, stall and stay silent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "bot/base/metric.h"
#include "bot/engine/backup.h"
#include "bot/engine/disk.h"
#include "bot/store/store.h"
#include "tests/unit/engine_rig.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- commands in, outcomes and news out ---- */

static void news_come_before_outcomes_in_order(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct outcome first = rig_say(r, NULL, "cid-00000000", "The printer is dead.");
    (void)unused;
    assert_int_equal(first.result, RESULT_OK);
    assert_int_equal(first.seq, 1);
    uint64_t before = r->tag;
    for (int i = 1; i <= 200; i++) {
        char cid[32];
        snprintf(cid, sizeof cid, "cid-%08d", i);
        assert_true(engine_submit(r->e, &(struct command){ .kind = COMMAND_SAY, .tag = ++r->tag,
            .actor = ACTOR_CONTACT, .actor_id = r->contact_id, .conv = first.conv, .cid = cid,
            .text = "and another line" }));
    }
    size_t told = r->told_count;
    RIG_UNTIL(r, r->told_count == told + 200);
    for (size_t i = told; i < r->told_count; i++) {
        assert_int_equal(r->told[i].tag, before + 1 + (i - told));
        assert_int_equal(r->told[i].outcome.result, RESULT_OK);
        if (i > told)
            assert_true(r->told[i].outcome.seq > r->told[i - 1].outcome.seq);
        assert_true(r->told[i].news_before > i - told);
    }
    assert_int_equal(r->customer_lines, 201);
    assert_int_equal(r->last_seq, r->told[r->told_count - 1].outcome.seq);
    rig_close(r);
}

/* Holds the write lock, so that commands pile up before the writer. */
static sqlite3 *hold_writer(struct rig *r)
{
    sqlite3 *db = rig_sql(r);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    return db;
}

static void let_go(sqlite3 *db)
{
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(db);
}

static bool queue_say(struct rig *r, const char *conv, int n)
{
    char cid[32];
    snprintf(cid, sizeof cid, "cid-%08d", n);
    return engine_submit(r->e, &(struct command){ .kind = COMMAND_SAY, .tag = ++r->tag,
        .actor = ACTOR_CONTACT, .actor_id = r->contact_id, .conv = conv, .cid = cid,
        .text = "line" });
}

static void many_commands_share_few_commits(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    (void)unused;
    sqlite3 *held = hold_writer(r);
    int64_t commits = metric_value(METRIC_COMMITS);
    size_t told = r->told_count;
    for (int i = 0; i < 400; i++)
        assert_true(queue_say(r, first.conv, i));
    let_go(held);
    RIG_UNTIL(r, r->told_count == told + 400);
    assert_in_range(metric_value(METRIC_COMMITS) - commits, 1, 8);
    rig_close(r);
}

static void a_full_queue_refuses_and_forgets_nothing(void **unused)
{
    struct rig *r = rig_open("limits: { command_queue: 16; };", rig_no_places);
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    (void)unused;
    sqlite3 *held = hold_writer(r);
    size_t told = r->told_count;
    int taken = 0;
    for (int i = 0; i < 600; i++)
        taken += queue_say(r, first.conv, i);
    assert_in_range(taken, 16, 40);
    let_go(held);
    RIG_UNTIL(r, r->told_count == told + (size_t)taken);
    engine_flush(r->e);          /* refused commands are not waited for */
    assert_int_equal(rig_int(r, "SELECT count(*) FROM entry WHERE cid LIKE 'cid-0%'"), taken);
    rig_close(r);
}

static void the_same_input_twice_is_one_change(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct outcome first = rig_say(r, NULL, "cid-00000001", "Hello"), again;
    (void)unused;
    again = rig_say(r, first.conv, "cid-00000001", "Hello");
    assert_int_equal(again.result, RESULT_REPEATED);
    assert_int_equal(again.seq, first.seq);
    assert_string_equal(again.conv, first.conv);
    assert_int_equal(rig_say(r, NULL, "cid-00000001", "Hello").result, RESULT_REPEATED);
    assert_int_equal(rig_say(r, first.conv, "cid-00000001", "Other").result, RESULT_CONFLICT);

    struct command note = { .kind = COMMAND_NOTE, .actor = ACTOR_TECHNICIAN, .source_id = "n1",
        .actor_id = r->technician_id, .ticket_id = first.ticket_id, .text = "looked at it" };
    struct outcome made = rig_do(r, &note);
    assert_int_equal(made.result, RESULT_OK);
    again = rig_do(r, &note);
    assert_int_equal(again.result, RESULT_REPEATED);
    assert_int_equal(again.id, made.id);
    note.text = "something else";
    assert_int_equal(rig_do(r, &note).result, RESULT_CONFLICT);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM event WHERE kind = 'note'"), 1);
    /* A refusal is remembered too: the state has changed since, the answer has not. */
    struct command release = { .kind = COMMAND_RELEASE, .actor = ACTOR_TECHNICIAN,
        .source_id = "r1", .actor_id = r->technician_id, .ticket_id = first.ticket_id };
    assert_int_equal(rig_do(r, &release).result, RESULT_REFUSED);
    assert_int_equal(rig_technician(r, COMMAND_CLAIM, first.ticket_id, NULL).result, RESULT_OK);
    assert_int_equal(rig_do(r, &release).result, RESULT_REFUSED);
    rig_close(r);
}

static void a_poisoned_command_harms_no_other(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    (void)unused;
    sqlite3 *held = hold_writer(r);
    size_t told = r->told_count;
    queue_say(r, first.conv, 1);
    engine_submit(r->e, &(struct command){ .kind = COMMAND_ATTRS, .tag = ++r->tag,
        .actor = ACTOR_CONTACT, .actor_id = r->contact_id, .text = "{not json" });
    engine_submit(r->e, &(struct command){ .kind = COMMAND_SAY, .tag = ++r->tag,
        .actor = ACTOR_CONTACT, .actor_id = 4711, .cid = "cid-nobody", .text = "who am I" });
    queue_say(r, first.conv, 2);
    let_go(held);
    RIG_UNTIL(r, r->told_count == told + 4);
    assert_int_equal(r->told[told].outcome.result, RESULT_OK);
    assert_int_equal(r->told[told + 1].outcome.result, RESULT_FAILED);
    assert_int_equal(r->told[told + 2].outcome.result, RESULT_REFUSED);
    assert_int_equal(r->told[told + 3].outcome.result, RESULT_OK);
    /* A ticket that was rolled back leaves its number to the next one. */
    struct outcome next = rig_say(r, NULL, "cid-next-00", "Another thing");
    assert_int_equal(next.ticket_id, first.ticket_id + 1);
    rig_close(r);
}

static void attributes_do_not_grow_without_end(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct command c = { .kind = COMMAND_ATTRS, .actor = ACTOR_CONTACT, .actor_id = r->contact_id };
    char text[1200];
    int taken = 0;
    (void)unused;
    for (int i = 0; i < 40; i++) {
        snprintf(text, sizeof text, "{\"key%d\":\"%01000d\"}", i, i);
        c.text = text;
        enum result result = rig_do(r, &c).result;
        assert_true(result == RESULT_OK || result == RESULT_BAD);
        taken += result == RESULT_OK;
    }
    assert_in_range(taken, 10, 17);
    c.text = "{\"key0\":\"short\"}";          /* what makes it shorter is welcome */
    assert_int_equal(rig_do(r, &c).result, RESULT_OK);
    assert_in_range(rig_int(r, "SELECT length(attrs) FROM contact"), 10000, 16384);
    rig_close(r);
}

/* ---- reading ---- */

struct look { int64_t tickets; int done; struct rig *r; };

static void count_tickets(struct reader *reader, void *arg)
{
    struct look *look = arg;
    struct arena a = { 0 };
    struct list_page page;
    assert_int_equal(view_list(reader, &(struct list_query){ .view = LIST_ALL, .limit = 50 }, &a,
                               &page), 0);
    look->tickets = (int64_t)page.count;
    arena_clear(&a);
}

static void looked(void *arg)
{
    ((struct look *)arg)->done++;
}

static void reads_see_what_was_committed(void **unused)
{
    struct rig *r = rig_open("limits: { read_queue: 16; };", rig_no_places);
    struct look look = { .r = r };
    (void)unused;
    rig_say(r, NULL, "cid-00000001", "One");
    rig_say(r, NULL, "cid-00000002", "Two");
    assert_true(engine_read(r->e, count_tickets, looked, &look));
    RIG_UNTIL(r, look.done == 1);
    assert_int_equal(look.tickets, 2);
    int taken = 0;
    look.done = 0;
    for (int i = 0; i < 200; i++)
        taken += engine_read(r->e, count_tickets, looked, &look);
    rig_stop(r);                 /* done is called for every job, also when the engine closes */
    assert_int_equal(look.done, taken);
    rig_close(r);
}

/* ---- starting and stopping ---- */

static void a_folder_has_one_engine(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    char *error = NULL;
    (void)unused;
    assert_null(rig_try(r, rig_no_places, &error));
    assert_non_null(strstr(error, "another Deskhand runs on this folder"));
    free(error);
    assert_int_equal(rig_say(r, NULL, "cid-00000001", "still works").result, RESULT_OK);
    rig_close(r);
}

static void a_newer_desk_is_refused(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    char *error = NULL;
    (void)unused;
    rig_stop(r);
    rig_exec(r, "PRAGMA user_version = 4711");
    assert_null(rig_try(r, rig_no_places, &error));
    assert_non_null(strstr(error, "newer Deskhand"));
    free(error);
    rig_close(r);
}

static void stopping_finishes_what_is_queued(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    (void)unused;
    size_t told = r->told_count;
    sqlite3 *held = hold_writer(r);
    for (int i = 0; i < 300; i++)
        assert_true(queue_say(r, first.conv, i));
    let_go(held);
    engine_stop(r->e);
    assert_false(queue_say(r, first.conv, 1000));
    assert_false(engine_read(r->e, count_tickets, looked, NULL));
    while (rig_turn(r, 0))
        ;
    assert_int_equal(r->told_count, told + 300);
    for (size_t i = told; i < r->told_count; i++)
        assert_int_equal(r->told[i].outcome.result, RESULT_OK);
    rig_close(r);
}

static void a_flush_waits_for_all_before(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    (void)unused;
    for (int i = 0; i < 100; i++)
        assert_true(queue_say(r, first.conv, i));
    engine_flush(r->e);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM entry WHERE cid IS NOT NULL"), 101);
    rig_close(r);
}

static void an_interrupted_thought_is_thought_again(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    (void)unused;
    int64_t client = rig_client(r, "globex", TRIAGE_LIVE);
    r->contact_id = rig_contact(r, client);
    struct outcome said = rig_say(r, NULL, "cid-00000001", "My printer prints nothing.");
    RIG_UNTIL(r, r->assistant_lines == 1);
    rig_stop(r);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM outbox WHERE kind = 3"), 0);
    char sql[300];
    snprintf(sql, sizeof sql, "INSERT INTO outbox(kind, place, lane, ticket_id, version, state,"
             " due_ms, created_ms) SELECT 3, 'triage', 'triage', id, head, 0, 0, 0 FROM ticket"
             " WHERE id = %lld AND handler = 1", (long long)said.ticket_id);
    rig_exec(r, sql);
    rig_start(r, rig_no_places);
    RIG_UNTIL(r, r->assistant_lines == 2);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM outbox WHERE kind = 3"), 0);
    rig_close(r);
}

static void a_decision_that_cannot_be_stored_goes_to_people(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    (void)unused;
    r->contact_id = rig_contact(r, rig_client(r, "globex", TRIAGE_LIVE));
    struct outcome said = rig_say(r, NULL, "cid-00000001", "My printer prints nothing.");
    RIG_UNTIL(r, r->assistant_lines == 1);
    rig_exec(r, "INSERT INTO outbox(id, kind, place, lane, ticket_id, version, state, due_ms,"
                " created_ms) SELECT 900, 3, 'triage', 'triage', id, head, 0, 0, 0 FROM ticket");
    struct triage_decision decision = { .action = TRIAGE_ANSWER, .say = "It is in the manual.",
        .lang = "en", .sentiment = 50, .cite_count = 1,
        .cites = { { .article_id = 4711, .title = "No such article", .quote = "none" } } };
    struct outcome o = rig_do(r, &(struct command){ .kind = COMMAND_AI_DECIDED, .number = 900,
        .actor = ACTOR_ASSISTANT, .ticket_id = said.ticket_id, .decision = &decision });
    assert_int_equal(o.result, RESULT_REFUSED);
    assert_int_equal(r->assistant_lines, 1);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM outbox WHERE kind = 3"), 0);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM ticket WHERE handler = 0 AND needs_review"
                                " AND reason > 0"), 1);
    rig_close(r);
}

/* ---- the audit chain ---- */

static int64_t first_bad_row(const char *dir)
{
    struct audit_report report;
    char *error = NULL;
    assert_int_equal(audit_verify(dir, &report, &error), 0);
    return report.bad_id;
}

static void every_tampering_with_the_audit_shows(void **unused)
{
    static const struct { const char *what, *sql; int64_t bad; } rows[] = {
        { "a time", "UPDATE audit SET ts_ms = ts_ms + 1 WHERE id = 3", 3 },
        { "a command", "UPDATE audit SET command = command + 1 WHERE id = 4", 4 },
        { "a source", "UPDATE audit SET source = 'tesu' WHERE id = 2", 2 },
        { "a longer source", "UPDATE audit SET source = source || char(0) || 'x' WHERE id = 2", 2 },
        { "an actor", "UPDATE audit SET actor = 2 WHERE id = 1", 1 },
        { "an actor's id", "UPDATE audit SET actor_id = 9 WHERE id = 5", 5 },
        { "a ticket", "UPDATE audit SET ticket_id = 77 WHERE id = 6", 6 },
        { "a version", "UPDATE audit SET version = version + 1 WHERE id = 6", 6 },
        { "a result", "UPDATE audit SET result = 4 WHERE id = 6", 6 },
        { "a digest", "UPDATE audit SET digest = zeroblob(32) WHERE id = 3", 3 },
        { "a short digest", "UPDATE audit SET digest = x'00' WHERE id = 3", 3 },
        { "a hash", "UPDATE audit SET hash = zeroblob(32) WHERE id = 5", 5 },
        { "a missing hash", "UPDATE audit SET hash = x'' WHERE id = 5", 5 },
        { "a row taken out", "DELETE FROM audit WHERE id = 4", 4 },
        { "the first row taken out", "DELETE FROM audit WHERE id = 1", 1 },
        { "a row put in", "INSERT INTO audit SELECT 9, ts_ms, command, source, actor, actor_id,"
          " ticket_id, version, result, digest, hash FROM audit WHERE id = 8", 9 },
    };
    struct rig *r = rig_open("", rig_no_places);
    (void)unused;
    for (int i = 0; i < 5; i++) {
        char cid[32];
        snprintf(cid, sizeof cid, "cid-%08d", i);
        rig_say(r, NULL, cid, "Hello");
    }
    assert_int_equal(rig_int(r, "SELECT count(*) FROM audit"), 8);
    rig_stop(r);
    assert_int_equal(first_bad_row(r->dir), 0);
    rig_exec(r, "DROP TRIGGER audit_keeps; DROP TRIGGER audit_stays;"
                "CREATE TABLE kept AS SELECT * FROM audit;");
    for (size_t i = 0; i < COUNT(rows); i++) {
        rig_exec(r, rows[i].sql);
        if (first_bad_row(r->dir) != rows[i].bad)
            fail_msg("%s: names row %lld", rows[i].what, (long long)first_bad_row(r->dir));
        rig_exec(r, "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept");
        assert_int_equal(first_bad_row(r->dir), 0);
    }
    rig_close(r);
}

/* ---- a second surface ---- */

static size_t shown_at(const struct rig *r, int place)
{
    size_t n = 0;
    for (size_t i = 0; i < r->shown_count; i++)
        n += r->shown[i].place == place;
    return n;
}

static int64_t waiting(const struct rig *r)
{
    return rig_int(r, "SELECT count(*) FROM outbox WHERE state < 3");
}

static void each_lane_is_delivered_in_order(void **unused)
{
    struct rig *r = rig_open("", rig_places);
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    int64_t last[2] = { 0 };
    (void)unused;
    for (int i = 0; i < 40; i++)
        assert_true(queue_say(r, first.conv, i));
    RIG_UNTIL(r, r->customer_lines == 41 && !waiting(r));
    for (size_t i = 0; i < r->shown_count; i++) {
        assert_true(r->shown[i].kind == EFFECT_CARD || r->shown[i].id > last[r->shown[i].place]);
        if (r->shown[i].kind != EFFECT_CARD)
            last[r->shown[i].place] = r->shown[i].id;
    }
    int64_t version = rig_int(r, "SELECT version FROM ticket");
    assert_int_equal(rig_int(r, "SELECT min(version) FROM remote"), version);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM remote"), 2);
    rig_close(r);
}

static void a_silent_lane_has_one_in_flight_and_delays_no_other(void **unused)
{
    struct rig *r = rig_open("", rig_places);
    (void)unused;
    r->answers[0] = RIG_SILENT;
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    for (int i = 0; i < 20; i++)
        assert_true(queue_say(r, first.conv, i));
    RIG_UNTIL(r, r->customer_lines == 21
              && !rig_int(r, "SELECT count(*) FROM outbox WHERE lane = 'null:b'"));
    assert_int_equal(shown_at(r, 0), 1);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM outbox WHERE state = 1"), 1);
    /* The answer comes after all: the lane moves on, one by one, to its end. */
    r->answers[0] = RIG_DELIVERS;
    for (size_t i = 0; i < r->shown_count; i++)
        if (r->shown[i].place == 0) {
            rig_answer(r, &r->shown[i], RIG_DELIVERS);
            break;
        }
    RIG_UNTIL(r, !waiting(r));
    rig_close(r);
}

static void an_adapter_that_never_answers_is_found_out(void **unused)
{
    struct rig *r = rig_open("", rig_places);
    (void)unused;
    r->answers[0] = RIG_SILENT;
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    RIG_UNTIL(r, shown_at(r, 0) == 1 && rig_int(r, "SELECT count(*) FROM outbox WHERE state = 1"));
    r->answers[0] = RIG_DELIVERS;
    rig_exec(r, "UPDATE outbox SET due_ms = 1 WHERE state = 1");     /* ten minutes later */
    rig_say(r, first.conv, "cid-later-0", "Anybody?");
    RIG_UNTIL(r, !waiting(r));
    assert_true(r->shown[0].id == r->shown[1].id || shown_at(r, 0) > 1);
    int unclear = 0;
    for (size_t i = 0; i < r->shown_count; i++)
        unclear += r->shown[i].unclear && r->shown[i].place == 0;
    assert_int_equal(unclear, 1);
    rig_close(r);
}

static void a_failed_delivery_is_tried_again_and_a_crash_makes_it_unclear(void **unused)
{
    struct rig *r = rig_open("", rig_places);
    (void)unused;
    r->answers[0] = RIG_FAILS;
    r->answers[1] = RIG_SILENT;
    rig_say(r, NULL, "cid-first-0", "Hello");
    RIG_UNTIL(r, shown_at(r, 0) == 1 && shown_at(r, 1) == 1);
    r->answers[0] = RIG_DELIVERS;
    RIG_UNTIL(r, !rig_int(r, "SELECT count(*) FROM outbox WHERE lane = 'null:a'"));
    size_t tries = 0;
    for (size_t i = 0; i < r->shown_count; i++)
        tries += r->shown[i].place == 0 && r->shown[i].attempts == 1;
    assert_int_equal(tries, 1);
    rig_stop(r);                 /* place b never answered */
    r->answers[1] = RIG_DELIVERS;
    size_t before = r->shown_count;
    rig_start(r, rig_places);
    RIG_UNTIL(r, !waiting(r));
    assert_true(r->shown[before].unclear);
    assert_int_equal(r->shown[before].attempts, 1);
    for (size_t i = before + 1; i < r->shown_count; i++)
        assert_false(r->shown[i].unclear);
    rig_close(r);
}

static struct outcome on_effect(struct rig *r, enum command_kind kind, int64_t id)
{
    return rig_do(r, &(struct command){ .kind = kind, .actor = ACTOR_TECHNICIAN,
                                        .actor_id = r->technician_id, .number = id });
}

static void dead_letters_are_seen_retried_and_dropped(void **unused)
{
    struct rig *r = rig_open("", rig_places);
    struct engine_health health;
    (void)unused;
    r->answers[0] = RIG_REFUSES;
    struct outcome said = rig_say(r, NULL, "cid-first-0", "Hello");
    RIG_UNTIL(r, !waiting(r));
    int64_t dead = rig_int(r, "SELECT count(*) FROM outbox WHERE state = 3");
    assert_true(dead >= 2);
    engine_health(r->e, &health);
    assert_int_equal(health.waiting_effects, dead);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM event WHERE kind = 'undelivered'"), dead);
    int64_t card = rig_int(r, "SELECT id FROM outbox WHERE kind = 0");
    int64_t line = rig_int(r, "SELECT id FROM outbox WHERE kind = 1");
    r->answers[0] = RIG_DELIVERS;
    assert_int_equal(on_effect(r, COMMAND_RETRY_EFFECT, card).result, RESULT_OK);
    assert_int_equal(on_effect(r, COMMAND_DROP_EFFECT, line).result, RESULT_OK);
    assert_int_equal(on_effect(r, COMMAND_DROP_EFFECT, line).result, RESULT_NOT_FOUND);
    RIG_UNTIL(r, !waiting(r));
    assert_int_equal(rig_int(r, "SELECT count(*) FROM outbox"), dead - 2);
    assert_int_equal(rig_int(r, "SELECT version FROM remote WHERE place = 'null:a'"),
                     rig_int(r, "SELECT version FROM ticket"));
    /* A late second answer changes nothing. */
    rig_answer(r, &(struct rig_shown){ .id = line }, RIG_FAILS);
    rig_answer(r, &(struct rig_shown){ .id = card }, RIG_DELIVERS);
    engine_flush(r->e);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM outbox"), dead - 2);
    assert_int_equal(said.result, RESULT_OK);
    rig_close(r);
}

static void a_dead_place_with_many_rows_costs_a_commit_nothing(void **unused)
{
    struct rig *r = rig_open("", rig_places);
    (void)unused;
    r->answers[0] = RIG_SILENT;
    struct outcome said = rig_say(r, NULL, "cid-first-0", "Hello");
    RIG_UNTIL(r, shown_at(r, 0) == 1);
    char sql[300];
    snprintf(sql, sizeof sql, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
             " i < 10000) INSERT INTO outbox(kind, place, lane, ticket_id, version, data, state,"
             " due_ms, created_ms) SELECT 1, 'null:a', 'null:a', %lld, 1, '{}', 0, 0, 0 FROM n",
             (long long)said.ticket_id);
    rig_exec(r, sql);
    assert_int_equal(rig_say(r, said.conv, "cid-later-0", "line").result, RESULT_OK);
    /* What each commit does then, in processor time: that of the disk is not ours. */
    char path[128], *error = NULL;
    snprintf(path, sizeof path, "%s/desk.db", r->dir);
    struct db *db = db_open_reader(path, &error);
    assert_non_null(db);
    struct outbox_row rows[64];
    int64_t next_ms;
    clock_t start = clock();
    for (int i = 0; i < 200; i++) {
        struct arena a = { 0 };
        assert_int_equal(store_effects_due(db, 1, 64, &a, rows, &next_ms), 0);
        assert_false(store_card_waits(db, said.ticket_id + 1, "null:a"));
        arena_clear(&a);
    }
    double each_us = (double)(clock() - start) * 1e6 / CLOCKS_PER_SEC / 200;
    if (each_us > 2000)
        fail_msg("with 10,000 waiting rows a look takes %.0f us", each_us);
    db_close(db);
    rig_close(r);
}

/* ---- backup and restore ---- */

static void a_backup_under_load_is_restored_with_its_effects_held(void **unused)
{
    struct rig *r = rig_open("", rig_places);
    char copy[128], folder[64] = "/tmp/deskhand-restored-XXXXXX", path[128], *error = NULL;
    (void)unused;
    r->answers[0] = RIG_SILENT;
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    for (int i = 0; i < 1000; i++)
        assert_true(queue_say(r, first.conv, i));
    snprintf(copy, sizeof copy, "%s/copy.db", r->dir);
    assert_int_equal(backup_to(r->dir, copy, &error), 0);
    assert_int_equal(backup_to(r->dir, copy, &error), -1);
    assert_non_null(strstr(error, "already there"));
    free(error);
    RIG_UNTIL(r, r->customer_lines == 1001);

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/desk.db", folder);
    assert_int_equal(rename(copy, path), 0);
    struct rig *restored = rig_new("", folder);
    rig_start(restored, rig_places);
    assert_int_equal(first_bad_row(folder), 0);
    assert_int_equal(rig_int(restored, "SELECT count(*) FROM entry"),
                     rig_int(restored, "SELECT head FROM ticket"));
    int64_t held = rig_int(restored, "SELECT count(*) FROM outbox WHERE state = 4");
    assert_true(held > 0);
    assert_int_equal(waiting(restored), 0);
    assert_int_equal(rig_say(restored, NULL, "cid-new-000", "After the restore").result, RESULT_OK);
    RIG_UNTIL(restored, !waiting(restored));
    for (size_t i = 0; i < restored->shown_count; i++)
        assert_int_not_equal(restored->shown[i].ticket_id, first.ticket_id);
    int64_t one = rig_int(restored, "SELECT min(id) FROM outbox WHERE state = 4");
    assert_int_equal(on_effect(restored, COMMAND_RETRY_EFFECT, one).result, RESULT_OK);
    RIG_UNTIL(restored, rig_int(restored, "SELECT count(*) FROM outbox") == held - 1);
    rig_close(restored);

    rig_stop(r);                 /* and when nothing runs */
    assert_int_equal(backup_to(r->dir, copy, &error), 0);
    rig_close(r);
}

static void a_backup_that_cannot_be_written_says_so(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    char *error = NULL;
    (void)unused;
    assert_int_equal(backup_to(r->dir, "/proc/no-such-folder/copy.db", &error), -1);
    assert_non_null(error);
    free(error);
    error = NULL;
    assert_int_equal(backup_to("/proc/no-such-desk", "/tmp/never.db", &error), -1);
    assert_non_null(error);
    free(error);
    assert_int_equal(rig_say(r, NULL, "cid-00000001", "still works").result, RESULT_OK);
    rig_close(r);
}

static void the_ballast_is_never_laid_through_a_link(void **unused)
{
    (void)unused;
    char folder[] = "/tmp/deskhand-disk-XXXXXX", other[64], ballast[64];
    struct disk d;
    struct stat s;
    assert_non_null(mkdtemp(folder));
    snprintf(other, sizeof other, "%s/other", folder);
    snprintf(ballast, sizeof ballast, "%s/ballast", folder);
    FILE *file = fopen(other, "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(symlink(other, ballast), 0);
    disk_init(&d, folder, 0, 4096);
    assert_int_equal(stat(other, &s), 0);
    assert_int_equal(s.st_size, 0);
    disk_init(&d, folder, 0, 4096);       /* the link is gone: now there is a file of our own */
    assert_int_equal(lstat(ballast, &s), 0);
    assert_true(S_ISREG(s.st_mode) && s.st_size == 4096);
    unlink(other);
    unlink(ballast);
    rmdir(folder);
}

static void bad_names_and_addresses_stop_at_the_desk_itself(void **unused)
{
    (void)unused;
    char longer[300];
    memset(longer, 'x', sizeof longer);
    memcpy(longer + sizeof longer - 5, "@y.z", 5);
    const struct client_change client = { .key = "acme", .name = "A\nB", .active = -1,
                                          .messenger = -1, .triage = -1, .reminders = -1, .vip = -1 };
    const struct kb_article_change article = { .path = "", .title = "T", .lang = "en", .text = "x" };
    const struct command rows[] = {
        { .kind = COMMAND_CLIENT_SAVE, .client = &client },
        { .kind = COMMAND_TEAM_SAVE, .name = "  " },
        { .kind = COMMAND_TEAM_SAVE, .name = longer },
        { .kind = COMMAND_TECHNICIAN_SAVE, .email = "a@x.example", .name = "A\xc2\x85" },
        { .kind = COMMAND_TECHNICIAN_SAVE, .email = "a@x.example\r\nBcc: b@x.example", .name = "A" },
        { .kind = COMMAND_TECHNICIAN_SAVE, .email = "a b@x.example", .name = "A" },
        { .kind = COMMAND_TECHNICIAN_SAVE, .email = "a@b@x.example", .name = "A" },
        { .kind = COMMAND_TECHNICIAN_SAVE, .email = longer, .name = "A" },
        { .kind = COMMAND_TECHNICIAN_SAVE, .name = "A" },
        { .kind = COMMAND_KB_PUT, .article = &article },
    };
    struct rig *r = rig_open("", rig_no_places);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct command c = rows[i];
        c.actor = ACTOR_OPERATOR;
        struct outcome o = rig_do(r, &c);
        if (o.result != RESULT_BAD || !*o.text)
            fail_msg("row %zu: %s", i, result_word(o.result));
    }
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(news_come_before_outcomes_in_order),
        cmocka_unit_test(many_commands_share_few_commits),
        cmocka_unit_test(a_full_queue_refuses_and_forgets_nothing),
        cmocka_unit_test(the_same_input_twice_is_one_change),
        cmocka_unit_test(a_poisoned_command_harms_no_other),
        cmocka_unit_test(attributes_do_not_grow_without_end),
        cmocka_unit_test(reads_see_what_was_committed),
        cmocka_unit_test(a_folder_has_one_engine),
        cmocka_unit_test(a_newer_desk_is_refused),
        cmocka_unit_test(stopping_finishes_what_is_queued),
        cmocka_unit_test(a_flush_waits_for_all_before),
        cmocka_unit_test(an_interrupted_thought_is_thought_again),
        cmocka_unit_test(a_decision_that_cannot_be_stored_goes_to_people),
        cmocka_unit_test(every_tampering_with_the_audit_shows),
        cmocka_unit_test(each_lane_is_delivered_in_order),
        cmocka_unit_test(a_silent_lane_has_one_in_flight_and_delays_no_other),
        cmocka_unit_test(an_adapter_that_never_answers_is_found_out),
        cmocka_unit_test(a_failed_delivery_is_tried_again_and_a_crash_makes_it_unclear),
        cmocka_unit_test(dead_letters_are_seen_retried_and_dropped),
        cmocka_unit_test(a_dead_place_with_many_rows_costs_a_commit_nothing),
        cmocka_unit_test(a_backup_under_load_is_restored_with_its_effects_held),
        cmocka_unit_test(a_backup_that_cannot_be_written_says_so),
        cmocka_unit_test(bad_names_and_addresses_stop_at_the_desk_itself),
        cmocka_unit_test(the_ballast_is_never_laid_through_a_link),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
