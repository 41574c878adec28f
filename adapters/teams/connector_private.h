/* connector_private.h - one call and the queue of calls, shared by connector*.c only. */
#ifndef DESKHAND_TEAMS_CONNECTOR_PRIVATE_H
#define DESKHAND_TEAMS_CONNECTOR_PRIVATE_H

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/teams/bucket.h"
#include "adapters/teams/connector.h"
#include "adapters/teams/token.h"

struct call {
    struct call *next, *prev;
    struct call_list *list;             /* the one that it is in; NULL: in none */
    struct teams_connector *connector;  /* NULL: nobody wants the answer any more */
    uint64_t id, http_id, round;        /* round: of the pump in which it had to wait */
    char *method, *url, *body, *conv, *lane, *tenant, *header;
    bool urgent, renewed;               /* renewed: it has had a new token already */
    int conflicts;
    int64_t not_before_ms, waited_ms;
    struct teams_judgement judgement;   /* once it has ended */
    int status;
    json_t *json;
    teams_answer_fn *fn;
    void *ctx;
};

struct call_list {
    struct call *first, *last;
    size_t count;
};

struct teams_connector {
    struct teams_connector_settings settings;
    struct buckets *buckets;
    struct call_list urgent, waiting, sent, ended;
    struct loop_timer pump;
    uint64_t last_id, round;
    int64_t soonest_ms;                 /* of what had to wait in this round; -1: nothing */
    int64_t renewal_ms;                 /* when a token was last given up for a 401; 0: never */
    bool refused;                       /* Teams refuses our token, and a new one did not help */
    char down[TEAMS_ERROR_SIZE];        /* why nothing comes back; "" while something does */
    int64_t down_since_ms;
    bool draining;
};

/* Lists are in the order of ids, so that a call that had to wait again keeps its place. */
void call_list_add(struct call_list *list, struct call *call);
void call_list_remove(struct call *call);
void call_move(struct call *call, struct call_list *list);

/* strdup that aborts; NULL of NULL. */
char *call_copy(const char *text);
void call_free(struct call *call);
void call_answer(struct call *call);

/* Its answer comes with the end of this turn. */
void call_end(struct call *call);
void call_end_with(struct call *call, enum teams_todo todo, const char *error, const char *advice,
                   int64_t retry_ms);

/* Whose limits it counts for: a conversation, or else the lane, as one that makes a conversation
 * has none yet; and the tenant. How long it may wait for them altogether. */
struct bucket *call_bucket(const struct call *call);
struct bucket *call_tenant_bucket(const struct call *call);
int64_t call_patience_ms(const struct call *call);

/* What an answer says: fills the judgement and json, counts and logs. Then: is it to be sent again,
 * because it surely was not done, or because of an old token? */
void call_understand(struct call *call, const struct http_client_answer *answer);
bool call_waits_out(struct call *call, int64_t now_ms);
bool call_gets_new_token(struct call *call, int64_t now_ms);
void connector_note_token(struct teams_connector *c, const struct teams_judgement *judgement);

#endif
