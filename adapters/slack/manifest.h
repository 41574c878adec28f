/* manifest.h - the app as Slack's settings have it: scopes, events, commands, as an app manifest.
 * Pure. One table of scopes serves the manifest and the check of a token (setup.c). Source of the
 * form: Slack's app manifest schema, version 2; what needs which scope: its methods' pages. */
#ifndef DESKHAND_SLACK_MANIFEST_H
#define DESKHAND_SLACK_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>

#include "bot/base/buf.h"

struct slack_scope {
    const char *name;
    const char *without;            /* what does not work without it, to read behind "without it" */
};
extern const struct slack_scope slack_scopes[];
extern const size_t slack_scope_count;

/* Is it in a list like "chat:write,commands"? Spaces around the commas do not matter. */
bool slack_scope_is_granted(const char *list, const char *name);

/* Adds the manifest as JSON. 0, or -1 when the buffer is full. */
int slack_manifest(struct buf *out);

#endif
