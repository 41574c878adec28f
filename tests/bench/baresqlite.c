/* What SQLite alone can do on this machine with our kind of rows: the limit that the desk is held
 * against. usage: baresqlite [DIR] [SECONDS]. One line per figure, key=value.
 * A message is five statements: insert it, touch its ticket, audit, outbox row in and out again.
 * No index holds a column that a message changes. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/bench/stats.h"

enum { TICKETS = 20000, LIVE = 500, STATEMENTS = 5, FSYNC_BYTES = 4096, FSYNC_FILE = 4 << 20 };

static const char schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;"
    "CREATE TABLE ticket(id INTEGER PRIMARY KEY, status INTEGER, head INTEGER, last_ms INTEGER,"
    " version INTEGER, subject TEXT);"
    "CREATE TABLE message(ticket INTEGER, seq INTEGER, ts_ms INTEGER, author INTEGER, cid TEXT,"
    " text TEXT, PRIMARY KEY(ticket, seq)) WITHOUT ROWID;"
    "CREATE TABLE audit(id INTEGER PRIMARY KEY, ts_ms INTEGER, ticket INTEGER, digest BLOB,"
    " hash BLOB);"
    "CREATE TABLE outbox(id INTEGER PRIMARY KEY, ticket INTEGER, version INTEGER, state INTEGER);"
    "CREATE INDEX ticket_live ON ticket(status, id) WHERE status < 5;";

static const char *const sql[STATEMENTS] = {
    "UPDATE ticket SET head = head + 1, version = version + 1, last_ms = ?2 WHERE id = ?1",
    "INSERT INTO message VALUES(?1, (SELECT head FROM ticket WHERE id = ?1), ?2, 0, ?3, ?4)",
    "INSERT INTO audit(ts_ms, ticket, digest, hash) VALUES(?2, ?1, zeroblob(32), zeroblob(32))",
    "INSERT INTO outbox(id, ticket, version, state) VALUES(?2, ?1, 1, 0)",
    "DELETE FROM outbox WHERE id = ?2",
};

static void must(int code, sqlite3 *db)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "baresqlite: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static sqlite3 *open_fresh(const char *path)
{
    sqlite3 *db = NULL;
    char other[320];
    unlink(path);
    snprintf(other, sizeof other, "%s-wal", path);
    unlink(other);
    must(sqlite3_open(path, &db), db);
    must(sqlite3_exec(db, schema, NULL, NULL, NULL), db);
    must(sqlite3_exec(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                          " WHERE i < 20000) INSERT INTO ticket"
                          " SELECT i, i % 7, 0, 0, 1, 'Subject ' || i FROM n",
                      NULL, NULL, NULL), db);
    return db;
}

static void one_message(sqlite3 *db, sqlite3_stmt *const *q, int64_t n)
{
    char cid[40], text[200];
    int64_t ticket = n * 37 % LIVE * (TICKETS / LIVE) + 1;
    int len = snprintf(text, sizeof text, "Message %lld: the printer on the second floor still"
                       " answers with a blank page, and the one beside it has been out of toner.",
                       (long long)n);
    snprintf(cid, sizeof cid, "client-message-%012lld", (long long)n);
    for (int i = 0; i < STATEMENTS; i++) {
        sqlite3_bind_int64(q[i], 1, ticket);
        if (i < 4 || sqlite3_bind_parameter_count(q[i]) > 1)
            sqlite3_bind_int64(q[i], 2, n);
        if (i == 1) {
            sqlite3_bind_text(q[i], 3, cid, -1, SQLITE_TRANSIENT);
            sqlite3_bind_text(q[i], 4, text, len, SQLITE_TRANSIENT);
        }
        must(sqlite3_step(q[i]), db);
        sqlite3_reset(q[i]);
    }
}

static void measure_batch(const char *path, int batch, double seconds)
{
    sqlite3 *db = open_fresh(path);
    sqlite3_stmt *q[STATEMENTS];
    struct samples commits = { 0 };
    for (int i = 0; i < STATEMENTS; i++)
        must(sqlite3_prepare_v2(db, sql[i], -1, &q[i], NULL), db);
    int64_t n = 0, begin = now_us(), end = begin + (int64_t)(seconds * 1e6);
    while (now_us() < end) {
        int64_t start = now_us();
        must(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), db);
        for (int i = 0; i < batch; i++)
            one_message(db, q, ++n);
        must(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db);
        samples_add(&commits, now_us() - start);
    }
    double took = (double)(now_us() - begin) / 1e6;
    struct percentiles p = samples_rank(&commits);
    printf("baresqlite batch=%d messages_per_s=%.0f commit_p50_us=%lld commit_p99_us=%lld\n", batch,
           (double)n / took, (long long)p.p50, (long long)p.p99);
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(q[i]);
    sqlite3_close(db);
    samples_clear(&commits);
}

static void measure_fdatasync(const char *path, double seconds)
{
    static const char block[FSYNC_BYTES] = "bare";
    struct samples syncs = { 0 };
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || posix_fallocate(fd, 0, FSYNC_FILE)) {
        perror("baresqlite");
        exit(1);
    }
    for (off_t at = 0; at < FSYNC_FILE; at += FSYNC_BYTES)
        if (pwrite(fd, block, sizeof block, at) != FSYNC_BYTES)
            exit(1);
    fsync(fd);
    int64_t end = now_us() + (int64_t)(seconds * 1e6);
    for (off_t at = 0; now_us() < end; at = (at + FSYNC_BYTES) % FSYNC_FILE) {
        int64_t start = now_us();
        if (pwrite(fd, block, sizeof block, at) != FSYNC_BYTES || fdatasync(fd))
            exit(1);
        samples_add(&syncs, now_us() - start);
    }
    struct percentiles p = samples_rank(&syncs);
    printf("fdatasync bytes=%d p50_us=%lld p99_us=%lld p999_us=%lld\n", FSYNC_BYTES,
           (long long)p.p50, (long long)p.p99, (long long)p.p999);
    close(fd);
    unlink(path);
    samples_clear(&syncs);
}

int main(int argc, char **argv)
{
    const char *dir = argc > 1 ? argv[1] : ".";
    double seconds = argc > 2 ? atof(argv[2]) : 2.0;
    char path[300];
    if (strlen(dir) > 250 || seconds <= 0) {
        fprintf(stderr, "usage: baresqlite [DIR] [SECONDS]\n");
        return 2;
    }
    snprintf(path, sizeof path, "%s/bare.db", dir);
    for (int batch = 1; batch <= 100; batch *= 10)
        measure_batch(path, batch, seconds);
    unlink(path);
    snprintf(path, sizeof path, "%s/bare.sync", dir);
    measure_fdatasync(path, seconds);
    return 0;
}
