#include "adapters/messenger/session.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/messenger/pending.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"

enum { READ_TRIES = 8, BACKLOG_MAX = 64, BUSY_RETRY_MS = 1000, TOKEN_BYTES = 32, TOKEN_MIN = 32,
       TOKEN_MAX = 200 };

struct backlog {
    struct backlog *next;
    struct messenger_frame frame;
};

struct hello {
    struct messenger_frame frame;
    struct backlog *first, **end;       /* frames that came before the welcome */
    int count;
};

static void free_backlog(struct backlog *first)
{
    while (first) {
        struct backlog *b = first;
        first = b->next;
        messenger_frame_clear(&b->frame);
        free(b);
    }
}

void hello_end(struct session *s)
{
    if (!s->hello)
        return;
    messenger_frame_clear(&s->hello->frame);
    free_backlog(s->hello->first);
    free(s->hello);
    s->hello = NULL;
}

/* The hello was not used up: the client sends it again, and all that followed it. */
static void hello_again(struct session *s, enum err err, int64_t retry_ms)
{
    s->state = SESSION_NEW;
    hello_end(s);
    session_err(s, err, NULL, retry_ms);
    session_start_timer(s);
    if (s->peer->pause)
        s->peer->pause(s->link, false);
}

static void hello_later(struct session *s)
{
    hello_again(s, ERR_UNAVAILABLE, BUSY_RETRY_MS);
}

static void refuse_hello(struct session *s, enum err err, int code)
{
    session_err(s, err, NULL, 0);
    session_close(s, code, err_code(err));
}

static void run_backlog(struct session *s, struct backlog *first)
{
    for (struct backlog *b = first; b && s->state == SESSION_LIVE; b = b->next)
        talk_frame(s, &b->frame);
    free_backlog(first);
}

static void welcome(struct session *s, const struct session_view *view,
                    const struct conv_head *asked)
{
    struct welcome w = { .tok = s->hello->frame.tok, .now_ms = clock_now_ms(), .view = view,
                         .limits = s->m->limits };
    struct clients_away away = clients_away(s->m->clients, s->client_id, w.now_ms);
    const struct messenger_client *client = clients_by_id(s->m->clients, s->client_id);
    w.away = away.text;
    w.away_until_ms = away.until_ms;
    w.prechat = client ? client->prechat : NULL;
    frame_welcome(session_buf(s), &w);
    s->state = SESSION_LIVE;
    session_send(s);
    session_start_timer(s);
    stream_begin(s, &s->hello->frame, view, asked);
    struct backlog *first = s->hello->first;
    s->hello->first = NULL;
    hello_end(s);
    session_hold(s);
    run_backlog(s, first);
    if (s->state == SESSION_LIVE && s->peer->pause)
        s->peer->pause(s->link, false);
    session_drop(s);
}

/* A new visitor was stored: its token is good from here on. */
void hello_stored(struct session *s, const struct outcome *outcome)
{
    if (s->state != SESSION_OPENING)
        return;
    if (!result_is_ok(outcome->result)) {
        hello_later(s);
        return;
    }
    struct session_view view = { .contact_id = outcome->id, .client_id = s->client_id };
    session_join(s, outcome->id);
    welcome(s, &view, NULL);
}

struct open_job {
    struct session *s;
    int64_t now_ms, tick;
    int result, tries;
    struct session_view view;
    struct frame_position *pos;
    struct conv_head *asked;            /* one for each of pos; ticket_id 0: not the contact's */
    size_t pos_count;
    struct arena memory;
};

static void read_hello(struct reader *r, void *arg)
{
    struct open_job *job = arg;
    job->result = view_session(r, job->s->hash, job->s->client_id, job->now_ms, &job->memory,
                               &job->view);
    if (job->result || !job->view.contact_id)
        return;
    job->asked = arena_alloc(&job->memory, (job->pos_count + 1) * sizeof *job->asked);
    for (size_t i = 0; i < job->pos_count && !job->result; i++)
        job->result = view_conversation(r, job->view.contact_id, job->pos[i].conv, &job->memory,
                                        &job->asked[i]);
}

static void hello_read(void *arg);

static bool start_read(struct session *s, int tries)
{
    struct open_job *job = calloc(1, sizeof *job);
    if (!job)
        abort();
    const struct messenger_frame *hello = &s->hello->frame;
    *job = (struct open_job){ .s = s, .now_ms = clock_now_ms(), .tick = s->m->tick, .result = -1,
                              .tries = tries, .pos_count = hello->pos_count };
    job->pos = arena_alloc(&job->memory, (job->pos_count + 1) * sizeof *job->pos);
    for (size_t i = 0; i < job->pos_count; i++)
        job->pos[i] = (struct frame_position){ arena_copy(&job->memory, hello->pos[i].conv),
                                               hello->pos[i].seq };
    session_hold(s);
    if (engine_read(s->m->host->engine, read_hello, hello_read, job))
        return true;
    arena_clear(&job->memory);
    free(job);
    session_drop(s);
    return false;
}

