/* The smallest thing that acknowledges after a commit: it shows what the shim finds. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/crash/powercut_disk.h"
#include "tests/crash/workload.h"

enum { CONVERSATIONS = 5, ROWS = 300 };

static sqlite3 *open_at(const char *dir, const char *vfs, int flags)
{
    char path[300];
    sqlite3 *db = NULL;
    snprintf(path, sizeof path, "%s/bare.db", dir);
    if (sqlite3_open_v2(path, &db, flags, vfs) != SQLITE_OK) {
        fprintf(stderr, "powercut: %s: %s\n", path, sqlite3_errmsg(db));
        exit(1);
    }
    return db;
}

static void must_exec(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK)
        return;
    fprintf(stderr, "powercut: %s: %s\n", sql, why);
    exit(1);
}

static int64_t one_int(sqlite3 *db, const char *sql, int64_t a, int64_t b)
{
    sqlite3_stmt *s = NULL;
    int64_t value = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        return -1;
    for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++)
        sqlite3_bind_int64(s, i, i == 1 ? a : b);
    if (sqlite3_step(s) == SQLITE_ROW)
        value = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return value;
}

static int64_t insert(sqlite3 *db, int64_t key, int64_t place)
{
    return one_int(db, "INSERT INTO msg(key,place,seq,body) VALUES(?1,?2,"
                       "(SELECT count(*)+1 FROM msg WHERE place=?2),hex(randomblob(150)))"
                       " RETURNING seq", key, place);
}

static void bare_run(const struct run *run)
{
    sqlite3 *db = open_at(run->dir, POWERCUT_VFS, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    uint64_t random = run->seed;
    must_exec(db, "PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=40");
    must_exec(db, run->normal_sync ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL");
    must_exec(db, "CREATE TABLE IF NOT EXISTS msg(key INTEGER PRIMARY KEY, place INTEGER, "
                  "seq INTEGER, body TEXT, UNIQUE(place,seq))");
    powercut_arm(run->power);
    for (int64_t key = run->first_key; key < run->first_key + ROWS;) {
        struct acked batch[8];
        int64_t n = 1 + (int64_t)(disk_random(&random) % 8);
        must_exec(db, "BEGIN IMMEDIATE");
        for (int64_t i = 0; i < n; i++) {
            int64_t place = (int64_t)(disk_random(&random) % CONVERSATIONS);
            batch[i] = (struct acked){ key + i, 0, place, insert(db, key + i, place) };
        }
        must_exec(db, "COMMIT");
        for (int64_t i = 0; i < n; i++)
            workload_ack(run, &batch[i]);
        key += n;
    }
    powercut_now(run->power);
}

static void check_row(sqlite3 *db, const struct acked *row, struct verdict *v)
{
    int64_t seq = one_int(db, "SELECT seq FROM msg WHERE key=?1 AND place=?2", row->key,
                          row->place);
    if (seq != row->seq)
        verdict_say(v, &v->lost, "key %lld: acknowledged as %lld, stored as %lld",
                    (long long)row->key, (long long)row->seq, (long long)seq);
}

static void bare_check(const char *dir, const struct ledger *acked, struct verdict *v)
{
    sqlite3 *db = open_at(dir, NULL, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    v->stored = one_int(db, "SELECT count(*) FROM msg", 0, 0);
    if (one_int(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check='ok'", 0, 0)
        != 1)
        verdict_say(v, &v->corrupt, "integrity_check is not ok");
    if (one_int(db, "SELECT count(*) FROM (SELECT 1 FROM msg GROUP BY place"
                    " HAVING max(seq)<>count(*))", 0, 0) != 0)
        verdict_say(v, &v->holes, "a place has holes");
    for (size_t i = 0; i < acked->count; i++)
        check_row(db, &acked->rows[i], v);
    sqlite3_close(db);
}

const struct workload workload_bare = { "bare", 260, false, bare_run, bare_check };
