/* Which questions an action asks, in which words: one row per action, one function per kind of
 * question. The last line of the customer stands above a reply, so that nobody answers blindly. */
#include "cards/dialog.h"

#include <string.h>

#include "bot/base/text.h"
#include "cards/tidy.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* As much as every surface takes in one field. */
enum { WORDS_MAX = 2800, CATEGORY_MAX = 80, SUBJECT_MAX = 200, TAG_MAX = 40, REASON_MAX = 1500,
       EMAIL_MAX = 254, NAME_MAX_SAID = 120, LAST_MAX = 300 };

struct making {                    /* what the rows need to fill their fields */
    const struct ticket_view *view;
    const struct dialog_facts *facts;
    struct arena *a;
    struct dialog *out;
};

static struct dialog_field *add(struct dialog *d, enum dialog_field_kind kind, const char *id,
                                const char *label)
{
    struct dialog_field *f = &d->fields[d->field_count++];
    *f = (struct dialog_field){ .kind = kind, .id = id, .label = label };
    return f;
}

static void say(struct dialog *d, const char *id, const char *paragraph, bool untrusted)
{
    if (paragraph && !text_is_blank(paragraph))
        add(d, DIALOG_SAY, id, paragraph)->untrusted = untrusted;
}

static void ask(const struct making *m, const char *label, size_t max, bool optional,
                const char *initial)
{
    struct dialog_field *f = add(m->out, max > SUBJECT_MAX ? DIALOG_LONG : DIALOG_TEXT, "text",
                                 label);
    f->max = max;
    f->optional = optional;
    f->initial = initial;
}

static void choose(struct dialog *d, const char *id, const char *label,
                   const struct dialog_choice *choices, size_t count, const char *initial)
{
    struct dialog_field *f = add(d, DIALOG_CHOICE, id, label);
    f->choices = choices;
    f->choice_count = count;
    f->initial = initial;
}

/* ---- what is asked ---- */

static const char *last_of_customer(const struct making *m)
{
    for (size_t i = m->view->line_count; i > 0; i--) {
        const struct entry *e = &m->view->lines[i - 1];
        if (e->kind == ENTRY_MSG && e->author == AUTHOR_CONTACT)
            return arena_print(m->a, "%s: %s", tidy_name(m->a, m->view->contact_name, "Visitor"),
                               tidy_text(m->a, e->text, LAST_MAX));
    }
    return NULL;
}

static void ask_words(const struct making *m, const char *initial)
{
    static const struct dialog_choice after[] = {
        { "waiting", "Wait for the customer's answer" },
        { "keep", "Keep it in progress" },
    };
    say(m->out, "last", last_of_customer(m), true);
    ask(m, "Your words to the customer", WORDS_MAX, false, initial);
    choose(m->out, "after", "After sending", after, COUNT(after), "waiting");
}

static void ask_reply(const struct making *m)
{
    ask_words(m, NULL);
}

static void ask_draft(const struct making *m)
{
    ask_words(m, tidy_text(m->a, m->view->draft, WORDS_MAX - 1));
}

static void ask_note(const struct making *m)
{
    ask(m, "Note for technicians", WORDS_MAX, false, NULL);
}

static size_t add_teams(const struct making *m, struct dialog_choice *to, size_t n)
{
    for (size_t i = 0; i < m->facts->team_count && n < DIALOG_CHOICES_MAX; i++) {
        const struct team_view *t = &m->facts->teams[i];
        to[n++] = (struct dialog_choice){
            arena_print(m->a, "g%lld", (long long)t->id),
            arena_print(m->a, "%s (team)", tidy_name(m->a, t->name, "Unnamed")) };
    }
    return n;
}

static size_t add_technicians(const struct making *m, struct dialog_choice *to, size_t n)
{
    for (size_t i = 0; i < m->facts->technician_count && n < DIALOG_CHOICES_MAX; i++) {
        const struct technician_view *t = &m->facts->technicians[i];
        const char *name = tidy_name(m->a, t->name, "Unnamed");
        if (t->active && t->id != m->view->assignee_id)
            to[n++] = (struct dialog_choice){
                arena_print(m->a, "t%lld", (long long)t->id),
                t->id == m->facts->viewer_id ? arena_print(m->a, "%s (you)", name) : name };
    }
    return n;
}

static void ask_transfer(const struct making *m)
{
    struct dialog_choice *to = arena_alloc(m->a, DIALOG_CHOICES_MAX * sizeof *to);
    size_t n = add_technicians(m, to, add_teams(m, to, 0));
    if (!n) {
        say(m->out, "nobody", "There is no team and no other technician to give it to.", false);
        m->out->submit = NULL;
        return;
    }
    choose(m->out, "to", "To", to, n, NULL);
    if (n == DIALOG_CHOICES_MAX)
        m->out->fields[m->out->field_count - 1].hint = "Whoever is missing here is in the inbox.";
    struct dialog_field *why = add(m->out, DIALOG_LONG, "why", "Why");
    why->max = REASON_MAX;
    why->optional = true;
}

