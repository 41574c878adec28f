/* ticket show, ticket log: read-only, in text or JSON. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/cli_json.h"
#include "cards/card.h"

enum { EVENTS_PAGE = 500, PAGE_ENTRIES = 500, PAGE_BYTES = 1024 * 1024 };

/* ---- one ticket ---- */

/* By number or --conv. 0 after complaining, with the exit code in *code. */
static int64_t ticket_id(struct cli *c, struct reader *r, int *code)
{
    const char *conv = cli_value(c, "--conv"), *number = c->operand;
    if (!conv == !number) {
        *code = cli_fail(CLI_USAGE, "say which ticket: NUMBER, or --conv CONV");
        return 0;
    }
    if (conv) {
        int64_t id = view_ticket_id(r, conv);
        if (!id)
            *code = cli_fail(CLI_REFUSED, "there is no conversation %s", conv);
        return id;
    }
    char *end;
    errno = 0;
    int64_t id = strtoll(number + (*number == '#'), &end, 10);
    if (errno || *end || id <= 0) {
        *code = cli_fail(CLI_USAGE, "NUMBER is like 42");
        return 0;
    }
    return id;
}

static bool read_ticket(struct cli *c, struct reader *r, int lines, struct ticket_view *v,
                        int *code)
{
    int64_t id = ticket_id(c, r, code);
    if (!id)
        return false;
    if (view_ticket(r, id, lines, &c->memory, v))
        *code = cli_fail(CLI_IO, "the desk could not be read");
    else if (!v->id)
        *code = cli_fail(CLI_REFUSED, "there is no ticket #%" PRId64 "; deskhand ticket list shows"
                         " them", id);
    return !*code;
}

static void people_json(struct json_out *j, const struct ticket_view *v)
{
    json_out_object(j, "client");
    json_out_text(j, "key", v->client_key);
    json_out_text(j, "name", v->client_name);
    json_out_object_end(j);
    json_out_object(j, "contact");
    json_out_int(j, "id", v->contact_id);
    json_out_text(j, "name", v->contact_name);
    json_out_text(j, "email", v->contact_email);
    json_out_bool(j, "verified", v->contact_verified);
    json_out_object_end(j);
    json_out_text(j, "assignee", v->assignee);
    json_out_text(j, "team", v->team);
}

static void work_json(struct json_out *j, const struct ticket_view *v)
{
    char priority[8];
    snprintf(priority, sizeof priority, "P%d", v->priority);
    json_out_text(j, "status", ticket_status_code(v->status));
    json_out_text(j, "handler", ticket_handler_code(v->handler));
    json_out_text(j, "priority", priority);
    json_out_text(j, "category", v->category);
    json_out_text(j, "type", v->type);
    json_out_text(j, "subtype", v->subtype);
    json_out_array(j, "tags");
    for (size_t i = 0; i < v->tag_count; i++)
        json_out_text(j, NULL, v->tags[i]);
    json_out_array_end(j);
    json_out_bool(j, "needs_review", v->needs_review);
    json_out_text(j, "outcome",
                  v->outcome == OUTCOME_NONE ? NULL : ticket_outcome_code(v->outcome));
    json_out_text(j, "close_reason", v->close_reason);
    json_out_int(j, "reminders", v->reminders);
    json_out_int(j, "undelivered", v->undelivered);
    json_out_int(j, "other_open", v->other_open);
    json_out_int(j, "followup_of", v->followup_of);
}

/* Every citation of every line of the assistant, in order. */
static void cites_json(struct json_out *j, const struct ticket_view *v)
{
    json_out_array(j, "cites");
    for (size_t i = 0; i < v->line_count; i++)
        for (size_t k = 0; k < v->lines[i].cite_count; k++) {
            json_out_object(j, NULL);
            json_out_text(j, "title", v->lines[i].cites[k].title);
            json_out_text(j, "url", v->lines[i].cites[k].url);
            json_out_int(j, "seq", v->lines[i].seq);
            json_out_object_end(j);
        }
    json_out_array_end(j);
}

