/* teams_walk.h - what must be true of every card for Teams, checked by a walk through its JSON.
 * It knows no single card. Included by tests/unit/card_teams_test.c alone. */
#ifndef DESKHAND_TESTS_TEAMS_WALK_H
#define DESKHAND_TESTS_TEAMS_WALK_H

#include <jansson.h>
#include <string.h>

#include "bot/base/text.h"
#include "cards/teams.h"

/* Test texts of people carry this sign, so a walk sees where they came to stand. */
#define PEOPLE "\xe2\x98\xa0"

struct walk {
    const char *name;              /* of the card, for the message of a failure */
    bool dialog;
    const char *ids[64];           /* of inputs so far */
    size_t id_count;
    unsigned seen;                 /* bit per enum card_action */
    size_t actions;
};

#define MUST(w, condition) \
    do { \
        if (!(condition)) \
            fail_msg("%s: %s", (w)->name, #condition); \
    } while (0)

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static bool is(const json_t *object, const char *key, const char *wanted)
{
    return !strcmp(text_of(object, key), wanted);
}

/* ---- texts ---- */

static void walk_string(const struct walk *w, const char *text)
{
    for (const char *at = text; *at;) {
        uint32_t c = text_next(&at);
        MUST(w, (c >= 0x20 || c == '\n') && (c < 0x7f || c > 0x9f));
        MUST(w, !(c >= 0x200b && c <= 0x200f) && !(c >= 0x2060 && c <= 0x206f) && c != 0xfeff);
        MUST(w, !(c >= 0x202a && c <= 0x202e) && c != 0x2028 && c != 0x2029);
    }
    MUST(w, !strcasestr(text, "<at>") && !strcasestr(text, "</at>") && !strcasestr(text, "<at "));
    MUST(w, !strcasestr(text, "{{DATE(") && !strcasestr(text, "{{TIME("));
}

/* Of our own words: without one moment, which the client fills in, in the exact form that it knows.
 * What else there is of it stays, and is found out. */
static const char *without_moment(const char *text, char rest[1000])
{
    static const char form[] = "{{DATE(0000-00-00T00:00:00Z,SHORT)}} {{TIME(0000-00-00T00:00:00Z)}}";
    const char *at = strstr(text, "{{DATE(");
    size_t len = 0;
    while (at && form[len] && (form[len] == '0' ? at[len] >= '0' && at[len] <= '9'
                                                : at[len] == form[len]))
        len++;
    if (!at || form[len])
        return text;
    snprintf(rest, 1000, "%.*s%s", (int)(at - text), text, at + len);
    return rest;
}

/* Only our own words, and nothing that any client could read as markup. */
static void walk_ours(const struct walk *w, const char *text)
{
    MUST(w, !strstr(text, PEOPLE));
    MUST(w, !strpbrk(text, "[]*_`<>\\{}"));
    MUST(w, !strstr(text, "://"));
}

static void walk_run(const struct walk *w, const json_t *run)
{
    const char *text = text_of(run, "text");
    size_t lines = 1;
    for (const char *at = text; (at = strchr(at, '\n')); at++)
        lines++;
    MUST(w, is(run, "type", "TextRun"));
    MUST(w, *text);
    MUST(w, lines <= TEAMS_LINES_MAX);
    MUST(w, text_length(text) <= TEAMS_POINTS_MAX + 1);
}

/* ---- actions ---- */

static void walk_data(struct walk *w, const json_t *data)
{
    static const char *const keys[] = { "a", "t", "v", "n", "w", "k" };
    const json_t *own = json_object_get(data, "_d");
    size_t known = 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        known += json_object_get(own, keys[i]) != NULL;
    MUST(w, known == json_object_size(own));
    MUST(w, *text_of(own, "a"));
    MUST(w, json_object_size(data) == 1 + (json_object_get(data, "msteams") != NULL));
    int action = card_action_parse(text_of(own, "a"));
    if (action >= 0) {
        MUST(w, !(w->seen & 1u << action));
        w->seen |= 1u << action;
    }
}

static void walk_action(struct walk *w, const json_t *action)
{
    const json_t *data = json_object_get(action, "data");
    const json_t *own = json_object_get(data, "_d");
    const json_t *fallback = json_object_get(action, "fallback");
    bool asks = is(json_object_get(data, "msteams"), "type", "task/fetch");
    walk_data(w, data);
    MUST(w, *text_of(action, "title"));
    walk_ours(w, text_of(action, "title"));
    walk_ours(w, text_of(action, "tooltip"));
    w->actions++;
    bool takes = w->dialog || (is(own, "a", "filter") && w->id_count > 0);
    MUST(w, takes || is(action, "associatedInputs", "none"));
    if (is(action, "type", "Action.Submit")) {
        MUST(w, asks == !w->dialog);
        MUST(w, !fallback);
        return;
    }
    MUST(w, is(action, "type", "Action.Execute"));
    MUST(w, !w->dialog && !asks);
    MUST(w, is(action, "verb", text_of(own, "a")));
    MUST(w, is(fallback, "type", "Action.Submit"));
    MUST(w, is(fallback, "title", text_of(action, "title")));
    MUST(w, is(fallback, "associatedInputs", text_of(action, "associatedInputs")));
    MUST(w, json_equal(data, json_object_get(fallback, "data")));
}

static void walk_actions(struct walk *w, const json_t *actions)
{
    size_t i, primary = 0;
    json_t *action;
    MUST(w, json_array_size(actions) <= 6);
    json_array_foreach(actions, i, action) {
        walk_action(w, action);
        primary += !is(action, "mode", "secondary");
    }
    MUST(w, primary <= 3);
}

/* ---- inputs ---- */

static void walk_input(struct walk *w, const json_t *input)
{
    const char *id = text_of(input, "id");
    MUST(w, *id && strcmp(id, "_d") != 0 && strcmp(id, "msteams") != 0);
    for (size_t i = 0; i < w->id_count; i++)
        MUST(w, strcmp(w->ids[i], id) != 0);
    w->ids[w->id_count++] = id;
    MUST(w, *text_of(input, "label"));
    walk_ours(w, text_of(input, "label"));
    walk_ours(w, text_of(input, "placeholder"));
    if (json_is_true(json_object_get(input, "isRequired")))
        MUST(w, *text_of(input, "errorMessage"));
    else
        MUST(w, strstr(text_of(input, "label"), "(optional)") || is(input, "id", "filter"));
    walk_ours(w, text_of(input, "errorMessage"));
    if (is(input, "type", "Input.Text")) {
        int64_t max = json_integer_value(json_object_get(input, "maxLength"));
        MUST(w, max > 0 && text_length(text_of(input, "value")) <= (size_t)max);
        return;
    }
    size_t i;
    json_t *choice;
    MUST(w, is(input, "type", "Input.ChoiceSet") && is(input, "style", "compact"));
    MUST(w, !json_object_get(input, "isMultiSelect"));
    json_array_foreach(json_object_get(input, "choices"), i, choice) {
        MUST(w, *text_of(choice, "title") && !strpbrk(text_of(choice, "title"), "[]\n"));
        MUST(w, *text_of(choice, "value") && !strchr(text_of(choice, "value"), ','));
    }
}

/* ---- the whole ---- */

static void walk_element(struct walk *w, const json_t *e)
{
    static const char *const boxes[] = { "Container", "ColumnSet", "Column", "RichTextBlock" };
    const char *type = text_of(e, "type");
    bool known = false;
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        known |= !strcmp(type, boxes[i]);
    if (!strcmp(type, "TextBlock")) {
        MUST(w, json_is_true(json_object_get(e, "wrap")));
        MUST(w, *text_of(e, "text"));
        walk_ours(w, without_moment(text_of(e, "text"), (char[1000]){ 0 }));
    } else if (!strcmp(type, "ActionSet")) {
        walk_actions(w, json_object_get(e, "actions"));
    } else if (!strncmp(type, "Input.", 6)) {
        walk_input(w, e);
    } else if (!known) {
        fail_msg("%s: an element of type '%s'", w->name, type);
    }
}

static void walk_value(struct walk *w, const json_t *value, const char *in)
{
    static const char *const forbidden[] = { "url", "iconUrl", "backgroundImage", "selectAction",
                                             "$data", "$when", "refresh", "facts" };
    const char *key;
    json_t *inner;
    size_t i;
    if (json_is_string(value))
        walk_string(w, json_string_value(value));
    json_array_foreach(value, i, inner) {
        if (!strcmp(in, "body") || !strcmp(in, "items") || !strcmp(in, "columns"))
            walk_element(w, inner);
        if (!strcmp(in, "inlines"))
            walk_run(w, inner);
        walk_value(w, inner, "");
    }
    if (json_is_array(value) && !strcmp(in, "columns"))
        MUST(w, json_array_size(value) == 2);
    if (!json_is_object(value))
        return;
    for (i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        MUST(w, !json_object_get(value, forbidden[i]));
    json_object_foreach((json_t *)(uintptr_t)value, key, inner)
        if (is(value, "type", "TextBlock") && !strcmp(key, "text"))
            walk_string(w, without_moment(json_string_value(inner), (char[1000]){ 0 }));
        else
            walk_value(w, inner, key);
}

/* Checks a card. w->dialog and w->name are the caller's; the rest is filled. */
static void walk_card(struct walk *w, const char *json, size_t len)
{
    json_error_t error;
    MUST(w, len <= TEAMS_CARD_MAX);
    MUST(w, text_is_valid(json, len));
    json_t *card = json_loadb(json, len, JSON_REJECT_DUPLICATES, &error);
    if (!card)
        fail_msg("%s: line %d: %s", w->name, error.line, error.text);
    MUST(w, is(card, "type", "AdaptiveCard") && is(card, "version", "1.5"));
    MUST(w, is(card, "$schema", "http://adaptivecards.io/schemas/adaptive-card.json"));
    MUST(w, is(json_object_get(card, "msteams"), "width", "Full"));
    MUST(w, *text_of(card, "speak") && *text_of(card, "fallbackText"));
    walk_ours(w, text_of(card, "speak"));
    walk_ours(w, text_of(card, "fallbackText"));
    MUST(w, json_array_size(json_object_get(card, "body")) > 0);
    walk_value(w, card, "");
    walk_actions(w, json_object_get(card, "actions"));
    w->id_count = 0;               /* the ids live no longer than the card */
    json_decref(card);
}

#endif
