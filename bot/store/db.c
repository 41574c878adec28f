#include "bot/store/db.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { CACHE_SLOTS = 1024, CACHE_MASK = CACHE_SLOTS - 1, PROGRESS_STEPS = 2000,
       BUSY_WAIT_MS = 5000, CHECKPOINT_WAIT_MS = 50 };

struct cached {
    const char *sql;
    sqlite3_stmt *statement;
};

struct db {
    sqlite3 *handle;
    int error;
    char error_text[200];
    int64_t deadline_us;
    int wal_pages;
    struct cached cache[CACHE_SLOTS];
};

static void fail(struct db *db, int code, const char *what)
{
    if (db->error)
        return;
    db->error = code ? code : SQLITE_ERROR;
    snprintf(db->error_text, sizeof db->error_text, "%s", sqlite3_errmsg(db->handle));
    if (db_error_is_constraint(code) || (code & 0xff) == SQLITE_INTERRUPT)
        return;                  /* expected now and then: the caller decides what it means */
    metric_add(METRIC_STORE_ERRORS, 1);
    log_error("store failed", "code=%d error=\"%s\" sql=\"%.60s\"", code, db->error_text, what);
}

static size_t slot_of(const char *sql)
{
    uintptr_t address = (uintptr_t)sql;
    return (size_t)((address >> 3) * 0x9E3779B1u) & CACHE_MASK;
}

/* Constant SQL has a stable address, so the address is the key. */
static sqlite3_stmt *statement(struct db *db, const char *sql)
{
    size_t slot = slot_of(sql);
    for (size_t tries = 0; tries < CACHE_SLOTS; tries++, slot = (slot + 1) & CACHE_MASK) {
        struct cached *c = &db->cache[slot];
        if (c->sql == sql)
            return c->statement;
        if (c->sql)
            continue;
        int code = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                      &c->statement, NULL);
        if (code) {
            fail(db, code, sql);
            return NULL;
        }
        c->sql = sql;
        return c->statement;
    }
    abort();                     /* more statements than slots: our own mistake */
}

static void bind_bytes(sqlite3_stmt *s, int at, va_list *args)
{
    const void *bytes = va_arg(*args, const void *);
    size_t len = va_arg(*args, size_t);
    sqlite3_bind_blob64(s, at, bytes ? bytes : "", len, SQLITE_STATIC);
}

static void bind(sqlite3_stmt *s, const char *types, va_list *args)
{
    for (int at = 1; *types; types++, at++) {
        switch (*types) {
        case 'i': sqlite3_bind_int64(s, at, va_arg(*args, int64_t)); break;
        case 'w': sqlite3_bind_int(s, at, va_arg(*args, int)); break;
        case 'd': sqlite3_bind_double(s, at, va_arg(*args, double)); break;
        case 't': sqlite3_bind_text(s, at, va_arg(*args, const char *), -1, SQLITE_STATIC); break;
        case 'b': bind_bytes(s, at, args); break;
        case 'n': sqlite3_bind_null(s, at); break;
        default: abort();
        }
    }
}

static sqlite3_stmt *bound(struct db *db, const char *sql, const char *types, va_list *args)
{
    if (db->error)
        return NULL;
    sqlite3_stmt *s = statement(db, sql);
    if (s)
        bind(s, types, args);
    return s;
}

sqlite3_stmt *db_query(struct db *db, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    sqlite3_stmt *s = bound(db, sql, types, &args);
    va_end(args);
    return s;
}

bool db_row(struct db *db, sqlite3_stmt *q)
{
    if (!q)
        return false;
    int code = sqlite3_step(q);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        fail(db, sqlite3_extended_errcode(db->handle), sqlite3_sql(q));
    db_end(q);
    return false;
}

void db_end(sqlite3_stmt *q)
{
    if (q) {
        sqlite3_reset(q);
        sqlite3_clear_bindings(q);
    }
}

int db_run(struct db *db, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    sqlite3_stmt *s = bound(db, sql, types, &args);
    va_end(args);
    while (db_row(db, s))
        ;
    return db->error ? -1 : 0;
}

int64_t db_int(struct db *db, int64_t none, const char *sql, const char *types, ...)
{
    va_list args;
    va_start(args, types);
    sqlite3_stmt *s = bound(db, sql, types, &args);
    va_end(args);
    if (!db_row(db, s))
        return none;
    int64_t value = sqlite3_column_type(s, 0) == SQLITE_NULL ? none : sqlite3_column_int64(s, 0);
    db_end(s);
    return value;
}

