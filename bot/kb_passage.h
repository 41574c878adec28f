/* kb_passage.h - sections of an article become passages: short enough to be quoted and read at
 * once, long enough that a sentence stays with what explains it. It knows no Markdown. */
#ifndef DESKHAND_KB_PASSAGE_H
#define DESKHAND_KB_PASSAGE_H

#include <stdbool.h>

#include "bot/base/arena.h"
#include "bot/desk/command.h"

/* In letters (code points). Below TINY a section joins a neighbour, above MOST it is cut. */
enum { KB_PASSAGES_MAX = 1000, KB_PASSAGE_TINY = 120, KB_PASSAGE_MOST = 1200 };

struct kb_passages {            /* ready when it is all zero but the arena */
    struct arena *arena;
    struct kb_passage items[KB_PASSAGES_MAX];
    size_t count;
    bool too_many;              /* what came after the first KB_PASSAGES_MAX is left out */
    struct kb_passage waiting;  /* the last section, until it is known whether it is joined */
};

/* heading may be NULL; the texts must live as long as the arena. */
void kb_passages_add(struct kb_passages *p, const char *heading, const char *text);
void kb_passages_end(struct kb_passages *p);    /* after the last section */

#endif
