/* What falls due: a reminder or its end, waking from snooze, closing what is resolved. One command
 * is one due row of one ticket, so a bad one never holds up another. */
#include <string.h>

#include "bot/base/metric.h"
#include "bot/engine/script.h"

static void send_reminder(struct script *s, const struct reminder_step *step)
{
    const char *since = arena_print(s->a, "%lld", (long long)s->t.waiting_since_ms);
    const char *number = arena_print(s->a, "%d", step->number);
    script_event(s, "reminder", since, number, step->why);
    enum entry_author last = s->t.last_author;
    script_say(s, &(struct line){ .author = AUTHOR_SYSTEM, .text = step->text,
                                  .name = s->d->config->workspace.name });
    s->t.last_author = last;     /* the open question is still the technician's */
    s->t.reminders = step->number;
    s->t.last_reminder_ms = s->c->at_ms;
    metric_add(METRIC_REMINDERS, 1);
}

static void await_close(struct script *s, const struct reminder_step *step)
{
    if (!script_step(s, STEP_GIVE_UP))
        return;
    if (s->t.priority == PRIORITY_DEFAULT)
        s->t.priority = PRIORITY_LOWEST;
    s->t.waiting_since_ms = s->c->at_ms;
    script_event(s, "note", NULL, NULL, step->why);
    script_alert(s, "decide", arena_print(s->a, "#%lld: no answer after %d reminders. Close, "
                 "escalate or keep open? %s", (long long)s->t.id, s->t.reminders, s->t.subject));
}

static void auto_close(struct script *s, const struct reminder_step *step)
{
    if (!script_step(s, STEP_CLOSE))
        return;
    s->t.outcome = OUTCOME_NO_RESPONSE;
    s->t.close_reason = "No answer from the requester.";
    script_event(s, "close", NULL, ticket_outcome_code(s->t.outcome), step->why);
}

static void reminder(struct script *s)
{
    struct reminder_facts facts = { .status = s->t.status,
        .enabled = s->client.reminders && s->client.active,
        .waiting_since_ms = s->t.waiting_since_ms, .sent = s->t.reminders,
        .last_sent_ms = s->t.last_reminder_ms, .snoozed_until_ms = s->t.snoozed_until_ms,
        .requester_name = s->contact.name, .subject = s->t.subject,
        .question = s->t.last_author == AUTHOR_TECHNICIAN && !s->t.reminders ? s->t.last_text
                                                                             : NULL,
        .lang = s->t.lang ? s->t.lang : s->contact.lang, .hours = desk_hours(s->d, &s->client) };
    struct reminder_step step = reminder_step(&s->d->config->reminders, &facts, s->c->at_ms, s->a);
    switch (step.action) {
    case REMINDER_NOTHING:
        store_due(s->db, s->t.id, DUE_REMINDER, step.due_ms == REMINDER_NEVER ? 0 : step.due_ms);
        break;
    case REMINDER_SEND: send_reminder(s, &step); break;
    case REMINDER_AWAIT_CLOSE: await_close(s, &step); break;
    case REMINDER_CLOSE: auto_close(s, &step); break;
    }
}

static void wake(struct script *s)
{
    if (s->t.snoozed_until_ms > s->c->at_ms) {
        store_due(s->db, s->t.id, DUE_WAKE, s->t.snoozed_until_ms);
        return;
    }
    store_due(s->db, s->t.id, DUE_WAKE, 0);
    s->t.snoozed_until_ms = 0;
    s->attention = true;
    script_event(s, "snooze", NULL, "awake", NULL);
    script_alert(s, "awake", arena_print(s->a, "#%lld is back from snooze: %s",
                                         (long long)s->t.id, s->t.subject));
}

static void close_resolved(struct script *s)
{
    store_due(s->db, s->t.id, DUE_CLOSE, 0);
    if (s->t.status != TICKET_RESOLVED || !script_step(s, STEP_CLOSE))
        return;
    if (s->t.outcome == OUTCOME_NONE)
        s->t.outcome = OUTCOME_RESOLVED;
    script_event(s, "close", NULL, ticket_outcome_code(s->t.outcome),
                 "Closed by itself some days after it was resolved.");
}

void apply_tick(struct script *s)
{
    static void (*const by_kind[DUE_KINDS])(struct script *) = {
        [DUE_REMINDER] = reminder, [DUE_WAKE] = wake, [DUE_CLOSE] = close_resolved,
    };
    if (s->c->number >= 0 && s->c->number < DUE_KINDS && script_load(s))
        by_kind[s->c->number](s);
}
