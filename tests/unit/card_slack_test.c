/* card_slack_test.c - what Slack is shown, as in tests/golden/slack_*.json byte for byte, and
 * within every limit whatever people write. DESKHAND_GOLDEN=write makes the golden files anew; read
 * their diff. tests/golden/slack_types.mjs checks the same files against Slack's own types. */
#include "tests/unit/slack_rig.h"

static const char *const hostile[] = {
    "<!channel>", "<!here|x>", "<@U012AB3CD>", "<#C0|a>", "<!subteam^S1>",
    "<https://evil.test|https://bank.test>", "&lt;!channel&gt;", "@here @channel #general",
    "```\ncode\n```", "*x* _y_ ~z~ `q`", ">quote", ":skull: :tada:", "mailto:a@evil.test",
    "\xe2\x80\xaegnp.exe\xe2\x80\xac", "\xe2\x81\xa6iso\xe2\x81\xa9", "{\"type\":\"image\"}",
    "\"],\"x\":[", "\\u003c!channel\\u003e", "\x01\x1b[31mred\x7f", "a\342\200\250b\r\nc\td",
    "\xef\xbf\xbd", "#1 \xc2\xb7 Closed \xc2\xb7 P4 Low",
};

/* All people's words of a ticket are these. */
static struct ticket_view with_words(const char *words, struct entry *said)
{
    struct ticket_view v = printer();
    *said = (struct entry){ .ts_ms = nine_ms, .kind = ENTRY_MSG, .author = AUTHOR_CONTACT,
                            .text = words, .name = words };
    v.subject = v.summary = v.draft = v.contact_name = v.contact_email = v.client_name = words;
    v.category = v.type = v.subtype = v.team = v.assignee = v.close_reason = words;
    v.assignee_id = SARA, v.team_id = 3, v.draft_id = 9, v.needs_review = v.alert = true;
    v.reason = "anger", v.undelivered = 3, v.other_open = 2;
    v.lines = said, v.line_count = 1;
    for (v.tag_count = 0; v.tag_count < VIEW_TAGS_MAX; v.tag_count++)
        v.tags[v.tag_count] = words;
    return v;
}

/* ---- cards ---- */

static void check_card(const char *name, bool golden, const struct ticket_view *view,
                       int64_t technician_id)
{
    struct arena a = { 0 };
    struct card card;
    struct buf blocks, text;
    buf_init(&blocks, OUT_MAX), buf_init(&text, OUT_MAX);
    card_make(view, &(struct card_viewer){ .technician_id = technician_id },
              nine_ms + 10 * minute_ms, &a, &card);
    assert_int_equal(slack_card(&card, &blocks, &text), 0);
    assert_in_range(check_message(name, golden, 8000, &blocks, &text), 1, 5);
    assert_int_equal(slack_card_reduced(&card, &blocks, &text), 0);
    assert_int_equal(check_message("card_reduced", false, 4000, &blocks, &text), 1);
    assert_int_equal(slack_more(&card, &blocks), 0);
    check_view("more", false, &blocks);
    assert_int_equal(slack_ticket_modal(&card, &blocks), 0);
    check_view("ticket", false, &blocks);
    arena_clear(&a);
}

static void every_status_has_its_card(void **unused)
{
    (void)unused;
    struct ticket_view v = printer();
    v.handler = HANDLER_AI, v.line_count = 3;
    check_card("card_open_assistant", true, &v, 0);

    v = printer();
    v.reason = "rounds", v.line_count = 3;
    v.summary = "Printer offline since this morning. Cable checked; it did not help.";
    v.why = "two answers were rejected", v.team_id = 3, v.team = "Field service", v.priority = 2;
    v.draft_id = 9, v.draft = "Please switch it off and on again.";
    check_card("card_open_handoff", true, &v, 0);

    v = printer();
    v.status = TICKET_IN_PROGRESS, v.handler = HANDLER_HUMAN;
    v.assignee_id = SARA, v.assignee = "Sara";
    v.category = "Hardware", v.type = "Printer", v.subtype = "Offline", v.priority = 2;
    check_card("card_in_progress", true, &v, 0);

    v.status = TICKET_WAITING_CUSTOMER, v.waiting_since_ms = nine_ms, v.reminders = 2;
    v.reminder_due_ms = nine_ms + 60 * minute_ms;
    check_card("card_waiting_customer", true, &v, 0);

    v.status = TICKET_ON_HOLD, v.snoozed_until_ms = nine_ms + 24 * 60 * minute_ms;
    v.tags[0] = "parts", v.tags[1] = "warranty", v.tag_count = 2;
    check_card("card_on_hold_snoozed", true, &v, 0);

    v.status = TICKET_AWAITING_CLOSE, v.reminders = 5, v.snoozed_until_ms = 0;
    check_card("card_awaiting_close", true, &v, 0);

    v.status = TICKET_RESOLVED, v.outcome = OUTCOME_RESOLVED_AI, v.assignee_id = 0;
    v.assignee = NULL, v.handler = HANDLER_NONE, v.reminders = 0;
    check_card("card_resolved", true, &v, 0);

    v.status = TICKET_CLOSED, v.outcome = OUTCOME_NO_RESPONSE, v.close_reason = "Five reminders";
    v.followup_of = 17;
    check_card("card_closed", true, &v, 0);

    v = printer();
    v.alert = true, v.sentiment = 12, v.undelivered = 1, v.other_open = 2, v.needs_review = true;
    v.client_vip = true, v.contact_verified = true, v.priority = 1, v.reason = "panic";
    check_card("card_warnings", true, &v, 0);
}

