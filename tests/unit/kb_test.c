/* kb_test.c - the knowledge base keeps versions, finds by words of several scripts, and shows no
 * client what is another's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/base/buf.h"
#include "bot/base/clock.h"
#include "bot/store/store_kb.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { FOR_ALL = 0, CLIENT_A = 1, CLIENT_B = 2, PATIENCE_MS = 5000, MOST = 8 };

static struct db *db;
static char folder[64], path[96];

static int open_desk(void **unused)
{
    char *error = NULL;
    (void)unused;
    strcpy(folder, "/tmp/kb_test.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/desk.db", folder);
    db = db_open_writer(path, NULL, &error);
    return db ? db_migrate(db, &error) : -1;
}

static int close_desk(void **unused)
{
    static const char *const ends[] = { "", "-wal", "-shm" };
    char name[128];
    (void)unused;
    db_close(db);
    for (size_t i = 0; i < COUNT(ends); i++) {
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
    return rmdir(folder);
}

static int64_t put(int64_t client_id, const char *name, const char *lang, const char *title,
                   const char *text)
{
    const struct kb_passage passage = { "", text };
    const struct kb_article_change article = { .path = name, .title = title, .lang = lang,
        .url = "https://help.example.com/x", .text = text, .passages = &passage,
        .passage_count = 1 };
    return store_kb_put(db, client_id, &article, 1000);
}

static size_t search(int64_t client_id, const char *query, const char *lang, struct arena *a,
                     struct kb_found *found)
{
    assert_int_equal(store_kb_search(db, client_id, query, lang, PATIENCE_MS, MOST, a, found), 0);
    assert_true(found->count <= MOST);
    return found->count;
}

/* The title of the best passage, "-" for none. */
static void finds(int64_t client_id, const char *query, const char *lang, const char *title)
{
    struct arena a = { 0 };
    struct kb_found found;
    const char *best = search(client_id, query, lang, &a, &found) ? found.passages[0].title : "-";
    if (strcmp(best, title) != 0)
        fail_msg("\"%s\" (%s) for client %d finds \"%s\" instead of \"%s\"", query, lang,
                 (int)client_id, best, title);
    arena_clear(&a);
}

static int64_t version_of(int64_t id)
{
    return db_int(db, 0, "SELECT version FROM kb_article WHERE id = ?1", "i", id);
}

static void a_new_text_is_a_new_version(void **unused)
{
    (void)unused;
    int64_t id = put(CLIENT_A, "a.md", "en", "Toner", "Shake the cartridge.");
    assert_int_equal(version_of(id), 1);
    assert_int_equal(put(CLIENT_A, "a.md", "en", "Toner", "Shake the cartridge."), id);
    assert_int_equal(version_of(id), 1);
    assert_int_equal(put(CLIENT_A, "a.md", "en", "Ink", "Shake the cartridge."), id);
    assert_int_equal(version_of(id), 1);
    finds(CLIENT_A, "cartridge", "en", "Ink");
    assert_int_equal(put(CLIENT_A, "a.md", "en", "Ink", "Order a bottle."), id);
    assert_int_equal(version_of(id), 2);
    finds(CLIENT_A, "cartridge", "en", "-");
    finds(CLIENT_A, "toner", "en", "-");
    finds(CLIENT_A, "bottle", "en", "Ink");
    assert_int_not_equal(put(CLIENT_B, "a.md", "en", "Other", "Another bottle."), id);
    assert_int_equal(store_kb_count(db, CLIENT_A), 1);
}

static void what_is_removed_is_not_found_and_may_return(void **unused)
{
    (void)unused;
    int64_t id = put(CLIENT_A, "a.md", "en", "Toner", "Shake the cartridge.");
    put(FOR_ALL, "all.md", "en", "Paper", "Fill the drawer.");
    assert_int_equal(store_kb_count(db, CLIENT_A), 2);
    assert_int_equal(store_kb_count(db, CLIENT_B), 1);
    assert_false(store_kb_remove(db, CLIENT_B, "a.md"));
    assert_false(store_kb_remove(db, CLIENT_A, "all.md"));
    assert_false(store_kb_remove(db, CLIENT_A, "b.md"));
    assert_true(store_kb_remove(db, CLIENT_A, "a.md"));
    assert_false(store_kb_remove(db, CLIENT_A, "a.md"));
    assert_int_equal(store_kb_count(db, CLIENT_A), 1);
    finds(CLIENT_A, "shake cartridge", "en", "-");
    assert_int_equal(put(CLIENT_A, "a.md", "en", "Toner", "Shake the cartridge."), id);
    finds(CLIENT_A, "shake cartridge", "en", "Toner");
    assert_int_equal(store_kb_count(db, CLIENT_A), 2);
}

