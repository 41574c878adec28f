/* Golden files of the cards for Teams, and rules that hold for every card. With
 * DESKHAND_GOLDEN=write the files in tests/golden are written anew; read their diff before you
 * commit it. tests/golden/teams_cards.mjs draws the same files with the official renderer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cards/teams.h"
#include "tests/golden/teams_walk.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define NONCE "n0nce"

enum { SARA = 1, OMAR = 2 };

static const int64_t nine_ms = 1772442000000;   /* 2026-03-02 09:00 UTC */
static const int64_t minute_ms = 60000;

/* Everything that section after section of a careless client could take for more than text. */
#define HOSTILE PEOPLE "<at>Sara</at> <<at>at>x</</at>at> " \
    "[x](https://evil) ![p](https://evil/p.png) " \
    "**b** _i_ `c` ${$root.secret} {{DATE(2026-01-01T00:00:00Z,LONG)}} {{x}} \\u0041 " \
    "<script>alert(1)</script> \x01\x1b[31m\x7f \xe2\x80\xae" "desrever\xe2\x80\xac " \
    "\xe2\x81\xa6iso\xe2\x81\xa9 z\xe2\x80\x8bw\xe2\x80\x8dj\xef\xbb\xbf \"q\" 1,2\r\n" \
    "Ticket #1 \xc2\xb7 Closed\n\n\n\n\n- list\n# head"
#define RIGHT_TO_LEFT PEOPLE \
    " \xd7\x94\xd7\x9e\xd7\x93\xd7\xa4\xd7\xa1\xd7\xaa \xd7\x9c\xd7\x90 " \
    "\xd7\xa2\xd7\x95\xd7\x91\xd7\x93\xd7\xaa " \
    "(\xd8\xa7\xd9\x84\xd8\xb7\xd8\xa7\xd8\xa8\xd8\xb9\xd8\xa9)"

static struct entry lines[] = {
    { .seq = 1, .ts_ms = 1772442000000, .kind = ENTRY_MSG, .author = AUTHOR_CONTACT,
      .text = PEOPLE "My printer is offline.\nIt worked yesterday." },
    { .seq = 2, .ts_ms = 1772442001000, .kind = ENTRY_MSG, .author = AUTHOR_ASSISTANT,
      .text = PEOPLE "Is its network cable plugged in?" },
};

static struct ticket_view printer(void)
{
    return (struct ticket_view){
        .id = 42, .version = 7, .conv = "c1", .client_id = 1, .contact_id = 5,
        .client_name = PEOPLE "Acme", .client_key = "acme", .contact_name = PEOPLE "Ana",
        .contact_email = PEOPLE "ana@acme.example", .source = "messenger", .status = TICKET_OPEN,
        .handler = HANDLER_NONE, .priority = 3, .subject = PEOPLE "Printer offline",
        .sentiment = 50, .lang = "en", .created_ms = nine_ms, .lines = lines,
        .line_count = COUNT(lines),
    };
}

