/* Lists, counts and search. Each list has its own partial index and its own constant statement;
 * pages are by key, never by offset. */
#include <stdio.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/text.h"
#include "bot/base/words.h"
#include "bot/engine/reader_private.h"
#include "bot/store/store_report.h"

enum { LIST_MAX = 100, SEARCH_DEADLINE_MS = 250, SEARCH_WORDS_MAX = 8, WORD_BYTES_MAX = 64,
       SEARCH_HITS = 400, FREQUENT_TICKETS = 20000 };

const char *list_view_code(enum list_view view)
{
    static const char *const codes[] = { "all", "triage", "mine", "unassigned", "review",
                                         "awaiting_close", "snoozed", "done" };
    return view < LIST_VIEWS ? codes[view] : "all";
}

int list_view_parse(const char *code)
{
    for (int view = 0; view < LIST_VIEWS; view++)
        if (!strcmp(code, list_view_code((enum list_view)view)))
            return view;
    return -1;
}

/* Newest activity first. Lists of what waits for somebody have the urgent above all else: the key is
 * raised by some thousand years for each step of priority. The schema has indexes on both. */
#define BY_TIME "t.sort_ms"
#define BY_URGENCY "(t.sort_ms + (4 - t.priority) * 100000000000000)"

#define ROW_COLUMNS(KEY)                                                                          \
    "SELECT t.id, t.version, " KEY ", t.last_ms, t.assignee_id, t.snoozed_until_ms, t.subject," \
    " k.name, coalesce(c.name, c.email), n.name, g.name, t.last_text, t.lang, t.source, t.status,"\
    " t.handler, t.last_author, t.priority, t.sentiment, t.alert, t.needs_review, t.reason,"      \
    " t.desk_read < t.head AND t.last_author = 0"                                                 \
    " FROM ticket t JOIN client k ON k.id = t.client_id JOIN contact c ON c.id = t.contact_id"    \
    " LEFT JOIN technician n ON n.id = t.assignee_id LEFT JOIN team g ON g.id = t.team_id "

#define LIST(KEY, WHERE)                                                                          \
    ROW_COLUMNS(KEY) "WHERE " WHERE " AND " KEY " <= ?1 AND (" KEY ", t.id) < (?1, ?2)"           \
    " AND (?3 = 0 OR t.client_id = ?3) AND (?4 IS NULL OR t.source = ?4)"                         \
    " ORDER BY " KEY " DESC, t.id DESC LIMIT ?5"

static const char *const list_sql[LIST_VIEWS] = {
    [LIST_ALL] = LIST(BY_TIME, "t.lists & 1"),
    [LIST_TRIAGE] = LIST(BY_URGENCY, "t.lists & 2"),
    [LIST_MINE] = LIST(BY_TIME, "t.lists & 4 AND t.assignee_id = ?6"),
    [LIST_UNASSIGNED] = LIST(BY_URGENCY, "t.lists & 8"),
    [LIST_REVIEW] = LIST(BY_URGENCY, "t.lists & 16"),
    [LIST_AWAITING_CLOSE] = LIST(BY_TIME, "t.lists & 32"),
    [LIST_SNOOZED] = LIST(BY_TIME, "t.lists & 64"),
    [LIST_DONE] = LIST(BY_TIME, "t.lists & 128"),
};

static void read_row(sqlite3_stmt *q, struct arena *a, struct list_row *row)
{
    enum handoff_reason reason = (enum handoff_reason)db_col_int(q, 21);
    *row = (struct list_row){ .id = db_col_int(q, 0), .version = db_col_int(q, 1),
        .sort_ms = db_col_int(q, 2), .last_ms = db_col_int(q, 3), .assignee_id = db_col_int(q, 4),
        .snoozed_until_ms = db_col_int(q, 5), .subject = db_text(q, 6, a),
        .client_name = db_text(q, 7, a), .contact_name = db_text(q, 8, a),
        .assignee = db_text(q, 9, a), .team = db_text(q, 10, a), .last = db_text(q, 11, a),
        .lang = db_text(q, 12, a), .source = db_text(q, 13, a),
        .status = (enum ticket_status)db_col_int(q, 14),
        .handler = (enum ticket_handler)db_col_int(q, 15),
        .last_author = (enum entry_author)db_col_int(q, 16), .priority = (int)db_col_int(q, 17),
        .sentiment = (int)db_col_int(q, 18), .alert = db_col_int(q, 19) != 0,
        .needs_review = db_col_int(q, 20) != 0,
        .reason = reason ? handoff_reason_code(reason) : NULL,
        .unread = db_col_int(q, 22) != 0 };
}

