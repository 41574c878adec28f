/* A page of tickets as rows that people can read at a glance. */
#include "cards/listing.h"

#include "bot/base/text.h"
#include "cards/tidy.h"

enum { LAST_MAX = 120 };

static const char *facts(const struct list_row *r, int64_t now_ms, struct arena *a)
{
    const char *text = arena_print(a, "%s · %s · %s, %s",
                                   ticket_priority_label(r->priority),
                                   ticket_status_label(r->status),
                                   tidy_name(a, r->contact_name, "A visitor"),
                                   tidy_name(a, r->client_name, "a client"));
    if (r->assignee)
        text = arena_print(a, "%s · %s has it", text, tidy_name(a, r->assignee, "Someone"));
    else if (r->handler == HANDLER_AI)
        text = arena_print(a, "%s · The assistant has it", text);
    return arena_print(a, "%s · %s%s", text, tidy_age(a, r->last_ms, now_ms),
                       r->unread ? " · new words of the customer" : "");
}

static const char *last(const struct list_row *r, struct arena *a)
{
    const char *text = tidy_line(a, r->last, LAST_MAX - 1);
    return text && !text_is_blank(text) ? text : NULL;
}

static const char *summary(const struct list_page *page, size_t shown, struct arena *a)
{
    size_t alerts = 0, unread = 0;
    for (size_t i = 0; i < shown; i++) {
        alerts += page->rows[i].alert;
        unread += page->rows[i].unread;
    }
    const char *text = !shown ? "There is no ticket here"
                     : shown == 1 ? "There is one ticket"
                     : arena_print(a, "There are %s%zu tickets", page->more || shown < page->count
                                   ? "more than " : "", shown);
    if (unread)
        text = arena_print(a, "%s; in %zu the customer wrote something new", text, unread);
    if (alerts)
        text = arena_print(a, "%s; %zu cannot wait", text, alerts);
    return arena_print(a, "%s.", text);
}

void listing_make(const struct list_page *page, const char *title, int64_t now_ms, struct arena *a,
                  struct listing *out)
{
    *out = (struct listing){ .title = title,
                             .empty = "There is nothing here. Look at another list, or make a "
                                      "ticket." };
    size_t shown = page->count < LISTING_ROWS_MAX ? page->count : LISTING_ROWS_MAX;
    for (size_t i = 0; i < shown; i++) {
        const struct list_row *r = &page->rows[i];
        out->rows[out->row_count++] = (struct listing_row){
            .ticket_id = r->id, .title = tidy_title(a, r->id, r->subject),
            .facts = facts(r, now_ms, a), .last = last(r, a), .alert = r->alert,
        };
    }
    out->summary = summary(page, shown, a);
}

/* ---- the lists that there are ---- */

static const struct { enum list_view view; const char *label; } views[] = {
    { LIST_MINE, "My tickets" }, { LIST_UNASSIGNED, "Team queue" },
    { LIST_REVIEW, "Needs review" }, { LIST_AWAITING_CLOSE, "Awaiting close" },
    { LIST_TRIAGE, "Prepared by the assistant" }, { LIST_SNOOZED, "Snoozed" },
    { LIST_ALL, "All open tickets" },
};

const char *listing_label(enum list_view view)
{
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (views[i].view == view)
            return views[i].label;
    return "Tickets";
}

void listing_add_filters(struct listing *listing, enum list_view chosen,
                         const int64_t counts[LIST_VIEWS])
{
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        listing->filters[listing->filter_count++] = (struct listing_filter){
            .value = list_view_code(views[i].view), .label = views[i].label,
            .count = counts[views[i].view], .chosen = views[i].view == chosen };
}
