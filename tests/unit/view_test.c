/* view_test.c - every picture that the desk gives of itself: lists and their counts, pages, heads,
 * search with hostile words, and that no view with one contact's ids tells of another's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/story/world.c"

#include "bot/base/clock.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { CONTACTS = 6, TECHNICIANS = 3, TICKETS = 90, PAGE = 7 };

struct desk_under_test {
    struct world w;
    struct reader reader;
    struct arena a;
    int64_t clients[2], contacts[CONTACTS], technicians[TECHNICIANS];
    int64_t tickets[TICKETS + 20], owners[TICKETS + 20];
    char convs[TICKETS + 20][41];
    size_t count;
    int cid;
};

static struct outcome act(struct desk_under_test *d, const struct command *c)
{
    struct outcome out;
    world_do(&d->w, c, &out);
    return out;
}

static struct outcome say(struct desk_under_test *d, int64_t contact, const char *conv,
                          const char *text)
{
    char cid[32];
    snprintf(cid, sizeof cid, "cid-%08d", ++d->cid);
    d->w.now_ms += 1000;
    struct outcome out = act(d, &(struct command){ .kind = COMMAND_SAY, .actor = ACTOR_CONTACT,
        .actor_id = contact, .conv = conv, .cid = cid, .text = text });
    if (!conv && out.result == RESULT_OK && d->count < COUNT(d->tickets)) {
        d->tickets[d->count] = out.ticket_id;
        d->owners[d->count] = contact;
        strcpy(d->convs[d->count++], out.conv);
    }
    return out;
}

static struct outcome work(struct desk_under_test *d, enum command_kind kind, int technician,
                           int64_t ticket, const char *text)
{
    d->w.now_ms += 1000;
    return act(d, &(struct command){ .kind = kind, .actor = ACTOR_TECHNICIAN,
        .actor_id = d->technicians[technician], .ticket_id = ticket, .text = text,
        .number = 1 + ticket % 4, .flag = ticket % 2, .category = "Hardware",
        .target_id = d->technicians[(technician + 1) % TECHNICIANS],
        .until_ms = d->w.now_ms + 3600000 });
}

static void token_hash(int contact, unsigned char hash[32])
{
    memset(hash, 0, 32);
    hash[0] = (unsigned char)(contact + 1);
}

static struct desk_under_test *desk_new(void)
{
    static const char *const keys[] = { "acme", "globex" };
    struct desk_under_test *d = calloc(1, sizeof *d);
    assert_non_null(d);
    world_open(&d->w, "", 1);
    d->reader.db = d->w.db;
    for (int i = 0; i < 2; i++) {
        struct client_change change = { .key = keys[i], .name = keys[i], .hours = "always",
            .active = 1, .messenger = 1, .triage = TRIAGE_OFF, .reminders = 1, .vip = -1 };
        d->clients[i] = act(d, &(struct command){ .kind = COMMAND_CLIENT_SAVE,
            .actor = ACTOR_OPERATOR, .client = &change }).id;
    }
    for (int i = 0; i < TECHNICIANS; i++) {
        char email[32];
        snprintf(email, sizeof email, "t%d@desk.example", i);
        d->technicians[i] = act(d, &(struct command){ .kind = COMMAND_TECHNICIAN_SAVE,
            .actor = ACTOR_OPERATOR, .email = email, .name = email, .category = "admin",
            .flag = true }).id;
    }
    for (int i = 0; i < CONTACTS; i++) {
        struct command c = { .kind = COMMAND_SESSION_OPEN, .actor = ACTOR_CONTACT,
                             .client_id = d->clients[i % 2] };
        token_hash(i, c.hash);
        d->contacts[i] = act(d, &c).id;
    }
    return d;
}

static void desk_free(struct desk_under_test *d)
{
    arena_clear(&d->a);
    world_close(&d->w);
    free(d);
}

static void index_all(struct desk_under_test *d)
{
    db_begin(d->w.db);
    while (store_index_some(d->w.db, 64))
        ;
    assert_int_equal(db_commit(d->w.db), 0);
}

static void random_work(struct desk_under_test *d, int steps)
{
    static const enum command_kind kinds[] = { COMMAND_CLAIM, COMMAND_REPLY, COMMAND_RELEASE,
        COMMAND_TRANSFER, COMMAND_SNOOZE, COMMAND_RESOLVE, COMMAND_CLOSE, COMMAND_REOPEN,
        COMMAND_REVIEW, COMMAND_HOLD, COMMAND_TAKEOVER, COMMAND_PRIORITY, COMMAND_NOTE };
    for (int i = 0; i < steps; i++) {
        size_t at = world_random(&d->w, d->count ? d->count : 1);
        if (d->count < TICKETS && (!d->count || !world_random(&d->w, 3)))
            say(d, d->contacts[world_random(&d->w, CONTACTS)], NULL, "A new thing is broken");
        else if (!world_random(&d->w, 4))
            say(d, d->owners[at], d->convs[at], "Any news about my trouble?");
        else
            work(d, kinds[world_random(&d->w, COUNT(kinds))],
                 (int)world_random(&d->w, TECHNICIANS), d->tickets[at], "We look into it");
        if (!world_random(&d->w, 20))
            world_wait(&d->w, (int64_t)world_random(&d->w, 7200) * 1000);
    }
}

/* ---- lists ---- */

