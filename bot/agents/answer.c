#include "bot/agents/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "bot/agents/speech.h"
#include "bot/base/terms.h"
#include "bot/base/text.h"

enum { ASKED_MAX = 40, PASSAGE_WORDS = 700, QUOTE_LETTERS = 520, QUOTE_LEAST = 200,
       CALIBRATE_LEAST = 8 };

struct asked {                  /* one term of the question */
    const char *text;
    size_t word;
    double weight;              /* 0..1, how rare it is */
    bool unknown;
    bool weak;                  /* says little on its own: "time", "open", "new" */
};

struct question {
    struct words words;
    struct asked terms[ASKED_MAX];
    size_t count;
    double weight;              /* of all terms */
};

struct match {                  /* how one passage meets the question */
    double found[ASKED_MAX];    /* 0..1 per term */
    double passage, sentence, title, pairs, spread;
    double rank;
    size_t from, to;            /* bytes of the best sentence */
};

static bool is_common(const char *word, const char *lang)
{
    for (size_t i = 0; i < speech_count; i++) {
        if (strncmp(speeches[i]->lang, lang, 2) != 0)
            continue;
        for (const char *const *c = speeches[i]->common; c && *c; c++)
            if (!strcmp(*c, word))
                return true;
    }
    return false;
}

/* Words that a small knowledge base may have only once and that still prove nothing. */
static bool is_weak(const char *word, const char *lang)
{
    static const char *const weak[] = {
        "add", "ask", "back", "bad", "best", "big", "boss", "break", "broke", "broken", "bring",
        "buy", "call", "change", "check", "close", "day", "days", "end", "fill", "find", "first",
        "good", "great", "hour", "hours", "issue", "keep", "last", "left", "long", "look",
        "minute", "minutes", "month", "morning", "name", "new", "number", "office", "old", "open",
        "page", "people", "person", "place", "possible", "problem", "put", "question", "quickly",
        "read", "right", "run", "see", "send", "set", "show", "shows", "start", "stop", "take",
        "takes", "talk", "think", "time", "today", "together", "tomorrow", "turn", "two", "wait",
        "week", "work", "working", "works", "write", "wrong", "year", "yesterday",
    };
    for (size_t i = 0; !strncmp(lang, "en", 2) && i < sizeof weak / sizeof *weak; i++)
        if (!strcmp(weak[i], word))
            return true;
    return false;
}

static int64_t passages_with(const struct triage_rarity *rarity, const char *term)
{
    for (size_t i = 0; rarity && i < rarity->count; i++)
        if (!strcmp(rarity->terms[i], term))
            return rarity->counts[i];
    return -1;
}

static double rarity_weight(const struct triage_rarity *rarity, const char *term, bool *unknown)
{
    int64_t with = passages_with(rarity, term);
    *unknown = with == 0;
    if (with < 0 || rarity->passages < 1)
        return 0.8;
    double all = (double)rarity->passages;
    double weight = log((all + 1.0) / ((double)with + 0.5)) / log((all + 1.0) / 0.5);
    return weight < 0.05 ? 0.05 : weight;
}

static bool is_asked(const struct question *q, const char *term)
{
    for (size_t i = 0; i < q->count; i++)
        if (!strcmp(q->terms[i].text, term))
            return true;
    return false;
}

static void add_terms(struct question *q, const struct terms *terms, const char *lang,
                      const struct triage_rarity *rarity)
{
    for (size_t i = 0; i < terms->count && q->count < ASKED_MAX; i++) {
        const struct term *t = &terms->items[i];
        const struct word *w = &q->words.items[t->word];
        if (is_asked(q, t->text) ||
            is_common(t->text, lang) || (w->kind != WORD_SIGN && is_common(w->text, lang)))
            continue;
        struct asked *a = &q->terms[q->count++];
        *a = (struct asked){ .text = t->text, .word = t->word };
        a->weight = rarity_weight(rarity, t->text, &a->unknown);
        a->weak = is_weak(w->text, lang);
        a->weight *= a->weak ? 0.35 : 1.0;
        q->weight += a->weight;
    }
}

