/* hours.h - the opening hours of a client from their text. Reads zoneinfo files, and only here: names
 * were checked to stay below that folder. It keeps nothing. */
#ifndef DESKHAND_ENGINE_HOURS_H
#define DESKHAND_ENGINE_HOURS_H

#include "bot/base/arena.h"
#include "bot/desk/calendar.h"

/* The calendar lives in the arena. NULL, which means always open: there is no text, or it cannot be
 * read (logged; who wrote it was told). */
const struct calendar *hours_parse(const char *text, struct arena *arena);

/* A time zone by its name; NULL, which means UTC: that is its name, or there is no such zone (logged). */
const struct zone *hours_zone(const char *name, struct arena *arena);

#endif
