/* What chat surfaces bring to the desk and get from it: which place shows what, in which order; who
 * acts; what was said where. The desk is turned by hand, deliveries are written down by place. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/engine/desk.h"
#include "bot/store/store_surface.h"

enum { LANES = 12, LOG_BYTES = 4000 };

struct chat {
    char dir[32];
    struct config config;
    struct db *db;
    struct desk desk;
    int64_t now_ms, nonce, cid;
    struct lane { char place[64], log[LOG_BYTES]; } lanes[LANES];
    struct outcome last;
    bool stuck;                          /* nothing is delivered */
    int64_t acme, globex, night, sara, omar, requester[2];
};

static const char *const no_places[] = { NULL };
static const char *const both[] = { "slack", "teams", NULL };
static const char *const teams_only[] = { "teams", NULL };

/* ---- one command ---- */

static enum result apply(struct chat *c, const struct command *command)
{
    struct desk_news news = { 0 };
    struct command with = *command;
    int error;
    with.at_ms = ++c->now_ms;
    with.adapter = -1;
    with.source = with.source ? with.source : "test";
    c->nonce++;
    memcpy(with.nonce, &c->nonce, sizeof c->nonce);
    assert_int_equal(desk_begin(&c->desk, &news), 0);
    desk_apply(&c->desk, &with, &c->last);
    assert_int_equal(desk_commit(&c->desk, &error), 0);
    desk_news_clear(&news);
    return c->last.result;
}

#define DO(c, ...) apply((c), &(struct command){ __VA_ARGS__ })
#define BY_OPERATOR .actor = ACTOR_OPERATOR
#define BY(id) .actor = ACTOR_TECHNICIAN, .actor_id = (id)
#define AS(account) .actor = ACTOR_TECHNICIAN, .source = "slack", .person = (account)
#define COUNT(c, sql) db_int((c)->db, -1, sql, "")

/* ---- deliveries ---- */

static struct lane *lane_of(struct chat *c, const char *place)
{
    for (size_t i = 0; i < LANES; i++) {
        if (!*c->lanes[i].place)
            snprintf(c->lanes[i].place, sizeof c->lanes[i].place, "%s", place);
        if (!strcmp(c->lanes[i].place, place))
            return &c->lanes[i];
    }
    fail_msg("too many places");
    return NULL;
}

static void add(char *log, const char *text)
{
    size_t len = strlen(log);
    snprintf(log + len, LOG_BYTES - len, "%s", text);
}

/* The texts of a query, with a "+" between them. */
static void add_all(struct chat *c, char *log, sqlite3_stmt *q)
{
    struct arena a = { 0 };
    for (int n = 0; db_row(c->db, q); n++) {
        add(log, n ? "+" : " ");
        add(log, db_text(q, 0, &a));
    }
    arena_clear(&a);
}

static void write_down(struct chat *c, const struct outbox_row *row)
{
    char *log = lane_of(c, row->place)->log, text[80];
    long long first = 0, last = 0;
    static const char *const kinds[EFFECT_KINDS] = { "card", "line", "alert", "think", "mail" };
    snprintf(text, sizeof text, "%s %lld", kinds[row->kind], (long long)row->ticket_id);
    add(log, text);
    if (row->kind == EFFECT_LINE && sscanf(row->data, "{\"seq\":%lld}", &first) == 1)
        add_all(c, log, db_query(c->db, "SELECT text FROM entry WHERE ticket_id = ?1 AND seq = ?2",
                                 "ii", row->ticket_id, (int64_t)first));
    if (row->kind == EFFECT_LINE && sscanf(row->data, "{\"event\":%lld,\"to\":%lld}", &first,
                                           &last) == 2)
        add_all(c, log, db_query(c->db, "SELECT kind FROM event WHERE ticket_id = ?1"
                                        " AND id BETWEEN ?2 AND ?3 ORDER BY id", "iii",
                                 row->ticket_id, (int64_t)first, (int64_t)last));
    if (row->kind == EFFECT_ALERT)
        add_all(c, log, db_query(c->db, "SELECT json_extract(value, '$.kind')"
                                        " || json_extract(value, '$.ticket') FROM json_each(?1)",
                                 "t", row->data));
    add(log, "\n");
}

/* The card of ticket 7 in a place is the message m7 there. */
static void deliver(struct chat *c, const struct outbox_row *row)
{
    char remote[32];
    snprintf(remote, sizeof remote, "m%lld", (long long)row->ticket_id);
    write_down(c, row);
    DO(c, .kind = COMMAND_DELIVERED, .number = row->id, .target_id = row->version, .name = remote);
}

static void deliver_all(struct chat *c)
{
    struct outbox_row rows[16];
    int64_t next;
    size_t n = 1;
    while (n && !c->stuck) {
        struct arena a = { 0 };
        n = store_effects_due(c->db, INT64_MAX - 1, 16, &a, rows, &next);
        for (size_t i = 0; i < n; i++)
            deliver(c, &rows[i]);
        arena_clear(&a);
    }
}

/* What this place was shown since it was looked at, in its order. */
static void at(struct chat *c, const char *place, const char *expected)
{
    deliver_all(c);
    struct lane *lane = lane_of(c, place);
    if (strcmp(lane->log, expected) != 0)
        fail_msg("at %s:\n%sinstead of:\n%s", place, lane->log, expected);
    *lane->log = '\0';
}

static void nowhere_else(struct chat *c)
{
    deliver_all(c);
    for (size_t i = 0; i < LANES; i++)
        if (*c->lanes[i].log)
            fail_msg("at %s too:\n%s", c->lanes[i].place, c->lanes[i].log);
}

static void forget(struct chat *c)
{
    deliver_all(c);
    for (size_t i = 0; i < LANES; i++)
        *c->lanes[i].log = '\0';
}

/* ---- the cast ---- */

static int64_t client(struct chat *c, const char *key)
{
    struct client_change change = { .key = key, .name = key, .hours = "always", .active = 1,
                                    .messenger = 1, .triage = TRIAGE_OFF, .reminders = 0, .vip = -1 };
    assert_int_equal(DO(c, .kind = COMMAND_CLIENT_SAVE, BY_OPERATOR, .client = &change), RESULT_OK);
    return c->last.id;
}

static int64_t technician(struct chat *c, const char *email, const char *role)
{
    assert_int_equal(DO(c, .kind = COMMAND_TECHNICIAN_SAVE, BY_OPERATOR, .email = email,
                        .name = email, .category = role, .flag = true), RESULT_OK);
    return c->last.id;
}