static void read_question(const char *text, const char *lang, const struct triage_rarity *rarity,
                          struct arena *arena, struct question *q)
{
    struct terms terms;
    *q = (struct question){ .count = 0 };
    words_cut(text, WORDS_MAX, arena, &q->words);
    terms_cut(&q->words, lang, arena, &terms);
    add_terms(q, &terms, lang, rarity);
}

/* 1 for the same term, less for one that only looks alike: another ending, or a part of a compound. */
static double likeness(const char *asked, const char *term)
{
    if (!strcmp(asked, term))
        return 1.0;
    size_t a = strlen(asked), b = strlen(term), head = 0;
    if (a < 5 || b < 5 || asked[0] != term[0])
        return (a >= 6 && strstr(term, asked)) || (b >= 6 && strstr(asked, term)) ? 0.6 : 0.0;
    while (head < a && head < b && asked[head] == term[head])
        head++;
    size_t longer = a > b ? a : b;
    return head >= 5 && head * 4 >= longer * 3 ? 0.75 : head >= 6 && (head == a || head == b) ? 0.5 : 0.0;
}

struct scan {
    const struct question *q;
    double sentence[ASKED_MAX];
    size_t last_place[ASKED_MAX];
    size_t from, to;            /* bytes of the sentence being read */
    size_t place;
};

static double weight_found(const struct question *q, const double *found)
{
    double sum = 0;
    for (size_t i = 0; i < q->count; i++)
        sum += q->terms[i].weight * found[i];
    return q->weight > 0 ? sum / q->weight : 0;
}

static void end_sentence(struct scan *s, struct match *m)
{
    double share = weight_found(s->q, s->sentence);
    if (share > m->sentence && s->to > s->from) {
        m->sentence = share;
        m->from = s->from;
        m->to = s->to;
    }
    memset(s->sentence, 0, sizeof s->sentence);
}

/* Neighbours in the question that stand at most three words apart here. */
static void meet_pairs(struct scan *s, double *paired, size_t i)
{
    s->last_place[i] = s->place;
    if (i > 0 && s->last_place[i - 1] && s->place - s->last_place[i - 1] <= 3)
        paired[i] = 1;
    if (i + 1 < s->q->count && s->last_place[i + 1] && s->place - s->last_place[i + 1] <= 2)
        paired[i + 1] = paired[i + 1] > 0 ? paired[i + 1] : 0.7;
}

static void meet_term(struct scan *s, struct match *m, double *paired, const char *term)
{
    s->place++;
    for (size_t i = 0; i < s->q->count; i++) {
        double like = likeness(s->q->terms[i].text, term);
        if (like <= 0)
            continue;
        m->found[i] = like > m->found[i] ? like : m->found[i];
        s->sentence[i] = like > s->sentence[i] ? like : s->sentence[i];
        meet_pairs(s, paired, i);
    }
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\0';
}

/* A full stop inside an address or a number ends nothing; a Chinese one needs no space behind it. */
static bool ends_sentence(const struct words *words, const struct word *w)
{
    if (w->kind != WORD_MARK || w->text[0] == ',' || w->text[0] == ':')
        return false;
    return w->size > 1 || w->text[0] == '\n' || is_space(words->source[w->from + w->size]);
}

static void scan_text(const struct question *q, const char *text, const char *lang,
                      struct arena *arena, struct match *m, double *paired)
{
    struct words words;
    struct terms terms;
    struct scan s = { .q = q };
    words_cut(text, PASSAGE_WORDS, arena, &words);
    terms_cut(&words, lang, arena, &terms);
    size_t word = 0;
    bool open = false;
    for (size_t i = 0; i <= terms.count; i++) {
        size_t until = i < terms.count ? terms.items[i].word : words.count;
        for (; word <= until && word < words.count; word++) {
            const struct word *w = &words.items[word];
            if (!open && w->kind != WORD_MARK)
                s.from = w->from;
            open = open || w->kind != WORD_MARK;
            s.to = w->from + w->size;
            if (ends_sentence(&words, w)) {
                end_sentence(&s, m);
                open = false;
            }
        }
        if (i < terms.count)
            meet_term(&s, m, paired, terms.items[i].text);
    }
    end_sentence(&s, m);
}

