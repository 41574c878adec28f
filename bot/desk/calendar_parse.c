#include "bot/desk/calendar_parse.h"

#include <stdio.h>
#include <string.h>

#include "bot/base/text.h"

enum { YEAR_FIRST = 1970, YEAR_LAST = 2199, WORD_MAX = 64, WORD_SHOWN = 24 };

struct parser {
    struct calendar *calendar;
    struct holiday *holidays;
    struct arena *arena;
    int line;
    bool seen[WEEK_DAYS];               /* hours of this weekday were given */
    bool zone_seen;
    char *error;
};

static int fail(struct parser *p, const char *what, const char *word)
{
    snprintf(p->error, CALENDAR_ERROR_MAX, "line %d: %.*s%s%s", p->line,
             (int)text_bytes(word, WORD_SHOWN), word, *word ? " " : "", what);
    return -1;
}

/* ---- words ---- */

/* Copies the next word of the line and moves *at behind it; false when there is none or it is over
 * long (then *at stays). */
static bool next_word(const char **at, char word[WORD_MAX])
{
    const char *start = *at + strspn(*at, " \t");
    size_t len = strcspn(start, " \t");
    if (len == 0 || len >= WORD_MAX)
        return false;
    memcpy(word, start, len);
    word[len] = '\0';
    *at = start + len;
    return true;
}

/* Exactly `count` digits, or -1. */
static int digits(const char *text, size_t count)
{
    int value = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + text[i] - '0';
    }
    return value;
}

/* "08:30" in minutes, or -1. "24:00" is one too. */
static int minute_of(const char *text)
{
    int hour = digits(text, 2), minute = -1;
    if (hour >= 0 && text[2] == ':')
        minute = digits(text + 3, 2);
    return minute < 0 || minute > 59 || hour * 60 + minute > DAY_MINUTES ? -1 : hour * 60 + minute;
}

/* "22:00-02:00" ends on the next day. */
static bool interval_of(const char *word, struct interval *out)
{
    if (strlen(word) != 11 || word[5] != '-')
        return false;
    int from = minute_of(word), to = minute_of(word + 6);
    if (from < 0 || to < 0 || from == to || from == DAY_MINUTES)
        return false;
    *out = (struct interval){ (int16_t)from, (int16_t)(to < from ? to + DAY_MINUTES : to) };
    return true;
}

static int weekday_of(const char *word, size_t len)
{
    static const char *const names[WEEK_DAYS] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
    for (int i = 0; i < WEEK_DAYS; i++)
        if (len == 3 && strncasecmp(word, names[i], 3) == 0)
            return i;
    return -1;
}

/* "mon-fri,sun" as bits, bit 0 for Monday; "fri-mon" goes over the weekend. 0: not that. */
static unsigned weekdays_of(const char *word)
{
    unsigned days = 0;
    for (;;) {
        size_t len = strcspn(word, ",");
        int first = weekday_of(word, len > 3 ? 3 : len), last = first;
        if (len == 7 && word[3] == '-')
            last = weekday_of(word + 4, 3);
        else if (len != 3)
            return 0;
        if (first < 0 || last < 0)
            return 0;
        for (int day = first;; day = (day + 1) % WEEK_DAYS) {
            days |= 1u << day;
            if (day == last)
                break;
        }
        if (!word[len])
            return days;
        word += len + 1;
    }
}

/* "2026-12-25" or "12-25". */
static bool date_of(const char *word, struct holiday *out)
{
    size_t len = strlen(word);
    *out = (struct holiday){ 0 };
    if (len == 10 && word[4] == '-') {
        out->year = digits(word, 4);
        if (out->year < YEAR_FIRST || out->year > YEAR_LAST)
            return false;
        word += 5;
    } else if (len != 5) {
        return false;
    }
    out->month = digits(word, 2);
    out->day = word[2] == '-' ? digits(word + 3, 2) : -1;
    return date_is_valid(out->year ? out->year : 2000, out->month, out->day);
}

/* ---- statements ---- */

/* Takes the intervals that come next. Words that look different are left (a holiday's name). */
static int take_intervals(struct parser *p, const char **rest, struct day_hours *hours)
{
    char word[WORD_MAX];
    const char *at = *rest;
    while (next_word(&at, word) && digits(word, 2) >= 0 && word[2] == ':') {
        struct interval interval;
        if (!interval_of(word, &interval))
            return fail(p, "is no interval; write it like 08:00-12:30, 22:00-02:00 or 13:00-24:00",
                        word);
        if (hours->count == CALENDAR_INTERVALS_MAX)
            return fail(p, "is one interval too many for a day; at most 6", word);
        if (hours->count && interval.from < hours->items[hours->count - 1].to)
            return fail(p, "begins before the interval before it ends; write them in order", word);
        hours->items[hours->count++] = interval;
        *rest = at;
    }
    return 0;
}

static int take_zone(struct parser *p, const char *rest)
{
    char word[WORD_MAX], more[WORD_MAX];
    if (!next_word(&rest, word) || !zone_name_is_valid(word) || next_word(&rest, more))
        return fail(p, "needs one name of a zone, like timezone Europe/Zurich", "timezone");
    if (p->zone_seen)
        return fail(p, "is named for the second time; keep one timezone line", word);
    p->zone_seen = true;
    return 0;
}

