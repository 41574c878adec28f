/* The HTTP and WebSocket server against a plain TCP peer, in one process: the server's loop runs
 * on its own thread, the test is the peer. */
#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdint.h>
#include <time.h>

#include "tests/unit/net_peer.h"

#include <cmocka.h>

#include "adapters/net/http.h"
#include "adapters/net/loop.h"
#include "adapters/net/websocket.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct desk {
    struct loop *loop;
    struct http_server *server;
    pthread_t thread;
    int port;
    atomic_int opened, closed, drained, messages, abandoned, handled;
    _Atomic uint64_t late_id;
    atomic_int late_result;            /* of http_answer_to: 0 taken, -1 nobody there */
    char *big;
};

enum { BIG = 3 << 20 };

static void on_hello(void *ctx, struct http_request *req)
{
    struct desk *d = ctx;
    char text[600];
    size_t twice = 0, body = 0;
    const char *client = http_client_address(req), *value = http_query(req, "k", &twice);
    http_body(req, &body);
    d->handled++;
    snprintf(text, sizeof text, "%s %s k=%s x%zu client=%s body=%zu", http_method(req),
             http_path(req), value ? value : "-", twice, client ? client : "unknown", body);
    http_answer(req, &(struct http_answer){ .status = 200, .content_type = "text/plain",
                                            .body = text, .len = strlen(text) });
}

static void on_big(void *ctx, struct http_request *req)
{
    struct desk *d = ctx;
    http_answer(req, &(struct http_answer){ .status = 200, .body = d->big, .len = BIG,
                                            .keep = true });
}

static void on_late(void *ctx, struct http_request *req)
{
    struct desk *d = ctx;
    d->late_id = http_id(req);
}

static void answer_late(void *arg)
{
    struct desk *d = arg;
    d->late_result = http_answer_to(d->server, d->late_id,
                                    &(struct http_answer){ .status = 200, .body = "late",
                                                           .len = 4 });
}

static int on_upgrade(void *ctx, struct http_request *req, void **user)
{
    size_t origins;
    const char *origin = http_header(req, "origin", &origins);
    (void)ctx;
    if (strcmp(http_method(req), "GET") != 0 || !http_wants_websocket(req))
        return 0;                      /* the server knows how to refuse these */
    if (origins != 1 || strcmp(origin, "http://desk") != 0) {
        http_answer_error(req, 403, "forbidden", "Not from here.", NULL, 0);
        return 1;
    }
    *user = ctx;
    return 0;
}

static void on_abandoned(void *ctx, void *user)
{
    struct desk *d = ctx;
    if (user)
        d->abandoned++;
}

static void on_open(void *ctx, struct websocket *ws)
{
    struct desk *d = ctx;
    d->opened += websocket_user(ws) == d;
}

static void on_closed(void *ctx, struct websocket *ws)
{
    struct desk *d = ctx;
    (void)ws;
    d->closed++;
}

static void on_drained(void *ctx, struct websocket *ws)
{
    struct desk *d = ctx;
    d->drained += websocket_queued(ws) == 0;
}

/* "flood N" sends N messages of 4 KiB, "bye" closes, the rest is an echo. */
static void on_message(void *ctx, struct websocket *ws, const char *bytes, size_t len)
{
    struct desk *d = ctx;
    int n = 0;
    d->messages++;
    if (sscanf(bytes, "flood %d", &n) == 1) {
        struct websocket_shared *shared = websocket_share(d->big, 4096);
        while (n-- && !websocket_send_shared(ws, shared))
            ;
        websocket_shared_drop(shared);
    } else if (strcmp(bytes, "bye") == 0) {
        websocket_send(ws, "last words", 10);
        websocket_close(ws, 4401, "logged_out");
    } else {
        websocket_send(ws, bytes, len);
    }
}

static void *run(void *arg)
{
    struct desk *d = arg;
    loop_run(d->loop);
    return NULL;
}