static int64_t visitor(struct chat *c, int64_t client_id)
{
    DO(c, .kind = COMMAND_SESSION_OPEN, .actor = ACTOR_CONTACT, .client_id = client_id,
       .hash = { (unsigned char)client_id });
    return c->last.id;
}

static void route(struct chat *c, const char *place, int64_t client_id, int64_t team_id)
{
    assert_int_equal(DO(c, .kind = COMMAND_ROUTE, BY_OPERATOR, .place = place,
                        .client_id = client_id, .team_id = team_id), RESULT_OK);
}

static void knows(struct chat *c, const char *account, const char *email)
{
    assert_int_equal(DO(c, .kind = COMMAND_PERSON, .actor = ACTOR_SYSTEM, .person = account,
                        .email = email, .flag = true), RESULT_OK);
    assert_true(c->last.id > 0);
}

static void start(struct chat *c, const char *const *surfaces)
{
    char path[128], *error = NULL;
    snprintf(path, sizeof path, "%s/desk.db", c->dir);
    c->db = db_open_writer(path, NULL, &error);
    if (!c->db || db_migrate(c->db, &error))
        fail_msg("%s", error);
    desk_init(&c->desk, c->db, &c->config, no_places, surfaces);
}

static void stop(struct chat *c)
{
    desk_clear(&c->desk);
    db_close(c->db);
}

/* Two clients, a team, two technicians with accounts on Slack; no routes. */
static struct chat *chat_open(void)
{
    struct chat *c = calloc(1, sizeof *c);
    struct buf errors;
    assert_non_null(c);
    strcpy(c->dir, "/tmp/deskhand-chat-XXXXXX");
    assert_non_null(mkdtemp(c->dir));
    buf_init(&errors, 65536);
    assert_int_equal(config_load_text(&c->config, "test", "", 0, NULL, &errors), 0);
    buf_clear(&errors);
    c->now_ms = INT64_C(1767603600000);
    start(c, both);
    c->acme = client(c, "acme");
    c->globex = client(c, "globex");
    c->sara = technician(c, "sara@desk.example", "admin");
    c->omar = technician(c, "omar@desk.example", "technician");
    DO(c, .kind = COMMAND_TEAM_SAVE, BY_OPERATOR, .name = "Night", .text = "");
    c->night = c->last.id;
    c->requester[0] = visitor(c, c->acme);
    c->requester[1] = visitor(c, c->globex);
    return c;
}

static void chat_close(struct chat *c)
{
    static const char *const files[] = { "desk.db", "desk.db-wal", "desk.db-shm" };
    char path[128];
    stop(c);
    config_free(&c->config);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", c->dir, files[i]);
        unlink(path);
    }
    rmdir(c->dir);
    free(c);
}

static int64_t says(struct chat *c, int whose, const char *conv, const char *text)
{
    char cid[32];
    snprintf(cid, sizeof cid, "cid-%08lld", (long long)++c->cid);
    assert_int_equal(DO(c, .kind = COMMAND_SAY, .actor = ACTOR_CONTACT, .conv = conv, .cid = cid,
                        .actor_id = c->requester[whose], .text = text), RESULT_OK);
    return c->last.ticket_id;
}

/* ---- where cards and lines go ---- */

static void a_team_goes_before_a_client_before_all(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    route(c, "slack:C1", c->acme, 0);
    route(c, "slack:C2", 0, c->night);
    route(c, "teams:T0", 0, 0);
    assert_int_equal(says(c, 1, NULL, "one"), 1);
    assert_int_equal(says(c, 0, NULL, "two"), 2);
    at(c, "slack:C0", "card 1\nline 1 one\n");
    at(c, "slack:C1", "card 2\nline 2 two\n");
    at(c, "teams:T0", "card 1\nline 1 one\ncard 2\nline 2 two\n");
    nowhere_else(c);
    DO(c, .kind = COMMAND_TRANSFER, BY(c->sara), .ticket_id = 1, .team_id = c->night);
    at(c, "slack:C2", "alert 1 transfer1\ncard 1\nline 1 transfer+team\n");
    forget(c);
    route(c, "slack:C3", c->acme, c->night);
    DO(c, .kind = COMMAND_TRANSFER, BY(c->sara), .ticket_id = 2, .team_id = c->night);
    at(c, "slack:C3", "alert 2 transfer2\ncard 2\nline 2 transfer+team\n");
    at(c, "slack:C2", "");
    chat_close(c);
}

static void a_moved_ticket_talks_in_its_new_place(void **state)
{
    (void)state;
    char conv[41];
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    route(c, "slack:C2", 0, c->night);
    says(c, 0, NULL, "one");
    strcpy(conv, c->last.conv);
    at(c, "slack:C0", "card 1\nline 1 one\n");
    DO(c, .kind = COMMAND_TRANSFER, BY(c->sara), .ticket_id = 1, .team_id = c->night);
    at(c, "slack:C0", "card 1\n");
    at(c, "slack:C2", "alert 1 transfer1\ncard 1\nline 1 transfer+team\n");
    says(c, 0, conv, "two");
    at(c, "slack:C0", "card 1\n");
    at(c, "slack:C2", "line 1 two\ncard 1\n");
    nowhere_else(c);
    chat_close(c);
}

static void one_line_tells_all_that_a_command_changed(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    says(c, 0, NULL, "one");
    forget(c);
    DO(c, .kind = COMMAND_CLAIM, BY(c->sara), .ticket_id = 1);
    at(c, "slack:C0", "card 1\nline 1 status+handler+assignee\n");
    DO(c, .kind = COMMAND_REPLY, BY(c->sara), .ticket_id = 1, .text = "Which model?");
    at(c, "slack:C0", "line 1 Which model?\ncard 1\nline 1 status\n");
    DO(c, .kind = COMMAND_NOTE, BY(c->sara), .ticket_id = 1, .text = "Hm.");
    at(c, "slack:C0", "card 1\nline 1 note\n");
    chat_close(c);
}

static void a_surface_that_is_off_keeps_its_cards(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    route(c, "teams:T0", 0, 0);
    says(c, 0, NULL, "one");
    forget(c);
    stop(c);
    start(c, teams_only);
    DO(c, .kind = COMMAND_CLAIM, BY(c->sara), .ticket_id = 1);
    at(c, "teams:T0", "card 1\nline 1 status+handler+assignee\n");
    nowhere_else(c);
    stop(c);
    start(c, both);
    DO(c, .kind = COMMAND_PRIORITY, BY(c->sara), .ticket_id = 1, .number = 1);
    at(c, "slack:C0", "card 1\nline 1 priority\n");
    chat_close(c);
}

