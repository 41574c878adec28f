/* An Authorization header: the first byte chooses whether the rest is the header as it is, the two
 * JSON parts of a token (a line each) that are spelled out here, to get behind base64, or a URL. */
#include "adapters/teams/jwt.h"
#include "adapters/teams/origin.h"
#include "bot/base/buf.h"
#include "bot/base/hash.h"
#include "tests/fuzz/fuzz.h"

#define APP "app"
#define URL "https://a.example/"

static void add_part(struct buf *out, const uint8_t *bytes, size_t len, struct arena *a)
{
    char *text = arena_alloc(a, (len * 4 + 2) / 3 + 1);
    hash_base64url(bytes, len, text);
    buf_text(out, text);
    buf_char(out, '.');
}

static void spell_out(struct buf *out, const uint8_t *data, size_t size, struct arena *a)
{
    const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
    size_t first = line ? (size_t)(line - data) : size;
    buf_text(out, "Bearer ");
    add_part(out, data, first, a);
    add_part(out, data + first, size - first, a);
    buf_text(out, "AAAA");
}

static void promise_inside(struct teams_span part, struct teams_span whole)
{
    PROMISE(part.bytes >= whole.bytes && part.bytes + part.len <= whole.bytes + whole.len);
}

static void promise_parsed(const struct teams_jwt *t)
{
    promise_inside(t->signed_part, t->token);
    PROMISE(t->token.len <= TEAMS_HEADER_MAX && t->signed_part.len < t->token.len);
    PROMISE(t->kid.len && t->kid.len <= TEAMS_KID_MAX);
    PROMISE(t->signature.bytes);
    const struct teams_span texts[] = { t->kid, t->issuer, t->audience, t->service_url };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        promise_text(texts[i].bytes);
        PROMISE(!texts[i].bytes || strlen(texts[i].bytes) == texts[i].len);
    }
}

/* What is accepted says what was asked for. */
static void promise_checked(const struct teams_jwt *t)
{
    static const char *const hosts[] = { "a.example", NULL };
    static const struct text_list list = { hosts, 1 };
    const struct teams_rules rules = { teams_span_of(APP), teams_span_of("iss"),
                                       teams_span_of("msteams"), &list, &list };
    const struct teams_facts facts = { teams_span_of(URL), teams_span_of("msteams"), { 0 }, { 0 } };
    if (teams_jwt_check(t, &rules, &facts, 1000000) != VERDICT_ACCEPTED)
        return;
    PROMISE(strcmp(t->issuer.bytes, "iss") == 0 && strcmp(t->audience.bytes, APP) == 0);
    PROMISE(strcmp(t->service_url.bytes, URL) == 0);
    PROMISE(t->expires.at_s >= 700 && (!t->not_before.present || t->not_before.at_s <= 1300));
}

static void allowed_urls(struct teams_span url)
{
    static const char *const hosts[] = { "a.example", "127.0.0.1", "[::1]:8080", NULL };
    static const struct text_list list = { hosts, 3 };
    struct teams_origin o;
    if (teams_service_url_is_allowed(url, &list)) {
        PROMISE(teams_origin_parse(url, &o) == 0);
        PROMISE(o.loopback || (o.https && o.port == 443 && o.host.len == 9));
    }
    teams_keys_url_is_allowed(teams_span_of("https://login.a.example/"), url);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct buf header;
    struct teams_jwt t;
    if (!size)
        return 0;
    buf_init(&header, 1 << 20);
    if (*data % 3 == 1)
        spell_out(&header, data + 1, size - 1, &a);
    else
        buf_add(&header, data + 1, size - 1);
    struct teams_span text = { header.data ? header.data : "", header.len };
    if (*data % 3 == 2) {
        allowed_urls(text);
    } else if (teams_jwt_parse(text, 1, &a, &t) == VERDICT_ACCEPTED) {
        promise_parsed(&t);
        promise_checked(&t);
    }
    buf_clear(&header);
    arena_clear(&a);
    return 0;
}
