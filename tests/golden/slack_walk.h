/* slack_walk.h - walks the JSON of a Block Kit message or view and holds it to every limit of
 * Slack's reference, and to our own rule that words of people stand only in rich text. It does not
 * know what should be shown. */
#ifndef DESKHAND_TESTS_SLACK_WALK_H
#define DESKHAND_TESTS_SLACK_WALK_H

#include <stdbool.h>
#include <string.h>

#include <jansson.h>

#include "bot/base/text.h"

#define PEOPLE "\xc2\xb6"          /* every hostile text of a person begins with it */
enum { WALK_IDS_MAX = 200 };

struct walk {
    const char *name;
    const char *ids[WALK_IDS_MAX];         /* block_ids of the surface */
    size_t id_count;
    size_t inputs, visible;                /* visible: what can be clicked outside of inputs */
};

#define WALK(condition, ...)                                                                      \
    do {                                                                                          \
        if (!(condition)) {                                                                       \
            print_error(__VA_ARGS__);                                                             \
            fail_msg("%s: %s", w->name, #condition);                                              \
        }                                                                                         \
    } while (0)

static size_t walk_units(const char *text)
{
    size_t units = 0;
    for (uint32_t c; (c = text_next(&text));)
        units += c > 0xffff ? 2 : 1;
    return units;
}

static const char *walk_string(struct walk *w, const json_t *o, const char *key, size_t max)
{
    const char *text = json_string_value(json_object_get(o, key));
    WALK(text && *text, "%s is missing\n", key);
    WALK(walk_units(text) <= max, "%s has %zu units, at most %zu\n", key, walk_units(text), max);
    return text;
}

static const char *walk_optional(struct walk *w, const json_t *o, const char *key, size_t max)
{
    return json_object_get(o, key) ? walk_string(w, o, key, max) : NULL;
}

static bool walk_of_people(const char *text)
{
    static const char *const words[] = { PEOPLE, "Ana", "Acme", "rinter", "Sara", "Omar" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(text, words[i]))
            return true;
    return false;
}

static const char *walk_plain(struct walk *w, const json_t *o, size_t max, bool people_may)
{
    const char *text = walk_string(w, o, "text", max);
    WALK(!strcmp(walk_string(w, o, "type", 20), "plain_text"), "%s\n", text);
    WALK(json_is_false(json_object_get(o, "emoji")), "%s\n", text);
    WALK(people_may || !walk_of_people(text), "%s\n", text);
    return text;
}

/* A text object: plain, or markup that is all our own. */
static void walk_text(struct walk *w, const json_t *o, size_t max)
{
    if (!strcmp(walk_string(w, o, "type", 20), "plain_text")) {
        walk_plain(w, o, max, false);
        return;
    }
    const char *text = walk_string(w, o, "text", max);
    WALK(!strcmp(walk_string(w, o, "type", 20), "mrkdwn"), "%s\n", text);
    WALK(json_is_true(json_object_get(o, "verbatim")), "%s\n", text);
    WALK(!walk_of_people(text), "%s\n", text);
    WALK(!strstr(text, "<!channel") && !strstr(text, "<!here") && !strstr(text, "<@"), "%s\n",
         text);
}

static void walk_fallback(struct walk *w, const char *text)
{
    WALK(*text && walk_units(text) <= 3000, "%zu units\n", walk_units(text));
    WALK(!strpbrk(text, "<>\n"), "%s\n", text);
    for (const char *at = text; (at = strchr(at, '&')); at++)
        WALK(!strncmp(at, "&amp;", 5) || !strncmp(at, "&lt;", 4) || !strncmp(at, "&gt;", 4),
             "%s\n", at);
}

/* ---- elements ---- */

static void walk_options(struct walk *w, const json_t *element, size_t min, size_t max)
{
    size_t i;
    const json_t *option, *options = json_object_get(element, "options");
    const json_t *initial = json_object_get(element, "initial_option");
    bool found = !initial;
    WALK(json_array_size(options) >= min && json_array_size(options) <= max, "%zu options\n",
         json_array_size(options));
    json_array_foreach(options, i, option) {
        walk_plain(w, json_object_get(option, "text"), 75, true);
        walk_string(w, option, "value", 75);
        found |= initial && json_equal(initial, option);
    }
    WALK(found, "initial_option is none of the options\n");
}

static void walk_button(struct walk *w, const json_t *button)
{
    const char *style = walk_optional(w, button, "style", 10);
    const char *url = walk_optional(w, button, "url", 3000);
    walk_plain(w, json_object_get(button, "text"), 75, false);
    walk_optional(w, button, "value", 2000);
    WALK(!style || !strcmp(style, "primary") || !strcmp(style, "danger"), "%s\n", style);
    WALK(!url || !strncmp(url, "https://", 8), "%s\n", url);
}

static void walk_input_text(struct walk *w, const json_t *e)
{
    json_int_t max = json_integer_value(json_object_get(e, "max_length"));
    WALK(max >= 1 && max <= 3000, "max_length\n");
    walk_optional(w, e, "initial_value", (size_t)max);
}

static void walk_element(struct walk *w, const json_t *e)
{
    const char *type = walk_string(w, e, "type", 40);
    walk_string(w, e, "action_id", 255);
    w->visible++;
    if (!strcmp(type, "button")) {
        walk_button(w, e);
    } else if (!strcmp(type, "overflow")) {
        walk_options(w, e, 1, 5);
    } else if (!strcmp(type, "static_select")) {
        walk_options(w, e, 1, 100);
        walk_plain(w, json_object_get(e, "placeholder"), 150, false);
    } else {
        WALK(!strcmp(type, "plain_text_input"), "%s\n", type);
        walk_input_text(w, e);
    }
}

/* ---- rich text ---- */

static size_t walk_word(struct walk *w, const json_t *e)
{
    const char *type = walk_string(w, e, "type", 20);
    if (!strcmp(type, "text"))
        return walk_units(walk_string(w, e, "text", 3000));
    if (!strcmp(type, "link")) {
        WALK(!strncmp(walk_string(w, e, "url", 3000), "https://", 8), "a link of somebody else\n");
        return walk_units(walk_string(w, e, "text", 3000));
    }
    if (!strcmp(type, "date")) {
        walk_string(w, e, "format", 100);
        walk_string(w, e, "fallback", 100);
        WALK(json_integer_value(json_object_get(e, "timestamp")) > 0, "timestamp\n");
        return 20;
    }
    WALK(!strcmp(type, "emoji") && walk_string(w, e, "name", 50), "%s\n", type);
    return 2;
}

static size_t walk_rich(struct walk *w, const json_t *part)
{
    size_t i, units = 0;
    const json_t *e, *elements = json_object_get(part, "elements");
    const char *type = walk_string(w, part, "type", 40);
    bool list = !strcmp(type, "rich_text_list");
    WALK(list || !strcmp(type, "rich_text_section") || !strcmp(type, "rich_text_quote"), "%s\n",
         type);
    WALK(json_array_size(elements) > 0, "%s is empty\n", type);
    json_array_foreach(elements, i, e)
        units += list ? walk_rich(w, e) : walk_word(w, e);
    return units;
}

/* ---- blocks ---- */

static void walk_actions(struct walk *w, const json_t *block)
{
    size_t i, k;
    const json_t *a, *elements = json_object_get(block, "elements");
    const char *ids[25];
    WALK(json_array_size(elements) >= 1 && json_array_size(elements) <= 25, "actions\n");
    json_array_foreach(elements, i, a) {
        walk_element(w, a);
        ids[i] = walk_string(w, a, "action_id", 255);
        WALK(!strncmp(ids[i], "dh.", 3), "%s\n", ids[i]);
        for (k = 0; k < i; k++)
            WALK(strcmp(ids[i], ids[k]) != 0, "%s twice in one block\n", ids[i]);
    }
}

static void walk_input(struct walk *w, const json_t *block)
{
    size_t visible = w->visible;
    walk_plain(w, json_object_get(block, "label"), 2000, false);
    if (json_object_get(block, "hint"))
        walk_plain(w, json_object_get(block, "hint"), 2000, false);
    walk_string(w, block, "block_id", 255);
    walk_element(w, json_object_get(block, "element"));
    w->visible = visible;
    w->inputs++;
}

static void walk_parts(struct walk *w, const char *type, const json_t *block)
{
    size_t i, units = 0;
    const json_t *part;
    if (!strcmp(type, "context")) {
        WALK(json_array_size(json_object_get(block, "elements")) <= 10, "context\n");
        json_array_foreach(json_object_get(block, "elements"), i, part)
            walk_text(w, part, 3000);
        return;
    }
    WALK(!strcmp(type, "rich_text") && json_array_size(json_object_get(block, "elements")), "%s\n",
         type);
    json_array_foreach(json_object_get(block, "elements"), i, part)
        units += walk_rich(w, part);
    WALK(units < 3000, "%zu units in one rich_text block\n", units);
}

static void walk_block(struct walk *w, const json_t *block)
{
    const char *type = walk_string(w, block, "type", 20);
    const char *id = walk_optional(w, block, "block_id", 255);
    for (size_t i = 0; id && i < w->id_count; i++)
        WALK(strcmp(w->ids[i], id) != 0, "block_id %s twice\n", id);
    if (id)
        w->ids[w->id_count++] = id;
    if (!strcmp(type, "header")) {
        walk_plain(w, json_object_get(block, "text"), 150, false);
    } else if (!strcmp(type, "section")) {
        walk_text(w, json_object_get(block, "text"), 3000);
        if (json_object_get(block, "accessory"))
            walk_element(w, json_object_get(block, "accessory"));
    } else if (!strcmp(type, "actions")) {
        walk_actions(w, block);
    } else if (!strcmp(type, "input")) {
        walk_input(w, block);
    } else if (strcmp(type, "divider") != 0) {
        walk_parts(w, type, block);
    }
}

static void walk_blocks(struct walk *w, const json_t *blocks, size_t max)
{
    size_t i;
    const json_t *block;
    WALK(json_array_size(blocks) >= 1 && json_array_size(blocks) <= max, "%zu blocks\n",
         json_array_size(blocks));
    json_array_foreach(blocks, i, block)
        walk_block(w, block);
}

static void walk_view(struct walk *w, const json_t *view)
{
    const char *type = walk_string(w, view, "type", 10);
    bool modal = !strcmp(type, "modal");
    WALK(modal || !strcmp(type, "home"), "%s\n", type);
    walk_blocks(w, json_object_get(view, "blocks"), 100);
    walk_string(w, view, "callback_id", 255);
    walk_optional(w, view, "private_metadata", 3000);
    if (modal)
        walk_plain(w, json_object_get(view, "title"), 24, false);
    if (json_object_get(view, "submit"))
        walk_plain(w, json_object_get(view, "submit"), 24, false);
    if (json_object_get(view, "close"))
        walk_plain(w, json_object_get(view, "close"), 24, false);
    WALK(!w->inputs || json_object_get(view, "submit"), "inputs, but nothing to send them\n");
}

#endif
