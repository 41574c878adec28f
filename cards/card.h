/* card.h - the neutral card: a ticket as people on any surface see it. Pure.
 * It knows no surface's markup; renderers (web, plain text, later Block Kit, Adaptive Cards) do. */
#ifndef DESKHAND_CARDS_CARD_H
#define DESKHAND_CARDS_CARD_H

#include "bot/base/arena.h"
#include "bot/base/buf.h"
#include "bot/engine/view.h"

enum card_action {
    CARD_CLAIM, CARD_REPLY, CARD_NOTE, CARD_TRANSFER, CARD_CLOSE, CARD_RESOLVE, CARD_RELEASE,
    CARD_TAKEOVER, CARD_TAKE_FROM, CARD_GIVE_BACK, CARD_PRIORITY, CARD_CATEGORY, CARD_SUBJECT,
    CARD_TAG, CARD_SNOOZE, CARD_WAKE, CARD_HOLD, CARD_REOPEN, CARD_KEEP_OPEN, CARD_ESCALATE,
    CARD_REVIEW, CARD_REVIEWED, CARD_AI_WRONG, CARD_SEND_DRAFT, CARD_ACTIONS
};

/* CARD_TAKEOVER takes from the assistant, at once; CARD_TAKE_FROM from a colleague, and asks
 * before. Both are the one takeover of the desk. */

struct card_viewer {               /* for whom; all zero: a shared card in a channel */
    int64_t technician_id;
    enum role role;
};

struct card_fact {
    const char *label, *value;     /* "Requester", "Ana, Acme" */
    int64_t at_ms;                 /* the moment that the value tells in UTC, for surfaces that know
                                      the reader's zone (tidy_find_time); 0: none */
};

struct card_line { const char *who, *text; int64_t at_ms; enum entry_author author; };

struct card_button {
    enum card_action action;
    const char *label;             /* a reply and an internal note never look alike */
    const char *dialog;            /* what asks before it acts, NULL = acts at once */
    bool primary, danger;
};

enum { CARD_FACTS_MAX = 12, CARD_LINES_MAX = 6, CARD_BUTTONS_MAX = CARD_ACTIONS };

struct card {
    int64_t ticket_id, version;
    const char *title;             /* "#42 Printer offline" */
    const char *status;            /* "In progress" */
    const char *priority;          /* "P2 High" */
    const char *band;              /* sentiment band code: red orange yellow green */
    const char *sentiment;         /* "Sentiment 35 of 100, unhappy" */
    const char *owner;             /* "Sara has it", "The assistant has it", "Nobody has it yet" */
    const char *headline;          /* one full sentence: readable in a toast, the fallback text */
    const char *came;              /* why it came to people; NULL if the assistant still has it */
    const char *tried, *proposed;  /* from the assistant's summary and draft; may be NULL */
    const char *warning;           /* other open tickets, undelivered, alert; may be NULL */
    const char *hint;              /* of the place where it stands, in words of ours; or NULL */
    struct card_fact facts[CARD_FACTS_MAX];
    size_t fact_count;
    struct card_line lines[CARD_LINES_MAX];
    size_t line_count;
    struct card_button buttons[CARD_BUTTONS_MAX];         /* apply now, to this viewer; first the
                                                             few that belong on the card */
    size_t button_count, front_count;                     /* the rest goes into an overflow menu */
};

void card_make(const struct ticket_view *view, const struct card_viewer *viewer, int64_t now_ms,
               struct arena *a, struct card *out);
const char *card_subject(const struct card *card);        /* the title without the number */
/* May it be done now, by this viewer? If not, the sentence that says why, in the arena. */
bool card_offers(const struct card *card, enum card_action action);
const char *card_not_now(const struct card *card, enum card_action action,
                         const struct ticket_view *view, struct arena *a);
const char *card_action_code(enum card_action action);    /* "claim" "reply" ... */
int card_action_parse(const char *code);

/* Renderers. 0, or -1 when the buffer's maximum was passed. */
int card_render_json(const struct card *card, struct buf *out);
int card_render_text(const struct card *card, struct buf *out);

#endif
