/* The small cards: a line of the thread, a sentence of ours, help; and the texts of toasts. */
#include "cards/teams_part.h"

enum { SENTENCE_MAX = 600, TITLE_MAX = 120 };

/* ---- lines of the thread ---- */

/* What it is comes before who it is from: a name cannot pretend to be something else. What the
 * customer never sees stands on another ground, and its label says so. */
static void draw_line(struct teams_pen *pen, const void *what)
{
    const struct thread_line *line = what;
    bool internal = line->kind == THREAD_NOTE || line->kind == THREAD_DRAFT;
    bool named = line->who && line->kind != THREAD_ASSISTANT;
    if (line->kind == THREAD_CHANGE)
        teams_quote(pen, TEAMS_SUBTLE, line->text, SENTENCE_MAX, 3);
    else
        teams_said(pen, arena_print(&pen->arena, "%s%s%s", line->label, named ? " \xc2\xb7 " : "",
                                    named ? line->who : ""),
                   line->text, TEAMS_POINTS_MAX, internal);
}

int teams_line(const struct thread_line *line, struct buf *out)
{
    static const char *const words[] = {
        [THREAD_CUSTOMER] = "The customer wrote.",
        [THREAD_ASSISTANT] = "The assistant answered the customer.",
        [THREAD_REPLY] = "A technician answered the customer.",
        [THREAD_NOTE] = "Internal note.",
        [THREAD_DRAFT] = "The assistant proposes an answer.",
        [THREAD_REMINDER] = "The customer was reminded.",
        [THREAD_CHANGE] = "The ticket changed.",
    };
    if (line->kind == THREAD_NOTHING)
        return 0;
    return teams_fit(draw_line, line, NULL, words[line->kind], out);
}

/* ---- sentences ---- */

struct sentence {
    const char *title, *text;
    int64_t ticket_id, version, offer;
};

static void draw_sentence(struct teams_pen *pen, const void *what)
{
    const struct sentence *s = what;
    teams_quote(pen, TEAMS_HEADING, s->title, TITLE_MAX, 1);
    teams_quote(pen, TEAMS_PLAIN, s->text, SENTENCE_MAX, TEAMS_LINES_MAX);
    teams_actions(pen);
    if (s->offer > 0)
        teams_action(pen, &(struct teams_act){
            .title = "Send to customer", .code = "send_note", .ticket_id = s->ticket_id,
            .tip = "The customer will read this note.",
            .version = s->version, .number = s->offer,
        });
}

int teams_private(const char *sentence, int64_t ticket_id, int64_t version, int64_t offer,
                  const char *nonce, struct buf *out)
{
    struct sentence s = { NULL, sentence, ticket_id, version, offer };
    return teams_fit(draw_sentence, &s, nonce, "A message of the desk.", out);
}

int teams_notice(const char *title, const char *sentence, struct buf *out)
{
    struct sentence s = { .title = title, .text = sentence };
    return teams_fit(draw_sentence, &s, NULL, "A message of the desk.", out);
}

/* ---- help ---- */

static void draw_help(struct teams_pen *pen, const void *unused)
{
    static const struct { const char *write, *get; } rows[] = {
        { "queue", "tickets that nobody has yet" },
        { "mine", "tickets that you have" },
        { "next", "the ticket that waits longest for a person" },
        { "ticket 42", "the card of ticket 42" },
        { "find printer", "tickets with this word" },
        { "help", "this" },
    };
    (void)unused;
    teams_say(pen, TEAMS_HEADING, "What you can write here");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        teams_columns(pen, "2");
        teams_say(pen, TEAMS_BOLD, rows[i].write);
        teams_column_next(pen, "5");
        teams_say(pen, TEAMS_PLAIN, rows[i].get);
        teams_columns_end(pen);
    }
    teams_say(pen, TEAMS_PLAIN, "What is written in the thread of a ticket becomes an internal "
                                "note, where the team lets the desk read it. To customers goes "
                                "only what you send with Reply to customer or Send to customer.");
    teams_actions(pen);
    teams_action(pen, &(struct teams_act){ .title = "My tickets", .code = "filter",
                                           .word = list_view_code(LIST_MINE) });
    teams_action(pen, &(struct teams_act){ .title = "Queue", .code = "filter",
                                           .word = list_view_code(LIST_UNASSIGNED) });
    teams_action(pen, &(struct teams_act){ .title = "Next ticket", .code = "next" });
}

int teams_help(const char *nonce, struct buf *out)
{
    return teams_fit(draw_help, NULL, nonce, "What you can write to the desk.", out);
}

/* ---- toasts ---- */

int teams_summary_card(const struct card *card, struct buf *out)
{
    return buf_print(out, "Ticket #%lld: %s, %s.", (long long)card->ticket_id, card->status,
                     card->priority);
}

int teams_summary_line(const struct thread_line *line, int64_t ticket_id, struct buf *out)
{
    static const char *const words[] = {
        [THREAD_NOTHING] = "nothing new",
        [THREAD_CUSTOMER] = "the customer wrote",
        [THREAD_ASSISTANT] = "the assistant answered",
        [THREAD_REPLY] = "a reply went to the customer",
        [THREAD_NOTE] = "a new internal note",
        [THREAD_DRAFT] = "the assistant proposes an answer",
        [THREAD_REMINDER] = "a reminder went to the customer",
        [THREAD_CHANGE] = "it changed",
    };
    return buf_print(out, "Ticket #%lld: %s.", (long long)ticket_id, words[line->kind]);
}

int teams_summary_alerts(const struct alert_view *alerts, size_t count, struct buf *out)
{
    if (count == 1 && alerts->ticket_id)
        return buf_print(out, "Ticket #%lld needs a look.", (long long)alerts->ticket_id);
    return count == 1 ? buf_text(out, "There is an alert.")
                      : buf_print(out, "There are %zu alerts.", count);
}
