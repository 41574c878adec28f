/* Routes, accounts, what was said where, and inputs that wait for their sender. */
#include "bot/store/store_surface.h"

#include <string.h>

/* ---- routes ---- */

static const char *one_text(struct db *db, sqlite3_stmt *q, struct arena *a)
{
    if (!db_row(db, q))
        return NULL;
    const char *text = db_text(q, 0, a);
    db_end(q);
    return text;
}

const char *store_route(struct db *db, const char *surface, int64_t client_id, int64_t team_id,
                        struct arena *a)
{
    return one_text(db, db_query(db, "SELECT place FROM route WHERE surface = ?1"
        " AND client_id IN (0, ?2) AND team_id IN (0, ?3)"
        " ORDER BY team_id <> 0 DESC, client_id <> 0 DESC LIMIT 1", "tii", surface, client_id,
        team_id), a);
}

void store_route_save(struct db *db, const char *surface, int64_t client_id, int64_t team_id,
                      const char *place, bool replies)
{
    if (place)
        db_run(db, "INSERT INTO route(surface, client_id, team_id, place, replies)"
                   " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(surface, client_id, team_id)"
                   " DO UPDATE SET place = ?4, replies = ?5", "tiitw", surface, client_id, team_id,
               place, (int)replies);
    else
        db_run(db, "DELETE FROM route WHERE surface = ?1 AND client_id = ?2 AND team_id = ?3",
               "tii", surface, client_id, team_id);
}

bool store_place_forget(struct db *db, const char *place)
{
    db_run(db, "DELETE FROM route WHERE place = ?1", "t", place);
    bool any = db_changes(db) > 0;
    db_run(db, "UPDATE remote SET lost = 1 WHERE place = ?1 AND lost = 0", "t", place);
    return db_changes(db) > 0 || any;
}

size_t store_place_back(struct db *db, const char *place, size_t max, int64_t *tickets)
{
    sqlite3_stmt *q = db_query(db, "SELECT ticket_id FROM remote WHERE place = ?1 AND lost = 1"
                                   " ORDER BY ticket_id DESC LIMIT ?2", "ti", place, (int64_t)max);
    size_t n = 0;
    while (db_row(db, q))
        tickets[n++] = db_col_int(q, 0);
    db_run(db, "UPDATE remote SET lost = 0 WHERE place = ?1 AND lost = 1", "t", place);
    return n;
}

void store_place_facts(struct db *db, const char *place, const char *facts)
{
    if (facts)
        db_run(db, "INSERT INTO place(place, facts) VALUES(?1, ?2)"
                   " ON CONFLICT(place) DO UPDATE SET facts = ?2", "tt", place, facts);
    else
        db_run(db, "DELETE FROM place WHERE place = ?1", "t", place);
}

void store_remote_forget(struct db *db, int64_t ticket_id, const char *place)
{
    db_run(db, "DELETE FROM remote WHERE ticket_id = ?1 AND place = ?2", "it", ticket_id, place);
}

/* ---- accounts ---- */

void store_person_save(struct db *db, const char *account, int64_t technician_id)
{
    if (technician_id)
        db_run(db, "INSERT INTO person(account, technician_id) VALUES(?1, ?2)"
                   " ON CONFLICT(account) DO UPDATE SET technician_id = ?2", "ti", account,
               technician_id);
    else
        db_run(db, "DELETE FROM person WHERE account = ?1", "t", account);
}

int64_t store_person(struct db *db, const char *account)
{
    return db_int(db, 0, "SELECT technician_id FROM person WHERE account = ?1", "t", account);
}

const char *store_account(struct db *db, const char *surface, int64_t technician_id,
                          struct arena *a)
{
    return one_text(db, db_query(db, "SELECT account FROM person JOIN technician t"
        " ON t.id = technician_id WHERE technician_id = ?2 AND t.active"
        " AND substr(account, 1, length(?1) + 1) = ?1 || ':' ORDER BY account LIMIT 1", "ti",
        surface, technician_id), a);
}

/* ---- what was said where ---- */

void store_said_add(struct db *db, const char *place, const char *remote_id,
                    const struct said *said)
{
    db_run(db, "INSERT INTO said(place, remote_id, ticket_id, event_id, seq, changed)"
               " VALUES(?1, ?2, ?3, ?4, ?5, coalesce((SELECT changed FROM said_early"
               " WHERE place = ?1 AND remote_id = ?2), 0)) ON CONFLICT DO NOTHING", "ttiii", place,
           remote_id, said->ticket_id, said->event_id, said->seq);
}

bool store_said(struct db *db, const char *place, const char *remote_id, struct said *out)
{
    sqlite3_stmt *q = db_query(db, "SELECT ticket_id, event_id, seq, changed FROM said WHERE place = ?1"
                                   " AND remote_id = ?2", "tt", place, remote_id);
    if (!db_row(db, q))
        return false;
    *out = (struct said){ db_col_int(q, 0), db_col_int(q, 1), db_col_int(q, 2), db_col_int(q, 3) };
    db_end(q);
    return true;
}

