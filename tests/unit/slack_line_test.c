/* slack_line_test.c - lines of a thread: who speaks, what is internal, and one sentence for one
 * change; and Slack's own markup of text, there and back. Golden files as in card_slack_test.c. */
#include "tests/unit/slack_rig.h"

static void everybody_is_told_apart_in_the_thread(void **unused)
{
    (void)unused;
    static const char *const names[] = {
        [AUTHOR_CONTACT] = "line_customer", [AUTHOR_TECHNICIAN] = "line_reply",
        [AUTHOR_ASSISTANT] = "line_assistant", [AUTHOR_SYSTEM] = "line_reminder",
    };
    static const char *const texts[] = {
        [AUTHOR_CONTACT] = "It is offline again.\nThe light blinks red.",
        [AUTHOR_TECHNICIAN] = "New toner is on its way. Is the light still red?",
        [AUTHOR_ASSISTANT] = "Is its network cable plugged in?",
        [AUTHOR_SYSTEM] = "Hello Ana, is the light still red?",
    };
    static const enum thread_kind kinds[] = {
        [AUTHOR_CONTACT] = THREAD_CUSTOMER, [AUTHOR_TECHNICIAN] = THREAD_REPLY,
        [AUTHOR_ASSISTANT] = THREAD_ASSISTANT, [AUTHOR_SYSTEM] = THREAD_REMINDER,
    };
    struct arena a = { 0 };
    struct ticket_view v = printer();
    struct thread_line line;
    for (int i = AUTHOR_CONTACT; i <= AUTHOR_SYSTEM; i++) {
        struct entry e = { .ts_ms = nine_ms, .kind = ENTRY_MSG, .author = (enum entry_author)i,
                           .name = "Sara", .text = texts[i] };
        thread_line_make(&v, &e, NULL, 0, &a, &line);
        assert_int_equal(line.kind, kinds[i]);
        check_line(names[i], true, &line);
    }
    thread_line_make(&v, &(struct entry){ .kind = ENTRY_CONV }, NULL, 0, &a, &line);
    assert_int_equal(line.kind, THREAD_NOTHING);
    thread_line_make(&v, NULL, NULL, 0, &a, &line);
    assert_int_equal(line.kind, THREAD_NOTHING);
    arena_clear(&a);
}

static void notes_and_drafts_say_that_they_are_internal(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct ticket_view v = printer();
    struct thread_line line;
    struct event_view note = event("note", NULL, NULL,
                                   "The drum is worn: I ordered one with the toner.");
    thread_line_make(&v, NULL, &note, 1, &a, &line);
    assert_int_equal(line.kind, THREAD_NOTE);
    assert_int_equal(line.event_id, 77);
    check_line("line_note", true, &line);

    struct event_view recap[] = { event("recap", NULL, NULL, "New cable."),
                                  event("status", "in_progress", "resolved", NULL) };
    thread_line_make(&v, NULL, recap, 2, &a, &line);
    assert_int_equal(line.event_id, 0);
    check_line("line_recap", true, &line);

    struct event_view edited = event("note_edited", NULL, "77", "Toner and drum are on their way.");
    thread_line_make(&v, NULL, &edited, 1, &a, &line);
    assert_int_equal(line.kind, THREAD_NOTE);
    check_line("line_note_edited", true, &line);

    struct event_view draft = event("draft", NULL, "answer", "Please switch it off and on.");
    draft.actor = EVENT_ASSISTANT;
    thread_line_make(&v, NULL, &draft, 1, &a, &line);
    assert_int_equal(line.kind, THREAD_DRAFT);
    check_line("line_draft", true, &line);

    struct event_view handoff[] = { event("decision", NULL, "handoff", "why"),
        event("handoff", NULL, "rounds", "why"), event("note", NULL, NULL, "Cable checked."),
        event("handler", "ai", "none", NULL) };
    for (size_t i = 0; i < COUNT(handoff); i++)
        handoff[i].actor = EVENT_ASSISTANT;
    thread_line_make(&v, NULL, handoff, COUNT(handoff), &a, &line);
    check_line("line_handoff", true, &line);
    arena_clear(&a);
}

