#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "bot/wire_private.h"

static int bad(char error[WIRE_ERROR_MAX], const char *name, const char *what)
{
    snprintf(error, WIRE_ERROR_MAX, "\"%.60s\" %s", name, what);
    return -1;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int read_hash(const char *hex, unsigned char *hash)
{
    if (!hex || strlen(hex) != 2 * COMMAND_HASH_BYTES)
        return -1;
    for (size_t i = 0; i < COMMAND_HASH_BYTES; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return -1;
        hash[i] = (unsigned char)(high << 4 | low);
    }
    return 0;
}

/* Switches and modes: -1 leaves them as they are. */
static int read_small(json_t *value, int *out)
{
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < -1 || number > 9)
        return -1;
    *out = (int)number;
    return 0;
}

static int read_field(const struct field *f, json_t *value, struct arena *a, void *into)
{
    void *at = (char *)into + f->offset;
    switch (f->type) {
    case TEXT:
        *(const char **)at = arena_copy(a, json_string_value(value));
        return json_is_string(value) ? 0 : -1;
    case INT64:
        *(int64_t *)at = json_integer_value(value);
        return json_is_integer(value) ? 0 : -1;
    case INT:
        return read_small(value, at);
    case BOOL:
        *(bool *)at = json_is_true(value);
        return json_is_boolean(value) ? 0 : -1;
    case HASH:
        return read_hash(json_string_value(value), at);
    }
    return -1;
}

static const struct field *find_field(const struct fields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (!strcmp(fields->items[i].name, name))
            return &fields->items[i];
    return NULL;
}

/* Members in `apart` (two names, may be NULL) are read by the caller. */
static int read_fields(json_t *object, const struct fields *fields,
                       const char *const apart[3], struct arena *a, void *into,
                       char error[WIRE_ERROR_MAX])
{
    const char *name;
    json_t *value;
    if (!json_is_object(object))
        return bad(error, fields->items[0].name, "should stand in an object");
    json_object_foreach(object, name, value) {
        bool elsewhere = false;
        for (size_t i = 0; i < 3; i++)
            elsewhere |= apart[i] && !strcmp(apart[i], name);
        if (elsewhere)
            continue;
        const struct field *f = find_field(fields, name);
        if (!f || read_field(f, value, a, into))
            return bad(error, name, f ? "has the wrong form" : "is unknown");
    }
    return 0;
}

static const char *const nothing_apart[3] = { NULL, NULL, NULL };

static int read_client(json_t *object, struct arena *a, struct command *out,
                       char error[WIRE_ERROR_MAX])
{
    struct client_change *client = arena_alloc(a, sizeof *client);
    *client = (struct client_change){ .active = -1, .messenger = -1, .triage = -1, .reminders = -1,
                                      .vip = -1 };
    out->client = client;
    return read_fields(object, &wire_client, nothing_apart, a, client, error);
}

static int read_article(json_t *object, struct arena *a, struct command *out,
                        char error[WIRE_ERROR_MAX])
{
    static const char *const apart[3] = { "passages", NULL, NULL };
    struct kb_article_change *article = arena_alloc(a, sizeof *article);
    json_t *list = json_object_get(object, "passages");
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count > WIRE_PASSAGES_MAX)
        return bad(error, "passages", "should be a list of at most 2000");
    struct kb_passage *passages = arena_alloc(a, (count + 1) * sizeof *passages);
    for (size_t i = 0; i < count; i++)
        if (read_fields(json_array_get(list, i), &wire_passage,
                        nothing_apart, a, &passages[i], error))
            return -1;
    article->passages = passages;
    article->passage_count = count;
    out->article = article;
    return read_fields(object, &wire_article, apart, a, article, error);
}

static int read_kind(json_t *root, struct command *out, char error[WIRE_ERROR_MAX])
{
    const char *word = json_string_value(json_object_get(root, "command"));
    for (int kind = 0; word && kind < COMMANDS; kind++)
        if (!strcmp(command_word((enum command_kind)kind), word)) {
            out->kind = (enum command_kind)kind;
            return wire_has(out->kind) ? 0 : bad(error, word, "is no command of this door");
        }
    return bad(error, word ? word : "command", "is no command of this door");
}

static int read_root(json_t *root, struct arena *a, struct command *out, char error[WIRE_ERROR_MAX])
{
    static const char *const apart[3] = { "command", "client", "article" };
    json_t *client = json_object_get(root, "client"), *article = json_object_get(root, "article");
    if (read_kind(root, out, error) ||
        read_fields(root, &wire_command, apart, a, out, error))
        return -1;
    if (client && read_client(client, a, out, error))
        return -1;
    if (article && read_article(article, a, out, error))
        return -1;
    if ((out->kind == COMMAND_CLIENT_SAVE) != (client != NULL))
        return bad(error, "client", "belongs to client.save, and to nothing else");
    if ((out->kind == COMMAND_KB_PUT) != (article != NULL))
        return bad(error, "article", "belongs to kb.put, and to nothing else");
    return 0;
}

int wire_read_command(const char *line, size_t len, struct arena *a, struct command *out,
                      char error[WIRE_ERROR_MAX])
{
    *out = (struct command){ .actor = ACTOR_OPERATOR, .source = "cli", .adapter = -1 };
    bool fits = len <= WIRE_LINE_MAX;
    json_t *root = fits ? json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (!root) {
        snprintf(error, WIRE_ERROR_MAX, "the line is no JSON object of at most 2 MiB");
        return -1;
    }
    int result = read_root(root, a, out, error);
    json_decref(root);
    return result;
}

static void copy_text(json_t *root, const char *name, char *out, size_t size)
{
    const char *text = json_string_value(json_object_get(root, name));
    snprintf(out, size, "%s", text ? text : "");
}

int wire_read_outcome(const char *line, size_t len, struct outcome *out)
{
    json_t *root = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);
    const char *word = json_string_value(json_object_get(root, "result"));
    int result = 0;
    *out = (struct outcome){ 0 };
    while (result < RESULTS && (!word || strcmp(result_word((enum result)result), word) != 0))
        result++;
    if (result < RESULTS) {
        out->result = (enum result)result;
        out->ticket_id = json_integer_value(json_object_get(root, "ticket_id"));
        out->version = json_integer_value(json_object_get(root, "version"));
        out->id = json_integer_value(json_object_get(root, "id"));
        out->retry_ms = json_integer_value(json_object_get(root, "retry_ms"));
        copy_text(root, "name", out->name, sizeof out->name);
        copy_text(root, "text", out->text, sizeof out->text);
    }
    json_decref(root);
    return result < RESULTS ? 0 : -1;
}
