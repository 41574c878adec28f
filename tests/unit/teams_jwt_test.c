/* The thirteen checks of a Teams request: every known attack on a token, with the verdict and the
 * status that it must get. Tokens are made and signed here; keys come from a server on loopback. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/unit/teams_rig.h"

#include "adapters/teams/origin.h"

#define HEAD "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"main\"}"
#define HEAD_OF(kid) "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" kid "\"}"
#define ISS "\"iss\":\"" ISSUER "\""
#define AUD "\"aud\":\"" APP "\""
#define EXP "\"exp\":1767229200"
#define NBF "\"nbf\":1767225000"
#define URL "\"serviceurl\":\"" SERVICE "\""
#define CLAIMS "{" ISS "," AUD "," EXP "," NBF "," URL "}"
#define WITH(more) "{" ISS "," AUD "," EXP "," NBF "," URL "," more "}"
#define X32 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X256 X32 X32 X32 X32 X32 X32 X32 X32
#define DEEP "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
#define NONE "-"                        /* a fact that the body does not have */

/* NULL and 0 stand for what an honest request has. In shape, $h $p $s are the segments, $t is a
 * signature with one bit turned, $0 a NUL, $L 16 kB of letters. PORT in header is that of the key
 * server. */
struct row {
    enum teams_verdict verdict;
    const char *story, *header, *payload, *signed_payload, *shape;
    enum rig_key key;
    enum rig_how how;
    const char *url, *channel, *tenant, *data_tenant;
    int headers;                        /* -1: none */
};

