#include "adapters/teams/repeat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct first {
    char meaning[TEAMS_REPEAT_KEY];
    int64_t at_ms;
};

/* Rings: the oldest makes room. They are looked through in a few microseconds. */
struct teams_repeats {
    struct teams_repeat items[TEAMS_REPEATS];
    size_t next;
    struct first firsts[TEAMS_FIRSTS];
    size_t next_first;
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
        teams_repeat_forget(&r->items[i]);
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
        int64_t age_ms = now_ms - one->at_ms;
        if ((is_same(one->key, key) && age_ms < TEAMS_REPEAT_MS)
                || (is_same(one->meaning, meaning) && age_ms < TEAMS_REPEAT_MEANING_MS))
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

bool teams_repeat_wait(struct teams_repeat *one, uint64_t request)
{
    if (one->waiting_count == TEAMS_REPEAT_WAITING)
        return false;
    if (!one->waiting && !(one->waiting = malloc(TEAMS_REPEAT_WAITING * sizeof *one->waiting)))
        abort();
    one->waiting[one->waiting_count++] = request;
    return true;
}

static void forget_waiting(struct teams_repeat *one)
{
    free(one->waiting);
    one->waiting = NULL;
    one->waiting_count = 0;
}

void teams_repeat_keep(struct teams_repeat *one, int status, const char *body)
{
    forget_waiting(one);
    one->under_way = false;
    one->status = status;
    one->body = body ? strdup(body) : NULL;
    if (body && !one->body)
        abort();
}

void teams_repeat_forget(struct teams_repeat *one)
{
    forget_waiting(one);
    free(one->body);
    *one = (struct teams_repeat){ 0 };
}

int64_t teams_repeats_first(struct teams_repeats *r, const char *meaning, int64_t now_ms)
{
    for (size_t i = 0; i < TEAMS_FIRSTS; i++)
        if (is_same(r->firsts[i].meaning, meaning)
                && now_ms - r->firsts[i].at_ms < TEAMS_REPEAT_MEANING_MS)
            return r->firsts[i].at_ms;
    struct first *first = &r->firsts[r->next_first];
    r->next_first = (r->next_first + 1) % TEAMS_FIRSTS;
    snprintf(first->meaning, sizeof first->meaning, "%s", meaning);
    first->at_ms = now_ms;
    return now_ms;
}
