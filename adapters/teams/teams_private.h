/* teams_private.h - what the files of this adapter share: the adapter, and who calls whom. What
 * comes in (door, receive, join, places, show) and what goes out (token, connector, book, deliver)
 * meet here and nowhere else. Loop thread only. */
#ifndef DESKHAND_TEAMS_PRIVATE_H
#define DESKHAND_TEAMS_PRIVATE_H

#include "adapters/adapter.h"
#include "adapters/net/http.h"
#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/teams/auth.h"
#include "adapters/teams/book.h"
#include "adapters/teams/connector.h"
#include "adapters/teams/pace.h"
#include "adapters/teams/strangers.h"
#include "bot/base/buf.h"
#include "bot/base/list.h"
#include "cards/teams.h"

#define TEAMS_SURFACE "teams"
#define TEAMS_CHANNEL "msteams"
enum { TEAMS_ACTIVITY_MAX = 64 * 1024 };    /* of one activity that we send */

struct teams_talk;                  /* one input on its way to its answer: receive.c and its kin */
struct teams_desk;                  /* clients and routes, as the desk has them: places.c */
struct teams_door;                  /* who waits for an answer, and the newest answers: door.c */

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
    struct teams_door *door;        /* made by teams_door_open */
    struct teams_strangers *strangers;
    struct teams_talk *talks;       /* those with a command under way */
    uint64_t last_tag;
    struct teams_pace pace;         /* of updates of cards */
    struct loop_timer warm;         /* until the first token is there */
    int64_t opened_ms;              /* unix time */
    int holds;                      /* reads and calls under way; the memory goes with the last */
    bool closed;
};

/* Keeps the struct (not its parts) until the matching drop. After teams_close `closed` is set and
 * all parts are NULL: whoever comes back then only drops. */
void teams_hold(struct teams *t);
void teams_drop(struct teams *t);

/* ---- what goes out, for whoever answers an input ---- */

/* "teams:" and an address: the desk's name of a place or person; in the arena. */
const char *teams_place_of_conv(const char *conv, struct arena *a);    /* without ;messageid=... */
/* What a card in this channel says of its thread, as long as nothing proves that the desk hears it;
 * else NULL. Only the team's consent lets it: Teams does not tell. */
const char *teams_thread_hint(const struct teams *t, const char *place);
const char *teams_account(const char *tenant, const char *aad_object_id, struct arena *a);

/* Ids of conversations and activities come from outside: 1 to 300 printable ASCII characters. */
bool teams_is_id(const char *text);

/* One activity {"type":"message","summary":...,"attachments":[card]} for the connector, in the
 * arena; NULL when it is too big. No text: a text beside a card would make two messages without
 * ids. summary may be NULL. alert: the activity feed of the 1:1 chat tells it, too. */
const char *teams_activity_text(const char *card, const char *summary, bool alert, struct arena *a);

/* "v3/conversations/{conv}/activities/{id}", id may be NULL; in the arena. */
const char *teams_activity_path(const char *conv, const char *id, struct arena *a);

/* The tenant that a channel or group chat is in, in the arena; NULL: not known. */
const char *teams_tenant_of(const struct teams *t, const char *conv, struct arena *a);

/* Where to write to: the place's own serviceUrl, else one of its tenant, else the cloud's. Valid
 * until the book is told something. */
const char *teams_service_url(const struct teams *t, const char *place, const char *tenant);

/* The 1:1 conversation of a person, asked for when it is not known. fn comes once, from inside or
 * later: with conv, or with NULL and why not. */
typedef void teams_conv_fn(void *ctx, const char *conv, const struct teams_answer *why);
void teams_person_conv(struct teams *t, const char *account, teams_conv_fn *fn, void *ctx);

/* A card into a conversation we have just heard from: a 1:1 chat, a group chat, or the thread
 * "19:...;messageid=...". Nobody waits: what fails is logged. */
void teams_post_card(struct teams *t, const char *service_url, const char *conv, const char *card,
                     const char *summary);

/* A card to a person ("teams:<tenant>/<aadObjectId>") in their 1:1 chat, made when there is
 * none. */
void teams_tell_person(struct teams *t, const char *account, const char *card,
                       const char *summary);

/* GET .../conversations/{conv}/members/{user}: who is that? fn comes once: with an answer, usually
 * in much less than a second, or with why there is none, in the worst case after 25 seconds. user:
 * "29:..." or aadObjectId. */
void teams_member_get(struct teams *t, const char *service_url, const char *conv, const char *user,
                      teams_answer_fn *fn, void *ctx);

/* Other calls: teams_connector_call(t->connector, ...) of connector.h. */

/* ---- deliver.c ---- */

void teams_deliver(void *teams, const struct effect *effect, const struct ticket_view *view);

/* ---- what comes in ---- */

/* door.c: registers POST /api/messages (and what answers 405). Called once, at open. */
void teams_door_open(struct teams *t);
/* At drain and close: whoever still waits for an HTTP answer gets one now. May be called twice. */
void teams_door_close(struct teams *t);
void teams_door_free(struct teams_door *door);

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
