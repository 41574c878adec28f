/* The plan of Slack's sockets, alone: a small world plays Slack and keeps count of what is open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/slack/socket_plan.h"

enum { CONNS = 4096, HOUR_MS = 3600 * 1000 };

enum link { LINK_NONE, LINK_ASKING, LINK_DIALLING, LINK_OPEN, LINK_CLOSING };

struct world {
    struct socket_plan plan;
    int64_t now_ms;
    enum link links[CONNS];
    int asked, dialled, pings, tells, errors, connected, closed, dropped;
    int last_ask, last_dial, last_ping;
    int64_t last_ask_ms, last_number;
    bool stuck;                         /* peers send bytes that are no whole frame */
    char text[SOCKET_TEXT];
};

static int count(const struct world *w, enum link from, enum link to)
{
    int n = 0;
    for (int i = 0; i < CONNS; i++)
        n += w->links[i] >= from && w->links[i] <= to;
    return n;
}

static void note(struct world *w, const struct socket_action *a)
{
    switch (a->kind) {
    case SOCKET_ASK:
        assert_int_equal(w->links[a->conn], LINK_NONE);
        w->links[a->conn] = LINK_ASKING;
        w->last_ask = a->conn;
        w->last_ask_ms = w->now_ms;
        w->asked++;
        break;
    case SOCKET_DIAL:
        assert_int_equal(w->links[a->conn], LINK_ASKING);
        w->links[a->conn] = LINK_DIALLING;
        w->last_dial = a->conn;
        w->dialled++;
        break;
    case SOCKET_PING:
        assert_int_equal(w->links[a->conn], LINK_OPEN);
        w->last_ping = a->conn;
        w->last_number = a->number;
        w->pings++;
        break;
    case SOCKET_CLOSE:
        assert_true(w->links[a->conn] == LINK_OPEN || w->links[a->conn] == LINK_DIALLING);
        w->links[a->conn] = LINK_CLOSING;
        w->closed++;
        break;
    case SOCKET_DROP:
        assert_int_not_equal(w->links[a->conn], LINK_NONE);
        w->links[a->conn] = LINK_NONE;
        w->dropped++;
        break;
    case SOCKET_CONNECTED:
        w->connected++;
        break;
    default:
        w->tells++;
        w->errors += a->kind == SOCKET_TELL_ERROR;
        memcpy(w->text, a->text, sizeof w->text);
    }
}

/* What the plan promises whatever happens. */
static void settle(struct world *w)
{
    struct socket_action a;
    while (socket_plan_next(&w->plan, &a))
        note(w, &a);
    assert_true(count(w, LINK_OPEN, LINK_CLOSING) <= 2);
    assert_true(count(w, LINK_ASKING, LINK_DIALLING) <= 1);
    assert_int_equal(count(w, LINK_OPEN, LINK_CLOSING), socket_plan_open(&w->plan));
}

static void tick_to(struct world *w, int64_t until_ms)
{
    for (int turns = 0; turns < 100000; turns++) {
        int64_t due_ms = socket_plan_due_ms(&w->plan);
        if (due_ms > until_ms) {
            w->now_ms = until_ms;
            return;
        }
        w->now_ms = due_ms > w->now_ms ? due_ms : w->now_ms;
        socket_plan_tick(&w->plan, w->now_ms);
        settle(w);
    }
    fail_msg("the plan is due again and again");
}

static void pass(struct world *w, int64_t ms)
{
    tick_to(w, w->now_ms + ms);
}

/* As pass, with peers that answer pings. */
static void live(struct world *w, int64_t ms)
{
    for (int64_t end_ms = w->now_ms + ms; w->now_ms < end_ms;) {
        tick_to(w, w->now_ms + 1000 < end_ms ? w->now_ms + 1000 : end_ms);
        for (int i = 0; i < CONNS; i++)
            if (w->links[i] == LINK_OPEN)
                socket_plan_alive(&w->plan, i, w->stuck ? WEBSOCKET_BYTES : WEBSOCKET_PONG, w->now_ms);
    }
}

static void begin(struct world *w)
{
    memset(w, 0, sizeof *w);
    w->now_ms = 1000000;
    socket_plan_start(&w->plan, 42, w->now_ms);
    settle(w);
}

