/* db.h - one SQLite connection with its prepared statements: the ground that store_*.c stand on.
 * It knows no tables. Exactly one writer exists per desk; it alone checkpoints; readers never write. */
#ifndef DESKHAND_STORE_DB_H
#define DESKHAND_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "bot/base/arena.h"

struct db;

struct db_options {
    const char *vfs;             /* NULL: the system's; tests give a faulty one */
    bool sync_normal;            /* tests only: the control run that must lose rows */
};

/* Opens (and for the writer: creates) the file. NULL with *error set (caller frees); a reader needs
 * a file in which a desk was made. */
struct db *db_open_writer(const char *path, const struct db_options *options, char **error);
struct db *db_open_reader(const char *path, char **error);
void db_close(struct db *db);    /* NULL is fine */

/* Brings the schema up to the newest version. 0, or -1 with *error set: also for a newer file. */
int db_migrate(struct db *db, char **error);

/* Values are bound by one letter each: i int64_t, w int or enum or bool, d double, t text (NULL is
 * null), b bytes (pointer, size_t), n null. SQL is always a constant, so a statement is prepared
 * once per connection and found again by its address. Texts must live until the last row is read.
 *
 *     sqlite3_stmt *q = db_query(db, "SELECT name FROM client WHERE id = ?1", "i", id);
 *     while (db_row(db, q)) ... db_text(q, 0, arena) ...
 *
 * A query must be read to its end or ended with db_end. */
sqlite3_stmt *db_query(struct db *db, const char *sql, const char *types, ...);
bool db_row(struct db *db, sqlite3_stmt *q);
void db_end(sqlite3_stmt *q);
/* 0, or -1: the error is kept in db_error until db_clear_error. */
int db_run(struct db *db, const char *sql, const char *types, ...);
/* The first column of the first row, or `none` if there is no row. */
int64_t db_int(struct db *db, int64_t none, const char *sql, const char *types, ...);

static inline int64_t db_col_int(sqlite3_stmt *q, int column)
{
    return sqlite3_column_int64(q, column);
}
const char *db_text(sqlite3_stmt *q, int column, struct arena *a);        /* NULL for null */
int64_t db_changes(struct db *db);

/* Errors stick: after one, further db_run calls return -1 without effect until it is cleared, so a
 * script of writes is checked once at its end. SQLITE_OK if all went well. */
int db_error(struct db *db);
const char *db_error_text(struct db *db);
void db_clear_error(struct db *db);
bool db_error_is_full(int error);         /* no space left, or the file may not grow */
bool db_error_is_constraint(int error);   /* a rule of the schema said no */
bool db_error_is_fatal(int error);        /* the whole transaction is lost, not one statement */

/* Transactions of the writer. 0 or -1. */
int db_begin(struct db *db);
int db_commit(struct db *db);
void db_rollback(struct db *db);
void db_savepoint(struct db *db);          /* one level, named "c" */
void db_savepoint_release(struct db *db);
/* Undoes what came after db_savepoint and clears its error; a fatal error stays until db_rollback. */
void db_savepoint_undo(struct db *db);

/* Readers: a consistent picture over several queries, and a deadline (steady microseconds; 0 = none)
 * after which queries fail with SQLITE_INTERRUPT. */
void db_snapshot_begin(struct db *db);
void db_snapshot_end(struct db *db);
void db_deadline(struct db *db, int64_t steady_us);

/* Writer only: pages in the WAL after the last commit. */
int db_wal_pages(struct db *db);

/* Writer only: moves the WAL into the file. `truncate` also gives its space back. -1: a reader is in
 * the way (no error is kept), or the disk failed (db_error says how). */
int db_checkpoint(struct db *db, bool truncate);

#endif
