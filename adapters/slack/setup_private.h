/* setup_private.h - what the files of "deskhand setup slack" share: one call, and what came of it.
 * Nothing else may include it. */
#ifndef DESKHAND_SLACK_SETUP_PRIVATE_H
#define DESKHAND_SLACK_SETUP_PRIVATE_H

#include <jansson.h>

#include "adapters/net/ask.h"
#include "adapters/setup.h"

#define APP_SETTINGS "in the app's settings (https://api.slack.com/apps)"

struct setup_call {
    bool worked;
    struct ask_answer answer;
    json_t *json;                       /* NULL: none */
    const char *code;                   /* Slack's own word; NULL: it worked, or it was not Slack */
    char word[64];                      /* the same or ours, fit to print */
    const char *advice;                 /* what a person should do; NULL: nothing known */
};

/* To be cleared afterwards. */
void setup_call(struct setup *s, const char *method, const char *token, const char *form,
                struct setup_call *out);
void setup_call_clear(struct setup_call *call);

/* True after saying that no answer came, or none of Slack's. */
bool setup_is_outage(struct setup *s, const struct setup_call *call);

/* A member of an object; "" when it is no text. */
const char *setup_text(const json_t *object, const char *member);

/* Checks the app-level token and a socket. app: id of the bot token's app, "" when not known. */
void setup_app_token(struct setup *s, const char *app);

#endif
