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

static size_t opener(const struct words *words, size_t i, size_t kind)
{
    size_t longest = 0, to = 0;
    for (size_t k = 0; k < speech_count; k++) {
        const struct speech_heard *h = &speeches[k]->heard;
        const char *const *lists[] = { h->also, h->question, h->request, h->greeting };
        for (const char *const *p = lists[kind]; p && *p; p++)
            if (pattern_at(words, i, *p, false, &to) && to - i > longest)
                longest = to - i;
    }
    return longest;
}

enum { ALSO, QUESTION, REQUEST, GREETING };

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

static bool asks(const struct words *words, struct piece p)
{
    size_t from = p.from + opener(words, p.from, GREETING);
    while (from < p.to && words->items[from].kind == WORD_MARK)
        from++;
    if (from < p.to && (opener(words, from, QUESTION) || opener(words, from, REQUEST)))
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
static size_t piece_end(const struct words *words, size_t from)
{
    for (size_t i = from; i < words->count; i++) {
        if (is_end(&words->items[i]))
            return i;
        bool early = i > from + LEAST_WORDS;
        if (early && opener(words, i, ALSO) && !opener(words, i - 1, ALSO))
            return i;
    }
    return words->count;
}

static bool is_new(const struct words *words, struct piece last, struct piece p)
{
    if (!is_long_enough(words, p) || !is_long_enough(words, last))
        return false;
    size_t also = opener(words, p.from, ALSO);
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
    for (size_t from = 0; from < words->count;) {
        struct piece p = { from, piece_end(words, from), false };
        from = p.to < words->count && is_end(&words->items[p.to]) ? p.to + 1 : p.to;
        if (p.to <= p.from)
            continue;
        p.asks = asks(words, p);
        if (whole.to > whole.from && is_new(words, whole, p) && count + 1 < TRIAGE_REQUESTS_MAX) {
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

const char *requests_title(const struct words *words, size_t code_points, struct arena *arena)
{
    size_t from = 0, to = 0;
    while (from < words->count) {
        size_t skip = words->items[from].kind == WORD_MARK ? 1 : opener(words, from, GREETING);
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
