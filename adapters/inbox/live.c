#include <stdlib.h>
#include <string.h>

#include "adapters/inbox/live.h"
#include "adapters/inbox/parse.h"
#include "bot/base/clock.h"

enum {
    LIVE_SOCKETS = 1000, LIVE_PER_SESSION = 10,
    LIVE_FRAME_MAX = 1024, LIVE_FRAMES = 60,        /* of one socket in LIVE_WINDOW_MS */
    LIVE_WINDOW_MS = 10000, LIVE_IDLE_MS = 70000, LIVE_CHECK_MS = 300000,
    LIVE_SWEEP_MS = 20000, LIVE_TYPING_MS = 6000
};

/* Who has this ticket open, and who of them is typing. */
static void write_who(struct live *l, struct json_out *j, int64_t ticket_id, int64_t now_ms)
{
    json_out_int(j, "ticket", ticket_id);
    json_out_array(j, "people");
    for (struct viewer *v = l->first; v; v = v->next) {
        if (!v->who.id || v->looking != ticket_id)
            continue;
        json_out_object(j, NULL);
        json_out_int(j, "id", v->who.id);
        json_out_text(j, "name", v->who.name);
        json_out_text(j, "typing",
                      v->typing_until_ms <= now_ms ? NULL : v->typing_note ? "note" : "reply");
        json_out_object_end(j);
    }
    json_out_array_end(j);
}

static void send_who(struct live *l, int64_t ticket_id)
{
    struct buf b;
    struct json_out j;
    if (!ticket_id)
        return;
    notice_begin(&j, &b, "who");
    write_who(l, &j, ticket_id, clock_now_ms());
    json_out_object_end(&j);
    notice_send(l, &b);
    buf_clear(&b);
}

static bool seen_before(const struct live *l, const struct viewer *v)
{
    for (struct viewer *o = l->first; o != v; o = o->next)
        if (o->who.id && o->looking == v->looking)
            return true;
    return false;
}

static void send_hello(struct live *l, struct viewer *to)
{
    struct buf b;
    struct json_out j;
    int64_t now_ms = clock_now_ms();
    notice_begin(&j, &b, "hello");
    json_out_int(&j, "now", now_ms);
    json_out_array(&j, "who");
    for (struct viewer *v = l->first; v; v = v->next) {
        if (!v->who.id || !v->looking || seen_before(l, v))
            continue;
        json_out_object(&j, NULL);
        write_who(l, &j, v->looking, now_ms);
        json_out_object_end(&j);
    }
    json_out_array_end(&j);
    surface_json(l->in->host.surfaces, "surfaces", &j);
    json_out_object_end(&j);
    if (!b.failed)
        websocket_send(to->ws, b.data, b.len);
    buf_clear(&b);
}

/* ---- passing things: typing, looking ---- */

static void tell_others(struct live *l, const struct viewer *v, int64_t ticket_id,
                        enum signal_kind kind)
{
    struct signal s = { .kind = kind, .ticket_id = ticket_id, .technician_id = v->who.id,
                        .name = v->who.name };
    l->telling = true;
    if (ticket_id)
        l->in->host.signal(l->in->host.ctx, &s);
    l->telling = false;
}

static void look(struct live *l, struct viewer *v, int64_t ticket_id)
{
    int64_t before = v->looking;
    if (before == ticket_id)
        return;
    v->looking = ticket_id;
    v->typing_until_ms = 0;
    send_who(l, before);
    send_who(l, ticket_id);
    tell_others(l, v, before, SIGNAL_TECHNICIAN_LEFT);
    tell_others(l, v, ticket_id, SIGNAL_TECHNICIAN_LOOKS);
}

/* A note being written is no business of the customer's: only typing a reply leaves the inbox. */
static void typing(struct live *l, struct viewer *v, const struct parse_frame *f)
{
    int64_t now_ms = clock_now_ms();
    bool shown = v->typing_until_ms > now_ms && v->typing_note == f->note;
    if (!v->looking || v->looking != f->ticket_id)
        return;
    v->typing_until_ms = now_ms + LIVE_TYPING_MS;
    v->typing_note = f->note;
    if (!shown)
        send_who(l, v->looking);
    if (!f->note)
        tell_others(l, v, v->looking, SIGNAL_TECHNICIAN_TYPING);
}