const char *db_text(sqlite3_stmt *q, int column, struct arena *a)
{
    const char *text = (const char *)sqlite3_column_text(q, column);
    return text ? arena_copy_n(a, text, (size_t)sqlite3_column_bytes(q, column)) : NULL;
}

int64_t db_changes(struct db *db)
{
    return sqlite3_changes64(db->handle);
}

int db_error(struct db *db)
{
    return db->error;
}

const char *db_error_text(struct db *db)
{
    return db->error_text;
}

void db_clear_error(struct db *db)
{
    db->error = SQLITE_OK;
}

bool db_error_is_full(int error)
{
    return (error & 0xff) == SQLITE_FULL || error == SQLITE_IOERR_WRITE
        || error == SQLITE_IOERR_SHMSIZE;
}

bool db_error_is_constraint(int error)
{
    return (error & 0xff) == SQLITE_CONSTRAINT;
}

bool db_error_is_fatal(int error)
{
    switch (error & 0xff) {
    case SQLITE_FULL: case SQLITE_IOERR: case SQLITE_NOMEM: case SQLITE_CORRUPT:
    case SQLITE_NOTADB: case SQLITE_READONLY: case SQLITE_CANTOPEN: case SQLITE_BUSY: return true;
    default: return false;
    }
}

/* Control statements work also while an error sticks: they are how one recovers. */
static int control(struct db *db, const char *sql)
{
    int sticky = db->error;
    db->error = SQLITE_OK;
    int result = db_run(db, sql, "");
    if (sticky && !result)
        db->error = sticky;
    return result;
}

int db_begin(struct db *db)
{
    return db_run(db, "BEGIN IMMEDIATE", "");
}

int db_commit(struct db *db)
{
    return db_run(db, "COMMIT", "");
}

void db_rollback(struct db *db)
{
    if (!sqlite3_get_autocommit(db->handle))
        control(db, "ROLLBACK");
    db_clear_error(db);
}

void db_savepoint(struct db *db)
{
    db_run(db, "SAVEPOINT c", "");
}

void db_savepoint_release(struct db *db)
{
    db_run(db, "RELEASE c", "");
}

void db_savepoint_undo(struct db *db)
{
    /* SQLite may have rolled everything back by itself: then nothing more may be written, or it
     * would be kept while its senders are told that it was not. The error stays until the rollback. */
    bool lost = sqlite3_get_autocommit(db->handle);
    if (lost && !db->error)
        db->error = SQLITE_ABORT;
    if (lost || db_error_is_fatal(db->error))
        return;
    db_clear_error(db);
    control(db, "ROLLBACK TO c");
    control(db, "RELEASE c");
}

void db_snapshot_begin(struct db *db)
{
    db_clear_error(db);
    db_run(db, "BEGIN", "");
}

void db_snapshot_end(struct db *db)
{
    db_deadline(db, 0);
    db_rollback(db);
}

static int past_deadline(void *arg)
{
    struct db *db = arg;
    return db->deadline_us && clock_steady_us() > db->deadline_us;
}

void db_deadline(struct db *db, int64_t steady_us)
{
    db->deadline_us = steady_us;
    sqlite3_progress_handler(db->handle, steady_us ? PROGRESS_STEPS : 0,
                             steady_us ? past_deadline : NULL, db);
}

int db_checkpoint(struct db *db, bool truncate)
{
    /* A long reader must not hold up the writer: better a longer WAL for a while. */
    sqlite3_busy_timeout(db->handle, CHECKPOINT_WAIT_MS);
    int code = sqlite3_wal_checkpoint_v2(db->handle, NULL, truncate ? SQLITE_CHECKPOINT_TRUNCATE
                                                                    : SQLITE_CHECKPOINT_PASSIVE,
                                         NULL, NULL);
    sqlite3_busy_timeout(db->handle, BUSY_WAIT_MS);
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        fail(db, sqlite3_extended_errcode(db->handle), "checkpoint");
    return code == SQLITE_OK ? 0 : -1;
}

static struct db *open_as(const char *path, int flags, const char *vfs, char **error)
{
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        abort();
    int code = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, vfs);
    if (code) {
        char *text = sqlite3_mprintf("cannot open %s: %s", path, sqlite3_errstr(code));
        *error = text ? strdup(text) : NULL;
        sqlite3_free(text);
        db_close(db);
        return NULL;
    }
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, BUSY_WAIT_MS);
    return db;
}

