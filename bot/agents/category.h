/* category.h - to which category a request belongs: by the nearest solved ticket, else by the
 * desk's seed phrases. The place for a learned classifier is category_choose. */
#ifndef DESKHAND_AGENTS_CATEGORY_H
#define DESKHAND_AGENTS_CATEGORY_H

#include "bot/agents/triage.h"

struct category_choice {
    const char *category, *type, *subtype;      /* NULL: undecided; borrowed from the facts */
    double confidence;                          /* 0..1 */
    const char *why;                            /* in the arena, never NULL */
};

void category_choose(const char *request, const char *lang, const struct triage_facts *facts,
                     struct arena *arena, struct category_choice *out);

/* The categories of a new desk, with their seed phrases. */
const struct triage_category *category_defaults(size_t *count);

#endif
