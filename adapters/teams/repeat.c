#include "adapters/teams/repeat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A ring: the oldest answer makes room. 512 are looked through in a few microseconds. */
struct teams_repeats {
    struct teams_repeat items[TEAMS_REPEATS];
    size_t next;
};

struct teams_repeats *teams_repeats_new(void)
{
    struct teams_repeats *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    return r;
}

void teams_repeats_free(struct teams_repeats *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < TEAMS_REPEATS; i++)
        free(r->items[i].body);
    free(r);
}

static bool is_same(const char *kept, const char *key)
{
    return key && *kept && strcmp(kept, key) == 0;
}

struct teams_repeat *teams_repeats_find(struct teams_repeats *r, const char *key,
                                        const char *meaning, int64_t now_ms)
{
    for (size_t i = 0; i < TEAMS_REPEATS; i++) {
        struct teams_repeat *one = &r->items[i];
        if ((is_same(one->key, key) || is_same(one->meaning, meaning))
                && now_ms - one->at_ms < TEAMS_REPEAT_MS)
            return one;
    }
    return NULL;
}

struct teams_repeat *teams_repeats_add(struct teams_repeats *r, const char *key,
                                       const char *meaning, int64_t now_ms)
{
    for (size_t i = 0; i < TEAMS_REPEATS; i++) {
        struct teams_repeat *one = &r->items[r->next];
        r->next = (r->next + 1) % TEAMS_REPEATS;
        if (one->under_way)
            continue;
        teams_repeat_forget(one);
        snprintf(one->key, sizeof one->key, "%s", key ? key : "");
        snprintf(one->meaning, sizeof one->meaning, "%s", meaning ? meaning : "");
        one->at_ms = now_ms;
        one->under_way = true;
        return one;
    }
    return NULL;
}

void teams_repeat_keep(struct teams_repeat *one, int status, const char *body)
{
    one->under_way = false;
    one->status = status;
    one->body = body ? strdup(body) : NULL;
    if (body && !one->body)
        abort();
}

void teams_repeat_forget(struct teams_repeat *one)
{
    free(one->body);
    *one = (struct teams_repeat){ 0 };
}
