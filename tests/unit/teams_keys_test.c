/* The keys of Teams tokens: reading them, keeping them, and what happens while their server is
 * slow, broken, silent or has new ones. The server is on loopback; the clock of the cache stands
 * still until a test moves it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/unit/teams_rig.h"

#include "adapters/teams/token_cache.h"
#include "bot/base/clock.h"

#define GOOD ",\"use\":\"sig\",\"endorsements\":[\"msteams\"]"

/* ---- reading ---- */

static struct teams_jwks *parse(const char *text)
{
    return teams_jwks_parse(teams_span_of(text));
}

static void documents_without_a_fit_key_are_none(void **unused)
{
    struct buf weak, curve, long_kid, twice, enc;
    (void)unused;
    buf_init(&weak, 9999), buf_init(&curve, 9999), buf_init(&long_kid, 9999);
    buf_init(&twice, 9999), buf_init(&enc, 9999);
    rig_jwk(&weak, "w", rig_keys[KEY_WEAK], GOOD);
    rig_jwk(&curve, "c", rig_keys[KEY_EC], GOOD);
    rig_jwk(&enc, "e", rig_keys[KEY_MAIN], ",\"use\":\"enc\"");
    rig_jwk(&twice, "t", rig_keys[KEY_MAIN], ",\"use\":\"sig\",\"use\":\"enc\"");
    char kid[TEAMS_KID_MAX + 2];
    memset(kid, 'k', sizeof kid - 1);
    kid[sizeof kid - 1] = '\0';
    rig_jwk(&long_kid, kid, rig_keys[KEY_MAIN], GOOD);
    const char *const keys[] = {
        "", "1", "null", "[]", "\"x\"", weak.data, curve.data, long_kid.data, twice.data, enc.data,
        "{\"kid\":\"x\"}", "{\"kid\":\"x\",\"kty\":\"RSA\"}",
        "{\"kid\":\"x\",\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}",
        "{\"kid\":\"x\",\"kty\":\"RSA\",\"n\":7,\"e\":\"AQAB\"}",
        "{\"kid\":\"x\",\"kty\":\"oct\",\"k\":\"AAAA\"}",
    };
    for (size_t i = 0; i < COUNT(keys); i++) {
        struct buf text;
        buf_init(&text, 99999);
        buf_print(&text, "{\"keys\":[%s]}", keys[i]);
        if (parse(text.data))
            fail_msg("%s", text.data);
        buf_clear(&text);
    }
    static const char *const others[] = { "", "{", "[]", "{}", "{\"keys\":{}}", "{\"keys\":null}",
                                          "<html>", "{\"keys\":\"x\"}" };
    for (size_t i = 0; i < COUNT(others); i++)
        assert_null(parse(others[i]));
    buf_clear(&weak), buf_clear(&curve), buf_clear(&long_kid), buf_clear(&twice), buf_clear(&enc);
}

/* One JWK of this type with this modulus and, in base64url, exponent. */
static bool is_fit(const char *type, const unsigned char *n, size_t n_len, const char *e)
{
    struct buf text;
    buf_init(&text, 99999);
    buf_print(&text, "{\"keys\":[{\"kid\":\"x\",\"kty\":\"%s\",\"n\":\"", type);
    rig_base64url(&text, n, n_len);
    buf_print(&text, "\",\"e\":\"%s\"}]}", e);
    struct teams_jwks *set = parse(text.data);
    bool fit = set != NULL;
    teams_jwks_free(set);
    buf_clear(&text);
    return fit;
}

static bool numbers_are_fit(const unsigned char *n, size_t n_len, const char *e)
{
    return is_fit("RSA", n, n_len, e);
}

static void sizes_of_keys_have_bounds(void **unused)
{
    unsigned char n[1100];
    (void)unused;
    memset(n, 0xff, sizeof n);
    assert_true(numbers_are_fit(n, 256, "AQAB"));
    assert_true(numbers_are_fit(n, 256, "Aw"));
    assert_true(numbers_are_fit(n, 1024, "AQAB"));
    assert_false(numbers_are_fit(n, 255, "AQAB"));
    assert_false(numbers_are_fit(n, 1025, "AQAB"));
    assert_false(numbers_are_fit(n, 256, "AQ"));             /* 1: a signature would be its text */
    assert_false(numbers_are_fit(n, 256, "AQAA"));           /* even */
    assert_false(numbers_are_fit(n, 256, "AA"));
    assert_false(numbers_are_fit(n, 256, "AQAB="));
    assert_false(numbers_are_fit(n, 256, "AQAAAAAAAAAB"));   /* nine bytes */
    assert_false(is_fit("EC", n, 256, "AQAB"));
    assert_false(is_fit("rsa", n, 256, "AQAB"));
    n[255] = 0xfe;
    assert_false(numbers_are_fit(n, 256, "AQAB"));           /* an even modulus */
    n[255] = 0xff;
    n[0] = 0x7f;
    assert_false(numbers_are_fit(n, 256, "AQAB"));           /* 2047 bits */
    n[0] = 0;
    assert_true(numbers_are_fit(n, 257, "AQAB"));            /* a zero before 2048 bits */
    assert_false(numbers_are_fit(n, 256, "AQAB"));
}

