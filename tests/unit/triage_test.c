/* triage_test.c - sentences and whole conversations through the triage agent, and what it decides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bot/agents/speech.h"
#include "tests/unit/triage_handover.h"
#include "tests/unit/triage_harmless.h"
#include "tests/unit/triage_talk.h"

/* ---- one sentence ---- */

static size_t wrong_rows(const char *const *rows, enum handoff_reason reason, int worst_priority)
{
    size_t wrong = 0;
    for (; *rows; rows++) {
        struct talk t = { 0 };
        talk_say(&t, *rows);
        if (t.d.action != TRIAGE_HANDOFF || t.d.reason != reason || t.d.priority > worst_priority) {
            print_message("  %s P%d, not %s: %s\n", handoff_reason_code(t.d.reason), t.d.priority,
                          handoff_reason_code(reason), *rows);
            wrong++;
        }
        talk_end(&t);
    }
    return wrong;
}

static void test_people_at_once(void **state)
{
    (void)state;
    assert_int_equal(wrong_rows(human_asked, HANDOFF_HUMAN_ASKED, 3), 0);
    assert_int_equal(wrong_rows(down, HANDOFF_PANIC, 1), 0);
    assert_int_equal(wrong_rows(panic, HANDOFF_PANIC, 2), 0);
    assert_int_equal(wrong_rows(safety, HANDOFF_SAFETY, 2), 0);
    assert_int_equal(wrong_rows(anger, HANDOFF_ANGER, 2), 0);
    assert_int_equal(wrong_rows(complex_ones, HANDOFF_COMPLEX, 3), 0);
    assert_int_equal(wrong_rows(policy, HANDOFF_POLICY, 3), 0);
}

/* An ordinary message gets a question first, and is no reason to alert people. */
static void test_harmless(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (const char *const *row = harmless; *row; row++) {
        struct talk t = { 0 };
        talk_say(&t, *row);
        if (t.d.action == TRIAGE_HANDOFF || t.d.action == TRIAGE_SOLVED || t.d.alert) {
            print_message("  %s: %s\n", handoff_reason_code(t.d.reason), *row);
            wrong++;
        }
        talk_end(&t);
    }
    assert_int_equal(wrong, 0);
}

static void test_only_thanks(void **state)
{
    (void)state;
    for (const char *const *row = thanks; *row; row++)
        if (!triage_is_only_thanks(*row))
            fail_msg("should be thanks: %s", *row);
    for (const char *const *row = no_thanks; *row; row++)
        if (triage_is_only_thanks(*row))
            fail_msg("is more than thanks: %s", *row);
}

/* ---- conversations ---- */

static void test_button(void **state)
{
    (void)state;
    static const char *const texts[] = { "", "hello", "thanks", "no need for a human", "again" };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct talk t = { .facts.human_requested = true };
        talk_say(&t, texts[i]);
        assert_int_equal(t.d.action, TRIAGE_HANDOFF);
        assert_int_equal(t.d.reason, HANDOFF_HUMAN_ASKED);
        assert_string_equal(t.d.say, speech_for("en")->said->handoff);
        talk_end(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_at_once), cmocka_unit_test(test_harmless),
        cmocka_unit_test(test_only_thanks), cmocka_unit_test(test_button),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
