/* Thread lines: what was said, what was changed, and what was written down with a change. */
#include "cards/thread.h"

#include <string.h>

#include "bot/base/text.h"
#include "cards/thread_change.h"
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

/* "Ticket #42: the customer wrote." */
static const char *about(struct arena *a, const struct ticket_view *view, const char *what)
{
    return arena_print(a, "Ticket #%lld: %s.", (long long)view->id, what);
}

/* ---- what was said ---- */

static void said(const struct ticket_view *view, const struct entry *e, struct arena *a,
                 struct thread_line *out)
{
    static const struct {
        enum thread_kind kind;
        const char *label, *nameless, *did, *brief;
    } authors[] = {
        [AUTHOR_CONTACT] = { THREAD_CUSTOMER, "Customer wrote", "Visitor",
                             "(customer) wrote on", "the customer wrote" },
        [AUTHOR_TECHNICIAN] = { THREAD_REPLY, "Reply to the customer", "Technician",
                                "replied to the customer of", NULL },
        [AUTHOR_ASSISTANT] = { THREAD_ASSISTANT, "The assistant answered the customer",
                               "The assistant", "answered the customer of",
                               "the assistant answered" },
        [AUTHOR_SYSTEM] = { THREAD_REMINDER, "Reminder sent to the customer", "The desk",
                            "reminded the customer of", "a reminder went to the customer" },
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
    out->brief = authors[e->author].brief ? about(a, view, authors[e->author].brief)
               : arena_print(a, "%s replied to the customer of ticket #%lld.", who,
                             (long long)view->id);
}

/* ---- what was changed ---- */

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

static bool recorded(const struct ticket_view *view, const struct thread_change *c,
                     const char *change, struct thread_line *out)
{
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        const struct event_view *e = thread_change_find(c, records[i].kind);
        if (!e || !e->text || text_is_blank(e->text))
            continue;
        bool note = records[i].thread == THREAD_NOTE;
        out->kind = records[i].thread;
        out->who = note ? c->who : NULL;
        out->label = change ? arena_print(c->a, "%s %s", change, records[i].label)
                            : records[i].label;
        out->text = tidy_text(c->a, e->text, TIDY_TEXT_MAX);
        out->event_id = !strcmp(e->kind, "note") ? e->id : 0;
        out->headline = headline(c->a, view, note
                                 ? arena_print(c->a, "%s wrote an internal note on", c->who)
                                 : "The assistant proposes, not sent yet, for", out->text);
        if (!out->brief)
            out->brief = note ? arena_print(c->a, "%s wrote an internal note on ticket #%lld.",
                                            c->who, (long long)view->id)
                              : about(c->a, view, "the assistant proposes an answer");
        return true;
    }
    return false;
}

static void changed(const struct ticket_view *view, struct thread_change *c,
                    struct thread_line *out)
{
    bool on_card = false;
    const char *text = thread_change_tell(c, &on_card);
    out->at_ms = c->events[c->count - 1].ts_ms;
    out->untrusted = true;                 /* names, reasons, subjects stand in it */
    c->it = arena_print(c->a, "ticket #%lld", (long long)view->id);
    c->brief = true;
    out->brief = thread_change_tell(c, &(bool){ false });
    if (recorded(view, c, text, out) || !text)
        return;
    out->kind = THREAD_CHANGE;
    out->on_card = on_card;
    out->when_ms = thread_change_moment(c);
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
        changed(view, &(struct thread_change){ .events = events, .count = event_count, .it = "it",
            .who = thread_change_who(&events[0], a), .a = a }, out);
}
