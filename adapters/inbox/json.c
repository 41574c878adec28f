#include "adapters/inbox/json.h"

#include "bot/desk/ticket.h"

/* Times and ids that are 0 mean "none" inside the desk; in JSON that is null. */
static void number_or_null(struct json_out *j, const char *key, int64_t number)
{
    if (number)
        json_out_int(j, key, number);
    else
        json_out_null(j, key);
}

static void id_and_name(struct json_out *j, const char *key, int64_t id, const char *name)
{
    if (!id) {
        json_out_null(j, key);
        return;
    }
    json_out_object(j, key);
    json_out_int(j, "id", id);
    json_out_text(j, "name", name);
    json_out_object_end(j);
}

static void requester(struct json_out *j, const struct ticket_view *t)
{
    json_out_object(j, "client");
    json_out_int(j, "id", t->client_id);
    json_out_text(j, "key", t->client_key);
    json_out_text(j, "name", t->client_name);
    json_out_bool(j, "vip", t->client_vip);
    json_out_object_end(j);
    json_out_object(j, "contact");
    json_out_int(j, "id", t->contact_id);
    json_out_text(j, "name", t->contact_name);
    json_out_text(j, "email", t->contact_email);
    json_out_text(j, "lang", t->contact_lang);
    json_out_bool(j, "verified", t->contact_verified);
    json_out_object_end(j);
}

static void triage(struct json_out *j, const struct ticket_view *t)
{
    json_out_int(j, "sentiment", t->sentiment);
    json_out_text(j, "band", sentiment_band_code(sentiment_band(t->sentiment)));
    json_out_text(j, "lang", t->lang);
    json_out_text(j, "intent", t->intent);
    json_out_text(j, "reason", t->reason);
    json_out_text(j, "summary", t->summary);
    json_out_text(j, "why_ai", t->why);
    json_out_bool(j, "review", t->needs_review);
    json_out_bool(j, "alert", t->alert);
    if (t->draft_id) {
        json_out_object(j, "draft");
        json_out_int(j, "id", t->draft_id);
        json_out_text(j, "text", t->draft);
        json_out_object_end(j);
    } else {
        json_out_null(j, "draft");
    }
}

static void sorting(struct json_out *j, const struct ticket_view *t)
{
    json_out_int(j, "priority", t->priority);
    json_out_text(j, "subject", t->subject);
    json_out_text(j, "category", t->category);
    json_out_text(j, "type", t->type);
    json_out_text(j, "subtype", t->subtype);
    json_out_array(j, "tags");
    for (size_t i = 0; i < t->tag_count; i++)
        json_out_text(j, NULL, t->tags[i]);
    json_out_array_end(j);
}

static void times(struct json_out *j, const struct ticket_view *t)
{
    json_out_int(j, "created", t->created_ms);
    json_out_int(j, "last", t->last_ms);
    number_or_null(j, "first_response", t->first_response_ms);
    number_or_null(j, "snoozed_until", t->snoozed_until_ms);
    number_or_null(j, "waiting_since", t->waiting_since_ms);
    number_or_null(j, "resolved", t->resolved_ms);
    number_or_null(j, "closed", t->closed_ms);
    json_out_int(j, "reminders", t->reminders);
    number_or_null(j, "reminder_due", t->reminder_due_ms);
}

void json_ticket(struct json_out *j, const char *key, const struct ticket_view *t)
{
    json_out_object(j, key);
    json_out_int(j, "id", t->id);
    json_out_int(j, "version", t->version);
    json_out_text(j, "source", t->source);
    json_out_text(j, "status", ticket_status_code(t->status));
    json_out_text(j, "handler", ticket_handler_code(t->handler));
    id_and_name(j, "assignee", t->assignee_id, t->assignee);
    id_and_name(j, "team", t->team_id, t->team);
    requester(j, t);
    sorting(j, t);
    triage(j, t);
    times(j, t);
    json_out_text(j, "last_author", entry_author_code(t->last_author));
    json_out_text(j, "outcome", ticket_outcome_code(t->outcome));
    json_out_text(j, "close_reason", t->close_reason);
    number_or_null(j, "followup_of", t->followup_of);
    json_out_int(j, "other_open", t->other_open);
    json_out_int(j, "head", t->head);
    json_out_int(j, "seen", t->seen);
    json_out_int(j, "desk_read", t->desk_read);
    json_out_int(j, "undelivered", t->undelivered);
    json_out_object_end(j);
}

static void message(struct json_out *j, const struct entry *e)
{
    json_out_text(j, "from", entry_author_code(e->author));
    json_out_text(j, "name", e->name);
    json_out_text(j, "text", e->text);
    json_out_array(j, "cites");
    for (size_t i = 0; i < e->cite_count; i++) {
        json_out_object(j, NULL);
        json_out_text(j, "title", e->cites[i].title);
        json_out_text(j, "url", e->cites[i].url);
        json_out_object_end(j);
    }
    json_out_array_end(j);
    json_out_array(j, "choices");
    for (size_t i = 0; i < e->choice_count; i++)
        json_out_text(j, NULL, e->choices[i]);
    json_out_array_end(j);
}

