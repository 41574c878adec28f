/* Outgoing WebSockets against our own server, both on the loop of the test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/net/websocket.h"
#include "adapters/net/websocket_client.h"

enum { BIG = 1 << 20, DEADLINE_MS = 5000 };

struct rig {
    struct loop *loop;
    struct http_server *server;
    struct http_client *http;
    struct websocket_clients *clients;
    struct websocket_client *ws;
    struct websocket *peer;
    struct loop_timer deadline;
    int opened, messages, alive, pongs, closed, peer_closed, status, code;
    size_t last_len;
    char last[64], reason[120];
    bool inside;                        /* of a call of ours: nothing may call back */
    bool late;
};

static void on_deadline(void *arg)
{
    struct rig *r = arg;
    r->late = true;
    loop_stop(r->loop);
}

/* Runs the loop until somebody stops it. */
static void go(struct rig *r)
{
    loop_timer_set(r->loop, &r->deadline, DEADLINE_MS, on_deadline, r);
    loop_run(r->loop);
    loop_timer_stop(r->loop, &r->deadline);
    assert_false(r->late);
}

static int on_upgrade(void *ctx, struct http_request *req, void **user)
{
    (void)ctx;
    *user = NULL;
    if (!http_query(req, "refuse", NULL))
        return 0;
    http_answer_error(req, 409, "conflict", "Not now.", NULL, 0);
    return 1;
}

static void peer_open(void *ctx, struct websocket *ws)
{
    struct rig *r = ctx;
    r->peer = ws;
}

static void peer_message(void *ctx, struct websocket *ws, const char *bytes, size_t len)
{
    (void)ctx;
    if (len == 3 && memcmp(bytes, "bye", 3) == 0)
        websocket_close(ws, 4001, "as you say");
    else
        websocket_send(ws, bytes, len);
}

static void peer_gone(void *ctx, struct websocket *ws)
{
    struct rig *r = ctx;
    (void)ws;
    r->peer = NULL;
    r->peer_closed++;
    if (!r->ws)
        loop_stop(r->loop);
}

static void on_opened(void *ctx)
{
    struct rig *r = ctx;
    assert_false(r->inside);
    r->opened++;
    loop_stop(r->loop);
}

static void on_message(void *ctx, const char *bytes, size_t len)
{
    struct rig *r = ctx;
    assert_false(r->inside);
    assert_int_equal(bytes[len], '\0');
    r->messages++;
    r->last_len = len;
    snprintf(r->last, sizeof r->last, "%.60s", bytes);
    if (strcmp(bytes, "abort") == 0) {
        websocket_client_abort(r->ws);
        r->ws = NULL;
        return;
    }
    loop_stop(r->loop);
}

static void on_alive(void *ctx, enum websocket_client_sign sign)
{
    struct rig *r = ctx;
    assert_false(r->inside);
    r->alive++;
    r->pongs += sign == WEBSOCKET_PONG;
}

static void on_closed(void *ctx, const struct websocket_client_end *end)
{
    struct rig *r = ctx;
    assert_false(r->inside);
    r->closed++;
    r->status = end->status;
    r->code = end->code;
    snprintf(r->reason, sizeof r->reason, "%s", end->reason);
    r->ws = NULL;
    loop_stop(r->loop);
}

static void start(struct rig *r)
{
    static const struct websocket_handlers handlers = { .upgrade = on_upgrade, .open = peer_open,
                                                        .message = peer_message,
                                                        .closed = peer_gone };
    *r = (struct rig){ .loop = loop_new() };
    r->server = http_new(r->loop, NULL);
    websocket_route(r->server, "/ws", &(struct websocket_route){ .max_message = 2 * BIG,
                                                                 .max_queue = 4 * BIG,
                                                                 .pause_at = 4 * BIG },
                    &handlers, r);
    assert_int_equal(http_listen(r->server, "127.0.0.1", 0), 0);
    r->http = http_client_new(r->loop);
    r->clients = websocket_clients_new(r->loop, r->http);
    assert_non_null(r->clients);
}

static void stop(struct rig *r)
{
    websocket_clients_free(r->clients);
    http_client_free(r->http);
    http_free(r->server);
    loop_free(r->loop);
}

static void dial_url(struct rig *r, const char *url)
{
    static const struct websocket_client_handlers handlers = {
        .opened = on_opened, .message = on_message, .alive = on_alive, .closed = on_closed };
    r->inside = true;
    r->ws = websocket_client_open(r->clients, &(struct websocket_client_options){ .url = url },
                                  &handlers, r);
    r->inside = false;
}

static void dial_path(struct rig *r, const char *path)
{
    char url[100];
    snprintf(url, sizeof url, "ws://127.0.0.1:%d%s", http_port(r->server), path);
    dial_url(r, url);
}

static void start_open(struct rig *r)
{
    start(r);
    dial_path(r, "/ws");
    go(r);
    assert_int_equal(r->opened, 1);
}