/* n copies of one piece; the caller frees it. */
static char *many(const char *piece, size_t n)
{
    size_t len = strlen(piece);
    char *text = malloc(len * n + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(text + i * len, piece, len);
    text[len * n] = '\0';
    return text;
}

/* ---- golden files ---- */

static void compare_with_golden(const char *name, const struct buf *made)
{
    const char *dir = getenv("DESKHAND_GOLDEN_DIR"), *mode = getenv("DESKHAND_GOLDEN");
    char path[300], *kept = malloc(made->max + 1);
    snprintf(path, sizeof path, "%s/teams_%s.json", dir ? dir : "tests/golden", name);
    if (mode && !strcmp(mode, "write")) {
        FILE *out = fopen(path, "wb");
        assert_non_null(out);
        assert_int_equal(fwrite(made->data, 1, made->len, out), made->len);
        assert_int_equal(fclose(out), 0);
    }
    FILE *in = fopen(path, "rb");
    if (!in)
        fail_msg("%s is missing: run the test with DESKHAND_GOLDEN=write and read the diff", path);
    size_t len = fread(kept, 1, made->max, in);
    fclose(in);
    if (len != made->len || memcmp(kept, made->data, len) != 0)
        fail_msg("%s differs; now it is:\n%s", path, made->data);
    free(kept);
}

/* Walks what was drawn, compares it with its file if it has a name there, empties the buffer. */
static struct walk done(struct buf *b, int result, const char *name, bool golden)
{
    struct walk w = { .name = name };
    w.dialog = !strncmp(name, "dialog", 6) || !strncmp(name, "more", 4);
    if (result)
        fail_msg("%s was not drawn", name);
    walk_card(&w, b->data, b->len);
    buf_char(b, '\n');
    if (golden)
        compare_with_golden(name, b);
    buf_reset(b);
    return w;
}

struct desk {                      /* what a test draws with */
    struct arena arena;
    struct buf out;
};

static struct desk desk(void)
{
    struct desk d = { 0 };
    buf_init(&d.out, 64 * 1024);
    return d;
}

static void desk_clear(struct desk *d)
{
    buf_clear(&d->out);
    arena_clear(&d->arena);
}

static struct card *card_of(struct desk *d, const struct ticket_view *v, int64_t viewer)
{
    struct card *card = arena_alloc(&d->arena, sizeof *card);
    card_make(v, &(struct card_viewer){ .technician_id = viewer }, nine_ms, &d->arena, card);
    return card;
}

/* ---- the card of a ticket ---- */

static void every_status_has_its_card(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct ticket_view v = printer();
    v.handler = HANDLER_AI;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_open_assistant", true);

    v = printer();
    v.reason = "rounds", v.draft_id = 9, v.draft = PEOPLE "Please switch it off and on again.";
    v.summary = PEOPLE "Printer offline since this morning. Cable checked; it did not help.";
    v.why = "two answers were rejected";
    v.team_id = 3, v.team = PEOPLE "Field service", v.priority = 2;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_open_handoff", true);
    v.alert = true, v.sentiment = 12, v.undelivered = 1, v.other_open = 2, v.needs_review = true;
    v.client_vip = true, v.contact_verified = true, v.priority = 1, v.reason = "panic";
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_warnings", true);

    v = printer();
    v.status = TICKET_IN_PROGRESS, v.handler = HANDLER_HUMAN;
    v.assignee_id = SARA, v.assignee = PEOPLE "Sara";
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_claimed", true);
    done(&d.out, teams_card(card_of(&d, &v, OMAR), NONCE, PEOPLE "Sara claimed #42 at 09:01.",
                            &d.out), "card_refused", true);

    v.status = TICKET_WAITING_CUSTOMER, v.waiting_since_ms = nine_ms, v.reminders = 2;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_waiting", true);
    v.status = TICKET_ON_HOLD, v.snoozed_until_ms = nine_ms + 24 * 60 * minute_ms;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_on_hold", true);
    v = printer();
    v.status = TICKET_AWAITING_CLOSE, v.handler = HANDLER_HUMAN, v.reminders = 5;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_decide", true);
    v.status = TICKET_RESOLVED, v.outcome = OUTCOME_RESOLVED_AI, v.handler = HANDLER_NONE;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_resolved", true);
    v.status = TICKET_CLOSED, v.outcome = OUTCOME_NO_RESPONSE, v.close_reason = "Five reminders";
    done(&d.out, teams_card(card_of(&d, &v, 0), NULL, NULL, &d.out), "card_closed", true);
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, "It is closed.", &d.out),
         "card_closed_refused", true);
    desk_clear(&d);
}

