/* store_kb.h - the knowledge base: articles, passages, and the search over them. */
#ifndef DESKHAND_STORE_STORE_KB_H
#define DESKHAND_STORE_STORE_KB_H

#include "bot/agents/triage.h"
#include "bot/desk/command.h"
#include "bot/store/db.h"

enum { KB_FOUND_MAX = 32 };

struct kb_found {
    const struct triage_passage *passages;
    size_t count;
    const struct triage_rarity *rarity;    /* may be NULL */
};

/* Passages of this client's articles (and of those for all), best first. A deadline in milliseconds;
 * what was found until then counts. 0, or -1 when the store failed. */
int store_kb_search(struct db *db, int64_t client_id, const char *query, const char *lang,
                    int deadline_ms, size_t max, struct arena *a, struct kb_found *out);

/* Inserts, or replaces when the text changed (one version more). Returns the article's id. */
int64_t store_kb_put(struct db *db, int64_t client_id, const struct kb_article_change *article,
                     int64_t now_ms);
/* Citations of it stay valid: it is only not found any more. */
bool store_kb_remove(struct db *db, int64_t client_id, const char *path);
/* Titles for calibrating, spread over the whole base; at most max. Returns how many. */
size_t store_kb_titles(struct db *db, size_t max, struct arena *a, struct triage_passage *out);
int64_t store_kb_count(struct db *db, int64_t client_id);

#endif
