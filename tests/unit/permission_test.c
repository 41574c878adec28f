/* permission_test.c - who may do what, row by row, and what nobody may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bot/desk/permission.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void everybody_may_what_they_should(void **unused)
{
    (void)unused;
    static const struct {
        const char *story;
        enum actor_kind actor;
        enum role role;
        enum command_kind kind;
        bool may;
    } rows[] = {
        { "a contact writes", ACTOR_CONTACT, ROLE_TECHNICIAN, COMMAND_SAY, true },
        { "a contact does not reply for the desk", ACTOR_CONTACT, ROLE_ADMIN, COMMAND_REPLY,
          false },
        { "a contact writes no notes", ACTOR_CONTACT, ROLE_ADMIN, COMMAND_NOTE, false },
        { "a contact closes nothing", ACTOR_CONTACT, ROLE_ADMIN, COMMAND_CLOSE, false },
        { "a technician does not speak for a contact", ACTOR_TECHNICIAN, ROLE_ADMIN, COMMAND_SAY,
          false },
        { "a technician claims", ACTOR_TECHNICIAN, ROLE_TECHNICIAN, COMMAND_CLAIM, true },
        { "a technician retries a delivery", ACTOR_TECHNICIAN, ROLE_TECHNICIAN,
          COMMAND_RETRY_EFFECT, true },
        { "a technician does not drop one", ACTOR_TECHNICIAN, ROLE_TECHNICIAN, COMMAND_DROP_EFFECT,
          false },
        { "a lead does", ACTOR_TECHNICIAN, ROLE_LEAD, COMMAND_DROP_EFFECT, true },
        { "a lead writes articles", ACTOR_TECHNICIAN, ROLE_LEAD, COMMAND_KB_PUT, true },
        { "a technician does not", ACTOR_TECHNICIAN, ROLE_TECHNICIAN, COMMAND_KB_PUT, false },
        { "a lead makes no technicians", ACTOR_TECHNICIAN, ROLE_LEAD, COMMAND_TECHNICIAN_SAVE,
          false },
        { "an admin does", ACTOR_TECHNICIAN, ROLE_ADMIN, COMMAND_TECHNICIAN_SAVE, true },
        { "the operator makes clients", ACTOR_OPERATOR, ROLE_TECHNICIAN, COMMAND_CLIENT_SAVE,
          true },
        { "the operator has no name to reply with", ACTOR_OPERATOR, ROLE_TECHNICIAN, COMMAND_REPLY,
          false },
        { "the assistant only decides", ACTOR_ASSISTANT, ROLE_ADMIN, COMMAND_AI_DECIDED, true },
        { "the assistant does not reply as a person", ACTOR_ASSISTANT, ROLE_ADMIN, COMMAND_REPLY,
          false },
        { "the assistant closes nothing", ACTOR_ASSISTANT, ROLE_ADMIN, COMMAND_CLOSE, false },
        { "the clock ticks", ACTOR_SYSTEM, ROLE_TECHNICIAN, COMMAND_TICK, true },
        { "nobody else ticks", ACTOR_TECHNICIAN, ROLE_ADMIN, COMMAND_TICK, false },
        { "no technician says that something was delivered", ACTOR_TECHNICIAN, ROLE_ADMIN,
          COMMAND_DELIVERED, false },
        { "an unknown command", ACTOR_SYSTEM, ROLE_ADMIN, COMMANDS, false },
        { "an unknown actor", ACTOR_KINDS, ROLE_ADMIN, COMMAND_SAY, false },
        { "an unknown role", ACTOR_TECHNICIAN, ROLES, COMMAND_CLAIM, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (permission_allows(rows[i].actor, rows[i].role, rows[i].kind) != rows[i].may)
            fail_msg("%s", rows[i].story);
}

static void a_higher_role_may_at_least_as_much(void **unused)
{
    (void)unused;
    for (int kind = 0; kind < COMMANDS; kind++)
        for (int role = 0; role + 1 < ROLES; role++)
            if (permission_allows(ACTOR_TECHNICIAN, (enum role)role, (enum command_kind)kind)
                && !permission_allows(ACTOR_TECHNICIAN, (enum role)(role + 1),
                                      (enum command_kind)kind))
                fail_msg("%s", command_word((enum command_kind)kind));
}

static void every_command_has_somebody(void **unused)
{
    (void)unused;
    for (int kind = 0; kind < COMMANDS; kind++) {
        bool anybody = false;
        for (int actor = 0; actor < ACTOR_KINDS; actor++)
            anybody = anybody || permission_allows((enum actor_kind)actor, ROLE_ADMIN,
                                                   (enum command_kind)kind);
        if (!anybody)
            fail_msg("%s", command_word((enum command_kind)kind));
    }
}

static void roles_have_words(void **unused)
{
    (void)unused;
    for (int role = 0; role < ROLES; role++)
        assert_int_equal(role_parse(role_code((enum role)role)), role);
    assert_int_equal(role_parse("boss"), -1);
    assert_int_equal(role_parse(""), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_may_what_they_should),
        cmocka_unit_test(a_higher_role_may_at_least_as_much),
        cmocka_unit_test(every_command_has_somebody),
        cmocka_unit_test(roles_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
