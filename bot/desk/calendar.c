#include "bot/desk/calendar.h"

#include <stdio.h>

#include "bot/desk/calendar_parse.h"

/* Times are held to 1970..2200: nothing outside is a ticket's, and sums cannot overflow. Nine years
 * hold every date that comes back every year, 29 February included. */
#define TIME_END_S (INT64_C(84006) * DAY_S)
#define SEARCH_S (INT64_C(9) * 366 * DAY_S)

struct piece {                          /* from an instant on, nothing changes until until_s */
    bool open;
    int64_t until_s;
};

static int64_t clamp_s(int64_t at_s)
{
    return at_s < 0 ? 0 : at_s > TIME_END_S ? TIME_END_S : at_s;
}

/* A time of today's desks, however odd the number that came in; milliseconds are rounded down. */
static int64_t clamp_ms(int64_t at_ms)
{
    return at_ms < 0 ? 0 : at_ms > TIME_END_S * 1000 ? TIME_END_S * 1000 : at_ms;
}

static const struct holiday *find_holiday(const struct calendar *c, int64_t days)
{
    if (!c->holiday_count)
        return NULL;
    int year, month, day;
    const struct holiday *every_year = NULL;
    date_from_days(days, &year, &month, &day);
    for (size_t i = 0; i < c->holiday_count; i++) {
        const struct holiday *h = &c->holidays[i];
        if (h->month != month || h->day != day)
            continue;
        if (h->year == year)
            return h;                   /* a date with its year goes before one of every year */
        if (h->year == 0)
            every_year = h;
    }
    return every_year;
}

static const struct day_hours *hours_of(const struct calendar *c, int64_t days)
{
    const struct holiday *holiday = find_holiday(c, days);
    return holiday ? &holiday->hours : &c->week[date_weekday(days)];
}

/* Looks at the intervals of one day from a moment `second` after its midnight; a moment of the next
 * day is 24 hours more. */
static void look(const struct day_hours *hours, int32_t second, bool *open, int32_t *next)
{
    for (size_t i = 0; i < hours->count; i++) {
        int32_t from = hours->items[i].from * 60, to = hours->items[i].to * 60;
        if (from <= second && second < to)
            *open = true;
        if (from > second && from < *next)
            *next = from;
        if (to > second && to < *next)
            *next = to;
    }
}

static struct piece piece_at(const struct calendar *c, int64_t at_s)
{
    struct piece piece = { .open = false };
    int64_t change_s;
    int64_t local_s = at_s + zone_offset_s(c->zone, at_s, &change_s);
    int64_t days = local_s / DAY_S - (local_s % DAY_S < 0);
    int32_t second = (int32_t)(local_s - days * DAY_S), next = DAY_S, next_spilled = 2 * DAY_S;
    look(hours_of(c, days), second, &piece.open, &next);
    look(hours_of(c, days - 1), second + DAY_S, &piece.open, &next_spilled);
    if (next_spilled - DAY_S < next)
        next = next_spilled - DAY_S;
    piece.until_s = at_s + next - second;
    if (change_s < piece.until_s)
        piece.until_s = change_s;
    return piece;
}

/* Behind this nothing new can come. */
static int64_t search_end_s(const struct calendar *c, int64_t at_s)
{
    int64_t end_s = at_s + SEARCH_S;
    for (size_t i = 0; i < c->holiday_count; i++) {
        const struct holiday *h = &c->holidays[i];
        int64_t after_s = (date_to_days(h->year ? h->year : 1970, h->month, h->day) + 3) * DAY_S;
        if (after_s > end_s)
            end_s = after_s;
    }
    return end_s;
}

/* Every day has the same answer and no holiday says otherwise. */
static bool is_constant(const struct calendar *c, bool *open)
{
    bool all = true, none = true;
    for (int day = 0; day < WEEK_DAYS; day++) {
        const struct day_hours *h = &c->week[day];
        all = all && h->count == 1 && h->items[0].from == 0 && h->items[0].to == DAY_MINUTES;
        none = none && h->count == 0;
    }
    *open = all;
    return c->holiday_count == 0 && (all || none);
}

/* The first second from at_s on that is open, or closed; -1 when there is none. */
static int64_t find_s(const struct calendar *c, int64_t at_s, bool open)
{
    bool constantly;
    if (is_constant(c, &constantly))
        return constantly == open ? at_s : -1;
    int64_t end_s = search_end_s(c, at_s);
    while (at_s < end_s) {
        struct piece piece = piece_at(c, at_s);
        if (piece.open == open)
            return at_s;
        at_s = piece.until_s;
    }
    return -1;
}

