/* The outbox, what was shown where, and what falls due. */
#include "bot/store/store.h"
#include "bot/store/store_surface.h"

enum { LOOK_BEHIND = 64 };

int64_t store_effect(struct db *db, const struct outbox_row *e, int64_t now_ms)
{
    /* An undelivered card of the same ticket and place only learns the newer version. */
    if (e->kind == EFFECT_CARD) {
        int64_t id = db_int(db, 0, "UPDATE outbox SET version = ?3 WHERE ticket_id = ?1"
                                   " AND place = ?2 AND kind = 0 AND state < 3 RETURNING id",
                            "iti", e->ticket_id, e->place, e->version);
        if (id)
            return id;
    }
    if (e->kind == EFFECT_THINK)
        store_effect_delete(db, store_thought(db, e->ticket_id));
    return db_int(db, 0, "INSERT INTO outbox(kind, place, lane, ticket_id, version, data, state,"
                         " due_ms, created_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)"
                         " RETURNING id", "wttiitwi", (int)e->kind, e->place, e->lane,
                  e->ticket_id, e->version, e->data, (int)e->state, now_ms);
}

static void read_effect(sqlite3_stmt *q, struct arena *a, struct outbox_row *out)
{
    *out = (struct outbox_row){ .id = db_col_int(q, 0), .kind = (enum effect_kind)db_col_int(q, 1),
        .place = db_text(q, 2, a), .lane = db_text(q, 3, a), .ticket_id = db_col_int(q, 4),
        .version = db_col_int(q, 5), .data = db_text(q, 6, a),
        .state = (enum outbox_state)db_col_int(q, 7), .attempts = (int)db_col_int(q, 8),
        .due_ms = db_col_int(q, 9), .created_ms = db_col_int(q, 10),
        .unclear = db_col_int(q, 11) != 0, .paced = db_col_int(q, 12) != 0 };
}

/* The oldest effect of the first lane after `lane` that has any. */
static bool next_lane_head(struct db *db, const char *lane, struct arena *a, struct outbox_row *out)
{
    sqlite3_stmt *q = db_query(db, "SELECT id, kind, place, lane, ticket_id, version, data, state,"
        " attempts, due_ms, created_ms, unclear, paced FROM outbox WHERE state < 3 AND lane > ?1"
        " ORDER BY lane, id LIMIT 1", "t", lane);
    if (!db_row(db, q))
        return false;
    read_effect(q, a, out);
    db_end(q);
    return true;
}

/* A card that stands there already is changed; that harms no order. */
static bool is_update(struct db *db, const struct outbox_row *row)
{
    return row->kind == EFFECT_CARD
        && db_int(db, 0, "SELECT 1 FROM remote WHERE ticket_id = ?1 AND place = ?2", "it",
                  row->ticket_id, row->place) != 0;
}

/* The effect of this lane that goes now. A card that waits for its own pace holds up nobody. One whose
 * arrival is unclear holds up what its ticket would post; a second such one says that the whole
 * place is in trouble, and the lane waits. */
static bool next_of_lane(struct db *db, struct outbox_row row, int64_t now_ms, struct arena *a,
                         struct outbox_row *out, int64_t *next_ms)
{
    int64_t unclear = -1;
    for (int n = 0; n < LOOK_BEHIND; n++) {
        bool held = row.ticket_id == unclear && !is_update(db, &row);
        if (!held && row.due_ms <= now_ms) {
            *out = row;
            return true;
        }
        if (row.due_ms > now_ms && row.due_ms < *next_ms)
            *next_ms = row.due_ms;
        if (!held && row.state == OUTBOX_UNCLEAR && unclear == -1)
            unclear = row.ticket_id;
        else if (!held && !row.paced)
            return false;
        if (!store_lane_next(db, row.lane, row.id, a, &row))
            return false;
    }
    return false;
}

size_t store_effects_due(struct db *db, int64_t now_ms, size_t max, struct arena *a,
                         struct outbox_row *out, int64_t *next_ms)
{
    size_t n = 0;
    struct outbox_row head = { .lane = "" };
    *next_ms = INT64_MAX;
    while (n < max && next_lane_head(db, head.lane, a, &head)) {
        if (head.kind == EFFECT_THINK)
            continue;
        n += next_of_lane(db, head, now_ms, a, &out[n], next_ms);
    }
    if (n == max)
        *next_ms = now_ms;
    return n;
}

bool store_card_waits(struct db *db, int64_t ticket_id, const char *place)
{
    return db_int(db, 0, "SELECT id FROM outbox WHERE ticket_id = ?1 AND place = ?2 AND kind = 0"
                         " AND state < 3", "it", ticket_id, place) != 0;
}

bool store_effect_load(struct db *db, int64_t id, struct arena *a, struct outbox_row *out)
{
    sqlite3_stmt *q = db_query(db, "SELECT id, kind, place, lane, ticket_id, version, data, state,"
        " attempts, due_ms, created_ms, unclear, paced FROM outbox WHERE id = ?1", "i", id);
    if (!db_row(db, q))
        return false;
    read_effect(q, a, out);
    db_end(q);
    return true;
}

