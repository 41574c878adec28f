#include "adapters/teams/assertion.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>

#include "bot/base/hash.h"
#include "bot/base/json_out.h"

enum { BITS_MIN = 2048, BITS_MAX = 8192, SEGMENT_MAX = 8192 };

struct teams_certificate {
    EVP_PKEY *key;
    char print[HASH_BYTES * 2];     /* x5t#S256, base64url */
};

static X509 *read_certificate(const char *path)
{
    FILE *file = fopen(path, "re");
    X509 *x509 = file ? PEM_read_X509(file, NULL, NULL, NULL) : NULL;
    if (file)
        fclose(file);
    return x509;
}

/* Nobody is there to type a pass phrase. */
static int no_pass_phrase(char *buf, int size, int writing, void *ctx)
{
    (void)buf;
    (void)size;
    (void)writing;
    (void)ctx;
    return -1;
}

static EVP_PKEY *read_key(const char *path)
{
    FILE *file = fopen(path, "re");
    EVP_PKEY *key = file ? PEM_read_PrivateKey(file, NULL, no_pass_phrase, NULL) : NULL;
    if (file)
        fclose(file);
    return key;
}

static const char *what_is_wrong(const X509 *x509, const EVP_PKEY *key)
{
    if (!x509)
        return "There is no certificate in this file, or it cannot be read.";
    if (!key)
        return "There is no private key without pass phrase in this file.";
    if (!EVP_PKEY_is_a(key, "RSA") || EVP_PKEY_get_bits(key) < BITS_MIN
            || EVP_PKEY_get_bits(key) > BITS_MAX)
        return "The key must be RSA with 2048 to 8192 bits.";
    return X509_check_private_key(x509, key) == 1 ? NULL
         : "The private key does not belong to the certificate.";
}

static int keep_print(const X509 *x509, char out[HASH_BYTES * 2])
{
    unsigned char print[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    if (X509_digest(x509, EVP_sha256(), print, &len) != 1 || len != HASH_BYTES)
        return -1;
    hash_base64url(print, len, out);
    return 0;
}

struct teams_certificate *teams_certificate_load(const char *path, const char **error)
{
    struct teams_certificate *c = calloc(1, sizeof *c);
    X509 *x509 = read_certificate(path);
    if (!c)
        abort();
    c->key = read_key(path);
    *error = what_is_wrong(x509, c->key);
    if (!*error && keep_print(x509, c->print))
        *error = "The certificate cannot be hashed.";
    X509_free(x509);
    if (!*error)
        return c;
    teams_certificate_free(c);
    return NULL;
}

void teams_certificate_free(struct teams_certificate *c)
{
    if (!c)
        return;
    EVP_PKEY_free(c->key);
    free(c);
}

/* ---- the token ---- */

static void add_segment(struct buf *out, const struct buf *json)
{
    char text[SEGMENT_MAX * 2];
    if (json->failed) {
        out->failed = true;
        return;
    }
    hash_base64url(json->data, json->len, text);
    buf_print(out, "%s.", text);
}

static void add_header(const struct teams_certificate *c, struct buf *out)
{
    struct buf buf;
    buf_init(&buf, SEGMENT_MAX);
    struct json_out json = { .buf = &buf };
    json_out_object(&json, NULL);
    json_out_text(&json, "alg", "PS256");
    json_out_text(&json, "typ", "JWT");
    json_out_text(&json, "x5t#S256", c->print);
    json_out_object_end(&json);
    add_segment(out, &buf);
    buf_clear(&buf);
}

static void add_claims(const struct assertion_wish *wish, struct buf *out)
{
    struct buf buf;
    buf_init(&buf, SEGMENT_MAX);
    struct json_out json = { .buf = &buf };
    json_out_object(&json, NULL);
    json_out_text(&json, "aud", wish->audience);
    json_out_text(&json, "iss", wish->client_id);
    json_out_text(&json, "sub", wish->client_id);
    json_out_text(&json, "jti", wish->id);
    json_out_int(&json, "nbf", wish->now_s);
    json_out_int(&json, "exp", wish->now_s + ASSERTION_LIFE_S);
    json_out_object_end(&json);
    add_segment(out, &buf);
    buf_clear(&buf);
}

/* The salt is as long as the digest, as RFC 7518 section 3.5 wants it. 0 or -1. */
static int sign(EVP_PKEY *key, const char *text, size_t len, unsigned char *out, size_t *out_len)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    int good = ctx && EVP_DigestSignInit(ctx, &how, EVP_sha256(), NULL, key) == 1
            && EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) == 1
            && EVP_DigestSign(ctx, out, out_len, (const unsigned char *)text, len) == 1;
    EVP_MD_CTX_free(ctx);
    return good ? 0 : -1;
}

int teams_assertion(const struct teams_certificate *c, const struct assertion_wish *wish,
                    struct buf *out)
{
    unsigned char signature[BITS_MAX / 8];
    char text[sizeof signature * 2];
    size_t len = sizeof signature;
    struct buf token;
    buf_init(&token, (size_t)SEGMENT_MAX * 6);
    add_header(c, &token);
    add_claims(wish, &token);
    int failed = token.failed || sign(c->key, token.data, token.len - 1, signature, &len);
    if (!failed) {
        hash_base64url(signature, len, text);
        failed = buf_add(out, token.data, token.len) || buf_text(out, text);
    }
    buf_clear(&token);
    return failed ? -1 : 0;
}