/* Only those who look at the ticket are told: many customers type at any moment. */
static void hear_typing(struct inbox *in, const struct signal *s)
{
    struct buf b;
    struct json_out j;
    notice_begin(&j, &b, "typing");
    json_out_int(&j, "ticket", s->ticket_id);
    json_out_text(&j, "name", s->name);
    json_out_bool(&j, "customer", s->kind == SIGNAL_CUSTOMER_TYPING);
    json_out_object_end(&j);
    for (struct viewer *v = in->live->first; v; v = v->next)
        if (v->who.id && v->looking == s->ticket_id)
            websocket_send(v->ws, b.data, b.len);
    buf_clear(&b);
}

/* Everybody is told how the chat surfaces are, and need not wonder why Slack is silent. */
static void send_surfaces(struct live *l)
{
    struct buf b;
    struct json_out j;
    notice_begin(&j, &b, "surfaces");
    surface_json(l->in->host.surfaces, "surfaces", &j);
    json_out_object_end(&j);
    notice_send(l, &b);
    buf_clear(&b);
}

void live_signal(struct inbox *in, const struct signal *s)
{
    bool typing = s->kind == SIGNAL_CUSTOMER_TYPING || s->kind == SIGNAL_TECHNICIAN_TYPING;
    if (s->kind == SIGNAL_SURFACES)
        send_surfaces(in->live);
    else if (typing && !in->live->telling)
        hear_typing(in, s);
}

/* ---- sockets ---- */

static void checked(struct inbox *in, uint64_t id, const void *what,
                    const struct inbox_person *who)
{
    (void)what;
    struct viewer *v = in->live->first;
    while (v && v->id != id)
        v = v->next;
    if (!v)
        return;
    if (!who) {
        if (!v->who.id)
            websocket_close(v->ws, 1013, "busy");
        return;
    }
    bool fresh = !v->who.id;
    v->checked_ms = clock_now_ms();
    if (!who->id) {
        websocket_close(v->ws, 4401, "unauthorized");
        return;
    }
    v->who = *who;
    if (fresh) {
        send_hello(in->live, v);
        send_who(in->live, v->looking);
        notice_count(in->live);
    }
}

static int upgrade(void *ctx, struct http_request *req, void **user)
{
    struct inbox *in = ctx;
    unsigned char hash[HASH_BYTES];
    static const struct http_pair later = { "Retry-After", "5" };
    if (!auth_origin_is_ours(in, req)) {
        http_answer_error(req, 403, "forbidden", "This origin is not the inbox.", NULL, 0);
        return 1;
    }
    if (!auth_cookie(req, hash)) {
        http_answer_error(req, 401, "unauthorized", "Please sign in.", NULL, 0);
        return 1;
    }
    if (in->live->count >= LIVE_SOCKETS) {
        http_answer_error(req, 503, "busy", "Too many inboxes are open.", &later, 1);
        return 1;
    }
    struct viewer *v = calloc(1, sizeof *v);
    if (!v)
        abort();
    memcpy(v->who.session, hash, HASH_BYTES);
    *user = v;
    return 0;
}

static void abandoned(void *ctx, void *user)
{
    (void)ctx;
    free(user);
}

/* The oldest window of the same session gives way. */
static void make_room(struct live *l, const struct viewer *fresh)
{
    struct viewer *oldest = NULL;
    int same = 0;
    for (struct viewer *v = l->first; v; v = v->next)
        if (v != fresh && hash_equal(v->who.session, fresh->who.session, HASH_BYTES)) {
            same++;
            oldest = v;             /* the list begins with the newest */
        }
    if (same >= LIVE_PER_SESSION)
        websocket_close(oldest->ws, 4409, "replaced");
}

static void opened(void *ctx, struct websocket *ws)
{
    struct inbox *in = ctx;
    struct live *l = in->live;
    struct viewer *v = websocket_user(ws);
    v->ws = ws;
    v->id = ++l->last_id;
    v->heard_ms = v->window_ms = loop_steady_ms(in->host.loop);
    v->next = l->first;
    if (v->next)
        v->next->prev = v;
    l->first = v;
    l->count++;
    inbox_hold(in);
    make_room(l, v);
    auth_check(in, v->who.session, checked, v->id, NULL);
}

