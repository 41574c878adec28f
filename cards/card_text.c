/* The card as plain text, for terminals, mails and logs of a test. */
#include "cards/card.h"

/* Further lines of a text are indented, so that no message can look like a heading of the card. */
static void add_indented(struct buf *out, const char *text)
{
    for (; *text; text++) {
        buf_char(out, *text);
        if (*text == '\n')
            buf_text(out, "    ");
    }
    buf_char(out, '\n');
}

static void add_part(struct buf *out, const char *label, const char *text)
{
    if (!text)
        return;
    buf_print(out, "%s: ", label);
    add_indented(out, text);
}

static void add_buttons(struct buf *out, const struct card *card)
{
    for (size_t i = 0; i < card->button_count; i++) {
        const char *before = i == 0 ? (card->front_count ? "[" : "More: ")
                                    : i == card->front_count ? "\nMore: " : i < card->front_count
                                    ? " [" : ", ";
        buf_print(out, "%s%s%s", before, card->buttons[i].label, i < card->front_count ? "]" : "");
    }
    buf_char(out, '\n');
}

int card_render_text(const struct card *card, struct buf *out)
{
    buf_print(out, "%s\n%s. %s. %s. %s.\n", card->title, card->status, card->priority,
              card->sentiment, card->owner);
    add_part(out, "Attention", card->warning);
    add_part(out, "Why people", card->came);
    for (size_t i = 0; i < card->fact_count; i++)
        add_part(out, card->facts[i].label, card->facts[i].value);
    add_part(out, "So far", card->tried);
    add_part(out, "Draft", card->proposed);
    for (size_t i = 0; i < card->line_count; i++) {
        buf_print(out, "  %s: ", card->lines[i].who);
        add_indented(out, card->lines[i].text);
    }
    add_buttons(out, card);
    return out->failed ? -1 : 0;
}
