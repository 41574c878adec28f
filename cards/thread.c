/* Thread lines: what was said, and what was changed. A change is several events of one command; the
 * first row of a table that finds its event makes the sentence, the rest is told by the status. */
#include "cards/thread.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "cards/tidy.h"

enum { HEADLINE_MAX = 150 };

/* "Ana wrote on #42: It is offline again." */
static const char *headline(struct arena *a, const struct ticket_view *view, const char *lead,
                            const char *text)
{
    const char *line = tidy_line(a, text, HEADLINE_MAX);
    bool ends = *line && strchr(".!?", line[strlen(line) - 1]);
    return arena_print(a, "%s #%lld: %s%s", lead, (long long)view->id, line, ends ? "" : ".");
}

/* ---- what was said ---- */

static void said(const struct ticket_view *view, const struct entry *e, struct arena *a,
                 struct thread_line *out)
{
    static const struct {
        enum thread_kind kind;
        const char *label, *nameless, *did;
    } authors[] = {
        [AUTHOR_CONTACT] = { THREAD_CUSTOMER, "Customer wrote", "Visitor",
                             "(customer) wrote on" },
        [AUTHOR_TECHNICIAN] = { THREAD_REPLY, "Reply to the customer", "Technician",
                                "replied to the customer of" },
        [AUTHOR_ASSISTANT] = { THREAD_ASSISTANT, "The assistant answered the customer",
                               "The assistant", "answered the customer of" },
        [AUTHOR_SYSTEM] = { THREAD_REMINDER, "Reminder sent to the customer", "The desk",
                            "reminded the customer of" },
    };
    const char *name = e->author == AUTHOR_CONTACT ? view->contact_name
                     : e->author == AUTHOR_TECHNICIAN ? e->name : NULL;
    const char *who = tidy_name(a, name, authors[e->author].nameless);
    out->kind = authors[e->author].kind;
    out->who = e->author == AUTHOR_SYSTEM ? NULL : who;
    out->label = authors[e->author].label;
    out->text = tidy_text(a, e->text ? e->text : "", TIDY_TEXT_MAX);
    out->untrusted = true;
    out->at_ms = e->ts_ms;
    out->headline = headline(a, view, arena_print(a, "%s %s", who, authors[e->author].did),
                             out->text);
}

/* ---- what was changed ---- */

struct change {
    const struct event_view *events;
    size_t count;
    const char *who;                       /* "Sara", "The assistant" */
    struct arena *a;
};

static const struct event_view *find(const struct change *c, const char *kind)
{
    for (size_t i = 0; i < c->count; i++)
        if (!strcmp(c->events[i].kind, kind))
            return &c->events[i];
    return NULL;
}

/* A status that changed; NULL for the first one of a new ticket. */
static const struct event_view *moved(const struct change *c)
{
    const struct event_view *e = find(c, "status");
    return e && e->from && e->to ? e : NULL;
}

static const char *who_did(const struct event_view *e, struct arena *a)
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

static const char *words(const struct change *c, const char *text)
{
    return tidy_line(c->a, text ? text : "", TIDY_FACT_MAX);
}

/* "sentence", then the words that a person gave with it, as far as there are any. */
static const char *with_why(const struct change *c, const char *sentence, const char *why)
{
    const char *text = words(c, why);
    if (text_is_blank(text))
        return sentence;
    bool ends = strchr(".!?", text[strlen(text) - 1]);
    return arena_print(c->a, "%s Why: %s%s", sentence, text, ends ? "" : ".");
}

static const char *by(const struct change *c, const char *rest)
{
    return arena_print(c->a, "%s %s", c->who, rest);
}

static const char *escalated(const struct change *c, const struct event_view *e)
{
    return with_why(c, arena_print(c->a, "%s escalated it: %s.", c->who, words(c, e->to)),
                    e->text);
}

static const char *closed(const struct change *c, const struct event_view *e)
{
    static const char *const endings[TICKET_OUTCOMES] = {
        [OUTCOME_NONE] = "no outcome", [OUTCOME_RESOLVED_AI] = "resolved by the assistant",
        [OUTCOME_RESOLVED] = "resolved", [OUTCOME_ESCALATED] = "escalated elsewhere",
        [OUTCOME_ACTIONED] = "done", [OUTCOME_NO_RESPONSE] = "no response",
        [OUTCOME_INVALID] = "not a request",
    };
    int outcome = ticket_outcome_parse(e->to);
    return with_why(c, arena_print(c->a, "%s closed it: %s.", c->who,
                                   endings[outcome < 0 ? OUTCOME_NONE : outcome]), e->text);
}

static const char *reopened(const struct change *c, const struct event_view *e)
{
    if (e->actor == EVENT_CONTACT)
        return "The customer wrote again: it is open again.";
    return with_why(c, by(c, "reopened it."), e->text);
}

static const char *took_over(const struct change *c, const struct event_view *e)
{
    const struct event_view *h = find(c, "handler");
    (void)e;
    return by(c, h && h->from && !strcmp(h->from, "ai") ? "took it over from the assistant."
                                                        : "took it over.");
}

