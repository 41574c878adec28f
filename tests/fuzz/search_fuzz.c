/* What people type into the two search boxes, against a small desk: an answer, never an error. */
#include <ftw.h>
#include <unistd.h>

#include "bot/engine/reader_private.h"
#include "bot/engine/view.h"
#include "bot/store/store_kb.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct reader *reader;       /* opened once: the harness cannot be given a context */

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

static void fill(struct db *db)
{
    const struct kb_passage passage = { "Reset", "Choose Forgot password and follow the link." };
    const struct kb_article_change article = { .path = "a.md", .title = "Reset a password",
        .lang = "en", .text = passage.text, .passages = &passage, .passage_count = 1 };
    db_begin(db);
    db_run(db, "INSERT INTO client(id, key, name, created_ms) VALUES(1, 'demo', 'Demo', 0)", "");
    db_run(db, "INSERT INTO contact(id, client_id, name, created_ms) VALUES(1, 1, 'Ana', 0)", "");
    db_run(db, "INSERT INTO ticket(id, conv, client_id, contact_id, source, status, handler,"
               " priority, version, head, last_ms, created_ms, lists, sort_ms, subject)"
               " VALUES(42, 'c', 1, 1, 'messenger', 0, 0, 3, 1, 1, 1, 1, 1, 1, 'Printer')", "");
    db_run(db, "INSERT INTO ticket_fts(rowid, text) VALUES((42 << 20) + 1, 'the printer on the"
               " second floor prints blank pages, Drucker druckt nicht, 打印机')", "");
    store_kb_put(db, 0, &article, 1);
    PROMISE(!db_commit(db));
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    char folder[] = "/tmp/search-fuzz.XXXXXX", path[64], *error = NULL;
    (void)argc, (void)argv;
    PROMISE(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/desk.db", folder);
    struct db *db = db_open_writer(path, NULL, &error);
    PROMISE(db && !db_migrate(db, &error));
    fill(db);
    db_close(db);
    PROMISE((reader = reader_open(folder, &error)));
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);     /* it stays open, and leaves nothing */
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct list_page page;
    struct kb_found found;
    const char *text = size <= 2048 ? as_text(&a, data, size) : NULL;
    if (text) {
        reader_begin(reader, 0);
        PROMISE(!view_search(reader, text, 20, &a, &page));
        for (size_t i = 0; i < page.count; i++)
            PROMISE(page.rows[i].id == 42);
        PROMISE(!store_kb_search(reader->db, 1, text, size % 2 ? "en" : "de", 1000, 5, &a, &found));
        for (size_t i = 0; i < found.count; i++)
            promise_text(found.passages[i].text);
        reader_end(reader);
    }
    arena_clear(&a);
    return 0;
}