static void add_routes(struct desk *d)
{
    static const struct websocket_handlers handlers = {
        .upgrade = on_upgrade, .abandoned = on_abandoned, .open = on_open,
        .message = on_message, .closed = on_closed, .drained = on_drained };
    http_route(d->server, "GET", "/hello", 0, on_hello, d);
    http_route(d->server, "POST", "/hello", 1000, on_hello, d);
    http_route(d->server, "GET", "/tree/", 0, on_hello, d);
    http_route(d->server, "GET", "/big", 0, on_big, d);
    http_route(d->server, NULL, "/late", 1000, on_late, d);
    websocket_route(d->server, "/m/ws", &(struct websocket_route){ .protocol = "deskhand.v1" },
                    &handlers, d);
    websocket_route(d->server, "/slow",
                    &(struct websocket_route){ .protocol = "deskhand.v1", .max_queue = 64 << 20,
                                               .stall_s = 1 }, &handlers, d);
}

static int open_desk(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    d->big = malloc(BIG);
    memset(d->big, 'b', BIG);
    d->loop = loop_new();
    d->server = http_new(d->loop, &(struct http_settings){ .max_requests = 4 });
    add_routes(d);
    if (http_listen(d->server, "127.0.0.1", 0))
        return -1;
    d->port = http_port(d->server);
    *state = d;
    return pthread_create(&d->thread, NULL, run, d);
}

static int close_desk(void **state)
{
    struct desk *d = *state;
    loop_stop(d->loop);
    pthread_join(d->thread, NULL);
    http_free(d->server);
    loop_free(d->loop);
    int balance = d->opened - d->closed;
    free(d->big);
    free(d);
    return balance;                    /* each open() had its closed() */
}

/* Waits for what another thread does: at most 8 s, normally microseconds. */
static bool becomes(atomic_int *value, int want)
{
    struct timespec step = { .tv_nsec = 1000000 };
    for (int i = 0; i < 8000 && *value != want; i++)
        nanosleep(&step, NULL);
    return *value == want;
}

static bool is_waiting(struct desk *d, uint64_t before)
{
    struct timespec step = { .tv_nsec = 1000000 };
    for (int i = 0; i < 8000 && d->late_id == before; i++)
        nanosleep(&step, NULL);
    return d->late_id != before;
}

static void requests_are_answered(void **state)
{
    static const struct {
        const char *story, *request;
        int status;
        const char *holds;
    } rows[] = {
        { "a parameter sent twice shows", "GET /hello?k=a%26b&k=2&z HTTP/1.1\r\nHost: d\r\n\r\n",
          200, "GET /hello k=a&b x2 client=unknown body=0" },
        { "a proxy on loopback is believed",
          "GET /hello HTTP/1.1\r\nHost: d\r\nX-Forwarded-For: 6.6.6.6\r\n"
          "X-Forwarded-For: 192.0.2.5\r\n\r\n", 200, "client=192.0.2.5" },
        { "a body arrives", "POST /hello HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\n\r\nabc", 200,
          "body=3" },
        { "an empty body", "POST /hello HTTP/1.1\r\nHost: d\r\nContent-Length: 0\r\n\r\n", 200,
          "body=0" },
        { "HEAD is GET without a body", "HEAD /hello HTTP/1.1\r\nHost: d\r\n\r\n", 200,
          "Content-Length: 4" },
        { "a prefix", "GET /tree/of/life HTTP/1.1\r\nHost: d\r\n\r\n", 200, "GET /tree/of/life" },
        { "nosniff", "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n", 200,
          "X-Content-Type-Options: nosniff" },
        { "unknown path", "GET /nope HTTP/1.1\r\nHost: d\r\n\r\n", 404, "\"code\":\"not_found\"" },
        { "wrong method", "DELETE /hello HTTP/1.1\r\nHost: d\r\n\r\n", 405,
          "Allow: GET, HEAD, POST" },
        { "no length", "POST /hello HTTP/1.1\r\nHost: d\r\n\r\n", 411, "length_required" },
        { "no length, no such method", "PUT /hello HTTP/1.1\r\nHost: d\r\n\r\n", 405,
          "method_not_allowed" },
        { "chunked", "POST /hello HTTP/1.1\r\nHost: d\r\nTransfer-Encoding: chunked\r\n\r\n", 411,
          "length_required" },
        { "two lengths",
          "POST /hello HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
          400, "bad_request" },
        { "length and chunked", "POST /hello HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\n"
          "Transfer-Encoding: chunked\r\n\r\nabc", 411, "length_required" },
        { "negative length", "POST /hello HTTP/1.1\r\nHost: d\r\nContent-Length: -1\r\n\r\n", 400,
          "bad_request" },
        { "too large, before the body is read",
          "POST /hello HTTP/1.1\r\nHost: d\r\nContent-Length: 99999999999\r\n\r\n", 413,
          "too_large" },
        { "a body where none belongs",
          "GET /hello HTTP/1.1\r\nHost: d\r\nContent-Length: 3\r\n\r\nabc", 413, "too_large" },
    };
    struct desk *d = *state;
    char out[4000];
    for (size_t i = 0; i < COUNT(rows); i++) {
        int status = peer_ask(d->port, rows[i].request, out, sizeof out);
        if (status != rows[i].status || !strstr(out, rows[i].holds))
            fail_msg("%s: %d\n%s", rows[i].story, status, out);
    }
}

