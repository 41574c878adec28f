/* A client asks, and the answer waits until there is something to say. Each answer carries all
 * frames that the client has not confirmed, as far as they fit; so a lost answer costs nothing. */
#include "adapters/messenger/poll.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/messenger/door.h"
#include "bot/base/hash.h"
#include "bot/base/json_out.h"

enum { SID_BYTES = 24, SID_TEXT = SID_BYTES * 4 / 3 + 1, BUCKETS = 1024, ANSWERS_KEPT = 8,
       HELLO_WAIT_MS = 5000, SOON_MS = 1, GONE_AFTER_MS = 70000,
       ANSWER_MAX = FRAMES_PAGE_BYTES + FRAME_BYTES_MAX + 4096 };

struct queued_frame {
    struct queued_frame *next;
    size_t len;
    char bytes[];
};

struct poll {
    struct polls *all;
    struct poll *next;                  /* in its bucket */
    struct session *session;
    int64_t client_id;
    char sid[SID_TEXT];
    uint64_t request;                   /* id of the request that waits, 0: none */
    int64_t n;                          /* of the last answer */
    int64_t first;                      /* number of the first frame in the queue, from 0 */
    int64_t ends[ANSWERS_KEPT];         /* the frame behind the last one of answer n, at n % KEPT */
    struct queued_frame *queue, **queue_end;
    size_t bytes, count;                /* in the queue */
    int close_code;                     /* 0: goes on */
    char close_reason[41];
    bool done;                          /* the close was told: the sid is dead */
    struct loop_timer timer;            /* the end of the wait; of a closed one, of everything */
};

struct polls {
    struct messenger *m;
    struct poll *buckets[BUCKETS];
};

/* ---- by sid ---- */

static struct poll **bucket_of(struct polls *all, const char *sid)
{
    return &all->buckets[meters_text_key(sid) % BUCKETS];
}

static struct poll *find(struct polls *all, const char *sid)
{
    struct poll *p = *bucket_of(all, sid);
    while (p && strcmp(p->sid, sid))
        p = p->next;
    return p;
}

static void drop_first(struct poll *p)
{
    struct queued_frame *f = p->queue;
    p->queue = f->next;
    if (!p->queue)
        p->queue_end = &p->queue;
    p->bytes -= f->len;
    p->first++;
    p->count--;
    free(f);
}

static void forget(struct poll *p)
{
    struct poll **at = bucket_of(p->all, p->sid);
    while (*at != p)
        at = &(*at)->next;
    *at = p->next;
    loop_timer_stop(p->all->m->host->loop, &p->timer);
    while (p->queue)
        drop_first(p);
    session_gone(p->session);
    free(p);
}

static void forget_later(void *arg)
{
    forget(arg);
}

/* ---- answers ---- */

static void answer_json(struct messenger *m, uint64_t request, const struct buf *b)
{
    struct http_answer answer = { .status = 200, .content_type = "application/json",
                                  .body = b->data, .len = b->len };
    http_answer_to(m->host->http, request, &answer);
}

/* As many frames as fit, at least one. */
static int64_t add_frames(struct json_out *j, const struct poll *p)
{
    int64_t end = p->first;
    size_t start = j->buf->len;
    json_out_array(j, "frames");
    for (const struct queued_frame *f = p->queue; f; f = f->next) {
        if (end > p->first && j->buf->len - start + f->len > FRAMES_PAGE_BYTES)
            break;
        json_out_raw(j, NULL, f->bytes);
        end++;
    }
    json_out_array_end(j);
    return end;
}

static void add_close(struct json_out *j, const struct poll *p)
{
    json_out_object(j, "close");
    json_out_int(j, "code", p->close_code);
    json_out_text(j, "reason", p->close_reason);
    json_out_object_end(j);
}

/* The close is told once all frames before it are. */
static void answer(struct poll *p)
{
    struct messenger *m = p->all->m;
    struct buf b;
    struct json_out j = { .buf = &b };
    buf_init(&b, ANSWER_MAX);
    json_out_object(&j, NULL);
    if (p->n == 0)
        json_out_text(&j, "sid", p->sid);
    json_out_int(&j, "n", ++p->n);
    int64_t end = add_frames(&j, p);
    p->ends[p->n % ANSWERS_KEPT] = end;
    p->done = p->close_code && end - p->first == (int64_t)p->count;
    if (p->done)
        add_close(&j, p);
    json_out_object_end(&j);
    loop_timer_stop(m->host->loop, &p->timer);
    if (p->close_code)
        loop_timer_set(m->host->loop, &p->timer, p->done ? SOON_MS : GONE_AFTER_MS, forget_later,
                       p);
    answer_json(m, p->request, &b);
    p->request = 0;
    buf_clear(&b);
}

static void answer_later(void *arg)
{
    answer(arg);
}

static void end_older(struct poll *p)
{
    struct buf b;
    struct json_out j = { .buf = &b };
    if (!p->request)
        return;
    buf_init(&b, ANSWER_MAX);
    json_out_object(&j, NULL);
    json_out_int(&j, "n", p->n);
    json_out_array(&j, "frames");
    json_out_array_end(&j);
    json_out_object_end(&j);
    answer_json(p->all->m, p->request, &b);
    p->request = 0;
    buf_clear(&b);
}

/* ---- the peer of the session ---- */

static void too_slow(void *arg)
{
    struct poll *p = arg;
    session_close(p->session, CLOSE_SLOW, "too_slow");
}

