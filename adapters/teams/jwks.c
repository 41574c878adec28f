#include "adapters/teams/jwks.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <stdlib.h>

#include "adapters/teams/jwt.h"
#include "adapters/teams/origin.h"
#include "adapters/teams/strict_json.h"
#include "bot/base/arena.h"

struct teams_jwks {
    struct arena arena;             /* texts of the keys */
    size_t count, fit;
    struct teams_key keys[TEAMS_JWKS_KEYS_MAX];
};

static json_t *load(struct teams_span text)
{
    json_t *object = NULL;
    if (text.len <= TEAMS_JWKS_BYTES_MAX)
        strict_json_object(text, &object);
    return object;
}

int teams_metadata_parse(struct teams_span text, const char *metadata_url,
                         char out[TEAMS_KEYS_URL_SIZE])
{
    json_t *object = load(text);
    struct teams_span url = strict_json_text(object, "jwks_uri");
    bool good = url.bytes && url.len < TEAMS_KEYS_URL_SIZE &&
                teams_keys_url_is_allowed(teams_span_of(metadata_url), url);
    if (good) {
        memcpy(out, url.bytes, url.len);
        out[url.len] = '\0';
    }
    json_decref(object);
    return good ? 0 : -1;
}

/* ---- from n and e to a key ---- */

static BIGNUM *number_of(const json_t *jwk, const char *name, size_t max, struct arena *scratch)
{
    struct teams_span text = strict_json_text(jwk, name);
    if (!text.len || text.len > max)
        return NULL;
    struct teams_span bytes = teams_base64url(text, scratch);
    const void *at = bytes.bytes;
    return at ? BN_bin2bn(at, (int)bytes.len, NULL) : NULL;
}

static bool are_fit(const BIGNUM *n, const BIGNUM *e)
{
    return n && e && BN_num_bits(n) >= TEAMS_RSA_BITS_MIN && BN_num_bits(n) <= TEAMS_RSA_BITS_MAX &&
           BN_num_bytes(e) <= TEAMS_RSA_EXPONENT_BYTES_MAX && BN_is_odd(n) && BN_is_odd(e) &&
           !BN_is_one(e);
}

static EVP_PKEY *rsa_of(const BIGNUM *n, const BIGNUM *e)
{
    EVP_PKEY *key = NULL;
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    OSSL_PARAM *params = NULL;
    if (build && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n) &&
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e))
        params = OSSL_PARAM_BLD_to_param(build);
    if (!params || !ctx || EVP_PKEY_fromdata_init(ctx) <= 0 ||
        EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) <= 0)
        key = NULL;
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(ctx);
    return key;
}

/* Base64url takes four letters for three bytes; a leading zero byte or two do no harm. */
static EVP_PKEY *read_rsa(const json_t *jwk)
{
    enum { N_MAX = (TEAMS_RSA_BITS_MAX / 8 + 2) * 4 / 3 + 1, E_MAX = 16 };
    struct arena scratch = { 0 };
    BIGNUM *n = number_of(jwk, "n", N_MAX, &scratch);
    BIGNUM *e = number_of(jwk, "e", E_MAX, &scratch);
    EVP_PKEY *key = are_fit(n, e) ? rsa_of(n, e) : NULL;
    BN_free(n);
    BN_free(e);
    arena_clear(&scratch);
    return key;
}

static bool absent_or(const json_t *jwk, const char *name, const char *value)
{
    return !json_object_get(jwk, name) ||
           teams_span_equal(strict_json_text(jwk, name), teams_span_of(value));
}

static EVP_PKEY *fit_key(const json_t *jwk)
{
    if (!teams_span_equal(strict_json_text(jwk, "kty"), teams_span_of("RSA")) ||
        !absent_or(jwk, "use", "sig") || !absent_or(jwk, "alg", "RS256"))
        return NULL;
    return read_rsa(jwk);
}

/* ---- the set ---- */

