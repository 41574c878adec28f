/* The ticket's row. Loading reads all columns; saving writes only the few that an ordinary message
 * changes, unless more differs: those few stand in no index. */
#include <string.h>

#include "bot/store/store.h"

static void read_numbers(sqlite3_stmt *q, struct ticket *t)
{
    t->id = db_col_int(q, 0);
    t->client_id = db_col_int(q, 1);
    t->contact_id = db_col_int(q, 2);
    t->assignee_id = db_col_int(q, 3);
    t->team_id = db_col_int(q, 4);
    t->version = db_col_int(q, 5);
    t->head = db_col_int(q, 6);
    t->seen = db_col_int(q, 7);
    t->desk_read = db_col_int(q, 8);
    t->status = (enum ticket_status)db_col_int(q, 9);
    t->handler = (enum ticket_handler)db_col_int(q, 10);
    t->last_author = (enum entry_author)db_col_int(q, 11);
    t->outcome = (enum ticket_outcome)db_col_int(q, 12);
    t->reason = (enum handoff_reason)db_col_int(q, 13);
    t->priority = (int)db_col_int(q, 14);
    t->sentiment = (int)db_col_int(q, 15);
    t->clarifies = (int)db_col_int(q, 16);
    t->answers = (int)db_col_int(q, 17);
    t->ai_lines = (int)db_col_int(q, 18);
    t->reminders = (int)db_col_int(q, 19);
    t->messages = (int)db_col_int(q, 20);
    t->lists = (int)db_col_int(q, 21);
    t->needs_review = db_col_int(q, 22) != 0;
    t->alert = db_col_int(q, 23) != 0;
}

static void read_times(sqlite3_stmt *q, struct ticket *t)
{
    t->last_ms = db_col_int(q, 24);
    t->snoozed_until_ms = db_col_int(q, 25);
    t->ai_since_seq = db_col_int(q, 26);
    t->draft_id = db_col_int(q, 27);
    t->last_reminder_ms = db_col_int(q, 28);
    t->waiting_since_ms = db_col_int(q, 29);
    t->created_ms = db_col_int(q, 30);
    t->first_response_ms = db_col_int(q, 31);
    t->resolved_ms = db_col_int(q, 32);
    t->closed_ms = db_col_int(q, 33);
    t->followup_of = db_col_int(q, 34);
    t->sort_ms = db_col_int(q, 35);
}

static void read_texts(sqlite3_stmt *q, struct arena *a, struct ticket *t)
{
    const char **const texts[] = { &t->conv, &t->source, &t->subject, &t->category, &t->type,
        &t->subtype, &t->last_text, &t->lang, &t->intent, &t->summary, &t->why, &t->close_reason };
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++)
        *texts[i] = db_text(q, 36 + i, a);
}

void store_ticket(struct db *db, int64_t id, struct arena *a, struct ticket *out)
{
    *out = (struct ticket){ 0 };
    sqlite3_stmt *q = db_query(db,
        "SELECT id, client_id, contact_id, assignee_id, team_id, version, head, seen, desk_read,"
        " status, handler, last_author, outcome, reason, priority, sentiment, clarifies, answers,"
        " ai_lines, reminders, messages, lists, needs_review, alert, last_ms, snoozed_until_ms,"
        " ai_since_seq, draft_id, last_reminder_ms, waiting_since_ms, created_ms,"
        " first_response_ms, resolved_ms, closed_ms, followup_of, sort_ms, conv, source, subject,"
        " category, type, subtype, last_text, lang, intent, summary, why, close_reason"
        " FROM ticket WHERE id = ?1", "i", id);
    if (!db_row(db, q))
        return;
    read_numbers(q, out);
    read_times(q, out);
    read_texts(q, a, out);
    db_end(q);
}

int64_t store_ticket_by_conv(struct db *db, const char *conv, int64_t contact_id)
{
    return db_int(db, 0, "SELECT id FROM ticket WHERE conv = ?1 AND contact_id = ?2", "ti",
                  conv, contact_id);
}

int64_t store_last_ticket(struct db *db)
{
    return db_int(db, 0, "SELECT max(id) FROM ticket", "");
}

void store_ticket_insert(struct db *db, const struct ticket *t)
{
    db_run(db, "INSERT INTO ticket(id, conv, client_id, contact_id, source, status, handler,"
               " priority, subject, version, head, last_ms, created_ms, followup_of, lists,"
               " sort_ms, sentiment, lang)"
               " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,nullif(?14,0),?15,?16,?17,?18)",
           "itiitwwwtiiiiiwiwt", t->id, t->conv, t->client_id, t->contact_id, t->source,
           (int)t->status, (int)t->handler, t->priority, t->subject, t->version, t->head,
           t->last_ms, t->created_ms, t->followup_of, t->lists, t->sort_ms, t->sentiment, t->lang);
}

static void update_message(struct db *db, const struct ticket *t)
{
    db_run(db, "UPDATE ticket SET version = ?2, head = ?3, seen = ?4, desk_read = ?5, last_ms = ?6,"
               " last_author = ?7, last_text = ?8, messages = ?9, ai_lines = ?10, sentiment = ?11"
               " WHERE id = ?1",
           "iiiiiiwtwww", t->id, t->version, t->head, t->seen, t->desk_read, t->last_ms,
           (int)t->last_author, t->last_text, t->messages, t->ai_lines, t->sentiment);
}

