#include "adapters/slack/setup.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/ask.h"
#include "adapters/setup.h"
#include "adapters/slack/api_error.h"
#include "adapters/slack/manifest.h"
#include "adapters/slack/setup_private.h"
#include "bot/config.h"

enum { CALL_MS = 15000, URL_MAX = 2048, HEADER_MAX = 1024, MANIFEST_MAX = 65536,
       CHANNELS_SHOWN = 8, TOO_MANY = 429 };

static const char guide[] =
    "\n"
    "1. Open https://api.slack.com/apps, \"Create New App\", \"From a manifest\", choose the\n"
    "   workspace and paste the text of that file (the tab JSON).\n"
    "2. Basic Information, App-Level Tokens, \"Generate Token\", add the scope connections:write.\n"
    "   This token begins with xapp- and lets the desk listen: SLACK_APP_TOKEN.\n"
    "3. Install App, \"Install to Workspace\", \"Allow\". The Bot User OAuth Token begins with\n"
    "   xoxb- and lets the desk read and write: SLACK_BOT_TOKEN.\n"
    "4. Both are secrets: give them to the desk in its environment only, and start it again.\n"
    "5. In Slack, write /invite @Deskhand in the channel that shall show the tickets.\n\n";

void setup_call_clear(struct setup_call *call)
{
    json_decref(call->json);
    ask_answer_clear(&call->answer);
}

static void judge(const char *method, struct setup_call *call)
{
    const json_t *ok = json_object_get(call->json, "ok");
    struct slack_verdict verdict = slack_judge(method, &(struct slack_outcome){
        .result = call->answer.result, .status = call->answer.status,
        .json = !json_is_boolean(ok) ? -1 : json_is_true(ok), .code = call->code,
        .retry_after_ms = call->answer.retry_after_ms });
    call->worked = verdict.todo == SLACK_TODO_OK && json_is_true(ok);
    call->advice = verdict.advice;
    snprintf(call->word, sizeof call->word, "%s", verdict.error);
}

void setup_call(struct setup *s, const char *method, const char *token, const char *form,
                struct setup_call *out)
{
    char url[URL_MAX], bearer[HEADER_MAX];
    snprintf(url, sizeof url, "%s%s", s->config->slack.api_url, method);
    snprintf(bearer, sizeof bearer, "Bearer %s", token);
    const struct http_pair headers[] = {
        { "Authorization", bearer }, { "Content-Type", "application/x-www-form-urlencoded" },
    };
    *out = (struct setup_call){ .worked = false };
    ask_send(s->ask, &(struct http_client_request){ .method = "POST", .url = url, .body = form,
        .body_len = strlen(form), .headers = headers, .header_count = 2, .total_ms = CALL_MS },
        "x-oauth-scopes", &out->answer);
    explicit_bzero(bearer, sizeof bearer);
    out->json = json_loadb(out->answer.body.data, out->answer.body.len, 0, NULL);
    out->code = json_string_value(json_object_get(out->json, "error"));
    judge(method, out);
}

const char *setup_text(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text ? text : "";
}

bool setup_is_outage(struct setup *s, const struct setup_call *call)
{
    bool is_limited = call->answer.status == TOO_MANY;
    if (call->code && !is_limited)
        return false;
    if (call->answer.result != HTTP_CLIENT_ANSWERED)
        setup_wrong(s, "Slack cannot be reached at %s (%s): check the network, HTTPS_PROXY and "
                    "SLACK_API_URL.", s->config->slack.api_url,
                    *call->answer.error ? call->answer.error
                                        : http_client_result_name(call->answer.result));
    else if (is_limited)
        setup_wrong(s, "Slack is asked too often: wait a minute and try again.");
    else
        setup_wrong(s, "What answers at %s is not Slack (status %d): check SLACK_API_URL and the "
                    "proxy.", s->config->slack.api_url, call->answer.status);
    return true;
}

/* ---- the bot token ---- */

static void check_scopes(struct setup *s, const struct ask_answer *answer)
{
    int missing = 0;
    if (!answer->has_header) {
        setup_note(s, "Slack did not say which scopes the token has.");
        return;
    }
    for (size_t i = 0; i < slack_scope_count; i++)
        if (!slack_scope_is_granted(answer->header, slack_scopes[i].name)) {
            setup_wrong(s, "The scope %s is missing; without it %s.", slack_scopes[i].name,
                        slack_scopes[i].without);
            missing++;
        }
    if (missing)
        setup_note(s, "Add missing scopes " APP_SETTINGS " under OAuth & Permissions, Bot Token "
                   "Scopes, then press Reinstall.");
    else
        setup_good(s, "It has all %zu scopes that the desk uses.", slack_scope_count);
}

