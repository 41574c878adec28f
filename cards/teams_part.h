/* teams_part.h - the pieces that Adaptive Cards are put together from, for cards/teams_*.c alone.
 * It does not know tickets; it knows where words of people may stand. */
#ifndef DESKHAND_CARDS_TEAMS_PART_H
#define DESKHAND_CARDS_TEAMS_PART_H

#include "bot/base/json_out.h"
#include "cards/teams.h"

struct teams_pen {
    struct json_out j;
    const char *nonce;
    size_t points;                 /* at most this much of any text; falls until the card fits */
    struct buf text;               /* a text while it is being cleaned */
    struct arena arena;            /* for sentences that are put together while drawing */
};

/* Draws the inside of a card: body first, then actions. */
typedef void teams_draw(struct teams_pen *pen, const void *what);

/* Adds the whole card to out. `speak` is our words: what a screen reader says, and what a client
 * shows that knows no such cards. 0, or -1 when it does not fit into out. */
int teams_fit(teams_draw *draw, const void *what, const char *nonce, const char *speak,
              struct buf *out);

enum teams_style { TEAMS_PLAIN, TEAMS_HEADING, TEAMS_BOLD, TEAMS_SUBTLE };

/* Our own words, a constant or one filled with numbers: a TextBlock. */
void teams_say(struct teams_pen *pen, enum teams_style style, const char *words);
/* Words that people may have had a hand in: a RichTextBlock. Nothing if there is nothing to see. */
void teams_quote(struct teams_pen *pen, enum teams_style style, const char *text, size_t points,
                 size_t lines);
/* Words of ours that tell this moment in UTC, with the reader's own time in its place; drawn as quote
 * does when they do not tell it, or may be more than our own. */
void teams_quote_at(struct teams_pen *pen, const char *text, int64_t at_ms, size_t points);
/* "Label: text" in one paragraph; the label is our own words. */
void teams_labelled(struct teams_pen *pen, const char *label, const char *text, size_t points);
/* A label and under it what was said, on a ground of its own. */
void teams_said(struct teams_pen *pen, const char *label, const char *text, size_t points,
                bool emphasis);
/* A sentence on top of everything: why nothing happened. NULL: nothing. */
void teams_refusal(struct teams_pen *pen, const char *refusal);

/* A Container; the style may be NULL; with a line above it or without. */
void teams_box(struct teams_pen *pen, const char *style, bool line);
void teams_box_end(struct teams_pen *pen);
/* Two columns: teams_columns, what stands left, teams_column_next, what stands right,
 * teams_columns_end. The widths are "auto", "stretch" or a weight, "1" to "9". */
void teams_columns(struct teams_pen *pen, const char *left_width);
void teams_column_next(struct teams_pen *pen, const char *right_width);
void teams_columns_end(struct teams_pen *pen);

/* Text for values of inputs, choices and placeholders, where it is shown as it is. */
void teams_value(struct teams_pen *pen, const char *key, const char *text, size_t points,
                 size_t lines);

/* A drop-down, with its label. */
void teams_choices(struct teams_pen *pen, const struct dialog_field *field);

enum teams_how { TEAMS_NOW, TEAMS_ASK, TEAMS_SUBMIT };   /* see teams.h: how a click comes back */

struct teams_act {
    const char *title, *code;      /* our own words */
    enum teams_how how;
    int64_t ticket_id, version, number;
    const char *word, *tip;        /* may be NULL */
    bool primary, danger;
    bool secondary;                /* in the overflow menu */
    bool with_inputs;              /* takes the answers of the card's inputs along */
};
void teams_action(struct teams_pen *pen, const struct teams_act *act);

/* Between body and actions; and a row of actions inside of a body. */
void teams_actions(struct teams_pen *pen);
void teams_row(struct teams_pen *pen);
void teams_row_end(struct teams_pen *pen);

#endif
