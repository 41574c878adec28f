/* messenger_session_test.c - sessions against a desk of paper: this file is the engine, the loop
 * and the peers, and decides itself what happens when. So every interleaving can be played. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/messenger/session.h"
#include "adapters/net/websocket.h"
#include "bot/base/hash.h"
#include "bot/config.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { CONVS = 4, JOBS = 512, SUBMITS = 512, NEWS = 4096, CONTACT = 77, OTHER = 78, CLIENT = 5 };

/* ---- the desk of paper ---- */

struct job { void (*run)(struct reader *, void *), (*done)(void *); void *arg; bool ran; };
struct told { int conv; int64_t seq; };

static struct {
    int64_t heads[CONVS];           /* conversations of CONTACT: ticket id 100 + i, conv "ci" */
    unsigned char token[32];
    bool blocked, reads_fail, queue_full, reads_full;
    struct job jobs[JOBS];
    size_t first_job, job_count;
    struct command commands[SUBMITS];
    char texts[SUBMITS][64];
    size_t command_count;
    struct told news[NEWS];         /* committed, not yet told */
    size_t first_news, news_count;
    int64_t now_ms;
    struct loop_timer *timers[256];
    size_t timer_count, page_limit;
    struct signal signal;
    int signals;
} desk;

bool engine_submit(struct engine *e, const struct command *c)
{
    (void)e;
    if (desk.queue_full)
        return false;
    assert_true(desk.command_count < SUBMITS);
    snprintf(desk.texts[desk.command_count], sizeof desk.texts[0], "%s", c->text ? c->text : "");
    desk.commands[desk.command_count++] = *c;
    return true;
}

bool engine_read(struct engine *e, void (*run)(struct reader *, void *), void (*done)(void *),
                 void *arg)
{
    (void)e;
    if (desk.reads_full)
        return false;
    assert_true(desk.job_count - desk.first_job < JOBS);
    desk.jobs[desk.job_count++ % JOBS] = (struct job){ run, done, arg, false };
    return true;
}

void engine_read_now(struct engine *e, void (*run)(struct reader *, void *), void *arg)
{
    (void)e;
    run(NULL, arg);
}

static struct conv_head head_of(int conv, struct arena *a)
{
    return (struct conv_head){ .ticket_id = 100 + conv, .head = desk.heads[conv],
                               .conv = arena_print(a, "c%d", conv), .subject = "", .last = "x" };
}

int view_session(struct reader *r, const unsigned char hash[32], int64_t client_id, int64_t now_ms,
                 struct arena *a, struct session_view *out)
{
    (void)r;
    (void)now_ms;
    *out = (struct session_view){ 0 };
    if (desk.reads_fail)
        return -1;
    if (client_id != CLIENT || memcmp(hash, desk.token, sizeof desk.token) != 0)
        return 0;
    *out = (struct session_view){ .contact_id = CONTACT, .client_id = CLIENT,
                                  .blocked = desk.blocked, .stale = true };
    out->heads = arena_alloc(a, CONVS * sizeof *out->heads);
    for (int i = 0; i < CONVS; i++)
        if (desk.heads[i])
            out->heads[out->head_count++] = head_of(i, a);
    return 0;
}

int view_conversation(struct reader *r, int64_t contact_id, const char *conv, struct arena *a,
                      struct conv_head *out)
{
    (void)r;
    *out = (struct conv_head){ 0 };
    int i = conv[0] == 'c' ? conv[1] - '0' : -1;
    if (desk.reads_fail)
        return -1;
    if (contact_id == CONTACT && i >= 0 && i < CONVS && !conv[2] && desk.heads[i])
        *out = head_of(i, a);
    return 0;
}

static struct entry entry_of(int conv, int64_t seq, struct arena *a)
{
    return (struct entry){ .seq = seq, .ts_ms = 1000 + seq, .kind = ENTRY_MSG,
                           .author = seq % 2 ? AUTHOR_CONTACT : AUTHOR_TECHNICIAN, .name = "Sara",
                           .text = a ? arena_print(a, "text %d.%d", conv, (int)seq) : "live" };
}

int view_page(struct reader *r, int64_t ticket_id, int64_t after_seq, int limit, size_t max_bytes,
              struct arena *a, struct entry_page *out)
{
    (void)r;
    (void)max_bytes;
    int conv = (int)ticket_id - 100;
    *out = (struct entry_page){ .entries = arena_alloc(a, 200 * sizeof *out->entries) };
    if (desk.reads_fail)
        return -1;
    if (desk.page_limit && (size_t)limit > desk.page_limit)
        limit = (int)desk.page_limit;
    for (int64_t seq = after_seq + 1; seq <= desk.heads[conv] && out->count < (size_t)limit; seq++)
        out->entries[out->count++] = entry_of(conv, seq, a);
    out->more = after_seq + (int64_t)out->count < desk.heads[conv];
    return 0;
}

int view_clients(struct reader *r, struct arena *a, struct client_list *out)
{
    (void)r;
    out->clients = arena_alloc(a, sizeof *out->clients);
    out->clients[0] = (struct client_view){ .id = CLIENT, .key = "demo", .name = "Demo",
                                            .active = true, .messenger = true };
    out->count = 1;
    return 0;
}

/* ---- the loop and the sockets of paper ---- */

static void run_nothing(struct loop *l)
{
    (void)l;
}

