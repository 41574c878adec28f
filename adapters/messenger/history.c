#include "adapters/messenger/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/log.h"

enum { PAGES_MAX = 128, PAGE_QUEUE_MAX = 65536, PAGE_RETRY_MS = 2000, PAGE_TRIES = 10,
       BUSY_RETRY_MS = 100,
       PAGE_BUF_MAX = FRAMES_PAGE_BYTES + FRAME_BYTES_MAX };

struct page_request {
    struct page_request *next;
    int64_t after;
    int limit, failures;
    char conv[FRAME_CONV_MAX + 1], rid[FRAME_ID_MAX + 1];
};

struct history {
    struct page_request *first, **end;
    int count;
    bool reading;
    struct loop_timer retry;
};

/* Read and written out as frames on a reader thread; the loop only sends them. */
struct page_job {
    struct session *s;
    struct page_request *request;
    int64_t contact_id, ticket_id, head, last;
    int result;
    bool more;
    struct buf frames;
    size_t ends[FRAME_PAGE_MAX], count;
};

static void copy_id(char *to, size_t size, const char *id)
{
    snprintf(to, size, "%s", id ? id : "");
}

static struct history *history_of(struct session *s)
{
    if (s->history)
        return s->history;
    s->history = calloc(1, sizeof *s->history);
    if (!s->history)
        abort();
    s->history->end = &s->history->first;
    return s->history;
}

static struct page_request *take_first(struct history *h)
{
    struct page_request *request = h->first;
    h->first = request->next;
    if (!h->first)
        h->end = &h->first;
    h->count--;
    return request;
}

void history_ask(struct session *s, const char *conv, int64_t after, int64_t limit, const char *rid)
{
    struct messenger_frame f = { .rid = rid };
    struct history *h = history_of(s);
    if (h->count >= PAGES_MAX) {
        session_err(s, ERR_RATE_LIMITED, &f, PAGE_RETRY_MS);
        return;
    }
    struct page_request *request = calloc(1, sizeof *request);
    if (!request)
        abort();
    request->after = after;
    request->limit = limit ? (int)limit : FRAME_PAGE_MAX;
    copy_id(request->conv, sizeof request->conv, conv);
    copy_id(request->rid, sizeof request->rid, rid);
    *h->end = request;
    h->end = &request->next;
    h->count++;
    history_next(s);
}

void history_end(struct session *s)
{
    if (!s->history)
        return;
    while (s->history->first)
        free(take_first(s->history));
    loop_timer_stop(s->m->host->loop, &s->history->retry);
    free(s->history);
    s->history = NULL;
}

/* ---- on a reader thread ---- */

static void write_frames(struct page_job *job, const struct entry_page *page)
{
    job->more = page->more;
    for (size_t i = 0; i < page->count; i++) {
        size_t len = job->frames.len;
        frame_entry(&job->frames, job->request->conv, &page->entries[i]);
        if (job->frames.failed || (i && job->frames.len > FRAMES_PAGE_BYTES)) {
            job->frames.len = len;
            job->more = true;
            return;
        }
        job->ends[job->count++] = job->frames.len;
        job->last = page->entries[i].seq;
    }
}

static void read_page(struct reader *r, void *arg)
{
    struct page_job *job = arg;
    const struct page_request *request = job->request;
    struct arena memory = { 0 };
    struct conv_head head = { 0 };
    struct entry_page page = { 0 };
    job->result = view_conversation(r, job->contact_id, request->conv, &memory, &head);
    job->ticket_id = head.ticket_id;
    job->head = head.head;
    job->last = request->after;
    if (!job->result && head.ticket_id)
        job->result = view_page(r, head.ticket_id, request->after, request->limit,
                                FRAMES_PAGE_BYTES, &memory, &page);
    if (!job->result)
        write_frames(job, &page);
    arena_clear(&memory);
}

/* ---- on the loop ---- */

static void send_page(struct session *s, const struct page_job *job)
{
    for (size_t i = 0, from = 0; i < job->count; from = job->ends[i++]) {
        struct outgoing frame = { .bytes = job->frames.data + from, .len = job->ends[i] - from };
        s->peer->send(s->link, &frame);
    }
}

static void send_synced(struct session *s, const struct page_job *job)
{
    bool reset = job->request->after > job->head && !job->count;
    int64_t last = reset ? job->head : job->last;
    bool more = stream_page(s, job->ticket_id, reset ? 0 : job->request->after, last, job->more);
    frame_synced(session_buf(s), job->request->conv, last, more, reset);
    session_send(s);
}

