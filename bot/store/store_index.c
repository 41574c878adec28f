/* Full-text indexing of conversations, later and in small pieces: never in a message's transaction.
 * The audit log tells which tickets changed since the last time; fts_mark how far each was read.
 * A row of the index is ticket * 2^20 + seq, so newest tickets come first by row id. */
#include <stdio.h>
#include <stdlib.h>

#include "bot/store/store.h"

enum { INDEX_TICKETS_MAX = 64 };

static void index_ticket(struct db *db, int64_t ticket_id)
{
    int64_t mark = db_int(db, 0, "SELECT seq FROM fts_mark WHERE ticket_id = ?1", "i", ticket_id);
    if (!mark)
        db_run(db, "INSERT INTO ticket_fts(rowid, text) SELECT t.id << 20, coalesce(c.name, '')"
                   " || ' ' || coalesce(c.email, '') || ' ' || t.subject FROM ticket t"
                   " JOIN contact c ON c.id = t.contact_id WHERE t.id = ?1", "i", ticket_id);
    db_run(db, "INSERT INTO ticket_fts(rowid, text) SELECT (ticket_id << 20) + seq, text FROM entry"
               " WHERE ticket_id = ?1 AND seq > ?2 AND text IS NOT NULL", "ii", ticket_id, mark);
    db_run(db, "INSERT INTO fts_mark(ticket_id, seq) SELECT id, head FROM ticket WHERE id = ?1"
               " ON CONFLICT(ticket_id) DO UPDATE SET seq = excluded.seq", "i", ticket_id);
}

static bool is_listed(const int64_t *ids, size_t n, int64_t id)
{
    while (n--)
        if (ids[n] == id)
            return true;
    return false;
}

int store_index_some(struct db *db, int max)
{
    struct arena a = { 0 };
    int64_t ids[INDEX_TICKETS_MAX];
    size_t n = 0;
    int looked_at = 0;
    const char *text = store_meta(db, "fts_audit_id", &a);
    int64_t mark = text ? strtoll(text, NULL, 10) : 0;
    if (max > INDEX_TICKETS_MAX)
        max = INDEX_TICKETS_MAX;
    sqlite3_stmt *q = db_query(db, "SELECT id, ticket_id FROM audit WHERE id > ?1 ORDER BY id"
                                   " LIMIT ?2", "ii", mark, (int64_t)max);
    for (; db_row(db, q); looked_at++) {
        mark = db_col_int(q, 0);
        int64_t id = db_col_int(q, 1);
        if (id && !is_listed(ids, n, id))
            ids[n++] = id;
    }
    for (size_t i = 0; i < n; i++)
        index_ticket(db, ids[i]);
    if (looked_at)
        store_meta_set(db, "fts_audit_id", arena_print(&a, "%lld", (long long)mark));
    arena_clear(&a);
    return looked_at;
}
