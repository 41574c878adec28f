/* language.h - in which language is this text? Two-letter codes, "und" when it cannot be told.
 * By script where that is enough, else by a small table of frequent words and letter groups. */
#ifndef DESKHAND_AGENTS_LANGUAGE_H
#define DESKHAND_AGENTS_LANGUAGE_H

#include <stddef.h>

/* hints: the language used before and the browser's ("de", "pt-BR"); either may be NULL. Under
 * three letters a hint decides nothing and the answer is "und". */
void language_of(const char *text, const char *last, const char *browser, char out[8]);

#endif
