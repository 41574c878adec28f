#include "adapters/chat/found.h"

static int read_list(struct reader *r, enum list_view view, int64_t viewer_id, int limit,
                     struct arena *a, struct chat_found *out)
{
    struct list_query query = { .view = view, .technician_id = viewer_id, .limit = limit };
    return view_list(r, &query, a, &out->page);
}

static int read_ticket(struct reader *r, int64_t id, struct arena *a, struct chat_found *out)
{
    return id ? view_ticket(r, id, CHAT_FOUND_LINES, a, &out->ticket) : 0;
}

static int read_next(struct reader *r, int64_t viewer_id, struct arena *a, struct chat_found *out)
{
    if (read_list(r, LIST_UNASSIGNED, viewer_id, 1, a, out))
        return -1;
    return read_ticket(r, out->page.count ? out->page.rows[0].id : 0, a, out);
}

int chat_found_read(struct reader *r, const struct chat_words *words, int64_t viewer_id,
                    struct arena *a, struct chat_found *out)
{
    *out = (struct chat_found){ .ticket = { .id = 0 } };
    switch (words->kind) {
    case CHAT_MINE: return read_list(r, LIST_MINE, viewer_id, CHAT_FOUND_ROWS, a, out);
    case CHAT_QUEUE: return read_list(r, LIST_UNASSIGNED, viewer_id, CHAT_FOUND_ROWS, a, out);
    case CHAT_NEXT: return read_next(r, viewer_id, a, out);
    case CHAT_TICKET: return read_ticket(r, words->number, a, out);
    case CHAT_FIND:
    case CHAT_FREE:
        return words->text ? view_search(r, words->text, CHAT_FOUND_ROWS, a, &out->page) : 0;
    case CHAT_NEW:
    case CHAT_HELP: break;
    }
    return 0;
}

const char *chat_found_nothing(const struct chat_words *words, const struct chat_found *found)
{
    if (words->kind == CHAT_FIND && !words->text)
        return "Say what to look for: find printer offline";
    if (words->kind == CHAT_NEXT && !found->ticket.id)
        return "Nothing waits: well done.";
    return words->kind == CHAT_TICKET && !found->ticket.id ? "There is no such ticket." : NULL;
}

static void looked_for(const struct chat_words *words, struct arena *a, struct listing *out)
{
    out->empty = "No ticket has these words. Make one, try others, or write help.";
    if (words->hint) {
        out->empty = arena_print(a, "%s no ticket has them.", words->hint);
        out->summary = arena_print(a, "%s %s", words->hint, out->summary);
    }
    out->has_new_button = true;
    out->new_text = words->text;
}

void chat_found_listing(const struct chat_words *words, const struct chat_found *found,
                        int64_t now_ms, struct arena *a, struct listing *out)
{
    bool mine = words->kind == CHAT_MINE, queue = words->kind == CHAT_QUEUE;
    if (words->kind == CHAT_NEW) {
        *out = (struct listing){ .title = "Make a ticket", .has_new_button = true, .empty = "",
            .summary = "Click to say whose ticket it is.", .new_text = words->text };
        return;
    }
    listing_make(&found->page, mine ? listing_label(LIST_MINE) : queue
                 ? listing_label(LIST_UNASSIGNED) : "Found", now_ms, a, out);
    if (!mine && !queue)
        looked_for(words, a, out);
}
