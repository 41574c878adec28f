/* Answers to one input: the acknowledgement, and words that only its sender sees. */
#include <string.h>

#include "adapters/slack/slack_private.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"

enum { ACK_MAX = 256 * 1024 };

void slack_asked(struct slack_talk *talk)
{
    talk->next_asked = talk->slack->asked;
    talk->slack->asked = talk;
}

void slack_answered(struct slack_talk *talk)
{
    for (struct slack_talk **at = &talk->slack->asked; *at; at = &(*at)->next_asked)
        if (*at == talk) {
            *at = talk->next_asked;
            return;
        }
}

bool slack_is_asked(const struct slack_talk *talk)
{
    for (const struct slack_talk *t = talk->slack->asked; t; t = t->next_asked)
        if (!strcmp(t->input.envelope_id, talk->input.envelope_id))
            return true;
    return false;
}

void slack_ack(struct slack_talk *talk, const char *payload)
{
    struct buf buf;
    if (talk->acked)
        return;
    talk->acked = true;
    slack_answered(talk);
    buf_init(&buf, ACK_MAX);
    struct json_out json = { .buf = &buf };
    json_out_object(&json, NULL);
    json_out_text(&json, "envelope_id", talk->input.envelope_id);
    if (payload && talk->input.takes_payload)
        json_out_raw(&json, "payload", payload);
    json_out_object_end(&json);
    if (!buf.failed)
        slack_socket_ack(talk->slack->socket, talk->conn, buf.data, buf.len);
    buf_clear(&buf);
}

/* A dialog without a field has no place for an error: it becomes a notice. */
static void ack_notice(struct slack_talk *talk, const char *sentence)
{
    struct buf view, payload;
    buf_init(&view, SLACK_VIEW_MAX);
    buf_init(&payload, ACK_MAX);
    if (slack_notice("Deskhand", sentence, &view) == 0)
        buf_print(&payload, "{\"response_action\":\"update\",\"view\":%s}", view.data);
    slack_ack(talk, payload.failed ? NULL : payload.data);
    buf_clear(&payload);
    buf_clear(&view);
}

void slack_ack_errors(struct slack_talk *talk, const struct chat_errors *errors)
{
    struct buf buf;
    const struct slack_view *view = &talk->input.view;
    const char *first = view->value_count ? view->values[0].block_id : NULL;
    if (!first) {
        ack_notice(talk, errors->items[0].sentence);
        return;
    }
    buf_init(&buf, ACK_MAX);
    struct json_out json = { .buf = &buf };
    json_out_object(&json, NULL);
    json_out_text(&json, "response_action", "errors");
    json_out_object(&json, "errors");
    for (size_t i = 0; i < errors->count; i++)
        json_out_text(&json, errors->items[i].id ? errors->items[i].id : first,
                      errors->items[i].sentence);
    json_out_object_end(&json);
    json_out_object_end(&json);
    slack_ack(talk, buf.failed ? NULL : buf.data);
    buf_clear(&buf);
}

/* ---- words for one person ---- */

static void said(void *ctx, const struct slack_answer *a)
{
    if (a->todo != SLACK_TODO_OK)
        log_info("private answer not shown", "error=%s", a->error);
    slack_talk_drop(ctx);
}

static void say_directly(struct slack_talk *talk, const char *blocks, const char *text)
{
    const struct slack_param params[] = { { "channel", talk->input.user }, { "text", text },
                                          { "blocks", blocks } };
    slack_talk_hold(talk);
    slack_api_call(talk->slack->api, "chat.postMessage", talk->input.user, params, 3, said, talk);
}

struct whisper {
    struct slack_talk *talk;
    const char *blocks, *text;
};

static void whispered(void *ctx, const struct slack_answer *a)
{
    struct whisper *w = ctx;
    if (a->todo == SLACK_TODO_NOT_IN_CHANNEL_USER || a->todo == SLACK_TODO_PLACE_GONE
            || a->todo == SLACK_TODO_JOIN)
        say_directly(w->talk, w->blocks, w->text);
    said(w->talk, a);
}

