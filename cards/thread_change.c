/* A change is several events of one command; the first row of a table that finds its event makes the
 * sentence, the rest is told by the status. */
#include "cards/thread_change.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "cards/tidy.h"

const struct event_view *thread_change_find(const struct thread_change *c, const char *kind)
{
    for (size_t i = 0; i < c->count; i++)
        if (!strcmp(c->events[i].kind, kind))
            return &c->events[i];
    return NULL;
}

const char *thread_change_who(const struct event_view *e, struct arena *a)
{
    switch (e->actor) {
    case EVENT_CONTACT: return "The customer";
    case EVENT_TECHNICIAN: return tidy_name(a, e->actor_name, "A technician");
    case EVENT_ASSISTANT: return "The assistant";
    case EVENT_OPERATOR: return "The operator";
    case EVENT_SYSTEM: break;
    }
    return "The desk";
}

/* ---- parts of sentences ---- */

/* A status that changed; NULL for the first one of a new ticket. */
static const struct event_view *moved(const struct thread_change *c)
{
    const struct event_view *e = thread_change_find(c, "status");
    return e && e->from && e->to ? e : NULL;
}

static const char *words(const struct thread_change *c, const char *text)
{
    return tidy_line(c->a, text ? text : "", TIDY_FACT_MAX);
}

/* "sentence", then the words that a person gave with it, as far as there are any. */
static const char *with_why(const struct thread_change *c, const char *sentence, const char *why)
{
    const char *text = words(c, why);
    if (c->brief || text_is_blank(text))
        return sentence;
    bool ends = strchr(".!?", text[strlen(text) - 1]);
    return arena_print(c->a, "%s Why: %s%s", sentence, text, ends ? "" : ".");
}

/* "Sara", "took", "it", " over." */
static const char *by(const struct thread_change *c, const char *did, const char *rest)
{
    return arena_print(c->a, "%s %s %s%s", c->who, did, c->it, rest);
}

/* "Sara", "added a tag", " to", "ticket #42": what it is about is said in the brief one only, what
 * exactly in the other one. */
static const char *part(const struct thread_change *c, const char *did, const char *of,
                        const char *exactly)
{
    return c->brief ? arena_print(c->a, "%s %s %s %s.", c->who, did, of, c->it)
                    : arena_print(c->a, "%s %s%s.", c->who, did, exactly);
}

static const char *capital(const struct thread_change *c, const char *text)
{
    char *copy = arena_copy(c->a, text);
    if (*copy >= 'a' && *copy <= 'z')
        *copy = (char)(*copy - 'a' + 'A');
    return copy;
}

/* What nobody in particular did. */
static const char *news(const struct thread_change *c, const char *text)
{
    return c->brief ? arena_print(c->a, "%s: %s", capital(c, c->it), text) : capital(c, text);
}

/* ---- one function for each kind of event ---- */

static const char *escalated(const struct thread_change *c, const struct event_view *e)
{
    return with_why(c, by(c, "escalated", arena_print(c->a, ": %s.", words(c, e->to))), e->text);
}

static const char *closed(const struct thread_change *c, const struct event_view *e)
{
    static const char *const endings[TICKET_OUTCOMES] = {
        [OUTCOME_NONE] = "no outcome", [OUTCOME_RESOLVED_AI] = "resolved by the assistant",
        [OUTCOME_RESOLVED] = "resolved", [OUTCOME_ESCALATED] = "escalated elsewhere",
        [OUTCOME_ACTIONED] = "done", [OUTCOME_NO_RESPONSE] = "no response",
        [OUTCOME_INVALID] = "not a request",
    };
    int outcome = ticket_outcome_parse(e->to);
    const char *ending = endings[outcome < 0 ? OUTCOME_NONE : outcome];
    return with_why(c, by(c, "closed", arena_print(c->a, ": %s.", ending)), e->text);
}

static const char *reopened(const struct thread_change *c, const struct event_view *e)
{
    if (e->actor == EVENT_CONTACT)
        return arena_print(c->a, "The customer wrote again: %s is open again.", c->it);
    return with_why(c, by(c, "reopened", "."), e->text);
}

static const char *took_over(const struct thread_change *c, const struct event_view *e)
{
    const struct event_view *h = thread_change_find(c, "handler");
    (void)e;
    return by(c, "took", h && h->from && !strcmp(h->from, "ai") ? " over from the assistant."
                                                                : " over.");
}

