/* terms.h - the words of a text as a search sees them: stemmed in their language, and overlapping
 * pairs of signs for scripts without spaces. It does not know which words matter. */
#ifndef DESKHAND_BASE_TERMS_H
#define DESKHAND_BASE_TERMS_H

#include <stddef.h>

#include "bot/base/words.h"

struct term {
    const char *text;           /* in the arena */
    size_t word;                /* index of its (first) word */
};

struct terms {
    struct term *items;
    size_t count;
};

/* lang is a two-letter code; an unknown one means: no stemming. Marks make no terms. */
void terms_cut(const struct words *words, const char *lang, struct arena *arena, struct terms *out);

#endif
