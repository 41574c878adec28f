/* zip.h - a small zip archive in memory: files at its root, stored as they are. Pure.
 * It reads none, and knows neither folders nor anything over 4 GiB. Source: PKWARE's APPNOTE, 4.3
 * and 4.4. */
#ifndef DESKHAND_TEAMS_ZIP_H
#define DESKHAND_TEAMS_ZIP_H

#include <stdint.h>

#include "bot/base/buf.h"

enum { ZIP_FILES = 8 };

struct zip {
    struct buf *out;
    struct { const char *name; uint32_t crc, size, at; } files[ZIP_FILES];
    unsigned count;
};

/* Begin with { .out = buf } on an empty buffer. The name is ASCII and borrowed until zip_end. The
 * same files make the same bytes: no time is written. Whether all fitted, the buffer knows. */
void zip_add(struct zip *z, const char *name, const void *bytes, size_t len);
void zip_end(struct zip *z);

#endif