static void hostile_and_endless_texts_stay_text(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct ticket_view v = printer();
    struct entry said = { .kind = ENTRY_MSG, .author = AUTHOR_CONTACT, .text = HOSTILE };
    v.lines = &said, v.line_count = 1;
    v.contact_name = v.contact_email = v.subject = v.summary = v.client_name = v.team = HOSTILE;
    v.tags[0] = v.category = v.type = v.draft = v.assignee = HOSTILE;
    v.tag_count = 1, v.assignee_id = SARA, v.team_id = 3, v.draft_id = 9;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, HOSTILE, &d.out), "card_hostile", true);
    done(&d.out, teams_more(card_of(&d, &v, 0), NONCE, true, &d.out), "more_hostile", true);
    v.status = TICKET_CLOSED, v.outcome = OUTCOME_INVALID, v.close_reason = HOSTILE;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_closed_hostile", true);

    v = printer();
    said.text = v.subject = v.contact_name = v.summary = RIGHT_TO_LEFT;
    v.lines = &said, v.line_count = 1;
    done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, NULL, &d.out), "card_rtl", true);

    char *endless[] = { many("\xf0\x9f\x94\xa5", 5000), many("W", 9000), many("x\n", 4000),
                        many("\"\\", 4000), many("N\xc3\xa4 ", 4000) };
    static const char *const names[] = { "card_emoji", "card_wide", "card_lines", "card_quotes",
                                         "card_long" };
    for (size_t i = 0; i < COUNT(endless); i++) {
        v.subject = v.contact_name = v.contact_email = v.summary = v.draft = endless[i];
        v.client_name = v.category = v.team = said.text = endless[i], v.draft_id = 9;
        done(&d.out, teams_card(card_of(&d, &v, 0), NONCE, endless[i], &d.out), names[i], i < 3);
        free(endless[i]);
    }
    desk_clear(&d);
}

/* Hand-filled, so that no text was cleaned before: the renderer alone must see to all of it. */
static void a_card_that_nobody_cleaned(void **unused)
{
    (void)unused;
    struct desk d = desk();
    char *texts[] = { many(HOSTILE, 60), many("\xf0\x9f\x94\xa5", 5000), many("\"\\\n", 9000) };
    for (size_t t = 0; t < COUNT(texts); t++) {
        struct card c = {
            .ticket_id = INT64_MAX, .version = INT64_MAX, .title = texts[t], .status = "Open",
            .priority = "P1 Critical", .sentiment = "Sentiment 5 of 100, angry",
            .owner = texts[t], .came = "It goes straight to people.", .tried = texts[t],
            .proposed = texts[t], .warning = texts[t], .fact_count = CARD_FACTS_MAX,
            .line_count = CARD_LINES_MAX, .button_count = CARD_ACTIONS, .front_count = 6,
        };
        for (size_t i = 0; i < CARD_FACTS_MAX; i++)
            c.facts[i] = (struct card_fact){ "Requester", texts[t], 0 };
        for (size_t i = 0; i < CARD_LINES_MAX; i++)
            c.lines[i] = (struct card_line){ texts[t], texts[t], nine_ms,
                                             i ? AUTHOR_TECHNICIAN : AUTHOR_CONTACT };
        for (size_t i = 0; i < CARD_ACTIONS; i++)
            c.buttons[i] = (struct card_button){ (enum card_action)i, "Do it", NULL, false, false };
        done(&d.out, teams_card(&c, NONCE, texts[t], &d.out), "card", false);
        struct walk w = done(&d.out, teams_more(&c, NONCE, true, &d.out), "more", false);
        assert_int_equal(w.actions, CARD_ACTIONS);
        free(texts[t]);
    }
    desk_clear(&d);
}

/* Whatever state a ticket is in: each of its actions is either on the card or behind "More
 * actions", none is lost and none twice. */
static void no_action_is_lost(void **unused)
{
    (void)unused;
    for (unsigned bits = 0; bits < TICKET_STATUSES * 64u; bits++) {
        struct desk d = desk();
        struct ticket_view v = printer();
        v.status = (enum ticket_status)(bits / 64);
        v.handler = bits & 1 ? HANDLER_AI : HANDLER_HUMAN;
        v.assignee_id = bits & 2 ? SARA : 0;
        v.draft_id = bits & 4 ? 9 : 0;
        v.needs_review = bits & 8;
        v.snoozed_until_ms = bits & 16 ? nine_ms + minute_ms : 0;
        struct card *card = card_of(&d, &v, bits & 32 ? SARA : 0);
        unsigned wanted = 0;
        for (size_t i = 0; i < card->button_count; i++)
            wanted |= 1u << card->buttons[i].action;
        struct walk front = done(&d.out, teams_card(card, NONCE, NULL, &d.out), "card", false);
        struct walk rest = done(&d.out, teams_more(card, NONCE, false, &d.out), "more", false);
        struct walk all = done(&d.out, teams_more(card, NONCE, true, &d.out), "more", false);
        assert_int_equal(front.seen | rest.seen, wanted);
        assert_int_equal(front.seen & rest.seen, 0);
        assert_int_equal(all.seen, wanted);
        desk_clear(&d);
    }
}

