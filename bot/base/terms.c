#include "bot/base/terms.h"

#include <libstemmer.h>
#include <string.h>

#include "bot/base/text.h"

static const char *stem(struct sb_stemmer *stemmer, const char *word, struct arena *arena)
{
    if (!stemmer)
        return word;
    const unsigned char *stemmed = sb_stemmer_stem(stemmer, (const unsigned char *)word,
                                                   (int)strlen(word));
    if (!stemmed || !sb_stemmer_length(stemmer))
        return word;
    return arena_copy_n(arena, (const char *)stemmed, (size_t)sb_stemmer_length(stemmer));
}

static struct sb_stemmer *stemmer_for(const char *lang)
{
    char code[3] = "";
    if (!lang || strlen(lang) < 2)
        return NULL;
    memcpy(code, lang, 2);
    return sb_stemmer_new(code, "UTF_8");
}

/* How many neighbouring signs make a term: a Han character says about as much as a syllable, a Thai
 * letter about as much as any letter. */
static size_t signs_of_term(const char *sign)
{
    const char *at = sign;
    uint32_t c = text_next(&at);
    return c >= 0x2E80 ? 2 : 4;
}

/* A sign with its neighbours; a run that is shorter than a term stands for itself. */
static void add_sign(const struct words *words, size_t i, struct arena *arena, struct terms *out)
{
    const struct word *w = words->items;
    size_t wanted = signs_of_term(w[i].text), n = 0;
    const char *text = "";
    for (; n < wanted && i + n < words->count && w[i + n].kind == WORD_SIGN; n++)
        text = arena_print(arena, "%s%s", text, w[i + n].text);
    bool led = i && w[i - 1].kind == WORD_SIGN;
    if (n == wanted || !led)
        out->items[out->count++] = (struct term){ text, i };
}

void terms_cut(const struct words *words, const char *lang, struct arena *arena, struct terms *out)
{
    struct sb_stemmer *stemmer = stemmer_for(lang);
    *out = (struct terms){ .items = arena_alloc(arena, (words->count + 1) * sizeof *out->items) };
    for (size_t i = 0; i < words->count; i++) {
        const struct word *w = &words->items[i];
        if (w->kind == WORD_SIGN)
            add_sign(words, i, arena, out);
        else if (w->kind != WORD_MARK)
            out->items[out->count++] = (struct term){ stem(stemmer, w->text, arena), i };
    }
    sb_stemmer_delete(stemmer);
}
