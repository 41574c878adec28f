/* report.h - the numbers of a stretch of time, and the tickets behind each of them.
 * It reads on a reader thread and changes nothing; when and to whom it is told: weekly.h. */
#ifndef DESKHAND_ENGINE_REPORT_H
#define DESKHAND_ENGINE_REPORT_H

#include "bot/agents/weekly.h"
#include "bot/engine/view.h"

/* Counts what happened in [from_ms, to_ms). 0, or -1 as all views. Of more than 20,000 tickets of a
 * kind the newest are counted. */
int report_read(struct reader *r, int64_t from_ms, int64_t to_ms, struct weekly_numbers *out);

#endif
