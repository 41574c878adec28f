/* chat_answer_test.c - what people answer in dialogs and type to the desk, whatever the surface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/chat/answer.h"
#include "adapters/chat/words.h"
#include "adapters/inbox/parse.h"
#include "bot/desk/ticket.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define VALUES_MAX 4

static const struct client_view clients[] = {
    { .id = 3, .key = "acme", .name = "Acme", .active = true },
    { .id = 4, .key = "gone", .name = "Gone", .active = false },
};

struct row {
    enum card_action action;
    struct chat_value values[VALUES_MAX];
    const char *wrong;             /* ids of the wrong fields, "*" for the whole; NULL: none */
    enum command_kind kind;
};

static bool read_row(const struct row *row, struct arena *a, struct command *c,
                     struct chat_errors *errors)
{
    struct chat_answer answer = { .action = row->action, .ticket_id = 42, .version = 7,
                                  .number = 9, .values = row->values };
    while (answer.value_count < VALUES_MAX && row->values[answer.value_count].id)
        answer.value_count++;
    struct chat_facts facts = { .now_ms = 1772445600000, .clients = clients,
                                .client_count = COUNT(clients) };
    return chat_answer_read(&answer, &facts, a, c, errors);
}

static const char *ids_of(const struct chat_errors *errors, struct arena *a)
{
    const char *ids = "";
    for (size_t i = 0; i < errors->count; i++) {
        assert_true(strlen(errors->items[i].sentence) > 10);
        ids = arena_print(a, "%s%s%s", ids, *ids ? " " : "",
                          errors->items[i].id ? errors->items[i].id : "*");
    }
    return ids;
}

static void every_dialog_becomes_its_command_or_says_what_is_missing(void **unused)
{
    (void)unused;
    static const struct row rows[] = {
        { CARD_REPLY, { { "text", "Hi" }, { "after", "keep" } }, NULL, COMMAND_REPLY },
        { CARD_REPLY, { { "text", "Hi" } }, NULL, COMMAND_REPLY },
        { CARD_REPLY, { { "text", " \n" }, { "after", "keep" } }, "text", COMMAND_REPLY },
        { CARD_REPLY, { { "text", NULL }, { "after", "never" } }, "text after", COMMAND_REPLY },
        { CARD_SEND_DRAFT, { { "text", "Hi" }, { "after", "waiting" } }, NULL,
          COMMAND_SEND_DRAFT },
        { CARD_NOTE, { { "text", "Hm" } }, NULL, COMMAND_NOTE },
        { CARD_NOTE, { { NULL, NULL } }, "text", COMMAND_NOTE },
        { CARD_TRANSFER, { { "to", "t5" }, { "why", "knows it" } }, NULL, COMMAND_TRANSFER },
        { CARD_TRANSFER, { { "to", "g2" } }, NULL, COMMAND_TRANSFER },
        { CARD_TRANSFER, { { "to", "x5" } }, "to", COMMAND_TRANSFER },
        { CARD_TRANSFER, { { "to", "t" } }, "to", COMMAND_TRANSFER },
        { CARD_TRANSFER, { { "to", "t0" } }, "to", COMMAND_TRANSFER },
        { CARD_TRANSFER, { { "why", "no idea" } }, "to", COMMAND_TRANSFER },
        { CARD_PRIORITY, { { "priority", "1" } }, NULL, COMMAND_PRIORITY },
        { CARD_PRIORITY, { { "priority", "5" } }, "priority", COMMAND_PRIORITY },
        { CARD_PRIORITY, { { "priority", "high" } }, "priority", COMMAND_PRIORITY },
        { CARD_CATEGORY, { { "category", "A" }, { "type", "B" }, { "subtype", "C" } }, NULL,
          COMMAND_CATEGORY },
        { CARD_CATEGORY, { { "category", NULL } }, NULL, COMMAND_CATEGORY },
        { CARD_CATEGORY, { { "type", "B" } }, "category", COMMAND_CATEGORY },
        { CARD_CATEGORY, { { "category", "A" }, { "subtype", "C" } }, "type", COMMAND_CATEGORY },
        { CARD_SUBJECT, { { "text", "VPN" } }, NULL, COMMAND_SUBJECT },
        { CARD_SUBJECT, { { "text", "" } }, "text", COMMAND_SUBJECT },
        { CARD_TAG, { { "text", "vpn" }, { "set", "on" } }, NULL, COMMAND_TAG },
        { CARD_TAG, { { "text", "12345678901234567890123456789012345678901" } }, "text set",
          COMMAND_TAG },
        { CARD_SNOOZE, { { "until", "4h" } }, NULL, COMMAND_SNOOZE },
        { CARD_SNOOZE, { { "until", "never" } }, "until", COMMAND_SNOOZE },
        { CARD_CLOSE, { { "outcome", "resolved" }, { "text", "done" } }, NULL, COMMAND_CLOSE },
        { CARD_CLOSE, { { "outcome", "resolved_ai" } }, "outcome", COMMAND_CLOSE },
        { CARD_CLOSE, { { "outcome", "lost" } }, "outcome", COMMAND_CLOSE },
        { CARD_CLOSE, { { NULL, NULL } }, "outcome", COMMAND_CLOSE },
        { CARD_RESOLVE, { { NULL, NULL } }, NULL, COMMAND_RESOLVE },
        { CARD_GIVE_BACK, { { NULL, NULL } }, NULL, COMMAND_GIVE_BACK },
        { CARD_TAKE_FROM, { { NULL, NULL } }, NULL, COMMAND_TAKEOVER },
        { CARD_ESCALATE, { { "text", "VIP" } }, NULL, COMMAND_ESCALATE },
        { CARD_ESCALATE, { { NULL, NULL } }, "text", COMMAND_ESCALATE },
        { CARD_AI_WRONG, { { "field", "answer" }, { "text", "no" } }, NULL, COMMAND_AI_WRONG },
        { CARD_AI_WRONG, { { "text", "no" } }, "field", COMMAND_AI_WRONG },
        { CARD_ACTIONS, { { "client", "acme" }, { "email", "a@b.example" }, { "text", "Help" } },
          NULL, COMMAND_NEW_TICKET },
        { CARD_ACTIONS, { { "client", "acme" }, { "name", "Ana" }, { "text", "Help" } }, NULL,
          COMMAND_NEW_TICKET },
        { CARD_ACTIONS, { { "client", "acme" }, { "text", "Help" } }, "email",
          COMMAND_NEW_TICKET },
        { CARD_ACTIONS, { { "client", "gone" }, { "email", "a b" } }, "client email text",
          COMMAND_NEW_TICKET },
        { CARD_CLAIM, { { NULL, NULL } }, "*", COMMAND_HEARD },
        { CARD_ACTIONS + 1, { { NULL, NULL } }, "*", COMMAND_HEARD },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct command c;
        struct chat_errors errors;
        bool ok = read_row(&rows[i], &a, &c, &errors);
        const char *wrong = ids_of(&errors, &a);
        if (ok != !rows[i].wrong || strcmp(wrong, rows[i].wrong ? rows[i].wrong : "") != 0 ||
            c.kind != rows[i].kind)
            fail_msg("row %zu: wrong %s, %s", i, wrong, command_word(c.kind));
        if (ok)
            assert_int_equal(c.ticket_id, rows[i].action == CARD_ACTIONS ? 0 : 42);
        arena_clear(&a);
    }
}

