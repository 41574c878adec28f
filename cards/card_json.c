/* The card as JSON, for the web inbox and for programs. */
#include "bot/base/json_out.h"
#include "cards/card.h"

static void add_facts(struct json_out *j, const struct card *card)
{
    json_array(j, "facts");
    for (size_t i = 0; i < card->fact_count; i++) {
        json_object(j, NULL);
        json_text(j, "label", card->facts[i].label);
        json_text(j, "value", card->facts[i].value);
        json_object_end(j);
    }
    json_array_end(j);
}

static void add_lines(struct json_out *j, const struct card *card)
{
    json_array(j, "lines");
    for (size_t i = 0; i < card->line_count; i++) {
        const struct card_line *line = &card->lines[i];
        json_object(j, NULL);
        json_text(j, "who", line->who);
        json_text(j, "author", entry_author_code(line->author));
        json_int(j, "at", line->at_ms);
        json_text(j, "text", line->text);
        json_object_end(j);
    }
    json_array_end(j);
}

static void add_buttons(struct json_out *j, const struct card *card)
{
    json_array(j, "buttons");
    for (size_t i = 0; i < card->button_count; i++) {
        const struct card_button *b = &card->buttons[i];
        json_object(j, NULL);
        json_text(j, "action", card_action_code(b->action));
        json_text(j, "label", b->label);
        json_text(j, "dialog", b->dialog);
        json_bool(j, "front", i < card->front_count);
        json_bool(j, "primary", b->primary);
        json_bool(j, "danger", b->danger);
        json_object_end(j);
    }
    json_array_end(j);
}

int card_render_json(const struct card *card, struct buf *out)
{
    struct json_out j = { .buf = out };
    json_object(&j, NULL);
    json_int(&j, "ticket", card->ticket_id);
    json_int(&j, "version", card->version);
    json_text(&j, "title", card->title);
    json_text(&j, "headline", card->headline);
    json_text(&j, "status", card->status);
    json_text(&j, "priority", card->priority);
    json_text(&j, "band", card->band);
    json_text(&j, "sentiment", card->sentiment);
    json_text(&j, "owner", card->owner);
    json_text(&j, "came", card->came);
    json_text(&j, "tried", card->tried);
    json_text(&j, "proposed", card->proposed);
    json_text(&j, "warning", card->warning);
    add_facts(&j, card);
    add_lines(&j, card);
    add_buttons(&j, card);
    json_object_end(&j);
    return out->failed ? -1 : 0;
}
