#include "adapters/messenger/clients.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "bot/engine/hours.h"

struct row {
    struct messenger_client client;
    const struct calendar *calendar;
};

struct list {
    struct row *rows;
    size_t count;
    int result;
    struct arena memory;
};

struct clients {
    struct engine *engine;
    struct list *list;
};

/* ---- on a reader thread: rows, hours and looks are read and taken apart ---- */

static const char *brand_text(struct arena *a, const json_t *brand, const char *name)
{
    return arena_copy(a, json_string_value(json_object_get(brand, name)));
}

static bool is_question(const json_t *q)
{
    const char *type = json_string_value(json_object_get(q, "type"));
    return json_is_string(json_object_get(q, "id")) && json_is_string(json_object_get(q, "label"))
           && json_is_boolean(json_object_get(q, "required")) && type
           && (!strcmp(type, "text") || !strcmp(type, "email"));
}

static const char *questions(struct arena *a, const json_t *brand)
{
    const json_t *list = json_object_get(brand, "prechat");
    for (size_t i = 0; i < json_array_size(list); i++)
        if (!is_question(json_array_get(list, i)))
            return NULL;
    char *text = json_array_size(list) ? json_dumps(list, JSON_COMPACT) : NULL;
    const char *copy = arena_copy(a, text);
    free(text);
    return copy;
}

static void read_brand(struct arena *a, const char *text, struct messenger_client *c)
{
    json_t *brand = text ? json_loads(text, JSON_REJECT_DUPLICATES, NULL) : NULL;
    const char *name = brand_text(a, brand, "name");
    if (name)
        c->name = name;
    c->bot = brand_text(a, brand, "bot");
    c->color = brand_text(a, brand, "color");
    c->logo = brand_text(a, brand, "logo");
    c->greeting = brand_text(a, brand, "greeting");
    c->position = brand_text(a, brand, "position");
    c->away = brand_text(a, brand, "away");
    c->prechat = questions(a, brand);
    json_decref(brand);
}

static void read_list(struct reader *r, void *arg)
{
    struct list *list = arg;
    struct arena *a = &list->memory;
    struct client_list found = { 0 };
    list->result = view_clients(r, a, &found);
    if (list->result)
        return;
    list->rows = arena_alloc(a, (found.count + 1) * sizeof *list->rows);
    for (size_t i = 0; i < found.count; i++) {
        const struct client_view *v = &found.clients[i];
        struct row *row = &list->rows[list->count++];
        row->client = (struct messenger_client){ .id = v->id, .key = v->key, .name = v->name,
                                                 .embed = v->embed,
                                                 .on = v->active && v->messenger };
        read_brand(a, v->brand, &row->client);
        row->calendar = hours_parse(v->hours, a);
    }
}

/* ---- on the loop ---- */

static struct list *list_new(void)
{
    struct list *list = calloc(1, sizeof *list);
    if (!list)
        abort();
    list->result = -1;
    return list;
}

static void list_free(struct list *list)
{
    arena_clear(&list->memory);
    free(list);
}

struct clients *clients_new(struct engine *e)
{
    struct clients *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    *c = (struct clients){ .engine = e, .list = list_new() };
    engine_read_now(e, read_list, c->list);
    return c;
}

void clients_free(struct clients *c)
{
    if (c)
        list_free(c->list);
    free(c);
}

struct reload {
    struct clients *clients;
    struct list *list;
    void (*changed)(void *);
    void *ctx;
};

static void run_reload(struct reader *r, void *arg)
{
    struct reload *reload = arg;
    read_list(r, reload->list);
}

/* When the store fails, what was known goes on. */
static void reload_done(void *arg)
{
    struct reload *reload = arg;
    struct list *unused = reload->list;
    if (!reload->list->result) {
        unused = reload->clients->list;
        reload->clients->list = reload->list;
        reload->changed(reload->ctx);
    }
    list_free(unused);
    free(reload);
}

bool clients_reload(struct clients *c, void (*changed)(void *ctx), void *ctx)
{
    struct reload *reload = malloc(sizeof *reload);
    if (!reload)
        abort();
    *reload = (struct reload){ c, list_new(), changed, ctx };
    if (engine_read(c->engine, run_reload, reload_done, reload))
        return true;
    list_free(reload->list);
    free(reload);
    return false;
}

bool clients_key_is_valid(const char *key)
{
    size_t len = strlen(key);
    return len >= 1 && len <= 64
           && strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

const struct messenger_client *clients_by_key(const struct clients *c, const char *key)
{
    for (size_t i = 0; i < c->list->count; i++)
        if (c->list->rows[i].client.on && !strcmp(c->list->rows[i].client.key, key))
            return &c->list->rows[i].client;
    return NULL;
}

static const struct row *row_of(const struct clients *c, int64_t id)
{
    for (size_t i = 0; i < c->list->count; i++)
        if (c->list->rows[i].client.on && c->list->rows[i].client.id == id)
            return &c->list->rows[i];
    return NULL;
}

const struct messenger_client *clients_by_id(const struct clients *c, int64_t id)
{
    const struct row *row = row_of(c, id);
    return row ? &row->client : NULL;
}

struct clients_away clients_away(const struct clients *c, int64_t id, int64_t now_ms)
{
    const struct row *row = row_of(c, id);
    struct clients_away away = { 0 };
    if (!row || calendar_is_open(row->calendar, now_ms))
        return away;
    int64_t until_ms = calendar_next_open_ms(row->calendar, now_ms);
    away.until_ms = until_ms == CALENDAR_NEVER ? 0 : until_ms;
    away.text = row->client.away ? row->client.away
                                 : "Nobody is here right now. Leave a message and we will answer.";
    return away;
}