static int64_t find_ms(const struct calendar *c, int64_t at_ms, bool open)
{
    if (!c)
        return open ? at_ms : CALENDAR_NEVER;
    int64_t from_s = clamp_ms(at_ms) / 1000;
    int64_t found_s = find_s(c, from_s, open);
    if (found_s < 0)
        return CALENDAR_NEVER;
    return found_s == from_s ? at_ms : found_s * 1000;
}

bool calendar_is_open(const struct calendar *c, int64_t at_ms)
{
    return !c || piece_at(c, clamp_ms(at_ms) / 1000).open;
}

int64_t calendar_next_open_ms(const struct calendar *c, int64_t at_ms)
{
    return find_ms(c, at_ms, true);
}

int64_t calendar_next_close_ms(const struct calendar *c, int64_t at_ms)
{
    return find_ms(c, at_ms, false);
}

int64_t calendar_add_open_ms(const struct calendar *c, int64_t from_ms, int64_t duration_ms)
{
    bool constantly = true;
    if (duration_ms <= 0)
        return from_ms;
    int64_t at_ms = clamp_ms(from_ms);
    if (!c || (is_constant(c, &constantly) && constantly))
        return duration_ms > INT64_MAX - 1 - at_ms ? CALENDAR_NEVER : at_ms + duration_ms;
    while (at_ms < TIME_END_S * 1000) {
        int64_t open_ms = find_ms(c, at_ms, true);
        if (open_ms == CALENDAR_NEVER)
            return CALENDAR_NEVER;
        int64_t until_ms = piece_at(c, open_ms / 1000).until_s * 1000;
        if (until_ms - open_ms >= duration_ms)
            return open_ms + duration_ms;
        duration_ms -= until_ms - open_ms;
        at_ms = until_ms;
    }
    return CALENDAR_NEVER;
}

int64_t calendar_open_between_ms(const struct calendar *c, int64_t from_ms, int64_t until_ms)
{
    bool constantly = true;
    int64_t at_ms = clamp_ms(from_ms), end_ms = clamp_ms(until_ms), sum_ms = 0;
    if (at_ms >= end_ms)
        return 0;
    if (!c || is_constant(c, &constantly))
        return constantly ? end_ms - at_ms : 0;
    while (at_ms < end_ms) {
        struct piece piece = piece_at(c, at_ms / 1000);
        int64_t next_ms = piece.until_s * 1000 < end_ms ? piece.until_s * 1000 : end_ms;
        if (piece.open)
            sum_ms += next_ms - at_ms;
        at_ms = next_ms;
    }
    return sum_ms;
}

struct calendar_time calendar_local(const struct calendar *c, int64_t at_ms)
{
    int64_t at_s = clamp_ms(at_ms) / 1000;
    struct calendar_time t = { .offset_s = zone_offset_s(c ? c->zone : NULL, at_s, NULL) };
    int64_t local_s = at_s + t.offset_s;
    t.days = local_s / DAY_S - (local_s % DAY_S < 0);
    int second = (int)(local_s - t.days * DAY_S);
    t.hour = second / 3600;
    t.minute = second / 60 % 60;
    t.second = second % 60;
    t.weekday = date_weekday(t.days);
    date_from_days(t.days, &t.year, &t.month, &t.day);
    return t;
}

int64_t calendar_instant_ms(const struct calendar *c, int64_t days, int minute)
{
    int64_t last = TIME_END_S / DAY_S;
    days = days < 1 ? 1 : days > last ? last : days;
    return clamp_s(zone_instant_s(c ? c->zone : NULL, days * DAY_S + minute * 60)) * 1000;
}

bool calendar_is_holiday(const struct calendar *c, int64_t days)
{
    const struct holiday *holiday = c ? find_holiday(c, days) : NULL;
    return holiday && holiday->hours.count == 0;
}

bool calendar_opens_text(const struct calendar *c, int64_t at_ms, char out[CALENDAR_OPENS_MAX])
{
    static const char *const names[WEEK_DAYS] = { "Monday", "Tuesday", "Wednesday", "Thursday",
                                                  "Friday", "Saturday", "Sunday" };
    int64_t open_ms = calendar_next_open_ms(c, at_ms);
    *out = '\0';
    if (open_ms == CALENDAR_NEVER || open_ms == at_ms)
        return false;
    struct calendar_time now = calendar_local(c, at_ms), then = calendar_local(c, open_ms);
    if (then.days - now.days <= 6)
        snprintf(out, CALENDAR_OPENS_MAX, "%s %02d:%02d", names[then.weekday], then.hour,
                 then.minute);
    else
        snprintf(out, CALENDAR_OPENS_MAX, "%04d-%02d-%02d %02d:%02d", then.year, then.month,
                 then.day, then.hour, then.minute);
    return true;
}