static void an_ipv6_address_is_listened_on(void **unused)
{
    int fd = socket(AF_INET6, SOCK_STREAM, 0);
    char out[2000];
    (void)unused;
    if (fd < 0)
        skip();                        /* a kernel without IPv6 */
    struct loop *loop = loop_new();
    struct desk d = { .loop = loop, .server = http_new(loop, NULL) };
    add_routes(&d);
    assert_int_equal(http_listen(d.server, "::1", 0), 0);
    struct sockaddr_in6 a = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT,
                              .sin6_port = htons((uint16_t)http_port(d.server)) };
    assert_int_equal(pthread_create(&d.thread, NULL, run, &d), 0);
    static const char ask[] = "GET /hello HTTP/1.1\r\nHost: [::1]\r\n"
                              "X-Forwarded-For: 2001:db8::7\r\n\r\n";
    assert_int_equal(connect(fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_true(peer_write(fd, ask, strlen(ask)));
    assert_int_equal(peer_answer(fd, out, sizeof out, false), 200);
    assert_non_null(strstr(out, "client=2001:db8::7"));
    close(fd);
    loop_stop(loop);
    pthread_join(d.thread, NULL);
    http_free(d.server);
    loop_free(loop);
}

static void a_connection_is_kept_and_pipelines_wait_their_turn(void **state)
{
    static const char three[] = "GET /hello?k=1 HTTP/1.1\r\nHost: d\r\n\r\n"
                                "GET /late HTTP/1.1\r\nHost: d\r\n\r\n"
                                "GET /hello?k=3 HTTP/1.1\r\nHost: d\r\n\r\n";
    struct desk *d = *state;
    char out[2000];
    int fd = peer_connect(d->port);
    assert_true(peer_write(fd, three, strlen(three)));
    assert_int_equal(peer_answer(fd, out, sizeof out, false), 200);
    assert_non_null(strstr(out, "k=1"));
    assert_true(is_waiting(d, 0));
    assert_int_equal(d->handled, 1);   /* the third waits */
    loop_post(d->loop, answer_late, d);
    assert_int_equal(peer_answer(fd, out, sizeof out, false), 200);
    assert_non_null(strstr(out, "late"));
    assert_int_equal(peer_answer(fd, out, sizeof out, false), 200);
    assert_non_null(strstr(out, "k=3"));
    close(fd);
}

/* libwebsockets 4.1 would read the request line as the body. */
static void a_pipelined_body_is_right_or_refused(void **state)
{
    static const char two[] = "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n"
                              "POST /hello HTTP/1.1\r\nHost: d\r\nContent-Length: 100\r\n\r\n";
    struct desk *d = *state;
    char out[2000], body[100];
    int fd = peer_connect(d->port);
    memset(body, 'x', sizeof body);
    assert_true(peer_write(fd, two, strlen(two)));
    assert_int_equal(peer_answer(fd, out, sizeof out, false), 200);
    peer_write(fd, body, sizeof body);
    int status = peer_answer(fd, out, sizeof out, false);
    assert_true(status < 0 || (status == 200 && strstr(out, "body=100")));
    close(fd);
}

static void a_late_answer_to_nobody_is_harmless(void **state)
{
    struct desk *d = *state;
    char out[2000];
    for (int reset = 0; reset < 2; reset++) {
        struct linger hard = { .l_onoff = 1 };
        int fd = peer_connect(d->port);
        d->late_id = 0;
        d->late_result = 5;
        assert_true(peer_write(fd, "GET /late HTTP/1.1\r\nHost: d\r\n\r\n", 32));
        assert_true(is_waiting(d, 0));
        if (reset)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close(fd);
        loop_post(d->loop, answer_late, d);
        loop_post(d->loop, answer_late, d);        /* the id is dead by now */
        assert_true(becomes(&d->late_result, -1));
    }
    assert_int_equal(peer_ask(d->port, "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n", out, sizeof out),
                     200);
}

static void a_big_answer_leaves_in_pieces(void **state)
{
    struct desk *d = *state;
    char *out = malloc(BIG + 1000);
    int fd = peer_connect_small(d->port, 4096);
    assert_true(peer_write(fd, "GET /big HTTP/1.1\r\nHost: d\r\n\r\n", 31));
    char other[2000];
    assert_int_equal(peer_ask(d->port, "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n", other,
                              sizeof other), 200);
    assert_int_equal(peer_answer(fd, out, BIG + 1000, false), 200);
    const char *body = strstr(out, "\r\n\r\n") + 4;
    assert_int_equal(strspn(body, "b"), BIG);
    close(fd);
    free(out);
}

static void too_many_waiting_requests_are_turned_away(void **state)
{
    struct desk *d = *state;
    char out[2000];
    int fds[4];
    for (size_t i = 0; i < COUNT(fds); i++) {
        uint64_t before = d->late_id;
        fds[i] = peer_connect(d->port);
        assert_true(peer_write(fds[i], "GET /late HTTP/1.1\r\nHost: d\r\n\r\n", 32));
        assert_true(is_waiting(d, before));
    }
    assert_int_equal(peer_ask(d->port, "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n", out, sizeof out),
                     503);
    assert_non_null(strstr(out, "Retry-After"));
    for (size_t i = 0; i < COUNT(fds); i++)
        close(fds[i]);
}

static void upgrades_are_refused_in_order(void **state)
{
#define KEY "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
#define WS "Host: d\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" KEY
#define V13 "Sec-WebSocket-Version: 13\r\n"
#define ORIGIN "Origin: http://desk\r\n"
#define V1 "Sec-WebSocket-Protocol: x, deskhand.v1\r\n"
    static const struct {
        const char *story, *request;
        int status;
        const char *holds;
    } rows[] = {
        { "another path", "GET /m/other HTTP/1.1\r\n" WS V13 ORIGIN V1 "\r\n", 404, "not_found" },
        { "a path that is no socket", "GET /hello HTTP/1.1\r\n" WS V13 ORIGIN V1 "\r\n", 426, "" },
        { "not GET", "POST /m/ws HTTP/1.1\r\nContent-Length: 0\r\n" WS V13 ORIGIN V1 "\r\n", 405,
          "Allow: GET" },
        { "no upgrade", "GET /m/ws HTTP/1.1\r\nHost: d\r\n\r\n", 426, "Upgrade: websocket" },
        { "HTTP/2", "GET /m/ws HTTP/1.1\r\nHost: d\r\nConnection: Upgrade, HTTP2-Settings\r\n"
          "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n", 426,
          "Upgrade: websocket" },
        { "an old version", "GET /m/ws HTTP/1.1\r\n" WS "Sec-WebSocket-Version: 8\r\n" ORIGIN V1
          "\r\n", 426, "Sec-WebSocket-Version: 13" },
        { "Connection does not say so", "GET /m/ws HTTP/1.1\r\nHost: d\r\nUpgrade: websocket\r\n"
          KEY V13 ORIGIN V1 "\r\n", 426, "" },
        { "no origin", "GET /m/ws HTTP/1.1\r\n" WS V13 V1 "\r\n", 403, "forbidden" },
        { "two origins", "GET /m/ws HTTP/1.1\r\n" WS V13 ORIGIN ORIGIN V1 "\r\n", 403,
          "forbidden" },
        { "another origin", "GET /m/ws HTTP/1.1\r\n" WS V13 "Origin: http://desk.evil\r\n" V1
          "\r\n", 403, "forbidden" },
        { "no subprotocol", "GET /m/ws HTTP/1.1\r\n" WS V13 ORIGIN "\r\n", 400, "unsupported" },
        { "another subprotocol", "GET /m/ws HTTP/1.1\r\n" WS V13 ORIGIN
          "Sec-WebSocket-Protocol: deskhand.v2, Deskhand.v1\r\n\r\n", 400, "unsupported" },
        { "a broken key", "GET /m/ws HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\n"
          "Upgrade: websocket\r\nSec-WebSocket-Key: abc\r\n" V13 ORIGIN V1 "\r\n", 400,
          "bad_request" },
        { "accepted", "GET /m/ws?k=demo HTTP/1.1\r\n" WS V13 ORIGIN V1
          "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n", 101,
          "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" },
    };
    struct desk *d = *state;
    char out[4000];
    for (size_t i = 0; i < COUNT(rows); i++) {
        int status = peer_ask(d->port, rows[i].request, out, sizeof out);
        if (status != rows[i].status || !strstr(out, rows[i].holds))
            fail_msg("%s: %d\n%s", rows[i].story, status, out);
    }
    assert_non_null(strcasestr(out, "\r\nSec-WebSocket-Protocol: deskhand.v1\r\n"));
    assert_null(strcasestr(out, "Sec-WebSocket-Extensions"));
    assert_true(becomes(&d->closed, 1));
    assert_int_equal(d->abandoned, 3); /* accepted by the adapter, refused by the handshake */
}

static void an_unknown_upgrade_never_becomes_anything(void **state)
{
    static const char odd[] = "GET /m/ws HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\n"
                              "Upgrade: other\r\n\r\n";
    struct desk *d = *state;
    char out[2000];
    assert_int_equal(peer_ask(d->port, odd, out, sizeof out), 426);
    assert_non_null(strstr(out, "Upgrade: websocket"));
    /* Behind another request on the same connection lws answers by itself. */
    int fd = peer_connect(d->port);
    assert_true(peer_write(fd, "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n", 33));
    assert_int_equal(peer_answer(fd, out, sizeof out, false), 200);
    assert_true(peer_write(fd, odd, strlen(odd)));
    int status = peer_answer(fd, out, sizeof out, false);
    assert_true(status < 0 || (status >= 400 && status < 500));
    assert_true(peer_is_closed(fd));
    assert_int_equal(d->opened, 0);
    close(fd);
}

static void messages_come_whole(void **state)
{
    struct desk *d = *state;
    char *out = malloc(PEER_BYTES), *full = malloc(65536);
    size_t len;
    int fd = peer_socket(d->port, "/m/ws", 0);
    assert_true(fd >= 0);
    memset(full, 'x', 65536);
    assert_true(peer_frame(fd, 0x01, "Gr\xc3", 3));           /* an umlaut across fragments */
    assert_true(peer_frame(fd, 0x89, "are you there", 13));
    assert_true(peer_frame(fd, 0x00, "\xbc", 1));
    assert_true(peer_frame(fd, 0x00, "", 0));
    assert_int_equal(peer_receive(fd, out, PEER_BYTES, &len), 0x8a);
    assert_string_equal(out, "are you there");
    assert_true(peer_frame(fd, 0x80, "ezi", 3));
    assert_int_equal(peer_receive(fd, out, PEER_BYTES, &len), 0x81);
    assert_string_equal(out, "Gr\xc3\xbc" "ezi");
    assert_true(peer_frame(fd, 0x81, "", 0));
    assert_int_equal(peer_receive(fd, out, PEER_BYTES, &len), 0x81);
    assert_int_equal(len, 0);
    assert_true(peer_frame(fd, 0x81, "a\0b", 3));
    assert_int_equal(peer_receive(fd, out, PEER_BYTES, &len), 0x81);
    assert_memory_equal(out, "a\0b", 3);
    assert_true(peer_frame(fd, 0x81, full, 65536));
    assert_int_equal(peer_receive(fd, out, PEER_BYTES, &len), 0x81);
    assert_int_equal(len, 65536);
    close(fd);
    free(full);
    free(out);
}

static void violations_close_with_their_code(void **state)
{
    struct desk *d = *state;
    char *full = calloc(1, 70000), reason[200] = "";
    memset(full, 'x', 70000);
    const struct {
        const char *story;
        int first[3];
        const char *payload[3];
        size_t len[3];
        int code;
    } rows[] = {
        { "binary", { 0x82 }, { "ab" }, { 2 }, 1003 },
        { "invalid UTF-8", { 0x81 }, { "a\xff" }, { 2 }, 1007 },
        { "a surrogate", { 0x81 }, { "\xed\xa0\x80" }, { 3 }, 1007 },
        { "cut in a character", { 0x01, 0x80 }, { "\xe2\x82", "x" }, { 2, 1 }, 1007 },
        { "one byte too much", { 0x81 }, { full }, { 65537 }, 1009 },
        { "too much in fragments, before the end", { 0x01, 0x00, 0x00 }, { full, full, full },
          { 30000, 30000, 30000 }, 1009 },
        { "reserved bit", { 0xc1 }, { "a" }, { 1 }, 1002 },
        { "unknown opcode", { 0x83 }, { "a" }, { 1 }, 1002 },
        { "continuation of nothing", { 0x80 }, { "a" }, { 1 }, 1002 },
        { "a new message inside one", { 0x01, 0x81 }, { "a", "b" }, { 1, 1 }, 1002 },
        { "a fragmented ping", { 0x09 }, { "a" }, { 1 }, 1002 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int fd = peer_socket(d->port, "/m/ws", 0);
        for (int n = 0; n < 3 && rows[i].payload[n]; n++)
            peer_frame(fd, rows[i].first[n], rows[i].payload[n], rows[i].len[n]);
        int code = peer_close_code(fd, reason, sizeof reason);
        close(fd);
        if (code != rows[i].code)
            fail_msg("%s: %d %s", rows[i].story, code, reason);
    }
    assert_int_equal(d->messages, 0);
    assert_true(becomes(&d->closed, (int)COUNT(rows)));
    free(full);
}

static void a_close_flushes_and_ends(void **state)
{
    struct desk *d = *state;
    char out[200];
    size_t len;
    int fd = peer_socket(d->port, "/m/ws", 0);
    assert_true(peer_text(fd, "bye"));
    assert_int_equal(peer_receive(fd, out, sizeof out, &len), 0x81);
    assert_string_equal(out, "last words");
    assert_int_equal(peer_close_code(fd, out, sizeof out), 4401);
    assert_string_equal(out, "logged_out");
    assert_true(peer_frame(fd, 0x88, "\x11\x31", 2));
    assert_true(becomes(&d->closed, 1));
    assert_true(peer_is_closed(fd));
    close(fd);
    fd = peer_socket(d->port, "/m/ws", 0);
    assert_true(peer_frame(fd, 0x88, "\x03\xe8", 2));
    assert_int_equal(peer_close_code(fd, out, sizeof out), 1000);
    assert_true(becomes(&d->closed, 2));
    close(fd);
}

static void a_peer_that_reads_nothing_is_dropped(void **state)
{
    struct desk *d = *state;
    char out[200];
    size_t len;
    int slow = peer_socket(d->port, "/m/ws", 4096), good = peer_socket(d->port, "/m/ws", 0);
    assert_true(peer_text(slow, "flood 3000"));        /* 12 MiB: more than kernel and queue hold */
    assert_true(peer_text(good, "hello"));
    assert_int_equal(peer_receive(good, out, sizeof out, &len), 0x81);
    assert_string_equal(out, "hello");
    assert_true(becomes(&d->closed, 1));
    close(slow);
    close(good);
}

static void the_queue_stops_reading_until_it_is_drained(void **state)
{
    struct desk *d = *state;
    char *out = malloc(PEER_BYTES);
    size_t len = 0;
    int fd = peer_socket(d->port, "/slow", 4096);
    int frames = 2000;
    assert_true(peer_text(fd, "flood 2000"));
    assert_true(becomes(&d->messages, 1));
    assert_true(peer_text(fd, "are you still reading"));
    int other = peer_socket(d->port, "/m/ws", 0);
    assert_true(peer_text(other, "hello"));            /* a whole turn of the loop goes by */
    assert_int_equal(peer_receive(other, out, PEER_BYTES, &len), 0x81);
    assert_int_equal(d->messages, 2);                  /* hello; the second of fd is still unread */
    for (int i = 0; i < frames; i++)
        assert_int_equal(peer_receive(fd, out, PEER_BYTES, &len), 0x81);
    assert_int_equal(peer_receive(fd, out, PEER_BYTES, &len), 0x81);
    assert_string_equal(out, "are you still reading");
    assert_true(becomes(&d->drained, 1));
    close(fd);
    close(other);
    free(out);
}

static void a_stalled_write_closes(void **state)
{
    struct desk *d = *state;
    int fd = peer_socket(d->port, "/slow", 4096);
    assert_true(peer_text(fd, "flood 2000"));
    assert_true(becomes(&d->messages, 1));
    assert_int_equal(d->closed, 0);
    assert_true(becomes(&d->closed, 1));               /* 1 s without progress, 5 s for the close */
    close(fd);
}

static void drain(void *arg)
{
    struct desk *d = arg;
    http_drain(d->server);
    d->handled = 77;
}

static void a_draining_server_says_so(void **state)
{
    struct desk *d = *state;
    char out[2000];
    int kept = peer_connect(d->port), ws = peer_socket(d->port, "/m/ws", 0);
    size_t len;
    loop_post(d->loop, drain, d);
    assert_true(becomes(&d->handled, 77));
    assert_true(peer_text(ws, "still here"));
    assert_int_equal(peer_receive(ws, out, sizeof out, &len), 0x81);
    peer_write(kept, "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n", 33);
    assert_int_equal(peer_answer(kept, out, sizeof out, false), 503);
    assert_int_equal(peer_ask(d->port, "GET /hello HTTP/1.1\r\nHost: d\r\n\r\n", out, sizeof out),
                     503);
    assert_non_null(strstr(out, "Retry-After"));
    close(kept);
    close(ws);
}

#define DESK_TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(requests_are_answered),
        cmocka_unit_test(an_ipv6_address_is_listened_on),
        DESK_TEST(a_connection_is_kept_and_pipelines_wait_their_turn),
        DESK_TEST(a_pipelined_body_is_right_or_refused),
        DESK_TEST(a_late_answer_to_nobody_is_harmless),
        DESK_TEST(a_big_answer_leaves_in_pieces),
        DESK_TEST(too_many_waiting_requests_are_turned_away),
        DESK_TEST(upgrades_are_refused_in_order),
        DESK_TEST(an_unknown_upgrade_never_becomes_anything),
        DESK_TEST(messages_come_whole),
        DESK_TEST(violations_close_with_their_code),
        DESK_TEST(a_close_flushes_and_ends),
        DESK_TEST(a_peer_that_reads_nothing_is_dropped),
        DESK_TEST(the_queue_stops_reading_until_it_is_drained),
        DESK_TEST(a_stalled_write_closes),
        DESK_TEST(a_draining_server_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