static void ask_priority(const struct making *m)
{
    static const char *const values[] = { "1", "2", "3", "4" };
    struct dialog_choice *c = arena_alloc(m->a, COUNT(values) * sizeof *c);
    for (size_t i = 0; i < COUNT(values); i++)
        c[i] = (struct dialog_choice){ values[i], ticket_priority_label((int)i + 1) };
    choose(m->out, "priority", "Priority", c, COUNT(values),
           values[m->view->priority - PRIORITY_HIGHEST]);
}

static void ask_category(const struct making *m)
{
    const char *const now[] = { m->view->category, m->view->type, m->view->subtype };
    static const char *const ids[] = { "category", "type", "subtype" };
    static const char *const labels[] = { "Category", "Type", "Subtype" };
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct dialog_field *f = add(m->out, DIALOG_TEXT, ids[i], labels[i]);
        f->max = CATEGORY_MAX;
        f->optional = true;
        f->initial = tidy_line(m->a, now[i], CATEGORY_MAX - 1);
    }
}

static void ask_subject(const struct making *m)
{
    ask(m, "Subject", SUBJECT_MAX, false, tidy_line(m->a, m->view->subject, SUBJECT_MAX - 1));
}

static void ask_tag(const struct making *m)
{
    static const struct dialog_choice set[] = { { "on", "Add it" }, { "off", "Take it off" } };
    const char *now = NULL;
    for (size_t i = 0; i < m->view->tag_count; i++)
        now = arena_print(m->a, "%s%s", now ? arena_print(m->a, "%s, ", now) : "Tags now: ",
                          tidy_line(m->a, m->view->tags[i], TAG_MAX));
    say(m->out, "now", tidy_line(m->a, now, LAST_MAX), true);
    ask(m, "Tag", TAG_MAX, false, NULL);
    choose(m->out, "set", "What to do with it", set, COUNT(set), "on");
}

static void ask_snooze(const struct making *m)
{
    static const struct dialog_choice until[] = {
        { "1h", "For one hour" }, { "4h", "For four hours" },
        { "tomorrow", "Until tomorrow morning" }, { "monday", "Until Monday morning" },
        { "1w", "For one week" },
    };
    choose(m->out, "until", "Until when", until, COUNT(until), "tomorrow");
}

/* "Resolved by the assistant" is no choice of a person. */
static void ask_close(const struct making *m)
{
    static const struct dialog_choice outcomes[] = {
        { "resolved", "Resolved" }, { "actioned", "Done, nothing to solve" },
        { "no_response", "No response of the customer" }, { "escalated", "Escalated elsewhere" },
        { "invalid", "Not a request (spam, mistake, double)" },
    };
    choose(m->out, "outcome", "How it ended", outcomes, COUNT(outcomes),
           m->view->status == TICKET_AWAITING_CLOSE ? "no_response" : "resolved");
    ask(m, "Reason or recap", REASON_MAX, true, NULL);
}

static void ask_resolve(const struct making *m)
{
    ask(m, "What solved it", WORDS_MAX, true, NULL);
}

static void ask_nothing(const struct making *m)
{
    (void)m;
}

static void ask_take_from(const struct making *m)
{
    say(m->out, "who", arena_print(m->a, "%s has this ticket. Take it from them?",
                                   tidy_name(m->a, m->view->assignee, "Somebody else")), true);
}

static void ask_escalate(const struct making *m)
{
    ask(m, "Why", REASON_MAX, false, NULL);
}

static void ask_wrong(const struct making *m)
{
    static const struct dialog_choice fields[] = {
        { "answer", "Its answer" }, { "category", "The category" },
        { "priority", "The priority" }, { "subject", "The subject" },
        { "sentiment", "The sentiment" }, { "other", "Something else" },
    };
    choose(m->out, "field", "What was wrong", fields, COUNT(fields), "answer");
    ask(m, "What would have been right", REASON_MAX, false, NULL);
}

#define INTERNAL_WORDS "Internal: the customer never sees what you write here."

