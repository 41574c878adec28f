#include "bot/base/words.h"

#include <string.h>

#include "bot/base/text.h"

enum { WORD_BYTES_MAX = 96 };   /* longer words are cut: nobody types them on purpose */

struct span {
    uint32_t first, last;
};

static bool in_spans(const struct span *spans, size_t count, uint32_t c)
{
    for (size_t i = 0; i < count; i++)
        if (c >= spans[i].first && c <= spans[i].last)
            return true;
    return false;
}

#define IN(spans, c) in_spans(spans, sizeof spans / sizeof spans[0], c)

bool words_is_sign(uint32_t c)
{
    static const struct span signs[] = {
        { 0x0e00, 0x0eff }, { 0x1000, 0x109f }, { 0x1780, 0x17ff }, { 0x3041, 0x3096 },
        { 0x30a1, 0x30ff }, { 0x31f0, 0x31ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff },
        { 0xf900, 0xfaff }, { 0x20000, 0x3ffff },
    };
    return c >= 0x0e00 && IN(signs, c);
}

/* Above ASCII everything is taken for a letter but the blocks that hold none. */
bool words_is_letter(uint32_t c)
{
    static const struct span others[] = {
        { 0x80, 0xa9 },     { 0xab, 0xb4 },     { 0xb6, 0xb9 },     { 0xbb, 0xbf },
        { 0xd7, 0xd7 },     { 0xf7, 0xf7 },     { 0x2c2, 0x2df },   { 0x37e, 0x37e },
        { 0x387, 0x387 },   { 0x55a, 0x55f },   { 0x589, 0x58a },   { 0x5be, 0x5be },
        { 0x5c0, 0x5c0 },   { 0x5c3, 0x5c3 },   { 0x5f3, 0x5f4 },   { 0x600, 0x60f },
        { 0x61b, 0x61f },   { 0x66a, 0x66d },   { 0x6d4, 0x6d4 },   { 0x964, 0x965 },
        { 0xe3f, 0xe3f },   { 0xe4f, 0xe4f },   { 0xe5a, 0xe5b },   { 0x104a, 0x104f },
        { 0x17d4, 0x17da }, { 0x2000, 0x2bff }, { 0x2e00, 0x2fff }, { 0x3000, 0x3004 },
        { 0x3008, 0x3020 }, { 0x3030, 0x3030 }, { 0x303d, 0x303f }, { 0x30a0, 0x30a0 },
        { 0x30fb, 0x30fb }, { 0xd800, 0xf8ff }, { 0xfe00, 0xfe1f }, { 0xfe30, 0xfe6f },
        { 0xff00, 0xff0f }, { 0xff1a, 0xff20 }, { 0xff3b, 0xff40 }, { 0xff5b, 0xff65 },
        { 0xfff0, 0xffff }, { 0x1f000, 0x1faff }, { 0xe0000, 0x10ffff },
    };
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return !IN(others, c);
}

/* Marks that stand on a letter and do not change the word. */
static bool is_silent(uint32_t c)
{
    static const struct span silent[] = {
        { 0xad, 0xad },     { 0x300, 0x36f },   { 0x591, 0x5c7 },   { 0x610, 0x61a },
        { 0x640, 0x640 },   { 0x64b, 0x65f },   { 0x670, 0x670 },   { 0x200b, 0x200f },
        { 0x202a, 0x202e }, { 0x2060, 0x2069 }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
    };
    return c >= 0xad && IN(silent, c);
}

/* Base letters of U+00C0..U+017F and U+1E00..U+1EFF; '?' where there is none. */
static const char latin_base[] =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuytyaaaaaaccccccccddddeeeeeeeeee"
    "gggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyy"
    "zzzzzzs";
static const char vietnamese_base[] =
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrr"
    "rrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwy?s??s?aaaaaaaaaaaaaaaaaaaaaaaa"
    "eeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

static uint32_t other_base(uint32_t c)
{
    static const uint32_t pairs[][2] = {
        { 0x1a0, 'o' },     { 0x1a1, 'o' },     { 0x1af, 'u' },     { 0x1b0, 'u' },
        { 0x218, 's' },     { 0x219, 's' },     { 0x21a, 't' },     { 0x21b, 't' },
        { 0x390, 0x3b9 },   { 0x3ac, 0x3b1 },   { 0x3ad, 0x3b5 },   { 0x3ae, 0x3b7 },
        { 0x3af, 0x3b9 },   { 0x3b0, 0x3c5 },   { 0x3c2, 0x3c3 },   { 0x3ca, 0x3b9 },
        { 0x3cb, 0x3c5 },   { 0x3cc, 0x3bf },   { 0x3cd, 0x3c5 },   { 0x3ce, 0x3c9 },
        { 0x451, 0x435 },   { 0x622, 0x627 },   { 0x623, 0x627 },   { 0x624, 0x648 },
        { 0x625, 0x627 },   { 0x626, 0x64a },   { 0x629, 0x647 },   { 0x649, 0x64a },
        { 0x671, 0x627 },   { 0x6a9, 0x643 },   { 0x6cc, 0x64a },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (pairs[i][0] == c)
            return pairs[i][1];
    return c;
}

size_t words_fold(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)text_lower(c);
        return 1;
    }
    if (is_silent(c))
        return 0;
    if (c >= 0xff01 && c <= 0xff5e)
        return words_fold(c - 0xfee0, out);
    if (c >= 0x660 && c <= 0x669)
        return text_encode('0' + (c - 0x660), out);
    const char *two = c == 0xdf || c == 0x1e9e ? "ss" : c == 0xe6 || c == 0xc6 ? "ae"
                    : c == 0x153 || c == 0x152 ? "oe" : c == 0xfe || c == 0xde ? "th" : NULL;
    if (two) {
        memcpy(out, two, 2);
        return 2;
    }
    char base = c >= 0xc0 && c <= 0x17f ? latin_base[c - 0xc0]
              : c >= 0x1e00 && c <= 0x1eff ? vietnamese_base[c - 0x1e00] : '?';
    if (base != '?') {
        out[0] = base;
        return 1;
    }
    return text_encode(other_base(text_lower(c)), out);
}

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x2bc || c == 0xb4 || c == '`';
}

