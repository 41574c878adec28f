#include "cards/teams_part.h"

#include <string.h>
#include <time.h>

#include "bot/base/text.h"
#include "cards/tidy.h"

/* How much of each text is shown when the whole would be too long. */
static const size_t steps[] = { 100000, 3000, 1500, 750, 375, 180, 90, 40, 16 };

static void open_card(struct teams_pen *pen, const char *speak)
{
    struct json_out *j = &pen->j;
    json_out_object(j, NULL);
    json_out_text(j, "type", "AdaptiveCard");
    json_out_text(j, "$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
    json_out_text(j, "version", "1.5");
    json_out_text(j, "lang", "en");
    json_out_text(j, "speak", speak);
    json_out_text(j, "fallbackText", speak);
    json_out_object(j, "msteams");
    json_out_text(j, "width", "Full");
    json_out_object_end(j);
    json_out_array(j, "body");
}

int teams_fit(teams_draw *draw, const void *what, const char *nonce, const char *speak,
              struct buf *out)
{
    struct buf whole;
    struct teams_pen pen;
    buf_init(&whole, TEAMS_CARD_MAX);
    buf_init(&pen.text, 4 * steps[0]);
    pen.arena = (struct arena){ 0 };
    whole.failed = true;
    for (size_t i = 0; whole.failed && i < sizeof steps / sizeof *steps; i++) {
        buf_reset(&whole);
        pen.j = (struct json_out){ .buf = &whole, .no_script = true };
        pen.nonce = nonce;
        pen.points = steps[i];
        open_card(&pen, speak);
        draw(&pen, what);
        json_out_array_end(&pen.j);
        json_out_object_end(&pen.j);
        arena_clear(&pen.arena);
    }
    bool failed = whole.failed || buf_add(out, whole.data, whole.len);
    buf_clear(&pen.text);
    buf_clear(&whole);
    return failed || out->failed ? -1 : 0;
}

void teams_actions(struct teams_pen *pen)
{
    json_out_array_end(&pen->j);
    json_out_array(&pen->j, "actions");
}

void teams_row(struct teams_pen *pen)
{
    json_out_object(&pen->j, NULL);
    json_out_text(&pen->j, "type", "ActionSet");
    json_out_array(&pen->j, "actions");
}

void teams_row_end(struct teams_pen *pen)
{
    json_out_array_end(&pen->j);
    json_out_object_end(&pen->j);
}

/* ---- words ---- */

static void add_style(struct json_out *j, enum teams_style style)
{
    if (style == TEAMS_HEADING)
        json_out_text(j, "size", "Large");
    if (style == TEAMS_HEADING || style == TEAMS_BOLD)
        json_out_text(j, "weight", "Bolder");
    if (style == TEAMS_SUBTLE)
        json_out_bool(j, "isSubtle", true);
}

void teams_say(struct teams_pen *pen, enum teams_style style, const char *words)
{
    struct json_out *j = &pen->j;
    json_out_object(j, NULL);
    json_out_text(j, "type", "TextBlock");
    json_out_text(j, "text", words);
    add_style(j, style);
    if (style == TEAMS_HEADING)
        json_out_text(j, "style", "heading");
    json_out_bool(j, "wrap", true);
    json_out_object_end(j);
}

/* The cleaned text; valid until the next one is cleaned. */
static const char *cleaned(struct teams_pen *pen, const char *text, size_t points, size_t lines)
{
    buf_reset(&pen->text);
    teams_clean(text, points < pen->points ? points : pen->points, lines, &pen->text);
    return pen->text.len ? pen->text.data : "";
}

static void add_run(struct teams_pen *pen, enum teams_style style, const char *text)
{
    struct json_out *j = &pen->j;
    json_out_object(j, NULL);
    json_out_text(j, "type", "TextRun");
    json_out_text(j, "text", text);
    add_style(j, style);
    json_out_object_end(j);
}

static void open_rich(struct teams_pen *pen)
{
    json_out_object(&pen->j, NULL);
    json_out_text(&pen->j, "type", "RichTextBlock");
    json_out_array(&pen->j, "inlines");
}

static void close_rich(struct teams_pen *pen)
{
    json_out_array_end(&pen->j);
    json_out_text(&pen->j, "spacing", "Small");
    json_out_object_end(&pen->j);
}

void teams_quote(struct teams_pen *pen, enum teams_style style, const char *text, size_t points,
                 size_t lines)
{
    const char *clean = cleaned(pen, text, points, lines);
    if (text_is_blank(clean))
        return;
    open_rich(pen);
    add_run(pen, style, clean);
    close_rich(pen);
}

/* Nothing that Markdown or a client would take for anything else. */
static bool is_plain(const char *text)
{
    for (; *text; text++)
        if (!strchr(" ,.", *text) && !(*text >= '0' && *text <= '9')
                && !(*text >= 'a' && *text <= 'z') && !(*text >= 'A' && *text <= 'Z'))
            return false;
    return true;
}

/* DATE and TIME are functions of a TextBlock; they stand as they are where they are written in any
 * other way, and in a RichTextBlock. Source: "Text features" of the Adaptive Cards documentation. */
void teams_quote_at(struct teams_pen *pen, const char *text, int64_t at_ms, size_t points)
{
    const char *before, *behind;
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm;
    char when[40];
    bool told = tidy_find_time(&pen->arena, text, at_ms, &before, &behind) && is_plain(before)
             && is_plain(behind) && strlen(text) <= points && strlen(text) <= pen->points;
    if (told && gmtime_r(&seconds, &tm) && strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm))
        teams_say(pen, TEAMS_PLAIN, arena_print(&pen->arena, "%s{{DATE(%s,SHORT)}} {{TIME(%s)}}%s",
                                                before, when, when, behind));
    else
        teams_quote(pen, TEAMS_PLAIN, text, points, 1);
}

