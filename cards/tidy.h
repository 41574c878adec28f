/* tidy.h - words of people and models made fit for cards: cleaned, clipped, times in words. Pure.
 * It escapes nothing: markup is the business of each renderer. */
#ifndef DESKHAND_CARDS_TIDY_H
#define DESKHAND_CARDS_TIDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

/* Code points that are shown; a surface with narrower limits clips again. */
enum { TIDY_NAME_MAX = 60, TIDY_TITLE_MAX = 100, TIDY_FACT_MAX = 160, TIDY_LINE_MAX = 500,
       TIDY_LONG_MAX = 1200, TIDY_TEXT_MAX = 7000 };

/* A copy in the arena of at most `max` code points, with an ellipsis behind them when something is
 * missing; without control characters and marks that turn text around. It is not cut inside of
 * what people see as one sign. NULL gives NULL. */
const char *tidy_text(struct arena *a, const char *text, size_t max);
/* The same in one line: breaks and runs of spaces become one space. */
const char *tidy_line(struct arena *a, const char *text, size_t max);
/* A name in one line and without signs of no width; `otherwise` when nothing of it can be seen. */
const char *tidy_name(struct arena *a, const char *name, const char *otherwise);
/* "#42 Printer offline"; the subject may be NULL. */
const char *tidy_title(struct arena *a, int64_t ticket_id, const char *subject);
/* "2026-03-02 09:00 UTC": shared cards have readers in many zones, so the zone is named. */
const char *tidy_time(struct arena *a, int64_t at_ms);
/* Where tidy_time of this moment stands in a text: *before and *behind are what is around it, in the
 * arena. false: it is not in there, or at_ms is 0. */
bool tidy_find_time(struct arena *a, const char *text, int64_t at_ms, const char **before,
                    const char **behind);
/* "5 min ago" */
const char *tidy_age(struct arena *a, int64_t at_ms, int64_t now_ms);

#endif
