#include "adapters/messenger/frames.h"

#include <string.h>

#include "adapters/messenger/parse.h"
#include "bot/base/json_out.h"
#include "bot/base/text.h"

enum { HEARTBEAT_MS = 25000, FILES_MAX = 5, FILE_BYTES_MAX = 10485760,
       CONVS_BYTES_MAX = FRAME_BYTES_MAX - 2048 };      /* leaves room for the rest of welcome */

static const struct { const char *code, *text; } errs[] = {
#define ERR_ROW(id, code, text) { code, text },
    ERR_TABLE(ERR_ROW)
};

const char *err_code(enum err err)
{
    return errs[err].code;
}

static struct json_out begin(struct buf *b, const char *type)
{
    struct json_out j = { .buf = b, .no_script = true };
    json_out_object(&j, NULL);
    json_out_text(&j, "t", type);
    return j;
}

static void cut_text(struct json_out *j, const char *key, const char *text, size_t code_points)
{
    json_out_text_n(j, key, text ? text : "", text ? text_bytes(text, code_points) : 0);
}

void frame_err(struct buf *b, enum err err, const char *cid, const char *rid, const char *conv,
               int64_t retry_ms)
{
    struct json_out j = begin(b, "err");
    json_out_text(&j, "code", errs[err].code);
    json_out_optional(&j, "cid", cid);
    json_out_optional(&j, "rid", rid);
    json_out_optional(&j, "conv", conv);
    if (retry_ms > 0)
        json_out_int(&j, "retry_ms", retry_ms);
    json_out_text(&j, "text", errs[err].text);
    json_out_object_end(&j);
}

void frame_ok(struct buf *b, const char *rid, const char *what)
{
    struct json_out j = begin(b, "ok");
    json_out_optional(&j, "rid", rid);
    json_out_text(&j, "for", what);
    json_out_object_end(&j);
}

void frame_ack(struct buf *b, const char *cid, const char *conv, int64_t seq, int64_t ts_ms)
{
    struct json_out j = begin(b, "ack");
    json_out_text(&j, "cid", cid);
    json_out_text(&j, "conv", conv);
    json_out_int(&j, "seq", seq);
    json_out_int(&j, "ts", ts_ms);
    json_out_object_end(&j);
}

void frame_pong(struct buf *b, bool has_n, int64_t n)
{
    struct json_out j = begin(b, "pong");
    if (has_n)
        json_out_int(&j, "n", n);
    json_out_object_end(&j);
}

static void add_state(struct json_out *j, enum ticket_status status, enum ticket_handler handler,
                      const char *subject, const char *assignee)
{
    json_out_text(j, "status", ticket_status_code(status));
    json_out_text(j, "handler", ticket_handler_code(handler));
    cut_text(j, "subject", subject, 200);
    json_out_optional(j, "assignee", assignee);
}

static void add_extras(struct json_out *j, const struct entry *e)
{
    if (e->cite_count) {
        json_out_array(j, "cites");
        for (size_t i = 0; i < e->cite_count; i++) {
            json_out_object(j, NULL);
            json_out_text(j, "title", e->cites[i].title ? e->cites[i].title : "");
            json_out_optional(j, "url", e->cites[i].url);
            json_out_object_end(j);
        }
        json_out_array_end(j);
    }
    if (e->choice_count) {
        json_out_array(j, "choices");
        for (size_t i = 0; i < e->choice_count; i++)
            cut_text(j, NULL, e->choices[i], 80);
        json_out_array_end(j);
    }
}

static void add_message(struct json_out *j, const struct entry *e)
{
    static const char *const from[] = { [AUTHOR_CONTACT] = "me", [AUTHOR_TECHNICIAN] = "technician",
                                        [AUTHOR_ASSISTANT] = "assistant",
                                        [AUTHOR_SYSTEM] = "system" };
    static const char *const nameless[] = { [AUTHOR_TECHNICIAN] = "Support",
                                            [AUTHOR_ASSISTANT] = "Assistant",
                                            [AUTHOR_SYSTEM] = "Support" };
    json_out_text(j, "from", from[e->author]);
    if (e->author == AUTHOR_CONTACT)
        json_out_optional(j, "cid", e->cid);
    else
        json_out_text(j, "name", e->name && *e->name ? e->name : nameless[e->author]);
    json_out_text(j, "text", e->text ? e->text : "");
    if (e->author != AUTHOR_CONTACT)
        add_extras(j, e);
}

