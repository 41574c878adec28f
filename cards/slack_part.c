/* Parts of Block Kit. Nothing here decides what is shown. */
#include "cards/slack_part.h"

#include <string.h>

#include "bot/base/text.h"
#include "cards/slack.h"
#include "cards/tidy.h"

enum { SCRATCH_MAX = 512 * 1024 };

int slack_fit(struct buf *out, size_t max, const size_t *rooms,
              void (*draw)(struct slack_page *p, const void *what), const void *what)
{
    struct buf scratch;
    buf_init(&scratch, SCRATCH_MAX);
    for (; *rooms; rooms++) {
        struct slack_page page = { .j = { .buf = &scratch }, .room = *rooms };
        buf_reset(&scratch);
        draw(&page, what);
        arena_clear(&page.a);
        if (!scratch.failed && text_length(scratch.data) <= max)
            break;
    }
    if (scratch.failed)
        out->failed = true;
    else
        buf_add(out, scratch.data, scratch.len);
    buf_clear(&scratch);
    return out->failed ? -1 : 0;
}

/* ---- cutting ---- */

/* Code points that fit into so many UTF-16 units. */
static size_t points_within(const char *text, size_t units)
{
    size_t points = 0;
    for (uint32_t c; (c = text_next(&text)); points++) {
        size_t takes = c > 0xffff ? 2 : 1;
        if (takes > units)
            break;
        units -= takes;
    }
    return points;
}

/* Cleaned first: what is left out must not count. One unit less: the ellipsis needs it. */
static const char *clip(struct slack_page *p, const char *text, size_t units,
                        const char *(*tidy)(struct arena *, const char *, size_t))
{
    const char *clean = tidy(&p->a, text, strlen(text));
    size_t points = points_within(clean, units);
    return !clean[text_bytes(clean, points)] ? clean
         : tidy(&p->a, clean, points_within(clean, units - 1));
}

const char *slack_clip(struct slack_page *p, const char *text, size_t units)
{
    return clip(p, text, units, tidy_text);
}

const char *slack_clip_line(struct slack_page *p, const char *text, size_t units)
{
    return clip(p, text, units, tidy_line);
}

void slack_fallback(struct buf *text, const char *plain)
{
    struct slack_page page = { .room = SLACK_FALLBACK_MAX };
    struct buf escaped;
    buf_init(&escaped, 8 * SLACK_FALLBACK_MAX);
    for (; page.room > 1; page.room -= page.room / 4) {
        buf_reset(&escaped);
        slack_escape(&escaped, slack_clip_line(&page, plain, page.room));
        if (!escaped.len || !escaped.data[text_bytes(escaped.data, points_within(escaped.data,
                                                     SLACK_FALLBACK_MAX))])
            break;
    }
    if (escaped.len)
        buf_add(text, escaped.data, escaped.len);
    buf_clear(&escaped);
    arena_clear(&page.a);
}

/* ---- text objects ---- */

void slack_plain(struct slack_page *p, const char *key, const char *text, size_t units)
{
    const char *clean = slack_clip_line(p, text, units);
    json_out_object(&p->j, key);
    json_out_text(&p->j, "type", "plain_text");
    json_out_text(&p->j, "text", text_is_blank(clean) ? "-" : clean);
    json_out_bool(&p->j, "emoji", false);
    json_out_object_end(&p->j);
}

void slack_markup(struct slack_page *p, const char *key, const char *markup)
{
    json_out_object(&p->j, key);
    json_out_text(&p->j, "type", "mrkdwn");
    json_out_text(&p->j, "text", markup);
    json_out_bool(&p->j, "verbatim", true);
    json_out_object_end(&p->j);
}

/* ---- blocks ---- */

void slack_block(struct slack_page *p, const char *type, const char *id)
{
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", type);
    json_out_optional(&p->j, "block_id", id);
}

void slack_block_end(struct slack_page *p)
{
    json_out_object_end(&p->j);
}

void slack_header(struct slack_page *p, const char *text)
{
    slack_block(p, "header", NULL);
    slack_plain(p, "text", text, SLACK_HEADER_MAX);
    slack_block_end(p);
}

void slack_context(struct slack_page *p, const char *markup)
{
    slack_block(p, "context", NULL);
    json_out_array(&p->j, "elements");
    slack_markup(p, NULL, markup);
    json_out_array_end(&p->j);
    slack_block_end(p);
}

void slack_divider(struct slack_page *p)
{
    slack_block(p, "divider", NULL);
    slack_block_end(p);
}

static void open_elements(struct slack_page *p, const char *type, const char *id)
{
    slack_block(p, type, id);
    json_out_array(&p->j, "elements");
}

