/* listing.h - lists of tickets on chat surfaces: home page, queue, search results, the tickets
 * behind a number of a report. Pure; renderers add the markup. */
#ifndef DESKHAND_CARDS_LISTING_H
#define DESKHAND_CARDS_LISTING_H

#include "cards/card.h"

enum { LISTING_ROWS_MAX = 20 };

struct listing_row {
    int64_t ticket_id;
    const char *title;             /* "#42 Printer offline", cleaned */
    const char *facts;             /* "P2 High · In progress · Ana, Acme · 5 min ago" */
    const char *last;              /* last line, cleaned, at most 120 code points; may be NULL */
    bool alert;
    const char *link;              /* to its card or the inbox; NULL: none */
};

struct listing_filter {
    const char *value, *label;
    int64_t count;                 /* -1: none is shown */
    bool chosen;
};

struct listing {
    const char *title;             /* "My tickets" */
    const char *summary;           /* one full sentence: "You have 3 open tickets; 2 wait ..." */
    const char *empty;             /* what to say and do when there are no rows */
    struct listing_row rows[LISTING_ROWS_MAX];
    size_t row_count;
    struct listing_filter filters[LIST_VIEWS + 1];
    size_t filter_count;
    const char *older, *newer;     /* opaque page positions for buttons; NULL: no such page */
    bool has_new_button;           /* "Make a ticket" */
    const char *new_text;          /* its words to begin with, from a person; may be NULL */
};

/* What people call a list: "My tickets"; "Tickets" for one without a filter. */
const char *listing_label(enum list_view view);

/* The filters of a list, all of them, with the counts of view_counts. */
void listing_add_filters(struct listing *listing, enum list_view chosen,
                         const int64_t counts[LIST_VIEWS]);

/* Rows, title and sentences from a page of a list (cursor and filters are the caller's). */
void listing_make(const struct list_page *page, const char *title, int64_t now_ms, struct arena *a,
                  struct listing *out);

#endif