static const struct row rows[] = {
    { VERDICT_ACCEPTED, "an honest request", .headers = 1 },
    { VERDICT_ACCEPTED, "the same token again, from the cache", .headers = 1 },
    { VERDICT_ACCEPTED, "members that nobody knows", .payload = WITH("\"x\":{\"y\":[1]}") },
    { VERDICT_ACCEPTED, "no nbf", .payload = "{" ISS "," AUD "," EXP "," URL "}" },
    { VERDICT_ACCEPTED, "a fraction of a second", .payload = "{" ISS "," AUD "," URL
      ",\"exp\":1767229200.5,\"nbf\":1767225000.25}" },
    /* 1: the header line */
    { VERDICT_NO_HEADER, "no header", .headers = -1 },
    { VERDICT_TWO_HEADERS, "two headers", .headers = 2 },
    { VERDICT_NOT_BEARER, "an empty header", .shape = "" },
    { VERDICT_NOT_BEARER, "the bare word", .shape = "Bearer" },
    { VERDICT_NOT_THREE_PARTS, "nothing behind the word", .shape = "Bearer " },
    { VERDICT_NOT_BEARER, "no word", .shape = "$h.$p.$s" },
    { VERDICT_NOT_BEARER, "lower case", .shape = "bearer $h.$p.$s" },
    { VERDICT_NOT_BEARER, "upper case", .shape = "BEARER $h.$p.$s" },
    { VERDICT_NOT_BEARER, "a tab", .shape = "Bearer\t$h.$p.$s" },
    { VERDICT_NOT_BEARER, "a space before", .shape = " Bearer $h.$p.$s" },
    { VERDICT_NOT_BEARER, "another scheme", .shape = "Basic dXNlcjpwdw==" },
    { VERDICT_NOT_BASE64URL, "two spaces", .shape = "Bearer  $h.$p.$s" },
    { VERDICT_NOT_BASE64URL, "a space behind", .shape = "Bearer $h.$p.$s " },
    { VERDICT_NOT_BASE64URL, "two tokens", .shape = "Bearer $h.$p.$s, Bearer x" },
    { VERDICT_NOT_THREE_PARTS, "one segment", .shape = "Bearer $h" },
    { VERDICT_NOT_THREE_PARTS, "two segments", .shape = "Bearer $h.$p" },
    { VERDICT_NOT_THREE_PARTS, "no signature", .shape = "Bearer $h.$p." },
    { VERDICT_NOT_THREE_PARTS, "no payload", .shape = "Bearer $h..$s" },
    { VERDICT_NOT_THREE_PARTS, "no header segment", .shape = "Bearer .$p.$s" },
    { VERDICT_NOT_THREE_PARTS, "only dots", .shape = "Bearer .." },
    { VERDICT_NOT_THREE_PARTS, "a dot behind", .shape = "Bearer $h.$p.$s." },
    { VERDICT_NOT_THREE_PARTS, "two payloads", .shape = "Bearer $h.$p.$p.$s" },
    { VERDICT_NOT_THREE_PARTS, "an encrypted token's five", .shape = "Bearer $h.$p.$s.$p.$s" },
    { VERDICT_TOO_LONG, "16 kB", .shape = "Bearer $h.$p.$s$L" },
    /* 2: what is inside */
    { VERDICT_NOT_BASE64URL, "padding", .shape = "Bearer $h.$p.$s==" },
    { VERDICT_NOT_BASE64URL, "padding inside", .shape = "Bearer $h=.$p.$s" },
    { VERDICT_NOT_BASE64URL, "the other alphabet", .shape = "Bearer $h.$p.++//$s" },
    { VERDICT_NOT_BASE64URL, "a line break", .shape = "Bearer $h.$p\n.$s" },
    { VERDICT_NOT_BASE64URL, "a NUL behind", .shape = "Bearer $h.$p.$s$0" },
    { VERDICT_NOT_BASE64URL, "a NUL and more behind", .shape = "Bearer $h.$p.$s$0x" },
    { VERDICT_NOT_BASE64URL, "a lone digit", .shape = "Bearer $h.$p.AAAAA" },
    { VERDICT_NOT_BASE64URL, "stray bits", .shape = "Bearer $h.$p.AB" },
    { VERDICT_NOT_JSON, "a header that is none", .header = "alg=RS256" },
    { VERDICT_NOT_JSON, "an array", .payload = "[" CLAIMS "]" },
    { VERDICT_NOT_JSON, "an array for a header", .header = "[" HEAD "]" },
    { VERDICT_NOT_JSON, "a string", .payload = "\"x\"" },
    { VERDICT_NOT_JSON, "something behind", .payload = CLAIMS "{}" },
    { VERDICT_NOT_JSON, "broken UTF-8", .payload = WITH("\"x\":\"\xff\"") },
    { VERDICT_NOT_JSON, "a lone surrogate", .payload = WITH("\"x\":\"\\ud800\"") },
    { VERDICT_NOT_JSON, "a number without end", .payload = "{" ISS ",\"exp\":1e999}" },
    { VERDICT_DUPLICATE, "aud twice", .payload = WITH(AUD) },
    { VERDICT_DUPLICATE, "aud twice, differently", .payload = WITH("\"aud\":\"x\"") },
    { VERDICT_DUPLICATE, "aud twice, escaped", .payload = WITH("\"\\u0061ud\":\"x\"") },
    { VERDICT_DUPLICATE, "exp twice", .payload = WITH("\"exp\":9999999999") },
    { VERDICT_DUPLICATE, "twice, deep inside", .payload = WITH("\"x\":{\"y\":1,\"y\":2}") },
    { VERDICT_DUPLICATE, "alg twice",
      .header = "{\"alg\":\"RS256\",\"alg\":\"none\",\"kid\":\"main\"}" },
    { VERDICT_DUPLICATE, "kid twice",
      .header = "{\"alg\":\"RS256\",\"kid\":\"main\",\"kid\":\"main\"}" },
    { VERDICT_EMBEDDED_NUL, "aud with a NUL behind",
      .payload = "{" ISS "," EXP "," URL ",\"aud\":\"" APP "\\u0000x\"}" },
    { VERDICT_EMBEDDED_NUL, "iss with a NUL behind",
      .payload = "{\"iss\":\"" ISSUER "\\u0000\"," AUD "," EXP "," URL "}" },
    { VERDICT_EMBEDDED_NUL, "alg with a NUL behind",
      .header = "{\"alg\":\"RS256\\u0000\",\"kid\":\"main\"}" },
    { VERDICT_EMBEDDED_NUL, "a name with a NUL", .payload = WITH("\"x\\u0000\":1") },
    { VERDICT_TOO_DEEP, "a deep claim", .payload = WITH("\"x\":" DEEP) },
    { VERDICT_TOO_DEEP, "a deep header", .header = "{\"alg\":" DEEP "}" },
    /* 3: which algorithm, which key */
    { VERDICT_WRONG_ALGORITHM, "alg none", .header = "{\"alg\":\"none\",\"kid\":\"main\"}" },
    { VERDICT_NOT_THREE_PARTS, "alg none, unsigned",
      .header = "{\"alg\":\"none\",\"kid\":\"main\"}", .shape = "Bearer $h.$p." },
    { VERDICT_WRONG_ALGORITHM, "alg None", .header = "{\"alg\":\"None\",\"kid\":\"main\"}" },
    { VERDICT_WRONG_ALGORITHM, "lower case", .header = "{\"alg\":\"rs256\",\"kid\":\"main\"}" },
    { VERDICT_WRONG_ALGORITHM, "no alg", .header = "{\"kid\":\"main\"}" },
    { VERDICT_WRONG_ALGORITHM, "alg null", .header = "{\"alg\":null,\"kid\":\"main\"}" },
    { VERDICT_WRONG_ALGORITHM, "alg list", .header = "{\"alg\":[\"RS256\"],\"kid\":\"main\"}" },
    { VERDICT_WRONG_ALGORITHM, "HS256 with the public key as secret",
      .header = "{\"alg\":\"HS256\",\"kid\":\"main\"}", .how = SIGN_HMAC_OF_PUBLIC_KEY },
    { VERDICT_WRONG_ALGORITHM, "RS512", .header = "{\"alg\":\"RS512\",\"kid\":\"main\"}",
      .how = SIGN_RS512 },
    { VERDICT_WRONG_ALGORITHM, "PS256", .header = "{\"alg\":\"PS256\",\"kid\":\"main\"}",
      .how = SIGN_PS256 },
    { VERDICT_WRONG_ALGORITHM, "ES256", .header = "{\"alg\":\"ES256\",\"kid\":\"curve\"}",
      .key = KEY_EC },
    { VERDICT_CRITICAL_EXTENSION, "crit",
      .header = "{\"alg\":\"RS256\",\"kid\":\"main\",\"crit\":[\"exp\"]}" },
    { VERDICT_CRITICAL_EXTENSION, "crit null",
      .header = "{\"alg\":\"RS256\",\"kid\":\"main\",\"crit\":null}" },
    { VERDICT_BAD_KEY_ID, "no kid", .header = "{\"alg\":\"RS256\"}" },
    { VERDICT_BAD_KEY_ID, "an empty kid", .header = HEAD_OF("") },
    { VERDICT_BAD_KEY_ID, "kid number", .header = "{\"alg\":\"RS256\",\"kid\":1}" },
    { VERDICT_BAD_KEY_ID, "kid of 257 bytes", .header = HEAD_OF(X256 "x") },
    { VERDICT_UNKNOWN_KEY, "kid of 256 bytes", .header = HEAD_OF(X256) },
    /* 4: issuer */
    { VERDICT_WRONG_ISSUER, "an Emulator's token, version 1", .payload = "{" AUD "," EXP "," URL
      ",\"iss\":\"https://sts.windows.net/" TENANT "/\",\"ver\":\"1.0\",\"appid\":\"" APP "\"}" },
    { VERDICT_WRONG_ISSUER, "an Emulator's token, version 2", .payload = "{" AUD "," EXP "," URL
      ",\"iss\":\"https://login.microsoftonline.com/" TENANT "/v2.0\",\"ver\":\"2.0\","
      "\"azp\":\"" APP "\"}" },
    { VERDICT_WRONG_ISSUER, "a skill's token", .payload = "{" AUD "," EXP "," URL
      ",\"iss\":\"https://sts.windows.net/x/\",\"ver\":\"1.0\",\"appid\":\"another\"}" },
    { VERDICT_WRONG_ISSUER, "no issuer", .payload = "{" AUD "," EXP "," URL "}" },
    { VERDICT_WRONG_ISSUER, "a slash behind",
      .payload = "{" AUD "," EXP "," URL ",\"iss\":\"" ISSUER "/\"}" },
    { VERDICT_WRONG_ISSUER, "another cloud",
      .payload = "{" AUD "," EXP "," URL ",\"iss\":\"https://api.botframework.us\"}" },
    { VERDICT_WRONG_ISSUER, "an issuer list",
      .payload = "{" AUD "," EXP "," URL ",\"iss\":[\"" ISSUER "\"]}" },
    /* 5: audience */
    { VERDICT_WRONG_AUDIENCE, "no audience", .payload = "{" ISS "," EXP "," URL "}" },
    { VERDICT_WRONG_AUDIENCE, "an audience list",
      .payload = "{" ISS "," EXP "," URL ",\"aud\":[\"" APP "\"]}" },
    { VERDICT_WRONG_AUDIENCE, "another bot",
      .payload = "{" ISS "," EXP "," URL ",\"aud\":\"0c5cfdbb-0000-4a9e-9f6b-1d2f8a7f3c11\"}" },
    { VERDICT_WRONG_AUDIENCE, "a prefix", .payload = "{" ISS "," EXP "," URL ",\"aud\":\"0c5\"}" },
    { VERDICT_WRONG_AUDIENCE, "something behind",
      .payload = "{" ISS "," EXP "," URL ",\"aud\":\"" APP " \"}" },
    { VERDICT_WRONG_AUDIENCE, "an empty one", .payload = "{" ISS "," EXP "," URL ",\"aud\":\"\"}" },
    { VERDICT_WRONG_AUDIENCE, "appid instead",
      .payload = "{" ISS "," EXP "," URL ",\"appid\":\"" APP "\"}" },
    /* 6: time; the clock stands at 1767225600 */
    { VERDICT_ACCEPTED, "expired for five minutes",
      .payload = "{" ISS "," AUD "," URL ",\"exp\":1767225300}" },
    { VERDICT_EXPIRED, "and a second", .payload = "{" ISS "," AUD "," URL ",\"exp\":1767225299}" },
    { VERDICT_EXPIRED, "expired in 1970", .payload = "{" ISS "," AUD "," URL ",\"exp\":0}" },
    { VERDICT_EXPIRED, "a negative exp",
      .payload = "{" ISS "," AUD "," URL ",\"exp\":-9223372036854775808}" },
    { VERDICT_ACCEPTED, "the largest exp",
      .payload = "{" ISS "," AUD "," URL ",\"exp\":9223372036854775807}" },
    { VERDICT_NO_EXPIRY, "no exp", .payload = "{" ISS "," AUD "," URL "}" },
    { VERDICT_NO_EXPIRY, "exp text",
      .payload = "{" ISS "," AUD "," URL ",\"exp\":\"1767229200\"}" },
    { VERDICT_NO_EXPIRY, "exp null", .payload = "{" ISS "," AUD "," URL ",\"exp\":null}" },
    { VERDICT_NO_EXPIRY, "exp true", .payload = "{" ISS "," AUD "," URL ",\"exp\":true}" },
    { VERDICT_ACCEPTED, "valid in five minutes",
      .payload = "{" ISS "," AUD "," EXP "," URL ",\"nbf\":1767225900}" },
    { VERDICT_NOT_YET_VALID, "and a second",
      .payload = "{" ISS "," AUD "," EXP "," URL ",\"nbf\":1767225901}" },
    { VERDICT_BAD_NOT_BEFORE, "nbf text",
      .payload = "{" ISS "," AUD "," EXP "," URL ",\"nbf\":\"1\"}" },
    { VERDICT_BAD_NOT_BEFORE, "nbf null",
      .payload = "{" ISS "," AUD "," EXP "," URL ",\"nbf\":null}" },
    /* 7: where to answer */
    { VERDICT_NO_SERVICE_URL, "no serviceUrl in the body", .url = NONE },
    { VERDICT_NO_SERVICE_URL, "an empty or odd one in the body", .url = "" },
    { VERDICT_SERVICE_URL_UNCLAIMED, "not in the token", .payload = "{" ISS "," AUD "," EXP "}" },
    { VERDICT_SERVICE_URL_UNCLAIMED, "a claim in other letters",
      .payload = "{" ISS "," AUD "," EXP ",\"serviceUrl\":\"" SERVICE "\"}" },
    { VERDICT_SERVICE_URL_UNCLAIMED, "an empty claim",
      .payload = "{" ISS "," AUD "," EXP ",\"serviceurl\":\"\"}" },
    { VERDICT_SERVICE_URL_UNCLAIMED, "a list",
      .payload = "{" ISS "," AUD "," EXP ",\"serviceurl\":[\"" SERVICE "\"]}" },
    { VERDICT_SERVICE_URL_DIFFERS, "another place",
      .url = "https://smba.trafficmanager.net/amer/" },
    { VERDICT_SERVICE_URL_DIFFERS, "no slash behind",
      .url = "https://smba.trafficmanager.net/emea" },
    { VERDICT_SERVICE_URL_DIFFERS, "in capitals", .url = "https://SMBA.trafficmanager.net/emea/" },
    /* 8: channel */
    { VERDICT_WRONG_CHANNEL, "no channel", .channel = NONE },
    { VERDICT_WRONG_CHANNEL, "the emulator's", .channel = "emulator" },
    { VERDICT_WRONG_CHANNEL, "the web chat's", .channel = "webchat", .header = HEAD_OF("webchat") },
    { VERDICT_WRONG_CHANNEL, "capitals", .channel = "MSTeams" },
    { VERDICT_WRONG_CHANNEL, "more behind", .channel = "msteams2" },
    /* 9: may we go there */
    { VERDICT_HOST_NOT_ALLOWED, "a strange host", .url = "https://evil.example/",
      .payload = "{" ISS "," AUD "," EXP ",\"serviceurl\":\"https://evil.example/\"}" },
    { VERDICT_HOST_NOT_ALLOWED, "without TLS", .url = "http://smba.trafficmanager.net/emea/",
      .payload = "{" ISS "," AUD "," EXP
                 ",\"serviceurl\":\"http://smba.trafficmanager.net/emea/\"}" },
    /* 10: which key */
    { VERDICT_UNKNOWN_KEY, "a strange key", .header = HEAD_OF("stranger"), .key = KEY_OTHER },
    { VERDICT_UNKNOWN_KEY, "kid in capitals", .header = HEAD_OF("MAIN") },
    { VERDICT_UNKNOWN_KEY, "kid and more", .header = HEAD_OF("main ") },
    { VERDICT_UNKNOWN_KEY, "a path for a kid", .header = HEAD_OF("../../dev/null") },
    { VERDICT_UNFIT_KEY, "1024 bits", .header = HEAD_OF("weak"), .key = KEY_WEAK },
    { VERDICT_UNFIT_KEY, "a curve", .header = HEAD_OF("curve"), .key = KEY_EC },
    { VERDICT_UNFIT_KEY, "for encryption", .header = HEAD_OF("enc") },
    { VERDICT_UNFIT_KEY, "for PS256", .header = HEAD_OF("pss"), .how = SIGN_PS256 },
    /* 11: endorsements */
    { VERDICT_NOT_ENDORSED, "no endorsements", .header = HEAD_OF("bare") },
    { VERDICT_NOT_ENDORSED, "an empty list", .header = HEAD_OF("empty") },
    { VERDICT_NOT_ENDORSED, "no list", .header = HEAD_OF("text") },
    { VERDICT_NOT_ENDORSED, "another channel's", .header = HEAD_OF("webchat") },
    { VERDICT_NOT_ENDORSED, "in capitals", .header = HEAD_OF("capitals") },
    /* 12: signature */
    { VERDICT_BAD_SIGNATURE, "another payload", .signed_payload = CLAIMS,
      .payload = WITH("\"x\":1") },
    { VERDICT_BAD_SIGNATURE, "one bit", .shape = "Bearer $h.$p.$t" },
    { VERDICT_BAD_SIGNATURE, "cut off", .shape = "Bearer $h.$p.AAAA" },
    { VERDICT_BAD_SIGNATURE, "another key", .key = KEY_OTHER },
    { VERDICT_BAD_SIGNATURE, "SHA-512 beneath RS256", .how = SIGN_RS512 },
    { VERDICT_BAD_SIGNATURE, "PSS beneath RS256", .how = SIGN_PS256 },
    { VERDICT_BAD_SIGNATURE, "an HMAC beneath RS256", .how = SIGN_HMAC_OF_PUBLIC_KEY },
    { VERDICT_BAD_SIGNATURE, "the weak key in the good one's name", .key = KEY_WEAK },
    { VERDICT_BAD_SIGNATURE, "its own key, and where to fetch it", .key = KEY_OTHER,
      .header = "{\"alg\":\"RS256\",\"kid\":\"main\",\"jwk\":{\"kty\":\"RSA\",\"kid\":\"main\"},"
                "\"jku\":\"http://127.0.0.1:PORT/elsewhere\","
                "\"x5u\":\"http://127.0.0.1:PORT/elsewhere\","
                "\"x5c\":[\"AAAA\"]}" },
    { VERDICT_ACCEPTED, "a good signature, whatever jku says",
      .header = "{\"alg\":\"RS256\",\"kid\":\"main\","
                "\"jku\":\"http://127.0.0.1:PORT/elsewhere\"}" },
    /* 13: tenant */
    { VERDICT_ACCEPTED, "a tenant in one place", .tenant = NONE },
    { VERDICT_ACCEPTED, "a tenant in the other", .data_tenant = NONE },
    { VERDICT_ACCEPTED, "the second tenant", .tenant = "tenant-2", .data_tenant = "tenant-2" },
    { VERDICT_NO_TENANT, "in no place", .tenant = NONE, .data_tenant = NONE },
    { VERDICT_TENANTS_DIFFER, "two of ours", .data_tenant = "tenant-2" },
    { VERDICT_TENANTS_DIFFER, "one of ours", .tenant = "strange" },
    { VERDICT_TENANTS_DIFFER, "an empty one", .data_tenant = "" },
    { VERDICT_WRONG_TENANT, "a strange one", .tenant = "strange", .data_tenant = "strange" },
    { VERDICT_WRONG_TENANT, "a prefix", .tenant = NONE, .data_tenant = "tenant-" },
    { VERDICT_WRONG_TENANT, "an empty one alone", .tenant = "", .data_tenant = NONE },
    { VERDICT_BAD_SIGNATURE, "a stranger learns nothing about tenants", .tenant = "strange",
      .key = KEY_OTHER },
};