/* Walks a whole list in small pages; returns how many rows it had. */
static int64_t walk(struct desk_under_test *d, struct list_query q)
{
    struct list_page page;
    int64_t n = 0, last_ms = INT64_MAX, last_id = INT64_MAX;
    q.limit = PAGE;
    do {
        assert_int_equal(view_list(&d->reader, &q, &d->a, &page), 0);
        assert_true(page.count <= PAGE && (!page.more || page.count == PAGE));
        for (size_t i = 0; i < page.count; i++, n++) {
            const struct list_row *row = &page.rows[i];
            assert_true(row->sort_ms < last_ms || (row->sort_ms == last_ms && row->id < last_id));
            assert_true(q.view != LIST_MINE || row->assignee_id == q.technician_id);
            last_ms = q.before_ms = row->sort_ms;
            last_id = q.before_id = row->id;
        }
    } while (page.more);
    return n;
}

static void counts_are_what_lists_hold(void **unused)
{
    struct desk_under_test *d = desk_new();
    int64_t counts[LIST_VIEWS];
    (void)unused;
    for (int round = 0; round < 8; round++) {
        random_work(d, 120);
        for (int t = 0; t < TECHNICIANS; t++) {
            assert_int_equal(view_counts(&d->reader, d->technicians[t], counts), 0);
            for (int view = 0; view < LIST_VIEWS; view++)
                assert_int_equal(counts[view], walk(d, (struct list_query){
                    .view = (enum list_view)view, .technician_id = d->technicians[t] }));
        }
        arena_clear(&d->a);
    }
    int64_t both = walk(d, (struct list_query){ .view = LIST_ALL });
    assert_true(both > PAGE);
    assert_int_equal(both,
                     walk(d, (struct list_query){ .view = LIST_ALL, .client_id = d->clients[0] })
                     + walk(d, (struct list_query){ .view = LIST_ALL, .client_id = d->clients[1] }));
    assert_int_equal(walk(d, (struct list_query){ .view = LIST_ALL, .source = "messenger" }), both);
    assert_int_equal(walk(d, (struct list_query){ .view = LIST_ALL, .source = "fax" }), 0);
    desk_free(d);
}