void store_said_changed(struct db *db, const char *place, const char *remote_id, int64_t changed)
{
    db_run(db, "UPDATE said SET changed = ?3 WHERE place = ?1 AND remote_id = ?2", "tti", place,
           remote_id, changed);
}

void store_early(struct db *db, const char *place, const char *remote_id, int64_t changed,
                 const char *text, int64_t now_ms)
{
    db_run(db, "INSERT INTO said_early(place, remote_id, changed, text, at_ms)"
               " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET changed = ?3, text = ?4"
               " WHERE changed < ?3", "ttiti", place, remote_id, changed, text, now_ms);
}

bool store_early_get(struct db *db, const char *place, const char *remote_id, struct arena *a,
                     const char **text)
{
    sqlite3_stmt *q = db_query(db, "SELECT text FROM said_early WHERE place = ?1 AND remote_id = ?2",
                               "tt", place, remote_id);
    if (!db_row(db, q))
        return false;
    *text = db_text(q, 0, a);
    db_end(q);
    return true;
}

int64_t store_assigned_ms(struct db *db, int64_t ticket_id)
{
    return db_int(db, 0, "SELECT ts_ms FROM event WHERE ticket_id = ?1 AND kind = 'assignee'"
                         " ORDER BY id DESC LIMIT 1", "i", ticket_id);
}

int64_t store_status_ms(struct db *db, int64_t ticket_id, struct arena *a, const char **who)
{
    *who = NULL;
    sqlite3_stmt *q = db_query(db, "SELECT ts_ms, actor_name FROM event WHERE ticket_id = ?1"
                                   " AND kind = 'status' ORDER BY id DESC LIMIT 1", "i", ticket_id);
    if (!db_row(db, q))
        return 0;
    int64_t ms = db_col_int(q, 0);
    *who = db_text(q, 1, a);
    db_end(q);
    return ms;
}

int64_t store_note_author(struct db *db, int64_t ticket_id, int64_t event_id)
{
    return db_int(db, 0, "SELECT actor_id FROM event WHERE id = ?1 AND ticket_id = ?2"
                         " AND kind = 'note' AND actor = 2", "ii", event_id, ticket_id);
}

int64_t store_reply_author(struct db *db, int64_t ticket_id, int64_t seq)
{
    return db_int(db, 0, "SELECT author_id FROM entry WHERE ticket_id = ?1 AND seq = ?2"
                         " AND kind = 0 AND author = 1", "ii", ticket_id, seq);
}

void store_note_text(struct db *db, int64_t event_id, const char *text)
{
    db_run(db, "UPDATE event SET text = ?2 WHERE id = ?1 AND kind = 'note'", "it", event_id, text);
}

bool store_note_is_sent(struct db *db, int64_t ticket_id, int64_t event_id)
{
    return db_int(db, 0, "SELECT 1 FROM event WHERE ticket_id = ?1 AND kind = 'note_sent'"
                         " AND old = CAST(?2 AS TEXT)", "ii", ticket_id, event_id) != 0;
}

/* ---- inputs that wait ---- */

void store_kept_add(struct db *db, const char *source, const char *source_id, const char *raw,
                    int64_t at_ms)
{
    db_run(db, "INSERT INTO input_kept(source, source_id, raw, at_ms) VALUES(?1, ?2, ?3, ?4)"
               " ON CONFLICT DO NOTHING", "ttti", source, source_id, raw, at_ms);
}

void store_kept_delete(struct db *db, const char *source, const char *source_id)
{
    db_run(db, "DELETE FROM input_kept WHERE source = ?1 AND source_id = ?2", "tt", source,
           source_id);
}

/* ---- tidying up ---- */

#define SOME "LIMIT 500"         /* so few that no message waits long for the writer */

bool store_tidy(struct db *db, int64_t now_ms)
{
    static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;
    static const struct { const char *sql; int days; } steps[] = {
        { "DELETE FROM done WHERE (source, source_id) IN (SELECT source, source_id FROM done"
          " WHERE at_ms > 0 AND at_ms < ?1 " SOME ")", 30 },
        /* What was only heard: chat platforms repeat their events for a day at most. */
        { "DELETE FROM done WHERE (source, source_id) IN (SELECT source, source_id FROM done"
          " WHERE at_ms > 0 AND at_ms < ?1 AND ticket_id = 0 AND id = 0 " SOME ")", 2 },
        { "DELETE FROM input_kept WHERE (source, source_id) IN (SELECT source, source_id"
          " FROM input_kept WHERE at_ms < ?1 " SOME ")", 2 },
        { "DELETE FROM said_early WHERE (place, remote_id) IN (SELECT place, remote_id"
          " FROM said_early WHERE at_ms < ?1 " SOME ")", 2 },
        { "DELETE FROM token WHERE hash IN (SELECT hash FROM token WHERE expires_ms < ?1 " SOME ")",
          0 },
        { "DELETE FROM signin WHERE hash IN (SELECT hash FROM signin WHERE expires_ms < ?1 " SOME
          ")", 0 },
    };
    int64_t most = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (db_run(db, steps[i].sql, "i", now_ms - steps[i].days * day_ms))
            return false;
        most = db_changes(db) > most ? db_changes(db) : most;
    }
    return most == 500;
}