static int print_of(EVP_PKEY *rsa, unsigned char print[HASH_BYTES])
{
    unsigned char *der = NULL;
    int len = i2d_PUBKEY(rsa, &der);
    if (len <= 0)
        return -1;
    hash_sha256(der, (size_t)len, print);
    OPENSSL_free(der);
    return 0;
}

static struct teams_span copy(struct arena *a, struct teams_span s)
{
    return (struct teams_span){ arena_copy_n(a, s.bytes, s.len), s.len };
}

static void read_endorsements(const json_t *list, struct arena *a, struct teams_key *key)
{
    size_t count = json_array_size(list);       /* 0 when it is no array */
    if (!count)
        return;
    key->endorsements = arena_alloc(a, count * sizeof *key->endorsements);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(list, i);
        if (json_is_string(item))
            key->endorsements[key->endorsement_count++] = copy(
                a, (struct teams_span){ json_string_value(item), json_string_length(item) });
    }
}

static void add_key(struct teams_jwks *set, const json_t *jwk)
{
    struct teams_span kid = strict_json_text(jwk, "kid");
    if (!kid.len || kid.len > TEAMS_KID_MAX || set->count == TEAMS_JWKS_KEYS_MAX)
        return;
    struct teams_key *key = &set->keys[set->count++];
    key->kid = copy(&set->arena, kid);
    read_endorsements(json_object_get(jwk, "endorsements"), &set->arena, key);
    key->rsa = fit_key(jwk);
    if (key->rsa && print_of(key->rsa, key->print)) {
        EVP_PKEY_free(key->rsa);
        key->rsa = NULL;
    }
    set->fit += key->rsa ? 1 : 0;
}

struct teams_jwks *teams_jwks_parse(struct teams_span text)
{
    json_t *object = load(text);
    const json_t *list = json_object_get(object, "keys");
    struct teams_jwks *set = calloc(1, sizeof *set);
    if (!set)
        abort();
    for (size_t i = 0; i < json_array_size(list); i++)
        add_key(set, json_array_get(list, i));
    json_decref(object);
    if (set->fit)
        return set;
    teams_jwks_free(set);
    return NULL;
}

void teams_jwks_free(struct teams_jwks *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->count; i++)
        EVP_PKEY_free(set->keys[i].rsa);
    arena_clear(&set->arena);
    free(set);
}

size_t teams_jwks_count(const struct teams_jwks *set)
{
    return set ? set->count : 0;
}

const struct teams_key *teams_jwks_find(const struct teams_jwks *set, struct teams_span kid)
{
    const struct teams_key *unfit = NULL;
    for (size_t i = 0; set && i < set->count; i++) {
        if (!teams_span_equal(set->keys[i].kid, kid))
            continue;
        if (set->keys[i].rsa)
            return &set->keys[i];
        if (!unfit)
            unfit = &set->keys[i];
    }
    return unfit;
}

/* ---- with one key ---- */

bool teams_key_endorses(const struct teams_key *key, struct teams_span channel)
{
    for (size_t i = 0; i < key->endorsement_count; i++)
        if (teams_span_equal(key->endorsements[i], channel))
            return true;
    return false;
}

bool teams_key_verifies(const struct teams_key *key, struct teams_span signed_part,
                        struct teams_span signature)
{
    const void *sent = signature.bytes, *text = signed_part.bytes;
    EVP_PKEY_CTX *padding = NULL;
    if (!key->rsa || signature.len != (size_t)EVP_PKEY_get_size(key->rsa))
        return false;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (!ctx)
        abort();
    bool good = EVP_DigestVerifyInit(ctx, &padding, EVP_sha256(), NULL, key->rsa) == 1 &&
                EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PADDING) == 1 &&
                EVP_DigestVerify(ctx, sent, signature.len, text, signed_part.len) == 1;
    EVP_MD_CTX_free(ctx);
    return good;
}
