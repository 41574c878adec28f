/* Tickets of a stretch of time. Each question has its own index: its work is what it finds. */
#include "bot/store/store_report.h"

static const char *const report_sql[REPORTS] = {
    [REPORT_RESOLVED_AI] = "SELECT id, client_id, resolved_ms, first_response_ms FROM ticket"
        " WHERE outcome = 1 AND resolved_ms >= ?1 AND resolved_ms < ?2"
        " ORDER BY resolved_ms DESC LIMIT ?3",
    [REPORT_CREATED] = "SELECT id, client_id, created_ms, first_response_ms FROM ticket"
        " WHERE created_ms >= ?1 AND created_ms < ?2 ORDER BY created_ms DESC LIMIT ?3",
    [REPORT_HANDED] = "SELECT t.id, t.client_id, max(e.ts_ms) AS at, t.first_response_ms"
        " FROM event e JOIN ticket t ON t.id = e.ticket_id WHERE e.kind = 'handoff'"
        " AND e.ts_ms >= ?1 AND e.ts_ms < ?2 GROUP BY t.id ORDER BY at DESC LIMIT ?3",
};

size_t store_report(struct db *db, enum report_kind kind, int64_t from_ms, int64_t to_ms,
                    size_t max, struct report_row *out)
{
    sqlite3_stmt *q = db_query(db, report_sql[kind], "iii", from_ms, to_ms, (int64_t)max);
    size_t n = 0;
    for (; db_row(db, q); n++)
        out[n] = (struct report_row){ db_col_int(q, 0), db_col_int(q, 1), db_col_int(q, 2),
                                      db_col_int(q, 3) };
    return n;
}
