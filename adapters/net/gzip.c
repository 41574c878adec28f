#include "adapters/net/gzip.h"

#define ZLIB_CONST               /* input stays const */
#include <limits.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, MEMORY = 9 };

int gzip_add(struct buf *out, const char *bytes, size_t len)
{
    z_stream z = { .next_in = (const Bytef *)bytes, .avail_in = (uInt)len };
    unsigned char piece[4096];
    int state = Z_OK;
    if (len > UINT_MAX)
        return -1;
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY))
        return -1;
    while (state == Z_OK) {
        z.next_out = piece;
        z.avail_out = sizeof piece;
        state = deflate(&z, Z_FINISH);
        if (buf_add(out, piece, sizeof piece - z.avail_out))
            state = Z_MEM_ERROR;
    }
    deflateEnd(&z);
    return state == Z_STREAM_END ? 0 : -1;
}
