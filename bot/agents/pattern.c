#include "bot/agents/pattern.h"

#include <stdint.h>
#include <string.h>

#include "bot/base/text.h"

/* Letters below this byte are of scripts with spaces; a match spans fewer words than PLACES. */
enum { GAP_WORDS = 3, TYPO_LETTERS = 5, SIGN_BYTE = 0xe0, PLACES = 63 };

/* One element of a pattern: a choice of words between two bytes, or a gap. */
struct element {
    const char *from, *to;
    bool optional, gap;
};

/* Where the word or sign that begins at `from` ends. */
static const char *token_end(const char *from, const char *to)
{
    const char *end = from;
    if ((unsigned char)*from >= SIGN_BYTE && words_is_sign(text_next(&end)))
        return end;
    end = from;
    while (end < to && *end != ' ' && !(end > from && (unsigned char)*end >= SIGN_BYTE))
        end++;
    return end;
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
        *e = (struct element){ .from = *at, .to = token_end(*at, *at + strlen(*at)) };
        *at = e->to;
    }
    return true;
}

/* One insertion, deletion, substitution or swap behind the first letter. */
static bool nearly(const char *a, size_t a_len, const char *b, size_t b_len)
{
    if (a_len < TYPO_LETTERS || b_len + 1 < TYPO_LETTERS || a[0] != b[0])
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

static bool token_fits(const char *token, size_t len, const struct word *w, bool typos)
{
    size_t size = strlen(w->text);
    if (w->kind == WORD_MARK)
        return false;
    if (len && token[len - 1] == '*')
        return size >= len - 1 && !memcmp(token, w->text, len - 1);
    if (size == len && !memcmp(token, w->text, len))
        return true;
    return typos && (unsigned char)token[0] < 0x80 && nearly(token, len, w->text, size);
}

static bool is_comma(const struct words *words, size_t i)
{
    return i < words->count && words->items[i].kind == WORD_MARK && words->items[i].text[0] == ',';
}

/* The word behind one alternative, which may be several words; 0 if it does not stand at `i`. */
static size_t item_end(const struct words *words, size_t i, const char *item, const char *to,
                       bool typos)
{
    while (item < to) {
        const char *end = token_end(item, to);
        while (is_comma(words, i))
            i++;
        if (i >= words->count || !token_fits(item, (size_t)(end - item), &words->items[i], typos))
            return 0;
        i++;
        for (item = end; item < to && *item == ' '; item++)
            ;
    }
    return i;
}

static uint64_t item_places(const struct words *words, size_t from, size_t i,
                            const struct element *e, bool typos)
{
    uint64_t places = 0;
    for (const char *item = e->from; item < e->to;) {
        const char *bar = memchr(item, '|', (size_t)(e->to - item));
        const char *end = bar ? bar : e->to;
        size_t behind = item_end(words, i, item, end, typos);
        if (behind && behind - from < PLACES)
            places |= UINT64_C(1) << (behind - from);
        item = end + 1;
    }
    return places;
}

static uint64_t any_word(const struct words *words, size_t from, size_t i)
{
    while (is_comma(words, i))
        i++;
    if (i >= words->count || i + 1 - from >= PLACES || words->items[i].kind == WORD_MARK)
        return 0;
    return UINT64_C(1) << (i + 1 - from);
}

/* The set of places behind `places` after one element (any word, when e is NULL). */
static uint64_t advance(const struct words *words, size_t from, uint64_t places,
                        const struct element *e, bool typos)
{
    uint64_t next = 0;
    for (size_t bit = 0; places >> bit; bit++)
        if (places >> bit & 1)
            next |= e ? item_places(words, from, from + bit, e, typos)
                      : any_word(words, from, from + bit);
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

static size_t pair_of(const char *text)
{
    return (size_t)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

void pattern_index(const struct words *words, struct arena *arena, struct pattern_text *out)
{
    *out = (struct pattern_text){ .words = words, .ascii = true };
    out->next = arena_alloc(arena, (words->count + 1) * sizeof *out->next);
    for (size_t i = words->count; i-- > 0;) {
        unsigned char byte = (unsigned char)words->items[i].text[0];
        out->next[i] = out->first[byte];
        out->first[byte] = (unsigned short)(i + 1);
        size_t pair = pair_of(words->items[i].text);
        out->ascii = out->ascii && byte < 0x80;
        out->pairs[pair / 64] |= UINT64_C(1) << pair % 64;
    }
}

/* The first word at or behind `start` where this alternative begins and the pattern holds. The
 * first token is compared here already: nearly all patterns end with that. */
static bool find_item(const struct pattern_text *text, size_t start, const char *item,
                      const char *to, const char *pattern, bool typos, struct pattern_hit *hit)
{
    const struct word *words = text->words->items;
    size_t i = text->first[(unsigned char)*item], len = 0;
    if (i)
        len = (size_t)(token_end(item, to) - item);
    if (start < text->words->count && words[start].text[0] == *item)
        i = start + 1;
    for (; i && !(hit->to && i > hit->from); i = text->next[i - 1]) {
        size_t behind = 0;
        if (i > start && token_fits(item, len, &words[i - 1], typos) &&
            pattern_at(text->words, i - 1, pattern, typos, &behind) && behind > i - 1) {
            *hit = (struct pattern_hit){ i - 1, behind };
            return true;
        }
    }
    return false;
}

/* Whether any word of the text can begin this alternative: nearly always not. */
static bool may_begin(const struct pattern_text *text, const char *item, bool typos)
{
    size_t pair = pair_of(item);
    if (!text->first[(unsigned char)*item])
        return false;
    return typos || text->pairs[pair / 64] >> pair % 64 & 1 || strchr("|)] *", item[1]);
}

static bool find_by(const struct pattern_text *text, size_t start, const struct element *e,
                    const char *pattern, bool typos, struct pattern_hit *hit)
{
    bool found = false;
    for (const char *item = e->from, *end; item < e->to; item = end + 1) {
        for (end = item; end < e->to && *end != '|'; end++)
            ;
        if (may_begin(text, item, typos))
            found = find_item(text, start, item, end, pattern, typos, hit) || found;
    }
    return found;
}

bool pattern_find(const struct pattern_text *text, size_t start, const char *pattern, bool typos,
                  struct pattern_hit *hit)
{
    const char *at = pattern;
    struct element e;
    struct pattern_hit best = { 0, 0 };
    bool found = false;
    size_t lead = *pattern == '(' || *pattern == '[';
    if (text->ascii && (unsigned char)pattern[lead] >= 0x80)
        return false;
    while (next_element(&at, &e) && !e.gap) {
        found = find_by(text, start, &e, pattern, typos, &best) || found;
        if (!e.optional)
            break;
    }
    if (found)
        *hit = best;
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
