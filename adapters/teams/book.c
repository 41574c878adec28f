#include "adapters/teams/book.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/teams/origin.h"
#include "bot/base/clock.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"
#include "bot/engine/engine.h"

enum { PLACES_MAX = 20000, VALUE_MAX = 1000, FACTS_MAX = 4096 };

/* What is written down of a place, by the names it has in the JSON. */
enum member { SERVICE_URL, TENANT, CONV, TEAM, NAME, HEARS, BLOCKED, MEMBERS };
static const char *const names[MEMBERS] = { "serviceUrl", "tenant", "conv", "team", "name",
                                            "hears", "blocked" };

struct known {
    char *place;
    char *values[MEMBERS];              /* NULL: not known */
    uint64_t heard;                     /* the higher, the later */
    bool unwritten;                     /* the desk's queue was full: with the next word */
    struct teams_place shown;
};

struct teams_book {
    struct engine *engine;
    const struct text_list *hosts;
    struct known **all;
    size_t count, size;
    uint64_t heard;
};

/* ---- one place ---- */

static struct known *find(const struct teams_book *book, const char *place)
{
    for (size_t i = 0; i < book->count; i++)
        if (!strcmp(book->all[i]->place, place))
            return book->all[i];
    return NULL;
}

static void known_free(struct known *e)
{
    for (size_t i = 0; i < MEMBERS; i++)
        free(e->values[i]);
    free(e->place);
    free(e);
}

static struct known *known_new(const char *place)
{
    struct known *e = calloc(1, sizeof *e);
    if (!e || !(e->place = strdup(place)))
        abort();
    return e;
}

/* NULL when there are too many: more places than any team has. */
static struct known *add(struct teams_book *book, const char *place)
{
    if (book->count == PLACES_MAX)
        return NULL;
    if (book->count == book->size) {
        book->size = book->size ? book->size * 2 : 64;
        book->all = realloc(book->all, book->size * sizeof *book->all);
    }
    if (!book->all)
        abort();
    book->all[book->count] = known_new(place);
    return book->all[book->count++];
}

/* true when that changed something. */
static bool set(struct known *e, enum member m, const char *value)
{
    char *old = e->values[m];
    bool same = value == old || (value && old && !strcmp(value, old));
    if (same || (value && strlen(value) > VALUE_MAX))
        return false;
    e->values[m] = value ? strdup(value) : NULL;
    if (value && !e->values[m])
        abort();
    free(old);
    return true;
}

static bool is_allowed(const struct teams_book *book, const char *url)
{
    return teams_service_url_is_allowed(teams_span_of(url), book->hosts);
}

/* ---- written down ---- */

static bool submit_facts(const struct teams_book *book, const char *place, const char *facts)
{
    return engine_submit(book->engine, &(struct command){ .kind = COMMAND_PLACE_FACTS,
        .source = "teams", .place = place, .text = facts, .adapter = -1,
        .at_ms = clock_now_ms() });
}

static void write_down(struct teams_book *book, struct known *e)
{
    struct buf facts;
    buf_init(&facts, FACTS_MAX);
    struct json_out json = { .buf = &facts };
    json_out_object(&json, NULL);
    for (size_t i = 0; i < MEMBERS; i++)
        json_out_optional(&json, names[i], e->values[i]);
    json_out_object_end(&json);
    e->unwritten = !facts.failed && !submit_facts(book, e->place, facts.data);
    if (facts.failed)
        log_warn("place not remembered", "reason=\"its names are too long\"");
    buf_clear(&facts);
}

/* ---- read back ---- */

static void read_one(struct teams_book *book, const struct place_view *view)
{
    json_t *json = json_loads(view->facts ? view->facts : "", 0, NULL);
    struct known *e = json_is_object(json) ? add(book, view->place) : NULL;
    for (size_t i = 0; e && i < MEMBERS; i++)
        set(e, (enum member)i, json_string_value(json_object_get(json, names[i])));
    if (e && e->values[SERVICE_URL] && !is_allowed(book, e->values[SERVICE_URL]))
        set(e, SERVICE_URL, NULL);
    json_decref(json);
}

static void read_all(struct reader *reader, void *arg)
{
    struct teams_book *book = arg;
    struct arena arena = { 0 };
    struct place_list list;
    if (view_places(reader, "teams", PLACES_MAX, &arena, &list) == 0)
        for (size_t i = 0; i < list.count; i++)
            read_one(book, &list.places[i]);
    else
        log_error("places not read", "reason=\"the store failed\"");
    arena_clear(&arena);
}

struct teams_book *teams_book_open(struct engine *engine, const struct text_list *hosts)
{
    struct teams_book *book = calloc(1, sizeof *book);
    if (!book)
        abort();
    book->engine = engine;
    book->hosts = hosts;
    engine_read_now(engine, read_all, book);
    return book;
}

void teams_book_free(struct teams_book *book)
{
    if (!book)
        return;
    for (size_t i = 0; i < book->count; i++)
        known_free(book->all[i]);
    free(book->all);
    free(book);
}

/* ---- the outside ---- */

void teams_book_learn(struct teams_book *book, const struct teams_place *what)
{
    struct known *e = find(book, what->place);
    bool is_new = !e;
    if (is_new && !(e = add(book, what->place)))
        return;
    bool changed = is_new || e->unwritten;
    const char *const values[MEMBERS] = { [SERVICE_URL] = what->service_url,
        [TENANT] = what->tenant, [CONV] = what->conv, [TEAM] = what->team, [NAME] = what->name,
        [HEARS] = what->hears };
    for (size_t i = 0; i < MEMBERS; i++)
        if (values[i] && (i != SERVICE_URL || is_allowed(book, values[i])))
            changed |= set(e, (enum member)i, values[i]);
    changed |= set(e, BLOCKED, NULL);
    e->heard = ++book->heard;
    if (changed)
        write_down(book, e);
}

void teams_book_block(struct teams_book *book, const char *place, const char *why)
{
    struct known *e = find(book, place);
    if ((e || (e = add(book, place))) && set(e, BLOCKED, why))
        write_down(book, e);
}

void teams_book_forget_conv(struct teams_book *book, const char *place)
{
    struct known *e = find(book, place);
    if (e && set(e, CONV, NULL))
        write_down(book, e);
}

void teams_book_forget(struct teams_book *book, const char *place)
{
    for (size_t i = 0; i < book->count; i++) {
        if (strcmp(book->all[i]->place, place))
            continue;
        submit_facts(book, place, NULL);
        known_free(book->all[i]);
        book->all[i] = book->all[--book->count];
        return;
    }
}

const struct teams_place *teams_book_find(const struct teams_book *book, const char *place)
{
    struct known *e = find(book, place);
    if (!e)
        return NULL;
    e->shown = (struct teams_place){ .place = e->place, .service_url = e->values[SERVICE_URL],
        .tenant = e->values[TENANT], .conv = e->values[CONV], .team = e->values[TEAM],
        .name = e->values[NAME], .hears = e->values[HEARS], .blocked = e->values[BLOCKED] };
    return &e->shown;
}

const char *teams_book_service_url(const struct teams_book *book, const char *tenant)
{
    const struct known *best = NULL;
    for (size_t i = 0; i < book->count; i++) {
        const struct known *e = book->all[i];
        bool fits = e->values[SERVICE_URL] && e->values[TENANT]
                 && !strcasecmp(e->values[TENANT], tenant);
        if (fits && (!best || e->heard > best->heard))
            best = e;
    }
    return best ? best->values[SERVICE_URL] : NULL;
}
