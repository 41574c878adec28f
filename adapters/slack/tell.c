/* Words that only one person sees: where they acted, else as a direct message, else by the click's own
 * address. A refusal that nobody reads is worse than one that stands there twice. */
#include <string.h>

#include "adapters/slack/api_pace.h"
#include "adapters/slack/slack_private.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"

enum { AGAIN_MS = 2000, TOLD_MS = 3600 * 1000 };

struct words {
    struct slack_talk *talk;
    const char *blocks, *text;
    bool direct, again;          /* sent as a direct message; tried a second time */
};

/* Who acts in a thread reads the answer there; who clicks on a card looks at the channel. */
static const char *thread_of(const struct slack_input *in)
{
    return in->thread_ts && in->ts && strcmp(in->thread_ts, in->ts) != 0 ? in->thread_ts : NULL;
}

static void said(void *ctx, const struct slack_answer *a);

static void say(void *ctx)
{
    struct words *w = ctx;
    const struct slack_input *in = &w->talk->input;
    const struct slack_param params[] = {
        { "channel", w->direct ? in->user : in->channel }, { "text", w->text },
        { "blocks", w->blocks }, { "user", w->direct ? NULL : in->user },
        { "thread_ts", w->direct ? NULL : thread_of(in) },
        { "unfurl_links", w->direct ? "false" : NULL },
        { "unfurl_media", w->direct ? "false" : NULL },
    };
    slack_talk_hold(w->talk);
    slack_api_call(w->talk->slack->api, w->direct ? "chat.postMessage" : "chat.postEphemeral",
                   w->direct ? in->user : NULL, params, sizeof params / sizeof *params, said, w);
}

static bool say_by_url(struct words *w)
{
    struct buf buf;
    struct json_out json = { .buf = &buf };
    buf_init(&buf, SLACK_BLOCKS_MAX + SLACK_TEXT_OUT_MAX);
    json_out_object(&json, NULL);
    json_out_text(&json, "response_type", "ephemeral");
    json_out_bool(&json, "replace_original", false);
    json_out_text(&json, "text", w->text);
    json_out_raw(&json, "blocks", w->blocks);
    json_out_object_end(&json);
    bool sent = !buf.failed && slack_respond(w->talk, buf.data);
    buf_clear(&buf);
    return sent;
}

/* What may stand there already is repeated only where it goes away by itself. */
static void not_said(struct words *w, const struct slack_answer *a)
{
    bool elsewhere = a->todo == SLACK_TODO_NOT_IN_CHANNEL_USER || a->todo == SLACK_TODO_PLACE_GONE
                  || a->todo == SLACK_TODO_JOIN;
    if (w->talk->slack->closed)
        return;
    if (elsewhere && !w->direct) {
        w->direct = true;
        say(w);
    } else if (!say_by_url(w) && !w->again && !(w->direct && a->todo == SLACK_TODO_UNCLEAR)) {
        w->again = true;
        slack_talk_later(w->talk, a->retry_after_ms > AGAIN_MS ? a->retry_after_ms : AGAIN_MS, say,
                         w);
    } else {
        log_info("private answer not shown there", "error=%s", a->error);
    }
}

static void said(void *ctx, const struct slack_answer *a)
{
    struct words *w = ctx;
    if (a->todo != SLACK_TODO_OK)
        not_said(w, a);
    slack_talk_drop(w->talk);
}

static void viewed(void *ctx, const struct slack_answer *a)
{
    if (a->todo != SLACK_TODO_OK)
        log_info("private answer not shown", "error=%s", a->error);
    slack_talk_drop(ctx);
}

static void say_in_view(struct slack_talk *talk, const char *sentence)
{
    struct buf view;
    buf_init(&view, SLACK_VIEW_MAX);
    if (slack_notice("Deskhand", sentence, &view) == 0) {
        const struct slack_param params[] = { { "view_id", talk->input.view.id },
                                              { "view", view.data } };
        slack_talk_hold(talk);
        slack_api_call(talk->slack->api, "views.update", NULL, params, 2, viewed, talk);
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
    if (!talk->input.user || talk->slack->closed)
        return;               /* at the end nothing goes out any more */
    if (stands_in_open_modal(talk)) {
        say_in_view(talk, sentence);
        return;
    }
    buf_init(&blocks, SLACK_BLOCKS_MAX);
    buf_init(&text, SLACK_TEXT_OUT_MAX);
    if (slack_private(sentence, talk->intent.ticket_id, talk->intent.version, offer, &blocks,
                      &text) == 0) {
        struct words *w = arena_alloc(&talk->arena, sizeof *w);
        *w = (struct words){ .talk = talk, .blocks = arena_copy(&talk->arena, blocks.data),
            .text = arena_copy(&talk->arena, text.data), .direct = !talk->input.channel
                || (type && !strcmp(type, "im")) || talk->input.channel[0] == 'D' };
        say(w);
    }
    buf_clear(&blocks);
    buf_clear(&text);
}

bool slack_may_tell(struct slack *s, const char *account, int64_t now_ms)
{
    uint64_t key = pace_key(account, NULL);
    size_t at = (key >> 32) % SLACK_TOLD_MAX;
    if (s->told[at].key == key && s->told[at].until_ms > now_ms)
        return false;
    s->told[at].key = key;
    s->told[at].until_ms = now_ms + TOLD_MS;
    return true;
}
