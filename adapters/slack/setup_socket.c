/* The app-level token, and whether a socket really comes up with it. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "adapters/net/websocket_client.h"
#include "adapters/slack/setup_private.h"
#include "adapters/slack/socket_frame.h"

enum { HELLO_MS = 15000, AFTER_HELLO_MS = 500 };

struct greeting {
    struct ask *ask;
    struct websocket_client *socket;    /* NULL once it is over */
    struct slack_frame frame;
    char app[65];
    struct websocket_client_end end;
    char reason[200];
};

static bool is_refusal(const struct slack_frame *frame, enum slack_reason reason)
{
    return frame->kind == SLACK_FRAME_DISCONNECT && frame->reason == reason;
}

static void on_message(void *ctx, const char *bytes, size_t len)
{
    struct greeting *g = ctx;
    struct slack_frame frame;
    slack_frame_parse(bytes, len, &frame);
    if (frame.kind != SLACK_FRAME_HELLO && !is_refusal(&frame, SLACK_REASON_TOO_MANY)
            && !is_refusal(&frame, SLACK_REASON_LINK_DISABLED))
        return;
    json_t *json = json_loadb(bytes, len, 0, NULL);
    g->frame = frame;
    snprintf(g->app, sizeof g->app, "%s",
             setup_text(json_object_get(json, "connection_info"), "app_id"));
    json_decref(json);
    ask_wake(g->ask);
}

static void on_alive(void *ctx, enum websocket_client_sign sign)
{
    (void)ctx;
    (void)sign;
}

static void on_closed(void *ctx, const struct websocket_client_end *end)
{
    struct greeting *g = ctx;
    g->socket = NULL;
    g->end = *end;
    snprintf(g->reason, sizeof g->reason, "%s", end->reason ? end->reason : "");
    ask_wake(g->ask);
}

static void judge_hello(struct setup *s, const struct greeting *g, const char *app)
{
    setup_good(s, "Slack said hello.");
    if (*app && *g->app && strcmp(app, g->app) != 0)
        setup_wrong(s, "The two tokens are of different apps (%s and %s): take both from the "
                    "same one.", app, g->app);
    if (g->frame.num_connections > 1)
        setup_note(s, "The app has %d connections. A running desk holds one or two; anything else "
                   "takes events away from it.", g->frame.num_connections);
}

static void judge_greeting(struct setup *s, const struct greeting *g, const char *app)
{
    if (g->frame.kind == SLACK_FRAME_HELLO)
        judge_hello(s, g, app);
    else if (is_refusal(&g->frame, SLACK_REASON_LINK_DISABLED))
        setup_wrong(s, "%s", slack_socket_mode_off);
    else if (is_refusal(&g->frame, SLACK_REASON_TOO_MANY))
        setup_wrong(s, "The app has too many connections already: end other programs that use its "
                    "app-level token.");
    else if (g->end.status)
        setup_wrong(s, "Slack refused the socket (status %d): try again in a minute; if that "
                    "stays, look whether a proxy lets WebSockets through.", g->end.status);
    else if (*g->reason)
        setup_wrong(s, "The socket failed (%s): does a firewall or proxy let WebSockets through?",
                    g->reason);
    else
        setup_wrong(s, "No hello came within %d seconds: does a firewall or proxy let WebSockets "
                    "through?", HELLO_MS / 1000);
}

/* Closed soon after it has greeted, for Slack may take back its hello. Events that come meanwhile
 * are not answered, so Slack sends them again to others. */
static void check_socket(struct setup *s, const char *url, const char *app)
{
    static const struct websocket_client_handlers handlers = {
        .message = on_message, .alive = on_alive, .closed = on_closed,
    };
    struct greeting g = { .ask = s->ask };
    struct websocket_clients *all = websocket_clients_new(ask_loop(s->ask), ask_client(s->ask));
    setup_step(s, "Socket");
    if (!all) {
        setup_wrong(s, "No socket can be made on this machine; the lines above say why.");
        return;
    }
    g.frame.kind = SLACK_FRAME_OTHER;
    g.socket = websocket_client_open(all, &(struct websocket_client_options){ .url = url },
                                     &handlers, &g);
    ask_wait(s->ask, HELLO_MS);
    if (g.frame.kind == SLACK_FRAME_HELLO && g.socket)
        ask_wait(s->ask, AFTER_HELLO_MS);
    judge_greeting(s, &g, app);
    if (g.socket) {
        websocket_client_close(g.socket, 1000);
        while (g.socket && ask_wait(s->ask, HELLO_MS))
            continue;
    }
    websocket_clients_free(all);
}

void setup_app_token(struct setup *s, const char *app)
{
    struct setup_call call;
    struct slack_open opened;
    setup_step(s, "App-level token (apps.connections.open)");
    setup_call(s, "apps.connections.open", s->config->slack.app_token, "", &call);
    slack_open_parse(call.answer.status, call.answer.body.data, call.answer.body.len,
                     s->config->slack.api_url, &opened);
    if (call.worked && opened.result == SLACK_OPEN_URL) {
        setup_good(s, "Slack gave an address to connect to.");
        check_socket(s, opened.url, app);
    } else if (call.worked) {
        setup_wrong(s, "Slack gave an address that the desk does not dial: check SLACK_API_URL.");
    } else if (!setup_is_outage(s, &call)) {
        setup_wrong(s, "Slack says %s. %s", call.word, slack_open_advice(call.code));
    }
    explicit_bzero(&opened, sizeof opened);
    setup_call_clear(&call);
}
