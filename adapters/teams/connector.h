/* connector.h - calls of the Bot Connector under a serviceUrl: token, order, pace, and what each
 * answer means. A token goes to allowed hosts only, redirects are not followed. It repeats only
 * what surely did not happen; it knows no tickets. Loop thread only. */
#ifndef DESKHAND_TEAMS_CONNECTOR_H
#define DESKHAND_TEAMS_CONNECTOR_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/teams/connector_error.h"
#include "bot/base/list.h"

struct http_client;
struct loop;
struct teams_connector;
struct teams_token;

struct teams_connector_settings {
    struct loop *loop;
    struct http_client *http;
    struct teams_token *token;              /* all borrowed, and outlive the connector */
    const struct text_list *service_hosts;
    const char *tenant;                     /* borrowed: of calls that name none; or NULL */
    int64_t total_ms;                       /* of one call; 0: 10 s */
};

struct teams_connector *teams_connector_new(const struct teams_connector_settings *settings);

/* The desk stops: what has not gone out yet answers TEAMS_TODO_LATER, and so does every new
 * call. */
void teams_connector_drain(struct teams_connector *c);

/* Every call that has no answer yet gets TEAMS_TODO_CLOSED from inside. */
void teams_connector_free(struct teams_connector *c);

struct teams_request {
    const char *method;             /* "GET" "POST" "PUT" "DELETE" */
    const char *service_url;
    const char *path;               /* under it: "v3/conversations/...", with ids encoded */
    const char *body;               /* JSON, or NULL */
    const char *conv;               /* whose limits it counts for; NULL: those of its lane */
    const char *tenant;             /* whose limits it counts for, too; NULL: the bot's own */
    const char *lane;               /* posts with the same text go out one by one, or NULL; changes of
                                       one message always do */
    bool urgent;                    /* a person waits: overtakes the rest */
};

struct teams_answer {
    enum teams_todo todo;
    int status;                     /* HTTP; 0: there was none */
    json_t *json;                   /* borrowed for the time of the call; NULL if there is none */
    const char *error;              /* word for log and dead letter; "" if OK */
    const char *advice;             /* what a person should know or do, a sentence; NULL: nothing */
    int64_t retry_after_ms;         /* TEAMS_TODO_LATER: when it makes sense again; else 0 */
};
typedef void teams_answer_fn(void *ctx, const struct teams_answer *answer);

/* Everything given is copied. fn comes exactly once, later, never from inside this call; NULL:
 * nobody waits. 429 and 412 are waited out here up to 120 s (urgent: 3 s), a 401 gets one new
 * token. The queue holds 1000 calls; what does not fit answers TEAMS_TODO_LATER. */
void teams_connector_call(struct teams_connector *c, const struct teams_request *request,
                          teams_answer_fn *fn, void *ctx);

/* Adds one path segment, percent-encoded as the official clients do:
 * "19:a@thread.tacv2;messageid=1" -> "19%3Aa%40thread.tacv2%3Bmessageid%3D1". */
struct buf;
void teams_path_segment(struct buf *path, const char *text);

/* True when well; otherwise says why and what to do about it. */
bool teams_connector_health(const struct teams_connector *c, char *text, size_t size);

#endif