/* English contractions stay one word; an elided article ("l'or", "un'ora") is a word of its own. */
static bool joins_after_apostrophe(const char *rest)
{
    static const char *const tails[] = { "t", "s", "re", "ve", "ll", "d", "m" };
    char tail[4] = "";
    size_t len = 0;
    const char *at = rest;
    for (uint32_t c; (c = text_next(&at)) != 0 && words_is_letter(c);) {
        if (len == 2 || c >= 0x80)
            return false;
        tail[len++] = (char)text_lower(c);
    }
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
        if (!strcmp(tail, tails[i]))
            return true;
    return false;
}

/* The mark that a punctuation character stands for, or 0. A dot inside a name or number is none. */
static char mark_of(uint32_t c, const char *rest)
{
    switch (c) {
    case '.': case ':': {
        const char *at = rest;
        uint32_t next = text_next(&at);
        return next && words_is_letter(next) ? '\0' : (char)c;
    }
    case ',': case ';': case 0xff0c: case 0x3001: case 0x60c: case 0x61b: case 0xff1b: return ',';
    case '!': case 0xff01: case 0xa1: return '!';
    case '?': case 0xff1f: case 0x61f: case 0x37e: case 0xbf: return '?';
    case 0x3002: case 0xff0e: case 0xff61: case 0x964: case 0x589: case 0x6d4: case 0x2026:
        return '.';
    case 0xff1a: return ':';
    case '\n': case 0x2028: case 0x2029: return '\n';
    default: return '\0';
    }
}

struct cutter {
    struct words *out;
    size_t max;
    struct arena *arena;
    char text[WORD_BYTES_MAX + 8];
    size_t len, letters, capitals;
    size_t from;
    bool sign;
};

static void put(struct cutter *k, const char *text, size_t len, enum word_kind kind, size_t end)
{
    if (k->out->count == k->max)
        return;
    struct word *w = &k->out->items[k->out->count++];
    w->text = arena_copy_n(k->arena, text, len);
    w->from = k->from;
    w->size = end - k->from;
    w->kind = kind;
    w->shouted = kind == WORD_LETTERS && k->letters >= 2 && k->capitals == k->letters;
}

static void flush(struct cutter *k, size_t end)
{
    if (k->len)
        put(k, k->text, k->len, k->sign ? WORD_SIGN : k->text[0] >= '0' && k->text[0] <= '9' ?
            WORD_NUMBER : WORD_LETTERS, end);
    k->len = k->letters = k->capitals = 0;
    k->sign = false;
}

static void take_letter(struct cutter *k, uint32_t c, size_t at, size_t end)
{
    bool sign = words_is_sign(c);
    if (sign || k->sign)
        flush(k, at);
    if (!k->len)
        k->from = at;
    k->sign = sign;
    k->letters++;
    k->capitals += text_lower(c) != c;
    if (k->len < WORD_BYTES_MAX)
        k->len += words_fold(c, k->text + k->len);
    if (sign)
        flush(k, end);
}

static void take_other(struct cutter *k, uint32_t c, const char *rest, size_t at, size_t end)
{
    if (k->len && is_apostrophe(c) && joins_after_apostrophe(rest))
        return;
    if (k->len && c == '-' && k->letters <= 2 && k->text[0] >= 'a')
        return;
    flush(k, at);
    char mark = mark_of(c, rest);
    const struct words *out = k->out;
    bool repeated = out->count && out->items[out->count - 1].kind == WORD_MARK &&
                    out->items[out->count - 1].text[0] == mark;
    if (!mark || repeated)
        return;
    k->from = at;
    put(k, &mark, 1, WORD_MARK, end);
}

void words_cut(const char *text, size_t max, struct arena *arena, struct words *out)
{
    struct cutter k = { .out = out, .max = max, .arena = arena };
    size_t most = strlen(text);
    if (most > max)
        most = max;
    *out = (struct words){ .source = text };
    out->items = arena_alloc(arena, (most + 1) * sizeof *out->items);
    const char *at = text;
    while (out->count < max) {
        size_t from = (size_t)(at - text);
        uint32_t c = text_next(&at);
        if (!c)
            break;
        if (is_silent(c))
            continue;
        if (words_is_letter(c) || (c >= 0xff10 && c <= 0xff5a && words_is_letter(c - 0xfee0)))
            take_letter(&k, c, from, (size_t)(at - text));
        else
            take_other(&k, c, at, from, (size_t)(at - text));
    }
    flush(&k, (size_t)(at - text));
}