static void clients_find_their_own_articles(void **unused)
{
    (void)unused;
    static const struct { int64_t client; const char *query, *title; } rows[] = {
        { CLIENT_A, "printer jam", "Printer of A" }, { CLIENT_B, "printer jam", "Printer of B" },
        { 3, "printer jam", "-" }, { CLIENT_A, "safe combination", "-" },
        { CLIENT_B, "safe combination", "Safe" }, { CLIENT_A, "ombinati", "-" },
        { CLIENT_A, "holiday calendar", "Holidays" }, { CLIENT_B, "holiday calendar", "Holidays" },
        { 3, "holiday calendar", "Holidays" },
    };
    put(CLIENT_A, "p.md", "en", "Printer of A", "When the printer has a jam, open door A.");
    put(CLIENT_B, "p.md", "en", "Printer of B", "When the printer has a jam, open door B.");
    put(CLIENT_B, "s.md", "en", "Safe", "The combination of the safe is with reception.");
    put(FOR_ALL, "h.md", "en", "Holidays", "Holidays are in the calendar.");
    for (size_t i = 0; i < COUNT(rows); i++)
        finds(rows[i].client, rows[i].query, "en", rows[i].title);
}

/* Many better matches of another client must not push out the own one. */
static void a_crowd_of_another_client_hides_nothing(void **unused)
{
    char name[20];
    struct arena a = { 0 };
    struct kb_found found;
    (void)unused;
    db_begin(db);
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "%d.md", i);
        put(CLIENT_B, name, "en", "Scanner", "Scanner, scanner, scanner.");
    }
    put(CLIENT_A, "own.md", "en", "Our own", "There is a long text in which, at some place, one "
        "reads of a scanner and of many other things that people have in an office.");
    db_commit(db);
    static const char *const langs[] = { "en", "de", "und" };
    for (size_t i = 0; i < COUNT(langs); i++) {
        assert_int_equal(search(CLIENT_A, "scanner", langs[i], &a, &found), 1);
        assert_string_equal(found.passages[0].title, "Our own");
    }
    arena_clear(&a);
}

static void words_of_many_languages_are_found(void **unused)
{
    (void)unused;
    static const struct { const char *lang, *title, *text, *query; } rows[] = {
        { "en", "Printing", "If pages are empty, the printer's toner is used up.",
          "printers empty page" },
        { "de", "Drucker", "Wenn der Netzwerkdrucker offline ist, starten Sie ihn neu.",
          "Drucker im Netzwerk startet nicht" },
        { "ar", "كلمة المرور", "إذا نسيت كلمة المرور يمكنك إعادة تعيينها من الصفحة.",
          "نسيت كلمه المرور" },
        { "zh", "密码", "如果您忘记了密码，请打开重置页面。", "我忘记密码了怎么办" },
        { "th", "รหัสผ่าน", "หากคุณลืมรหัสผ่าน ให้เปิดหน้ารีเซ็ต", "ลืมรหัสผ่านทำอย่างไร" },
        { "ru", "Пароль", "Если вы забыли пароль, сбросьте его на странице.", "забыл пароли" },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        put(CLIENT_A, rows[i].lang, rows[i].lang, rows[i].title, rows[i].text);
    for (size_t i = 0; i < COUNT(rows); i++) {
        finds(CLIENT_A, rows[i].query, rows[i].lang, rows[i].title);
        finds(CLIENT_B, rows[i].query, rows[i].lang, "-");
    }
}

static void whatever_is_typed_is_only_words(void **unused)
{
    (void)unused;
    static const struct { const char *query; bool found; } rows[] = {
        { "", false }, { "   \n\t", false }, { "?!... --- ***", false }, { "\"", false },
        { "\"\"\"\"", false }, { "()", false }, { "toner", true }, { "\"toner", true },
        { "toner\"", true }, { "toner AND NOT toner", true }, { "NEAR(toner, 5)", true },
        { "terms : toner", true }, { "{terms} : toner", true }, { "-toner", true },
        { "toner*", true }, { "^toner", true }, { "toner + toner", true },
        { "'; DROP TABLE x;--", false },
        { "toner'; DROP TABLE kb_passage;--", true }, { "%s%n toner", true },
        { "\xf0\x9f\x96\xa8\xef\xb8\x8f", false },
        { "\xf0\x9f\x96\xa8 toner \xf0\x9f\x98\xa1", true },
        { "\xe2\x80\xae toner", true }, { "TONER!!!", true }, { "\xef\xbd\x94oner", true },
    };
    static const char *const langs[] = { "en", "de", "zh", "und", "", NULL };
    put(CLIENT_A, "t.md", "en", "Toner", "Shake the toner.");
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(langs); k++) {
            struct arena a = { 0 };
            struct kb_found found;
            size_t n = search(CLIENT_A, rows[i].query, langs[k], &a, &found);
            if ((n > 0) != rows[i].found)
                fail_msg("\"%s\" (%s) finds %zu", rows[i].query, langs[k] ? langs[k] : "-", n);
            arena_clear(&a);
        }
    assert_int_equal(store_kb_count(db, CLIENT_A), 1);
}

