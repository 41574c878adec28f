/* reminder.h - when a silent customer is reminded, in which words, and when people must decide.
 * Pure: facts in, step out. It does not send, store or read the clock; the engine does. */
#ifndef DESKHAND_AGENTS_REMINDER_H
#define DESKHAND_AGENTS_REMINDER_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/list.h"
#include "bot/desk/calendar.h"
#include "bot/desk/ticket.h"

#define REMINDER_LANG_TABLE(L)                                                                    \
    L(EN, en) L(DE, de) L(FR, fr) L(ES, es) L(IT, it) L(PT, pt) L(NL, nl) L(PL, pl) L(RU, ru)     \
    L(TR, tr) L(AR, ar) L(ZH, zh) L(JA, ja)

#define REMINDER_LANG_ENUM(id, code) REMINDER_##id,
enum reminder_lang { REMINDER_LANG_TABLE(REMINDER_LANG_ENUM) REMINDER_LANGS };
#undef REMINDER_LANG_ENUM

/* Has only the placeholders {name} {subject} {question}; no other brace. */
bool reminder_text_is_valid(const char *text);

/* The language of a tag like "de-CH"; English for NULL and for every other language. */
enum reminder_lang reminder_lang_of(const char *tag);

enum reminder_mode { REMINDER_INTERVAL, REMINDER_DAILY };

struct reminder_settings {
    int mode;                           /* enum reminder_mode */
    struct number_list interval_hours;  /* before the 1st, 2nd ... the end; the last repeats */
    int daily_minute;                   /* of the day, in the time zone of the opening hours */
    int64_t count;                      /* 1..REMINDERS_MAX */
    bool weekdays_only;
    int64_t auto_close_days;            /* after awaiting close; 0 = a person decides */
    struct text_list texts[REMINDER_LANGS];  /* own words with {name} {subject} {question} */
};

struct reminder_facts {                 /* of one ticket; texts may be NULL */
    enum ticket_status status;
    bool enabled;                       /* the client's switch, and the client is active */
    int64_t waiting_since_ms;           /* entered this status, or kept open by a person */
    int sent;                           /* reminders since the customer last wrote */
    int64_t last_sent_ms;               /* 0: none yet */
    int64_t snoozed_until_ms;           /* 0: not snoozed */
    const char *requester_name, *subject;
    const char *question;               /* the last open question of ours */
    const char *lang;                   /* of the requester's last message */
    const struct calendar *hours;       /* opening hours of the client; NULL = always open, UTC */
};

enum reminder_action { REMINDER_NOTHING, REMINDER_SEND, REMINDER_AWAIT_CLOSE, REMINDER_CLOSE };

#define REMINDER_NEVER INT64_MAX

struct reminder_step {
    enum reminder_action action;
    int64_t due_ms;                     /* with NOTHING: when to look again, or REMINDER_NEVER */
    int number, of;                     /* with SEND: "reminder 2 of 5" */
    const char *text;                   /* with SEND: to the requester, in their language */
    const char *why;                    /* for the ticket's activity, in English */
};

/* When the next step is due; REMINDER_NEVER when there is none. It is always within opening hours
 * (auto-close: at any hour). Depends on the facts alone, not on any "now": a stored due time stays
 * right after a restart and a clock jump. A client whose hours are "never" is never reminded. */
int64_t reminder_due_ms(const struct reminder_settings *settings,
                        const struct reminder_facts *facts);

/* The one step to take at now_ms, at most one. With REMINDER_NOTHING look again at step.due_ms and
 * not before: a step that fell due while the desk was down, outside opening hours, waits for the
 * opening. A clock that jumped far forward gives one reminder and then a full wait, because the
 * next wait counts from when this one was really sent. A clock that jumped back gives nothing until
 * the due time comes again. Texts live in the arena. */
struct reminder_step reminder_step(const struct reminder_settings *settings,
                                   const struct reminder_facts *facts, int64_t now_ms,
                                   struct arena *arena);

#endif
