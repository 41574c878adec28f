/* What a person should do when Slack gives no address to connect to. */
#include <stddef.h>
#include <string.h>

#include "adapters/slack/socket_frame.h"

#define APP_SETTINGS "in the app's settings (https://api.slack.com/apps)"
#define ANOTHER "generate another one under Basic Information, App-Level Tokens."

const char slack_socket_mode_off[] =
    "Socket Mode is off: switch it on " APP_SETTINGS " under Socket Mode.";

static const struct {
    const char *code, *advice;
} rows[] = {
    { "missing_scope", "The app-level token has not got the scope connections:write: " ANOTHER },
    { "not_allowed_token_type", "This is not an app-level token. SLACK_APP_TOKEN begins with "
      "xapp-; have the two tokens been swapped?" },
    { "invalid_auth", "Slack does not know the token: copy it again from Basic Information, "
      "App-Level Tokens, or generate another one." },
    { "token_revoked", "The token was withdrawn: " ANOTHER },
    { "token_expired", "The token has run out: " ANOTHER },
    { "not_authed", "No token is set: set SLACK_APP_TOKEN." },
    { "missing_args", "No token is set: set SLACK_APP_TOKEN." },
    { "account_inactive", "The app was removed from the workspace: install it again." },
    { "user_removed_from_team", "The app was removed from the workspace: install it again." },
    { "forbidden_team", "The app is not allowed in this workspace: a Slack admin must approve "
      "it." },
    { "team_disabled", "The workspace is switched off." },
};

const char *slack_open_advice(const char *code)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].code, code))
            return rows[i].advice;
    if (!strcmp(code, "link_disabled") || !strncmp(code, "not_allowed", 11)
            || strstr(code, "socket_mode"))
        return slack_socket_mode_off;
    return "Look at the app " APP_SETTINGS ": is Socket Mode on, and the token its own?";
}
