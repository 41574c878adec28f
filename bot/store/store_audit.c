/* Inputs that were seen before, the hash chain of the audit log, small settings. */
#include <string.h>

#include "bot/base/hash.h"
#include "bot/store/store.h"

bool store_done(struct db *db, const struct command *c, const unsigned char digest[32],
                struct outcome *out)
{
    sqlite3_stmt *q = db_query(db, "SELECT result, ticket_id, version, id, seq, digest, text"
        " FROM done WHERE source = ?1 AND source_id = ?2", "tt", c->source, c->source_id);
    if (!db_row(db, q))
        return false;
    enum result first = (enum result)db_col_int(q, 0);
    bool same = sqlite3_column_bytes(q, 5) == HASH_BYTES
             && !memcmp(sqlite3_column_blob(q, 5), digest, HASH_BYTES);
    out->result = !same ? RESULT_CONFLICT : first == RESULT_OK ? RESULT_REPEATED : first;
    out->ticket_id = db_col_int(q, 1);
    out->version = db_col_int(q, 2);
    out->id = db_col_int(q, 3);
    out->seq = db_col_int(q, 4);
    const char *text = (const char *)sqlite3_column_text(q, 6);
    strncpy(out->text, text ? text : "", sizeof out->text - 1);
    db_end(q);
    return true;
}

void store_done_add(struct db *db, const struct command *c, const unsigned char digest[32],
                    const struct outcome *o)
{
    db_run(db, "INSERT INTO done(source, source_id, result, ticket_id, version, id, seq, digest,"
               " text, at_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", "ttwiiiibti",
           c->source, c->source_id, (int)o->result, o->ticket_id, o->version, o->id, o->seq,
           (const void *)digest, (size_t)HASH_BYTES, o->text, c->at_ms);
}

/* One row's link: the hash before it and every column of the row. */
struct link {
    unsigned char before[HASH_BYTES];
    int64_t id, ts_ms, command, actor, actor_id, ticket_id, version, result;
    unsigned char digest[HASH_BYTES];
    char source[24];
};

static void link_hash(const struct link *link, unsigned char out[HASH_BYTES])
{
    unsigned char bytes[HASH_BYTES * 2 + 8 * 8 + sizeof link->source];
    const int64_t numbers[] = { link->id, link->ts_ms, link->command, link->actor, link->actor_id,
                                link->ticket_id, link->version, link->result };
    unsigned char *at = bytes;
    memcpy(at, link->before, HASH_BYTES);
    at += HASH_BYTES;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (int shift = 56; shift >= 0; shift -= 8)
            *at++ = (unsigned char)((uint64_t)numbers[i] >> shift);
    memcpy(at, link->digest, HASH_BYTES);
    memcpy(at + HASH_BYTES, link->source, sizeof link->source);
    hash_sha256(bytes, sizeof bytes, out);
}

