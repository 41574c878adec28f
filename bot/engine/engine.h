/* engine.h - the crank: commands in, one transaction, effects out. The only door for adapters.
 * It knows no adapter by name: outcomes, news and effects leave through hooks on the loop thread. */
#ifndef DESKHAND_ENGINE_ENGINE_H
#define DESKHAND_ENGINE_ENGINE_H

#include "bot/config.h"
#include "bot/desk/command.h"
#include "bot/desk/effect.h"
#include "bot/engine/view.h"

struct engine;

/* ---- news: what a commit changed, told to every adapter after the commit ---- */

enum news_kind {
    NEWS_ENTRY,        /* a new numbered entry: ticket_id contact_id client_id conv entry */
    NEWS_SEEN,         /* a read mark moved: seq, by_desk */
    NEWS_TICKET,       /* ticket changed: ticket_id, version; lists and cards may differ now */
    NEWS_EVENT,        /* a line of the internal log (note, change): ticket_id */
    NEWS_LOGOUT,       /* the token with this hash is revoked */
    NEWS_CLIENT,       /* a client's settings changed: read them again */
    NEWS_PEOPLE,       /* technicians or teams changed */
    NEWS_EFFECT,       /* the list of undelivered effects changed */
    NEWS_ROUTES        /* which channel shows whose tickets changed */
};

struct news_item {
    enum news_kind kind;
    int64_t ticket_id, contact_id, client_id, version, seq;
    const char *conv;
    bool by_desk;
    struct entry entry;
    unsigned char hash[COMMAND_HASH_BYTES];
};

struct news { const struct news_item *items; size_t count; };   /* valid during the call */

/* ---- effects: what must leave the process ---- */

/* A place is "<surface>:<address>", like "slack:C024BE7LD". An address with a slash is the account
 * of one person, "slack:T024BE7LD/U2147483697": alerts go there when the ticket is theirs. */

struct effect {
    int64_t id, ticket_id, version;  /* CARD: show this version or a newer one */
    enum effect_kind kind;
    const char *place;               /* "slack:C024BE7LR": the surface's name, then its address */
    const char *remote_id;           /* of the card shown there before, NULL if none */
    const char *data;                /* MAIL: JSON */
    const struct entry *entry;       /* LINE: a line of the conversation, else NULL ... */
    const struct event_view *events; /* ... or what one command changed and noted */
    size_t event_count;
    const struct alert_view *alerts; /* ALERT: one or several */
    size_t alert_count;
    const char *account;             /* of the ticket's assignee on this surface; NULL: not known */
    int64_t created_ms;
    int attempts;                    /* deliveries tried before this one */
    bool unclear;                    /* an earlier try may have arrived: look before you repeat it */
};

struct engine_hooks {
    void *ctx;
    /* Runs fn(arg) on the loop thread; called from the engine's threads. */
    void (*post)(void *ctx, void (*fn)(void *), void *arg);
    /* On the loop thread. An effect is borrowed for the call: copy what a later answer needs. Without
     * deliver effects wait for an engine that has it. */
    void (*outcome)(void *ctx, int adapter, uint64_t tag, const struct outcome *outcome);
    void (*news)(void *ctx, const struct news *news);
    void (*deliver)(void *ctx, const struct effect *effect, const struct ticket_view *view);
};

struct engine_options {
    const char *data_dir;
    const struct config *config;     /* borrowed for the engine's life */
    const char *const *places;       /* places that show all cards, NULL-terminated, borrowed */
    const char *const *surfaces;     /* surfaces whose routes choose places; or NULL. Borrowed */
    struct engine_hooks hooks;
};

/* True when data_dir holds no desk yet. */
bool engine_is_fresh(const char *data_dir);

/* Opens or creates the desk in data_dir, recovers, starts its threads. NULL with *error set (caller
 * frees) when it cannot: locked by another process, newer schema, disk. */
struct engine *engine_open(const struct engine_options *options, char **error);

/* Finishes what is queued and stops the threads. Hooks may still run for what was posted before: let
 * the loop run these, then call engine_free. From here on submit and read refuse. */
void engine_stop(struct engine *e);

/* Closes the file and gives everything back; NULL is fine. Stops first if that was not done. */
void engine_free(struct engine *e);

/* Queues a copy of the command. false: the queue is full or draining, nothing was taken and no
 * outcome will come. Any thread. */
bool engine_submit(struct engine *e, const struct command *c);

/* Waits until every command that was submitted before is applied and committed. For start-up and the
 * command line: it blocks the calling thread. */
void engine_flush(struct engine *e);

/* Runs run(reader, arg) on a reader thread, then done(arg) on the loop thread (always, also when
 * the engine closes: then run is skipped). false: queue full, neither is called. */
bool engine_read(struct engine *e, void (*run)(struct reader *, void *), void (*done)(void *),
                 void *arg);

/* The same at once, on the calling thread: for start-up, command line and tests only. */
void engine_read_now(struct engine *e, void (*run)(struct reader *, void *), void *arg);

/* For /readyz, /healthz and the watchdog. */
struct engine_health { bool ready, disk_full, writer_alive; int64_t queued, waiting_effects; };
void engine_health(struct engine *e, struct engine_health *out);

#endif