static void close_elements(struct slack_page *p)
{
    json_out_array_end(&p->j);
    slack_block_end(p);
}

void slack_actions(struct slack_page *p, const char *id)
{
    open_elements(p, "actions", id);
}

void slack_actions_end(struct slack_page *p)
{
    close_elements(p);
}

/* ---- rich text ---- */

void slack_rich(struct slack_page *p)
{
    open_elements(p, "rich_text", NULL);
}

void slack_rich_end(struct slack_page *p)
{
    close_elements(p);
}

void slack_section(struct slack_page *p)
{
    open_elements(p, "rich_text_section", NULL);
}

void slack_quote(struct slack_page *p)
{
    open_elements(p, "rich_text_quote", NULL);
}

void slack_part_end(struct slack_page *p)
{
    close_elements(p);
}

void slack_words(struct slack_page *p, const char *text, enum slack_style style)
{
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "text");
    json_out_text(&p->j, "text", *text ? text : " ");
    if (style != SLACK_NORMAL) {
        json_out_object(&p->j, "style");
        json_out_bool(&p->j, style == SLACK_BOLD ? "bold" : "italic", true);
        json_out_object_end(&p->j);
    }
    json_out_object_end(&p->j);
}

void slack_link(struct slack_page *p, const char *text, const char *url)
{
    if (strlen(url) > SLACK_URL_MAX) {
        slack_words(p, text, SLACK_BOLD);
        return;
    }
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "link");
    json_out_text(&p->j, "url", url);
    json_out_text(&p->j, "text", text);
    json_out_object_end(&p->j);
}

void slack_emoji(struct slack_page *p, const char *name)
{
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "emoji");
    json_out_text(&p->j, "name", name);
    json_out_object_end(&p->j);
}

void slack_date(struct slack_page *p, int64_t at_ms)
{
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "date");
    json_out_int(&p->j, "timestamp", at_ms / 1000);
    json_out_text(&p->j, "format", "{date_short_pretty}, {time}");
    json_out_text(&p->j, "fallback", tidy_time(&p->a, at_ms));
    json_out_object_end(&p->j);
}

void slack_words_at(struct slack_page *p, const char *text, int64_t at_ms, enum slack_style style)
{
    const char *before = text, *behind = "";
    bool told = tidy_find_time(&p->a, text, at_ms, &before, &behind);
    if (*before || !told)
        slack_words(p, before, style);
    if (told)
        slack_date(p, at_ms);
    if (*behind)
        slack_words(p, behind, style);
}

void slack_say(struct slack_page *p, const char *text, enum slack_style style)
{
    slack_rich(p);
    slack_section(p);
    slack_words(p, slack_clip(p, text, SLACK_QUOTE_MAX), style);
    slack_part_end(p);
    slack_rich_end(p);
}

void slack_say_quote(struct slack_page *p, const char *text)
{
    slack_rich(p);
    slack_quote(p);
    slack_words(p, slack_clip(p, text, SLACK_QUOTE_MAX), SLACK_NORMAL);
    slack_part_end(p);
    slack_rich_end(p);
}

/* ---- elements ---- */

void slack_button(struct slack_page *p, const char *key, const struct slack_button *button)
{
    json_out_object(&p->j, key);
    json_out_text(&p->j, "type", "button");
    json_out_text(&p->j, "action_id", arena_print(&p->a, "dh.%s", button->code));
    slack_plain(p, "text", button->label, SLACK_LABEL_MAX);
    json_out_optional(&p->j, "value", button->value);
    if (button->url && strlen(button->url) <= SLACK_URL_MAX)
        json_out_text(&p->j, "url", button->url);
    json_out_optional(&p->j, "style", button->style);
    json_out_object_end(&p->j);
}

void slack_option(struct slack_page *p, const char *key, const char *label, const char *value)
{
    json_out_object(&p->j, key);
    slack_plain(p, "text", label, SLACK_LABEL_MAX);
    json_out_text(&p->j, "value", value);
    json_out_object_end(&p->j);
}

/* ---- views ---- */

void slack_view(struct slack_page *p, const struct slack_view_head *head)
{
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", head->type);
    json_out_text(&p->j, "callback_id", arena_print(&p->a, "dh.%s", head->code));
    json_out_optional(&p->j, "private_metadata", head->metadata);
    if (head->title)
        slack_plain(p, "title", head->title, SLACK_TITLE_MAX);
    if (head->submit)
        slack_plain(p, "submit", head->submit, SLACK_TITLE_MAX);
    if (head->close)
        slack_plain(p, "close", head->close, SLACK_TITLE_MAX);
    json_out_array(&p->j, "blocks");
}

void slack_view_end(struct slack_page *p)
{
    json_out_array_end(&p->j);
    json_out_object_end(&p->j);
}
