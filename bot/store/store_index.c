/* Full-text indexing of conversations, later and in small pieces: never in a message's transaction.
 * The audit log tells which tickets changed since the last time; fts_mark how far each was read.
 * A row of the index is ticket * 2^20 + seq, so newest tickets come first by row id. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/store/store.h"

enum { INDEX_TICKETS_MAX = 64, NEAR_WORDS_MAX = 8, NEAR_ROWS = 40, NEAR_WORD_MIN = 4 };

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

/* The longer words of the text, each quoted, any of them: what FTS5 ranks by. */
static const char *any_of_words(const char *text, struct arena *a)
{
    const char *match = NULL;
    for (int n = 0; *text && n < NEAR_WORDS_MAX;) {
        size_t len = 0;
        while (text[len] && (isalnum((unsigned char)text[len]) || (unsigned char)text[len] >= 0x80))
            len++;
        if (len >= NEAR_WORD_MIN) {
            match = arena_print(a, "%s%s\"%.*s\"", match ? match : "", match ? " OR " : "",
                                (int)len, text);
            n++;
        }
        text += len + (len == 0);
    }
    return match;
}

size_t store_solved_near(struct db *db, int64_t client_id, const char *text, size_t max,
                         struct arena *a, struct triage_solved *out)
{
    const char *match = any_of_words(text, a);
    size_t n = 0;
    if (!match)
        return 0;
    sqlite3_stmt *q = db_query(db, "SELECT t.id, t.subject, t.category, t.type, t.subtype FROM"
        " (SELECT rowid >> 20 AS ticket, min(rank) AS near FROM ticket_fts WHERE ticket_fts MATCH ?1"
        " GROUP BY 1 ORDER BY 2 LIMIT ?2) f JOIN ticket t ON t.id = f.ticket"
        " WHERE t.client_id = ?3 AND t.status >= 5 AND t.category IS NOT NULL ORDER BY f.near",
        "twi", match, (int)NEAR_ROWS, client_id);
    while (n < max && db_row(db, q)) {
        out[n++] = (struct triage_solved){ .ticket_id = db_col_int(q, 0),
            .text = db_text(q, 1, a), .category = db_text(q, 2, a), .type = db_text(q, 3, a),
            .subtype = db_text(q, 4, a) };
    }
    db_end(q);
    return n;
}
