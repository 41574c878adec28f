/* The ticket's card: in a channel, as a modal, and the smallest one. */
#include <string.h>

#include "cards/slack.h"
#include "cards/slack_part.h"

enum { FRONT_BUTTONS = 4, OVERFLOW_OPTIONS = 5, CARD_LINES_SHOWN = 3, CARD_FACTS_SHOWN = 6 };

static const size_t rooms[] = { 480, 240, 120, 60, 30, 0 };

static const char *value(struct slack_page *p, const struct card *card)
{
    return arena_print(&p->a, "%lld:%lld", (long long)card->ticket_id, (long long)card->version);
}

/* ---- what there is to read ---- */

static void add_head(struct slack_page *p, const struct card *card)
{
    slack_header(p, arena_print(&p->a, "#%lld · %s · %s", (long long)card->ticket_id,
                                card->status, card->priority));
    slack_rich(p);
    slack_section(p);
    slack_words(p, slack_clip_line(p, card_subject(card), p->room), SLACK_BOLD);
    slack_words(p, "\n", SLACK_NORMAL);
    slack_words(p, slack_clip_line(p, card->owner, p->room), SLACK_NORMAL);
    slack_part_end(p);
    slack_rich_end(p);
}

static void add_facts(struct slack_page *p, const struct card *card, size_t max)
{
    if (!card->fact_count)
        return;
    slack_rich(p);
    slack_section(p);
    for (size_t i = 0; i < card->fact_count && i < max; i++) {
        slack_words(p, arena_print(&p->a, "%s%s: ", i ? "\n" : "", card->facts[i].label),
                    SLACK_BOLD);
        slack_words_at(p, slack_clip_line(p, card->facts[i].value, p->room), card->facts[i].at_ms,
                       SLACK_NORMAL);
    }
    slack_part_end(p);
    slack_rich_end(p);
}

/* Warnings and reasons are our own sentences; colour alone says nothing. */
static void add_remarks(struct slack_page *p, const struct card *card)
{
    if (card->warning) {
        slack_block(p, "section", NULL);
        slack_markup(p, "text", arena_print(&p->a, ":warning: *%s*", card->warning));
        slack_block_end(p);
    }
    slack_context(p, arena_print(&p->a, "%s%s%s", card->came ? card->came : "",
                                 card->came ? " · " : "", card->sentiment));
}

static void add_quoted(struct slack_page *p, const char *label, const char *text)
{
    if (!text)
        return;
    slack_section(p);
    slack_words(p, label, SLACK_BOLD);
    slack_part_end(p);
    slack_quote(p);
    slack_words(p, slack_clip(p, text, p->room), SLACK_NORMAL);
    slack_part_end(p);
}

static void add_line(struct slack_page *p, const struct card_line *line)
{
    slack_section(p);
    slack_words(p, slack_clip_line(p, line->who, p->room), SLACK_BOLD);
    slack_words(p, " · ", SLACK_NORMAL);
    slack_date(p, line->at_ms);
    slack_part_end(p);
    slack_quote(p);
    slack_words(p, slack_clip(p, line->text, p->room), SLACK_NORMAL);
    slack_part_end(p);
}

static void add_talk(struct slack_page *p, const struct card *card, size_t max)
{
    size_t first = card->line_count > max ? card->line_count - max : 0;
    if (card->tried || card->proposed) {
        slack_rich(p);
        add_quoted(p, "So far", card->tried);
        add_quoted(p, "Draft of the assistant, not sent", card->proposed);
        slack_rich_end(p);
    }
    if (first == card->line_count)
        return;
    slack_rich(p);
    for (size_t i = first; i < card->line_count; i++)
        add_line(p, &card->lines[i]);
    slack_rich_end(p);
}

/* ---- what there is to do ---- */

static void add_button(struct slack_page *p, const struct card *card,
                       const struct card_button *button)
{
    slack_button(p, NULL, &(struct slack_button){
        .code = card_action_code(button->action), .label = button->label, .value = value(p, card),
        .style = button->primary ? "primary" : button->danger ? "danger" : NULL });
}