static void answer(struct world *w, enum slack_open_result result, const char *error,
                   int64_t retry_after_ms)
{
    int conn = w->last_ask;
    if (result != SLACK_OPEN_URL)
        w->links[conn] = LINK_NONE;
    socket_plan_answer(&w->plan, conn, result, error, retry_after_ms, w->now_ms);
    settle(w);
}

static void hello(struct world *w, int conn, int num_connections, int64_t lifetime_ms)
{
    struct slack_frame f = { .kind = SLACK_FRAME_HELLO, .num_connections = num_connections,
                             .lifetime_ms = lifetime_ms };
    w->links[conn] = LINK_OPEN;
    socket_plan_frame(&w->plan, conn, &f, w->now_ms);
    settle(w);
}

static void disconnect(struct world *w, int conn, enum slack_reason reason)
{
    struct slack_frame f = { .kind = SLACK_FRAME_DISCONNECT, .reason = reason };
    socket_plan_frame(&w->plan, conn, &f, w->now_ms);
    settle(w);
}

static void gone(struct world *w, int conn)
{
    w->links[conn] = LINK_NONE;
    socket_plan_gone(&w->plan, conn, "connection lost", w->now_ms);
    settle(w);
}

/* From an ask to a live connection; its number. */
static int connect_now(struct world *w)
{
    answer(w, SLACK_OPEN_URL, "", -1);
    int conn = w->last_dial;
    hello(w, conn, count(w, LINK_OPEN, LINK_CLOSING) + 1, 5 * HOUR_MS);
    return conn;
}

static int begin_connected(struct world *w)
{
    begin(w);
    return connect_now(w);
}

static void test_first_dial_is_at_once(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    assert_int_equal(w.asked, 1);
    int conn = connect_now(&w);
    assert_int_equal(w.connected, 1);
    assert_int_equal(socket_plan_live(&w.plan), conn);
    assert_string_equal(w.plan.trouble, "");
    live(&w, HOUR_MS);
    assert_int_equal(w.asked, 1);
}

static void test_pings_every_ten_seconds_with_a_counter(void **state)
{
    struct world w;
    (void)state;
    int conn = begin_connected(&w);
    for (int i = 1; i <= 5; i++) {
        live(&w, SOCKET_PING_MS);
        assert_int_equal(w.pings, i);
        assert_int_equal(w.last_number, i);
        assert_int_equal(w.last_ping, conn);
    }
}

static void test_silence_of_thirty_seconds_is_death(void **state)
{
    struct world w;
    (void)state;
    int conn = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    pass(&w, SOCKET_DEAD_MS - 1);
    assert_int_equal(w.dropped, 0);
    assert_int_equal(w.plan.losses, 0);
    pass(&w, 1);
    assert_int_equal(w.dropped, 1);
    assert_int_equal(w.links[conn], LINK_NONE);
    assert_int_equal(w.plan.losses, 1);
    assert_string_equal(w.plan.loss, "nothing heard for 30 s");
    pass(&w, 1000);
    assert_int_equal(w.asked, 2);
}

static void test_bytes_without_sense_are_death_too(void **state)
{
    struct world w;
    (void)state;
    int conn = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    w.stuck = true;
    live(&w, SOCKET_STUCK_MS - 1000);
    assert_int_equal(w.dropped, 0);
    live(&w, 2000);
    assert_int_equal(w.dropped, 1);
    assert_int_equal(w.links[conn], LINK_NONE);
}

static void test_who_never_answers_pings_is_not_stuck(void **state)
{
    struct world w;
    (void)state;
    begin_connected(&w);
    w.stuck = true;
    live(&w, 10 * SOCKET_STUCK_MS);
    assert_int_equal(w.dropped, 0);
}

static void test_refresh_keeps_the_old_one(enum slack_reason reason)
{
    struct world w;
    int old = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    disconnect(&w, old, reason);
    assert_int_equal(w.asked, 2);               /* at once */
    assert_int_equal(w.links[old], LINK_OPEN);
    live(&w, 5000);
    assert_int_equal(socket_plan_live(&w.plan), old);
    int fresh = connect_now(&w);
    assert_int_equal(socket_plan_live(&w.plan), fresh);
    assert_int_equal(socket_plan_open(&w.plan), 2);
    live(&w, SOCKET_LEAVE_MS - 1);
    assert_int_equal(w.closed, 0);
    live(&w, 1);
    assert_int_equal(w.links[old], LINK_CLOSING);
    gone(&w, old);
    live(&w, HOUR_MS);
    assert_int_equal(w.asked, 2);
    assert_int_equal(w.tells, 0);
}