/* ---- from a row to a request ---- */

static const char *const hosts[] = { "smba.trafficmanager.net", NULL };
static const char *const tenants[] = { TENANT, "Tenant-2", NULL };
static const struct text_list host_list = { hosts, 1 }, tenant_list = { tenants, 2 };

static struct teams_rules rules(void)
{
    return (struct teams_rules){ teams_span_of(APP), teams_span_of(ISSUER),
                                 teams_span_of("msteams"), &host_list, &tenant_list };
}

static struct teams_span fact(const char *given, const char *usual)
{
    return teams_span_of(!given ? usual : strcmp(given, NONE) == 0 ? NULL : given);
}

static void turn_a_bit(struct buf *out, const struct buf *signature)
{
    buf_char(out, signature->data[0] == 'A' ? 'B' : 'A');
    buf_text(out, signature->data + 1);
}

static void shape(struct buf *out, const char *form, const struct rig_token *t)
{
    for (; *form; form++) {
        if (*form != '$') {
            buf_char(out, *form);
            continue;
        }
        switch (*++form) {
        case 'h': buf_add(out, t->header.data, t->header.len); break;
        case 'p': buf_add(out, t->payload.data, t->payload.len); break;
        case 's': buf_add(out, t->signature.data, t->signature.len); break;
        case 't': turn_a_bit(out, &t->signature); break;
        case '0': buf_char(out, '\0'); break;
        default:
            for (int i = 0; i < 16000; i++)
                buf_char(out, 'A');
        }
    }
}

