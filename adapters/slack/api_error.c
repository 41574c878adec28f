#include "adapters/slack/api_error.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "adapters/slack/api_method.h"

#define DO(word) SLACK_TODO_##word
#define NEW_TOKEN "Install the app again, set SLACK_BOT_TOKEN to its bot token and restart the desk."
#define OUR_FAULT "This is a fault of Deskhand: please report the error and its line of the log."
#define WORKSPACE_RULE "A rule of the workspace forbids the app to post there: ask a Slack admin."
#define TOO_LONG "A card was too long for Slack and was sent in its short form."

/* The first row that fits counts, so the narrow ones stand before the wide ones. */
static const struct slack_error table[] = {
    /* Done already. */
    { "already_in_channel", NULL, DO(OK), 0, NULL },
    { "already_pinned", NULL, DO(OK), 0, NULL },
    { "already_reacted", NULL, DO(OK), 0, NULL },
    { "no_reaction", NULL, DO(OK), 0, NULL },
    { "message_not_found", "chat.delete", DO(OK), 0, NULL },

    /* The token. */
    { "account_inactive", NULL, DO(AUTH), 0, "The app's user is switched off: ask a Slack admin. "
      NEW_TOKEN },
    { "accesslimited", NULL, DO(AUTH), 0,
      "Slack does not allow this network address: add it to the app's allowed addresses." },
    { "invalid_auth", NULL, DO(AUTH), 0, "Slack does not know the token. " NEW_TOKEN },
    { "not_authed", NULL, DO(AUTH), 0, "No token is set: set SLACK_BOT_TOKEN." },
    { "org_login_required", NULL, DO(AUTH), 0,
      "The workspace is being moved in its organisation: wait, or ask a Slack admin." },
    { "team_access_not_granted", NULL, DO(AUTH), 0,
      "The app is not allowed in this workspace: a Slack admin must approve it." },
    { "team_disabled", NULL, DO(AUTH), 0, "The workspace is switched off." },
    { "token_expired", NULL, DO(AUTH), 0,
      "The token has expired: switch token rotation off in the app's settings. " NEW_TOKEN },
    { "token_revoked", NULL, DO(AUTH), 0, "The token was withdrawn. " NEW_TOKEN },
    { "two_factor_setup_required", NULL, DO(AUTH), 0,
      "The workspace asks for a second factor that the app's installer has not set up." },
    { "user_removed_from_team", NULL, DO(AUTH), 0, "The app was removed. " NEW_TOKEN },

    /* Scopes. */
    { "missing_scope", NULL, DO(SCOPE), 0,
      "Add the scope in the app's settings and install the app again." },
    { "no_permission", NULL, DO(SCOPE), 0,
      "Compare the app's scopes with its manifest and install it again." },
    { "not_allowed_token_type", NULL, DO(SCOPE), 0,
      "SLACK_BOT_TOKEN must be the bot token, which begins with xoxb-." },

    /* The channel. */
    { "not_in_channel", NULL, DO(JOIN), 0, "Invite the app into the channel with /invite." },
    { "channel_not_found", NULL, DO(PLACE_GONE), 0,
      "The channel is gone or private: choose another one, or /invite the app." },
    { "channel_is_archived", NULL, DO(PLACE_GONE), 0,
      "The channel is archived: choose another one, or open it again." },
    { "is_archived", NULL, DO(PLACE_GONE), 0,
      "The channel is archived: choose another one, or open it again." },
    { "is_inactive", NULL, DO(PLACE_GONE), 0, "The channel is frozen: choose another one." },
    { "messages_tab_disabled", NULL, DO(PLACE_GONE), 0,
      "Switch the messages tab on in the app's settings, under App Home." },
    { "method_not_supported_for_channel_type", NULL, DO(PLACE_GONE), 0,
      "The app cannot join a private channel by itself: invite it with /invite." },
    { "posting_to_channel_denied", NULL, DO(PLACE_GONE), 0, WORKSPACE_RULE },
    { "posting_to_general_channel_denied", NULL, DO(PLACE_GONE), 0, WORKSPACE_RULE },
    { "restricted_action_thread_locked", NULL, DO(REPOST), 0, NULL },
    { "restricted_action*", NULL, DO(PLACE_GONE), 0, WORKSPACE_RULE },
    { "user_not_in_channel", NULL, DO(NOT_IN_CHANNEL_USER), 0, NULL },

    /* The message. */
    { "message_not_found", NULL, DO(REPOST), 0, NULL },
    { "cant_update_message", NULL, DO(REPOST), 0, NULL },
    { "cannot_reply_to_message", NULL, DO(REPOST), 0, NULL },
    { "thread_not_found", NULL, DO(REPOST), 0, NULL },
    { "edit_window_closed", NULL, DO(EDIT_CLOSED), 0,
      "The workspace forbids edits after a while: cards stop changing. An admin can lift it." },
    { "block_mismatch", NULL, DO(TOO_BIG), 0, OUR_FAULT },
    { "invalid_blocks", NULL, DO(TOO_BIG), 0, OUR_FAULT },
    { "invalid_blocks_format", NULL, DO(TOO_BIG), 0, OUR_FAULT },
    { "msg_blocks_too_long", NULL, DO(TOO_BIG), 0, TOO_LONG },
    { "msg_too_long", NULL, DO(TOO_BIG), 0, TOO_LONG },
    { "too_many_attachments", NULL, DO(TOO_BIG), 0, OUR_FAULT },
    { "update_failed", NULL, DO(RETRY), 0, NULL },

    /* Dialogs. */
    { "exchanged_trigger_id", NULL, DO(TRIGGER), 0, NULL },
    { "expired_trigger_id", NULL, DO(TRIGGER), 0, NULL },
    { "invalid_trigger_id", NULL, DO(TRIGGER), 0, NULL },
    { "trigger_exchanged", NULL, DO(TRIGGER), 0, NULL },
    { "trigger_expired", NULL, DO(TRIGGER), 0, NULL },
    { "hash_conflict", NULL, DO(STALE_VIEW), 0, NULL },
    { "push_limit_reached", NULL, DO(STALE_VIEW), 0, NULL },
    { "view_too_large", NULL, DO(TOO_BIG), 0, OUR_FAULT },

    /* Too fast. */
    { "message_limit_exceeded", NULL, DO(RATE_LIMITED), 300,
      "The workspace's plan limits messages: they go out slowly, or the plan must change." },
    { "rate_limited", NULL, DO(RATE_LIMITED), 30, NULL },
    { "ratelimited", NULL, DO(RATE_LIMITED), 30, NULL },

    /* May have worked. */
    { "fatal_error", NULL, DO(UNCLEAR), 0, NULL },
    { "internal_error", NULL, DO(UNCLEAR), 0, NULL },
    { "request_timeout", NULL, DO(UNCLEAR), 0, NULL },
    { "service_unavailable", NULL, DO(UNCLEAR), 0, NULL },
    { "team_added_to_org", NULL, DO(RETRY), 0, NULL },

    /* Not in this workspace. */
    { "deprecated_endpoint", NULL, DO(FEATURE_OFF), 0, OUR_FAULT },
    { "enterprise_is_restricted", NULL, DO(FEATURE_OFF), 0,
      "Slack does not offer this to the whole organisation: install the app in a workspace." },
    { "file_uploads_disabled", NULL, DO(FEATURE_OFF), 0, "Files are switched off in Slack." },
    { "method_deprecated", NULL, DO(FEATURE_OFF), 0, OUR_FAULT },
    { "not_enabled", NULL, DO(FEATURE_OFF), 0,
      "Switch the home tab on in the app's settings, under App Home." },
    { "plan_upgrade_required", NULL, DO(FEATURE_OFF), 0, "The workspace's plan has not got it." },
    { "storage_limit_reached", NULL, DO(FEATURE_OFF), 0, "Slack's file storage is full." },
    { "unknown_method", NULL, DO(FEATURE_OFF), 0,
      "Check SLACK_API_URL; otherwise this is a fault of Deskhand." },

    /* Never. */
    { "access_denied", NULL, DO(FINAL), 0, "The app may not see this: ask a Slack admin." },
    { "ekm_access_denied", NULL, DO(FINAL), 0, "A Slack admin has suspended messages." },
    { "cant_delete_message", NULL, DO(FINAL), 0, NULL },
    { "duplicate_external_id", NULL, DO(FINAL), 0, OUR_FAULT },
    { "invalid_*", NULL, DO(FINAL), 0, OUR_FAULT },
    { "metadata_too_large", NULL, DO(FINAL), 0, OUR_FAULT },
    { "missing_*", NULL, DO(FINAL), 0, OUR_FAULT },
    { "no_such_subteam", NULL, DO(FINAL), 0, "The user group is gone: choose another one." },
    { "no_text", NULL, DO(FINAL), 0, OUR_FAULT },
    { "not_found", NULL, DO(FINAL), 0, NULL },
    { "limit_required", NULL, DO(FINAL), 0, OUR_FAULT },
    { "user_disabled", NULL, DO(FINAL), 0, "This Slack account is switched off." },
    { "user_not_found", NULL, DO(FINAL), 0, "There is no such Slack account." },
    { "user_not_visible", NULL, DO(FINAL), 0, "The app may not see this Slack account." },
    { "users_not_found", NULL, DO(FINAL), 0, "No Slack account has this mail address." },
};