static void test_each_refreshing_reason(void **state)
{
    (void)state;
    test_refresh_keeps_the_old_one(SLACK_REASON_WARNING);
    test_refresh_keeps_the_old_one(SLACK_REASON_REFRESH);
    test_refresh_keeps_the_old_one(SLACK_REASON_UNKNOWN);
}

static void test_warning_and_then_refresh_is_one_refresh(void **state)
{
    struct world w;
    (void)state;
    int old = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    disconnect(&w, old, SLACK_REASON_WARNING);
    disconnect(&w, old, SLACK_REASON_REFRESH);
    connect_now(&w);
    disconnect(&w, old, SLACK_REASON_REFRESH);
    gone(&w, old);
    live(&w, HOUR_MS);
    assert_int_equal(w.asked, 2);
}

static void test_the_old_one_ends_before_the_new_says_hello(void **state)
{
    struct world w;
    (void)state;
    int old = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    disconnect(&w, old, SLACK_REASON_WARNING);
    answer(&w, SLACK_OPEN_URL, "", -1);
    gone(&w, old);
    assert_int_equal(w.asked, 2);
    hello(&w, w.last_dial, 1, 0);
    assert_int_equal(socket_plan_open(&w.plan), 1);
    assert_int_equal(w.plan.losses, 0);
}

static void test_a_refresh_that_fails_keeps_the_old_one_and_goes_on(void **state)
{
    struct world w;
    (void)state;
    int old = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    disconnect(&w, old, SLACK_REASON_REFRESH);
    for (int i = 0; i < 5; i++) {
        int asked = w.asked;
        answer(&w, SLACK_OPEN_RETRY, "http_503", -1);
        assert_int_equal(w.links[old], LINK_OPEN);
        live(&w, 40000);
        assert_int_equal(w.asked, asked + 1);
        assert_int_equal(socket_plan_live(&w.plan), old);
    }
    assert_int_not_equal(connect_now(&w), old);
}

/* Lifetimes from an hour down; each is replaced between 85 % and 95 % of its time. */
static void test_lifetimes(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    for (int64_t lifetime_ms = HOUR_MS; lifetime_ms > 30000; lifetime_ms = lifetime_ms * 3 / 4) {
        answer(&w, SLACK_OPEN_URL, "", -1);
        int conn = w.last_dial, asked = w.asked;
        hello(&w, conn, 1, lifetime_ms);
        int64_t since_ms = w.now_ms;
        live(&w, lifetime_ms * 85 / 100 - 1);
        assert_int_equal(w.asked, asked);
        live(&w, lifetime_ms / 10 + 2);
        assert_int_equal(w.asked, asked + 1);
        assert_true(w.last_ask_ms - since_ms <= lifetime_ms * 95 / 100 + 1);
        assert_int_equal(socket_plan_live(&w.plan), conn);
    }
}

static void test_more_refreshes_than_slots(void **state)
{
    struct world w;
    (void)state;
    int conn = begin_connected(&w);
    for (int i = 0; i < 20; i++) {              /* faster than the old ones leave */
        live(&w, SOCKET_CALM_MS);
        int asked = w.asked;
        disconnect(&w, conn, SLACK_REASON_REFRESH);
        assert_int_equal(w.asked, asked + 1);
        int fresh = connect_now(&w);
        assert_int_equal(socket_plan_live(&w.plan), fresh);
        conn = fresh;
    }
    assert_true(w.dropped >= 18);
}

/* Slack's warnings come ten seconds before the end: none of them may become a gap. */
static void test_a_refresh_right_after_each_hello_is_no_tight_loop(void **state)
{
    struct world w;
    (void)state;
    int conn = begin_connected(&w);
    int64_t begun_ms = w.now_ms;
    while (w.now_ms < begun_ms + 600000) {
        int asked = w.asked;
        int64_t from_ms = w.now_ms;
        disconnect(&w, conn, SLACK_REASON_WARNING);
        while (w.asked == asked)
            live(&w, 100);
        assert_true(w.now_ms - from_ms <= 2000);
        assert_int_equal(socket_plan_live(&w.plan), conn);
        conn = connect_now(&w);
    }
    assert_true(w.asked <= 600000 / SOCKET_CALM_MS + 1);       /* 40 a minute; Slack allows 50 */
    assert_int_equal(w.plan.attempt, 0);
}