static void with_port(char *out, size_t size, const char *text, const struct rig *r)
{
    const char *at;
    size_t len = 0;
    for (; (at = strstr(text, "PORT")); text = at + 4)
        len += (size_t)snprintf(out + len, size - len, "%.*s%d", (int)(at - text), text,
                                http_port(r->server));
    snprintf(out + len, size - len, "%s", text);
}

static void make_header(struct buf *out, const struct row *row, const struct rig *r)
{
    struct rig_token t, shown;
    char header[1000];
    with_port(header, sizeof header, row->header ? row->header : HEAD, r);
    const char *payload = row->payload ? row->payload : CLAIMS;
    rig_token(&t, header, row->signed_payload ? row->signed_payload : payload, rig_keys[row->key],
              row->how);
    rig_token(&shown, header, payload, rig_keys[KEY_MAIN], SIGN_RS256);
    buf_clear(&shown.signature);
    shown.signature = t.signature;
    shape(out, row->shape ? row->shape : "Bearer $h.$p.$s", &shown);
    buf_init(&t.signature, 0);
    rig_token_clear(&t);
    rig_token_clear(&shown);
}

struct outcome {
    struct rig *rig;
    int calls;
    enum teams_verdict verdict;
};

static void on_verdict(void *ctx, enum teams_verdict v)
{
    struct outcome *o = ctx;
    o->calls++;
    o->verdict = v;
    rig_stop(o->rig);
}

