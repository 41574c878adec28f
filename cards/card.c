/* View -> card: the sentences. What customers and models wrote is cleaned and clipped here, once
 * (tidy.h): no renderer has to think of it. */
#include "cards/card.h"

#include <string.h>

#include "cards/card_action.h"
#include "cards/tidy.h"

static const char *owner(const struct ticket_view *v, const struct card_viewer *viewer,
                         struct arena *a)
{
    bool done = ticket_is_done(v->status);
    if (v->assignee_id && v->assignee_id == viewer->technician_id)
        return done ? "You had it" : "You have it";
    if (v->assignee_id)
        return arena_print(a, "%s %s it", tidy_name(a, v->assignee, "Someone"),
                           done ? "had" : "has");
    if (done)
        return v->outcome == OUTCOME_RESOLVED_AI ? "The assistant solved it" : "Nobody had it";
    if (v->handler == HANDLER_AI)
        return "The assistant has it";
    if (v->team_id)
        return arena_print(a, "Nobody in %s has it yet", tidy_name(a, v->team, "the team"));
    return "Nobody has it yet";
}

static const char *came(const struct ticket_view *v)
{
    static const struct { const char *code, *text; } reasons[] = {
        { "human_asked", "The customer asked for a person." },
        { "panic", "The customer's words sound like an emergency." },
        { "anger", "The customer is angry." },
        { "rounds", "The assistant tried and did not solve it." },
        { "complex", "It is too complex for the assistant." },
        { "no_answer", "The knowledge base has no answer to it." },
        { "policy", "Such requests always go to people." },
        { "safety", "It is about safety: threats, harm, crime or leaked data." },
    };
    if (v->handler == HANDLER_AI)
        return NULL;
    for (size_t i = 0; v->reason && i < sizeof reasons / sizeof *reasons; i++)
        if (!strcmp(reasons[i].code, v->reason))
            return reasons[i].text;
    if (v->source && !strcmp(v->source, "manual"))
        return "A technician opened it.";
    if (v->outcome == OUTCOME_RESOLVED_AI)
        return NULL;
    return v->handler == HANDLER_HUMAN ? "A technician stepped in." : "It goes straight to people.";
}

static const char *sentiment(const struct ticket_view *v, struct arena *a)
{
    static const char *const words[SENTIMENT_BANDS] = {
        [BAND_RED] = "angry", [BAND_ORANGE] = "unhappy", [BAND_YELLOW] = "neutral",
        [BAND_GREEN] = "content",
    };
    const char *word = words[sentiment_band(v->sentiment)];
    return arena_print(a, "Sentiment %d of 100, %s", v->sentiment, word);
}

static const char *warning(const struct ticket_view *v, struct arena *a)
{
    const char *text = "";
    if (v->alert && !ticket_is_done(v->status))
        text = sentiment_band(v->sentiment) <= BAND_ORANGE
             ? "The customer is unhappy: please look soon. "
             : "This cannot wait: please look now. ";
    if (v->undelivered)
        text = arena_print(a, "%s%d %s could not be delivered. ", text, v->undelivered,
                           v->undelivered == 1 ? "message" : "messages");
    if (v->other_open)
        text = arena_print(a, "%sThis requester has %d other open %s. ", text, v->other_open,
                           v->other_open == 1 ? "ticket" : "tickets");
    if (v->needs_review)
        text = arena_print(a, "%sFlagged for review. ", text);
    return *text ? arena_copy_n(a, text, strlen(text) - 1) : NULL;
}

static void fact_at(struct card *card, const char *label, const char *value, int64_t at_ms)
{
    if (value && *value && card->fact_count < CARD_FACTS_MAX)
        card->facts[card->fact_count++] = (struct card_fact){ label, value, at_ms };
}

static void fact(struct card *card, const char *label, const char *value)
{
    fact_at(card, label, value, 0);
}

static const char *requester(const struct ticket_view *v, struct arena *a)
{
    const char *name = tidy_name(a, v->contact_name, "A visitor");
    if (!v->contact_email)
        return name;
    return arena_print(a, "%s, %s (%s)", name, tidy_line(a, v->contact_email, TIDY_FACT_MAX),
                       v->contact_verified ? "verified" : "not verified");
}

