/* teams_rig.h - for the tests of Teams tokens: makes keys and tokens of any kind, and serves
 * metadata and keys on loopback. It checks nothing. */
#ifndef DESKHAND_TESTS_TEAMS_RIG_H
#define DESKHAND_TESTS_TEAMS_RIG_H

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/http.h"
#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/teams/auth.h"
#include "bot/base/buf.h"
#include "bot/base/hash.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define APP "0c5cfdbb-5e5e-4a9e-9f6b-1d2f8a7f3c11"
#define ISSUER "https://api.botframework.com"
#define SERVICE "https://smba.trafficmanager.net/emea/"
#define TENANT "7f3c1122-aaaa-4bbb-8ccc-0123456789ab"
#define NOW_S INT64_C(1767225600)

enum rig_key { KEY_MAIN, KEY_OTHER, KEY_WEAK, KEY_EC, RIG_KEYS };
enum rig_how { SIGN_RS256, SIGN_RS512, SIGN_PS256, SIGN_HMAC_OF_PUBLIC_KEY, SIGN_EC };

static EVP_PKEY *rig_keys[RIG_KEYS];

static inline int rig_make_keys(void **unused)
{
    (void)unused;
    rig_keys[KEY_MAIN] = EVP_RSA_gen(2048);
    rig_keys[KEY_OTHER] = EVP_RSA_gen(2048);
    rig_keys[KEY_WEAK] = EVP_RSA_gen(1024);
    rig_keys[KEY_EC] = EVP_EC_gen("P-256");
    return 0;
}

static inline int rig_free_keys(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < RIG_KEYS; i++)
        EVP_PKEY_free(rig_keys[i]);
    return 0;
}

static inline void rig_base64url(struct buf *out, const void *bytes, size_t len)
{
    char *text = malloc(len * 2 + 4);
    hash_base64url(bytes, len, text);
    buf_text(out, text);
    free(text);
}

static inline void rig_number(struct buf *out, EVP_PKEY *key, const char *name)
{
    unsigned char bytes[1024];
    BIGNUM *n = NULL;
    EVP_PKEY_get_bn_param(key, name, &n);
    rig_base64url(out, bytes, (size_t)BN_bn2bin(n, bytes));
    BN_free(n);
}

/* One JWK; more is written behind its key material: ",\"use\":\"sig\"". */
static inline void rig_jwk(struct buf *out, const char *kid, EVP_PKEY *key, const char *more)
{
    bool rsa = EVP_PKEY_is_a(key, "RSA");
    buf_print(out, "%s{\"kid\":\"%s\",\"kty\":\"%s\",\"%s\":\"", out->len ? "," : "", kid,
              rsa ? "RSA" : "EC", rsa ? "n" : "x");
    rig_number(out, key, rsa ? OSSL_PKEY_PARAM_RSA_N : OSSL_PKEY_PARAM_EC_PUB_X);
    buf_print(out, "\",\"%s\":\"", rsa ? "e" : "y");
    rig_number(out, key, rsa ? OSSL_PKEY_PARAM_RSA_E : OSSL_PKEY_PARAM_EC_PUB_Y);
    buf_print(out, "\"%s}", more);
}

static inline size_t rig_hmac(EVP_PKEY *key, const struct buf *text, unsigned char *out)
{
    BIO *pem = BIO_new(BIO_s_mem());
    char *secret;
    unsigned len = 0;
    PEM_write_bio_PUBKEY(pem, key);
    long secret_len = BIO_get_mem_data(pem, &secret);
    HMAC(EVP_sha256(), secret, (int)secret_len, (const unsigned char *)text->data, text->len, out,
         &len);
    BIO_free(pem);
    return len;
}

static inline size_t rig_sign(EVP_PKEY *key, enum rig_how how, const struct buf *text,
                              unsigned char *out, size_t size)
{
    EVP_PKEY_CTX *padding = NULL;
    if (how == SIGN_HMAC_OF_PUBLIC_KEY)
        return rig_hmac(key, text, out);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_DigestSignInit(ctx, &padding, how == SIGN_RS512 ? EVP_sha512() : EVP_sha256(), NULL, key);
    if (how == SIGN_PS256)
        EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING);
    EVP_DigestSign(ctx, out, &size, (const unsigned char *)text->data, text->len);
    EVP_MD_CTX_free(ctx);
    return size;
}

struct rig_token {
    struct buf header, payload, signature;      /* base64url */
};

