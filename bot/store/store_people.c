/* Clients, contacts and their tokens; technicians, teams and their sign-ins. */
#include <string.h>

#include "bot/store/store.h"

void store_contact(struct db *db, int64_t id, struct arena *a, struct contact *out)
{
    *out = (struct contact){ 0 };
    sqlite3_stmt *q = db_query(db, "SELECT client_id, name, email, lang, blocked, verified"
                                   " FROM contact WHERE id = ?1", "i", id);
    if (!db_row(db, q))
        return;
    *out = (struct contact){ .id = id, .client_id = db_col_int(q, 0), .name = db_text(q, 1, a),
        .email = db_text(q, 2, a), .lang = db_text(q, 3, a), .blocked = db_col_int(q, 4) != 0,
        .verified = db_col_int(q, 5) != 0 };
    db_end(q);
}

int64_t store_contact_by_email(struct db *db, int64_t client_id, const char *email)
{
    return db_int(db, 0, "SELECT id FROM contact WHERE client_id = ?1 AND email = ?2 COLLATE NOCASE"
                         " ORDER BY id LIMIT 1", "it", client_id, email);
}

int64_t store_contact_insert(struct db *db, int64_t client_id, const char *name, const char *email,
                             const char *lang, int64_t now_ms)
{
    return db_int(db, 0, "INSERT INTO contact(client_id, name, email, lang, created_ms)"
                         " VALUES(?1, ?2, ?3, ?4, ?5) RETURNING id", "ittti",
                  client_id, name, email, lang, now_ms);
}

void store_contact_name(struct db *db, int64_t id, const char *name, const char *email)
{
    db_run(db, "UPDATE contact SET name = coalesce(?2, name), email = coalesce(?3, email)"
               " WHERE id = ?1", "itt", id, name, email);
}

bool store_contact_attrs(struct db *db, int64_t id, const char *attrs, int max_length)
{
    db_run(db, "UPDATE contact SET attrs = json_patch(attrs, ?2) WHERE id = ?1"
               " AND length(json_patch(attrs, ?2)) <= ?3", "itw", id, attrs, max_length);
    return db_changes(db) > 0;
}

void store_token_insert(struct db *db, const unsigned char hash[32], int64_t contact_id,
                        int64_t client_id, int64_t now_ms, int64_t expires_ms)
{
    db_run(db, "INSERT INTO token(hash, contact_id, client_id, touched_ms, expires_ms)"
               " VALUES(?1, ?2, ?3, ?4, ?5)", "biiii", (const void *)hash, (size_t)32, contact_id,
           client_id, now_ms, expires_ms);
}

void store_token_touch(struct db *db, const unsigned char hash[32], int64_t now_ms,
                       int64_t expires_ms)
{
    db_run(db, "UPDATE token SET touched_ms = ?2, expires_ms = ?3 WHERE hash = ?1", "bii",
           (const void *)hash, (size_t)32, now_ms, expires_ms);
}

bool store_token_delete(struct db *db, const unsigned char hash[32], int64_t contact_id)
{
    db_run(db, "DELETE FROM token WHERE hash = ?1 AND contact_id = ?2", "bi",
           (const void *)hash, (size_t)32, contact_id);
    return db_changes(db) > 0;
}

void store_client(struct db *db, int64_t id, struct arena *a, struct client_view *out)
{
    *out = (struct client_view){ 0 };
    sqlite3_stmt *q = db_query(db, "SELECT id, key, name, hours, brand, embed, active, messenger,"
        " reminders, vip, triage FROM client WHERE id = ?1", "i", id);
    if (!db_row(db, q))
        return;
    *out = (struct client_view){ .id = db_col_int(q, 0), .key = db_text(q, 1, a),
        .name = db_text(q, 2, a), .hours = db_text(q, 3, a), .brand = db_text(q, 4, a),
        .embed = db_text(q, 5, a), .active = db_col_int(q, 6) != 0,
        .messenger = db_col_int(q, 7) != 0, .reminders = db_col_int(q, 8) != 0,
        .vip = db_col_int(q, 9) != 0, .triage = (enum triage_mode)db_col_int(q, 10) };
    db_end(q);
}

int64_t store_client_by_key(struct db *db, const char *key)
{
    return db_int(db, 0, "SELECT id FROM client WHERE key = ?1", "t", key);
}

