/* The letter groups that tell languages apart; shared by language.c and the trainer. */
#include "bot/agents/language_model.h"
#include "bot/base/text.h"

enum { WORD_MAX = 24, GROUP_MAX = 4 };

static int is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || c == '\'';
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x206F);
}

static uint16_t bucket(const uint32_t *letters, size_t n, uint32_t seed)
{
    uint32_t hash = 2166136261u ^ seed;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ letters[i]) * 16777619u;
    hash ^= hash >> 15;
    return (uint16_t)(hash % LANGUAGE_BUCKETS);
}

/* word has a blank before and behind it. */
static size_t word_features(const uint32_t *word, size_t len, uint16_t *out, size_t max)
{
    size_t n = 0;
    for (size_t group = 1; group <= GROUP_MAX; group++)
        for (size_t at = 0; at + group <= len && n < max; at++)
            if (group > 1 || word[at] != ' ')
                out[n++] = bucket(word + at, group, (uint32_t)group);
    if (n < max)
        out[n++] = bucket(word, len, 99);
    return n;
}

size_t language_features(const char *text, uint16_t *out, size_t max)
{
    uint32_t word[WORD_MAX + 2] = { ' ' }, c;
    size_t len = 1, n = 0;
    do {
        c = text_lower(text_next(&text));
        if (is_letter(c)) {
            if (len <= WORD_MAX)
                word[len++] = c;
            continue;
        }
        if (len > 1) {
            word[len++] = ' ';
            n += word_features(word, len, out + n, max - n);
        }
        len = 1;
    } while (c && n < max);
    return n;
}
