/* kb_front.h - the lines between two lines of "---" at the beginning of a Markdown file. It knows
 * three names (title, lang or language, url) and passes over none: a typing error would be lost. */
#ifndef DESKHAND_KB_FRONT_H
#define DESKHAND_KB_FRONT_H

#include "bot/base/arena.h"

enum { KB_TITLE_MAX = 200 };            /* code points */

/* Each NULL when it is not given. lang is the first part of the code in small letters ("pt" of
 * "pt-BR"). wrong: the first mistake, with its line and what to do; NULL if there is none. */
struct kb_front { const char *title, *lang, *url, *wrong; };

/* Where the text begins: behind the second "---", or at the start when the first line is none. */
const char *kb_front_read(struct arena *a, const char *markdown, struct kb_front *out);

#endif
