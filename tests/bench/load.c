/* Loads a running desk as messengers do and prints what it took, one line of key=value per run.
 * usage: load open --rate R [options]       messages arrive by chance, R a second on average
 *        load closed --inflight N [options] the next message leaves when an ack arrives
 *        load idle --connections N          opens sockets and measures what each one costs
 * options: --port P --key K --contacts C --seconds S --pid PID (of the desk) --no-hello (idle) */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/bench/stats.h"
#include "tests/bench/wsclient.h"

enum { CONNECTS_AT_ONCE = 128, EVENTS = 256, GIVE_UP_US = 60000000, DRAIN_US = 10000000 };

struct contact {
    struct ws ws;
    bool ready;                 /* welcome and, for sending, a conversation of its own */
    bool writing;               /* EPOLLOUT is asked for */
    char conv[41];
};

struct load {
    const char *mode;
    struct ws_target target;
    int contacts, inflight, seconds, connections;
    double rate;
    pid_t pid;
    bool hello, conversations;  /* what ready means in this mode */
    int epoll;
    struct contact *all;
    int count, connecting, ready, gone;
    uint64_t random;
    int64_t *scheduled;         /* by message number */
    int64_t sent, acked, errors, first_counted;
    size_t scheduled_room;
    bool sending;
    struct samples latency;
};

static uint64_t random_next(struct load *l)
{
    l->random ^= l->random << 13;
    l->random ^= l->random >> 7;
    l->random ^= l->random << 17;
    return l->random;
}

static void watch(struct load *l, struct contact *c)
{
    bool write = ws_wants_write(&c->ws);
    struct epoll_event e = { .events = EPOLLIN | (write ? EPOLLOUT : 0u), .data.ptr = c };
    if (write == c->writing)
        return;
    c->writing = write;
    epoll_ctl(l->epoll, EPOLL_CTL_MOD, c->ws.fd, &e);
}

static void lose(struct load *l, struct contact *c)
{
    if (c->ready)
        l->ready--;
    else
        l->connecting--;
    ws_close(&c->ws);
    c->ready = false;
    l->gone++;
}

/* May run inside ws_read: a connection that fails here is only shut; the next event closes it. */
static void say(struct load *l, struct contact *c, const char *text, int len)
{
    if (ws_send_text(&c->ws, text, (size_t)len))
        shutdown(c->ws.fd, SHUT_RDWR);
    else
        watch(l, c);
}

static void mark_ready(struct load *l, struct contact *c)
{
    if (c->ready)
        return;
    c->ready = true;
    l->ready++;
    l->connecting--;
}

static void remember(struct load *l, int64_t at_us)
{
    if ((size_t)l->sent >= l->scheduled_room) {
        l->scheduled_room = l->scheduled_room * 2 + 65536;
        l->scheduled = realloc(l->scheduled, l->scheduled_room * sizeof *l->scheduled);
        if (!l->scheduled)
            abort();
    }
    l->scheduled[l->sent++] = at_us;
}

/* Text of about 160 bytes, as a chat line has; the number makes it unique. */
static void send_message(struct load *l, struct contact *c, int64_t at_us)
{
    char frame[512];
    int len = snprintf(frame, sizeof frame,
                       "{\"t\":\"send\",\"cid\":\"load-%d-%lld\",\"conv\":\"%s\",\"text\":\"Message"
                       " %lld: the printer on the second floor still answers with a blank page,"
                       " and the one beside it has been out of toner since this morning.\"}",
                       (int)getpid(), (long long)l->sent, c->conv, (long long)l->sent);
    remember(l, at_us);
    say(l, c, frame, len);
}

static void begin_conversation(struct load *l, struct contact *c)
{
    char frame[200];
    int len = snprintf(frame, sizeof frame,
                       "{\"t\":\"send\",\"cid\":\"first-%d-%d\",\"text\":\"Hello, a question\"}",
                       (int)getpid(), (int)(c - l->all));
    say(l, c, frame, len);
}

static bool has_type(const char *text, size_t len, const char *type)
{
    char pattern[32];
    int n = snprintf(pattern, sizeof pattern, "\"t\":\"%s\"", type);
    return memmem(text, len, pattern, (size_t)n) != NULL;
}

static bool string_of(const char *text, size_t len, const char *name, char *out, size_t size)
{
    char pattern[32];
    int n = snprintf(pattern, sizeof pattern, "\"%s\":\"", name);
    const char *at = memmem(text, len, pattern, (size_t)n);
    if (!at)
        return false;
    at += n;
    const char *end = memchr(at, '"', (size_t)(text + len - at));
    if (!end || (size_t)(end - at) >= size)
        return false;
    memcpy(out, at, (size_t)(end - at));
    out[end - at] = 0;
    return true;
}