static void pages_hold_still_while_the_list_grows(void **unused)
{
    struct desk_under_test *d = desk_new();
    bool seen[TICKETS * 2] = { false };
    struct list_query q = { .view = LIST_ALL, .limit = 5 };
    struct list_page page;
    (void)unused;
    for (int i = 0; i < 30; i++)
        say(d, d->contacts[0], NULL, "Something is broken");
    size_t before = d->count;
    do {
        assert_int_equal(view_list(&d->reader, &q, &d->a, &page), 0);
        for (size_t i = 0; i < page.count; i++) {
            assert_false(seen[page.rows[i].id]);
            seen[page.rows[i].id] = true;
            q.before_ms = page.rows[i].sort_ms;
            q.before_id = page.rows[i].id;
        }
        say(d, d->contacts[1], NULL, "New at the top");          /* grows above */
        work(d, COMMAND_CLOSE, 0, d->tickets[0], NULL);          /* shrinks below: the oldest */
    } while (page.more);
    for (size_t i = 1; i < before; i++)
        assert_true(seen[d->tickets[i]]);
    assert_int_equal(walk(d, (struct list_query){ .view = LIST_DONE }), 1);
    desk_free(d);
}

static void limits_are_kept(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct list_page page;
    (void)unused;
    for (int i = 0; i < 3; i++)
        say(d, d->contacts[0], NULL, "Something is broken");
    for (int limit = -1; limit <= 1; limit++) {
        struct list_query q = { .view = LIST_ALL, .limit = limit };
        assert_int_equal(view_list(&d->reader, &q, &d->a, &page), 0);
        assert_int_equal(page.count, 1);
        assert_true(page.more);
    }
    struct list_query q = { .view = LIST_ALL, .limit = 1000000 };
    assert_int_equal(view_list(&d->reader, &q, &d->a, &page), 0);
    assert_int_equal(page.count, 3);
    index_all(d);
    for (int limit = -1; limit <= 1; limit++) {
        assert_int_equal(view_search(&d->reader, "broken", limit, &d->a, &page), 0);
        assert_int_equal(page.count, 1);
        assert_int_equal(view_contact_tickets(&d->reader, d->contacts[0], limit, &d->a, &page), 0);
        assert_int_equal(page.count, 1);
    }
    desk_free(d);
}

static void codes_lead_there_and_back(void **unused)
{
    (void)unused;
    for (int view = 0; view < LIST_VIEWS; view++)
        assert_int_equal(list_view_parse(list_view_code((enum list_view)view)), view);
    assert_int_equal(list_view_parse("nonsense"), -1);
    assert_int_equal(list_view_parse(""), -1);
}

/* ---- what a requester sees ---- */

static void heads_are_newest_first_and_count_the_unread(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct session_view session;
    unsigned char hash[32];
    (void)unused;
    for (int i = 0; i < 60; i++)
        say(d, d->contacts[0], NULL, "Something is broken");
    work(d, COMMAND_REPLY, 0, d->tickets[20], "Try this");
    work(d, COMMAND_REPLY, 0, d->tickets[20], "Or that");
    work(d, COMMAND_NOTE, 0, d->tickets[30], "internal");
    token_hash(0, hash);
    assert_int_equal(view_session(&d->reader, hash, d->clients[0], d->w.now_ms, &d->a, &session), 0);
    assert_int_equal(session.contact_id, d->contacts[0]);
    assert_int_equal(session.head_count, 50);
    assert_int_equal(session.heads[0].ticket_id, d->tickets[20]);
    assert_int_equal(session.heads[0].unread, 2);
    for (size_t i = 1; i < session.head_count; i++) {
        assert_true(session.heads[i].ts_ms <= session.heads[i - 1].ts_ms);
        assert_int_equal(session.heads[i].unread, 0);    /* a note is nothing to read */
    }
    struct outcome seen = act(d, &(struct command){ .kind = COMMAND_SEEN, .actor = ACTOR_CONTACT,
        .actor_id = d->contacts[0], .conv = d->convs[20], .number = session.heads[0].head });
    assert_int_equal(seen.result, RESULT_OK);
    struct conv_head head;
    assert_int_equal(view_conversation(&d->reader, d->contacts[0], d->convs[20], &d->a, &head), 0);
    assert_int_equal(head.unread, 0);
    assert_int_equal(head.seen, head.head);
    desk_free(d);
}