static void one_change_is_one_short_sentence(void **unused)
{
    (void)unused;
    static const struct {
        const char *sentence;              /* NULL: nothing to tell */
        const char *events[4][4];          /* kind, from, to, text */
        enum actor_code actor;
    } rows[] = {
        { "Sara claimed it. In progress.", { { "status", "open", "in_progress" },
          { "handler", "none", "human" }, { "assignee", NULL, "Sara" } }, EVENT_TECHNICIAN },
        { "Sara released it. Open.", { { "status", "in_progress", "open" },
          { "assignee", "Sara", NULL } }, EVENT_TECHNICIAN },
        { "Sara released it from Omar. Open.", { { "status", "in_progress", "open" },
          { "assignee", "Omar", NULL } }, EVENT_TECHNICIAN },
        { "Sara took it over from the assistant. In progress.", { { "takeover" },
          { "status", "open", "in_progress" }, { "handler", "ai", "human" },
          { "assignee", NULL, "Sara" } }, EVENT_TECHNICIAN },
        { "Sara gave it back to the assistant. Open.", { { "give_back" },
          { "status", "in_progress", "open" }, { "handler", "human", "ai" } }, EVENT_TECHNICIAN },
        { "Sara transferred it to Omar. Why: on holiday.", { { "transfer", NULL, NULL,
          "on holiday" }, { "assignee", "Sara", "Omar" } }, EVENT_TECHNICIAN },
        { "Sara transferred it to Field service. Open.", { { "transfer" },
          { "status", "in_progress", "open" }, { "team", NULL, "Field service" },
          { "assignee", "Sara", NULL } }, EVENT_TECHNICIAN },
        { "Waiting for the customer's answer.", { { "status", "in_progress", "waiting_customer" } },
          EVENT_TECHNICIAN },
        { "The customer answered.", { { "reminders", NULL, "cancelled", "x" },
          { "status", "waiting_customer", "in_progress" } }, EVENT_CONTACT },
        { "The customer wrote again: it is open again. Open.", { { "reopen", NULL, NULL, "x" },
          { "status", "resolved", "open" } }, EVENT_CONTACT },
        { "Sara closed it: resolved. Why: New cable.", { { "close", NULL, "resolved",
          "New cable." }, { "status", "in_progress", "closed" } }, EVENT_TECHNICIAN },
        { "The desk closed it: no response.", { { "close", NULL, "no_response" },
          { "status", "awaiting_close", "closed" } }, EVENT_SYSTEM },
        { "Sara resolved it.", { { "status", "in_progress", "resolved" } }, EVENT_TECHNICIAN },
        { "Sara put it on hold.", { { "status", "in_progress", "on_hold" } }, EVENT_TECHNICIAN },
        { "Sara reopened it. Open.", { { "reopen" }, { "status", "closed", "open" } },
          EVENT_TECHNICIAN },
        { "Sara changed the priority from P3 Medium to P2 High.", { { "override", "a", "b",
          "priority" }, { "priority", "P3 Medium", "P2 High" } }, EVENT_TECHNICIAN },
        { "Sara escalated it: P2 High. Why: angry.", { { "escalate", NULL, "P2 High", "angry" },
          { "priority", "P3 Medium", "P2 High" } }, EVENT_TECHNICIAN },
        { "Sara snoozed it until 2026-03-02 09:00 UTC.", { { "snooze", NULL, "1772442000000" } },
          EVENT_TECHNICIAN },
        { "It is back from snooze.", { { "snooze", NULL, "awake" } }, EVENT_SYSTEM },
        { "Sara woke it up.", { { "snooze", NULL, "awake" } }, EVENT_TECHNICIAN },
        { "Sara decided to keep it open. In progress.", { { "decision", NULL, "keep open" },
          { "status", "awaiting_close", "in_progress" } }, EVENT_TECHNICIAN },
        { "Sara sent the assistant's draft, edited. Waiting on customer.", { { "draft_sent", NULL,
          "edited" }, { "status", "open", "waiting_customer" } }, EVENT_TECHNICIAN },
        { "Sara sent an internal note on to the customer. Waiting on customer.", { { "note_sent",
          "77", NULL }, { "status", "open", "waiting_customer" } }, EVENT_TECHNICIAN },
        { "Sara deleted an internal note.", { { "note_deleted", NULL, "77" } },
          EVENT_TECHNICIAN },
        { "Sara edited a reply, but the customer has its first words.", { { "reply_edited", NULL,
          NULL, "x" } }, EVENT_TECHNICIAN },
        { "Sara added the tag parts.", { { "tag", NULL, "parts" } }, EVENT_TECHNICIAN },
        { "Sara took off the tag parts.", { { "tag", "parts", NULL } }, EVENT_TECHNICIAN },
        { "Sara changed the subject to \"Fax\".", { { "subject", "Printer", "Fax" } },
          EVENT_TECHNICIAN },
        { "The customer asks for a person.", { { "human_asked", NULL, NULL, "x" } },
          EVENT_CONTACT },
        { "The assistant resolved it.", { { "decision", NULL, "solved" },
          { "status", "open", "resolved" } }, EVENT_ASSISTANT },
        { NULL, { { "decision", NULL, "answer", "why" } }, EVENT_ASSISTANT },
        { NULL, { { "reminder", "1", "2", "why" } }, EVENT_SYSTEM },
        { NULL, { { "review", NULL, "done" } }, EVENT_TECHNICIAN },
        { NULL, { { "feedback", NULL, "answer", "wrong" } }, EVENT_TECHNICIAN },
        { NULL, { { "status", NULL, "open" }, { "handler", NULL, "ai" },
          { "priority", NULL, "P3 Medium" } }, EVENT_CONTACT },
        { NULL, { { "created", NULL, NULL, "Made by hand." } }, EVENT_TECHNICIAN },
        { NULL, { { "something_new", "a", "b", "c" } }, EVENT_TECHNICIAN },
    };
    struct ticket_view v = printer();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct event_view events[4];
        struct thread_line line;
        size_t n = 0;
        for (; n < 4 && rows[i].events[n][0]; n++) {
            const char *const *e = rows[i].events[n];
            events[n] = event(e[0], e[1], e[2], e[3]);
            events[n].actor = rows[i].actor;
        }
        thread_line_make(&v, NULL, events, n, &a, &line);
        if (!rows[i].sentence != (line.kind == THREAD_NOTHING))
            fail_msg("%s of row %zu: kind %d, %s", rows[i].events[0][0], i, (int)line.kind,
                     line.text ? line.text : "nothing");
        if (rows[i].sentence)
            assert_string_equal(line.text, rows[i].sentence);
        if (i == 0)
            check_line("line_change", true, &line);
        if (rows[i].sentence && strstr(rows[i].sentence, "snoozed"))
            check_line("line_snoozed", true, &line);
        arena_clear(&a);
    }
}

