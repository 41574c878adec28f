#include <stdio.h>
#include <string.h>

#include "bot/base/json_out.h"
#include "bot/wire_private.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* What has a line. */
static const enum command_kind kinds[] = {
    COMMAND_CLIENT_SAVE, COMMAND_TECHNICIAN_SAVE, COMMAND_TEAM_SAVE, COMMAND_SIGN_IN_LINK,
    COMMAND_KB_PUT, COMMAND_KB_REMOVE, COMMAND_RETRY_EFFECT, COMMAND_DROP_EFFECT, COMMAND_ROUTE,
};

#define AT(type, member) offsetof(struct type, member)

static const struct field command_fields[] = {
    { "client_id", INT64, AT(command, client_id) },
    { "ticket_id", INT64, AT(command, ticket_id) },
    { "text", TEXT, AT(command, text) },
    { "name", TEXT, AT(command, name) },
    { "email", TEXT, AT(command, email) },
    { "category", TEXT, AT(command, category) },
    { "place", TEXT, AT(command, place) },
    { "team_id", INT64, AT(command, team_id) },
    { "number", INT64, AT(command, number) },
    { "until_ms", INT64, AT(command, until_ms) },
    { "flag", BOOL, AT(command, flag) },
    { "hash", HASH, AT(command, hash) },
};

static const struct field client_fields[] = {
    { "key", TEXT, AT(client_change, key) },
    { "name", TEXT, AT(client_change, name) },
    { "hours", TEXT, AT(client_change, hours) },
    { "brand", TEXT, AT(client_change, brand) },
    { "embed", TEXT, AT(client_change, embed) },
    { "active", INT, AT(client_change, active) },
    { "messenger", INT, AT(client_change, messenger) },
    { "triage", INT, AT(client_change, triage) },
    { "reminders", INT, AT(client_change, reminders) },
    { "vip", INT, AT(client_change, vip) },
};

static const struct field article_fields[] = {
    { "path", TEXT, AT(kb_article_change, path) },
    { "title", TEXT, AT(kb_article_change, title) },
    { "lang", TEXT, AT(kb_article_change, lang) },
    { "url", TEXT, AT(kb_article_change, url) },
    { "text", TEXT, AT(kb_article_change, text) },
};

static const struct field passage_fields[] = {
    { "heading", TEXT, AT(kb_passage, heading) },
    { "text", TEXT, AT(kb_passage, text) },
};

#define FIELDS(table) { table, COUNT(table) }
const struct fields wire_command = FIELDS(command_fields);
const struct fields wire_client = FIELDS(client_fields);
const struct fields wire_article = FIELDS(article_fields);
const struct fields wire_passage = FIELDS(passage_fields);

static void write_hash(struct json_out *j, const char *name, const unsigned char *hash)
{
    char hex[2 * COMMAND_HASH_BYTES + 1];
    for (size_t i = 0; i < COMMAND_HASH_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    json_out_text(j, name, hex);
}

static void write_field(struct json_out *j, const struct field *f, const void *from)
{
    const void *at = (const char *)from + f->offset;
    static const unsigned char no_hash[COMMAND_HASH_BYTES];
    switch (f->type) {
    case TEXT:
        if (*(const char *const *)at)
            json_out_text(j, f->name, *(const char *const *)at);
        break;
    case INT64:
        if (*(const int64_t *)at)
            json_out_int(j, f->name, *(const int64_t *)at);
        break;
    case INT:
        json_out_int(j, f->name, *(const int *)at);
        break;
    case BOOL:
        json_out_bool(j, f->name, *(const bool *)at);
        break;
    case HASH:
        if (memcmp(at, no_hash, sizeof no_hash) != 0)
            write_hash(j, f->name, at);
        break;
    }
}

static void write_fields(struct json_out *j, const struct fields *fields, const void *from)
{
    for (size_t i = 0; i < fields->count; i++)
        write_field(j, &fields->items[i], from);
}

static void write_article(struct json_out *j, const struct kb_article_change *article)
{
    json_out_object(j, "article");
    write_fields(j, &wire_article, article);
    json_out_array(j, "passages");
    for (size_t i = 0; i < article->passage_count; i++) {
        json_out_object(j, NULL);
        write_fields(j, &wire_passage, &article->passages[i]);
        json_out_object_end(j);
    }
    json_out_array_end(j);
    json_out_object_end(j);
}

bool wire_has(enum command_kind kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

int wire_write_command(const struct command *c, struct buf *out)
{
    if (!wire_has(c->kind))
        return -1;
    struct json_out j = { .buf = out };
    json_out_object(&j, NULL);
    json_out_text(&j, "command", command_word(c->kind));
    write_fields(&j, &wire_command, c);
    if (c->client) {
        json_out_object(&j, "client");
        write_fields(&j, &wire_client, c->client);
        json_out_object_end(&j);
    }
    if (c->article)
        write_article(&j, c->article);
    json_out_object_end(&j);
    buf_char(out, '\n');
    return out->failed ? -1 : 0;
}

int wire_write_outcome(const struct outcome *o, struct buf *out)
{
    struct json_out j = { .buf = out };
    json_out_object(&j, NULL);
    json_out_text(&j, "result", result_word(o->result));
    json_out_int(&j, "ticket_id", o->ticket_id);
    json_out_int(&j, "version", o->version);
    json_out_int(&j, "id", o->id);
    json_out_int(&j, "retry_ms", o->retry_ms);
    json_out_text(&j, "name", o->name);
    json_out_text(&j, "text", o->text);
    json_out_object_end(&j);
    buf_char(out, '\n');
    return out->failed ? -1 : 0;
}
