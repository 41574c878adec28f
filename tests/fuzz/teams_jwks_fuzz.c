/* What a key server answers: the first byte chooses metadata or keys. */
#include "adapters/teams/jwks.h"
#include "adapters/teams/origin.h"
#include "tests/fuzz/fuzz.h"

static void metadata(struct teams_span text, const char *from)
{
    char url[TEAMS_KEYS_URL_SIZE];
    if (teams_metadata_parse(text, from, url))
        return;
    promise_text(url);
    PROMISE(teams_keys_url_is_allowed(teams_span_of(from), teams_span_of(url)));
}

static void keys(struct teams_span text)
{
    static const struct teams_span some = { "some bytes that nobody signed", 29 };
    struct teams_jwks *set = teams_jwks_parse(text);
    if (!set)
        return;
    PROMISE(teams_jwks_count(set) > 0 && teams_jwks_count(set) <= TEAMS_JWKS_KEYS_MAX);
    const struct teams_key *key = teams_jwks_find(set, teams_span_of("k"));
    if (key) {
        teams_key_endorses(key, teams_span_of("msteams"));
        PROMISE(!teams_key_verifies(key, some, some));
    }
    teams_jwks_free(set);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size)
        return 0;
    struct arena a = { 0 };
    struct teams_span text = { arena_copy_n(&a, (const char *)data + 1, size - 1), size - 1 };
    switch (*data % 3) {
    case 0: metadata(text, "https://login.example.com/v1/x"); break;
    case 1: metadata(text, "http://127.0.0.1:99/x"); break;
    default: keys(text);
    }
    arena_clear(&a);
    return 0;
}
