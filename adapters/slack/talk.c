/* Answers to one input: the acknowledgement, what its response_url takes, and what has to wait. */
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/slack_private.h"
#include "adapters/slack/socket_frame.h"
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

/* ---- response_url ---- */

static void responded(void *ctx, const struct http_client_answer *a)
{
    if (a->result != HTTP_CLIENT_ANSWERED || a->status != 200)
        log_info("answer to a click not shown", "status=%d", a->status);
    slack_talk_drop(ctx);
}

/* The URL is a secret that came in from outside, so its host is looked at. */
bool slack_respond(struct slack_talk *talk, const char *json)
{
    static const struct http_pair type = { "Content-Type", "application/json; charset=utf-8" };
    const char *url = talk->input.response_url;
    if (!url || !slack_answer_url_allowed(url, talk->slack->host.config->slack.api_url))
        return false;
    slack_talk_hold(talk);
    http_client_send(talk->slack->host.client, &(struct http_client_request){ .method = "POST",
        .url = url, .headers = &type, .header_count = 1, .body = json, .body_len = strlen(json),
        .total_ms = 10000, .max_answer = 4096 }, responded, talk);
    return true;
}

/* ---- later ---- */

struct slack_later {
    struct slack_later *next;
    struct slack_talk *talk;
    struct loop_timer timer;
    void (*fn)(void *ctx);
    void *ctx;
};

static void later_end(struct slack_later *later)
{
    struct slack_later **at = &later->talk->slack->laters;
    while (*at != later)
        at = &(*at)->next;
    *at = later->next;
    loop_timer_stop(later->talk->slack->host.loop, &later->timer);
    slack_talk_drop(later->talk);
    free(later);
}

static void later_now(void *arg)
{
    struct slack_later *later = arg;
    later->fn(later->ctx);
    later_end(later);
}

void slack_talk_later(struct slack_talk *talk, int64_t ms, void (*fn)(void *ctx), void *ctx)
{
    struct slack *s = talk->slack;
    struct slack_later *later = calloc(1, sizeof *later);
    if (!later)
        abort();
    *later = (struct slack_later){ .next = s->laters, .talk = talk, .fn = fn, .ctx = ctx };
    s->laters = later;
    slack_talk_hold(talk);
    loop_timer_set(s->host.loop, &later->timer, ms, later_now, later);
}

void slack_later_stop(struct slack *s)
{
    while (s->laters)
        later_end(s->laters);
}
