/* From the bytes of a frame to JSON, and from JSON to single values with their limits. */
#include "adapters/slack/envelope_private.h"

#include <string.h>

#define ESCAPE_LEN 6                   /* \uXXXX */

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of a \uXXXX at `at`, -1 if there is none before `end`. */
static long unit_at(const char *at, const char *end)
{
    long unit = 0;
    if (end - at < ESCAPE_LEN || at[0] != '\\' || at[1] != 'u')
        return -1;
    for (int i = 2; i < ESCAPE_LEN; i++) {
        int value = hex_value(at[i]);
        if (value < 0)
            return -1;
        unit = unit * 16 + value;
    }
    return unit;
}

static bool is_high(long unit) { return unit >= 0xd800 && unit <= 0xdbff; }
static bool is_low(long unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

/* Behind the escape at `at`. One that stands for no character is overwritten by U+FFFD: a whole
 * message must not be lost for a half emoji. */
static char *repair_escape(char *at, const char *end)
{
    long unit = unit_at(at, end);
    if (unit < 0)
        return end - at < 2 ? at + 1 : at + 2;
    if (is_high(unit) && is_low(unit_at(at + ESCAPE_LEN, end)))
        return at + 2 * ESCAPE_LEN;
    if (!unit || is_high(unit) || is_low(unit))
        memcpy(at + 2, "fffd", 4);
    return at + ESCAPE_LEN;
}

/* Behind the string that begins at `at` with its quotation mark, or at the end. */
static char *skip_string(char *at, const char *end)
{
    for (at++; at < end && *at != '"';)
        at = *at == '\\' ? repair_escape(at, end) : at + 1;
    return at < end ? at + 1 : at;
}

char *envelope_repair(const char *bytes, size_t len, struct arena *a)
{
    int depth = 0;
    if (len > SLACK_FRAME_MAX || memchr(bytes, '\0', len))
        return NULL;
    char *copy = arena_copy_n(a, bytes, len);
    const char *end = copy + len;
    for (char *at = copy; at < end;) {
        if (*at == '"') {
            at = skip_string(at, end);
            continue;
        }
        depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
        if (depth > SLACK_DEPTH_MAX)
            return NULL;
        at++;
    }
    return copy;
}

/* Only sent back, never looked into: whatever one word of ASCII Slack gives. */
static bool is_opaque(const char *text)
{
    size_t len = 0;
    while (text[len] > ' ' && text[len] <= '~')
        len++;
    return !text[len] && len <= SLACK_ID_MAX;
}

/* Behind white space and, if there is one, a colon. */
static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && strchr(" \t\r\n:", *at))
        at++;
    return at;
}

/* What stands between the quotation marks at `at`, when that is an id. */
static const char *quoted_id(const char *at, const char *end, struct arena *a)
{
    const char *quote = at < end && *at == '"' ? memchr(at + 1, '"', (size_t)(end - at - 1)) : NULL;
    if (!quote || quote - at - 1 > SLACK_ID_MAX)
        return NULL;
    char *id = arena_copy_n(a, at + 1, (size_t)(quote - at - 1));
    return *id && is_opaque(id) && !strchr(id, '\\') ? id : NULL;
}

/* The quotation mark that ends the string which begins at `at`, or the end. */
static const char *end_of_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        if (*at == '\\' && at + 1 < end)
            at++;
    return at;
}

const char *slack_envelope_id(const char *bytes, size_t len, struct arena *a)
{
    static const char name[] = "\"envelope_id\"";
    const char *end = bytes + len;
    int depth = 0;
    for (const char *at = bytes; at < end; at++) {
        if ((size_t)(end - at) >= sizeof name && depth == 1 && !memcmp(at, name, sizeof name - 1))
            return quoted_id(skip_blanks(at + sizeof name - 1, end), end, a);
        depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
        if (*at == '"' && (at = end_of_string(at, end)) == end)
            break;
    }
    return NULL;
}

json_t *envelope_load(const char *text)
{
    json_error_t error;
    json_t *object = text ? json_loads(text, JSON_REJECT_DUPLICATES, &error) : NULL;
    if (json_is_object(object))
        return object;
    json_decref(object);
    return NULL;
}

static bool is_id(const char *text)
{
    size_t len = strlen(text);
    return len <= SLACK_ID_MAX &&
           strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") == len;
}

static bool is_ts(const char *text)
{
    size_t seconds = strspn(text, "0123456789");
    return seconds && seconds <= 12 && text[seconds] == '.' &&
           strspn(text + seconds + 1, "0123456789") == 6 && !text[seconds + 7];
}

static const char *checked(struct envelope *e, const json_t *object, const char *member,
                           bool (*is_fit)(const char *text))
{
    const json_t *value = json_object_get(object, member);
    const char *text = json_string_value(value);
    if (!value || json_is_null(value) || (text && !*text))
        return NULL;
    if (text && is_fit(text))
        return arena_copy(e->a, text);
    e->bad = true;
    return NULL;
}

const char *envelope_id(struct envelope *e, const json_t *object, const char *member)
{
    return checked(e, object, member, is_id);
}

const char *envelope_opaque(struct envelope *e, const json_t *object, const char *member)
{
    return checked(e, object, member, is_opaque);
}

const char *envelope_mark(struct envelope *e, const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text && *text && is_opaque(text) ? arena_copy(e->a, text) : NULL;
}

const char *envelope_ts(struct envelope *e, const json_t *object, const char *member)
{
    return checked(e, object, member, is_ts);
}

const char *envelope_text(struct envelope *e, const json_t *object, const char *member,
                          size_t max)
{
    const json_t *value = json_object_get(object, member);
    size_t len = json_string_length(value);
    return len && len <= max ? arena_copy_n(e->a, json_string_value(value), len) : NULL;
}

int64_t envelope_number(const json_t *object, const char *member, int64_t max)
{
    const json_t *value = json_object_get(object, member);
    json_int_t number = json_integer_value(value);
    return number > 0 && number <= max ? number : 0;
}
