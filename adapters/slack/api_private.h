/* api_private.h - the queue of calls, shared by api*.c only. */
#ifndef DESKHAND_SLACK_API_PRIVATE_H
#define DESKHAND_SLACK_API_PRIVATE_H

#include "adapters/net/loop.h"
#include "adapters/slack/api.h"
#include "adapters/slack/api_method.h"
#include "bot/base/buf.h"

enum { API_METHOD_SIZE = 64, API_MISSING_MAX = 24, API_ODD_MAX = 64, API_SCOPES_SIZE = 2048 };

struct api_lane {
    struct api_lane *next;
    size_t calls;                      /* that have no answer yet */
    uint64_t passed;                   /* the round in which one of its calls had to wait */
    bool busy;                         /* one of them is out */
    char *name;
};

struct api_call {
    struct api_call *next, *prev;
    struct api_list *list;             /* the one that it is in; NULL: in none */
    struct slack_api *api;             /* NULL once the api is gone or the call cancelled */
    uint64_t id, http_id;
    const struct slack_method *method;
    char name[API_METHOD_SIZE];
    char *channel;                     /* or NULL */
    struct api_lane *lane;             /* or NULL */
    struct buf body;
    int64_t since_ms;                  /* when it was asked for */
    int64_t waited_ms;                 /* for Retry-After, all told */
    bool probe;                        /* our own auth.test: goes out although the token failed */
    bool sent;                         /* it may have gone out */
    struct slack_verdict verdict;      /* once it has ended */
    json_t *json;
    slack_answer_fn *fn;
    void *ctx;
};

struct api_list {
    struct api_call *first, *last;
    size_t count;
};

struct slack_api {
    struct loop *loop;
    struct http_client *client;
    char *base_url, *authorization;
    struct pace *pace;
    int64_t percent;                   /* of the published rates */
    struct api_list urgent, waiting, sent, ended;
    struct api_lane *lanes;
    struct loop_timer pump, retest;
    uint64_t last_id, round;
    uint64_t probe_id;                 /* our own auth.test under way; 0: none */
    int probes;                        /* that failed in a row, for no fault of the token */
    char probe_error[SLACK_ERROR_SIZE]; /* why the last did; "" when it told who we are */
    size_t bytes;                      /* of all bodies */
    int64_t soonest_ms;                /* of what had to wait in this round; -1: none */
    bool closing;

    struct slack_identity self;
    char scopes[API_SCOPES_SIZE];
    char auth_error[SLACK_ERROR_SIZE]; /* "" while the token works */
    const char *auth_advice;
    char missing[API_MISSING_MAX][SLACK_ERROR_SIZE];
    char down[SLACK_ERROR_SIZE];       /* why nothing comes back; "" while something does */
    int64_t down_since_ms;
    struct { char code[SLACK_ERROR_SIZE]; int64_t logged_ms; } odd[API_ODD_MAX];
};

/* api_call.c: lists are ordered by id, so that a call that had to wait again keeps its place. */
void api_list_add(struct api_list *list, struct api_call *call);
void api_list_remove(struct api_call *call);
struct api_lane *api_lane_get(struct slack_api *api, const char *name);

/* In no list yet; the body has failed when the parameters are too long. */
struct api_call *api_call_new(struct slack_api *api, const char *method,
                              const struct slack_param *params, size_t count);
/* Its answer comes with the end of this turn. */
void api_call_end(struct api_call *call);
void api_call_end_with(struct api_call *call, enum slack_todo todo, const char *word,
                       int64_t retry_after_ms, const char *advice);
/* Takes it out of everything that knows it; what is still under way comes back to nobody. */
void api_call_leave(struct api_call *call);
void api_call_answer(struct api_call *call);
void api_call_free(struct api_call *call);

/* api_answer.c: what an HTTP answer says. Fills the call's verdict and json, keeps what the api
 * must remember of it, counts and logs. */
void api_understand(struct api_call *call, const struct http_client_answer *answer);

/* api_health.c: the token's state, and what an operator should know. */
void api_auth_learn(struct slack_api *api, const json_t *json, const char *scopes);
void api_auth_lost(struct slack_api *api, const struct slack_verdict *why);
void api_scope_missing(struct slack_api *api, const char *needed);
void api_reached(struct slack_api *api, const char *trouble);   /* NULL: it answered */

#endif
