#include "adapters/teams/jwt.h"

#include "adapters/teams/origin.h"
#include "adapters/teams/strict_json.h"

/* ---- base64url ---- */

static int digit_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

struct teams_span teams_base64url(struct teams_span text, struct arena *a)
{
    const struct teams_span refused = { 0 };
    char *out = arena_alloc(a, text.len / 4 * 3 + 3);
    size_t len = 0;
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = digit_of(text.bytes[i]);
        if (digit < 0)
            return refused;
        bits = bits << 6 | (uint32_t)digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out[len++] = (char)(bits >> count & 255);
        }
    }
    /* A lone digit holds no byte; bits that are left over are zero in the one right spelling. */
    if (text.len % 4 == 1 || (bits & ((UINT32_C(1) << count) - 1)))
        return refused;
    return (struct teams_span){ out, len };
}

/* ---- check 1: the header line ---- */

static struct teams_span until_dot(struct teams_span *text)
{
    const char *dot = text->len ? memchr(text->bytes, '.', text->len) : NULL;
    struct teams_span part = { text->bytes, dot ? (size_t)(dot - text->bytes) : text->len };
    size_t taken = part.len + (dot ? 1 : 0);
    *text = (struct teams_span){ text->bytes + taken, text->len - taken };
    return part;
}

static enum teams_verdict find_token(struct teams_span header, size_t count,
                                     struct teams_span *token)
{
    static const char bearer[] = "Bearer ";
    size_t skip = sizeof bearer - 1;
    if (!count || !header.bytes)
        return VERDICT_NO_HEADER;
    if (count > 1)
        return VERDICT_TWO_HEADERS;
    if (header.len > TEAMS_HEADER_MAX)
        return VERDICT_TOO_LONG;
    if (header.len < skip || memcmp(header.bytes, bearer, skip) != 0)
        return VERDICT_NOT_BEARER;
    *token = (struct teams_span){ header.bytes + skip, header.len - skip };
    return VERDICT_ACCEPTED;
}

/* Exactly three: a fourth would have to begin behind a third dot, which no segment may hold. */
static enum teams_verdict split(const struct teams_jwt *t, struct teams_span parts[3])
{
    struct teams_span left = t->token;
    for (int i = 0; i < 3; i++)
        parts[i] = until_dot(&left);
    size_t whole = parts[0].len + parts[1].len + parts[2].len + 2;
    bool three = parts[0].len && parts[1].len && parts[2].len && whole == t->token.len;
    return three ? VERDICT_ACCEPTED : VERDICT_NOT_THREE_PARTS;
}

/* ---- checks 2 and 3: what is inside ---- */

static struct teams_span text_of(const json_t *object, const char *name, struct arena *a)
{
    struct teams_span s = strict_json_text(object, name);
    return s.bytes ? (struct teams_span){ arena_copy_n(a, s.bytes, s.len), s.len } : s;
}

static struct teams_claim_time time_of(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    return (struct teams_claim_time){ .present = value, .is_number = json_is_number(value),
                                      .at_s = json_number_value(value) };
}

/* jku, x5u, jwk and x5c are not looked at: a token does not say which key to trust it by. */
static enum teams_verdict read_header(const json_t *header, struct arena *a, struct teams_jwt *t)
{
    if (!teams_span_equal(strict_json_text(header, "alg"), teams_span_of("RS256")))
        return VERDICT_WRONG_ALGORITHM;
    if (json_object_get(header, "crit"))
        return VERDICT_CRITICAL_EXTENSION;
    t->kid = text_of(header, "kid", a);
    return t->kid.len && t->kid.len <= TEAMS_KID_MAX ? VERDICT_ACCEPTED : VERDICT_BAD_KEY_ID;
}

static void read_payload(const json_t *payload, struct arena *a, struct teams_jwt *t)
{
    t->issuer = text_of(payload, "iss", a);
    t->audience = text_of(payload, "aud", a);
    t->service_url = text_of(payload, "serviceurl", a);
    t->expires = time_of(payload, "exp");
    t->not_before = time_of(payload, "nbf");
}