static void touch(struct session *s)
{
    struct command c = { .kind = COMMAND_SESSION_TOUCH, .actor = ACTOR_CONTACT,
                         .actor_id = s->contact_id, .client_id = s->client_id,
                         .at_ms = clock_now_ms(), .source = "messenger", .adapter = -1 };
    memcpy(c.hash, s->hash, sizeof c.hash);
    engine_submit(s->m->host->engine, &c);
}

/* News that came while the picture was read are perhaps in it and perhaps not. Then it is read
 * again: the session must be told everything from the picture on. */
static void judge_hello(struct session *s, const struct open_job *job)
{
    const struct session_view *view = &job->view;
    if (job->result) {
        hello_later(s);
    } else if (!view->contact_id) {
        refuse_hello(s, ERR_UNAUTHORIZED, CLOSE_UNAUTHORIZED);
    } else if (view->blocked) {
        refuse_hello(s, ERR_FORBIDDEN, CLOSE_FORBIDDEN);
    } else if (!stream_is_quiet(s->m, view->contact_id, job->tick)) {
        if (job->tries >= READ_TRIES || !start_read(s, job->tries + 1))
            hello_later(s);
    } else {
        session_join(s, view->contact_id);
        if (view->stale)
            touch(s);
        welcome(s, view, job->asked);
    }
}

static void hello_read(void *arg)
{
    struct open_job *job = arg;
    struct session *s = job->s;
    if (s->state == SESSION_OPENING)
        judge_hello(s, job);
    arena_clear(&job->memory);
    free(job);
    session_drop(s);
}

static bool token_looks_right(const char *tok)
{
    size_t len = strlen(tok);
    return len >= TOKEN_MIN && len <= TOKEN_MAX
           && strspn(tok, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-")
                  == len;
}

static bool submit_visitor(struct session *s)
{
    unsigned char secret[TOKEN_BYTES];
    char tok[4 + (TOKEN_BYTES * 4 + 2) / 3 + 1] = "dh1.";
    messenger_random(s->m, secret, sizeof secret);
    hash_base64url(secret, sizeof secret, tok + 4);
    s->hello->frame.tok = arena_copy(&s->hello->frame.memory, tok);
    hash_sha256(tok, strlen(tok), s->hash);
    struct command c = { .kind = COMMAND_SESSION_OPEN, .actor = ACTOR_CONTACT,
                         .client_id = s->client_id, .at_ms = clock_now_ms(), .source = "messenger",
                         .lang = s->hello->frame.lang, .adapter = s->m->host->index };
    memcpy(c.hash, s->hash, sizeof c.hash);
    struct pending p = { .session = s, .type = FRAME_HELLO, .counted_ms = s->heard_ms }, unused;
    c.tag = pending_add(s->m->pending, &p);
    session_hold(s);
    if (engine_submit(s->m->host->engine, &c)) {
        meters_add(s->m->address_visitors, s->address, s->m->limits->visitors_per_address, p.counted_ms);
        return true;
    }
    pending_take(s->m->pending, c.tag, &unused);
    session_drop(s);
    return false;
}

void hello_take(struct session *s, struct messenger_frame *f)
{
    struct hello *hello = calloc(1, sizeof *hello);
    if (!hello)
        abort();
    hello->frame = *f;
    hello->end = &hello->first;
    f->memory = (struct arena){ 0 };
    s->hello = hello;
    s->state = SESSION_OPENING;
    const char *tok = hello->frame.tok;
    /* No identity secrets are kept for any client, so a JWT names none of them. */
    if (hello->frame.jwt || (tok && !token_looks_right(tok))) {
        refuse_hello(s, ERR_UNAUTHORIZED, CLOSE_UNAUTHORIZED);
        return;
    }
    int64_t wait_ms = tok ? 0 : meters_wait_ms(s->m->address_visitors, s->address,
                                               s->m->limits->visitors_per_address, s->heard_ms);
    if (wait_ms) {
        hello_again(s, ERR_RATE_LIMITED, wait_ms);
        return;
    }
    if (s->peer->pause)
        s->peer->pause(s->link, true);
    if (tok)
        hash_sha256(tok, strlen(tok), s->hash);
    if (tok ? start_read(s, 1) : submit_visitor(s))
        session_start_timer(s);
    else
        hello_later(s);
}

/* Frames may follow the hello at once; they wait until the session is open. */
void hello_keep(struct session *s, struct messenger_frame *f)
{
    struct backlog *b = malloc(sizeof *b);
    if (!b)
        abort();
    *b = (struct backlog){ .frame = *f };
    f->memory = (struct arena){ 0 };
    *s->hello->end = b;
    s->hello->end = &b->next;
    if (++s->hello->count > BACKLOG_MAX)
        session_close(s, CLOSE_FLOOD, "flood");
}
