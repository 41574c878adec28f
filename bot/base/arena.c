#include "bot/base/arena.h"

#include <stdarg.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 4000 };

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

void arena_clear(struct arena *a)
{
    while (a->head) {
        struct arena_block *block = a->head;
        a->head = block->next;
        free(block);
    }
}

static struct arena_block *block_new(struct arena *a, size_t size)
{
    struct arena_block *block = malloc(sizeof *block + size);
    if (!block)
        abort();
    *block = (struct arena_block){ .next = a->head, .size = size };
    a->head = block;
    return block;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        abort();
    size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct arena_block *block = a->head;
    if (!block || block->size - block->used < size)
        block = block_new(a, size > BLOCK_BYTES ? size : BLOCK_BYTES);
    void *piece = block->bytes + block->used;
    block->used += size;
    return memset(piece, 0, size);
}

char *arena_copy_n(struct arena *a, const char *bytes, size_t len)
{
    char *copy = arena_alloc(a, len + 1);
    if (len)
        memcpy(copy, bytes, len);
    return copy;
}

char *arena_copy(struct arena *a, const char *text)
{
    return text ? arena_copy_n(a, text, strlen(text)) : NULL;
}

char *arena_print(struct arena *a, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int len = vasprintf(&text, format, args);
    va_end(args);
    if (len < 0)
        abort();
    char *copy = arena_copy_n(a, text, (size_t)len);
    free(text);
    return copy;
}