/* ---- what people type in threads ---- */

/* One ticket with cards in slack:C0 and teams:T0; Sara and Omar have accounts. */
static struct chat *chat_with_thread(void)
{
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    route(c, "teams:T0", 0, 0);
    knows(c, "slack:T1/U1", "sara@desk.example");
    knows(c, "slack:T1/U2", "omar@desk.example");
    says(c, 0, NULL, "one");
    forget(c);
    return c;
}

#define IN_THREAD .place = "slack:C0", .thread = "m1"

static void what_is_typed_in_a_thread_stands_there_already(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    assert_int_equal(DO(c, .kind = COMMAND_NOTE, AS("slack:T1/U1"), IN_THREAD, .remote = "r1",
                        .source_id = "E1", .text = "Asked the printer."), RESULT_OK);
    assert_int_equal(c->last.ticket_id, 1);
    at(c, "slack:C0", "card 1\n");
    at(c, "teams:T0", "card 1\nline 1 note\n");
    assert_int_equal(DO(c, .kind = COMMAND_REPLY, AS("slack:T1/U1"), IN_THREAD, .remote = "r2",
                        .source_id = "E2", .text = "Which model?"), RESULT_OK);
    at(c, "slack:C0", "card 1\nline 1 status+handler+assignee\n");
    at(c, "teams:T0", "line 1 Which model?\ncard 1\nline 1 status+handler+assignee\n");
    /* With a button of the card nothing was typed: it is told there, too. */
    assert_int_equal(DO(c, .kind = COMMAND_NOTE, AS("slack:T1/U1"), IN_THREAD, .text = "In a dialog."),
                     RESULT_OK);
    at(c, "slack:C0", "card 1\nline 1 note\n");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE kind = 'note' AND actor_id = 1"), 2);
    chat_close(c);
}

static void only_the_writer_edits_and_deletes(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    DO(c, .kind = COMMAND_NOTE, AS("slack:T1/U1"), IN_THREAD, .remote = "r1", .text = "first");
    DO(c, .kind = COMMAND_REPLY, AS("slack:T1/U1"), IN_THREAD, .remote = "r2", .text = "hello");
    forget(c);
    static const char *const remotes[] = { "r1", "r2" };
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(DO(c, .kind = COMMAND_EDIT_SAID, AS("slack:T1/U2"), .place = "slack:C0",
                            .remote = remotes[i], .text = "changed"), RESULT_FORBIDDEN);
        assert_int_equal(DO(c, .kind = COMMAND_UNSAY, AS("slack:T1/U2"), .place = "slack:C0",
                            .remote = remotes[i]), RESULT_FORBIDDEN);
    }
    assert_int_equal(DO(c, .kind = COMMAND_EDIT_SAID, AS("slack:T1/U1"), .place = "slack:C0",
                        .remote = "r9", .text = "changed"), RESULT_NOT_FOUND);
    assert_int_equal(DO(c, .kind = COMMAND_EDIT_SAID, AS("slack:T1/U1"), .place = "slack:C0",
                        .remote = "r1", .text = "  "), RESULT_BAD);
    nowhere_else(c);
    assert_int_equal(DO(c, .kind = COMMAND_EDIT_SAID, AS("slack:T1/U1"), .place = "slack:C0",
                        .remote = "r1", .text = "second"), RESULT_OK);
    at(c, "slack:C0", "card 1\n");
    at(c, "teams:T0", "card 1\nline 1 note_edited\n");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE kind = 'note' AND text = 'second'"), 1);
    assert_int_equal(DO(c, .kind = COMMAND_EDIT_SAID, AS("slack:T1/U1"), .place = "slack:C0",
                        .remote = "r2", .text = "bye"), RESULT_OK);
    assert_non_null(strstr(c->last.text, "first words"));
    assert_int_equal(COUNT(c, "SELECT count(*) FROM entry WHERE text = 'hello'"), 1);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE kind = 'reply_edited'"), 1);
    assert_int_equal(DO(c, .kind = COMMAND_UNSAY, AS("slack:T1/U1"), .place = "slack:C0",
                        .remote = "r2"), RESULT_OK);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM entry WHERE text = 'hello'"), 1);
    assert_int_equal(DO(c, .kind = COMMAND_UNSAY, AS("slack:T1/U1"), .place = "slack:C0",
                        .remote = "r1"), RESULT_OK);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE text = 'second' AND kind = 'note'"), 0);
    chat_close(c);
}

static const char *note_text(struct chat *c, int n)
{
    static struct arena a;
    sqlite3_stmt *q = db_query(c->db, "SELECT text FROM event WHERE kind = 'note' AND actor = 2"
                                      " ORDER BY id LIMIT 1 OFFSET ?1", "i", (int64_t)n);
    const char *text = db_row(c->db, q) ? db_text(q, 0, &a) : "none";
    db_end(q);
    return text;
}

#define CHANGE(what, id, when, words)                                                             \
    DO(c, .kind = COMMAND_##what, AS("slack:T1/U1"), IN_THREAD, .remote = (id), .number = (when), \
       .text = (words))

static void the_last_change_counts_in_whatever_order_they_come(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    CHANGE(NOTE, "r1", 0, "one");
    CHANGE(EDIT_SAID, "r1", 30, "three");
    CHANGE(EDIT_SAID, "r1", 20, "two");
    assert_string_equal(note_text(c, 0), "three");
    CHANGE(EDIT_SAID, "r1", 35, "three");        /* nothing is new in it */
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE kind = 'note_edited'"), 1);
    CHANGE(UNSAY, "r1", 40, NULL);
    CHANGE(EDIT_SAID, "r1", 38, "back again");
    assert_string_equal(note_text(c, 0), "(deleted by its writer)");
    CHANGE(EDIT_SAID, "r1", 50, "undeleted");    /* Teams can do that */
    assert_string_equal(note_text(c, 0), "undeleted");
    DO(c, .kind = COMMAND_UNSAY, .actor = ACTOR_SYSTEM, .source = "slack", IN_THREAD, .remote = "r1",
       .number = 60);
    assert_string_equal(note_text(c, 0), "(deleted by its writer)");
    chat_close(c);
}