/* ---- cards and effects by place ---- */

int64_t store_ticket_by_thread(struct db *db, const char *place, const char *remote_id)
{
    return db_int(db, 0, "SELECT ticket_id FROM remote WHERE place = ?1 AND remote_id = ?2", "tt",
                  place, remote_id);
}

size_t store_card_places(struct db *db, int64_t ticket_id, size_t max, struct arena *a,
                         const char **out)
{
    sqlite3_stmt *q = db_query(db, "SELECT place FROM remote WHERE ticket_id = ?1 AND lost = 0"
                                   " ORDER BY place LIMIT ?2", "ii", ticket_id, (int64_t)max);
    size_t n = 0;
    while (db_row(db, q))
        out[n++] = db_text(q, 0, a);
    return n;
}

bool store_card_known(struct db *db, int64_t ticket_id, const char *place)
{
    return store_card_waits(db, ticket_id, place)
        || db_int(db, 0, "SELECT 1 FROM remote WHERE ticket_id = ?1 AND place = ?2 AND lost = 0",
                  "it", ticket_id, place) != 0;
}

bool store_card_freeze(struct db *db, int64_t ticket_id, const char *place)
{
    db_run(db, "UPDATE remote SET frozen = 1 WHERE ticket_id = ?1 AND place = ?2 AND frozen = 0",
           "it", ticket_id, place);
    return db_changes(db) > 0;
}

bool store_card_frozen(struct db *db, int64_t ticket_id, const char *place)
{
    return db_int(db, 0, "SELECT frozen FROM remote WHERE ticket_id = ?1 AND place = ?2", "it",
                  ticket_id, place) != 0;
}

bool store_lane_next(struct db *db, const char *lane, int64_t after_id, struct arena *a,
                     struct outbox_row *out)
{
    int64_t id = db_int(db, 0, "SELECT id FROM outbox WHERE lane = ?1 AND state < 3 AND id > ?2"
                               " ORDER BY id LIMIT 1", "ti", lane, after_id);
    return id && store_effect_load(db, id, a, out);
}

bool store_dead_next(struct db *db, const char *surface, int64_t after_id, struct arena *a,
                     struct outbox_row *out)
{
    int64_t id = db_int(db, 0, "SELECT id FROM outbox WHERE state = 3 AND id > ?2 AND attempts = 0"
                               " AND place > ?1 || ':' AND place < ?1 || ';' ORDER BY id LIMIT 1",
                        "ti", surface, after_id);
    return id && store_effect_load(db, id, a, out);
}

int64_t store_alert_waiting(struct db *db, const char *lane, struct arena *a, const char **data)
{
    /* "state < 3" says nothing new, but lets the index of lanes be used. */
    sqlite3_stmt *q = db_query(db, "SELECT id, data FROM outbox WHERE lane = ?1 AND state < 3"
                                   " AND state = 0 AND kind = 2 AND attempts = 0"
                                   " ORDER BY id DESC LIMIT 1", "t", lane);
    if (!db_row(db, q))
        return 0;
    int64_t id = db_col_int(q, 0);
    *data = db_text(q, 1, a);
    db_end(q);
    return id;
}

void store_effect_data(struct db *db, int64_t id, const char *data)
{
    db_run(db, "UPDATE outbox SET data = ?2 WHERE id = ?1", "it", id, data);
}

size_t store_live_tickets(struct db *db, const char *place, bool with_card, int64_t client_id,
                          int64_t team_id, size_t max, int64_t *out)
{
    sqlite3_stmt *q = db_query(db, "SELECT id FROM ticket t WHERE lists & 1"
        " AND (?3 = 0 OR client_id = ?3) AND (?4 = 0 OR team_id = ?4)"
        " AND ?2 = EXISTS (SELECT 1 FROM remote WHERE ticket_id = t.id AND place = ?1 AND lost = 0)"
        " ORDER BY sort_ms DESC, id DESC LIMIT ?5", "twiii", place, (int)with_card, client_id,
        team_id, (int64_t)max);
    size_t n = 0;
    while (db_row(db, q))
        out[n++] = db_col_int(q, 0);
    return n;
}
