/* Views for requesters and settings: sessions, pages of a conversation, clients, people. */
#include <string.h>

#include <jansson.h>

#include "bot/base/text.h"
#include "bot/engine/reader_private.h"
#include "bot/store/store.h"

enum { HEADS_MAX = 50, HEADS_LOOKED_AT = 200, TOUCH_AFTER_MS = 24 * 60 * 60 * 1000 };

static int verdict(struct reader *r)
{
    return db_error(r->db) ? -1 : 0;
}

const char *entry_author_code(enum entry_author author)
{
    static const char *const codes[] = { "contact", "technician", "assistant", "system" };
    return author <= AUTHOR_SYSTEM ? codes[author] : "system";
}

/* ---- conversations of a contact ---- */

#define HEAD_COLUMNS                                                                              \
    "SELECT t.id, t.conv, t.subject, n.name, t.last_text, t.status, t.handler, t.head, t.seen,"   \
    " t.desk_read, t.last_ms, (SELECT count(*) FROM entry e WHERE e.ticket_id = t.id"             \
    " AND e.seq > t.seen AND e.kind = 0 AND e.author <> 0)"                                       \
    " FROM ticket t LEFT JOIN technician n ON n.id = t.assignee_id "

static void read_head(sqlite3_stmt *q, struct arena *a, struct conv_head *h)
{
    *h = (struct conv_head){ .ticket_id = db_col_int(q, 0), .conv = db_text(q, 1, a),
        .subject = db_text(q, 2, a), .assignee = db_text(q, 3, a), .last = db_text(q, 4, a),
        .status = (enum ticket_status)db_col_int(q, 5),
        .handler = (enum ticket_handler)db_col_int(q, 6), .head = db_col_int(q, 7),
        .seen = db_col_int(q, 8), .read = db_col_int(q, 9), .ts_ms = db_col_int(q, 10),
        .unread = db_col_int(q, 11) };
}

/* Newest activity first: sorted here, so that no index has to hold a time that each message moves. */
static void sort_heads(struct conv_head *heads, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct conv_head head = heads[i];
        size_t at = i;
        for (; at && heads[at - 1].ts_ms < head.ts_ms; at--)
            heads[at] = heads[at - 1];
        heads[at] = head;
    }
}

static void read_heads(struct reader *r, struct arena *a, struct session_view *out)
{
    out->heads = arena_alloc(a, HEADS_LOOKED_AT * sizeof *out->heads);
    sqlite3_stmt *q = db_query(r->db, HEAD_COLUMNS
        "WHERE t.contact_id = ?1 ORDER BY t.id DESC LIMIT ?2", "iw", out->contact_id,
        (int)HEADS_LOOKED_AT);
    while (db_row(r->db, q))
        read_head(q, a, &out->heads[out->head_count++]);
    sort_heads(out->heads, out->head_count);
    if (out->head_count > HEADS_MAX)
        out->head_count = HEADS_MAX;
}

int view_session(struct reader *r, const unsigned char hash[32], int64_t client_id, int64_t now_ms,
                 struct arena *a, struct session_view *out)
{
    *out = (struct session_view){ 0 };
    sqlite3_stmt *q = db_query(r->db, "SELECT c.id, c.name, c.email, c.verified, c.blocked,"
        " k.touched_ms FROM token k JOIN contact c ON c.id = k.contact_id"
        " WHERE k.hash = ?1 AND k.client_id = ?2 AND c.client_id = ?2 AND k.expires_ms > ?3",
        "bii", (const void *)hash, (size_t)32, client_id, now_ms);
    if (!db_row(r->db, q))
        return verdict(r);
    *out = (struct session_view){ .contact_id = db_col_int(q, 0), .client_id = client_id,
        .name = db_text(q, 1, a), .email = db_text(q, 2, a), .verified = db_col_int(q, 3) != 0,
        .blocked = db_col_int(q, 4) != 0,
        .stale = db_col_int(q, 5) + TOUCH_AFTER_MS < now_ms };
    db_end(q);
    read_heads(r, a, out);
    return verdict(r);
}

int view_conversation(struct reader *r, int64_t contact_id, const char *conv, struct arena *a,
                      struct conv_head *out)
{
    *out = (struct conv_head){ 0 };
    sqlite3_stmt *q = db_query(r->db, HEAD_COLUMNS "WHERE t.conv = ?1 AND t.contact_id = ?2", "ti",
                               conv, contact_id);
    while (db_row(r->db, q))
        read_head(q, a, out);
    return verdict(r);
}

/* ---- pages ---- */

static void read_choices(const char *json, struct arena *a, struct entry *e)
{
    json_t *list = json ? json_loads(json, 0, NULL) : NULL;
    for (size_t i = 0; i < json_array_size(list) && e->choice_count < ENTRY_CHOICES_MAX; i++) {
        const char *choice = json_string_value(json_array_get(list, i));
        if (choice)
            e->choices[e->choice_count++] = arena_copy(a, choice);
    }
    json_decref(list);
}

static void read_cites(struct db *db, int64_t ticket_id, struct arena *a, struct entry *e)
{
    sqlite3_stmt *q = db_query(db, "SELECT title, url FROM cite WHERE ticket_id = ?1 AND seq = ?2"
                                   " ORDER BY n LIMIT 3", "ii", ticket_id, e->seq);
    while (db_row(db, q))
        e->cites[e->cite_count++] = (struct entry_cite){ db_text(q, 0, a), db_text(q, 1, a) };
}

