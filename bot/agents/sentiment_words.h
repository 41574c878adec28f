/* sentiment_words.h - English words with their valence, made from two MIT lexicons (README.md).
 * One word at a time; phrases and other languages are in speech.h. */
#ifndef DESKHAND_AGENTS_SENTIMENT_WORDS_H
#define DESKHAND_AGENTS_SENTIMENT_WORDS_H

/* -5 (worst) .. 5 (best) of a folded word, 0 if it has none. */
int sentiment_word(const char *folded);

#endif