void frame_entry(struct buf *b, const char *conv, const struct entry *e)
{
    struct json_out j = begin(b, e->kind == ENTRY_MSG ? "msg" : "conv");
    json_out_text(&j, "conv", conv);
    json_out_int(&j, "seq", e->seq);
    json_out_int(&j, "ts", e->ts_ms);
    if (e->kind == ENTRY_MSG)
        add_message(&j, e);
    else
        add_state(&j, e->status, e->handler, e->subject, e->assignee);
    json_out_object_end(&j);
}

void frame_synced(struct buf *b, const char *conv, int64_t seq, bool more, bool reset)
{
    struct json_out j = begin(b, "synced");
    json_out_text(&j, "conv", conv);
    json_out_int(&j, "seq", seq);
    json_out_bool(&j, "more", more);
    if (reset)
        json_out_bool(&j, "reset", true);
    json_out_object_end(&j);
}

void frame_seen(struct buf *b, const char *conv, int64_t seq, bool by_desk)
{
    struct json_out j = begin(b, "seen");
    json_out_text(&j, "conv", conv);
    json_out_int(&j, "seq", seq);
    json_out_text(&j, "by", by_desk ? "desk" : "me");
    json_out_object_end(&j);
}

void frame_typing(struct buf *b, const char *conv, const char *who)
{
    struct json_out j = begin(b, "typing");
    json_out_text(&j, "conv", conv);
    json_out_text(&j, "who", who && *who ? who : "Support");
    json_out_object_end(&j);
}

static void add_head(struct json_out *j, const struct conv_head *h)
{
    json_out_object(j, NULL);
    json_out_text(j, "conv", h->conv);
    add_state(j, h->status, h->handler, h->subject, h->assignee);
    json_out_int(j, "seq", h->head);
    json_out_int(j, "seen", h->seen);
    json_out_int(j, "read", h->read);
    json_out_int(j, "unread", h->unread);
    cut_text(j, "last", h->last, 120);
    json_out_int(j, "ts", h->ts_ms);
    json_out_object_end(j);
}

static void add_heads(struct json_out *j, const struct session_view *view, size_t start)
{
    json_out_array(j, "convs");
    for (size_t i = 0; i < view->head_count && i < WELCOME_CONVS_MAX; i++) {
        size_t len = j->buf->len;
        add_head(j, &view->heads[i]);
        if (j->buf->len - start > CONVS_BYTES_MAX) {
            j->buf->len = len;              /* the frame is full: older ones are not listed */
            break;
        }
    }
    json_out_array_end(j);
}

static void add_rate(struct json_out *j, struct config_rate rate)
{
    json_out_array(j, NULL);
    json_out_int(j, NULL, rate.count);
    json_out_int(j, NULL, rate.window_ms);
    json_out_array_end(j);
}

static void add_limits(struct json_out *j, const struct config_limits *limits)
{
    json_out_object(j, "limits");
    json_out_int(j, "frame", FRAME_BYTES_MAX);
    json_out_int(j, "text", FRAME_TEXT_MAX);
    json_out_int(j, "files", FILES_MAX);
    json_out_int(j, "file_bytes", FILE_BYTES_MAX);
    json_out_int(j, "sockets", limits->sockets_per_contact);
    json_out_array(j, "sends");
    add_rate(j, limits->sends_burst);
    add_rate(j, limits->sends_sustained);
    json_out_array_end(j);
    json_out_object_end(j);
}

static void add_away(struct json_out *j, const struct welcome *w)
{
    json_out_object(j, "away");
    json_out_text(j, "text", w->away);
    if (w->away_until_ms)
        json_out_int(j, "until", w->away_until_ms);
    json_out_object_end(j);
}

void frame_welcome(struct buf *b, const struct welcome *w)
{
    size_t start = b->len;
    struct json_out j = begin(b, "welcome");
    json_out_int(&j, "v", 1);
    json_out_text(&j, "tok", w->tok);
    json_out_int(&j, "now", w->now_ms);
    json_out_object(&j, "me");
    json_out_bool(&j, "verified", w->view->verified);
    json_out_optional(&j, "name", w->view->name);
    json_out_optional(&j, "email", w->view->email);
    json_out_object_end(&j);
    json_out_int(&j, "hb", HEARTBEAT_MS);
    if (w->away)
        add_away(&j, w);
    if (w->prechat)
        json_out_raw(&j, "prechat", w->prechat);
    add_limits(&j, w->limits);
    json_out_array(&j, "features");
    json_out_array_end(&j);
    add_heads(&j, w->view, start);
    json_out_object_end(&j);
}