static void a_change_may_come_before_its_message(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    assert_int_equal(CHANGE(EDIT_SAID, "r1", 30, "newest"), RESULT_OK);
    assert_int_equal(CHANGE(EDIT_SAID, "r1", 20, "newer"), RESULT_OK);
    assert_int_equal(CHANGE(NOTE, "r1", 0, "first"), RESULT_OK);
    assert_string_equal(note_text(c, 0), "newest");
    CHANGE(EDIT_SAID, "r1", 25, "older");
    assert_string_equal(note_text(c, 0), "newest");
    assert_int_equal(CHANGE(UNSAY, "r2", 30, NULL), RESULT_OK);
    assert_int_equal(CHANGE(NOTE, "r2", 0, "gone"), RESULT_REPEATED);
    for (int known = 0; known < 2; known++)      /* one that was kept is not tried for ever */
        assert_int_equal(DO(c, .kind = COMMAND_NOTE, AS("slack:T1/U1"), IN_THREAD, .remote = "r2",
                            .unchecked = !known, .source_id = "m:2", .raw = "{}", .text = "gone"),
                         known ? RESULT_REPEATED : RESULT_UNKNOWN);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM input_kept"), 0);
    assert_int_equal(CHANGE(UNSAY, "r3", 30, NULL), RESULT_OK);
    assert_int_equal(CHANGE(REPLY, "r3", 0, "gone"), RESULT_REPEATED);
    assert_string_equal(note_text(c, 1), "none");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM entry WHERE text = 'gone'"), 0);
    assert_int_equal(DO(c, .kind = COMMAND_UNSAY, AS("slack:T1/U1"), .place = "slack:C0",
                        .thread = "m99", .remote = "r4", .number = 1), RESULT_NOT_FOUND);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM said_early"), 3);
    store_tidy(c->db, c->now_ms + INT64_C(3) * 24 * 3600 * 1000);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM said_early"), 0);
    chat_close(c);
}

static void a_note_goes_to_the_customer_once(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    DO(c, .kind = COMMAND_NOTE, AS("slack:T1/U1"), IN_THREAD, .remote = "r1", .text = "Try again.");
    int64_t note = c->last.id;
    forget(c);
    assert_int_equal(DO(c, .kind = COMMAND_SEND_NOTE, AS("slack:T1/U2"), .ticket_id = 1,
                        .number = note), RESULT_NOT_FOUND);
    assert_int_equal(DO(c, .kind = COMMAND_SEND_NOTE, AS("slack:T1/U1"), .ticket_id = 1,
                        .number = note + 99), RESULT_NOT_FOUND);
    assert_int_equal(DO(c, .kind = COMMAND_SEND_NOTE, AS("slack:T1/U1"), .ticket_id = 1,
                        .number = note), RESULT_OK);
    assert_int_equal(DO(c, .kind = COMMAND_SEND_NOTE, AS("slack:T1/U1"), .ticket_id = 1,
                        .number = note), RESULT_REFUSED);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM entry WHERE text = 'Try again.'"), 1);
    assert_int_equal(DO(c, .kind = COMMAND_EDIT_SAID, AS("slack:T1/U1"), .place = "slack:C0",
                        .remote = "r1", .text = "Try later."), RESULT_OK);
    assert_non_null(strstr(c->last.text, "first words"));
    DO(c, .kind = COMMAND_NOTE, AS("slack:T1/U1"), IN_THREAD, .remote = "r2", .text = "Oh no.");
    note = c->last.id;
    DO(c, .kind = COMMAND_UNSAY, AS("slack:T1/U1"), .place = "slack:C0", .remote = "r2");
    assert_int_equal(DO(c, .kind = COMMAND_SEND_NOTE, AS("slack:T1/U1"), .ticket_id = 1,
                        .number = note), RESULT_NOT_FOUND);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM entry WHERE author = 1 AND kind = 0"), 1);
    chat_close(c);
}

/* ---- who acts ---- */

#define KEPT(c) COUNT(c, "SELECT count(*) FROM input_kept")

static enum result note_of(struct chat *c, const char *account, const char *thread, const char *id)
{
    return DO(c, .kind = COMMAND_NOTE, AS(account), .place = "slack:C0", .thread = thread,
              .remote = "r1", .source_id = id, .raw = "{\"the\":\"input\"}", .text = "It is me.");
}

static void an_unknown_persons_input_waits_until_they_are_known(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    technician(c, "lin@desk.example", "technician");
    assert_int_equal(note_of(c, "slack:T1/U7", "m1", "E7"), RESULT_UNKNOWN);
    assert_int_equal(note_of(c, "slack:T1/U7", "m1", "E7"), RESULT_UNKNOWN);
    assert_int_equal(KEPT(c), 1);
    nowhere_else(c);
    knows(c, "slack:T1/U7", "LIN@desk.example");
    assert_int_equal(note_of(c, "slack:T1/U7", "m1", "E7"), RESULT_OK);
    assert_int_equal(KEPT(c), 0);
    assert_int_equal(note_of(c, "slack:T1/U7", "m1", "E7"), RESULT_REPEATED);
    assert_int_equal(KEPT(c), 0);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE kind = 'note'"), 1);
    /* Elsewhere people talk about other things: nothing of it is kept, not even that they did. */
    int64_t audit = COUNT(c, "SELECT count(*) FROM audit");
    assert_int_equal(note_of(c, "slack:T1/U8", "m9", "E8"), RESULT_NOT_FOUND);
    assert_int_equal(note_of(c, "slack:T1/U7", "m9", "E9"), RESULT_NOT_FOUND);
    assert_int_equal(KEPT(c), 0);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM audit"), audit);
    chat_close(c);
}

/* What the inbox sends again after an upgrade is a repeat, not another request by the same name. */
static void a_digest_is_the_one_of_the_first_version(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    assert_int_equal(DO(c, .kind = COMMAND_NOTE, BY(1), .source_id = "1.a", .ticket_id = 1,
                        .text = "Call back."), RESULT_OK);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM done WHERE source_id = '1.a' AND hex(digest) ="
                              " '1F4D9E789BE74CAECCFE2553DBD4031B"
                              "E9FF464A1738FF7F297AC60771A01B06'"), 1);
    chat_close(c);
}