static const char *category(const struct ticket_view *v, struct arena *a)
{
    if (!v->category)
        return NULL;
    const char *text = tidy_line(a, v->category, TIDY_NAME_MAX);
    if (v->type)
        text = arena_print(a, "%s / %s", text, tidy_line(a, v->type, TIDY_NAME_MAX));
    if (v->type && v->subtype)
        text = arena_print(a, "%s / %s", text, tidy_line(a, v->subtype, TIDY_NAME_MAX));
    return text;
}

static const char *tags(const struct ticket_view *v, struct arena *a)
{
    const char *text = NULL;
    for (size_t i = 0; i < v->tag_count && i < VIEW_TAGS_MAX; i++)
        text = arena_print(a, "%s%s%s", text ? text : "", text ? ", " : "",
                           tidy_line(a, v->tags[i], TIDY_NAME_MAX));
    return tidy_line(a, text, TIDY_FACT_MAX);
}

static const char *reminders(const struct ticket_view *v, struct arena *a)
{
    if (v->status == TICKET_AWAITING_CLOSE)
        return arena_print(a, "%d sent, no answer", v->reminders);
    if (v->status != TICKET_WAITING_CUSTOMER || (!v->reminders && !v->reminder_due_ms))
        return NULL;
    const char *sent = arena_print(a, "%d of at most %d sent", v->reminders, REMINDERS_MAX);
    if (!v->reminder_due_ms)
        return sent;
    return arena_print(a, "%s, next %s", sent, tidy_time(a, v->reminder_due_ms));
}

static const char *ending(const struct ticket_view *v, struct arena *a)
{
    static const char *const words[TICKET_OUTCOMES] = {
        [OUTCOME_NONE] = NULL, [OUTCOME_RESOLVED_AI] = "Resolved by the assistant",
        [OUTCOME_RESOLVED] = "Resolved", [OUTCOME_ESCALATED] = "Escalated",
        [OUTCOME_ACTIONED] = "Actioned", [OUTCOME_NO_RESPONSE] = "No response",
        [OUTCOME_INVALID] = "Invalid",
    };
    const char *word = ticket_is_done(v->status) ? words[v->outcome] : NULL;
    if (!word || !v->close_reason)
        return word;
    return arena_print(a, "%s: %s", word, tidy_line(a, v->close_reason, TIDY_FACT_MAX));
}

/* The most telling first: what does not fit is left out from the end. */
static void add_facts(struct card *card, const struct ticket_view *v, int64_t now_ms,
                      struct arena *a)
{
    fact(card, "Requester", requester(v, a));
    fact(card, "Client", arena_print(a, "%s%s", tidy_name(a, v->client_name, v->client_key),
                                     v->client_vip ? " (VIP)" : ""));
    fact(card, "Outcome", ending(v, a));
    fact(card, "Category", category(v, a));
    fact(card, "Team", tidy_line(a, v->team, TIDY_NAME_MAX));
    if (v->waiting_since_ms && v->status == TICKET_WAITING_CUSTOMER)
        fact_at(card, "Waiting since", tidy_time(a, v->waiting_since_ms), v->waiting_since_ms);
    fact_at(card, "Reminders", reminders(v, a), v->reminder_due_ms);
    if (v->snoozed_until_ms > now_ms)
        fact_at(card, "Snoozed until", tidy_time(a, v->snoozed_until_ms), v->snoozed_until_ms);
    if (v->followup_of)
        fact(card, "Follow-up of", arena_print(a, "#%lld", (long long)v->followup_of));
    fact(card, "Tags", tags(v, a));
    fact(card, "Language", v->lang && strcmp(v->lang, "und") ? v->lang : NULL);
    fact_at(card, "Opened", arena_print(a, "%s by %s", tidy_time(a, v->created_ms),
                                        tidy_line(a, v->source, TIDY_NAME_MAX)), v->created_ms);
}

