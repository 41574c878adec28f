#include "bot/agents/requests.h"

#include <string.h>

#include "bot/agents/pattern.h"
#include "bot/agents/speech.h"
#include "bot/base/text.h"

enum { LEAST_WORDS = 3, LEAST_SIGNS = 5 };

struct piece {
    size_t from, to;            /* words */
    bool asks;                  /* a question or a request for something */
};

enum { ALSO, QUESTION, REQUEST, GREETING, OPENERS };

/* How many words an opener of each kind takes at each word, in any language. */
struct openers {
    const struct words *words;
    unsigned char *size[OPENERS];
};

static void find_openers(const struct words *words, struct arena *arena, struct openers *out)
{
    struct pattern_text text;
    struct pattern_hit hit;
    pattern_index(words, arena, &text);
    out->words = words;
    for (size_t kind = 0; kind < OPENERS; kind++)
        out->size[kind] = arena_alloc(arena, words->count + 1);
    for (size_t k = 0; k < speech_count; k++) {
        const struct speech_heard *h = &speeches[k]->heard;
        const char *const *lists[OPENERS] = { h->also, h->question, h->request, h->greeting };
        for (size_t kind = 0; kind < OPENERS && speech_is_possible(speeches[k], &text); kind++)
            for (const char *const *p = lists[kind]; p && *p; p++)
                for (size_t at = 0; pattern_find(&text, at, *p, false, &hit); at = hit.from + 1)
                    if (hit.to - hit.from > out->size[kind][hit.from])
                        out->size[kind][hit.from] = (unsigned char)(hit.to - hit.from);
    }
}

static bool is_end(const struct word *w)
{
    return w->kind == WORD_MARK && w->text[0] != ',' && w->text[0] != ':';
}

static bool is_long_enough(const struct words *words, struct piece p)
{
    size_t count = 0, signs = 0;
    for (size_t i = p.from; i < p.to; i++) {
        count += words->items[i].kind == WORD_LETTERS;
        signs += words->items[i].kind == WORD_SIGN;
    }
    return count >= LEAST_WORDS || signs >= LEAST_SIGNS;
}

static bool asks(const struct openers *o, struct piece p)
{
    const struct words *words = o->words;
    size_t from = p.from + o->size[GREETING][p.from];
    while (from < p.to && words->items[from].kind == WORD_MARK)
        from++;
    if (from < p.to && (o->size[QUESTION][from] || o->size[REQUEST][from]))
        return true;
    return p.to < words->count && words->items[p.to].text[0] == '?';
}

/* A word of the piece that points back makes it part of what was said before. */
static bool points_back(const struct words *words, struct piece p)
{
    static const char *const back[] = {
        "(it|this|that|one|them|these|those|es|das|diese*|ca|cela|le|la|eso|esto|lo|isso|isto|"
            "dat|dit|het|to|tego|это|этого|его|ذلك|هذا|bunu|onu)", "它", "这", "那", "これ", "それ", NULL
    };
    for (size_t i = p.from; i < p.to; i++)
        for (const char *const *b = back; *b; b++) {
            size_t to = 0;
            if (pattern_at(words, i, *b, false, &to))
                return true;
        }
    return false;
}

static const char *text_of(const struct words *words, struct piece p, struct arena *arena)
{
    size_t to = p.to < words->count && words->items[p.to].text[0] == '?' ? p.to + 1 : p.to;
    const struct word *first = &words->items[p.from], *last = &words->items[to - 1];
    return arena_copy_n(arena, words->source + first->from, last->from + last->size - first->from);
}

/* Where the sentence or clause that begins at `from` ends. */
static size_t piece_end(const struct openers *o, size_t from)
{
    const struct words *words = o->words;
    for (size_t i = from; i < words->count; i++) {
        if (is_end(&words->items[i]))
            return i;
        bool early = i > from + LEAST_WORDS;
        if (early && o->size[ALSO][i] && !o->size[ALSO][i - 1])
            return i;
    }
    return words->count;
}

static bool is_new(const struct openers *o, struct piece last, struct piece p)
{
    const struct words *words = o->words;
    if (!is_long_enough(words, p) || !is_long_enough(words, last))
        return false;
    size_t also = o->size[ALSO][p.from];
    if (also) {
        struct piece rest = { p.from + also, p.to, false };
        return is_long_enough(words, rest);
    }
    return p.asks && last.asks && !points_back(words, p);
}

size_t requests_split(const struct words *words, struct arena *arena,
                      const char *out[TRIAGE_REQUESTS_MAX])
{
    size_t count = 0;
    struct piece whole = { 0, 0, false };
    struct openers openers;
    find_openers(words, arena, &openers);
    for (size_t from = 0; from < words->count;) {
        struct piece p = { from, piece_end(&openers, from), false };
        from = p.to < words->count && is_end(&words->items[p.to]) ? p.to + 1 : p.to;
        if (p.to <= p.from)
            continue;
        p.asks = asks(&openers, p);
        if (whole.to > whole.from && is_new(&openers, whole, p) && count + 1 < TRIAGE_REQUESTS_MAX) {
            out[count++] = text_of(words, whole, arena);
            whole = p;
        } else {
            whole.from = whole.to > whole.from ? whole.from : p.from;
            whole.to = p.to;
            whole.asks = whole.asks || p.asks;
        }
    }
    if (whole.to > whole.from)
        out[count++] = text_of(words, whole, arena);
    return count;
}

static size_t greeting_at(const struct words *words, size_t i)
{
    size_t longest = 0, to = 0;
    for (size_t k = 0; k < speech_count; k++)
        for (const char *const *p = speeches[k]->heard.greeting; p && *p; p++)
            if (pattern_at(words, i, *p, false, &to) && to - i > longest)
                longest = to - i;
    return longest;
}

const char *requests_title(const struct words *words, size_t code_points, struct arena *arena)
{
    size_t from = 0, to = 0;
    while (from < words->count) {
        size_t skip = words->items[from].kind == WORD_MARK ? 1 : greeting_at(words, from);
        if (!skip)
            break;
        from += skip;
    }
    if (from >= words->count)
        from = 0;
    for (to = from; to < words->count && words->items[to].text[0] != '\n'; to++) {
        const struct word *first = &words->items[from], *w = &words->items[to];
        size_t bytes = w->from + w->size - first->from;
        const char *so_far = arena_copy_n(arena, words->source + first->from, bytes);
        if (text_length(so_far) > code_points || (is_end(w) && to > from + LEAST_WORDS))
            break;
    }
    if (to == from)
        return words->count ? arena_copy_n(arena, words->source + words->items[from].from,
            text_bytes(words->source + words->items[from].from, code_points)) : "";
    const struct word *first = &words->items[from], *last = &words->items[to - 1];
    return arena_copy_n(arena, words->source + first->from, last->from + last->size - first->from);
}