void loop_timer_set(struct loop *l, struct loop_timer *t, int64_t after_ms, loop_fn fn, void *arg)
{
    loop_timer_stop(l, t);
    t->due_ms = desk.now_ms + after_ms;
    t->fire = fn;
    t->arg = arg;
    t->next = t;
    assert_true(desk.timer_count < COUNT(desk.timers));
    desk.timers[desk.timer_count++] = t;
}

void loop_timer_stop(struct loop *l, struct loop_timer *t)
{
    run_nothing(l);
    t->next = NULL;
    for (size_t i = 0; i < desk.timer_count; i++)
        if (desk.timers[i] == t) {
            desk.timers[i] = desk.timers[--desk.timer_count];
            return;
        }
}

bool loop_timer_runs(const struct loop_timer *t)
{
    return t->next != NULL;
}

int64_t loop_steady_ms(const struct loop *l)
{
    (void)l;
    return desk.now_ms;
}

void websocket_shared_drop(struct websocket_shared *shared)
{
    (void)shared;
}

static void pass_ms(int64_t ms)
{
    desk.now_ms += ms;
    for (size_t i = 0; i < desk.timer_count;) {
        struct loop_timer *t = desk.timers[i];
        if (t->due_ms > desk.now_ms) {
            i++;
            continue;
        }
        loop_timer_stop(NULL, t);
        t->fire(t->arg);
        i = 0;
    }
}

/* ---- peers that remember what they were sent ---- */

struct peer {
    struct session *s;
    char log[400000];
    size_t len, queued;
    int64_t silent;
    int code;
    char reason[41];
    bool welcomed;
    char hello[400];
    int64_t known[CONVS], asked[CONVS];     /* the client rule: how far the client has applied */
    bool more[CONVS];
};

static void peer_send(void *link, struct outgoing *frame)
{
    struct peer *p = link;
    frame->uses++;
    assert_true(p->len + frame->len + 2 < sizeof p->log);
    memcpy(p->log + p->len, frame->bytes, frame->len);
    p->len += frame->len;
    p->log[p->len++] = '\n';
    p->log[p->len] = '\0';
}

static void peer_close(void *link, int code, const char *reason)
{
    struct peer *p = link;
    p->code = code;
    snprintf(p->reason, sizeof p->reason, "%s", reason);
}

static size_t peer_queued(void *link)
{
    return ((struct peer *)link)->queued;
}

static int64_t peer_silent(void *link)
{
    return ((struct peer *)link)->silent;
}

static const struct peer_kind peers = { peer_send, peer_close, NULL, peer_queued, peer_silent };

/* ---- playing ---- */

#define TOKEN "dh1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static struct config config;
static struct adapter_host host;
static struct messenger *m;

static void on_signal(void *ctx, const struct signal *s)
{
    (void)ctx;
    desk.signal = *s;
    desk.signals++;
}

static int start(void **unused)
{
    (void)unused;
    memset(&desk, 0, sizeof desk);
    desk.now_ms = 1000000;
    config.limits = (struct config_limits){
        .sends_burst = { 5, 10000 }, .sends_sustained = { 60, 600000 },
        .conversations = { 20, 86400000 }, .frames = { 100, 10000 }, .flood = { 300, 10000 },
        .bad_frames = { 20, 60000 }, .upgrades = { 300, 60000 }, .hello_timeout_ms = 5000,
        .visitors_per_address = { 3, 60000 }, .conversations_per_address = { 4, 60000 },
        .idle_timeout_ms = 70000, .sockets_per_contact = 10, .backlog_bytes = 1 << 20 };
    host = (struct adapter_host){ .config = &config, .index = 3, .signal = on_signal };
    hash_sha256(TOKEN, strlen(TOKEN), desk.token);
    m = messenger_new(&host);
    m->clients = clients_new(NULL);
    return 0;
}

static int stop(void **unused)
{
    (void)unused;
    clients_free(m->clients);
    messenger_close(m);
    return 0;
}

static struct peer *open_peer_from(const char *address)
{
    struct peer *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->silent = -1;
    p->s = session_new(m, &peers, p, CLIENT, address);
    return p;
}

static struct peer *open_peer(void)
{
    return open_peer_from(NULL);
}

static void drop_peer(struct peer *p)
{
    session_gone(p->s);
    free(p);
}

__attribute__((format(printf, 2, 3)))
static void say(struct peer *p, const char *format, ...)
{
    char bytes[2000];
    struct messenger_frame f;
    va_list args;
    va_start(args, format);
    vsnprintf(bytes, sizeof bytes, format, args);
    va_end(args);
    messenger_parse(bytes, strlen(bytes), &f);
    session_frame(p->s, &f);
}

static void run_job(void)
{
    struct job *job = &desk.jobs[desk.first_job % JOBS];
    if (desk.first_job < desk.job_count && !job->ran) {
        job->run(NULL, job->arg);
        job->ran = true;
    }
}

static void end_job(void)
{
    if (desk.first_job == desk.job_count)
        return;
    run_job();
    struct job job = desk.jobs[desk.first_job++ % JOBS];
    job.done(job.arg);
}

static void end_jobs(void)
{
    while (desk.first_job < desk.job_count)
        end_job();
}

static void commit(int conv)
{
    assert_true(desk.news_count < NEWS);
    desk.news[desk.news_count++] = (struct told){ conv, ++desk.heads[conv] };
}

