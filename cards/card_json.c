/* The card as JSON, for the web inbox and for programs. */
#include "bot/base/json_out.h"
#include "cards/card.h"

static void add_facts(struct json_out *j, const struct card *card)
{
    json_out_array(j, "facts");
    for (size_t i = 0; i < card->fact_count; i++) {
        json_out_object(j, NULL);
        json_out_text(j, "label", card->facts[i].label);
        json_out_text(j, "value", card->facts[i].value);
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

static void add_lines(struct json_out *j, const struct card *card)
{
    json_out_array(j, "lines");
    for (size_t i = 0; i < card->line_count; i++) {
        const struct card_line *line = &card->lines[i];
        json_out_object(j, NULL);
        json_out_text(j, "who", line->who);
        json_out_text(j, "author", entry_author_code(line->author));
        json_out_int(j, "at", line->at_ms);
        json_out_text(j, "text", line->text);
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

static void add_buttons(struct json_out *j, const struct card *card)
{
    json_out_array(j, "buttons");
    for (size_t i = 0; i < card->button_count; i++) {
        const struct card_button *b = &card->buttons[i];
        json_out_object(j, NULL);
        json_out_text(j, "action", card_action_code(b->action));
        json_out_text(j, "label", b->label);
        json_out_text(j, "dialog", b->dialog);
        json_out_bool(j, "front", i < card->front_count);
        json_out_bool(j, "primary", b->primary);
        json_out_bool(j, "danger", b->danger);
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

int card_render_json(const struct card *card, struct buf *out)
{
    struct json_out j = { .buf = out };
    json_out_object(&j, NULL);
    json_out_int(&j, "ticket", card->ticket_id);
    json_out_int(&j, "version", card->version);
    json_out_text(&j, "title", card->title);
    json_out_text(&j, "headline", card->headline);
    json_out_text(&j, "status", card->status);
    json_out_text(&j, "priority", card->priority);
    json_out_text(&j, "band", card->band);
    json_out_text(&j, "sentiment", card->sentiment);
    json_out_text(&j, "owner", card->owner);
    json_out_text(&j, "came", card->came);
    json_out_text(&j, "tried", card->tried);
    json_out_text(&j, "proposed", card->proposed);
    json_out_text(&j, "warning", card->warning);
    add_facts(&j, card);
    add_lines(&j, card);
    add_buttons(&j, card);
    json_out_object_end(&j);
    return out->failed ? -1 : 0;
}