static void the_fit_one_of_two_with_one_kid_counts(void **unused)
{
    struct buf keys, text;
    (void)unused;
    buf_init(&keys, 99999);
    buf_init(&text, 99999);
    rig_jwk(&keys, "k", rig_keys[KEY_EC], "");
    rig_jwk(&keys, "k", rig_keys[KEY_MAIN], GOOD);
    rig_jwk(&keys, "weak", rig_keys[KEY_WEAK], GOOD);
    buf_print(&text, "{\"x\":1,\"keys\":[%s]}", keys.data);
    struct teams_jwks *set = parse(text.data);
    assert_int_equal(teams_jwks_count(set), 3);
    const struct teams_key *key = teams_jwks_find(set, teams_span_of("k"));
    assert_true(key && key->rsa);
    assert_true(teams_key_endorses(key, teams_span_of("msteams")));
    assert_false(teams_key_endorses(key, (struct teams_span){ "msteams\0", 8 }));
    assert_false(teams_key_endorses(key, (struct teams_span){ 0 }));
    key = teams_jwks_find(set, teams_span_of("weak"));
    assert_true(key && !key->rsa);
    assert_false(teams_key_verifies(key, teams_span_of("x"), teams_span_of("y")));
    assert_null(teams_jwks_find(set, teams_span_of("")));
    assert_null(teams_jwks_find(set, (struct teams_span){ "k\0", 2 }));
    assert_null(teams_jwks_find(NULL, teams_span_of("k")));
    teams_jwks_free(set);
    buf_clear(&keys);
    buf_clear(&text);
}

static void documents_have_bounds(void **unused)
{
    struct buf keys, text;
    (void)unused;
    buf_init(&keys, 2 << 20);
    buf_init(&text, 2 << 20);
    for (int i = 0; i < TEAMS_JWKS_KEYS_MAX + 1; i++) {
        char kid[20];
        snprintf(kid, sizeof kid, "k%d", i);
        rig_jwk(&keys, kid, rig_keys[KEY_MAIN], GOOD);
    }
    buf_print(&text, "{\"keys\":[%s]}", keys.data);
    struct teams_jwks *set = parse(text.data);
    assert_int_equal(teams_jwks_count(set), TEAMS_JWKS_KEYS_MAX);
    assert_non_null(teams_jwks_find(set, teams_span_of("k511")));
    assert_null(teams_jwks_find(set, teams_span_of("k512")));
    teams_jwks_free(set);
    while (text.len < TEAMS_JWKS_BYTES_MAX)
        buf_char(&text, ' ');
    set = parse(text.data);
    assert_non_null(set);
    teams_jwks_free(set);
    buf_char(&text, ' ');
    assert_null(parse(text.data));
    buf_clear(&keys);
    buf_clear(&text);
}

static void metadata_names_keys_next_door(void **unused)
{
    static const char from[] = "https://login.botframework.com/v1/.well-known/openidconfiguration";
    static const struct { const char *text; bool good; } rows[] = {
        { "{\"jwks_uri\":\"https://login.botframework.com/v1/.well-known/keys\"}", true },
        { "{\"jwks_uri\":\"https://evil.example/keys\"}", false },
        { "{\"jwks_uri\":\"http://login.botframework.com/keys\"}", false },
        { "{\"jwks_uri\":7}", false }, { "{\"jwks_uri\":null}", false }, { "{}", false },
        { "[]", false }, { "", false },
        { "{\"jwks_uri\":\"https://login.botframework.com/\",\"jwks_uri\":\"https://x.y/\"}",
          false },
        { "{\"jwks_uri\":\"https://login.botframework.com\\u0000.evil\"}", false },
    };
    char url[TEAMS_KEYS_URL_SIZE];
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        if ((teams_metadata_parse(teams_span_of(rows[i].text), from, url) == 0) != rows[i].good)
            fail_msg("%s", rows[i].text);
    assert_int_equal(teams_metadata_parse(teams_span_of(rows[0].text), from, url), 0);
    assert_string_equal(url, "https://login.botframework.com/v1/.well-known/keys");
}

