/* Views of chat surfaces: accounts, routes, kept inputs, where a ticket's card is shown. */
#include "bot/engine/reader_private.h"
#include "bot/store/store_surface.h"

enum { ROUTES_MAX = 1000 };

int view_person(struct reader *r, const char *account, struct arena *a,
                struct technician_view *out)
{
    *out = (struct technician_view){ 0 };
    int64_t id = store_person(r->db, account);
    if (id)
        store_technician(r->db, id, a, out);
    return db_error(r->db) ? -1 : 0;
}

const char *view_account(struct reader *r, const char *surface, int64_t technician_id,
                         struct arena *a)
{
    return store_account(r->db, surface, technician_id, a);
}

int view_routes(struct reader *r, struct arena *a, struct route_list *out)
{
    *out = (struct route_list){ .routes = arena_alloc(a, ROUTES_MAX * sizeof *out->routes) };
    sqlite3_stmt *q = db_query(r->db, "SELECT r.surface, r.place, r.client_id, r.team_id, c.name,"
        " t.name, r.replies FROM route r LEFT JOIN client c ON c.id = r.client_id"
        " LEFT JOIN team t ON t.id = r.team_id ORDER BY r.surface, r.client_id, r.team_id"
        " LIMIT ?1", "w", ROUTES_MAX);
    for (; db_row(r->db, q); out->count++)
        out->routes[out->count] = (struct route_view){ .surface = db_text(q, 0, a),
            .place = db_text(q, 1, a), .client_id = db_col_int(q, 2), .team_id = db_col_int(q, 3),
            .client = db_text(q, 4, a), .team = db_text(q, 5, a),
            .replies = db_col_int(q, 6) != 0 };
    return db_error(r->db) ? -1 : 0;
}

int view_kept(struct reader *r, const char *source, int limit, struct arena *a,
              struct kept_list *out)
{
    *out = (struct kept_list){ .kept = arena_alloc(a, (size_t)limit * sizeof *out->kept) };
    sqlite3_stmt *q = db_query(r->db, "SELECT source_id, raw, at_ms FROM input_kept"
        " WHERE source = ?1 ORDER BY at_ms, source_id LIMIT ?2", "tw", source, limit);
    for (; db_row(r->db, q); out->count++)
        out->kept[out->count] = (struct kept_view){ .source_id = db_text(q, 0, a),
            .raw = db_text(q, 1, a), .at_ms = db_col_int(q, 2) };
    return db_error(r->db) ? -1 : 0;
}

int view_places(struct reader *r, const char *surface, int limit, struct arena *a,
                struct place_list *out)
{
    *out = (struct place_list){ .places = arena_alloc(a, (size_t)limit * sizeof *out->places) };
    sqlite3_stmt *q = db_query(r->db, "SELECT place, facts FROM place WHERE place > ?1 || ':'"
        " AND place < ?1 || ';' ORDER BY place LIMIT ?2", "tw", surface, limit);
    for (; db_row(r->db, q); out->count++)
        out->places[out->count] = (struct place_view){ .place = db_text(q, 0, a),
                                                       .facts = db_text(q, 1, a) };
    return db_error(r->db) ? -1 : 0;
}

int64_t view_thread(struct reader *r, const char *place, const char *remote_id)
{
    return store_ticket_by_thread(r->db, place, remote_id);
}

const char *view_card_place(struct reader *r, int64_t ticket_id, const char *surface,
                            struct arena *a, const char **remote_id)
{
    sqlite3_stmt *q = db_query(r->db, "SELECT place, remote_id FROM remote WHERE ticket_id = ?1"
        " AND lost = 0"
        " AND substr(place, 1, length(?2) + 1) = ?2 || ':' ORDER BY version DESC, place LIMIT 1",
        "it", ticket_id, surface);
    *remote_id = NULL;
    if (!db_row(r->db, q))
        return NULL;
    const char *place = db_text(q, 0, a);
    *remote_id = db_text(q, 1, a);
    db_end(q);
    return place;
}

int view_requester(struct reader *r, const char *email, struct arena *a,
                   struct requester_view *out)
{
    *out = (struct requester_view){ 0 };
    sqlite3_stmt *q = db_query(r->db, "SELECT c.id, k.key, c.name FROM contact c JOIN client k"
        " ON k.id = c.client_id WHERE c.email = ?1 COLLATE NOCASE ORDER BY c.id DESC LIMIT 1", "t",
        email);
    if (!db_row(r->db, q))
        return db_error(r->db) ? -1 : 0;
    *out = (struct requester_view){ .contact_id = db_col_int(q, 0), .client_key = db_text(q, 1, a),
                                    .name = db_text(q, 2, a) };
    db_end(q);
    out->open = store_open_tickets(r->db, out->contact_id, 0);
    q = db_query(r->db, "SELECT id, subject FROM ticket WHERE contact_id = ?1 AND status < 5"
                        " ORDER BY id DESC LIMIT ?2", "iw", out->contact_id, REQUESTER_OPEN_MAX);
    for (; db_row(r->db, q); out->some_count++) {
        out->some[out->some_count].id = db_col_int(q, 0);
        out->some[out->some_count].subject = db_text(q, 1, a);
    }
    out->newest_id = out->some[0].id;
    out->newest_subject = out->some[0].subject;
    return db_error(r->db) ? -1 : 0;
}
