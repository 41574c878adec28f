/* api_method.h - what is known of each Web API method we call: its rate, whether a repeat is
 * harmless, whether a person waits for it. Pure. It does not call anything. */
#ifndef DESKHAND_SLACK_API_METHOD_H
#define DESKHAND_SLACK_API_METHOD_H

#include <stdbool.h>

#include "adapters/slack/api_pace.h"

/* Rates and tiers: Slack's method reference and its page on rate limits. */
struct slack_method {
    const char *name;                 /* NULL in the row for methods that are not in the table */
    struct pace_rate rate;            /* of the method in the whole workspace */
    struct pace_rate channel_rate;    /* of all that changes one channel, together; all 0: none */
    bool by_channel;                  /* a 429 is about the channel, too (chat.*) */
    bool repeatable;                  /* twice is the same as once: reads, updates, joining */
    bool urgent;                      /* a person waits for it and the trigger lasts 3 s */
    bool list;                        /* long answers */
};

/* Never NULL: a method that we do not know is slow and not repeatable. */
const struct slack_method *slack_method(const char *name);

#endif
