#include "adapters/slack/manifest.h"

#include <string.h>

#include "bot/base/json_out.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

const struct slack_scope slack_scopes[] = {
    { "app_mentions:read", "mentions of the bot are not heard" },
    { "channels:history", "what is written in threads of public channels is not heard, and a card "
      "that may have been posted cannot be looked for" },
    { "channels:join", "the desk cannot join a public channel by itself" },
    { "channels:read", "the desk does not see in which public channels it is" },
    { "chat:write", "no card is shown at all" },
    { "commands", "/ticket and the shortcut \"Make a ticket\" do not work" },
    { "groups:history", "what is written in threads of private channels is not heard" },
    { "groups:read", "the desk does not see in which private channels it is" },
    { "im:history", "direct messages to the bot are not heard" },
    { "im:write", "alerts cannot be sent to a person" },
    { "users:read", "nobody can be recognised as a technician" },
    { "users:read.email", "technicians are not found by their mail address" },
};
const size_t slack_scope_count = COUNT(slack_scopes);

/* What envelope_event.c reads; app_rate_limited comes without being asked for. */
static const char *const events[] = {
    "app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_deleted",
    "channel_left", "channel_rename", "channel_unarchive", "group_archive", "group_deleted",
    "group_left", "group_rename", "group_unarchive", "member_joined_channel",
    "member_left_channel", "message.channels", "message.groups", "message.im", "team_join",
    "tokens_revoked", "user_change",
};

bool slack_scope_is_granted(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; *at; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
        const char *word = at + strspn(at, " ");
        if (strcspn(word, ", ") == len && !strncmp(word, name, len))
            return true;
    }
    return false;
}

static void features(struct json_out *j)
{
    json_out_object(j, "features");
    json_out_object(j, "app_home");
    json_out_bool(j, "home_tab_enabled", true);
    json_out_bool(j, "messages_tab_enabled", true);
    json_out_bool(j, "messages_tab_read_only_enabled", false);
    json_out_object_end(j);
    json_out_object(j, "bot_user");
    json_out_text(j, "display_name", "Deskhand");
    json_out_bool(j, "always_online", true);
    json_out_object_end(j);
    json_out_array(j, "shortcuts");
    json_out_object(j, NULL);
    json_out_text(j, "name", "Make a ticket");
    json_out_text(j, "type", "message");
    json_out_text(j, "callback_id", "make_ticket");
    json_out_text(j, "description", "Makes a ticket of this message");
    json_out_object_end(j);
    json_out_array_end(j);
    json_out_array(j, "slash_commands");
    json_out_object(j, NULL);
    json_out_text(j, "command", "/ticket");
    json_out_text(j, "description", "Find, open and make tickets");
    json_out_text(j, "usage_hint", "new TEXT, find TEXT, mine, next, queue, 42, help");
    json_out_bool(j, "should_escape", false);
    json_out_object_end(j);
    json_out_array_end(j);
    json_out_object_end(j);
}

static void scopes(struct json_out *j)
{
    json_out_object(j, "oauth_config");
    json_out_object(j, "scopes");
    json_out_array(j, "bot");
    for (size_t i = 0; i < slack_scope_count; i++)
        json_out_text(j, NULL, slack_scopes[i].name);
    json_out_array_end(j);
    json_out_object_end(j);
    json_out_object_end(j);
}

static void settings(struct json_out *j)
{
    json_out_object(j, "settings");
    json_out_object(j, "event_subscriptions");
    json_out_array(j, "bot_events");
    for (size_t i = 0; i < COUNT(events); i++)
        json_out_text(j, NULL, events[i]);
    json_out_array_end(j);
    json_out_object_end(j);
    json_out_object(j, "interactivity");
    json_out_bool(j, "is_enabled", true);
    json_out_object_end(j);
    json_out_bool(j, "org_deploy_enabled", false);
    json_out_bool(j, "socket_mode_enabled", true);
    json_out_bool(j, "token_rotation_enabled", false);
    json_out_object_end(j);
}

int slack_manifest(struct buf *out)
{
    struct json_out j = { .buf = out };
    json_out_object(&j, NULL);
    json_out_object(&j, "display_information");
    json_out_text(&j, "name", "Deskhand");
    json_out_text(&j, "description", "The service desk: tickets as cards in your channels");
    json_out_text(&j, "background_color", "#2463eb");
    json_out_object_end(&j);
    features(&j);
    scopes(&j);
    settings(&j);
    json_out_object_end(&j);
    return out->failed ? -1 : 0;
}