/* ---- remembering tokens ---- */

static void remembered_are_token_and_key_together(void **unused)
{
    struct teams_token_cache *c = teams_token_cache_new();
    struct teams_key one = { .print = "one" }, two = { .print = "two" };
    struct teams_span token = teams_span_of("a.b.c");
    (void)unused;
    assert_false(teams_token_cache_has(c, token, &one));
    teams_token_cache_add(c, token, &one, 100);
    assert_true(teams_token_cache_has(c, token, &one));
    assert_false(teams_token_cache_has(c, token, &two));
    assert_false(teams_token_cache_has(c, teams_span_of("a.b.d"), &one));
    assert_false(teams_token_cache_has(c, (struct teams_span){ "a.b.c\0", 6 }, &one));
    teams_token_cache_add(c, token, &two, 100);
    assert_true(teams_token_cache_has(c, token, &two));
    assert_false(teams_token_cache_has(c, token, &one));
    teams_token_cache_free(c);
}

static void what_expires_first_makes_room(void **unused)
{
    enum { MANY = 20000 };
    struct teams_token_cache *c = teams_token_cache_new();
    struct teams_key key = { .print = "k" };
    size_t left = 0, late = 0;
    char text[20];
    (void)unused;
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%d", i);
        teams_token_cache_add(c, teams_span_of(text), &key, i);
        assert_true(teams_token_cache_has(c, teams_span_of(text), &key));
    }
    for (int i = 0; i < MANY; i++) {
        snprintf(text, sizeof text, "%d", i);
        if (teams_token_cache_has(c, teams_span_of(text), &key))
            left++, late += i >= MANY / 2;
    }
    assert_int_equal(left, TOKEN_CACHE_SETS * TOKEN_CACHE_WAYS);
    assert_int_equal(late, left);
    teams_token_cache_free(c);
}

/* ---- the cache of keys ---- */

struct found {
    struct rig *rig;
    int calls, wanted;          /* the loop stops when so many have come */
    unsigned of[VERDICTS];
    enum teams_verdict verdict;
    bool fit;
};

static void on_found(void *ctx, enum teams_verdict v, const struct teams_key *key)
{
    struct found *f = ctx;
    f->verdict = v;
    f->fit = key && key->rsa;
    f->of[v]++;
    assert_int_equal(v == VERDICT_ACCEPTED, key != NULL);
    if (++f->calls == f->wanted)
        rig_stop(f->rig);
}

static void find(struct rig *r, const char *kid, struct found *f)
{
    teams_keys_find(r->keys, teams_span_of(kid), on_found, f);
}

/* One question and its answer; *waited says whether it had to wait for a fetch. */
static enum teams_verdict ask(struct rig *r, const char *kid, bool *waited)
{
    struct found f = { .rig = r, .wanted = 1 };
    find(r, kid, &f);
    if (waited)
        *waited = !f.calls;
    if (!f.calls)
        rig_run(r, 3000);
    assert_int_equal(f.calls, 1);
    return f.verdict;
}

#define assert_asked(r, kid, expected, has_waited)                                                \
    do {                                                                                          \
        bool waited_;                                                                             \
        assert_string_equal(teams_verdict_row(ask(r, kid, &waited_))->word,                       \
                            teams_verdict_row(expected)->word);                                   \
        assert_int_equal(waited_, has_waited);                                                    \
    } while (0)

/* Lets a fetch end that nobody waits for. */
static void settle(struct rig *r)
{
    for (int i = 0; i < 500 && http_client_under_way(r->client); i++)
        rig_run(r, 5);
    assert_int_equal(http_client_under_way(r->client), 0);
}

static void serve(struct rig *r, const char *kid)
{
    buf_reset(&r->jwks);
    rig_jwk(&r->jwks, kid, rig_keys[KEY_MAIN], GOOD);
}

