/* words.h - cuts text into words and marks and folds their spelling, for every script.
 * It knows no meaning and no language: that is the business of bot/agents. */
#ifndef DESKHAND_BASE_WORDS_H
#define DESKHAND_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

enum { WORDS_MAX = 400 };       /* of one message; what follows is not considered */

enum word_kind {
    WORD_LETTERS,               /* letters and digits of a script with spaces */
    WORD_NUMBER,                /* starts with a digit */
    WORD_SIGN,                  /* one character of a script without spaces (Han, kana, Thai ...) */
    WORD_MARK,                  /* one of . , ! ? : \n whatever the script wrote */
};

struct word {
    const char *text;           /* lower case, without accents; lives in the arena */
    size_t from, size;          /* its bytes in the source */
    enum word_kind kind;
    bool shouted;               /* two or more letters, all capitals */
};

struct words {
    const char *source;         /* borrowed */
    struct word *items;
    size_t count;
};

/* Cuts at most max words from text. "can't" is one word (cant), "l'or" two, "e-mail" one. */
void words_cut(const char *text, size_t max, struct arena *arena, struct words *out);

/* Folds one code point: lower case, no accent, Arabic letter forms made equal, full width made
 * ASCII. Writes up to 4 bytes and returns how many; 0 for marks on letters: they do not count. */
size_t words_fold(uint32_t code_point, char out[4]);

/* A character of a script that is written without spaces between words. */
bool words_is_sign(uint32_t code_point);

/* A letter or digit of any script (marks on letters included). */
bool words_is_letter(uint32_t code_point);

#endif