static void who_an_account_is(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    static const struct { const char *email, *role; bool known; } rows[] = {
        { "sara@desk.example", NULL, true }, { "nobody@desk.example", NULL, false },
        { "new@desk.example", "technician", true }, { NULL, "technician", false },
        { "no address", "technician", false }, { "sara@desk.example", "admin", true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(DO(c, .kind = COMMAND_PERSON, .actor = ACTOR_SYSTEM, .flag = true,
                            .person = "slack:T1/U1", .email = rows[i].email,
                            .category = rows[i].role), RESULT_OK);
        assert_int_equal(c->last.id != 0, rows[i].known);
        assert_int_equal(store_person(c->db, "slack:T1/U1"), c->last.id);
    }
    assert_int_equal(DO(c, .kind = COMMAND_PERSON, .actor = ACTOR_SYSTEM, .person = "slack:T1/U1",
                        .email = "sara@desk.example"), RESULT_OK);
    assert_int_equal(store_person(c->db, "slack:T1/U1"), 0);
    assert_int_equal(DO(c, .kind = COMMAND_PERSON, .actor = ACTOR_SYSTEM, .person = "nonsense",
                        .flag = true), RESULT_BAD);
    assert_int_equal(DO(c, .kind = COMMAND_PERSON, BY(c->omar), .person = "slack:T1/U9",
                        .email = "omar@desk.example", .flag = true), RESULT_FORBIDDEN);
    /* Who may not work any more is nobody, and their old account may do nothing. */
    knows(c, "slack:T1/U2", "omar@desk.example");
    route(c, "slack:C0", 0, 0);
    says(c, 0, NULL, "one");
    DO(c, .kind = COMMAND_TECHNICIAN_SAVE, BY_OPERATOR, .email = "omar@desk.example",
       .name = "Omar", .category = "technician", .flag = false);
    assert_int_equal(DO(c, .kind = COMMAND_CLAIM, AS("slack:T1/U2"), .ticket_id = 1),
                     RESULT_FORBIDDEN);
    DO(c, .kind = COMMAND_PERSON, .actor = ACTOR_SYSTEM, .person = "slack:T1/U2", .flag = true,
       .email = "omar@desk.example", .category = "technician");
    assert_int_equal(c->last.id, 0);
    chat_close(c);
}

static void whom_nobody_vouches_for_waits(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    knows(c, "slack:T1/U2", "omar@desk.example");
    int64_t audit = COUNT(c, "SELECT count(*) FROM audit");
    assert_int_equal(DO(c, .kind = COMMAND_CLAIM, AS("slack:T1/U2"), .ticket_id = 1, .unchecked = true,
                        .source_id = "i:1", .raw = "{}"), RESULT_UNKNOWN);
    assert_int_equal(c->last.id, c->omar);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM input_kept WHERE source_id = 'i:1'"), 1);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM audit"), audit);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM ticket WHERE assignee_id IS NOT NULL"), 0);
    assert_int_equal(DO(c, .kind = COMMAND_CLAIM, AS("slack:T1/U2"), .ticket_id = 1,
                        .source_id = "i:1", .raw = "{}"), RESULT_OK);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM input_kept"), 0);
    /* An account that is nobody's has no technician's id; what people say elsewhere is theirs. */
    assert_int_equal(DO(c, .kind = COMMAND_CLAIM, AS("slack:T1/U7"), .ticket_id = 1, .unchecked = true,
                        .source_id = "i:2", .raw = "{}"), RESULT_UNKNOWN);
    assert_int_equal(c->last.id, 0);
    assert_int_equal(DO(c, .kind = COMMAND_NOTE, AS("slack:T1/U2"), .unchecked = true, .text = "Lunch?",
                        .place = "slack:C0", .thread = "elsewhere", .remote = "9.1",
                        .source_id = "m:9", .raw = "{}"), RESULT_NOT_FOUND);
    chat_close(c);
}

static void what_was_heard_is_heard_once(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    int64_t audit = COUNT(c, "SELECT count(*) FROM audit");
    for (int i = 0; i < 3; i++)
        assert_int_equal(DO(c, .kind = COMMAND_HEARD, .actor = ACTOR_SYSTEM, .source = "slack",
                            .source_id = "E1"), i ? RESULT_REPEATED : RESULT_OK);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM done WHERE source = 'slack'"), 1);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM audit"), audit);
    chat_close(c);
}

/* ---- alerts ---- */

static void alerts_that_wait_go_out_together(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    for (int i = 0; i < 3; i++)
        says(c, 0, NULL, "help");
    forget(c);
    c->stuck = true;
    DO(c, .kind = COMMAND_TRANSFER, BY(c->sara), .ticket_id = 1, .team_id = c->night);
    DO(c, .kind = COMMAND_TRANSFER, BY(c->sara), .ticket_id = 2, .team_id = c->night);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE kind = 2"), 1);
    DO(c, .kind = COMMAND_NOT_DELIVERED, .text = "no",
       .number = COUNT(c, "SELECT id FROM outbox WHERE kind = 2"));
    db_run(c->db, "UPDATE outbox SET attempts = 1 WHERE kind = 2", "");
    DO(c, .kind = COMMAND_TRANSFER, BY(c->sara), .ticket_id = 3, .team_id = c->night);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE kind = 2"), 2);
    c->stuck = false;
    deliver_all(c);
    assert_non_null(strstr(lane_of(c, "slack:C0")->log, "alert 1 transfer1+transfer2\n"));
    assert_non_null(strstr(lane_of(c, "slack:C0")->log, "alert 3 transfer3\n"));
    chat_close(c);
}

static void an_alert_goes_to_who_has_the_ticket(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    DO(c, .kind = COMMAND_TRANSFER, BY(c->sara), .ticket_id = 1, .target_id = c->omar);
    at(c, "slack:T1/U2", "alert 1 transfer1\n");
    at(c, "slack:C0", "card 1\nline 1 transfer+status+handler+assignee\n");
    at(c, "teams:T0", "alert 1 transfer1\ncard 1\nline 1 transfer+status+handler+assignee\n");
    DO(c, .kind = COMMAND_TRANSFER, BY(c->omar), .ticket_id = 1, .target_id = c->omar);
    at(c, "slack:T1/U2", "");
    DO(c, .kind = COMMAND_TECHNICIAN_SAVE, BY_OPERATOR, .email = "omar@desk.example",
       .flag = false);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM technician WHERE NOT active"), 1);
    forget(c);
    DO(c, .kind = COMMAND_ESCALATE, BY(c->sara), .ticket_id = 1, .text = "The director waits.");
    at(c, "slack:T1/U2", "");    /* who works here no more is told nothing */
    assert_non_null(strstr(lane_of(c, "slack:C0")->log, "alert 1 escalate1"));
    chat_close(c);
}

