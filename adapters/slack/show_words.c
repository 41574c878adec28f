/* Answers to words: /ticket, a mention, a direct message. Only the person who asked sees them. */
#include "adapters/slack/show.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"

static const char help[] = "Words: mine (my tickets), queue (what waits for somebody), next (the most "
    "urgent of it), find WORDS, NUMBER (a ticket), new TEXT (make a ticket), help.";

/* ---- reading ---- */

void show_words_read(struct reader *r, struct showing *show)
{
    if (chat_found_read(r, &show->talk->intent.words, show->viewer.id, &show->arena, &show->found))
        show->failed = true;
}

/* ---- sending ---- */

static void sent(void *ctx, const struct slack_answer *a)
{
    if (a->todo != SLACK_TODO_OK)
        log_info("answer not shown", "error=%s", a->error);
    slack_talk_drop(ctx);
}

static void post(struct slack_talk *talk, const struct buf *blocks, const struct buf *text)
{
    bool direct = talk->input.channel && talk->input.channel[0] == 'D';
    const struct slack_param params[] = {
        { "channel", talk->input.channel ? talk->input.channel : talk->input.user },
        { "user", direct ? NULL : talk->input.user }, { "text", text->data },
        { "blocks", blocks->data }, { "thread_ts", talk->input.thread_ts },
        { "unfurl_links", direct ? "false" : NULL }, { "unfurl_media", direct ? "false" : NULL },
    };
    slack_talk_hold(talk);
    slack_api_call(talk->slack->api, direct ? "chat.postMessage" : "chat.postEphemeral",
                   direct ? talk->input.channel : NULL, params, sizeof params / sizeof *params,
                   sent, talk);
}

/* A slash command is answered in its acknowledgement: no call is needed, so it works even while the
 * Web API does not. */
static void send(struct slack_talk *talk, const struct buf *blocks, const struct buf *text)
{
    struct buf buf;
    struct json_out json = { .buf = &buf };
    if (talk->input.kind != SLACK_SLASH) {
        slack_ack(talk, NULL);
        post(talk, blocks, text);
        return;
    }
    buf_init(&buf, SLACK_BLOCKS_MAX + SLACK_TEXT_OUT_MAX);
    json_out_object(&json, NULL);
    json_out_text(&json, "response_type", "ephemeral");
    json_out_text(&json, "text", text->data);
    json_out_raw(&json, "blocks", blocks->data);
    json_out_object_end(&json);
    if (buf.failed)
        slack_ack(talk, NULL);
    else if (talk->input.takes_payload && !talk->acked)
        slack_ack(talk, buf.data);
    else
        slack_respond(talk, buf.data);
    buf_clear(&buf);
}

/* ---- drawing ---- */

static void sentence(const char *text, struct buf *blocks, struct buf *fallback)
{
    slack_private(text, 0, 0, 0, blocks, fallback);
}

static void draw_ticket(struct showing *show, struct buf *blocks, struct buf *text)
{
    struct card card;
    card_make(&show->found.ticket, &(struct card_viewer){ show->viewer.id, show->viewer.role },
              clock_now_ms(), &show->arena, &card);
    slack_card(&card, blocks, text);
}

static void draw_list(struct showing *show, struct buf *blocks, struct buf *text)
{
    struct listing listing;
    chat_found_listing(&show->talk->intent.words, &show->found, clock_now_ms(), &show->arena,
                       &listing);
    slack_listing_message(&listing, blocks, text);
}

static void draw(struct showing *show, struct buf *blocks, struct buf *text)
{
    if (show->failed) {
        sentence("The desk could not read this at the moment. Please try again.", blocks, text);
        return;
    }
    const char *nothing = chat_found_nothing(&show->talk->intent.words, &show->found);
    if (nothing) {
        sentence(nothing, blocks, text);
        return;
    }
    switch (show->talk->intent.words.kind) {
    case CHAT_TICKET:
    case CHAT_NEXT: draw_ticket(show, blocks, text); break;
    case CHAT_HELP: sentence(help, blocks, text); break;
    case CHAT_NEW:
    case CHAT_MINE:
    case CHAT_QUEUE:
    case CHAT_FIND:
    case CHAT_FREE: draw_list(show, blocks, text); break;
    }
}

void show_words(struct showing *show)
{
    struct buf blocks, text;
    buf_init(&blocks, SLACK_BLOCKS_MAX);
    buf_init(&text, SLACK_TEXT_OUT_MAX);
    draw(show, &blocks, &text);
    if (!blocks.failed && !text.failed && blocks.data && text.data)
        send(show->talk, &blocks, &text);
    else
        slack_ack(show->talk, NULL);
    buf_clear(&blocks);
    buf_clear(&text);
    show_end(show);
}
