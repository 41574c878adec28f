#include "bot/agents/pattern.h"

#include <stdint.h>
#include <string.h>

#include "bot/base/text.h"

enum { GAP_WORDS = 3, TYPO_LETTERS = 5 };

/* One element of a pattern: a choice of words between two bytes, or a gap. */
struct element {
    const char *from, *to;
    bool optional, gap;
};

static void sign_or_word(const char **at, struct element *e)
{
    const char *end = *at;
    uint32_t c = text_next(&end);
    while (!words_is_sign(c) && *end && *end != ' ') {
        const char *behind = end;
        c = text_next(&behind);
        if (words_is_sign(c))
            break;
        end = behind;
    }
    *e = (struct element){ .from = *at, .to = end };
    *at = end;
}

/* Reads the next element; false at the end of the pattern. */
static bool next_element(const char **at, struct element *e)
{
    while (**at == ' ')
        (*at)++;
    if (!**at)
        return false;
    char open = **at, close = open == '(' ? ')' : open == '[' ? ']' : '\0';
    const char *end = close ? strchr(*at, close) : NULL;
    if (end) {
        *e = (struct element){ .from = *at + 1, .to = end, .optional = open == '[' };
        *at = end + 1;
    } else if (open == '.' && (*at)[1] == '.') {
        *e = (struct element){ .gap = true };
        *at += 2;
    } else {
        sign_or_word(at, e);
    }
    return true;
}

/* One insertion, deletion, substitution or swap behind the first letter. */
static bool nearly(const char *a, size_t a_len, const char *b, size_t b_len)
{
    if (a_len < TYPO_LETTERS || b_len < TYPO_LETTERS || a[0] != b[0])
        return false;
    if (a_len > b_len + 1 || b_len > a_len + 1)
        return false;
    size_t head = 0, tail = 0, least = a_len < b_len ? a_len : b_len;
    while (head < least && a[head] == b[head])
        head++;
    while (tail < least - head && a[a_len - 1 - tail] == b[b_len - 1 - tail])
        tail++;
    size_t a_left = a_len - head - tail, b_left = b_len - head - tail;
    if (a_left <= 1 && b_left <= 1)
        return true;
    return a_left == 2 && b_left == 2 && a[head] == b[head + 1] && a[head + 1] == b[head];
}

static bool item_fits(const char *item, size_t len, const struct word *w, bool typos)
{
    size_t size = strlen(w->text);
    if (len && item[len - 1] == '*')
        return size >= len - 1 && !memcmp(item, w->text, len - 1);
    if (size == len && !memcmp(item, w->text, len))
        return true;
    return typos && (unsigned char)item[0] < 0x80 && nearly(item, len, w->text, size);
}

static bool element_fits(const struct element *e, const struct word *w, bool typos)
{
    if (w->kind == WORD_MARK)
        return false;
    for (const char *item = e->from; item < e->to;) {
        const char *bar = memchr(item, '|', (size_t)(e->to - item));
        const char *end = bar ? bar : e->to;
        if (item_fits(item, (size_t)(end - item), w, typos))
            return true;
        item = end + 1;
    }
    return false;
}

static bool is_comma(const struct words *words, size_t i)
{
    return i < words->count && words->items[i].kind == WORD_MARK && words->items[i].text[0] == ',';
}

/* The set of places behind `places` after one word that fits (any word, when e is NULL). */
static uint64_t advance(const struct words *words, size_t from, uint64_t places,
                        const struct element *e, bool typos)
{
    uint64_t next = 0;
    for (unsigned bit = 0; bit < 63; bit++) {
        if (!(places >> bit & 1))
            continue;
        size_t i = from + bit;
        while (is_comma(words, i))
            i++;
        if (i >= words->count || i + 1 - from > 63)
            continue;
        const struct word *w = &words->items[i];
        if (e ? element_fits(e, w, typos) : w->kind != WORD_MARK)
            next |= UINT64_C(1) << (i + 1 - from);
    }
    return next;
}

bool pattern_at(const struct words *words, size_t from, const char *pattern, bool typos, size_t *to)
{
    uint64_t places = 1;
    struct element e;
    while (places && next_element(&pattern, &e)) {
        uint64_t next = e.gap ? 0 : advance(words, from, places, &e, typos);
        for (int i = 0; e.gap && i < GAP_WORDS; i++)
            places |= advance(words, from, places, NULL, false);
        places = e.gap ? places : e.optional ? places | next : next;
    }
    if (!places)
        return false;
    size_t last = 63;
    while (!(places >> last & 1))
        last--;
    *to = from + last;
    return true;
}

void pattern_index(const struct words *words, struct arena *arena, struct pattern_text *out)
{
    *out = (struct pattern_text){ .words = words };
    out->next = arena_alloc(arena, (words->count + 1) * sizeof *out->next);
    for (size_t i = words->count; i-- > 0;) {
        unsigned char byte = (unsigned char)words->items[i].text[0];
        out->next[i] = out->first[byte];
        out->first[byte] = (unsigned short)(i + 1);
    }
}

bool pattern_find(const struct pattern_text *text, size_t start, const char *pattern, bool typos,
                  struct pattern_hit *hit)
{
    const char *at = pattern;
    struct element e;
    bool found = false;
    if (!next_element(&at, &e) || e.gap)
        return false;
    for (const char *item = e.from; item < e.to; item++) {
        if (item != e.from && item[-1] != '|')
            continue;
        for (size_t i = text->first[(unsigned char)*item]; i; i = text->next[i - 1]) {
            size_t to = 0;
            if (i - 1 < start || (found && i - 1 >= hit->from))
                continue;
            if (pattern_at(text->words, i - 1, pattern, typos, &to)) {
                *hit = (struct pattern_hit){ i - 1, to };
                found = true;
            }
        }
    }
    return found;
}

bool pattern_any(const struct pattern_text *text, const char *const *patterns,
                 struct pattern_hit *hit)
{
    for (; patterns && *patterns; patterns++)
        if (pattern_find(text, 0, *patterns, false, hit))
            return true;
    return false;
}

bool pattern_starts(const struct words *words, const char *const *patterns, size_t *to)
{
    size_t from = 0, longest = 0;
    while (from < words->count && words->items[from].kind == WORD_MARK)
        from++;
    for (; patterns && *patterns; patterns++) {
        size_t end = 0;
        if (pattern_at(words, from, *patterns, false, &end) && end > longest)
            longest = end;
    }
    *to = longest;
    return longest > 0;
}
