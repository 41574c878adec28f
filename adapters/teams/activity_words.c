/* What a person typed. The bot's own mention is taken out and those of others become names: by the
 * entities, not by the text, because the sender can write <at> as well. */
#include "adapters/teams/activity_private.h"

#include <string.h>

enum { MENTIONS_MAX = 20, NAME_MAX_BYTES = 200 };

static const char *replace_first(const char *text, const char *what, const char *with,
                                 struct arena *a)
{
    const char *at = *what ? strstr(text, what) : NULL;
    if (!at)
        return text;
    return arena_print(a, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
}

/* "<at>Jo Doe</at>" becomes "@Jo Doe". */
static const char *name_in(const char *mention, struct arena *a)
{
    const char *begin = strchr(mention, '>'), *end = begin ? strstr(begin, "</") : NULL;
    if (!end || end - begin > NAME_MAX_BYTES)
        return mention;
    return arena_print(a, "@%.*s", (int)(end - begin - 1), begin + 1);
}

static bool is_us(const json_t *entity, const struct teams_input *in)
{
    const json_t *mentioned = json_object_get(entity, "mentioned");
    const char *id = json_string_value(json_object_get(mentioned, "id"));
    return id && in->bot && !strcmp(id, in->bot);
}

static const char *without_mentions(const json_t *activity, const char *text, struct arena *a,
                                    struct teams_input *in)
{
    size_t i;
    const json_t *entity;
    json_array_foreach(json_object_get(activity, "entities"), i, entity) {
        const char *type = json_string_value(json_object_get(entity, "type"));
        const char *mention = json_string_value(json_object_get(entity, "text"));
        if (i >= MENTIONS_MAX || !type || strcmp(type, "mention") != 0)
            continue;
        bool us = is_us(entity, in);
        in->mentions_us |= us;
        if (mention)
            text = replace_first(text, mention, us ? "" : name_in(mention, a), a);
    }
    return text;
}

/* How many bytes of white space begin here; U+00A0 stands behind mentions. */
static size_t space_at(const char *text)
{
    if (*text && strchr(" \t\r\n", *text))
        return 1;
    return !strncmp(text, "\xc2\xa0", 2) ? 2 : 0;
}

static const char *trim(const char *text, struct arena *a)
{
    while (space_at(text))
        text += space_at(text);
    size_t len = strlen(text);
    while (len && (strchr(" \t\r\n", text[len - 1])
                   || (len > 1 && !strncmp(text + len - 2, "\xc2\xa0", 2))))
        len -= text[len - 1] == '\xa0' ? 2 : 1;
    return arena_copy_n(a, text, len);
}

/* The text comes a second time as HTML; cards are no files either. */
static bool is_file(const json_t *attachment)
{
    static const char card[] = "application/vnd.microsoft.card.";
    const char *type = json_string_value(json_object_get(attachment, "contentType"));
    return type && strcmp(type, "text/html") != 0 && strncmp(type, card, sizeof card - 1) != 0;
}

void activity_words(const json_t *activity, struct arena *a, struct teams_input *in)
{
    size_t i;
    const json_t *attachment;
    const char *text = activity_text(activity, "text", a);
    in->text = trim(without_mentions(activity, text ? text : "", a, in), a);
    json_array_foreach(json_object_get(activity, "attachments"), i, attachment)
        in->has_file |= is_file(attachment);
}