static void sessions_end(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct session_view s;
    unsigned char hash[32];
    int64_t day = INT64_C(86400000);
    (void)unused;
    token_hash(0, hash);
    assert_int_equal(view_session(&d->reader, hash, d->clients[0], d->w.now_ms + 2 * day, &d->a, &s),
                     0);
    assert_true(s.contact_id && s.stale);
    view_session(&d->reader, hash, d->clients[0], d->w.now_ms + 181 * day, &d->a, &s);
    assert_int_equal(s.contact_id, 0);
    view_session(&d->reader, hash, d->clients[1], d->w.now_ms, &d->a, &s);
    assert_int_equal(s.contact_id, 0);
    /* The clock jumps back: nobody is signed out by that. */
    view_session(&d->reader, hash, d->clients[0], d->w.now_ms - 400 * day, &d->a, &s);
    assert_int_equal(s.contact_id, d->contacts[0]);
    act(d, &(struct command){ .kind = COMMAND_LOGOUT, .actor = ACTOR_CONTACT,
                              .actor_id = d->contacts[1], .hash = { 1 } });
    view_session(&d->reader, hash, d->clients[0], d->w.now_ms, &d->a, &s);
    assert_int_equal(s.contact_id, d->contacts[0]);      /* nobody else may end it */
    act(d, &(struct command){ .kind = COMMAND_LOGOUT, .actor = ACTOR_CONTACT,
                              .actor_id = d->contacts[0], .hash = { 1 } });
    view_session(&d->reader, hash, d->clients[0], d->w.now_ms, &d->a, &s);
    assert_int_equal(s.contact_id, 0);
    desk_free(d);
}

static void pages_put_together_are_the_whole(void **unused)
{
    static const struct { int limit; size_t bytes; } sizes[] = {
        { 1, 1 }, { 3, SIZE_MAX }, { 200, 2000 }, { 50, 1 }, { 200, SIZE_MAX },
    };
    struct desk_under_test *d = desk_new();
    (void)unused;
    struct outcome first = say(d, d->contacts[0], NULL, "Something is broken");
    for (int i = 0; i < 40; i++) {
        char text[64];
        snprintf(text, sizeof text, "line %d", i);
        if (i % 3)
            say(d, d->contacts[0], first.conv, text);
        else
            work(d, COMMAND_REPLY, 0, first.ticket_id, text);
    }
    int64_t head = db_int(d->w.db, 0, "SELECT head FROM ticket", "");
    for (size_t s = 0; s < COUNT(sizes); s++) {
        struct entry_page page;
        int64_t at = 0;
        do {
            assert_int_equal(view_page(&d->reader, first.ticket_id, at, sizes[s].limit,
                                       sizes[s].bytes, &d->a, &page), 0);
            assert_in_range(page.count, 1, sizes[s].limit);
            for (size_t i = 0; i < page.count; i++) {
                assert_int_equal(page.entries[i].seq, ++at);
                assert_true(page.entries[i].kind == ENTRY_CONV || page.entries[i].text);
            }
        } while (page.more);
        assert_int_equal(at, head);
        assert_int_equal(view_page(&d->reader, first.ticket_id, head, 10, SIZE_MAX, &d->a, &page), 0);
        assert_int_equal(page.count, 0);
        assert_false(page.more);
    }
    desk_free(d);
}

