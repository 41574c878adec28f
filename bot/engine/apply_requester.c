/* What requesters do through the messenger: sessions, messages, read marks, asking for a person. */
#include <stdio.h>
#include <string.h>

#include "bot/base/hash.h"
#include "bot/base/text.h"
#include "bot/engine/script.h"

enum { SUBJECT_MAX = 80, CONV_RANDOM_BYTES = 12, ATTRS_MAX = 16384 };

static int64_t days_ms(int64_t days)
{
    return days * DAY_S * 1000;
}

void apply_session_open(struct script *s)
{
    const struct command *c = s->c;
    store_client(s->db, c->client_id, s->a, &s->client);
    if (!s->client.id || !s->client.active) {
        script_refuse(s, RESULT_NOT_FOUND, "There is no such client.");
        return;
    }
    s->o->id = store_contact_insert(s->db, c->client_id, c->name, c->email, c->lang, c->at_ms);
    store_token_insert(s->db, c->hash, s->o->id, c->client_id, c->at_ms,
                       c->at_ms + days_ms(s->d->config->limits.visitor_days));
}

void apply_session_touch(struct script *s)
{
    store_token_touch(s->db, s->c->hash, s->c->at_ms,
                      s->c->at_ms + days_ms(s->d->config->limits.visitor_days));
}

void apply_logout(struct script *s)
{
    if (store_token_delete(s->db, s->c->hash, s->c->actor_id))
        memcpy(script_news(s, NEWS_LOGOUT)->hash, s->c->hash, sizeof s->c->hash);
}

/* ---- messages ---- */

