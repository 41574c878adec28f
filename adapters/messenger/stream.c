/* How each session gets each entry exactly once, rising, without holes:
 * - it is welcomed with a picture of its conversations during whose reading the contact had no
 *   news (hello.c reads it again otherwise), and gets all news from that moment on; a place says
 *   how far it is in each conversation, what is not above that is dropped;
 * - while a conversation is held, its news are only noted: pages read from the log bring them. */
#include "adapters/messenger/session.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/net/websocket.h"
#include "bot/base/clock.h"

enum { TYPING_QUEUE_MAX = 65536 };

static struct session *chain_of(const struct messenger *m, int64_t contact_id)
{
    return m->by_contact[(uint64_t)contact_id % CONTACT_BUCKETS];
}

/* ---- places ---- */

static struct place *find_place(const struct session *s, int64_t ticket_id)
{
    for (size_t i = 0; i < s->place_count; i++)
        if (s->places[i].ticket_id == ticket_id)
            return &s->places[i];
    return NULL;
}

static struct place *add_place(struct session *s, int64_t ticket_id)
{
    s->places = realloc(s->places, (s->place_count + 1) * sizeof *s->places);
    if (!s->places)
        abort();
    s->places[s->place_count] = (struct place){ .ticket_id = ticket_id };
    return &s->places[s->place_count++];
}

static struct place *place_of(struct session *s, int64_t ticket_id)
{
    struct place *p = find_place(s, ticket_id);
    return p ? p : add_place(s, ticket_id);
}

void stream_begin(struct session *s, const struct messenger_frame *hello,
                  const struct session_view *view, const struct conv_head *asked)
{
    size_t count = view->head_count + hello->pos_count;
    s->places = count ? calloc(count, sizeof *s->places) : NULL;
    if (count && !s->places)
        abort();
    for (size_t i = 0; i < view->head_count; i++)
        s->places[s->place_count++] = (struct place){ .ticket_id = view->heads[i].ticket_id,
                                                      .at = view->heads[i].head };
    for (size_t i = 0; i < hello->pos_count; i++) {
        if (asked && asked[i].ticket_id) {
            struct place *p = place_of(s, asked[i].ticket_id);
            *p = (struct place){ .ticket_id = asked[i].ticket_id, .at = hello->pos[i].seq,
                                 .missed = asked[i].head, .held = true };
        }
        history_ask(s, hello->pos[i].conv, hello->pos[i].seq, 0, NULL);
    }
}

/* While a conversation is held, a page that reaches the end of the log and of what was noted lets
 * it live. A page of a live conversation that goes further than the live entries is ahead of their
 * news. */
bool stream_page(struct session *s, int64_t ticket_id, int64_t after, int64_t last, bool more)
{
    struct place *p = find_place(s, ticket_id);
    if (!p)
        return more;
    if (!p->held) {
        if (after <= p->at && last > p->at)
            p->at = last;
        return more;
    }
    if (more || p->missed > last)
        return true;
    p->held = false;
    p->at = last;
    return false;
}

/* ---- news ---- */

bool stream_is_quiet(const struct messenger *m, int64_t contact_id, int64_t tick)
{
    return m->contact_ticks[(uint64_t)contact_id % TICK_SLOTS] <= tick;
}

/* Is this the next entry for the session? A hole would be our own mistake; a page mends it. */
static bool advance(struct session *s, const struct news_item *item)
{
    struct place *p = find_place(s, item->ticket_id);
    int64_t seq = item->entry.seq;
    if (!p) {
        p = add_place(s, item->ticket_id);
        p->at = seq - 1;
    }
    if (p->held) {
        p->missed = seq > p->missed ? seq : p->missed;
        return false;
    }
    if (seq <= p->at)
        return false;
    if (seq > p->at + 1) {
        p->held = true;
        p->missed = seq;
        history_ask(s, item->conv, p->at, 0, NULL);
        return false;
    }
    p->at = seq;
    return true;
}

static bool wants(struct session *s, const struct news_item *item)
{
    if (item->kind == NEWS_ENTRY)
        return advance(s, item);
    return item->by_desk || !session_said_seen(s, item->conv, item->seq);
}

static void build(struct messenger *m, const struct news_item *item)
{
    buf_reset(&m->frame);
    if (item->kind == NEWS_ENTRY)
        frame_entry(&m->frame, item->conv, &item->entry);
    else
        frame_seen(&m->frame, item->conv, item->seq, item->by_desk);
}

/* The frame is built once, when the first session wants it. */
static void tell(struct messenger *m, const struct news_item *item)
{
    struct outgoing frame = { 0 };
    m->contact_ticks[(uint64_t)item->contact_id % TICK_SLOTS] = ++m->tick;
    for (struct session *s = chain_of(m, item->contact_id); s; s = s->contact_next) {
        if (s->contact_id != item->contact_id || s->state != SESSION_LIVE || !wants(s, item))
            continue;
        if (!frame.bytes) {
            build(m, item);
            frame.bytes = m->frame.data;
            frame.len = m->frame.len;
        }
        s->peer->send(s->link, &frame);
    }
    if (frame.shared)
        websocket_shared_drop(frame.shared);
}

static void log_out(struct messenger *m, const struct news_item *item)
{
    for (struct session *s = m->sessions, *next; s; s = next) {
        next = s->next;
        if (s->state == SESSION_LIVE && !s->leaving
            && !memcmp(s->hash, item->hash, sizeof s->hash))
            session_close(s, CLOSE_UNAUTHORIZED, "logged_out");
    }
}

void stream_news(struct messenger *m, const struct news *news)
{
    for (size_t i = 0; i < news->count; i++) {
        const struct news_item *item = &news->items[i];
        if (item->kind == NEWS_ENTRY || item->kind == NEWS_SEEN)
            tell(m, item);
        else if (item->kind == NEWS_LOGOUT)
            log_out(m, item);
    }
}

/* Dropped for those who are slow to take what matters more. */
void stream_typing(struct messenger *m, int64_t contact_id, const char *conv, const char *who)
{
    struct outgoing frame = { 0 };
    buf_reset(&m->frame);
    frame_typing(&m->frame, conv, who);
    frame.bytes = m->frame.data;
    frame.len = m->frame.len;
    for (struct session *s = chain_of(m, contact_id); s; s = s->contact_next)
        if (s->contact_id == contact_id && s->state == SESSION_LIVE
            && s->peer->queued(s->link) < TYPING_QUEUE_MAX)
            s->peer->send(s->link, &frame);
    if (frame.shared)
        websocket_shared_drop(frame.shared);
}

void stream_end(struct session *s)
{
    free(s->places);
    s->places = NULL;
    s->place_count = 0;
    history_end(s);
}
