#include "bot/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){ .max = max };
}

void buf_clear(struct buf *b)
{
    free(b->data);
    buf_init(b, b->max);
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->failed = false;
    if (b->data)
        b->data[0] = '\0';
}

char *buf_room(struct buf *b, size_t len)
{
    if (b->failed || len > b->max - b->len) {
        b->failed = true;
        return NULL;
    }
    size_t need = b->len + len + 1;
    if (need > b->size) {
        size_t size = b->size ? b->size : 64;
        while (size < need)
            size *= 2;
        char *data = realloc(b->data, size);
        if (!data)
            abort();
        b->data = data;
        b->size = size;
    }
    return b->data + b->len;
}

void buf_added(struct buf *b, size_t len)
{
    b->len += len;
    b->data[b->len] = '\0';
}

int buf_add(struct buf *b, const void *bytes, size_t len)
{
    char *room = buf_room(b, len);
    if (!room)
        return -1;
    if (len)
        memcpy(room, bytes, len);
    buf_added(b, len);
    return 0;
}

int buf_text(struct buf *b, const char *text)
{
    return buf_add(b, text, strlen(text));
}

int buf_char(struct buf *b, char c)
{
    return buf_add(b, &c, 1);
}

/* Most of what is printed is a number or a short word: that is formatted only once. */
int buf_print(struct buf *b, const char *format, ...)
{
    char brief[128];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(brief, sizeof brief, format, args);
    va_end(args);
    char *room = len < 0 ? NULL : buf_room(b, (size_t)len);
    if (room && (size_t)len < sizeof brief)
        memcpy(room, brief, (size_t)len);
    else if (room)
        vsnprintf(room, (size_t)len + 1, format, again);
    if (room)
        buf_added(b, (size_t)len);
    va_end(again);
    return room ? 0 : -1;
}