static const char *gave_back(const struct thread_change *c, const struct event_view *e)
{
    (void)e;
    return by(c, "gave", " back to the assistant.");
}

static const char *transferred(const struct thread_change *c, const struct event_view *e)
{
    const struct event_view *person = thread_change_find(c, "assignee");
    const struct event_view *team = thread_change_find(c, "team");
    const char *to = person && person->to ? person->to : team ? team->to : NULL;
    const char *rest = to ? arena_print(c->a, " to %s.", tidy_name(c->a, to, "somebody")) : ".";
    return with_why(c, by(c, "transferred", rest), e->text);
}

static const char *handed_over(const struct thread_change *c, const struct event_view *e)
{
    static const struct { const char *code, *why; } whys[] = {
        { "human_asked", ": the customer asked for a person" },
        { "panic", ": it sounds like an emergency" }, { "anger", ": the customer is angry" },
        { "rounds", ": its answers did not solve it" }, { "complex", ": it is too complex for it" },
        { "no_answer", ": it found no answer" }, { "policy", ": such requests go to people" },
        { "safety", ": it is about safety" },
    };
    const char *why = "";
    for (size_t i = 0; e->to && i < sizeof whys / sizeof *whys; i++)
        if (!strcmp(whys[i].code, e->to))
            why = whys[i].why;
    return arena_print(c->a, "The assistant handed %s to people%s.", c->it, why);
}

static const char *sent_draft(const struct thread_change *c, const struct event_view *e)
{
    bool edited = e->to && !strcmp(e->to, "edited");
    return part(c, "sent the assistant's draft", "for", edited ? ", edited" : "");
}

int64_t thread_change_moment(const struct thread_change *c)
{
    const struct event_view *e = thread_change_find(c, "snooze");
    return e && e->to ? strtoll(e->to, NULL, 10) : 0;
}

static const char *snoozed(const struct thread_change *c, const struct event_view *e)
{
    if (e->to && strcmp(e->to, "awake") != 0)
        return by(c, "snoozed", arena_print(c->a, " until %s.",
                                            tidy_time(c->a, thread_change_moment(c))));
    return e->actor != EVENT_SYSTEM ? by(c, "woke", " up.")
         : arena_print(c->a, "%s is back from snooze.", capital(c, c->it));
}

/* Of the assistant's decisions nothing is told here: its words are, and its handoff. */
static const char *decided(const struct thread_change *c, const struct event_view *e)
{
    if (e->actor != EVENT_TECHNICIAN && e->actor != EVENT_OPERATOR)
        return NULL;
    return with_why(c, by(c, "decided to keep", " open."), e->text);
}

static const char *asked_for_person(const struct thread_change *c, const struct event_view *e)
{
    (void)e;
    return news(c, "the customer asks for a person.");
}

static const char *set_subject(const struct thread_change *c, const struct event_view *e)
{
    return part(c, "changed the subject", "of", arena_print(c->a, " to \"%s\"", words(c, e->to)));
}

static const char *set_category(const struct thread_change *c, const struct event_view *e)
{
    return part(c, "changed the category", "of", arena_print(c->a, " to %s", words(c, e->to)));
}

static const char *set_tag(const struct thread_change *c, const struct event_view *e)
{
    if (c->brief)
        return part(c, e->to ? "added a tag" : "took off a tag", e->to ? "to" : "of", "");
    return arena_print(c->a, e->to ? "%s added the tag %s." : "%s took off the tag %s.", c->who,
                       words(c, e->to ? e->to : e->from));
}

static const char *sent_note(const struct thread_change *c, const struct event_view *e)
{
    (void)e;
    return part(c, "sent an internal note on to the customer", "of", "");
}

static const char *deleted_note(const struct thread_change *c, const struct event_view *e)
{
    (void)e;
    return part(c, "deleted an internal note", "of", "");
}

/* On a chat surface only: what the customer has read cannot be taken back there. */
static const char *changed_reply(const struct thread_change *c, const struct event_view *e)
{
    bool edited = !strcmp(e->kind, "reply_edited");
    return part(c, edited ? "edited a reply" : "deleted a reply", "of",
                ", but the customer has its first words");
}

