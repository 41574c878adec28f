/* invariant_test.c - each promise that the rows keep by themselves: the forbidden row is written by
 * plain SQL, beside all rules of the desk, and must be refused. And the schema from version 1 on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/store/db.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static char folder[64], path[96];

static void remove_desk(void)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[128];
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
}

static struct db *open_desk(void)
{
    char *error = NULL;
    struct db *db = db_open_writer(path, NULL, &error);
    if (!db || db_migrate(db, &error)) {
        fprintf(stderr, "%s\n", error);
        abort();
    }
    return db;
}

/* A connection of plain SQLite: what no code of ours guards. */
static sqlite3 *plain(void)
{
    sqlite3 *db = NULL;
    if (sqlite3_open(path, &db)
            || sqlite3_exec(db, "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON", NULL, NULL,
                            NULL))
        abort();
    return db;
}

static void must(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error))
        fail_msg("%s: %s", sql, error);
}

#define TICKET(id, client, contact, status, handler, assignee, more, values)                      \
    "INSERT INTO ticket(id, conv, client_id, contact_id, source, status, handler, assignee_id,"   \
    " priority, version, head, last_ms, created_ms, lists, sort_ms" more ") VALUES(" id           \
    ", 'conv" id "', " client ", " contact ", 'test', " status ", " handler ", " assignee         \
    ", 3, 1, 0, 1, 1, 0, 1" values ")"
#define ENTRY(ticket, seq, author, act)                                                           \
    "INSERT INTO entry(ticket_id, seq, ts_ms, kind, author, author_id, act, text)"                \
    " VALUES(" ticket ", " seq ", 1, 0, " author ", 0, " act ", 'words')"
#define CITE(ticket, seq, article)                                                                \
    "INSERT INTO cite(ticket_id, seq, n, article_id, title, quote) VALUES(" ticket ", " seq ", 0, " \
    article ", 'title', 'quote')"
#define REMINDER(ticket, number)                                                                  \
    "INSERT INTO event(ticket_id, ts_ms, actor, actor_id, kind, old, new) VALUES(" ticket          \
    ", 1, 0, 0, 'reminder', '100', '" number "')"

static const char cast[] =
    "INSERT INTO client(id, key, name, created_ms) VALUES(1, 'acme', 'Acme', 1), (2, 'globex',"
    " 'Globex', 1);"
    "INSERT INTO contact(id, client_id, created_ms) VALUES(1, 1, 1), (2, 2, 1);"
    "INSERT INTO technician(id, email, name, role, created_ms) VALUES(1, 'sara@desk.example',"
    " 'Sara', 2, 1);"
    TICKET("1", "1", "1", "0", "1", "NULL", "", "") ";"          /* the assistant has it */
    TICKET("2", "1", "1", "1", "2", "1", "", "") ";"             /* Sara has it */
    TICKET("3", "1", "1", "0", "0", "NULL", "", "") ";"          /* nobody has it */
    "INSERT INTO kb_article(id, path, title, text, hash, updated_ms) VALUES(1, 'a.md', 'A', 'a',"
    " x'00', 1);"
    "INSERT INTO audit VALUES(1, 1, 1, 'test', 0, 0, 0, 0, 0, x'00', x'00');"
    "INSERT INTO outbox(id, kind, place, lane, ticket_id, version, state, due_ms, created_ms)"
    " VALUES(1, 0, 'null:a', 'null:a', 1, 1, 0, 1, 1), (2, 3, 'triage', 'triage', 1, 1, 0, 1, 1);";

static const struct { const char *what, *sql; } allowed[] = {
    { "assistant text while the assistant has the ticket", ENTRY("1", "1", "2", "0") },
    { "an answer with a citation", CITE("1", "2", "1") ";" ENTRY("1", "2", "2", "2") },
    { "a technician's words on her ticket", ENTRY("2", "1", "1", "0") },
    { "the fifth reminder", "UPDATE ticket SET reminders = 5 WHERE id = 2" },
    { "reminder one to two of a period", REMINDER("2", "1") ";" REMINDER("2", "2") },
    { "a closed ticket with outcome and times", "UPDATE ticket SET status = 6, outcome = 1,"
      " resolved_ms = 1, closed_ms = 1 WHERE id = 3" },
    { "one more row of the audit log",
      "INSERT INTO audit VALUES(2, 1, 1, 'test', 0, 0, 0, 0, 0, x'00', x'00')" },
};

