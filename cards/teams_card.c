/* The card of a ticket: in the channel, and in the dialog with everything else that can be done. */
#include <string.h>

#include "cards/teams_part.h"

/* The card in the channel is for the look in passing; all facts are in the dialog. */
enum { FACTS_IN_FRONT = 4, SENTENCE_MAX = 200, FACT_MAX = 300, ANSWER_MAX = 300,
       SUMMARY_MAX = 600, ACTIONS_MAX = 6, PRIMARY_MAX = 3 };

struct drawing {
    const struct card *card;
    const char *refusal;
    bool all;
};

static bool is_closed(const struct card *card)
{
    return !strcmp(card->status, ticket_status_label(TICKET_CLOSED));
}

static void number_and_status(struct teams_pen *pen, const struct card *card)
{
    teams_say(pen, TEAMS_HEADING, arena_print(&pen->arena, "Ticket #%lld \xc2\xb7 %s",
                                              (long long)card->ticket_id, card->status));
}

/* Which ticket it is: number and status, subject, the state in words. */
static void add_head(struct teams_pen *pen, const struct card *card)
{
    number_and_status(pen, card);
    teams_quote(pen, TEAMS_BOLD, card_subject(card), SENTENCE_MAX, 1);
    teams_quote(pen, TEAMS_PLAIN, arena_print(&pen->arena, "%s \xc2\xb7 %s \xc2\xb7 %s",
                                              card->priority, card->owner, card->sentiment),
                SENTENCE_MAX, 1);
    if (!card->warning)
        return;
    teams_box(pen, "attention", false);
    teams_labelled(pen, "Attention", card->warning, SENTENCE_MAX);
    teams_box_end(pen);
}

static void add_facts(struct teams_pen *pen, const struct card *card, size_t max)
{
    for (size_t i = 0; i < card->fact_count && i < max; i++) {
        teams_columns(pen, "2");
        teams_say(pen, TEAMS_SUBTLE, card->facts[i].label);
        teams_column_next(pen, "5");
        teams_quote_at(pen, card->facts[i].value, card->facts[i].at_ms, FACT_MAX);
        teams_columns_end(pen);
    }
}

static const struct card_line *last_of(const struct card *card, bool customer)
{
    for (size_t i = card->line_count; i > 0; i--)
        if ((card->lines[i - 1].author == AUTHOR_CONTACT) == customer)
            return &card->lines[i - 1];
    return NULL;
}

/* What the customer said last, and what they were told after that. */
static void add_talk(struct teams_pen *pen, const struct card *card)
{
    const struct card_line *customer = last_of(card, true), *answer = last_of(card, false);
    if (customer)
        teams_said(pen, "Customer wrote:", customer->text, TEAMS_POINTS_MAX, false);
    if (answer && (!customer || answer > customer))
        teams_said(pen, arena_print(&pen->arena, "%s to the customer:", answer->who),
                   answer->text, ANSWER_MAX, false);
}

/* Three buttons share a row: Teams cuts long titles off, so these are shorter than elsewhere. */
static const char *title_of(const struct card_button *b)
{
    return b->action == CARD_SEND_DRAFT ? "Send draft to customer"
         : b->action == CARD_TAKEOVER ? "Take over" : b->label;
}

static void add_button(struct teams_pen *pen, const struct card *card,
                       const struct card_button *b, size_t place, bool in_dialog)
{
    teams_action(pen, &(struct teams_act){
        .title = title_of(b), .code = card_action_code(b->action), .tip = b->dialog,
        .how = in_dialog ? TEAMS_SUBMIT : b->dialog ? TEAMS_ASK : TEAMS_NOW,
        .ticket_id = card->ticket_id, .version = card->version,
        .primary = b->primary, .danger = b->danger, .secondary = place >= PRIMARY_MAX,
    });
}

/* How many of the first buttons stand on the card; the others are behind "More actions". */
static size_t in_front(const struct card *card)
{
    size_t n = is_closed(card) ? 1 : card->front_count;
    if (n >= card->button_count && card->button_count <= ACTIONS_MAX)
        return card->button_count;
    return n < ACTIONS_MAX ? n : ACTIONS_MAX - 1;
}

static void add_actions(struct teams_pen *pen, const struct card *card)
{
    size_t n = in_front(card);
    for (size_t i = 0; i < n; i++)
        add_button(pen, card, &card->buttons[i], i, false);
    if (n < card->button_count)
        teams_action(pen, &(struct teams_act){
            .title = "More actions", .code = "more", .how = TEAMS_ASK, .secondary = true,
            .ticket_id = card->ticket_id, .version = card->version,
        });
}

