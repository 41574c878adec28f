/* reminder_test.c - when a silent customer is reminded and in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bot/agents/reminder.h"
#include "bot/base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MS (24 * HOUR_MS)

/* "2026-03-02 09:30" in UTC. */
static int64_t at(const char *text)
{
    int year, month, day, hour, minute;
    assert_int_equal(sscanf(text, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute), 5);
    return (date_to_days(year, month, day) * 24 + hour) * HOUR_MS + minute * MINUTE_MS;
}

static const char *say(int64_t at_ms, char out[32])
{
    struct calendar_time t = calendar_local(NULL, at_ms);
    if (at_ms == REMINDER_NEVER)
        snprintf(out, 32, "never");
    else
        snprintf(out, 32, "%04d-%02d-%02d %02d:%02d", t.year, t.month, t.day, t.hour, t.minute);
    return out;
}

/* Zurich by its footer alone: the tests need no file. */
static size_t zurich(char out[256])
{
    static const char header[44] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" "\0\0\0\0" "\0\0\0\0"
                                   "\0\0\0\0" "\0\0\0\0" "\0\0\0\1" "\0\0\0\1";
    static const char type[7] = { 0 }, footer[] = "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
    size_t len = 0;
    for (int i = 0; i < 2; i++) {
        memcpy(out + len, header, sizeof header);
        memcpy(out + len + sizeof header, type, sizeof type);
        len += sizeof header + sizeof type;
    }
    memcpy(out + len, footer, sizeof footer - 1);
    return len + sizeof footer - 1;
}

static const struct calendar *hours(struct arena *arena, const char *text)
{
    char bytes[256], error[CALENDAR_ERROR_MAX];
    const struct calendar *c = calendar_parse(text, bytes, zurich(bytes), arena, error);
    if (!c)
        fail_msg("%s", error);
    return c;
}

static const char office[] = "timezone Europe/Zurich\nmon-fri 08:00-12:00 13:00-17:00\n"
                             "holiday 2026-12-25\nholiday 2026-12-24 08:00-10:00\n";

static const struct reminder_settings intervals = {
    .mode = REMINDER_INTERVAL, .interval_hours = { { 24, 24, 48, 48, 72 }, 5 }, .count = 5,
    .weekdays_only = true,
};
static const struct reminder_settings daily = {
    .mode = REMINDER_DAILY, .daily_minute = 9 * 60 + 30, .count = 3, .weekdays_only = true,
};
static const struct reminder_settings daily_weekend = {
    .mode = REMINDER_DAILY, .daily_minute = 9 * 60 + 30, .count = 3,
};
static const struct reminder_settings night = {
    .mode = REMINDER_DAILY, .daily_minute = 2 * 60 + 30, .count = 3,
};
static const struct reminder_settings closing = {
    .mode = REMINDER_INTERVAL, .interval_hours = { { 24 }, 1 }, .count = 1, .auto_close_days = 7,
};