static const struct { const char *what, *sql, *says; } forbidden[] = {
    { "assistant text while a person has the ticket", ENTRY("2", "1", "2", "0"), "assistant text" },
    { "assistant text while nobody has the ticket", ENTRY("3", "1", "2", "0"), "assistant text" },
    { "assistant text on a ticket that is not there", ENTRY("9", "1", "2", "0"), "" },
    { "an answer without citation", ENTRY("1", "1", "2", "2"), "citation" },
    { "an answer with the citation of another line", CITE("1", "2", "1") ";"
      ENTRY("1", "1", "2", "2"), "citation" },
    { "a citation of a missing article", CITE("1", "1", "77"), "article" },
    { "a sixth reminder", "UPDATE ticket SET reminders = 6 WHERE id = 2", "CHECK" },
    { "a sixth reminder at once", TICKET("9", "1", "1", "2", "2", "1", ", reminders", ", 6"),
      "CHECK" },
    { "the same reminder twice", REMINDER("2", "1") ";" REMINDER("2", "1"), "UNIQUE" },
    { "closed without outcome", "UPDATE ticket SET status = 6, resolved_ms = 1, closed_ms = 1"
      " WHERE id = 1", "CHECK" },
    { "closed without times", "UPDATE ticket SET status = 6, outcome = 1 WHERE id = 1", "CHECK" },
    { "a ticket of one client for the contact of another",
      TICKET("9", "2", "1", "0", "0", "NULL", "", ""), "client of its contact" },
    { "a ticket that changes its client", "UPDATE ticket SET client_id = 2 WHERE id = 1",
      "never changes" },
    { "a ticket that changes its contact", "UPDATE ticket SET contact_id = 2 WHERE id = 1",
      "never changes" },
    { "a ticket that changes its conversation", "UPDATE ticket SET conv = 'x' WHERE id = 1",
      "never changes" },
    { "a contact that changes its client", "UPDATE contact SET client_id = 2 WHERE id = 1",
      "never changes" },
    { "a changed audit row", "UPDATE audit SET result = 1", "append-only" },
    { "a deleted audit row", "DELETE FROM audit", "append-only" },
    { "a replaced audit row", "REPLACE INTO audit VALUES(1, 1, 1, 'test', 0, 0, 0, 0, 1, x'00',"
      " x'00')", "append-only" },
    { "two entries with one number", ENTRY("2", "1", "0", "0") ";" ENTRY("2", "1", "0", "0"),
      "UNIQUE" },
    { "an entry numbered 0", ENTRY("2", "0", "0", "0"), "CHECK" },
    { "a customer's words made the assistant's", ENTRY("2", "1", "0", "0") ";UPDATE entry SET"
      " author = 2", "never changes" },
    { "words moved to another ticket", ENTRY("2", "1", "0", "0") ";UPDATE entry SET ticket_id = 3",
      "never changes" },
    { "a message id used twice", "INSERT INTO sent VALUES(1, 'cid', 1, 1), (1, 'cid', 2, 1)",
      "UNIQUE" },
    { "a second waiting card of one place", "INSERT INTO outbox(kind, place, lane, ticket_id,"
      " version, state, due_ms, created_ms) VALUES(0, 'null:a', 'null:a', 1, 2, 0, 1, 1)",
      "UNIQUE" },
    { "a second thought of one ticket", "INSERT INTO outbox(kind, place, lane, ticket_id, version,"
      " state, due_ms, created_ms) VALUES(3, 'triage', 'triage', 1, 2, 0, 1, 1)", "UNIQUE" },
    { "an input recorded twice", "INSERT INTO done VALUES('a', 'b', 0, 0, 0, 0, 0, x'00', NULL, 0),"
      " ('a', 'b', 0, 0, 0, 0, 0, x'00', NULL, 0)", "UNIQUE" },
    { "a counter below nothing", "INSERT INTO list_count VALUES(0, 0, -1)", "CHECK" },
    { "a status that is none", "UPDATE ticket SET status = 7 WHERE id = 1", "CHECK" },
    { "a handler that is none", "UPDATE ticket SET handler = 3 WHERE id = 1", "CHECK" },
    { "a person has it, but nobody does", "UPDATE ticket SET handler = 2 WHERE id = 1", "CHECK" },
    { "a priority that is none", "UPDATE ticket SET priority = 5 WHERE id = 1", "CHECK" },
    { "a sentiment above 100", "UPDATE ticket SET sentiment = 101 WHERE id = 1", "CHECK" },
    { "an assignee who is no technician", "UPDATE ticket SET assignee_id = 99 WHERE id = 1",
      "FOREIGN KEY" },
};

static void forbidden_rows_are_refused(void **unused)
{
    (void)unused;
    db_close(open_desk());
    sqlite3 *db = plain();
    must(db, cast);
    for (size_t i = 0; i < COUNT(forbidden); i++) {
        char *error = NULL;
        must(db, "SAVEPOINT s");
        int code = sqlite3_exec(db, forbidden[i].sql, NULL, NULL, &error);
        if ((code & 0xff) != SQLITE_CONSTRAINT || !strstr(error, forbidden[i].says))
            fail_msg("%s: %s", forbidden[i].what, code ? error : "was taken");
        sqlite3_free(error);
        must(db, "ROLLBACK TO s; RELEASE s");
    }
    sqlite3_close(db);
    remove_desk();
}

static void rows_beside_them_are_taken(void **unused)
{
    (void)unused;
    db_close(open_desk());
    sqlite3 *db = plain();
    must(db, cast);
    for (size_t i = 0; i < COUNT(allowed); i++)
        must(db, allowed[i].sql);
    sqlite3_close(db);
    remove_desk();
}

