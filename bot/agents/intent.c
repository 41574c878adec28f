#include "bot/agents/intent.h"

#include <string.h>

#include "bot/agents/speech.h"
#include "bot/base/text.h"

enum { NEGATION_WORDS = 6 };

struct reader {
    struct pattern_text text;
    const struct words *words;
    struct arena *arena;
    bool *possible;             /* languages whose script occurs */
};

static const char *said(const struct reader *r, struct pattern_hit hit)
{
    const struct word *first = &r->words->items[hit.from], *last = &r->words->items[hit.to - 1];
    return arena_copy_n(r->arena, r->words->source + first->from,
                        last->from + last->size - first->from);
}

static bool word_in(const struct words *words, size_t i, const char *const *patterns)
{
    size_t to = 0;
    for (; patterns && *patterns; patterns++)
        if (pattern_at(words, i, *patterns, false, &to))
            return true;
    return false;
}

/* "not", "no need for a" directly before the hit, or "is not needed" directly behind it. */
static bool is_negated_in(const struct reader *r, const struct speech_heard *h,
                          struct pattern_hit hit)
{
    if (word_in(r->words, hit.to, h->negated))
        return true;
    for (size_t back = 1; back <= NEGATION_WORDS && back <= hit.from; back++) {
        size_t i = hit.from - back;
        if (r->words->items[i].kind == WORD_MARK)
            return false;
        size_t to = 0;
        for (const char *const *p = h->negators; p && *p; p++)
            if (pattern_at(r->words, i, *p, false, &to) && to <= hit.from)
                return true;
        if (!word_in(r->words, i, h->glue))
            return false;
    }
    return false;
}

/* A list of each language. */
typedef const char *const *(*list_of)(const struct speech_heard *);

#define LIST(name) \
    static const char *const *name##_list(const struct speech_heard *h) { return h->name; }
LIST(human)
LIST(urgent)
LIST(down)
LIST(panic)
LIST(danger)
LIST(crime)
LIST(policy)
LIST(complex)
LIST(filler)
LIST(request)
LIST(problem)
LIST(greeting)
LIST(thanks)
LIST(solved)
LIST(rejected)
LIST(yes)
LIST(no)

/* Which list of harmless readings belongs to what is heard. */
enum excuse { EXCUSE_NONE, EXCUSE_HUMAN_NOT, EXCUSE_CALM, EXCUSE_INNOCENT };

static const char *const *excuses_of(const struct speech_heard *h, enum excuse excuse)
{
    switch (excuse) {
    case EXCUSE_HUMAN_NOT: return h->human_not;
    case EXCUSE_CALM: return h->calm;
    case EXCUSE_INNOCENT: return h->innocent;
    default: return NULL;
    }
}

static bool overlaps(const struct reader *r, const char *pattern, struct pattern_hit hit)
{
    struct pattern_hit harmless = { 0, 0 };
    for (size_t start = 0; pattern_find(&r->text, start, pattern, false, &harmless);
         start = harmless.from + 1)
        if (harmless.from < hit.to && hit.from < harmless.to)
            return true;
    return false;
}

/* A harmless reading that overlaps the hit, in any language. */
static bool is_excused(const struct reader *r, enum excuse excuse, struct pattern_hit hit)
{
    for (size_t i = 0; i < speech_count; i++)
        for (const char *const *p = excuses_of(&speeches[i]->heard, excuse); p && *p; p++)
            if (overlaps(r, *p, hit))
                return true;
    return false;
}

/* Languages share words ("urgent"): each that has the word at this place may say it is not meant. */
static bool is_negated(const struct reader *r, list_of list, bool typos, struct pattern_hit hit)
{
    for (size_t i = 0; i < speech_count; i++) {
        const struct speech_heard *h = &speeches[i]->heard;
        bool knows = false;
        size_t to = 0;
        for (const char *const *p = list(h); p && *p && !knows; p++)
            knows = pattern_at(r->words, hit.from, *p, typos, &to);
        if (knows && is_negated_in(r, h, hit))
            return true;
    }
    return false;
}

struct heard {
    list_of list;
    enum excuse excuse;
    bool meant;         /* "not ..." makes it unsaid */
    bool typos;
};

static bool hear_in(const struct reader *r, const struct heard *what, const char *const *patterns,
                    struct pattern_hit *hit)
{
    for (; patterns && *patterns; patterns++)
        for (size_t start = 0; pattern_find(&r->text, start, *patterns, what->typos, hit);
             start = hit->from + 1)
            if (!(what->meant && is_negated(r, what->list, what->typos, *hit)) &&
                !is_excused(r, what->excuse, *hit))
                return true;
    return false;
}

