/* What stands in a client's settings as text: the assistant's name, and opening hours, parsed once
 * and kept while their text stays the same. */
#include "bot/engine/hours.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "bot/base/log.h"
#include "bot/engine/desk.h"

enum { HOURS_KEPT = 256 };

struct kept {
    int64_t client_id;
    char *text;
    const struct calendar *calendar;
    struct arena arena;
};

struct hours_cache {
    struct kept kept[HOURS_KEPT];
};

struct hours_cache *hours_new(void)
{
    struct hours_cache *h = calloc(1, sizeof *h);
    if (!h)
        abort();
    return h;
}

static void forget(struct kept *k)
{
    free(k->text);
    arena_clear(&k->arena);
    *k = (struct kept){ 0 };
}

void hours_free(struct hours_cache *h)
{
    for (size_t i = 0; h && i < HOURS_KEPT; i++)
        forget(&h->kept[i]);
    free(h);
}

static size_t zone_bytes(const char *name, unsigned char *bytes, size_t size)
{
    char path[128];
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
    FILE *file = zone_name_is_valid(name) ? fopen(path, "rb") : NULL;
    if (!file)
        return 0;
    size_t len = fread(bytes, 1, size, file);
    fclose(file);
    return len;
}

const struct calendar *hours_parse(const char *text, struct arena *arena)
{
    char name[ZONE_NAME_MAX + 1], error[CALENDAR_ERROR_MAX];
    if (!text)
        return NULL;
    calendar_zone_name(text, name);
    unsigned char *bytes = malloc(ZONE_FILE_MAX);
    if (!bytes)
        abort();
    size_t len = strcmp(name, "UTC") ? zone_bytes(name, bytes, ZONE_FILE_MAX) : 0;
    const struct calendar *c = calendar_parse(text, len ? bytes : NULL, len, arena, error);
    if (!c)
        log_warn("opening hours unreadable", "error=\"%s\" taken_as=always", error);
    free(bytes);
    return c;
}

const struct zone *hours_zone(const char *name, struct arena *arena)
{
    if (!strcmp(name, "UTC"))
        return NULL;
    unsigned char *bytes = arena_alloc(arena, ZONE_FILE_MAX);
    size_t len = zone_bytes(name, bytes, ZONE_FILE_MAX);
    const struct zone *zone = len ? zone_parse(bytes, len, arena) : NULL;
    if (!zone)
        log_warn("time zone unknown", "zone=\"%s\" taken_as=UTC", name);
    return zone;
}

const struct calendar *hours_of(struct hours_cache *h, int64_t client_id, const char *text)
{
    struct kept *k = &h->kept[(uint64_t)client_id % HOURS_KEPT];
    if (k->client_id == client_id && k->text && !strcmp(k->text, text))
        return k->calendar;
    forget(k);
    k->client_id = client_id;
    k->text = strdup(text);
    k->calendar = hours_parse(text, &k->arena);
    return k->calendar;
}

const struct calendar *desk_hours(struct desk *d, const struct client_view *client)
{
    return hours_of(d->hours, client->id, client->hours);
}

const char *client_bot_name(const char *brand, struct arena *a)
{
    json_t *json = brand ? json_loads(brand, 0, NULL) : NULL;
    const char *name = json_string_value(json_object_get(json, "bot"));
    const char *copy = arena_copy(a, name && *name ? name : "Assistant");
    json_decref(json);
    return copy;
}
