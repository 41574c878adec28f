#include "bot/base/terms.h"

#include <libstemmer.h>
#include <string.h>

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

/* A sign and its neighbour; a lone sign stands for itself. */
static void add_sign(const struct words *words, size_t i, struct arena *arena, struct terms *out)
{
    const struct word *w = words->items;
    bool follows = i + 1 < words->count && w[i + 1].kind == WORD_SIGN;
    bool led = i && w[i - 1].kind == WORD_SIGN;
    if (follows)
        out->items[out->count++] = (struct term){
            arena_print(arena, "%s%s", w[i].text, w[i + 1].text), i };
    else if (!led)
        out->items[out->count++] = (struct term){ w[i].text, i };
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
