/* span.h - a piece of text with its length, so that an embedded NUL can shorten nothing.
 * It owns no memory and knows no encoding. */
#ifndef DESKHAND_TEAMS_SPAN_H
#define DESKHAND_TEAMS_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct teams_span {
    const char *bytes;      /* NULL: absent, which is something else than empty */
    size_t len;
};

/* text may be NULL: an absent span. Borrows. */
static inline struct teams_span teams_span_of(const char *text)
{
    return (struct teams_span){ text, text ? strlen(text) : 0 };
}

/* Both there, and the same bytes. */
static inline bool teams_span_equal(struct teams_span a, struct teams_span b)
{
    return a.bytes && b.bytes && a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0;
}

#endif
