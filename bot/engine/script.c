#include "bot/engine/script.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "bot/base/json_out.h"
#include "bot/base/text.h"
#include "bot/store/store_surface.h"

enum { TEXT_MAX = 8000, PREVIEW_MAX = 120 };

bool script_refuse(struct script *s, enum result result, const char *text)
{
    s->o->result = result;
    snprintf(s->o->text, sizeof s->o->text, "%s", text ? text : "");
    return false;
}

/* ---- loading ---- */

static bool is_theirs(const struct script *s)
{
    return s->c->actor != ACTOR_CONTACT || s->t.contact_id == s->c->actor_id;
}

bool script_load_id(struct script *s, int64_t ticket_id)
{
    store_ticket(s->db, ticket_id, s->a, &s->t);
    if (!s->t.id || !is_theirs(s))
        return script_refuse(s, RESULT_NOT_FOUND, "There is no such ticket.");
    s->before = s->t;
    store_client(s->db, s->t.client_id, s->a, &s->client);
    store_contact(s->db, s->t.contact_id, s->a, &s->contact);
    s->o->ticket_id = s->t.id;
    s->o->version = s->t.version;
    snprintf(s->o->conv, sizeof s->o->conv, "%s", s->t.conv);
    return true;
}

bool script_load(struct script *s)
{
    int64_t id = s->c->ticket_id;
    if (s->c->conv)
        id = store_ticket_by_conv(s->db, s->c->conv, s->c->actor_id);
    if (s->c->thread && s->c->place)
        id = store_ticket_by_thread(s->db, s->c->place, s->c->thread);
    if (!script_load_id(s, id))
        return false;
    if (s->c->if_version && s->c->if_version != s->t.version)
        return script_refuse(s, RESULT_STALE, "The ticket changed meanwhile. Look again, then "
                                              "decide.");
    return true;
}

const char *script_time(struct script *s, int64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    char text[40] = "";
    if (ms && gmtime_r(&seconds, &tm))
        strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &tm);
    return arena_copy(s->a, text);
}

/* Somebody was faster, or the card was old: who brought the ticket to where it is, and when. */
static bool refuse_step(struct script *s)
{
    const char *who, *status = ticket_status_label(s->t.status);
    const char *at = script_time(s, store_status_ms(s->db, s->t.id, s->a, &who));
    return script_refuse(s, RESULT_REFUSED, arena_print(s->a,
        "This cannot be done while the ticket is %s%s%s%s%s.", status, *at ? ", since " : "", at,
        *at && who ? " by " : "", *at && who ? arena_copy_n(s->a, who, text_bytes(who, 40)) : ""));
}

bool script_step(struct script *s, enum ticket_step step)
{
    int next = ticket_step(s->t.status, step, s->t.assignee_id != 0);
    if (next < 0)
        return refuse_step(s);
    s->t.status = (enum ticket_status)next;
    s->touched = true;
    return true;
}

/* ---- saying, noting, telling ---- */

struct news_item *script_news(struct script *s, enum news_kind kind)
{
    struct desk_news *n = s->d->news;
    if (n->count == n->size) {
        size_t size = n->size ? n->size * 2 : 64;
        struct news_item *items = arena_alloc(&n->arena, size * sizeof *items);
        if (n->count)
            memcpy(items, n->items, n->count * sizeof *items);
        n->items = items;
        n->size = size;
    }
    n->items[n->count] = (struct news_item){ .kind = kind, .ticket_id = s->t.id,
        .contact_id = s->t.contact_id, .client_id = s->t.client_id, .version = s->t.version,
        .conv = s->t.conv };
    return &n->items[n->count++];
}

static void write_entry(struct script *s, struct entry_row *row)
{
    s->touched = true;
    row->ticket_id = s->t.id;
    row->entry.seq = ++s->t.head;
    row->entry.ts_ms = s->c->at_ms;
    store_entry(s->db, row);
    script_news(s, NEWS_ENTRY)->entry = row->entry;
}

