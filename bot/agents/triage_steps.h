/* triage_steps.h - what the steps of one triage decision share. For triage.c and
 * triage_answer.c alone; it decides nothing itself. */
#ifndef DESKHAND_AGENTS_TRIAGE_STEPS_H
#define DESKHAND_AGENTS_TRIAGE_STEPS_H

#include "bot/agents/turn.h"

enum { CRITICAL = 1, HIGH = 2, MEDIUM = 3 };

struct deciding {
    struct turn turn;
    struct triage_settings settings;
    struct triage_decision *out;
    struct arena *arena;
};

/* Adds a sentence to the evidence. */
void triage_because(struct deciding *d, const char *sentence);

/* The sentences of the language to speak, and one of them with its places filled. */
const struct speech_said *triage_said(const struct deciding *d);
const char *triage_fill(const struct deciding *d, const char *sentence, struct turn_words words);

/* The line to the customer; a choice under it. */
void triage_say(struct deciding *d, const char *text);
void triage_offer(struct deciding *d, const char *choice);

/* Hands over to people, with this priority or a better one. */
void triage_hand_over(struct deciding *d, enum handoff_reason reason, int priority);

/* Answers from the passages if they hold a sure answer; false: they do not. */
bool triage_answer(struct deciding *d);

#endif