/* A socket that lives for four seconds is replaced before its end, each time. */
static void test_short_lifetimes_leave_no_gap(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    for (int i = 0; i < 100; i++) {
        int asked = w.asked;
        answer(&w, SLACK_OPEN_URL, "", -1);
        int conn = w.last_dial;
        hello(&w, conn, 1, 4000);
        int64_t end_ms = w.now_ms + 4000;
        while (w.asked == asked)
            live(&w, 10);
        assert_true(w.now_ms < end_ms);
        assert_int_equal(socket_plan_live(&w.plan), conn);
    }
    assert_int_equal(w.plan.attempt, 0);
}

/* Not one of them lives for a minute, but together they do. */
static void test_an_unbroken_connection_resets_the_backoff(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    for (int i = 0; i < 5; i++) {
        answer(&w, SLACK_OPEN_RETRY, "http_503", -1);
        pass(&w, 73000);
    }
    assert_int_equal(w.plan.attempt, 5);
    for (int i = 0; i < 8; i++) {
        int conn = connect_now(&w);
        live(&w, 10000);
        disconnect(&w, conn, SLACK_REASON_WARNING);
    }
    int64_t lost_ms = w.now_ms;
    gone(&w, connect_now(&w));
    pass(&w, 1000);
    assert_true(w.last_ask_ms - lost_ms <= 1000);
}

static void test_backoff_grows_and_has_jitter(void **state)
{
    static const int64_t base_ms[] = { 0, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 };
    struct world w;
    (void)state;
    begin(&w);
    for (size_t i = 0; i < sizeof base_ms / sizeof *base_ms; i++) {
        int64_t from_ms = w.now_ms;
        answer(&w, SLACK_OPEN_RETRY, "api_unreachable", -1);
        pass(&w, 73000);
        int64_t took_ms = w.last_ask_ms - from_ms;
        assert_true(took_ms >= base_ms[i] * 4 / 5);
        assert_true(took_ms <= (base_ms[i] ? base_ms[i] * 6 / 5 : 1000));
        assert_int_equal(w.asked, (int)i + 2);
    }
    assert_true(strstr(w.text, "api_unreachable") != NULL);
}

static void test_only_a_long_life_resets_the_backoff(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    for (int i = 0; i < 6; i++) {               /* connects well and dies at once */
        int conn = connect_now(&w);
        live(&w, 3000);
        gone(&w, conn);
        int asked = w.asked;
        pass(&w, 73000);
        assert_int_equal(w.asked, asked + 1);
    }
    assert_true(w.plan.attempt == 6);
    int conn = connect_now(&w);
    live(&w, SOCKET_PROVEN_MS + 1);
    int64_t lost_ms = w.now_ms;
    gone(&w, conn);
    pass(&w, 1000);
    assert_true(w.last_ask_ms - lost_ms <= 1000);
}

static void test_final_errors_stop_and_are_told_once(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    answer(&w, SLACK_OPEN_FINAL, "invalid_auth", -1);
    assert_int_equal(w.errors, 1);
    assert_true(strstr(w.text, "SLACK_APP_TOKEN") && strstr(w.text, "invalid_auth"));
    assert_true(strstr(w.text, "copy it again") != NULL);
    pass(&w, SOCKET_FINAL_MS - 1);
    assert_int_equal(w.asked, 1);
    pass(&w, 1);
    assert_int_equal(w.asked, 2);
    answer(&w, SLACK_OPEN_FINAL, "invalid_auth", -1);
    assert_int_equal(w.errors, 1);
    pass(&w, SOCKET_FINAL_MS);
    answer(&w, SLACK_OPEN_FINAL, "missing_scope", -1);
    assert_int_equal(w.errors, 2);
    assert_true(strstr(w.text, "connections:write") && strstr(w.text, "every 10 minutes"));
    assert_string_not_equal(w.plan.trouble, "");
    pass(&w, SOCKET_FINAL_MS);
    connect_now(&w);
    assert_string_equal(w.plan.trouble, "");
}

