#include "adapters/messenger/session.h"

#include <stdio.h>
#include <string.h>

#include "adapters/messenger/pending.h"
#include "bot/base/clock.h"
#include "bot/base/metric.h"

enum { BUSY_RETRY_MS = 1000, DISK_RETRY_MS = 5000, TYPING_EVERY_MS = 3000 };

/* ---- may this frame be looked at? ---- */

static void out_of_place(struct session *s)
{
    session_err(s, ERR_BAD_FRAME, NULL, 0);
    session_close(s, CLOSE_BROKEN, err_code(ERR_BAD_FRAME));
}

static void refuse(struct session *s, const struct messenger_frame *f)
{
    static const enum err errs[] = { [FRAME_BAD] = ERR_BAD_FRAME,
                                     [FRAME_UNKNOWN] = ERR_UNKNOWN_TYPE,
                                     [FRAME_TOO_LARGE] = ERR_TOO_LARGE };
    struct config_rate rate = s->m->limits->bad_frames;
    session_err(s, errs[f->verdict], f, 0);
    if (f->verdict == FRAME_TOO_LARGE)
        return;
    if (window_wait_ms(&s->bad_frames, rate, s->heard_ms))
        session_close(s, CLOSE_BROKEN, err_code(ERR_BAD_FRAME));
    window_add(&s->bad_frames, rate, s->heard_ms);
}

/* False: it was answered with an error, or the session is over. */
static bool within_limits(struct session *s, const struct messenger_frame *f)
{
    const struct config_limits *limits = s->m->limits;
    int64_t wait = window_wait_ms(&s->frames, limits->frames, s->heard_ms);
    bool flood = window_count(&s->frames, limits->frames, s->heard_ms) >= limits->flood.count;
    window_add(&s->frames, limits->frames, s->heard_ms);
    if (flood)
        session_close(s, CLOSE_FLOOD, "flood");
    else if (wait)
        session_err(s, ERR_RATE_LIMITED, f, wait);
    return !flood && !wait;
}

static void first_frame(struct session *s, struct messenger_frame *f)
{
    if (f->type != FRAME_HELLO) {
        out_of_place(s);
    } else if (f->verdict == FRAME_VERSION) {
        session_err(s, ERR_UNSUPPORTED, NULL, 0);
        session_close(s, CLOSE_BROKEN, err_code(ERR_UNSUPPORTED));
    } else if (f->verdict == FRAME_GOOD) {
        hello_take(s, f);
    } else {
        refuse(s, f);
    }
}

void session_frame(struct session *s, struct messenger_frame *f)
{
    metric_add(METRIC_MESSENGER_FRAMES, 1);
    s->heard_ms = loop_steady_ms(s->m->host->loop);
    session_hold(s);
    if (s->state == SESSION_CLOSED || !within_limits(s, f))
        ;
    else if (f->verdict == FRAME_BROKEN)
        out_of_place(s);
    else if (s->state == SESSION_NEW)
        first_frame(s, f);
    else if (s->state == SESSION_OPENING)
        hello_keep(s, f);
    else
        talk_frame(s, f);
    session_drop(s);
    messenger_frame_clear(f);
}

/* ---- frames to commands ---- */

static void fill(struct command *c, const struct session *s, enum command_kind kind,
                 const struct messenger_frame *f)
{
    *c = (struct command){ .kind = kind, .actor = ACTOR_CONTACT, .actor_id = s->contact_id,
                           .client_id = s->client_id, .at_ms = clock_now_ms(),
                           .source = "messenger", .conv = f->conv, .cid = f->cid, .text = f->text,
                           .name = f->name, .email = f->email, .number = f->seq,
                           .adapter = s->m->host->index };
    memcpy(c->hash, s->hash, sizeof c->hash);
}

static void keep_id(char *to, size_t size, const char *id)
{
    snprintf(to, size, "%s", id ? id : "");
}

/* The writer takes commands in the order in which they are submitted here. */
static bool submit(struct session *s, const struct messenger_frame *f, struct command *c,
                   struct pending *p)
{
    p->session = s;
    p->type = f->type;
    p->since_us = clock_steady_us();
    keep_id(p->id, sizeof p->id, f->type == FRAME_SEND ? f->cid : f->rid);
    keep_id(p->conv, sizeof p->conv, f->conv);
    c->tag = pending_add(s->m->pending, p);
    session_hold(s);
    if (engine_submit(s->m->host->engine, c))
        return true;
    pending_take(s->m->pending, c->tag, p);
    session_drop(s);
    session_err(s, ERR_UNAVAILABLE, f, BUSY_RETRY_MS);
    return false;
}

static void ask(struct session *s, const struct messenger_frame *f, enum command_kind kind)
{
    struct command c;
    struct pending p = { 0 };
    fill(&c, s, kind, f);
    submit(s, f, &c, &p);
}