/* What is sent within one moment leaves in one answer. */
static void send_frame(void *link, struct outgoing *frame)
{
    struct poll *p = link;
    struct loop *loop = p->all->m->host->loop;
    struct queued_frame *f = malloc(sizeof *f + frame->len + 1);
    if (!f)
        abort();
    f->next = NULL;
    f->len = frame->len;
    memcpy(f->bytes, frame->bytes, frame->len);
    f->bytes[f->len] = '\0';
    *p->queue_end = f;
    p->queue_end = &f->next;
    p->bytes += f->len;
    p->count++;
    if (p->request)
        loop_timer_set(loop, &p->timer, SOON_MS, answer_later, p);
    else if (p->bytes > (size_t)p->all->m->limits->backlog_bytes && !p->close_code)
        loop_timer_set(loop, &p->timer, SOON_MS, too_slow, p);
}

/* Who did not ask for so long that the session ended is not told of it. */
static void close_poll(void *link, int code, const char *reason)
{
    struct poll *p = link;
    struct loop *loop = p->all->m->host->loop;
    p->close_code = code;
    strncpy(p->close_reason, reason, sizeof p->close_reason - 1);
    p->done = code == CLOSE_SLOW && !p->request;
    if (p->request)
        loop_timer_set(loop, &p->timer, SOON_MS, answer_later, p);
    else
        loop_timer_set(loop, &p->timer, p->done ? SOON_MS : GONE_AFTER_MS, forget_later, p);
}

static size_t queued(void *link)
{
    const struct poll *p = link;
    return p->bytes;
}

static int64_t silent_ms(void *link)
{
    (void)link;
    return -1;
}

static const struct peer_kind poll_peer = { send_frame, close_poll, NULL, queued, silent_ms };

/* ---- requests ---- */

static struct poll *begin(struct polls *all, const struct http_request *req, int64_t client_id)
{
    unsigned char secret[SID_BYTES];
    struct poll *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    *p = (struct poll){ .all = all, .client_id = client_id };
    p->queue_end = &p->queue;
    messenger_random(all->m, secret, sizeof secret);
    hash_base64url(secret, sizeof secret, p->sid);
    struct poll **bucket = bucket_of(all, p->sid);
    p->next = *bucket;
    *bucket = p;
    p->session = session_new(all->m, &poll_peer, p, client_id, http_client_address(req));
    return p;
}

/* False: it confirms an answer that was never given. */
static bool confirm(struct poll *p, int64_t got)
{
    if (got > p->n)
        return false;
    if (got > 0 && got > p->n - ANSWERS_KEPT)
        while (p->first < p->ends[got % ANSWERS_KEPT])
            drop_first(p);
    return true;
}

static void handle(struct poll *p, struct messenger_poll *body, uint64_t request)
{
    struct loop *loop = p->all->m->host->loop;
    bool first = p->n == 0;
    int64_t wait_ms = first && body->wait_ms < HELLO_WAIT_MS ? HELLO_WAIT_MS : body->wait_ms;
    p->session->heard_ms = loop_steady_ms(loop);
    session_drained(p->session);
    for (size_t i = 0; i < body->count; i++)
        session_frame(p->session, &body->frames[i]);
    p->request = request;
    if (p->queue || p->close_code || !wait_ms)
        answer(p);
    else
        loop_timer_set(loop, &p->timer, wait_ms, answer_later, p);
}

static void bad_body(struct http_request *req, struct poll *p)
{
    http_answer_error(req, 400, "bad_frame", "The body is not of the form that a poll has.", NULL,
                      0);
    if (p) {
        end_older(p);
        forget(p);
    }
}

static void go_on(struct polls *all, struct http_request *req, struct messenger_poll *body,
                  int64_t client_id)
{
    struct poll *p = find(all, body->sid);
    if (!p || p->done || p->client_id != client_id) {
        http_answer_error(req, 410, "gone", "This session is over. Begin again with hello.", NULL,
                          0);
        return;
    }
    if (body->broken || !confirm(p, body->got)) {
        bad_body(req, p);
        return;
    }
    end_older(p);
    if (!p->close_code)
        loop_timer_stop(all->m->host->loop, &p->timer);
    handle(p, body, http_id(req));
}

static bool is_json(const struct http_request *req)
{
    static const char json[] = "application/json";
    const char *type = http_header(req, "content-type", NULL);
    size_t len = sizeof json - 1;
    return type && !strncasecmp(type, json, len) && strchr("; \t", type[len]);
}

static void on_poll(void *ctx, struct http_request *req)
{
    struct messenger *m = ctx;
    static const struct http_pair allow[] = { { "Allow", "POST" } };
    const struct messenger_client *client;
    struct messenger_poll body;
    size_t len;
    if (strcmp(http_method(req), "POST")) {
        http_answer_error(req, 405, "method_not_allowed", "A poll is a POST.", allow, 1);
        return;
    }
    if (door_origin(m, req) || door_client(m, req, &client))
        return;
    if (!is_json(req)) {
        http_answer_error(req, 415, "unsupported", "A poll is application/json.", NULL, 0);
        return;
    }
    const char *bytes = http_body(req, &len);
    messenger_parse_poll(bytes, len, &body);
    if (body.sid)
        go_on(m->polls, req, &body, client->id);
    else if (body.broken)
        bad_body(req, NULL);
    else if (!door_rate(m, req) && !door_room(m, req))
        handle(begin(m->polls, req, client->id), &body, http_id(req));
    messenger_poll_clear(&body);
}

void poll_open(struct messenger *m)
{
    m->polls = calloc(1, sizeof *m->polls);
    if (!m->polls)
        abort();
    m->polls->m = m;
    http_route(m->host->http, NULL, "/m/poll", POLL_BYTES_MAX, on_poll, m);
}

void poll_close(struct messenger *m)
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (m->polls->buckets[i])
            forget(m->polls->buckets[i]);
    free(m->polls);
    m->polls = NULL;
}
