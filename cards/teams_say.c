/* The small cards: a line of the thread, a sentence of ours, help; and the texts of toasts. */
#include <string.h>

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

/* One that somebody has is new only in this place. */
int teams_summary_post(const struct card *card, struct buf *out)
{
    if (strcmp(card->status, ticket_status_label(TICKET_OPEN)) != 0)
        return teams_summary_card(card, out);
    return buf_print(out, "New ticket #%lld, %s.", (long long)card->ticket_id, card->priority);
}

int teams_summary_line(const struct thread_line *line, struct buf *out)
{
    return teams_clean(line->brief ? line->brief : "Nothing new.", SENTENCE_MAX, 1, out);
}

static const char *what_happened(const struct alert_view *alert)
{
    static const struct { const char *kind, *words; } rows[] = {
        { "sentiment", "the customer is upset" }, { "panic", "this cannot wait" },
        { "handoff", "it needs a person" }, { "human_asked", "the customer asks for a person" },
        { "decide", "no answer from the customer, please decide" },
        { "awake", "it is back from snooze" }, { "transfer", "it was transferred" },
        { "escalate", "it was escalated" }, { "undelivered", "something could not be delivered" },
        { "weekly", "how the week was" },
    };
    for (size_t i = 0; alert->kind && i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].kind, alert->kind))
            return rows[i].words;
    return "please have a look";
}

/* Of several the first one is told. */
int teams_summary_alerts(const struct alert_view *alerts, size_t count, struct buf *out)
{
    if (count && alerts->ticket_id)
        buf_print(out, "Ticket #%lld: %s", (long long)alerts->ticket_id, what_happened(alerts));
    else
        buf_print(out, "The desk: %s", count ? what_happened(alerts) : "nothing new");
    bool report = count && alerts->kind && !strcmp(alerts->kind, "weekly");
    if (count > 1 && !report)
        buf_print(out, ", and %zu more alert%s", count - 1, count == 2 ? "" : "s");
    return buf_text(out, ".");
}