static void answers_arrive_where_the_desk_looks_for_them(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct command c;
    struct chat_errors errors;
#define READ(...) assert_true(read_row(&(struct row){ __VA_ARGS__ }, &a, &c, &errors))
    READ(.action = CARD_REPLY, .values = { { "text", "  Hi\nthere \n" }, { "after", "keep" } });
    assert_string_equal(c.text, "Hi\nthere");
    assert_true(c.flag);
    assert_int_equal(c.if_version, 0);
    READ(.action = CARD_SEND_DRAFT, .values = { { "text", "Hi" } });
    assert_int_equal(c.number, 9);
    READ(.action = CARD_TRANSFER, .values = { { "to", "t5" }, { "why", "w" } });
    assert_int_equal(c.target_id, 5);
    assert_int_equal(c.team_id, 0);
    assert_string_equal(c.text, "w");
    READ(.action = CARD_TRANSFER, .values = { { "to", "g2" } });
    assert_int_equal(c.team_id, 2);
    assert_int_equal(c.target_id, 0);
    READ(.action = CARD_TAG, .values = { { "text", "vpn" }, { "set", "off" } });
    assert_false(c.flag);
    READ(.action = CARD_CLOSE, .values = { { "outcome", "no_response" } });
    assert_int_equal(c.outcome, OUTCOME_NO_RESPONSE);
    READ(.action = CARD_SNOOZE, .values = { { "until", "1h" } });
    assert_true(c.until_ms == 1772445600000 + 3600000);
    READ(.action = CARD_ACTIONS, .values = { { "client", "acme" }, { "email", "a@b.example" },
                                             { "name", "Ana" }, { "text", "Help" } });
    assert_int_equal(c.client_id, 3);
    assert_string_equal(c.email, "a@b.example");
    assert_string_equal(c.name, "Ana");
    arena_clear(&a);
}

