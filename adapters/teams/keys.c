#include "adapters/teams/keys.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/teams/jwt.h"
#include "bot/base/log.h"

struct waiter {
    struct waiter *next, *prev;
    struct teams_keys *keys;
    struct loop_timer deadline;
    teams_keys_fn fn;
    void *ctx;
    size_t kid_len;
    char kid[TEAMS_KID_MAX];
};

/* Outlives the keys when they are freed while a request is under way. */
struct fetch {
    struct teams_keys *keys;                /* NULL: nobody wants the answer any more */
    uint64_t request;
    bool for_unknown;                       /* begun only because nobody knew this kid: */
    size_t kid_len;
    char kid[TEAMS_KID_MAX];
};

struct teams_keys {
    struct teams_keys_settings settings;
    char *metadata_url;
    struct teams_jwks *set;                 /* NULL: none yet */
    int64_t fetched_ms;                     /* when the set came */
    int64_t tried_ms;                       /* when the last fetch ended, or this one began */
    int64_t unknown_ms;                     /* when an unknown kid last led to a fetch in vain */
    struct loop_timer again;                /* until the first keys come, once they are prepared */
    bool prepared;
    unsigned fetches, failures;             /* failures since the set came */
    struct fetch *fetch;                    /* NULL: none under way */
    struct waiter *first, *last;            /* in the order they came */
    size_t waiting;
};

static int64_t now_of(const struct teams_keys *k)
{
    return k->settings.now_ms ? k->settings.now_ms(k->settings.now_ctx)
                              : loop_steady_ms(k->settings.loop);
}

struct teams_keys *teams_keys_new(const struct teams_keys_settings *settings)
{
    struct teams_keys *k = calloc(1, sizeof *k);
    if (!k || !(k->metadata_url = strdup(settings->metadata_url)))
        abort();
    k->settings = *settings;
    k->settings.metadata_url = k->metadata_url;
    if (!k->settings.fetch_ms)
        k->settings.fetch_ms = TEAMS_KEYS_FETCH_MS;
    k->unknown_ms = now_of(k) - TEAMS_KEYS_UNKNOWN_MS;
    return k;
}

/* ---- what there is ---- */

static bool younger_than(const struct teams_keys *k, int64_t age_ms)
{
    return k->set && now_of(k) - k->fetched_ms < age_ms;
}

static const struct teams_key *known(const struct teams_keys *k, struct teams_span kid)
{
    return younger_than(k, TEAMS_KEYS_KEEP_MS) ? teams_jwks_find(k->set, kid) : NULL;
}

/* That a key does not exist can only be said when the key server has been heard. */
static void answer(struct teams_keys *k, struct teams_span kid, teams_keys_fn fn, void *ctx)
{
    const struct teams_key *key = known(k, kid);
    bool heard = younger_than(k, TEAMS_KEYS_KEEP_MS) && !k->fetch && !k->failures;
    fn(ctx, key ? VERDICT_ACCEPTED : heard ? VERDICT_UNKNOWN_KEY : VERDICT_KEYS_UNAVAILABLE, key);
}

/* ---- who waits ---- */

static void waiter_answer(struct waiter *w)
{
    struct teams_keys *k = w->keys;
    *(w->prev ? &w->prev->next : &k->first) = w->next;
    *(w->next ? &w->next->prev : &k->last) = w->prev;
    k->waiting--;
    loop_timer_stop(k->settings.loop, &w->deadline);
    answer(k, (struct teams_span){ w->kid, w->kid_len }, w->fn, w->ctx);
    free(w);
}

static void on_deadline(void *arg)
{
    waiter_answer(arg);
}

static void wait_for_fetch(struct teams_keys *k, struct teams_span kid, teams_keys_fn fn, void *ctx)
{
    struct waiter *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    *w = (struct waiter){ .prev = k->last, .keys = k, .fn = fn, .ctx = ctx, .kid_len = kid.len };
    memcpy(w->kid, kid.bytes, kid.len);
    *(k->last ? &k->last->next : &k->first) = w;
    k->last = w;
    k->waiting++;
    loop_timer_set(k->settings.loop, &w->deadline, k->set ? TEAMS_KEYS_ANSWER_MS
                                                          : TEAMS_KEYS_FIRST_MS, on_deadline, w);
}

/* Who comes in while these are answered is not among them: a new fetch may have begun for them. */
static void answer_all(struct teams_keys *k)
{
    for (size_t left = k->waiting; left; left--)
        waiter_answer(k->first);
}

/* ---- fetching ---- */

static void prepare(void *keys);

static int64_t backoff_ms(unsigned failures)
{
    int64_t ms = (int64_t)TEAMS_KEYS_BACKOFF_MS << (failures > 6 ? 6 : failures - 1);
    return ms < TEAMS_KEYS_BACKOFF_MAX_MS ? ms : TEAMS_KEYS_BACKOFF_MAX_MS;
}

/* A key that somebody waits for, or that led to this fetch, is new in this set. */
static bool brings(const struct teams_keys *k, const struct teams_jwks *set)
{
    const struct fetch *f = k->fetch;
    if (teams_jwks_find(set, (struct teams_span){ f->kid, f->kid_len }))
        return true;
    for (const struct waiter *w = k->first; w; w = w->next) {
        struct teams_span kid = { w->kid, w->kid_len };
        if (!teams_jwks_find(k->set, kid) && teams_jwks_find(set, kid))
            return true;
    }
    return false;
}