/* A job that could not be done is tried again soon: the client was not told of it. */
static void try_again(void *arg)
{
    history_next(arg);
}

static void put_back(struct session *s, struct page_request *request)
{
    struct history *h = s->history;
    request->next = h->first;
    if (!h->first)
        h->end = &request->next;
    h->first = request;
    h->count++;
    loop_timer_set(s->m->host->loop, &h->retry, BUSY_RETRY_MS, try_again, s);
}

/* A store that stays unreadable must not keep us busy: the client comes again on its own. */
static void fail(struct session *s, struct page_job *job)
{
    if (++job->request->failures >= PAGE_TRIES) {
        log_error("page unreadable", "ticket=%" PRId64 " contact=%" PRId64, job->ticket_id,
                  job->contact_id);
        session_close(s, CLOSE_SLOW, "unreadable");
        return;
    }
    put_back(s, job->request);
    job->request = NULL;
}

static void page_done(struct session *s, struct page_job *job)
{
    struct messenger_frame f = { .conv = job->request->conv, .rid = job->request->rid };
    if (job->result) {
        fail(s, job);
        return;
    }
    if (!job->ticket_id) {
        session_err(s, ERR_NOT_FOUND, &f, 0);
    } else {
        send_page(s, job);
        send_synced(s, job);
    }
    history_next(s);
}

static void page_read(void *arg)
{
    struct page_job *job = arg;
    struct session *s = job->s;
    if (s->state == SESSION_LIVE) {
        s->history->reading = false;
        page_done(s, job);
    }
    buf_clear(&job->frames);
    free(job->request);
    free(job);
    session_drop(s);
}

static void read_next(struct session *s, struct history *h)
{
    struct page_job *job = calloc(1, sizeof *job);
    if (!job)
        abort();
    *job = (struct page_job){ .s = s, .request = take_first(h), .contact_id = s->contact_id,
                              .result = -1 };
    buf_init(&job->frames, PAGE_BUF_MAX);
    session_hold(s);
    h->reading = true;
    if (engine_read(s->m->host->engine, read_page, page_read, job))
        return;
    h->reading = false;
    put_back(s, job->request);
    free(job);
    session_drop(s);
}

void history_next(struct session *s)
{
    struct history *h = s->history;
    if (!h || h->reading || loop_timer_runs(&h->retry))
        return;
    if (!h->first)
        history_end(s);
    else if (s->peer->queued(s->link) <= PAGE_QUEUE_MAX)
        read_next(s, h);
}

/* ---- which ticket is somebody typing in? ---- */

struct typing_job {
    struct session *s;
    int64_t contact_id;
    int result;
    struct conv_head head;
    char conv[FRAME_CONV_MAX + 1], rid[FRAME_ID_MAX + 1];
    struct arena memory;
};

static void read_typing(struct reader *r, void *arg)
{
    struct typing_job *job = arg;
    job->result = view_conversation(r, job->contact_id, job->conv, &job->memory, &job->head);
}

static void typing_read(void *arg)
{
    struct typing_job *job = arg;
    struct session *s = job->s;
    const struct adapter_host *host = s->m->host;
    struct messenger_frame f = { .conv = job->conv, .rid = job->rid };
    struct signal signal = { .kind = SIGNAL_CUSTOMER_TYPING, .ticket_id = job->head.ticket_id,
                             .contact_id = job->contact_id, .conv = job->conv };
    if (s->state != SESSION_LIVE || job->result)
        ;
    else if (job->head.ticket_id)
        host->signal(host->ctx, &signal);
    else
        session_err(s, ERR_NOT_FOUND, &f, 0);
    arena_clear(&job->memory);
    free(job);
    session_drop(s);
}

/* Dropped when the readers are busy. */
void history_typing(struct session *s, const char *conv, const char *rid)
{
    struct typing_job *job = calloc(1, sizeof *job);
    if (!job)
        abort();
    *job = (struct typing_job){ .s = s, .contact_id = s->contact_id, .result = -1 };
    copy_id(job->conv, sizeof job->conv, conv);
    copy_id(job->rid, sizeof job->rid, rid);
    session_hold(s);
    if (engine_read(s->m->host->engine, read_typing, typing_read, job))
        return;
    free(job);
    session_drop(s);
}
