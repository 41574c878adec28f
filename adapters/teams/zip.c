#include "adapters/teams/zip.h"

#include <assert.h>
#include <string.h>
#include <zlib.h>

enum { LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, VERSION = 20,
       NEW_YEAR_1980 = 0x0021 };       /* the first day that the format can say */

static void put(struct buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(out, (char)(value >> (8 * i)));
}

/* What the local and the central header have in common, from "version needed" to "extra length". */
static void put_entry(struct zip *z, unsigned i)
{
    put(z->out, VERSION, 2);
    put(z->out, 0, 2);                  /* flags */
    put(z->out, 0, 2);                  /* method: stored */
    put(z->out, 0, 2);                  /* time */
    put(z->out, NEW_YEAR_1980, 2);
    put(z->out, z->files[i].crc, 4);
    put(z->out, z->files[i].size, 4);
    put(z->out, z->files[i].size, 4);
    put(z->out, (uint32_t)strlen(z->files[i].name), 2);
    put(z->out, 0, 2);
}

void zip_add(struct zip *z, const char *name, const void *bytes, size_t len)
{
    assert(z->count < ZIP_FILES && len <= UINT32_MAX);
    unsigned i = z->count++;
    z->files[i].name = name;
    z->files[i].crc = (uint32_t)crc32(0, bytes, (uInt)len);
    z->files[i].size = (uint32_t)len;
    z->files[i].at = (uint32_t)z->out->len;
    put(z->out, LOCAL, 4);
    put_entry(z, i);
    buf_text(z->out, name);
    buf_add(z->out, bytes, len);
}

static void put_central(struct zip *z, unsigned i)
{
    put(z->out, CENTRAL, 4);
    put(z->out, VERSION, 2);
    put_entry(z, i);
    put(z->out, 0, 2);                  /* comment */
    put(z->out, 0, 2);                  /* disk */
    put(z->out, 0, 2);
    put(z->out, 0, 4);                  /* attributes */
    put(z->out, z->files[i].at, 4);
    buf_text(z->out, z->files[i].name);
}

void zip_end(struct zip *z)
{
    uint32_t from = (uint32_t)z->out->len;
    for (unsigned i = 0; i < z->count; i++)
        put_central(z, i);
    uint32_t size = (uint32_t)z->out->len - from;
    put(z->out, END, 4);
    put(z->out, 0, 2);
    put(z->out, 0, 2);
    put(z->out, z->count, 2);
    put(z->out, z->count, 2);
    put(z->out, size, 4);
    put(z->out, from, 4);
    put(z->out, 0, 2);
}
