#include "adapters/slack/socket_plan.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- small things ---- */

static struct socket_action *act(struct socket_plan *p, enum socket_action_kind kind, int conn)
{
    assert(p->count < SOCKET_ACTIONS);
    struct socket_action *a = &p->actions[(p->first + p->count++) % SOCKET_ACTIONS];
    *a = (struct socket_action){ .kind = kind, .conn = conn };
    return a;
}

bool socket_plan_next(struct socket_plan *p, struct socket_action *out)
{
    if (!p->count)
        return false;
    *out = p->actions[p->first];
    p->first = (p->first + 1) % SOCKET_ACTIONS;
    p->count--;
    return true;
}

/* Says it in the log and keeps it as the state of health. */
__attribute__((format(printf, 3, 4)))
static void tell(struct socket_plan *p, enum socket_action_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(p->trouble, sizeof p->trouble, format, args);
    va_end(args);
    memcpy(act(p, kind, 0)->text, p->trouble, SOCKET_TEXT);
}

/* xorshift; below `below`. Only for jitter. */
static int64_t some(struct socket_plan *p, int64_t below)
{
    p->random ^= p->random << 13;
    p->random ^= p->random >> 7;
    p->random ^= p->random << 17;
    return (int64_t)(p->random % (uint64_t)below);
}

static struct socket_slot *slot_of(struct socket_plan *p, int conn)
{
    for (int i = 0; i < SOCKET_SLOTS; i++)
        if (p->slots[i].state != SOCKET_FREE && p->slots[i].conn == conn)
            return &p->slots[i];
    return NULL;
}

static struct socket_slot *slot_in(struct socket_plan *p, enum socket_state state)
{
    for (int i = 0; i < SOCKET_SLOTS; i++)
        if (p->slots[i].state == state)
            return &p->slots[i];
    return NULL;
}

static bool is_open(const struct socket_slot *s)
{
    return s->state >= SOCKET_LIVE;
}

int socket_plan_open(const struct socket_plan *p)
{
    int n = 0;
    for (int i = 0; i < SOCKET_SLOTS; i++)
        n += is_open(&p->slots[i]);
    return n;
}

int socket_plan_live(const struct socket_plan *p)
{
    for (int i = 0; i < SOCKET_SLOTS; i++)
        if (p->slots[i].state == SOCKET_LIVE)
            return p->slots[i].conn;
    return 0;
}

static void drop(struct socket_plan *p, struct socket_slot *s)
{
    act(p, SOCKET_DROP, s->conn);
    s->state = SOCKET_FREE;
}

static void close_politely(struct socket_plan *p, struct socket_slot *s)
{
    act(p, SOCKET_CLOSE, s->conn);
    s->state = SOCKET_CLOSING;
    s->until_ms = 0;
}

/* ---- pauses ---- */

static void hold(struct socket_plan *p, int64_t now_ms, int64_t for_ms)
{
    if (p->not_before_ms < now_ms + for_ms)
        p->not_before_ms = now_ms + for_ms;
}

/* 0-1 s, then 2, 4, 8 ... 60 s, a fifth more or less. */
static int64_t pause_ms(struct socket_plan *p)
{
    int n = p->attempt++;
    int64_t base = n < 6 ? (int64_t)1000 << n : SOCKET_BACKOFF_MOST_MS;
    if (n == 0)
        return some(p, 1001);
    return base * 4 / 5 + some(p, base * 2 / 5 + 1);
}

static bool has_proved_itself(const struct socket_slot *s, int64_t now_ms)
{
    return is_open(s) && now_ms - s->unbroken_ms > SOCKET_PROVEN_MS;
}

static void forgive(struct socket_plan *p, const struct socket_slot *s, int64_t now_ms)
{
    if (has_proved_itself(s, now_ms))
        p->attempt = p->crowded = 0;
}

static void count_loss(struct socket_plan *p, const char *why, int64_t now_ms)
{
    p->losses++;
    p->loss_ms = now_ms;
    snprintf(p->loss, sizeof p->loss, "%s", why);
}

/* A dial that failed, or a live connection that nobody had meant to end. */
static void lost(struct socket_plan *p, struct socket_slot *s, const char *why, int64_t now_ms)
{
    bool planned = s->state >= SOCKET_LEAVING || s->retiring, was_open = is_open(s);
    forgive(p, s, now_ms);
    s->state = SOCKET_FREE;
    if (planned || p->draining)
        return;
    if (was_open)
        count_loss(p, why, now_ms);
    hold(p, now_ms, pause_ms(p));
    tell(p, SOCKET_TELL_WARN, "no connection: %s; next try in %d s", why,
         (int)((p->not_before_ms - now_ms + 999) / 1000));
}

/* The live one is to be replaced, at once; a young one waits a moment, so that no Slack makes us
 * dial without end, but never until it goes. Nobody failed: the back-off is for losses. */
static void retire(struct socket_plan *p, struct socket_slot *s, int64_t now_ms)
{
    if (s->retiring)
        return;
    s->retiring = true;
    forgive(p, s, now_ms);
    int64_t until_ms = s->since_ms + SOCKET_CALM_MS;
    if (s->end_ms && until_ms > s->end_ms - SOCKET_HELLO_TAKES_MS)
        until_ms = s->end_ms - SOCKET_HELLO_TAKES_MS;
    hold(p, now_ms, until_ms - now_ms);
}

