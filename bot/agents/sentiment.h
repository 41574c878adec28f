/* sentiment.h - the mood of a conversation, 0 (furious) to 100 (delighted), 50 at the start.
 * From words, their negation and the style of writing; no model, no learning. */
#ifndef DESKHAND_AGENTS_SENTIMENT_H
#define DESKHAND_AGENTS_SENTIMENT_H

#include <stddef.h>

#include "bot/agents/pattern.h"

/* Points of one message, about -60..40; 0 is neutral. why (may be NULL) gets the words that
 * weighed most, in the arena, or NULL. */
double sentiment_points(const struct words *words, struct arena *arena, const char **why);

/* The score after several messages, oldest first: later ones weigh more. */
int sentiment_score(const double *points, size_t count);

#endif