static const char *gave_back(const struct change *c, const struct event_view *e)
{
    (void)e;
    return by(c, "gave it back to the assistant.");
}

static const char *transferred(const struct change *c, const struct event_view *e)
{
    const struct event_view *person = find(c, "assignee"), *team = find(c, "team");
    const char *to = person && person->to ? person->to : team ? team->to : NULL;
    return with_why(c, to ? arena_print(c->a, "%s transferred it to %s.", c->who,
                                        tidy_name(c->a, to, "somebody"))
                          : by(c, "transferred it."), e->text);
}

static const char *handed_over(const struct change *c, const struct event_view *e)
{
    static const struct { const char *code, *why; } whys[] = {
        { "human_asked", "the customer asked for a person" },
        { "panic", "it sounds like an emergency" }, { "anger", "the customer is angry" },
        { "rounds", "its answers did not solve it" }, { "complex", "it is too complex for it" },
        { "no_answer", "it found no answer" }, { "policy", "such requests go to people" },
        { "safety", "it is about safety" },
    };
    for (size_t i = 0; e->to && i < sizeof whys / sizeof *whys; i++)
        if (!strcmp(whys[i].code, e->to))
            return arena_print(c->a, "The assistant handed it to people: %s.", whys[i].why);
    return "The assistant handed it to people.";
}

static const char *sent_draft(const struct change *c, const struct event_view *e)
{
    return by(c, e->to && !strcmp(e->to, "edited") ? "sent the assistant's draft, edited."
                                                   : "sent the assistant's draft.");
}

static const char *snoozed(const struct change *c, const struct event_view *e)
{
    if (e->to && strcmp(e->to, "awake") != 0)
        return arena_print(c->a, "%s snoozed it until %s.", c->who,
                           tidy_time(c->a, strtoll(e->to, NULL, 10)));
    return e->actor == EVENT_SYSTEM ? "It is back from snooze." : by(c, "woke it up.");
}

/* Of the assistant's decisions nothing is told here: its words are, and its handoff. */
static const char *decided(const struct change *c, const struct event_view *e)
{
    if (e->actor != EVENT_TECHNICIAN && e->actor != EVENT_OPERATOR)
        return NULL;
    return with_why(c, by(c, "decided to keep it open."), e->text);
}

static const char *asked_for_person(const struct change *c, const struct event_view *e)
{
    (void)c, (void)e;
    return "The customer asks for a person.";
}

static const char *set_subject(const struct change *c, const struct event_view *e)
{
    return arena_print(c->a, "%s changed the subject to \"%s\".", c->who, words(c, e->to));
}

static const char *set_category(const struct change *c, const struct event_view *e)
{
    return arena_print(c->a, "%s changed the category to %s.", c->who, words(c, e->to));
}

static const char *set_tag(const struct change *c, const struct event_view *e)
{
    return arena_print(c->a, e->to ? "%s added the tag %s." : "%s took off the tag %s.", c->who,
                       words(c, e->to ? e->to : e->from));
}

static const char *sent_note(const struct change *c, const struct event_view *e)
{
    (void)e;
    return by(c, "sent an internal note on to the customer.");
}

static const char *deleted_note(const struct change *c, const struct event_view *e)
{
    (void)e;
    return by(c, "deleted an internal note.");
}

/* On a chat surface only: what the customer has read cannot be taken back there. */
static const char *changed_reply(const struct change *c, const struct event_view *e)
{
    return arena_print(c->a, "%s %s a reply, but the customer has its first words.", c->who,
                       !strcmp(e->kind, "reply_edited") ? "edited" : "deleted");
}

static const char *warned(const struct change *c, const struct event_view *e)
{
    return words(c, e->text);
}

static const char *assigned(const struct change *c, const struct event_view *e)
{
    const char *own = e->actor == EVENT_TECHNICIAN && e->actor_name ? e->actor_name : "";
    if (e->to)
        return !strcmp(e->to, own) ? by(c, "claimed it.")
             : arena_print(c->a, "%s gave it to %s.", c->who, tidy_name(c->a, e->to, "somebody"));
    return !e->from || !strcmp(e->from, own) ? by(c, "released it.")
         : arena_print(c->a, "%s released it from %s.", c->who,
                       tidy_name(c->a, e->from, "somebody"));
}

/* The status is the news itself. */
static const char *stepped(const struct change *c, const struct event_view *e)
{
    if (!moved(c))
        return NULL;
    switch (ticket_status_parse(e->to)) {
    case TICKET_ON_HOLD: return by(c, "put it on hold.");
    case TICKET_RESOLVED: return by(c, "resolved it.");
    case TICKET_CLOSED: return by(c, "closed it.");
    case TICKET_AWAITING_CLOSE: return "No answer from the customer: a person decides now.";
    case TICKET_WAITING_CUSTOMER: return "Waiting for the customer's answer.";
    case TICKET_IN_PROGRESS: case TICKET_OPEN:
        return e->actor == EVENT_CONTACT ? "The customer answered."
             : ticket_status_parse(e->from) == TICKET_AWAITING_CLOSE ? by(c, "keeps it open.")
             : by(c, "set it back.");
    default: return NULL;
    }
}

