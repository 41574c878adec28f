#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/inbox/json.h"
#include "adapters/inbox/parse.h"
#include "adapters/inbox/parts.h"
#include "bot/base/clock.h"
#include "bot/base/text.h"
#include "cards/card.h"

enum { ANSWER_MAX = 8 << 20, LINES = 100, EVENTS_PAGE = 200, EVENTS_MAX = 2000, ROWS = 50,
       OTHERS = 20, UNDELIVERED = 200, QUERY_MAX = 200, PAGE_BYTES = 1 << 20 };

/* One question: read on a reader thread, answered on the loop thread. */
struct ask {
    struct inbox *in;
    uint64_t request;
    int (*run)(struct ask *, struct reader *, struct json_out *);  /* -1: the store failed */
    struct inbox_person who;
    int64_t now_ms;
    struct list_query list;
    const char *text;
    int64_t ticket_id, after, before, event;
    int status;
    struct buf out;
    struct arena arena;
};

static void ask_read_run(struct reader *r, void *arg)
{
    struct ask *ask = arg;
    struct json_out j = { .buf = &ask->out };
    json_out_object(&j, NULL);
    if (ask->run(ask, r, &j) == 0 && !ask->out.failed && ask->status == 503)
        ask->status = 200;
    json_out_object_end(&j);
}

static void ask_free(struct ask *ask)
{
    inbox_drop(ask->in);
    arena_clear(&ask->arena);
    buf_clear(&ask->out);
    free(ask);
}

static void ask_done(void *arg)
{
    struct ask *ask = arg;
    struct http_request *req = ask->in->closed ? NULL : http_find(ask->in->host.http, ask->request);
    if (req && ask->status == 200)
        http_answer(req, &(struct http_answer){ .status = 200, .content_type = "application/json",
                                                .body = ask->out.data, .len = ask->out.len });
    else if (req && ask->status == 404)
        http_answer_error(req, 404, "not_found", "There is no such ticket.", NULL, 0);
    else if (req)
        http_answer_error(req, 503, "busy", "The desk could not read this just now. Try again.",
                          NULL, 0);
    ask_free(ask);
}

static struct ask *ask_new(struct inbox *in, struct http_request *req,
                           const struct inbox_person *who)
{
    struct ask *ask = calloc(1, sizeof *ask);
    if (!ask)
        abort();
    ask->in = in;
    ask->request = http_id(req);
    ask->who = *who;
    ask->now_ms = clock_now_ms();
    ask->status = 503;
    buf_init(&ask->out, ANSWER_MAX);
    inbox_hold(in);
    return ask;
}

static void ask_start(struct ask *ask, int (*run)(struct ask *, struct reader *,
                                                  struct json_out *))
{
    ask->run = run;
    if (!engine_read(ask->in->host.engine, ask_read_run, ask_done, ask))
        ask_done(ask);
}

static int64_t number_of(const struct http_request *req, const char *name)
{
    return parse_number(http_query(req, name, NULL));
}

static bool bad(struct http_request *req, const char *text)
{
    http_answer_error(req, 400, "bad", text, NULL, 0);
    return false;
}

/* ---- me, views ---- */

static int read_me(struct ask *ask, struct reader *r, struct json_out *j)
{
    (void)r;
    json_out_int(j, "id", ask->who.id);
    json_out_text(j, "name", ask->who.name);
    json_out_text(j, "email", ask->who.email);
    json_out_text(j, "role", role_code(ask->who.role));
    json_out_int(j, "now", ask->now_ms);
    json_out_text(j, "workspace", ask->in->host.config->workspace.name);
    return 0;
}

void api_me(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    ask_start(ask_new(in, req, who), read_me);
}

