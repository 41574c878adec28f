/* slack_part.h - the small parts that all Slack renderers are made of: text objects, blocks, rich
 * text, buttons, and fitting the whole into its limits. Pure. It knows no card, dialog or list.
 *
 * Limits of Block Kit: docs.slack.dev, reference of blocks and elements. How Slack counts is not
 * published, so texts are counted in UTF-16 units and cut at 95 % of a limit. */
#ifndef DESKHAND_CARDS_SLACK_PART_H
#define DESKHAND_CARDS_SLACK_PART_H

#include "bot/base/arena.h"
#include "bot/base/json_out.h"

enum {
    SLACK_MESSAGE_MAX = 7900,      /* code points of a message's JSON; Slack refuses about 13 000 */
    SLACK_TALK_MAX = 11500,        /* the same of a line that is one long message of a person */
    SLACK_VIEW_MAX = 200000,       /* of a view; Slack takes 250 kB */
    SLACK_FALLBACK_MAX = 2850, SLACK_QUOTE_MAX = 2600, SLACK_LABEL_MAX = 71,
    SLACK_HEADER_MAX = 142, SLACK_HINT_MAX = 1900, SLACK_TITLE_MAX = 24, SLACK_VALUE_MAX = 1900,
    SLACK_URL_MAX = 2850, SLACK_INPUT_MAX = 3000, SLACK_ROW_BUTTONS = 5,
};

/* A piece of work: where it is written, memory for it, and how long one text may be at most. */
struct slack_page { struct json_out j; struct arena a; size_t room; };

/* Draws with ever less room until the JSON has at most `max` code points, and appends it to out.
 * rooms: falling, ends with 0. 0, or -1: it does not fit the buffer. */
int slack_fit(struct buf *out, size_t max, const size_t *rooms,
              void (*draw)(struct slack_page *p, const void *what), const void *what);

/* At most `units` UTF-16 units of a text, with an ellipsis when it was cut; one line or several. */
const char *slack_clip(struct slack_page *p, const char *text, size_t units);
const char *slack_clip_line(struct slack_page *p, const char *text, size_t units);
/* The fallback text of a message: escaped, never over its limit. `plain`: one or more sentences. */
void slack_fallback(struct buf *text, const char *plain);

/* ---- text objects ---- */

/* Any words: no markup, no emoji codes. Cut to `units` in one line. */
void slack_plain(struct slack_page *p, const char *key, const char *text, size_t units);
/* Our own words only, with Slack's markup. */
void slack_markup(struct slack_page *p, const char *key, const char *markup);

/* ---- blocks; id may be NULL ---- */

void slack_block(struct slack_page *p, const char *type, const char *id);
void slack_block_end(struct slack_page *p);
void slack_header(struct slack_page *p, const char *text);
void slack_context(struct slack_page *p, const char *markup);     /* our own words only */
void slack_divider(struct slack_page *p);
void slack_actions(struct slack_page *p, const char *id);         /* then buttons */
void slack_actions_end(struct slack_page *p);

/* ---- rich text: the only place for words of people and models ---- */

enum slack_style { SLACK_NORMAL, SLACK_BOLD, SLACK_ITALIC };

void slack_rich(struct slack_page *p);                            /* then sections and quotes */
void slack_rich_end(struct slack_page *p);
void slack_section(struct slack_page *p);                         /* then words, dates, emoji */
void slack_quote(struct slack_page *p);
void slack_part_end(struct slack_page *p);
void slack_words(struct slack_page *p, const char *text, enum slack_style style);
void slack_link(struct slack_page *p, const char *text, const char *url);   /* our own addresses */
void slack_emoji(struct slack_page *p, const char *name);         /* ours, never of people */
void slack_date(struct slack_page *p, int64_t at_ms);             /* in the reader's own zone */
/* Words that may tell this moment in UTC (tidy_find_time): with a date in its place. */
void slack_words_at(struct slack_page *p, const char *text, int64_t at_ms, enum slack_style style);
/* A block of its own: one section, or one quote. */
void slack_say(struct slack_page *p, const char *text, enum slack_style style);
void slack_say_quote(struct slack_page *p, const char *text);

/* ---- elements ---- */

struct slack_button {
    const char *code;              /* action_id is "dh.<code>" */
    const char *label, *value;     /* value: at most SLACK_VALUE_MAX, may be NULL */
    const char *style;             /* "primary" "danger" or NULL */
    const char *url;               /* may be NULL */
};
void slack_button(struct slack_page *p, const char *key, const struct slack_button *button);
void slack_option(struct slack_page *p, const char *key, const char *label, const char *value);

/* ---- views: opens one up to its blocks ---- */

struct slack_view_head {
    const char *type;              /* "modal" "home" */
    const char *code;              /* callback_id is "dh.<code>" */
    const char *title, *submit, *close, *metadata;       /* may be NULL, the title of a home too */
};
void slack_view(struct slack_page *p, const struct slack_view_head *head);
void slack_view_end(struct slack_page *p);

#endif
