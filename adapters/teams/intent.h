/* intent.h - what an activity asks of the desk: a command, or something to show. Pure. It checks no
 * rights and looks nothing up: the writer does, when it applies the command. */
#ifndef DESKHAND_TEAMS_INTENT_H
#define DESKHAND_TEAMS_INTENT_H

#include "adapters/chat/answer.h"
#include "adapters/chat/words.h"
#include "adapters/teams/activity.h"
#include "bot/desk/command.h"

/* What a card's nonce begins with says from which kind of card a click comes: a button of the
 * dialog "More actions" and the one that submits a dialog carry the same action. A view stands in
 * the place of another card, which it must not overwrite. */
#define TEAMS_NONCE_CARD 'c'
#define TEAMS_NONCE_VIEW 'v'
#define TEAMS_NONCE_MENU 'm'
#define TEAMS_NONCE_DIALOG 'd'

enum teams_intent_kind {
    TEAMS_INTENT_NOTHING,           /* not for us: answered, and that is all */
    TEAMS_INTENT_ACT,               /* the command says it all */
    TEAMS_INTENT_SUBMIT,            /* `answer` goes to chat_answer_read; the command is signed */
    TEAMS_INTENT_PLACE,             /* the app or a channel came or went: input.kind says which */
    TEAMS_INTENT_DIALOG,            /* the dialog of `action` for the ticket */
    TEAMS_INTENT_MORE,              /* the ticket's other actions, as a dialog */
    TEAMS_INTENT_ALL,               /* all of its actions, as a dialog */
    TEAMS_INTENT_OPEN,              /* the ticket's card */
    TEAMS_INTENT_NEW,               /* the dialog "make a ticket" */
    TEAMS_INTENT_REPORT,            /* the tickets behind the number `list` of an alert */
    TEAMS_INTENT_LIST,              /* the list `view`, from its row after_ms, after_id on */
    TEAMS_INTENT_WORDS,             /* typed to the desk, or a button that says the same */
    /* The rest says something to the person: */
    TEAMS_INTENT_OLD_CARD,          /* a click that is not understood */
    TEAMS_INTENT_NEEDS_DIALOG,      /* an action with questions from a client without dialogs */
    TEAMS_INTENT_NOT_CARRIED,       /* a file without words in a thread */
    TEAMS_INTENT_TOO_LONG,          /* typed into a thread, but longer than PARSE_TEXT_MAX */
    TEAMS_INTENT_NOBODY,            /* Teams does not say who it is */
    TEAMS_INTENTS
};

struct teams_intent {
    enum teams_intent_kind kind;
    struct command command;         /* ACT: whole but for at_ms, adapter, tag and nonce. The others
                                       that are typed: COMMAND_HEARD, so that it is shown once */
    enum card_action action;
    int64_t ticket_id, version, number;
    struct chat_answer answer;      /* SUBMIT */
    struct chat_words words;        /* WORDS */
    const char *list;               /* REPORT */
    enum list_view view;            /* LIST */
    int64_t after_ms, after_id;     /* 0: from the top */
};

/* `replies`: what is typed into a thread of this channel goes to the customer, unless it begins
 * with "//"; otherwise it is a note. Strings are those of the input or live in the arena.
 *
 * Commands: source "teams"; source_id = input->meaning for clicks (receive.c adds the time), else
 * input->key; person
 * "teams:<tenant>/<object id>" with actor_id 0 for the writer to look up. Only what was typed has
 * raw = the body, place "teams:<channel>", thread and remote: a click is echoed into its thread,
 * and who clicked in vain is told so. No command has an if_version: a customer's new line between
 * drawing and clicking is no reason to refuse. */
void teams_intent_read(const struct teams_input *input, bool replies, struct arena *a,
                       struct teams_intent *out);

/* Gives a command made of answers its actor, person, source, source_id and raw, as above. */
void teams_intent_sign(const struct teams_input *input, struct arena *a, struct command *command);

#endif
