/* The action rules: one row per button, one row per status for those in front. */
#include "cards/card_action.h"

#include <assert.h>
#include <string.h>

enum rule {
    ALWAYS      = 0,
    LIVE        = 1 << 0,   /* not resolved, not closed */
    BY_AI       = 1 << 1,   /* the assistant has it */
    NOT_BY_AI   = 1 << 2,
    NOT_TAKEN   = 1 << 3,   /* nobody else has it */
    OWN_OR_LEAD = 1 << 4,   /* the viewer has it, or leads; on a shared card: somebody has it */
    ASLEEP      = 1 << 5,
    AWAKE       = 1 << 6,
    FLAGGED     = 1 << 7,   /* flagged for review */
    UNFLAGGED   = 1 << 8,
    AI_WAS_HERE = 1 << 9,   /* the assistant said or decided something */
    DRAFTED     = 1 << 10,  /* its draft waits */
    NOT_ASKED   = 1 << 11,  /* no decision is asked for: there "Keep open" is the word */
    FROM_OTHER  = 1 << 12,  /* somebody else has it and the viewer leads; shared: somebody has it */
};

#define NO_STEP TICKET_STEPS    /* moves no ticket from status to status */

/* Reply and note differ in the label, in the question and in where they stand. */
static const struct action {
    const char *code, *label, *dialog;
    enum ticket_step step;          /* must be allowed by the table of the desk */
    unsigned rules;
    bool danger;
} actions[CARD_ACTIONS] = {
    [CARD_CLAIM] = { "claim", "Claim", NULL, STEP_CLAIM, NOT_TAKEN, false },
    [CARD_REPLY] = { "reply", "Reply to customer", "Write to the customer. They will read this.",
                     STEP_REPLY, LIVE, false },
    [CARD_NOTE] = { "note", "Add internal note",
                    "Write a note for technicians. The customer never sees it.",
                    NO_STEP, ALWAYS, false },
    [CARD_TRANSFER] = { "transfer", "Transfer", "Who should have it, and why?",
                        NO_STEP, LIVE, false },
    [CARD_CLOSE] = { "close", "Close", "Close this ticket? Say how it ended.", STEP_CLOSE, ALWAYS,
                     true },
    [CARD_RESOLVE] = { "resolve", "Resolve", "What solved it? This is kept as a note.",
                       STEP_RESOLVE, ALWAYS, false },
    [CARD_RELEASE] = { "release", "Release", NULL, STEP_RELEASE, OWN_OR_LEAD, false },
    [CARD_TAKEOVER] = { "takeover", "Take over from the assistant", NULL, STEP_TAKEOVER, BY_AI,
                        false },
    [CARD_TAKE_FROM] = { "take_from", "Take over",
                         "Somebody else has this ticket. Take it from them?", STEP_TAKEOVER,
                         NOT_BY_AI | FROM_OTHER, false },
    [CARD_GIVE_BACK] = { "give_back", "Give back to the assistant",
                         "The assistant will answer the customer again.", STEP_GIVE_BACK,
                         NOT_BY_AI, false },
    [CARD_PRIORITY] = { "priority", "Change priority", "Which priority?", NO_STEP, LIVE, false },
    [CARD_CATEGORY] = { "category", "Change category", "Which category, type and subtype?",
                        NO_STEP, ALWAYS, false },
    [CARD_SUBJECT] = { "subject", "Change subject", "What is it about?", NO_STEP, ALWAYS, false },
    [CARD_TAG] = { "tag", "Edit tags", "Which tag to add or take off?", NO_STEP, ALWAYS, false },
    [CARD_SNOOZE] = { "snooze", "Snooze", "Until when?", NO_STEP, LIVE | AWAKE, false },
    [CARD_WAKE] = { "wake", "Wake up", NULL, NO_STEP, LIVE | ASLEEP, false },
    [CARD_HOLD] = { "hold", "Put on hold", NULL, STEP_HOLD, ALWAYS, false },
    [CARD_REOPEN] = { "reopen", "Reopen", NULL, STEP_REOPEN, NOT_ASKED, false },
    [CARD_KEEP_OPEN] = { "keep_open", "Keep open", NULL, STEP_KEEP_OPEN, ALWAYS, false },
    [CARD_ESCALATE] = { "escalate", "Escalate", "Escalate this ticket? Say why.",
                        NO_STEP, LIVE, false },
    [CARD_REVIEW] = { "review", "Flag for review", NULL, NO_STEP, UNFLAGGED, false },
    [CARD_REVIEWED] = { "reviewed", "Mark as reviewed", NULL, NO_STEP, FLAGGED, false },
    [CARD_AI_WRONG] = { "ai_wrong", "The assistant was wrong", "What was wrong?",
                        NO_STEP, AI_WAS_HERE, false },
    [CARD_SEND_DRAFT] = { "send_draft", "Send the draft to the customer",
                          "Read it, change it if needed. The customer will read this.",
                          STEP_REPLY, LIVE | DRAFTED, false },
};