static void reminders_are_due_when_they_should(void **unused)
{
    (void)unused;
#define W TICKET_WAITING_CUSTOMER
#define A TICKET_AWAITING_CLOSE
    static const struct {
        const char *story;
        const struct reminder_settings *settings;
        const char *hours;
        enum ticket_status status;
        const char *since;
        int sent;
        const char *last, *snoozed, *due;
    } rows[] = {
        { "a day later, always open", &intervals, "always", W, "2026-03-02 10:00", 0, NULL, NULL,
          "2026-03-03 10:00" },
        { "a day later, in office hours", &intervals, office, W, "2026-03-02 10:00", 0, NULL, NULL,
          "2026-03-03 10:00" },
        { "asked in the evening: at the next opening after a day", &intervals, office, W,
          "2026-03-02 19:00", 0, NULL, NULL, "2026-03-04 07:00" },
        { "asked at lunch: after lunch", &intervals, office, W, "2026-03-02 11:20", 0, NULL, NULL,
          "2026-03-03 12:00" },
        { "Friday's falls on Monday", &intervals, office, W, "2026-03-06 09:00", 0, NULL, NULL,
          "2026-03-09 07:00" },
        { "always open, but only on weekdays", &intervals, "always", W, "2026-03-06 09:00", 0, NULL,
          NULL, "2026-03-09 09:00" },
        { "the third waits two days from the second", &intervals, office, W, "2026-03-02 10:00", 2,
          "2026-03-04 10:05", NULL, "2026-03-06 10:05" },
        { "the fifth waits from the fourth", &intervals, office, W, "2026-03-02 10:00", 4,
          "2026-03-10 10:00", NULL, "2026-03-13 10:00" },
        { "after the fifth the last wait repeats", &intervals, office, W, "2026-03-02 10:00", 5,
          "2026-03-09 10:00", NULL, "2026-03-12 10:00" },
        { "kept open by a person counts anew", &intervals, office, W, "2026-03-10 10:00", 2,
          "2026-03-04 10:05", NULL, "2026-03-12 10:00" },
        { "a last time without reminders means nothing", &intervals, office, W, "2026-03-02 10:00",
          0, "2026-03-04 10:00", NULL, "2026-03-03 10:00" },
        { "snoozed until Thursday", &intervals, office, W, "2026-03-02 10:00", 0, NULL,
          "2026-03-05 09:00", "2026-03-05 09:00" },
        { "over Christmas", &intervals, office, W, "2026-12-23 15:00", 0, NULL, NULL,
          "2026-12-28 07:00" },
        { "summer time comes in between", &intervals, office, W, "2026-03-27 15:30", 0, NULL, NULL,
          "2026-03-30 06:00" },
        { "in 2038", &intervals, "always", W, "2038-01-18 23:00", 0, NULL, NULL,
          "2038-01-19 23:00" },
        { "in 2038 at the very second", &intervals, "always", W, "2038-01-18 03:14", 0, NULL, NULL,
          "2038-01-19 03:14" },
        { "nobody is ever there", &intervals, "never", W, "2026-03-02 10:00", 0, NULL, NULL,
          "never" },
        { "open on Sundays only, but never on weekends", &intervals, "sun 10:00-12:00", W,
          "2026-03-02 10:00", 0, NULL, NULL, "never" },

        { "daily: not on the day it began", &daily, office, W, "2026-03-02 05:00", 0, NULL, NULL,
          "2026-03-03 08:30" },
        { "daily: just after local midnight is a day of its own", &daily, office, W,
          "2026-03-02 23:30", 0, NULL, NULL, "2026-03-04 08:30" },
        { "daily: just before local midnight", &daily, office, W, "2026-03-02 22:30", 0, NULL, NULL,
          "2026-03-03 08:30" },
        { "daily: the next one on the next day", &daily, office, W, "2026-03-02 10:00", 1,
          "2026-03-03 08:31", NULL, "2026-03-04 08:30" },
        { "daily: not on Saturday", &daily, office, W, "2026-03-06 10:00", 0, NULL, NULL,
          "2026-03-09 08:30" },
        { "daily: on Saturday where that is wanted", &daily_weekend, "always", W,
          "2026-03-06 10:00", 0, NULL, NULL, "2026-03-07 09:30" },
        { "daily: in summer time an hour earlier by UTC", &daily, office, W, "2026-03-29 10:00", 0,
          NULL, NULL, "2026-03-30 07:30" },
        { "daily: a skipped time is the skip", &night, "timezone Europe/Zurich\nalways", W,
          "2026-03-28 10:00", 0, NULL, NULL, "2026-03-29 01:00" },
        { "daily: a doubled time is the first one", &night, "timezone Europe/Zurich\nalways", W,
          "2026-10-24 10:00", 0, NULL, NULL, "2026-10-25 00:30" },
        { "daily: closed at that time, so at the next opening of the day", &daily,
          "mon-fri 11:00-15:00", W, "2026-03-02 10:00", 0, NULL, NULL, "2026-03-03 11:00" },
        { "daily: closed from then on, so never at that time", &daily, "mon-fri 05:00-07:00", W,
          "2026-03-02 10:00", 0, NULL, NULL, "2026-03-03 05:00" },
        { "daily: Christmas Eve closes early, Christmas is closed", &daily, office, W,
          "2026-12-24 09:00", 0, NULL, NULL, "2026-12-28 08:30" },
        { "daily: snoozed until noon, so tomorrow", &daily, office, W, "2026-03-02 10:00", 0, NULL,
          "2026-03-04 11:00", "2026-03-05 08:30" },

        { "awaiting close: a person decides", &intervals, office, A, "2026-03-02 10:00", 5,
          "2026-03-01 10:00", NULL, "never" },
        { "awaiting close: by itself only where that is set", &closing, office, A,
          "2026-03-02 10:00", 1, "2026-03-01 10:00", NULL, "2026-03-09 10:00" },
        { "open tickets are not reminded of", &intervals, office, TICKET_OPEN, "2026-03-02 10:00",
          0, NULL, NULL, "never" },
        { "nor those in progress", &intervals, office, TICKET_IN_PROGRESS, "2026-03-02 10:00", 0,
          NULL, NULL, "never" },
        { "nor those on hold", &intervals, office, TICKET_ON_HOLD, "2026-03-02 10:00", 0, NULL,
          NULL, "never" },
        { "nor resolved ones", &closing, office, TICKET_RESOLVED, "2026-03-02 10:00", 0, NULL, NULL,
          "never" },
        { "nor closed ones", &closing, office, TICKET_CLOSED, "2026-03-02 10:00", 0, NULL, NULL,
          "never" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        char is[32];
        struct reminder_facts f = {
            .status = rows[i].status, .enabled = true, .waiting_since_ms = at(rows[i].since),
            .sent = rows[i].sent, .last_sent_ms = rows[i].last ? at(rows[i].last) : 0,
            .snoozed_until_ms = rows[i].snoozed ? at(rows[i].snoozed) : 0,
            .hours = hours(&arena, rows[i].hours),
        };
        say(reminder_due_ms(rows[i].settings, &f), is);
        if (strcmp(is, rows[i].due) != 0)
            fail_msg("%s: %s, not %s", rows[i].story, is, rows[i].due);
        f.enabled = false;
        if (reminder_due_ms(rows[i].settings, &f) != REMINDER_NEVER)
            fail_msg("%s: due although switched off", rows[i].story);
        arena_clear(&arena);
    }
}

#undef W
#undef A

/* What the engine does with a step: remember it. */
static void take(struct reminder_facts *f, const struct reminder_step *step, int64_t now_ms)
{
    if (step->action == REMINDER_SEND) {
        f->sent++;
        f->last_sent_ms = now_ms;
    } else if (step->action == REMINDER_AWAIT_CLOSE) {
        f->status = TICKET_AWAITING_CLOSE;
        f->waiting_since_ms = now_ms;
    } else if (step->action == REMINDER_CLOSE) {
        f->status = TICKET_CLOSED;
    }
}

static void five_silent_reminders_end_with_a_person(void **unused)
{
    (void)unused;
    struct arena arena = { 0 };
    struct reminder_facts f = {
        .status = TICKET_WAITING_CUSTOMER, .enabled = true, .hours = hours(&arena, office),
        .waiting_since_ms = at("2026-03-02 10:00"),
    };
    static const char *const days[] = {
        "2026-03-03 10:00", "2026-03-04 10:00", "2026-03-06 10:00",
        "2026-03-09 07:00", "2026-03-12 07:00", "2026-03-16 07:00"
    };
    size_t step_count = 0;
    for (int64_t now = at("2026-03-02 10:00"); now < at("2026-05-01 00:00"); now += 5 * MINUTE_MS) {
        struct reminder_step step = reminder_step(&intervals, &f, now, &arena);
        if (step.action == REMINDER_NOTHING) {
            assert_true(step.due_ms > now);
            continue;
        }
        char is[32];
        assert_true(step_count < COUNT(days));
        assert_string_equal(say(now, is), days[step_count]);
        assert_int_equal(step.action, step_count < 5 ? REMINDER_SEND : REMINDER_AWAIT_CLOSE);
        if (step.action == REMINDER_SEND)
            assert_true(step.number == (int)step_count + 1 && step.of == 5 && *step.text
                        && *step.why);
        take(&f, &step, now);
        step_count++;
    }
    assert_int_equal(step_count, COUNT(days));
    assert_int_equal(f.sent, 5);
    assert_int_equal(f.status, TICKET_AWAITING_CLOSE);
    arena_clear(&arena);
}

static void auto_close_waits_its_days(void **unused)
{
    (void)unused;
    struct arena arena = { 0 };
    struct reminder_facts f = { .status = TICKET_AWAITING_CLOSE, .enabled = true, .sent = 1,
                                .waiting_since_ms = at("2026-03-02 10:00") };
    struct reminder_step step = reminder_step(&closing, &f, at("2026-03-09 09:59"), &arena);
    assert_int_equal(step.action, REMINDER_NOTHING);
    assert_int_equal(step.due_ms, at("2026-03-09 10:00"));
    step = reminder_step(&closing, &f, at("2026-03-09 10:00"), &arena);
    assert_int_equal(step.action, REMINDER_CLOSE);
    assert_non_null(strstr(step.why, "7 days"));
    assert_int_equal(reminder_step(&intervals, &f, at("2030-01-01 10:00"), &arena).action,
                     REMINDER_NOTHING);
    arena_clear(&arena);
}

static void what_fell_due_while_the_desk_was_down_waits_for_the_opening(void **unused)
{
    (void)unused;
    struct arena arena = { 0 };
    struct reminder_facts f = { .status = TICKET_WAITING_CUSTOMER, .enabled = true,
                                .waiting_since_ms = at("2026-03-02 10:00"),
                                .hours = hours(&arena, office) };
    /* Back on a Saturday night: nothing until Monday, and then one. */
    int64_t saturday = at("2026-03-07 22:00"), monday = at("2026-03-09 07:00");
    struct reminder_step step = reminder_step(&intervals, &f, saturday, &arena);
    assert_int_equal(step.action, REMINDER_NOTHING);
    assert_int_equal(step.due_ms, monday);
    step = reminder_step(&intervals, &f, monday, &arena);
    assert_int_equal(step.action, REMINDER_SEND);
    take(&f, &step, monday);
    step = reminder_step(&intervals, &f, monday, &arena);
    assert_int_equal(step.action, REMINDER_NOTHING);
    assert_int_equal(step.due_ms, monday + DAY_MS);
    arena_clear(&arena);
}

static void clock_jumps_never_give_two(void **unused)
{
    (void)unused;
    static const struct { const char *story; int64_t jump_ms; } rows[] = {
        { "three hours ahead", 3 * HOUR_MS }, { "three hours back", -3 * HOUR_MS },
        { "a year ahead", 366 * DAY_MS }, { "a year back", -366 * DAY_MS },
        { "to 2038", INT64_C(12) * 365 * DAY_MS }, { "near to 1970", INT64_C(-56) * 365 * DAY_MS },
        { "an hour ahead, as a wrong summer time", HOUR_MS }, { "a second back", -1000 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct reminder_facts f = { .status = TICKET_WAITING_CUSTOMER, .enabled = true,
                                    .waiting_since_ms = at("2026-03-02 10:00"),
                                    .hours = hours(&arena, "always") };
        int64_t now = at("2026-03-03 09:00"), sent_ms = 0;
        for (int tick = 0; tick < 24 * 60; tick++, now += MINUTE_MS) {
            if (tick == 600)
                now += rows[i].jump_ms;
            if (tick == 900)
                now -= rows[i].jump_ms;
            /* Twice at each tick, as after a restart. */
            for (int again = 0; again < 2; again++) {
                struct reminder_step step = reminder_step(&intervals, &f, now, &arena);
                if (step.action == REMINDER_NOTHING)
                    continue;
                if (again || (sent_ms && now - sent_ms < DAY_MS))
                    fail_msg("%s: two reminders", rows[i].story);
                sent_ms = now;
                take(&f, &step, now);
            }
        }
        assert_true(f.sent <= 2);
        arena_clear(&arena);
    }
}

static void odd_facts_are_survived(void **unused)
{
    (void)unused;
    static const int64_t odd[] = { INT64_MIN, -1, 0, 1, INT64_MAX / 2, INT64_MAX };
    struct reminder_settings broken = { .mode = REMINDER_INTERVAL, .count = 99 };
    struct arena arena = { 0 };
    const struct calendar *c = hours(&arena, office);
    for (size_t i = 0; i < COUNT(odd) * COUNT(odd); i++) {
        struct reminder_facts f = { .status = TICKET_WAITING_CUSTOMER, .enabled = true, .hours = c,
                                    .waiting_since_ms = odd[i % COUNT(odd)],
                                    .last_sent_ms = odd[i / COUNT(odd)], .sent = (int)i - 8,
                                    .snoozed_until_ms = odd[i % COUNT(odd)] };
        const struct reminder_settings *all[] = { &intervals, &daily, &night, &closing, &broken };
        for (size_t s = 0; s < COUNT(all); s++) {
            struct reminder_step step = reminder_step(all[s], &f, at("2026-03-03 09:00"), &arena);
            assert_true(step.action != REMINDER_SEND || (step.number >= 1 && step.number <= step.of
                                                         && step.of <= REMINDERS_MAX));
        }
    }
    arena_clear(&arena);
}

/* ---- words ---- */

static struct reminder_step send(const struct reminder_settings *settings, struct reminder_facts *f,
                                 int sent, struct arena *arena)
{
    f->status = TICKET_WAITING_CUSTOMER;
    f->enabled = true;
    f->sent = sent;
    struct reminder_step step = reminder_step(settings, f, at("2026-03-03 09:00"), arena);
    assert_int_equal(step.action, REMINDER_SEND);
    assert_true(text_is_valid(step.text, strlen(step.text)));
    return step;
}

static void the_text_is_personal_in_every_language(void **unused)
{
    (void)unused;
#define CODE(id, code) #code,
    static const char *const codes[] = { REMINDER_LANG_TABLE(CODE) };
#undef CODE
    struct arena arena = { 0 };
    const char *before = "";
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct reminder_facts f = { .lang = codes[i], .requester_name = "Ana", .subject = "Printer",
                                    .question = "Is it plugged in?" };
        const char *texts[3];
        for (int n = 0; n < 3; n++) {
            texts[n] = send(&intervals, &f, n * 2, &arena).text;
            if (!strstr(texts[n], "Ana") || !strstr(texts[n], "Printer")
                || !strstr(texts[n], "Is it plugged in?") || strchr(texts[n], '{'))
                fail_msg("%s %d: %s", codes[i], n, texts[n]);
        }
        assert_string_not_equal(texts[0], texts[1]);
        assert_string_not_equal(texts[1], texts[2]);
        assert_string_not_equal(texts[0], before);
        before = texts[0];
        struct reminder_facts bare = { .lang = codes[i], .requester_name = " \n", .subject = "" };
        const char *text = send(&intervals, &bare, 0, &arena).text;
        if (strchr(text, '{') || strstr(text, "  ") || text_length(text) < 15)
            fail_msg("%s, nothing known: %s", codes[i], text);
    }
    arena_clear(&arena);
}

static void languages_are_found_by_their_tag(void **unused)
{
    (void)unused;
    static const struct { const char *tag; enum reminder_lang lang; } rows[] = {
        { "de-CH", REMINDER_DE },      { "DE", REMINDER_DE }, { "pt_BR", REMINDER_PT },
        { "zh-Hant-TW", REMINDER_ZH }, { NULL, REMINDER_EN }, { "", REMINDER_EN },
        { "und", REMINDER_EN },        { "sv", REMINDER_EN }, { "deu", REMINDER_EN },
        { "ja", REMINDER_JA },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (reminder_lang_of(rows[i].tag) != rows[i].lang)
            fail_msg("%s", rows[i].tag);
}

static void english_reads_well(void **unused)
{
    (void)unused;
    struct arena arena = { 0 };
    struct reminder_facts f = { .lang = "en",
                                .requester_name = "Ana",
                                .subject = "Printer\n on  fire" };
    assert_string_equal(send(&intervals, &f, 0, &arena).text,
                        "Hello Ana. This is about “Printer on fire”. We are still waiting for your "
                        "answer. Just write back here, also if everything works by now.");
    f.question = "Which floor?";
    f.requester_name = NULL;
    assert_string_equal(send(&intervals, &f, 4, &arena).text,
                        "Hello. This is about “Printer on fire”. This is our last reminder. "
                        "Without an answer, a colleague will decide whether the request can be "
                        "closed. We asked: “Which floor?” Just write back here, also if everything "
                        "works by now.");
    arena_clear(&arena);
}

static void customers_words_stay_words(void **unused)
{
    (void)unused;
    struct arena arena = { 0 };
    char most[4000];
    for (size_t i = 0; i + 3 < sizeof most; i += 3)
        memcpy(most + i, "€", 4);
    struct reminder_facts f = { .requester_name = "{question}", .subject = most,
                                .question = "%s {name} <b>" };
    struct reminder_step step = send(&intervals, &f, 0, &arena);
    assert_non_null(strstr(step.text, "Hello {question}."));
    assert_non_null(strstr(step.text, "“%s {name} <b>”"));
    assert_non_null(strstr(step.text, "€…”"));
    assert_true(text_length(step.text) < 500);
    arena_clear(&arena);
}

static void own_words_go_first(void **unused)
{
    (void)unused;
    static const char *const own[] = { "Moin {name}, was ist mit {subject}?", "Nochmal: {question}",
                                       NULL };
    struct reminder_settings s = intervals;
    s.texts[REMINDER_DE] = (struct text_list){ own, 2 };
    struct arena arena = { 0 };
    struct reminder_facts f = { .lang = "de", .requester_name = "Ana", .subject = "Drucker",
                                .question = "Welcher?" };
    assert_string_equal(send(&s, &f, 0, &arena).text, "Moin Ana, was ist mit Drucker?");
    assert_string_equal(send(&s, &f, 1, &arena).text, "Nochmal: Welcher?");
    assert_string_equal(send(&s, &f, 3, &arena).text, "Nochmal: Welcher?");
    f.requester_name = NULL;
    assert_non_null(strstr(send(&s, &f, 0, &arena).text, "Guten Tag. Es geht um „Drucker“."));
    f.lang = "fr";
    assert_non_null(strstr(send(&s, &f, 0, &arena).text, "Bonjour."));
    assert_true(reminder_text_is_valid(own[0]));
    assert_true(reminder_text_is_valid(""));
    assert_false(reminder_text_is_valid("Hello {nmae}"));
    assert_false(reminder_text_is_valid("Hello }"));
    arena_clear(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reminders_are_due_when_they_should),
        cmocka_unit_test(five_silent_reminders_end_with_a_person),
        cmocka_unit_test(auto_close_waits_its_days),
        cmocka_unit_test(what_fell_due_while_the_desk_was_down_waits_for_the_opening),
        cmocka_unit_test(clock_jumps_never_give_two),
        cmocka_unit_test(odd_facts_are_survived),
        cmocka_unit_test(the_text_is_personal_in_every_language),
        cmocka_unit_test(languages_are_found_by_their_tag),
        cmocka_unit_test(english_reads_well),
        cmocka_unit_test(customers_words_stay_words),
        cmocka_unit_test(own_words_go_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