static void assistant_json(struct json_out *j, const struct ticket_view *v)
{
    json_out_text(j, "reason", v->reason);
    json_out_bool(j, "alert", v->alert);
    json_out_int(j, "sentiment", v->sentiment);
    json_out_text(j, "band", sentiment_band_code(sentiment_band(v->sentiment)));
    json_out_text(j, "lang", v->lang);
    json_out_text(j, "intent", v->intent);
    json_out_text(j, "summary", v->summary);
    json_out_text(j, "why", v->why);
    json_out_text(j, "draft", v->draft);
    cites_json(j, v);
}

static void times_json(struct json_out *j, const struct ticket_view *v)
{
    json_out_int(j, "created_ms", v->created_ms);
    json_out_int(j, "last_ms", v->last_ms);
    json_out_int(j, "first_response_ms", v->first_response_ms);
    json_out_int(j, "waiting_since_ms", v->waiting_since_ms);
    json_out_int(j, "reminder_due_ms", v->reminder_due_ms);
    json_out_int(j, "snoozed_until_ms", v->snoozed_until_ms);
    json_out_int(j, "resolved_ms", v->resolved_ms);
    json_out_int(j, "closed_ms", v->closed_ms);
}

static void entry_json(struct json_out *j, const struct entry *e)
{
    json_out_object(j, NULL);
    json_out_int(j, "seq", e->seq);
    json_out_int(j, "ts_ms", e->ts_ms);
    if (e->kind == ENTRY_MSG) {
        json_out_text(j, "author", entry_author_code(e->author));
        json_out_text(j, "name", e->name);
        json_out_text(j, "text", e->text);
    } else {
        json_out_text(j, "status", ticket_status_code(e->status));
        json_out_text(j, "handler", ticket_handler_code(e->handler));
        json_out_text(j, "assignee", e->assignee);
    }
    json_out_object_end(j);
}

static void ticket_json(struct json_out *j, const struct ticket_view *v)
{
    json_out_object(j, NULL);
    json_out_int(j, "number", v->id);
    json_out_text(j, "conv", v->conv);
    json_out_int(j, "version", v->version);
    json_out_text(j, "subject", v->subject);
    json_out_text(j, "source", v->source);
    people_json(j, v);
    work_json(j, v);
    assistant_json(j, v);
    times_json(j, v);
    json_out_array(j, "lines");
    for (size_t i = 0; i < v->line_count; i++)
        entry_json(j, &v->lines[i]);
    json_out_array_end(j);
    json_out_object_end(j);
}

static int print_card(struct cli *c, const struct ticket_view *v)
{
    struct card card;
    struct buf text;
    buf_init(&text, 256 * 1024);
    card_make(v, &(struct card_viewer){ 0 }, clock_now_ms(), &c->memory, &card);
    int failed = card_render_text(&card, &text);
    if (!failed)
        fputs(text.data, stdout);
    buf_clear(&text);
    return failed ? cli_fail(CLI_IO, "the card is too large") : CLI_OK;
}

int cli_ticket_show(struct cli *c)
{
    int code;
    struct ticket_view v = { 0 };
    struct cli_json out;
    struct reader *r = cli_reader(c, &code);
    cli_json_open(&out);
    if (r && read_ticket(c, r, VIEW_LINES_MAX, &v, &code)) {
        ticket_json(&out.j, &v);
        if (!cli_given(c, "--json"))
            code = print_card(c, &v);
    }
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}

/* ---- log ---- */

static const char *const actors[] = {
    [EVENT_SYSTEM] = "system", [EVENT_CONTACT] = "contact", [EVENT_TECHNICIAN] = "technician",
    [EVENT_ASSISTANT] = "assistant", [EVENT_OPERATOR] = "operator",
};

static void event_json(struct json_out *j, const struct event_view *e)
{
    json_out_object(j, NULL);
    json_out_int(j, "id", e->id);
    json_out_int(j, "ts_ms", e->ts_ms);
    json_out_text(j, "actor", actors[e->actor]);
    json_out_text(j, "name", e->actor_name);
    json_out_text(j, "kind", e->kind);
    json_out_text(j, "from", e->from);
    json_out_text(j, "to", e->to);
    json_out_text(j, "text", e->text);
    json_out_object_end(j);
}

