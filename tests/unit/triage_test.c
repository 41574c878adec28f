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

/* Steps of a conversation: what the customer says and what the agent must do. */
struct step {
    const char *says;
    enum triage_action action;
    enum handoff_reason reason;
};

static const struct triage_passage articles[] = {
    { .article_id = 1, .title = "Printer offline", .lang = "en", .score = 12,
      .text = "If your printer shows offline, switch it off, wait ten seconds, switch it on again and "
              "check that the network cable is plugged in." },
    { .article_id = 2, .title = "Printer queue", .lang = "en", .score = 9,
      .text = "Delete stuck jobs from the printer queue: open printers, right click the printer that "
              "shows offline, see what is printing and cancel all documents." },
};

static void run(const char *name, bool knows, const struct step *steps)
{
    struct talk t = { .facts.passages = knows ? articles : NULL,
                      .facts.passage_count = knows ? 2 : 0,
                      .facts.settings.answer_threshold = 0.05 };
    for (size_t i = 0; steps[i].says; i++) {
        talk_say(&t, steps[i].says);
        if (t.d.action != steps[i].action || t.d.reason != steps[i].reason)
            fail_msg("%s, step %zu (%s): action %d reason %s, said: %s", name, i + 1, steps[i].says,
                     (int)t.d.action, handoff_reason_code(t.d.reason), t.d.say);
        assert_true(t.facts.assistant_lines <= 5 && t.facts.clarifies <= 2 && t.facts.answers <= 2);
    }
    talk_end(&t);
}

#define ASK TRIAGE_ASK, HANDOFF_NONE
#define ANSWER TRIAGE_ANSWER, HANDOFF_NONE
#define SOLVED TRIAGE_SOLVED, HANDOFF_NONE
#define NOTED TRIAGE_ACKNOWLEDGE, HANDOFF_NONE
#define PEOPLE(reason) TRIAGE_HANDOFF, HANDOFF_##reason

static void test_rounds(void **state)
{
    (void)state;
    run("two answers", true, (const struct step[]){
        { "my printer shows offline, what should I do?", ANSWER }, { "no", ANSWER },
        { "still the same", PEOPLE(ROUNDS) }, { NULL, NOTED } });
    run("refused in words", true, (const struct step[]){
        { "my printer shows offline, what should I do?", ANSWER },
        { "that did not help", ANSWER }, { "No, still not working", PEOPLE(ROUNDS) }, { NULL, NOTED } });
    run("thanks but", true, (const struct step[]){
        { "my printer shows offline, what should I do?", ANSWER },
        { "thanks, but it still fails", ANSWER }, { NULL, NOTED } });
    run("two questions", false, (const struct step[]){
        { "my laptop is broken", ASK }, { "a Dell", ASK }, { "a black screen", PEOPLE(NO_ANSWER) },
        { NULL, NOTED } });
    run("greetings end", false, (const struct step[]){
        { "hi", NOTED }, { "hello", NOTED }, { "hey", NOTED }, { "hi", NOTED },
        { "hello", PEOPLE(ROUNDS) }, { NULL, NOTED } });
}

static void test_solved(void **state)
{
    (void)state;
    static const char *const yes[] = {
        "thanks, works", "Yes, that helped", "yes", "that fixed it, thank you", "works now!",
        "perfect, problem solved", "thanks, that works now", "it is working again", "great, it worked",
    };
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
        run("an answer helped", true, (const struct step[]){
            { "my printer shows offline, what should I do?", ANSWER }, { yes[i], SOLVED },
            { NULL, NOTED } });
    run("after a question", false, (const struct step[]){
        { "my excel crashes", ASK }, { "thanks, works again", SOLVED }, { NULL, NOTED } });
    run("nothing was answered", false, (const struct step[]){
        { "thanks, works now", NOTED }, { NULL, NOTED } });
}

static void test_change_of_mind(void **state)
{
    (void)state;
    run("back to the agent", true, (const struct step[]){
        { "I want to speak to a person", PEOPLE(HUMAN_ASKED) },
        { "actually forget the person, my printer shows offline, what should I do?", ANSWER },
        { "no, get me a human", PEOPLE(HUMAN_ASKED) }, { NULL, NOTED } });
    run("an alarm later", false, (const struct step[]){
        { "my excel crashes", ASK }, { "now the whole network is down", PEOPLE(PANIC) },
        { NULL, NOTED } });
}

static void test_first_line(void **state)
{
    (void)state;
    struct talk t = { .facts.bot_name = "Nora" };
    talk_say(&t, "hello");
    assert_int_equal(t.d.action, TRIAGE_ACKNOWLEDGE);
    assert_non_null(strstr(t.d.say, "Nora"));
    assert_non_null(strstr(t.d.say, "assistant"));
    assert_non_null(strstr(t.d.say, "speak to a human"));
    talk_end(&t);
}

static void test_records(void **state)
{
    (void)state;
    struct talk t = { 0 };
    talk_say(&t, "Hello, please reset my password. Also can you install Visio on my laptop?");
    assert_int_equal(t.d.request_count, 2);
    assert_non_null(strstr(t.d.requests[0], "password"));
    assert_non_null(strstr(t.d.requests[1], "Visio"));
    assert_string_equal(t.d.title, "please reset my password");
    talk_say(&t, "my excel crashes");
    talk_say(&t, "my excel crashes");
    assert_true(t.d.looping);
    talk_end(&t);
}

static void test_moods(void **state)
{
    (void)state;
    struct talk t = { 0 };
    talk_say(&t, "I'm a bit annoyed that the printer is jammed again");
    assert_int_equal(t.d.action, TRIAGE_ASK);
    assert_true(t.d.alert && t.d.sentiment < 40 && t.d.sentiment >= 20);
    talk_end(&t);
    struct talk polite = { 0 };
    talk_say(&polite, "Good morning, my laptop does not start, there is an error. Please help.");
    assert_true(polite.d.sentiment >= 40 && !polite.d.alert);
    talk_end(&polite);
}

/* Urgent is one step, not the top; outside the hours a call for a person goes one step up. */
static void test_priority(void **state)
{
    (void)state;
    struct talk t = { 0 }, night = { .closed_hours = true };
    talk_say(&t, "this is urgent");
    assert_int_equal(t.d.priority, 2);
    talk_end(&t);
    talk_say(&night, "I want to speak to a human");
    assert_int_equal(night.d.priority, 2);
    talk_end(&night);
}

static void test_policy_of_the_desk(void **state)
{
    (void)state;
    static const char *const words[] = { "company car", NULL };
    struct talk t = { .facts.settings.policy_words = words };
    talk_say(&t, "Can I get a Company  Car please?");
    assert_int_equal(t.d.reason, HANDOFF_POLICY);
    talk_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_at_once), cmocka_unit_test(test_harmless),
        cmocka_unit_test(test_only_thanks), cmocka_unit_test(test_button),
        cmocka_unit_test(test_rounds), cmocka_unit_test(test_solved),
        cmocka_unit_test(test_change_of_mind), cmocka_unit_test(test_first_line),
        cmocka_unit_test(test_records), cmocka_unit_test(test_moods),
        cmocka_unit_test(test_priority), cmocka_unit_test(test_policy_of_the_desk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
