/* think.h - one thought of the triage agent: gathers the facts from a connection, asks the pure
 * rules, and makes the command that carries the decision. Changes nothing. Private to bot/engine. */
#ifndef DESKHAND_ENGINE_THINK_H
#define DESKHAND_ENGINE_THINK_H

#include "bot/engine/desk.h"

struct thinker {
    struct db *db;
    const struct config *config;
    struct hours_cache *hours;
    long long kb_version;        /* the knowledge that `threshold` was calibrated on; 0 = none yet */
    double threshold;
};

/* false: there is nothing to think about any more. The command's memory lives in the arena. */
bool think(struct thinker *th, int64_t ticket_id, int64_t now_ms, struct arena *a,
           struct command *out);

#endif
