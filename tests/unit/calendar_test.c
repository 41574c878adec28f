/* calendar_test.c - opening hours and time zones, held against the C library minute by minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "bot/desk/calendar.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)

struct zone_file {
    char bytes[ZONE_FILE_MAX];
    size_t len;
};

static void read_zone(const char *name, struct zone_file *file)
{
    char path[200];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s is missing: install tzdata", path);
    file->len = fread(file->bytes, 1, sizeof file->bytes, f);
    fclose(f);
}

static const struct calendar *make(struct arena *arena, const char *text)
{
    static struct zone_file file;
    char name[ZONE_NAME_MAX + 1], error[CALENDAR_ERROR_MAX];
    calendar_zone_name(text, name);
    read_zone(name, &file);
    const struct calendar *c = calendar_parse(text, file.bytes, file.len, arena, error);
    if (!c)
        fail_msg("%s\n%s", text, error);
    return c;
}

/* The instant of a UTC date. */
static int64_t utc_ms(int year, int month, int day, int hour, int minute)
{
    return (date_to_days(year, month, day) * 24 + hour) * HOUR_MS + minute * MINUTE_MS;
}

/* ---- dates and zones ---- */

static void dates_agree_with_the_c_library(void **unused)
{
    (void)unused;
    for (int64_t days = -200000; days < 400000; days += 13) {
        time_t at = (time_t)(days * DAY_S);
        struct tm tm;
        int year, month, day;
        gmtime_r(&at, &tm);
        date_from_days(days, &year, &month, &day);
        if (year != tm.tm_year + 1900 || month != tm.tm_mon + 1 || day != tm.tm_mday
            || date_weekday(days) != (tm.tm_wday + 6) % 7 || date_to_days(year, month, day) != days)
            fail_msg("day %lld is not %d-%d-%d", (long long)days, year, month, day);
    }
    assert_true(date_is_valid(2028, 2, 29));
    assert_false(date_is_valid(2026, 2, 29));
    assert_false(date_is_valid(2100, 2, 29));
    assert_true(date_is_valid(2000, 2, 29));
    assert_false(date_is_valid(2026, 13, 1));
    assert_false(date_is_valid(2026, 4, 31));
    assert_true(date_is_valid(2026, 12, 31));
}

static int32_t library_offset_s(int64_t at_s)
{
    time_t at = (time_t)at_s;
    struct tm tm;
    localtime_r(&at, &tm);
    return (int32_t)tm.tm_gmtoff;
}

static void use_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static const char *const zones[] = {
    "Europe/Zurich",        "America/New_York",
    "Australia/Lord_Howe",  "Africa/Casablanca",
    "Asia/Kathmandu",       "Europe/Dublin",
    "America/Santiago",     "Pacific/Apia",
    "Antarctica/Troll",     "UTC",
    "Asia/Tehran",          "America/Sao_Paulo",
    "Pacific/Chatham",      "Africa/Cairo",
    "America/Scoresbysund", "Etc/GMT+5",
};

static void offsets_agree_with_the_c_library(void **unused)
{
    (void)unused;
    static struct zone_file file;
    for (size_t i = 0; i < COUNT(zones); i++) {
        struct arena arena = { 0 };
        read_zone(zones[i], &file);
        const struct zone *zone = zone_parse(file.bytes, file.len, &arena);
        assert_non_null(zone);
        use_zone(zones[i]);
        /* 1900 to 2200, in steps that meet every hour of a day. */
        for (int64_t at_s = -2208988800; at_s < INT64_C(7258118400); at_s += 46861) {
            int64_t until_s;
            int32_t offset = zone_offset_s(zone, at_s, &until_s);
            if (offset != library_offset_s(at_s))
                fail_msg("%s at %lld: %d, not %d", zones[i], (long long)at_s, offset,
                         library_offset_s(at_s));
            assert_true(until_s > at_s);
            /* What is promised to stay does stay. */
            if (until_s < at_s + 400 * (int64_t)DAY_S)
                assert_int_equal(library_offset_s(until_s - 1), offset);
        }
        arena_clear(&arena);
    }
    use_zone("UTC");
}

