/* Outgoing requests and mail against a scripted peer on loopback, and the loop's own timers and
 * posts. The loop runs in the test; the peer has a thread. */
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>

#include "tests/unit/net_peer.h"

#include <cmocka.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Answers each connection's first request with one script, then closes. */
struct peer {
    pthread_t thread;
    int fd, port;
    const char *script;
    char heard[4000];
};

static void *serve_once(void *arg)
{
    struct peer *p = arg;
    size_t len = 0;
    int fd = accept(p->fd, NULL, NULL);
    struct timeval deadline = { .tv_sec = 3 };
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &deadline, sizeof deadline);
    while (len + 1 < sizeof p->heard && !strstr(p->heard, "END") && !strstr(p->heard, "\r\n\r\n")) {
        ssize_t n = recv(fd, p->heard + len, sizeof p->heard - 1 - len, 0);
        if (n <= 0)
            break;
        len += (size_t)n;
        p->heard[len] = '\0';
    }
    if (p->script)
        peer_write(fd, p->script, strlen(p->script));
    if (!p->script)
        recv(fd, p->heard, 1, 0);      /* silent until the client gives up */
    close(fd);
    return NULL;
}

static void peer_listen(struct peer *p)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof a;
    p->fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(p->fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(listen(p->fd, 8), 0);
    assert_int_equal(getsockname(p->fd, (struct sockaddr *)&a, &len), 0);
    p->port = ntohs(a.sin_port);
}

struct outcome {
    struct loop *loop;
    int calls;
    enum http_client_result result;
    int status;
    int64_t retry_after_ms;
    char body[200], kind[100], error[200];
};

static void on_answer(void *ctx, const struct http_client_answer *a)
{
    struct outcome *o = ctx;
    const char *kind = http_client_header(a, "content-type");
    o->calls++;
    o->result = a->result;
    o->status = a->status;
    o->retry_after_ms = a->retry_after_ms;
    snprintf(o->body, sizeof o->body, "%s", a->body);
    snprintf(o->kind, sizeof o->kind, "%s", kind ? kind : "-");
    snprintf(o->error, sizeof o->error, "%s", a->error);
    loop_stop(o->loop);
}

static void ask(struct peer *p, const char *script, struct http_client_request req,
                struct outcome *o)
{
    char url[100];
    struct loop *loop = loop_new();
    struct http_client *c = http_client_new(loop);
    *o = (struct outcome){ .loop = loop };
    memset(p->heard, 0, sizeof p->heard);
    p->script = script;
    peer_listen(p);
    pthread_create(&p->thread, NULL, serve_once, p);
    snprintf(url, sizeof url, "http://127.0.0.1:%d/path?q=1", p->port);
    req.url = url;
    http_client_send(c, &req, on_answer, o);
    assert_int_equal(o->calls, 0);     /* never from inside */
    loop_run(loop);
    assert_int_equal(http_client_under_way(c), 0);
    http_client_free(c);
    loop_free(loop);
    pthread_join(p->thread, NULL);
    close(p->fd);
    assert_int_equal(o->calls, 1);
}

static void answers_are_told_apart(void **unused)
{
    static const struct {
        const char *story, *script;
        enum http_client_result result;
        int status;
        int64_t retry_after_ms;
        const char *body;
    } rows[] = {
        { "ok", "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 2\r\n\r\nhi",
          HTTP_CLIENT_ANSWERED, 200, -1, "hi" },
        { "slow down", "HTTP/1.1 429 No\r\ncontent-type: a/b\r\nRetry-After: 7\r\n"
          "Content-Length: 0\r\n\r\n", HTTP_CLIENT_ANSWERED, 429, 7000, "" },
        { "a redirect is only an answer", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
          "Content-Type: a/b\r\nContent-Length: 0\r\n\r\n", HTTP_CLIENT_ANSWERED, 302, -1, "" },
        { "cut off in the body", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhi",
          HTTP_CLIENT_BROKEN, 0, -1, "hi" },
        { "garbage", "!!!!\r\n\r\n", HTTP_CLIENT_BROKEN, 0, -1, "" },
        { "nothing at all", "", HTTP_CLIENT_BROKEN, 0, -1, "" },
        { "too big", "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n"
          "0123456789012345678901234567890123456789012345678901234567890123456789"
          "0123456789012345678901234567890", HTTP_CLIENT_TOO_BIG, 0, -1, "" },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct peer p = { 0 };
        struct outcome o;
        ask(&p, rows[i].script, (struct http_client_request){ .max_answer = 100 }, &o);
        if (o.result != rows[i].result || o.status != rows[i].status ||
            o.retry_after_ms != rows[i].retry_after_ms || strcmp(o.body, rows[i].body) != 0 ||
            (o.status && strcmp(o.kind, "a/b") != 0))
            fail_msg("%s: %s %d \"%s\" %s", rows[i].story, http_client_result_name(o.result),
                     o.status, o.body, o.error);
    }
}

