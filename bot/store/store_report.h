/* store_report.h - which tickets stand behind a number of the weekly summary, as far as rows can tell.
 * It knows no opening hours: who came outside them is found out in bot/engine/report.c. */
#ifndef DESKHAND_STORE_STORE_REPORT_H
#define DESKHAND_STORE_STORE_REPORT_H

#include "bot/store/store.h"

enum report_kind {
    REPORT_RESOLVED_AI,          /* solved by the assistant alone in this time, and still solved */
    REPORT_CREATED,              /* made in this time */
    REPORT_HANDED,               /* handed over to people by the assistant in this time */
    REPORTS
};

struct report_row { int64_t ticket_id, client_id, at_ms, first_response_ms; };

/* Tickets of [from_ms, to_ms), newest first, at most max. */
size_t store_report(struct db *db, enum report_kind kind, int64_t from_ms, int64_t to_ms,
                    size_t max, struct report_row *out);

/* The same tickets as rows of a list, in the order of their ids here. */
void store_list_tickets(struct db *db, const int64_t *ids, size_t count, struct arena *a,
                        struct list_page *out);

#endif
