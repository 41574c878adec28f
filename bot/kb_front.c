#include "bot/kb_front.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "bot/base/text.h"

enum { URL_BYTES = 2000 };

static const char *value_of(struct arena *a, const char *line, size_t len, const char *name)
{
    size_t name_len = strlen(name);
    if (len <= name_len || strncasecmp(line, name, name_len) != 0 || line[name_len] != ':')
        return NULL;
    const char *from = line + name_len + 1, *end = line + len;
    while (from < end && (*from == ' ' || *from == '\t'))
        from++;
    while (end > from && strchr(" \t\r", end[-1]))
        end--;
    if (end - from >= 2 && (*from == '"' || *from == '\'') && end[-1] == *from)
        from++, end--;
    return from < end ? arena_copy_n(a, from, (size_t)(end - from)) : NULL;
}

/* The first part of a code like "de" or "pt-BR", in small letters; "" for what is no code. */
static const char *lang_of(struct arena *a, const char *given)
{
    size_t len = strcspn(given, "-_");
    char *code = arena_copy_n(a, given, len);
    for (char *at = code; *at; at++) {
        if (!isalpha((unsigned char)*at))
            return "";
        *at = (char)tolower((unsigned char)*at);
    }
    return len == 2 || len == 3 ? code : "";
}

static void front_line(struct arena *a, const char *line, size_t len, struct kb_front *out)
{
    const char *value;
    if ((value = value_of(a, line, len, "title")))
        out->title = value;
    else if ((value = value_of(a, line, len, "lang")) ||
             (value = value_of(a, line, len, "language")))
        out->lang = lang_of(a, value);
    else if ((value = value_of(a, line, len, "url")))
        out->url = value;
}

static bool is_rule(const char *line, size_t len)
{
    return (len == 3 || (len == 4 && line[3] == '\r')) && !strncmp(line, "---", 3);
}

const char *kb_front_read(struct arena *a, const char *markdown, struct kb_front *out)
{
    const char *at = markdown;
    size_t len = strcspn(at, "\n");
    struct kb_front found = { 0 };
    if (!is_rule(at, len) || !at[len])
        return markdown;
    for (at += len + 1; *at; at += len + (at[len] == '\n')) {
        len = strcspn(at, "\n");
        if (is_rule(at, len)) {
            *out = found;
            return at + len + (at[len] == '\n');
        }
        front_line(a, at, len, &found);
    }
    return markdown;
}

/* It becomes a link before customers: nothing but a web page. */
static bool is_web_url(const char *url)
{
    if (strncasecmp(url, "https://", 8) != 0 && strncasecmp(url, "http://", 7) != 0)
        return false;
    for (const char *at = url; *at; at++)
        if ((unsigned char)*at <= ' ' || strchr("\"<>\\^`{|}\x7f", *at))
            return false;
    return strlen(url) <= URL_BYTES && strlen(strchr(url, '/') + 2) > 0;
}

const char *kb_front_wrong(const struct kb_front *front)
{
    if (front->title && text_length(front->title) > KB_TITLE_MAX)
        return "its title is longer than 200 letters";
    if (front->lang && !*front->lang)
        return "lang: is not a language code like en or pt-BR";
    if (front->url && !is_web_url(front->url))
        return "url: is not a web address (https://...) of at most 2000 bytes";
    return NULL;
}
