/* ticket list: read-only, in text or JSON. */
#include <inttypes.h>
#include <stdio.h>

#include "bot/cli_json.h"

enum { LIST_PAGE = 100 };

static void print_row(struct cli *c, const struct list_row *row)
{
    printf("#%-7" PRId64 " P%d  %-20s %-6s %-14s %-16s %s\n", row->id, row->priority,
           ticket_status_label(row->status), ticket_handler_code(row->handler),
           cli_plain(c, row->assignee ? row->assignee : "-", 14),
           cli_plain(c, row->client_name, 16),
           cli_plain(c, row->subject && *row->subject ? row->subject : row->last, 60));
}

static void row_json(struct json_out *j, const struct list_row *row)
{
    char priority[8];
    snprintf(priority, sizeof priority, "P%d", row->priority);
    json_out_object(j, NULL);
    json_out_int(j, "number", row->id);
    json_out_text(j, "subject", row->subject);
    json_out_text(j, "status", ticket_status_code(row->status));
    json_out_text(j, "handler", ticket_handler_code(row->handler));
    json_out_text(j, "priority", priority);
    json_out_text(j, "assignee", row->assignee);
    json_out_text(j, "team", row->team);
    json_out_text(j, "client", row->client_name);
    json_out_text(j, "contact", row->contact_name);
    json_out_text(j, "source", row->source);
    json_out_text(j, "lang", row->lang);
    json_out_text(j, "reason", row->reason);
    json_out_int(j, "sentiment", row->sentiment);
    json_out_bool(j, "alert", row->alert);
    json_out_bool(j, "needs_review", row->needs_review);
    json_out_bool(j, "unread", row->unread);
    json_out_int(j, "last_ms", row->last_ms);
    json_out_text(j, "last", row->last);
    json_out_object_end(j);
}

/* Page by page until the limit: no answer of the desk is larger than a page. */
static int list_pages(struct cli *c, struct reader *r, struct list_query *q, int64_t limit,
                      struct json_out *j)
{
    for (int64_t left = limit; left > 0;) {
        struct list_page page = { 0 };
        q->limit = left < LIST_PAGE ? (int)left : LIST_PAGE;
        if (view_list(r, q, &c->memory, &page))
            return cli_fail(CLI_IO, "the desk could not be read");
        for (size_t i = 0; i < page.count; i++) {
            row_json(j, &page.rows[i]);
            if (!cli_given(c, "--json"))
                print_row(c, &page.rows[i]);
        }
        if (!page.more || !page.count)
            break;
        left -= (int64_t)page.count;
        q->before_ms = page.rows[page.count - 1].sort_ms;
        q->before_id = page.rows[page.count - 1].id;
    }
    return CLI_OK;
}

static int fill_query(struct cli *c, struct reader *r, struct list_query *q)
{
    const char *view = cli_value(c, "--view"), *key = cli_value(c, "--client");
    int which = view ? list_view_parse(view) : LIST_ALL;
    if (which < 0 || which == LIST_MINE)
        return cli_fail(CLI_USAGE, "--view is all, triage, unassigned, review, awaiting_close,"
                        " snoozed or done");
    q->view = (enum list_view)which;
    if (key && !(q->client_id = cli_client(c, r, key).id))
        return CLI_REFUSED;
    return CLI_OK;
}

int cli_ticket_list(struct cli *c)
{
    int64_t limit;
    int code;
    struct list_query q = { 0 };
    struct cli_json out;
    if (cli_number(c, "--limit", 50, 1, 1000, &limit))
        return CLI_USAGE;
    struct reader *r = cli_reader(c, &code);
    cli_json_open(&out);
    json_out_array(&out.j, NULL);
    if (r)
        code = fill_query(c, r, &q);
    if (!code)
        code = list_pages(c, r, &q, limit, &out.j);
    json_out_array_end(&out.j);
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}