static void a_list_of_alerts_is_told_once(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    route(c, "slack:C1", c->acme, 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(DO(c, .kind = COMMAND_TELL, .actor = ACTOR_SYSTEM, .source = "clock",
                            .source_id = "weekly:9", .category = "weekly", .number = 9,
                            .text = "[{\"kind\":\"weekly\",\"text\":\"x\",\"ticket\":0}]"),
                         i ? RESULT_REPEATED : RESULT_OK);
    at(c, "slack:C0", "alert 0 weekly0\n");
    nowhere_else(c);
    assert_int_equal(COUNT(c, "SELECT value FROM meta WHERE key = 'told_weekly'"), 9);
    assert_int_equal(DO(c, .kind = COMMAND_TELL, .actor = ACTOR_SYSTEM, .text = "{}"), RESULT_BAD);
    assert_int_equal(DO(c, .kind = COMMAND_TELL, .actor = ACTOR_SYSTEM, .text = NULL), RESULT_BAD);
    assert_int_equal(DO(c, .kind = COMMAND_TELL, .actor = ACTOR_SYSTEM, .text = "[]",
                        .category = "weekly", .number = 10), RESULT_OK);
    nowhere_else(c);
    assert_int_equal(COUNT(c, "SELECT value FROM meta WHERE key = 'told_weekly'"), 10);
    chat_close(c);
}

/* ---- places that come and go ---- */

static enum result lost(struct chat *c, const char *place, const char *thread)
{
    return DO(c, .kind = COMMAND_PLACE_LOST, .actor = ACTOR_SYSTEM, .source = "slack",
              .place = place, .thread = thread, .text = "Slack says channel_not_found.");
}

static void what_waits_for_a_lost_place_goes_elsewhere(void **state)
{
    (void)state;
    char conv[41];
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    route(c, "slack:C1", c->acme, 0);
    says(c, 0, NULL, "one");
    strcpy(conv, c->last.conv);
    says(c, 0, NULL, "shown and quiet");
    forget(c);
    c->stuck = true;
    says(c, 0, conv, "more");
    says(c, 0, NULL, "three");
    DO(c, .kind = COMMAND_CLAIM, BY(c->sara), .ticket_id = 1);
    int64_t newest = COUNT(c, "SELECT max(id) FROM outbox");
    assert_int_equal(lost(c, "slack:C1", NULL), RESULT_OK);
    assert_true(COUNT(c, "SELECT min(id) FROM outbox") > newest);
    c->stuck = false;
    at(c, "slack:C0", "card 1\nline 1 more\ncard 3\nline 3 three\n"
                      "line 1 status+handler+assignee\ncard 2\nalert 0 undelivered0\n");
    nowhere_else(c);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM route"), 1);
    assert_int_equal(COUNT(c, "SELECT sum(lost) FROM remote WHERE place = 'slack:C1'"), 2);
    says(c, 0, conv, "and on");
    at(c, "slack:C0", "line 1 and on\ncard 1\n");
    nowhere_else(c);
    /* It is back, and so are its cards: changed, not posted again. */
    db_run(c->db, "UPDATE remote SET remote_id = 'old' || ticket_id WHERE place = 'slack:C1'", "");
    route(c, "slack:C1", c->acme, 0);
    c->stuck = true;
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox o JOIN remote r ON r.ticket_id = o.ticket_id"
                              " AND r.place = o.place WHERE o.place = 'slack:C1' AND r.lost = 0"
                              " AND r.remote_id LIKE 'old%'"), 2);
    c->stuck = false;
    at(c, "slack:C1", "card 1\ncard 2\ncard 3\n");
    chat_close(c);
}

static void without_another_place_people_see_what_did_not_leave(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    route(c, "teams:T0", 0, 0);
    c->stuck = true;
    says(c, 0, NULL, "one");
    assert_int_equal(lost(c, "slack:C0", NULL), RESULT_OK);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE state = 3 AND place = 'slack:C0'"
                              " AND error LIKE 'Slack says%'"), 2);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE kind = 'undelivered'"), 2);
    c->stuck = false;
    at(c, "teams:T0", "card 1\nline 1 one\nalert 0 undelivered0\n");
    nowhere_else(c);
    /* Nobody misses it twice, nor a channel that never showed anything. */
    assert_int_equal(lost(c, "slack:C0", NULL), RESULT_OK);
    assert_int_equal(lost(c, "slack:C7", NULL), RESULT_OK);
    nowhere_else(c);
    /* A new route brings it there after all: nothing is left for people to do. */
    route(c, "slack:C5", 0, 0);
    at(c, "slack:C5", "card 1\nline 1 one\n");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox"), 0);
    nowhere_else(c);
    chat_close(c);
}

static void a_lost_card_comes_again_before_its_lines(void **state)
{
    (void)state;
    char conv[41];
    struct chat *c = chat_with_thread();
    says(c, 0, NULL, "another");
    forget(c);
    c->stuck = true;
    strcpy(conv, c->last.conv);
    DO(c, .kind = COMMAND_NOTE, BY(c->sara), .ticket_id = 1, .text = "n");
    DO(c, .kind = COMMAND_NOTE, BY(c->sara), .ticket_id = 2, .text = "other");
    DO(c, .kind = COMMAND_PRIORITY, BY(c->sara), .ticket_id = 1, .number = 1);
    DO(c, .kind = COMMAND_SUBJECT, BY(c->sara), .ticket_id = 1, .text = "New words");
    assert_int_equal(lost(c, "slack:C0", "m1"), RESULT_OK);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM remote WHERE place = 'slack:C0'"), 1);
    assert_int_equal(lost(c, "slack:C0", "m1"), RESULT_NOT_FOUND);
    c->stuck = false;
    at(c, "slack:C0", "card 1\ncard 2\nline 2 note\nline 1 note\nline 1 priority\nline 1 subject\n");
    at(c, "teams:T0", "card 1\nline 1 note\ncard 2\nline 2 note\nline 1 priority\nline 1 subject\n");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM remote WHERE place = 'slack:C0'"), 2);
    chat_close(c);
}