static int read_views(struct ask *ask, struct reader *r, struct json_out *j)
{
    int64_t counts[LIST_VIEWS] = { 0 };
    struct undelivered_list stuck = { 0 };
    struct source_list sources = { 0 };
    if (view_counts(r, ask->who.id, counts) ||
        view_sources(r, &ask->arena, &sources) ||
        view_undelivered(r, UNDELIVERED, &ask->arena, &stuck))
        return -1;
    json_counts(j, "counts", counts);
    json_sources(j, "sources", &sources);
    json_out_int(j, "undelivered", (int64_t)stuck.count);
    return 0;
}

void api_views(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    ask_start(ask_new(in, req, who), read_views);
}

/* ---- lists ---- */

static int read_list(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct list_page page = { 0 };
    if (view_list(r, &ask->list, &ask->arena, &page))
        return -1;
    json_rows(j, "rows", &page);
    json_out_bool(j, "more", page.more);
    return 0;
}

/* "before" is "sort-id" of the last row that is shown. */
static bool parse_before(struct ask *ask, const char *before)
{
    const char *dash = before ? strchr(before, '-') : NULL;
    if (!before)
        return true;
    if (!dash)
        return false;
    ask->list.before_ms = parse_number(arena_copy_n(&ask->arena, before, (size_t)(dash - before)));
    ask->list.before_id = parse_number(dash + 1);
    return ask->list.before_ms >= 0 && ask->list.before_id >= 0;
}

static bool parse_list(struct ask *ask, struct http_request *req)
{
    const char *view = http_query(req, "view", NULL);
    const char *source = http_query(req, "source", NULL);
    int64_t client = number_of(req, "client"), limit = number_of(req, "limit");
    int code = list_view_parse(view ? view : "all");
    if (code < 0)
        return bad(req, "There is no such view.");
    if (!parse_before(ask, http_query(req, "before", NULL)))
        return bad(req, "before is not a place in the list.");
    ask->list.view = (enum list_view)code;
    ask->list.technician_id = ask->who.id;
    ask->list.client_id = client > 0 ? client : 0;
    ask->list.source = source && *source ? arena_copy(&ask->arena, source) : NULL;
    ask->list.limit = limit >= 1 && limit <= 100 ? (int)limit : ROWS;
    return true;
}

void api_list(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    struct ask *ask = ask_new(in, req, who);
    if (parse_list(ask, req))
        ask_start(ask, read_list);
    else
        ask_free(ask);
}

static int read_search(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct list_page page = { 0 };
    if (view_search(r, ask->text, ROWS, &ask->arena, &page))
        return -1;
    json_rows(j, "rows", &page);
    json_out_bool(j, "more", page.more);
    return 0;
}

void api_search(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    const char *text = http_query(req, "q", NULL);
    if (!text || !text_is_valid(text, strlen(text)) || text_length(text) > QUERY_MAX) {
        bad(req, "A search takes up to 200 characters.");
        return;
    }
    struct ask *ask = ask_new(in, req, who);
    ask->text = arena_copy(&ask->arena, text);
    ask_start(ask, read_search);
}

/* ---- one ticket ---- */

static int add_card(struct ask *ask, const struct ticket_view *t, struct json_out *j)
{
    struct card_viewer viewer = { ask->who.id, ask->who.role };
    struct card card;
    struct buf json;
    buf_init(&json, ANSWER_MAX / 4);
    card_make(t, &viewer, ask->now_ms, &ask->arena, &card);
    int failed = card_render_json(&card, &json);
    if (!failed)
        json_out_raw(j, "card", json.data);
    buf_clear(&json);
    return failed;
}

static int add_events(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct event_list list = { 0 };
    int64_t after = ask->event;
    json_out_array(j, "events");
    for (int total = 0; total < EVENTS_MAX; total += EVENTS_PAGE) {
        if (view_events(r, ask->ticket_id, after, EVENTS_PAGE, &ask->arena, &list))
            return -1;
        json_events(j, &list);
        if (list.count < EVENTS_PAGE)
            break;
        after = list.events[list.count - 1].id;
    }
    json_out_array_end(j);
    return 0;
}

