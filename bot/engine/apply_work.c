/* What technicians do with a ticket's work: claim, reply, note, transfer, take over, give back. */
#include <stdio.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/engine/script.h"
#include "bot/store/store_surface.h"

static bool taken(struct script *s)
{
    struct technician_view owner;
    store_technician(s->db, s->t.assignee_id, s->a, &owner);
    snprintf(s->o->name, sizeof s->o->name, "%s", owner.name ? owner.name : "Somebody");
    s->o->ts_ms = store_assigned_ms(s->db, s->t.id);
    const char *at = script_time(s, s->o->ts_ms);
    return script_refuse(s, RESULT_TAKEN, arena_print(s->a, "%s already has it%s%s.", s->o->name,
                                                      *at ? ", since " : "", at));
}

static bool is_lead(struct script *s)
{
    struct technician_view actor;
    if (s->c->actor == ACTOR_OPERATOR)
        return true;
    store_technician(s->db, s->c->actor_id, s->a, &actor);
    return actor.role >= ROLE_LEAD;
}

static bool mine(const struct script *s)
{
    return s->t.assignee_id == s->c->actor_id;
}

void apply_claim(struct script *s)
{
    if (!script_load(s) || (mine(s) && s->t.handler == HANDLER_HUMAN
                            && !ticket_is_done(s->t.status)))
        return;
    if (s->t.assignee_id && !mine(s) && !ticket_is_done(s->t.status)) {
        taken(s);
        return;
    }
    if (!script_step(s, STEP_CLAIM))
        return;
    script_assign(s, s->c->actor_id);
    script_to_people(s);
    s->t.snoozed_until_ms = 0;
}

void apply_takeover(struct script *s)
{
    if (!script_load(s) || (mine(s) && s->t.handler == HANDLER_HUMAN))
        return;
    if (s->t.assignee_id && !mine(s) && !is_lead(s)) {
        taken(s);
        return;
    }
    if (!script_step(s, STEP_TAKEOVER))
        return;
    script_event(s, "takeover", NULL, NULL, s->t.handler == HANDLER_AI
                 ? "Took over from the assistant." : "Took the ticket over.");
    script_assign(s, s->c->actor_id);
    script_to_people(s);
}

void apply_release(struct script *s)
{
    if (!script_load(s))
        return;
    if (!s->t.assignee_id) {
        script_refuse(s, RESULT_REFUSED, "Nobody has this ticket.");
        return;
    }
    if (!mine(s) && !is_lead(s)) {
        taken(s);
        return;
    }
    if (!script_step(s, STEP_RELEASE))
        return;
    script_assign(s, 0);
    script_to_people(s);
}

/* ---- replies ---- */

/* A reply by any route silences the assistant; who answers first has the ticket. */
bool script_reply(struct script *s, const char *text)
{
    if (!text || text_is_blank(text))
        return script_refuse(s, RESULT_BAD, "A reply needs some text.");
    if (!script_step(s, s->c->flag ? STEP_REPLY_KEEP : STEP_REPLY))
        return false;
    if (!s->t.assignee_id)
        script_assign(s, s->c->actor_id);
    script_to_people(s);
    s->t.draft_id = 0;
    s->t.needs_review = false;
    s->t.reminders = 0;
    s->t.last_reminder_ms = 0;
    script_say(s, &(struct line){ .author = AUTHOR_TECHNICIAN, .author_id = s->c->actor_id,
                                  .name = script_actor_name(s), .text = text });
    s->t.desk_read = s->t.head;
    s->t.waiting_since_ms = s->t.status == TICKET_WAITING_CUSTOMER ? s->c->at_ms : 0;
    s->o->seq = s->t.head;
    s->o->ts_ms = s->c->at_ms;
    script_said_here(s, 0, s->t.head);
    return true;
}

void apply_reply(struct script *s)
{
    const char *text = s->c->text;
    if (script_load(s) && !script_is_unsaid(s, &text))
        script_reply(s, text);
}

void apply_send_draft(struct script *s)
{
    if (!script_load(s))
        return;
    const char *draft = s->c->number && s->c->number == s->t.draft_id
                      ? store_event_text(s->db, s->t.id, s->t.draft_id, "draft", s->a) : NULL;
    if (!draft) {
        script_refuse(s, RESULT_STALE, "This draft is not the newest one any more. Look again.");
        return;
    }
    bool edited = s->c->text && strcmp(s->c->text, draft) != 0;
    if (script_reply(s, edited ? s->c->text : draft))
        script_event(s, "draft_sent", NULL, edited ? "edited" : "as it was", NULL);
}

