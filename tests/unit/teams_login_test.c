/* Proving who we are to the login service, and what its refusals mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "adapters/teams/assertion.h"
#include "adapters/teams/jwt.h"
#include "adapters/teams/login_error.h"
#include "adapters/teams/token.h"
#include "bot/base/arena.h"
#include "bot/base/hash.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define AUDIENCE "https://login.example/tenant/oauth2/v2.0/token"

/* ---- refusals ---- */

static void each_refusal_has_its_sentence(void **unused)
{
    static const struct { int status; const char *body, *word, *advice; bool lasting; } rows[] = {
        { 400, "{\"error\":\"unauthorized_client\",\"error_codes\":[700016]}", "AADSTS700016",
          "put that tenant's id first in TEAMS_TENANT_ID", true },
        { 400, "{\"error\":\"x\",\"error_description\":\"AADSTS700016: not found\"}",
          "AADSTS700016", "single-tenant", true },
        { 401, "{\"error\":\"invalid_client\",\"error_codes\":[7000215]}", "AADSTS7000215",
          "secret's Value", true },
        { 401, "{\"error\":\"invalid_client\",\"error_codes\":[7000222]}", "AADSTS7000222",
          "expired", true },
        { 400, "{\"error_codes\":[90002]}", "AADSTS90002", "no such tenant", true },
        { 401, "{\"error_codes\":[700027]}", "AADSTS700027", "Upload the certificate", true },
        { 401, "{\"error_codes\":[700024]}", "AADSTS700024", "clock", true },
        { 400, "{\"error_codes\":[1002012]}", "AADSTS1002012", "same cloud", true },
        { 400, "{\"error_codes\":[53003]}", "AADSTS53003", "Conditional Access", true },
        { 400, "{\"error_codes\":[123456]}", "AADSTS123456", "Look its code up", true },
        { 400, "{\"error\":\"invalid_request\"}", "invalid_request", "Look its code up", true },
        { 400, "{\"error\":\"bad \\\"word\\\"\\n\"}", "400", "Look its code up", true },
        { 400, "no JSON at all", "400", "Look its code up", true },
        { 400, "{\"error_codes\":[-1]}", "400", "Look its code up", true },
        { 503, "{\"error_codes\":[90033]}", "AADSTS90033", "at the moment", false },
        { 429, "", "429", "at the moment", false },
        { 502, "<html>", "502", "at the moment", false },
        { 200, "{\"id\": \"17", "200", "at the moment", false },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct login_error e = login_error_of(rows[i].status, rows[i].body, strlen(rows[i].body));
        if (strcmp(e.word, rows[i].word) || !strstr(e.advice, rows[i].advice)
                || e.lasting != rows[i].lasting)
            fail_msg("%d %s: %s, %s", rows[i].status, rows[i].body, e.word, e.advice);
    }
}

/* ---- certificates ---- */

struct pair { EVP_PKEY *key; X509 *x509; };

static struct pair new_pair(unsigned bits)
{
    struct pair p = { EVP_RSA_gen(bits), X509_new() };
    X509_gmtime_adj(X509_getm_notBefore(p.x509), 0);
    X509_gmtime_adj(X509_getm_notAfter(p.x509), 3600);
    X509_set_pubkey(p.x509, p.key);
    X509_sign(p.x509, p.key, EVP_sha256());
    return p;
}

static void free_pair(struct pair *p)
{
    EVP_PKEY_free(p->key);
    X509_free(p->x509);
}

static void write_file(const char *path, EVP_PKEY *key, X509 *x509, bool key_first)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    if (key && key_first)
        PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL);
    if (x509)
        PEM_write_X509(file, x509);
    if (key && !key_first)
        PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL);
    fclose(file);
}

static bool verifies(EVP_PKEY *key, struct teams_span text, struct teams_span signature)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    EVP_DigestVerifyInit(ctx, &how, EVP_sha256(), NULL, key);
    EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(how, 32);
    int good = EVP_DigestVerify(ctx, (const unsigned char *)signature.bytes, signature.len,
                                (const unsigned char *)text.bytes, text.len);
    EVP_MD_CTX_free(ctx);
    return good == 1;
}

static json_t *segment(struct teams_span text, struct arena *a)
{
    struct teams_span bytes = teams_base64url(text, a);
    assert_non_null(bytes.bytes);
    return json_loadb(bytes.bytes, bytes.len, JSON_REJECT_DUPLICATES, NULL);
}