static void the_other_forms_of_a_card(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct card card;
    struct buf out, text;
    struct ticket_view v = printer();
    buf_init(&out, OUT_MAX), buf_init(&text, OUT_MAX);
    card_make(&v, &(struct card_viewer){ .technician_id = SARA }, nine_ms, &a, &card);
    assert_int_equal(slack_card_reduced(&card, &out, &text), 0);
    check_message("card_reduced", true, 8000, &out, &text);
    assert_int_equal(slack_more(&card, &out), 0);
    check_view("view_more", true, &out);
    assert_int_equal(slack_ticket_modal(&card, &out), 0);
    check_view("view_ticket", true, &out);
    arena_clear(&a);
}

static void every_state_keeps_the_limits(void **unused)
{
    (void)unused;
    for (unsigned bits = 0; bits < TICKET_STATUSES * 64u; bits++) {
        struct ticket_view v = printer();
        v.status = (enum ticket_status)(bits / 64);
        v.handler = bits & 1 ? HANDLER_AI : HANDLER_HUMAN;
        v.assignee_id = bits & 2 ? SARA : 0;
        v.assignee = bits & 2 ? "Sara" : NULL;
        v.draft_id = bits & 4 ? 9 : 0;
        v.needs_review = bits & 8;
        v.snoozed_until_ms = bits & 16 ? nine_ms + 60 * minute_ms : 0;
        check_card("state", false, &v, bits & 32 ? SARA : 0);
    }
}

/* ---- dialogs ---- */

static const struct technician_view people[] = {
    { .id = SARA, .name = "Sara", .active = true }, { .id = OMAR, .name = "Omar", .active = true },
    { .id = 3, .name = "Gone", .active = false },
};
static const struct team_view teams[] = { { 3, "Field service" } };

static struct dialog_facts facts(void)
{
    return (struct dialog_facts){ .technicians = people, .technician_count = COUNT(people),
        .teams = teams, .team_count = COUNT(teams), .viewer_id = SARA, .now_ms = nine_ms };
}

static void check_dialog(const char *name, bool golden, const struct dialog *d)
{
    struct buf view;
    buf_init(&view, OUT_MAX);
    assert_in_range(text_length(d->title), 1, 24);
    assert_int_equal(slack_dialog(d, &view), 0);
    check_view(name, golden, &view);
}

static void every_question_has_its_dialog(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct ticket_view v = printer();
    struct dialog_facts f = facts();
    struct dialog d;
    size_t asked = 0;
    v.draft_id = 9, v.draft = "Please switch it off and on again.", v.category = "Hardware";
    v.tags[0] = "parts", v.tag_count = 1;
    for (int i = 0; i < CARD_ACTIONS; i++) {
        char name[60];
        enum card_action action = (enum card_action)i;
        if (!dialog_make(action, &v, &f, &a, &d))
            continue;
        snprintf(name, sizeof name, "view_%s", card_action_code(action));
        check_dialog(name, true, &d);
        assert_int_equal(d.number, action == CARD_SEND_DRAFT ? 9 : 0);
        asked++;
    }
    assert_int_equal(asked, 15);
    f.technician_count = 1, f.team_count = 0, v.assignee_id = SARA;
    assert_true(dialog_make(CARD_TRANSFER, &v, &f, &a, &d));
    assert_null(d.submit);
    check_dialog("view_transfer_nobody", true, &d);
    arena_clear(&a);
}