static void tell_one(void)
{
    if (desk.first_news == desk.news_count)
        return;
    struct told t = desk.news[desk.first_news++];
    char conv[3] = { 'c', (char)('0' + t.conv), '\0' };
    struct news_item item = { .kind = NEWS_ENTRY, .ticket_id = 100 + t.conv, .contact_id = CONTACT,
                              .client_id = CLIENT, .conv = conv,
                              .entry = entry_of(t.conv, t.seq, NULL) };
    stream_news(m, &(struct news){ &item, 1 });
}

static void outcome(size_t command, struct outcome o)
{
    talk_outcome(m, desk.commands[command].tag, &o);
}

static void has(const struct peer *p, const char *text)
{
    if (!strstr(p->log, text))
        fail_msg("%s is missing in\n%s", text, p->log);
}

static void has_not(const struct peer *p, const char *text)
{
    if (strstr(p->log, text))
        fail_msg("%s stands in\n%s", text, p->log);
}

static struct peer *known(void)
{
    struct peer *p = open_peer();
    say(p, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\"}", TOKEN);
    end_jobs();
    has(p, "\"t\":\"welcome\"");
    return p;
}

static void forget_log(struct peer *p)
{
    p->len = 0;
    p->log[0] = '\0';
}

/* ---- hello ---- */

static void a_visitor_is_welcomed_only_after_its_token_is_stored(void **unused)
{
    (void)unused;
    struct peer *p = open_peer();
    say(p, "{\"t\":\"hello\",\"v\":1,\"lang\":\"de\"}");
    assert_int_equal(desk.command_count, 1);
    assert_int_equal(desk.commands[0].kind, COMMAND_SESSION_OPEN);
    assert_int_equal(desk.commands[0].client_id, CLIENT);
    assert_int_equal(p->len, 0);
    outcome(0, (struct outcome){ .result = RESULT_OK, .id = CONTACT });
    has(p, "{\"t\":\"welcome\",\"v\":1,\"tok\":\"dh1.");
    char tok[60];
    unsigned char hash[32];
    assert_int_equal(sscanf(strstr(p->log, "dh1."), "%59[A-Za-z0-9._~-]", tok), 1);
    assert_int_equal(strlen(tok), 47);
    hash_sha256(tok, strlen(tok), hash);
    assert_memory_equal(hash, desk.commands[0].hash, sizeof hash);
    drop_peer(p);
}

static void a_busy_desk_asks_for_the_hello_again(void **unused)
{
    (void)unused;
    struct peer *p = open_peer();
    desk.queue_full = true;
    say(p, "{\"t\":\"hello\",\"v\":1}");
    has(p, "\"code\":\"unavailable\",\"retry_ms\"");
    desk.queue_full = false;
    say(p, "{\"t\":\"hello\",\"v\":1}");
    outcome(0, (struct outcome){ .result = RESULT_NO_SPACE });
    say(p, "{\"t\":\"hello\",\"v\":1}");
    outcome(1, (struct outcome){ .result = RESULT_OK, .id = CONTACT });
    has(p, "welcome");
    assert_int_equal(p->code, 0);
    drop_peer(p);
}