void store_effect_state(struct db *db, int64_t id, enum outbox_state state, int attempts,
                        int64_t due_ms, const char *error)
{
    db_run(db, "UPDATE outbox SET state = ?2, attempts = ?3, due_ms = ?4, unclear = unclear OR"
               " ?2 = 2, paced = 0, error = coalesce(?5, error) WHERE id = ?1", "iwwit", id,
           (int)state, attempts, due_ms, error);
}

void store_effect_paced(struct db *db, int64_t id, int64_t due_ms)
{
    db_run(db, "UPDATE outbox SET state = 0, paced = 1, attempts = max(attempts - 1, 0), due_ms = ?2"
               " WHERE id = ?1", "ii", id, due_ms);
}

void store_effect_anew(struct db *db, int64_t id, int64_t due_ms)
{
    db_run(db, "UPDATE outbox SET state = 0, attempts = 0, due_ms = ?2, unclear = 0 WHERE id = ?1",
           "ii", id, due_ms);
}

void store_effect_delete(struct db *db, int64_t id)
{
    if (id)
        db_run(db, "DELETE FROM outbox WHERE id = ?1", "i", id);
}

void store_effects_recover(struct db *db)
{
    db_run(db, "UPDATE outbox SET state = 2, unclear = 1, due_ms = created_ms WHERE state = 1", "");
}

int64_t store_effects_dead(struct db *db)
{
    return db_int(db, 0, "SELECT count(*) FROM outbox WHERE state >= 3", "");
}

void store_remote(struct db *db, int64_t ticket_id, const char *place, const char *remote_id,
                  int64_t version)
{
    db_run(db, "INSERT INTO remote(ticket_id, place, remote_id, version) VALUES(?1, ?2, ?3, ?4)"
               " ON CONFLICT(ticket_id, place) DO UPDATE SET remote_id = ?3,"
               " version = max(version, ?4), lost = 0,"
               " frozen = CASE remote_id WHEN ?3 THEN frozen ELSE 0 END", "itti", ticket_id, place, remote_id, version);
}

const char *store_remote_id(struct db *db, int64_t ticket_id, const char *place, struct arena *a)
{
    sqlite3_stmt *q = db_query(db, "SELECT remote_id FROM remote WHERE ticket_id = ?1"
                                   " AND place = ?2", "it", ticket_id, place);
    if (!db_row(db, q))
        return NULL;
    const char *id = db_text(q, 0, a);
    db_end(q);
    return id;
}

size_t store_thoughts(struct db *db, int64_t after_ticket, size_t max, int64_t *tickets)
{
    sqlite3_stmt *q = db_query(db, "SELECT ticket_id FROM outbox WHERE kind = 3 AND ticket_id > ?1"
                                   " ORDER BY ticket_id LIMIT ?2", "ii", after_ticket,
                               (int64_t)max);
    size_t n = 0;
    while (db_row(db, q))
        tickets[n++] = db_col_int(q, 0);
    return n;
}

int64_t store_thought(struct db *db, int64_t ticket_id)
{
    return db_int(db, 0, "SELECT id FROM outbox WHERE kind = 3 AND ticket_id = ?1", "i",
                  ticket_id);
}

void store_due(struct db *db, int64_t ticket_id, enum due_kind kind, int64_t at_ms)
{
    if (at_ms)
        db_run(db, "INSERT INTO due(ticket_id, kind, at_ms) VALUES(?1, ?2, ?3)"
                   " ON CONFLICT(ticket_id, kind) DO UPDATE SET at_ms = ?3", "iwi",
               ticket_id, (int)kind, at_ms);
    else
        db_run(db, "DELETE FROM due WHERE ticket_id = ?1 AND kind = ?2", "iw", ticket_id,
               (int)kind);
}

size_t store_due_list(struct db *db, int64_t now_ms, size_t max, struct due_row *out)
{
    sqlite3_stmt *q = db_query(db, "SELECT ticket_id, at_ms, kind FROM due WHERE at_ms <= ?1"
                                   " ORDER BY at_ms, ticket_id LIMIT ?2", "ii", now_ms,
                               (int64_t)max);
    size_t n = 0;
    for (; db_row(db, q); n++)
        out[n] = (struct due_row){ .ticket_id = db_col_int(q, 0), .at_ms = db_col_int(q, 1),
            .kind = (enum due_kind)db_col_int(q, 2) };
    return n;
}

int64_t store_due_next_ms(struct db *db)
{
    return db_int(db, INT64_MAX, "SELECT min(at_ms) FROM due", "");
}

int64_t store_due_at(struct db *db, int64_t ticket_id, enum due_kind kind)
{
    return db_int(db, 0, "SELECT at_ms FROM due WHERE ticket_id = ?1 AND kind = ?2", "iw",
                  ticket_id, (int)kind);
}
