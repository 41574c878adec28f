/* Articles and the search over them. A question is cut into the same terms as the articles were, so
 * that how rare a term is can be looked up, and frequent terms can be left out of the search. */
#include "bot/store/store_kb.h"

#include <string.h>

#include "bot/base/buf.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/terms.h"
#include "bot/base/text.h"

enum { QUERY_TERMS = 24, TERM_BYTES = 120, GRAM = 3, GRAMS_MAX = 120, GRAMS_KEPT = 16, GRAMS_BELOW = 6,
       FREQUENT_LEAST = 8, INDEXED_BYTES = 256 * 1024 };

/* ---- keeping ---- */

static const char *terms_text(const char *text, const char *lang, struct arena *a)
{
    struct words words;
    struct terms terms;
    struct buf buf;
    buf_init(&buf, INDEXED_BYTES);
    words_cut(text, SIZE_MAX / 256, a, &words);
    terms_cut(&words, lang, a, &terms);
    for (size_t i = 0; i < terms.count; i++)
        buf_print(&buf, "%s ", terms.items[i].text);
    const char *copy = arena_copy(a, buf.data ? buf.data : "");
    buf_clear(&buf);
    return copy;
}

static void add_passage(struct db *db, int64_t article_id, const struct kb_article_change *article,
                        const struct kb_passage *p)
{
    struct arena a = { 0 };
    const char *heading = p->heading ? p->heading : "";
    const char *whole = arena_print(&a, "%s\n%s\n%s", article->title, heading, p->text);
    const char *terms = terms_text(whole, article->lang ? article->lang : "en", &a);
    int64_t id = db_int(db, 0, "INSERT INTO kb_passage(article_id, heading, text, terms, whole)"
                               " VALUES(?1, ?2, ?3, ?4, ?5) RETURNING id", "itttt", article_id,
                        heading, p->text, terms, whole);
    db_run(db, "INSERT INTO kb_terms(rowid, terms) VALUES(?1, ?2)", "it", id, terms);
    db_run(db, "INSERT INTO kb_trigrams(rowid, whole) VALUES(?1, ?2)", "it", id, whole);
    arena_clear(&a);
}