static void first_frames_that_close(void **unused)
{
    static const struct { const char *frame, *err; int code; } rows[] = {
        { "{\"t\":\"ping\"}", "bad_frame", 4400 },
        { "{\"t\":\"nonsense\"}", "bad_frame", 4400 },
        { "no json", "bad_frame", 4400 },
        { "{\"t\":\"hello\",\"v\":2}", "unsupported", 4400 },
        { "{\"t\":\"hello\",\"v\":1,\"tok\":\"short\"}", "unauthorized", 4401 },
        { "{\"t\":\"hello\",\"v\":1,\"tok\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
          "unauthorized", 4401 },
        { "{\"t\":\"hello\",\"v\":1,\"jwt\":\"e.e.e\"}", "unauthorized", 4401 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct peer *p = open_peer();
        say(p, "%s", rows[i].frame);
        end_jobs();
        has(p, rows[i].err);
        has_not(p, "welcome");
        assert_int_equal(p->code, rows[i].code);
        drop_peer(p);
    }
}

static void a_refused_hello_leaves_the_socket_open(void **unused)
{
    (void)unused;
    struct peer *p = open_peer();
    say(p, "{\"t\":\"hello\",\"v\":\"1\"}");
    has(p, "bad_frame");
    assert_int_equal(p->code, 0);
    pass_ms(5001);
    assert_int_equal(p->code, 4408);
    drop_peer(p);
}

static void a_blocked_contact_is_refused(void **unused)
{
    (void)unused;
    struct peer *p = open_peer();
    desk.blocked = true;
    say(p, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\"}", TOKEN);
    end_jobs();
    has(p, "forbidden");
    assert_int_equal(p->code, 4403);
    drop_peer(p);
}

static void a_second_hello_closes(void **unused)
{
    (void)unused;
    struct peer *p = known();
    say(p, "{\"t\":\"hello\",\"v\":1}");
    has(p, "bad_frame");
    assert_int_equal(p->code, 4400);
    drop_peer(p);
}

static void frames_behind_the_hello_wait_for_the_welcome(void **unused)
{
    (void)unused;
    struct peer *p = open_peer();
    say(p, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\"}", TOKEN);
    say(p, "{\"t\":\"ping\",\"n\":1}");
    say(p, "{\"t\":\"send\",\"cid\":\"12345678\",\"text\":\"early\"}");
    assert_int_equal(p->len, 0);
    end_jobs();
    has(p, "welcome");
    has(p, "{\"t\":\"pong\",\"n\":1}");
    assert_int_equal(desk.commands[desk.command_count - 1].kind, COMMAND_SAY);
    drop_peer(p);
}

static void an_old_token_is_touched_and_returned_unchanged(void **unused)
{
    (void)unused;
    struct peer *p = known();
    has(p, "\"tok\":\"" TOKEN "\"");
    assert_int_equal(desk.commands[0].kind, COMMAND_SESSION_TOUCH);
    assert_int_equal(desk.commands[0].adapter, -1);
    drop_peer(p);
}

static void the_eleventh_socket_replaces_the_oldest(void **unused)
{
    (void)unused;
    struct peer *all[11];
    for (size_t i = 0; i < COUNT(all); i++)
        all[i] = known();
    assert_int_equal(all[0]->code, 4409);
    for (size_t i = 1; i < COUNT(all); i++)
        assert_int_equal(all[i]->code, 0);
    for (size_t i = 0; i < COUNT(all); i++)
        drop_peer(all[i]);
}

static void silence_closes_but_a_sign_of_life_does_not(void **unused)
{
    (void)unused;
    struct peer *quiet = known(), *alive = known();
    alive->silent = 10000;
    pass_ms(70001);
    assert_int_equal(quiet->code, 4408);
    assert_int_equal(alive->code, 0);
    alive->silent = 70000;
    pass_ms(60001);
    assert_int_equal(alive->code, 4408);
    drop_peer(quiet);
    drop_peer(alive);
}

/* ---- frames, commands, outcomes ---- */

static void an_ack_comes_with_the_outcome_only(void **unused)
{
    (void)unused;
    struct peer *p = known();
    size_t at = desk.command_count;
    say(p, "{\"t\":\"send\",\"cid\":\"12345678\",\"conv\":\"c0\",\"text\":\" Hi \"}");
    has_not(p, "ack");
    const struct command *c = &desk.commands[at];
    assert_int_equal(c->kind, COMMAND_SAY);
    assert_int_equal(c->actor_id, CONTACT);
    assert_int_equal(c->adapter, 3);
    assert_int_equal(c->over_limit_ms, 0);
    assert_string_equal(desk.texts[at], " Hi ");
    outcome(at, (struct outcome){ .result = RESULT_OK, .seq = 4, .ts_ms = 9, .conv = "c0" });
    has(p, "{\"t\":\"ack\",\"cid\":\"12345678\",\"conv\":\"c0\",\"seq\":4,\"ts\":9}");
    outcome(at, (struct outcome){ .result = RESULT_OK, .seq = 5, .ts_ms = 9, .conv = "c0" });
    has_not(p, "\"seq\":5");
    drop_peer(p);
}

static void outcomes_become_errors(void **unused)
{
    static const struct { enum result result; const char *frame; } rows[] = {
        { RESULT_CONFLICT, "{\"t\":\"err\",\"code\":\"conflict\",\"cid\":\"12345678\",\"text\"" },
        { RESULT_NOT_FOUND, "\"not_found\",\"cid\":\"12345678\",\"conv\":\"c9\",\"text\"" },
        { RESULT_RATE_LIMITED, "\"rate_limited\",\"cid\":\"12345678\",\"retry_ms\":4200," },
        { RESULT_NO_SPACE, "\"unavailable\",\"cid\":\"12345678\",\"retry_ms\"" },
        { RESULT_FAILED, "\"unavailable\",\"cid\":\"12345678\",\"retry_ms\"" },
        { RESULT_BAD, "\"bad_frame\",\"cid\":\"12345678\",\"text\"" },
    };
    (void)unused;
    struct peer *p = known();
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t at = desk.command_count;
        forget_log(p);
        say(p, "{\"t\":\"send\",\"cid\":\"12345678\",\"conv\":\"c9\",\"text\":\"x\"}");
        outcome(at, (struct outcome){ .result = rows[i].result, .retry_ms = 4200 });
        has(p, rows[i].frame);
    }
    desk.queue_full = true;
    forget_log(p);
    say(p, "{\"t\":\"send\",\"cid\":\"12345678\",\"text\":\"x\"}");
    has(p, "\"unavailable\",\"cid\":\"12345678\",\"retry_ms\"");
    drop_peer(p);
}

/* Five count; the sixth goes to the writer with its wait; what was no new message is given back. */
static void sends_are_counted_and_repeats_given_back(void **unused)
{
    (void)unused;
    struct peer *p = known();
    size_t at = desk.command_count;
    for (int i = 0; i < 6; i++)
        say(p, "{\"t\":\"send\",\"cid\":\"1234567%d\",\"conv\":\"c0\",\"text\":\"x\"}", i);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(desk.commands[at + i].over_limit_ms, 0);
    int64_t wait = desk.commands[at + 5].over_limit_ms;
    assert_in_range(wait, 1, 10000);
    outcome(at + 5, (struct outcome){ .result = RESULT_RATE_LIMITED, .retry_ms = wait });
    outcome(at, (struct outcome){ .result = RESULT_REPEATED, .conv = "c0", .seq = 1 });
    say(p, "{\"t\":\"send\",\"cid\":\"12345676\",\"conv\":\"c0\",\"text\":\"x\"}");
    assert_int_equal(desk.commands[at + 6].over_limit_ms, 0);
    say(p, "{\"t\":\"send\",\"cid\":\"12345677\",\"conv\":\"c0\",\"text\":\"x\"}");
    wait = desk.commands[at + 7].over_limit_ms;
    assert_true(wait > 0);
    pass_ms(wait);
    say(p, "{\"t\":\"send\",\"cid\":\"12345677\",\"conv\":\"c0\",\"text\":\"x\"}");
    assert_int_equal(desk.commands[at + 8].over_limit_ms, 0);
    drop_peer(p);
}

