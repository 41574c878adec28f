/* words.h - the few words that people type to the desk: commands, mentions, direct messages. Pure.
 * It answers nothing and finds nothing; the adapters do. */
#ifndef DESKHAND_CHAT_WORDS_H
#define DESKHAND_CHAT_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/arena.h"

enum chat_words_kind {
    CHAT_HELP,                     /* help, or nothing at all */
    CHAT_NEW,                      /* text = first message, may be NULL: ask for it */
    CHAT_FIND,                     /* text = what, may be NULL: ask for it */
    CHAT_MINE, CHAT_NEXT, CHAT_QUEUE,
    CHAT_TICKET,                   /* number = its id, > 0 */
    CHAT_FREE                      /* none of these words: text = all of it */
};

struct chat_words {
    enum chat_words_kind kind;
    int64_t number;
    const char *text;
    const char *hint;              /* CHAT_FREE that begins like a command: a sentence about what can
                                      be written, for whoever answers; else NULL */
};

/* "new Printer is on fire", "find vpn", "mine", "next", "queue", "help", "42", "#42", "ticket 42",
 * "T-42", in any case. A word that takes nothing and has something behind it is free text: "help
 * me" is no call for help on words. The result lives in the arena. */
void chat_words_read(const char *text, struct arena *a, struct chat_words *out);

#endif