static struct contact *any_contact(struct load *l)
{
    for (;;) {
        struct contact *c = &l->all[random_next(l) % (uint64_t)l->count];
        if (c->ready)
            return c;
        if (l->gone >= l->count) {
            fprintf(stderr, "load: every connection was lost\n");
            exit(1);
        }
    }
}

static void got_ack(struct load *l, struct contact *c, const char *text, size_t len)
{
    char cid[65];
    int pid = 0;
    long long number = 0;
    if (!string_of(text, len, "cid", cid, sizeof cid))
        return;
    if (!strncmp(cid, "first-", 6)) {
        if (string_of(text, len, "conv", c->conv, sizeof c->conv))
            mark_ready(l, c);
        return;
    }
    if (sscanf(cid, "load-%d-%lld", &pid, &number) != 2 || number < 0 || number >= l->sent)
        return;
    l->acked++;
    if (number >= l->first_counted)
        samples_add(&l->latency, now_us() - l->scheduled[number]);
    if (l->inflight && l->sending)
        send_message(l, any_contact(l), now_us());
}

static void got_text(void *context, struct ws *ws, const char *text, size_t len)
{
    struct load *l = context;
    struct contact *c = (struct contact *)(void *)ws;     /* ws is its first member */
    if (has_type(text, len, "ack")) {
        got_ack(l, c, text, len);
    } else if (has_type(text, len, "welcome")) {
        if (l->conversations)
            begin_conversation(l, c);
        else
            mark_ready(l, c);
    } else if (has_type(text, len, "err")) {
        if (!l->errors++)
            fprintf(stderr, "load: first error: %.*s\n", (int)len, text);
    }
}

static void got_open(void *context, struct ws *ws)
{
    struct load *l = context;
    struct contact *c = (struct contact *)(void *)ws;
    static const char hello[] = "{\"t\":\"hello\",\"v\":1}";
    if (l->hello)
        say(l, c, hello, sizeof hello - 1);
    else
        mark_ready(l, c);
}

static const struct ws_events events = { got_open, got_text };

static void handle(struct load *l, const struct epoll_event *e)
{
    struct contact *c = e->data.ptr;
    if (c->ws.state == WS_CLOSED)
        return;
    if (((e->events & EPOLLOUT) && ws_flush(&c->ws))
        || ((e->events & (EPOLLIN | EPOLLHUP | EPOLLERR)) && ws_read(&c->ws, &events, l)))
        lose(l, c);
    else if (c->ws.state != WS_CLOSED)
        watch(l, c);
}

static void turn(struct load *l, int64_t wait_us)
{
    struct epoll_event e[EVENTS];
    struct timespec wait = { wait_us / 1000000, (wait_us % 1000000) * 1000 };
    int n = epoll_pwait2(l->epoll, e, EVENTS, wait_us < 0 ? NULL : &wait, NULL);
    for (int i = 0; i < n; i++)
        handle(l, &e[i]);
}

static void open_one(struct load *l)
{
    struct contact *c = &l->all[l->count++];
    struct epoll_event e = { .events = EPOLLIN | EPOLLOUT, .data.ptr = c };
    if (ws_connect(&c->ws, &l->target)) {
        perror("load: connect");
        exit(1);
    }
    c->writing = true;
    l->connecting++;
    epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->ws.fd, &e);
}

static void open_all(struct load *l, int wanted)
{
    int64_t end = now_us() + GIVE_UP_US;
    l->all = calloc((size_t)wanted, sizeof *l->all);
    if (!l->all)
        abort();
    while (l->ready + l->gone < wanted && now_us() < end) {
        while (l->count < wanted && l->connecting < CONNECTS_AT_ONCE)
            open_one(l);
        turn(l, 100000);
    }
    if (l->ready < wanted)
        fprintf(stderr, "load: %d of %d connections ready\n", l->ready, wanted);
    if (!l->ready)
        exit(1);
}

static void drain(struct load *l)
{
    int64_t end = now_us() + DRAIN_US;
    l->sending = false;
    while (l->acked + l->errors < l->sent && now_us() < end)
        turn(l, 10000);
}

static double unit_random(struct load *l)
{
    return ((double)(random_next(l) >> 11) + 1.0) / 9007199254740993.0;
}

/* The clock of arrivals never waits for the desk: latency counts from when a message was due. */
static void run_open(struct load *l, int64_t seconds)
{
    int64_t begin = now_us(), end = begin + seconds * 1000000;
    double due = (double)begin;
    l->sending = true;
    while (now_us() < end) {
        while (due <= (double)now_us()) {
            send_message(l, any_contact(l), (int64_t)due);
            due += -log(unit_random(l)) * 1e6 / l->rate;
        }
        int64_t wait = (int64_t)due - now_us();
        turn(l, wait > 0 ? wait : 0);
    }
}