static void every_transition_is_met_to_the_second(void **unused)
{
    (void)unused;
    static struct zone_file file;
    for (size_t i = 0; i < COUNT(zones); i++) {
        struct arena arena = { 0 };
        read_zone(zones[i], &file);
        const struct zone *zone = zone_parse(file.bytes, file.len, &arena);
        use_zone(zones[i]);
        int64_t at_s = 0, end_s = INT64_C(4102444800);
        for (int changes = 0; at_s < end_s && changes < 1000; changes++) {
            int64_t until_s;
            int32_t offset = zone_offset_s(zone, at_s, &until_s);
            if (until_s > end_s)
                break;
            assert_int_equal(library_offset_s(until_s - 1), offset);
            assert_int_equal(library_offset_s(until_s), zone_offset_s(zone, until_s, NULL));
            at_s = until_s;
        }
        arena_clear(&arena);
    }
    use_zone("UTC");
}

/* A version 2 file without transitions, all in its footer. */
static size_t zone_with_footer(const char *footer, char out[512])
{
    static const char header[44] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" "\0\0\0\0" "\0\0\0\0"
                                   "\0\0\0\0" "\0\0\0\0" "\0\0\0\1" "\0\0\0\1";
    static const char type[7] = { 0 };
    size_t len = 0;
    for (int i = 0; i < 2; i++) {
        memcpy(out + len, header, sizeof header);
        len += sizeof header;
        memcpy(out + len, type, sizeof type);
        len += sizeof type;
    }
    return len + (size_t)snprintf(out + len, 512 - len, "\n%s\n", footer);
}

static void footers_agree_with_the_c_library(void **unused)
{
    (void)unused;
    static const char *const footers[] = {
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "EST5EDT,M3.2.0,M11.1.0",
        "AEST-10AEDT,M10.1.0,M4.1.0/3",
        "IST-1GMT0,M10.5.0,M3.5.0/1",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "XXX3",
        "<+0545>-5:45",
        "NZST-12NZDT,M9.5.0,M4.1.0/3",
        "EET-2EEST,M4.5.5/0,M10.5.4/24",
        "AAA1BBB,J60/1,J300/23:59:59",
        "AAA-3:30BBB-5,59/2,364",
        "LHST-10:30LHDT-11,M10.1.0,M4.1.0",
    };
    for (size_t i = 0; i < COUNT(footers); i++) {
        struct arena arena = { 0 };
        char bytes[512];
        size_t len = zone_with_footer(footers[i], bytes);
        const struct zone *zone = zone_parse(bytes, len, &arena);
        if (!zone)
            fail_msg("not read: %s", footers[i]);
        use_zone(footers[i]);
        for (int64_t at_s = 0; at_s < INT64_C(4102444800); at_s += 21599)
            if (zone_offset_s(zone, at_s, NULL) != library_offset_s(at_s))
                fail_msg("%s at %lld: %d, not %d", footers[i], (long long)at_s,
                         zone_offset_s(zone, at_s, NULL), library_offset_s(at_s));
        arena_clear(&arena);
    }
    use_zone("UTC");
    struct arena arena = { 0 };
    char bytes[512];
    const struct zone *zone =
        zone_parse(bytes, zone_with_footer("EST5EDT,0/0,J365/25", bytes), &arena);
    for (int64_t at_s = 0; zone && at_s < INT64_C(400000000); at_s += 900)
        if (zone_offset_s(zone, at_s, NULL) != -4 * 3600)
            fail_msg("summer time all the year is not so at %lld", (long long)at_s);
    assert_non_null(zone);
    arena_clear(&arena);
}