static void read_entry(struct db *db, sqlite3_stmt *q, int64_t ticket_id, struct arena *a,
                       struct entry *e)
{
    *e = (struct entry){ .seq = db_col_int(q, 0), .ts_ms = db_col_int(q, 1),
        .kind = (enum entry_kind)db_col_int(q, 2), .author = (enum entry_author)db_col_int(q, 3),
        .status = (enum ticket_status)db_col_int(q, 8),
        .handler = (enum ticket_handler)db_col_int(q, 9) };
    const char *name = db_text(q, 5, a), *text = db_text(q, 6, a);
    if (e->kind == ENTRY_CONV) {
        e->assignee = name;
        e->subject = text ? text : "";
        return;
    }
    e->name = e->author == AUTHOR_CONTACT ? NULL : name;
    e->text = text ? text : "";
    e->cid = db_text(q, 7, a);
    read_choices((const char *)sqlite3_column_text(q, 10), a, e);
    if (e->author == AUTHOR_ASSISTANT && db_col_int(q, 4) == TRIAGE_ANSWER)
        read_cites(db, ticket_id, a, e);
}

int view_page(struct reader *r, int64_t ticket_id, int64_t after_seq, int limit, size_t max_bytes,
              struct arena *a, struct entry_page *out)
{
    *out = (struct entry_page){ .entries = arena_alloc(a, (size_t)limit * sizeof *out->entries) };
    size_t bytes = 0;
    sqlite3_stmt *q = db_query(r->db, "SELECT seq, ts_ms, kind, author, act, name, text, cid,"
        " status, handler, choices FROM entry WHERE ticket_id = ?1 AND seq > ?2 ORDER BY seq"
        " LIMIT ?3", "iiw", ticket_id, after_seq, limit + 1);
    while (db_row(r->db, q)) {
        /* A frame is at most twice its text (escapes) and some hundred bytes of its own. */
        size_t size = (size_t)sqlite3_column_bytes(q, 6) * 2 + 600;
        if (out->count == (size_t)limit || (out->count && bytes + size > max_bytes)) {
            out->more = true;
            db_end(q);
            break;
        }
        bytes += size;
        read_entry(r->db, q, ticket_id, a, &out->entries[out->count++]);
    }
    return verdict(r);
}

/* ---- clients, technicians, teams ---- */

int view_clients(struct reader *r, struct arena *a, struct client_list *out)
{
    size_t n = (size_t)db_int(r->db, 0, "SELECT count(*) FROM client", "");
    *out = (struct client_list){ .clients = arena_alloc(a, (n + 1) * sizeof *out->clients) };
    sqlite3_stmt *q = db_query(r->db, "SELECT id FROM client ORDER BY name, id", "");
    while (out->count < n && db_row(r->db, q))
        store_client(r->db, db_col_int(q, 0), a, &out->clients[out->count++]);
    db_end(q);
    return verdict(r);
}

int view_technicians(struct reader *r, struct arena *a, struct technician_list *out)
{
    size_t n = (size_t)db_int(r->db, 0, "SELECT count(*) FROM technician", "");
    *out = (struct technician_list){ .technicians = arena_alloc(a, (n + 1)
                                                                * sizeof *out->technicians) };
    sqlite3_stmt *q = db_query(r->db, "SELECT id FROM technician ORDER BY name, id", "");
    while (out->count < n && db_row(r->db, q))
        store_technician(r->db, db_col_int(q, 0), a, &out->technicians[out->count++]);
    db_end(q);
    return verdict(r);
}

int view_teams(struct reader *r, struct arena *a, struct team_list *out)
{
    size_t n = (size_t)db_int(r->db, 0, "SELECT count(*) FROM team", "");
    *out = (struct team_list){ .teams = arena_alloc(a, (n + 1) * sizeof *out->teams) };
    sqlite3_stmt *q = db_query(r->db, "SELECT id, name FROM team ORDER BY name", "");
    for (; out->count < n && db_row(r->db, q); out->count++)
        out->teams[out->count] = (struct team_view){ db_col_int(q, 0), db_text(q, 1, a) };
    db_end(q);
    return verdict(r);
}

int view_inbox_session(struct reader *r, const unsigned char hash[32], int64_t now_ms,
                       struct arena *a, struct technician_view *out)
{
    int64_t id = db_int(r->db, 0, "SELECT technician_id FROM signin WHERE hash = ?1"
                                  " AND session = 1 AND expires_ms > ?2", "bi",
                        (const void *)hash, (size_t)32, now_ms);
    *out = (struct technician_view){ 0 };
    if (id)
        store_technician(r->db, id, a, out);
    if (!out->active)
        *out = (struct technician_view){ 0 };
    return verdict(r);
}

int view_technician_by_email(struct reader *r, const char *email, struct arena *a,
                             struct technician_view *out)
{
    *out = (struct technician_view){ 0 };
    int64_t id = store_technician_by_email(r->db, email);
    if (id)
        store_technician(r->db, id, a, out);
    return verdict(r);
}

int64_t view_ticket_id(struct reader *r, const char *conv)
{
    return db_int(r->db, 0, "SELECT id FROM ticket WHERE conv = ?1", "t", conv);
}