static const char *subject_of(struct script *s, const char *text)
{
    while (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r')
        text++;
    size_t line = strcspn(text, "\r\n");
    size_t cut = text_bytes(text, SUBJECT_MAX);
    return arena_copy_n(s->a, text, line < cut ? line : cut);
}

static enum ticket_handler first_handler(const struct client_view *client, const char *source)
{
    return client->triage == TRIAGE_LIVE && !strcmp(source, "messenger") ? HANDLER_AI
                                                                         : HANDLER_NONE;
}

void script_new_ticket(struct script *s, int64_t contact_id, const char *source, const char *text,
                       int64_t followup_of)
{
    char conv[CONV_RANDOM_BYTES * 4 / 3 + 3];
    hash_base64url(s->c->nonce, CONV_RANDOM_BYTES, conv);
    store_contact(s->db, contact_id, s->a, &s->contact);
    store_client(s->db, s->contact.client_id, s->a, &s->client);
    s->before = (struct ticket){ 0 };
    s->t = (struct ticket){ .id = ++s->d->last_ticket_id, .conv = arena_copy(s->a, conv),
        .client_id = s->contact.client_id, .contact_id = contact_id, .source = source,
        .status = TICKET_OPEN, .handler = first_handler(&s->client, source),
        .priority = PRIORITY_DEFAULT, .sentiment = 50, .subject = subject_of(s, text),
        .last_text = "", .last_ms = s->c->at_ms, .created_ms = s->c->at_ms,
        .sort_ms = s->c->at_ms, .followup_of = followup_of, .last_author = AUTHOR_SYSTEM };
    s->is_new = s->touched = true;
    store_ticket_insert(s->db, &s->t);
    s->before = s->t;
}

/* The same message again gets the same answer; with other words it is a mistake of the sender. */
static bool is_repeat(struct script *s)
{
    int64_t ticket_id, seq, ts_ms;
    const char *text;
    if (!store_sent(s->db, s->c->actor_id, s->c->cid, s->a, &ticket_id, &seq, &ts_ms, &text))
        return false;
    if (strcmp(text, s->c->text)) {
        script_refuse(s, RESULT_CONFLICT, "This message id was used for another text.");
        return true;
    }
    struct ticket t;
    store_ticket(s->db, ticket_id, s->a, &t);
    s->o->result = RESULT_REPEATED;
    s->o->ticket_id = ticket_id;
    s->o->seq = seq;
    s->o->ts_ms = ts_ms;
    snprintf(s->o->conv, sizeof s->o->conv, "%s", t.conv);
    return true;
}

static bool closed_for_good(const struct script *s)
{
    return s->t.status == TICKET_CLOSED
        && s->t.closed_ms + days_ms(s->d->config->desk.reopen_days) < s->c->at_ms;
}

/* A customer's word cancels reminders and snoozing; thanks alone opens nothing again. */
static void customer_word(struct script *s)
{
    struct ticket *t = &s->t;
    if (t->reminders)
        script_event(s, "reminders", NULL, "cancelled", "The requester wrote.");
    t->reminders = 0;
    t->last_reminder_ms = t->waiting_since_ms = 0;
    t->snoozed_until_ms = 0;
    if (ticket_is_done(t->status) && triage_is_only_thanks(s->c->text))
        return;
    bool done = ticket_is_done(t->status);
    script_step(s, STEP_CUSTOMER_SAID);
    if (done && t->assignee_id == 0 && t->handler == HANDLER_HUMAN)
        t->handler = HANDLER_NONE;
    if (done)
        script_event(s, "reopen", NULL, NULL, "The requester wrote again.");
}

static void note_other_open(struct script *s)
{
    int open = store_open_tickets(s->db, s->t.contact_id, s->t.id);
    if (open)
        script_event(s, "warning", NULL, NULL,
                     arena_print(s->a, "The requester already has %d open ticket%s.", open,
                                 open == 1 ? "" : "s"));
}

static bool wants_thought(const struct script *s)
{
    if (s->client.triage == TRIAGE_LIVE)
        return s->t.handler == HANDLER_AI && !ticket_is_done(s->t.status);
    return (s->client.triage == TRIAGE_SHADOW || s->client.triage == TRIAGE_DRAFT)
        && s->t.handler == HANDLER_NONE && !ticket_is_done(s->t.status);
}

/* Finds or makes the ticket of a message. false: refused. */
static bool say_where(struct script *s)
{
    if (s->c->conv && !script_load(s))
        return false;
    if (is_repeat(s))
        return false;
    if (s->c->over_limit_ms) {
        s->o->retry_ms = s->c->over_limit_ms;
        return script_refuse(s, RESULT_RATE_LIMITED, "Too many messages.");
    }
    if (!s->c->conv)
        script_new_ticket(s, s->c->actor_id, "messenger", s->c->text, 0);
    else if (closed_for_good(s))
        script_new_ticket(s, s->c->actor_id, "messenger", s->c->text, s->t.id);
    if (!s->t.id)
        return script_refuse(s, RESULT_NOT_FOUND, "There is no such contact.");
    return true;
}

void apply_say(struct script *s)
{
    if (!say_where(s))
        return;
    if (!s->is_new)
        customer_word(s);
    script_say(s, &(struct line){ .author = AUTHOR_CONTACT, .author_id = s->c->actor_id,
                                  .text = s->c->text, .cid = s->c->cid });
    store_sent_add(s->db, s->c->actor_id, s->c->cid, s->t.id, s->t.head);
    s->o->seq = s->t.head;
    s->o->ts_ms = s->c->at_ms;
    if (s->is_new)
        note_other_open(s);
    s->think = wants_thought(s);
}

void apply_seen(struct script *s)
{
    if (!script_load(s))
        return;
    if (s->c->number > s->t.head) {
        script_refuse(s, RESULT_BAD, "seq is above the head of the conversation.");
        return;
    }
    if (s->c->number <= s->t.seen)
        return;
    s->t.seen = s->c->number;
    store_ticket_update(s->db, &s->before, &s->t);
    script_news(s, NEWS_SEEN)->seq = s->t.seen;
    script_news(s, NEWS_TICKET);
}

void apply_who(struct script *s)
{
    store_contact_name(s->db, s->c->actor_id, s->c->name, s->c->email);
}

void apply_attrs(struct script *s)
{
    if (!store_contact_attrs(s->db, s->c->actor_id, s->c->text, ATTRS_MAX))
        script_refuse(s, RESULT_BAD, "All attributes together are too long.");
}

/* While the assistant has the ticket it hands over in its own words; otherwise people are told. */
void apply_ask_human(struct script *s)
{
    if (!script_load(s) || s->t.reason == HANDOFF_HUMAN_ASKED || s->t.handler == HANDLER_HUMAN
            || ticket_is_done(s->t.status))
        return;
    if (s->t.handler == HANDLER_AI) {
        if (s->t.intent && !strcmp(s->t.intent, "human"))
            return;
        s->t.intent = "human";
        s->think = s->touched = true;
        script_event(s, "human_asked", NULL, NULL, "The requester pressed \"Talk to a person\".");
        return;
    }
    s->t.reason = HANDOFF_HUMAN_ASKED;
    s->t.needs_review = true;
    script_event(s, "human_asked", NULL, NULL, "The requester pressed \"Talk to a person\".");
    script_alert(s, "human_asked", arena_print(s->a, "#%lld: the requester asks for a person.",
                                               (long long)s->t.id));
}
