/* View of the knowledge base, for lists of it. The search is in store_kb.c. */
#include "bot/engine/reader_private.h"
#include "bot/store/store.h"

int view_articles(struct reader *r, int64_t client_id, struct arena *a, struct article_list *out)
{
    size_t n = (size_t)db_int(r->db, 0, "SELECT count(*) FROM kb_article WHERE enabled"
                                        " AND (?1 < 0 OR client_id = ?1)", "i", client_id);
    *out = (struct article_list){ .articles = arena_alloc(a, (n + 1) * sizeof *out->articles) };
    sqlite3_stmt *q = db_query(r->db, "SELECT id, client_id, updated_ms, path, title, lang, url,"
                               " version, (SELECT count(*) FROM kb_passage p WHERE p.article_id ="
                               " a.id) FROM kb_article a WHERE enabled AND (?1 < 0 OR client_id = ?1)"
                               " ORDER BY client_id, path", "i", client_id);
    for (; out->count < n && db_row(r->db, q); out->count++)
        out->articles[out->count] = (struct article_view){
            .id = db_col_int(q, 0), .client_id = db_col_int(q, 1), .updated_ms = db_col_int(q, 2),
            .path = db_text(q, 3, a), .title = db_text(q, 4, a), .lang = db_text(q, 5, a),
            .url = db_text(q, 6, a), .version = (int)db_col_int(q, 7),
            .passages = (int)db_col_int(q, 8) };
    db_end(q);
    return db_error(r->db) ? -1 : 0;
}
