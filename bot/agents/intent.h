/* intent.h - what one customer message is: a call for a person, an outage, thanks, a question ...
 * Pure reading of one text against the tables of speech.h; what follows is decided in triage.c. */
#ifndef DESKHAND_AGENTS_INTENT_H
#define DESKHAND_AGENTS_INTENT_H

#include <stdbool.h>

#include "bot/agents/triage.h"
#include "bot/agents/pattern.h"

struct intent {
    struct words words;
    bool human, urgent;             /* asks for a person; says that it is urgent */
    bool down, panic;               /* a system is down; panic that names no system */
    bool danger, crime;             /* people at once */
    bool policy, complex;
    bool greeting, thanks, solved, rejected, yes, no;
    bool only_greeting;             /* nothing but a greeting, thanks, yes, no ... */
    bool only_thanks, only_solved, only_rejected, only_yes, only_no;
    bool empty;                     /* no word at all */
    bool question, request, problem;
    const char *human_said, *panic_said, *safety_said, *policy_said;    /* evidence, may be NULL */
};

/* settings may be NULL: no extra words of the desk. */
void intent_read(const char *text, const struct triage_settings *settings, struct arena *arena,
                 struct intent *out);

/* Parts of it, for earlier messages: only the small talk (greeting ... empty), only the form
 * (question, request, problem). */
void intent_read_answer(const char *text, struct arena *arena, struct intent *out);
void intent_read_problem(const char *text, struct arena *arena, struct intent *out);

/* "human" "panic" "safety" "policy" "greeting" "thanks" "solved" "rejected" "yes" "no" "question"
 * "request" "problem" "statement" "empty". A constant. */
const char *intent_code(const struct intent *intent);

#endif
