/* wire.h - the operator's commands and their outcomes as one line of JSON each, there and back.
 * It is the language of the control socket. It opens nothing and decides nothing; only commands of
 * administration have a line, so nothing else can come through that door. */
#ifndef DESKHAND_WIRE_H
#define DESKHAND_WIRE_H

#include "bot/base/arena.h"
#include "bot/base/buf.h"
#include "bot/desk/command.h"

enum { WIRE_LINE_MAX = 2 * 1024 * 1024, WIRE_PASSAGES_MAX = 2000, WIRE_ERROR_MAX = 200 };

/* The one line that is no command: answered with the object of /healthz. */
#define WIRE_HEALTH "{\"ask\":\"health\"}"

/* Appends the line with its newline. 0, or -1: over the buffer's maximum, or not administration. */
int wire_write_command(const struct command *c, struct buf *out);

/* Reads a line (with or without its newline). Texts live in the arena; actor and source are set,
 * at_ms is the caller's. 0, or -1 with what is wrong in error. */
int wire_read_command(const char *line, size_t len, struct arena *a, struct command *out,
                      char error[WIRE_ERROR_MAX]);

int wire_write_outcome(const struct outcome *o, struct buf *out);
/* 0, or -1 when it is no outcome. */
int wire_read_outcome(const char *line, size_t len, struct outcome *out);

#endif