static void keys_are_fetched_once_when_they_are_needed(void **unused)
{
    struct rig r;
    struct found f;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    rig_run(&r, 50);
    assert_int_equal(r.metadata_hits, 0);           /* not before */
    f = (struct found){ .rig = &r, .wanted = 100 };
    for (int i = 0; i < 100; i++)
        find(&r, i % 2 ? "a" : "nobody", &f);
    assert_int_equal(f.calls, 0);
    rig_run(&r, 3000);
    assert_int_equal(f.of[VERDICT_ACCEPTED], 50);
    assert_int_equal(f.of[VERDICT_UNKNOWN_KEY], 50);
    assert_int_equal(r.metadata_hits, 1);
    assert_int_equal(r.keys_hits, 1);
    r.clock_ms += TEAMS_KEYS_REFRESH_MS - 1;
    assert_asked(&r, "a", VERDICT_ACCEPTED, false);
    assert_int_equal(r.keys_hits, 1);
    rig_close(&r);
}

static void a_storm_of_unknown_kids_costs_one_fetch(void **unused)
{
    enum { STORM = 1000 };
    struct rig r;
    struct found f;
    char kid[20];
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    assert_asked(&r, "a", VERDICT_ACCEPTED, true);
    for (int i = 0; i < STORM; i++) {
        snprintf(kid, sizeof kid, "made-up-%d", i);
        assert_asked(&r, kid, VERDICT_UNKNOWN_KEY, i == 0);
    }
    assert_int_equal(r.keys_hits, 2);
    r.clock_ms += TEAMS_KEYS_UNKNOWN_MS;
    f = (struct found){ .rig = &r, .wanted = STORM + 1 };
    for (int i = 0; i < STORM; i++) {
        snprintf(kid, sizeof kid, "made-up-%d", i);
        find(&r, kid, &f);
    }
    assert_int_equal(f.of[VERDICT_KEYS_UNAVAILABLE], STORM - TEAMS_KEYS_WAITING_MAX);
    find(&r, "a", &f);                               /* the known one does not wait with them */
    assert_int_equal(f.of[VERDICT_ACCEPTED], 1);
    rig_run(&r, 3000);
    assert_int_equal(f.of[VERDICT_UNKNOWN_KEY], TEAMS_KEYS_WAITING_MAX);
    assert_int_equal(r.keys_hits, 3);
    r.clock_ms += TEAMS_KEYS_UNKNOWN_MS - 1;
    assert_asked(&r, "made-up", VERDICT_UNKNOWN_KEY, false);
    assert_int_equal(r.keys_hits, 3);
    rig_close(&r);
}

static void keys_change_while_we_run(void **unused)
{
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "old");
    assert_asked(&r, "old", VERDICT_ACCEPTED, true);
    serve(&r, "new");
    assert_asked(&r, "new", VERDICT_ACCEPTED, true);         /* at once */
    serve(&r, "next");
    assert_asked(&r, "next", VERDICT_ACCEPTED, true);        /* and again */
    assert_asked(&r, "old", VERDICT_UNKNOWN_KEY, true);      /* in vain */
    assert_asked(&r, "new", VERDICT_UNKNOWN_KEY, false);
    serve(&r, "newer");
    r.clock_ms += TEAMS_KEYS_UNKNOWN_MS - 1;                 /* it was asked for "old" in vain */
    assert_asked(&r, "newer", VERDICT_UNKNOWN_KEY, false);
    r.clock_ms += 1;
    assert_asked(&r, "newer", VERDICT_ACCEPTED, true);
    serve(&r, "newest");
    r.clock_ms += TEAMS_KEYS_REFRESH_MS;
    assert_asked(&r, "newer", VERDICT_UNKNOWN_KEY, true);    /* withdrawn: looked at again first */
    assert_asked(&r, "newest", VERDICT_ACCEPTED, false);
    assert_int_equal(r.keys_hits, 6);
    rig_close(&r);
}

/* Real time: the server is away at the start. */
static void the_first_keys_are_fetched_until_they_come(void **unused)
{
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    r.status = 500;
    teams_keys_prepare(r.keys);
    settle(&r);
    assert_int_equal(teams_keys_failures(r.keys), 1);
    r.status = 200;
    for (int i = 0; i < 100 && teams_keys_failures(r.keys); i++)
        rig_run(&r, TEAMS_KEYS_BACKOFF_MS / 10);
    settle(&r);
    assert_asked(&r, "a", VERDICT_ACCEPTED, false);
    assert_int_equal(teams_keys_fetches(r.keys), 2);
    assert_asked(&r, "b", VERDICT_UNKNOWN_KEY, true);        /* still looked for once */
    rig_close(&r);
}