static void print_event(struct cli *c, const struct event_view *e)
{
    printf("%s  %s: %s", cli_time(c, e->ts_ms),
           e->actor_name ? cli_plain(c, e->actor_name, 40) : actors[e->actor], e->kind);
    if (e->from)
        printf(" %s ->", cli_plain(c, e->from, 80));
    if (e->from || e->to)
        printf(" %s", e->to ? cli_plain(c, e->to, 80) : "nothing");
    printf("%s%s\n", e->text ? " | " : "", cli_plain(c, e->text, 2000));
}

static void print_message(struct cli *c, const struct entry *e)
{
    printf("%s  %s says: %s\n", cli_time(c, e->ts_ms),
           e->name ? cli_plain(c, e->name, 40) : entry_author_code(e->author),
           cli_plain(c, e->text, 4000));
}

static int all_events(struct cli *c, struct reader *r, int64_t id, struct event_list *all)
{
    struct event_list page = { 0 };
    do {
        int64_t after = all->count ? all->events[all->count - 1].id : 0;
        if (view_events(r, id, after, EVENTS_PAGE, &c->memory, &page))
            return cli_fail(CLI_IO, "the desk could not be read");
        struct event_view *more = arena_alloc(&c->memory, (all->count + page.count + 1)
                                                              * sizeof *more);
        if (all->count)
            memcpy(more, all->events, all->count * sizeof *more);
        if (page.count)
            memcpy(more + all->count, page.events, page.count * sizeof *more);
        *all = (struct event_list){ more, all->count + page.count };
    } while (page.count == EVENTS_PAGE);
    return CLI_OK;
}

static int all_entries(struct cli *c, struct reader *r, int64_t id, struct entry_page *all)
{
    struct entry_page page = { 0 };
    do {
        int64_t after = all->count ? all->entries[all->count - 1].seq : 0;
        if (view_page(r, id, after, PAGE_ENTRIES, PAGE_BYTES, &c->memory, &page))
            return cli_fail(CLI_IO, "the desk could not be read");
        struct entry *more = arena_alloc(&c->memory, (all->count + page.count + 1) * sizeof *more);
        if (all->count)
            memcpy(more, all->entries, all->count * sizeof *more);
        if (page.count)
            memcpy(more + all->count, page.entries, page.count * sizeof *more);
        *all = (struct entry_page){ more, all->count + page.count, page.more };
    } while (page.more && page.count);
    return CLI_OK;
}

/* Both logs in the order of time; of the same instant the message first, then what followed. */
static void print_merged(struct cli *c, const struct event_list *events,
                         const struct entry_page *entries)
{
    size_t i = 0, k = 0;
    while (i < events->count || k < entries->count) {
        bool message = k < entries->count && (i == events->count ||
                       entries->entries[k].ts_ms <= events->events[i].ts_ms);
        if (!message)
            print_event(c, &events->events[i++]);
        else if (entries->entries[k++].kind == ENTRY_MSG)
            print_message(c, &entries->entries[k - 1]);
    }
}

static void log_json(struct json_out *j, int64_t id, const struct event_list *events,
                     const struct entry_page *entries)
{
    json_out_object(j, NULL);
    json_out_int(j, "number", id);
    json_out_array(j, "events");
    for (size_t i = 0; i < events->count; i++)
        event_json(j, &events->events[i]);
    json_out_array_end(j);
    json_out_array(j, "entries");
    for (size_t i = 0; i < entries->count; i++)
        entry_json(j, &entries->entries[i]);
    json_out_array_end(j);
    json_out_object_end(j);
}

int cli_ticket_log(struct cli *c)
{
    int code;
    struct ticket_view v = { 0 };
    struct event_list events = { 0 };
    struct entry_page entries = { 0 };
    struct cli_json out;
    struct reader *r = cli_reader(c, &code);
    cli_json_open(&out);
    if (r && read_ticket(c, r, 0, &v, &code)) {
        code = all_events(c, r, v.id, &events);
        if (!code)
            code = all_entries(c, r, v.id, &entries);
        log_json(&out.j, v.id, &events, &entries);
        if (!code && !cli_given(c, "--json"))
            print_merged(c, &events, &entries);
    }
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}