static void nobody_sees_anybody_else(void **unused)
{
    struct desk_under_test *d = desk_new();
    (void)unused;
    random_work(d, 300);
    for (int c = 0; c < CONTACTS; c++) {
        struct session_view session;
        struct list_page page;
        unsigned char hash[32];
        token_hash(c, hash);
        view_session(&d->reader, hash, d->clients[(c + 1) % 2], d->w.now_ms, &d->a, &session);
        assert_int_equal(session.contact_id, 0);
        view_session(&d->reader, hash, d->clients[c % 2], d->w.now_ms, &d->a, &session);
        assert_int_equal(session.contact_id, d->contacts[c]);
        size_t own = 0;
        for (size_t i = 0; i < d->count; i++) {
            struct conv_head head;
            bool theirs = d->owners[i] == d->contacts[c];
            own += theirs;
            view_conversation(&d->reader, d->contacts[c], d->convs[i], &d->a, &head);
            assert_int_equal(head.ticket_id, theirs ? d->tickets[i] : 0);
            for (size_t h = 0; h < session.head_count && !theirs; h++)
                assert_int_not_equal(session.heads[h].ticket_id, d->tickets[i]);
        }
        view_contact_tickets(&d->reader, d->contacts[c], 100, &d->a, &page);
        assert_true(page.count >= own);
        for (size_t i = 0; i < page.count; i++)
            assert_int_equal(db_int(d->w.db, 0, "SELECT contact_id FROM ticket WHERE id = ?1", "i",
                                    page.rows[i].id), d->contacts[c]);
    }
    /* Nor may anybody act there. */
    static const enum command_kind kinds[] = { COMMAND_SAY, COMMAND_SEEN, COMMAND_ASK_HUMAN };
    for (size_t i = 0; i < d->count; i++) {
        int64_t stranger = d->contacts[(i + 1) % CONTACTS];
        if (stranger == d->owners[i])
            continue;
        for (size_t k = 0; k < COUNT(kinds); k++) {
            struct command c = { .kind = kinds[k], .actor = ACTOR_CONTACT, .actor_id = stranger,
                .conv = d->convs[i], .cid = "cid-stranger", .text = "let me in", .number = 1 };
            assert_int_equal(act(d, &c).result, RESULT_NOT_FOUND);
            c.conv = NULL;
            c.ticket_id = d->tickets[i];
            if (kinds[k] != COMMAND_SAY)
                assert_int_equal(act(d, &c).result, RESULT_NOT_FOUND);
        }
    }
    desk_free(d);
}

/* ---- search ---- */

static size_t found(struct desk_under_test *d, const char *text)
{
    struct list_page page;
    int failed = -1;
    for (int tries = 0; failed && tries < 20; tries++)   /* a busy machine may pass the deadline */
        failed = view_search(&d->reader, text, 50, &d->a, &page);
    assert_int_equal(failed, 0);
    return page.count;
}

static void words_find_tickets(void **unused)
{
    struct desk_under_test *d = desk_new();
    (void)unused;
    act(d, &(struct command){ .kind = COMMAND_WHO, .actor = ACTOR_CONTACT,
        .actor_id = d->contacts[0], .name = "Ana Müller", .email = "ana@acme.example" });
    int64_t printer = say(d, d->contacts[0], NULL, "The printer prints nothing").ticket_id;
    struct outcome later = say(d, d->contacts[1], NULL, "Screen flickers since Monday");
    say(d, d->contacts[1], later.conv, "and \xd0\xbf\xd1\x80\xd0\xb8\xd0\xbd\xd1\x82\xd0\xb5\xd1\x80"
                                       " too, says caf\xc3\xa9");
    work(d, COMMAND_NOTE, 0, printer, "secretword");
    index_all(d);
    assert_int_equal(found(d, "printer"), 1);
    assert_int_equal(found(d, "PRINTER nothing"), 1);
    assert_int_equal(found(d, "prin"), 1);                      /* the last word may be begun */
    assert_int_equal(found(d, "prin nothing"), 0);
    assert_int_equal(found(d, "printer flickers"), 0);
    assert_int_equal(found(d, "m\xc3\xbcller"), 1);
    assert_int_equal(found(d, "ana@acme.example"), 1);
    assert_int_equal(found(d, "cafe"), 1);
    assert_int_equal(found(d, "\xd0\x9f\xd0\xa0\xd0\x98\xd0\x9d\xd0\xa2\xd0\x95\xd0\xa0"), 1);
    assert_int_equal(found(d, "nosuchword"), 0);
    assert_int_equal(found(d, ""), 0);
    assert_int_equal(found(d, "printer \xe2\x80\x94 nothing"), 1);      /* a dash is no word */
    assert_int_equal(found(d, "printer \xe2\x80\xa6"), 1);
    char number[32];
    snprintf(number, sizeof number, "#%lld", (long long)printer);
    assert_int_equal(found(d, number), 1);
    snprintf(number, sizeof number, " %lld ", (long long)printer);
    assert_true(found(d, number) >= 1);
    assert_int_equal(found(d, "#4711"), 0);
    desk_free(d);
}