void store_audit_head(struct db *db, struct audit_head *out)
{
    *out = (struct audit_head){ 0 };
    sqlite3_stmt *q = db_query(db, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", "");
    if (!db_row(db, q))
        return;
    out->id = db_col_int(q, 0);
    if (sqlite3_column_bytes(q, 1) == HASH_BYTES)
        memcpy(out->hash, sqlite3_column_blob(q, 1), HASH_BYTES);
    db_end(q);
}

void store_audit_add(struct db *db, struct audit_head *head, const struct command *c,
                     const struct outcome *o, const unsigned char digest[32])
{
    struct link link = { .id = head->id + 1, .ts_ms = c->at_ms, .command = c->kind,
        .actor = c->actor, .actor_id = c->actor_id, .ticket_id = o->ticket_id,
        .version = o->version, .result = o->result };
    memcpy(link.before, head->hash, HASH_BYTES);
    memcpy(link.digest, digest, HASH_BYTES);
    strncpy(link.source, c->source ? c->source : "", sizeof link.source - 1);
    link_hash(&link, head->hash);
    head->id = link.id;
    db_run(db, "INSERT INTO audit(id, ts_ms, command, source, actor, actor_id, ticket_id, version,"
               " result, digest, hash) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
           "iiitiiiiibb", link.id, link.ts_ms, link.command, link.source, link.actor,
           link.actor_id, link.ticket_id, link.version, link.result, (const void *)digest,
           (size_t)HASH_BYTES, (const void *)head->hash, (size_t)HASH_BYTES);
}

static bool link_read(sqlite3_stmt *q, struct link *link)
{
    link->id = db_col_int(q, 0);
    link->ts_ms = db_col_int(q, 1);
    link->command = db_col_int(q, 2);
    link->actor = db_col_int(q, 4);
    link->actor_id = db_col_int(q, 5);
    link->ticket_id = db_col_int(q, 6);
    link->version = db_col_int(q, 7);
    link->result = db_col_int(q, 8);
    const char *source = (const char *)sqlite3_column_text(q, 3);
    memset(link->source, 0, sizeof link->source);
    strncpy(link->source, source ? source : "", sizeof link->source - 1);
    if ((size_t)sqlite3_column_bytes(q, 3) != strlen(link->source)
            || sqlite3_column_bytes(q, 9) != HASH_BYTES || sqlite3_column_bytes(q, 10) != HASH_BYTES)
        return false;
    memcpy(link->digest, sqlite3_column_blob(q, 9), HASH_BYTES);
    return true;
}

int store_audit_verify(struct db *db, int64_t *rows, int64_t *bad_id)
{
    struct link link = { 0 };
    int64_t expected = 1;
    *rows = *bad_id = 0;
    sqlite3_stmt *q = db_query(db, "SELECT id, ts_ms, command, source, actor, actor_id, ticket_id,"
        " version, result, digest, hash FROM audit ORDER BY id", "");
    while (!*bad_id && db_row(db, q)) {
        unsigned char hash[HASH_BYTES];
        bool whole = link_read(q, &link);
        link_hash(&link, hash);
        if (!whole || link.id != expected
                || memcmp(hash, sqlite3_column_blob(q, 10), HASH_BYTES)) {
            *bad_id = link.id != expected ? expected : link.id;
            db_end(q);
        }
        memcpy(link.before, hash, HASH_BYTES);
        expected++;
        ++*rows;
    }
    return db_error(db) ? -1 : 0;
}

const char *store_meta(struct db *db, const char *key, struct arena *a)
{
    sqlite3_stmt *q = db_query(db, "SELECT value FROM meta WHERE key = ?1", "t", key);
    if (!db_row(db, q))
        return NULL;
    const char *value = db_text(q, 0, a);
    db_end(q);
    return value;
}

void store_meta_set(struct db *db, const char *key, const char *value)
{
    db_run(db, "INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE"
               " SET value = ?2", "tt", key, value);
}

/* ---- copies ---- */

void store_effects_hold(struct db *db)
{
    db_run(db, "UPDATE outbox SET state = 4 WHERE state < 3 AND kind <> 3", "");
}

bool store_is_whole(struct db *db)
{
    struct arena a = { 0 };
    sqlite3_stmt *q = db_query(db, "PRAGMA integrity_check(1)", "");
    bool whole = false;
    while (db_row(db, q))
        whole = !strcmp(db_text(q, 0, &a), "ok");
    arena_clear(&a);
    q = db_query(db, "PRAGMA foreign_key_check", "");
    while (db_row(db, q))
        whole = false;
    return whole && !db_error(db);
}

int store_vacuum_into(struct db *db, const char *file)
{
    /* The connection is read-only as it is; the second lock would keep it from writing the copy too. */
    db_run(db, "PRAGMA query_only=OFF", "");
    int result = db_run(db, "VACUUM INTO ?1", "t", file);
    db_run(db, "PRAGMA query_only=ON", "");
    return result;
}