static void broken_zone_files_are_refused(void **unused)
{
    (void)unused;
    static const char *const footers[] = {
        "CET",
        "CE-1",
        "CET-1CEST",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "<CET-1",
        "CET-1CEST,M3.5.0,M10.5.0/3x",
        "CET-25",
        "CET-1CEST,M3.0.0,M10.5.0",
        "CET-1CEST,J0,J5",
        "CET-1:60",
    };
    static struct zone_file file;
    struct arena arena = { 0 };
    char bytes[512];
    for (size_t i = 0; i < COUNT(footers); i++)
        if (zone_parse(bytes, zone_with_footer(footers[i], bytes), &arena))
            fail_msg("read: %s", footers[i]);
    read_zone("Europe/Zurich", &file);
    assert_non_null(zone_parse(file.bytes, file.len, &arena));
    for (size_t len = 0; len + 1 < file.len; len++)
        if (zone_parse(file.bytes, len, &arena))
            fail_msg("read although cut at %zu", len);
    assert_null(zone_parse(NULL, 0, &arena));
    srand(1);
    for (int round = 0; round < 3000; round++) {
        char *copy = malloc(file.len);
        assert_non_null(copy);
        memcpy(copy, file.bytes, file.len);
        for (int i = 0; i < 3; i++)
            copy[(size_t)rand() % file.len] = (char)rand();
        const struct zone *zone = zone_parse(copy, file.len, &arena);
        int64_t until_s = 1;
        if (zone)
            zone_offset_s(zone, 1800000000, &until_s);
        assert_true(until_s > 0);
        free(copy);
        arena_clear(&arena);
    }
}