/* ---- send, and how many of them ---- */

static int64_t longest(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Milliseconds until the contact may send, 0: now. */
static int64_t send_wait(const struct session *s, bool new_conversation, int64_t now_ms)
{
    struct messenger *m = s->m;
    const struct config_limits *l = m->limits;
    uint64_t key = (uint64_t)s->contact_id;
    int64_t wait = longest(meters_wait_ms(m->sends, key, l->sends_burst, now_ms),
                           meters_wait_ms(m->sustained, key, l->sends_sustained, now_ms));
    if (!new_conversation)
        return wait;
    wait = longest(wait, meters_wait_ms(m->conversations, key, l->conversations, now_ms));
    return longest(wait, meters_wait_ms(m->address_conversations, s->address, l->conversations_per_address,
                                        now_ms));
}

static void count_conversation(struct messenger *m, const struct pending *p, int64_t now_ms)
{
    meters_add(m->conversations, (uint64_t)p->contact_id, m->limits->conversations, now_ms);
    meters_add(m->address_conversations, p->session->address, m->limits->conversations_per_address, now_ms);
}

static void charge(struct session *s, struct pending *p, bool new_conversation)
{
    const struct config_limits *l = s->m->limits;
    uint64_t key = (uint64_t)s->contact_id;
    *p = (struct pending){ .session = s, .contact_id = s->contact_id, .counted_ms = s->heard_ms,
                           .counted = true, .counted_conversation = new_conversation };
    meters_add(s->m->sends, key, l->sends_burst, p->counted_ms);
    meters_add(s->m->sustained, key, l->sends_sustained, p->counted_ms);
    if (new_conversation)
        count_conversation(s->m, p, p->counted_ms);
}

/* Repeats and what was not stored do not count. */
static void give_back(struct messenger *m, const struct pending *p)
{
    const struct config_limits *l = m->limits;
    uint64_t key = (uint64_t)p->contact_id, address = p->session->address;
    int64_t then_ms = p->counted_ms, now_ms = loop_steady_ms(m->host->loop);
    if (p->type == FRAME_HELLO)
        meters_refund(m->address_visitors, address, l->visitors_per_address, then_ms, now_ms);
    if (!p->counted)
        return;
    meters_refund(m->sends, key, l->sends_burst, then_ms, now_ms);
    meters_refund(m->sustained, key, l->sends_sustained, then_ms, now_ms);
    if (!p->counted_conversation)
        return;
    meters_refund(m->conversations, key, l->conversations, then_ms, now_ms);
    meters_refund(m->address_conversations, address, l->conversations_per_address, then_ms, now_ms);
}

/* A message to what was closed long ago begins a new conversation; the writer decides that. */
static void count_linked(struct messenger *m, const struct pending *p, const struct outcome *o)
{
    if (p->counted && *p->conv && strcmp(p->conv, o->conv))
        count_conversation(m, p, loop_steady_ms(m->host->loop));
}

/* Over the limit the command goes to the writer all the same: only there it is known whether it
 * repeats an earlier message, which gets its ack at any time. */
static void say(struct session *s, const struct messenger_frame *f)
{
    if (f->file_count) {
        session_err(s, ERR_FEATURE_OFF, f, 0);
        return;
    }
    struct command c;
    struct pending p = { 0 };
    fill(&c, s, COMMAND_SAY, f);
    messenger_random(s->m, c.nonce, sizeof c.nonce);
    c.over_limit_ms = send_wait(s, !f->conv, s->heard_ms);
    if (!c.over_limit_ms)
        charge(s, &p, !f->conv);
    if (!submit(s, f, &c, &p))
        give_back(s->m, &p);
}

/* ---- the other frames ---- */

static uint32_t seen_mark(const char *conv, int64_t seq)
{
    return (uint32_t)(meters_text_key(conv) + (uint64_t)seq * UINT64_C(2654435761)) | 1;
}

bool session_said_seen(const struct session *s, const char *conv, int64_t seq)
{
    uint32_t mark = seen_mark(conv, seq);
    for (size_t i = 0; i < SESSION_SEEN_KEPT; i++)
        if (s->seen_said[i] == mark)
            return true;
    return false;
}

static void seen(struct session *s, const struct messenger_frame *f)
{
    s->seen_said[s->seen_next++ % SESSION_SEEN_KEPT] = seen_mark(f->conv, f->seq);
    ask(s, f, COMMAND_SEEN);
}

static void typing(struct session *s, const struct messenger_frame *f)
{
    if (s->typed_ms && s->heard_ms - s->typed_ms < TYPING_EVERY_MS)
        return;
    s->typed_ms = s->heard_ms;
    history_typing(s, f->conv, f->rid);
}

static void attrs(struct session *s, const struct messenger_frame *f)
{
    struct messenger_frame with_text = *f;
    with_text.text = f->attrs;
    ask(s, &with_text, COMMAND_ATTRS);
}

void talk_frame(struct session *s, const struct messenger_frame *f)
{
    if (f->type == FRAME_HELLO) {
        out_of_place(s);
        return;
    }
    if (f->verdict != FRAME_GOOD) {
        refuse(s, f);
        return;
    }
    switch (f->type) {
    case FRAME_SEND: say(s, f); break;
    case FRAME_SYNC: history_ask(s, f->conv, f->after, f->limit, f->rid); break;
    case FRAME_SEEN: seen(s, f); break;
    case FRAME_TYPING: typing(s, f); break;
    case FRAME_WHO: ask(s, f, COMMAND_WHO); break;
    case FRAME_ATTRS: attrs(s, f); break;
    case FRAME_HUMAN: ask(s, f, COMMAND_ASK_HUMAN); break;
    case FRAME_LOGOUT: ask(s, f, COMMAND_LOGOUT); s->leaving = true; break;
    case FRAME_PING:
        frame_pong(session_buf(s), f->has_n, f->n);
        session_send(s);
        break;
    case FRAME_PONG: break;
    default: session_err(s, ERR_FEATURE_OFF, f, 0);
    }
}

/* ---- outcomes to frames ---- */

/* What a result that is no success tells the client. retry_ms 0: not again. */
static const struct { enum err err; int64_t retry_ms; } refusals[RESULTS] = {
    [RESULT_CONFLICT] = { ERR_CONFLICT, 0 },
    [RESULT_NOT_FOUND] = { ERR_NOT_FOUND, 0 },
    [RESULT_FORBIDDEN] = { ERR_FORBIDDEN, 0 },
    [RESULT_REFUSED] = { ERR_FEATURE_OFF, 0 },
    [RESULT_TAKEN] = { ERR_FEATURE_OFF, 0 },
    [RESULT_STALE] = { ERR_UNAVAILABLE, BUSY_RETRY_MS },
    [RESULT_RATE_LIMITED] = { ERR_RATE_LIMITED, BUSY_RETRY_MS },
    [RESULT_BAD] = { ERR_BAD_FRAME, 0 },
    [RESULT_BUSY] = { ERR_UNAVAILABLE, BUSY_RETRY_MS },
    [RESULT_NO_SPACE] = { ERR_UNAVAILABLE, DISK_RETRY_MS },
    [RESULT_FAILED] = { ERR_UNAVAILABLE, BUSY_RETRY_MS },
};

static void answer_refusal(struct session *s, const struct pending *p, const struct outcome *o)
{
    bool send = p->type == FRAME_SEND;
    struct messenger_frame f = { .verdict = FRAME_BAD, .type = p->type, .conv = p->conv,
                                 .cid = send ? p->id : NULL, .rid = send ? NULL : p->id };
    int64_t retry_ms = refusals[o->result].retry_ms;
    if (o->result == RESULT_RATE_LIMITED && o->retry_ms > 0)
        retry_ms = o->retry_ms;
    if (o->result == RESULT_BAD) {
        refuse(s, &f);
        return;
    }
    session_err(s, refusals[o->result].err, &f, retry_ms);
    if (o->result == RESULT_FORBIDDEN)
        session_close(s, CLOSE_FORBIDDEN, err_code(ERR_FORBIDDEN));
}

static void answer_success(struct session *s, const struct pending *p, const struct outcome *o)
{
    switch (p->type) {
    case FRAME_SEND:
        frame_ack(session_buf(s), p->id, o->conv, o->seq, o->ts_ms);
        session_send(s);
        metric_observe_us(METRIC_ACK_US, clock_steady_us() - p->since_us);
        break;
    case FRAME_SEEN:
        break;
    default:
        frame_ok(session_buf(s), p->id, frame_word(p->type));
        session_send(s);
        if (p->type == FRAME_LOGOUT)
            session_close(s, CLOSE_UNAUTHORIZED, "logged_out");
    }
}

void talk_outcome(struct messenger *m, uint64_t tag, const struct outcome *o)
{
    struct pending p;
    if (!pending_take(m->pending, tag, &p))
        return;
    struct session *s = p.session;
    if (o->result == RESULT_OK)
        count_linked(m, &p, o);
    else
        give_back(m, &p);
    if (p.type == FRAME_HELLO)
        hello_stored(s, o);
    else if (s->state != SESSION_LIVE)
        ;
    else if (result_is_ok(o->result))
        answer_success(s, &p, o);
    else
        answer_refusal(s, &p, o);
    if (p.type == FRAME_LOGOUT)
        s->leaving = false;
    session_drop(s);
}