static const char *warned(const struct thread_change *c, const struct event_view *e)
{
    return c->brief ? news(c, "a warning stands in its thread.") : words(c, e->text);
}

static const char *assigned(const struct thread_change *c, const struct event_view *e)
{
    const char *own = e->actor == EVENT_TECHNICIAN && e->actor_name ? e->actor_name : "";
    const char *name = tidy_name(c->a, e->to ? e->to : e->from, "somebody");
    if (e->to)
        return !strcmp(e->to, own) ? by(c, "claimed", ".")
                                   : by(c, "gave", arena_print(c->a, " to %s.", name));
    return !e->from || !strcmp(e->from, own) ? by(c, "released", ".")
                                             : by(c, "released", arena_print(c->a, " from %s.",
                                                                             name));
}

/* The status is the news itself. */
static const char *stepped(const struct thread_change *c, const struct event_view *e)
{
    if (!moved(c))
        return NULL;
    switch (ticket_status_parse(e->to)) {
    case TICKET_ON_HOLD: return by(c, "put", " on hold.");
    case TICKET_RESOLVED: return by(c, "resolved", ".");
    case TICKET_CLOSED: return by(c, "closed", ".");
    case TICKET_AWAITING_CLOSE:
        return c->brief ? news(c, "no answer from the customer.")
                        : "No answer from the customer: a person decides now.";
    case TICKET_WAITING_CUSTOMER: return news(c, "waiting for the customer's answer.");
    case TICKET_IN_PROGRESS: case TICKET_OPEN:
        return e->actor == EVENT_CONTACT ? news(c, "the customer answered.")
             : ticket_status_parse(e->from) == TICKET_AWAITING_CLOSE ? by(c, "keeps", " open.")
             : by(c, "set", " back.");
    default: return NULL;
    }
}

static const char *set_priority(const struct thread_change *c, const struct event_view *e)
{
    if (!e->from || !e->to)
        return NULL;
    return part(c, "changed the priority", "of", arena_print(c->a, " from %s to %s", e->from,
                                                             e->to));
}

static const char *set_team(const struct thread_change *c, const struct event_view *e)
{
    return e->to ? by(c, "gave", arena_print(c->a, " to the team %s.",
                                             tidy_name(c->a, e->to, "without a name")))
                 : by(c, "took", " from its team.");
}

/* What is not here is no news of the thread: the first values of a new ticket, decisions, feedback,
 * reviews, overrides, reminders (their words are an entry), what could not be delivered (an
 * alert). */
static const struct verb {
    const char *kind;
    const char *(*tell)(const struct thread_change *c, const struct event_view *e);
    bool tells_status;                     /* no need to say where it stands now */
    bool on_card;                          /* the card shows it */
} verbs[] = {
    { "close", closed, true, true },       { "reopen", reopened, false, true },
    { "escalate", escalated, false, true }, { "takeover", took_over, false, true },
    { "give_back", gave_back, false, true }, { "transfer", transferred, false, true },
    { "handoff", handed_over, false, true }, { "draft_sent", sent_draft, false, false },
    { "note_sent", sent_note, false, false }, { "note_deleted", deleted_note, true, false },
    { "reply_edited", changed_reply, true, false },
    { "reply_deleted", changed_reply, true, false },
    { "decision", decided, false, true },  { "snooze", snoozed, true, true },
    { "subject", set_subject, true, true }, { "category", set_category, true, true },
    { "tag", set_tag, true, true },        { "assignee", assigned, false, true },
    { "status", stepped, true, true },     { "priority", set_priority, true, true },
    { "team", set_team, true, true },      { "human_asked", asked_for_person, true, false },
    { "warning", warned, true, false },
};

/* Words that somebody gave with a change stand in its line only. */
const char *thread_change_tell(const struct thread_change *c, bool *on_card)
{
    const struct event_view *status = moved(c);
    int now = status ? ticket_status_parse(status->to) : -1;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const struct event_view *e = thread_change_find(c, verbs[i].kind);
        const char *text = e ? verbs[i].tell(c, e) : NULL;
        if (!text)
            continue;
        *on_card = verbs[i].on_card && (!e->text || text_is_blank(e->text));
        if (c->brief || now < 0 || verbs[i].tells_status)
            return text;
        return arena_print(c->a, "%s %s.", text, ticket_status_label((enum ticket_status)now));
    }
    return NULL;
}
