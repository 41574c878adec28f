/* answer.h - what a person entered into a dialog becomes a command, or errors field by field. Pure.
 * It knows no surface's markup; what a dialog asks is decided in cards/dialog.c. */
#ifndef DESKHAND_CHAT_ANSWER_H
#define DESKHAND_CHAT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/desk/command.h"
#include "bot/desk/zone.h"
#include "bot/engine/view.h"
#include "cards/dialog.h"

struct chat_value { const char *id, *text; };     /* text NULL or blank: left empty */

/* One submitted dialog. Strings are borrowed and come from outside. */
struct chat_answer {
    enum card_action action;       /* CARD_ACTIONS: "make a ticket" */
    int64_t ticket_id, version, number;
    const struct chat_value *values;
    size_t value_count;
};

struct chat_facts {
    int64_t now_ms;
    const struct zone *zone;       /* of whoever says "tomorrow"; NULL is UTC */
    const struct client_view *clients;             /* for "make a ticket" */
    size_t client_count;
};

struct chat_error { const char *id, *sentence; };  /* id of a field; NULL: it concerns the whole */

struct chat_errors {
    struct chat_error items[DIALOG_FIELDS_MAX];
    size_t count;
};

/* Fills kind, ticket_id and the values of *out; the caller adds who, when, where and source, and
 * for "make a ticket" the nonce. Strings live in the arena. false: errors->count > 0 says why, in
 * sentences for the person, at most one for each field. */
bool chat_answer_read(const struct chat_answer *answer, const struct chat_facts *facts,
                      struct arena *a, struct command *out, struct chat_errors *errors);

/* The command of an action that asks nothing: claim, release, takeover, hold, wake, reopen,
 * keep_open, review, reviewed. false: the action has a dialog, or is none. */
bool chat_act_at_once(enum card_action action, int64_t ticket_id, struct command *out);

/* "1h" "4h" "tomorrow" "monday" "1w" to an instant; a day begins at 9 in the zone.
 * 0: no such word. */
int64_t chat_until_ms(const char *word, int64_t now_ms, const struct zone *zone);

/* A whole number without sign, 0..2^53-1; -1 when text is anything else (NULL too). */
int64_t chat_number(const char *text);

/* "<number>[:<number>[:<number>]]" as buttons carry them: how many there were (1..3), the others
 * are 0; 0 when text is anything else (NULL too). */
int chat_numbers(const char *text, int64_t out[3]);

#endif
