#include "bot/agents/sentiment.h"

#include <string.h>

#include "bot/agents/sentiment_words.h"
#include "bot/agents/speech.h"
#include "bot/base/text.h"

/* Points per unit of the word list's valence; the phrases of speech.h bring their own points. */
static const double word_points = 1.6, word_points_max = 10.0;
static const double calm_down = 0.6;    /* what is left of a turn's points one turn later */
enum { NEGATION_WORDS = 3, SHOUTED_LETTERS = 4, SHOUTED_WORDS = 2 };

/* "not", "never" ... up to three words before, in the same sentence. */
static bool is_negated(const struct words *words, size_t from)
{
    for (size_t back = 1; back <= NEGATION_WORDS && back <= from; back++) {
        size_t i = from - back, to = 0;
        if (words->items[i].kind == WORD_MARK)
            return false;
        for (size_t k = 0; k < speech_count; k++)
            for (const char *const *p = speeches[k]->heard.negators; p && *p; p++)
                if (pattern_at(words, i, *p, false, &to))
                    return true;
    }
    return false;
}

static bool is_intensified(const struct words *words, size_t from)
{
    static const char *const strong[] = {
        "(absolutely|totally|completely|extremely|so|very|really|utterly|beyond|incredibly|"
            "absolut|total|vollig|sehr|tres|vraiment|completement|muy|totalmente|molto|"
            "assolutamente|erg|heel|muito|bardzo|cok|очень|совершенно|абсолютно|جدا)", NULL
    };
    size_t to = 0;
    return from && words->items[from - 1].kind != WORD_MARK &&
           pattern_at(words, from - 1, strong[0], false, &to);
}

struct tally {
    double sum;
    double worst;           /* the strongest single reason, for `why` */
    size_t from, to;
    bool *taken;            /* words that a phrase has already judged */
};

static void weigh(struct tally *t, const struct words *words, struct pattern_hit hit, double points)
{
    if (is_negated(words, hit.from))
        points *= -0.4;
    else if (is_intensified(words, hit.from))
        points *= 1.3;
    t->sum += points;
    if ((points < 0 ? -points : points) > t->worst) {
        t->worst = points < 0 ? -points : points;
        t->from = hit.from;
        t->to = hit.to;
    }
}

static void weigh_phrase(struct tally *t, const struct pattern_text *text,
                         const struct speech_mood *mood)
{
    struct pattern_hit hit;
    for (size_t start = 0; pattern_find(text, start, mood->pattern, false, &hit); start = hit.to) {
        if (!t->taken[hit.from])
            weigh(t, text->words, hit, mood->points);
        memset(t->taken + hit.from, true, hit.to - hit.from);
    }
}

static void weigh_phrases(struct tally *t, const struct words *words, struct arena *arena)
{
    struct pattern_text text;
    pattern_index(words, arena, &text);
    for (size_t k = 0; k < speech_count; k++) {
        bool possible = speech_is_possible(speeches[k], &text);
        const struct speech_mood *m = possible ? speeches[k]->moods : NULL;
        for (; m && m->pattern; m++)
            weigh_phrase(t, &text, m);
    }
}

static void weigh_words(struct tally *t, const struct words *words)
{
    double sum = 0;
    for (size_t i = 0; i < words->count; i++) {
        int valence = t->taken[i] ? 0 : sentiment_word(words->items[i].text);
        double points = valence * word_points;
        if (valence)
            sum += is_negated(words, i) ? -0.4 * points : points;
    }
    double most = word_points_max;
    t->sum += sum > most ? most : sum < -most ? -most : sum;
}

/* Shouting and heaped marks make a bad mood worse; they are no mood of their own. */
static double style_points(const struct words *words)
{
    size_t shouted = 0, letters = 0, heaps = 0;
    for (size_t i = 0; i < words->count; i++) {
        const struct word *w = &words->items[i];
        letters += w->kind == WORD_LETTERS;
        shouted += w->shouted && strlen(w->text) >= SHOUTED_LETTERS;
    }
    for (const char *at = words->source; *at; at++)
        heaps += (at[0] == '!' || at[0] == '?') && (at[1] == '!' || at[1] == '?');
    double points = heaps > 4 ? 8.0 : (double)heaps * 2.0;
    if (shouted >= SHOUTED_WORDS)
        points += shouted * 2 >= letters ? 10.0 : 5.0;
    return points;
}

/* Angry and happy faces. */
static double face_points(const char *text)
{
    double points = 0;
    for (uint32_t c; (c = text_next(&text)) != 0;) {
        if (c == 0x1f620 || c == 0x1f621 || c == 0x1f92c || c == 0x1f624 || c == 0x1f595)
            points -= 14;
        else if (c == 0x1f644 || c == 0x1f612 || c == 0x1f622 || c == 0x1f62d || c == 0x1f44e)
            points -= 6;
        else if (c == 0x1f600 || c == 0x1f60a || c == 0x1f642 || c == 0x1f44d || c == 0x2764)
            points += 5;
    }
    return points < -28 ? -28 : points > 10 ? 10 : points;
}

double sentiment_points(const struct words *words, struct arena *arena, const char **why)
{
    struct tally t = { .taken = arena_alloc(arena, words->count + 1) };
    weigh_phrases(&t, words, arena);
    weigh_words(&t, words);
    t.sum += face_points(words->source);
    double style = style_points(words);
    if (t.sum < -2)
        t.sum -= style;
    else if (t.sum <= 2)
        t.sum -= style / 2;
    if (why) {
        const struct word *first = &words->items[t.from], *last = &words->items[t.to ? t.to - 1 : 0];
        *why = t.worst < 5 ? NULL : arena_copy_n(arena, words->source + first->from,
                                                 last->from + last->size - first->from);
    }
    return t.sum < -60 ? -60 : t.sum > 40 ? 40 : t.sum;
}

int sentiment_score(const double *points, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum = sum * calm_down + points[i];
    double score = 50.0 + sum;
    return score < 0 ? 0 : score > 100 ? 100 : (int)(score + 0.5);
}
