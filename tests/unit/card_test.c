/* card_test.c - the card of each status and of hostile texts, byte for byte as in tests/golden, and
 * which buttons apply. DESKHAND_GOLDEN=write makes the golden files anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/text.h"
#include "cards/card.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { SARA = 1, OMAR = 2 };

static const int64_t nine_ms = 1772442000000;   /* 2026-03-02 09:00 UTC */
static const int64_t minute_ms = 60000;

static struct entry lines[] = {
    { .seq = 1, .ts_ms = 1772442000000, .kind = ENTRY_MSG, .author = AUTHOR_CONTACT,
      .text = "My printer is offline.\nIt worked yesterday." },
    { .seq = 2, .ts_ms = 1772442001000, .kind = ENTRY_CONV, .status = TICKET_OPEN },
    { .seq = 3, .ts_ms = 1772442001000, .kind = ENTRY_MSG, .author = AUTHOR_ASSISTANT,
      .text = "Is its network cable plugged in?" },
    { .seq = 4, .ts_ms = 1772442060000, .kind = ENTRY_MSG, .author = AUTHOR_TECHNICIAN,
      .name = "Sara", .text = "I will have a look." },
};

static struct ticket_view printer(void)
{
    return (struct ticket_view){
        .id = 42, .version = 7, .conv = "c1", .client_id = 1, .contact_id = 5,
        .client_name = "Acme", .client_key = "acme", .contact_name = "Ana",
        .contact_email = "ana@acme.example", .source = "messenger", .status = TICKET_OPEN,
        .handler = HANDLER_NONE, .priority = 3, .subject = "Printer offline", .sentiment = 50,
        .lang = "en", .intent = "problem", .created_ms = 1772442000000, .lines = lines,
        .line_count = COUNT(lines),
    };
}

static char *golden_path(const char *name, char *path, size_t size)
{
    const char *dir = getenv("DESKHAND_GOLDEN_DIR");
    snprintf(path, size, "%s/card_%s", dir ? dir : "tests/golden", name);
    return path;
}