/* Whoever stands beside a phone reads toasts: names of technicians and teams, no other words of
 * people. And what the card shows, too, may get lost. */
static void a_toast_says_what_happened_without_words_of_people(void **unused)
{
    (void)unused;
    static const struct {
        const char *brief;
        bool on_card;
        const char *events[2][4];          /* kind, from, to, text */
        enum actor_code actor;
    } rows[] = {
        { "Sara claimed ticket #42.", true, { { "status", "open", "in_progress" },
          { "assignee", NULL, "Sara" } }, EVENT_TECHNICIAN },
        { "Sara released ticket #42 from Omar.", true, { { "assignee", "Omar", NULL } },
          EVENT_TECHNICIAN },
        { "Sara transferred ticket #42 to Omar.", false, { { "transfer", NULL, NULL, "SECRET" },
          { "assignee", "Sara", "Omar" } }, EVENT_TECHNICIAN },
        { "Sara closed ticket #42: resolved.", false, { { "close", NULL, "resolved", "SECRET" } },
          EVENT_TECHNICIAN },
        { "Sara escalated ticket #42: P2 High.", true, { { "escalate", NULL, "P2 High" } },
          EVENT_TECHNICIAN },
        { "Sara changed the subject of ticket #42.", true, { { "subject", "x", "SECRET" } },
          EVENT_TECHNICIAN },
        { "Sara changed the category of ticket #42.", true, { { "category", "x", "SECRET" } },
          EVENT_TECHNICIAN },
        { "Sara added a tag to ticket #42.", true, { { "tag", NULL, "SECRET" } },
          EVENT_TECHNICIAN },
        { "Sara changed the priority of ticket #42.", true, { { "priority", "P3 Medium",
          "P2 High" } }, EVENT_TECHNICIAN },
        { "Sara wrote an internal note on ticket #42.", false, { { "note", NULL, NULL, "SECRET" } },
          EVENT_TECHNICIAN },
        { "Ticket #42: the assistant proposes an answer.", false, { { "draft", NULL, "answer",
          "SECRET" } }, EVENT_ASSISTANT },
        { "The assistant handed ticket #42 to people: the customer is angry.", false,
          { { "handoff", NULL, "anger", "x" }, { "note", NULL, NULL, "SECRET" } },
          EVENT_ASSISTANT },
        { "Ticket #42: the customer asks for a person.", false, { { "human_asked", NULL, NULL,
          "SECRET" } }, EVENT_CONTACT },
        { "Ticket #42: waiting for the customer's answer.", true, { { "status", "in_progress",
          "waiting_customer" } }, EVENT_TECHNICIAN },
        { "Ticket #42 is back from snooze.", true, { { "snooze", NULL, "awake" } }, EVENT_SYSTEM },
        { "Sara deleted an internal note of ticket #42.", false, { { "note_deleted", NULL, "77" } },
          EVENT_TECHNICIAN },
        { "Ticket #42: a warning stands in its thread.", false, { { "warning", NULL, NULL,
          "SECRET" } }, EVENT_SYSTEM },
    };
    struct ticket_view v = printer();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct event_view events[2];
        struct thread_line line;
        size_t n = 0;
        for (; n < COUNT(events) && rows[i].events[n][0]; n++) {
            const char *const *e = rows[i].events[n];
            events[n] = event(e[0], e[1], e[2], e[3]);
            events[n].actor = rows[i].actor;
        }
        thread_line_make(&v, NULL, events, n, &a, &line);
        assert_string_equal(line.brief, rows[i].brief);
        if (line.on_card != rows[i].on_card)
            fail_msg("%s: the card %s it", line.brief, line.on_card ? "shows" : "does not show");
        arena_clear(&a);
    }
}