static void try_again(struct teams_keys *k)
{
    if (k->prepared && !k->set)
        loop_timer_set(k->settings.loop, &k->again, backoff_ms(k->failures), prepare, k);
}

static void end_fetch(struct teams_keys *k, struct teams_jwks *set, const char *step,
                      const struct http_client_answer *a)
{
    bool in_vain = set && k->fetch->for_unknown && !brings(k, set);
    free(k->fetch);
    k->fetch = NULL;
    k->tried_ms = now_of(k);
    if (in_vain)
        k->unknown_ms = k->tried_ms;
    if (set) {
        teams_jwks_free(k->set);
        k->set = set;
        k->fetched_ms = k->tried_ms;
        k->failures = 0;
        log_info("teams keys", "count=%zu", teams_jwks_count(set));
    } else {
        k->failures++;
        log_warn("teams keys failed", "step=%s result=%s status=%d kept=%zu failures=%u", step,
                 http_client_result_name(a->result), a->status, teams_jwks_count(k->set),
                 k->failures);
        try_again(k);
    }
    answer_all(k);
}

static void send(struct fetch *f, const char *url, http_client_fn fn)
{
    const struct teams_keys_settings *s = &f->keys->settings;
    struct http_client_request req = { .url = url, .connect_ms = s->fetch_ms,
                                       .total_ms = s->fetch_ms,
                                       .max_answer = TEAMS_JWKS_BYTES_MAX };
    f->request = http_client_send(s->http, &req, fn, f);
}

/* A redirect is an answer other than 200, so it is a failure. */
static struct teams_span body_of(const struct http_client_answer *a)
{
    bool good = a->result == HTTP_CLIENT_ANSWERED && a->status == 200;
    return (struct teams_span){ good ? a->body : "", good ? a->body_len : 0 };
}

static void on_jwks(void *ctx, const struct http_client_answer *a)
{
    struct fetch *f = ctx;
    if (f->keys)
        end_fetch(f->keys, teams_jwks_parse(body_of(a)), "jwks", a);
    else
        free(f);
}

static void on_metadata(void *ctx, const struct http_client_answer *a)
{
    struct fetch *f = ctx;
    char url[TEAMS_KEYS_URL_SIZE];
    if (!f->keys)
        free(f);
    else if (teams_metadata_parse(body_of(a), f->keys->metadata_url, url))
        end_fetch(f->keys, NULL, "metadata", a);
    else
        send(f, url, on_jwks);
}

static void start_fetch(struct teams_keys *k, struct teams_span kid)
{
    k->fetch = calloc(1, sizeof *k->fetch);
    if (!k->fetch)
        abort();
    *k->fetch = (struct fetch){ .keys = k, .kid_len = kid.len,
                                .for_unknown = younger_than(k, TEAMS_KEYS_REFRESH_MS) };
    if (kid.len)
        memcpy(k->fetch->kid, kid.bytes, kid.len);
    k->tried_ms = now_of(k);
    k->fetches++;
    send(k->fetch, k->metadata_url, on_metadata);
}

static void prepare(void *keys)
{
    struct teams_keys *k = keys;
    if (!k->set && !k->fetch)
        start_fetch(k, (struct teams_span){ 0 });
}

void teams_keys_prepare(struct teams_keys *k)
{
    k->prepared = true;
    prepare(k);
}

/* With fresh keys only an unknown kid brings us here. Anybody can make those up, so after a fetch
 * in vain there is none for a minute; but new keys are found at once, one after the other. */
static bool may_fetch(const struct teams_keys *k)
{
    if (k->failures)
        return now_of(k) - k->tried_ms >= backoff_ms(k->failures);
    return !younger_than(k, TEAMS_KEYS_REFRESH_MS) ||
           now_of(k) - k->unknown_ms >= TEAMS_KEYS_UNKNOWN_MS;
}

/* A day old, keys are looked at again before they are used. If that has just failed, they serve
 * on, and nobody waits for the next try. */
static bool good_enough(const struct teams_keys *k)
{
    return younger_than(k, TEAMS_KEYS_REFRESH_MS) || k->failures > 0;
}

void teams_keys_find(struct teams_keys *k, struct teams_span kid, teams_keys_fn fn, void *ctx)
{
    bool have = known(k, kid) != NULL;
    bool wanted = !have || !younger_than(k, TEAMS_KEYS_REFRESH_MS);
    assert(kid.len <= TEAMS_KID_MAX);
    if (wanted && !k->fetch && may_fetch(k))
        start_fetch(k, kid);
    if (k->fetch && !(have && good_enough(k)) && k->waiting < TEAMS_KEYS_WAITING_MAX)
        wait_for_fetch(k, kid, fn, ctx);
    else
        answer(k, kid, fn, ctx);
}

void teams_keys_free(struct teams_keys *k)
{
    if (!k)
        return;
    k->prepared = false;
    loop_timer_stop(k->settings.loop, &k->again);
    if (k->fetch) {
        k->fetch->keys = NULL;
        http_client_cancel(k->settings.http, k->fetch->request);
    }
    teams_jwks_free(k->set);
    k->set = NULL;
    answer_all(k);
    free(k->metadata_url);
    free(k);
}

unsigned teams_keys_fetches(const struct teams_keys *k)
{
    return k->fetches;
}

unsigned teams_keys_failures(const struct teams_keys *k)
{
    return k->failures;
}
