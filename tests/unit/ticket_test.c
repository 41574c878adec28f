/* ticket_test.c - where each step leads, as sentences; the fixed words there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bot/desk/ticket.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Short names, so that a row below reads as one line. */
#define REFUSED (-1)
#define OPEN TICKET_OPEN
#define IN_PROGRESS TICKET_IN_PROGRESS
#define WAITING TICKET_WAITING_CUSTOMER
#define ON_HOLD TICKET_ON_HOLD
#define AWAITING TICKET_AWAITING_CLOSE
#define RESOLVED TICKET_RESOLVED
#define CLOSED TICKET_CLOSED

static const struct row {
    const char *story;
    enum ticket_status from;
    enum ticket_step step;
    bool assigned;
    int to;
} rows[] = {
    { "a claim puts an open ticket to work", OPEN, STEP_CLAIM, false, IN_PROGRESS },
    { "who got it by transfer may claim it", OPEN, STEP_CLAIM, true, IN_PROGRESS },
    { "a second claim changes nothing", IN_PROGRESS, STEP_CLAIM, true, REFUSED },
    { "what a team was given, a member claims", IN_PROGRESS, STEP_CLAIM, false, IN_PROGRESS },
    { "a claim does not end the waiting", WAITING, STEP_CLAIM, false, WAITING },
    { "an owned waiting ticket is not claimed", WAITING, STEP_CLAIM, true, REFUSED },
    { "a held ticket can be claimed and stays held", ON_HOLD, STEP_CLAIM, false, ON_HOLD },
    { "an owned held ticket is not claimed", ON_HOLD, STEP_CLAIM, true, REFUSED },
    { "somebody takes the decision", AWAITING, STEP_CLAIM, false, AWAITING },
    { "the decision has an owner already", AWAITING, STEP_CLAIM, true, REFUSED },
    { "a resolved ticket is reopened first", RESOLVED, STEP_CLAIM, false, REFUSED },
    { "a closed ticket is reopened first", CLOSED, STEP_CLAIM, false, REFUSED },

    { "a released ticket is open again", IN_PROGRESS, STEP_RELEASE, true, OPEN },
    { "released while waiting, open", WAITING, STEP_RELEASE, true, OPEN },
    { "released on hold, open", ON_HOLD, STEP_RELEASE, true, OPEN },
    { "released before the decision, open", AWAITING, STEP_RELEASE, true, OPEN },
    { "nobody has it, nobody can let go", OPEN, STEP_RELEASE, false, REFUSED },
    { "a done ticket is not released", RESOLVED, STEP_RELEASE, true, REFUSED },

    { "after a reply we wait", IN_PROGRESS, STEP_REPLY, true, WAITING },
    { "a reply needs no claim", OPEN, STEP_REPLY, false, WAITING },
    { "a second reply goes on waiting", WAITING, STEP_REPLY, true, WAITING },
    { "a reply ends the hold", ON_HOLD, STEP_REPLY, true, WAITING },
    { "a reply instead of closing", AWAITING, STEP_REPLY, true, WAITING },
    { "no reply on a resolved ticket", RESOLVED, STEP_REPLY, true, REFUSED },
    { "no reply on a closed ticket", CLOSED, STEP_REPLY, true, REFUSED },
    { "reply and keep working", IN_PROGRESS, STEP_REPLY_KEEP, true, IN_PROGRESS },
    { "reply and start working", OPEN, STEP_REPLY_KEEP, false, IN_PROGRESS },
    { "reply and stop waiting", WAITING, STEP_REPLY_KEEP, true, IN_PROGRESS },
    { "no kept reply on a closed ticket", CLOSED, STEP_REPLY_KEEP, true, REFUSED },

    { "another word changes no open ticket", OPEN, STEP_CUSTOMER_SAID, false, OPEN },
    { "another word changes no work", IN_PROGRESS, STEP_CUSTOMER_SAID, true, IN_PROGRESS },
    { "an answer brings it back to its owner", WAITING, STEP_CUSTOMER_SAID, true, IN_PROGRESS },
    { "an answer to nobody's ticket opens it", WAITING, STEP_CUSTOMER_SAID, false, OPEN },
    { "a word ends the hold", ON_HOLD, STEP_CUSTOMER_SAID, true, IN_PROGRESS },
    { "a late answer saves it from closing", AWAITING, STEP_CUSTOMER_SAID, true, IN_PROGRESS },
    { "a word on a resolved ticket reopens it", RESOLVED, STEP_CUSTOMER_SAID, false, OPEN },
    { "its old owner has it again", RESOLVED, STEP_CUSTOMER_SAID, true, IN_PROGRESS },
    { "a word on a closed ticket reopens it", CLOSED, STEP_CUSTOMER_SAID, true, IN_PROGRESS },

    { "five silent reminders ask for a decision", WAITING, STEP_GIVE_UP, true, AWAITING },
    { "only waiting can end in silence", IN_PROGRESS, STEP_GIVE_UP, true, REFUSED },
    { "a hold has no reminders", ON_HOLD, STEP_GIVE_UP, true, REFUSED },
    { "one decision is asked for, not two", AWAITING, STEP_GIVE_UP, true, REFUSED },
    { "kept open for its owner", AWAITING, STEP_KEEP_OPEN, true, IN_PROGRESS },
    { "kept open for anybody", AWAITING, STEP_KEEP_OPEN, false, OPEN },
    { "keep open decides nothing elsewhere", WAITING, STEP_KEEP_OPEN, true, REFUSED },

    { "parts are ordered", IN_PROGRESS, STEP_HOLD, true, ON_HOLD },
    { "hold instead of closing", AWAITING, STEP_HOLD, true, ON_HOLD },
    { "held once is held", ON_HOLD, STEP_HOLD, true, REFUSED },
    { "a done ticket needs no hold", RESOLVED, STEP_HOLD, true, REFUSED },

    { "a person steps in", OPEN, STEP_TAKEOVER, false, IN_PROGRESS },
    { "a person steps in while we wait", WAITING, STEP_TAKEOVER, false, IN_PROGRESS },
    { "nothing to take over when done", CLOSED, STEP_TAKEOVER, false, REFUSED },
    { "given back to the assistant", IN_PROGRESS, STEP_GIVE_BACK, true, OPEN },
    { "given back while waiting", WAITING, STEP_GIVE_BACK, true, OPEN },
    { "not given back when done", RESOLVED, STEP_GIVE_BACK, true, REFUSED },

    { "the customer says it helped", OPEN, STEP_AI_SOLVED, false, RESOLVED },
    { "the assistant solves nobody's work", IN_PROGRESS, STEP_AI_SOLVED, true, REFUSED },
    { "the assistant reopens nothing", CLOSED, STEP_AI_SOLVED, false, REFUSED },

    { "solved without a claim", OPEN, STEP_RESOLVE, false, RESOLVED },
    { "solved at work", IN_PROGRESS, STEP_RESOLVE, true, RESOLVED },
    { "solved by itself while waiting", WAITING, STEP_RESOLVE, true, RESOLVED },
    { "solved after the reminders", AWAITING, STEP_RESOLVE, true, RESOLVED },
    { "solved once is solved", RESOLVED, STEP_RESOLVE, true, REFUSED },
    { "closed is more than solved", CLOSED, STEP_RESOLVE, true, REFUSED },
    { "closed after the reminders", AWAITING, STEP_CLOSE, true, CLOSED },
    { "closed some days after solving", RESOLVED, STEP_CLOSE, true, CLOSED },
    { "closed at once", OPEN, STEP_CLOSE, false, CLOSED },
    { "closed once is closed", CLOSED, STEP_CLOSE, true, REFUSED },
    { "reopened for its owner", CLOSED, STEP_REOPEN, true, IN_PROGRESS },
    { "reopened for anybody", RESOLVED, STEP_REOPEN, false, OPEN },
    { "reopened instead of closing", AWAITING, STEP_REOPEN, false, OPEN },
    { "an open ticket is not reopened", OPEN, STEP_REOPEN, false, REFUSED },
    { "a waiting ticket is not reopened", WAITING, STEP_REOPEN, true, REFUSED },
};

