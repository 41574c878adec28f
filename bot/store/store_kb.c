#include "bot/store/store_kb.h"

#include <ctype.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/hash.h"

static void index_passage(struct db *db, int64_t id, const char *title, const struct kb_passage *p)
{
    const char *heading = p->heading ? p->heading : "";
    db_run(db, "INSERT INTO kb_words(rowid, title, heading, text) VALUES(?1, ?2, ?3, ?4)", "ittt",
           id, title, heading, p->text);
    db_run(db, "INSERT INTO kb_trigrams(rowid, title, heading, text) VALUES(?1, ?2, ?3, ?4)",
           "ittt", id, title, heading, p->text);
}

static void drop_passages(struct db *db, int64_t article_id)
{
    static const char *const drops[] = {
        "INSERT INTO kb_words(kb_words, rowid, title, heading, text) SELECT 'delete', p.id, a.title,"
        " p.heading, p.text FROM kb_passage p JOIN kb_article a ON a.id = p.article_id"
        " WHERE a.id = ?1",
        "INSERT INTO kb_trigrams(kb_trigrams, rowid, title, heading, text) SELECT 'delete', p.id,"
        " a.title, p.heading, p.text FROM kb_passage p JOIN kb_article a ON a.id = p.article_id"
        " WHERE a.id = ?1",
        "DELETE FROM kb_passage WHERE article_id = ?1",
    };
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++)
        db_run(db, drops[i], "i", article_id);
}

int64_t store_kb_put(struct db *db, int64_t client_id, const struct kb_article_change *article,
                     int64_t now_ms)
{
    unsigned char hash[HASH_BYTES];
    hash_sha256(article->text, strlen(article->text), hash);
    int64_t old = db_int(db, 0, "SELECT id FROM kb_article WHERE client_id = ?1 AND path = ?2",
                         "it", client_id, article->path);
    if (old)
        drop_passages(db, old);
    int64_t id = db_int(db, 0, "INSERT INTO kb_article(client_id, path, title, lang, url, text,"
        " hash, updated_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(client_id, path)"
        " DO UPDATE SET title = ?3, lang = ?4, url = ?5, text = ?6, updated_ms = ?8, enabled = 1,"
        " version = version + (hash <> ?7), hash = ?7 RETURNING id", "itttttbi", client_id,
        article->path, article->title, article->lang ? article->lang : "en", article->url,
        article->text, (const void *)hash, (size_t)HASH_BYTES, now_ms);
    for (size_t i = 0; i < article->passage_count; i++) {
        const struct kb_passage *p = &article->passages[i];
        int64_t passage = db_int(db, 0, "INSERT INTO kb_passage(article_id, heading, text)"
                                        " VALUES(?1, ?2, ?3) RETURNING id", "itt", id,
                                 p->heading ? p->heading : "", p->text);
        index_passage(db, passage, article->title, p);
    }
    return id;
}

bool store_kb_remove(struct db *db, int64_t client_id, const char *path)
{
    int64_t id = db_int(db, 0, "SELECT id FROM kb_article WHERE client_id = ?1 AND path = ?2"
                               " AND enabled = 1", "it", client_id, path);
    if (!id)
        return false;
    drop_passages(db, id);
    db_run(db, "UPDATE kb_article SET enabled = 0 WHERE id = ?1", "i", id);
    return true;
}

int64_t store_kb_count(struct db *db, int64_t client_id)
{
    return db_int(db, 0, "SELECT count(*) FROM kb_article WHERE enabled = 1"
                         " AND client_id IN (0, ?1)", "i", client_id);
}

static const char *any_word(const char *query, struct arena *a)
{
    const char *match = NULL;
    for (int n = 0; *query && n < 24;) {
        size_t len = 0;
        while (query[len] && (isalnum((unsigned char)query[len])
                              || (unsigned char)query[len] >= 0x80))
            len++;
        if (len >= 3) {
            match = arena_print(a, "%s%s\"%.*s\"", match ? match : "", match ? " OR " : "",
                                (int)len, query);
            n++;
        }
        query += len + (len == 0);
    }
    return match;
}

int store_kb_search(struct db *db, int64_t client_id, const char *query, const char *lang,
                    int deadline_ms, size_t max, struct arena *a, struct kb_found *out)
{
    static const char words[] = "SELECT p.article_id, k.title, k.url, k.lang, p.text, -f.rank"
        " FROM kb_words f JOIN kb_passage p ON p.id = f.rowid JOIN kb_article k"
        " ON k.id = p.article_id WHERE kb_words MATCH ?1 AND k.client_id IN (0, ?2)"
        " ORDER BY f.rank LIMIT ?3";
    static const char trigrams[] = "SELECT p.article_id, k.title, k.url, k.lang, p.text, -f.rank"
        " FROM kb_trigrams f JOIN kb_passage p ON p.id = f.rowid JOIN kb_article k"
        " ON k.id = p.article_id WHERE kb_trigrams MATCH ?1 AND k.client_id IN (0, ?2)"
        " ORDER BY f.rank LIMIT ?3";
    struct triage_passage *passages = arena_alloc(a, max * sizeof *passages);
    const char *match = any_word(query, a);
    *out = (struct kb_found){ .passages = passages };
    if (!match)
        return 0;
    db_deadline(db, clock_steady_us() + deadline_ms * INT64_C(1000));
    sqlite3_stmt *q = db_query(db, lang && !strncmp(lang, "en", 2) ? words : trigrams, "tii", match,
                               client_id, (int64_t)max);
    while (db_row(db, q))
        passages[out->count++] = (struct triage_passage){ .article_id = db_col_int(q, 0),
            .title = db_text(q, 1, a), .url = db_text(q, 2, a), .lang = db_text(q, 3, a),
            .text = db_text(q, 4, a), .score = sqlite3_column_double(q, 5) };
    db_deadline(db, 0);
    return db_error(db) ? -1 : 0;
}
