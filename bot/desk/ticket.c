/* The words of a ticket and the one table that says where each step leads. */
#include "bot/desk/ticket.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const status_codes[TICKET_STATUSES] = {
    "open", "in_progress", "waiting_customer", "on_hold", "awaiting_close", "resolved", "closed",
};

static const char *const status_labels[TICKET_STATUSES] = {
    "Open", "In progress", "Waiting on customer", "On hold", "Awaiting close", "Resolved", "Closed",
};

static const char *const handler_codes[TICKET_HANDLERS] = { "none", "ai", "human" };

static const char *const outcome_codes[TICKET_OUTCOMES] = {
    "none", "resolved_ai", "resolved", "escalated", "actioned", "no_response", "invalid",
};

static const char *const mode_codes[TRIAGE_MODES] = { "off", "shadow", "draft", "live" };

static const char *const band_codes[SENTIMENT_BANDS] = { "red", "orange", "yellow", "green" };

static int find(const char *const *codes, int count, const char *code)
{
    for (int i = 0; code && i < count; i++)
        if (!strcmp(codes[i], code))
            return i;
    return -1;
}

const char *ticket_status_code(enum ticket_status status)
{
    assert(status < TICKET_STATUSES);
    return status_codes[status];
}

const char *ticket_status_label(enum ticket_status status)
{
    assert(status < TICKET_STATUSES);
    return status_labels[status];
}

const char *ticket_handler_code(enum ticket_handler handler)
{
    assert(handler < TICKET_HANDLERS);
    return handler_codes[handler];
}

const char *ticket_outcome_code(enum ticket_outcome outcome)
{
    assert(outcome < TICKET_OUTCOMES);
    return outcome_codes[outcome];
}

const char *triage_mode_code(enum triage_mode mode)
{
    assert(mode < TRIAGE_MODES);
    return mode_codes[mode];
}

const char *ticket_priority_label(int priority)
{
    static const char *const labels[] = { "P1 Critical", "P2 High", "P3 Medium", "P4 Low" };
    assert(priority >= PRIORITY_HIGHEST && priority <= PRIORITY_LOWEST);
    return labels[priority - PRIORITY_HIGHEST];
}

int ticket_status_parse(const char *code)
{
    return find(status_codes, TICKET_STATUSES, code);
}

int ticket_handler_parse(const char *code)
{
    return find(handler_codes, TICKET_HANDLERS, code);
}

int ticket_outcome_parse(const char *code)
{
    return find(outcome_codes, TICKET_OUTCOMES, code);
}

int triage_mode_parse(const char *code)
{
    return find(mode_codes, TRIAGE_MODES, code);
}

/* What a cell of the table can say besides a status. Zero is NO, so a step that is not named in a
 * row is refused. */
enum cell {
    NO,                             /* the status does not allow the step */
    SAME,                           /* allowed, and the status stays */
    FREE,                           /* only while nobody has it; the status stays */
    LEFT,                           /* only while somebody has it; it becomes open */
    BACK,                           /* to its assignee: in progress; without one: open */
    OPEN, IN_PROGRESS, WAITING, ON_HOLD, AWAITING, RESOLVED, CLOSED,
};

/* A claim of a waiting ticket gives it an owner and leaves it waiting: its reminders and the
 * decision after the last one go on. A done ticket takes no reply until somebody reopens it. */