static void page_new(struct list_page *out, int limit, struct arena *a)
{
    *out = (struct list_page){ .rows = arena_alloc(a, (size_t)(limit + 1) * sizeof *out->rows) };
}

static int within_limits(int limit)
{
    return limit < 1 ? 1 : limit > LIST_MAX ? LIST_MAX : limit;
}

/* One row more than asked was read to learn whether there is more. */
static void page_end(struct list_page *out, int limit)
{
    out->more = out->count > (size_t)limit;
    if (out->more)
        out->count = (size_t)limit;
}

int view_list(struct reader *r, const struct list_query *query, struct arena *a,
              struct list_page *out)
{
    int limit = within_limits(query->limit);
    int64_t before_ms = query->before_id ? query->before_ms : INT64_MAX;
    int64_t before_id = query->before_id ? query->before_id : INT64_MAX;
    bool whose = query->view == LIST_MINE;
    page_new(out, limit, a);
    sqlite3_stmt *q = db_query(r->db, list_sql[query->view], whose ? "iiitwi" : "iiitw", before_ms,
                               before_id, query->client_id, query->source, limit + 1,
                               query->technician_id);
    while (db_row(r->db, q))
        read_row(q, a, &out->rows[out->count++]);
    page_end(out, limit);
    return db_error(r->db) ? -1 : 0;
}

int view_counts(struct reader *r, int64_t technician_id, int64_t counts[LIST_VIEWS])
{
    memset(counts, 0, LIST_VIEWS * sizeof *counts);
    sqlite3_stmt *q = db_query(r->db, "SELECT list, n FROM list_count WHERE technician_id = ?1"
                                      " OR technician_id = 0", "i", technician_id);
    while (db_row(r->db, q)) {
        int64_t list = db_col_int(q, 0);
        if (list >= 0 && list < LIST_VIEWS)
            counts[list] += db_col_int(q, 1);
    }
    return db_error(r->db) ? -1 : 0;
}

int view_sources(struct reader *r, struct arena *a, struct source_list *out)
{
    size_t most = (size_t)db_int(r->db, 0, "SELECT count(*) FROM source_count", "");
    *out = (struct source_list){ .sources = arena_alloc(a, (most + 1) * sizeof *out->sources) };
    sqlite3_stmt *q = db_query(r->db, "SELECT source, n FROM source_count ORDER BY source", "");
    for (; db_row(r->db, q); out->count++)
        out->sources[out->count] = (struct source_view){ db_text(q, 0, a), db_col_int(q, 1) };
    return db_error(r->db) ? -1 : 0;
}

int view_contact_tickets(struct reader *r, int64_t contact_id, int limit, struct arena *a,
                         struct list_page *out)
{
    limit = within_limits(limit);
    page_new(out, limit, a);
    sqlite3_stmt *q = db_query(r->db, ROW_COLUMNS(BY_TIME) "WHERE t.contact_id = ?1 ORDER BY t.id DESC"
                                                  " LIMIT ?2", "iw", contact_id, limit + 1);
    while (db_row(r->db, q))
        read_row(q, a, &out->rows[out->count++]);
    page_end(out, limit);
    return db_error(r->db) ? -1 : 0;
}