static inline void rig_token(struct rig_token *t, const char *header, const char *payload,
                             EVP_PKEY *key, enum rig_how how)
{
    unsigned char signature[1024];
    struct buf text;
    buf_init(&text, 100000);
    buf_init(&t->header, 100000);
    buf_init(&t->payload, 100000);
    buf_init(&t->signature, 100000);
    rig_base64url(&t->header, header, strlen(header));
    rig_base64url(&t->payload, payload, strlen(payload));
    buf_print(&text, "%s.%s", t->header.data, t->payload.data);
    rig_base64url(&t->signature, signature,
                  rig_sign(key, how, &text, signature, sizeof signature));
    buf_clear(&text);
}

static inline void rig_token_clear(struct rig_token *t)
{
    buf_clear(&t->header);
    buf_clear(&t->payload);
    buf_clear(&t->signature);
}

/* ---- a key server, its client and a clock that stands still ---- */

struct rig {
    struct loop *loop;
    struct http_server *server;
    struct http_client *client;
    struct teams_keys *keys;
    struct buf jwks;                    /* the keys, without what is around them */
    char metadata_url[100];
    const char *jwks_uri;               /* NULL: its own */
    const char *jwks_text;              /* NULL: the keys above */
    int status;                         /* what /keys answers; 0: nothing, it hangs */
    int64_t clock_ms;
    struct loop_timer patience;
    bool running;
    unsigned metadata_hits, keys_hits, elsewhere_hits;
};

static inline void rig_on_metadata(void *ctx, struct http_request *req)
{
    struct rig *r = ctx;
    char text[300];
    int len = r->jwks_uri ? snprintf(text, sizeof text, "{\"jwks_uri\":\"%s\"}", r->jwks_uri)
                          : snprintf(text, sizeof text,
                                     "{\"issuer\":\"" ISSUER "\",\"jwks_uri\":"
                                     "\"http://127.0.0.1:%d/keys\"}", http_port(r->server));
    r->metadata_hits++;
    http_answer(req, &(struct http_answer){ .status = 200, .body = text, .len = (size_t)len });
}

static inline void rig_on_keys(void *ctx, struct http_request *req)
{
    struct rig *r = ctx;
    struct http_pair away = { "Location", "/elsewhere" };
    struct buf text;
    r->keys_hits++;
    if (!r->status)
        return;
    buf_init(&text, 4 << 20);
    buf_print(&text, "{\"keys\":[%s]}", r->jwks.data);
    if (r->jwks_text)
        buf_reset(&text), buf_text(&text, r->jwks_text);
    http_answer(req, &(struct http_answer){ .status = r->status, .body = text.data,
                                            .len = text.len, .headers = &away,
                                            .header_count = r->status == 302 });
    buf_clear(&text);
}

static inline void rig_on_elsewhere(void *ctx, struct http_request *req)
{
    struct rig *r = ctx;
    r->elsewhere_hits++;
    rig_on_keys(ctx, req);
}

static inline int64_t rig_clock(void *ctx)
{
    return ((const struct rig *)ctx)->clock_ms;
}

static inline void rig_open(struct rig *r, int64_t fetch_ms)
{
    *r = (struct rig){ .loop = loop_new(), .status = 200, .clock_ms = 1000 };
    buf_init(&r->jwks, 1 << 20);
    r->server = http_new(r->loop, NULL);
    r->client = http_client_new(r->loop);
    http_route(r->server, "GET", "/metadata", 0, rig_on_metadata, r);
    http_route(r->server, "GET", "/keys", 0, rig_on_keys, r);
    http_route(r->server, "GET", "/elsewhere", 0, rig_on_elsewhere, r);
    assert_int_equal(http_listen(r->server, "127.0.0.1", 0), 0);
    snprintf(r->metadata_url, sizeof r->metadata_url, "http://127.0.0.1:%d/metadata",
             http_port(r->server));
    r->keys = teams_keys_new(&(struct teams_keys_settings){
        .loop = r->loop, .http = r->client, .metadata_url = r->metadata_url, .fetch_ms = fetch_ms,
        .now_ms = rig_clock, .now_ctx = r });
}

static inline void rig_close(struct rig *r)
{
    teams_keys_free(r->keys);
    http_client_free(r->client);
    http_free(r->server);
    loop_timer_stop(r->loop, &r->patience);
    loop_free(r->loop);
    buf_clear(&r->jwks);
}

/* A loop that is stopped before it runs would not run the next time. */
static inline void rig_stop(void *rig)
{
    struct rig *r = rig;
    if (r->running)
        loop_stop(r->loop);
    r->running = false;
}

/* Runs the loop until somebody stops it, at most this long. */
static inline void rig_run(struct rig *r, int64_t at_most_ms)
{
    loop_timer_set(r->loop, &r->patience, at_most_ms, rig_stop, r);
    r->running = true;
    loop_run(r->loop);
    loop_timer_stop(r->loop, &r->patience);
}

#endif
