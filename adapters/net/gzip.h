/* gzip.h - compresses pages that are finished at run time. What never changes is compressed by the
 * build (assets.h); frames of the messenger are never compressed. */
#ifndef DESKHAND_NET_GZIP_H
#define DESKHAND_NET_GZIP_H

#include "bot/base/buf.h"

/* Adds the gzip form of the bytes to out, as small as it gets. 0; -1: out is full, or no memory. */
int gzip_add(struct buf *out, const char *bytes, size_t len);

#endif