static void match_passage(const struct question *q, const struct triage_passage *p,
                          const char *lang, struct arena *arena, struct match *m)
{
    double paired[ASKED_MAX] = { 0 };
    struct match title = { .rank = 0 };
    *m = (struct match){ .rank = 0 };
    scan_text(q, p->title ? p->title : "", lang, arena, &title, paired);
    if (p->heading && *p->heading)
        scan_text(q, p->heading, lang, arena, &title, paired);
    scan_text(q, p->text, lang, arena, m, paired);
    m->title = weight_found(q, title.found);
    double sum = 0;
    for (size_t i = 0; i < q->count; i++) {
        m->found[i] = title.found[i] > m->found[i] ? title.found[i] : m->found[i];
        sum += i ? paired[i] : 0;
    }
    m->passage = weight_found(q, m->found);
    m->pairs = q->count > 1 ? sum / (double)(q->count - 1) : 0.5;
    m->rank = m->passage + 0.5 * m->sentence + 0.25 * m->pairs + 0.4 * m->title;
}

/* Nobody else matches at all: that says less than it seems, for one stray word is enough. */
#define MARGIN_MAX 0.6

/* Weights of the rule, fitted on public questions with and without an answer (README.md); the title's
 * is set by hand, because titles there say nothing. The last is the constant. */
static const double rule[ANSWER_FEATURES + 1] = {
    5.41, 5.67, 4.35, 1.95, 3.28, 6.25, -2.99, -0.69, 0.80, -0.08, 2.01, -0.37, -12.63,
};

