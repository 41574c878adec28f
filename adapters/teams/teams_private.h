/* teams_private.h - what the files of this adapter share: the adapter, and who calls whom. What comes
 * in (door, receive, join, places, show) and what goes out (token, connector, book, deliver) meet
 * here and nowhere else. Loop thread only. */
#ifndef DESKHAND_TEAMS_PRIVATE_H
#define DESKHAND_TEAMS_PRIVATE_H

#include "adapters/adapter.h"
#include "adapters/net/http.h"
#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/teams/auth.h"
#include "adapters/teams/book.h"
#include "adapters/teams/connector.h"
#include "bot/base/buf.h"
#include "bot/base/list.h"
#include "cards/teams.h"

#define TEAMS_SURFACE "teams"
#define TEAMS_CHANNEL "msteams"
enum { TEAMS_ACTIVITY_MAX = 64 * 1024 };    /* of one activity that we send */

struct teams_talk;                  /* one input on its way to its answer: receive.c and its kin */
struct teams_desk;                  /* clients and routes, as the desk has them: places.c */

/* Which cloud we are in: by the host that publishes the keys. */
struct teams_cloud {
    const char *metadata_host;
    const char *issuer;             /* of inbound tokens */
    const char *scope;              /* of our own */
    const char *service_url;        /* where to write to somebody we have not heard from yet */
};

struct teams {
    struct adapter_host host;
    const struct teams_cloud *cloud;
    struct arena settings;          /* the two lists below live in it */
    struct text_list tenants;       /* allowed ones; the first is the bot's own */
    struct text_list service_hosts;
    struct teams_keys *keys;
    struct teams_auth *auth;
    struct teams_token *token;
    struct teams_connector *connector;
    struct teams_book *book;
    struct teams_desk *desk;        /* made by teams_desk_open */
    struct teams_talk *talks;       /* those with a command under way */
    uint64_t last_tag;
    int64_t opened_ms;              /* unix time */
    int holds;                      /* reads and calls under way; the memory goes with the last */
    bool closed;
};

/* Keeps the struct (not its parts) until the matching drop. After teams_close `closed` is set and all
 * parts are NULL: whoever comes back then only drops. */
void teams_hold(struct teams *t);
void teams_drop(struct teams *t);

/* ---- what goes out, for whoever answers an input ---- */

/* "teams:" and an address: the desk's name of a place or person; in the arena. */
const char *teams_place_of_conv(const char *conv, struct arena *a);    /* without ;messageid=... */
const char *teams_account(const char *tenant, const char *aad_object_id, struct arena *a);

/* One activity {"type":"message","summary":...,"attachments":[card]} for the connector. No text: a
 * text beside a card would make two messages without ids. summary may be NULL. 0, or -1: too big. */
int teams_activity(const char *card, const char *summary, struct buf *out);

/* A card into a conversation we have just heard from: a 1:1 chat, a group chat, or the thread
 * "19:...;messageid=...". Nobody waits: what fails is logged. */
void teams_post_card(struct teams *t, const char *service_url, const char *conv, const char *card,
                     const char *summary);

/* A card to a person ("teams:<tenant>/<aadObjectId>") in their 1:1 chat, made when there is none. */
void teams_tell_person(struct teams *t, const char *account, const char *card,
                       const char *summary);

/* GET .../conversations/{conv}/members/{user}: who is that? fn comes once, within 10 seconds, unless
 * the adapter closes first (then todo is TEAMS_TODO_CLOSED). user: "29:..." or aadObjectId. */
void teams_member_get(struct teams *t, const char *service_url, const char *conv, const char *user,
                      teams_answer_fn *fn, void *ctx);

/* Other calls: teams_connector_call(t->connector, ...) of connector.h. */

/* ---- deliver.c ---- */

void teams_deliver(void *teams, const struct effect *effect, const struct ticket_view *view);

/* ---- what comes in ---- */

/* door.c: registers POST /api/messages (and what answers 405). Called once, at open. */
void teams_door_open(struct teams *t);
/* At drain and close: whoever still waits for an HTTP answer gets one now. */
void teams_door_close(struct teams *t);

/* receive.c: the outcome of a command with one of our tags; and at close: all talks go. */
void teams_outcome(struct teams *t, uint64_t tag, const struct outcome *outcome);
void teams_talks_free(struct teams *t);
/* Inputs that were acknowledged before anybody knew their sender, from before a restart. */
void teams_recall(struct teams *t);

/* places.c: clients and routes, read again when news say so. */
void teams_desk_open(struct teams *t);
void teams_desk_news(struct teams *t, const struct news *news);
void teams_desk_free(struct teams_desk *desk);

#endif