static void markup_there_and_back(void **unused)
{
    (void)unused;
    static const struct { const char *typed, *plain; } rows[] = {
        { "a &lt;b&gt; &amp;amp; c", "a <b> &amp; c" },
        { "<@U012AB3CD> please", "@U012AB3CD please" }, { "<@U1|omar> hi", "@omar hi" },
        { "in <#C1|general>", "in #general" }, { "<!channel> all", " all" },
        { "<!subteam^S1|@team> x", " x" }, { "<!date^1|{date}|today>", "" },
        { "<https://a.example/x?a=1&amp;b=2>", "https://a.example/x?a=1&b=2" },
        { "<https://evil.test|https://bank.test>", "https://bank.test (https://evil.test)" },
        { "<http://a.example|a.example>", "http://a.example" },
        { "<mailto:ana@acme.example|ana@acme.example>", "ana@acme.example" },
        { "<tel:+491234|+491234>", "+491234" }, { "1 < 2 and <3", "1 < 2 and <3" },
        { "<<@U1>", "<@U1" }, { "<>", "" }, { "a&b &copy;", "a&b &copy;" }, { "", "" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out;
        buf_init(&out, 1000);
        slack_unescape(&out, rows[i].typed);
        assert_string_equal(out.data ? out.data : "", rows[i].plain);
        buf_reset(&out);
        slack_escape(&out, rows[i].typed);
        assert_null(strpbrk(out.data ? out.data : "", "<>"));
        buf_clear(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_told_apart_in_the_thread),
        cmocka_unit_test(notes_and_drafts_say_that_they_are_internal),
        cmocka_unit_test(one_change_is_one_short_sentence),
        cmocka_unit_test(a_toast_says_what_happened_without_words_of_people),
        cmocka_unit_test(markup_there_and_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