/* ---- dialogs ---- */

static const struct technician_view people[] = {
    { 1, "Sara Berg", "sara@desk.example", ROLE_LEAD, true },
    { 2, PEOPLE "[Omar](https://evil), <at>x</at>", "omar@desk.example", ROLE_TECHNICIAN, true },
};
static const struct team_view teams[] = { { 3, "Field service" } };
static const struct dialog_facts facts = { .technicians = people, .technician_count = COUNT(people),
                                           .teams = teams, .team_count = COUNT(teams),
                                           .viewer_id = SARA, .now_ms = 1772442000000 };

static void every_question_has_its_dialog(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct ticket_view v = printer();
    v.draft_id = 9, v.draft = PEOPLE "Please switch it\noff and on again.";
    v.status = TICKET_IN_PROGRESS, v.handler = HANDLER_HUMAN, v.assignee_id = SARA;
    v.tags[0] = PEOPLE "parts", v.tag_count = 1, v.category = PEOPLE "Hardware";
    for (int i = 0; i < CARD_ACTIONS; i++) {
        struct dialog q;
        char name[60];
        if (!dialog_make((enum card_action)i, &v, &facts, &d.arena, &q))
            continue;
        snprintf(name, sizeof name, "dialog_%s", card_action_code((enum card_action)i));
        struct walk w = done(&d.out, teams_dialog(&q, NONCE, NULL, &d.out), name, true);
        assert_int_equal(w.seen, 1u << i);
        if (i == CARD_REPLY)
            done(&d.out, teams_dialog(&q, NONCE, "Please write something.", &d.out),
                 "dialog_reply_refused", true);
    }
    struct card *card = card_of(&d, &v, SARA);
    done(&d.out, teams_more(card, NONCE, false, &d.out), "more", true);
    done(&d.out, teams_more(card, NONCE, true, &d.out), "more_all", true);
    desk_clear(&d);
}

static void a_ticket_by_hand(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct client_view clients[DIALOG_CHOICES_MAX];
    char *long_name = many("\xf0\x9f\x94\xa5", 500), *text = many("\"\n\xf0\x9f\x94\xa5", 9000);
    struct dialog q;
    for (size_t i = 0; i < COUNT(clients); i++)
        clients[i] = (struct client_view){ .id = (int64_t)i, .key = "acme", .active = true,
                                           .name = long_name };
    struct dialog_new begin = { .clients = clients, .client_count = COUNT(clients),
                                .client_key = "acme", .email = text, .name = text, .text = text,
                                .warning = text };
    dialog_make_new(&begin, &d.arena, &q);
    done(&d.out, teams_dialog(&q, NONCE, text, &d.out), "dialog", false);
    begin = (struct dialog_new){ .clients = clients, .client_count = 1, .text = HOSTILE,
                                 .name = HOSTILE, .warning = HOSTILE };
    clients[0].name = "Acme";
    dialog_make_new(&begin, &d.arena, &q);
    done(&d.out, teams_dialog(&q, NONCE, NULL, &d.out), "dialog_new_ticket", true);
    begin.client_count = 0;
    dialog_make_new(&begin, &d.arena, &q);
    struct walk w = done(&d.out, teams_dialog(&q, NONCE, NULL, &d.out), "dialog_no_client", true);
    assert_int_equal(w.actions, 0);
    free(long_name), free(text);
    desk_clear(&d);
}

/* ---- lines, alerts, lists, sentences ---- */

