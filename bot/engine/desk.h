/* desk.h - the desk on the writer's connection: applies one command inside the open transaction.
 * No threads, no clock, no random numbers: the writer (or a test) turns it. Private to bot/engine. */
#ifndef DESKHAND_ENGINE_DESK_H
#define DESKHAND_ENGINE_DESK_H

#include "bot/base/arena.h"
#include "bot/config.h"
#include "bot/engine/engine.h"
#include "bot/store/store.h"

/* What a batch has to tell after its commit; it owns the memory behind the texts. */
struct desk_news {
    struct arena arena;
    struct news_item *items;
    size_t count, size;
    int64_t *thoughts;           /* tickets that want a thought of the assistant */
    size_t thought_count, thought_size;
    bool effects;                /* the outbox has something new */
};
void desk_news_clear(struct desk_news *n);

struct hours_cache;

struct desk {
    struct db *db;
    const struct config *config;
    const char *const *places, *const *surfaces;     /* NULL-terminated; surfaces may be NULL */
    struct audit_head audit, audit_committed;
    int64_t last_ticket_id;
    struct hours_cache *hours;
    struct desk_news *news;      /* of the open batch */
};

/* Reads what the desk keeps in memory. The database is migrated and recovered. */
void desk_init(struct desk *d, struct db *db, const struct config *config,
               const char *const *places, const char *const *surfaces);
void desk_clear(struct desk *d);

/* One transaction around any number of desk_apply. desk_commit returns 0, or -1: then nothing of the
 * batch happened and *error is the store's code. */
int desk_begin(struct desk *d, struct desk_news *news);
void desk_apply(struct desk *d, const struct command *c, struct outcome *out);
int desk_commit(struct desk *d, int *error);

/* Opening hours of a client, parsed and kept until they change; NULL = always open. */
const struct calendar *desk_hours(struct desk *d, const struct client_view *client);
struct hours_cache *hours_new(void);
void hours_free(struct hours_cache *h);
const struct calendar *hours_of(struct hours_cache *h, int64_t client_id, const char *text);

/* The assistant's name from a client's brand (JSON); "Assistant" when it has none. */
const char *client_bot_name(const char *brand, struct arena *a);

#endif
