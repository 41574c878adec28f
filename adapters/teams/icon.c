/* Shapes are tested at a grid of points in every pixel, which makes the edges soft. PNG's form:
 * the W3C's PNG specification, sections 5 and 11. */
#include "adapters/teams/icon.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { GRID = 4, RGBA = 4, TRUECOLOR_ALPHA = 6, DEPTH = 8 };

static const unsigned char accent[3] = { 0x24, 0x63, 0xeb };

/* All in parts of the picture's width: 0 to 1, from the upper left corner. */
static bool in_round_box(double x, double y, double left, double top, double right, double bottom,
                         double radius)
{
    double dx = x < left + radius ? left + radius - x : x > right - radius ? x - right + radius : 0;
    double dy = y < top + radius ? top + radius - y : y > bottom - radius ? y - bottom + radius : 0;
    return dx * dx + dy * dy <= radius * radius;
}

/* The bubble, made smaller by `inset` on all sides, and its tail below. */
static bool in_bubble(double x, double y, double inset)
{
    double tail = (0.86 - inset * 2.4 - y) * 0.8;
    return in_round_box(x, y, 0.16 + inset, 0.2 + inset, 0.84 - inset, 0.68 - inset, 0.12 - inset)
        || (y > 0.6 - inset && x > 0.3 + inset && x < 0.3 + inset + tail);
}

static bool in_dots(double x, double y)
{
    double nearest = x < 0.415 ? 0.33 : x < 0.585 ? 0.5 : 0.67;
    return (x - nearest) * (x - nearest) + (y - 0.44) * (y - 0.44) < 0.045 * 0.045;
}

static bool is_white_in_color(double x, double y)
{
    return in_bubble(x, y, 0) && !in_dots(x, y);
}

static bool is_white_in_outline(double x, double y)
{
    return in_bubble(x, y, 0) ? !in_bubble(x, y, 0.065) || in_dots(x, y) : false;
}

/* How much of the pixel is white: 0 to 255. */
static unsigned coverage(bool (*is_white)(double x, double y), unsigned px, unsigned py,
                         unsigned size)
{
    unsigned hits = 0;
    for (unsigned row = 0; row < GRID; row++)
        for (unsigned column = 0; column < GRID; column++)
            hits += is_white((px + (column + 0.5) / GRID) / size, (py + (row + 0.5) / GRID) / size);
    return hits * 255 / (GRID * GRID);
}

static void put_number(unsigned char *at, unsigned long value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(value >> (24 - 8 * i));
}

static void put_chunk(struct buf *out, const char *type, const unsigned char *bytes, size_t len)
{
    unsigned char number[4];
    put_number(number, len);
    buf_add(out, number, 4);
    size_t from = out->len;
    buf_text(out, type);
    buf_add(out, bytes, len);
    if (out->failed)
        return;
    put_number(number, crc32(0, (const unsigned char *)out->data + from, (uInt)(out->len - from)));
    buf_add(out, number, 4);
}

static void put_png(struct buf *out, const unsigned char *rows, size_t len, unsigned size)
{
    uLongf packed_len = compressBound((uLong)len);
    unsigned char *packed = malloc(packed_len), head[13] = { [8] = DEPTH, [9] = TRUECOLOR_ALPHA };
    if (!packed || compress2(packed, &packed_len, rows, (uLong)len, Z_BEST_COMPRESSION) != Z_OK)
        abort();
    put_number(head, size);
    put_number(head + 4, size);
    buf_add(out, "\x89PNG\r\n\x1a\n", 8);
    put_chunk(out, "IHDR", head, sizeof head);
    put_chunk(out, "IDAT", packed, packed_len);
    put_chunk(out, "IEND", head, 0);
    free(packed);
}

/* filled: the accent colour below the white; else nothing. */
static void draw(struct buf *out, unsigned size, bool filled, bool (*is_white)(double x, double y))
{
    size_t row = 1 + (size_t)size * RGBA;         /* a row begins with its filter: none */
    unsigned char *rows = calloc(size, row);
    if (!rows)
        abort();
    for (unsigned y = 0; y < size; y++)
        for (unsigned x = 0; x < size; x++) {
            unsigned char *pixel = rows + y * row + 1 + (size_t)x * RGBA;
            unsigned white = coverage(is_white, x, y, size);
            for (int i = 0; i < 3; i++)
                pixel[i] = (unsigned char)(filled ? accent[i] + (255 - accent[i]) * white / 255
                                                  : 255);
            pixel[3] = (unsigned char)(filled ? 255 : white);
        }
    put_png(out, rows, size * row, size);
    free(rows);
}

void icon_color(struct buf *out)
{
    draw(out, ICON_COLOR_SIZE, true, is_white_in_color);
}

void icon_outline(struct buf *out)
{
    draw(out, ICON_OUTLINE_SIZE, false, is_white_in_outline);
}
