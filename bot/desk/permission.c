#include "bot/desk/permission.h"

#include <string.h>

enum { S = 1 << 0, C = 1 << 1, A = 1 << 2, O = 1 << 3, T = 1 << 4, L = 1 << 5, M = 1 << 6 };

/* What several rows have in common: people who work tickets, and those who lead. */
enum { WORK = T | L | M, LEADS = L | M };

/* S system, C contact, A assistant, O operator; T technician, L lead, M admin. */
static const unsigned char allowed[COMMANDS] = {
    /* The requester: nobody else speaks in their name. */
    [COMMAND_SESSION_OPEN] = C,
    [COMMAND_SESSION_TOUCH] = C,
    [COMMAND_LOGOUT] = C,
    [COMMAND_SAY] = C,
    [COMMAND_SEEN] = C,
    [COMMAND_WHO] = C,
    [COMMAND_ATTRS] = C,
    [COMMAND_ASK_HUMAN] = C,
    /* What needs a person with a name: it is theirs afterwards, or the customer reads it. */
    [COMMAND_NEW_TICKET] = WORK,
    [COMMAND_CLAIM] = WORK,
    [COMMAND_REPLY] = WORK,
    [COMMAND_TAKEOVER] = WORK,
    [COMMAND_AI_WRONG] = WORK,
    [COMMAND_SEND_DRAFT] = WORK,
    [COMMAND_DESK_SEEN] = WORK,
    /* What the operator may do as well. */
    [COMMAND_RELEASE] = WORK | O,
    [COMMAND_NOTE] = WORK | O,
    [COMMAND_TRANSFER] = WORK | O,
    [COMMAND_GIVE_BACK] = WORK | O,
    [COMMAND_PRIORITY] = WORK | O,
    [COMMAND_CATEGORY] = WORK | O,
    [COMMAND_SUBJECT] = WORK | O,
    [COMMAND_TAG] = WORK | O,
    [COMMAND_SNOOZE] = WORK | O,
    [COMMAND_HOLD] = WORK | O,
    [COMMAND_RESOLVE] = WORK | O,
    [COMMAND_CLOSE] = WORK | O,
    [COMMAND_REOPEN] = WORK | O,
    [COMMAND_KEEP_OPEN] = WORK | O,
    [COMMAND_ESCALATE] = WORK | O,
    [COMMAND_REVIEW] = WORK | O,
    [COMMAND_RETRY_EFFECT] = WORK | O,
    [COMMAND_DROP_EFFECT] = LEADS | O,      /* the customer will never get it */
    /* Who signs in is known only afterwards; signing out needs the session and nothing else. */
    [COMMAND_SIGN_IN] = S,
    [COMMAND_SIGN_OUT] = WORK | S,
    [COMMAND_SIGN_IN_LINK] = M | O | S,
    /* The desk itself. */
    [COMMAND_AI_DECIDED] = A | S,
    [COMMAND_TICK] = S,
    [COMMAND_DELIVERED] = S,
    [COMMAND_NOT_DELIVERED] = S,
    /* Administration. */
    [COMMAND_CLIENT_SAVE] = M | O,
    [COMMAND_TECHNICIAN_SAVE] = M | O,
    [COMMAND_TEAM_SAVE] = M | O,
    [COMMAND_KB_PUT] = LEADS | O,
    [COMMAND_KB_REMOVE] = LEADS | O,
    /* Chat surfaces: their adapters act for the desk itself, people on them for themselves. */
    [COMMAND_HEARD] = S,
    [COMMAND_EDIT_SAID] = WORK,
    [COMMAND_UNSAY] = WORK | S,
    [COMMAND_SEND_NOTE] = WORK,
    [COMMAND_PERSON] = S | M | O,
    [COMMAND_ROUTE] = S | M | O,
    [COMMAND_PLACE_LOST] = S,
    [COMMAND_PLACE_FACTS] = S,
    [COMMAND_TELL] = S,
};

const char *role_code(enum role role)
{
    static const char *const codes[ROLES] = { "technician", "lead", "admin" };
    return role < ROLES ? codes[role] : "technician";
}

int role_parse(const char *code)
{
    for (int role = 0; role < ROLES; role++)
        if (strcmp(code, role_code((enum role)role)) == 0)
            return role;
    return -1;
}

bool permission_allows(enum actor_kind actor, enum role role, enum command_kind kind)
{
    static const unsigned char actors[ACTOR_KINDS] = {
        [ACTOR_SYSTEM] = S, [ACTOR_CONTACT] = C, [ACTOR_ASSISTANT] = A, [ACTOR_OPERATOR] = O,
    };
    static const unsigned char roles[ROLES] = { T, L, M };
    if (kind >= COMMANDS || actor >= ACTOR_KINDS || role >= ROLES)
        return false;
    return allowed[kind] & (actor == ACTOR_TECHNICIAN ? roles[role] : actors[actor]);
}