/* Those on the card itself, in this order, as far as they apply; the first is the usual one. After
 * the last reminder none is usual: the decision is a person's. */
#define END CARD_ACTIONS
static const enum card_action front[TICKET_STATUSES][9] = {
    [TICKET_OPEN] = { CARD_SEND_DRAFT, CARD_CLAIM, CARD_TAKEOVER, CARD_REPLY, CARD_NOTE,
                      CARD_TRANSFER, CARD_CLOSE, END },
    [TICKET_IN_PROGRESS] = { CARD_SEND_DRAFT, CARD_CLAIM, CARD_REPLY, CARD_NOTE, CARD_TRANSFER,
                             CARD_RESOLVE, CARD_CLOSE, END },
    [TICKET_WAITING_CUSTOMER] = { CARD_CLAIM, CARD_REPLY, CARD_NOTE, CARD_TRANSFER, CARD_RESOLVE,
                                  CARD_CLOSE, END },
    [TICKET_ON_HOLD] = { CARD_CLAIM, CARD_REPLY, CARD_NOTE, CARD_TRANSFER, CARD_RESOLVE,
                         CARD_CLOSE, END },
    [TICKET_AWAITING_CLOSE] = { CARD_CLOSE, CARD_ESCALATE, CARD_KEEP_OPEN, CARD_CLAIM, CARD_REPLY,
                                CARD_NOTE, END },
    [TICKET_RESOLVED] = { CARD_REOPEN, CARD_NOTE, CARD_CLOSE, END },
    [TICKET_CLOSED] = { CARD_REOPEN, CARD_NOTE, END },
};

/* What is true of this ticket for this viewer, in the words of the rules. */
static unsigned truths(const struct ticket_view *view, const struct card_viewer *viewer,
                       int64_t now_ms)
{
    int64_t me = viewer->technician_id;
    bool shared = !me;
    bool owned = view->assignee_id != 0;
    bool mine = owned && view->assignee_id == me;
    bool leads = me && viewer->role != ROLE_TECHNICIAN;
    bool asleep = view->snoozed_until_ms > now_ms;
    unsigned t = 0;
    t |= ticket_is_done(view->status) ? 0 : LIVE;
    t |= view->handler == HANDLER_AI ? BY_AI : NOT_BY_AI;
    t |= !owned || mine || shared ? NOT_TAKEN : 0;
    t |= mine || leads || shared ? OWN_OR_LEAD : 0;
    t |= owned && !mine && (leads || shared) ? FROM_OTHER : 0;
    t |= asleep ? ASLEEP : AWAKE;
    t |= view->needs_review ? FLAGGED : UNFLAGGED;
    t |= view->handler == HANDLER_AI || view->reason || view->summary || view->why || view->draft_id
             ? AI_WAS_HERE : 0;
    t |= view->draft_id ? DRAFTED : 0;
    t |= view->status != TICKET_AWAITING_CLOSE ? NOT_ASKED : 0;
    return t;
}

static bool applies(const struct action *a, const struct ticket_view *view, unsigned t)
{
    if ((a->rules & t) != a->rules)
        return false;
    return a->step == NO_STEP || ticket_step(view->status, a->step, view->assignee_id != 0) >= 0;
}

static void add(struct card *card, enum card_action action, bool *taken)
{
    struct card_button *b = &card->buttons[card->button_count++];
    b->action = action;
    b->label = actions[action].label;
    b->dialog = actions[action].dialog;
    b->danger = actions[action].danger;
    taken[action] = true;
}

void card_choose_buttons(const struct ticket_view *view, const struct card_viewer *viewer,
                         int64_t now_ms, struct card *card)
{
    bool taken[CARD_ACTIONS] = { false };
    unsigned t = truths(view, viewer, now_ms);
    card->button_count = 0;
    const enum card_action *order = front[view->status];
    for (size_t i = 0; order[i] != END && card->button_count < CARD_FRONT_MAX; i++)
        if (applies(&actions[order[i]], view, t))
            add(card, order[i], taken);
    card->front_count = card->button_count;
    if (card->front_count && view->status != TICKET_AWAITING_CLOSE)
        card->buttons[0].primary = true;
    for (int i = 0; i < CARD_ACTIONS; i++)
        if (!taken[i] && applies(&actions[i], view, t))
            add(card, (enum card_action)i, taken);
}

const char *card_action_code(enum card_action action)
{
    assert(action < CARD_ACTIONS);
    return actions[action].code;
}

int card_action_parse(const char *code)
{
    for (int i = 0; code && i < CARD_ACTIONS; i++)
        if (!strcmp(actions[i].code, code))
            return i;
    return -1;
}
