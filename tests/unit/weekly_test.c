/* The weekly summary: when it is due, on which side of a clock change; its words; the tickets behind
 * its numbers; told once, by the engine itself. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <jansson.h>

#include "bot/agents/weekly.h"
#include "bot/base/clock.h"
#include "bot/engine/report.h"
#include "tests/unit/engine_rig.h"

#define HOUR INT64_C(3600000)
#define DAY (24 * HOUR)
#define MONDAY_9 INT64_C(1767603600000)      /* 2026-01-05 09:00 UTC */

static const char *const null_surface[] = { "null", NULL };

/* ---- when ---- */

static const struct zone *zone_of(const char *name, struct arena *a)
{
    char path[128];
    unsigned char *bytes = arena_alloc(a, ZONE_FILE_MAX);
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(bytes, 1, ZONE_FILE_MAX, file);
    fclose(file);
    return zone_parse(bytes, len, a);
}

static void it_is_due_from_its_hour_on_for_a_day(void **state)
{
    (void)state;
    struct weekly_schedule s = { .day = 1, .minute = 9 * 60 };
    int64_t from, to;
    static const struct { int64_t now, told; bool due; int64_t to; } rows[] = {
        { MONDAY_9 - 1000, MONDAY_9 - 7 * DAY, false, MONDAY_9 - 7 * DAY },
        { MONDAY_9, 0, true, MONDAY_9 },
        { MONDAY_9 + DAY, 0, true, MONDAY_9 },
        { MONDAY_9 + DAY + 1000, 0, false, MONDAY_9 },
        { MONDAY_9 + HOUR, MONDAY_9 - 7 * DAY, true, MONDAY_9 },
        { MONDAY_9 + HOUR, MONDAY_9, false, MONDAY_9 },
        { MONDAY_9 + HOUR, MONDAY_9 + 500 * DAY, true, MONDAY_9 },
        { MONDAY_9 + 7 * DAY, MONDAY_9, true, MONDAY_9 + 7 * DAY },
        { MONDAY_9 + 6 * DAY, MONDAY_9, false, MONDAY_9 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(weekly_due(&s, rows[i].now, rows[i].told, &from, &to), rows[i].due);
        assert_int_equal(to, rows[i].to);
        assert_int_equal(to - from, 7 * DAY);
    }
}

static void any_day_and_minute_is_found(void **state)
{
    (void)state;
    int64_t from, to;
    for (int day = 0; day < 7; day++)
        for (int minute = 0; minute < 24 * 60; minute += 97)
            for (int64_t now = MONDAY_9; now < MONDAY_9 + 8 * DAY; now += 5 * HOUR) {
                struct weekly_schedule s = { .day = day, .minute = minute };
                weekly_due(&s, now, 0, &from, &to);
                assert_true(to <= now && now - to < 7 * DAY);
                assert_int_equal(to / 60000 % (24 * 60), minute);
                assert_int_equal(date_weekday(to / DAY), (day + 6) % 7);
            }
}

static void the_wall_clock_counts(void **state)
{
    (void)state;
    struct arena a = { 0 };
    struct weekly_schedule s = { .day = 1, .minute = 9 * 60, .zone = zone_of("Europe/Berlin", &a) };
    int64_t from, to;
    /* 2026-03-30 is the Monday after the clocks went forward: 09:00 there is 07:00 UTC. */
    int64_t monday = date_to_days(2026, 3, 30) * DAY + 7 * HOUR;
    assert_false(weekly_due(&s, monday - 1000, monday - 7 * DAY + HOUR, &from, &to));
    assert_true(weekly_due(&s, monday, monday - 7 * DAY + HOUR, &from, &to));
    assert_int_equal(to, monday);
    assert_int_equal(to - from, 7 * DAY - HOUR);
    /* And 2026-10-26, after they went back: 08:00 UTC, a week of an hour more. */
    monday = date_to_days(2026, 10, 26) * DAY + 8 * HOUR;
    assert_true(weekly_due(&s, monday, 0, &from, &to));
    assert_int_equal(to, monday);
    assert_int_equal(to - from, 7 * DAY + HOUR);
    assert_true(to - from <= WEEKLY_LONGEST_MS);
    arena_clear(&a);
}

/* ---- words ---- */

static void words_are(const struct weekly_numbers *n, const char *const *texts,
                      const char *const *lists)
{
    struct arena a = { 0 };
    json_t *alerts = json_loads(weekly_text(n, 15, &a), 0, NULL);
    assert_true(json_is_array(alerts));
    size_t i = 0;
    for (; texts[i]; i++) {
        json_t *alert = json_array_get(alerts, i);
        assert_string_equal(json_string_value(json_object_get(alert, "kind")), "weekly");
        assert_string_equal(json_string_value(json_object_get(alert, "text")), texts[i]);
        const char *list = json_string_value(json_object_get(alert, "list"));
        assert_true(!lists[i] == !list);
        if (list)
            assert_string_equal(list, lists[i]);
    }
    assert_int_equal(json_array_size(alerts), i);
    json_decref(alerts);
    arena_clear(&a);
}

static void its_words(void **state)
{
    (void)state;
    words_are(&(struct weekly_numbers){ .from_ms = 7, .to_ms = 9, .created = 31, .solved = 12,
              .after_hours = 4, .handed = 9, .median_ms = 41200 }, (const char *const[]){
                  "Last week the assistant solved 12 tickets alone.",
                  "12 solved by the assistant alone.", "About 3 hours of work saved.",
                  "4 came in after hours.", "9 handed over to people.",
                  "Half of the new tickets that were answered had their first answer within 41 s.",
                  NULL },
              (const char *const[]){ NULL, "resolved_ai:7:9", NULL, "after_hours:7:9", "handed:7:9",
                                     NULL });
    words_are(&(struct weekly_numbers){ .from_ms = 7, .to_ms = 9, .created = 1, .solved = 1,
              .median_ms = WEEKLY_NO_ANSWERS }, (const char *const[]){
                  "Last week the assistant solved 1 ticket alone.",
                  "1 solved by the assistant alone.", "About 15 minutes of work saved.", NULL },
              (const char *const[]){ NULL, "resolved_ai:7:9", NULL });
    words_are(&(struct weekly_numbers){ .from_ms = 7, .to_ms = 9, .created = 2,
              .median_ms = 3 * HOUR }, (const char *const[]){
                  "Last week brought 2 tickets; the assistant solved none alone.",
                  "Half of the new tickets that were answered had their first answer within 3 h.",
                  NULL }, (const char *const[]){ NULL, NULL });
    words_are(&(struct weekly_numbers){ .median_ms = WEEKLY_NO_ANSWERS },
              (const char *const[]){ NULL }, NULL);
}

/* ---- numbers ---- */

struct look {
    const char *word;
    int limit;
    int64_t from_ms, to_ms;
    struct arena arena;
    struct list_page page;
    struct weekly_numbers numbers;
};

static void read_page(struct reader *r, void *arg)
{
    struct look *l = arg;
    assert_int_equal(view_report(r, l->word, l->limit, &l->arena, &l->page), 0);
}

static void read_numbers(struct reader *r, void *arg)
{
    struct look *l = arg;
    assert_int_equal(report_read(r, l->from_ms, l->to_ms, &l->numbers), 0);
}

/* The tickets behind the word are these, in this order; ids ends with 0. */
static void behind(struct rig *r, const char *word, const int64_t *ids)
{
    struct look l = { .word = word, .limit = 20 };
    engine_read_now(r->e, read_page, &l);
    size_t n = 0;
    for (; ids[n]; n++) {
        assert_true(n < l.page.count);
        assert_int_equal(l.page.rows[n].id, ids[n]);
        assert_non_null(l.page.rows[n].subject);
    }
    assert_int_equal(l.page.count, n);
    arena_clear(&l.arena);
}

#define IDS(...) (const int64_t[]){ __VA_ARGS__, 0 }
#define NONE (const int64_t[]){ 0 }

static int64_t ticket_at(struct rig *r, int64_t at_ms, const char *cid)
{
    return rig_do(r, &(struct command){ .kind = COMMAND_SAY, .actor = ACTOR_CONTACT,
        .actor_id = r->contact_id, .cid = cid, .text = "It does not work.", .at_ms = at_ms })
        .ticket_id;
}

/* A week of six tickets: two solved by the assistant, one after hours, one handed over, one of the
 * week before, one of the week after. */
static struct rig *week(int64_t ids[6])
{
    char sql[400], cid[24];
    struct rig *r = rig_open("", rig_no_places);
    static const int64_t at[6] = { MONDAY_9 - HOUR, MONDAY_9, MONDAY_9 + DAY, MONDAY_9 + 2 * DAY,
                                   MONDAY_9 + 2 * DAY + 14 * HOUR, MONDAY_9 + 7 * DAY };
    rig_do(r, &(struct command){ .kind = COMMAND_CLIENT_SAVE, .actor = ACTOR_OPERATOR,
        .client = &(struct client_change){ .key = "acme", .hours = "mon-sun 08:00-18:00",
            .active = -1, .messenger = -1, .triage = -1, .reminders = -1, .vip = -1 } });
    for (int i = 0; i < 6; i++) {
        snprintf(cid, sizeof cid, "cid-000%d", i);
        ids[i] = ticket_at(r, at[i], cid);
    }
    snprintf(sql, sizeof sql, "UPDATE ticket SET outcome = 1, status = 6, closed_ms = 1, resolved_ms"
             " = %lld + id, first_response_ms = created_ms + 60000 WHERE id IN (%lld, %lld)",
             (long long)(MONDAY_9 + 3 * DAY), (long long)ids[0], (long long)ids[1]);
    rig_exec(r, sql);
    snprintf(sql, sizeof sql, "INSERT INTO event(ticket_id, ts_ms, actor, actor_id, kind) VALUES"
             "(%lld, %lld, 3, 0, 'handoff'), (%lld, %lld, 3, 0, 'handoff')", (long long)ids[2],
             (long long)(MONDAY_9 + DAY), (long long)ids[2], (long long)(MONDAY_9 + 2 * DAY));
    rig_exec(r, sql);
    return r;
}

static void the_tickets_behind_a_number(void **state)
{
    (void)state;
    int64_t t[6];
    char word[100];
    struct rig *r = week(t);
    struct look l = { .from_ms = MONDAY_9, .to_ms = MONDAY_9 + 7 * DAY };
    engine_read_now(r->e, read_numbers, &l);
    assert_int_equal(l.numbers.solved, 2);
    assert_int_equal(l.numbers.created, 4);
    assert_int_equal(l.numbers.after_hours, 1);
    assert_int_equal(l.numbers.handed, 1);
    assert_int_equal(l.numbers.median_ms, 60000);
    static const char *const codes[] = { "resolved_ai", "after_hours", "handed" };
    const int64_t *const ids[] = { IDS(t[1], t[0]), IDS(t[4]), IDS(t[2]) };
    for (size_t i = 0; i < 3; i++) {
        snprintf(word, sizeof word, "%s:%lld:%lld", codes[i], (long long)MONDAY_9,
                 (long long)(MONDAY_9 + 7 * DAY));
        behind(r, word, ids[i]);
    }
    snprintf(word, sizeof word, "resolved_ai:%lld:%lld", (long long)MONDAY_9,
             (long long)(MONDAY_9 + 7 * DAY));
    struct look one = { .word = word, .limit = 1 };
    engine_read_now(r->e, read_page, &one);
    assert_int_equal(one.page.count, 1);
    assert_true(one.page.more);
    arena_clear(&one.arena);
    rig_close(r);
}

static void other_words_have_no_tickets(void **state)
{
    (void)state;
    int64_t t[6];
    struct rig *r = week(t);
    static const char *const words[] = { NULL, "", "resolved_ai", "resolved_ai:", "resolved_ai:1:",
        "resolved_ai::2", "resolved_ai:1:2:", "resolved_ai:1:2 ", "resolved_ai: 1:2",
        "resolved_ai:-1:2", "resolved_ai:+1:2", "resolved_ai:2:1", "resolved_ai:1:1",
        "resolved_ai:0:999999999999999", "resolved_ai:0:9999999999999999999999", "Resolved_ai:1:2",
        "resolved_aix:1:2", "handed:1:2;", "handed:1:2\n", "all" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        behind(r, words[i], NONE);
    rig_close(r);
}

/* ---- told by the engine ---- */

/* A schedule that is due now: this weekday, the minute before this one, in UTC. */
static const char *due_now(char settings[200])
{
    static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
                                        "saturday", "sunday" };
    int64_t at_ms = clock_now_ms() - 60000;
    int64_t minute = at_ms / 60000 % (24 * 60);
    snprintf(settings, 200, "weekly: { day = \"%s\"; time = \"%02d:%02d\"; };",
             days[date_weekday(at_ms / DAY)], (int)(minute / 60), (int)(minute % 60));
    return settings;
}

static struct rig *start_again(struct rig *r)
{
    char dir[64], settings[200];
    snprintf(dir, sizeof dir, "%s", r->dir);
    rig_stop(r);
    config_free(&r->config);
    free(r);
    r = rig_new(due_now(settings), dir);
    r->surfaces = null_surface;
    rig_start(r, rig_no_places);
    return r;
}

#define ALERTS "SELECT count(*) FROM done WHERE source = 'clock' AND source_id LIKE 'weekly:%'"

static void a_week_is_told_once(void **state)
{
    (void)state;
    struct rig *r = rig_open("", rig_no_places);
    ticket_at(r, clock_now_ms() - DAY, "cid-00001");
    rig_do(r, &(struct command){ .kind = COMMAND_ROUTE, .actor = ACTOR_OPERATOR, .place = "null:a" });
    RIG_UNTIL(r, r->shown_count && r->shown[r->shown_count - 1].kind == EFFECT_CARD
                 && !rig_int(r, "SELECT count(*) FROM outbox"));
    assert_int_equal(rig_int(r, ALERTS), 0);     /* nobody to show it to */
    r = start_again(r);
    RIG_UNTIL(r, r->shown_count && r->shown[r->shown_count - 1].kind == EFFECT_ALERT);
    RIG_UNTIL(r, !rig_int(r, "SELECT count(*) FROM outbox"));
    assert_int_equal(rig_int(r, ALERTS), 1);
    assert_true(rig_int(r, "SELECT value FROM meta WHERE key = 'told_weekly'") > 0);
    assert_int_equal(r->alert_count, 1);
    assert_string_equal(r->alerts[0], "Last week brought 1 ticket; the assistant solved none alone.");
    r = start_again(r);
    rig_person(r, "omar@desk.example", "technician");
    engine_flush(r->e);
    while (rig_turn(r, 300))
        ;
    assert_int_equal(r->shown_count, 0);
    assert_int_equal(rig_int(r, ALERTS), 1);
    rig_close(r);
}

static void a_week_of_nothing_is_not_worth_a_message(void **state)
{
    (void)state;
    struct rig *r = start_again(rig_open("", rig_no_places));
    rig_do(r, &(struct command){ .kind = COMMAND_ROUTE, .actor = ACTOR_OPERATOR, .place = "null:a" });
    RIG_UNTIL(r, rig_int(r, ALERTS) == 1);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM outbox"), 0);
    assert_int_equal(r->shown_count, 0);
    rig_close(r);
}

static void what_nobody_needs_is_taken_away(void **state)
{
    (void)state;
    struct rig *r = rig_open("", rig_no_places);
    rig_stop(r);
    rig_exec(r, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
                " INSERT INTO done SELECT 'slack', 'e' || i, 0, 0, 0, 0, 0, x'00', '', 1000 FROM n;"
                "INSERT INTO done VALUES('slack', 'new', 0, 0, 0, 0, 0, x'00', '', 99999999999999);"
                "INSERT INTO done VALUES('old', 'kept', 0, 0, 0, 0, 0, x'00', '', 0);"
                "INSERT INTO input_kept VALUES('slack', 'x', '{}', 1000);"
                "INSERT INTO token VALUES(x'01', 1, 1, 0, 1000);"
                "INSERT INTO signin VALUES(x'01', 1, 1, 1000), (x'02', 1, 1, 99999999999999)");
    rig_start(r, rig_no_places);
    RIG_UNTIL(r, rig_int(r, "SELECT count(*) FROM done") == 2);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM input_kept"), 0);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM token WHERE expires_ms = 1000"), 0);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM token"), 1);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM signin"), 1);
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_due_from_its_hour_on_for_a_day),
        cmocka_unit_test(any_day_and_minute_is_found),
        cmocka_unit_test(the_wall_clock_counts),
        cmocka_unit_test(its_words),
        cmocka_unit_test(the_tickets_behind_a_number),
        cmocka_unit_test(other_words_have_no_tickets),
        cmocka_unit_test(a_week_is_told_once),
        cmocka_unit_test(a_week_of_nothing_is_not_worth_a_message),
        cmocka_unit_test(what_nobody_needs_is_taken_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