static void hostile_words_are_only_words(void **unused)
{
    static const char *const queries[] = {
        "\"", "\"\"", "'", "';DROP TABLE ticket;--", "*", "**", "a*", "NEAR(a b)", "a AND", "AND",
        "OR OR", "NOT a", "text:a", "^a", "{a b}", "a + b", "(", ")", "((((((((((", "-a", "%", "_",
        "\\", "\x01\x02", "#", "##1", "#-1", "#99999999999999999999", "99999999999999999999999",
        "\xf0\x9f\x96\xa8", "\xe2\x80\xae" "abc", "a\"b\"c", "\"a\" OR \"b\"",
    };
    struct desk_under_test *d = desk_new();
    char longest[20001];
    (void)unused;
    say(d, d->contacts[0], NULL, "The printer prints nothing");
    index_all(d);
    for (size_t i = 0; i < COUNT(queries); i++)
        assert_true(found(d, queries[i]) <= 1);
    memset(longest, 'p', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_int_equal(found(d, longest), 0);
    for (size_t i = 0; i < sizeof longest - 1; i++)
        longest[i] = i % 2 ? ' ' : 'p';
    assert_true(found(d, longest) <= 1);
    for (size_t i = 0; i + 2 < sizeof longest; i += 2)
        memcpy(longest + i, "\xc3\xa9", 2);
    assert_int_equal(found(d, longest), 0);
    desk_free(d);
}

static void frequent_words_do_not_hide_the_rare(void **unused)
{
    struct desk_under_test *d = desk_new();
    (void)unused;
    int64_t wanted = say(d, d->contacts[0], NULL, "the zebra printer").ticket_id;
    index_all(d);
    db_run(d->w.db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
                    " i < 25000) INSERT INTO ticket_fts(rowid, text) SELECT (?1 << 20) + 1000 + i,"
                    " 'the office' FROM n", "i", wanted);
    assert_int_equal(db_error(d->w.db), 0);
    int64_t start_us = clock_steady_us();
    assert_int_equal(found(d, "the zebra"), 1);
    assert_int_equal(found(d, "the"), 1);        /* a frequent word alone still finds something */
    assert_in_range(clock_steady_us() - start_us, 0, 2000000);
    desk_free(d);
}

static void a_deadline_ends_a_query(void **unused)
{
    struct desk_under_test *d = desk_new();
    (void)unused;
    int64_t start_us = clock_steady_us();
    reader_begin(&d->reader, 30);
    db_int(d->w.db, 0, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                       " SELECT max(i) FROM n", "");
    assert_int_equal(db_error(d->w.db) & 0xff, SQLITE_INTERRUPT);
    struct list_page page;
    assert_int_equal(view_list(&d->reader, &(struct list_query){ .limit = 1 }, &d->a, &page), -1);
    reader_end(&d->reader);
    assert_in_range(clock_steady_us() - start_us, 0, 10000000);
    assert_int_equal(view_list(&d->reader, &(struct list_query){ .limit = 1 }, &d->a, &page), 0);
    desk_free(d);
}

/* ---- one ticket ---- */

static void a_ticket_shows_what_happened_to_it(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct ticket_view v;
    struct event_list events;
    (void)unused;
    say(d, d->contacts[0], NULL, "Another open one");
    struct outcome said = say(d, d->contacts[0], NULL, "The printer prints nothing");
    work(d, COMMAND_CLAIM, 0, said.ticket_id, NULL);
    work(d, COMMAND_NOTE, 0, said.ticket_id, "inside only");
    for (int i = 0; i < 25; i++) {
        char tag[16];
        snprintf(tag, sizeof tag, "tag%d", i);
        act(d, &(struct command){ .kind = COMMAND_TAG, .actor = ACTOR_TECHNICIAN, .flag = true,
            .actor_id = d->technicians[0], .ticket_id = said.ticket_id, .text = tag });
    }
    work(d, COMMAND_REPLY, 0, said.ticket_id, "Which model?");
    assert_int_equal(view_ticket(&d->reader, said.ticket_id, 10, &d->a, &v), 0);
    assert_int_equal(v.id, said.ticket_id);
    assert_string_equal(v.client_key, "acme");
    assert_int_equal(v.status, TICKET_WAITING_CUSTOMER);
    assert_int_equal(v.assignee_id, d->technicians[0]);
    assert_int_equal(v.other_open, 1);
    assert_int_equal(v.tag_count, VIEW_TAGS_MAX);
    assert_int_equal(v.line_count, 2);
    assert_string_equal(v.lines[1].text, "Which model?");
    for (size_t i = 0; i < v.line_count; i++)
        assert_string_not_equal(v.lines[i].text, "inside only");
    assert_true(v.reminder_due_ms > 0);
    assert_int_equal(view_ticket(&d->reader, said.ticket_id, 1, &d->a, &v), 0);
    assert_int_equal(v.line_count, 1);
    assert_string_equal(v.lines[0].text, "Which model?");
    assert_int_equal(view_ticket(&d->reader, 4711, 5, &d->a, &v), 0);
    assert_int_equal(v.id, 0);
    int64_t after = 0, notes = 0;
    do {                         /* in small pages, rising, each once */
        assert_int_equal(view_events(&d->reader, said.ticket_id, after, 3, &d->a, &events), 0);
        for (size_t i = 0; i < events.count; i++) {
            assert_true(events.events[i].id > after);
            after = events.events[i].id;
            notes += !strcmp(events.events[i].kind, "note");
        }
    } while (events.count);
    assert_int_equal(notes, 1);
    assert_int_equal(view_ticket_id(&d->reader, said.conv), said.ticket_id);
    assert_int_equal(view_ticket_id(&d->reader, "no-such-conv"), 0);
    desk_free(d);
}

static void a_list_row_is_unread_until_a_person_looks(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct list_page page;
    struct list_query q = { .view = LIST_ALL, .limit = 1 };
    (void)unused;
    struct outcome said = say(d, d->contacts[0], NULL, "The printer prints nothing");
    view_list(&d->reader, &q, &d->a, &page);
    assert_true(page.rows[0].unread);
    act(d, &(struct command){ .kind = COMMAND_DESK_SEEN, .actor = ACTOR_TECHNICIAN,
        .actor_id = d->technicians[0], .ticket_id = said.ticket_id, .number = 1000 });
    view_list(&d->reader, &q, &d->a, &page);
    assert_false(page.rows[0].unread);
    say(d, d->contacts[0], said.conv, "Hello?");
    view_list(&d->reader, &q, &d->a, &page);
    assert_true(page.rows[0].unread);
    work(d, COMMAND_REPLY, 1, said.ticket_id, "Coming");
    view_list(&d->reader, &q, &d->a, &page);
    assert_false(page.rows[0].unread);
    desk_free(d);
}

static void undelivered_effects_are_listed(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct undelivered_list list;
    struct ticket_view v;
    (void)unused;
    d->w.surface_down = true;
    int64_t ticket = say(d, d->contacts[0], NULL, "The printer prints nothing").ticket_id;
    world_wait(&d->w, INT64_C(3) * 86400000);
    assert_int_equal(view_undelivered(&d->reader, 50, &d->a, &list), 0);
    assert_true(list.count >= 2);
    assert_int_equal(view_ticket(&d->reader, ticket, 0, &d->a, &v), 0);
    assert_int_equal(v.undelivered, list.count);
    for (size_t i = 0; i < list.count; i++) {
        assert_int_equal(list.effects[i].ticket_id, ticket);
        assert_string_equal(list.effects[i].place, "null:main");
        assert_string_equal(list.effects[i].error, "the null surface is told to fail");
    }
    assert_int_equal(view_undelivered(&d->reader, 1, &d->a, &list), 0);
    assert_int_equal(list.count, 1);
    desk_free(d);
}

static void people_are_listed(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct client_list clients;
    struct technician_list technicians;
    struct technician_view technician;
    struct team_list teams;
    (void)unused;
    act(d, &(struct command){ .kind = COMMAND_TEAM_SAVE, .actor = ACTOR_OPERATOR, .name = "First",
                              .text = "t0@desk.example\nt1@desk.example" });
    assert_int_equal(act(d, &(struct command){ .kind = COMMAND_TEAM_SAVE, .name = "Second",
        .actor = ACTOR_OPERATOR, .text = "nobody@desk.example" }).result, RESULT_NOT_FOUND);
    assert_int_equal(view_clients(&d->reader, &d->a, &clients), 0);
    assert_int_equal(clients.count, 2);
    assert_int_equal(view_technicians(&d->reader, &d->a, &technicians), 0);
    assert_int_equal(technicians.count, TECHNICIANS);
    assert_int_equal(view_teams(&d->reader, &d->a, &teams), 0);
    assert_int_equal(teams.count, 1);
    assert_int_equal(view_technician_by_email(&d->reader, "T1@Desk.Example", &d->a, &technician), 0);
    assert_int_equal(technician.id, d->technicians[1]);
    assert_int_equal(view_technician_by_email(&d->reader, "x@y", &d->a, &technician), 0);
    assert_int_equal(technician.id, 0);
    desk_free(d);
}

static void an_inbox_session_is_one_technicians(void **unused)
{
    struct desk_under_test *d = desk_new();
    struct technician_view who;
    static const unsigned char session[32] = { 9 }, link[32] = { 8 };
    (void)unused;
    struct command ask = { .kind = COMMAND_SIGN_IN_LINK, .actor = ACTOR_OPERATOR,
        .email = "t1@desk.example", .hash = { 8 }, .until_ms = d->w.now_ms + 60000 };
    assert_int_equal(act(d, &ask).result, RESULT_OK);
    view_inbox_session(&d->reader, link, d->w.now_ms, &d->a, &who);
    assert_int_equal(who.id, 0);                 /* a link is no session */
    struct command in = { .kind = COMMAND_SIGN_IN, .actor = ACTOR_SYSTEM, .hash = { 8 },
                          .hash2 = { 9 } };
    assert_int_equal(act(d, &in).result, RESULT_OK);
    in.hash2[0] = 10;
    assert_int_equal(act(d, &in).result, RESULT_NOT_FOUND);      /* once */
    view_inbox_session(&d->reader, session, d->w.now_ms, &d->a, &who);
    assert_int_equal(who.id, d->technicians[1]);
    view_inbox_session(&d->reader, session, d->w.now_ms + INT64_C(400) * 86400000, &d->a, &who);
    assert_int_equal(who.id, 0);
    act(d, &(struct command){ .kind = COMMAND_TECHNICIAN_SAVE, .actor = ACTOR_OPERATOR,
        .email = "t1@desk.example", .category = "admin", .flag = false });
    view_inbox_session(&d->reader, session, d->w.now_ms, &d->a, &who);
    assert_int_equal(who.id, 0);                 /* who left is out at once */
    desk_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_what_lists_hold),
        cmocka_unit_test(pages_hold_still_while_the_list_grows),
        cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(codes_lead_there_and_back),
        cmocka_unit_test(heads_are_newest_first_and_count_the_unread),
        cmocka_unit_test(sessions_end),
        cmocka_unit_test(pages_put_together_are_the_whole),
        cmocka_unit_test(nobody_sees_anybody_else),
        cmocka_unit_test(words_find_tickets),
        cmocka_unit_test(hostile_words_are_only_words),
        cmocka_unit_test(frequent_words_do_not_hide_the_rare),
        cmocka_unit_test(a_deadline_ends_a_query),
        cmocka_unit_test(a_ticket_shows_what_happened_to_it),
        cmocka_unit_test(a_list_row_is_unread_until_a_person_looks),
        cmocka_unit_test(undelivered_effects_are_listed),
        cmocka_unit_test(people_are_listed),
        cmocka_unit_test(an_inbox_session_is_one_technicians),
    };
    return cmocka_run_group_tests_name("view", tests, NULL, NULL);
}