static void a_new_place_begins_with_what_is_open(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    says(c, 0, NULL, "one");
    says(c, 1, NULL, "two");
    says(c, 0, NULL, "three");
    DO(c, .kind = COMMAND_CLOSE, BY(c->sara), .ticket_id = 3);
    nowhere_else(c);
    route(c, "slack:C0", 0, 0);
    assert_int_equal(c->last.ticket_id, 0);
    at(c, "slack:C0", "card 1\ncard 2\n");
    route(c, "slack:C1", c->globex, 0);
    at(c, "slack:C1", "card 2\n");
    route(c, "slack:C1", c->globex, 0);
    nowhere_else(c);
    assert_int_equal(DO(c, .kind = COMMAND_ROUTE, .actor = ACTOR_SYSTEM, .place = "slack:C9",
                        .number = 1), RESULT_REFUSED);
    assert_int_equal(DO(c, .kind = COMMAND_ROUTE, .actor = ACTOR_SYSTEM, .place = "teams:T9",
                        .number = 1), RESULT_OK);
    at(c, "teams:T9", "card 1\ncard 2\n");
    assert_int_equal(DO(c, .kind = COMMAND_ROUTE, BY_OPERATOR, .place = "nonsense"), RESULT_BAD);
    assert_int_equal(DO(c, .kind = COMMAND_ROUTE, BY_OPERATOR, .place = "slack:C1",
                        .client_id = 99), RESULT_NOT_FOUND);
    assert_int_equal(DO(c, .kind = COMMAND_ROUTE, BY_OPERATOR, .place = "slack:C1",
                        .team_id = 99), RESULT_NOT_FOUND);
    route(c, "slack:", c->globex, 0);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM route"), 2);
    chat_close(c);
}

/* ---- what could not be delivered ---- */

static void a_dead_letter_is_told_elsewhere_and_ends_there(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    c->stuck = true;
    DO(c, .kind = COMMAND_PRIORITY, BY(c->sara), .ticket_id = 1, .number = 1);
    int64_t card = COUNT(c, "SELECT id FROM outbox WHERE kind = 0 AND place = 'slack:C0'");
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = card, .flag = true,
       .text = "Slack says no.");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE kind = 2"), 1);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE kind = 2 AND place = 'teams:T0'"), 1);
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .flag = true, .text = "no",
       .number = COUNT(c, "SELECT id FROM outbox WHERE kind = 2"));
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE kind = 2 AND state < 3"), 0);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE state = 3"), 2);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM event WHERE kind = 'undelivered'"), 2);
    chat_close(c);
}

static void lines_wait_for_people_with_their_card(void **state)
{
    (void)state;
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    c->stuck = true;
    says(c, 0, NULL, "one");
    says(c, 0, NULL, "two");
    int64_t card = COUNT(c, "SELECT id FROM outbox WHERE kind = 0 AND ticket_id = 1");
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = card, .flag = true,
       .text = "Slack says no.");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE state = 3 AND ticket_id = 1"), 2);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox WHERE state = 3 AND ticket_id = 2"), 0);
    DO(c, .kind = COMMAND_RETRY_EFFECT, BY(c->sara), .number = card + 1);
    c->stuck = false;
    at(c, "slack:C0", "card 2\nline 2 two\ncard 1\nline 1 one\n");
    DO(c, .kind = COMMAND_RETRY_EFFECT, BY(c->sara), .number = card);
    at(c, "slack:C0", "card 1\n");
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox"), 0);
    chat_close(c);
}

#define UNCLEAR(c) COUNT(c, "SELECT state * 10 + unclear FROM outbox WHERE kind = 1"              \
                            " AND place = 'slack:C0'")

static void what_may_have_arrived_is_looked_for_until_it_is_delivered(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    c->stuck = true;
    DO(c, .kind = COMMAND_NOTE, BY(c->sara), .ticket_id = 1, .text = "n");
    int64_t line = COUNT(c, "SELECT id FROM outbox WHERE kind = 1 AND place = 'slack:C0'");
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = line, .text = "429");
    assert_int_equal(UNCLEAR(c), OUTBOX_READY * 10);
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = line, .text = "502",
       .target_id = 1);
    assert_int_equal(UNCLEAR(c), OUTBOX_UNCLEAR * 10 + 1);
    store_effect_state(c->db, line, OUTBOX_SENDING, 2, c->now_ms, NULL);
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = line, .text = "429");
    assert_int_equal(UNCLEAR(c), OUTBOX_UNCLEAR * 10 + 1);
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = line, .text = "gone",
       .flag = true);
    DO(c, .kind = COMMAND_RETRY_EFFECT, BY(c->sara), .number = line);
    assert_int_equal(c->last.result, RESULT_OK);
    assert_int_equal(UNCLEAR(c) % 10, 1);
    c->stuck = false;
    deliver_all(c);
    assert_int_equal(COUNT(c, "SELECT count(*) FROM outbox"), 0);
    chat_close(c);
}

#define TRIES(c) COUNT(c, "SELECT state * 100 + attempts FROM outbox WHERE kind = 1"              \
                          " AND place = 'slack:C0'")

static void what_stands_in_the_way_of_everything_costs_no_tries(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    c->stuck = true;
    DO(c, .kind = COMMAND_NOTE, BY(c->sara), .ticket_id = 1, .text = "n");
    int64_t line = COUNT(c, "SELECT id FROM outbox WHERE kind = 1 AND place = 'slack:C0'");
    for (int i = 0; i < 100; i++) {
        store_effect_state(c->db, line, OUTBOX_SENDING, 1, c->now_ms, NULL);
        c->now_ms += INT64_C(3600000);
        DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = line,
           .category = "token", .text = "token_revoked");
        assert_int_equal(TRIES(c), OUTBOX_READY * 100);
    }
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = line, .text = "no");
    assert_int_equal(TRIES(c) / 100, OUTBOX_DEAD);    /* it is older than a day by now */
    chat_close(c);
}

/* What a channel shows next while its other effects wait: "card 2", "line 1 text", or nothing. */
static void next_at_c0(struct chat *c, const char *expected)
{
    struct outbox_row rows[16];
    struct arena a = { 0 };
    char found[80] = "";
    int64_t next;
    size_t n = store_effects_due(c->db, c->now_ms, 16, &a, rows, &next);
    for (size_t i = 0; i < n; i++)
        if (!strcmp(rows[i].place, "slack:C0"))
            snprintf(found, sizeof found, "%s %lld", effect_kind_code(rows[i].kind),
                     (long long)rows[i].ticket_id);
    arena_clear(&a);
    assert_string_equal(found, expected);
}

static int64_t card_at_c0(struct chat *c, int64_t ticket_id)
{
    return db_int(c->db, 0, "SELECT id FROM outbox WHERE kind = 0 AND place = 'slack:C0'"
                            " AND ticket_id = ?1", "i", ticket_id);
}