static void every_kind_of_line(void **unused)
{
    (void)unused;
    static const struct { const char *name; struct thread_line line; } rows[] = {
        { "line_customer", { .kind = THREAD_CUSTOMER, .who = PEOPLE "Ana",
                             .label = "Customer wrote", .text = HOSTILE } },
        { "line_assistant", { .kind = THREAD_ASSISTANT, .who = "The assistant",
                              .label = "The assistant answered the customer",
                              .text = PEOPLE "Is it on?" } },
        { "line_reply", { .kind = THREAD_REPLY, .who = PEOPLE "Sara",
                          .label = "Reply to the customer", .text = PEOPLE "I look." } },
        { "line_note", { .kind = THREAD_NOTE, .who = PEOPLE "Sara", .label = "Internal note",
                         .text = PEOPLE "Third time.", .event_id = 12 } },
        { "line_change_note", { .kind = THREAD_NOTE, .who = PEOPLE "Sara",
                                .label = PEOPLE "Sara resolved it. Internal note: what solved it",
                                .text = PEOPLE "The cable." } },
        { "line_draft", { .kind = THREAD_DRAFT, .text = PEOPLE "Please switch it on.",
                          .label = "Draft of the assistant: the customer has not seen it" } },
        { "line_reminder", { .kind = THREAD_REMINDER, .text = PEOPLE "Are you there?",
                             .label = "Reminder sent to the customer" } },
        { "line_change", { .kind = THREAD_CHANGE, .who = PEOPLE "Sara",
                           .text = PEOPLE "Sara claimed it. In progress." } },
    };
    struct desk d = desk();
    for (size_t i = 0; i < COUNT(rows); i++)
        done(&d.out, teams_line(&rows[i].line, &d.out), rows[i].name, true);
    assert_int_equal(teams_line(&(struct thread_line){ .kind = THREAD_NOTHING }, &d.out), 0);
    assert_int_equal(d.out.len, 0);
    char *emoji = many("\xf0\x9f\x94\xa5", 5000);
    struct thread_line longest = { .kind = THREAD_CUSTOMER, .who = emoji, .label = emoji,
                                   .text = emoji };
    done(&d.out, teams_line(&longest, &d.out), "line_long", true);
    free(emoji);
    desk_clear(&d);
}

static void alerts_go_out_together(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct alert_view alerts[60];
    char *text = many(HOSTILE, 20);
    for (size_t i = 0; i < COUNT(alerts); i++)
        alerts[i] = (struct alert_view){ "sentiment", text, INT64_MAX - (int64_t)i, NULL };
    done(&d.out, teams_alerts(alerts, COUNT(alerts), NONCE, &d.out), "alerts_many", true);
    alerts[0] = (struct alert_view){ "panic", "#42 sounds like an emergency.", 42, NULL };
    done(&d.out, teams_alerts(alerts, 1, NONCE, &d.out), "alerts_one", true);
    alerts[1] = (struct alert_view){ "weekly", "3 tickets wait since a week.", 0, "stale" };
    alerts[2] = (struct alert_view){ "undelivered", HOSTILE, 0, NULL };
    done(&d.out, teams_alerts(alerts, 3, NONCE, &d.out), "alerts_mixed", true);
    free(text);
    desk_clear(&d);
}

static void lists_of_tickets(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct listing l = { .title = "My tickets", .summary = "You have 2 open tickets.",
                         .empty = "You have no ticket. Write next to get one.",
                         .has_new_button = true };
    done(&d.out, teams_listing(&l, NONCE, false, &d.out), "list_empty", true);
    l.rows[0] = (struct listing_row){ 42, "#42 " PEOPLE "Printer offline", PEOPLE "P2 High, Ana",
                                      PEOPLE "It worked yesterday.", true, NULL };
    l.rows[1] = (struct listing_row){ 43, "#43 " HOSTILE, HOSTILE, HOSTILE, false, "https://d/43" };
    l.row_count = 2, l.older = "o1", l.newer = "n1", l.filter_count = 2;
    l.filters[0] = (struct listing_filter){ "mine", "My tickets", 2, true };
    l.filters[1] = (struct listing_filter){ "all", "All live tickets", -1, false };
    struct walk w = done(&d.out, teams_listing(&l, NONCE, false, &d.out), "list_mine", true);
    assert_int_equal(w.actions, 6);
    w = done(&d.out, teams_listing(&l, NONCE, true, &d.out), "dialog_list", true);
    assert_int_equal(w.actions, 6);
    char *text = many("\"\xf0\x9f\x94\xa5\\", 3000);
    for (size_t i = 0; i < LISTING_ROWS_MAX; i++)
        l.rows[i] = (struct listing_row){ 12345678, text, text, text, true, text };
    l.row_count = LISTING_ROWS_MAX, l.title = l.summary = text;
    w = done(&d.out, teams_listing(&l, NONCE, false, &d.out), "list_long", true);
    assert_int_equal(w.actions, LISTING_ROWS_MAX + 4);
    free(text);
    desk_clear(&d);
}

