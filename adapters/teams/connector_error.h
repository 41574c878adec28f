/* connector_error.h - what each answer of the Bot Connector means for us: one table. Pure.
 * It does not retry, wait or log; whoever asked does what the row says. Source of status and codes:
 * the status table of Microsoft's page "Send and receive messages" and its rate limit page. */
#ifndef DESKHAND_TEAMS_CONNECTOR_ERROR_H
#define DESKHAND_TEAMS_CONNECTOR_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/net/http_client.h"

enum teams_todo {
    TEAMS_TODO_OK,
    TEAMS_TODO_LATER,           /* surely not done, or harmless to repeat: again, later */
    TEAMS_TODO_WAIT,            /* throttled, or somebody else was changing it: not done, wait */
    TEAMS_TODO_UNCLEAR,         /* a send that may have arrived: at most one more try */
    TEAMS_TODO_TOKEN,           /* our token does not work: keep everything, nothing goes out */
    TEAMS_TODO_BLOCKED,         /* nothing can be written there until it is heard from again */
    TEAMS_TODO_NOT_INSTALLED,   /* the app is not there (any more), until it is installed again */
    TEAMS_TODO_GONE,            /* no such conversation or message: forget the id */
    TEAMS_TODO_TOO_BIG,         /* refused for its size: the reduced card, once */
    TEAMS_TODO_WRONG_HOST,      /* another service host serves it, or this one is not allowed */
    TEAMS_TODO_FINAL,           /* this call will never work */
    TEAMS_TODO_CLOSED,          /* the adapter is closing: nothing is known */
    TEAMS_TODOS
};
const char *teams_todo_name(enum teams_todo todo);

/* What came back from one call. */
struct teams_outcome {
    enum http_client_result result;
    int status;
    bool repeatable;            /* GET, PUT, DELETE: twice is the same as once */
    bool shared;                /* in a channel or group chat, not with one person */
    const char *code;           /* error.code of the body; NULL: none */
    const char *sub_code;       /* subCode of the body; NULL: none */
    int64_t retry_after_ms;     /* -1: none */
};

enum { TEAMS_ERROR_SIZE = 64, TEAMS_RETRY_AFTER_MAX_MS = 120 * 1000 };

struct teams_judgement {
    enum teams_todo todo;
    char error[TEAMS_ERROR_SIZE];   /* "404 ConversationNotFound" or a transport word; "" if OK */
    int64_t wait_ms;                /* what the service asked for, capped; 0: nothing */
    const char *advice;             /* or NULL */
};
struct teams_judgement teams_judge(const struct teams_outcome *outcome);

#endif
