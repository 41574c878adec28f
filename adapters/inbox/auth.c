#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "adapters/inbox/parse.h"
#include "adapters/inbox/parts.h"
#include "bot/base/clock.h"

/* As browsers write it in Origin. Without public_url the desk is on loopback only; its port is
 * known for sure once it listens, so this is not done at start. */
const char *auth_origin(struct inbox *in)
{
    static const char *const hosts[INBOX_ORIGINS] = { "127.0.0.1", "localhost", "[::1]" };
    const char *url = in->host.config->public_url;
    size_t len = strlen(url);
    if (*in->origins[0])
        return in->origins[0];
    while (len && url[len - 1] == '/')
        len--;
    if (len)
        snprintf(in->origins[0], INBOX_ORIGIN_MAX, "%.*s", (int)len, url);
    else
        for (size_t i = 0; i < INBOX_ORIGINS; i++)
            snprintf(in->origins[i], INBOX_ORIGIN_MAX, "http://%s:%d", hosts[i],
                     http_port(in->host.http));
    return in->origins[0];
}

bool auth_origin_is_ours(struct inbox *in, const struct http_request *req)
{
    size_t count;
    const char *origin = http_header(req, "origin", &count);
    if (!origin || count != 1 || !*auth_origin(in))
        return false;
    for (size_t i = 0; i < INBOX_ORIGINS; i++)
        if (*in->origins[i] && !strcmp(in->origins[i], origin))
            return true;
    return false;
}

/* A form on another site can send neither the header nor our Origin. */
bool auth_guard_post(struct inbox *in, struct http_request *req)
{
    const char *ours = http_header(req, "x-deskhand", NULL);
    const char *site = http_header(req, "sec-fetch-site", NULL);
    bool origin = http_header(req, "origin", NULL) ? auth_origin_is_ours(in, req)
                                                   : site && !strcmp(site, "same-origin");
    if (ours && !strcmp(ours, "1") && origin)
        return true;
    http_answer_error(req, 403, "forbidden", "This request did not come from the inbox.", NULL, 0);
    return false;
}

bool auth_cookie(const struct http_request *req, unsigned char hash[HASH_BYTES])
{
    struct arena a = { 0 };
    const char *token = parse_cookie(http_header(req, "cookie", NULL), "dh_inbox", &a);
    if (token)
        hash_sha256(token, strlen(token), hash);
    arena_clear(&a);
    return token != NULL;
}

static struct inbox_session *slot_of(struct inbox *in, const unsigned char hash[HASH_BYTES])
{
    return &in->sessions[hash[0] % INBOX_SESSIONS];
}

static const struct inbox_person *known(struct inbox *in, const unsigned char hash[HASH_BYTES],
                                        int64_t now_ms)
{
    struct inbox_session *s = slot_of(in, hash);
    int64_t age_ms = now_ms - s->checked_ms;
    bool fresh = s->who.id && age_ms >= 0 && age_ms < INBOX_SESSION_FRESH_MS;
    return fresh && hash_equal(s->who.session, hash, HASH_BYTES) ? &s->who : NULL;
}

void auth_forget(struct inbox *in, const unsigned char *hash)
{
    in->session_epoch++;
    for (size_t i = 0; i < INBOX_SESSIONS; i++)
        if (!hash || hash_equal(in->sessions[i].who.session, hash, HASH_BYTES))
            in->sessions[i] = (struct inbox_session){ 0 };
    if (hash)
        live_end_session(in, hash);
    else
        live_check_all(in);
}

struct check {                      /* one look-up of a session */
    struct inbox *in;
    auth_then then;
    uint64_t id, epoch;
    const void *what;
    int64_t now_ms;
    bool failed;
    struct inbox_person who;
};

static void check_read_session(struct reader *r, void *arg)
{
    struct check *c = arg;
    struct arena a = { 0 };
    struct technician_view t;
    c->failed = view_inbox_session(r, c->who.session, c->now_ms, &a, &t) != 0;
    if (!c->failed && t.id && t.active) {
        c->who.id = t.id;
        c->who.role = t.role;
        snprintf(c->who.name, sizeof c->who.name, "%s", t.name);
        snprintf(c->who.email, sizeof c->who.email, "%s", t.email);
    }
    arena_clear(&a);
}

static void check_done(void *arg)
{
    struct check *c = arg;
    struct inbox *in = c->in;
    if (!in->closed) {
        if (!c->failed && c->who.id && c->epoch == in->session_epoch)
            *slot_of(in, c->who.session) = (struct inbox_session){ c->now_ms, c->who };
        c->then(in, c->id, c->what, c->failed ? NULL : &c->who);
    }
    inbox_drop(in);
    free(c);
}

void auth_check(struct inbox *in, const unsigned char hash[HASH_BYTES], auth_then then, uint64_t id,
                const void *what)
{
    int64_t now_ms = clock_now_ms();
    const struct inbox_person *who = known(in, hash, now_ms);
    if (who) {
        struct inbox_person copy = *who;
        then(in, id, what, &copy);
        return;
    }
    struct check *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    *c = (struct check){ .in = in, .then = then, .id = id, .epoch = in->session_epoch,
                         .what = what, .now_ms = now_ms, .failed = true };
    memcpy(c->who.session, hash, HASH_BYTES);
    inbox_hold(in);
    if (engine_read(in->host.engine, check_read_session, check_done, c))
        return;
    inbox_drop(in);
    free(c);
    then(in, id, what, NULL);
}

static void enter_page(struct inbox *in, uint64_t id, const void *what,
                       const struct inbox_person *who)
{
    const struct inbox_route *route = what;
    struct http_request *req = http_find(in->host.http, id);
    static const struct http_pair later = { "Retry-After", "1" };
    if (!req)
        return;
    if (!who)
        http_answer_error(req, 503, "busy", "The desk is busy. Try again in a moment.", &later, 1);
    else if (!who->id)
        http_answer_error(req, 401, "unauthorized", "Please sign in again.", NULL, 0);
    else
        route->page(in, req, who);
}

void auth_route(void *ctx, struct http_request *req)
{
    struct inbox_route *route = ctx;
    unsigned char hash[HASH_BYTES];
    if (!strcmp(http_method(req), "POST") && !auth_guard_post(route->in, req))
        return;
    if (route->open)
        route->page(route->in, req, NULL);
    else if (auth_cookie(req, hash))
        auth_check(route->in, hash, enter_page, http_id(req), route);
    else
        http_answer_error(req, 401, "unauthorized", "Please sign in.", NULL, 0);
}
