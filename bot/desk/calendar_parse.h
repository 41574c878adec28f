/* calendar_parse.h - what a calendar holds: for the half that reads text and the half that answers.
 * Everybody else uses calendar.h. */
#ifndef DESKHAND_DESK_CALENDAR_PARSE_H
#define DESKHAND_DESK_CALENDAR_PARSE_H

#include "bot/desk/calendar.h"

enum { DAY_MINUTES = 24 * 60, WEEK_DAYS = 7 };

struct interval {
    int16_t from, to;       /* minutes of the day; to > DAY_MINUTES: into the next day */
};

struct day_hours {
    struct interval items[CALENDAR_INTERVALS_MAX];
    size_t count;                       /* 0: closed */
};

struct holiday {
    int year, month, day;               /* year 0: every year */
    struct day_hours hours;
};

struct calendar {
    const struct zone *zone;            /* NULL: UTC */
    struct day_hours week[WEEK_DAYS];   /* from Monday */
    const struct holiday *holidays;
    size_t holiday_count;
};

#endif
