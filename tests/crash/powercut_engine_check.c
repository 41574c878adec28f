#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "bot/engine/backup.h"
#include "tests/crash/powercut_engine.h"

static int64_t one_int(sqlite3 *db, const char *sql, const char *text, int64_t a, int64_t b)
{
    sqlite3_stmt *s = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        return -2;
    int n = sqlite3_bind_parameter_count(s);
    if (n > 0)
        sqlite3_bind_text(s, 1, text, -1, SQLITE_STATIC);
    if (n > 1)
        sqlite3_bind_int64(s, 2, a);
    if (n > 2)
        sqlite3_bind_int64(s, 3, b);
    if (sqlite3_step(s) == SQLITE_ROW)
        value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return value;
}

static void check_row(sqlite3 *db, const struct acked *row, struct verdict *v)
{
    static const char *const sql[] = {
        [KIND_SAY] = "SELECT count(*) FROM entry e JOIN sent s ON s.ticket_id = e.ticket_id AND"
                     " s.seq = e.seq AND s.cid = e.cid WHERE e.cid = ?1 AND e.ticket_id = ?2"
                     " AND e.seq = ?3 AND e.text LIKE replace(?1, 'key-', 'say ') || ':%'",
        [KIND_REPLY] = "SELECT count(*) FROM done d JOIN entry e ON e.ticket_id = d.ticket_id AND"
                       " e.text = replace(?1, 'key-', 'reply ') WHERE d.source = 'test' AND"
                       " d.source_id = ?1 AND d.ticket_id = ?2 AND d.seq IN (?3, 0)",
        [KIND_OTHER] = "SELECT count(*) FROM done WHERE source = 'test' AND source_id = ?1",
    };
    char id[40];
    snprintf(id, sizeof id, "key-%lld", (long long)row->key);
    int64_t n = one_int(db, sql[row->kind], id, row->place, row->seq);
    if (n < 1)
        verdict_say(v, &v->lost, "%s of kind %lld was acknowledged for ticket %lld as %lld and is"
                    " not there (%lld)", id, (long long)row->kind, (long long)row->place,
                    (long long)row->seq, (long long)n);
    if (n > 1)
        verdict_say(v, &v->doubled, "%s is there %lld times", id, (long long)n);
}

static const struct {
    const char *sql, *what;
    size_t counter;
} none_of[] = {
#define COUNTER(field) offsetof(struct verdict, field)
    { "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
      "integrity_check is not ok", COUNTER(corrupt) },
    { "SELECT count(*) FROM pragma_foreign_key_check", "a foreign key leads nowhere",
      COUNTER(corrupt) },
    { "SELECT count(*) FROM ticket t WHERE head <> (SELECT count(*) FROM entry WHERE"
      " ticket_id = t.id) OR head <> (SELECT max(seq) FROM entry WHERE ticket_id = t.id)",
      "a conversation has holes", COUNTER(holes) },
    { "SELECT count(*) FROM (SELECT 1 FROM entry WHERE cid IS NOT NULL GROUP BY cid"
      " HAVING count(*) > 1)", "a message stands there twice", COUNTER(doubled) },
    { "SELECT count(*) FROM (SELECT 1 FROM entry WHERE author = 1 AND text LIKE 'reply %'"
      " GROUP BY text HAVING count(*) > 1)", "a reply stands there twice", COUNTER(doubled) },
    { "SELECT count(*) FROM list_count c WHERE n <> (SELECT count(*) FROM ticket t WHERE"
      " lists & (1 << c.list) AND (c.list <> 2 OR assignee_id = c.technician_id))",
      "a counter is not the count", COUNTER(corrupt) },
};

static void check_audit(const char *dir, struct verdict *v)
{
    struct audit_report report = { 0 };
    char *error = NULL;
    if (audit_verify(dir, &report, &error) || report.bad_id)
        verdict_say(v, &v->corrupt, "audit chain: row %lld, %s", (long long)report.bad_id,
                    error ? error : "bad hash");
    free(error);
}

void engine_check(const char *dir, const struct ledger *acked, struct verdict *v)
{
    char path[300];
    sqlite3 *db = NULL;
    snprintf(path, sizeof path, "%s/desk.db", dir);
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL))
        abort();
    if (one_int(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'entry'", NULL, 0, 0) != 1) {
        for (size_t i = 0; i < acked->count; i++)      /* cut in the first migration: none yet */
            verdict_say(v, &v->lost, "the tables are gone");
        sqlite3_close(db);
        return;
    }
    v->stored = one_int(db, "SELECT count(*) FROM entry", NULL, 0, 0);
    for (size_t i = 0; i < sizeof none_of / sizeof *none_of; i++)
        if (one_int(db, none_of[i].sql, NULL, 0, 0) != 0)
            verdict_say(v, (int64_t *)(void *)((char *)v + none_of[i].counter), "%s",
                        none_of[i].what);
    for (size_t i = 0; i < acked->count; i++)
        check_row(db, &acked->rows[i], v);
    sqlite3_close(db);
    check_audit(dir, v);
}
