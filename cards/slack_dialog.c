/* Modals: the dialogs, the one that says that data comes, and the one that says a sentence. */
#include <string.h>

#include "bot/base/text.h"
#include "cards/slack.h"
#include "cards/slack_part.h"

static const size_t rooms[] = { SLACK_QUOTE_MAX, 0 };

static void add_text(struct slack_page *p, const struct dialog_field *f, bool focus)
{
    size_t max = f->max && f->max < SLACK_INPUT_MAX ? f->max : SLACK_INPUT_MAX;
    json_out_object(&p->j, "element");
    json_out_text(&p->j, "type", "plain_text_input");
    json_out_text(&p->j, "action_id", "v");
    json_out_bool(&p->j, "multiline", f->kind == DIALOG_LONG);
    json_out_int(&p->j, "max_length", (int64_t)max);
    if (f->initial)
        json_out_optional(&p->j, "initial_value",
                          f->kind == DIALOG_LONG ? slack_clip(p, f->initial, max)
                                                 : slack_clip_line(p, f->initial, max));
    if (focus)
        json_out_bool(&p->j, "focus_on_load", true);
    json_out_object_end(&p->j);
}

static void add_choice(struct slack_page *p, const struct dialog_field *f)
{
    json_out_object(&p->j, "element");
    json_out_text(&p->j, "type", "static_select");
    json_out_text(&p->j, "action_id", "v");
    slack_plain(p, "placeholder", "Choose", SLACK_LABEL_MAX);
    json_out_array(&p->j, "options");
    for (size_t i = 0; i < f->choice_count && i < DIALOG_CHOICES_MAX; i++)
        slack_option(p, NULL, f->choices[i].label, f->choices[i].value);
    json_out_array_end(&p->j);
    for (size_t i = 0; f->initial && i < f->choice_count && i < DIALOG_CHOICES_MAX; i++)
        if (!strcmp(f->choices[i].value, f->initial))
            slack_option(p, "initial_option", f->choices[i].label, f->choices[i].value);
    json_out_object_end(&p->j);
}

static void add_input(struct slack_page *p, const struct dialog_field *f, bool focus)
{
    slack_block(p, "input", f->id);
    slack_plain(p, "label", f->label, SLACK_HINT_MAX);
    if (f->kind == DIALOG_CHOICE)
        add_choice(p, f);
    else
        add_text(p, f, focus);
    if (f->hint)
        slack_plain(p, "hint", f->hint, SLACK_HINT_MAX);
    json_out_bool(&p->j, "optional", f->optional);
    slack_block_end(p);
}

static void add_warning(struct slack_page *p, const char *text)
{
    slack_rich(p);
    slack_section(p);
    slack_emoji(p, "warning");
    slack_words(p, " ", SLACK_NORMAL);
    slack_words(p, slack_clip(p, text, p->room), SLACK_BOLD);
    slack_part_end(p);
    slack_rich_end(p);
}

/* Our own sentences stand in a context line, what people said in a quote. */
static void add_paragraph(struct slack_page *p, const struct dialog *d,
                          const struct dialog_field *f)
{
    const char *sign = d->internal ? ":lock: " : "";
    if (d->action == CARD_REPLY || d->action == CARD_SEND_DRAFT)
        sign = ":outbox_tray: ";
    if (!f->untrusted)
        slack_context(p, arena_print(&p->a, "%s%s", sign, f->label));
    else if (!strcmp(f->id, "about"))
        slack_say(p, f->label, SLACK_BOLD);
    else if (!strcmp(f->id, "warning"))
        add_warning(p, f->label);
    else
        slack_say_quote(p, f->label);
}

static void draw_dialog(struct slack_page *p, const void *what)
{
    const struct dialog *d = what;
    bool focused = false;
    slack_view(p, &(struct slack_view_head){
        .type = "modal", .code = d->action < CARD_ACTIONS ? card_action_code(d->action) : "new",
        .title = d->title, .submit = d->submit, .close = d->close,
        .metadata = arena_print(&p->a, "%lld:%lld:%lld", (long long)d->ticket_id,
                                (long long)d->version, (long long)d->number) });
    for (size_t i = 0; i < d->field_count; i++) {
        const struct dialog_field *f = &d->fields[i];
        bool types = f->kind == DIALOG_TEXT || f->kind == DIALOG_LONG;
        if (f->kind == DIALOG_SAY)
            add_paragraph(p, d, f);
        else
            add_input(p, f, types && !focused);
        focused |= types;
    }
    slack_view_end(p);
}

int slack_dialog(const struct dialog *dialog, struct buf *view)
{
    return slack_fit(view, SLACK_VIEW_MAX, rooms, draw_dialog, dialog);
}

/* ---- only to read ---- */

struct saying { const char *code, *title, *sentence; };

static void draw_saying(struct slack_page *p, const void *what)
{
    const struct saying *s = what;
    slack_view(p, &(struct slack_view_head){ .type = "modal", .code = s->code, .title = s->title,
                                             .close = "Close" });
    slack_say(p, s->sentence, SLACK_NORMAL);
    slack_view_end(p);
}

int slack_loading(const char *title, struct buf *view)
{
    return slack_fit(view, SLACK_VIEW_MAX, rooms, draw_saying,
                     &(struct saying){ "loading", title, "Loading …" });
}

int slack_notice(const char *title, const char *sentence, struct buf *view)
{
    return slack_fit(view, SLACK_VIEW_MAX, rooms, draw_saying,
                     &(struct saying){ "notice", title, sentence });
}
