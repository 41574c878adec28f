#include "bot/kb_front.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "bot/base/text.h"

enum { URL_BYTES = 2000, SHOWN = 40 };

/* The value behind "name:"; "" when nothing is there, NULL when the line is about another name. */
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
    return arena_copy_n(a, from, (size_t)(end - from));
}

/* The first part of a code like "de" or "pt-BR", in small letters; NULL for what is no code. */
static const char *lang_of(struct arena *a, const char *given)
{
    size_t len = strcspn(given, "-_");
    char *code = arena_copy_n(a, given, len);
    for (char *at = code; *at; at++) {
        if (!isalpha((unsigned char)*at))
            return NULL;
        *at = (char)tolower((unsigned char)*at);
    }
    return len == 2 || len == 3 ? code : NULL;
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

static const char *shown(struct arena *a, const char *text)
{
    return arena_copy_n(a, text, text_bytes(text, SHOWN));
}

/* Takes a line in; NULL, or what is wrong with it. A name without a value is not given. */
static const char *front_line(struct arena *a, const char *line, size_t len, struct kb_front *out)
{
    const char *value;
    size_t blank = strspn(line, " \t\r");
    if (blank >= len || line[blank] == '#')
        return NULL;
    if ((value = value_of(a, line, len, "title"))) {
        out->title = *value ? value : NULL;
        return text_length(value) > KB_TITLE_MAX ? "title: is longer than 200 letters" : NULL;
    }
    if ((value = value_of(a, line, len, "lang")) || (value = value_of(a, line, len, "language"))) {
        out->lang = *value ? lang_of(a, value) : NULL;
        return out->lang || !*value ? NULL : arena_print(a, "lang: \"%s\" is not a language code;"
                                                         " write one like en or pt-BR",
                                                         shown(a, value));
    }
    if ((value = value_of(a, line, len, "url"))) {
        out->url = *value ? value : NULL;
        return is_web_url(value) || !*value ? NULL
            : "url: is not a web address (https://...) of at most 2000 bytes";
    }
    const char *all = arena_copy_n(a, line, strcspn(line, "\r\n")), *colon = strchr(all, ':');
    return arena_print(a, "\"%s\" is %s; only title:, lang: and url: are, so take the line out",
                       shown(a, colon ? arena_copy_n(a, all, (size_t)(colon - all)) : all),
                       colon ? "no key that is known" : "no line with a key");
}

static bool is_rule(const char *line, size_t len)
{
    return (len == 3 || (len == 4 && line[3] == '\r')) && !strncmp(line, "---", 3);
}

const char *kb_front_read(struct arena *a, const char *markdown, struct kb_front *out)
{
    const char *at = markdown, *wrong;
    size_t len = strcspn(at, "\n");
    *out = (struct kb_front){ 0 };
    if (!is_rule(at, len))
        return markdown;
    for (unsigned line = 2; *(at += len + (at[len] == '\n')); line++) {
        len = strcspn(at, "\n");
        if (is_rule(at, len))
            return at + len + (at[len] == '\n');
        if (!out->wrong && (wrong = front_line(a, at, len, out)))
            out->wrong = arena_print(a, "line %u: %s", line, wrong);
    }
    out->wrong = "line 1: no second --- ends what this --- begins; add it before the text";
    return markdown;
}