double answer_default_threshold(void)
{
    return 0.6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double answer_calibrate(double *hidden, size_t count)
{
    if (count < CALIBRATE_LEAST)
        return answer_default_threshold();
    qsort(hidden, count, sizeof *hidden, by_size);
    /* One in twenty may be wrong, and one more: two articles about the same thing prove nothing. */
    double wrong = hidden[count - 2 - count / 20] + 0.01;
    return wrong < 0.55 ? 0.55 : wrong > 0.85 ? 0.85 : wrong;
}

/* Letters of a script without spaces match by chance more often than words do. */
static double threshold_for(const char *lang, double threshold)
{
    double wanted = threshold > 0 ? threshold : answer_default_threshold();
    bool letters = !strncmp(lang, "th", 2) || !strncmp(lang, "lo", 2) || !strncmp(lang, "km", 2);
    return letters && wanted < 0.9 ? 0.9 : wanted;
}

static double confidence(const double features[ANSWER_FEATURES])
{
    double sum = rule[ANSWER_FEATURES];
    for (size_t i = 0; i < ANSWER_FEATURES; i++)
        sum += rule[i] * features[i];
    return 1.0 / (1.0 + exp(-sum));
}

/* What the questions of the fitting had none of: one stray word that some article happens to have; and
 * short questions whose every word stands in the passage, one of them in its title. */
static double sober(const struct question *q, const struct match *best, double sure)
{
    size_t met = 0, asked = 0;
    for (size_t i = 0; i < q->count; i++) {
        asked += !q->terms[i].weak;
        met += best->found[i] >= 0.5 && !q->terms[i].weak;
    }
    if (!asked || (met <= 1 && best->title < 0.3))
        return sure * 0.4;
    if (met == asked && asked >= 2 && best->title >= 0.25 && sure < 0.7)
        return 0.7;
    return sure;
}

static double squeeze(double count, double most)
{
    return count > most ? 1.0 : count / most;
}

static void describe(const struct question *q, const struct match *best, double rival,
                     size_t rivals, double f[ANSWER_FEATURES])
{
    double found = 0, missed = 0, unknown = 0, lost = 0;
    for (size_t i = 0; i < q->count; i++) {
        const struct asked *a = &q->terms[i];
        if (best->found[i] >= 0.5 && a->weight > found)
            found = a->weight;
        if (best->found[i] < 0.5 && a->weight > missed)
            missed = a->weight;
        lost += best->found[i] < 0.5;
        unknown += a->unknown ? a->weight : 0;
    }
    f[ANSWER_PASSAGE] = best->passage;
    f[ANSWER_SENTENCE] = best->sentence;
    f[ANSWER_RAREST_FOUND] = found;
    f[ANSWER_RAREST_MISSED] = missed;
    f[ANSWER_PAIRS] = best->pairs;
    double margin = best->rank > 0 ? (best->rank - rival) / best->rank : 0;
    f[ANSWER_MARGIN] = margin < MARGIN_MAX ? margin : MARGIN_MAX;
    f[ANSWER_UNKNOWN] = q->weight > 0 ? unknown / q->weight : 0;
    f[ANSWER_LENGTH] = squeeze((double)q->count, 12);
    f[ANSWER_TITLE] = best->title;
    f[ANSWER_RIVALS] = squeeze((double)rivals, 4);
    f[ANSWER_MISSED] = squeeze(lost, 6);
    f[ANSWER_SPREAD] = best->passage - best->sentence;
}

/* Behind the sentence that `at` stands in. */
static const char *sentence_end(const char *at)
{
    for (; *at; at++)
        if (*at == '\n' || (strchr(".!?", *at) && is_space(at[1])))
            return at + 1;
    return at;
}

/* Word for word. A short passage is quoted whole: an instruction without its first step is dangerous.
 * Of a long one the line of the best sentence, if it fits, or else that sentence and what follows. */
static const char *quote_from(const char *text, const struct match *m, struct arena *arena)
{
    const char *from = text, *end = text + strlen(text);
    if (text_length(text) > QUOTE_LETTERS) {
        from = text + m->from;
        while (from > text && from[-1] != '\n')
            from--;
        if ((size_t)(text + m->to - from) > QUOTE_LETTERS)
            from = text + m->from;
        end = m->to > m->from ? text + m->to : from;
        while (*end && end - from < QUOTE_LEAST)
            end = sentence_end(end + 1);
    }
    size_t most = text_bytes(from, QUOTE_LETTERS), len = (size_t)(end - from);
    len = len > most ? most : len;
    while (len && is_space(from[len - 1]))
        len--;
    return arena_copy_n(arena, from, len);
}

static const char *list_words(const struct question *q, const struct match *m, bool found,
                              struct arena *arena)
{
    const char *list = "";
    for (size_t i = 0; i < q->count; i++)
        if ((m->found[i] >= 0.5) == found)
            list = arena_print(arena, "%s%s%s", list, *list ? ", " : "",
                               q->words.items[q->terms[i].word].text);
    return list;
}

static bool same_article(const struct triage_passage *a, const struct triage_passage *b)
{
    return a->article_id == b->article_id;
}

void answer_judge(const char *question, const char *lang, const struct triage_passage *passages,
                  size_t count, const bool *skip, const struct triage_rarity *rarity,
                  double threshold, struct arena *arena, struct answer_verdict *out)
{
    struct question q;
    struct match *matches = arena_alloc(arena, (count + 1) * sizeof *matches);
    *out = (struct answer_verdict){ .quote = "", .matched = "", .missed = "" };
    read_question(question, lang, rarity, arena, &q);
    size_t best = count;
    for (size_t i = 0; i < count; i++) {
        match_passage(&q, &passages[i], lang, arena, &matches[i]);
        if (skip && skip[i])
            continue;
        if (best == count || matches[i].rank > matches[best].rank)
            best = i;
    }
    if (best == count || !q.count)
        return;
    double rival = 0, refused = 0;
    size_t rivals = 0;
    for (size_t i = 0; i < count; i++) {
        if (i == best || same_article(&passages[i], &passages[best]))
            continue;
        if (skip && skip[i] && matches[i].rank > refused)
            refused = matches[i].rank;
        rival = matches[i].rank > rival ? matches[i].rank : rival;
        rivals += matches[i].passage >= 0.9 * matches[best].passage;
    }
    out->passage = best;
    describe(&q, &matches[best], rival, rivals, out->features);
    out->confidence = sober(&q, &matches[best], confidence(out->features));
    if (refused > matches[best].rank)
        out->confidence *= 0.3;  /* what lies behind an answer that did not help is none either */
    out->found = out->confidence >= threshold_for(lang, threshold);
    out->quote = quote_from(passages[best].text, &matches[best], arena);
    out->matched = list_words(&q, &matches[best], true, arena);
    out->missed = list_words(&q, &matches[best], false, arena);
}
