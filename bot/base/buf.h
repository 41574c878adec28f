/* buf.h - a byte buffer that grows up to a maximum given at birth. What input can size goes here.
 * It does not interpret its bytes. What would pass the maximum fails softly, and that stays. */
#ifndef DESKHAND_BASE_BUF_H
#define DESKHAND_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
    char *data;    /* NUL-terminated whenever it is not NULL */
    size_t len, size, max;
    bool failed;   /* something did not fit: the content is not whole */
};

void buf_init(struct buf *b, size_t max);
void buf_clear(struct buf *b);              /* gives the memory back; it can be used again */
void buf_reset(struct buf *b);              /* empties it and keeps the memory */

/* All return 0, or -1 when the result would pass max (nothing is added then). */
int buf_add(struct buf *b, const void *bytes, size_t len);
int buf_text(struct buf *b, const char *text);
int buf_char(struct buf *b, char c);
int buf_print(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for len more bytes and returns where they go; NULL when over max. Then buf_added. */
char *buf_room(struct buf *b, size_t len);
void buf_added(struct buf *b, size_t len);

#endif