static int count_pages(void *arg, sqlite3 *handle, const char *name, int pages)
{
    (void)handle, (void)name;
    ((struct db *)arg)->wal_pages = pages;
    return SQLITE_OK;
}

int db_wal_pages(struct db *db)
{
    return db->wal_pages;
}

/* The error names the file: it is read by whoever has to put it right. */
static int cannot_use(struct db *db, const char *why, char **error)
{
    if (asprintf(error, "%s %s", sqlite3_db_filename(db->handle, "main"), why) < 0)
        abort();
    return -1;
}

static int set_up(struct db *db, const char *pragmas, char **error)
{
    char why[300];
    int code = sqlite3_exec(db->handle, pragmas, NULL, NULL, NULL) & 0xff;
    if (code == SQLITE_OK)
        return 0;
    bool damaged = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
    snprintf(why, sizeof why, "%s: %s%s", damaged ? "is no desk, or damaged" : "cannot be set up",
             sqlite3_errmsg(db->handle),
             damaged ? "; put a backup in its place or choose another folder" : "");
    return cannot_use(db, why, error);
}

struct db *db_open_writer(const char *path, const struct db_options *options, char **error)
{
    struct db *db = open_as(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                            options ? options->vfs : NULL, error);
    /* The writer checkpoints by itself between batches. Never a mmap: see design, section 6. */
    static const char pragmas[] =
        "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
        "PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536;"
        "PRAGMA temp_store=MEMORY; PRAGMA recursive_triggers=ON;";
    if (db && (set_up(db, pragmas, error)
            || set_up(db, options && options->sync_normal ? "PRAGMA synchronous=NORMAL"
                                                          : "PRAGMA synchronous=FULL", error))) {
        db_close(db);
        return NULL;
    }
    if (db)
        sqlite3_wal_hook(db->handle, count_pages, db);
    return db;
}

struct db *db_open_reader(const char *path, char **error)
{
    struct db *db = open_as(path, SQLITE_OPEN_READONLY, NULL, error);
    if (db && set_up(db, "PRAGMA mmap_size=0; PRAGMA query_only=ON; PRAGMA cache_size=-16384;"
                         "PRAGMA temp_store=MEMORY; PRAGMA user_version;", error)) {
        db_close(db);
        return NULL;
    }
    if (db && db_int(db, 0, "PRAGMA user_version", "") == 0) {
        cannot_use(db, "holds no desk; remove it and start one, or put a backup in its place",
                   error);
        db_close(db);
        return NULL;
    }
    return db;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < CACHE_SLOTS; i++)
        sqlite3_finalize(db->cache[i].statement);
    sqlite3_close(db->handle);
    free(db);
}

/* ---- the schema: numbered files, built into the binary ---- */

#define SCHEMA_FILE(name, file)                                                                   \
    __asm__(".section .rodata\n.global " #name "\n" #name ":\n.incbin \"bot/store/schema/" file   \
            "\"\n.byte 0\n.previous\n");                                                          \
    extern const char name[]

SCHEMA_FILE(schema_001, "001_desk.sql");
SCHEMA_FILE(schema_002, "002_kb.sql");
SCHEMA_FILE(schema_003, "003_surfaces.sql");
SCHEMA_FILE(schema_004, "004_order.sql");

static const char *const schema[] = { schema_001, schema_002, schema_003, schema_004 };

static int migrate_one(struct db *db, int version, char **error)
{
    char *sql = sqlite3_mprintf("BEGIN IMMEDIATE; %s; PRAGMA user_version=%d; COMMIT;",
                                schema[version], version + 1);
    if (!sql)
        abort();
    int result = set_up(db, sql, error);
    sqlite3_free(sql);
    if (result)
        db_rollback(db);
    return result;
}

int db_migrate(struct db *db, char **error)
{
    int newest = (int)(sizeof schema / sizeof *schema);
    int version = (int)db_int(db, 0, "PRAGMA user_version", "");
    if (version > newest) {
        *error = strdup("this desk was written by a newer Deskhand; start that version or restore "
                        "a backup made before the upgrade");
        return -1;
    }
    for (; version < newest; version++)
        if (migrate_one(db, version, error))
            return -1;
    return 0;
}
