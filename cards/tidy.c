/* Cleaning, once: no renderer has to think of endless names, line breaks or characters that turn
 * text around. */
#include "cards/tidy.h"

#include <string.h>
#include <time.h>

#include "bot/base/text.h"

enum { JOINER = 0x200d, ELLIPSIS = 0x2026, CUT_BACK_MAX = 8 };

static bool turns_text_around(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* The code point as a card shows it; 0 = leave it out. Embeddings and overrides would reorder what
 * follows them, and a clipped text has lost the mark that ends them. */
static uint32_t shown(uint32_t c, bool one_line)
{
    if (c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85)
        return one_line ? ' ' : '\n';
    if (c == '\t')
        return ' ';
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || turns_text_around(c) || c == 0xfeff ? 0 : c;
}

/* Belongs to the sign before it: combining accents, variations, skin tones, joined pictures. */
static bool extends(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || c == JOINER || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0x1f3fb && c <= 0x1f3ff);
}

static char *step_back(const char *start, char *end)
{
    do
        end--;
    while (end > start && ((unsigned char)*end & 0xc0) == 0x80);
    return end;
}

/* Steps back over the rest of a sign that the cut before `next` would break. A text of nothing but
 * accents is cut anyway. */
static char *whole_signs(const char *start, char *end, uint32_t next)
{
    char *cut = end;
    for (int i = 0; i < CUT_BACK_MAX && cut > start; i++) {
        const char *last = step_back(start, cut);
        uint32_t c = text_next(&last);
        if (!extends(next) && c != JOINER)
            return cut;
        cut = step_back(start, cut);
        next = c;
    }
    return end;
}

static const char *tidy(struct arena *a, const char *text, size_t max, bool one_line)
{
    if (!text)
        return NULL;
    size_t room = strlen(text) < 4 * max ? strlen(text) : 4 * max;
    char *out = arena_alloc(a, room + 8), *end = out;
    size_t used = 0;
    for (uint32_t c; (c = text_next(&text));) {
        uint32_t s = shown(c, one_line);
        if (!s || (s == ' ' && one_line && (end == out || end[-1] == ' ')))
            continue;
        if (used++ == max) {
            *end = '\0';
            end = whole_signs(out, end, s);
            end += text_encode(ELLIPSIS, end);
            break;
        }
        end += text_encode(s, end);
    }
    *end = '\0';
    return out;
}

const char *tidy_text(struct arena *a, const char *text, size_t max)
{
    return tidy(a, text, max, false);
}

const char *tidy_line(struct arena *a, const char *text, size_t max)
{
    return tidy(a, text, max, true);
}

static bool has_no_width(uint32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x2064) || c == 0x61c
        || c == 0x180e;
}

const char *tidy_name(struct arena *a, const char *name, const char *otherwise)
{
    if (!name)
        return otherwise;
    char *seen = arena_alloc(a, strlen(name) + 1), *end = seen;
    for (uint32_t c; (c = text_next(&name));)
        if (!has_no_width(c))
            end += text_encode(c, end);
    *end = '\0';
    const char *clean = tidy_line(a, seen, TIDY_NAME_MAX);
    return text_is_blank(clean) ? otherwise : clean;
}

const char *tidy_title(struct arena *a, int64_t ticket_id, const char *subject)
{
    const char *clean = tidy_line(a, subject, TIDY_TITLE_MAX);
    return arena_print(a, "#%lld %s", (long long)ticket_id,
                       clean && !text_is_blank(clean) ? clean : "New conversation");
}

const char *tidy_time(struct arena *a, int64_t at_ms)
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm;
    char text[40];
    if (!gmtime_r(&seconds, &tm) || !strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &tm))
        return "unknown";
    return arena_copy(a, text);
}

bool tidy_find_time(struct arena *a, const char *text, int64_t at_ms, const char **before,
                    const char **behind)
{
    const char *words = at_ms ? tidy_time(a, at_ms) : NULL;
    const char *at = words ? strstr(text, words) : NULL;
    if (!at)
        return false;
    *before = arena_copy_n(a, text, (size_t)(at - text));
    *behind = at + strlen(words);
    return true;
}

const char *tidy_age(struct arena *a, int64_t at_ms, int64_t now_ms)
{
    long long minutes = (long long)((now_ms - at_ms) / 60000);
    if (minutes < 1)
        return "just now";
    if (minutes < 60)
        return arena_print(a, "%lld min ago", minutes);
    if (minutes < 48 * 60)
        return arena_print(a, "%lld h ago", minutes / 60);
    return arena_print(a, "%lld days ago", minutes / (24 * 60));
}