void json_entries(struct json_out *j, const char *key, const struct entry *entries, size_t count)
{
    json_out_array(j, key);
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = &entries[i];
        json_out_object(j, NULL);
        json_out_int(j, "seq", e->seq);
        json_out_int(j, "ts", e->ts_ms);
        if (e->kind == ENTRY_MSG) {
            message(j, e);
        } else {
            json_out_text(j, "status", ticket_status_code(e->status));
            json_out_text(j, "handler", ticket_handler_code(e->handler));
            json_out_text(j, "assignee", e->assignee);
        }
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

void json_events(struct json_out *j, const struct event_list *list)
{
    static const char *const actors[] = {
        [EVENT_SYSTEM] = "system", [EVENT_CONTACT] = "contact", [EVENT_TECHNICIAN] = "technician",
        [EVENT_ASSISTANT] = "assistant", [EVENT_OPERATOR] = "operator"
    };
    for (size_t i = 0; i < list->count; i++) {
        const struct event_view *e = &list->events[i];
        json_out_object(j, NULL);
        json_out_int(j, "id", e->id);
        json_out_int(j, "ts", e->ts_ms);
        json_out_text(j, "actor", actors[e->actor]);
        json_out_text(j, "name", e->actor_name);
        json_out_text(j, "kind", e->kind);
        json_out_text(j, "from", e->from);
        json_out_text(j, "to", e->to);
        json_out_text(j, "text", e->text);
        json_out_object_end(j);
    }
}

static void row(struct json_out *j, const struct list_row *r)
{
    json_out_object(j, NULL);
    json_out_int(j, "id", r->id);
    json_out_int(j, "version", r->version);
    json_out_int(j, "sort", r->sort_ms);
    json_out_int(j, "last_at", r->last_ms);
    json_out_text(j, "subject", r->subject);
    json_out_text(j, "client", r->client_name);
    json_out_text(j, "contact", r->contact_name);
    id_and_name(j, "assignee", r->assignee_id, r->assignee);
    json_out_text(j, "team", r->team);
    json_out_text(j, "last", r->last);
    json_out_text(j, "last_author", entry_author_code(r->last_author));
    json_out_text(j, "lang", r->lang);
    json_out_text(j, "source", r->source);
    json_out_text(j, "status", ticket_status_code(r->status));
    json_out_text(j, "handler", ticket_handler_code(r->handler));
    json_out_int(j, "priority", r->priority);
    json_out_int(j, "sentiment", r->sentiment);
    json_out_text(j, "band", sentiment_band_code(sentiment_band(r->sentiment)));
    json_out_bool(j, "alert", r->alert);
    json_out_bool(j, "review", r->needs_review);
    json_out_bool(j, "unread", r->unread);
    json_out_text(j, "reason", r->reason);
    number_or_null(j, "snoozed_until", r->snoozed_until_ms);
    json_out_object_end(j);
}

void json_rows(struct json_out *j, const char *key, const struct list_page *page)
{
    json_out_array(j, key);
    for (size_t i = 0; i < page->count; i++)
        row(j, &page->rows[i]);
    json_out_array_end(j);
}

void json_technicians(struct json_out *j, const char *key, const struct technician_list *list)
{
    json_out_array(j, key);
    for (size_t i = 0; i < list->count; i++) {
        const struct technician_view *t = &list->technicians[i];
        if (!t->active)
            continue;
        json_out_object(j, NULL);
        json_out_int(j, "id", t->id);
        json_out_text(j, "name", t->name);
        json_out_text(j, "role", role_code(t->role));
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

void json_teams(struct json_out *j, const char *key, const struct team_list *list)
{
    json_out_array(j, key);
    for (size_t i = 0; i < list->count; i++)
        id_and_name(j, NULL, list->teams[i].id, list->teams[i].name);
    json_out_array_end(j);
}

void json_clients(struct json_out *j, const char *key, const struct client_list *list)
{
    json_out_array(j, key);
    for (size_t i = 0; i < list->count; i++) {
        json_out_object(j, NULL);
        json_out_int(j, "id", list->clients[i].id);
        json_out_text(j, "key", list->clients[i].key);
        json_out_text(j, "name", list->clients[i].name);
        json_out_bool(j, "active", list->clients[i].active);
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

void json_undelivered(struct json_out *j, const char *key, const struct undelivered_list *list)
{
    json_out_array(j, key);
    for (size_t i = 0; i < list->count; i++) {
        const struct undelivered_view *u = &list->effects[i];
        json_out_object(j, NULL);
        json_out_int(j, "id", u->effect_id);
        json_out_int(j, "ticket", u->ticket_id);
        json_out_int(j, "created", u->created_ms);
        json_out_text(j, "kind", u->kind);
        json_out_text(j, "place", u->place);
        json_out_text(j, "error", u->error);
        json_out_int(j, "attempts", u->attempts);
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

void json_sources(struct json_out *j, const char *key, const struct source_list *list)
{
    json_out_object(j, key);
    for (size_t i = 0; i < list->count; i++)
        json_out_int(j, list->sources[i].source, list->sources[i].n);
    json_out_object_end(j);
}

void json_counts(struct json_out *j, const char *key, const int64_t counts[LIST_VIEWS])
{
    json_out_object(j, key);
    for (int view = 0; view < LIST_VIEWS; view++)
        json_out_int(j, list_view_code((enum list_view)view), counts[view]);
    json_out_object_end(j);
}