/* The ticket itself; *t->id is 0 when there is none. */
static int add_ticket(struct ask *ask, struct reader *r, int lines, struct json_out *j,
                      struct ticket_view *t)
{
    if (view_ticket(r, ask->ticket_id, lines, &ask->arena, t))
        return -1;
    if (!t->id) {
        ask->status = 404;
        return 0;
    }
    json_ticket(j, "ticket", t);
    return add_card(ask, t, j) || add_events(ask, r, j) ? -1 : 0;
}

static int read_ticket(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct ticket_view t = { 0 };
    struct list_page others = { 0 };
    if (add_ticket(ask, r, LINES, j, &t))
        return -1;
    if (!t.id)
        return 0;
    if (view_contact_tickets(r, t.contact_id, OTHERS, &ask->arena, &others))
        return -1;
    json_entries(j, "entries", t.lines, t.line_count);
    json_out_bool(j, "older", t.line_count && t.lines[0].seq > 1);
    json_rows(j, "others", &others);
    return 0;
}

static int read_news(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct ticket_view t = { 0 };
    struct entry_page page = { 0 };
    if (add_ticket(ask, r, CARD_LINES_MAX, j, &t))
        return -1;
    if (!t.id)
        return 0;
    if (view_page(r, t.id, ask->after, LINES, PAGE_BYTES, &ask->arena, &page))
        return -1;
    json_entries(j, "entries", page.entries, page.count);
    json_out_bool(j, "more", page.more);
    return 0;
}

static int read_older(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct entry_page page = { 0 };
    int64_t after = ask->before > LINES ? ask->before - 1 - LINES : 0;
    int64_t limit = ask->before - 1 - after;
    if (limit > 0 && view_page(r, ask->ticket_id, after, (int)limit, PAGE_BYTES, &ask->arena,
                               &page))
        return -1;
    json_entries(j, "entries", page.entries, page.count);
    json_out_bool(j, "older", after > 0);
    return 0;
}

/* "/inbox/api/ticket/42" is everything, ".../42/log?after=7&event=9" what came after that,
 * ".../42/log?before=7" older lines. */
void api_ticket(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    const char *path = http_path(req) + strlen("/inbox/api/ticket/");
    size_t digits = strspn(path, "0123456789");
    bool log = !strcmp(path + digits, "/log");
    struct ask *ask = ask_new(in, req, who);
    ask->ticket_id = parse_number(arena_copy_n(&ask->arena, path, digits));
    ask->after = number_of(req, "after");
    ask->event = number_of(req, "event");
    ask->before = number_of(req, "before");
    if (ask->ticket_id < 1 || (path[digits] && !log)) {
        http_answer_error(req, 404, "not_found", "There is no such ticket.", NULL, 0);
        ask_free(ask);
        return;
    }
    if (ask->after < 0)
        ask->after = 0;
    if (ask->event < 0)
        ask->event = 0;
    ask_start(ask, !log ? read_ticket : ask->before > 0 ? read_older : read_news);
}

/* ---- people, clients, what could not be delivered ---- */

static int read_people(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct technician_list technicians = { 0 };
    struct team_list teams = { 0 };
    if (view_technicians(r, &ask->arena, &technicians) || view_teams(r, &ask->arena, &teams))
        return -1;
    json_technicians(j, "technicians", &technicians);
    json_teams(j, "teams", &teams);
    return 0;
}

void api_people(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    ask_start(ask_new(in, req, who), read_people);
}

static int read_clients(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct client_list list = { 0 };
    if (view_clients(r, &ask->arena, &list))
        return -1;
    json_clients(j, "clients", &list);
    return 0;
}

void api_clients(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    ask_start(ask_new(in, req, who), read_clients);
}

static int read_undelivered(struct ask *ask, struct reader *r, struct json_out *j)
{
    struct undelivered_list list = { 0 };
    if (view_undelivered(r, UNDELIVERED, &ask->arena, &list))
        return -1;
    json_undelivered(j, "effects", &list);
    return 0;
}

void api_undelivered(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    ask_start(ask_new(in, req, who), read_undelivered);
}