static bool too_fast(struct viewer *v, int64_t now_ms)
{
    if (now_ms - v->window_ms >= LIVE_WINDOW_MS) {
        v->window_ms = now_ms;
        v->frames = 0;
    }
    return ++v->frames > LIVE_FRAMES;
}

static void message(void *ctx, struct websocket *ws, const char *bytes, size_t len)
{
    struct inbox *in = ctx;
    struct viewer *v = websocket_user(ws);
    struct parse_frame f;
    v->heard_ms = loop_steady_ms(in->host.loop);
    if (too_fast(v, v->heard_ms)) {
        websocket_close(ws, 4429, "flood");
        return;
    }
    if (!parse_frame(bytes, len, &f)) {
        websocket_close(ws, 4400, "bad_frame");
        return;
    }
    if (f.kind == FRAME_PING)
        websocket_send(ws, "{\"t\":\"pong\"}", 12);
    else if (!v->who.id && f.kind == FRAME_LOOK)
        v->looking = f.ticket_id;   /* told when the session has been checked */
    else if (f.kind == FRAME_LOOK)
        look(in->live, v, f.ticket_id);
    else if (v->who.id)
        typing(in->live, v, &f);
}

static void closed(void *ctx, struct websocket *ws)
{
    struct inbox *in = ctx;
    struct live *l = in->live;
    struct viewer *v = websocket_user(ws);
    if (v->prev)
        v->prev->next = v->next;
    else
        l->first = v->next;
    if (v->next)
        v->next->prev = v->prev;
    l->count--;
    if (v->who.id && v->looking && !in->closed) {
        send_who(l, v->looking);
        tell_others(l, v, v->looking, SIGNAL_TECHNICIAN_LEFT);
    }
    free(v);
    inbox_drop(in);
}

static void sweep(void *arg)
{
    struct live *l = arg;
    int64_t steady_ms = loop_steady_ms(l->in->host.loop), now_ms = clock_now_ms();
    for (struct viewer *v = l->first, *next; v; v = next) {
        next = v->next;
        if (steady_ms - v->heard_ms > LIVE_IDLE_MS)
            websocket_close(v->ws, 4408, "too_slow");
        else if (v->who.id && now_ms - v->checked_ms > LIVE_CHECK_MS)
            auth_check(l->in, v->who.session, checked, v->id, NULL);
    }
}

void live_open(struct inbox *in)
{
    static const struct websocket_route route = { .max_message = LIVE_FRAME_MAX };
    static const struct websocket_handlers handlers = {
        .upgrade = upgrade, .abandoned = abandoned, .open = opened, .message = message,
        .closed = closed
    };
    struct live *l = calloc(1, sizeof *l);
    if (!l)
        abort();
    l->in = in;
    in->live = l;
    websocket_route(in->host.http, "/inbox/ws", &route, &handlers, in);
    loop_timer_repeat(in->host.loop, &l->sweep, LIVE_SWEEP_MS, sweep, l);
}

void live_end_session(struct inbox *in, const unsigned char session[HASH_BYTES])
{
    for (struct viewer *v = in->live->first, *next; v; v = next) {
        next = v->next;
        if (hash_equal(v->who.session, session, HASH_BYTES))
            websocket_close(v->ws, 4401, "signed_out");
    }
}

void live_check_all(struct inbox *in)
{
    for (struct viewer *v = in->live->first, *next; v; v = next) {
        next = v->next;
        auth_check(in, v->who.session, checked, v->id, NULL);
    }
}

void live_drain(struct inbox *in)
{
    for (struct viewer *v = in->live->first, *next; v; v = next) {
        next = v->next;
        websocket_close(v->ws, 1012, "restart");
    }
}

void live_close(struct inbox *in)
{
    struct live *l = in->live;
    loop_timer_stop(in->host.loop, &l->gather);
    loop_timer_stop(in->host.loop, &l->counts);
    loop_timer_stop(in->host.loop, &l->sweep);
}
