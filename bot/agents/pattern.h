/* pattern.h - finds phrases in words by small patterns, so that tables of speech stay readable.
 * It knows no language. A pattern is folded like words.h folds, and written
 *   speak (to|with) [a|the] human    words, one of several, an optional one
 *   (down|out of order) again        an alternative of several words
 *   engineer*                        any word that begins so
 *   nobody .. work                   up to three words between, within one sentence
 * Signs of scripts without spaces are written one after another. A pattern does not start with a
 * gap, and matches at least one word. One that starts with a letter beyond ASCII is for texts that
 * hold such letters, so write that alternative first in languages of other scripts. */
#ifndef DESKHAND_AGENTS_PATTERN_H
#define DESKHAND_AGENTS_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/words.h"

struct pattern_text {           /* words, with an index of where each first byte occurs */
    const struct words *words;
    unsigned short first[256];  /* 1 + the first word that begins with this byte, 0: none */
    unsigned short *next;       /* 1 + the next word with the same first byte, 0: none */
    bool ascii;                 /* no word begins with another letter than of ASCII */
    uint64_t pairs[1024];       /* a bit for each two bytes that a word begins with */
};

struct pattern_hit {
    size_t from, to;            /* words [from, to) */
};

/* words stays borrowed; it has at most 65534 words. */
void pattern_index(const struct words *words, struct arena *arena, struct pattern_text *out);

/* True if the pattern matches at word `from`; *to is the word behind the longest match.
 * typos: words of five ASCII letters or more may have one edit behind their first letter. */
bool pattern_at(const struct words *words, size_t from, const char *pattern, bool typos, size_t *to);

/* The first hit at or behind word `start`. */
bool pattern_find(const struct pattern_text *text, size_t start, const char *pattern, bool typos,
                  struct pattern_hit *hit);

/* True if any pattern of a NULL-terminated list (NULL list: none) hits. */
bool pattern_any(const struct pattern_text *text, const char *const *patterns,
                 struct pattern_hit *hit);

/* True if the pattern covers the words from the start of the text, marks aside. */
bool pattern_starts(const struct words *words, const char *const *patterns, size_t *to);

#endif