static struct teams_auth_request request_of(const struct row *row, const struct buf *header)
{
    return (struct teams_auth_request){
        .authorization = { header->data ? header->data : "", header->len },
        .authorization_count = (size_t)(row->headers < 0 ? 0 : row->headers ? row->headers : 1),
        .facts = { fact(row->url, SERVICE), fact(row->channel, "msteams"),
                   fact(row->tenant, TENANT), fact(row->data_tenant, TENANT) },
        .now_ms = NOW_S * 1000,
    };
}

static enum teams_verdict judge(struct rig *r, struct teams_auth *auth,
                                const struct teams_auth_request *request)
{
    struct outcome o = { .rig = r };
    teams_auth_check(auth, request, on_verdict, &o);
    if (!o.calls)
        rig_run(r, 3000);
    assert_int_equal(o.calls, 1);
    return o.verdict;
}

static void open_with_keys(struct rig *r, struct teams_auth **auth)
{
    static const struct { const char *kid; enum rig_key key; const char *more; } keys[] = {
        { "main", KEY_MAIN, ",\"use\":\"sig\",\"endorsements\":[\"webchat\",7,\"msteams\"]" },
        { "weak", KEY_WEAK, ",\"endorsements\":[\"msteams\"]" },
        { "curve", KEY_EC, ",\"crv\":\"P-256\",\"endorsements\":[\"msteams\"]" },
        { "enc", KEY_MAIN, ",\"use\":\"enc\",\"endorsements\":[\"msteams\"]" },
        { "pss", KEY_MAIN, ",\"alg\":\"PS256\",\"endorsements\":[\"msteams\"]" },
        { "bare", KEY_MAIN, "" },
        { "empty", KEY_MAIN, ",\"endorsements\":[]" },
        { "text", KEY_MAIN, ",\"endorsements\":\"msteams\"" },
        { "webchat", KEY_MAIN, ",\"endorsements\":[\"webchat\"]" },
        { "capitals", KEY_MAIN, ",\"endorsements\":[\"MSTeams\"]" },
    };
    struct teams_rules ours = rules();
    rig_open(r, 0);
    for (size_t i = 0; i < COUNT(keys); i++)
        rig_jwk(&r->jwks, keys[i].kid, rig_keys[keys[i].key], keys[i].more);
    *auth = teams_auth_new(&ours, r->keys);
}