/* Answers to closed conversations begin new ones, and so use up those of the day. */
static void linked_conversations_count_as_new_ones(void **unused)
{
    (void)unused;
    struct peer *p = known();
    for (int64_t i = 0; i < config.limits.conversations.count; i++) {
        size_t at = desk.command_count;
        say(p, "{\"t\":\"send\",\"cid\":\"1234567%d\",\"conv\":\"c0\",\"text\":\"x\"}", (int)i);
        outcome(at, (struct outcome){ .result = RESULT_OK, .seq = 1, .conv = "linked" });
        pass_ms(60000);
    }
    size_t at = desk.command_count;
    say(p, "{\"t\":\"send\",\"cid\":\"aaaaaaaa\",\"conv\":\"c0\",\"text\":\"x\"}");
    say(p, "{\"t\":\"send\",\"cid\":\"bbbbbbbb\",\"text\":\"x\"}");
    assert_int_equal(desk.commands[at].over_limit_ms, 0);
    assert_true(desk.commands[at + 1].over_limit_ms > 0);
    drop_peer(p);
}

/* Says hello as somebody new; true: the desk makes a contact of it, refused or not in the end. */
static bool is_let_in(struct peer *p, enum result result)
{
    size_t at = desk.command_count;
    say(p, "{\"t\":\"hello\",\"v\":1}");
    if (desk.command_count == at)
        return false;
    outcome(at, (struct outcome){ .result = result, .id = CONTACT + (int64_t)at });
    return true;
}

/* Only those who were stored count, each address has its own limit, an unknown one none; and who
 * is known already comes in. */
static void new_visitors_of_an_address_are_limited(void **unused)
{
    (void)unused;
    struct peer *p[6], *late = open_peer_from("192.0.2.1"), *old = open_peer_from("192.0.2.1");
    struct peer *other = open_peer_from("192.0.2.2");
    for (int i = 0; i < 6; i++)
        p[i] = open_peer_from(i < 4 ? "192.0.2.1" : NULL);
    for (int i = 0; i < 4; i++)
        assert_true(is_let_in(p[i], i ? RESULT_OK : RESULT_BUSY));
    assert_false(is_let_in(late, RESULT_OK));
    has(late, "\"rate_limited\",\"retry_ms\":");
    assert_int_equal(late->code, 0);
    assert_true(is_let_in(other, RESULT_OK) && is_let_in(p[4], RESULT_OK)
                && is_let_in(p[5], RESULT_OK));
    say(old, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\"}", TOKEN);
    end_jobs();
    has(old, "\"t\":\"welcome\"");
    drop_peer(late);
    pass_ms(60000);
    late = open_peer_from("192.0.2.1");
    assert_true(is_let_in(late, RESULT_OK));
    struct peer *all[] = { p[0], p[1], p[2], p[3], p[4], p[5], late, old, other };
    for (size_t i = 0; i < COUNT(all); i++)
        drop_peer(all[i]);
}

/* The limit of an address holds over all its visitors; what goes on in a conversation is free. */
static void new_conversations_of_an_address_are_limited(void **unused)
{
    (void)unused;
    struct peer *p[3];
    for (int i = 0; i < 3; i++) {
        p[i] = open_peer_from("192.0.2.1");
        assert_true(is_let_in(p[i], RESULT_OK));
    }
    size_t at = desk.command_count;
    for (int i = 0; i < 5; i++)
        say(p[i % 3], "{\"t\":\"send\",\"cid\":\"1234567%d\",\"text\":\"x\"}", i);
    say(p[0], "{\"t\":\"send\",\"cid\":\"12345678\",\"conv\":\"c0\",\"text\":\"x\"}");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(desk.commands[at + i].over_limit_ms, 0);
    assert_in_range(desk.commands[at + 4].over_limit_ms, 1, 60000);
    assert_int_equal(desk.commands[at + 5].over_limit_ms, 0);
    outcome(at, (struct outcome){ .result = RESULT_REPEATED, .conv = "c0", .seq = 1 });
    say(p[1], "{\"t\":\"send\",\"cid\":\"12345679\",\"text\":\"x\"}");
    assert_int_equal(desk.commands[at + 6].over_limit_ms, 0);
    for (int i = 0; i < 3; i++)
        drop_peer(p[i]);
}

static void frames_are_limited_and_floods_closed(void **unused)
{
    (void)unused;
    struct peer *p = known();
    for (int i = 0; i < 100; i++)
        say(p, "{\"t\":\"ping\",\"rid\":\"r%d\"}", i);
    has(p, "\"rate_limited\",\"rid\":\"r99\",\"retry_ms\"");
    has_not(p, "\"r98\"");
    for (int i = 0; i < 200; i++)
        say(p, "{\"t\":\"ping\"}");
    assert_int_equal(p->code, 4429);
    drop_peer(p);
}

static void the_21st_refused_frame_closes(void **unused)
{
    (void)unused;
    struct peer *p = known();
    for (int i = 0; i < 20; i++)
        say(p, i % 2 ? "{\"t\":\"typing\"}" : "{\"t\":\"nonsense\"}");
    assert_int_equal(p->code, 0);
    say(p, "{\"t\":\"nonsense\"}");
    assert_int_equal(p->code, 4400);
    drop_peer(p);
}