static void draw_closed(struct teams_pen *pen, const struct card *card)
{
    const char *outcome = NULL;
    for (size_t i = 0; i < card->fact_count; i++)
        if (!strcmp(card->facts[i].label, "Outcome"))
            outcome = card->facts[i].value;
    number_and_status(pen, card);
    teams_quote(pen, TEAMS_PLAIN, arena_print(&pen->arena, "%s%s%s", card_subject(card),
                                              outcome ? " \xc2\xb7 " : "", outcome ? outcome : ""),
                SENTENCE_MAX, 1);
}

static void draw_open(struct teams_pen *pen, const struct card *card)
{
    add_head(pen, card);
    teams_quote(pen, TEAMS_PLAIN, card->came, SENTENCE_MAX, 1);
    add_facts(pen, card, FACTS_IN_FRONT);
    teams_said(pen, "So far, by the assistant (internal):", card->tried, SUMMARY_MAX, true);
    add_talk(pen, card);
    teams_said(pen, "Draft of the assistant, the customer has not seen it:", card->proposed,
               SUMMARY_MAX, true);
    if (card->hint)
        teams_say(pen, TEAMS_SUBTLE, card->hint);
}

static void draw_card(struct teams_pen *pen, const void *what)
{
    const struct drawing *d = what;
    teams_refusal(pen, d->refusal);
    (is_closed(d->card) ? draw_closed : draw_open)(pen, d->card);
    teams_actions(pen);
    add_actions(pen, d->card);
}

int teams_card(const struct card *card, const char *nonce, const char *refusal, struct buf *out)
{
    struct drawing d = { .card = card, .refusal = refusal };
    struct buf speak;
    buf_init(&speak, 1000);
    teams_summary_card(card, &speak);
    int result = teams_fit(draw_card, &d, nonce, speak.data, out);
    buf_clear(&speak);
    return result;
}

/* ---- the dialog with all that can be done ---- */

#define END CARD_ACTIONS
/* What goes to the customer stands alone. At most three in a row: more would hide. */
static const struct group { const char *title; enum card_action actions[7]; } groups[] = {
    { "To the customer", { CARD_REPLY, CARD_SEND_DRAFT, END } },
    { "Inside the desk: the customer never sees it",
      { CARD_NOTE, CARD_ESCALATE, CARD_REVIEW, CARD_REVIEWED, CARD_AI_WRONG, END } },
    { "Who has it",
      { CARD_CLAIM, CARD_TAKEOVER, CARD_TAKE_FROM, CARD_TRANSFER, CARD_RELEASE, CARD_GIVE_BACK,
        END } },
    { "What it is", { CARD_PRIORITY, CARD_CATEGORY, CARD_SUBJECT, CARD_TAG, END } },
    { "When", { CARD_SNOOZE, CARD_WAKE, CARD_HOLD, CARD_KEEP_OPEN, END } },
    { "How it ends", { CARD_RESOLVE, CARD_CLOSE, CARD_REOPEN, END } },
};

static const struct card_button *offered(const struct drawing *d, enum card_action action)
{
    for (size_t i = d->all ? 0 : in_front(d->card); i < d->card->button_count; i++)
        if (d->card->buttons[i].action == action)
            return &d->card->buttons[i];
    return NULL;
}

static void add_group(struct teams_pen *pen, const struct drawing *d, const struct group *group)
{
    size_t n = 0;
    for (size_t i = 0; group->actions[i] != END; i++) {
        const struct card_button *b = offered(d, group->actions[i]);
        if (!b)
            continue;
        if (n == 0)
            teams_say(pen, TEAMS_BOLD, group->title);
        else if (n % PRIMARY_MAX == 0)
            teams_row_end(pen);
        if (n % PRIMARY_MAX == 0)
            teams_row(pen);
        add_button(pen, d->card, b, n++ % PRIMARY_MAX, true);
    }
    if (n)
        teams_row_end(pen);
}

static void draw_more(struct teams_pen *pen, const void *what)
{
    const struct drawing *d = what;
    add_head(pen, d->card);
    teams_quote(pen, TEAMS_PLAIN, d->card->came, SENTENCE_MAX, 1);
    add_facts(pen, d->card, CARD_FACTS_MAX);
    if (d->all)
        add_talk(pen, d->card);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        add_group(pen, d, &groups[i]);
}

int teams_more(const struct card *card, const char *nonce, bool all, struct buf *out)
{
    struct drawing d = { .card = card, .all = all };
    struct buf speak;
    buf_init(&speak, 1000);
    teams_summary_card(card, &speak);
    int result = teams_fit(draw_more, &d, nonce, speak.data, out);
    buf_clear(&speak);
    return result;
}