/* A reply and a note differ in their titles, their buttons and what they say. */
static void a_note_never_looks_like_a_reply(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct ticket_view v = printer();
    struct dialog_facts f = facts();
    struct dialog reply, note;
    assert_true(dialog_make(CARD_REPLY, &v, &f, &a, &reply));
    assert_true(dialog_make(CARD_NOTE, &v, &f, &a, &note));
    assert_string_not_equal(reply.title, note.title);
    assert_string_not_equal(reply.submit, note.submit);
    assert_non_null(strstr(reply.submit, "customer"));
    assert_non_null(strstr(note.submit, "internal"));
    assert_true(note.internal && !reply.internal);
    arena_clear(&a);
}

static void a_ticket_is_made_by_hand(void **unused)
{
    (void)unused;
    static const struct client_view clients[] = {
        { .id = 1, .key = "acme", .name = "Acme", .active = true },
        { .id = 2, .key = "old", .name = "Old", .active = false },
    };
    struct arena a = { 0 };
    struct dialog d;
    struct dialog_new begin = { .clients = clients, .client_count = 2, .client_key = "acme",
        .email = "ana@acme.example", .text = "My printer is offline.",
        .warning = "This requester already has 2 open tickets: #42 Printer offline, #17 Toner." };
    dialog_make_new(&begin, &a, &d);
    assert_int_equal(d.fields[1].choice_count, 1);
    check_dialog("view_new", true, &d);
    begin = (struct dialog_new){ 0 };
    dialog_make_new(&begin, &a, &d);
    check_dialog("view_new_nobody", true, &d);
    arena_clear(&a);
}

static void views_that_only_say_something(void **unused)
{
    (void)unused;
    struct buf view;
    buf_init(&view, OUT_MAX);
    assert_int_equal(slack_loading("Reply to customer", &view), 0);
    check_view("view_loading", true, &view);
    assert_int_equal(slack_notice("Not done", "Sara already has it, since 09:00.", &view), 0);
    check_view("view_notice", true, &view);
}

/* ---- alerts, whispers ---- */

static void alerts_go_out_together(void **unused)
{
    (void)unused;
    static const struct alert_view some[] = {
        { "sentiment", "#42: the requester is unhappy (sentiment 12 of 100).", 42, NULL },
        { "decide", "#17: no answer after 5 reminders. Close, escalate or keep open? Toner", 17,
          NULL },
        { "weekly", "Last week the assistant answered 31 tickets and handed 9 over.", 0, "w9" },
    };
    struct alert_view lots[60];
    struct buf blocks, text;
    buf_init(&blocks, OUT_MAX), buf_init(&text, OUT_MAX);
    assert_int_equal(slack_alerts(some, NULL, COUNT(some), &blocks, &text), 0);
    check_message("alerts", true, 8000, &blocks, &text);
    const char *const links[COUNT(some)] = { NULL, "https://acme.slack.com/archives/C1/p17", NULL };
    assert_int_equal(slack_alerts(some, links, COUNT(some), &blocks, &text), 0);
    assert_non_null(strstr(blocks.data, "\"type\":\"link\",\"url\":\"https://acme.slack.com/archives/"
                                        "C1/p17\",\"text\":\"#17: no answer"));
    check_message("alerts_linked", false, 8000, &blocks, &text);
    char *words = many("<", 10000);
    for (size_t i = 0; i < 20; i++)
        lots[i] = (struct alert_view){ "decide", some[1].text, (int64_t)i + 1, NULL };
    assert_int_equal(slack_alerts(lots, NULL, 20, &blocks, &text), 0);
    assert_non_null(strstr(blocks.data, "\"value\":\"20\""));
    assert_non_null(strstr(blocks.data, "keep open? Toner\""));
    check_message("alerts_full", false, 8000, &blocks, &text);
    for (size_t i = 0; i < COUNT(lots); i++)
        lots[i] = (struct alert_view){ "panic", words, (int64_t)i + 1, i % 2 ? "x" : NULL };
    assert_int_equal(slack_alerts(lots, NULL, COUNT(lots), &blocks, &text), 0);
    check_message("alerts_many", false, 8000, &blocks, &text);
    free(words);
}