static void test_retry_after_is_obeyed(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    answer(&w, SLACK_OPEN_LIMITED, "ratelimited", 90000);
    pass(&w, 89999);
    assert_int_equal(w.asked, 1);
    pass(&w, 1);
    assert_int_equal(w.asked, 2);
    answer(&w, SLACK_OPEN_LIMITED, "ratelimited", -1);
    pass(&w, SOCKET_LIMITED_MS - 1);
    assert_int_equal(w.asked, 2);
    pass(&w, 1);
    assert_int_equal(w.asked, 3);
}

static void test_link_disabled_is_tried_every_five_minutes(void **state)
{
    struct world w;
    (void)state;
    int conn = begin_connected(&w);
    disconnect(&w, conn, SLACK_REASON_LINK_DISABLED);
    assert_int_equal(w.links[conn], LINK_CLOSING);
    assert_int_equal(w.errors, 1);
    assert_true(strstr(w.text, "Socket Mode") != NULL);
    gone(&w, conn);
    pass(&w, SOCKET_DISABLED_MS - 1);
    assert_int_equal(w.asked, 1);
    pass(&w, 1);
    assert_int_equal(w.asked, 2);
}

static void test_too_many_waits_longer_each_time(void **state)
{
    struct world w;
    int64_t before_ms = 0;
    (void)state;
    begin(&w);
    for (int i = 0; i < 4; i++) {
        int conn = connect_now(&w), asked = w.asked;
        int64_t from_ms = w.now_ms;
        disconnect(&w, conn, SLACK_REASON_TOO_MANY);
        assert_int_equal(w.links[conn], LINK_CLOSING);
        gone(&w, conn);
        while (w.asked == asked)
            pass(&w, 1000);
        assert_true(w.last_ask_ms - from_ms >= SOCKET_CROWDED_MS);
        assert_true(w.last_ask_ms - from_ms > before_ms);
        before_ms = w.last_ask_ms - from_ms;
    }
    assert_int_equal(w.errors, 4);
}

static void test_too_many_while_refreshing_keeps_the_old_one(void **state)
{
    struct world w;
    (void)state;
    int old = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    disconnect(&w, old, SLACK_REASON_REFRESH);
    answer(&w, SLACK_OPEN_URL, "", -1);
    disconnect(&w, w.last_dial, SLACK_REASON_TOO_MANY);
    gone(&w, w.last_dial);
    assert_int_equal(socket_plan_live(&w.plan), old);
    int asked = w.asked;
    live(&w, SOCKET_CROWDED_MS - 1);
    assert_int_equal(w.asked, asked);
}

static void test_no_hello_in_time(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    answer(&w, SLACK_OPEN_URL, "", -1);
    pass(&w, SOCKET_DIAL_MS - 1);
    assert_int_equal(w.dropped, 0);
    pass(&w, 1);
    assert_int_equal(w.dropped, 1);
    struct slack_frame late = { .kind = SLACK_FRAME_HELLO };
    socket_plan_frame(&w.plan, w.last_dial, &late, w.now_ms);
    settle(&w);                                 /* too late: nobody listens to it any more */
    assert_int_equal(w.connected, 0);
}

static void test_ghosts(void **state)
{
    struct world w;
    (void)state;
    begin(&w);
    answer(&w, SLACK_OPEN_URL, "", -1);
    hello(&w, w.last_dial, 3, 5 * HOUR_MS);
    live(&w, SOCKET_GHOST_MS - 1);
    assert_int_equal(w.tells, 0);
    live(&w, 1);
    assert_int_equal(w.tells, 1);
    assert_true(strstr(w.plan.trouble, "3 connections") != NULL);
    live(&w, HOUR_MS);
    assert_int_equal(w.tells, 1);
    disconnect(&w, w.last_dial, SLACK_REASON_REFRESH);
    connect_now(&w);                            /* says 2, and 2 are ours */
    live(&w, HOUR_MS);
    assert_int_equal(w.tells, 1);
    assert_string_equal(w.plan.trouble, "");
}