/* What a word means for this token; NULL: the table of api_error.c has the sentence. */
static const char *bot_token_advice(const char *code)
{
    if (!strcmp(code, "not_allowed_token_type"))
        return "This is not a bot token. SLACK_BOT_TOKEN begins with xoxb-; have the two tokens "
               "been swapped?";
    return NULL;
}

static bool check_bot_token(struct setup *s, char app[65])
{
    struct setup_call call;
    setup_step(s, "Bot token (auth.test)");
    setup_call(s, "auth.test", s->config->slack.bot_token, "", &call);
    bool works = call.worked;
    if (works && !*setup_text(call.json, "bot_id")) {
        setup_wrong(s, "This is the token of a person, not of the bot: take the Bot User OAuth "
                    "Token, which begins with xoxb-.");
    } else if (works) {
        setup_good(s, "Workspace \"%s\", bot \"%s\".", setup_text(call.json, "team"),
                   setup_text(call.json, "user"));
        snprintf(app, 65, "%s", setup_text(call.json, "app_id"));
        check_scopes(s, &call.answer);
    } else if (!setup_is_outage(s, &call)) {
        const char *advice = bot_token_advice(call.code);
        advice = advice ? advice : call.advice;
        setup_wrong(s, "Slack says %s. %s", call.word,
                    advice ? advice : "Install the app again and take its new bot token.");
    }
    setup_call_clear(&call);
    return works;
}

/* ---- where the bot is ---- */

static void list_channels(struct setup *s, const json_t *channels)
{
    size_t i;
    const json_t *channel;
    json_array_foreach(channels, i, channel)
        if (i < CHANNELS_SHOWN)
            setup_good(s, "The bot is in #%s (slack:%s).", setup_text(channel, "name"),
                       setup_text(channel, "id"));
    if (i > CHANNELS_SHOWN)
        setup_note(s, "And in %zu more.", i - CHANNELS_SHOWN);
    if (!i)
        setup_wrong(s, "The bot is in no channel: write /invite @Deskhand in the channel that "
                    "shall show the tickets.");
}

static void check_channels(struct setup *s)
{
    struct setup_call call;
    setup_step(s, "Channels (users.conversations)");
    setup_call(s, "users.conversations", s->config->slack.bot_token,
               "types=public_channel,private_channel&exclude_archived=true&limit=200", &call);
    if (call.worked)
        list_channels(s, json_object_get(call.json, "channels"));
    else if (call.code && !strcmp(call.code, "missing_scope"))
        setup_note(s, "Not looked at: a scope named above is missing.");
    else if (!setup_is_outage(s, &call))
        setup_wrong(s, "Slack says %s. %s", call.word,
                    call.advice ? call.advice : "Try again in a minute.");
    setup_call_clear(&call);
}

/* ---- all of it ---- */

static void check(struct setup *s)
{
    char app[65] = "";
    bool works = check_bot_token(s, app);
    setup_app_token(s, app);
    if (works)
        check_channels(s);
    if (!s->problems)
        fprintf(s->words, "\nAll is well. deskhand run connects; deskhand route set gives clients "
                          "or teams a channel of their own.\n");
}

static void write_manifest(struct setup *s)
{
    struct buf json, text;
    buf_init(&json, MANIFEST_MAX);
    buf_init(&text, MANIFEST_MAX);
    if (slack_manifest(&json) || setup_indent(&json, &text))
        abort();                        /* it is always the same, and it fits */
    setup_write(s, "deskhand-slack.json", text.data, text.len);
    buf_clear(&json);
    buf_clear(&text);
}

int slack_setup(const struct setup_options *options)
{
    struct setup s;
    const struct config_slack *slack = &options->config->slack;
    if (setup_open(&s, options))
        return EXIT_FAILURE;
    write_manifest(&s);
    fputs(guide, s.words);
    if (options->check && slack->app_token && slack->bot_token)
        check(&s);
    else if (!options->check)
        fputs("Nothing is checked before the settings named above are right.\n", s.words);
    else
        fputs("SLACK_APP_TOKEN and SLACK_BOT_TOKEN are not set: nothing is checked yet.\n",
              s.words);
    return setup_close(&s);
}
