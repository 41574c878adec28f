/* api_error.h - what each failure of Slack's Web API means for us: one table. Pure.
 * It does not retry, wait or log; whoever asked does what the answer says. */
#ifndef DESKHAND_SLACK_API_ERROR_H
#define DESKHAND_SLACK_API_ERROR_H

#include <stddef.h>
#include <stdint.h>

#include "adapters/net/http_client.h"

enum slack_todo {
    SLACK_TODO_OK,                  /* done, or was done before */
    SLACK_TODO_RETRY,               /* surely not done, or harmless to repeat: again, later */
    SLACK_TODO_RATE_LIMITED,        /* not done: again after retry_after_ms */
    SLACK_TODO_UNCLEAR,             /* may have worked: look first (look.h), then decide */
    SLACK_TODO_AUTH,                /* the token does not work: keep everything, nothing goes out */
    SLACK_TODO_SCOPE,               /* the app lacks a scope: this feature is off until it has it */
    SLACK_TODO_JOIN,                /* not in the channel: conversations.join once, then again;
                                       in a private one people must invite the app */
    SLACK_TODO_PLACE_GONE,          /* nothing can be posted there any more: the default channel */
    SLACK_TODO_REPOST,              /* the message or its thread is gone, or not ours: a new card */
    SLACK_TODO_EDIT_CLOSED,         /* no more edits of it: say the change in the thread */
    SLACK_TODO_TOO_BIG,             /* refused for size or form: the reduced card, once */
    SLACK_TODO_TRIGGER,             /* the click is too old: "please click again" */
    SLACK_TODO_STALE_VIEW,          /* the view changed meanwhile: read again, draw again, once */
    SLACK_TODO_NOT_IN_CHANNEL_USER, /* the person is not there: a direct message instead */
    SLACK_TODO_FEATURE_OFF,         /* Slack has not got it for this workspace */
    SLACK_TODO_FINAL,               /* this call will never work */
    SLACK_TODOS
};
const char *slack_todo_name(enum slack_todo todo);

/* Errors: Slack's method reference; what to do: its pages on rate limits and on each method. */
struct slack_error {
    const char *code;               /* "restricted_action*" stands for all that begin so */
    const char *method;             /* only for this method; NULL: any */
    enum slack_todo todo;
    int wait_s;                     /* RATE_LIMITED without Retry-After; 0 otherwise */
    const char *advice;             /* what a person should do, a sentence; NULL: nothing */
};

/* NULL for a code that is not in the table: FINAL, and worth a line in the log. */
const struct slack_error *slack_error(const char *method, const char *code);

/* What came back from one call. */
struct slack_outcome {
    enum http_client_result result;
    int status;
    int json;                       /* -1: the body is not a JSON object with "ok"; else "ok" */
    const char *code;               /* "error" of the body; NULL: none */
    int64_t retry_after_ms;         /* -1: none */
};

enum { SLACK_ERROR_SIZE = 64 };

struct slack_verdict {
    enum slack_todo todo;
    char error[SLACK_ERROR_SIZE];   /* the code, or a word for what the transport did; "" if OK */
    int64_t retry_after_ms;         /* RATE_LIMITED: how long; else 0 */
    const char *advice;             /* or NULL */
    int known;                      /* 0: a code that the table has not got */
};
struct slack_verdict slack_judge(const char *method, const struct slack_outcome *outcome);

/* From a line of response_metadata.messages, "[ERROR] must be ... [json-pointer:/blocks/0]", the
 * rule and the pointer only, with nothing that could come from a message's text. */
void slack_error_rule(const char *message, char *out, size_t size);

/* A code as Slack writes them: small letters, digits and '_', shorter than SLACK_ERROR_SIZE;
 * "odd_error" for anything else, so that it can stand in a log line. */
void slack_error_word(const char *code, char out[SLACK_ERROR_SIZE]);

#endif
