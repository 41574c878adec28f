#include "adapters/messenger/session.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/messenger/pending.h"
#include "bot/base/hash.h"
#include "bot/base/metric.h"

enum { METER_PLACES = 65536, FRAME_BUF_MAX = 262144 };

struct messenger *messenger_new(const struct adapter_host *host)
{
    struct messenger *m = calloc(1, sizeof *m);
    if (!m)
        abort();
    m->host = host;
    m->limits = &host->config->limits;
    m->by_contact = calloc(CONTACT_BUCKETS, sizeof *m->by_contact);
    m->contact_ticks = calloc(TICK_SLOTS, sizeof *m->contact_ticks);
    if (!m->by_contact || !m->contact_ticks)
        abort();
    m->sends = meters_new(METER_PLACES);
    m->sustained = meters_new(METER_PLACES);
    m->conversations = meters_new(METER_PLACES);
    m->addresses = meters_new(METER_PLACES);
    m->address_visitors = meters_new(METER_PLACES);
    m->address_conversations = meters_new(METER_PLACES);
    m->pending = pending_new();
    buf_init(&m->frame, FRAME_BUF_MAX);
    return m;
}

static void release(struct messenger *m)
{
    if (!m->closed || m->session_count)
        return;
    free(m->by_contact);
    free(m->contact_ticks);
    meters_free(m->sends);
    meters_free(m->sustained);
    meters_free(m->conversations);
    meters_free(m->addresses);
    meters_free(m->address_visitors);
    meters_free(m->address_conversations);
    pending_free(m->pending);
    buf_clear(&m->frame);
    free(m);
}

void messenger_close(struct messenger *m)
{
    m->closed = true;
    release(m);
}

/* Random bytes are fetched in bulk: every message needs some. */
void messenger_random(struct messenger *m, void *out, size_t len)
{
    if (m->random_left < len) {
        hash_random(m->random, sizeof m->random);
        m->random_left = sizeof m->random;
    }
    unsigned char *from = m->random + sizeof m->random - m->random_left;
    memcpy(out, from, len);
    memset(from, 0, len);
    m->random_left -= len;
}

/* ---- what is sent ---- */

struct buf *session_buf(struct session *s)
{
    buf_reset(&s->m->frame);
    return &s->m->frame;
}

void session_send(struct session *s)
{
    struct outgoing frame = { .bytes = s->m->frame.data, .len = s->m->frame.len };
    if (s->link && s->state != SESSION_CLOSED && !s->m->frame.failed)
        s->peer->send(s->link, &frame);
}

void session_err(struct session *s, enum err err, const struct messenger_frame *f, int64_t retry_ms)
{
    bool conv = err == ERR_NOT_FOUND;
    frame_err(session_buf(s), err, f ? f->cid : NULL, f ? f->rid : NULL, conv && f ? f->conv : NULL,
              retry_ms);
    session_send(s);
    metric_add(METRIC_MESSENGER_ERRS, 1);
}

/* ---- birth and end ---- */

static void on_timer(void *arg)
{
    struct session *s = arg;
    struct messenger *m = s->m;
    if (s->state == SESSION_NEW) {
        session_close(s, CLOSE_SLOW, "hello_timeout");
        return;
    }
    int64_t silent = loop_steady_ms(m->host->loop) - s->heard_ms;
    int64_t left = m->limits->idle_timeout_ms - silent;
    if (left <= 0 && (silent = s->peer->silent_ms(s->link)) >= 0)
        left = m->limits->idle_timeout_ms - silent;
    if (left > 0)
        loop_timer_set(m->host->loop, &s->timer, left, on_timer, s);
    else
        session_close(s, CLOSE_SLOW, "silence");
}

void session_start_timer(struct session *s)
{
    const struct config_limits *limits = s->m->limits;
    int64_t after_ms = s->state == SESSION_NEW ? limits->hello_timeout_ms : limits->idle_timeout_ms;
    loop_timer_set(s->m->host->loop, &s->timer, after_ms, on_timer, s);
}

struct session *session_new(struct messenger *m, const struct peer_kind *peer, void *link,
                            int64_t client_id, const char *address)
{
    struct session *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    *s = (struct session){ .m = m, .peer = peer, .link = link, .client_id = client_id, .refs = 1,
                           .next = m->sessions };
    s->heard_ms = loop_steady_ms(m->host->loop);
    if (m->sessions)
        m->sessions->prev = s;
    m->sessions = s;
    m->session_count++;
    s->address = address ? meters_text_key(address) | 1 : 0;
    struct meter *meter = s->address ? meters_get(m->addresses, s->address, s->heard_ms) : NULL;
    if (meter)
        meter->held++;
    else
        s->address = 0;
    session_start_timer(s);
    return s;
}

static struct session **bucket_of(struct messenger *m, int64_t contact_id)
{
    return &m->by_contact[(uint64_t)contact_id % CONTACT_BUCKETS];
}

static void leave(struct session *s)
{
    if (!s->contact_id)
        return;
    struct session **at = bucket_of(s->m, s->contact_id);
    while (*at != s)
        at = &(*at)->contact_next;
    *at = s->contact_next;
    s->contact_id = 0;
}

/* The newest hello succeeds, the contact's oldest session gives way to it. */
void session_join(struct session *s, int64_t contact_id)
{
    int64_t count = 0;
    struct session *oldest = NULL, **bucket = bucket_of(s->m, contact_id);
    for (struct session *other = *bucket; other; other = other->contact_next)
        if (other->contact_id == contact_id) {
            count++;
            oldest = other;
        }
    if (count >= s->m->limits->sockets_per_contact)
        session_close(oldest, CLOSE_REPLACED, "replaced");
    s->contact_id = contact_id;
    s->contact_next = *bucket;
    *bucket = s;
}

/* Gives back all but the struct itself, to which jobs may still refer. */
static void end(struct session *s)
{
    loop_timer_stop(s->m->host->loop, &s->timer);
    leave(s);
    hello_end(s);
    stream_end(s);
    s->state = SESSION_CLOSED;
}

void session_close(struct session *s, int code, const char *reason)
{
    if (s->state == SESSION_CLOSED)
        return;
    end(s);
    if (code == CLOSE_SLOW)
        metric_add(METRIC_SLOW_CLOSED, 1);
    if (s->link)
        s->peer->close(s->link, code, reason);
}

void session_close_all(struct messenger *m, int code, const char *reason)
{
    for (struct session *s = m->sessions, *next; s; s = next) {
        next = s->next;
        session_close(s, code, reason);
    }
}

void session_gone(struct session *s)
{
    struct messenger *m = s->m;
    if (s->state != SESSION_CLOSED)
        end(s);
    s->link = NULL;
    *(s->prev ? &s->prev->next : &m->sessions) = s->next;
    if (s->next)
        s->next->prev = s->prev;
    s->next = s->prev = NULL;
    m->session_count--;
    struct meter *meter = s->address ? meters_get(m->addresses, s->address, s->heard_ms) : NULL;
    if (meter && meter->held)
        meter->held--;
    session_drop(s);
    release(m);
}

void session_hold(struct session *s)
{
    s->refs++;
}

void session_drop(struct session *s)
{
    if (--s->refs == 0)
        free(s);
}

void session_drained(struct session *s)
{
    if (s->state == SESSION_LIVE)
        history_next(s);
}