/* Each way in which a fetch can fail: keys at hand are kept, and none come from nowhere. */
static void a_failed_fetch_changes_nothing(void **unused)
{
    static char big[TEAMS_JWKS_BYTES_MAX + 2];
    static const struct { const char *story; int status; const char *text, *uri; } ways[] = {
        { "500", 500, NULL, NULL }, { "404", 404, NULL, NULL }, { "a redirect", 302, NULL, NULL },
        { "nothing", 200, "", NULL }, { "garbage", 200, "<html>busy</html>", NULL },
        { "no keys", 200, "{\"keys\":[]}", NULL }, { "over 1 MiB", 200, big, NULL },
        { "204", 204, NULL, NULL }, { "silence", 0, NULL, NULL },
        { "elsewhere", 200, NULL, "https://keys.example/keys" },
        { "no address", 200, NULL, "" }, { "closed", 200, NULL, "http://127.0.0.1:1/keys" },
    };
    (void)unused;
    memset(big, ' ', sizeof big - 1);
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct rig r;
        rig_open(&r, ways[i].status || ways[i].uri ? 0 : 300);   /* only silence is waited for */
        serve(&r, "a");
        r.status = ways[i].status, r.jwks_text = ways[i].text, r.jwks_uri = ways[i].uri;
        if (ask(&r, "a", NULL) != VERDICT_KEYS_UNAVAILABLE || teams_keys_failures(r.keys) != 1)
            fail_msg("%s: keys from nowhere", ways[i].story);
        r.status = 200, r.jwks_text = NULL, r.jwks_uri = NULL;
        r.clock_ms += TEAMS_KEYS_BACKOFF_MS;
        assert_asked(&r, "a", VERDICT_ACCEPTED, true);
        r.status = ways[i].status, r.jwks_text = ways[i].text, r.jwks_uri = ways[i].uri;
        r.clock_ms += TEAMS_KEYS_REFRESH_MS;
        if (ask(&r, "a", NULL) != VERDICT_ACCEPTED || teams_keys_failures(r.keys) != 1)
            fail_msg("%s: keys lost", ways[i].story);
        assert_asked(&r, "other", VERDICT_KEYS_UNAVAILABLE, false);
        assert_int_equal(r.elsewhere_hits, 0);
        rig_close(&r);
    }
}

static void old_keys_serve_until_they_are_too_old(void **unused)
{
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    assert_asked(&r, "a", VERDICT_ACCEPTED, true);
    r.status = 500;
    r.clock_ms += TEAMS_KEYS_REFRESH_MS;
    assert_asked(&r, "a", VERDICT_ACCEPTED, true);
    for (int hours = 25; hours < 5 * 24; hours++) {
        r.clock_ms += 3600 * 1000;
        assert_asked(&r, "a", VERDICT_ACCEPTED, false);      /* nobody waits for the next try */
        settle(&r);
    }
    assert_int_equal(r.keys_hits, 2 + 95);                   /* once an hour, for 95 hours */
    r.clock_ms += 3600 * 1000;
    assert_asked(&r, "a", VERDICT_KEYS_UNAVAILABLE, true);
    r.status = 200;
    r.clock_ms += TEAMS_KEYS_BACKOFF_MAX_MS;
    assert_asked(&r, "a", VERDICT_ACCEPTED, true);
    rig_close(&r);
}

static void an_unreachable_server_is_asked_less_and_less(void **unused)
{
    static const int waits_ms[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000 };
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    r.status = 500;
    assert_asked(&r, "a", VERDICT_KEYS_UNAVAILABLE, true);
    for (size_t i = 0; i < COUNT(waits_ms); i++) {
        r.clock_ms += waits_ms[i] - 1;
        assert_asked(&r, "a", VERDICT_KEYS_UNAVAILABLE, false);
        assert_int_equal(r.keys_hits, i + 1);
        r.clock_ms += 1;
        assert_asked(&r, "a", VERDICT_KEYS_UNAVAILABLE, true);
        assert_int_equal(r.keys_hits, i + 2);
    }
    rig_close(&r);
}

/* Real time: the desk answers within a second whatever the key server does. The upper bound leaves
 * room for a busy machine; the fetch itself would hang for five seconds. */