static void drop_passages(struct db *db, int64_t article_id)
{
    static const char *const drops[] = {
        "INSERT INTO kb_terms(kb_terms, rowid, terms) SELECT 'delete', id, terms FROM kb_passage"
        " WHERE article_id = ?1",
        "INSERT INTO kb_trigrams(kb_trigrams, rowid, whole) SELECT 'delete', id, whole"
        " FROM kb_passage WHERE article_id = ?1",
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
    for (size_t i = 0; i < article->passage_count; i++)
        add_passage(db, id, article, &article->passages[i]);
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

size_t store_kb_titles(struct db *db, size_t max, struct arena *a, struct triage_passage *out)
{
    size_t n = 0;
    int64_t all = db_int(db, 0, "SELECT max(id) FROM kb_article", "");
    sqlite3_stmt *q = db_query(db, "SELECT id, title, lang, client_id FROM kb_article"
                                   " WHERE enabled = 1 AND id % ?1 = 0 ORDER BY id LIMIT ?2", "ii",
                               all / (int64_t)max + 1, (int64_t)max);
    for (; db_row(db, q); n++)
        out[n] = (struct triage_passage){ .article_id = db_col_int(q, 0),
            .title = db_text(q, 1, a), .lang = db_text(q, 2, a), .client_id = db_col_int(q, 3) };
    return n;
}

/* ---- searching ---- */

struct search {
    struct db *db;
    struct arena *a;
    int64_t client_id;
    const char *terms[QUERY_TERMS];
    int64_t counts[QUERY_TERMS];
    size_t count;
    struct triage_passage *passages;
    int64_t ids[KB_FOUND_MAX];
    size_t found, max;
};

static void cut_query(struct search *s, const char *query, const char *lang)
{
    struct words words;
    struct terms terms;
    words_cut(query, WORDS_MAX, s->a, &words);
    terms_cut(&words, lang, s->a, &terms);
    for (size_t i = 0; i < terms.count && s->count < QUERY_TERMS; i++) {
        bool again = strlen(terms.items[i].text) > TERM_BYTES;
        for (size_t k = 0; k < s->count && !again; k++)
            again = !strcmp(s->terms[k], terms.items[i].text);
        if (again)
            continue;
        s->terms[s->count] = terms.items[i].text;
        s->counts[s->count++] = db_int(s->db, 0, "SELECT doc FROM kb_terms_known WHERE term = ?1",
                                       "t", terms.items[i].text);
    }
}

/* Known terms, any of them. Frequent ones cost much and tell little: left out while rarer are there. */
static const char *any_term(const struct search *s, int64_t passages)
{
    int64_t frequent = passages / 5 > FREQUENT_LEAST ? passages / 5 : FREQUENT_LEAST;
    const char *match = NULL, *spare = NULL;
    for (size_t i = 0; i < s->count; i++) {
        if (!s->counts[i] || strchr(s->terms[i], '"'))
            continue;
        const char **list = s->counts[i] > frequent ? &spare : &match;
        *list = arena_print(s->a, "%s%s\"%s\"", *list ? *list : "", *list ? " OR " : "",
                            s->terms[i]);
    }
    return match ? match : spare;
}

struct gram { const char *text; int64_t count; };

/* Keeps the rarest ones, rarest first. */
static void keep_gram(struct gram *kept, size_t *n, struct gram gram)
{
    for (size_t i = 0; i < *n; i++)
        if (!strcmp(kept[i].text, gram.text))
            return;
    size_t at = *n < GRAMS_KEPT ? (*n)++ : GRAMS_KEPT - 1;
    if (*n == GRAMS_KEPT && at == GRAMS_KEPT - 1 && kept[at].text && kept[at].count <= gram.count)
        return;
    for (; at && kept[at - 1].count > gram.count; at--)
        kept[at] = kept[at - 1];
    kept[at] = gram;
}

/* The rarest groups of three neighbouring letters of the query's words, any of them. */
static const char *any_gram(struct search *s, const char *query)
{
    struct gram kept[GRAMS_KEPT] = { { 0 } };
    size_t n = 0;
    for (int looked_at = 0; *query && looked_at < GRAMS_MAX; text_next(&query)) {
        const char *end = query;
        size_t letters = 0, len = 0;
        char gram[GRAM * 4 + 1] = "";
        uint32_t c;
        while (letters < GRAM && (c = text_next(&end)) && words_is_letter(c)) {
            len += text_encode(text_lower(c), gram + len);
            letters++;
        }
        if (letters < GRAM)
            continue;
        int64_t count = db_int(s->db, 0, "SELECT doc FROM kb_trigrams_known WHERE term = ?1", "t",
                               gram);
        if (count)
            keep_gram(kept, &n, (struct gram){ arena_copy(s->a, gram), count });
        looked_at++;
    }
    const char *match = NULL;
    for (size_t i = 0; i < n; i++)
        match = arena_print(s->a, "%s%s\"%s\"", match ? match : "", match ? " OR " : "",
                            kept[i].text);
    return match;
}

static bool is_found(const struct search *s, int64_t id)
{
    for (size_t i = 0; i < s->found; i++)
        if (s->ids[i] == id)
            return true;
    return false;
}

#define PASSAGE_COLUMNS "SELECT p.id, p.article_id, k.title, k.url, k.lang, p.text, -f.rank, p.heading"

static const char by_terms[] = PASSAGE_COLUMNS " FROM kb_terms f JOIN kb_passage p ON p.id = f.rowid"
    " JOIN kb_article k ON k.id = p.article_id WHERE kb_terms MATCH ?1 AND k.client_id IN (0, ?2)"
    " ORDER BY f.rank LIMIT ?3";
static const char by_grams[] = PASSAGE_COLUMNS " FROM kb_trigrams f JOIN kb_passage p"
    " ON p.id = f.rowid JOIN kb_article k ON k.id = p.article_id WHERE kb_trigrams MATCH ?1"
    " AND k.client_id IN (0, ?2) ORDER BY f.rank LIMIT ?3";

static void collect(struct search *s, const char *sql, const char *match, size_t most)
{
    if (!match)
        return;
    sqlite3_stmt *q = db_query(s->db, sql, "tii", match, s->client_id, (int64_t)most);
    while (db_row(s->db, q)) {
        int64_t id = db_col_int(q, 0);
        if (s->found == s->max || is_found(s, id))
            continue;
        const char *title = db_text(q, 2, s->a), *heading = db_text(q, 7, s->a);
        s->ids[s->found] = id;
        s->passages[s->found++] = (struct triage_passage){ .article_id = db_col_int(q, 1),
            .title = title, .heading = heading, .url = db_text(q, 3, s->a),
            .lang = db_text(q, 4, s->a), .text = db_text(q, 5, s->a),
            .score = sqlite3_column_double(q, 6) };
    }
}

static void tell_rarity(struct search *s, int64_t passages, struct kb_found *out)
{
    struct triage_rarity *rarity = arena_alloc(s->a, sizeof *rarity);
    const char **terms = arena_alloc(s->a, (s->count + 1) * sizeof *terms);
    int64_t *counts = arena_alloc(s->a, (s->count + 1) * sizeof *counts);
    memcpy(terms, s->terms, s->count * sizeof *terms);
    memcpy(counts, s->counts, s->count * sizeof *counts);
    *rarity = (struct triage_rarity){ .passages = passages, .terms = terms, .counts = counts,
                                      .count = s->count };
    out->rarity = rarity;
}

int store_kb_search(struct db *db, int64_t client_id, const char *query, const char *lang,
                    int deadline_ms, size_t max, struct arena *a, struct kb_found *out)
{
    struct search s = { .db = db, .a = a, .client_id = client_id,
                        .max = max < KB_FOUND_MAX ? max : KB_FOUND_MAX };
    const char *language = lang && strcmp(lang, "und") != 0 ? lang : "en";
    bool english = !strncmp(language, "en", 2);
    s.passages = arena_alloc(a, (s.max + 1) * sizeof *s.passages);
    *out = (struct kb_found){ .passages = s.passages };
    db_deadline(db, clock_steady_us() + deadline_ms * INT64_C(1000));
    int64_t passages = db_int(db, 0, "SELECT max(id) FROM kb_passage", "");
    cut_query(&s, query, language);
    collect(&s, by_terms, any_term(&s, passages), english ? s.max : s.max * 2 / 3);
    if (s.found < (english ? 1 : GRAMS_BELOW))
        collect(&s, by_grams, any_gram(&s, query), s.max);
    db_deadline(db, 0);
    tell_rarity(&s, passages, out);
    out->count = s.found;
    return db_error(db) ? -1 : 0;
}
