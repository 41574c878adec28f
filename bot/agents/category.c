#include "bot/agents/category.h"

#include <math.h>
#include <string.h>

#include "bot/base/terms.h"

/* A solved ticket decides when it shares this much with the request; phrases need less. */
static const double near_ticket = 0.6, least_phrase = 0.5;

static bool holds(const struct terms *terms, const char *text)
{
    for (size_t i = 0; i < terms->count; i++)
        if (!strcmp(terms->items[i].text, text))
            return true;
    return false;
}

static void read_terms(const char *text, const char *lang, struct arena *arena, struct terms *out)
{
    struct words words;
    words_cut(text, WORDS_MAX, arena, &words);
    terms_cut(&words, lang, arena, out);
}

/* Longer words say more about the topic than short ones. */
static double topic_weight(const char *term)
{
    size_t len = strlen(term);
    return len <= 2 ? 0.1 : len == 3 ? 0.5 : 1.0;
}

/* Weight of the terms that both have, against that of the first. */
static double share(const struct terms *of, const struct terms *in)
{
    double all = 0, both = 0;
    for (size_t i = 0; i < of->count; i++) {
        double weight = topic_weight(of->items[i].text);
        all += weight;
        both += holds(in, of->items[i].text) ? weight : 0;
    }
    return all > 0 ? both / all : 0;
}

static void choose_by_solved(const struct terms *request, const char *lang,
                             const struct triage_facts *f, struct arena *arena,
                             struct category_choice *out)
{
    for (size_t i = 0; i < f->solved_count; i++) {
        const struct triage_solved *s = &f->solved[i];
        struct terms theirs;
        if (!s->category)
            continue;
        read_terms(s->text, lang, arena, &theirs);
        double both = sqrt(share(request, &theirs) * share(&theirs, request));
        if (both < near_ticket || both <= out->confidence)
            continue;
        *out = (struct category_choice){ s->category, s->type, s->subtype, both, NULL };
        out->why = arena_print(arena, "Category %s as in the solved ticket %lld.", s->category,
                               (long long)s->ticket_id);
    }
}

/* All phrases of one category cut in one go, a line each: cutting is most of the work. */
static void read_phrases(const struct triage_category *c, const char *lang, struct arena *arena,
                         struct words *words, struct terms *out)
{
    size_t bytes = 1;
    for (size_t i = 0; i < c->phrase_count; i++)
        bytes += strlen(c->phrases[i]) + 1;
    char *text = arena_alloc(arena, bytes), *at = text;
    for (size_t i = 0; i < c->phrase_count; i++)
        at = stpcpy(stpcpy(at, c->phrases[i]), "\n");
    words_cut(text, bytes, arena, words);
    terms_cut(words, lang, arena, out);
}

/* The terms from `from` on that stand in one line. */
static struct terms line_of(const struct words *words, const struct terms *all, size_t from)
{
    size_t to = from, word = all->items[from].word;
    for (; to < all->count; word++) {
        if (words->items[word].text[0] == '\n')
            break;
        while (to < all->count && all->items[to].word == word)
            to++;
    }
    return (struct terms){ all->items + from, to - from };
}

/* The best phrase counts most, each further one adds a little. */
static double phrases_points(const struct terms *request, const char *lang,
                             const struct triage_category *c, struct arena *arena,
                             const char **best_phrase)
{
    double best = 0, sum = 0;
    struct words words;
    struct terms all;
    read_phrases(c, lang, arena, &words, &all);
    for (size_t from = 0; from < all.count;) {
        struct terms phrase = line_of(&words, &all, from);
        double points = share(&phrase, request) * (phrase.count > 1 ? 1.0 : 0.8);
        const struct word *first = &words.items[phrase.items[0].word];
        const struct word *last = &words.items[phrase.items[phrase.count - 1].word];
        from += phrase.count;
        if (points < least_phrase)
            continue;
        sum += points;
        if (points > best) {
            best = points;
            *best_phrase = arena_copy_n(arena, words.source + first->from,
                                        last->from + last->size - first->from);
        }
    }
    return best + 0.15 * (sum - best);
}

static void choose_by_phrases(const struct terms *request, const char *lang,
                              const struct triage_facts *f, struct arena *arena,
                              struct category_choice *out)
{
    double best = 0, second = 0;
    size_t count = 0;
    const struct triage_category *defaults = category_defaults(&count);
    const struct triage_category *from = f->category_count ? f->categories : defaults;
    count = f->category_count ? f->category_count : count;
    for (size_t i = 0; i < count; i++) {
        const char *phrase = "";
        double points = phrases_points(request, lang, &from[i], arena, &phrase);
        if (points <= best) {
            second = points > second ? points : second;
            continue;
        }
        second = best;
        best = points;
        *out = (struct category_choice){ from[i].category, from[i].type, from[i].subtype, 0, NULL };
        out->why = arena_print(arena, "Category %s by the phrase \"%s\".", from[i].category, phrase);
    }
    out->confidence = best <= 0 ? 0 : (best > 1 ? 1.0 : best) * (1.0 - 0.5 * second / best);
}

/* A learned classifier belongs here: between the solved tickets, which win when they are near, and
 * the phrases, which carry a desk that has no history yet. */
void category_choose(const char *request, const char *lang, const struct triage_facts *facts,
                     struct arena *arena, struct category_choice *out)
{
    struct terms terms;
    *out = (struct category_choice){ .why = "" };
    read_terms(request, lang, arena, &terms);
    choose_by_solved(&terms, lang, facts, arena, out);
    if (!out->category)
        choose_by_phrases(&terms, lang, facts, arena, out);
    if (!out->why)
        out->why = "";
}