static void nobody_waits_for_a_silent_server(void **unused)
{
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    r.status = 0;
    int64_t begun_us = clock_steady_us();
    assert_asked(&r, "a", VERDICT_KEYS_UNAVAILABLE, true);
    int64_t took_ms = (clock_steady_us() - begun_us) / 1000;
    assert_in_range(took_ms, TEAMS_KEYS_FIRST_MS - 20, 2 * TEAMS_KEYS_FIRST_MS);
    assert_int_equal(teams_keys_fetches(r.keys), 1);         /* it still hangs */
    assert_int_equal(teams_keys_failures(r.keys), 0);
    rig_close(&r);
}

static void a_silent_server_ends_with_the_old_key(void **unused)
{
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    assert_asked(&r, "a", VERDICT_ACCEPTED, true);
    r.status = 0;
    r.clock_ms += TEAMS_KEYS_REFRESH_MS;
    assert_asked(&r, "a", VERDICT_ACCEPTED, true);
    rig_close(&r);
}

static void a_new_key_is_found_when_the_server_is_back(void **unused)
{
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "old");
    assert_asked(&r, "old", VERDICT_ACCEPTED, true);
    serve(&r, "new");
    r.status = 503;
    assert_asked(&r, "new", VERDICT_KEYS_UNAVAILABLE, true);
    assert_asked(&r, "new", VERDICT_KEYS_UNAVAILABLE, false);
    assert_asked(&r, "old", VERDICT_ACCEPTED, false);
    r.status = 200;
    r.clock_ms += TEAMS_KEYS_BACKOFF_MS;
    assert_asked(&r, "new", VERDICT_ACCEPTED, true);
    rig_close(&r);
}

static void who_waits_when_all_ends_is_told(void **unused)
{
    struct rig r;
    (void)unused;
    rig_open(&r, 0);
    struct found f = { .rig = &r };
    serve(&r, "a");
    for (int i = 0; i < 10; i++)
        find(&r, "a", &f);
    assert_int_equal(f.calls, 0);
    teams_keys_free(r.keys);
    assert_int_equal(f.of[VERDICT_KEYS_UNAVAILABLE], 10);
    r.keys = NULL;
    settle(&r);                                              /* what was under way ends quietly */
    rig_close(&r);
    assert_int_equal(f.calls, 10);
}

struct again {
    struct rig *rig;
    struct found inner;
};

static void on_found_ask_again(void *ctx, enum teams_verdict v, const struct teams_key *key)
{
    struct again *a = ctx;
    (void)v;
    (void)key;
    a->rig->clock_ms += TEAMS_KEYS_UNKNOWN_MS;
    find(a->rig, "other", &a->inner);
}

static void an_answer_may_ask_again(void **unused)
{
    struct rig r;
    struct again a = { .rig = &r };
    (void)unused;
    rig_open(&r, 0);
    serve(&r, "a");
    a.inner = (struct found){ .rig = &r, .wanted = 1 };
    teams_keys_find(r.keys, teams_span_of("a"), on_found_ask_again, &a);
    rig_run(&r, 3000);
    assert_int_equal(a.inner.of[VERDICT_UNKNOWN_KEY], 1);
    assert_int_equal(r.keys_hits, 2);
    rig_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_without_a_fit_key_are_none),
        cmocka_unit_test(sizes_of_keys_have_bounds),
        cmocka_unit_test(the_fit_one_of_two_with_one_kid_counts),
        cmocka_unit_test(documents_have_bounds),
        cmocka_unit_test(metadata_names_keys_next_door),
        cmocka_unit_test(remembered_are_token_and_key_together),
        cmocka_unit_test(what_expires_first_makes_room),
        cmocka_unit_test(keys_are_fetched_once_when_they_are_needed),
        cmocka_unit_test(a_storm_of_unknown_kids_costs_one_fetch),
        cmocka_unit_test(keys_change_while_we_run),
        cmocka_unit_test(the_first_keys_are_fetched_until_they_come),
        cmocka_unit_test(a_failed_fetch_changes_nothing),
        cmocka_unit_test(old_keys_serve_until_they_are_too_old),
        cmocka_unit_test(an_unreachable_server_is_asked_less_and_less),
        cmocka_unit_test(nobody_waits_for_a_silent_server),
        cmocka_unit_test(a_silent_server_ends_with_the_old_key),
        cmocka_unit_test(a_new_key_is_found_when_the_server_is_back),
        cmocka_unit_test(who_waits_when_all_ends_is_told),
        cmocka_unit_test(an_answer_may_ask_again),
    };
    return cmocka_run_group_tests(tests, rig_make_keys, rig_free_keys);
}