void teams_labelled(struct teams_pen *pen, const char *label, const char *text, size_t points)
{
    const char *clean = cleaned(pen, text, points, TEAMS_LINES_MAX);
    if (text_is_blank(clean))
        return;
    open_rich(pen);
    add_run(pen, TEAMS_BOLD, arena_print(&pen->arena, "%s: ", label));
    add_run(pen, TEAMS_PLAIN, clean);
    close_rich(pen);
}

void teams_said(struct teams_pen *pen, const char *label, const char *text, size_t points,
                bool emphasis)
{
    if (!text || text_is_blank(text))
        return;
    teams_box(pen, emphasis ? "emphasis" : NULL, !emphasis);
    teams_quote(pen, TEAMS_BOLD, label, TEAMS_POINTS_MAX, 1);
    teams_quote(pen, TEAMS_PLAIN, text, points, TEAMS_LINES_MAX);
    teams_box_end(pen);
}

void teams_refusal(struct teams_pen *pen, const char *refusal)
{
    if (!refusal || text_is_blank(refusal))
        return;
    teams_box(pen, "warning", false);
    teams_labelled(pen, "Nothing was changed", refusal, 400);
    teams_box_end(pen);
}

void teams_value(struct teams_pen *pen, const char *key, const char *text, size_t points,
                 size_t lines)
{
    const char *clean = cleaned(pen, text, points, lines);
    if (*clean)
        json_out_text(&pen->j, key, clean);
}

/* ---- boxes ---- */

void teams_box(struct teams_pen *pen, const char *style, bool line)
{
    json_out_object(&pen->j, NULL);
    json_out_text(&pen->j, "type", "Container");
    if (style)
        json_out_text(&pen->j, "style", style);
    if (line)
        json_out_bool(&pen->j, "separator", true);
    json_out_array(&pen->j, "items");
}

void teams_box_end(struct teams_pen *pen)
{
    json_out_array_end(&pen->j);
    json_out_object_end(&pen->j);
}

static void open_column(struct teams_pen *pen, const char *width)
{
    json_out_object(&pen->j, NULL);
    json_out_text(&pen->j, "type", "Column");
    if (*width >= '1' && *width <= '9')
        json_out_int(&pen->j, "width", *width - '0');
    else
        json_out_text(&pen->j, "width", width);
    json_out_array(&pen->j, "items");
}

void teams_columns(struct teams_pen *pen, const char *left_width)
{
    json_out_object(&pen->j, NULL);
    json_out_text(&pen->j, "type", "ColumnSet");
    json_out_text(&pen->j, "spacing", "Small");
    json_out_array(&pen->j, "columns");
    open_column(pen, left_width);
}

void teams_column_next(struct teams_pen *pen, const char *right_width)
{
    teams_box_end(pen);
    open_column(pen, right_width);
}

void teams_columns_end(struct teams_pen *pen)
{
    teams_box_end(pen);
    teams_box_end(pen);
}

/* ---- what can be clicked ---- */

static void add_number(struct json_out *j, const char *key, int64_t value)
{
    if (value)
        json_out_int(j, key, value);
}

static void add_data(struct teams_pen *pen, const struct teams_act *act)
{
    struct json_out *j = &pen->j;
    json_out_object(j, "data");
    json_out_object(j, "_d");
    json_out_text(j, "a", act->code);
    add_number(j, "t", act->ticket_id);
    add_number(j, "v", act->version);
    add_number(j, "n", act->number);
    json_out_optional(j, "w", act->word);
    json_out_optional(j, "k", pen->nonce);
    json_out_object_end(j);
    if (act->how == TEAMS_ASK) {
        json_out_object(j, "msteams");
        json_out_text(j, "type", "task/fetch");
        json_out_object_end(j);
    }
    json_out_object_end(j);
    if (!act->with_inputs)
        json_out_text(j, "associatedInputs", "none");
}

static void add_fallback(struct teams_pen *pen, const struct teams_act *act)
{
    struct json_out *j = &pen->j;
    json_out_object(j, "fallback");
    json_out_text(j, "type", "Action.Submit");
    json_out_text(j, "title", act->title);
    add_data(pen, act);
    json_out_object_end(j);
}

void teams_action(struct teams_pen *pen, const struct teams_act *act)
{
    struct json_out *j = &pen->j;
    bool now = act->how == TEAMS_NOW;
    json_out_object(j, NULL);
    json_out_text(j, "type", now ? "Action.Execute" : "Action.Submit");
    json_out_text(j, "title", act->title);
    if (now)
        json_out_text(j, "verb", act->code);
    json_out_optional(j, "tooltip", act->tip);
    if (act->primary || act->danger)
        json_out_text(j, "style", act->primary ? "positive" : "destructive");
    if (act->secondary)
        json_out_text(j, "mode", "secondary");
    add_data(pen, act);
    if (now)
        add_fallback(pen, act);
    json_out_object_end(j);
}
