/* What technicians change about a ticket: priority, words, snooze, hold, resolve, close, reopen. */
#include <stdio.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/engine/script.h"

enum { TAG_MAX = 40, SUBJECT_LENGTH_MAX = 200, CATEGORY_MAX = 80 };

static bool too_long(struct script *s, const char *text, size_t max, const char *what)
{
    if (!text || text_length(text) <= max)
        return false;
    script_refuse(s, RESULT_BAD, arena_print(s->a, "%s may have at most %zu characters.", what,
                                             max));
    return true;
}

/* A person corrected what the assistant had set: that is how it learns. */
static void override(struct script *s, const char *field, const char *old, const char *new)
{
    if (s->t.ai_lines || s->t.why)
        script_event(s, "override", old, new, field);
}

void apply_priority(struct script *s)
{
    if (!script_load(s))
        return;
    if (s->c->number < PRIORITY_HIGHEST || s->c->number > PRIORITY_LOWEST) {
        script_refuse(s, RESULT_BAD, "Priority is 1 to 4.");
        return;
    }
    if (s->t.priority == (int)s->c->number)
        return;
    override(s, "priority", ticket_priority_label(s->t.priority),
             ticket_priority_label((int)s->c->number));
    s->t.priority = (int)s->c->number;
    s->touched = true;
}

static const char *path_of(struct script *s, const char *a, const char *b, const char *c)
{
    return arena_print(s->a, "%s%s%s%s%s", a ? a : "none", b ? " / " : "", b ? b : "",
                       c ? " / " : "", c ? c : "");
}

void apply_category(struct script *s)
{
    const struct command *c = s->c;
    if (!script_load(s) || too_long(s, c->category, CATEGORY_MAX, "A category")
            || too_long(s, c->type, CATEGORY_MAX, "A type")
            || too_long(s, c->subtype, CATEGORY_MAX, "A subtype"))
        return;
    const char *old = path_of(s, s->t.category, s->t.type, s->t.subtype);
    const char *new = path_of(s, c->category, c->type, c->subtype);
    if (!strcmp(old, new))
        return;
    override(s, "category", old, new);
    script_event(s, "category", old, new, NULL);
    s->t.category = c->category;
    s->t.type = c->type;
    s->t.subtype = c->subtype;
}

void apply_subject(struct script *s)
{
    if (!script_load(s) || too_long(s, s->c->text, SUBJECT_LENGTH_MAX, "A subject"))
        return;
    if (!s->c->text || text_is_blank(s->c->text)) {
        script_refuse(s, RESULT_BAD, "A subject needs some text.");
        return;
    }
    script_event(s, "subject", s->t.subject, s->c->text, NULL);
    s->t.subject = s->c->text;
}

void apply_tag(struct script *s)
{
    if (!script_load(s) || too_long(s, s->c->text, TAG_MAX, "A tag"))
        return;
    if (!s->c->text || text_is_blank(s->c->text)) {
        script_refuse(s, RESULT_BAD, "A tag needs some text.");
        return;
    }
    if (s->c->flag && store_tag_count(s->db, s->t.id) >= VIEW_TAGS_MAX) {
        script_refuse(s, RESULT_REFUSED, "A ticket holds at most 20 tags. Remove one first.");
        return;
    }
    store_tag(s->db, s->t.id, s->c->text, s->c->flag);
    script_event(s, "tag", s->c->flag ? NULL : s->c->text, s->c->flag ? s->c->text : NULL, NULL);
}

void apply_snooze(struct script *s)
{
    if (!script_load(s))
        return;
    if (ticket_is_done(s->t.status)) {
        script_refuse(s, RESULT_REFUSED, "A finished ticket needs no snoozing.");
        return;
    }
    if (s->c->until_ms && s->c->until_ms <= s->c->at_ms) {
        script_refuse(s, RESULT_BAD, "Choose a time that is still to come.");
        return;
    }
    s->t.snoozed_until_ms = s->c->until_ms;
    script_event(s, "snooze", NULL, s->c->until_ms
                 ? arena_print(s->a, "%lld", (long long)s->c->until_ms) : "awake", NULL);
}

void apply_hold(struct script *s)
{
    if (script_load(s) && script_step(s, STEP_HOLD))
        script_to_people(s);
}

static void recap(struct script *s)
{
    if (s->c->text && !text_is_blank(s->c->text))
        script_event(s, "recap", NULL, NULL, s->c->text);
}

void apply_resolve(struct script *s)
{
    if (!script_load(s) || !script_step(s, STEP_RESOLVE))
        return;
    recap(s);
    script_to_people(s);
    s->t.outcome = OUTCOME_RESOLVED;
}

void apply_close(struct script *s)
{
    if (!script_load(s) || too_long(s, s->c->text, 2000, "A reason")
            || !script_step(s, STEP_CLOSE))
        return;
    enum ticket_outcome chosen = (enum ticket_outcome)s->c->outcome;
    if (chosen > OUTCOME_NONE && chosen < TICKET_OUTCOMES)
        s->t.outcome = chosen;
    else if (s->t.outcome == OUTCOME_NONE)
        s->t.outcome = s->before.status == TICKET_AWAITING_CLOSE ? OUTCOME_NO_RESPONSE
                                                                 : OUTCOME_RESOLVED;
    s->t.close_reason = s->c->text;
    script_to_people(s);
    script_event(s, "close", NULL, ticket_outcome_code(s->t.outcome), s->c->text);
}

void apply_reopen(struct script *s)
{
    if (script_load(s) && script_step(s, STEP_REOPEN)) {
        s->t.reminders = 0;
        script_to_people(s);
        script_event(s, "reopen", NULL, NULL, s->c->text);
    }
}

void apply_keep_open(struct script *s)
{
    if (script_load(s) && script_step(s, STEP_KEEP_OPEN)) {
        s->t.reminders = 0;
        s->t.last_reminder_ms = 0;
        script_event(s, "decision", NULL, "keep open", s->c->text);
    }
}

void apply_escalate(struct script *s)
{
    if (!script_load(s))
        return;
    if (ticket_is_done(s->t.status)) {
        script_refuse(s, RESULT_REFUSED, "Reopen the ticket before you escalate it.");
        return;
    }
    if (s->t.status == TICKET_AWAITING_CLOSE) {
        if (!script_step(s, STEP_KEEP_OPEN))
            return;
        s->t.reminders = 0;
        s->t.last_reminder_ms = 0;
    }
    if (s->t.priority > PRIORITY_HIGHEST)
        s->t.priority--;
    s->t.needs_review = true;
    script_to_people(s);
    script_event(s, "escalate", NULL, ticket_priority_label(s->t.priority), s->c->text);
    script_alert(s, "escalate", arena_print(s->a, "#%lld was escalated: %s", (long long)s->t.id,
                                            s->t.subject));
}

void apply_review(struct script *s)
{
    if (!script_load(s) || s->t.needs_review == s->c->flag)
        return;
    s->t.needs_review = s->c->flag;
    script_event(s, "review", NULL, s->c->flag ? "needed" : "done", s->c->text);
}

void apply_ai_wrong(struct script *s)
{
    if (script_load(s))
        script_event(s, "feedback", NULL, s->c->name ? s->c->name : "other", s->c->text);
}