int64_t store_client_save(struct db *db, const struct client_change *c, int64_t now_ms)
{
    db_run(db, "INSERT INTO client(key, name, created_ms) VALUES(?1, coalesce(?2, ?1), ?3)"
               " ON CONFLICT(key) DO NOTHING", "tti", c->key, c->name, now_ms);
    int64_t id = store_client_by_key(db, c->key);
    db_run(db, "UPDATE client SET name = coalesce(?2, name), hours = coalesce(?3, hours),"
               " brand = coalesce(?4, brand), embed = coalesce(?5, embed),"
               " active = coalesce(nullif(?6, -1), active),"
               " messenger = coalesce(nullif(?7, -1), messenger),"
               " triage = coalesce(nullif(?8, -1), triage),"
               " reminders = coalesce(nullif(?9, -1), reminders),"
               " vip = coalesce(nullif(?10, -1), vip) WHERE id = ?1", "ittttwwwww",
           id, c->name, c->hours, c->brand, c->embed, c->active, c->messenger, c->triage,
           c->reminders, c->vip);
    return id;
}

void store_technician(struct db *db, int64_t id, struct arena *a, struct technician_view *out)
{
    *out = (struct technician_view){ 0 };
    sqlite3_stmt *q = db_query(db, "SELECT name, email, role, active FROM technician"
                                   " WHERE id = ?1", "i", id);
    if (!db_row(db, q))
        return;
    *out = (struct technician_view){ .id = id, .name = db_text(q, 0, a), .email = db_text(q, 1, a),
        .role = (enum role)db_col_int(q, 2), .active = db_col_int(q, 3) != 0 };
    db_end(q);
}

int64_t store_technician_by_email(struct db *db, const char *email)
{
    return db_int(db, 0, "SELECT id FROM technician WHERE email = ?1", "t", email);
}

int64_t store_technician_save(struct db *db, const char *email, const char *name, int role,
                              bool active, int64_t now_ms)
{
    return db_int(db, 0, "INSERT INTO technician(email, name, role, active, created_ms)"
                         " VALUES(?1, coalesce(?2, ?1), ?3, ?4, ?5) ON CONFLICT(email) DO UPDATE"
                         " SET name = coalesce(?2, name), role = ?3, active = ?4 RETURNING id",
                  "ttwwi", email, name, role, (int)active, now_ms);
}

int64_t store_team_save(struct db *db, const char *name)
{
    return db_int(db, 0, "INSERT INTO team(name) VALUES(?1) ON CONFLICT(name) DO UPDATE"
                         " SET name = ?1 RETURNING id", "t", name);
}

void store_team_member(struct db *db, int64_t team_id, int64_t technician_id)
{
    db_run(db, "INSERT INTO team_member(team_id, technician_id) VALUES(?1, ?2)"
               " ON CONFLICT DO NOTHING", "ii", team_id, technician_id);
}

const char *store_team_name(struct db *db, int64_t id, struct arena *a)
{
    sqlite3_stmt *q = db_query(db, "SELECT name FROM team WHERE id = ?1", "i", id);
    if (!db_row(db, q))
        return NULL;
    const char *name = db_text(q, 0, a);
    db_end(q);
    return name;
}

void store_signin_insert(struct db *db, const unsigned char hash[32], int64_t technician_id,
                         bool session, int64_t expires_ms)
{
    db_run(db, "INSERT INTO signin(hash, technician_id, session, expires_ms)"
               " VALUES(?1, ?2, ?3, ?4) ON CONFLICT(hash) DO NOTHING", "biwi",
           (const void *)hash, (size_t)32, technician_id, (int)session, expires_ms);
}

int64_t store_signin_take(struct db *db, const unsigned char hash[32], bool session, int64_t now_ms)
{
    sqlite3_stmt *q = db_query(db, "DELETE FROM signin WHERE hash = ?1 AND session = ?2"
                                   " RETURNING technician_id, expires_ms", "bw",
                               (const void *)hash, (size_t)32, (int)session);
    int64_t technician_id = 0;
    while (db_row(db, q))
        if (db_col_int(q, 1) > now_ms)
            technician_id = db_col_int(q, 0);
    return technician_id;
}