static void sentences_of_the_desk(void **unused)
{
    (void)unused;
    struct desk d = desk();
    done(&d.out, teams_help(NONCE, &d.out), "help", true);
    done(&d.out, teams_notice("Not linked", HOSTILE, &d.out), "notice", true);
    done(&d.out, teams_notice(NULL, "Who are you?", &d.out), "notice_plain", true);
    done(&d.out, teams_private("Kept as an internal note.", 42, 7, 12, NONCE, &d.out),
         "offer", true);
    struct walk w = done(&d.out, teams_private("Done.", 42, 7, 0, NONCE, &d.out), "private", true);
    assert_int_equal(w.actions, 0);
    desk_clear(&d);
}

static void toasts_say_nothing_of_people(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct ticket_view v = printer();
    struct entry said = { .kind = ENTRY_MSG, .author = AUTHOR_CONTACT, .text = PEOPLE };
    struct thread_line line;
    assert_int_equal(teams_summary_card(card_of(&d, &v, 0), &d.out), 0);
    assert_string_equal(d.out.data, "Ticket #42: Open, P3 Medium.");
    buf_reset(&d.out);
    assert_int_equal(teams_summary_post(card_of(&d, &v, 0), &d.out), 0);
    assert_string_equal(d.out.data, "New ticket #42, P3 Medium.");
    buf_reset(&d.out);
    v.status = TICKET_IN_PROGRESS;
    assert_int_equal(teams_summary_post(card_of(&d, &v, 0), &d.out), 0);
    assert_string_equal(d.out.data, "Ticket #42: In progress, P3 Medium.");
    buf_reset(&d.out);
    v.contact_name = PEOPLE;
    thread_line_make(&v, &said, NULL, 0, &d.arena, &line);
    assert_int_equal(teams_summary_line(&line, &d.out), 0);
    assert_string_equal(d.out.data, "Ticket #42: the customer wrote.");
    desk_clear(&d);
}

static void toasts_of_alerts_say_what_happened(void **unused)
{
    (void)unused;
    static const struct { const char *kind; int64_t ticket; size_t count; const char *toast; }
    rows[] = {
        { "sentiment", 42, 1, "Ticket #42: the customer is upset." },
        { "handoff", 42, 1, "Ticket #42: it needs a person." },
        { "human_asked", 42, 1, "Ticket #42: the customer asks for a person." },
        { "decide", 42, 2, "Ticket #42: no answer from the customer, please decide, and 1 more "
                           "alert." },
        { "awake", 42, 3, "Ticket #42: it is back from snooze, and 2 more alerts." },
        { "transfer", 42, 1, "Ticket #42: it was transferred." },
        { "escalate", 42, 1, "Ticket #42: it was escalated." },
        { "undelivered", 0, 1, "The desk: something could not be delivered." },
        { "weekly", 0, 4, "The desk: how the week was." },
        { "something new", 42, 1, "Ticket #42: please have a look." },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct desk d = desk();
        struct alert_view alerts[4];
        for (size_t k = 0; k < COUNT(alerts); k++)
            alerts[k] = (struct alert_view){ .kind = rows[i].kind, .text = PEOPLE,
                                              .ticket_id = rows[i].ticket };
        assert_int_equal(teams_summary_alerts(alerts, rows[i].count, &d.out), 0);
        assert_string_equal(d.out.data, rows[i].toast);
        desk_clear(&d);
    }
}