static void a_dialog_about_nothing_is_refused(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct command c;
    struct chat_errors errors;
    struct chat_value text = { "text", "Hi" };
    struct chat_answer answer = { .action = CARD_SEND_DRAFT, .values = &text, .value_count = 1 };
    assert_false(chat_answer_read(&answer, &(struct chat_facts){ 0 }, &a, &c, &errors));
    assert_int_equal(errors.count, 2);
    assert_null(errors.items[0].id);
    arena_clear(&a);
}

static void a_text_has_the_limit_of_the_inbox(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct command c;
    struct chat_errors errors;
    char text[PARSE_TEXT_MAX + 2];
    memset(text, 'x', sizeof text);
    text[PARSE_TEXT_MAX + 1] = '\0';
    struct row row = { .action = CARD_NOTE, .values = { { "text", text } } };
    assert_false(read_row(&row, &a, &c, &errors));
    assert_string_equal(ids_of(&errors, &a), "text");
    text[PARSE_TEXT_MAX] = '\0';
    assert_true(read_row(&row, &a, &c, &errors));
    arena_clear(&a);
}

static void actions_without_a_question_act_at_once(void **unused)
{
    (void)unused;
    struct command c;
    assert_true(chat_act_at_once(CARD_WAKE, 42, &c));
    assert_int_equal(c.kind, COMMAND_SNOOZE);
    assert_int_equal(c.until_ms, 0);
    assert_int_equal(c.ticket_id, 42);
    assert_true(chat_act_at_once(CARD_REVIEW, 42, &c) && c.flag);
    assert_true(chat_act_at_once(CARD_REVIEWED, 42, &c) && !c.flag);
    assert_false(chat_act_at_once(CARD_REPLY, 42, &c));
    assert_false(chat_act_at_once(CARD_ACTIONS, 42, &c));
    /* Either a question or an act: no button does nothing. */
    for (int i = 0; i < CARD_ACTIONS; i++) {
        struct arena a = { 0 };
        struct chat_errors errors;
        read_row(&(struct row){ .action = (enum card_action)i }, &a, &c, &errors);
        bool asks = c.kind != COMMAND_HEARD;
        if (chat_act_at_once((enum card_action)i, 42, &c) == asks)
            fail_msg("%s", card_action_code((enum card_action)i));
        arena_clear(&a);
    }
}

