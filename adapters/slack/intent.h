/* intent.h - what an input from Slack asks of the desk: a command, or something to show. Pure.
 * It checks no rights and looks nothing up: the writer does, when it applies the command. */
#ifndef DESKHAND_SLACK_INTENT_H
#define DESKHAND_SLACK_INTENT_H

#include "adapters/chat/answer.h"
#include "adapters/chat/words.h"
#include "adapters/slack/envelope.h"
#include "bot/desk/command.h"

enum slack_intent_kind {
    SLACK_INTENT_HEARD,            /* remember it, do nothing */
    SLACK_INTENT_ACT,              /* the command says it all */
    /* All below: the command is COMMAND_HEARD, and then: */
    SLACK_INTENT_DIALOG,           /* open the dialog of `action` for the ticket */
    SLACK_INTENT_SUBMIT,           /* `answer` goes to chat_answer_read: errors, or a command that
                                      is signed and takes the place of COMMAND_HEARD */
    SLACK_INTENT_MORE,             /* all other actions of the ticket, as a modal */
    SLACK_INTENT_OPEN,             /* show the ticket */
    SLACK_INTENT_NEW,              /* the dialog "make a ticket"; text = words to begin with */
    SLACK_INTENT_LIST,             /* the tickets of the list `list` */
    SLACK_INTENT_HOME,             /* the home page; `list` = filter, `page` = position, or NULL */
    SLACK_INTENT_WORDS,            /* a slash command, mention or direct message: words */
    SLACK_INTENT_SUGGEST,          /* acknowledge with empty options: no field asks for any */
    SLACK_INTENT_WORKSPACE,        /* channels, people, tokens: input.kind says what changed */
    SLACK_INTENT_OLD_CARD,         /* a click that is not understood: say that the card is old */
    SLACK_INTENT_NOT_CARRIED,      /* a file without words in a thread: files are not passed on */
    SLACK_INTENT_TOO_LONG,         /* typed into a thread, but longer than PARSE_TEXT_MAX */
    SLACK_INTENTS
};

struct slack_self {                /* who we are, from auth.test; ids may be NULL before it */
    const char *team, *bot_user, *bot, *app;
};

struct slack_intent {
    enum slack_intent_kind kind;
    struct command command;        /* always whole but for at_ms, adapter, tag (and nonce) */
    enum card_action action;       /* DIALOG */
    int64_t ticket_id, version, number;
    struct chat_answer answer;     /* SUBMIT */
    struct chat_words words;       /* WORDS */
    const char *text, *list, *page;
};

/* `replies`: what is typed into a thread of this channel goes to the customer, unless it begins
 * with "//"; otherwise it is a note. Strings are those of the input or live in the arena.
 *
 * Commands: source "slack"; source_id = input->content_key for what was typed, else input->key;
 * person "slack:<team>/<user>" with actor_id 0 for the writer to look up; raw = the frame. Only
 * what was typed has place "slack:<channel>", thread and remote: a click is echoed where it is.
 * Our own messages, those of other bots and of Slack itself are only remembered. No command has an
 * if_version: a customer's new line between drawing and clicking is no reason to refuse. */
void slack_intent_read(const struct slack_input *input, const struct slack_self *self,
                       bool replies, struct arena *a, struct slack_intent *out);

/* Gives a command made of answers its actor, person, source, source_id and raw, as above. */
void slack_intent_sign(const struct slack_input *input, struct arena *a, struct command *command);

#endif