static const char *choices_json(struct script *s, const struct triage_decision *d)
{
    if (!d || !d->choice_count)
        return NULL;
    struct buf buf;
    buf_init(&buf, 4096);
    struct json_out json = { .buf = &buf };
    json_out_array(&json, NULL);
    for (size_t i = 0; i < d->choice_count; i++)
        json_out_text(&json, NULL, d->choices[i]);
    json_out_array_end(&json);
    const char *text = buf.failed ? NULL : arena_copy(s->a, buf.data);
    buf_clear(&buf);
    return text;
}

static void fill_decision(struct script *s, struct entry_row *row, const struct triage_decision *d)
{
    row->act = d->action;
    row->cites = d->cites;
    row->choices = choices_json(s, d);
    row->entry.cite_count = d->cite_count;
    for (size_t i = 0; i < d->cite_count; i++) {
        row->entry.cites[i].title = arena_copy(s->a, d->cites[i].title);
        row->entry.cites[i].url = arena_copy(s->a, d->cites[i].url);
    }
    row->entry.choice_count = d->choice_count;
    for (size_t i = 0; i < d->choice_count; i++)
        row->entry.choices[i] = arena_copy(s->a, d->choices[i]);
}

static void say_piece(struct script *s, const struct line *line, const char *text)
{
    struct entry_row row = { .author_id = line->author_id, .entry = { .kind = ENTRY_MSG,
        .author = line->author, .name = arena_copy(s->a, line->name), .text = text,
        .cid = arena_copy(s->a, line->cid) } };
    if (line->decision)
        fill_decision(s, &row, line->decision);
    write_entry(s, &row);
    s->t.messages++;
    script_show_entry(s, line->author_id && line->author_id == s->c->actor_id
                         && line->author == AUTHOR_TECHNICIAN);
}

void script_say(struct script *s, const struct line *line)
{
    const char *rest = line->text;
    do {
        size_t bytes = text_bytes(rest, TEXT_MAX);
        say_piece(s, line, arena_copy_n(s->a, rest, bytes));
        rest += bytes;
    } while (*rest);
    if (line->author != s->t.last_author || s->is_new)
        s->attention = true;
    s->t.last_author = line->author;
    s->t.last_ms = s->c->at_ms;
    s->t.last_text = arena_copy_n(s->a, line->text, text_bytes(line->text, PREVIEW_MAX));
    if (line->author != AUTHOR_CONTACT && line->author != AUTHOR_SYSTEM && !s->t.first_response_ms)
        s->t.first_response_ms = s->c->at_ms;
}

const char *script_actor_name(struct script *s)
{
    if (s->c->actor == ACTOR_TECHNICIAN) {
        struct technician_view technician;
        store_technician(s->db, s->c->actor_id, s->a, &technician);
        return technician.name;
    }
    if (s->c->actor == ACTOR_CONTACT)
        return s->contact.name;
    return s->c->actor == ACTOR_OPERATOR ? "Operator"
         : s->c->actor == ACTOR_ASSISTANT ? "Assistant" : NULL;
}

/* What the log keeps but no thread tells: bookkeeping, and what a line or the card says anyway. */
static bool is_told(const char *kind)
{
    static const char *const untold[] = { "decision", "created", "warning", "reminder",
                                          "reminders", "note_sent", "undelivered" };
    for (size_t i = 0; i < sizeof untold / sizeof *untold; i++)
        if (!strcmp(kind, untold[i]))
            return false;
    return true;
}

int64_t script_event(struct script *s, const char *kind, const char *old, const char *new,
                     const char *text)
{
    s->touched = true;
    struct event event = { .ticket_id = s->t.id, .ts_ms = s->c->at_ms, .actor = s->c->actor,
        .actor_id = s->c->actor_id, .actor_name = script_actor_name(s), .kind = kind, .old = old,
        .new = new, .text = text };
    int64_t id = store_event(s->db, &event);
    script_news(s, NEWS_EVENT);
    if (is_told(kind)) {
        s->first_event = s->first_event ? s->first_event : id;
        s->last_event = id;
    }
    return id;
}