/* The words that say it in any language, neither excused nor negated; NULL: it was not said. */
static const char *hear(const struct reader *r, const struct heard *what)
{
    struct pattern_hit hit;
    for (size_t i = 0; i < speech_count; i++)
        if (r->possible[i] && hear_in(r, what, what->list(&speeches[i]->heard), &hit))
            return said(r, hit);
    return NULL;
}

static size_t count_words(const struct words *words)
{
    size_t count = 0;
    for (size_t i = 0; i < words->count; i++)
        count += words->items[i].kind != WORD_MARK;
    return count;
}

/* The desk's own words may be of any language. */
static bool is_negated_anywhere(const struct reader *r, struct pattern_hit hit)
{
    for (size_t i = 0; i < speech_count; i++)
        if (is_negated_in(r, &speeches[i]->heard, hit))
            return true;
    return false;
}

/* The desk's own words, plain phrases, in any spelling that folds to the same. */
static bool hear_phrases(const struct reader *r, const char *const *phrases,
                         struct pattern_hit *hit)
{
    for (; phrases && *phrases; phrases++) {
        struct words phrase;
        words_cut(*phrases, 20, r->arena, &phrase);
        for (size_t i = 0; phrase.count && i + phrase.count <= r->words->count; i++) {
            size_t k = 0;
            while (k < phrase.count && !strcmp(phrase.items[k].text, r->words->items[i + k].text))
                k++;
            *hit = (struct pattern_hit){ i, i + phrase.count };
            if (k == phrase.count && !is_negated_anywhere(r, *hit))
                return true;
        }
    }
    return false;
}

/* A bare "engineer please": the whole message is the call. */
static bool is_alone(const struct reader *r, const struct speech_heard *h)
{
    size_t to = 0;
    if (!pattern_starts(r->words, h->human_alone, &to))
        return false;
    while (to < r->words->count &&
           (r->words->items[to].kind == WORD_MARK || word_in(r->words, to, h->filler)))
        to++;
    return to == r->words->count;
}

static void hear_human(const struct reader *r, const struct triage_settings *s, struct intent *out)
{
    const char *human = hear(r, &(struct heard){ human_list, EXCUSE_HUMAN_NOT, true, true });
    const char *urgent = hear(r, &(struct heard){ urgent_list, EXCUSE_HUMAN_NOT, true, true });
    struct pattern_hit hit = { 0, r->words->count };
    for (size_t i = 0; !human && i < speech_count; i++)
        human = is_alone(r, &speeches[i]->heard) ? said(r, hit) : NULL;
    if (!human && s && hear_phrases(r, s->human_words, &hit))
        human = said(r, hit);
    out->human = human != NULL;
    out->urgent = urgent != NULL;
    out->human_said = human ? human : urgent;
}

static void hear_panic(const struct reader *r, const struct triage_settings *s, struct intent *out)
{
    const char *down = hear(r, &(struct heard){ down_list, EXCUSE_CALM, true, false });
    const char *panic = hear(r, &(struct heard){ panic_list, EXCUSE_CALM, true, false });
    struct pattern_hit hit;
    if (!panic && s && hear_phrases(r, s->panic_words, &hit))
        panic = said(r, hit);
    out->down = down != NULL;
    out->panic = panic != NULL;
    out->panic_said = down ? down : panic;
}

static void hear_safety(const struct reader *r, const struct triage_settings *s, struct intent *out)
{
    const char *danger = hear(r, &(struct heard){ danger_list, EXCUSE_INNOCENT, false, false });
    const char *crime = hear(r, &(struct heard){ crime_list, EXCUSE_INNOCENT, true, false });
    struct pattern_hit hit;
    out->danger = danger != NULL;
    out->crime = crime != NULL;
    out->safety_said = danger ? danger : crime;
    out->policy_said = hear(r, &(struct heard){ policy_list, EXCUSE_NONE, true, false });
    if (!out->policy_said && s && hear_phrases(r, s->policy_words, &hit))
        out->policy_said = said(r, hit);
    out->policy = out->policy_said != NULL;
    out->complex = hear(r, &(struct heard){ complex_list, EXCUSE_NONE, true, false }) != NULL;
}

/* Marks in `covered` every word that a pattern of the list takes; true if there is a hit of two
 * words or more, or the single word that is the message. */
static bool cover(const struct reader *r, const char *const *list, bool *covered)
{
    bool found = false;
    struct pattern_hit hit;
    for (; list && *list; list++)
        for (size_t start = 0; pattern_find(&r->text, start, *list, false, &hit); start = hit.to) {
            found = true;
            for (size_t i = hit.from; covered && i < hit.to; i++)
                covered[i] = true;
        }
    return found;
}

/* The same for a list of all languages. */
static bool cover_all(const struct reader *r, list_of list, bool *covered)
{
    bool found = false;
    for (size_t i = 0; i < speech_count; i++)
        if (r->possible[i])
            found = cover(r, list(&speeches[i]->heard), covered) || found;
    return found;
}

