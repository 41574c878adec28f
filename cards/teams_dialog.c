/* A dialog as the card of a task: paragraphs, then inputs, then one button. Teams adds its own way
 * to close it, so there is none here. */
#include <string.h>

#include "cards/teams_part.h"

enum { PARAGRAPH_MAX = 600, LABEL_MAX = 60, MANY_LINES = 100000 };

struct drawing {
    const struct dialog *dialog;
    const char *refusal;
};

/* What nobody outside sees is said in words and stands on a ground of its own. */
static void add_paragraph(struct teams_pen *pen, const struct dialog *d,
                          const struct dialog_field *f)
{
    if (f->untrusted) {
        teams_quote(pen, TEAMS_PLAIN, f->label, PARAGRAPH_MAX, TEAMS_LINES_MAX);
        return;
    }
    teams_box(pen, d->internal ? "emphasis" : NULL, false);
    if (d->internal && strncmp(f->label, "Internal", 8) != 0)
        teams_labelled(pen, "Internal", f->label, PARAGRAPH_MAX);
    else
        teams_quote(pen, TEAMS_BOLD, f->label, PARAGRAPH_MAX, TEAMS_LINES_MAX);
    teams_box_end(pen);
}

static void open_input(struct teams_pen *pen, const char *type, const struct dialog_field *f)
{
    struct json_out *j = &pen->j;
    if (f->hint)
        teams_quote(pen, TEAMS_SUBTLE, f->hint, PARAGRAPH_MAX, 2);
    json_out_object(j, NULL);
    json_out_text(j, "type", type);
    json_out_text(j, "id", f->id);
    json_out_text(j, "label", f->optional ? arena_print(&pen->arena, "%s (optional)", f->label)
                                          : f->label);
    if (f->optional)
        return;
    json_out_bool(j, "isRequired", true);
    json_out_text(j, "errorMessage", arena_print(&pen->arena, "Please fill in: %s.", f->label));
}

static void add_text(struct teams_pen *pen, const struct dialog_field *f)
{
    size_t points = f->max ? f->max : TEAMS_POINTS_MAX;
    open_input(pen, "Input.Text", f);
    if (f->kind == DIALOG_LONG)
        json_out_bool(&pen->j, "isMultiline", true);
    if (f->max)
        json_out_int(&pen->j, "maxLength", (int64_t)f->max);
    teams_value(pen, "value", f->initial, points, f->kind == DIALOG_LONG ? MANY_LINES : 1);
    json_out_object_end(&pen->j);
}

/* A drop-down: its lines are plain text, where a list of round buttons may be Markdown. The square
 * brackets go nevertheless: no link can be made without them. */
static void add_choice(struct teams_pen *pen, const struct dialog_choice *c)
{
    char *label = arena_copy(&pen->arena, c->label ? c->label : c->value);
    for (char *at = label; *at; at++)
        *at = *at == '[' ? '(' : *at == ']' ? ')' : *at;
    json_out_object(&pen->j, NULL);
    teams_value(pen, "title", label, LABEL_MAX, 1);
    json_out_text(&pen->j, "value", c->value);
    json_out_object_end(&pen->j);
}

void teams_choices(struct teams_pen *pen, const struct dialog_field *f)
{
    open_input(pen, "Input.ChoiceSet", f);
    json_out_text(&pen->j, "style", "compact");
    json_out_text(&pen->j, "placeholder", "Choose one");
    json_out_optional(&pen->j, "value", f->initial);
    json_out_array(&pen->j, "choices");
    for (size_t i = 0; i < f->choice_count && i < DIALOG_CHOICES_MAX; i++)
        add_choice(pen, &f->choices[i]);
    json_out_array_end(&pen->j);
    json_out_object_end(&pen->j);
}

static void draw(struct teams_pen *pen, const void *what)
{
    const struct drawing *drawing = what;
    const struct dialog *d = drawing->dialog;
    teams_refusal(pen, drawing->refusal);
    for (size_t i = 0; i < d->field_count; i++) {
        const struct dialog_field *f = &d->fields[i];
        if (f->kind == DIALOG_SAY)
            add_paragraph(pen, d, f);
        else if (f->kind == DIALOG_CHOICE)
            teams_choices(pen, f);
        else
            add_text(pen, f);
    }
    teams_actions(pen);
    if (d->submit)
        teams_action(pen, &(struct teams_act){
            .title = d->submit, .how = TEAMS_SUBMIT, .with_inputs = true, .primary = true,
            .code = d->action < CARD_ACTIONS ? card_action_code(d->action) : "new_ticket",
            .ticket_id = d->ticket_id, .version = d->version, .number = d->number,
        });
}

int teams_dialog(const struct dialog *dialog, const char *nonce, const char *refusal,
                 struct buf *out)
{
    struct drawing d = { dialog, refusal };
    return teams_fit(draw, &d, nonce, dialog->title, out);
}