void script_assign(struct script *s, int64_t technician_id)
{
    s->t.assignee_id = technician_id;
    s->touched = true;
}

void script_to_people(struct script *s)
{
    s->t.handler = s->t.assignee_id ? HANDLER_HUMAN : HANDLER_NONE;
    s->touched = true;
}

/* ---- finishing ---- */

static const char *person_name(struct script *s, int64_t id)
{
    struct technician_view technician = { 0 };
    if (id)
        store_technician(s->db, id, s->a, &technician);
    return technician.name;
}

static int lists_of(const struct ticket *t)
{
    if (ticket_is_done(t->status))
        return 1 << LIST_DONE;
    if (t->snoozed_until_ms)
        return 1 << LIST_SNOOZED | (t->needs_review ? 1 << LIST_REVIEW : 0);
    bool nobody = !t->assignee_id && t->handler != HANDLER_AI;
    bool prepared = t->reason != HANDOFF_NONE || t->ai_lines > 0 || t->summary || t->draft_id;
    return 1 << LIST_ALL
         | (nobody && prepared ? 1 << LIST_TRIAGE : 0)
         | (t->assignee_id ? 1 << LIST_MINE : 0)
         | (nobody ? 1 << LIST_UNASSIGNED : 0)
         | (t->needs_review ? 1 << LIST_REVIEW : 0)
         | (t->status == TICKET_AWAITING_CLOSE ? 1 << LIST_AWAITING_CLOSE : 0);
}

static void count_lists(struct script *s)
{
    const struct ticket *was = &s->before, *is = &s->t;
    int before = s->is_new ? 0 : was->lists;
    for (int list = 0; list < LIST_VIEWS; list++) {
        int bit = 1 << list;
        int64_t whose_before = list == LIST_MINE ? was->assignee_id : 0;
        int64_t whose = list == LIST_MINE ? is->assignee_id : 0;
        if ((before & bit) == (is->lists & bit) && whose_before == whose)
            continue;
        if (before & bit)
            store_list_count(s->db, list, whose_before, -1);
        if (is->lists & bit)
            store_list_count(s->db, list, whose, 1);
    }
    int all = 1 << LIST_ALL;
    if ((before & all) != (is->lists & all))
        store_source_count(s->db, is->source, is->lists & all ? 1 : -1);
}

/* Each change of what SLA clocks and people count on is an event with its time. */
static void change_events(struct script *s)
{
    const struct ticket *was = &s->before, *is = &s->t;
    if (was->status != is->status || s->is_new)
        script_event(s, "status", s->is_new ? NULL : ticket_status_code(was->status),
                     ticket_status_code(is->status), NULL);
    if (was->handler != is->handler || s->is_new)
        script_event(s, "handler", s->is_new ? NULL : ticket_handler_code(was->handler),
                     ticket_handler_code(is->handler), NULL);
    if (was->assignee_id != is->assignee_id)
        script_event(s, "assignee", person_name(s, was->assignee_id),
                     person_name(s, is->assignee_id), NULL);
    if (was->team_id != is->team_id)
        script_event(s, "team", store_team_name(s->db, was->team_id, s->a),
                     store_team_name(s->db, is->team_id, s->a), NULL);
    if (was->priority != is->priority || s->is_new)
        script_event(s, "priority", s->is_new ? NULL : ticket_priority_label(was->priority),
                     ticket_priority_label(is->priority), NULL);
}

static bool visible_change(const struct script *s)
{
    const struct ticket *was = &s->before, *is = &s->t;
    const char *old = was->subject ? was->subject : "";
    if (s->is_new)
        return is->status != TICKET_OPEN || is->handler != HANDLER_NONE || *is->subject;
    return was->status != is->status || was->handler != is->handler
        || was->assignee_id != is->assignee_id || strcmp(old, is->subject) != 0;
}

static void state_entry(struct script *s)
{
    struct entry_row row = { .entry = { .kind = ENTRY_CONV, .author = AUTHOR_SYSTEM,
        .status = s->t.status, .handler = s->t.handler,
        .subject = arena_copy(s->a, s->t.subject),      /* the news outlive the command */
        .assignee = person_name(s, s->t.assignee_id) } };
    write_entry(s, &row);
}