/* ---- migrations ---- */

static int64_t number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL))
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    int64_t value = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_finalize(s);
    return value;
}

/* What the first version of the desk made, with rows in it. */
static void make_version_1(void)
{
    sqlite3 *db = NULL;
    FILE *file = fopen("bot/store/schema/001_desk.sql", "rb");
    char *sql = calloc(1, 65536);
    if (!file || !sql || !fread(sql, 1, 65535, file) || sqlite3_open(path, &db))
        abort();
    fclose(file);
    must(db, "PRAGMA journal_mode=WAL");
    must(db, sql);
    must(db, "PRAGMA user_version = 1; INSERT INTO client(id, key, name, created_ms)"
             " VALUES(1, 'acme', 'Acme', 1)");
    free(sql);
    sqlite3_close(db);
}

static void an_old_desk_is_brought_up_to_date(void **unused)
{
    (void)unused;
    make_version_1();
    db_close(open_desk());
    sqlite3 *db = plain();
    assert_true(number(db, "PRAGMA user_version") >= 2);
    assert_int_equal(number(db, "SELECT count(*) FROM kb_article"), 0);
    assert_int_equal(number(db, "SELECT count(*) FROM client"), 1);
    int64_t version = number(db, "PRAGMA user_version");
    sqlite3_close(db);
    db_close(open_desk());       /* a second time: nothing left to do */
    db = plain();
    assert_int_equal(number(db, "PRAGMA user_version"), version);
    sqlite3_close(db);
    remove_desk();
}

static int die_at(void *left)
{
    if (!--*(int *)left)
        _exit(77);               /* as kill -9: nothing is written any more */
    return 0;
}

static int arm(sqlite3 *db, char **error, const void *api)
{
    static int left;
    (void)error, (void)api;
    left = atoi(getenv("DIE_AT"));
    sqlite3_progress_handler(db, 50, die_at, &left);
    return SQLITE_OK;
}

static void a_kill_amid_a_migration_is_harmless(void **unused)
{
    int killed = 0;
    (void)unused;
    for (int at = 1; at < 400; at = at * 3 / 2 + 1) {
        make_version_1();
        pid_t pid = fork();
        if (!pid) {
            char text[16];
            snprintf(text, sizeof text, "%d", at);
            setenv("DIE_AT", text, 1);
            sqlite3_auto_extension((void (*)(void))arm);
            open_desk();
            _exit(0);
        }
        int status;
        waitpid(pid, &status, 0);
        assert_true(WIFEXITED(status));
        killed += WEXITSTATUS(status) == 77;
        sqlite3 *db = plain();
        int64_t version = number(db, "PRAGMA user_version");
        int64_t tables = number(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'kb_trigrams'");
        assert_int_equal(version >= 2, tables);          /* whole or not at all */
        sqlite3_close(db);
        db_close(open_desk());
        db = plain();
        assert_int_equal(number(db, "SELECT count(*) FROM client"), 1);
        assert_int_equal(number(db, "SELECT count(*) FROM kb_article"), 0);
        sqlite3_close(db);
        remove_desk();
    }
    assert_true(killed >= 3);
}

/* ---- a long reader ---- */

static void a_long_reader_does_not_hold_up_the_writer(void **unused)
{
    (void)unused;
    struct db *db = open_desk();
    char *error = NULL;
    struct db *reader = db_open_reader(path, &error);
    assert_non_null(reader);
    db_run(db, "INSERT INTO meta VALUES('a', '1')", "");
    db_snapshot_begin(reader);
    assert_int_equal(db_int(reader, 0, "SELECT count(*) FROM meta", ""), 1);
    db_run(db, "INSERT INTO meta VALUES('b', '1')", "");
    time_t start = time(NULL);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(db_checkpoint(db, true), -1);   /* the reader is in the way: no error */
        assert_int_equal(db_error(db), 0);
    }
    assert_in_range(time(NULL) - start, 0, 2);
    db_snapshot_end(reader);
    assert_int_equal(db_checkpoint(db, true), 0);
    db_close(reader);
    db_close(db);
    remove_desk();
}

static int set_up(void **unused)
{
    (void)unused;
    strcpy(folder, "/tmp/deskhand-invariant-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/desk.db", folder);
    return 0;
}

static int start_afresh(void **unused)
{
    (void)unused;
    remove_desk();
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    remove_desk();
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(forbidden_rows_are_refused, start_afresh),
        cmocka_unit_test_setup(rows_beside_them_are_taken, start_afresh),
        cmocka_unit_test_setup(an_old_desk_is_brought_up_to_date, start_afresh),
        cmocka_unit_test_setup(a_kill_amid_a_migration_is_harmless, start_afresh),
        cmocka_unit_test_setup(a_long_reader_does_not_hold_up_the_writer, start_afresh),
    };
    return cmocka_run_group_tests_name("invariant", tests, set_up, tear_down);
}
