/* inbox_parse_test.c - what a browser may ask of the desk, and how the rest is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/inbox/limit.h"
#include "adapters/inbox/parse.h"
#include "bot/base/buf.h"
#include "bot/desk/ticket.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define ID "\"id\":\"abcdef01\""

static bool parse(const char *json, struct arena *a, struct command *c, const char **why)
{
    return parse_act(json, strlen(json), a, c, why);
}

static void every_action_becomes_its_command(void **unused)
{
    (void)unused;
    static const struct { const char *json; enum command_kind kind; } rows[] = {
        { "{\"action\":\"claim\",\"ticket\":42," ID "}", COMMAND_CLAIM },
        { "{\"action\":\"release\",\"ticket\":42," ID "}", COMMAND_RELEASE },
        { "{\"action\":\"reply\",\"ticket\":42,\"text\":\"Hi\",\"keep\":true," ID "}",
          COMMAND_REPLY },
        { "{\"action\":\"note\",\"ticket\":42,\"text\":\"Hm\"," ID "}", COMMAND_NOTE },
        { "{\"action\":\"transfer\",\"ticket\":42,\"team\":3," ID "}", COMMAND_TRANSFER },
        { "{\"action\":\"takeover\",\"ticket\":42," ID "}", COMMAND_TAKEOVER },
        { "{\"action\":\"give_back\",\"ticket\":42," ID "}", COMMAND_GIVE_BACK },
        { "{\"action\":\"priority\",\"ticket\":42,\"priority\":1," ID "}", COMMAND_PRIORITY },
        { "{\"action\":\"category\",\"ticket\":42," ID "}", COMMAND_CATEGORY },
        { "{\"action\":\"subject\",\"ticket\":42,\"subject\":\"VPN\"," ID "}", COMMAND_SUBJECT },
        { "{\"action\":\"tag\",\"ticket\":42,\"tag\":\"vpn\",\"set\":true," ID "}", COMMAND_TAG },
        { "{\"action\":\"snooze\",\"ticket\":42,\"until\":0," ID "}", COMMAND_SNOOZE },
        { "{\"action\":\"hold\",\"ticket\":42," ID "}", COMMAND_HOLD },
        { "{\"action\":\"resolve\",\"ticket\":42," ID "}", COMMAND_RESOLVE },
        { "{\"action\":\"close\",\"ticket\":42,\"outcome\":\"invalid\"," ID "}", COMMAND_CLOSE },
        { "{\"action\":\"reopen\",\"ticket\":42," ID "}", COMMAND_REOPEN },
        { "{\"action\":\"keep_open\",\"ticket\":42," ID "}", COMMAND_KEEP_OPEN },
        { "{\"action\":\"escalate\",\"ticket\":42,\"why\":\"VIP\"," ID "}", COMMAND_ESCALATE },
        { "{\"action\":\"review\",\"ticket\":42,\"review\":false," ID "}", COMMAND_REVIEW },
        { "{\"action\":\"ai_wrong\",\"ticket\":42,\"field\":\"answer\"," ID "}", COMMAND_AI_WRONG },
        { "{\"action\":\"send_draft\",\"ticket\":42,\"draft\":9," ID "}", COMMAND_SEND_DRAFT },
        { "{\"action\":\"desk_seen\",\"ticket\":42,\"seq\":7}", COMMAND_DESK_SEEN },
        { "{\"action\":\"retry_effect\",\"effect\":5," ID "}", COMMAND_RETRY_EFFECT },
        { "{\"action\":\"drop_effect\",\"effect\":5," ID "}", COMMAND_DROP_EFFECT },
        { "{\"action\":\"new\",\"client\":1,\"name\":\"Ana\",\"text\":\"Help\"," ID "}",
          COMMAND_NEW_TICKET },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct command c;
        const char *why;
        if (!parse(rows[i].json, &a, &c, &why))
            fail_msg("%s: %s", rows[i].json, why);
        assert_int_equal(c.kind, rows[i].kind);
        arena_clear(&a);
    }
}

static void values_arrive_where_the_desk_looks_for_them(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct command c;
    const char *why;
    assert_true(parse("{\"action\":\"reply\",\"ticket\":42,\"version\":7,\"text\":\" Grüße \\n\","
                      "\"keep\":true," ID "}", &a, &c, &why));
    assert_int_equal(c.ticket_id, 42);
    assert_int_equal(c.if_version, 7);
    assert_string_equal(c.text, " Grüße \n");
    assert_true(c.flag);
    assert_string_equal(c.source_id, "abcdef01");
    assert_int_equal(c.actor_id, 0);
    assert_true(parse("{\"action\":\"transfer\",\"ticket\":1,\"technician\":5,\"why\":\"\"," ID
                      "}", &a, &c, &why));
    assert_int_equal(c.target_id, 5);
    assert_null(c.text);
    assert_true(parse("{\"action\":\"close\",\"ticket\":1,\"reason\":\"spam\","
                      "\"outcome\":\"invalid\"," ID "}", &a, &c, &why));
    assert_int_equal(c.outcome, OUTCOME_INVALID);
    assert_string_equal(c.text, "spam");
    assert_true(parse("{\"action\":\"send_draft\",\"ticket\":1,\"draft\":9007199254740991," ID
                      "}", &a, &c, &why));
    assert_true(c.number == INT64_C(9007199254740991));
    arena_clear(&a);
}

static void refusals_say_what_is_wrong(void **unused)
{
    (void)unused;
    static const struct { const char *json, *why; } rows[] = {
        { "", "This is not a JSON object." },
        { "[]", "This is not a JSON object." },
        { "{\"action\":\"claim\",\"action\":\"claim\"}", "This is not a JSON object." },
        { "{\"action\":\"note\",\"ticket\":1,\"text\":\"a\\u0000b\"," ID "}",
          "This is not a JSON object." },
        { "{\"ticket\":1}", "This action is not known." },
        { "{\"action\":\"explode\"}", "This action is not known." },
        { "{\"action\":7}", "This action is not known." },
        { "{\"action\":\"claim\"," ID "}", "ticket is missing." },
        { "{\"action\":\"claim\",\"ticket\":0," ID "}", "ticket is missing." },
        { "{\"action\":\"claim\",\"ticket\":\"1\"," ID "}", "ticket must be a whole number." },
        { "{\"action\":\"claim\",\"ticket\":-1," ID "}", "ticket must be a whole number." },
        { "{\"action\":\"claim\",\"ticket\":1.5," ID "}", "ticket must be a whole number." },
        { "{\"action\":\"claim\",\"ticket\":9007199254740992," ID "}",
          "ticket must be a whole number." },
        { "{\"action\":\"claim\",\"ticket\":1}", "id is missing." },
        { "{\"action\":\"claim\",\"ticket\":1,\"id\":\"short\"}",
          "id must be 8 to 64 letters, digits, - or _." },
        { "{\"action\":\"claim\",\"ticket\":1,\"id\":\"a b c d e f\"}",
          "id must be 8 to 64 letters, digits, - or _." },
        { "{\"action\":\"claim\",\"ticket\":1,\"text\":\"x\"," ID "}",
          "claim does not take text." },
        { "{\"action\":\"note\",\"ticket\":1,\"text\":\"x\",\"keep\":true," ID "}",
          "note does not take keep." },
        { "{\"action\":\"claim\",\"ticket\":1,\"\\u0440\":1," ID "}",
          "claim does not take an unknown member." },
        { "{\"action\":\"reply\",\"ticket\":1," ID "}", "text is missing." },
        { "{\"action\":\"reply\",\"ticket\":1,\"text\":\" \\n\\u3000\"," ID "}",
          "text is missing." },
        { "{\"action\":\"reply\",\"ticket\":1,\"text\":null," ID "}",
          "text must be text of at most 8000 characters." },
        { "{\"action\":\"reply\",\"ticket\":1,\"text\":\"x\",\"keep\":1," ID "}",
          "keep must be true or false." },
        { "{\"action\":\"priority\",\"ticket\":1,\"priority\":5," ID "}",
          "priority must be 1 to 4." },
        { "{\"action\":\"priority\",\"ticket\":1,\"priority\":0," ID "}",
          "priority must be 1 to 4." },
        { "{\"action\":\"transfer\",\"ticket\":1," ID "}", "Choose a technician or a team." },
        { "{\"action\":\"transfer\",\"ticket\":1,\"team\":1,\"technician\":2," ID "}",
          "Choose a technician or a team." },
        { "{\"action\":\"category\",\"ticket\":1,\"type\":\"VPN\"," ID "}",
          "A type needs a category." },
        { "{\"action\":\"category\",\"ticket\":1,\"category\":\"N\",\"subtype\":\"VPN\"," ID "}",
          "A subtype needs a type." },
        { "{\"action\":\"close\",\"ticket\":1,\"outcome\":\"gone\"," ID "}",
          "outcome is not one that this desk knows." },
        { "{\"action\":\"new\",\"client\":1,\"text\":\"x\"," ID "}",
          "Say who asks: a name or a mail address." },
        { "{\"action\":\"new\",\"client\":1,\"email\":\"a b@c\",\"text\":\"x\"," ID "}",
          "This is not a mail address." },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct command c;
        const char *why = NULL;
        if (parse(rows[i].json, &a, &c, &why))
            fail_msg("taken: %s", rows[i].json);
        if (strcmp(why, rows[i].why) != 0)
            fail_msg("%s: \"%s\"", rows[i].json, why);
        arena_clear(&a);
    }
}

static void the_longest_text_fits_and_one_more_does_not(void **unused)
{
    (void)unused;
    for (int extra = 0; extra < 2; extra++) {
        struct arena a = { 0 };
        struct command c;
        const char *why;
        struct buf json;
        buf_init(&json, PARSE_BODY_MAX);
        buf_text(&json, "{\"action\":\"note\",\"ticket\":1," ID ",\"text\":\"");
        for (int i = 0; i < PARSE_TEXT_MAX + extra; i++)
            buf_text(&json, "\xf0\x9f\x96\xa8");
        buf_text(&json, "\"}");
        assert_false(json.failed);
        assert_int_equal(parse(json.data, &a, &c, &why), extra == 0);
        buf_clear(&json);
        arena_clear(&a);
    }
}

static void what_is_too_long_is_not_even_read(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct command c;
    const char *why;
    char *body = malloc(PARSE_BODY_MAX + 1);
    memset(body, ' ', PARSE_BODY_MAX + 1);
    memcpy(body, "{\"action\":\"claim\",\"ticket\":1," ID "}", 45);
    assert_false(parse_act(body, PARSE_BODY_MAX + 1, &a, &c, &why));
    free(body);
    arena_clear(&a);
}

static void live_frames_are_few_and_strict(void **unused)
{
    (void)unused;
    struct parse_frame f;
    assert_true(parse_frame("{\"t\":\"look\",\"ticket\":42}", 24, &f));
    assert_int_equal(f.kind, FRAME_LOOK);
    assert_int_equal(f.ticket_id, 42);
    assert_true(parse_frame("{\"t\":\"typing\",\"ticket\":1,\"note\":true}", 37, &f));
    assert_true(f.kind == FRAME_TYPING && f.note);
    assert_true(parse_frame("{\"t\":\"ping\"}", 12, &f));
    static const char *const bad[] = { "", "{}", "[1]", "{\"t\":\"look\"}",
      "{\"t\":\"shout\",\"ticket\":1}",
                                       "{\"t\":\"look\",\"ticket\":-1}", "{\"t\":1}" };
    for (size_t i = 0; i < COUNT(bad); i++)
        if (parse_frame(bad[i], strlen(bad[i]), &f))
            fail_msg("taken: %s", bad[i]);
}

static void a_door_takes_a_token_or_an_address_with_a_code(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct parse_door d;
    assert_true(parse_door("{\"token\":\"abc\"}", 15, &a, &d));
    assert_string_equal(d.token, "abc");
    assert_null(d.email);
    assert_true(parse_door("{\"email\":\"a@b\",\"code\":\"123456\"}", 31, &a, &d));
    assert_string_equal(d.email, "a@b");
    assert_string_equal(d.code, "123456");
    assert_false(parse_door("{}", 2, &a, &d));
    assert_false(parse_door("nonsense", 8, &a, &d));
    assert_false(parse_door("{\"code\":123456}", 15, &a, &d));
    arena_clear(&a);
}

static void addresses_that_could_break_a_header_are_refused(void **unused)
{
    (void)unused;
    static const struct { const char *email; bool fit; } rows[] = {
        { "sara@desk.example", true }, { "sara+it@desk.example", true }, { "ö@ü.example", true },
        { "", false }, { "sara", false }, { "@b", false }, { "a@", false }, { "a@b@c", false },
        { "a b@c", false }, { "a@b\r\nBcc: x@y", false }, { "<a@b>", false }, { "a,b@c", false },
        { "\"a\"@b", false }, { "a@b;c", false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (parse_email_is_fit(rows[i].email) != rows[i].fit)
            fail_msg("%s", rows[i].email);
}

static void numbers_and_cookies(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    assert_int_equal(parse_number("42"), 42);
    assert_true(parse_number("9007199254740991") == INT64_C(9007199254740991));
    assert_int_equal(parse_number("9007199254740992"), -1);
    assert_int_equal(parse_number("99999999999999999999"), -1);
    assert_int_equal(parse_number(""), -1);
    assert_int_equal(parse_number(NULL), -1);
    assert_int_equal(parse_number("-1"), -1);
    assert_int_equal(parse_number("4 2"), -1);
    assert_string_equal(parse_cookie("a=b; dh_inbox=T0k; c=d", "dh_inbox", &a), "T0k");
    assert_string_equal(parse_cookie("dh_inbox=", "dh_inbox", &a), "");
    assert_null(parse_cookie("xdh_inbox=1; dh_inboxx=2", "dh_inbox", &a));
    assert_null(parse_cookie(NULL, "dh_inbox", &a));
    assert_null(parse_cookie("; ;dh_inbox", "dh_inbox", &a));
    arena_clear(&a);
}

static void a_limit_counts_per_key_and_forgets(void **unused)
{
    (void)unused;
    struct limit *l = calloc(1, sizeof *l);
    for (int i = 0; i < 5; i++)
        assert_true(limit_take(l, "try", "a@b", 5, 1000, 100 + i));
    assert_false(limit_take(l, "try", "a@b", 5, 1000, 200));
    assert_true(limit_take(l, "mail", "a@b", 5, 1000, 200));
    assert_true(limit_take(l, "try", "c@d", 5, 1000, 200));
    assert_false(limit_take(l, "try", "a@b", 5, 1000, 1099));
    assert_true(limit_take(l, "try", "a@b", 5, 1000, 1100));
    assert_true(limit_take(l, "try", "a@b", 1, 1000, 50));      /* the clock was set back */
    for (int i = 0; i < 3 * LIMIT_KEYS; i++) {
        char key[20];
        snprintf(key, sizeof key, "k%d", i);
        assert_true(limit_take(l, "try", key, 1, 1000, 2000 + i));
    }
    free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_action_becomes_its_command),
        cmocka_unit_test(values_arrive_where_the_desk_looks_for_them),
        cmocka_unit_test(refusals_say_what_is_wrong),
        cmocka_unit_test(the_longest_text_fits_and_one_more_does_not),
        cmocka_unit_test(what_is_too_long_is_not_even_read),
        cmocka_unit_test(live_frames_are_few_and_strict),
        cmocka_unit_test(a_door_takes_a_token_or_an_address_with_a_code),
        cmocka_unit_test(addresses_that_could_break_a_header_are_refused),
        cmocka_unit_test(numbers_and_cookies),
        cmocka_unit_test(a_limit_counts_per_key_and_forgets),
    };
    return cmocka_run_group_tests_name("inbox: requests", tests, NULL, NULL);
}