void apply_note(struct script *s)
{
    const char *text = s->c->text;
    if (!script_load(s) || script_is_unsaid(s, &text))
        return;
    if (!text || text_is_blank(text)) {
        script_refuse(s, RESULT_BAD, "A note needs some text.");
        return;
    }
    s->o->id = script_event(s, "note", NULL, NULL, text);
    script_said_here(s, s->o->id, 0);
}

void apply_desk_seen(struct script *s)
{
    if (!script_load(s))
        return;
    int64_t seq = s->c->number < s->t.head ? s->c->number : s->t.head;
    if (seq <= s->t.desk_read)
        return;
    s->t.desk_read = seq;
    store_ticket_update(s->db, &s->before, &s->t);
    struct news_item *news = script_news(s, NEWS_SEEN);
    news->seq = seq;
    news->by_desk = true;
    script_news(s, NEWS_TICKET);
}

/* ---- moving it ---- */

static bool transfer_to_person(struct script *s)
{
    struct technician_view target;
    store_technician(s->db, s->c->target_id, s->a, &target);
    if (!target.id || !target.active)
        return script_refuse(s, RESULT_NOT_FOUND, "There is no such active technician.");
    script_assign(s, target.id);
    if (s->t.status == TICKET_OPEN)
        s->t.status = TICKET_IN_PROGRESS;
    return true;
}

static bool transfer_to_team(struct script *s)
{
    if (!store_team_name(s->db, s->c->team_id, s->a))
        return script_refuse(s, RESULT_NOT_FOUND, "There is no such team.");
    s->t.team_id = s->c->team_id;
    script_assign(s, 0);
    if (s->t.status == TICKET_IN_PROGRESS)
        s->t.status = TICKET_OPEN;
    return true;
}

void apply_transfer(struct script *s)
{
    if (!script_load(s))
        return;
    if (ticket_is_done(s->t.status)) {
        script_refuse(s, RESULT_REFUSED, "Reopen the ticket before you transfer it.");
        return;
    }
    if (!(s->c->target_id ? transfer_to_person(s) : transfer_to_team(s)))
        return;
    script_to_people(s);
    script_event(s, "transfer", NULL, NULL, s->c->text);
    script_alert(s, "transfer", arena_print(s->a, "#%lld was transferred: %s",
                                            (long long)s->t.id, s->t.subject));
}

void apply_give_back(struct script *s)
{
    if (!script_load(s))
        return;
    if (s->client.triage != TRIAGE_LIVE) {
        script_refuse(s, RESULT_REFUSED, "The assistant is not live for this client. An admin "
                                         "can change that with: deskhand client set");
        return;
    }
    if (s->t.handler == HANDLER_AI || !script_step(s, STEP_GIVE_BACK))
        return;
    script_assign(s, 0);
    s->t.handler = HANDLER_AI;
    s->t.clarifies = s->t.answers = s->t.ai_lines = 0;
    s->t.reason = HANDOFF_NONE;
    s->t.intent = NULL;
    s->t.ai_since_seq = s->t.head;
    script_event(s, "give_back", NULL, NULL, "Gave the ticket back to the assistant.");
}

void apply_new_ticket(struct script *s)
{
    const struct command *c = s->c;
    store_client(s->db, c->client_id, s->a, &s->client);
    if (!s->client.id || !s->client.active) {
        script_refuse(s, RESULT_NOT_FOUND, "There is no such client.");
        return;
    }
    if (!c->text || text_is_blank(c->text)) {
        script_refuse(s, RESULT_BAD, "A ticket needs some text.");
        return;
    }
    int64_t contact = c->email ? store_contact_by_email(s->db, c->client_id, c->email) : 0;
    if (!contact)
        contact = store_contact_insert(s->db, c->client_id, c->name, c->email, c->lang, c->at_ms);
    int open = store_open_tickets(s->db, contact, 0);
    script_new_ticket(s, contact, "manual", c->text, 0);
    script_say(s, &(struct line){ .author = AUTHOR_CONTACT, .author_id = contact,
                                  .text = c->text });
    script_event(s, "created", NULL, NULL, "Made by hand.");
    if (open)
        snprintf(s->o->text, sizeof s->o->text,
                 "Made. Mind: this requester already has %d open ticket%s.", open,
                 open == 1 ? "" : "s");
}