/* ---- what time brings ---- */

static void check_slot(struct socket_plan *p, struct socket_slot *s, int64_t now_ms)
{
    bool used = s->state == SOCKET_LIVE || s->state == SOCKET_LEAVING;
    if (s->state == SOCKET_DIALLING && now_ms - s->since_ms >= SOCKET_DIAL_MS) {
        act(p, SOCKET_DROP, s->conn);
        lost(p, s, "no hello within 15 s", now_ms);
    } else if (used && now_ms - s->frame_ms >= SOCKET_DEAD_MS) {
        act(p, SOCKET_DROP, s->conn);
        lost(p, s, "nothing heard for 30 s", now_ms);
    } else if (used && s->answers_pings && now_ms - s->sense_ms >= SOCKET_STUCK_MS) {
        act(p, SOCKET_DROP, s->conn);
        lost(p, s, "pings unanswered for 60 s", now_ms);
    } else if (s->state == SOCKET_LEAVING && now_ms >= s->until_ms) {
        close_politely(p, s);
    } else if (used && now_ms >= s->ping_ms) {
        act(p, SOCKET_PING, s->conn)->number = ++p->pings;
        s->ping_ms = now_ms + SOCKET_PING_MS;
    }
    if (s->state == SOCKET_LIVE && s->until_ms && now_ms >= s->until_ms)
        retire(p, s, now_ms);
}

static void check_ghosts(struct socket_plan *p, int64_t now_ms)
{
    if (!p->ghost_ms || now_ms < p->ghost_ms)
        return;
    p->ghost_ms = 0;
    tell(p, SOCKET_TELL_WARN, "Slack counts %d connections of this app and only %d are ours: "
         "another program uses the same app token, or old ones linger; clicks may get lost",
         p->num_connections, socket_plan_open(p));
}

static bool wants_dial(struct socket_plan *p)
{
    const struct socket_slot *live = slot_in(p, SOCKET_LIVE);
    return !p->draining && (!live || live->retiring) && !slot_in(p, SOCKET_ASKING) &&
           !slot_in(p, SOCKET_DIALLING) && slot_in(p, SOCKET_FREE);
}

void socket_plan_tick(struct socket_plan *p, int64_t now_ms)
{
    for (int i = 0; i < SOCKET_SLOTS; i++)
        check_slot(p, &p->slots[i], now_ms);
    check_ghosts(p, now_ms);
    if (!wants_dial(p) || now_ms < p->not_before_ms)
        return;
    struct socket_slot *s = slot_in(p, SOCKET_FREE);
    *s = (struct socket_slot){ .state = SOCKET_ASKING, .conn = ++p->last_conn };
    act(p, SOCKET_ASK, s->conn);
}

/* ---- what Slack brings ---- */

void socket_plan_start(struct socket_plan *p, uint64_t seed, int64_t now_ms)
{
    *p = (struct socket_plan){ .random = seed ? seed : 1, .not_before_ms = now_ms };
    socket_plan_tick(p, now_ms);
}

static void refused(struct socket_plan *p, const char *error, int64_t now_ms)
{
    bool known = strcmp(p->final_error, error) == 0;
    hold(p, now_ms, SOCKET_FINAL_MS);
    if (known)
        return;
    snprintf(p->final_error, sizeof p->final_error, "%s", error);
    tell(p, SOCKET_TELL_ERROR, "Slack refuses SLACK_APP_TOKEN (%s). %s It is tried again every 10 "
         "minutes", error, slack_open_advice(error));
}

void socket_plan_answer(struct socket_plan *p, int conn, enum slack_open_result result,
                        const char *error, int64_t retry_after_ms, int64_t now_ms)
{
    struct socket_slot *s = slot_of(p, conn);
    if (!s || s->state != SOCKET_ASKING)
        return;
    if (result != SLACK_OPEN_FINAL)
        p->final_error[0] = '\0';
    if (result == SLACK_OPEN_URL) {
        s->state = SOCKET_DIALLING;
        s->since_ms = now_ms;
        act(p, SOCKET_DIAL, conn);
    } else if (result == SLACK_OPEN_FINAL) {
        s->state = SOCKET_FREE;
        refused(p, error, now_ms);
    } else {
        if (result == SLACK_OPEN_LIMITED)
            hold(p, now_ms, retry_after_ms >= 0 ? retry_after_ms : SOCKET_LIMITED_MS);
        lost(p, s, error, now_ms);
    }
    socket_plan_tick(p, now_ms);
}

void socket_plan_alive(struct socket_plan *p, int conn, enum websocket_client_sign sign,
                       int64_t now_ms)
{
    struct socket_slot *s = slot_of(p, conn);
    if (!s)
        return;
    s->frame_ms = now_ms;
    s->answers_pings |= sign == WEBSOCKET_PONG;
    if (sign != WEBSOCKET_BYTES)
        s->sense_ms = now_ms;
}