static const struct row {
    const char *title, *submit, *say;
    bool internal;
    void (*ask)(const struct making *m);   /* NULL: acts at once */
} rows[CARD_ACTIONS] = {
    [CARD_REPLY] = { "Reply to customer", "Send to customer",
                     "This goes to the customer: they will read it.", false, ask_reply },
    [CARD_SEND_DRAFT] = { "Send the draft", "Send to customer",
                          "The assistant proposes this. Read it and change what is wrong: it goes "
                          "to the customer, who has not seen it yet.", false, ask_draft },
    [CARD_NOTE] = { "Internal note", "Add internal note", INTERNAL_WORDS, true, ask_note },
    [CARD_TRANSFER] = { "Transfer", "Transfer", INTERNAL_WORDS, true, ask_transfer },
    [CARD_PRIORITY] = { "Change priority", "Set priority", NULL, false, ask_priority },
    [CARD_CATEGORY] = { "Change category", "Set category",
                        "Leave a field empty to have none.", false, ask_category },
    [CARD_SUBJECT] = { "Change subject", "Set subject",
                       "The customer sees the subject, too.", false, ask_subject },
    [CARD_TAG] = { "Edit tags", "Save", INTERNAL_WORDS, true, ask_tag },
    [CARD_SNOOZE] = { "Snooze", "Snooze", "It comes back by itself, or when the customer writes.",
                      false, ask_snooze },
    [CARD_CLOSE] = { "Close ticket", "Close ticket",
                     "The customer sees that it is closed, but not what you write here.", true,
                     ask_close },
    [CARD_RESOLVE] = { "Resolve ticket", "Resolve",
                       "The customer sees that it is resolved. What you write here is kept as an "
                       "internal note.", true, ask_resolve },
    [CARD_GIVE_BACK] = { "Give back to assistant", "Give back",
                         "The assistant will answer the customer again, and nobody has the ticket "
                         "until it asks for people.", false, ask_nothing },
    [CARD_TAKE_FROM] = { "Take over", "Take over", NULL, false, ask_take_from },
    [CARD_ESCALATE] = { "Escalate", "Escalate",
                        "Internal: it goes up one priority and is flagged for review. The customer "
                        "never sees what you write here.", true, ask_escalate },
    [CARD_AI_WRONG] = { "The assistant was wrong", "Send feedback", INTERNAL_WORDS, true,
                        ask_wrong },
};

/* Which ticket it is about stands on top: a modal hides the card it came from. */
bool dialog_make(enum card_action action, const struct ticket_view *view,
                 const struct dialog_facts *facts, struct arena *a, struct dialog *out)
{
    *out = (struct dialog){ .action = action, .ticket_id = view->id, .version = view->version };
    if (action >= CARD_ACTIONS || !rows[action].ask)
        return false;
    const struct row *row = &rows[action];
    out->number = action == CARD_SEND_DRAFT ? view->draft_id : 0;
    out->title = row->title;
    out->submit = row->submit;
    out->close = "Cancel";
    out->internal = row->internal;
    say(out, "about", arena_print(a, "%s (%s, %s)", tidy_title(a, view->id, view->subject),
                                  tidy_name(a, view->contact_name, "a visitor"),
                                  tidy_name(a, view->client_name, "a client")), true);
    say(out, "say", row->say, false);
    row->ask(&(struct making){ view, facts, a, out });
    return true;
}

/* ---- a ticket by hand ---- */

static const struct dialog_choice *clients(const struct dialog_new *begin, struct arena *a,
                                           size_t *count, const char **initial)
{
    struct dialog_choice *c = arena_alloc(a, DIALOG_CHOICES_MAX * sizeof *c);
    size_t n = 0;
    for (size_t i = 0; i < begin->client_count && n < DIALOG_CHOICES_MAX; i++) {
        const struct client_view *client = &begin->clients[i];
        if (!client->active)
            continue;
        if (begin->client_key && !strcmp(client->key, begin->client_key))
            *initial = client->key;
        c[n++] = (struct dialog_choice){ client->key, tidy_name(a, client->name, client->key) };
    }
    *count = n;
    return c;
}

static void ask_line(struct dialog *d, struct arena *a, const char *id, const char *label,
                     size_t max, bool optional, const char *initial)
{
    struct dialog_field *f = add(d, DIALOG_TEXT, id, label);
    f->max = max;
    f->optional = optional;
    f->initial = initial ? tidy_line(a, initial, max - 1) : NULL;
}

const char *dialog_new_warning(const struct requester_view *q, const char *email, struct arena *a)
{
    const char *list = "";
    if (!q->open || !q->some_count)
        return NULL;
    for (size_t i = 0; i < q->some_count; i++)
        list = arena_print(a, "%s%s%s", list, i ? ", " : "",
                           tidy_title(a, q->some[i].id, q->some[i].subject));
    return arena_print(a, "%s already has %d open ticket%s: %s%s.", email, q->open,
                       q->open == 1 ? "" : "s", list,
                       (size_t)q->open > q->some_count ? " and more" : "");
}

void dialog_make_new(const struct dialog_new *begin, struct arena *a, struct dialog *out)
{
    *out = (struct dialog){ .action = CARD_ACTIONS, .title = "Make a ticket", .submit = "Make it",
                            .close = "Cancel" };
    size_t n;
    const char *initial = NULL;
    const struct dialog_choice *c = clients(begin, a, &n, &initial);
    say(out, "warning", tidy_text(a, begin->warning, TIDY_LINE_MAX), true);
    if (!n) {
        say(out, "nobody", "There is no active client yet. An admin adds one with: deskhand "
                           "client add", false);
        out->submit = NULL;
        return;
    }
    choose(out, "client", "Client", c, n, initial);
    ask_line(out, a, "email", "Mail address of the requester", EMAIL_MAX, false, begin->email);
    ask_line(out, a, "name", "Name of the requester", NAME_MAX_SAID, true, begin->name);
    struct dialog_field *text = add(out, DIALOG_LONG, "text", "What they need, in their words");
    text->max = WORDS_MAX;
    text->hint = "It becomes the first message of the conversation: the customer may read it.";
    text->initial = begin->text ? tidy_text(a, begin->text, WORDS_MAX - 1) : NULL;
}