static int take_holiday(struct parser *p, const char *rest)
{
    char word[WORD_MAX];
    struct holiday holiday;
    if (!next_word(&rest, word) || !date_of(word, &holiday))
        return fail(p, "needs a date, like holiday 2026-12-25 or, every year, holiday 12-25",
                    "holiday");
    if (take_intervals(p, &rest, &holiday.hours))
        return -1;
    if (!p->holidays)
        p->holidays = arena_alloc(p->arena, CALENDAR_HOLIDAYS_MAX * sizeof *p->holidays);
    for (size_t i = 0; i < p->calendar->holiday_count; i++) {
        const struct holiday *h = &p->holidays[i];
        if (h->year == holiday.year && h->month == holiday.month && h->day == holiday.day)
            return fail(p, "is a holiday already; keep one line for it", word);
    }
    if (p->calendar->holiday_count == CALENDAR_HOLIDAYS_MAX)
        return fail(p, "is one holiday too many; take out those of past years", word);
    p->holidays[p->calendar->holiday_count++] = holiday;
    return 0;
}

static int take_weekdays(struct parser *p, unsigned days, const char *rest, const char *word)
{
    struct day_hours hours = { 0 };
    char left[WORD_MAX];
    if (take_intervals(p, &rest, &hours))
        return -1;
    bool closed = next_word(&rest, left);
    if (closed && (hours.count || strcasecmp(left, "closed") != 0 || next_word(&rest, left)))
        return fail(p, "is not understood; after the weekdays write intervals like 08:00-12:00, or "
                    "closed", left);
    if (!closed && (hours.count == 0 || rest[strspn(rest, " \t")]))
        return fail(p, "needs intervals like 08:00-12:00, or closed", word);
    for (int day = 0; day < WEEK_DAYS; day++) {
        if (!(days & 1u << day))
            continue;
        if (p->seen[day])
            return fail(p, "has a weekday that has its hours already; put them into one line",
                        word);
        p->seen[day] = true;
        p->calendar->week[day] = hours;
    }
    return 0;
}

static int take_line(struct parser *p, const char *line)
{
    char word[WORD_MAX], more[WORD_MAX];
    const char *rest = line;
    if (!line[strspn(line, " \t")])
        return 0;
    if (!next_word(&rest, word))
        return fail(p, "begins with a word that is too long; see the examples in the help", "");
    if (strcasecmp(word, "timezone") == 0)
        return take_zone(p, rest);
    if (strcasecmp(word, "holiday") == 0)
        return take_holiday(p, rest);
    bool always = strcasecmp(word, "always") == 0;
    if (always || strcasecmp(word, "never") == 0)
        return next_word(&rest, more)
            ? fail(p, "stands behind always or never; it must be alone in its line", more)
            : take_weekdays(p, (1u << WEEK_DAYS) - 1, always ? "00:00-24:00" : "closed", word);
    unsigned days = weekdays_of(word);
    if (!days)
        return fail(p,
                    "is not understood; a line begins with weekdays like mon-fri or sat,sun, with "
                    "timezone, holiday, always or never",
                    word);
    return take_weekdays(p, days, rest, word);
}

/* The line without its comment and what follows it at the end. */
static const char *copy_line(struct arena *arena, const char *text, size_t len)
{
    const char *comment = memchr(text, '#', len);
    size_t used = comment ? (size_t)(comment - text) : len;
    while (used && (text[used - 1] == '\r' || text[used - 1] == ' '))
        used--;
    return arena_copy_n(arena, text, used);
}

static int take_text(struct parser *p, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        p->line++;
        if (take_line(p, copy_line(p->arena, text, len)))
            return -1;
        text += len + (text[len] == '\n');
    }
    return 0;
}

/* ---- the whole ---- */

void calendar_zone_name(const char *text, char out[ZONE_NAME_MAX + 1])
{
    char word[WORD_MAX];
    memcpy(out, "UTC", sizeof "UTC");
    for (; *text; text += strcspn(text, "\n"), text += *text == '\n') {
        char line[2 * WORD_MAX];
        size_t len = strcspn(text, "#\r\n");
        const char *rest = line;
        snprintf(line, sizeof line, "%.*s", (int)(len < sizeof line ? len : 0), text);
        if (next_word(&rest, word) && strcasecmp(word, "timezone") == 0) {
            if (next_word(&rest, word) && zone_name_is_valid(word))
                memcpy(out, word, strlen(word) + 1);
            return;
        }
    }
}

static int take_zone_bytes(struct parser *p, const char *text, const void *bytes, size_t len)
{
    char name[ZONE_NAME_MAX + 1];
    calendar_zone_name(text, name);
    if (strcmp(name, "UTC") == 0)
        return 0;
    p->calendar->zone = zone_parse(bytes, len, p->arena);
    if (p->calendar->zone)
        return 0;
    snprintf(p->error, CALENDAR_ERROR_MAX, "time zone %.63s is not known on this machine; use a "
             "name like Europe/Zurich and install tzdata", name);
    return -1;
}

const struct calendar *calendar_parse(const char *text, const void *zone, size_t zone_len,
                                      struct arena *arena, char error[CALENDAR_ERROR_MAX])
{
    struct parser p = { .arena = arena, .error = error };
    *error = '\0';
    if (strlen(text) > CALENDAR_TEXT_MAX) {
        snprintf(error, CALENDAR_ERROR_MAX, "the text is too long; at most 64 KiB");
        return NULL;
    }
    p.calendar = arena_alloc(arena, sizeof *p.calendar);
    if (take_text(&p, text) || take_zone_bytes(&p, text, zone, zone_len))
        return NULL;
    bool said = p.calendar->holiday_count > 0;
    for (int day = 0; day < WEEK_DAYS; day++)
        said = said || p.seen[day];
    if (!said) {
        p.line = p.line ? p.line : 1;
        fail(&p, "no hours are given; write lines like mon-fri 08:00-17:00, or always, or never",
             "");
        return NULL;
    }
    p.calendar->holidays = p.holidays;
    return p.calendar;
}