static void waits(struct chat *c, int64_t ticket_id, const char *why, int64_t unclear)
{
    store_effect_state(c->db, card_at_c0(c, ticket_id), OUTBOX_SENDING, 1, c->now_ms + 60000, NULL);
    next_at_c0(c, "");
    DO(c, .kind = COMMAND_NOT_DELIVERED, .source = "slack", .number = card_at_c0(c, ticket_id),
       .category = why, .target_id = unclear, .until_ms = c->now_ms + 1500, .text = "wait");
}

static struct chat *chat_with_three_changed(void)
{
    struct chat *c = chat_open();
    route(c, "slack:C0", 0, 0);
    for (int i = 0; i < 3; i++)
        says(c, 0, NULL, "help");
    forget(c);
    c->stuck = true;
    for (int i = 1; i <= 3; i++)
        DO(c, .kind = COMMAND_PRIORITY, BY(c->sara), .ticket_id = i, .number = 1);
    next_at_c0(c, "card 1");
    return c;
}

static void a_card_that_waits_for_its_pace_is_passed(void **state)
{
    (void)state;
    struct chat *c = chat_with_three_changed();
    waits(c, 1, "pace", 0);
    next_at_c0(c, "line 1");     /* its card is there: the thread goes on */
    c->now_ms += 1498;
    next_at_c0(c, "line 1");
    c->now_ms += 1;
    next_at_c0(c, "card 1");
    assert_int_equal(COUNT(c, "SELECT attempts FROM outbox WHERE id = (SELECT min(id) FROM outbox"
                              " WHERE place = 'slack:C0')"), 0);
    c->stuck = false;
    at(c, "slack:C0", "card 1\nline 1 priority\ncard 2\nline 2 priority\ncard 3\n"
                      "line 3 priority\n");
    chat_close(c);
}

static void an_unclear_post_holds_up_its_own_ticket_only(void **state)
{
    (void)state;
    struct chat *c = chat_with_three_changed();
    waits(c, 1, NULL, 1);
    next_at_c0(c, "card 2");
    waits(c, 2, NULL, 1);
    next_at_c0(c, "");           /* two of them: it is the place, not the post */
    c->now_ms += 1500;
    next_at_c0(c, "card 1");
    chat_close(c);
}

static void a_frozen_card_is_left_alone_and_its_thread_goes_on(void **state)
{
    (void)state;
    struct chat *c = chat_with_thread();
    c->stuck = true;
    DO(c, .kind = COMMAND_PRIORITY, BY(c->sara), .ticket_id = 1, .number = 1);
    DO(c, .kind = COMMAND_DELIVERED, .source = "slack", .number = card_at_c0(c, 1), .target_id = 1,
       .name = "m1", .flag = true);
    c->stuck = false;
    at(c, "slack:C0", "line 1 priority\nline 1 warning\n");
    DO(c, .kind = COMMAND_PRIORITY, BY(c->sara), .ticket_id = 1, .number = 2);
    at(c, "slack:C0", "line 1 priority\n");
    at(c, "teams:T0", "card 1\nline 1 priority\ncard 1\nline 1 priority\n");
    chat_close(c);
}

static void an_unclear_line_does_not_keep_the_card_old(void **state)
{
    (void)state;
    struct chat *c = chat_with_three_changed();
    db_run(c->db, "DELETE FROM outbox WHERE ticket_id > 1 OR kind = 0", "");
    DO(c, .kind = COMMAND_PRIORITY, BY(c->sara), .ticket_id = 1, .number = 2);
    db_run(c->db, "UPDATE outbox SET state = 2, due_ms = ?1 WHERE id = (SELECT min(id) FROM outbox"
                  " WHERE kind = 1 AND place = 'slack:C0')", "i", c->now_ms + 1000);
    next_at_c0(c, "card 1");     /* it stands there: changing it harms no order */
    db_run(c->db, "DELETE FROM remote WHERE ticket_id = 1", "");
    next_at_c0(c, "");
    chat_close(c);
}

static void trouble_of_the_place_holds_up_all(void **state)
{
    (void)state;
    struct chat *c = chat_with_three_changed();
    waits(c, 1, "token", 0);
    next_at_c0(c, "");
    waits(c, 1, NULL, 0);
    next_at_c0(c, "");
    c->now_ms += 60000;
    next_at_c0(c, "card 1");
    chat_close(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_change_counts_in_whatever_order_they_come),
        cmocka_unit_test(a_change_may_come_before_its_message),
        cmocka_unit_test(a_card_that_waits_for_its_pace_is_passed),
        cmocka_unit_test(an_unclear_post_holds_up_its_own_ticket_only),
        cmocka_unit_test(an_unclear_line_does_not_keep_the_card_old),
        cmocka_unit_test(a_frozen_card_is_left_alone_and_its_thread_goes_on),
        cmocka_unit_test(trouble_of_the_place_holds_up_all),
        cmocka_unit_test(a_team_goes_before_a_client_before_all),
        cmocka_unit_test(a_moved_ticket_talks_in_its_new_place),
        cmocka_unit_test(one_line_tells_all_that_a_command_changed),
        cmocka_unit_test(a_surface_that_is_off_keeps_its_cards),
        cmocka_unit_test(what_is_typed_in_a_thread_stands_there_already),
        cmocka_unit_test(only_the_writer_edits_and_deletes),
        cmocka_unit_test(a_note_goes_to_the_customer_once),
        cmocka_unit_test(an_unknown_persons_input_waits_until_they_are_known),
        cmocka_unit_test(a_digest_is_the_one_of_the_first_version),
        cmocka_unit_test(who_an_account_is),
        cmocka_unit_test(whom_nobody_vouches_for_waits),
        cmocka_unit_test(what_was_heard_is_heard_once),
        cmocka_unit_test(alerts_that_wait_go_out_together),
        cmocka_unit_test(an_alert_goes_to_who_has_the_ticket),
        cmocka_unit_test(a_list_of_alerts_is_told_once),
        cmocka_unit_test(what_waits_for_a_lost_place_goes_elsewhere),
        cmocka_unit_test(without_another_place_people_see_what_did_not_leave),
        cmocka_unit_test(a_lost_card_comes_again_before_its_lines),
        cmocka_unit_test(a_new_place_begins_with_what_is_open),
        cmocka_unit_test(a_dead_letter_is_told_elsewhere_and_ends_there),
        cmocka_unit_test(lines_wait_for_people_with_their_card),
        cmocka_unit_test(what_may_have_arrived_is_looked_for_until_it_is_delivered),
        cmocka_unit_test(what_stands_in_the_way_of_everything_costs_no_tries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
