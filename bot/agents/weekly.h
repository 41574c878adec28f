/* weekly.h - the weekly summary of what the assistant did: when it is due, and its words.
 * Pure: numbers and times in, plan and text out. It counts nothing and sends nothing. */
#ifndef DESKHAND_AGENTS_WEEKLY_H
#define DESKHAND_AGENTS_WEEKLY_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/desk/zone.h"

/* ---- when ---- */

struct weekly_schedule {
    int day, minute;             /* 0 = Sunday; minute of the day */
    const struct zone *zone;     /* NULL: UTC */
};

enum { WEEKLY_LATE_MS = 24 * 60 * 60 * 1000 };          /* later than that it is old news */

/* The newest week that has ended by now_ms: from the same weekday and time of the week before, by the
 * wall clock of the zone. True when it is to be told: it ended at most WEEKLY_LATE_MS ago and after
 * told_ms, the end of the last week that was told (0: none; one in the future comes of a wrong clock
 * and counts as none). */
bool weekly_due(const struct weekly_schedule *s, int64_t now_ms, int64_t told_ms, int64_t *from_ms,
                int64_t *to_ms);

/* ---- what ---- */

#define WEEKLY_NO_ANSWERS (-1)
#define WEEKLY_LONGEST_MS (INT64_C(8) * 24 * 60 * 60 * 1000)    /* a week and a clock change */

struct weekly_numbers {
    int64_t from_ms, to_ms;
    int64_t created;             /* tickets made */
    int64_t solved;              /* by the assistant alone */
    int64_t after_hours;         /* made outside the opening hours of their client */
    int64_t handed;              /* handed over to people by the assistant */
    int64_t median_ms;           /* from the ticket to its first answer; or WEEKLY_NO_ANSWERS */
};

/* Numbers that can be opened: the first word of an alert's `list`, "resolved_ai:<from>:<to>". */
enum weekly_list { WEEKLY_RESOLVED_AI, WEEKLY_AFTER_HOURS, WEEKLY_HANDED, WEEKLY_LISTS };
const char *weekly_list_code(enum weekly_list list);

/* The alerts of COMMAND_TELL as a JSON list, in the arena; an empty list for a week in which nothing
 * happened: that is not worth a message. */
const char *weekly_text(const struct weekly_numbers *n, int64_t minutes_saved, struct arena *a);

#endif