static void compare_with_golden(const char *name, const struct buf *made)
{
    char path[300], *kept = malloc(made->max + 1);
    golden_path(name, path, sizeof path);
    const char *mode = getenv("DESKHAND_GOLDEN");
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

static void check_card(const char *name, const struct ticket_view *view, int64_t technician_id)
{
    struct arena a = { 0 };
    struct card card;
    struct buf out;
    char file[100];
    struct card_viewer viewer = { .technician_id = technician_id };
    card_make(view, &viewer, nine_ms + 10 * minute_ms, &a, &card);
    buf_init(&out, 64 * 1024);
    assert_int_equal(card_render_json(&card, &out), 0);
    assert_true(text_is_valid(out.data, out.len));
    buf_char(&out, '\n');
    snprintf(file, sizeof file, "%s.json", name);
    compare_with_golden(file, &out);
    buf_reset(&out);
    assert_int_equal(card_render_text(&card, &out), 0);
    assert_true(text_is_valid(out.data, out.len));
    snprintf(file, sizeof file, "%s.txt", name);
    compare_with_golden(file, &out);
    buf_clear(&out);
    arena_clear(&a);
}

static void every_status_has_its_card(void **unused)
{
    (void)unused;
    struct ticket_view v = printer();
    v.handler = HANDLER_AI;
    check_card("open_assistant", &v, 0);

    v = printer();
    v.reason = "rounds";
    v.summary = "Printer offline since this morning. Cable checked; it did not help.";
    v.why = "two answers were rejected";
    v.team_id = 3, v.team = "Field service", v.priority = 2;
    v.draft_id = 9, v.draft = "Please switch it off and on again.";
    check_card("open_handoff", &v, SARA);

    v = printer();
    v.status = TICKET_IN_PROGRESS, v.handler = HANDLER_HUMAN;
    v.assignee_id = SARA, v.assignee = "Sara";
    check_card("in_progress_own", &v, SARA);
    check_card("in_progress_other", &v, OMAR);

    v.status = TICKET_WAITING_CUSTOMER, v.waiting_since_ms = nine_ms, v.reminders = 2;
    v.reminder_due_ms = nine_ms + 60 * minute_ms;
    check_card("waiting_customer", &v, SARA);

    v.status = TICKET_ON_HOLD, v.snoozed_until_ms = nine_ms + 24 * 60 * minute_ms;
    v.tags[0] = "parts", v.tags[1] = "warranty", v.tag_count = 2;
    v.category = "Hardware", v.type = "Printer", v.subtype = "Offline";
    check_card("on_hold_snoozed", &v, SARA);

    v = printer();
    v.status = TICKET_AWAITING_CLOSE, v.handler = HANDLER_HUMAN, v.reminders = 5;
    v.assignee_id = SARA, v.assignee = "Sara";
    check_card("awaiting_close", &v, 0);

    v.status = TICKET_RESOLVED, v.outcome = OUTCOME_RESOLVED_AI, v.assignee_id = 0;
    v.handler = HANDLER_NONE, v.reminders = 0;
    check_card("resolved", &v, SARA);

    v.status = TICKET_CLOSED, v.outcome = OUTCOME_NO_RESPONSE, v.close_reason = "Five reminders";
    v.followup_of = 17;
    check_card("closed", &v, SARA);
}

static void warnings_stand_in_one_place(void **unused)
{
    (void)unused;
    struct ticket_view v = printer();
    v.alert = true, v.sentiment = 12, v.undelivered = 1, v.other_open = 2, v.needs_review = true;
    v.client_vip = true, v.contact_verified = true, v.priority = 1, v.reason = "panic";
    check_card("warnings", &v, SARA);
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

static void hostile_texts_stay_text(void **unused)
{
    (void)unused;
    struct ticket_view v = printer();
    struct entry hostile[] = {
        { .kind = ENTRY_MSG, .author = AUTHOR_CONTACT,
          .text = "</script><script>alert(1)</script> <!channel> <@U1> *b* [x](javascript:y)" },
        { .kind = ENTRY_MSG, .author = AUTHOR_CONTACT,
          .text = "${$root.secret} {{x}} \\u0041 \"quoted\" \x01\x1b[31mred\x7f" },
        { .kind = ENTRY_MSG, .author = AUTHOR_CONTACT, .name = "\xe2\x80\xae" "Sara",
          .text = "\xe2\x80\xae" "gnp.exe\xe2\x80\xac end\xe2\x80\xa8next\r\nSo far: solved" },
    };
    v.contact_name = "<!channel>\nOwner: Sara";
    v.subject = "</script><b>*x*</b>\tand\n\nmore &amp; \xe2\x80\xae" "desrever";
    v.summary = "line one\nDraft: forged\n<@U1>";
    v.client_name = "Client \xef\xbb\xbf\xe2\x81\xa6${x}\xe2\x81\xa9";
    v.tags[0] = "a,b", v.tags[1] = "<i>", v.tag_count = 2;
    v.lines = hostile, v.line_count = COUNT(hostile);
    check_card("hostile", &v, SARA);
}

static void long_texts_are_clipped_between_code_points(void **unused)
{
    (void)unused;
    struct ticket_view v = printer();
    char *emoji = many("\xf0\x9f\x94\xa5", 5000), *name = many("N\xc3\xa4", 3000);
    char *blank = many(" ", 4000);
    struct entry said = { .kind = ENTRY_MSG, .author = AUTHOR_CONTACT, .text = emoji };
    v.subject = emoji, v.summary = emoji, v.draft = emoji, v.contact_name = name;
    v.contact_email = name, v.client_name = name, v.category = name, v.type = emoji;
    v.lines = &said, v.line_count = 1;
    for (size_t i = 0; i < VIEW_TAGS_MAX; i++)
        v.tags[v.tag_count++] = name;
    check_card("long", &v, SARA);
    v = printer();
    v.subject = blank, v.contact_name = blank;
    check_card("blank", &v, SARA);
    free(emoji), free(name), free(blank);
}

static void only_the_last_messages_are_shown(void **unused)
{
    (void)unused;
    struct ticket_view v = printer();
    struct entry all[40];
    char texts[40][8];
    for (size_t i = 0; i < COUNT(all); i++) {
        snprintf(texts[i], sizeof texts[i], "m%zu", i);
        all[i] = (struct entry){ .kind = i % 3 ? ENTRY_MSG : ENTRY_CONV,
                                 .author = AUTHOR_CONTACT, .text = texts[i] };
    }
    v.lines = all, v.line_count = COUNT(all);
    struct arena a = { 0 };
    struct card card;
    card_make(&v, &(struct card_viewer){ 0 }, nine_ms, &a, &card);
    assert_int_equal(card.line_count, CARD_LINES_MAX);
    assert_string_equal(card.lines[0].text, "m31");
    assert_string_equal(card.lines[CARD_LINES_MAX - 1].text, "m38");
    arena_clear(&a);
}

static bool has(const struct card *card, enum card_action action)
{
    for (size_t i = 0; i < card->button_count; i++)
        if (card->buttons[i].action == action)
            return true;
    return false;
}

static void buttons_apply_when_the_desk_would_agree(void **unused)
{
    (void)unused;
    static const struct {
        const char *story;
        enum ticket_status status;
        enum ticket_handler handler;
        int64_t assignee, viewer;
        enum role role;
        enum card_action action;
        bool shown;
    } rows[] = {
        { "an open ticket is claimed", TICKET_OPEN, HANDLER_NONE, 0, SARA, 0, CARD_CLAIM, true },
        { "on a shared card too", TICKET_OPEN, HANDLER_NONE, 0, 0, 0, CARD_CLAIM, true },
        { "not what Omar was given", TICKET_OPEN, HANDLER_NONE, OMAR, SARA, 0, CARD_CLAIM, false },
        { "what Sara was given", TICKET_OPEN, HANDLER_NONE, SARA, SARA, 0, CARD_CLAIM, true },
        { "not twice", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, SARA, 0, CARD_CLAIM, false },
        { "a person steps in", TICKET_OPEN, HANDLER_AI, 0, SARA, 0, CARD_TAKEOVER, true },
        { "only from the assistant", TICKET_OPEN, HANDLER_NONE, 0, SARA, 0, CARD_TAKEOVER, false },
        { "Omar cannot take Sara's", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, OMAR, 0,
          CARD_TAKE_FROM, false },
        { "a lead takes it over", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, OMAR, ROLE_LEAD,
          CARD_TAKE_FROM, true },
        { "on hold too", TICKET_ON_HOLD, HANDLER_HUMAN, SARA, OMAR, ROLE_LEAD, CARD_TAKE_FROM,
          true },
        { "one has it already", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, SARA, ROLE_LEAD,
          CARD_TAKE_FROM, false },
        { "a shared card offers it", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, 0, 0,
          CARD_TAKE_FROM, true },
        { "not when nobody has it", TICKET_IN_PROGRESS, HANDLER_HUMAN, 0, 0, 0, CARD_TAKE_FROM,
          false },
        { "not when it is closed", TICKET_CLOSED, HANDLER_HUMAN, SARA, 0, 0, CARD_TAKE_FROM,
          false },
        { "given back", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, SARA, 0, CARD_GIVE_BACK, true },
        { "it has it already", TICKET_OPEN, HANDLER_AI, 0, SARA, 0, CARD_GIVE_BACK, false },
        { "Sara lets go", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, SARA, 0, CARD_RELEASE, true },
        { "Omar cannot for her", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, OMAR, 0, CARD_RELEASE,
          false },
        { "a lead can", TICKET_IN_PROGRESS, HANDLER_HUMAN, SARA, OMAR, ROLE_LEAD, CARD_RELEASE,
          true },
        { "no reply when closed", TICKET_CLOSED, HANDLER_HUMAN, SARA, SARA, 0, CARD_REPLY, false },
        { "a note always", TICKET_CLOSED, HANDLER_HUMAN, SARA, SARA, 0, CARD_NOTE, true },
        { "reopened", TICKET_CLOSED, HANDLER_HUMAN, SARA, SARA, 0, CARD_REOPEN, true },
        { "a decision is kept open, not reopened", TICKET_AWAITING_CLOSE, HANDLER_HUMAN, SARA, SARA,
          0, CARD_REOPEN, false },
        { "kept open", TICKET_AWAITING_CLOSE, HANDLER_HUMAN, SARA, SARA, 0, CARD_KEEP_OPEN, true },
        { "nothing to keep open", TICKET_OPEN, HANDLER_NONE, 0, SARA, 0, CARD_KEEP_OPEN, false },
        { "no draft, no button", TICKET_OPEN, HANDLER_NONE, 0, SARA, 0, CARD_SEND_DRAFT, false },
        { "nothing sleeps", TICKET_OPEN, HANDLER_NONE, 0, SARA, 0, CARD_WAKE, false },
        { "snooze", TICKET_OPEN, HANDLER_NONE, 0, SARA, 0, CARD_SNOOZE, true },
        { "no snooze when done", TICKET_RESOLVED, HANDLER_NONE, 0, SARA, 0, CARD_SNOOZE, false },
        { "no assistant, no fault", TICKET_OPEN, HANDLER_NONE, 0, SARA, 0, CARD_AI_WRONG, false },
        { "the assistant may be wrong", TICKET_OPEN, HANDLER_AI, 0, SARA, 0, CARD_AI_WRONG, true },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct ticket_view v = printer();
        struct card card;
        v.status = rows[i].status, v.handler = rows[i].handler, v.assignee_id = rows[i].assignee;
        v.assignee = rows[i].assignee ? "Somebody" : NULL;
        struct card_viewer viewer = { rows[i].viewer, rows[i].role };
        card_make(&v, &viewer, nine_ms, &a, &card);
        if (has(&card, rows[i].action) != rows[i].shown)
            fail_msg("%s: %s is %s", rows[i].story, card_action_code(rows[i].action),
                     rows[i].shown ? "missing" : "there");
    }
    arena_clear(&a);
}

/* For every state that a ticket can be in: no button twice, the front row is short, and none moves
 * the ticket where the table of the desk says no. */
static void every_state_has_sound_buttons(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    for (unsigned bits = 0; bits < TICKET_STATUSES * 64u; bits++) {
        struct ticket_view v = printer();
        struct card card;
        v.status = (enum ticket_status)(bits / 64);
        v.handler = bits & 1 ? HANDLER_AI : HANDLER_HUMAN;
        v.assignee_id = bits & 2 ? SARA : 0;
        v.draft_id = bits & 4 ? 9 : 0;
        v.needs_review = bits & 8;
        v.snoozed_until_ms = bits & 16 ? nine_ms + minute_ms : 0;
        card_make(&v, &(struct card_viewer){ bits & 32 ? SARA : 0, 0 }, nine_ms, &a, &card);
        size_t primary = 0;
        unsigned seen = 0;
        assert_in_range(card.front_count, 1, 6);
        for (size_t i = 0; i < card.button_count; i++) {
            assert_false(seen & 1u << card.buttons[i].action);
            seen |= 1u << card.buttons[i].action;
            primary += card.buttons[i].primary;
            assert_false(card.buttons[i].primary && card.buttons[i].danger);
            assert_true(!card.buttons[i].danger || card.buttons[i].dialog);
        }
        assert_int_equal(primary, v.status != TICKET_AWAITING_CLOSE);
        assert_int_equal(has(&card, CARD_REPLY), !ticket_is_done(v.status));
        assert_int_equal(has(&card, CARD_CLOSE), v.status != TICKET_CLOSED);
        assert_true(has(&card, CARD_NOTE));
        arena_clear(&a);
    }
}

/* Whoever presses it on a shared card and cannot have it is told who has it. */
static void a_takeover_refused_says_why(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct card card;
    struct ticket_view v = printer();
    v.status = TICKET_IN_PROGRESS, v.handler = HANDLER_HUMAN;
    v.assignee_id = SARA, v.assignee = "Sara";
    card_make(&v, &(struct card_viewer){ SARA, 0 }, nine_ms, &a, &card);
    assert_string_equal(card_not_now(&card, CARD_TAKE_FROM, &v, &a), "You have it already.");
    card_make(&v, &(struct card_viewer){ OMAR, 0 }, nine_ms, &a, &card);
    assert_string_equal(card_not_now(&card, CARD_TAKE_FROM, &v, &a),
                        "Sara has it. Only a lead can take it over.");
    arena_clear(&a);
}

static void codes_lead_there_and_back(void **unused)
{
    (void)unused;
    for (int i = 0; i < CARD_ACTIONS; i++)
        assert_int_equal(card_action_parse(card_action_code((enum card_action)i)), i);
    assert_int_equal(card_action_parse("Claim"), -1);
    assert_int_equal(card_action_parse(""), -1);
    assert_int_equal(card_action_parse(NULL), -1);
}

static void a_full_buffer_is_said(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct card card;
    struct ticket_view v = printer();
    card_make(&v, &(struct card_viewer){ 0 }, nine_ms, &a, &card);
    for (size_t max = 0; max < 700; max += 100) {
        struct buf out;
        buf_init(&out, max);
        assert_int_equal(card_render_json(&card, &out), -1);
        buf_clear(&out);
        buf_init(&out, max / 4);
        assert_int_equal(card_render_text(&card, &out), -1);
        buf_clear(&out);
    }
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_its_card),
        cmocka_unit_test(warnings_stand_in_one_place),
        cmocka_unit_test(hostile_texts_stay_text),
        cmocka_unit_test(long_texts_are_clipped_between_code_points),
        cmocka_unit_test(only_the_last_messages_are_shown),
        cmocka_unit_test(buttons_apply_when_the_desk_would_agree),
        cmocka_unit_test(every_state_has_sound_buttons),
        cmocka_unit_test(a_takeover_refused_says_why),
        cmocka_unit_test(codes_lead_there_and_back),
        cmocka_unit_test(a_full_buffer_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