static void each_token_gets_its_verdict(void **unused)
{
    struct rig r;
    struct teams_auth *auth;
    (void)unused;
    open_with_keys(&r, &auth);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct row *row = &rows[i];
        struct buf header;
        buf_init(&header, 100000);
        make_header(&header, row, &r);
        struct teams_auth_request request = request_of(row, &header);
        enum teams_verdict got = judge(&r, auth, &request);
        int status = got == VERDICT_ACCEPTED ? 200
                     : got == VERDICT_NOT_ENDORSED || got >= VERDICT_NO_TENANT ? 403 : 401;
        if (got != row->verdict || teams_verdict_row(got)->status != status)
            fail_msg("%s: %s %d instead of %s", row->story, teams_verdict_row(got)->word,
                     teams_verdict_row(got)->status, teams_verdict_row(row->verdict)->word);
        buf_clear(&header);
    }
    assert_int_equal(r.keys_hits, 2);           /* all unknown kids made it ask again once, */
    assert_int_equal(r.elsewhere_hits, 0);      /* or ask elsewhere */
    rig_close(&r);
    teams_auth_free(auth);
}

/* Whatever the verdict is called: one character changed, or an end missing, and it is refused. */
static void no_neighbour_of_a_good_token_passes(void **unused)
{
    struct rig r;
    struct teams_auth *auth;
    struct buf header;
    (void)unused;
    open_with_keys(&r, &auth);
    buf_init(&header, 100000);
    make_header(&header, &rows[0], &r);
    struct teams_auth_request request = request_of(&rows[0], &header);
    assert_int_equal(judge(&r, auth, &request), VERDICT_ACCEPTED);
    for (size_t i = 0; i < header.len; i++) {
        char kept = header.data[i];
        header.data[i] = kept == 'A' ? 'B' : 'A';
        assert_int_not_equal(judge(&r, auth, &request), VERDICT_ACCEPTED);
        header.data[i] = kept;
        request.authorization.len = i;
        assert_int_not_equal(judge(&r, auth, &request), VERDICT_ACCEPTED);
        request.authorization.len = header.len;
    }
    assert_int_equal(judge(&r, auth, &request), VERDICT_ACCEPTED);
    buf_clear(&header);
    rig_close(&r);
    teams_auth_free(auth);
}

