/* Lists of tickets: the home page, a modal, a message. */
#include <string.h>

#include "cards/slack.h"
#include "cards/slack_part.h"

static const size_t view_rooms[] = { SLACK_QUOTE_MAX, 0 };
static const size_t message_rooms[] = { 480, 240, 120, 80, 40, 20, 10, 5, 0 };

static const char *number(struct slack_page *p, const struct listing_row *row)
{
    return arena_print(&p->a, "%lld", (long long)row->ticket_id);
}

/* ---- views ---- */

static const char *filter_label(struct slack_page *p, const struct listing_filter *f)
{
    return f->count < 0 ? f->label
                        : arena_print(&p->a, "%s (%lld)", f->label, (long long)f->count);
}

static void add_filters(struct slack_page *p, const struct listing *l)
{
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "static_select");
    json_out_text(&p->j, "action_id", "dh.filter");
    slack_plain(p, "placeholder", "Choose a list", SLACK_LABEL_MAX);
    json_out_array(&p->j, "options");
    for (size_t i = 0; i < l->filter_count; i++)
        slack_option(p, NULL, filter_label(p, &l->filters[i]), l->filters[i].value);
    json_out_array_end(&p->j);
    for (size_t i = 0; i < l->filter_count; i++)
        if (l->filters[i].chosen) {
            slack_option(p, "initial_option", filter_label(p, &l->filters[i]),
                         l->filters[i].value);
            break;
        }
    json_out_object_end(&p->j);
}

/* The first sentence. A list without rows and without words for that says its summary. */
static const char *opening(const struct listing *l)
{
    return !l->row_count && l->empty && *l->empty ? l->empty : l->summary ? l->summary : l->title;
}

static void add_top(struct slack_page *p, const struct listing *l)
{
    size_t max = p->room < SLACK_VALUE_MAX ? p->room : SLACK_VALUE_MAX;
    slack_header(p, l->title);
    slack_say(p, opening(l), SLACK_NORMAL);
    if (!l->filter_count && !l->has_new_button)
        return;
    slack_actions(p, "top");
    if (l->filter_count)
        add_filters(p, l);
    if (l->has_new_button)
        slack_button(p, NULL, &(struct slack_button){
            .code = "new", .label = "Make a ticket",
            .value = l->new_text ? slack_clip(p, l->new_text, max) : NULL });
    slack_actions_end(p);
}

/* The line with the button is ours; what people wrote stands below it. */
static void add_row(struct slack_page *p, const struct listing_row *row)
{
    slack_divider(p);
    slack_block(p, "section", NULL);
    slack_markup(p, "text", arena_print(&p->a, "*#%s*%s", number(p, row),
                                        row->alert ? "  :warning: cannot wait" : ""));
    slack_button(p, "accessory", &(struct slack_button){
        .code = "open", .label = "Open", .value = number(p, row), .url = row->link });
    slack_block_end(p);
    const char *space = strchr(row->title, ' ');
    slack_rich(p);
    slack_section(p);
    slack_words(p, slack_clip_line(p, space ? space + 1 : row->title, p->room), SLACK_BOLD);
    slack_words(p, arena_print(&p->a, "\n%s", slack_clip_line(p, row->facts, p->room)),
                SLACK_NORMAL);
    slack_part_end(p);
    if (row->last) {
        slack_quote(p);
        slack_words(p, slack_clip_line(p, row->last, p->room), SLACK_NORMAL);
        slack_part_end(p);
    }
    slack_rich_end(p);
}

static void add_pages(struct slack_page *p, const struct listing *l)
{
    if (!l->newer && !l->older)
        return;
    slack_divider(p);
    slack_actions(p, "pages");
    if (l->newer)
        slack_button(p, NULL, &(struct slack_button){ .code = "newer", .label = "Newer",
                                                      .value = l->newer });
    if (l->older)
        slack_button(p, NULL, &(struct slack_button){ .code = "older", .label = "Older",
                                                      .value = l->older });
    slack_actions_end(p);
}

static void add_all(struct slack_page *p, const struct listing *l)
{
    add_top(p, l);
    for (size_t i = 0; i < l->row_count; i++)
        add_row(p, &l->rows[i]);
    add_pages(p, l);
}

static void draw_home(struct slack_page *p, const void *what)
{
    slack_view(p, &(struct slack_view_head){ .type = "home", .code = "home" });
    add_all(p, what);
    slack_view_end(p);
}

int slack_home(const struct listing *listing, struct buf *view)
{
    return slack_fit(view, SLACK_VIEW_MAX, view_rooms, draw_home, listing);
}

static void draw_modal(struct slack_page *p, const void *what)
{
    slack_view(p, &(struct slack_view_head){ .type = "modal", .code = "list", .title = "Tickets",
                                             .close = "Close" });
    add_all(p, what);
    slack_view_end(p);
}

int slack_listing_modal(const struct listing *listing, struct buf *view)
{
    return slack_fit(view, SLACK_VIEW_MAX, view_rooms, draw_modal, listing);
}

/* ---- a message: shorter, or it would be refused ---- */

static void add_short_row(struct slack_page *p, const struct listing_row *row)
{
    const char *title = slack_clip_line(p, row->title, p->room);
    slack_section(p);
    if (row->link)
        slack_link(p, title, row->link);
    else
        slack_words(p, title, SLACK_BOLD);
    slack_words(p, arena_print(&p->a, "%s · %s", row->alert ? " · cannot wait" : "",
                               slack_clip_line(p, row->facts, p->room)), SLACK_NORMAL);
    slack_part_end(p);
}

static void add_short_rows(struct slack_page *p, const struct listing *l)
{
    slack_rich(p);
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "rich_text_list");
    json_out_text(&p->j, "style", "bullet");
    json_out_array(&p->j, "elements");
    for (size_t i = 0; i < l->row_count; i++)
        add_short_row(p, &l->rows[i]);
    json_out_array_end(&p->j);
    json_out_object_end(&p->j);
    slack_rich_end(p);
}

/* One list to choose from instead of a row of buttons that say only numbers. */
static void add_opener(struct slack_page *p, const struct listing *l)
{
    slack_actions(p, "rows");
    json_out_object(&p->j, NULL);
    json_out_text(&p->j, "type", "static_select");
    json_out_text(&p->j, "action_id", "dh.open");
    slack_plain(p, "placeholder", "Open a ticket", SLACK_LABEL_MAX);
    json_out_array(&p->j, "options");
    for (size_t i = 0; i < l->row_count; i++)
        slack_option(p, NULL, slack_clip_line(p, l->rows[i].title, p->room),
                     number(p, &l->rows[i]));
    json_out_array_end(&p->j);
    json_out_object_end(&p->j);
    slack_actions_end(p);
}

static void draw_message(struct slack_page *p, const void *what)
{
    const struct listing *l = what;
    json_out_array(&p->j, NULL);
    add_top(p, l);
    if (l->row_count) {
        add_short_rows(p, l);
        add_opener(p, l);
    }
    add_pages(p, l);
    json_out_array_end(&p->j);
}

int slack_listing_message(const struct listing *listing, struct buf *blocks, struct buf *text)
{
    slack_fallback(text, opening(listing));
    return slack_fit(blocks, SLACK_MESSAGE_MAX, message_rooms, draw_message, listing)
        || text->failed ? -1 : 0;
}