/* Times that follow from the status. */
static void status_times(struct script *s)
{
    struct ticket *t = &s->t;
    int64_t now = s->c->at_ms;
    if (s->before.status == t->status && !s->is_new)
        return;
    if (t->status == TICKET_WAITING_CUSTOMER)
        t->waiting_since_ms = now;
    if (ticket_is_done(t->status)) {
        t->resolved_ms = t->resolved_ms ? t->resolved_ms : now;
        t->closed_ms = t->status == TICKET_CLOSED ? now : 0;
        t->snoozed_until_ms = 0;
    } else {
        t->resolved_ms = t->closed_ms = 0;
        t->outcome = OUTCOME_NONE;
        t->close_reason = NULL;
    }
}

void script_reminder_due(struct script *s)
{
    struct reminder_facts facts = { .status = s->t.status,
        .enabled = s->client.reminders && s->client.active,
        .waiting_since_ms = s->t.waiting_since_ms, .sent = s->t.reminders,
        .last_sent_ms = s->t.last_reminder_ms, .snoozed_until_ms = s->t.snoozed_until_ms,
        .hours = desk_hours(s->d, &s->client) };
    int64_t due = reminder_due_ms(&s->d->config->reminders, &facts);
    store_due(s->db, s->t.id, DUE_REMINDER, due == REMINDER_NEVER ? 0 : due);
}

static void plan(struct script *s)
{
    const struct ticket *was = &s->before, *is = &s->t;
    bool status = was->status != is->status;
    if (status || was->reminders != is->reminders || was->snoozed_until_ms != is->snoozed_until_ms
            || was->waiting_since_ms != is->waiting_since_ms)
        script_reminder_due(s);
    if (was->snoozed_until_ms != is->snoozed_until_ms)
        store_due(s->db, is->id, DUE_WAKE, is->snoozed_until_ms);
    int64_t days = s->d->config->desk.close_resolved_days;
    if (status && (is->status == TICKET_RESOLVED || was->status == TICKET_RESOLVED))
        store_due(s->db, is->id, DUE_CLOSE, is->status == TICKET_RESOLVED && days
                  ? s->c->at_ms + days * DAY_S * 1000 : 0);
}

static void want_thought(struct script *s)
{
    struct outbox_row row = { .kind = EFFECT_THINK, .place = "triage", .lane = "triage",
                              .ticket_id = s->t.id, .version = s->t.head };
    store_effect(s->db, &row, s->c->at_ms);
    struct desk_news *n = s->d->news;
    if (n->thought_count == n->thought_size) {
        size_t size = n->thought_size ? n->thought_size * 2 : 32;
        int64_t *thoughts = arena_alloc(&n->arena, size * sizeof *thoughts);
        if (n->thought_count)
            memcpy(thoughts, n->thoughts, n->thought_count * sizeof *thoughts);
        n->thoughts = thoughts;
        n->thought_size = size;
    }
    n->thoughts[n->thought_count++] = s->t.id;
}

void script_finish(struct script *s)
{
    if (!s->touched || !result_is_ok(s->o->result))
        return;
    status_times(s);
    if (s->think)
        want_thought(s);
    change_events(s);
    if (visible_change(s))
        state_entry(s);
    s->t.lists = lists_of(&s->t);
    bool moved = s->before.status != s->t.status || s->before.handler != s->t.handler
              || s->before.assignee_id != s->t.assignee_id || s->before.lists != s->t.lists;
    if (s->attention || moved || s->is_new)
        s->t.sort_ms = s->c->at_ms;
    s->t.version++;
    count_lists(s);
    plan(s);
    store_ticket_update(s->db, &s->before, &s->t);
    script_show_cards(s);        /* first: it is what people look at */
    script_show_events(s);
    script_news(s, NEWS_TICKET);
    s->o->ticket_id = s->t.id;
    s->o->version = s->t.version;
    snprintf(s->o->conv, sizeof s->o->conv, "%s", s->t.conv);
}
