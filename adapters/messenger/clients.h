/* clients.h - what the messenger must know of each client, kept in memory: keys, looks, hours.
 * It is read when the desk starts and again when a client changes. Loop thread only. */
#ifndef DESKHAND_MESSENGER_CLIENTS_H
#define DESKHAND_MESSENGER_CLIENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/buf.h"
#include "bot/engine/engine.h"

struct messenger_client {
    int64_t id;
    const char *key, *name, *embed;     /* embed: origins, white space or commas between them */
    /* Of the brand, each may be NULL; prechat is a checked JSON array. */
    const char *bot, *color, *logo, *greeting, *position, *away, *prechat;
    bool on;                                    /* active, and its messenger is */
};

struct clients;

struct clients *clients_new(struct engine *e);              /* reads them at once: at start */
void clients_free(struct clients *c);
/* Reads them again, then calls changed(ctx). false: too busy, ask later. */
bool clients_reload(struct clients *c, void (*changed)(void *ctx), void *ctx);

bool clients_key_is_valid(const char *key);                 /* [a-z0-9-]{1,64} */
/* NULL: unknown or switched off. Valid until the next reload. */
const struct messenger_client *clients_by_key(const struct clients *c, const char *key);
const struct messenger_client *clients_by_id(const struct clients *c, int64_t id);

/* What to tell somebody who comes when nobody is there; text NULL: somebody is. */
struct clients_away { const char *text; int64_t until_ms; };    /* until_ms 0: not known */
struct clients_away clients_away(const struct clients *c, int64_t id, int64_t now_ms);

#endif