static enum teams_verdict read_parts(const struct teams_span parts[3], struct arena *a,
                                     struct teams_jwt *t)
{
    struct teams_span header = teams_base64url(parts[0], a), payload = teams_base64url(parts[1], a);
    json_t *header_json = NULL, *payload_json = NULL;
    t->signature = teams_base64url(parts[2], a);
    if (!header.bytes || !payload.bytes || !t->signature.bytes)
        return VERDICT_NOT_BASE64URL;
    enum teams_verdict v = strict_json_object(header, &header_json);
    if (v == VERDICT_ACCEPTED)
        v = strict_json_object(payload, &payload_json);
    if (v == VERDICT_ACCEPTED)
        v = read_header(header_json, a, t);
    if (v == VERDICT_ACCEPTED)
        read_payload(payload_json, a, t);
    json_decref(header_json);
    json_decref(payload_json);
    return v;
}

enum teams_verdict teams_jwt_parse(struct teams_span authorization, size_t count, struct arena *a,
                                   struct teams_jwt *out)
{
    struct teams_span parts[3], token;
    *out = (struct teams_jwt){ 0 };
    enum teams_verdict v = find_token(authorization, count, &token);
    if (v != VERDICT_ACCEPTED)
        return v;
    out->token = (struct teams_span){ arena_copy_n(a, token.bytes, token.len), token.len };
    v = split(out, parts);
    if (v != VERDICT_ACCEPTED)
        return v;
    out->signed_part = (struct teams_span){ out->token.bytes, parts[0].len + 1 + parts[1].len };
    return read_parts(parts, a, out);
}

/* ---- checks 4 to 9: does it fit ---- */

static enum teams_verdict check_expiry(const struct teams_claim_time *t, double now_s)
{
    if (!t->is_number)
        return VERDICT_NO_EXPIRY;
    return t->at_s + TEAMS_SKEW_S >= now_s ? VERDICT_ACCEPTED : VERDICT_EXPIRED;
}

static enum teams_verdict check_not_before(const struct teams_claim_time *t, double now_s)
{
    if (!t->present)
        return VERDICT_ACCEPTED;
    if (!t->is_number)
        return VERDICT_BAD_NOT_BEFORE;
    return t->at_s - TEAMS_SKEW_S <= now_s ? VERDICT_ACCEPTED : VERDICT_NOT_YET_VALID;
}

/* In whole seconds, as claims are. */
static enum teams_verdict check_times(const struct teams_jwt *t, int64_t now_ms)
{
    double now_s = (double)(now_ms / 1000);
    enum teams_verdict v = check_expiry(&t->expires, now_s);
    return v == VERDICT_ACCEPTED ? check_not_before(&t->not_before, now_s) : v;
}

/* The claim ties the token to one place to answer to; without a serviceUrl in the body there would
 * be nothing to compare, so that is refused as well. */
static enum teams_verdict check_service_url(const struct teams_jwt *t, const struct teams_facts *f)
{
    if (!f->service_url.len)
        return VERDICT_NO_SERVICE_URL;
    if (!t->service_url.len)
        return VERDICT_SERVICE_URL_UNCLAIMED;
    return teams_span_equal(t->service_url, f->service_url) ? VERDICT_ACCEPTED
                                                            : VERDICT_SERVICE_URL_DIFFERS;
}

enum teams_verdict teams_jwt_check(const struct teams_jwt *token, const struct teams_rules *rules,
                                   const struct teams_facts *facts, int64_t now_ms)
{
    if (!teams_span_equal(token->issuer, rules->issuer))
        return VERDICT_WRONG_ISSUER;
    if (!teams_span_equal(token->audience, rules->app_id))
        return VERDICT_WRONG_AUDIENCE;
    enum teams_verdict v = check_times(token, now_ms);
    if (v == VERDICT_ACCEPTED && facts)
        v = check_service_url(token, facts);
    if (v != VERDICT_ACCEPTED || !facts)
        return v;
    if (!teams_span_equal(facts->channel_id, rules->channel))
        return VERDICT_WRONG_CHANNEL;
    if (!teams_service_url_is_allowed(facts->service_url, rules->service_hosts))
        return VERDICT_HOST_NOT_ALLOWED;
    return VERDICT_ACCEPTED;
}