/* 8,000 letters of one kind each: an answer within the deadline. */
static void long_questions_are_answered(void **unused)
{
    (void)unused;
    static const char *const pieces[] = { "x", "toner ", "\"", "ab\"", "( ", "\xe5\xaf\x86",
                                          "\xe0\xb8\xa5", "\xf0\x9f\x98\xa1", "NEAR( " };
    put(CLIENT_A, "t.md", "en", "Toner", "Shake the toner.");
    for (size_t i = 0; i < COUNT(pieces); i++) {
        struct arena a = { 0 };
        struct kb_found found;
        struct buf query;
        buf_init(&query, 65536);
        for (int k = 0; k < 8000; k++)
            buf_text(&query, pieces[i]);
        assert_int_equal(search(CLIENT_A, query.data, "en", &a, &found), i == 1);
        assert_int_equal(search(CLIENT_A, query.data, "de", &a, &found), i == 1);
        buf_clear(&query);
        arena_clear(&a);
    }
}

/* No time at all: an error or few passages, and the next search is as good as ever. */
static void a_deadline_ends_only_its_own_search(void **unused)
{
    char name[20];
    struct arena a = { 0 };
    struct kb_found found;
    (void)unused;
    db_begin(db);
    for (int i = 0; i < 3000; i++) {
        snprintf(name, sizeof name, "%d.md", i);
        put(CLIENT_A, name, "en", "Cable", "The cable of the screen is black and long.");
    }
    db_commit(db);
    int64_t before = clock_steady_us();
    int failed = store_kb_search(db, CLIENT_A, "the cable of the screen", "en", -1, MOST, &a,
                                 &found);
    assert_true(clock_steady_us() - before < PATIENCE_MS * INT64_C(1000));
    assert_true(failed && found.count < MOST);
    db_clear_error(db);
    assert_int_equal(search(CLIENT_A, "the cable of the screen", "en", &a, &found), MOST);
    arena_clear(&a);
}

static void rarity_counts_passages(void **unused)
{
    struct arena a = { 0 };
    struct kb_found found;
    (void)unused;
    put(CLIENT_A, "a.md", "en", "One", "The printer is on the first floor.");
    put(CLIENT_A, "b.md", "en", "Two", "The printer is on the second floor.");
    search(CLIENT_A, "printers second elephant", "en", &a, &found);
    static const struct { const char *term; int64_t count; } rows[] = {
        { "printer", 2 }, { "second", 1 }, { "eleph", 0 },
    };
    assert_int_equal(found.rarity->passages, 2);
    assert_int_equal(found.rarity->count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_string_equal(found.rarity->terms[i], rows[i].term);
        assert_int_equal(found.rarity->counts[i], rows[i].count);
    }
    arena_clear(&a);
}

int main(void)
{
#define ON_A_DESK(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)
    const struct CMUnitTest tests[] = {
        ON_A_DESK(a_new_text_is_a_new_version),
        ON_A_DESK(what_is_removed_is_not_found_and_may_return),
        ON_A_DESK(clients_find_their_own_articles),
        ON_A_DESK(a_crowd_of_another_client_hides_nothing),
        ON_A_DESK(words_of_many_languages_are_found),
        ON_A_DESK(whatever_is_typed_is_only_words),
        ON_A_DESK(long_questions_are_answered),
        ON_A_DESK(a_deadline_ends_only_its_own_search),
        ON_A_DESK(rarity_counts_passages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