static const enum cell next[TICKET_STATUSES][TICKET_STEPS] = {
    [TICKET_OPEN] = {
        [STEP_CUSTOMER_SAID] = SAME, [STEP_CLAIM] = IN_PROGRESS, [STEP_RELEASE] = LEFT,
        [STEP_REPLY] = WAITING, [STEP_REPLY_KEEP] = IN_PROGRESS, [STEP_TAKEOVER] = IN_PROGRESS,
        [STEP_GIVE_BACK] = SAME, [STEP_HOLD] = ON_HOLD, [STEP_AI_SOLVED] = RESOLVED,
        [STEP_RESOLVE] = RESOLVED, [STEP_CLOSE] = CLOSED,
    },
    [TICKET_IN_PROGRESS] = {
        [STEP_CUSTOMER_SAID] = SAME, [STEP_CLAIM] = FREE, [STEP_RELEASE] = LEFT,
        [STEP_REPLY] = WAITING, [STEP_REPLY_KEEP] = SAME, [STEP_TAKEOVER] = SAME,
        [STEP_GIVE_BACK] = OPEN, [STEP_HOLD] = ON_HOLD, [STEP_RESOLVE] = RESOLVED,
        [STEP_CLOSE] = CLOSED,
    },
    [TICKET_WAITING_CUSTOMER] = {
        [STEP_CUSTOMER_SAID] = BACK, [STEP_CLAIM] = FREE, [STEP_RELEASE] = LEFT,
        [STEP_REPLY] = SAME, [STEP_REPLY_KEEP] = IN_PROGRESS, [STEP_TAKEOVER] = IN_PROGRESS,
        [STEP_GIVE_BACK] = OPEN, [STEP_HOLD] = ON_HOLD, [STEP_GIVE_UP] = AWAITING,
        [STEP_RESOLVE] = RESOLVED, [STEP_CLOSE] = CLOSED,
    },
    [TICKET_ON_HOLD] = {
        [STEP_CUSTOMER_SAID] = BACK, [STEP_CLAIM] = FREE, [STEP_RELEASE] = LEFT,
        [STEP_REPLY] = WAITING, [STEP_REPLY_KEEP] = IN_PROGRESS, [STEP_TAKEOVER] = IN_PROGRESS,
        [STEP_GIVE_BACK] = OPEN, [STEP_RESOLVE] = RESOLVED, [STEP_CLOSE] = CLOSED,
    },
    [TICKET_AWAITING_CLOSE] = {
        [STEP_CUSTOMER_SAID] = BACK, [STEP_CLAIM] = FREE, [STEP_RELEASE] = LEFT,
        [STEP_REPLY] = WAITING, [STEP_REPLY_KEEP] = IN_PROGRESS, [STEP_TAKEOVER] = IN_PROGRESS,
        [STEP_GIVE_BACK] = OPEN, [STEP_HOLD] = ON_HOLD, [STEP_KEEP_OPEN] = BACK,
        [STEP_RESOLVE] = RESOLVED, [STEP_CLOSE] = CLOSED, [STEP_REOPEN] = BACK,
    },
    [TICKET_RESOLVED] = {
        [STEP_CUSTOMER_SAID] = BACK, [STEP_CLOSE] = CLOSED, [STEP_REOPEN] = BACK,
    },
    [TICKET_CLOSED] = {
        [STEP_CUSTOMER_SAID] = BACK, [STEP_REOPEN] = BACK,
    },
};

int ticket_step(enum ticket_status from, enum ticket_step step, bool assigned)
{
    assert(from < TICKET_STATUSES && step < TICKET_STEPS);
    enum cell cell = next[from][step];
    switch (cell) {
    case NO:
        return -1;
    case SAME:
        return (int)from;
    case FREE:
        return assigned ? -1 : (int)from;
    case LEFT:
        return assigned ? TICKET_OPEN : -1;
    case BACK:
        return assigned ? TICKET_IN_PROGRESS : TICKET_OPEN;
    default:
        return (int)cell - OPEN + TICKET_OPEN;
    }
}

bool ticket_is_done(enum ticket_status status)
{
    return status == TICKET_RESOLVED || status == TICKET_CLOSED;
}

enum sentiment_band sentiment_band(int score)
{
    if (score < 20)
        return BAND_RED;
    if (score < 40)
        return BAND_ORANGE;
    return score < 60 ? BAND_YELLOW : BAND_GREEN;
}

const char *sentiment_band_code(enum sentiment_band band)
{
    assert(band < SENTIMENT_BANDS);
    return band_codes[band];
}
