/* kb_file.h - a Markdown file becomes an article of the knowledge base: title, language, passages.
 * Pure: bytes in, plain values out. It keeps text only: no markup, no links, no HTML. */
#ifndef DESKHAND_KB_FILE_H
#define DESKHAND_KB_FILE_H

#include "bot/base/arena.h"
#include "bot/desk/command.h"
#include "bot/kb_passage.h"

enum { KB_FILE_MAX = 512 * 1024, KB_ERROR_MAX = 200 };

/* The file may begin with lines between two lines of "---": title:, lang:, url: (a web address),
 * and no others.
 * Without a title the first heading is it, without a heading the name of the file; without a
 * language it is told from the text. kb_passage.h says how sections become passages. path is the
 * article's name in the desk. Everything lives in the arena. 0, or -1 with the reason in error. */
int kb_file_parse(const char *path, const char *markdown, size_t len, struct arena *a,
                  struct kb_article_change *out, char error[KB_ERROR_MAX]);

#endif