static void add_overflow(struct slack_page *p, const struct card *card, size_t first)
{
    size_t rest = card->button_count - first;
    bool more = rest > OVERFLOW_OPTIONS;
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "overflow");
    json_out_text(&p->j, "action_id", "dh.menu");
    json_out_array(&p->j, "options");
    for (size_t i = first; i < card->button_count && i < first + OVERFLOW_OPTIONS - more; i++)
        slack_option(p, NULL, card->buttons[i].label,
                     arena_print(&p->a, "%s:%s", card_action_code(card->buttons[i].action),
                                 value(p, card)));
    if (more)
        slack_option(p, NULL, "All actions…", arena_print(&p->a, "more:%s", value(p, card)));
    json_out_array_end(&p->j);
    json_out_object_end(&p->j);
}

/* At most five things to choose from: five buttons, or four and a menu. */
static void add_actions(struct slack_page *p, const struct card *card)
{
    size_t buttons = card->button_count > FRONT_BUTTONS + 1 ? FRONT_BUTTONS : card->button_count;
    if (!buttons)
        return;
    slack_actions(p, "act");
    for (size_t i = 0; i < buttons; i++)
        add_button(p, card, &card->buttons[i]);
    if (buttons < card->button_count)
        add_overflow(p, card, buttons);
    slack_actions_end(p);
}

static void add_all_actions(struct slack_page *p, const struct card *card)
{
    for (size_t i = 0; i < card->button_count; i += SLACK_ROW_BUTTONS) {
        slack_actions(p, arena_print(&p->a, "act%zu", i / SLACK_ROW_BUTTONS));
        for (size_t k = i; k < card->button_count && k < i + SLACK_ROW_BUTTONS; k++)
            add_button(p, card, &card->buttons[k]);
        slack_actions_end(p);
    }
}

/* ---- the whole ---- */

static void draw_card(struct slack_page *p, const void *what)
{
    const struct card *card = what;
    json_out_array(&p->j, NULL);
    add_head(p, card);
    add_facts(p, card, CARD_FACTS_SHOWN);
    add_remarks(p, card);
    add_talk(p, card, CARD_LINES_SHOWN);
    add_actions(p, card);
    json_out_array_end(&p->j);
}

int slack_card(const struct card *card, struct buf *blocks, struct buf *text)
{
    slack_fallback(text, card->headline);
    return slack_fit(blocks, SLACK_MESSAGE_MAX, rooms, draw_card, card) || text->failed ? -1 : 0;
}

static void draw_reduced(struct slack_page *p, const void *what)
{
    const struct card *card = what;
    json_out_array(&p->j, NULL);
    slack_header(p, arena_print(&p->a, "#%lld · %s", (long long)card->ticket_id,
                                card->status));
    slack_say(p, slack_clip_line(p, card->headline, p->room), SLACK_NORMAL);
    slack_actions(p, "act");
    slack_button(p, NULL, &(struct slack_button){ .code = "more", .label = "All actions",
                                                  .value = value(p, card) });
    slack_actions_end(p);
    json_out_array_end(&p->j);
}

int slack_card_reduced(const struct card *card, struct buf *blocks, struct buf *text)
{
    slack_fallback(text, card->headline);
    return slack_fit(blocks, SLACK_MESSAGE_MAX, rooms, draw_reduced, card) || text->failed ? -1 : 0;
}

static void open_modal(struct slack_page *p, const struct card *card, const char *code,
                       const char *title)
{
    slack_view(p, &(struct slack_view_head){       /* "Close" would be the ticket's */
        .type = "modal", .code = code, .title = title, .close = "Done",
        .metadata = arena_print(&p->a, "%s:0", value(p, card)) });
}

static void draw_more(struct slack_page *p, const void *what)
{
    const struct card *card = what;
    open_modal(p, card, "more", "All actions");
    add_head(p, card);
    add_all_actions(p, card);
    slack_view_end(p);
}

int slack_more(const struct card *card, struct buf *view)
{
    return slack_fit(view, SLACK_VIEW_MAX, rooms, draw_more, card);
}

static void draw_ticket(struct slack_page *p, const void *what)
{
    const struct card *card = what;
    open_modal(p, card, "open", arena_print(&p->a, "Ticket #%lld", (long long)card->ticket_id));
    add_head(p, card);
    add_facts(p, card, CARD_FACTS_MAX);
    add_remarks(p, card);
    add_talk(p, card, CARD_LINES_MAX);
    slack_divider(p);
    add_all_actions(p, card);
    slack_view_end(p);
}

int slack_ticket_modal(const struct card *card, struct buf *view)
{
    return slack_fit(view, SLACK_VIEW_MAX, rooms, draw_ticket, card);
}
