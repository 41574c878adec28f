/* What the triage agent decided becomes lines, fields and handoffs. A thought that was overtaken, by
 * a newer message or by a person, changes nothing: its row in the outbox is gone or not its own. */
#include <string.h>

#include "bot/base/metric.h"
#include "bot/engine/script.h"

/* The thought is answered; false: it was overtaken. */
static bool take_thought(struct script *s)
{
    struct outbox_row row;
    if (!store_effect_load(s->db, s->c->number, s->a, &row) || row.kind != EFFECT_THINK)
        return script_refuse(s, RESULT_STALE, "Overtaken.");
    if (!script_load_id(s, row.ticket_id))
        return false;
    store_effect_delete(s->db, row.id);
    return true;
}

static void set_facts(struct script *s, const struct triage_decision *d)
{
    struct ticket *t = &s->t;
    if (*d->lang && strcmp(d->lang, "und") != 0 && (!t->lang || strcmp(t->lang, d->lang) != 0))
        t->lang = d->lang;
    t->intent = d->intent;
    t->sentiment = d->sentiment;
    if (d->alert && !t->alert)
        script_alert(s, "sentiment", arena_print(s->a, "#%lld: the requester is unhappy "
                     "(sentiment %d of 100).", (long long)t->id, d->sentiment));
    t->alert = t->alert || d->alert;
    if (d->why)
        t->why = d->why;
    if (d->looping)
        t->needs_review = true;
    s->touched = true;
}

/* Values that a person may override: set once, priority only ever raised after that. */
static void set_values(struct script *s, const struct triage_decision *d)
{
    struct ticket *t = &s->t;
    bool first = t->ai_lines == 0;
    /* A title that only lacks the question mark is no news to the requester. */
    if (first && d->title && *d->title && strncmp(t->subject, d->title, strlen(d->title)) != 0)
        t->subject = d->title;
    if (!t->category && d->category) {
        t->category = d->category;
        t->type = d->type;
        t->subtype = d->subtype;
    }
    if (d->priority >= PRIORITY_HIGHEST && d->priority <= PRIORITY_LOWEST
            && (first ? d->priority != t->priority : d->priority < t->priority))
        t->priority = d->priority;
    if (d->needs_review)
        t->needs_review = true;
}

static void note_requests(struct script *s, const struct triage_decision *d)
{
    for (size_t i = 0; d->request_count > 1 && i < d->request_count; i++)
        script_event(s, "request", NULL, NULL, d->requests[i]);
}

static const char *action_code(enum triage_action action)
{
    static const char *const codes[] = { "acknowledge", "ask", "answer", "solved", "handoff" };
    return action < TRIAGE_ACTIONS ? codes[action] : "unknown";
}

/* For people who read it on a phone. */
static const char *because(enum handoff_reason reason)
{
    static const char *const words[HANDOFF_REASONS] = {
        [HANDOFF_NONE] = "", [HANDOFF_HUMAN_ASKED] = ", the customer asked for one",
        [HANDOFF_PANIC] = ", it sounds like an emergency",
        [HANDOFF_ANGER] = ", the customer is angry",
        [HANDOFF_ROUNDS] = ", the assistant could not solve it",
        [HANDOFF_COMPLEX] = ", it is too complex for the assistant",
        [HANDOFF_NO_ANSWER] = ", the knowledge base has no answer",
        [HANDOFF_POLICY] = ", such requests always go to people",
        [HANDOFF_SAFETY] = ", it is about safety",
    };
    return reason < HANDOFF_REASONS ? words[reason] : "";
}

static void hand_over(struct script *s, const struct triage_decision *d)
{
    script_to_people(s);
    s->t.reason = d->reason;
    s->t.summary = d->summary;
    s->t.alert = s->t.alert || d->reason == HANDOFF_PANIC || d->reason == HANDOFF_SAFETY
              || d->reason == HANDOFF_ANGER;
    metric_add(METRIC_TRIAGE_HANDOFFS, 1);
    script_event(s, "handoff", NULL, handoff_reason_code(d->reason), d->why);
    script_event(s, "note", NULL, NULL, d->summary ? d->summary : d->why);
    script_alert(s, "handoff", arena_print(s->a, "#%lld needs a person%s: %s",
                 (long long)s->t.id, because(d->reason), s->t.subject));
}

static void live(struct script *s, const struct triage_decision *d)
{
    struct ticket *t = &s->t;
    set_values(s, d);
    note_requests(s, d);
    t->clarifies += d->action == TRIAGE_ASK;
    t->answers += d->action == TRIAGE_ANSWER;
    t->ai_lines++;
    script_say(s, &(struct line){ .author = AUTHOR_ASSISTANT, .text = d->say, .decision = d,
                                  .name = client_bot_name(s->client.brand, s->a) });
    if (d->action == TRIAGE_ANSWER)
        metric_add(METRIC_TRIAGE_ANSWERS, 1);
    script_event(s, "decision", NULL, action_code(d->action), d->why);
    if (d->action == TRIAGE_HANDOFF) {
        hand_over(s, d);
    } else if (d->action == TRIAGE_SOLVED && script_step(s, STEP_AI_SOLVED)) {
        t->outcome = OUTCOME_RESOLVED_AI;
    }
}

/* Shadow: people see what it would have done. Draft: they may also send it. */
static void beside(struct script *s, const struct triage_decision *d)
{
    if (d->action == TRIAGE_HANDOFF && (d->reason == HANDOFF_PANIC || d->reason == HANDOFF_SAFETY
                                        || d->reason == HANDOFF_ANGER))
        s->t.needs_review = true;
    script_event(s, "decision", "not sent", action_code(d->action), d->why);
    if (s->client.triage == TRIAGE_SHADOW) {
        script_event(s, "shadow", NULL, action_code(d->action), d->say);
        return;
    }
    set_values(s, d);
    note_requests(s, d);
    s->t.summary = d->summary ? d->summary : s->t.summary;
    s->t.draft_id = script_event(s, "draft", NULL, action_code(d->action), d->say);
}

void apply_ai_decided(struct script *s)
{
    const struct triage_decision *d = s->c->decision;
    if (!d || !d->say || !take_thought(s))
        return;
    bool is_live = s->client.triage == TRIAGE_LIVE;
    if (ticket_is_done(s->t.status) || s->client.triage == TRIAGE_OFF
            || (is_live ? s->t.handler != HANDLER_AI : s->t.handler != HANDLER_NONE))
        return;
    set_facts(s, d);
    if (is_live)
        live(s, d);
    else
        beside(s, d);
}

void apply_ai_failed(struct script *s)
{
    if (!take_thought(s) || ticket_is_done(s->t.status) || s->t.handler == HANDLER_HUMAN)
        return;
    s->t.needs_review = true;
    s->t.reason = HANDOFF_NO_ANSWER;
    script_to_people(s);
    script_event(s, "handoff", NULL, handoff_reason_code(HANDOFF_NO_ANSWER),
                 "What the assistant decided could not be stored.");
    script_alert(s, "handoff", arena_print(s->a, "#%lld needs a person: the assistant failed. %s",
                                           (long long)s->t.id, s->t.subject));
}