static void only_its_reader_sees_it(void **unused)
{
    (void)unused;
    struct buf blocks, text;
    buf_init(&blocks, OUT_MAX), buf_init(&text, OUT_MAX);
    assert_int_equal(slack_private("Sara already has it.", 42, 7, 0, &blocks, &text), 0);
    assert_int_equal(check_message("private", true, 8000, &blocks, &text), 0);
    assert_int_equal(slack_private("Kept as an internal note.", 42, 7, 77, &blocks, &text), 0);
    assert_int_equal(check_message("private_offer", true, 8000, &blocks, &text), 1);
}

/* ---- lists ---- */

static void fill_listing(struct listing *l, size_t rows, const char *words, struct arena *a)
{
    struct list_row row[LISTING_ROWS_MAX + 1];
    for (size_t i = 0; i < rows; i++)
        row[i] = (struct list_row){ .id = 42 - (int64_t)i, .last_ms = nine_ms,
            .subject = words ? words : "Printer offline", .client_name = words ? words : "Acme",
            .contact_name = words ? words : "Ana", .last = words ? words : "It blinks red.",
            .status = TICKET_OPEN, .priority = 2, .alert = i == 0, .unread = i < 2,
            .assignee = i % 2 ? NULL : words ? words : "Sara" };
    listing_make(&(struct list_page){ row, rows, rows > LISTING_ROWS_MAX }, "My tickets",
                 nine_ms + 5 * minute_ms, a, l);
    static const char *const filters[] = { "mine", "unassigned", "review", "awaiting_close" };
    static const char *const labels[] = { "My tickets", "Nobody's tickets", "Needs review",
                                          "Awaiting close" };
    for (size_t i = 0; i < COUNT(filters); i++)
        l->filters[l->filter_count++] = (struct listing_filter){
            filters[i], labels[i], i ? (int64_t)i * 3 : -1, i == 0 };
    l->has_new_button = true;
}

static void lists_fit_their_surfaces(void **unused)
{
    (void)unused;
    static const size_t counts[] = { 0, 3, LISTING_ROWS_MAX + 1 };
    char *hard[] = { NULL, many("<", 10000), many("\xf0\x9f\x94\xa5", 5000) };
    for (size_t i = 0; i < COUNT(counts); i++)
        for (size_t k = 0; k < COUNT(hard); k++) {
            struct arena a = { 0 };
            struct listing l;
            struct buf out, text;
            char name[60];
            buf_init(&out, OUT_MAX), buf_init(&text, OUT_MAX);
            fill_listing(&l, counts[i], hard[k], &a);
            if (counts[i] > LISTING_ROWS_MAX)
                l.older = "1772442000000.22", l.newer = "top";
            if (counts[i] == 3)
                l.rows[0].link = "https://acme.slack.example/archives/C1/p1772442000000100";
            assert_int_equal(l.row_count, counts[i] < 20 ? counts[i] : 20);
            snprintf(name, sizeof name, "home_%zu", l.row_count);
            assert_int_equal(slack_home(&l, &out), 0);
            check_view(name, !k, &out);
            snprintf(name, sizeof name, "view_list_%zu", l.row_count);
            assert_int_equal(slack_listing_modal(&l, &out), 0);
            check_view(name, !k && i == 1, &out);
            snprintf(name, sizeof name, "list_%zu", l.row_count);
            assert_int_equal(slack_listing_message(&l, &out, &text), 0);
            check_message(name, !k && i < 2, 8000, &out, &text);
            arena_clear(&a);
        }
    free(hard[1]), free(hard[2]);
}

static void what_was_not_found_can_be_made(void **unused)
{
    (void)unused;
    struct listing l = { .title = "Found", .empty = "No ticket has these words.",
                         .has_new_button = true, .new_text = "printer offline" };
    struct buf out, text;
    char *words = many("<", 10000);
    buf_init(&out, OUT_MAX), buf_init(&text, OUT_MAX);
    assert_int_equal(slack_listing_message(&l, &out, &text), 0);
    check_message("list_new", true, 8000, &out, &text);
    l = (struct listing){ .title = "Make a ticket", .empty = "", .summary = "Click on it.",
                          .has_new_button = true, .new_text = words };
    assert_int_equal(slack_listing_message(&l, &out, &text), 0);
    assert_string_equal(text.data, "Click on it.");
    check_message("list_new_long", false, 8000, &out, &text);
    free(words);
}

/* ---- hostile and endless words ---- */

