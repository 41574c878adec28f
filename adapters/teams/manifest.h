/* manifest.h - the app package that is uploaded to Teams: its manifest and the zip around it. Pure.
 * Source: Microsoft's app manifest schema 1.29. */
#ifndef DESKHAND_TEAMS_MANIFEST_H
#define DESKHAND_TEAMS_MANIFEST_H

#include <stdbool.h>

#include "bot/base/buf.h"

struct teams_manifest {
    const char *app_id;             /* of the Entra app and the bot: a GUID */
    const char *public_url;         /* "https://desk.example" */
};

enum { TEAMS_GUID_SIZE = 37 };

/* Eight, four, four, four and twelve hex digits. */
bool teams_is_guid(const char *text);

/* The package's own id: not the bot's, but the same for the same bot at each call, so that a
 * package made again updates the app. */
void teams_package_id(const char *app_id, char out[TEAMS_GUID_SIZE]);

/* Adds manifest.json, one line. 0, or -1 when the buffer is full. */
int teams_manifest(const struct teams_manifest *m, struct buf *out);

/* Adds the zip: the manifest as it is given, and both icons. 0 or -1 as above. */
int teams_package(const char *manifest, size_t len, struct buf *out);

#endif