static void snooze_words_are_instants(void **unused)
{
    (void)unused;
    const int64_t h = 3600000, monday = 1772409600000;      /* Monday, 2026-03-02 00:00 UTC */
    const struct { const char *word; int64_t now, until; } rows[] = {
        { "1h", monday, monday + h }, { "4h", monday + 1, monday + 4 * h + 1 },
        { "1w", monday, monday + 7 * 24 * h },
        { "tomorrow", monday + 10 * h, monday + 33 * h },
        { "tomorrow", monday + 24 * h - 1, monday + 33 * h },
        { "monday", monday, monday + (7 * 24 + 9) * h },
        { "monday", monday + 6 * 24 * h + 23 * h, monday + (7 * 24 + 9) * h },
        { "friday", monday, 0 }, { "", monday, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (chat_until_ms(rows[i].word, rows[i].now, NULL) != rows[i].until)
            fail_msg("row %zu: %s", i, rows[i].word);
}

static void numbers_of_buttons_are_read_strictly(void **unused)
{
    (void)unused;
    static const struct { const char *text; int count; int64_t a, b, c; } rows[] = {
        { "42", 1, 42, 0, 0 }, { "42:7", 2, 42, 7, 0 }, { "42:7:9", 3, 42, 7, 9 },
        { "0", 1, 0, 0, 0 }, { "9007199254740991", 1, 9007199254740991, 0, 0 },
        { "9007199254740992", 0, 0, 0, 0 }, { "", 0, 0, 0, 0 }, { ":", 0, 0, 0, 0 },
        { "1:", 0, 0, 0, 0 }, { "1:2:3:4", 0, 0, 0, 0 }, { "+1", 0, 0, 0, 0 },
        { "1 ", 0, 0, 0, 0 }, { "1:x", 0, 0, 0, 0 }, { NULL, 0, 0, 0, 0 },
        { "0000000000000000000000000001", 0, 0, 0, 0 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t n[3];
        int count = chat_numbers(rows[i].text, n);
        if (count != rows[i].count || n[0] != rows[i].a || n[1] != rows[i].b || n[2] != rows[i].c)
            fail_msg("row %zu: %d", i, count);
    }
}

static void typed_words_are_understood(void **unused)
{
    (void)unused;
    static const struct {
        const char *said; enum chat_words_kind kind; int64_t number; const char *text;
    } rows[] = {
        { "", CHAT_HELP, 0, NULL }, { " \n ", CHAT_HELP, 0, NULL }, { "help", CHAT_HELP, 0, NULL },
        { "Help!", CHAT_HELP, 0, NULL }, { "help me", CHAT_FREE, 0, "help me" },
        { "mine", CHAT_MINE, 0, NULL }, { " NEXT ", CHAT_NEXT, 0, NULL },
        { "queue", CHAT_QUEUE, 0, NULL }, { "queue up", CHAT_FREE, 0, "queue up" },
        { "new", CHAT_NEW, 0, NULL }, { "new: printer on fire", CHAT_NEW, 0, "printer on fire" },
        { "new\nline one\nline two", CHAT_NEW, 0, "line one\nline two" },
        { "news of today", CHAT_FREE, 0, "news of today" },
        { "find", CHAT_FIND, 0, NULL }, { "Find  vpn home ", CHAT_FIND, 0, "vpn home" },
        { "search vpn", CHAT_FIND, 0, "vpn" },
        { "42", CHAT_TICKET, 42, NULL }, { "#42", CHAT_TICKET, 42, NULL },
        { "ticket 42", CHAT_TICKET, 42, NULL }, { "Ticket #42", CHAT_TICKET, 42, NULL },
        { "show 42", CHAT_TICKET, 42, NULL }, { "open #7", CHAT_TICKET, 7, NULL },
        { "ticket", CHAT_FREE, 0, "ticket" }, { "ticket 42 please", CHAT_FREE, 0,
          "ticket 42 please" },
        { "ticket T-1042", CHAT_TICKET, 1042, NULL }, { "t-7", CHAT_TICKET, 7, NULL },
        { "t-shirt", CHAT_FREE, 0, "t-shirt" }, { "T-", CHAT_FREE, 0, "T-" },
        { "claim 1", CHAT_FREE, 0, "claim 1" },
        { "0", CHAT_FREE, 0, "0" }, { "#", CHAT_FREE, 0, "#" }, { "##1", CHAT_FREE, 0, "##1" },
        { "99999999999999999999", CHAT_FREE, 0, "99999999999999999999" },
        { "-1", CHAT_FREE, 0, "-1" }, { "!", CHAT_FREE, 0, "!" },
        { "my printer burns", CHAT_FREE, 0, "my printer burns" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct chat_words w;
        chat_words_read(rows[i].said, &a, &w);
        if (w.kind != rows[i].kind || w.number != rows[i].number ||
            (rows[i].text ? !w.text || strcmp(w.text, rows[i].text) != 0 : w.text != NULL))
            fail_msg("\"%s\": %d, %lld, %s", rows[i].said, w.kind, (long long)w.number, w.text);
        arena_clear(&a);
    }
}

static void what_looks_like_a_command_is_told_what_can_be_written(void **unused)
{
    (void)unused;
    static const struct { const char *said; bool hint; } rows[] = {
        { "claim 1", true }, { "Close #4", true }, { "assign 3 to Omar", true },
        { "reply 3 hello", true }, { "ticket abc", true }, { "queue up", true },
        { "keep_open", true }, { "printer", false }, { "vpn claims", false }, { "", false },
        { "42", false }, { "find claim", false }, { "claimant unhappy", false },
        { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct chat_words w;
        chat_words_read(rows[i].said, &a, &w);
        if (rows[i].hint != (w.hint != NULL))
            fail_msg("\"%s\": %s", rows[i].said, w.hint ? w.hint : "no hint");
        arena_clear(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_dialog_becomes_its_command_or_says_what_is_missing),
        cmocka_unit_test(answers_arrive_where_the_desk_looks_for_them),
        cmocka_unit_test(a_dialog_about_nothing_is_refused),
        cmocka_unit_test(a_text_has_the_limit_of_the_inbox),
        cmocka_unit_test(actions_without_a_question_act_at_once),
        cmocka_unit_test(snooze_words_are_instants),
        cmocka_unit_test(numbers_of_buttons_are_read_strictly),
        cmocka_unit_test(typed_words_are_understood),
        cmocka_unit_test(what_looks_like_a_command_is_told_what_can_be_written),
    };
    return cmocka_run_group_tests_name("chat answer", tests, NULL, NULL);
}