static void steps_lead_where_they_should(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int to = ticket_step(rows[i].from, rows[i].step, rows[i].assigned);
        if (to != rows[i].to)
            fail_msg("%s: came to %d, not %d", rows[i].story, to, rows[i].to);
    }
}

/* What holds for every cell, named above or not. */
static void the_whole_table_keeps_its_rules(void **unused)
{
    (void)unused;
    for (int from = 0; from < TICKET_STATUSES; from++)
        for (int step = 0; step < TICKET_STEPS; step++)
            for (int assigned = 0; assigned < 2; assigned++) {
                enum ticket_status s = (enum ticket_status)from;
                int to = ticket_step(s, (enum ticket_step)step, assigned);
                assert_in_range(to + 1, 0, TICKET_STATUSES);
                if (step == STEP_CUSTOMER_SAID)
                    assert_true(to == OPEN || to == IN_PROGRESS);
                if (step == STEP_CLOSE)
                    assert_int_equal(to, from == CLOSED ? REFUSED : CLOSED);
                if (step == STEP_RESOLVE)
                    assert_int_equal(to, ticket_is_done(s) ? REFUSED : RESOLVED);
                if (to == AWAITING && from != AWAITING)
                    assert_true(step == STEP_GIVE_UP && from == WAITING);
                if (ticket_is_done(s) && to != REFUSED)
                    assert_true(step == STEP_CUSTOMER_SAID || step == STEP_REOPEN
                                || step == STEP_CLOSE);
            }
}