static void small_frames_are_answered(void **unused)
{
    static const struct { const char *frame; int kind; const char *ok; } rows[] = {
        { "{\"t\":\"who\",\"rid\":\"r1\",\"name\":\"Ana\"}", COMMAND_WHO,
          "{\"t\":\"ok\",\"rid\":\"r1\",\"for\":\"who\"}" },
        { "{\"t\":\"attrs\",\"a\":{\"x\":1}}", COMMAND_ATTRS, "{\"t\":\"ok\",\"for\":\"attrs\"}" },
        { "{\"t\":\"human\",\"conv\":\"c0\"}", COMMAND_ASK_HUMAN,
          "{\"t\":\"ok\",\"for\":\"human\"}" },
        { "{\"t\":\"seen\",\"conv\":\"c0\",\"seq\":1}", COMMAND_SEEN, "" },
    };
    static const char *const off[] = {
        "{\"t\":\"csat\",\"conv\":\"c0\",\"v\":5,\"rid\":\"r1\"}",
        "{\"t\":\"kbvote\",\"id\":\"a\",\"v\":1,\"rid\":\"r1\"}",
        "{\"t\":\"transcript\",\"conv\":\"c0\",\"rid\":\"r1\"}",
        "{\"t\":\"identify\",\"code\":\"123456\",\"rid\":\"r1\"}",
        "{\"t\":\"erase\",\"confirm\":\"erase\",\"rid\":\"r1\"}",
    };
    (void)unused;
    struct peer *p = known();
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t at = desk.command_count;
        forget_log(p);
        say(p, "%s", rows[i].frame);
        assert_int_equal(desk.commands[at].kind, rows[i].kind);
        assert_int_equal(p->len, 0);
        outcome(at, (struct outcome){ .result = RESULT_OK });
        if (*rows[i].ok)
            has(p, rows[i].ok);
        else
            assert_int_equal(p->len, 0);
    }
    for (size_t i = 0; i < COUNT(off); i++) {
        forget_log(p);
        say(p, "%s", off[i]);
        has(p, "\"code\":\"unavailable\",\"rid\":\"r1\",\"text\"");
    }
    forget_log(p);
    say(p, "{\"t\":\"send\",\"cid\":\"12345678\",\"text\":\"x\",\"files\":[\"f_1\"]}");
    has(p, "\"unavailable\",\"cid\":\"12345678\",\"text\"");
    drop_peer(p);
}

static void logout_says_ok_and_closes_every_socket_of_the_token(void **unused)
{
    (void)unused;
    struct peer *a = known(), *b = known();
    size_t at = desk.command_count;
    struct news_item item = { .kind = NEWS_LOGOUT };
    say(a, "{\"t\":\"logout\",\"rid\":\"bye\"}");
    assert_memory_equal(desk.commands[at].hash, desk.token, sizeof desk.token);
    memcpy(item.hash, desk.token, sizeof item.hash);
    stream_news(m, &(struct news){ &item, 1 });
    outcome(at, (struct outcome){ .result = RESULT_OK });
    has(a, "{\"t\":\"ok\",\"rid\":\"bye\",\"for\":\"logout\"}");
    assert_int_equal(a->code, 4401);
    assert_int_equal(b->code, 4401);
    assert_string_equal(b->reason, "logged_out");
    drop_peer(a);
    drop_peer(b);
}

static void typing_reaches_technicians_once_in_three_seconds(void **unused)
{
    (void)unused;
    commit(0);
    struct peer *p = known();
    say(p, "{\"t\":\"typing\",\"conv\":\"c0\"}");
    say(p, "{\"t\":\"typing\",\"conv\":\"c0\"}");
    end_jobs();
    assert_int_equal(desk.signals, 1);
    assert_int_equal(desk.signal.ticket_id, 100);
    pass_ms(3000);
    say(p, "{\"t\":\"typing\",\"conv\":\"foreign\"}");
    end_jobs();
    assert_int_equal(desk.signals, 1);
    has(p, "\"not_found\",\"conv\":\"foreign\"");
    drop_peer(p);
}

static void read_marks_reach_the_others(void **unused)
{
    (void)unused;
    commit(0);
    struct peer *a = known(), *b = known();
    struct news_item item = { .kind = NEWS_SEEN, .ticket_id = 100, .contact_id = CONTACT,
                              .conv = "c0", .seq = 1 };
    say(a, "{\"t\":\"seen\",\"conv\":\"c0\",\"seq\":1}");
    stream_news(m, &(struct news){ &item, 1 });
    has_not(a, "\"t\":\"seen\"");
    has(b, "{\"t\":\"seen\",\"conv\":\"c0\",\"seq\":1,\"by\":\"me\"}");
    item.by_desk = true;
    stream_news(m, &(struct news){ &item, 1 });
    has(a, "{\"t\":\"seen\",\"conv\":\"c0\",\"seq\":1,\"by\":\"desk\"}");
    stream_typing(m, CONTACT, "c0", "Sara");
    has(b, "{\"t\":\"typing\",\"conv\":\"c0\",\"who\":\"Sara\"}");
    forget_log(b);
    b->queued = 1 << 20;
    stream_typing(m, CONTACT, "c0", "Sara");
    assert_int_equal(b->len, 0);
    drop_peer(a);
    drop_peer(b);
}

/* ---- the log ---- */

