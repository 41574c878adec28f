/* Answers to words: /ticket, a mention, a direct message. Only the person who asked sees them. */
#include "adapters/slack/show.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"

enum { FOUND_ROWS = 10, LINES = 6 };

static const char help[] = "Words: mine (my tickets), queue (what waits for somebody), next (the most "
    "urgent of it), find WORDS, NUMBER (a ticket), new TEXT (make a ticket), help.";

/* ---- reading ---- */

static void read_page(struct reader *r, struct showing *show, enum list_view list, int limit)
{
    struct list_query query = { .view = list, .technician_id = show->viewer.id, .limit = limit };
    if (view_list(r, &query, &show->arena, &show->page))
        show->failed = true;
}

static void read_one(struct reader *r, struct showing *show, int64_t id)
{
    if (id && view_ticket(r, id, LINES, &show->arena, &show->ticket))
        show->failed = true;
}

void show_words_read(struct reader *r, struct showing *show)
{
    const struct chat_words *words = &show->talk->intent.words;
    switch (words->kind) {
    case CHAT_MINE: read_page(r, show, LIST_MINE, FOUND_ROWS); break;
    case CHAT_QUEUE: read_page(r, show, LIST_UNASSIGNED, FOUND_ROWS); break;
    case CHAT_NEXT:
        read_page(r, show, LIST_UNASSIGNED, 1);
        read_one(r, show, show->page.count ? show->page.rows[0].id : 0);
        break;
    case CHAT_TICKET: read_one(r, show, words->number); break;
    case CHAT_FIND:
    case CHAT_FREE:
        if (words->text && view_search(r, words->text, FOUND_ROWS, &show->arena, &show->page))
            show->failed = true;
        break;
    case CHAT_NEW:
    case CHAT_HELP: break;
    }
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
    if (!show->ticket.id) {
        sentence(show->talk->intent.words.kind == CHAT_NEXT ? "Nothing waits: well done."
                 : "There is no such ticket.", blocks, text);
        return;
    }
    card_make(&show->ticket, &(struct card_viewer){ show->viewer.id, show->viewer.role },
              clock_now_ms(), &show->arena, &card);
    slack_card(&card, blocks, text);
}

static const char *title_of(enum chat_words_kind kind)
{
    return kind == CHAT_MINE ? "My tickets" : kind == CHAT_QUEUE ? "Team queue" : "Found";
}

static void draw_list(struct showing *show, struct buf *blocks, struct buf *text)
{
    const struct chat_words *words = &show->talk->intent.words;
    struct listing listing;
    if (words->kind == CHAT_FIND && !words->text) {
        sentence("Say what to look for: find printer offline", blocks, text);
        return;
    }
    listing_make(&show->page, title_of(words->kind), clock_now_ms(), &show->arena, &listing);
    if (words->kind == CHAT_FREE || words->kind == CHAT_FIND) {
        listing.empty = "No ticket has these words. Make one, or try others.";
        listing.has_new_button = true;
        listing.new_text = words->text;
    }
    slack_listing_message(&listing, blocks, text);
}

static void draw_new(struct showing *show, struct buf *blocks, struct buf *text)
{
    struct listing listing = { .title = "Make a ticket", .has_new_button = true,
        .summary = "Click to say whose ticket it is.", .empty = "",
        .new_text = show->talk->intent.words.text };
    slack_listing_message(&listing, blocks, text);
}

static void draw(struct showing *show, struct buf *blocks, struct buf *text)
{
    if (show->failed) {
        sentence("The desk could not read this at the moment. Please try again.", blocks, text);
        return;
    }
    switch (show->talk->intent.words.kind) {
    case CHAT_TICKET:
    case CHAT_NEXT: draw_ticket(show, blocks, text); break;
    case CHAT_NEW: draw_new(show, blocks, text); break;
    case CHAT_HELP: sentence(help, blocks, text); break;
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
