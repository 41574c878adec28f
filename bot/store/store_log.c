/* The two logs of a ticket: entries that the requester sees, events that only the desk sees. */
#include <string.h>

#include "bot/store/store.h"

static void cite_rows(struct db *db, const struct entry_row *e)
{
    for (size_t i = 0; i < e->entry.cite_count; i++)
        db_run(db, "INSERT INTO cite(ticket_id, seq, n, article_id, title, url, quote)"
                   " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)", "iiwittt", e->ticket_id, e->entry.seq,
               (int)i, e->cites[i].article_id, e->cites[i].title, e->cites[i].url,
               e->cites[i].quote ? e->cites[i].quote : "");
}

void store_entry(struct db *db, const struct entry_row *e)
{
    const struct entry *x = &e->entry;
    bool state = x->kind == ENTRY_CONV;
    cite_rows(db, e);            /* first: an answer without evidence cannot be written */
    db_run(db, "INSERT INTO entry(ticket_id, seq, ts_ms, kind, author, author_id, act, name, text,"
               " cid, status, handler, choices)"
               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
           "iiiwwiwtttwwt", e->ticket_id, x->seq, x->ts_ms, (int)x->kind, (int)x->author,
           e->author_id, (int)e->act, state ? x->assignee : x->name,
           state ? x->subject : x->text, x->cid, (int)x->status, (int)x->handler, e->choices);
}

bool store_sent(struct db *db, int64_t contact_id, const char *cid, struct arena *a,
                int64_t *ticket_id, int64_t *seq, int64_t *ts_ms, const char **text)
{
    sqlite3_stmt *q = db_query(db, "SELECT s.ticket_id, s.seq, e.ts_ms, e.text FROM sent s"
        " JOIN entry e ON e.ticket_id = s.ticket_id AND e.seq = s.seq"
        " WHERE s.contact_id = ?1 AND s.cid = ?2", "it", contact_id, cid);
    if (!db_row(db, q))
        return false;
    *ticket_id = db_col_int(q, 0);
    *seq = db_col_int(q, 1);
    *ts_ms = db_col_int(q, 2);
    *text = db_text(q, 3, a);
    db_end(q);
    return true;
}

void store_sent_add(struct db *db, int64_t contact_id, const char *cid, int64_t ticket_id,
                    int64_t seq)
{
    db_run(db, "INSERT INTO sent(contact_id, cid, ticket_id, seq) VALUES(?1, ?2, ?3, ?4)", "itii",
           contact_id, cid, ticket_id, seq);
}

int64_t store_event(struct db *db, const struct event *e)
{
    return db_int(db, 0, "INSERT INTO event(ticket_id, ts_ms, actor, actor_id, actor_name, kind,"
                         " old, new, text) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                         " RETURNING id",
                  "iiwittttt", e->ticket_id, e->ts_ms, (int)e->actor, e->actor_id, e->actor_name,
                  e->kind, e->old, e->new, e->text);
}

const char *store_event_text(struct db *db, int64_t ticket_id, int64_t event_id, const char *kind,
                             struct arena *a)
{
    sqlite3_stmt *q = db_query(db, "SELECT text FROM event WHERE id = ?1 AND ticket_id = ?2"
                                   " AND kind = ?3", "iit", event_id, ticket_id, kind);
    if (!db_row(db, q))
        return NULL;
    const char *text = db_text(q, 0, a);
    db_end(q);
    return text;
}

static enum triage_speaker speaker(enum entry_author author)
{
    static const enum triage_speaker speakers[] = { SPEAKER_CUSTOMER, SPEAKER_TECHNICIAN,
                                                    SPEAKER_ASSISTANT, SPEAKER_SYSTEM };
    return author <= AUTHOR_SYSTEM ? speakers[author] : SPEAKER_SYSTEM;
}

size_t store_lines(struct db *db, int64_t ticket_id, int64_t after_seq, size_t max, struct arena *a,
                   struct triage_line **out)
{
    struct triage_line *lines = arena_alloc(a, max * sizeof *lines);
    sqlite3_stmt *q = db_query(db, "SELECT author, act, ts_ms, text FROM (SELECT seq, author, act,"
        " ts_ms, text FROM entry WHERE ticket_id = ?1 AND seq > ?2 AND kind = 0"
        " ORDER BY seq DESC LIMIT ?3) ORDER BY seq", "iii", ticket_id, after_seq, (int64_t)max);
    size_t n = 0;
    for (; db_row(db, q); n++)
        lines[n] = (struct triage_line){ .speaker = speaker((enum entry_author)db_col_int(q, 0)),
            .action = (enum triage_action)db_col_int(q, 1), .at_ms = db_col_int(q, 2),
            .text = db_text(q, 3, a) };
    *out = lines;
    return n;
}
