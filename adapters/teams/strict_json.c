#include "adapters/teams/strict_json.h"

/* Until the first error that jansson would find, both agree about what is inside a string. */
bool strict_json_is_too_deep(struct teams_span text, int depth_max)
{
    int depth = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.bytes[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[') && ++depth > depth_max)
            return true;
        else if (!quoted && (c == '}' || c == ']'))
            depth--;
    }
    return false;
}

static enum teams_verdict verdict_of(const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_duplicate_key:
        return VERDICT_DUPLICATE;
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return VERDICT_EMBEDDED_NUL;
    default:
        return VERDICT_NOT_JSON;
    }
}

enum teams_verdict strict_json_object(struct teams_span text, json_t **out)
{
    json_error_t error;
    *out = NULL;
    if (strict_json_is_too_deep(text, STRICT_JSON_DEPTH))
        return VERDICT_TOO_DEEP;
    json_t *object = json_loadb(text.bytes, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!object)
        return verdict_of(&error);
    if (!json_is_object(object)) {
        json_decref(object);
        return VERDICT_NOT_JSON;
    }
    *out = object;
    return VERDICT_ACCEPTED;
}

struct teams_span strict_json_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    if (!json_is_string(value))
        return (struct teams_span){ 0 };
    return (struct teams_span){ json_string_value(value), json_string_length(value) };
}