const char *slack_todo_name(enum slack_todo todo)
{
    static const char *const names[SLACK_TODOS] = {
        "ok", "retry", "rate_limited", "unclear", "auth", "scope", "join", "place_gone", "repost",
        "edit_closed", "too_big", "trigger", "stale_view", "not_in_channel_user", "feature_off",
        "final",
    };
    return todo < SLACK_TODOS ? names[todo] : "?";
}

static bool fits(const char *pattern, const char *code)
{
    size_t len = strcspn(pattern, "*");
    return pattern[len] ? strncmp(pattern, code, len) == 0 : strcmp(pattern, code) == 0;
}

const struct slack_error *slack_error(const char *method, const char *code)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (fits(table[i].code, code) &&
            (!table[i].method || strcmp(table[i].method, method) == 0))
            return &table[i];
    return NULL;
}

/* ---- what came back ---- */

static struct slack_verdict say(enum slack_todo todo, const char *word)
{
    struct slack_verdict v = { .todo = todo, .known = 1 };
    snprintf(v.error, sizeof v.error, "%s", word);
    return v;
}

static struct slack_verdict limited(const char *word, int64_t asked_ms, int wait_s)
{
    struct slack_verdict v = say(SLACK_TODO_RATE_LIMITED, word);
    v.retry_after_ms = asked_ms >= 0 ? asked_ms : wait_s * INT64_C(1000);
    return v;
}

