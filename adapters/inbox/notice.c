#include <stdlib.h>

#include "adapters/inbox/live.h"

enum { NOTICE_GATHER_MS = 40, NOTICE_COUNTS_MS = 400, NOTICE_PEOPLE = 128, NOTICE_MAX = 65536 };

void notice_send(struct live *l, const struct buf *frame)
{
    if (frame->failed || !frame->len)
        return;
    struct websocket_shared *shared = websocket_share(frame->data, frame->len);
    for (struct viewer *v = l->first; v; v = v->next)
        if (v->who.id)
            websocket_send_shared(v->ws, shared);
    websocket_shared_drop(shared);
}

void notice_begin(struct json_out *j, struct buf *b, const char *type)
{
    buf_init(b, NOTICE_MAX);
    *j = (struct json_out){ .buf = b };
    json_out_object(j, NULL);
    json_out_text(j, "t", type);
}

/* ---- what changed: gathered for a moment, so that a busy desk does not flood a browser ---- */

static void flush_changed(void *arg)
{
    struct live *l = arg;
    struct buf b;
    struct json_out j;
    notice_begin(&j, &b, "changed");
    json_out_bool(&j, "all", l->changed_all);
    json_out_bool(&j, "people", l->people_changed);
    json_out_bool(&j, "effects", l->effects_changed);
    json_out_array(&j, "tickets");
    for (size_t i = 0; i < l->changed_count && !l->changed_all; i++) {
        json_out_array(&j, NULL);
        json_out_int(&j, NULL, l->changed[i].ticket_id);
        json_out_int(&j, NULL, l->changed[i].version);
        json_out_array_end(&j);
    }
    json_out_array_end(&j);
    json_out_object_end(&j);
    notice_send(l, &b);
    buf_clear(&b);
    l->changed_count = 0;
    l->changed_all = l->people_changed = l->effects_changed = false;
}

static void note_ticket(struct live *l, int64_t ticket_id, int64_t version)
{
    for (size_t i = 0; i < l->changed_count; i++)
        if (l->changed[i].ticket_id == ticket_id) {
            if (l->changed[i].version < version)
                l->changed[i].version = version;
            return;
        }
    if (l->changed_count == LIVE_CHANGED) {
        l->changed_all = true;
        return;
    }
    l->changed[l->changed_count].ticket_id = ticket_id;
    l->changed[l->changed_count++].version = version;
}

struct tally {                      /* the counts of everybody who is connected */
    struct inbox *in;
    size_t count;
    bool failed;
    struct { int64_t technician_id, counts[LIST_VIEWS]; } rows[NOTICE_PEOPLE];
};

static void tally_read_run(struct reader *r, void *arg)
{
    struct tally *t = arg;
    t->failed = false;
    for (size_t i = 0; i < t->count && !t->failed; i++)
        t->failed = view_counts(r, t->rows[i].technician_id, t->rows[i].counts) != 0;
}

static void send_counts(struct live *l, const struct tally *t, size_t i)
{
    struct buf b;
    struct json_out j;
    notice_begin(&j, &b, "counts");
    json_counts(&j, "counts", t->rows[i].counts);
    json_out_object_end(&j);
    for (struct viewer *v = l->first; v; v = v->next)
        if (v->who.id == t->rows[i].technician_id)
            websocket_send(v->ws, b.data, b.len);
    buf_clear(&b);
}

static void count_now(void *arg);

static void tally_done(void *arg)
{
    struct tally *t = arg;
    struct live *l = t->in->live;
    if (!t->in->closed) {
        for (size_t i = 0; i < t->count && !t->failed; i++)
            send_counts(l, t, i);
        l->counting = false;
        if (l->count_again)
            loop_timer_set(t->in->host.loop, &l->counts, NOTICE_COUNTS_MS, count_now, l);
        l->count_again = false;
    }
    inbox_drop(t->in);
    free(t);
}

static void tally_add(struct tally *t, int64_t technician_id)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].technician_id == technician_id)
            return;
    if (t->count < NOTICE_PEOPLE)
        t->rows[t->count++].technician_id = technician_id;
}

static void count_now(void *arg)
{
    struct live *l = arg;
    struct tally *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    t->in = l->in;
    t->failed = true;
    for (struct viewer *v = l->first; v; v = v->next)
        if (v->who.id)
            tally_add(t, v->who.id);
    inbox_hold(l->in);
    l->counting = true;
    if (!t->count || !engine_read(l->in->host.engine, tally_read_run, tally_done, t))
        tally_done(t);
}

void notice_count(struct live *l)
{
    if (l->counting)
        l->count_again = true;
    else if (!loop_timer_runs(&l->counts))
        loop_timer_set(l->in->host.loop, &l->counts, NOTICE_COUNTS_MS, count_now, l);
}

void live_news(struct inbox *in, const struct news *news)
{
    struct live *l = in->live;
    bool tell = false, recount = false;
    if (!l->first)
        return;
    for (size_t i = 0; i < news->count; i++) {
        const struct news_item *item = &news->items[i];
        if (item->ticket_id)
            note_ticket(l, item->ticket_id, item->version);
        l->people_changed |= item->kind == NEWS_PEOPLE || item->kind == NEWS_CLIENT;
        l->effects_changed |= item->kind == NEWS_EFFECT;
        recount |= item->kind == NEWS_TICKET || item->kind == NEWS_ENTRY;
        tell |= item->kind != NEWS_LOGOUT;
    }
    if (tell && !loop_timer_runs(&l->gather))
        loop_timer_set(in->host.loop, &l->gather, NOTICE_GATHER_MS, flush_changed, l);
    if (recount)
        notice_count(l);
}