static const char *set_priority(const struct change *c, const struct event_view *e)
{
    if (!e->from || !e->to)
        return NULL;
    return arena_print(c->a, "%s changed the priority from %s to %s.", c->who, e->from, e->to);
}

static const char *set_team(const struct change *c, const struct event_view *e)
{
    return e->to ? arena_print(c->a, "%s gave it to the team %s.", c->who,
                               tidy_name(c->a, e->to, "without a name"))
                 : by(c, "took it from its team.");
}

/* What is not here is no news of the thread: the first values of a new ticket, decisions, feedback,
 * reviews, overrides, reminders (their words are an entry), what could not be delivered (an
 * alert). */
static const struct verb {
    const char *kind;
    const char *(*tell)(const struct change *c, const struct event_view *e);
    bool tells_status;                     /* no need to say where it stands now */
    bool on_card;                          /* the card shows it */
} verbs[] = {
    { "close", closed, true, true },       { "reopen", reopened, false, true },
    { "escalate", escalated, false, true },
    { "takeover", took_over, false, true },
    { "give_back", gave_back, false, true },
    { "transfer", transferred, false, true },
    { "handoff", handed_over, false, true },
    { "draft_sent", sent_draft, false, false },
    { "note_sent", sent_note, false, false },
    { "note_deleted", deleted_note, true, false },
    { "reply_edited", changed_reply, true, false },
    { "reply_deleted", changed_reply, true, false },
    { "decision", decided, false, true },  { "snooze", snoozed, true, true },
    { "subject", set_subject, true, true }, { "category", set_category, true, true },
    { "tag", set_tag, true, true },        { "assignee", assigned, false, true },
    { "status", stepped, true, true },     { "priority", set_priority, true, true },
    { "team", set_team, true, true },      { "human_asked", asked_for_person, true, false },
    { "warning", warned, true, false },
};

/* NULL: nothing to tell. Words that somebody gave with a change stand in its line only. */
static const char *sentence(const struct change *c, bool *on_card)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const struct event_view *e = find(c, verbs[i].kind), *status = moved(c);
        const char *text = e ? verbs[i].tell(c, e) : NULL;
        int now = status ? ticket_status_parse(status->to) : -1;
        if (text && now >= 0 && !verbs[i].tells_status)
            text = arena_print(c->a, "%s %s.", text,
                               ticket_status_label((enum ticket_status)now));
        if (!text)
            continue;
        *on_card = verbs[i].on_card && (!e->text || text_is_blank(e->text));
        return text;
    }
    return NULL;
}

/* Words that were written down with a change: a note, a recap, what the assistant proposes. */
static const struct record {
    const char *kind, *label;
    enum thread_kind thread;
} records[] = {
    { "note", "Internal note", THREAD_NOTE },
    { "note_edited", "Internal note, edited", THREAD_NOTE },
    { "recap", "Internal note: what solved it", THREAD_NOTE },
    { "draft", "Draft of the assistant: the customer has not seen it", THREAD_DRAFT },
    { "shadow", "The assistant would have said; nothing was sent", THREAD_DRAFT },
};

static bool recorded(const struct ticket_view *view, const struct change *c, const char *change,
                     struct thread_line *out)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        const struct event_view *e = find(c, records[i].kind);
        if (!e || !e->text || text_is_blank(e->text))
            continue;
        out->kind = records[i].thread;
        out->who = out->kind == THREAD_NOTE ? c->who : NULL;
        out->label = change ? arena_print(c->a, "%s %s", change, records[i].label)
                            : records[i].label;
        out->text = tidy_text(c->a, e->text, TIDY_TEXT_MAX);
        out->event_id = !strcmp(e->kind, "note") ? e->id : 0;
        out->headline = headline(c->a, view, out->kind == THREAD_DRAFT
                                 ? "The assistant proposes, not sent yet, for"
                                 : arena_print(c->a, "%s wrote an internal note on", c->who),
                                 out->text);
        return true;
    }
    return false;
}

static void changed(const struct ticket_view *view, const struct change *c,
                    struct thread_line *out)
{
    bool on_card = false;
    const char *text = sentence(c, &on_card);
    out->at_ms = c->events[c->count - 1].ts_ms;
    out->untrusted = true;                 /* names, reasons, subjects stand in it */
    if (recorded(view, c, text, out) || !text)
        return;
    out->kind = THREAD_CHANGE;
    out->on_card = on_card;
    out->label = "Change";
    out->text = text;
    out->headline = arena_print(c->a, "#%lld: %s", (long long)view->id, text);
}

void thread_line_make(const struct ticket_view *view, const struct entry *entry,
                      const struct event_view *events, size_t event_count, struct arena *a,
                      struct thread_line *out)
{
    *out = (struct thread_line){ .kind = THREAD_NOTHING };
    if (entry && entry->kind == ENTRY_MSG)
        said(view, entry, a, out);
    else if (!entry && event_count)
        changed(view, &(struct change){ events, event_count, who_did(&events[0], a), a }, out);
}
