/* Lists of tickets, and what the few words ask for that people type to the desk. */
#include <string.h>

#include "adapters/teams/show.h"
#include "bot/base/clock.h"
#include "bot/base/text.h"

enum { ROWS = 10, REPORT_ROWS = 20, LINES = 6, WORD_BYTES = 250 };

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

static void read_one(struct reader *r, struct showing *show, int64_t id)
{
    if (id && view_ticket(r, id, LINES, &show->arena, &show->ticket))
        show->failed = true;
}

void show_read_words(struct reader *r, struct showing *show)
{
    const struct chat_words *words = &show->talk->intent.words;
    switch (words->kind) {
    case CHAT_MINE: read_page(r, show, LIST_MINE, ROWS); break;
    case CHAT_QUEUE: read_page(r, show, LIST_UNASSIGNED, ROWS); break;
    case CHAT_NEXT:
        read_page(r, show, LIST_UNASSIGNED, 1);
        read_one(r, show, show->page.count ? show->page.rows[0].id : 0);
        break;
    case CHAT_TICKET: read_one(r, show, words->number); break;
    case CHAT_FIND:
    case CHAT_FREE:
        if (words->text && view_search(r, words->text, ROWS, &show->arena, &show->page))
            show->failed = true;
        break;
    case CHAT_NEW:
    case CHAT_HELP: break;
    }
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

static const struct { enum list_view view; const char *label; } views[] = {
    { LIST_MINE, "My tickets" }, { LIST_UNASSIGNED, "Team queue" },
    { LIST_REVIEW, "Needs review" }, { LIST_AWAITING_CLOSE, "Awaiting close" },
    { LIST_TRIAGE, "Prepared by the assistant" }, { LIST_SNOOZED, "Snoozed" },
    { LIST_ALL, "All open tickets" },
};

enum { VIEWS = sizeof views / sizeof *views };

static const char *label_of(enum list_view view)
{
    for (size_t i = 0; i < VIEWS; i++)
        if (views[i].view == view)
            return views[i].label;
    return "Tickets";
}

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
    listing_make(page, label_of(view), clock_now_ms(), &show->arena, &listing);
    for (size_t i = 0; i < VIEWS; i++)
        listing.filters[listing.filter_count++] = (struct listing_filter){
            .value = list_view_code(views[i].view), .label = views[i].label,
            .count = show->counts[views[i].view], .chosen = views[i].view == view };
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
    const struct chat_words *words = &show->talk->intent.words;
    struct listing listing;
    if (!words->text) {
        show_draw_notice("Say what to look for: find printer offline", out);
        return;
    }
    listing_make(&show->page, "Found", clock_now_ms(), &show->arena, &listing);
    listing.empty = "No ticket has these words. Make one, try others, or write help.";
    if (words->hint) {
        listing.empty = arena_print(&show->arena, "%s no ticket has them.", words->hint);
        listing.summary = arena_print(&show->arena, "%s %s", words->hint, listing.summary);
    }
    listing.has_new_button = true;
    listing.new_text = clip(&show->arena, words->text);
    put(show, &listing, out);
}

static void draw_new(struct showing *show, struct shown *out)
{
    struct listing listing = { .title = "Make a ticket", .has_new_button = true,
        .summary = "Click to say whose ticket it is.", .empty = "",
        .new_text = clip(&show->arena, show->talk->intent.words.text) };
    put(show, &listing, out);
}

static void draw_one(struct showing *show, struct shown *out)
{
    if (show->ticket.id)
        show_draw_ticket(show, out);
    else
        show_draw_notice(show->talk->intent.words.kind == CHAT_NEXT
                         ? "Nothing waits: well done." : "There is no such ticket.", out);
}

static void draw_help(struct showing *show, struct shown *out)
{
    out->title = "Help";
    out->summary = "What you can write to the desk.";
    teams_help(teams_nonce(TEAMS_NONCE_CARD, &show->arena), &out->card);
}

void show_draw_words(struct showing *show, struct shown *out)
{
    switch (show->talk->intent.words.kind) {
    case CHAT_TICKET:
    case CHAT_NEXT: draw_one(show, out); break;
    case CHAT_NEW: draw_new(show, out); break;
    case CHAT_HELP: draw_help(show, out); break;
    case CHAT_MINE: draw_view(show, LIST_MINE, out); break;
    case CHAT_QUEUE: draw_view(show, LIST_UNASSIGNED, out); break;
    case CHAT_FIND:
    case CHAT_FREE: draw_found(show, out); break;
    }
}