static void check_words_everywhere(const char *name, bool golden, const char *words)
{
    struct arena a = { 0 };
    struct entry said;
    struct dialog d;
    struct thread_line line;
    struct ticket_view v = with_words(words, &said);
    struct technician_view crowd[200];
    char file[60];
    for (size_t i = 0; i < COUNT(crowd); i++)
        crowd[i] = (struct technician_view){ .id = (int64_t)i + 1, .name = words, .active = true };
    struct dialog_facts f = { .technicians = crowd, .technician_count = COUNT(crowd) };
    snprintf(file, sizeof file, "card_%s", name);
    check_card(file, golden, &v, 0);
    for (int i = 0; i < CARD_ACTIONS; i++)
        if (dialog_make((enum card_action)i, &v, &f, &a, &d))
            check_dialog("view_hard", false, &d);
    for (int i = AUTHOR_CONTACT; i <= AUTHOR_SYSTEM; i++) {
        said.author = (enum entry_author)i;
        thread_line_make(&v, &said, NULL, 0, &a, &line);
        snprintf(file, sizeof file, "line_%s", name);
        check_line(file, golden && i == AUTHOR_CONTACT, &line);
    }
    static const char *const kinds[] = { "note", "draft", "recap", "close", "transfer", "subject",
                                         "tag", "category", "escalate", "warning", "snooze" };
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct event_view e = event(kinds[i], words, words, words);
        e.actor_name = words;
        thread_line_make(&v, NULL, &e, 1, &a, &line);
        assert_true(line.kind != THREAD_NOTHING);
        check_line("line_hard", false, &line);
    }
    struct buf out, text;
    buf_init(&out, OUT_MAX), buf_init(&text, OUT_MAX);
    assert_int_equal(slack_private(words, 1, 2, 3, &out, &text), 0);
    check_message("private_hard", false, 8000, &out, &text);
    assert_int_equal(slack_notice("Not done", words, &out), 0);
    check_view("notice_hard", false, &out);
    arena_clear(&a);
}

static void hostile_words_stay_words(void **unused)
{
    (void)unused;
    char all[4000] = PEOPLE;
    for (size_t i = 0; i < COUNT(hostile); i++) {
        char one[300];
        snprintf(one, sizeof one, "%s%s", PEOPLE, hostile[i]);
        check_words_everywhere("hostile_one", false, one);
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s ", hostile[i]);
    }
    check_words_everywhere("hostile", true, all);
}

static void endless_words_are_cut(void **unused)
{
    (void)unused;
    static const char *const pieces[] = { "<", "&", "\xf0\x9f\x94\xa5", "word ", "\"", "\n",
        "e\xcc\x81", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", "\xe6\xbc\xa2", "\x01", "\\" };
    for (size_t i = 0; i < COUNT(pieces); i++) {
        char *words = many(pieces[i], 10000);
        check_words_everywhere(i ? "endless" : "long", !i, words);
        free(words);
    }
}

/* ---- text, buffers ---- */

static void a_full_buffer_is_said(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct card card;
    struct ticket_view v = printer();
    card_make(&v, &(struct card_viewer){ 0 }, nine_ms, &a, &card);
    for (size_t max = 0; max < 2000; max += 500) {
        struct buf out, text;
        buf_init(&out, max), buf_init(&text, 4000);
        assert_int_equal(slack_card(&card, &out, &text), -1);
        buf_clear(&out);
        assert_int_equal(slack_ticket_modal(&card, &out), -1);
        buf_clear(&out), buf_clear(&text);
        buf_init(&out, OUT_MAX), buf_init(&text, 10);
        assert_int_equal(slack_card(&card, &out, &text), -1);
        buf_clear(&out), buf_clear(&text);
    }
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_card),
        cmocka_unit_test(the_other_forms_of_a_card),
        cmocka_unit_test(every_state_keeps_the_limits),
        cmocka_unit_test(every_question_has_its_dialog),
        cmocka_unit_test(a_note_never_looks_like_a_reply),
        cmocka_unit_test(a_ticket_is_made_by_hand),
        cmocka_unit_test(views_that_only_say_something),
        cmocka_unit_test(alerts_go_out_together),
        cmocka_unit_test(only_its_reader_sees_it),
        cmocka_unit_test(lists_fit_their_surfaces),
        cmocka_unit_test(what_was_not_found_can_be_made),
        cmocka_unit_test(hostile_words_stay_words),
        cmocka_unit_test(endless_words_are_cut),
        cmocka_unit_test(a_full_buffer_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
