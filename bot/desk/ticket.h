/* ticket.h - what a ticket is, its fixed words, and which steps it may take. No I/O, no clock.
 * What follows from a step (messages, effects, reminders) is decided in bot/engine/apply*.c. */
#ifndef DESKHAND_DESK_TICKET_H
#define DESKHAND_DESK_TICKET_H

#include <stdbool.h>
#include <stdint.h>

enum ticket_status {
    TICKET_OPEN, TICKET_IN_PROGRESS, TICKET_WAITING_CUSTOMER, TICKET_ON_HOLD,
    TICKET_AWAITING_CLOSE, TICKET_RESOLVED, TICKET_CLOSED, TICKET_STATUSES
};

enum ticket_handler { HANDLER_NONE, HANDLER_AI, HANDLER_HUMAN, TICKET_HANDLERS };

enum ticket_outcome { OUTCOME_NONE, OUTCOME_RESOLVED_AI, OUTCOME_RESOLVED, OUTCOME_ESCALATED,
                      OUTCOME_ACTIONED, OUTCOME_NO_RESPONSE, OUTCOME_INVALID, TICKET_OUTCOMES };

enum triage_mode { TRIAGE_OFF, TRIAGE_SHADOW, TRIAGE_DRAFT, TRIAGE_LIVE, TRIAGE_MODES };

/* Codes as protocols, rows and JSON use them: "in_progress", "ai", "resolved_ai", "live". */
const char *ticket_status_code(enum ticket_status status);
const char *ticket_status_label(enum ticket_status status);         /* "In progress" */
const char *ticket_handler_code(enum ticket_handler handler);
const char *ticket_outcome_code(enum ticket_outcome outcome);
const char *triage_mode_code(enum triage_mode mode);
const char *ticket_priority_label(int priority);                    /* "P1 Critical" */
/* The other way round; -1 for an unknown word. */
int ticket_status_parse(const char *code);
int ticket_handler_parse(const char *code);
int ticket_outcome_parse(const char *code);
int triage_mode_parse(const char *code);

/* The steps that move a ticket from status to status (requirements 6.2). */
enum ticket_step {
    STEP_CUSTOMER_SAID, STEP_CLAIM, STEP_RELEASE, STEP_REPLY, STEP_REPLY_KEEP, STEP_TAKEOVER,
    STEP_GIVE_BACK, STEP_HOLD, STEP_GIVE_UP, STEP_KEEP_OPEN, STEP_AI_SOLVED, STEP_RESOLVE,
    STEP_CLOSE, STEP_REOPEN, TICKET_STEPS
};

/* The status after the step, -1 when the status does not allow it. assigned: has an assignee. */
int ticket_step(enum ticket_status from, enum ticket_step step, bool assigned);

/* Nobody works on it any more: resolved or closed. */
bool ticket_is_done(enum ticket_status status);

/* Sentiment bands of requirements X15 with the default limits. */
enum sentiment_band { BAND_RED, BAND_ORANGE, BAND_YELLOW, BAND_GREEN, SENTIMENT_BANDS };
enum sentiment_band sentiment_band(int score);
const char *sentiment_band_code(enum sentiment_band band);          /* "red" ... */

enum { PRIORITY_HIGHEST = 1, PRIORITY_DEFAULT = 3, PRIORITY_LOWEST = 4, REMINDERS_MAX = 5 };

#endif