static struct slack_verdict by_code(const char *method, const struct slack_outcome *o,
                                    enum slack_todo unclear)
{
    char word[SLACK_ERROR_SIZE];
    const struct slack_error *e = slack_error(method, o->code ? o->code : "");
    slack_error_word(o->code ? o->code : "", word);
    struct slack_verdict v = say(e ? e->todo : SLACK_TODO_FINAL, word);
    if (v.todo == SLACK_TODO_RATE_LIMITED)
        v = limited(word, o->retry_after_ms, e->wait_s);
    if (v.todo == SLACK_TODO_UNCLEAR)
        v.todo = unclear;
    v.known = e != NULL;
    v.advice = e ? e->advice : NULL;
    return v;
}

/* 200 and 429 are the only statuses with a meaning (Slack's own clients); an error code in the body
 * of a 4xx is believed, all else is an outage on the way. */
static struct slack_verdict by_status(const char *method, const struct slack_outcome *o,
                                      enum slack_todo unclear)
{
    char word[SLACK_ERROR_SIZE];
    snprintf(word, sizeof word, "http_%d", o->status);
    if (o->status == 429)
        return limited("ratelimited", o->retry_after_ms, 30);
    if (o->json == 1 && o->status == 200)
        return say(SLACK_TODO_OK, "");
    if (o->json == 0 && o->code && o->status < 500)
        return by_code(method, o, unclear);
    if (o->status == 200)
        return say(unclear, "not_json");
    if (o->status == 413)
        return say(SLACK_TODO_TOO_BIG, word);
    if (o->status >= 300 && o->status < 500 && o->status != 408) {
        struct slack_verdict v = say(SLACK_TODO_RETRY, word);
        v.advice = "Something between here and Slack answers: check SLACK_API_URL and the proxy.";
        return v;
    }
    return say(unclear, word);
}

struct slack_verdict slack_judge(const char *method, const struct slack_outcome *o)
{
    bool repeatable = slack_method(method)->repeatable;
    enum slack_todo unclear = repeatable ? SLACK_TODO_RETRY : SLACK_TODO_UNCLEAR;
    struct slack_verdict v;
    switch (o->result) {
    case HTTP_CLIENT_ANSWERED:
        return by_status(method, o, unclear);
    case HTTP_CLIENT_REFUSED:
        v = say(SLACK_TODO_FINAL, "refused");
        v.advice = "SLACK_API_URL must begin with https:// and SLACK_BOT_TOKEN must be one word.";
        return v;
    case HTTP_CLIENT_UNREACHABLE:
        return say(SLACK_TODO_RETRY, "unreachable");
    case HTTP_CLIENT_TOO_BIG:        /* of a list this stays so; of a write it is nonsense */
        return say(slack_method(method)->list ? SLACK_TODO_FINAL : unclear, "answer_too_big");
    case HTTP_CLIENT_TIMEOUT:
    case HTTP_CLIENT_BROKEN:
    case HTTP_CLIENT_CANCELLED:
    case HTTP_CLIENT_RESULTS:
        break;
    }
    return say(unclear, http_client_result_name(o->result));
}

/* ---- words for the log ---- */

void slack_error_word(const char *code, char out[SLACK_ERROR_SIZE])
{
    size_t len = strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_");
    bool clean = len && !code[len] && len < SLACK_ERROR_SIZE;
    snprintf(out, SLACK_ERROR_SIZE, "%s", clean ? code : "odd_error");
}

/* The rule ends where a quoted or named value could begin; the pointer has no such thing. */
void slack_error_rule(const char *message, char *out, size_t size)
{
    static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    const char *mark = "[json-pointer:", *pointer = strstr(message, mark);
    if (strncmp(message, "[ERROR] ", 8) == 0)
        message += 8;
    char allowed[sizeof word + 2];
    snprintf(allowed, sizeof allowed, "%s -", word);
    int rule = (int)strspn(message, allowed);
    if (rule > 60)
        rule = 60;
    while (rule && message[rule - 1] == ' ')
        rule--;
    snprintf(allowed, sizeof allowed, "%s/-", word);
    pointer = pointer ? pointer + strlen(mark) : "";
    int where = (int)strspn(pointer, allowed);
    snprintf(out, size, "%.*s %.*s", rule, message, where > 100 ? 100 : where, pointer);
}
