#include "adapters/slack/api_method.h"

#include <stddef.h>
#include <string.h>

#define TIER_2 { 3000, 20 }          /* 20 a minute */
#define TIER_3 { 1200, 50 }
#define TIER_4 { 600, 100 }
#define SPECIAL { 250, 60 }          /* "several hundred a minute" */
#define POSTING { 1000, 8 }          /* one a second in a channel, short bursts allowed */

static const struct slack_method table[] = {
    { .name = "auth.test", .rate = SPECIAL, .repeatable = true },
    { .name = "chat.delete", .rate = TIER_3, .by_channel = true, .repeatable = true },
    { .name = "chat.getPermalink", .rate = SPECIAL, .by_channel = true, .repeatable = true },
    { .name = "chat.postEphemeral", .rate = TIER_4, .by_channel = true, .urgent = true },
    { .name = "chat.postMessage", .rate = SPECIAL, .channel_rate = POSTING, .by_channel = true },
    { .name = "chat.update", .rate = TIER_3, .channel_rate = POSTING, .by_channel = true,
      .repeatable = true },
    { .name = "conversations.history", .rate = TIER_3, .repeatable = true, .list = true },
    { .name = "conversations.info", .rate = TIER_3, .repeatable = true },
    { .name = "conversations.join", .rate = TIER_3, .repeatable = true },
    { .name = "conversations.list", .rate = TIER_2, .repeatable = true, .list = true },
    { .name = "conversations.members", .rate = TIER_4, .repeatable = true, .list = true },
    { .name = "conversations.open", .rate = TIER_3, .repeatable = true },
    { .name = "conversations.replies", .rate = TIER_3, .repeatable = true, .list = true },
    { .name = "files.info", .rate = TIER_4, .repeatable = true },
    { .name = "reactions.add", .rate = TIER_3, .repeatable = true },
    { .name = "reactions.remove", .rate = TIER_2, .repeatable = true },
    { .name = "team.info", .rate = TIER_3, .repeatable = true },
    { .name = "usergroups.list", .rate = TIER_2, .repeatable = true, .list = true },
    { .name = "usergroups.users.list", .rate = TIER_2, .repeatable = true, .list = true },
    { .name = "users.conversations", .rate = TIER_3, .repeatable = true, .list = true },
    { .name = "users.info", .rate = TIER_4, .repeatable = true },
    { .name = "users.list", .rate = TIER_2, .repeatable = true, .list = true },
    { .name = "views.open", .rate = TIER_4, .urgent = true },
    { .name = "views.publish", .rate = TIER_4, .repeatable = true },
    { .name = "views.push", .rate = TIER_4, .urgent = true },
    { .name = "views.update", .rate = TIER_4, .repeatable = true, .urgent = true },
};

static const struct slack_method unknown = { .rate = TIER_2 };

const struct slack_method *slack_method(const char *name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return &unknown;
}
