/* dialog.h - the neutral dialog: what an action asks before it acts, for every surface. Pure.
 * It knows no surface's markup; it makes no command of the answers (adapters/chat does). */
#ifndef DESKHAND_CARDS_DIALOG_H
#define DESKHAND_CARDS_DIALOG_H

#include "cards/card.h"

enum dialog_field_kind {
    DIALOG_TEXT,                   /* one line */
    DIALOG_LONG,                   /* several lines */
    DIALOG_CHOICE,                 /* exactly one of the choices */
    DIALOG_SAY                     /* asks nothing: a paragraph to read */
};

struct dialog_choice { const char *value, *label; };

struct dialog_field {
    enum dialog_field_kind kind;
    const char *id;                /* "text" "priority" "to" ...: names the answer */
    const char *label;             /* DIALOG_SAY: the paragraph */
    const char *hint, *initial;    /* may be NULL; of a choice: the value chosen at first */
    bool untrusted;                /* DIALOG_SAY: words of a customer or a model */
    bool optional;
    size_t max;                    /* code points of an answer */
    const struct dialog_choice *choices;
    size_t choice_count;
};

enum { DIALOG_FIELDS_MAX = 8, DIALOG_CHOICES_MAX = 100 };

struct dialog {
    enum card_action action;
    int64_t ticket_id, version;
    int64_t number;                /* SEND_DRAFT: the draft's event id, else 0 */
    const char *title;             /* at most 24 code points: "Reply to customer" */
    const char *submit;            /* what the button does: "Send to customer", "Add internal note";
                                      NULL: nothing can be sent, there is only something to read */
    const char *close;             /* "Cancel" */
    bool internal;                 /* the customer never sees what is written here; the DIALOG_SAY
                                      with the id "say" tells it in words */
    struct dialog_field fields[DIALOG_FIELDS_MAX];
    size_t field_count;
};

struct dialog_facts {
    const struct technician_view *technicians;     /* active ones are offered */
    size_t technician_count;
    const struct team_view *teams;
    size_t team_count;
    int64_t viewer_id;             /* the technician who asks: "(you)" among a transfer's targets */
    int64_t now_ms;
};

/* Fills *out for an action that asks something. false: this action acts at once. Strings live in
 * the arena or are constants.
 *
 * Fields by action (ids of the answers; choice values in brackets):
 *   REPLY        text; after [waiting|keep] (waiting on the customer, or keep in progress)
 *   SEND_DRAFT   text, filled with the draft; after [waiting|keep]
 *   NOTE         text
 *   TRANSFER     to [t<technician id>|g<team id>]; why (optional)
 *   PRIORITY     priority [1..4]
 *   CATEGORY     category, type, subtype (each optional)
 *   SUBJECT      text
 *   TAG          text; set [on|off]
 *   SNOOZE       until [1h|4h|tomorrow|monday|1w]
 *   CLOSE        outcome [resolved|actioned|no_response|escalated|invalid: ticket_outcome codes];
 *                text = reason (optional)
 *   RESOLVE      text = recap (optional)
 *   GIVE_BACK    a DIALOG_SAY only: a confirmation
 *   TAKE_FROM    a DIALOG_SAY only: who has it, and whether to take it from them
 *   ESCALATE     text = why
 *   AI_WRONG     field [category|priority|subject|sentiment|answer|other]; text
 * On top of each stand paragraphs: which ticket, where the words go, what the customer said. */
bool dialog_make(enum card_action action, const struct ticket_view *view,
                 const struct dialog_facts *facts, struct arena *a, struct dialog *out);

/* The dialog "make a ticket": client [client key], email, name (optional), text. `warning` may be
 * NULL: a paragraph on top, e.g. about other open tickets of the same requester. Its action is
 * CARD_ACTIONS and its ticket_id 0. */
struct dialog_new {
    const struct client_view *clients;
    size_t client_count;
    const char *client_key, *email, *name, *text, *warning;   /* to begin with; may be NULL */
};
/* "ana@acme.example already has 2 open tickets: #12 Printer offline, #9 Fax."; words of people stand
 * in it. NULL: there is nothing to warn of. */
const char *dialog_new_warning(const struct requester_view *requester, const char *email,
                               struct arena *a);
void dialog_make_new(const struct dialog_new *begin, struct arena *a, struct dialog *out);

#endif