static void zone_names_stay_in_their_folder(void **unused)
{
    (void)unused;
    static const struct { const char *name; bool good; } rows[] = {
        { "Europe/Zurich", true },
        { "Etc/GMT+5", true },
        { "America/Argentina/Buenos_Aires", true },
        { "", false },
        { "/etc/passwd", false },
        { "../passwd", false },
        { "Europe/../x", false },
        { "Europe/", false },
        { "a b", false },
        { "Europe//Zurich", false },
        { "x.y", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (zone_name_is_valid(rows[i].name) != rows[i].good)
            fail_msg("%s", rows[i].name);
}

/* ---- reading the text ---- */

static void mistakes_are_told_with_their_line(void **unused)
{
    (void)unused;
    static const struct { const char *story, *text, *part; } rows[] = {
        { "nothing", "", "line 1: no hours are given" },
        { "only a zone", "timezone UTC\n", "no hours are given" },
        { "a comment only", "# mon 08:00-09:00\n", "no hours" },
        { "an unknown weekday", "mon 08:00-09:00\nmoo 08:00-09:00",
          "line 2: moo is not understood" },
        { "a day without hours", "mon", "line 1: mon needs intervals" },
        { "an hour 25", "mon 25:00-26:00", "line 1: 25:00-26:00 is no interval" },
        { "an empty interval", "mon 08:00-08:00", "08:00-08:00 is no interval" },
        { "after midnight at the start", "mon 24:00-08:00", "is no interval" },
        { "minute 60", "mon 08:60-09:00", "is no interval" },
        { "past 24:00", "mon 08:00-24:01", "is no interval" },
        { "two that overlap", "mon 08:00-12:00 11:00-13:00", "begins before" },
        { "seven intervals",
          "mon 00:00-01:00 02:00-03:00 04:00-05:00 06:00-07:00 08:00-09:00 "
          "10:00-11:00 12:00-13:00",
          "one interval too many" },
        { "a weekday twice", "mon-fri 08:00-09:00\nwed 10:00-11:00", "line 2: wed has a weekday" },
        { "always and a weekday", "always\nmon 10:00-11:00", "line 2: mon has a weekday" },
        { "a word behind always", "always mon", "line 1: mon stands behind always" },
        { "a word behind the hours", "mon 08:00-09:00 maybe", "maybe is not understood" },
        { "closed and more", "mon closed 08:00-09:00", "is not understood" },
        { "a holiday that is none", "always\nholiday 2026-02-29", "line 2: holiday needs a date" },
        { "a holiday without date", "always\nholiday Christmas", "needs a date" },
        { "a holiday twice", "always\nholiday 12-25\nholiday 12-25", "line 3: 12-25 is a holiday" },
        { "a holiday with odd hours", "always\nholiday 12-25 8:00-9:00 x\nholiday 12-26 08:00 x",
          "line 3: 08:00 is no interval" },
        { "a zone with dots", "timezone ../x\nalways", "line 1: timezone needs one name" },
        { "two zones", "timezone UTC\ntimezone UTC\nalways",
          "line 2: UTC is named for the second" },
        { "an unknown zone", "timezone Mars/Base\nalways", "time zone Mars/Base is not known" },
        { "broken ranges", "mon-08:00", "is not understood" },
        { "a comma too many", "mon, 08:00-09:00", "is not understood" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        char error[CALENDAR_ERROR_MAX];
        if (calendar_parse(rows[i].text, NULL, 0, &arena, error))
            fail_msg("%s: taken", rows[i].story);
        if (!strstr(error, rows[i].part))
            fail_msg("%s: %s", rows[i].story, error);
        arena_clear(&arena);
    }
}

static void any_bytes_end_in_a_calendar_or_an_error(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {
        "mon",    "-",       "fri",        ",",      " ",     "\n",       "08:00", "12:00",
        "24:00",  "holiday", "2026-12-25", "always", "never", "timezone", "UTC",   "#",
        "closed", "\t",      "x",          "\xff",   ":",     "99",       "\r",
    };
    srand(7);
    for (int round = 0; round < 20000; round++) {
        struct arena arena = { 0 };
        char text[400] = "", error[CALENDAR_ERROR_MAX];
        for (int i = rand() % 25; i > 0; i--)
            strcat(text, pieces[(size_t)rand() % COUNT(pieces)]);
        const struct calendar *c = calendar_parse(text, NULL, 0, &arena, error);
        assert_true(c ? *error == '\0' : *error != '\0');
        if (c)
            assert_true(calendar_next_open_ms(c, 0) >= 0 && calendar_next_close_ms(c, 0) >= 0);
        arena_clear(&arena);
    }
}

/* ---- questions, against an oracle ---- */

struct oracle_rule { int from, to; };                  /* minutes of a week from Monday, local */

/* Open by the wall clock of the C library; nothing else is known here. Hours over midnight belong
 * to the day on which they begin, so a holiday takes them along and the day after it does not. */
static bool oracle_open(const struct oracle_rule *rules, size_t count, int64_t at_ms)
{
    time_t at = (time_t)(at_ms / 1000);
    struct tm tm;
    localtime_r(&at, &tm);
    int day = (tm.tm_wday + 6) % 7, minute = day * 1440 + tm.tm_hour * 60 + tm.tm_min;
    for (size_t i = 0; i < count; i++) {
        int over = rules[i].from > minute ? 7 * 1440 : 0;
        if (minute + over < rules[i].from || minute + over >= rules[i].to)
            continue;
        bool today = rules[i].from / 1440 == day;
        if (tm.tm_mon != 11 || tm.tm_mday != (today ? 25 : 26))
            return true;
    }
    return false;
}

static const char oracle_text[] =
    "mon-wed 08:00-12:00 13:00-17:30\nthu 00:00-24:00\nfri 22:00-02:30\n"
    "sun 01:45-02:15 23:00-24:00\nholiday 12-25 Christmas\n";
#define AT(day, hour, minute) ((day) * 1440 + (hour) * 60 + (minute))
static const struct oracle_rule oracle_rules[] = {
    { AT(0, 8, 0), AT(0, 12, 0) }, { AT(0, 13, 0), AT(0, 17, 30) },
    { AT(1, 8, 0), AT(1, 12, 0) }, { AT(1, 13, 0), AT(1, 17, 30) },
    { AT(2, 8, 0), AT(2, 12, 0) }, { AT(2, 13, 0), AT(2, 17, 30) },
    { AT(3, 0, 0), AT(4, 0, 0) },  { AT(4, 22, 0), AT(5, 2, 30) },
    { AT(6, 1, 45), AT(6, 2, 15) }, { AT(6, 23, 0), AT(7, 0, 0) },
};


static void compare(const struct calendar *c, const char *zone, int64_t from_ms, int64_t until_ms)
{
    int64_t next_open = -1, next_close = -1, sum_ms = 0;
    for (int64_t at = until_ms - MINUTE_MS; at >= from_ms; at -= MINUTE_MS) {
        bool open = oracle_open(oracle_rules, COUNT(oracle_rules), at);
        if (open) {
            next_open = at;
            sum_ms += MINUTE_MS;
        } else {
            next_close = at;
        }
        bool good = calendar_is_open(c, at) == open;
        if (next_open >= 0 && next_close >= 0)
            good = good && calendar_next_open_ms(c, at) == next_open
                   && calendar_next_close_ms(c, at) == next_close;
        good =
            good && (at % (37 * MINUTE_MS) || calendar_open_between_ms(c, at, until_ms) == sum_ms);
        if (good && sum_ms && at % (41 * MINUTE_MS) == 0) {
            int64_t end = calendar_add_open_ms(c, at, sum_ms);
            good = calendar_open_between_ms(c, at, end) == sum_ms && end <= until_ms
                   && calendar_open_between_ms(c, at, end - 1) == sum_ms - 1;
        }
        if (!good)
            fail_msg("%s: wrong at %lld (open %d)", zone, (long long)(at / 1000), open);
    }
}

static void open_hours_agree_with_a_walk_by_minutes(void **unused)
{
    (void)unused;
    static const char *const names[] = { "Europe/Zurich", "America/New_York", "Australia/Lord_Howe",
                                         "America/Santiago", "Asia/Kathmandu", "Africa/Cairo" };
    for (size_t i = 0; i < COUNT(names); i++) {
        struct arena arena = { 0 };
        char text[600];
        snprintf(text, sizeof text, "timezone %s\n%s", names[i], oracle_text);
        const struct calendar *c = make(&arena, text);
        use_zone(names[i]);
        /* Around the changes of the clocks, north and south, the end of a year, and 2038. */
        compare(c, names[i], utc_ms(2026, 3, 6, 0, 0), utc_ms(2026, 4, 8, 0, 0));
        compare(c, names[i], utc_ms(2026, 10, 2, 0, 0), utc_ms(2026, 11, 3, 0, 0));
        compare(c, names[i], utc_ms(2026, 12, 20, 0, 0), utc_ms(2027, 1, 5, 0, 0));
        compare(c, names[i], utc_ms(2038, 1, 15, 0, 0), utc_ms(2038, 1, 25, 0, 0));
        compare(c, names[i], utc_ms(2040, 9, 1, 0, 0), utc_ms(2040, 9, 12, 0, 0));
        arena_clear(&arena);
    }
    use_zone("UTC");
}

static void stories_of_a_week(void **unused)
{
    (void)unused;
    static const char zurich[] = "timezone Europe/Zurich   # ours\r\n"
                                 "mon-fri 08:00-12:00 13:00-17:30\r\n"
                                 "sat 09:00-12:00\nsun closed\nholiday 2026-12-25 Christmas\n"
                                 "holiday 2026-12-24 08:00-12:00 Christmas Eve\nholiday 12-26\n"
                                 "holiday 2027-12-26 10:00-11:00 only in this year\n";
    struct arena arena = { 0 };
    const struct calendar *c = make(&arena, zurich);
    static const struct { const char *story; int from[5], to[5]; const char *opens; } rows[] = {
        { "before opening", { 2026, 3, 2, 6, 0 }, { 2026, 3, 2, 7, 0 }, "Monday 08:00" },
        { "in the lunch break", { 2026, 3, 2, 11, 30 }, { 2026, 3, 2, 12, 0 }, "Monday 13:00" },
        { "Saturday noon", { 2026, 3, 7, 11, 0 }, { 2026, 3, 9, 7, 0 }, "Monday 08:00" },
        { "summer time began over the weekend", { 2026, 3, 28, 11, 0 }, { 2026, 3, 30, 6, 0 },
          "Monday 08:00" },
        { "Christmas Eve closes at noon, and then it is Monday", { 2026, 12, 24, 11, 0 },
          { 2026, 12, 28, 7, 0 }, "Monday 08:00" },
        { "a date with its year goes before one of every year", { 2027, 12, 25, 12, 0 },
          { 2027, 12, 26, 9, 0 }, "Sunday 10:00" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const int *f = rows[i].from, *t = rows[i].to;
        char opens[CALENDAR_OPENS_MAX];
        int64_t at = utc_ms(f[0], f[1], f[2], f[3], f[4]);
        if (calendar_next_open_ms(c, at) != utc_ms(t[0], t[1], t[2], t[3], t[4]))
            fail_msg("%s: opens at %lld", rows[i].story,
                     (long long)calendar_next_open_ms(c, at) / 1000);
        if (!calendar_opens_text(c, at, opens) || strcmp(opens, rows[i].opens) != 0)
            fail_msg("%s: %s", rows[i].story, opens);
    }
    int64_t tuesday = utc_ms(2026, 3, 3, 9, 0);
    char opens[CALENDAR_OPENS_MAX] = "x";
    assert_false(calendar_opens_text(c, tuesday, opens));
    assert_string_equal(opens, "");
    assert_int_equal(calendar_next_close_ms(c, tuesday + 1), utc_ms(2026, 3, 3, 11, 0));
    assert_int_equal(calendar_next_open_ms(c, tuesday + 1), tuesday + 1);
    /* Eight hours and a half are one working day. */
    assert_int_equal(calendar_add_open_ms(c, tuesday, 17 * HOUR_MS / 2), tuesday + 24 * HOUR_MS);
    assert_int_equal(calendar_add_open_ms(c, tuesday, 0), tuesday);
    assert_int_equal(calendar_open_between_ms(c, tuesday, tuesday - 1), 0);
    assert_true(calendar_is_holiday(c, date_to_days(2026, 12, 25)));
    assert_true(calendar_is_holiday(c, date_to_days(2030, 12, 26)));
    assert_false(calendar_is_holiday(c, date_to_days(2026, 12, 24)));
    struct calendar_time t = calendar_local(c, utc_ms(2026, 7, 31, 22, 5));
    assert_true(t.year == 2026 && t.month == 8 && t.day == 1 && t.hour == 0 && t.minute == 5
                && t.weekday == 5 && t.offset_s == 7200);
    arena_clear(&arena);
}

static void always_never_and_far_away(void **unused)
{
    (void)unused;
    struct arena arena = { 0 };
    int64_t now = utc_ms(2026, 3, 2, 9, 0);
    char opens[CALENDAR_OPENS_MAX];
    const struct calendar *always[] = { NULL, make(&arena, "always"),
                                        make(&arena, "mon-sun 00:00-24:00") };
    for (size_t i = 0; i < COUNT(always); i++) {
        assert_true(calendar_is_open(always[i], now));
        assert_int_equal(calendar_next_open_ms(always[i], now), now);
        assert_int_equal(calendar_next_close_ms(always[i], now), CALENDAR_NEVER);
        assert_int_equal(calendar_add_open_ms(always[i], now, 5), now + 5);
        assert_int_equal(calendar_add_open_ms(always[i], now, INT64_MAX), CALENDAR_NEVER);
        assert_int_equal(calendar_open_between_ms(always[i], now, now + 7), 7);
        assert_false(calendar_opens_text(always[i], now, opens));
    }
    const struct calendar *never[] = { make(&arena, "never"), make(&arena, "mon closed"),
                                       make(&arena, "always\nholiday 2020-01-01") };
    for (size_t i = 0; i < 2; i++) {
        assert_false(calendar_is_open(never[i], now));
        assert_int_equal(calendar_next_open_ms(never[i], now), CALENDAR_NEVER);
        assert_int_equal(calendar_next_close_ms(never[i], now), now);
        assert_int_equal(calendar_add_open_ms(never[i], now, 5), CALENDAR_NEVER);
        assert_int_equal(calendar_open_between_ms(never[i], now, now + 1000), 0);
        assert_false(calendar_opens_text(never[i], now, opens));
    }
    assert_int_equal(calendar_next_close_ms(never[2], now), CALENDAR_NEVER);
    const struct calendar *leap = make(&arena, "never\nholiday 02-29 10:00-11:00 leap day");
    assert_int_equal(calendar_next_open_ms(leap, now), utc_ms(2028, 2, 29, 10, 0));
    assert_true(calendar_opens_text(leap, now, opens));
    assert_string_equal(opens, "2028-02-29 10:00");
    const struct calendar *far = make(&arena, "never\nholiday 2150-06-01 10:00-24:00");
    assert_int_equal(calendar_next_open_ms(far, now), utc_ms(2150, 6, 1, 10, 0));
    assert_int_equal(calendar_next_close_ms(far, utc_ms(2150, 6, 1, 10, 0)),
                     utc_ms(2150, 6, 2, 0, 0));
    assert_int_equal(calendar_next_open_ms(far, utc_ms(2150, 6, 2, 0, 0)), CALENDAR_NEVER);
    for (size_t i = 0; i < 2; i++) {
        int64_t odd = i ? INT64_MAX - 1 : INT64_MIN;
        calendar_is_open(far, odd);
        calendar_local(far, odd);
        assert_int_equal(calendar_open_between_ms(far, INT64_MIN, INT64_MAX), 14 * HOUR_MS);
        assert_true(calendar_add_open_ms(far, odd, INT64_MAX) == CALENDAR_NEVER);
        assert_true(calendar_instant_ms(far, odd, 0) >= 0);
    }
    arena_clear(&arena);
}

static void wall_clock_times_become_instants(void **unused)
{
    (void)unused;
    struct arena arena = { 0 };
    const struct calendar *c = make(&arena, "timezone Europe/Zurich\nalways");
    static const struct { const char *story; int date[3], minute; int utc[5]; } rows[] = {
        { "winter", { 2026, 1, 5 }, 9 * 60, { 2026, 1, 5, 8, 0 } },
        { "summer", { 2026, 7, 5 }, 9 * 60, { 2026, 7, 5, 7, 0 } },
        { "a skipped time is the skip", { 2026, 3, 29 }, 150, { 2026, 3, 29, 1, 0 } },
        { "just behind the skip", { 2026, 3, 29 }, 180, { 2026, 3, 29, 1, 0 } },
        { "a doubled time is the first one", { 2026, 10, 25 }, 150, { 2026, 10, 25, 0, 30 } },
        { "behind the doubled hour", { 2026, 10, 25 }, 180, { 2026, 10, 25, 2, 0 } },
        { "midnight", { 2026, 10, 25 }, 0, { 2026, 10, 24, 22, 0 } },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const int *d = rows[i].date, *u = rows[i].utc;
        int64_t at = calendar_instant_ms(c, date_to_days(d[0], d[1], d[2]), rows[i].minute);
        if (at != utc_ms(u[0], u[1], u[2], u[3], u[4]))
            fail_msg("%s: %lld", rows[i].story, (long long)at / 1000);
    }
    arena_clear(&arena);
}

static void the_zone_is_named_before_it_is_read(void **unused)
{
    (void)unused;
    static const struct { const char *text, *name; } rows[] = {
        { "always", "UTC" },
        { "# timezone Europe/Oslo\nalways", "UTC" },
        { "mon 08:00-09:00\r\n  TimeZone\tEurope/Oslo # here\r\n", "Europe/Oslo" },
        { "timezone ../../etc/passwd\n", "UTC" },
        { "timezone\nalways", "UTC" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[ZONE_NAME_MAX + 1];
        calendar_zone_name(rows[i].text, name);
        assert_string_equal(name, rows[i].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_agree_with_the_c_library),
        cmocka_unit_test(offsets_agree_with_the_c_library),
        cmocka_unit_test(every_transition_is_met_to_the_second),
        cmocka_unit_test(footers_agree_with_the_c_library),
        cmocka_unit_test(broken_zone_files_are_refused),
        cmocka_unit_test(zone_names_stay_in_their_folder),
        cmocka_unit_test(mistakes_are_told_with_their_line),
        cmocka_unit_test(any_bytes_end_in_a_calendar_or_an_error),
        cmocka_unit_test(open_hours_agree_with_a_walk_by_minutes),
        cmocka_unit_test(stories_of_a_week),
        cmocka_unit_test(always_never_and_far_away),
        cmocka_unit_test(wall_clock_times_become_instants),
        cmocka_unit_test(the_zone_is_named_before_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