static void run_closed(struct load *l, int64_t seconds)
{
    int64_t end = now_us() + seconds * 1000000;
    l->sending = true;
    for (int64_t i = l->sent - l->acked; i < l->inflight; i++)
        send_message(l, any_contact(l), now_us());
    while (now_us() < end)
        turn(l, 10000);
}

static void run_messages(struct load *l, void (*run)(struct load *, int64_t))
{
    l->conversations = true;
    open_all(l, l->contacts);
    run(l, 1);                                  /* the first second warms caches and the WAL */
    int64_t acked = l->acked, cpu = process_cpu_us(l->pid), begin = now_us();
    l->first_counted = l->sent;
    run(l, l->seconds);
    double took = (double)(now_us() - begin) / 1e6, done = (double)(l->acked - acked);
    cpu = process_cpu_us(l->pid) - cpu;
    drain(l);
    struct percentiles p = samples_rank(&l->latency);
    printf("%s rate=%.0f inflight=%d contacts=%d seconds=%.1f sent=%lld acked=%lld errors=%lld "
           "lost_connections=%d acks_per_s=%.0f p50_us=%lld p99_us=%lld p999_us=%lld max_us=%lld "
           "cpu_us_per_msg=%.1f rss_kib=%lld\n", l->mode, l->rate, l->inflight, l->contacts, took,
           (long long)l->sent, (long long)l->acked, (long long)l->errors, l->gone, done / took,
           (long long)p.p50, (long long)p.p99, (long long)p.p999, (long long)p.max,
           done > 0 ? (double)cpu / done : 0.0, (long long)process_rss_bytes(l->pid) / 1024);
}

/* Memory is read a second after the last socket, when the desk has let its hand-shake memory go. */
static void run_idle(struct load *l)
{
    int64_t rss = process_rss_bytes(l->pid), cpu = process_cpu_us(l->pid), begin = now_us();
    open_all(l, l->connections);
    double took = (double)(now_us() - begin) / 1e6;
    cpu = process_cpu_us(l->pid) - cpu;
    for (int64_t end = now_us() + 1000000; now_us() < end;)
        turn(l, 50000);
    rss = process_rss_bytes(l->pid) - rss;
    printf("idle hello=%d connections=%d ready=%d lost_connections=%d seconds=%.2f "
           "connects_per_s=%.0f cpu_us_per_conn=%.1f kib_per_conn=%.2f rss_kib=%lld\n", l->hello,
           l->connections, l->ready, l->gone, took, l->ready / took, (double)cpu / l->ready,
           (double)rss / 1024.0 / l->ready, (long long)process_rss_bytes(l->pid) / 1024);
}

static void usage(void)
{
    fprintf(stderr, "usage: load open|closed|idle [--rate R] [--inflight N] [--connections N]"
                    " [--contacts C]\n            [--seconds S] [--port P] [--key K] [--pid PID]"
                    " [--no-hello]\n");
    exit(2);
}

static void set_option(struct load *l, const char *name, const char *value)
{
    if (!strcmp(name, "--port"))
        l->target.port = atoi(value);
    else if (!strcmp(name, "--key"))
        l->target.key = value;
    else if (!strcmp(name, "--rate"))
        l->rate = atof(value);
    else if (!strcmp(name, "--inflight"))
        l->inflight = atoi(value);
    else if (!strcmp(name, "--contacts"))
        l->contacts = atoi(value);
    else if (!strcmp(name, "--connections"))
        l->connections = atoi(value);
    else if (!strcmp(name, "--seconds"))
        l->seconds = atoi(value);
    else if (!strcmp(name, "--pid"))
        l->pid = (pid_t)atoi(value);
    else
        usage();
}

int main(int argc, char **argv)
{
    struct load l = { .mode = argc > 1 ? argv[1] : "", .target = { 8080, "demo" }, .contacts = 200,
                      .seconds = 10, .connections = 1000, .hello = true,
                      .random = 88172645463325252u };
    for (int i = 2; i < argc; i++) {
        if (!strcmp(argv[i], "--no-hello"))
            l.hello = false;
        else if (i + 1 < argc)
            set_option(&l, argv[i], argv[i + 1]), i++;
        else
            usage();
    }
    prctl(PR_SET_TIMERSLACK, 1);
    l.epoll = epoll_create1(EPOLL_CLOEXEC);
    if (!strcmp(l.mode, "open") && l.rate > 0)
        run_messages(&l, run_open);
    else if (!strcmp(l.mode, "closed") && l.inflight > 0)
        run_messages(&l, run_closed);
    else if (!strcmp(l.mode, "idle"))
        run_idle(&l);
    else
        usage();
    return l.gone || l.errors ? 1 : 0;
}
