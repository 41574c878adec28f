/* wire_test.c - the operator's commands survive the way through the control socket, and nothing else
 * gets through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/wire.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Writes, reads and writes again: both lines are the same, so nothing was lost on the way. */
static void goes_there_and_back(const struct command *sent, struct arena *a, struct command *got)
{
    struct buf first, second;
    char error[WIRE_ERROR_MAX] = "";
    buf_init(&first, WIRE_LINE_MAX);
    buf_init(&second, WIRE_LINE_MAX);
    assert_int_equal(wire_write_command(sent, &first), 0);
    if (wire_read_command(first.data, first.len, a, got, error))
        fail_msg("%s: %s", first.data, error);
    assert_int_equal(wire_write_command(got, &second), 0);
    assert_string_equal(first.data, second.data);
    assert_ptr_equal(strchr(first.data, '\n'), first.data + first.len - 1);
    assert_int_equal(got->actor, ACTOR_OPERATOR);
    assert_string_equal(got->source, "cli");
    buf_clear(&first);
    buf_clear(&second);
}

static void commands_survive_the_way(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct command got;
    struct client_change client = { .key = "acme", .name = "Acme \"A\"\n</script>",
                                    .hours = "always",
                                    .active = -1, .messenger = 1, .triage = 2, .reminders = 0,
                                    .vip = -1 };
    goes_there_and_back(&(struct command){ .kind = COMMAND_CLIENT_SAVE, .client = &client }, &a,
                        &got);
    assert_string_equal(got.client->name, client.name);
    assert_null(got.client->brand);
    assert_int_equal(got.client->active, -1);
    assert_int_equal(got.client->triage, 2);
    assert_int_equal(got.client->reminders, 0);

    struct kb_passage passages[] = { { NULL, "Before any heading." }, { "Ink", "Buy ink." } };
    struct kb_article_change article = { .path = "printer.md", .title = "Printer", .lang = "en",
                                         .text = "all", .passages = passages, .passage_count = 2 };
    goes_there_and_back(&(struct command){ .kind = COMMAND_KB_PUT, .client_id = 7,
                                           .article = &article }, &a, &got);
    assert_int_equal(got.article->passage_count, 2);
    assert_null(got.article->passages[0].heading);
    assert_string_equal(got.article->passages[1].text, "Buy ink.");
    assert_null(got.article->url);

    struct command link = { .kind = COMMAND_SIGN_IN_LINK, .email = "sara@example.com",
                            .until_ms = 1772442000000, .hash = { 0, 1, 0xff, [31] = 0xab } };
    goes_there_and_back(&link, &a, &got);
    assert_memory_equal(got.hash, link.hash, sizeof link.hash);
    assert_int_equal(got.until_ms, link.until_ms);

    goes_there_and_back(&(struct command){ .kind = COMMAND_TECHNICIAN_SAVE, .email = "o@x.example",
                                           .category = "lead", .flag = true }, &a, &got);
    assert_true(got.flag);
    goes_there_and_back(&(struct command){ .kind = COMMAND_RETRY_EFFECT, .number = INT64_MAX }, &a,
                        &got);
    assert_int_equal(got.number, INT64_MAX);
    arena_clear(&a);
}

static void only_administration_has_a_line(void **unused)
{
    (void)unused;
    struct buf out;
    buf_init(&out, 1000);
    for (int kind = 0; kind < COMMANDS; kind++) {
        struct command c = { .kind = (enum command_kind)kind };
        bool ours = (kind >= COMMAND_CLIENT_SAVE && kind <= COMMAND_KB_REMOVE)
                 || kind == COMMAND_RETRY_EFFECT || kind == COMMAND_DROP_EFFECT
                 || kind == COMMAND_ROUTE;
        buf_reset(&out);
        assert_int_equal(wire_write_command(&c, &out), ours ? 0 : -1);
    }
    buf_clear(&out);
}

static void bad_lines_are_refused_with_a_reason(void **unused)
{
    (void)unused;
    static const struct { const char *line, *reason; } rows[] = {
        { "", "no JSON" },
        { "[]", "command" },
        { "{\"command\":\"say\"}", "\"say\" is no command" },
        { "{\"command\":7}", "command" },
        { "{\"command\":\"team.save\",\"name\":7}", "\"name\" has the wrong form" },
        { "{\"command\":\"team.save\",\"nane\":\"x\"}", "\"nane\" is unknown" },
        { "{\"command\":\"team.save\",\"name\":\"a\",\"name\":\"b\"}", "no JSON" },
        { "{\"command\":\"team.save\",\"name\":\"a\\u0000b\"}", "no JSON" },
        { "{\"command\":\"team.save\",\"name\":\"\xff\"}", "no JSON" },
        { "{\"command\":\"team.save\"} x", "no JSON" },
        { "{\"command\":\"team.save\",\"client\":{}}", "belongs to client.save" },
        { "{\"command\":\"client.save\"}", "belongs to client.save" },
        { "{\"command\":\"client.save\",\"client\":[]}", "object" },
        { "{\"command\":\"client.save\",\"client\":{\"triage\":99}}", "\"triage\"" },
        { "{\"command\":\"kb.put\",\"article\":{}}", "passages" },
        { "{\"command\":\"kb.put\",\"article\":{\"passages\":[7]}}", "object" },
        { "{\"command\":\"sign_in.link\",\"hash\":\"00\"}", "\"hash\"" },
        { "{\"command\":\"sign_in.link\",\"hash\":null}", "\"hash\"" },
        { "{\"command\":\"effect\",\"number\":1e400}", "no JSON" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct command c;
        char error[WIRE_ERROR_MAX] = "";
        assert_int_equal(wire_read_command(rows[i].line, strlen(rows[i].line), &a, &c, error), -1);
        if (!strstr(error, rows[i].reason))
            fail_msg("%s: %s", rows[i].line, error);
        arena_clear(&a);
    }
}

static void outcomes_survive_the_way(void **unused)
{
    (void)unused;
    struct outcome got, sent = { .result = RESULT_TAKEN, .ticket_id = 42, .version = 3, .id = 9,
                                 .name = "Sara", .text = "Sara already has it." };
    struct buf line;
    buf_init(&line, 4096);
    assert_int_equal(wire_write_outcome(&sent, &line), 0);
    assert_int_equal(wire_read_outcome(line.data, line.len, &got), 0);
    assert_int_equal(got.result, RESULT_TAKEN);
    assert_int_equal(got.ticket_id, 42);
    assert_int_equal(got.id, 9);
    assert_string_equal(got.text, sent.text);
    assert_int_equal(wire_read_outcome("{}", 2, &got), -1);
    assert_int_equal(wire_read_outcome("", 0, &got), -1);
    assert_int_equal(wire_read_outcome("{\"result\":\"great\"}", 18, &got), -1);
    buf_clear(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_survive_the_way),
        cmocka_unit_test(only_administration_has_a_line),
        cmocka_unit_test(bad_lines_are_refused_with_a_reason),
        cmocka_unit_test(outcomes_survive_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