static void say(struct rig *r, const char *bytes, size_t len)
{
    r->inside = true;
    assert_int_equal(websocket_client_send(r->ws, bytes, len), 0);
    r->inside = false;
}

static void messages_go_there_and_back(void **state)
{
    struct rig r;
    (void)state;
    start_open(&r);
    say(&r, "first", 5);
    go(&r);
    assert_string_equal(r.last, "first");
    char *big = malloc(BIG);
    memset(big, 'x', BIG);
    say(&r, big, BIG);
    assert_int_equal(websocket_client_send(r.ws, big, BIG), -1);   /* too much waits */
    free(big);
    go(&r);
    assert_int_equal(r.last_len, BIG);
    assert_int_equal(r.messages, 2);
    assert_true(r.alive >= 2);
    stop(&r);
    assert_int_equal(r.closed, 0);              /* no callback once they are given up */
}

static void pongs_are_signs_of_life(void **state)
{
    struct rig r;
    char long_payload[127];
    (void)state;
    start_open(&r);
    memset(long_payload, 'p', 126);
    long_payload[126] = '\0';
    assert_int_equal(websocket_client_ping(r.ws, long_payload), -1);
    assert_int_equal(websocket_client_ping(r.ws, "1"), 0);
    int before = r.alive;
    say(&r, "x", 1);                            /* answered behind the pong */
    go(&r);
    assert_true(r.alive > before);
    assert_int_equal(r.pongs, 1);
    assert_int_equal(r.messages, 1);
    stop(&r);
}

static void our_close_is_answered(void **state)
{
    struct rig r;
    (void)state;
    start_open(&r);
    say(&r, "before", 6);
    websocket_client_close(r.ws, 1000);
    assert_int_equal(websocket_client_send(r.ws, "after", 5), -1);
    go(&r);
    assert_int_equal(r.closed, 1);
    assert_int_equal(r.messages, 0);            /* none comes any more */
    stop(&r);
    assert_int_equal(r.peer_closed, 1);
}

static void the_peers_close_tells_its_code(void **state)
{
    struct rig r;
    (void)state;
    start_open(&r);
    say(&r, "bye", 3);
    go(&r);
    assert_int_equal(r.code, 4001);
    assert_string_equal(r.reason, "closed by the peer");
    stop(&r);
}

static void an_abort_from_inside_a_message_is_the_end(void **state)
{
    struct rig r;
    (void)state;
    start_open(&r);
    say(&r, "abort", 5);
    go(&r);                                     /* until the peer has noticed */
    assert_null(r.ws);
    assert_int_equal(r.closed, 0);
    stop(&r);
}

static void a_refusal_tells_its_status(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    dial_path(&r, "/ws?refuse=1&ticket=secret");
    go(&r);
    assert_int_equal(r.closed, 1);
    assert_int_equal(r.status, 409);
    assert_null(strstr(r.reason, "secret"));
    stop(&r);
}

static void addresses_that_are_not_allowed(void **state)
{
    static const char *const urls[] = {
        "ws://192.0.2.1/", "ws://example.com/", "http://127.0.0.1/", "ws://user:pass@127.0.0.1/",
        "127.0.0.1", "", "ws://", "ws://127.0.0.1.example.com/", "ws://127.0.0.1:99999/",
    };
    struct rig r;
    (void)state;
    start(&r);
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        dial_url(&r, urls[i]);
        go(&r);
        assert_int_equal(r.closed, i + 1);
        assert_string_equal(r.reason, "address not allowed");
    }
    stop(&r);
}

static void nobody_listens(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    dial_url(&r, "ws://127.0.0.1:1/");
    go(&r);
    assert_int_equal(r.closed, 1);
    assert_non_null(strstr(r.reason, "cannot connect"));
    stop(&r);
}

/* Under sanitizers: nothing leaks or is used later, whatever it is doing when it is given up. */
static void given_up_at_any_moment(void **state)
{
    struct rig r;
    (void)state;
    start(&r);
    dial_path(&r, "/ws");
    websocket_client_abort(r.ws);               /* while it dials */
    dial_path(&r, "/ws");
    websocket_client_close(r.ws, 1000);
    go(&r);
    assert_int_equal(r.closed, 1);
    dial_url(&r, "ws://192.0.2.1/");
    websocket_client_abort(r.ws);               /* while its end waits to be reported */
    dial_path(&r, "/ws");
    stop(&r);                                   /* while it dials, again */
    assert_int_equal(r.closed, 1);
    assert_int_equal(r.opened, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_go_there_and_back),
        cmocka_unit_test(pongs_are_signs_of_life),
        cmocka_unit_test(our_close_is_answered),
        cmocka_unit_test(the_peers_close_tells_its_code),
        cmocka_unit_test(an_abort_from_inside_a_message_is_the_end),
        cmocka_unit_test(a_refusal_tells_its_status),
        cmocka_unit_test(addresses_that_are_not_allowed),
        cmocka_unit_test(nobody_listens),
        cmocka_unit_test(given_up_at_any_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
