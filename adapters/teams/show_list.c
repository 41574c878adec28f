/* Lists of tickets, and what the few words ask for that people type to the desk. */
#include <string.h>

#include "adapters/teams/show.h"
#include "bot/base/clock.h"
#include "bot/base/text.h"

enum { ROWS = 10, REPORT_ROWS = 20, WORD_BYTES = 250 };

/* ---- reading ---- */

static void read_page(struct reader *r, struct showing *show, enum list_view view, int limit)
{
    const struct teams_intent *intent = &show->talk->intent;
    struct list_query query = { .view = view, .technician_id = show->viewer.id, .limit = limit,
        .before_ms = intent->after_ms, .before_id = intent->after_id };
    if (view_list(r, &query, &show->arena, &show->page)
            || view_counts(r, show->viewer.id, show->counts))
        show->failed = true;
}

/* The lists among them have filters here. */
void show_read_words(struct reader *r, struct showing *show)
{
    const struct chat_words *words = &show->talk->intent.words;
    bool list = words->kind == CHAT_MINE || words->kind == CHAT_QUEUE;
    if (chat_found_read(r, words, show->viewer.id, &show->arena, &show->found)
            || (list && view_counts(r, show->viewer.id, show->counts)))
        show->failed = true;
    show->page = show->found.page;
    show->ticket = show->found.ticket;
}

void show_read_list(struct reader *r, struct showing *show)
{
    read_page(r, show, show->talk->intent.view, ROWS);
}

void show_read_report(struct reader *r, struct showing *show)
{
    if (view_report(r, show->talk->intent.list, REPORT_ROWS, &show->arena, &show->page))
        show->failed = true;
}

/* ---- drawing ---- */

static void put(struct showing *show, const struct listing *listing, struct shown *out)
{
    bool dialog = show->talk->input.kind == TEAMS_FETCH || show->talk->input.kind == TEAMS_SUBMIT;
    char kind = dialog ? TEAMS_NONCE_MENU : TEAMS_NONCE_CARD;
    out->title = "Tickets";
    out->summary = "A list of tickets.";
    teams_listing(listing, teams_nonce(kind, &show->arena), dialog, &out->card);
}

/* The page before this one is not remembered: "newer" leads to the newest. */
static void draw_view(struct showing *show, enum list_view view, struct shown *out)
{
    const struct list_page *page = &show->page;
    struct listing listing;
    listing_make(page, listing_label(view), clock_now_ms(), &show->arena, &listing);
    listing_add_filters(&listing, view, show->counts);
    if (show->talk->intent.after_ms)
        listing.newer = arena_print(&show->arena, "%s:0:0", list_view_code(view));
    if (page->more && page->count && page->rows[page->count - 1].sort_ms > 0)
        listing.older = arena_print(&show->arena, "%s:%lld:%lld", list_view_code(view),
            (long long)page->rows[page->count - 1].sort_ms,
            (long long)page->rows[page->count - 1].id);
    listing.has_new_button = true;
    put(show, &listing, out);
}

void show_draw_list(struct showing *show, struct shown *out)
{
    draw_view(show, show->talk->intent.view, out);
}

void show_draw_report(struct showing *show, struct shown *out)
{
    struct listing listing;
    listing_make(&show->page, "Tickets", clock_now_ms(), &show->arena, &listing);
    put(show, &listing, out);
}

/* As much of somebody's words as a button carries along. */
static const char *clip(struct arena *a, const char *text)
{
    size_t points = text ? text_length(text) : 0;
    while (points && text_bytes(text, points) > WORD_BYTES)
        points--;
    return text ? arena_copy_n(a, text, text_bytes(text, points)) : NULL;
}

static void draw_found(struct showing *show, struct shown *out)
{
    struct listing listing;
    chat_found_listing(&show->talk->intent.words, &show->found, clock_now_ms(), &show->arena,
                       &listing);
    listing.new_text = clip(&show->arena, listing.new_text);
    put(show, &listing, out);
}

static void draw_help(struct showing *show, struct shown *out)
{
    out->title = "Help";
    out->summary = "What you can write to the desk.";
    teams_help(teams_nonce(TEAMS_NONCE_CARD, &show->arena), &out->card);
}

void show_draw_words(struct showing *show, struct shown *out)
{
    const char *nothing = chat_found_nothing(&show->talk->intent.words, &show->found);
    if (nothing) {
        show_draw_notice(nothing, out);
        return;
    }
    switch (show->talk->intent.words.kind) {
    case CHAT_TICKET:
    case CHAT_NEXT: show_draw_ticket(show, out); break;
    case CHAT_HELP: draw_help(show, out); break;
    case CHAT_MINE: draw_view(show, LIST_MINE, out); break;
    case CHAT_QUEUE: draw_view(show, LIST_UNASSIGNED, out); break;
    case CHAT_NEW:
    case CHAT_FIND:
    case CHAT_FREE: draw_found(show, out); break;
    }
}