static void others_hear_nothing(void **unused)
{
    (void)unused;
    struct peer *p = open_peer();
    say(p, "{\"t\":\"hello\",\"v\":1}");
    outcome(0, (struct outcome){ .result = RESULT_OK, .id = OTHER });
    forget_log(p);
    commit(0);
    tell_one();
    stream_typing(m, CONTACT, "c0", "Sara");
    say(p, "{\"t\":\"sync\",\"conv\":\"c0\",\"after\":0,\"rid\":\"r1\"}");
    end_jobs();
    assert_string_equal(p->log, "{\"t\":\"err\",\"code\":\"not_found\",\"rid\":\"r1\","
                                "\"conv\":\"c0\",\"text\":\"There is no such conversation.\"}\n");
    drop_peer(p);
}

static void a_position_above_the_head_says_reset(void **unused)
{
    (void)unused;
    commit(0);
    tell_one();
    struct peer *p = open_peer();
    say(p, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\",\"pos\":[[\"c0\",9],[\"c3\",1]]}", TOKEN);
    end_jobs();
    has(p, "{\"t\":\"synced\",\"conv\":\"c0\",\"seq\":1,\"more\":false,\"reset\":true}");
    has(p, "\"not_found\",\"conv\":\"c3\"");
    commit(0);
    tell_one();
    has(p, "{\"t\":\"msg\",\"conv\":\"c0\",\"seq\":2");
    drop_peer(p);
}

static void what_comes_while_a_page_is_read_is_not_lost(void **unused)
{
    (void)unused;
    commit(0);
    tell_one();
    struct peer *p = open_peer();
    say(p, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\",\"pos\":[[\"c0\",0]]}", TOKEN);
    end_job();
    run_job();
    commit(0);
    tell_one();
    end_job();
    has(p, "{\"t\":\"synced\",\"conv\":\"c0\",\"seq\":1,\"more\":true}");
    has_not(p, "\"seq\":2,\"ts\"");
    say(p, "{\"t\":\"sync\",\"conv\":\"c0\",\"after\":1}");
    end_jobs();
    has(p, "\"conv\":\"c0\",\"seq\":2,\"ts\"");
    has(p, "{\"t\":\"synced\",\"conv\":\"c0\",\"seq\":2,\"more\":false}");
    drop_peer(p);
}

static void a_slow_peer_gets_its_next_page_when_it_took_the_last(void **unused)
{
    (void)unused;
    commit(0);
    commit(1);
    struct peer *p = open_peer();
    p->queued = 1 << 20;
    say(p, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\",\"pos\":[[\"c0\",0],[\"c1\",0]]}", TOKEN);
    end_jobs();
    has_not(p, "synced");
    p->queued = 0;
    session_drained(p->s);
    end_jobs();
    has(p, "{\"t\":\"synced\",\"conv\":\"c1\",\"seq\":1,\"more\":false}");
    drop_peer(p);
}

static void a_page_that_could_not_be_read_is_read_later(void **unused)
{
    (void)unused;
    commit(0);
    struct peer *p = known();
    desk.reads_full = true;
    say(p, "{\"t\":\"sync\",\"conv\":\"c0\",\"after\":0}");
    desk.reads_full = false;
    desk.reads_fail = true;
    pass_ms(200);
    end_jobs();
    has_not(p, "synced");
    desk.reads_fail = false;
    pass_ms(200);
    end_jobs();
    has(p, "synced");
    drop_peer(p);
}

static void a_page_that_stays_unreadable_ends_the_socket(void **unused)
{
    (void)unused;
    commit(0);
    struct peer *p = known();
    desk.reads_fail = true;
    say(p, "{\"t\":\"sync\",\"conv\":\"c0\",\"after\":0}");
    for (int tries = 0; tries < 20 && !p->code; tries++) {
        end_jobs();
        pass_ms(200);
    }
    assert_int_equal(p->code, CLOSE_SLOW);
    assert_true(desk.first_job == desk.job_count);
    drop_peer(p);
}

/* Reads a peer's new frames as a client that keeps to the rule, and complains of what it must not
 * see. */
static void apply(struct peer *p, size_t from, bool *again)
{
    char *line = p->log + from, *end;
    for (; (end = strchr(line, '\n')); line = end + 1) {
        int conv, seq;
        char more;
        if (!strncmp(line, "{\"t\":\"welcome\"", 14))
            p->welcomed = true;
        else if (!p->welcomed && strstr(line, "unavailable"))
            *again = true;
        else
            assert_true(p->welcomed);
        if (sscanf(line, "{\"t\":\"msg\",\"conv\":\"c%d\",\"seq\":%d", &conv, &seq) == 2) {
            if (seq > p->known[conv] + 1)
                fail_msg("a hole: c%d %d after %d", conv, seq, (int)p->known[conv]);
            if (seq <= p->known[conv])
                fail_msg("twice: c%d %d after %d", conv, seq, (int)p->known[conv]);
            p->known[conv] = seq;
        } else if (sscanf(line, "{\"t\":\"synced\",\"conv\":\"c%d\",\"seq\":%d,\"more\":%c", &conv,
                          &seq, &more) == 3) {
            assert_int_equal(seq, p->known[conv]);
            p->more[conv] = more == 't';
        }
    }
}

static uint32_t dice;

static uint32_t roll(uint32_t sides)
{
    dice = dice * 1664525u + 1013904223u;
    return (dice >> 16) % sides;
}