static void a_request_says_what_it_was_given(void **unused)
{
    static const struct http_pair headers[] = { { "Authorization", "Bearer t" }, { "X-A", "" } };
    struct peer p = { 0 };
    struct outcome o;
    (void)unused;
    ask(&p, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        (struct http_client_request){ .headers = headers, .header_count = 2,
                                      .body = "END", .body_len = 3 }, &o);
    assert_int_equal(o.status, 200);
    assert_non_null(strstr(p.heard, "POST /path?q=1 HTTP/1.1\r\n"));
    assert_non_null(strstr(p.heard, "Authorization: Bearer t\r\n"));
    assert_non_null(strstr(p.heard, "X-A:"));
    assert_non_null(strstr(p.heard, "Content-Length: 3\r\n"));
    assert_null(strstr(p.heard, "Expect"));
}

static void silence_ends_in_time(void **unused)
{
    struct peer p = { 0 };
    struct outcome o;
    (void)unused;
    ask(&p, NULL, (struct http_client_request){ .total_ms = 200 }, &o);
    assert_int_equal(o.result, HTTP_CLIENT_TIMEOUT);
}

static enum http_client_result result_for(struct http_client_request req)
{
    struct loop *loop = loop_new();
    struct http_client *c = http_client_new(loop);
    struct outcome o = { .loop = loop };
    http_client_send(c, &req, on_answer, &o);
    loop_run(loop);
    http_client_free(c);
    loop_free(loop);
    return o.result;
}

static void what_may_not_be_sent_is_refused(void **unused)
{
    static const struct http_pair split = { "X", "a\r\nY: b" };
    static const char *const urls[] = {
        "http://example.com/", "ftp://127.0.0.1/", "file:///etc/passwd", "http://127.0.0.1@x.org/",
        "gopher://127.0.0.1/", "", "http://127.0.0.1.example.com/", "https://user:pw@example.com/",
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(urls); i++)
        if (result_for((struct http_client_request){ .url = urls[i] }) != HTTP_CLIENT_REFUSED)
            fail_msg("%s was not refused", urls[i]);
    assert_int_equal(result_for((struct http_client_request){ .url = "http://127.0.0.1:1/",
                                                              .headers = &split,
                                                              .header_count = 1 }),
                     HTTP_CLIENT_REFUSED);
    assert_int_equal(result_for((struct http_client_request){ .url = "http://127.0.0.1:1/" }),
                     HTTP_CLIENT_UNREACHABLE);
    assert_int_equal(result_for((struct http_client_request){ .url = "https://example.invalid:1/",
                                                              .resolve_to = "127.0.0.1" }),
                     HTTP_CLIENT_UNREACHABLE);
}

static void a_cancelled_request_calls_back_once(void **unused)
{
    struct peer p = { 0 };
    struct loop *loop = loop_new();
    struct http_client *c = http_client_new(loop);
    struct outcome o = { .loop = loop }, left = { .loop = loop };
    char url[100];
    (void)unused;
    peer_listen(&p);                   /* accepts by backlog, never answers */
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", p.port);
    struct http_client_request req = { .url = url };
    http_client_cancel(c, http_client_send(c, &req, on_answer, &o));
    http_client_send(c, &req, on_answer, &left);
    loop_run(loop);
    assert_int_equal(o.calls, 1);
    assert_int_equal(o.result, HTTP_CLIENT_CANCELLED);
    http_client_free(c);
    assert_int_equal(left.calls, 1);
    assert_int_equal(left.result, HTTP_CLIENT_CANCELLED);
    loop_free(loop);
    close(p.fd);
}

/* A mail server that takes one mail line by line. */
static void *serve_mail(void *arg)
{
    struct peer *p = arg;
    char line[1000];
    bool data = false;
    int fd = accept(p->fd, NULL, NULL);
    FILE *f = fdopen(fd, "r+");
    fputs("220 hi\r\n", f);
    while (fflush(f) == 0 && fseek(f, 0, SEEK_CUR) != 7 && fgets(line, sizeof line, f)) {
        strncat(p->heard, line, sizeof p->heard - strlen(p->heard) - 1);
        if (strcmp(line, ".\r\n") == 0)
            data = false;
        if (data)
            continue;
        data = strncmp(line, "DATA", 4) == 0;
        fputs(strncmp(line, "RCPT", 4) == 0 && p->script ? p->script
              : data ? "354 go\r\n" : "250 ok\r\n", f);
    }
    fclose(f);
    return NULL;
}

static void send_mail(struct peer *p, const char *refusal, const char *to, struct outcome *o)
{
    static const char text[] = "Subject: hi\r\n\r\n.dot\r\n";
    char url[100];
    struct loop *loop = loop_new();
    struct http_client *c = http_client_new(loop);
    *p = (struct peer){ .script = refusal };
    *o = (struct outcome){ .loop = loop };
    peer_listen(p);
    pthread_create(&p->thread, NULL, serve_mail, p);
    snprintf(url, sizeof url, "smtp://127.0.0.1:%d", p->port);
    mail_send(c, &(struct mail){ .url = url, .from = "desk@example.com", .to = to,
                                 .message = text, .message_len = strlen(text) }, on_answer, o);
    loop_run(loop);
    http_client_free(c);
    loop_free(loop);
    if (o->result == HTTP_CLIENT_REFUSED)
        close(peer_connect(p->port));  /* the peer still waits for somebody */
    pthread_join(p->thread, NULL);
    close(p->fd);
}

