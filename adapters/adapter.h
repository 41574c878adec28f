/* adapter.h - the contract of every adapter: messenger, inbox, Slack, Teams, models, mail.
 * An adapter moves bytes: it parses them into commands and delivers effects. It holds ids, never
 * pointers into the engine, never touches the store, and owns its limits, retries' timing and
 * reconnects. All functions run on the loop thread and must not block. */
#ifndef DESKHAND_ADAPTERS_ADAPTER_H
#define DESKHAND_ADAPTERS_ADAPTER_H

#include "bot/config.h"
#include "bot/engine/engine.h"
#include "bot/surface.h"

struct http_client;
struct http_server;
struct loop;

/* Something that happens now and is never stored: lost in a crash means harmless. */
struct signal {
    enum signal_kind { SIGNAL_CUSTOMER_TYPING, SIGNAL_TECHNICIAN_TYPING, SIGNAL_TECHNICIAN_LOOKS,
                       SIGNAL_TECHNICIAN_LEFT,
                       SIGNAL_SURFACES } kind;
    int64_t ticket_id, contact_id, technician_id;
    const char *conv;               /* may be NULL */
    const char *name;               /* display name, may be NULL for a customer */
};

struct adapter_host {
    struct engine *engine;
    struct loop *loop;
    struct http_server *http;
    struct http_client *client;
    const struct config *config;
    const char *data_dir;           /* the desk's folder, for what belongs beside its file */
    int index;                      /* of this adapter: put it into command.adapter */
    void *ctx;
    void (*signal)(void *ctx, const struct signal *s);   /* to all other adapters, at once */
    const struct surfaces *surfaces;   /* as the last look found them; SIGNAL_SURFACES when they
                                          change. May be NULL */
};

struct adapter {
    const char *name;               /* also the surface part of its places: "slack:..." */

    /* Is it switched on by the settings? NULL: always. */
    bool (*wanted)(const struct config *config);

    /* Registers routes, connects. Returns 0 and sets *self; else, after logging why, CONFIG_EXIT
     * when a setting is why, or -1. */
    int (*open)(const struct adapter_host *host, void **self);

    /* The outcome of a command that this adapter submitted with this tag. May be NULL. */
    void (*outcome)(void *self, uint64_t tag, const struct outcome *outcome);

    /* What a commit changed. May be NULL. */
    void (*news)(void *self, const struct news *news);

    /* Something passing happened in another adapter. May be NULL. */
    void (*signal)(void *self, const struct signal *s);

    /* Deliver now; answer exactly once, later or at once, with a DELIVERED or NOT_DELIVERED
     * command that carries effect->id. NULL: this adapter shows no cards. */
    void (*deliver)(void *self, const struct effect *effect, const struct ticket_view *view);

    /* No new work; say goodbye to peers. Then close frees everything. */
    void (*drain)(void *self);
    void (*close)(void *self);

    /* Asked every few seconds. true = well; else text is what is wrong and what a person should do,
     * in sentences that stay the same while nothing changes: they are read out; of a well one it is
     * a note for /healthz. text is "" before. May be NULL. */
    bool (*health)(void *self, char *text, size_t size);
};

#endif