static void listen(struct peer *p, size_t from)
{
    bool again = false;
    apply(p, from, &again);
    if (again)
        say(p, "%s", p->hello);
    for (int i = 0; i < CONVS; i++)
        if (p->more[i]) {
            p->more[i] = false;
            say(p, "{\"t\":\"sync\",\"conv\":\"c%d\",\"after\":%d}", i, (int)p->known[i]);
        }
}

/* The client knows some of the past of some conversations; of the others it wants only what is
 * new. */
static struct peer *join(void)
{
    char pos[200] = "";
    struct peer *p = open_peer();
    for (int i = 0; i < CONVS; i++) {
        p->asked[i] = -1;
        if (!desk.heads[i] || roll(2))
            continue;
        p->known[i] = p->asked[i] = roll((uint32_t)desk.heads[i] + 1);
        snprintf(pos + strlen(pos), sizeof pos - strlen(pos), "%s[\"c%d\",%d]", *pos ? "," : "", i,
                 (int)p->known[i]);
    }
    snprintf(p->hello, sizeof p->hello, "{\"t\":\"hello\",\"v\":1,\"tok\":\"%s\",\"pos\":[%s]}",
             TOKEN, pos);
    say(p, "%s", p->hello);
    return p;
}

/* What is not in pos starts at the head that welcome names. */
static void start_at_heads(struct peer *p)
{
    for (int i = 0; i < CONVS; i++) {
        char conv[20];
        int64_t head;
        const char *at;
        snprintf(conv, sizeof conv, "\"conv\":\"c%d\"", i);
        const char *welcome = strstr(p->log, "\"t\":\"welcome\"");
        const char *end = welcome ? strchr(welcome, '\n') : NULL;
        at = welcome ? strstr(welcome, conv) : NULL;
        if (p->asked[i] >= 0 || !at || at > end)
            continue;
        at = strstr(at, "\"seq\":");
        head = strtoll(at + 6, NULL, 10);
        p->known[i] = head;
    }
}

/* Entries are committed, told, read and asked for in any order; every socket sees each one exactly
 * once, rising, without holes. */
static void play(uint32_t seed)
{
    struct peer *all[5] = { 0 };
    size_t heard[5] = { 0 };
    dice = seed;
    desk.page_limit = 1 + roll(4);
    for (int step = 0; step < 300; step++) {
        uint32_t who = roll(5);
        switch (roll(6)) {
        case 0: case 1: commit((int)roll(CONVS)); break;
        case 2: tell_one(); break;
        case 3: run_job(); break;
        case 4: end_job(); break;
        default:
            if (!all[who])
                all[who] = join();
        }
        for (size_t i = 0; i < COUNT(all); i++) {
            struct peer *p = all[i];
            if (!p || p->len == heard[i])
                continue;
            size_t from = heard[i];
            heard[i] = p->len;
            if (!p->welcomed)
                start_at_heads(p);
            listen(p, from);
        }
    }
    for (int round = 0; round < 4000; round++) {
        tell_one();
        end_job();
        for (size_t i = 0; i < COUNT(all); i++)
            if (all[i] && all[i]->len > heard[i]) {
                size_t from = heard[i];
                heard[i] = all[i]->len;
                if (!all[i]->welcomed)
                    start_at_heads(all[i]);
                listen(all[i], from);
            }
        desk.now_ms += 200;
    }
    for (size_t i = 0; i < COUNT(all); i++) {
        if (!all[i])
            continue;
        assert_int_equal(all[i]->code, 0);
        assert_true(all[i]->welcomed);
        for (int k = 0; k < CONVS; k++)
            assert_int_equal(all[i]->known[k], desk.heads[k]);
        drop_peer(all[i]);
    }
}

static void every_socket_gets_every_entry_exactly_once(void **unused)
{
    for (uint32_t seed = 1; seed <= 400; seed++) {
        play(seed);
        stop(unused);
        start(unused);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_visitor_is_welcomed_only_after_its_token_is_stored),
        TEST(a_busy_desk_asks_for_the_hello_again),
        TEST(first_frames_that_close),
        TEST(a_refused_hello_leaves_the_socket_open),
        TEST(a_blocked_contact_is_refused),
        TEST(a_second_hello_closes),
        TEST(frames_behind_the_hello_wait_for_the_welcome),
        TEST(an_old_token_is_touched_and_returned_unchanged),
        TEST(the_eleventh_socket_replaces_the_oldest),
        TEST(silence_closes_but_a_sign_of_life_does_not),
        TEST(an_ack_comes_with_the_outcome_only),
        TEST(outcomes_become_errors),
        TEST(sends_are_counted_and_repeats_given_back),
        TEST(linked_conversations_count_as_new_ones),
        TEST(new_visitors_of_an_address_are_limited),
        TEST(new_conversations_of_an_address_are_limited),
        TEST(frames_are_limited_and_floods_closed),
        TEST(the_21st_refused_frame_closes),
        TEST(small_frames_are_answered),
        TEST(logout_says_ok_and_closes_every_socket_of_the_token),
        TEST(typing_reaches_technicians_once_in_three_seconds),
        TEST(read_marks_reach_the_others),
        TEST(others_hear_nothing),
        TEST(a_position_above_the_head_says_reset),
        TEST(what_comes_while_a_page_is_read_is_not_lost),
        TEST(a_slow_peer_gets_its_next_page_when_it_took_the_last),
        TEST(a_page_that_could_not_be_read_is_read_later),
        TEST(a_page_that_stays_unreadable_ends_the_socket),
        TEST(every_socket_gets_every_entry_exactly_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