static void update_words(struct db *db, const struct ticket *t)
{
    db_run(db, "UPDATE ticket SET subject = ?2, category = ?3, type = ?4, subtype = ?5, lang = ?6,"
               " intent = ?7, summary = ?8, why = ?9, close_reason = ?10, needs_review = ?11,"
               " alert = ?12, reason = ?13, outcome = ?14, clarifies = ?15, answers = ?16,"
               " ai_since_seq = ?17, draft_id = ?18 WHERE id = ?1",
           "itttttttttwwwwwwii", t->id, t->subject, t->category, t->type, t->subtype, t->lang,
           t->intent, t->summary, t->why, t->close_reason, (int)t->needs_review, (int)t->alert,
           (int)t->reason, (int)t->outcome, t->clarifies, t->answers, t->ai_since_seq,
           t->draft_id);
}

static void update_state(struct db *db, const struct ticket *t)
{
    db_run(db, "UPDATE ticket SET status = ?2, handler = ?3, assignee_id = nullif(?4, 0),"
               " team_id = nullif(?5, 0), priority = ?6, snoozed_until_ms = ?7, reminders = ?8,"
               " last_reminder_ms = ?9, waiting_since_ms = ?10, first_response_ms = ?11,"
               " resolved_ms = ?12, closed_ms = ?13, lists = ?14, sort_ms = ?15, outcome = ?16"
               " WHERE id = ?1",
           "iwwiiwiwiiiiiwiw", t->id, (int)t->status, (int)t->handler, t->assignee_id, t->team_id,
           t->priority, t->snoozed_until_ms, t->reminders, t->last_reminder_ms,
           t->waiting_since_ms, t->first_response_ms, t->resolved_ms, t->closed_ms, t->lists,
           t->sort_ms, (int)t->outcome);
}

static bool state_differs(const struct ticket *a, const struct ticket *b)
{
    return a->status != b->status || a->handler != b->handler || a->assignee_id != b->assignee_id
        || a->team_id != b->team_id || a->priority != b->priority || a->lists != b->lists
        || a->snoozed_until_ms != b->snoozed_until_ms || a->reminders != b->reminders
        || a->last_reminder_ms != b->last_reminder_ms || a->sort_ms != b->sort_ms
        || a->waiting_since_ms != b->waiting_since_ms || a->resolved_ms != b->resolved_ms
        || a->first_response_ms != b->first_response_ms || a->closed_ms != b->closed_ms;
}

/* Texts that were not touched are the same pointers: a script never changes text in place. */
static bool words_differ(const struct ticket *a, const struct ticket *b)
{
    return a->subject != b->subject || a->category != b->category || a->type != b->type
        || a->subtype != b->subtype || a->lang != b->lang || a->intent != b->intent
        || a->summary != b->summary || a->why != b->why || a->close_reason != b->close_reason
        || a->needs_review != b->needs_review || a->alert != b->alert || a->reason != b->reason
        || a->outcome != b->outcome || a->clarifies != b->clarifies || a->answers != b->answers
        || a->ai_since_seq != b->ai_since_seq || a->draft_id != b->draft_id;
}

void store_ticket_update(struct db *db, const struct ticket *before, const struct ticket *t)
{
    if (state_differs(before, t))
        update_state(db, t);     /* first: status, outcome and times must agree at every moment */
    if (words_differ(before, t))
        update_words(db, t);
    update_message(db, t);
}

void store_list_count(struct db *db, int list, int64_t technician_id, int delta)
{
    db_run(db, "INSERT INTO list_count(list, technician_id, n) VALUES(?1, ?2, max(?3, 0))"
               " ON CONFLICT(list, technician_id) DO UPDATE SET n = n + ?3",
           "wiw", list, technician_id, delta);
}

void store_source_count(struct db *db, const char *source, int delta)
{
    db_run(db, "INSERT INTO source_count(source, n) VALUES(?1, max(?2, 0)) ON CONFLICT(source)"
               " DO UPDATE SET n = n + ?2", "tw", source, delta);
}

int store_open_tickets(struct db *db, int64_t contact_id, int64_t except_id)
{
    return (int)db_int(db, 0, "SELECT count(*) FROM ticket WHERE contact_id = ?1 AND status < 5"
                              " AND id <> ?2", "ii", contact_id, except_id);
}

void store_tag(struct db *db, int64_t ticket_id, const char *tag, bool set)
{
    if (set)
        db_run(db, "INSERT INTO ticket_tag(ticket_id, tag) VALUES(?1, ?2) ON CONFLICT DO NOTHING",
               "it", ticket_id, tag);
    else
        db_run(db, "DELETE FROM ticket_tag WHERE ticket_id = ?1 AND tag = ?2", "it",
               ticket_id, tag);
}

int store_tag_count(struct db *db, int64_t ticket_id)
{
    return (int)db_int(db, 0, "SELECT count(*) FROM ticket_tag WHERE ticket_id = ?1", "i",
                       ticket_id);
}
