/* wire_private.h - which members stand in a line, shared by wire_write.c and wire_read.c only: the
 * one makes JSON with base/json_out.h, the other reads it with jansson. */
#ifndef DESKHAND_WIRE_PRIVATE_H
#define DESKHAND_WIRE_PRIVATE_H

#include "bot/wire.h"

enum wire_type { TEXT, INT64, INT, BOOL, HASH };

/* A member of a struct and its name in the line. What is absent stays as it was before reading. */
struct field {
    const char *name;
    enum wire_type type;
    size_t offset;
};

struct fields { const struct field *items; size_t count; };

extern const struct fields wire_command, wire_client, wire_article, wire_passage;

/* Has a line: administration only. */
bool wire_has(enum command_kind kind);

#endif