/* The former live one leaves; older ones have had their time. */
static void make_room(struct socket_plan *p, int64_t now_ms)
{
    for (int i = 0; i < SOCKET_SLOTS; i++) {
        struct socket_slot *s = &p->slots[i];
        if (s->state == SOCKET_LIVE) {
            s->state = SOCKET_LEAVING;
            s->retiring = false;
            s->until_ms = now_ms + SOCKET_LEAVE_MS;
        } else if (is_open(s)) {
            drop(p, s);
        }
    }
}

static void count_ghosts(struct socket_plan *p, int num_connections, int64_t now_ms)
{
    p->num_connections = num_connections;
    p->ghost_ms = num_connections > socket_plan_open(p) ? now_ms + SOCKET_GHOST_MS : 0;
}

static void on_hello(struct socket_plan *p, struct socket_slot *s, const struct slack_frame *frame,
                     int64_t now_ms)
{
    if (s->state != SOCKET_DIALLING)
        return;
    const struct socket_slot *before = slot_in(p, SOCKET_LIVE);
    int64_t unbroken_ms = before ? before->unbroken_ms : now_ms;
    make_room(p, now_ms);
    *s = (struct socket_slot){ .state = SOCKET_LIVE, .conn = s->conn, .since_ms = now_ms,
                               .unbroken_ms = unbroken_ms, .frame_ms = now_ms,
                               .ping_ms = now_ms + SOCKET_PING_MS };
    if (frame->lifetime_ms) {           /* 90 %, 5 % more or less */
        s->until_ms = now_ms + frame->lifetime_ms * (850 + some(p, 101)) / 1000;
        s->end_ms = now_ms + frame->lifetime_ms;
    }
    p->hellos++;
    p->trouble[0] = '\0';
    act(p, SOCKET_CONNECTED, s->conn);
    count_ghosts(p, frame->num_connections, now_ms);
}

static void on_link_disabled(struct socket_plan *p, struct socket_slot *s, int64_t now_ms)
{
    if (s->state == SOCKET_LIVE)
        count_loss(p, "link_disabled", now_ms);
    close_politely(p, s);
    hold(p, now_ms, SOCKET_DISABLED_MS);
    tell(p, SOCKET_TELL_ERROR, "Socket Mode is switched off for this app: switch it on in the "
         "app's settings at api.slack.com/apps; tried every 5 minutes");
}

static void on_too_many(struct socket_plan *p, struct socket_slot *s, int64_t now_ms)
{
    forgive(p, s, now_ms);
    if (s->state == SOCKET_LIVE)
        count_loss(p, "too_many_websockets", now_ms);
    int n = p->crowded++;
    int64_t base = n < 4 ? (int64_t)SOCKET_CROWDED_MS << n : SOCKET_CROWDED_MOST_MS;
    close_politely(p, s);
    hold(p, now_ms, base + some(p, base / 5));
    tell(p, SOCKET_TELL_ERROR, "too many connections with this app token (Slack allows 10): stop "
         "other programs that use it; next try in %d s",
         (int)((p->not_before_ms - now_ms + 999) / 1000));
}

static void on_disconnect(struct socket_plan *p, struct socket_slot *s, enum slack_reason reason,
                          int64_t now_ms)
{
    if (s->state == SOCKET_CLOSING)
        return;
    if (reason == SLACK_REASON_LINK_DISABLED) {
        on_link_disabled(p, s, now_ms);
    } else if (reason == SLACK_REASON_TOO_MANY) {
        on_too_many(p, s, now_ms);
    } else if (s->state == SOCKET_LIVE) {
        retire(p, s, now_ms);
    } else if (s->state == SOCKET_DIALLING) {
        act(p, SOCKET_DROP, s->conn);
        lost(p, s, "sent away before hello", now_ms);
    }
}

void socket_plan_frame(struct socket_plan *p, int conn, const struct slack_frame *frame,
                       int64_t now_ms)
{
    struct socket_slot *s = slot_of(p, conn);
    if (!s || s->state == SOCKET_ASKING)
        return;
    s->frame_ms = now_ms;
    if (frame->kind == SLACK_FRAME_HELLO)
        on_hello(p, s, frame, now_ms);
    else if (frame->kind == SLACK_FRAME_DISCONNECT)
        on_disconnect(p, s, frame->reason, now_ms);
    socket_plan_tick(p, now_ms);
}

void socket_plan_gone(struct socket_plan *p, int conn, const char *why, int64_t now_ms)
{
    struct socket_slot *s = slot_of(p, conn);
    if (s)
        lost(p, s, why, now_ms);
    socket_plan_tick(p, now_ms);
}

void socket_plan_drain(struct socket_plan *p, int64_t now_ms)
{
    (void)now_ms;
    p->draining = true;
    p->ghost_ms = 0;
    for (int i = 0; i < SOCKET_SLOTS; i++) {
        struct socket_slot *s = &p->slots[i];
        if (s->state == SOCKET_ASKING || s->state == SOCKET_DIALLING)
            drop(p, s);
        else if (is_open(s) && s->state != SOCKET_CLOSING)
            close_politely(p, s);
    }
}
