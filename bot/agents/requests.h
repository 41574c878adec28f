/* requests.h - finds the separate requests in one message ("... Also, how do I ..."). Careful: a
 * story told in several sentences is one request. */
#ifndef DESKHAND_AGENTS_REQUESTS_H
#define DESKHAND_AGENTS_REQUESTS_H

#include <stddef.h>

#include "bot/agents/triage.h"
#include "bot/base/words.h"

/* Fills at most TRIAGE_REQUESTS_MAX texts (in the arena) and returns how many: 1 for an ordinary
 * message, 0 for one without words. */
size_t requests_split(const struct words *words, struct arena *arena,
                      const char *out[TRIAGE_REQUESTS_MAX]);

/* The message without its leading greeting, cut to `code_points` at the end of a word. */
const char *requests_title(const struct words *words, size_t code_points, struct arena *arena);

#endif
