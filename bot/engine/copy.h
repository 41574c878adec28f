/* copy.h - deep copies of commands, so that they may wait in a queue. Private to bot/engine. */
#ifndef DESKHAND_ENGINE_COPY_H
#define DESKHAND_ENGINE_COPY_H

#include "bot/base/arena.h"
#include "bot/desk/command.h"

void command_copy(struct arena *a, const struct command *from, struct command *to);

#endif
