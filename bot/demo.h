/* demo.h - what a new desk begins with: a demo client, technicians, teams, a small knowledge base,
 * so that it can be tried at once. It is built into the program. */
#ifndef DESKHAND_DEMO_H
#define DESKHAND_DEMO_H

#include <stddef.h>

struct engine;

/* Fills a desk that has no client yet, or whose filling a crash cut off; leaves any other alone.
 * Blocks until it is committed. For start-up, before adapters open. */
void demo_fill(struct engine *e);

/* The articles as files, made by the build from deploy/demo/kb: demo_kb.c. */
struct demo_article { const char *path, *start, *end; };
extern const struct demo_article demo_articles[];
extern const size_t demo_article_count;

#endif
