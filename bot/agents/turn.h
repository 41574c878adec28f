/* turn.h - one customer turn, prepared: what stands open, what was just said, what came before.
 * Shared by the files of the triage agent; everything is borrowed or in the arena. */
#ifndef DESKHAND_AGENTS_TURN_H
#define DESKHAND_AGENTS_TURN_H

#include "bot/agents/answer.h"
#include "bot/agents/category.h"
#include "bot/agents/intent.h"
#include "bot/agents/speech.h"
#include "bot/agents/triage.h"

struct turn {
    const struct triage_facts *facts;
    struct arena *arena;
    const char *said;               /* all customer lines since somebody else spoke, joined */
    const char *request;            /* the open request in the customer's words, for the search */
    const char *told;               /* all that the customer told about it */
    const char *first;              /* the first request of the conversation */
    enum triage_action last_action; /* of our last line; TRIAGE_ACTIONS: none yet */
    struct intent intent;           /* of `said` */
    char lang[8];
    const struct speech *speech;
    bool repeated;                  /* the customer said the same before */
    int rejections;                 /* answers refused so far, this turn included */
    bool refused;                   /* this turn refuses our last line */
};

void turn_read(const struct triage_facts *facts, struct arena *arena, struct turn *out);

/* Settings with the defaults filled in. */
struct triage_settings turn_settings(const struct triage_facts *facts);

/* A summary for the technician who takes over, in plain text. */
const char *turn_summary(const struct turn *turn, const struct triage_decision *decision);

/* Fills {bot} {title} {quote} {opens} {request}; what is not known becomes empty. */
struct turn_words {
    const char *bot, *title, *quote, *opens, *request;
};
const char *turn_fill(const char *sentence, const struct turn_words *words, struct arena *arena);

#endif