/* The cache answers for the signature only. */
static void a_remembered_token_is_checked_all_the_same(void **unused)
{
    struct rig r;
    struct teams_auth *auth;
    struct buf header;
    (void)unused;
    open_with_keys(&r, &auth);
    buf_init(&header, 100000);
    make_header(&header, &rows[0], &r);
    const struct teams_auth_request good = request_of(&rows[0], &header);
    struct teams_auth_request q = good;
    assert_int_equal(judge(&r, auth, &q), VERDICT_ACCEPTED);
    q.now_ms = (INT64_C(1767229200) + 301) * 1000;
    assert_int_equal(judge(&r, auth, &q), VERDICT_EXPIRED);
    q = good;
    q.facts.service_url = teams_span_of("https://smba.trafficmanager.net/amer/");
    assert_int_equal(judge(&r, auth, &q), VERDICT_SERVICE_URL_DIFFERS);
    q = good;
    q.facts.channel_id = (struct teams_span){ "msteams\0x", 9 };
    assert_int_equal(judge(&r, auth, &q), VERDICT_WRONG_CHANNEL);
    q = good;
    q.facts.conversation_tenant = (struct teams_span){ TENANT "\0", sizeof TENANT };
    assert_int_equal(judge(&r, auth, &q), VERDICT_TENANTS_DIFFER);
    q.facts.channel_data_tenant = q.facts.conversation_tenant;
    assert_int_equal(judge(&r, auth, &q), VERDICT_WRONG_TENANT);
    q = good;
    q.authorization_count = 2;
    assert_int_equal(judge(&r, auth, &q), VERDICT_TWO_HEADERS);
    assert_int_equal(judge(&r, auth, &good), VERDICT_ACCEPTED);
    buf_clear(&header);
    rig_close(&r);
    teams_auth_free(auth);
}

/* A day later the key is gone, lost its endorsement, or its kid belongs to another one. */
static void a_remembered_token_goes_with_its_key(void **unused)
{
    static const struct {
        const char *story, *kid, *more;
        enum rig_key key;
        enum teams_verdict verdict;
    } ways[] = {
        { "the same again", "main", ",\"endorsements\":[\"msteams\"]", KEY_MAIN, VERDICT_ACCEPTED },
        { "gone", "next", ",\"endorsements\":[\"msteams\"]", KEY_OTHER, VERDICT_UNKNOWN_KEY },
        { "another key", "main", ",\"endorsements\":[\"msteams\"]", KEY_OTHER,
          VERDICT_BAD_SIGNATURE },
        { "no endorsement", "main", "", KEY_MAIN, VERDICT_NOT_ENDORSED },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(ways); i++) {
        struct rig r;
        struct teams_auth *auth;
        struct buf header;
        open_with_keys(&r, &auth);
        buf_init(&header, 100000);
        make_header(&header, &rows[0], &r);
        struct teams_auth_request q = request_of(&rows[0], &header);
        assert_int_equal(judge(&r, auth, &q), VERDICT_ACCEPTED);
        buf_reset(&r.jwks);
        rig_jwk(&r.jwks, ways[i].kid, rig_keys[ways[i].key], ways[i].more);
        r.clock_ms += TEAMS_KEYS_REFRESH_MS;
        enum teams_verdict got = judge(&r, auth, &q);
        if (got != ways[i].verdict)
            fail_msg("%s: %s", ways[i].story, teams_verdict_row(got)->word);
        buf_clear(&header);
        rig_close(&r);
        teams_auth_free(auth);
    }
}

/* ---- where a URL leads ---- */

static void service_urls_are_read_strictly(void **unused)
{
    static const char *const items[] = { "a.example", "B.example:8443", "127.0.0.1", "[::1]:90",
                                         "localhost:81", "10.0.0.1", "bad host", "", "x:0", NULL };
    static const struct text_list list = { items, COUNT(items) - 1 };
    static const struct { const char *url; bool allowed; } urls[] = {
        { "https://a.example", true }, { "https://a.example/", true },
        { "https://A.EXAMPLE/x", true }, { "https://a.example:443/x", true },
        { "https://b.example:8443/", true }, { "http://127.0.0.1:1234/", true },
        { "https://127.0.0.1:1234/", true }, { "http://[::1]:90/", true },
        { "http://localhost:81/", true }, { "https://10.0.0.1/", true },
        { "https://a.example:444/", false }, { "https://b.example/", false },
        { "http://a.example/", false }, { "http://a.example:443/", false },
        { "http://10.0.0.1/", false }, { "http://localhost:82/", false },
        { "http://127.0.0.2/", false }, { "http://127.1/", false }, { "http://2130706433/", false },
        { "http://0x7f000001/", false }, { "http://[::1]/", false }, { "http://[::1/", false },
        { "https://a.example./", false }, { "https://.a.example/", false },
        { "https://a..example/", false }, { "https://xa.example/", false },
        { "https://a.example.evil/", false }, { "https://evil/a.example", false },
        { "https://a.example@evil/", false }, { "https://evil@a.example/", false },
        { "https://a.example:443@evil/", false }, { "https://a.example\\@evil/", false },
        { "https://evil\\a.example/", false }, { "https://evil#a.example/", false },
        { "https://a.example/#x", false }, { "https://a.example/?x", false },
        { "https://a.example?x", false }, { "https://a%2eexample/", false },
        { "https://a.example:/", false }, { "https://a.example:0/", false },
        { "https://a.example:65536/", false }, { "https://a.example:+443/", false },
        { "https://a.example:0443443/", false }, { "https://a.example /", false },
        { "https://a.example/\t", false }, { "https://\xd0\xb0.example/", false },
        { "HTTPS://a.example/", false }, { "https:/a.example/", false }, { "//a.example/", false },
        { "a.example", false }, { "https://", false }, { "https:///", false }, { "", false },
        { "ftp://a.example/", false }, { "https://bad host/", false }, { "https://x/", false },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(urls); i++)
        if (teams_service_url_is_allowed(teams_span_of(urls[i].url), &list) != urls[i].allowed)
            fail_msg("%s", urls[i].url);
    assert_false(teams_service_url_is_allowed((struct teams_span){ "https://a.example\0.evil", 23 },
                                              &list));
    assert_false(teams_service_url_is_allowed(teams_span_of(SERVICE), &(struct text_list){ 0 }));
    assert_true(teams_service_url_is_allowed(teams_span_of(SERVICE),
                                             teams_default_service_hosts()));
}