static void test_drain(void **state)
{
    struct world w;
    (void)state;
    int old = begin_connected(&w);
    live(&w, 2 * SOCKET_PROVEN_MS);
    disconnect(&w, old, SLACK_REASON_REFRESH);
    int fresh = connect_now(&w);
    disconnect(&w, fresh, SLACK_REASON_REFRESH);
    live(&w, 1000);
    socket_plan_drain(&w.plan, w.now_ms);
    settle(&w);
    assert_int_equal(count(&w, LINK_ASKING, LINK_OPEN), 0);
    int asked = w.asked;
    gone(&w, old);
    gone(&w, fresh);
    pass(&w, HOUR_MS);
    assert_int_equal(w.asked, asked);
    assert_true(socket_plan_due_ms(&w.plan) == INT64_MAX);
}

/* ---- anything in any order ---- */

struct dice {
    uint64_t state;
};

static int roll(struct dice *d, int sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (int)((d->state >> 33) % (uint64_t)sides);
}

static int any_conn(struct world *w, struct dice *d)
{
    int conn = w->plan.last_conn - roll(d, 4);
    return conn > 0 ? conn : 1;
}

static void one_event(struct world *w, struct dice *d)
{
    static const enum slack_open_result results[] = { SLACK_OPEN_URL, SLACK_OPEN_URL,
                                                      SLACK_OPEN_URL, SLACK_OPEN_RETRY,
                                                      SLACK_OPEN_LIMITED, SLACK_OPEN_FINAL };
    int conn = any_conn(w, d);
    switch (roll(d, 6)) {
    case 0:
        if (w->links[w->last_ask] == LINK_ASKING)
            answer(w, results[roll(d, 6)], "some_error", roll(d, 2) ? -1 : roll(d, 60000));
        break;
    case 1:
        if (w->links[conn] == LINK_DIALLING)
            hello(w, conn, roll(d, 4), roll(d, 2) ? roll(d, HOUR_MS) : 0);
        break;
    case 2:
        if (w->links[conn] >= LINK_DIALLING)
            disconnect(w, conn, (enum slack_reason)roll(d, SLACK_REASONS));
        break;
    case 3:
        if (w->links[conn] >= LINK_DIALLING)
            gone(w, conn);
        break;
    case 4:
        live(w, roll(d, 30000));
        break;
    default:
        pass(w, roll(d, 5000));
    }
}

/* settle() checks the promises at every step; in the end a willing Slack gets its connection. */
static void test_any_order(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct dice d = { seed };
        struct world w;
        begin(&w);
        for (int i = 0; i < 400 && w.plan.last_conn < CONNS - 2; i++)
            one_event(&w, &d);
        for (int tries = 0; tries < 200 && !socket_plan_live(&w.plan); tries++) {
            live(&w, 60000);
            if (w.links[w.last_ask] == LINK_ASKING)
                connect_now(&w);
        }
        assert_int_not_equal(socket_plan_live(&w.plan), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_dial_is_at_once),
        cmocka_unit_test(test_pings_every_ten_seconds_with_a_counter),
        cmocka_unit_test(test_silence_of_thirty_seconds_is_death),
        cmocka_unit_test(test_bytes_without_sense_are_death_too),
        cmocka_unit_test(test_who_never_answers_pings_is_not_stuck),
        cmocka_unit_test(test_each_refreshing_reason),
        cmocka_unit_test(test_warning_and_then_refresh_is_one_refresh),
        cmocka_unit_test(test_the_old_one_ends_before_the_new_says_hello),
        cmocka_unit_test(test_a_refresh_that_fails_keeps_the_old_one_and_goes_on),
        cmocka_unit_test(test_lifetimes),
        cmocka_unit_test(test_more_refreshes_than_slots),
        cmocka_unit_test(test_a_refresh_right_after_each_hello_is_no_tight_loop),
        cmocka_unit_test(test_short_lifetimes_leave_no_gap),
        cmocka_unit_test(test_an_unbroken_connection_resets_the_backoff),
        cmocka_unit_test(test_backoff_grows_and_has_jitter),
        cmocka_unit_test(test_only_a_long_life_resets_the_backoff),
        cmocka_unit_test(test_final_errors_stop_and_are_told_once),
        cmocka_unit_test(test_retry_after_is_obeyed),
        cmocka_unit_test(test_link_disabled_is_tried_every_five_minutes),
        cmocka_unit_test(test_too_many_waits_longer_each_time),
        cmocka_unit_test(test_too_many_while_refreshing_keeps_the_old_one),
        cmocka_unit_test(test_no_hello_in_time),
        cmocka_unit_test(test_ghosts),
        cmocka_unit_test(test_drain),
        cmocka_unit_test(test_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
