#include "adapters/teams/strangers.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/hash.h"

/* Accounts have any length, so they are kept as hashes. */
struct stranger {
    unsigned char account[HASH_BYTES];
    bool used;
    int64_t until_ms, told_ms;
};

struct teams_strangers {
    struct stranger items[TEAMS_STRANGERS];
    size_t next;
};

struct teams_strangers *teams_strangers_new(void)
{
    struct teams_strangers *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    return s;
}

void teams_strangers_free(struct teams_strangers *s)
{
    free(s);
}

static const struct stranger *find(const struct teams_strangers *s, const char *account)
{
    unsigned char hash[HASH_BYTES];
    hash_sha256(account, strlen(account), hash);
    for (size_t i = 0; i < TEAMS_STRANGERS; i++)
        if (s->items[i].used && !memcmp(s->items[i].account, hash, HASH_BYTES))
            return &s->items[i];
    return NULL;
}

static struct stranger *make_room(struct teams_strangers *s, const char *account)
{
    struct stranger *one = &s->items[s->next];
    s->next = (s->next + 1) % TEAMS_STRANGERS;
    *one = (struct stranger){ .used = true, .told_ms = INT64_MIN };
    hash_sha256(account, strlen(account), one->account);
    return one;
}

bool teams_strangers_add(struct teams_strangers *s, const char *account, int64_t now_ms)
{
    const struct stranger *known = find(s, account);
    struct stranger *one = known ? &s->items[known - s->items] : make_room(s, account);
    bool tell = one->told_ms == INT64_MIN || now_ms - one->told_ms >= TEAMS_STRANGER_TOLD_MS;
    one->until_ms = now_ms + TEAMS_STRANGER_MS;
    if (tell)
        one->told_ms = now_ms;
    return tell;
}

bool teams_strangers_has(const struct teams_strangers *s, const char *account, int64_t now_ms)
{
    const struct stranger *one = find(s, account);
    return one && now_ms < one->until_ms;
}

void teams_strangers_forget(struct teams_strangers *s)
{
    for (size_t i = 0; i < TEAMS_STRANGERS; i++)
        s->items[i].until_ms = INT64_MIN;
}