/* ---- cleaning ---- */

static void text_is_cleaned(void **unused)
{
    (void)unused;
    static const struct { const char *story, *in, *out; size_t points, lines; } rows[] = {
        { "ordinary text stays", "a b\nc", "a b\nc", 99, 9 },
        { "markup is only text", "[x](https://evil) ${y} *b*", "[x](https://evil) ${y} *b*",
          99, 9 },
        { "nobody is named", "<at>Sara</at>, <AT id='1'>x</ At>", "Sara, x</ At>", 99, 9 },
        { "nor out of pieces", "<<at>at>x<<</at>/at>/at>y", "xy", 99, 9 },
        { "nor across what is not seen", "<a\xe2\x80\x8bt>x", "x", 99, 9 },
        { "other signs stay", "1 < 2 > 0 <attic> a>b", "1 < 2 > 0 <attic> a>b", 99, 9 },
        { "a date is not filled in", "{{DATE(2026)}}{{ti\xe2\x80\x8bme(",
          "{{DATE (2026)}}{{time (", 99, 9 },
        { "nothing turns around", "\xe2\x80\xae" "a\xe2\x81\xa6" "b\xe2\x80\x8f" "c", "abc",
          99, 9 },
        { "nothing is hidden", "a\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf" "b\xf3\xa0\x81\x81", "ab",
          99, 9 },
        { "controls go", "a\x01\x1b[0m\x7f\xc2\x9b" "b\tc", "a[0mb c", 99, 9 },
        { "line feeds of all kinds", "a\r\nb\xe2\x80\xa8" "c\xc2\x85" "d", "a\nb\nc\nd", 99, 9 },
        { "empty lines are few", "\n\na\n\n\n\nb\n\n", "a\n\nb", 99, 9 },
        { "points are counted", "\xc3\xa4\xc3\xb6\xc3\xbc!", "\xc3\xa4\xc3\xb6\xe2\x80\xa6", 2, 9 },
        { "exactly as long is whole", "abc", "abc", 3, 9 },
        { "what is stripped is not counted", "<at>abc\n", "abc", 4, 9 },
        { "lines are counted", "a\nb\nc", "a\nb\xe2\x80\xa6", 99, 2 },
        { "one line", " a\nb   c\n", "a b c ", 99, 1 },
        { "nothing", "", "", 99, 9 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out;
        buf_init(&out, 1000);
        buf_text(&out, "<");       /* what stands before is not ours to look at */
        assert_int_equal(teams_clean(rows[i].in, rows[i].points, rows[i].lines, &out), 0);
        if (strcmp(out.data + 1, rows[i].out) != 0)
            fail_msg("%s: '%s'", rows[i].story, out.data + 1);
        buf_clear(&out);
    }
}

static void a_full_buffer_is_said(void **unused)
{
    (void)unused;
    struct desk d = desk();
    struct ticket_view v = printer();
    struct card *card = card_of(&d, &v, 0);
    for (size_t max = 0; max < 1500; max += 100) {
        struct buf out;
        buf_init(&out, max);
        assert_int_equal(teams_card(card, NONCE, NULL, &out), -1);
        buf_clear(&out);
        buf_init(&out, max / 100);
        assert_int_equal(teams_summary_card(card, &out), -1);
        buf_clear(&out);
    }
    desk_clear(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_card),
        cmocka_unit_test(hostile_and_endless_texts_stay_text),
        cmocka_unit_test(a_card_that_nobody_cleaned),
        cmocka_unit_test(no_action_is_lost),
        cmocka_unit_test(every_question_has_its_dialog),
        cmocka_unit_test(a_ticket_by_hand),
        cmocka_unit_test(every_kind_of_line),
        cmocka_unit_test(alerts_go_out_together),
        cmocka_unit_test(lists_of_tickets),
        cmocka_unit_test(sentences_of_the_desk),
        cmocka_unit_test(toasts_say_nothing_of_people),
        cmocka_unit_test(toasts_of_alerts_say_what_happened),
        cmocka_unit_test(text_is_cleaned),
        cmocka_unit_test(a_full_buffer_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
