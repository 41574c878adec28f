#include "adapters/slack/people.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/net/loop.h"
#include "adapters/slack/people_cache.h"

enum { WAITING_MAX = 1000 };

struct waiter {
    struct waiter *next;
    slack_profile_fn *fn;
    void *ctx;
};

/* One call under way, and all who wait for it. */
struct flight {
    struct flight *next;
    struct slack_people *people;
    uint64_t call;
    char *user;
    bool stale;                        /* forgotten meanwhile: its answer is not kept */
    struct waiter *first;
};

struct slack_people {
    struct loop *loop;
    struct slack_api *api;
    struct flight *flights;
    size_t waiting;
    bool closing;
    struct people_cache *cache;
};

struct slack_people *slack_people_new(struct loop *loop, struct slack_api *api)
{
    struct slack_people *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->loop = loop;
    p->api = api;
    p->cache = people_cache_new();
    return p;
}

const char *slack_people_refusal(const struct slack_profile *p)
{
    if (p->deleted || p->is_bot)
        return "This account cannot work on tickets.";
    if (p->guest)
        return "Guests of this workspace cannot work on tickets.";
    if (p->stranger)
        return "Only members of this workspace can work on tickets.";
    return NULL;
}

/* ---- what is kept ---- */

static const struct slack_profile *find(struct slack_people *p, const char *user)
{
    return people_cache_find(p->cache, user, loop_steady_ms(p->loop));
}

const char *slack_people_name(struct slack_people *people, const char *user)
{
    const struct slack_profile *known = find(people, user);
    return known && *known->name ? known->name : NULL;
}

const char *slack_people_zone(struct slack_people *people, const char *user)
{
    const struct slack_profile *known = find(people, user);
    return known && *known->zone ? known->zone : NULL;
}

bool slack_people_is_known(struct slack_people *people, const char *user)
{
    return find(people, user) != NULL;
}

bool slack_people_vouched(struct slack_people *people, const char *user)
{
    const struct slack_profile *known = find(people, user);
    return known && !slack_people_refusal(known);
}

void slack_people_forget(struct slack_people *p, const char *user)
{
    people_cache_forget(p->cache, user);
    for (struct flight *f = p->flights; f; f = f->next)
        if (strcmp(f->user, user) == 0)
            f->stale = true;
}

/* ---- asking ---- */

/* Takes the flight off the list first: answers may ask again. */
static void land(struct flight *flight, enum slack_todo todo,
                 const struct slack_profile *profile)
{
    struct slack_people *p = flight->people;
    struct flight **at = &p->flights;
    while (*at != flight)
        at = &(*at)->next;
    *at = flight->next;
    for (struct waiter *w = flight->first, *next; w; w = next) {
        next = w->next;
        p->waiting--;
        w->fn(w->ctx, todo, profile);
        free(w);
    }
    free(flight->user);
    free(flight);
}

static void on_answer(void *ctx, const struct slack_answer *answer)
{
    struct flight *flight = ctx;
    struct slack_people *p = flight->people;
    struct slack_profile profile;
    const struct slack_identity *self = slack_api_self(p->api);
    if (answer->todo != SLACK_TODO_OK) {
        land(flight, answer->todo, NULL);
    } else if (!*self->team) {
        slack_api_retest(p->api);      /* without our own team everybody would be a stranger */
        land(flight, SLACK_TODO_RETRY, NULL);
    } else if (!slack_profile_parse(json_object_get(answer->json, "user"), self, &profile)) {
        land(flight, SLACK_TODO_FINAL, NULL);
    } else {
        if (!flight->stale)
            people_cache_keep(p->cache, &profile, loop_steady_ms(p->loop));
        land(flight, SLACK_TODO_OK, &profile);
    }
}

static struct flight *find_flight(struct slack_people *p, const char *user)
{
    struct flight *f = p->flights;
    while (f && (f->stale || strcmp(f->user, user) != 0))
        f = f->next;
    return f;
}

static struct flight *start(struct slack_people *p, const char *user)
{
    struct flight *f = calloc(1, sizeof *f);
    if (!f || !(f->user = strdup(user)))
        abort();
    f->people = p;
    f->next = p->flights;
    p->flights = f;
    f->call = slack_api_call(p->api, "users.info", NULL, &(struct slack_param){ "user", user }, 1,
                             on_answer, f);
    return f;
}

static void ask(struct slack_people *p, const char *user, slack_profile_fn *fn, void *ctx)
{
    bool room = p->waiting < WAITING_MAX && !p->closing;
    struct waiter *w = room ? calloc(1, sizeof *w) : NULL;
    if (!w) {
        fn(ctx, SLACK_TODO_RETRY, NULL);
        return;
    }
    struct flight *f = find_flight(p, user);
    if (!f)
        f = start(p, user);
    struct waiter **end = &f->first;
    while (*end)
        end = &(*end)->next;
    *end = w;
    w->fn = fn;
    w->ctx = ctx;
    p->waiting++;
}

void slack_people_get(struct slack_people *p, const char *user, slack_profile_fn *fn, void *ctx)
{
    const struct slack_profile *known = find(p, user);
    if (known) {
        struct slack_profile profile = *known;            /* fn may forget it */
        fn(ctx, SLACK_TODO_OK, &profile);
        return;
    }
    ask(p, user, fn, ctx);
}

void slack_people_free(struct slack_people *p)
{
    if (!p)
        return;
    p->closing = true;
    while (p->flights) {
        slack_api_cancel(p->api, p->flights->call);
        land(p->flights, SLACK_TODO_RETRY, NULL);
    }
    people_cache_free(p->cache);
    free(p);
}
