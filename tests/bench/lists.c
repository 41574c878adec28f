/* Fills a desk with many tickets, and measures lists, pages and searches in it, without sockets.
 * usage: lists fill DIR TICKETS [ARTICLES]      a desk that was never started there
 *        lists measure DIR                      one line of key=value per query */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bot/base/clock.h"
#include "bot/engine/reader_private.h"
#include "bot/engine/view.h"
#include "bot/store/store_kb.h"
#include "tests/bench/stats.h"

enum { VOCABULARY = 20000, CONTACTS_PER = 20, TECHNICIANS = 20, LIVE_EVERY = 50, REPEATS = 400,
       TEXT_MAX = 600 };

/* ---- words as people use them: few very often, most rarely (Zipf) ---- */

struct words {
    uint64_t random;
    double total, *sums;
};

static double unit(struct words *w)
{
    w->random = w->random * 6364136223846793005u + 1442695040888963407u;
    return (double)(w->random >> 11) / 9007199254740992.0;
}

static int64_t below(struct words *w, int64_t n)
{
    return (int64_t)(unit(w) * (double)n);
}

static void words_init(struct words *w, uint64_t seed)
{
    *w = (struct words){ .random = seed };
    w->sums = calloc(VOCABULARY, sizeof *w->sums);
    if (!w->sums)
        abort();
    for (int i = 0; i < VOCABULARY; i++)
        w->sums[i] = w->total += 1.0 / pow(i + 2.7, 1.05);
}

static int zipf(struct words *w)
{
    double at = unit(w) * w->total;
    int low = 0, high = VOCABULARY - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (w->sums[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t spell(int word, char *out)
{
    static const char *const parts[] = { "ta", "ri", "mon", "ke", "lus", "pa", "ven", "do", "sir",
                                         "ne", "gal", "ho", "bru", "mi", "zon", "fe" };
    size_t len = 0;
    for (unsigned n = (unsigned)word + 17; n; n /= 16)
        len += (size_t)sprintf(out + len, "%s", parts[n % 16]);
    return len;
}

static const char *sentence(struct words *w, int count, char out[TEXT_MAX])
{
    size_t len = 0;
    for (int i = 0; i < count && len < TEXT_MAX - 40; i++) {
        len += spell(zipf(w), out + len);
        out[len++] = ' ';
    }
    out[len ? len - 1 : 0] = '\0';
    return out;
}

/* ---- filling ---- */

struct fill {
    sqlite3 *db;
    struct words words;
    int64_t tickets, now_ms;
    sqlite3_stmt *ticket, *entry, *index;
};

static void must(int code, sqlite3 *db)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "lists: %s\n", sqlite3_errmsg(db));
    exit(1);
}

static void must_exec(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL), db);
}

static sqlite3_stmt *prepared(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q = NULL;
    must(sqlite3_prepare_v2(db, sql, -1, &q, NULL), db);
    return q;
}

static void run(struct fill *f, sqlite3_stmt *q)
{
    must(sqlite3_step(q), f->db);
    sqlite3_reset(q);
}

static void add_people(struct fill *f)
{
    char sql[600];
    must_exec(f->db, "INSERT INTO client(id, key, name, created_ms) VALUES(1, 'demo', 'Demo', 0),"
                     " (2, 'other', 'Other', 0)");
    snprintf(sql, sizeof sql, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
             " i < %lld) INSERT INTO contact(id, client_id, name, email, created_ms) SELECT i,"
             " 1 + i %% 2, 'Person ' || i, 'p' || i || '@shop.example', 0 FROM n",
             (long long)(f->tickets / CONTACTS_PER + 1));
    must_exec(f->db, sql);
    snprintf(sql, sizeof sql, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
             " i < %d) INSERT INTO technician(id, email, name, role, created_ms) SELECT i,"
             " 't' || i || '@desk.example', 'Technician ' || i, 0, 0 FROM n", TECHNICIANS);
    must_exec(f->db, sql);
}

static void add_entry(struct fill *f, int64_t ticket, int64_t seq, int author, const char *text)
{
    sqlite3_bind_int64(f->entry, 1, ticket);
    sqlite3_bind_int64(f->entry, 2, seq);
    sqlite3_bind_int64(f->entry, 3, f->now_ms - (f->tickets - ticket) * 60000);
    sqlite3_bind_int(f->entry, 4, author);
    sqlite3_bind_text(f->entry, 5, text, -1, SQLITE_TRANSIENT);
    run(f, f->entry);
    sqlite3_bind_int64(f->index, 1, (ticket << 20) + seq);
    sqlite3_bind_text(f->index, 2, text, -1, SQLITE_TRANSIENT);
    run(f, f->index);
}