void store_list_tickets(struct db *db, const int64_t *ids, size_t count, struct arena *a,
                        struct list_page *out)
{
    page_new(out, (int)count, a);
    for (size_t i = 0; i < count; i++) {
        sqlite3_stmt *q = db_query(db, ROW_COLUMNS(BY_TIME) "WHERE t.id = ?1", "i", ids[i]);
        while (db_row(db, q))
            read_row(q, a, &out->rows[out->count++]);
    }
}

/* ---- search ---- */

/* Bytes of the letter or sign that text begins with; 0: it is no part of a word. */
static size_t letter_bytes(const char *text)
{
    const char *end = text;
    uint32_t c = text_next(&end);
    return c && (words_is_letter(c) || words_is_sign(c)) ? (size_t)(end - text) : 0;
}

/* The next word of *at as the begin of a quoted FTS5 string; quoting makes every character harmless.
 * A phrase without any letter would match nothing: such characters are passed over. */
static bool next_word(const char **at, char out[WORD_BYTES_MAX + 8])
{
    const char *start = *at;
    while (*start && !letter_bytes(start))
        text_next(&start);
    size_t len = 0, whole = 0;
    for (size_t n; (n = letter_bytes(start + whole)); whole += n)
        if (whole + n <= WORD_BYTES_MAX)
            len = whole + n;
    const char *end = start + whole;
    out[0] = '"';
    memcpy(out + 1, start, len);
    out[len + 1] = '\0';
    *at = end;
    return len > 0;
}

/* All words must occur; the last one may be only begun. Words that stand in very many rows cost
 * much and tell little: they are dropped while another word is left. */
static bool match_text(struct reader *r, const char *text, struct arena *a, const char **out)
{
    char word[WORD_BYTES_MAX + 8], spare[WORD_BYTES_MAX + 8] = "";
    const char *match = NULL;
    for (int n = 0; n < SEARCH_WORDS_MAX && next_word(&text, word);) {
        bool last = !*text;
        memcpy(word + strlen(word), last ? "\"*" : "\"", last ? 3 : 2);
        int64_t rows = db_int(r->db, 0, "SELECT count(*) FROM (SELECT 1 FROM ticket_fts"
                                        " WHERE ticket_fts MATCH ?1 LIMIT ?2)", "tw", word,
                              (int)FREQUENT_TICKETS);
        if (rows >= FREQUENT_TICKETS) {
            memcpy(spare, word, sizeof spare);
            continue;
        }
        match = match ? arena_print(a, "%s AND %s", match, word) : arena_copy(a, word);
        n++;
    }
    *out = match ? match : *spare ? arena_copy(a, spare) : NULL;
    return *out != NULL;
}

static int64_t number_of(const char *text)
{
    long long id = 0;
    if (sscanf(text, " #%lld", &id) == 1 || sscanf(text, " %lld", &id) == 1)
        return id;
    return 0;
}

static void add_ticket(struct reader *r, int64_t id, struct arena *a, struct list_page *out)
{
    for (size_t i = 0; i < out->count; i++)
        if (out->rows[i].id == id)
            return;
    sqlite3_stmt *q = db_query(r->db, ROW_COLUMNS(BY_TIME) "WHERE t.id = ?1", "i", id);
    while (db_row(r->db, q))
        read_row(q, a, &out->rows[out->count++]);
}

int view_search(struct reader *r, const char *text, int limit, struct arena *a,
                struct list_page *out)
{
    const char *match;
    limit = within_limits(limit);
    page_new(out, limit, a);
    db_deadline(r->db, clock_steady_us() + SEARCH_DEADLINE_MS * INT64_C(1000));
    if (number_of(text) > 0)
        add_ticket(r, number_of(text), a, out);
    if (match_text(r, text, a, &match)) {
        sqlite3_stmt *q = db_query(r->db, "SELECT rowid >> 20 FROM ticket_fts"
            " WHERE ticket_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2", "tw", match,
            (int)SEARCH_HITS);
        while (out->count <= (size_t)limit && db_row(r->db, q))
            add_ticket(r, db_col_int(q, 0), a, out);
        db_end(q);
    }
    db_deadline(r->db, 0);
    page_end(out, limit);
    return db_error(r->db) ? -1 : 0;
}