static void check_token(const char *token, const struct pair *pair)
{
    struct arena a = { 0 };
    unsigned char print[EVP_MAX_MD_SIZE];
    unsigned print_len = 0;
    const char *dot = strchr(token, '.'), *end = strrchr(token, '.');
    json_t *header = segment((struct teams_span){ token, (size_t)(dot - token) }, &a);
    json_t *claims = segment((struct teams_span){ dot + 1, (size_t)(end - dot - 1) }, &a);
    struct teams_span x5t = teams_base64url(teams_span_of(json_string_value(
        json_object_get(header, "x5t#S256"))), &a);
    X509_digest(pair->x509, EVP_sha256(), print, &print_len);
    assert_int_equal(x5t.len, print_len);
    assert_memory_equal(x5t.bytes, print, print_len);
    assert_string_equal(json_string_value(json_object_get(header, "alg")), "PS256");
    assert_string_equal(json_string_value(json_object_get(claims, "aud")), AUDIENCE);
    assert_string_equal(json_string_value(json_object_get(claims, "iss")), "the-app");
    assert_string_equal(json_string_value(json_object_get(claims, "sub")), "the-app");
    assert_string_equal(json_string_value(json_object_get(claims, "jti")), "an-id");
    assert_int_equal(json_integer_value(json_object_get(claims, "nbf")), 1700000000);
    assert_int_equal(json_integer_value(json_object_get(claims, "exp")), 1700000600);
    struct teams_span signature = teams_base64url(teams_span_of(end + 1), &a);
    assert_true(verifies(pair->key, (struct teams_span){ token, (size_t)(end - token) },
                         signature));
    assert_false(verifies(pair->key, (struct teams_span){ token, (size_t)(end - token - 1) },
                          signature));
    json_decref(header);
    json_decref(claims);
    arena_clear(&a);
}

static void an_assertion_is_signed_as_openssl_checks_it(void **unused)
{
    char path[] = "/tmp/teams_login_test_XXXXXX";
    const char *error = NULL;
    struct pair pair = new_pair(2048);
    int fd = mkstemp(path);
    (void)unused;
    assert_true(fd >= 0);
    close(fd);
    for (int key_first = 0; key_first < 2; key_first++) {
        struct buf token;
        buf_init(&token, 16384);
        write_file(path, pair.key, pair.x509, key_first);
        struct teams_certificate *c = teams_certificate_load(path, &error);
        assert_non_null(c);
        assert_int_equal(teams_assertion(c, &(struct assertion_wish){ .audience = AUDIENCE,
            .client_id = "the-app", .id = "an-id", .now_s = 1700000000 }, &token), 0);
        check_token(token.data, &pair);
        buf_clear(&token);
        teams_certificate_free(c);
    }
    free_pair(&pair);
    unlink(path);
}

static void a_file_that_cannot_sign_says_why(void **unused)
{
    char path[] = "/tmp/teams_login_test_XXXXXX";
    struct pair good = new_pair(2048), other = new_pair(2048), weak = new_pair(1024);
    EVP_PKEY *curve = EVP_EC_gen("P-256");
    int fd = mkstemp(path);
    const struct { EVP_PKEY *key; X509 *x509; const char *word; } rows[] = {
        { NULL, good.x509, "no private key" }, { good.key, NULL, "no certificate" },
        { other.key, good.x509, "does not belong" }, { weak.key, weak.x509, "2048" },
        { curve, good.x509, "RSA" }, { NULL, NULL, "no certificate" },
    };
    (void)unused;
    assert_true(fd >= 0);
    close(fd);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *error = NULL;
        write_file(path, rows[i].key, rows[i].x509, false);
        assert_null(teams_certificate_load(path, &error));
        if (!error || !strstr(error, rows[i].word))
            fail_msg("row %zu: %s", i, error ? error : "no reason");
    }
    const char *error = NULL;
    unlink(path);
    assert_null(teams_certificate_load(path, &error));
    assert_non_null(error);
    free_pair(&good);
    free_pair(&other);
    free_pair(&weak);
    EVP_PKEY_free(curve);
    teams_certificate_free(NULL);
}

static void a_token_is_renewed_five_minutes_before_its_end(void **unused)
{
    static const struct { int64_t life_s, renewed_s; } rows[] = {
        { 3599, 3299 }, { 86400, 86100 }, { 700, 400 }, { 600, 300 }, { 599, 300 }, { 301, 151 },
        { 4, 2 }, { 1, 1 },
    };
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(teams_token_renewal_ms(rows[i].life_s), rows[i].renewed_s * 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_refusal_has_its_sentence),
        cmocka_unit_test(a_token_is_renewed_five_minutes_before_its_end),
        cmocka_unit_test(an_assertion_is_signed_as_openssl_checks_it),
        cmocka_unit_test(a_file_that_cannot_sign_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