static void keys_come_from_the_same_house(void **unused)
{
    static const struct { const char *metadata, *jwks; bool allowed; } pairs[] = {
        { "https://login.botframework.com/v1/x", "https://login.botframework.com/v1/keys", true },
        { "https://login.botframework.com/v1/x", "https://keys.botframework.com:8443/k", true },
        { "https://login.botframework.azure.us/x", "https://login.botframework.azure.us/k", true },
        { "https://login.botframework.com/v1/x", "http://login.botframework.com/v1/keys", false },
        { "https://login.botframework.com/v1/x", "https://evilbotframework.com/k", false },
        { "https://login.botframework.com/v1/x", "https://botframework.com.evil/k", false },
        { "https://login.botframework.com/v1/x", "https://x.com/k", false },
        { "https://login.botframework.com/v1/x", "https://127.0.0.1/k", false },
        { "https://login.botframework.com/v1/x", "http://127.0.0.1/k", false },
        { "https://login.botframework.com/v1/x", "file:///etc/passwd", false },
        { "https://login.botframework.com/v1/x", "", false },
        { "https://a.firm.co.uk/m", "https://b.firm.co.uk/k", true },
        { "https://a.firm.co.uk/m", "https://b.other.co.uk/k", false },
        { "https://10.0.0.1/m", "https://10.0.0.1/k", true },
        { "https://10.0.0.1/m", "https://11.0.0.1/k", false },
        { "http://127.0.0.1:9/m", "http://localhost:8/k", true },
        { "http://127.0.0.1:9/m", "http://[::1]:8/k", true },
        { "http://127.0.0.1:9/m", "https://login.botframework.com/k", false },
        { "http://127.0.0.1:9/m", "http://10.0.0.1/k", false },
        { "http://login.botframework.com/m", "http://login.botframework.com/k", false },
        { "http://login.botframework.com/m", "http://127.0.0.1/k", false },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (teams_keys_url_is_allowed(teams_span_of(pairs[i].metadata),
                                      teams_span_of(pairs[i].jwks)) != pairs[i].allowed)
            fail_msg("%s -> %s", pairs[i].metadata, pairs[i].jwks);
}

static void each_cloud_has_its_issuer(void **unused)
{
    static const struct { const char *url, *issuer; } clouds[] = {
        { "https://login.botframework.com/v1/.well-known/openidconfiguration", ISSUER },
        { "https://login.botframework.azure.us/v1/x", "https://api.botframework.us" },
        { "https://LOGIN.botframework.azure.cn/v1/x", "https://api.botframework.azure.cn" },
        { "https://login.botframework.azure.us.evil/v1/x", ISSUER },
        { "http://127.0.0.1:9/x", ISSUER }, { "", ISSUER },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(clouds); i++)
        assert_string_equal(teams_issuer_of(teams_span_of(clouds[i].url)), clouds[i].issuer);
}

static void base64url_has_one_spelling(void **unused)
{
    struct arena a = { 0 };
    char text[200];
    unsigned char bytes[100];
    (void)unused;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * 37 + 11);
    for (size_t len = 1; len <= sizeof bytes; len++) {
        hash_base64url(bytes, len, text);
        struct teams_span back = teams_base64url(teams_span_of(text), &a);
        assert_int_equal(back.len, len);
        assert_memory_equal(back.bytes, bytes, len);
    }
    static const char *const refused[] = { "A", "AAAAA", "AB", "AAB", "A=", "AA==", "A+AA", "A/AA",
                                           " AAA", "AA\n", "\xc3\xa4", "_-_-." };
    for (size_t i = 0; i < COUNT(refused); i++)
        assert_null(teams_base64url(teams_span_of(refused[i]), &a).bytes);
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_token_gets_its_verdict),
        cmocka_unit_test(no_neighbour_of_a_good_token_passes),
        cmocka_unit_test(a_remembered_token_is_checked_all_the_same),
        cmocka_unit_test(a_remembered_token_goes_with_its_key),
        cmocka_unit_test(service_urls_are_read_strictly),
        cmocka_unit_test(keys_come_from_the_same_house),
        cmocka_unit_test(each_cloud_has_its_issuer),
        cmocka_unit_test(base64url_has_one_spelling),
    };
    return cmocka_run_group_tests(tests, rig_make_keys, rig_free_keys);
}