/* Who acts in a thread reads the answer there; who clicks on a card looks at the channel. */
static const char *thread_of(const struct slack_input *in)
{
    return in->thread_ts && in->ts && strcmp(in->thread_ts, in->ts) != 0 ? in->thread_ts : NULL;
}

static void whisper(struct slack_talk *talk, const char *blocks, const char *text)
{
    struct whisper *w = arena_alloc(&talk->arena, sizeof *w);
    *w = (struct whisper){ talk, arena_copy(&talk->arena, blocks), arena_copy(&talk->arena, text) };
    const struct slack_param params[] = { { "channel", talk->input.channel },
        { "user", talk->input.user }, { "text", text }, { "blocks", blocks },
        { "thread_ts", thread_of(&talk->input) } };
    slack_talk_hold(talk);
    slack_api_call(talk->slack->api, "chat.postEphemeral", NULL, params, 5, whispered, w);
}

static void say_in_view(struct slack_talk *talk, const char *sentence)
{
    struct buf view;
    buf_init(&view, SLACK_VIEW_MAX);
    if (slack_notice("Deskhand", sentence, &view) == 0) {
        const struct slack_param params[] = { { "view_id", talk->input.view.id },
                                              { "view", view.data } };
        slack_talk_hold(talk);
        slack_api_call(talk->slack->api, "views.update", NULL, params, 2, said, talk);
    }
    buf_clear(&view);
}

static bool stands_in_open_modal(const struct slack_talk *talk)
{
    const struct slack_view *view = &talk->input.view;
    return talk->input.kind == SLACK_CLICK && view->id && view->type
        && !strcmp(view->type, "modal");
}

void slack_tell(struct slack_talk *talk, const char *sentence, int64_t offer)
{
    struct buf blocks, text;
    const char *type = talk->input.channel_type;
    if (!talk->input.user)
        return;
    if (stands_in_open_modal(talk)) {
        say_in_view(talk, sentence);
        return;
    }
    buf_init(&blocks, SLACK_BLOCKS_MAX);
    buf_init(&text, SLACK_TEXT_OUT_MAX);
    if (slack_private(sentence, talk->intent.ticket_id, talk->intent.version, offer, &blocks,
                      &text) == 0) {
        if (talk->input.channel && !(type && !strcmp(type, "im")) && talk->input.channel[0] != 'D')
            whisper(talk, blocks.data, text.data);
        else
            say_directly(talk, blocks.data, text.data);
    }
    buf_clear(&blocks);
    buf_clear(&text);
}

/* ---- response_url ---- */

static void responded(void *ctx, const struct http_client_answer *a)
{
    if (a->result != HTTP_CLIENT_ANSWERED || a->status != 200)
        log_info("answer to a click not shown", "status=%d", a->status);
    slack_talk_drop(ctx);
}

/* The URL is a secret that came in from outside: only Slack's own hosts, or the test's, get a call. */
static bool is_slack_url(const struct slack *s, const char *url)
{
    static const char *const hosts[] = { "https://hooks.slack.com/", "https://hooks.slack-gov.com/" };
    const char *base = s->host.config->slack.api_url;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (!strncmp(url, hosts[i], strlen(hosts[i])))
            return true;
    const char *host = strstr(base, "://");
    size_t len = host ? (size_t)(host + 3 - base) + strcspn(host + 3, "/") + 1 : 0;
    return len && !strncmp(url, base, len);
}

void slack_respond(struct slack_talk *talk, const char *json)
{
    static const struct http_pair type = { "Content-Type", "application/json; charset=utf-8" };
    const char *url = talk->input.response_url;
    if (!url || !is_slack_url(talk->slack, url))
        return;
    slack_talk_hold(talk);
    http_client_send(talk->slack->host.client, &(struct http_client_request){ .method = "POST",
        .url = url, .headers = &type, .header_count = 1, .body = json, .body_len = strlen(json),
        .total_ms = 10000, .max_answer = 4096 }, responded, talk);
}
