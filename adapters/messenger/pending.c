#include "adapters/messenger/pending.h"

#include <stdlib.h>

#include "adapters/messenger/session.h"

struct row {
    uint32_t round, next_free;          /* index + 1, 0: none */
    bool used;
    struct pending p;
};

struct pending_table {
    struct row *rows;
    uint32_t size, used, free;
};

struct pending_table *pending_new(void)
{
    struct pending_table *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    return t;
}

void pending_free(struct pending_table *t)
{
    if (!t)
        return;
    for (uint32_t i = 0; i < t->used; i++)
        if (t->rows[i].used)
            session_drop(t->rows[i].p.session);
    free(t->rows);
    free(t);
}

/* Grows with what the command queue takes, which is bounded. */
static void grow(struct pending_table *t)
{
    t->size = t->size ? t->size * 2 : 64;
    t->rows = realloc(t->rows, t->size * sizeof *t->rows);
    if (!t->rows)
        abort();
}

static uint32_t free_row(struct pending_table *t)
{
    if (t->free) {
        uint32_t at = t->free - 1;
        t->free = t->rows[at].next_free;
        return at;
    }
    if (t->used == t->size)
        grow(t);
    t->rows[t->used].round = 0;
    return t->used++;
}

uint64_t pending_add(struct pending_table *t, const struct pending *p)
{
    uint32_t at = free_row(t);
    struct row *row = &t->rows[at];
    row->used = true;
    row->p = *p;
    row->round++;
    return (uint64_t)row->round << 32 | at;
}

bool pending_take(struct pending_table *t, uint64_t tag, struct pending *out)
{
    uint32_t at = (uint32_t)tag;
    if (at >= t->used || !t->rows[at].used || t->rows[at].round != tag >> 32)
        return false;
    struct row *row = &t->rows[at];
    *out = row->p;
    row->used = false;
    row->next_free = t->free;
    t->free = at + 1;
    return true;
}