static bool all_covered(const struct words *words, const bool *covered)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i].kind != WORD_MARK && !covered[i])
            return false;
    return true;
}

/* One kind of small talk: is it there, and is the message nothing else? */
static void hear_small(const struct reader *r, list_of list, const bool *filler, bool *heard,
                       bool *only)
{
    bool *covered = arena_alloc(r->arena, r->words->count + 1);
    memcpy(covered, filler, r->words->count);
    *heard = cover_all(r, list, covered);
    *only = *heard && all_covered(r->words, covered);
}

/* Thumbs, hearts and folded hands are thanks without a word. */
static bool is_thankful_sign(const char *text)
{
    for (uint32_t c; (c = text_next(&text)) != 0;)
        if (c == 0x1f44d || c == 0x1f64f || c == 0x2764 || c == 0x1f44c || c == 0x1f60a)
            return true;
    return false;
}

static void hear_small_talk(const struct reader *r, struct intent *out)
{
    bool *filler = arena_alloc(r->arena, r->words->count + 1);
    bool *polite = arena_alloc(r->arena, r->words->count + 1);
    cover_all(r, filler_list, filler);
    memcpy(polite, filler, r->words->count);
    cover_all(r, thanks_list, polite);
    cover_all(r, greeting_list, polite);
    hear_small(r, greeting_list, polite, &out->greeting, &out->only_greeting);
    hear_small(r, thanks_list, polite, &out->thanks, &out->only_thanks);
    hear_small(r, yes_list, polite, &out->yes, &out->only_yes);
    hear_small(r, no_list, polite, &out->no, &out->only_no);
    cover_all(r, yes_list, polite);
    cover_all(r, no_list, polite);
    hear_small(r, solved_list, polite, &out->solved, &out->only_solved);
    hear_small(r, rejected_list, polite, &out->rejected, &out->only_rejected);
    out->empty = count_words(r->words) == 0;
    if (out->empty && is_thankful_sign(r->words->source))
        out->thanks = out->only_thanks = true;
}

/* True if a pattern stands at the start of any sentence, or behind a comma. */
static bool opens(const struct words *words, const char *const *patterns)
{
    for (size_t i = 0; i < words->count; i++)
        if ((i == 0 || words->items[i - 1].kind == WORD_MARK) && word_in(words, i, patterns))
            return true;
    return false;
}

static void hear_form(const struct reader *r, struct intent *out)
{
    for (size_t i = 0; i < speech_count && !out->question; i++)
        out->question = r->possible[i] && opens(r->words, speeches[i]->heard.question);
    out->request = cover_all(r, request_list, NULL);
    out->problem = cover_all(r, problem_list, NULL);
    for (size_t i = 0; i < r->words->count; i++)
        out->question = out->question || !strcmp(r->words->items[i].text, "?");
}

static struct reader start(const char *text, struct arena *arena, struct intent *out)
{
    *out = (struct intent){ .empty = false };
    words_cut(text, WORDS_MAX, arena, &out->words);
    struct reader r = { .words = &out->words, .arena = arena };
    pattern_index(&out->words, arena, &r.text);
    r.possible = arena_alloc(arena, speech_count);
    for (size_t i = 0; i < speech_count; i++)
        r.possible[i] = speech_is_possible(speeches[i], &r.text);
    return r;
}

void intent_read_answer(const char *text, struct arena *arena, struct intent *out)
{
    struct reader r = start(text, arena, out);
    hear_small_talk(&r, out);
}

void intent_read_problem(const char *text, struct arena *arena, struct intent *out)
{
    struct reader r = start(text, arena, out);
    hear_form(&r, out);
}

void intent_read(const char *text, const struct triage_settings *settings, struct arena *arena,
                 struct intent *out)
{
    struct reader r = start(text, arena, out);
    hear_human(&r, settings, out);
    hear_panic(&r, settings, out);
    hear_safety(&r, settings, out);
    hear_small_talk(&r, out);
    hear_form(&r, out);
}

const char *intent_code(const struct intent *i)
{
    const struct { bool is; const char *code; } codes[] = {
        { i->danger || i->crime, "safety" }, { i->human || i->urgent, "human" },
        { i->down || i->panic, "panic" },    { i->policy, "policy" },
        { i->only_rejected, "rejected" },    { i->only_solved, "solved" },
        { i->only_thanks, "thanks" },        { i->only_greeting, "greeting" },
        { i->only_yes, "yes" },              { i->only_no, "no" },
        { i->empty, "empty" },               { i->problem, "problem" },
        { i->question, "question" },         { i->request, "request" },
    };
    for (size_t k = 0; k < sizeof codes / sizeof codes[0]; k++)
        if (codes[k].is)
            return codes[k].code;
    return "statement";
}
