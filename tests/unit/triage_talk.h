/* triage_talk.h - a conversation with the triage agent as a test tells it: what the customer says,
 * and the agent's lines between. No store and no engine: only facts in and decisions out. */
#ifndef DESKHAND_TESTS_TRIAGE_TALK_H
#define DESKHAND_TESTS_TRIAGE_TALK_H

#include "bot/agents/triage.h"

enum { TALK_LINES = 32 };

struct talk {
    struct arena arena;
    struct triage_line lines[TALK_LINES];
    struct triage_facts facts;          /* lines and counters are kept by talk_say */
    struct triage_decision d;           /* the last one */
    bool closed_hours;
};

static inline void talk_line(struct talk *t, enum triage_speaker speaker,
                             enum triage_action action, const char *text)
{
    if (t->facts.line_count < TALK_LINES)
        t->lines[t->facts.line_count++] =
            (struct triage_line){ .speaker = speaker, .action = action, .text = text };
}

/* The customer says it and the agent decides; its line joins the conversation. */
static inline void talk_say(struct talk *t, const char *text)
{
    bool first = t->facts.line_count == 0;
    talk_line(t, SPEAKER_CUSTOMER, TRIAGE_ACKNOWLEDGE, text);
    t->facts.lines = t->lines;
    t->facts.people_available = !t->closed_hours;
    t->facts.sentiment_before = first ? 50 : t->d.sentiment;
    triage_decide(&t->facts, &t->arena, &t->d);
    talk_line(t, SPEAKER_ASSISTANT, t->d.action, t->d.say);
    t->facts.assistant_lines++;
    t->facts.clarifies += t->d.action == TRIAGE_ASK;
    t->facts.answers += t->d.action == TRIAGE_ANSWER;
}

static inline void talk_end(struct talk *t)
{
    arena_clear(&t->arena);
}

#endif
