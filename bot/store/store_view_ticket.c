/* The picture of one ticket for cards and panels, and its internal log. */
#include <string.h>

#include "bot/engine/reader_private.h"
#include "bot/store/store.h"

static void read_people(struct db *db, const struct ticket *t, struct arena *a,
                        struct ticket_view *v)
{
    struct client_view client;
    struct contact contact;
    struct technician_view technician = { 0 };
    store_client(db, t->client_id, a, &client);
    store_contact(db, t->contact_id, a, &contact);
    if (t->assignee_id)
        store_technician(db, t->assignee_id, a, &technician);
    v->client_id = client.id;
    v->client_name = client.name;
    v->client_key = client.key;
    v->client_vip = client.vip;
    v->contact_id = contact.id;
    v->contact_name = contact.name;
    v->contact_email = contact.email;
    v->contact_lang = contact.lang;
    v->contact_verified = contact.verified;
    v->assignee = technician.name;
    v->team = t->team_id ? store_team_name(db, t->team_id, a) : NULL;
    v->other_open = store_open_tickets(db, t->contact_id, t->id);
}

static void read_state(const struct ticket *t, struct ticket_view *v)
{
    *v = (struct ticket_view){ .id = t->id, .version = t->version, .conv = t->conv,
        .source = t->source, .status = t->status, .handler = t->handler,
        .assignee_id = t->assignee_id, .team_id = t->team_id, .priority = t->priority,
        .subject = t->subject, .category = t->category, .type = t->type, .subtype = t->subtype,
        .needs_review = t->needs_review, .alert = t->alert, .sentiment = t->sentiment,
        .lang = t->lang, .intent = t->intent,
        .reason = t->reason ? handoff_reason_code(t->reason) : NULL, .summary = t->summary,
        .why = t->why, .created_ms = t->created_ms, .last_ms = t->last_ms,
        .first_response_ms = t->first_response_ms, .snoozed_until_ms = t->snoozed_until_ms,
        .waiting_since_ms = t->waiting_since_ms, .resolved_ms = t->resolved_ms,
        .closed_ms = t->closed_ms, .last_author = t->last_author, .outcome = t->outcome,
        .close_reason = t->close_reason, .reminders = t->reminders,
        .followup_of = t->followup_of, .head = t->head, .seen = t->seen,
        .desk_read = t->desk_read, .draft_id = t->draft_id };
}

static void read_lines(struct reader *r, int limit, struct arena *a, struct ticket_view *v)
{
    /* The last `limit` messages begin behind this position. */
    int64_t after = db_int(r->db, 0, "SELECT min(seq) - 1 FROM (SELECT seq FROM entry"
        " WHERE ticket_id = ?1 AND kind = 0 ORDER BY seq DESC LIMIT ?2)", "iw", v->id, limit);
    struct entry_page page;
    v->lines = arena_alloc(a, (size_t)limit * sizeof *v->lines);
    do {
        if (view_page(r, v->id, after, VIEW_LINES_MAX, SIZE_MAX, a, &page) || !page.count)
            return;
        for (size_t i = 0; i < page.count; i++)
            if (page.entries[i].kind == ENTRY_MSG && v->line_count < (size_t)limit)
                v->lines[v->line_count++] = page.entries[i];
        after = page.entries[page.count - 1].seq;
    } while (page.more);
}

static void read_rest(struct db *db, struct arena *a, struct ticket_view *v)
{
    sqlite3_stmt *q = db_query(db, "SELECT tag FROM ticket_tag WHERE ticket_id = ?1 ORDER BY tag"
                                   " LIMIT 20", "i", v->id);
    while (db_row(db, q))
        v->tags[v->tag_count++] = db_text(q, 0, a);
    if (v->draft_id)
        v->draft = store_event_text(db, v->id, v->draft_id, "draft", a);
    v->undelivered = (int)db_int(db, 0, "SELECT count(*) FROM outbox WHERE state >= 3"
                                        " AND ticket_id = ?1", "i", v->id);
    v->reminder_due_ms = db_int(db, 0, "SELECT at_ms FROM due WHERE ticket_id = ?1 AND kind = 0",
                                "i", v->id);
}

int view_ticket(struct reader *r, int64_t ticket_id, int line_limit, struct arena *a,
                struct ticket_view *out)
{
    struct ticket t;
    store_ticket(r->db, ticket_id, a, &t);
    read_state(&t, out);
    if (!t.id)
        return db_error(r->db) ? -1 : 0;
    read_people(r->db, &t, a, out);
    read_rest(r->db, a, out);
    if (line_limit > VIEW_LINES_MAX)
        line_limit = VIEW_LINES_MAX;
    if (line_limit > 0)
        read_lines(r, line_limit, a, out);
    return db_error(r->db) ? -1 : 0;
}

int view_events(struct reader *r, int64_t ticket_id, int64_t after_id, int limit, struct arena *a,
                struct event_list *out)
{
    static const enum actor_code actors[] = { EVENT_SYSTEM, EVENT_CONTACT, EVENT_TECHNICIAN,
                                              EVENT_ASSISTANT, EVENT_OPERATOR };
    *out = (struct event_list){ .events = arena_alloc(a, (size_t)limit * sizeof *out->events) };
    sqlite3_stmt *q = db_query(r->db, "SELECT id, ts_ms, actor, actor_name, kind, old, new, text"
        " FROM event WHERE ticket_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3", "iiw", ticket_id,
        after_id, limit);
    for (; db_row(r->db, q); out->count++) {
        size_t actor = (size_t)db_col_int(q, 2);
        out->events[out->count] = (struct event_view){ .id = db_col_int(q, 0),
            .ts_ms = db_col_int(q, 1),
            .actor = actor < sizeof actors / sizeof *actors ? actors[actor] : EVENT_SYSTEM,
            .actor_name = db_text(q, 3, a), .kind = db_text(q, 4, a), .from = db_text(q, 5, a),
            .to = db_text(q, 6, a), .text = db_text(q, 7, a) };
    }
    return db_error(r->db) ? -1 : 0;
}

int64_t view_waiting(struct reader *r)
{
    return db_int(r->db, 0, "SELECT count(*) FROM outbox WHERE state < 3", "");
}

int view_undelivered(struct reader *r, int limit, struct arena *a, struct undelivered_list *out)
{
    *out = (struct undelivered_list){ .effects = arena_alloc(a, (size_t)limit
                                                             * sizeof *out->effects) };
    sqlite3_stmt *q = db_query(r->db, "SELECT id, ticket_id, created_ms, kind, place, error,"
        " attempts FROM outbox WHERE state >= 3 ORDER BY id LIMIT ?1", "w", limit);
    for (; db_row(r->db, q); out->count++)
        out->effects[out->count] = (struct undelivered_view){ .effect_id = db_col_int(q, 0),
            .ticket_id = db_col_int(q, 1), .created_ms = db_col_int(q, 2),
            .kind = effect_kind_code((enum effect_kind)db_col_int(q, 3)),
            .place = db_text(q, 4, a), .error = db_text(q, 5, a),
            .attempts = (int)db_col_int(q, 6) };
    return db_error(r->db) ? -1 : 0;
}