static void mail_is_sent_or_refused(void **unused)
{
    struct peer p;
    struct outcome o;
    (void)unused;
    send_mail(&p, NULL, "ana@example.com", &o);
    assert_int_equal(o.result, HTTP_CLIENT_ANSWERED);
    assert_int_equal(o.status, 250);
    assert_non_null(strstr(p.heard, "MAIL FROM:<desk@example.com>"));
    assert_non_null(strstr(p.heard, "RCPT TO:<ana@example.com>"));
    assert_non_null(strstr(p.heard, "\r\n..dot\r\n.\r\n"));
    send_mail(&p, "550 unknown\r\n", "ana@example.com", &o);
    assert_int_equal(o.result, HTTP_CLIENT_ANSWERED);
    assert_int_equal(o.status, 550);
    send_mail(&p, NULL, "a@b>\r\nRCPT TO:<c@d", &o);
    assert_int_equal(o.result, HTTP_CLIENT_REFUSED);
}

struct trace {
    struct loop *loop;
    char text[100];
    struct loop_timer timers[4];
    int ticks;
};

static void note(struct trace *t, const char *word)
{
    strncat(t->text, word, sizeof t->text - strlen(t->text) - 1);
}

static void on_a(void *arg) { note(arg, "a"); }

static void on_b(void *arg)
{
    struct trace *t = arg;
    note(t, "b");
    loop_timer_stop(t->loop, &t->timers[2]);
}

static void on_never(void *arg) { note(arg, "never"); }

static void on_tick(void *arg)
{
    struct trace *t = arg;
    note(t, "t");
    if (++t->ticks == 3)
        loop_stop(t->loop);
}

static void timers_fire_in_their_order(void **unused)
{
    struct trace t = { .loop = loop_new() };
    (void)unused;
    loop_timer_set(t.loop, &t.timers[0], 40, on_b, &t);
    loop_timer_set(t.loop, &t.timers[1], 0, on_a, &t);
    loop_timer_set(t.loop, &t.timers[2], 90, on_never, &t);
    loop_timer_repeat(t.loop, &t.timers[3], 100, on_tick, &t);
    loop_run(t.loop);
    assert_string_equal(t.text, "abttt");
    assert_false(loop_timer_runs(&t.timers[0]));
    assert_true(loop_timer_runs(&t.timers[3]));
    loop_timer_stop(t.loop, &t.timers[3]);
    loop_free(t.loop);
}

static void on_far(void *arg)
{
    struct trace *t = arg;
    t->ticks += 1000;
}

/* Timers of more than one turn of the wheel share slots with near ones. */
static void far_timers_wait(void **unused)
{
    struct trace t = { .loop = loop_new() };
    struct loop_timer far[200] = { 0 };
    (void)unused;
    for (size_t i = 0; i < COUNT(far); i++)
        loop_timer_set(t.loop, &far[i], (int64_t)(20000 + i * 997), on_far, &t);
    loop_timer_repeat(t.loop, &t.timers[0], 50, on_tick, &t);
    loop_run(t.loop);
    assert_int_equal(t.ticks, 3);
    for (size_t i = 0; i < COUNT(far); i++)
        loop_timer_stop(t.loop, &far[i]);
    loop_free(t.loop);
}

enum { POSTERS = 4, POSTS = 2000 };

struct poster {
    pthread_t thread;
    struct loop *loop;
    int *sum;
};

static void count_one(void *arg)
{
    struct poster *p = arg;
    if (++*p->sum == POSTERS * POSTS)
        loop_stop(p->loop);
}

static void *post_many(void *arg)
{
    struct poster *p = arg;
    for (int i = 0; i < POSTS; i++)
        loop_post(p->loop, count_one, p);
    return NULL;
}

static void posts_of_all_threads_arrive(void **unused)
{
    struct poster posters[POSTERS];
    struct loop *loop = loop_new();
    int sum = 0;
    (void)unused;
    for (int i = 0; i < POSTERS; i++) {
        posters[i] = (struct poster){ .loop = loop, .sum = &sum };
        pthread_create(&posters[i].thread, NULL, post_many, &posters[i]);
    }
    loop_run(loop);
    for (int i = 0; i < POSTERS; i++)
        pthread_join(posters[i].thread, NULL);
    assert_int_equal(sum, POSTERS * POSTS);
    loop_post(loop, count_one, &posters[0]);
    loop_free(loop);                   /* runs what was posted late */
    assert_int_equal(sum, POSTERS * POSTS + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_told_apart),
        cmocka_unit_test(a_request_says_what_it_was_given),
        cmocka_unit_test(silence_ends_in_time),
        cmocka_unit_test(what_may_not_be_sent_is_refused),
        cmocka_unit_test(a_cancelled_request_calls_back_once),
        cmocka_unit_test(mail_is_sent_or_refused),
        cmocka_unit_test(timers_fire_in_their_order),
        cmocka_unit_test(far_timers_wait),
        cmocka_unit_test(posts_of_all_threads_arrive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