/* One ticket in fifty is alive: open with nobody, or in the hands of a technician. */
static void add_ticket(struct fill *f, int64_t id)
{
    char text[TEXT_MAX], conv[40];
    bool live = id % LIVE_EVERY == 0, mine = live && id / LIVE_EVERY % 2;
    int64_t contact = 1 + id % (f->tickets / CONTACTS_PER);
    int64_t when = f->now_ms - (f->tickets - id) * 60000;
    snprintf(conv, sizeof conv, "conv%lld", (long long)id);
    sentence(&f->words, 4, text);
    sqlite3_bind_int64(f->ticket, 1, id);
    sqlite3_bind_text(f->ticket, 2, conv, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(f->ticket, 3, 1 + contact % 2);
    sqlite3_bind_int64(f->ticket, 4, contact);
    sqlite3_bind_int(f->ticket, 5, !live ? TICKET_CLOSED : mine ? TICKET_IN_PROGRESS : TICKET_OPEN);
    sqlite3_bind_text(f->ticket, 6, text, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(f->ticket, 7, when);
    sqlite3_bind_int(f->ticket, 8, !live ? 1 << LIST_DONE : 1 << LIST_ALL
                     | (mine ? 1 << LIST_MINE : 1 << LIST_UNASSIGNED | 1 << LIST_TRIAGE));
    if (mine)
        sqlite3_bind_int64(f->ticket, 9, 1 + id / LIVE_EVERY / 2 % TECHNICIANS);
    else
        sqlite3_bind_null(f->ticket, 9);
    run(f, f->ticket);
    add_entry(f, id, 1, 0, sentence(&f->words, 20, text));
    add_entry(f, id, 2, 1, sentence(&f->words, 15, text));
}

static void fill_tickets(struct fill *f)
{
    f->ticket = prepared(f->db, "INSERT INTO ticket(id, conv, client_id, contact_id, source,"
        " status, handler, assignee_id, priority, subject, version, head, last_ms, last_text,"
        " messages, created_ms, lists, sort_ms, outcome, resolved_ms, closed_ms, reason)"
        " VALUES(?1, ?2, ?3, ?4, 'messenger', ?5, iif(?9 IS NULL, 0, 2), ?9, 3, ?6, 3, 2, ?7, ?6,"
        " 2, ?7, ?8, ?7, ?5 = 6, ?7, ?7, 1)");
    f->entry = prepared(f->db, "INSERT INTO entry(ticket_id, seq, ts_ms, kind, author, author_id,"
        " act, text) VALUES(?1, ?2, ?3, 0, ?4, 1, 0, ?5)");
    f->index = prepared(f->db, "INSERT INTO ticket_fts(rowid, text) VALUES(?1, ?2)");
    for (int64_t id = 1; id <= f->tickets; id++) {
        if (id % 20000 == 1)
            must_exec(f->db, "BEGIN");
        add_ticket(f, id);
        if (id % 20000 == 0 || id == f->tickets)
            must_exec(f->db, "COMMIT");
    }
    sqlite3_finalize(f->ticket);
    sqlite3_finalize(f->entry);
    sqlite3_finalize(f->index);
    must_exec(f->db, "INSERT INTO list_count(list, technician_id, n) SELECT l.value, CASE l.value"
        " WHEN 2 THEN coalesce(assignee_id, 0) ELSE 0 END, count(*) FROM ticket,"
        " json_each('[0,1,2,3,4,5,6,7]') l WHERE lists & (1 << l.value) GROUP BY 1, 2");
}

static void fill_articles(const char *path, struct words *w, int64_t articles)
{
    char *error = NULL, text[TEXT_MAX], title[TEXT_MAX], name[60];
    struct db *db = db_open_writer(path, &(struct db_options){ .sync_normal = true }, &error);
    if (!db)
        exit(fprintf(stderr, "lists: %s\n", error) ? 1 : 1);
    db_begin(db);
    for (int64_t i = 0; i < articles; i++) {
        snprintf(name, sizeof name, "article-%lld.md", (long long)i);
        struct kb_passage passage = { sentence(w, 3, title), sentence(w, 60, text) };
        struct kb_article_change article = { .path = name, .title = title, .lang = "en",
            .text = text, .passages = &passage, .passage_count = 1 };
        store_kb_put(db, 0, &article, 0);
    }
    db_commit(db);
    db_close(db);
}

static void make_schema(const char *path)
{
    char *error = NULL;
    struct db *db = db_open_writer(path, NULL, &error);
    if (!db || db_migrate(db, &error)) {
        fprintf(stderr, "lists: %s\n", error);
        exit(1);
    }
    db_close(db);
}

static int fill(const char *dir, int64_t tickets, int64_t articles)
{
    char path[300];
    struct fill f = { .tickets = tickets, .now_ms = clock_now_ms() };
    int64_t begin = now_us();
    mkdir(dir, 0700);
    snprintf(path, sizeof path, "%s/desk.db", dir);
    make_schema(path);
    words_init(&f.words, 42);
    must(sqlite3_open(path, &f.db), f.db);
    must_exec(f.db, "PRAGMA synchronous=OFF; PRAGMA cache_size=-200000");
    add_people(&f);
    fill_tickets(&f);
    sqlite3_close(f.db);
    fill_articles(path, &f.words, articles);
    struct stat status;
    printf("fill tickets=%lld articles=%lld seconds=%.1f mib=%lld\n", (long long)tickets,
           (long long)articles, (double)(now_us() - begin) / 1e6,
           stat(path, &status) ? 0LL : (long long)status.st_size >> 20);
    free(f.words.sums);
    return 0;
}

/* ---- measuring ---- */

struct measure {
    struct reader *reader;
    struct words words;
    int64_t tickets, found;
};

static void list(struct measure *m, struct arena *a, enum list_view view, int64_t before_id)
{
    struct list_page page;
    struct list_query q = { .view = view, .technician_id = 1 + below(&m->words, TECHNICIANS),
        .limit = 50, .before_id = before_id,
        .before_ms = before_id ? clock_now_ms() - (m->tickets - before_id) * 60000 : 0 };
    if (!view_list(m->reader, &q, a, &page))
        m->found += (int64_t)page.count;
}

static void list_all(struct measure *m, struct arena *a) { list(m, a, LIST_ALL, 0); }
static void list_mine(struct measure *m, struct arena *a) { list(m, a, LIST_MINE, 0); }
static void list_triage(struct measure *m, struct arena *a) { list(m, a, LIST_TRIAGE, 0); }
static void list_done(struct measure *m, struct arena *a) { list(m, a, LIST_DONE, 0); }
static void list_page(struct measure *m, struct arena *a)
{
    list(m, a, LIST_DONE, 1 + below(&m->words, m->tickets));
}

static void counts(struct measure *m, struct arena *a)
{
    int64_t n[LIST_VIEWS];
    (void)a;
    view_counts(m->reader, 1 + below(&m->words, TECHNICIANS), n);
    m->found += n[LIST_ALL];
}

static void conversation(struct measure *m, struct arena *a)
{
    struct ticket_view view;
    view_ticket(m->reader, 1 + below(&m->words, m->tickets), 50, a, &view);
    m->found += (int64_t)view.line_count;
}

static void contact(struct measure *m, struct arena *a)
{
    struct list_page page;
    view_contact_tickets(m->reader, 1 + below(&m->words, m->tickets / CONTACTS_PER), 20, a, &page);
    m->found += (int64_t)page.count;
}

static void search(struct measure *m, struct arena *a, int words)
{
    char text[TEXT_MAX];
    struct list_page page;
    if (!view_search(m->reader, sentence(&m->words, words, text), 50, a, &page))
        m->found += (int64_t)page.count;
}

static void search_one(struct measure *m, struct arena *a) { search(m, a, 1); }
static void search_two(struct measure *m, struct arena *a) { search(m, a, 2); }
static void search_six(struct measure *m, struct arena *a) { search(m, a, 6); }

static void knowledge(struct measure *m, struct arena *a)
{
    char text[TEXT_MAX];
    struct kb_found found = { .count = 0 };
    store_kb_search(m->reader->db, 1, sentence(&m->words, 12, text), "en", 100, 8, a, &found);
    m->found += (int64_t)found.count;
}

static const struct {
    const char *name;
    void (*run)(struct measure *, struct arena *);
} queries[] = {
    { "list_all", list_all }, { "list_triage", list_triage }, { "list_mine", list_mine },
    { "list_done", list_done }, { "page_by_key", list_page }, { "counts", counts },
    { "ticket_50_lines", conversation }, { "contact_tickets", contact },
    { "search_1_word", search_one }, { "search_2_words", search_two },
    { "search_6_words", search_six }, { "knowledge_12_words", knowledge },
};

static void measure_query(struct measure *m, size_t i)
{
    struct samples samples = { 0 };
    struct arena a = { 0 };
    m->found = 0;
    for (int n = 0; n < REPEATS; n++) {
        int64_t start = now_us();
        reader_begin(m->reader, 0);
        queries[i].run(m, &a);
        reader_end(m->reader);
        samples_add(&samples, now_us() - start);
        arena_clear(&a);
    }
    struct percentiles p = samples_rank(&samples);
    printf("query name=%s tickets=%lld p50_us=%lld p99_us=%lld max_us=%lld rows=%.1f\n",
           queries[i].name, (long long)m->tickets, (long long)p.p50, (long long)p.p99,
           (long long)p.max, (double)m->found / REPEATS);
    samples_clear(&samples);
}

static int measure(const char *dir)
{
    char *error = NULL;
    struct measure m = { .reader = reader_open(dir, &error) };
    if (!m.reader)
        return fprintf(stderr, "lists: %s\n", error), 1;
    words_init(&m.words, 7);
    m.tickets = db_int(m.reader->db, 0, "SELECT max(id) FROM ticket", "");
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        measure_query(&m, i);
    reader_close(m.reader);
    free(m.words.sums);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 4 && !strcmp(argv[1], "fill"))
        return fill(argv[2], strtoll(argv[3], NULL, 10), argc > 4 ? strtoll(argv[4], NULL, 10) : 0);
    if (argc == 3 && !strcmp(argv[1], "measure"))
        return measure(argv[2]);
    fprintf(stderr, "usage: lists fill DIR TICKETS [ARTICLES] | lists measure DIR\n");
    return 2;
}