/* A requester may call themselves as a technician is called; the line still says who speaks. */
static const char *speaker(const struct ticket_view *v, const struct entry *e, struct arena *a)
{
    switch (e->author) {
    case AUTHOR_CONTACT:
        return arena_print(a, "%s (customer)", tidy_name(a, v->contact_name, "Visitor"));
    case AUTHOR_TECHNICIAN: return tidy_name(a, e->name, "Technician");
    case AUTHOR_ASSISTANT: return "Assistant";
    case AUTHOR_SYSTEM: break;
    }
    return "Desk";
}

/* The last few messages; changes of state are told by the card itself. */
static void add_lines(struct card *card, const struct ticket_view *v, struct arena *a)
{
    size_t first = v->line_count;
    for (size_t wanted = CARD_LINES_MAX; first > 0 && wanted > 0; first--)
        wanted -= v->lines[first - 1].kind == ENTRY_MSG;
    for (size_t i = first; i < v->line_count; i++) {
        const struct entry *e = &v->lines[i];
        if (e->kind != ENTRY_MSG)
            continue;
        card->lines[card->line_count++] = (struct card_line){
            .who = speaker(v, e, a), .text = tidy_text(a, e->text, TIDY_LINE_MAX),
            .at_ms = e->ts_ms, .author = e->author,
        };
    }
}

static const char *headline(const struct card *card, const struct ticket_view *v, struct arena *a)
{
    return arena_print(a, "%s, from %s at %s: %s, %s. %s.", card->title,
                       tidy_name(a, v->contact_name, "a visitor"),
                       tidy_name(a, v->client_name, "a client"), card->status, card->priority,
                       card->owner);
}

void card_make(const struct ticket_view *view, const struct card_viewer *viewer, int64_t now_ms,
               struct arena *a, struct card *out)
{
    *out = (struct card){ .ticket_id = view->id, .version = view->version };
    out->title = tidy_title(a, view->id, view->subject);
    out->status = ticket_status_label(view->status);
    out->priority = ticket_priority_label(view->priority);
    out->band = sentiment_band_code(sentiment_band(view->sentiment));
    out->sentiment = sentiment(view, a);
    out->owner = owner(view, viewer, a);
    out->came = came(view);
    out->tried = tidy_text(a, view->summary, TIDY_LONG_MAX);
    out->proposed = tidy_text(a, view->draft, TIDY_LONG_MAX);
    out->warning = warning(view, a);
    add_facts(out, view, now_ms, a);
    add_lines(out, view, a);
    out->headline = headline(out, view, a);
    card_choose_buttons(view, viewer, now_ms, out);
}

const char *card_subject(const struct card *card)
{
    const char *space = card->title[0] == '#' ? strchr(card->title, ' ') : NULL;
    return space ? space + 1 : card->title;
}

bool card_offers(const struct card *card, enum card_action action)
{
    for (size_t i = 0; i < card->button_count; i++)
        if (card->buttons[i].action == action)
            return true;
    return false;
}

/* A card in a channel offers the takeover to all, so the holder and who may not are told why. */
static const char *no_takeover(const struct card *card, const struct ticket_view *view,
                               struct arena *a)
{
    if (ticket_is_done(view->status) || !view->assignee_id || view->handler == HANDLER_AI)
        return NULL;
    return !strcmp(card->owner, "You have it") ? "You have it already."
         : arena_print(a, "%s. Only a lead can take it over.", card->owner);
}

const char *card_not_now(const struct card *card, enum card_action action,
                         const struct ticket_view *view, struct arena *a)
{
    const char *why = action == CARD_TAKE_FROM ? no_takeover(card, view, a) : NULL;
    if (why)
        return why;
    int64_t ms = view->closed_ms ? view->closed_ms : view->resolved_ms;
    const char *since = ticket_is_done(view->status) && ms
                      ? arena_print(a, ", since %s", tidy_time(a, ms)) : "";
    return arena_print(a, "This cannot be done now: the ticket is %s%s. %s.", card->status, since,
                       card->owner);
}
