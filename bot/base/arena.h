/* arena.h - memory that is given back all at once: one arena for one request, command or decision.
 * It does not resize or free single pieces. Out of memory aborts: the store is crash-safe. */
#ifndef DESKHAND_BASE_ARENA_H
#define DESKHAND_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *head;
};

/* An arena is ready when it is all zero. */
void arena_clear(struct arena *a);

/* Zeroed memory, aligned for any type, valid until arena_clear. Never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* Copies of text, always NUL-terminated. arena_copy(NULL) is NULL. */
char *arena_copy(struct arena *a, const char *text);
char *arena_copy_n(struct arena *a, const char *bytes, size_t len);
char *arena_print(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
