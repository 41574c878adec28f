/* answer.h - may this question be answered from these passages, and with which sentence?
 * A learned rule over what matches and what is missing; in doubt it abstains. Pure. */
#ifndef DESKHAND_AGENTS_ANSWER_H
#define DESKHAND_AGENTS_ANSWER_H

#include <stdbool.h>

#include "bot/agents/triage.h"

/* What the rule sees of the best passage; shares are 0..1. */
enum answer_feature {
    ANSWER_PASSAGE,         /* weight of the question's terms that the passage has */
    ANSWER_SENTENCE,        /* ... that its best sentence has */
    ANSWER_RAREST_FOUND, ANSWER_RAREST_MISSED,
    ANSWER_PAIRS,           /* neighbours in the question that are neighbours in the passage */
    ANSWER_MARGIN,          /* distance to the best passage of another article */
    ANSWER_UNKNOWN,         /* weight of terms that the knowledge base never uses */
    ANSWER_LENGTH,          /* terms in the question, squeezed */
    ANSWER_TITLE,           /* weight of the terms that the title has */
    ANSWER_RIVALS,          /* other passages that match as well */
    ANSWER_MISSED,          /* count of terms missed in the passage, squeezed */
    ANSWER_SPREAD,          /* how far the matches lie apart */
    ANSWER_FEATURES
};

struct answer_verdict {
    size_t passage;                     /* the best one, meaningful if there is any */
    double features[ANSWER_FEATURES];
    double confidence;                  /* 0..1 */
    bool found;                         /* confidence reached the threshold */
    const char *quote;                  /* word for word from the passage, in the arena */
    const char *matched, *missed;       /* the question's words, for technicians */
};

/* skip: passages with this flag set are left out (an answer that was refused); may be NULL. */
void answer_judge(const char *question, const char *lang, const struct triage_passage *passages,
                  size_t count, const bool *skip, const struct triage_rarity *rarity,
                  double threshold, struct arena *arena, struct answer_verdict *out);

/* The threshold used when the desk has none of its own. */
double answer_default_threshold(void);

/* A threshold for one knowledge base. hidden: how sure the rule was of a wrong article when titles of
 * the base were asked with their own article hidden; sorted by this call. At most one in twenty of
 * them would be answered. Fewer than a handful tell nothing: then the default. */
double answer_calibrate(double *hidden, size_t count);

#endif
