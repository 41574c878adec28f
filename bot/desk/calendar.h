/* calendar.h - opening hours: when people are there, in their time zone, with holidays.
 * Pure: text and zone bytes in, answers out. It does not read files or the clock.
 *
 * The text is one statement a line; '#' begins a comment:
 *     timezone Europe/Zurich          (UTC without this line)
 *     mon-fri 08:00-12:00 13:00-17:30
 *     sat,sun 22:00-02:00             (belongs to the day on which it begins)
 *     holiday 2026-12-25 Christmas    (closed all day)
 *     holiday 2026-12-24 08:00-12:00 Christmas Eve
 *     holiday 01-01 New Year          (every year)
 * or `always` or `never` in place of the lines with weekdays. Open means: the wall clock shows a
 * time in an interval. So a skipped hour does not count and a doubled hour counts twice. */
#ifndef DESKHAND_DESK_CALENDAR_H
#define DESKHAND_DESK_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/desk/zone.h"

struct calendar;

enum {
    CALENDAR_TEXT_MAX = 64 * 1024, CALENDAR_INTERVALS_MAX = 6, CALENDAR_HOLIDAYS_MAX = 400,
    CALENDAR_ERROR_MAX = 200, CALENDAR_OPENS_MAX = 24
};

#define CALENDAR_NEVER INT64_MAX

/* The name in the timezone line of the text, copied to out; "UTC" when there is none or it is bad.
 * Otherwise the caller reads that zoneinfo file and gives its bytes to calendar_parse. */
void calendar_zone_name(const char *text, char out[ZONE_NAME_MAX + 1]);

/* The calendar lives in the arena. NULL with "line 3: what is wrong; what to do" in error. zone may
 * be NULL only when the text names no zone or UTC. Cheap enough to be done per use. */
const struct calendar *calendar_parse(const char *text, const void *zone, size_t zone_len,
                                      struct arena *arena, char error[CALENDAR_ERROR_MAX]);

/* A NULL calendar is always open, in UTC. All times are unix milliseconds. */
bool calendar_is_open(const struct calendar *c, int64_t at_ms);

/* The first instant from at_ms on, itself included, that is open, or closed; or CALENDAR_NEVER. */
int64_t calendar_next_open_ms(const struct calendar *c, int64_t at_ms);
int64_t calendar_next_close_ms(const struct calendar *c, int64_t at_ms);

/* The instant at which duration_ms of open time have passed since from_ms; or CALENDAR_NEVER. */
int64_t calendar_add_open_ms(const struct calendar *c, int64_t from_ms, int64_t duration_ms);

/* Open time in [from_ms, until_ms); 0 when that is empty. */
int64_t calendar_open_between_ms(const struct calendar *c, int64_t from_ms, int64_t until_ms);

struct calendar_time {
    int year, month, day, weekday;      /* 1..12, 1..31, 0 = Monday */
    int hour, minute, second, offset_s;
    int64_t days;                       /* since 1970-01-01, of the local date */
};

struct calendar_time calendar_local(const struct calendar *c, int64_t at_ms);

/* The instant at which the local wall clock first shows this minute (0..1439) of this local date;
 * in a skipped hour the instant of the skip. */
int64_t calendar_instant_ms(const struct calendar *c, int64_t days, int minute);

/* The local date stands in a holiday line that has no hours. */
bool calendar_is_holiday(const struct calendar *c, int64_t days);

/* "Monday 08:00", or "2026-12-28 08:00" when that is over 6 days away. False (and "") when it is
 * open at at_ms or never opens. */
bool calendar_opens_text(const struct calendar *c, int64_t at_ms, char out[CALENDAR_OPENS_MAX]);

#endif