static void words_lead_there_and_back(void **unused)
{
    (void)unused;
    for (int i = 0; i < TICKET_STATUSES; i++)
        assert_int_equal(ticket_status_parse(ticket_status_code((enum ticket_status)i)), i);
    for (int i = 0; i < TICKET_HANDLERS; i++)
        assert_int_equal(ticket_handler_parse(ticket_handler_code((enum ticket_handler)i)), i);
    for (int i = 0; i < TICKET_OUTCOMES; i++)
        assert_int_equal(ticket_outcome_parse(ticket_outcome_code((enum ticket_outcome)i)), i);
    for (int i = 0; i < TRIAGE_MODES; i++)
        assert_int_equal(triage_mode_parse(triage_mode_code((enum triage_mode)i)), i);
    static const char *const unknown[] = { "", "Open", "open ", "in progress", "x", NULL };
    for (size_t i = 0; i < COUNT(unknown); i++) {
        assert_int_equal(ticket_status_parse(unknown[i]), -1);
        assert_int_equal(ticket_handler_parse(unknown[i]), -1);
        assert_int_equal(ticket_outcome_parse(unknown[i]), -1);
        assert_int_equal(triage_mode_parse(unknown[i]), -1);
    }
}

static void the_words_are_the_agreed_ones(void **unused)
{
    (void)unused;
    assert_string_equal(ticket_status_code(TICKET_WAITING_CUSTOMER), "waiting_customer");
    assert_string_equal(ticket_status_code(TICKET_AWAITING_CLOSE), "awaiting_close");
    assert_string_equal(ticket_status_label(TICKET_WAITING_CUSTOMER), "Waiting on customer");
    assert_string_equal(ticket_status_label(TICKET_CLOSED), "Closed");
    assert_string_equal(ticket_handler_code(HANDLER_NONE), "none");
    assert_string_equal(ticket_outcome_code(OUTCOME_RESOLVED_AI), "resolved_ai");
    assert_string_equal(triage_mode_code(TRIAGE_SHADOW), "shadow");
    assert_string_equal(ticket_priority_label(1), "P1 Critical");
    assert_string_equal(ticket_priority_label(PRIORITY_DEFAULT), "P3 Medium");
    assert_string_equal(ticket_priority_label(PRIORITY_LOWEST), "P4 Low");
    assert_true(ticket_is_done(TICKET_RESOLVED) && ticket_is_done(TICKET_CLOSED));
    assert_false(ticket_is_done(TICKET_AWAITING_CLOSE));
}

static void sentiment_bands_have_their_limits(void **unused)
{
    (void)unused;
    static const struct { int score; const char *band; } limits[] = {
        { 0, "red" }, { 19, "red" }, { 20, "orange" }, { 39, "orange" },
        { 40, "yellow" }, { 59, "yellow" }, { 60, "green" }, { 100, "green" },
    };
    for (size_t i = 0; i < COUNT(limits); i++)
        assert_string_equal(sentiment_band_code(sentiment_band(limits[i].score)), limits[i].band);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_lead_where_they_should),
        cmocka_unit_test(the_whole_table_keeps_its_rules),
        cmocka_unit_test(words_lead_there_and_back),
        cmocka_unit_test(the_words_are_the_agreed_ones),
        cmocka_unit_test(sentiment_bands_have_their_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
