/* zone.h - time zones from the bytes of a zoneinfo (TZif) file, and Gregorian dates.
 * Pure: the caller reads the file. It knows offsets, not names of summer or winter time. */
#ifndef DESKHAND_DESK_ZONE_H
#define DESKHAND_DESK_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

struct zone;

enum { ZONE_NAME_MAX = 63, ZONE_FILE_MAX = 64 * 1024, DAY_S = 24 * 60 * 60 };

/* May the name stand for a file below the zoneinfo folder? "Europe/Zurich" yes, "../etc" no. */
bool zone_name_is_valid(const char *name);

/* NULL when the bytes are not a usable TZif file of version 1 to 4 (or count leap seconds). */
const struct zone *zone_parse(const void *bytes, size_t len, struct arena *arena);

/* Seconds to add to UTC at this instant. *until_s, if wanted, is the next instant at which that may
 * change (INT64_MAX: never). A NULL zone is UTC. */
int32_t zone_offset_s(const struct zone *zone, int64_t at_s, int64_t *until_s);

/* The instant at which the wall clock first shows local_s (seconds since 1970-01-01 00:00 local).
 * For a time that is skipped in spring: the instant of the skip. */
int64_t zone_instant_s(const struct zone *zone, int64_t local_s);

/* Days since 1970-01-01. Any month 1..12 and day 1..31; years of four digits. */
int64_t date_to_days(int year, int month, int day);
void date_from_days(int64_t days, int *year, int *month, int *day);
bool date_is_valid(int year, int month, int day);
int date_weekday(int64_t days);                     /* 0 = Monday */

#endif
