#include "bot/agents/language.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "bot/agents/language_model.h"
#include "bot/base/text.h"

enum { LETTERS_MIN = 3, LETTERS_LOOKED_AT = 600 };

/* Weights were learnt without hints; a hint counts like some letters of evidence. */
static const double hint_last = 1.0, hint_browser = 0.5, sure_enough = 0.2, most_likely = 0.7;

static const char *const codes[] = {
#define CODE(code) #code,
    LANGUAGE_MODEL_TABLE(CODE)
};

/* ---- by script ---- */

enum script { SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_HAN, SCRIPT_KANA, SCRIPT_HANGUL, SCRIPT_THAI,
              SCRIPT_GREEK, SCRIPT_HEBREW, SCRIPT_ARABIC, SCRIPT_DEVANAGARI, SCRIPTS };

static const struct range { uint32_t first, last; enum script script; } ranges[] = {
    { 'A', 'Z', SCRIPT_LATIN }, { 'a', 'z', SCRIPT_LATIN }, { 0xC0, 0x24F, SCRIPT_LATIN },
    { 0x370, 0x3FF, SCRIPT_GREEK }, { 0x400, 0x52F, SCRIPT_CYRILLIC },
    { 0x590, 0x5FF, SCRIPT_HEBREW }, { 0x600, 0x6FF, SCRIPT_ARABIC },
    { 0x750, 0x77F, SCRIPT_ARABIC }, { 0x900, 0x97F, SCRIPT_DEVANAGARI },
    { 0xE00, 0xE7F, SCRIPT_THAI }, { 0x1100, 0x11FF, SCRIPT_HANGUL },
    { 0x1E00, 0x1EFF, SCRIPT_LATIN }, { 0x1F00, 0x1FFF, SCRIPT_GREEK },
    { 0x3040, 0x30FF, SCRIPT_KANA }, { 0x3400, 0x9FFF, SCRIPT_HAN },
    { 0xAC00, 0xD7AF, SCRIPT_HANGUL }, { 0xFB50, 0xFDFF, SCRIPT_ARABIC },
    { 0xFE70, 0xFEFF, SCRIPT_ARABIC },
};

/* The language of scripts that (of those we know) only one is written in. */
static const char *const by_script[SCRIPTS] = {
    [SCRIPT_HAN] = "zh", [SCRIPT_KANA] = "ja", [SCRIPT_HANGUL] = "ko", [SCRIPT_THAI] = "th",
    [SCRIPT_GREEK] = "el", [SCRIPT_HEBREW] = "he", [SCRIPT_ARABIC] = "ar",
    [SCRIPT_DEVANAGARI] = "hi",
};

static void count_scripts(const char *text, int counts[SCRIPTS], int *letters)
{
    uint32_t c;
    *letters = 0;
    while (*letters < LETTERS_LOOKED_AT && (c = text_next(&text)))
        for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
            if (c >= ranges[i].first && c <= ranges[i].last) {
                counts[ranges[i].script]++;
                ++*letters;
                break;
            }
}

/* A word of another script weighs more than a product name in Latin letters beside it. */
static enum script main_script(const int counts[SCRIPTS])
{
    enum script best = SCRIPT_LATIN;
    if (counts[SCRIPT_KANA] * 8 > counts[SCRIPT_HAN] && counts[SCRIPT_KANA] * 3 > counts[SCRIPT_LATIN])
        return counts[SCRIPT_KANA] ? SCRIPT_KANA : SCRIPT_LATIN;
    for (enum script s = SCRIPT_CYRILLIC; s < SCRIPTS; s++)
        if (counts[s] * 2 > counts[SCRIPT_LATIN] && counts[s] > counts[best])
            best = s;
    if (best == SCRIPT_LATIN)
        for (enum script s = SCRIPT_CYRILLIC; s < SCRIPTS; s++)
            if (counts[s] * 2 > counts[SCRIPT_LATIN] && counts[s] > 0)
                best = s;
    return best;
}

/* ---- by letter groups ---- */

static int level(char letter)
{
    return letter >= 'a' ? letter - 'a' + 26 : letter >= 'A' ? letter - 'A'
         : letter >= '0' ? letter - '0' + 52 : letter == '+' ? 62 : 63;
}

static bool is_candidate(int code, enum script script)
{
    return (script == SCRIPT_CYRILLIC) == (code >= LANGUAGE_bg);
}

static bool names(const char *hint, const char *code)
{
    return hint && !strncmp(hint, code, 2) && (hint[2] == '\0' || hint[2] == '-' || hint[2] == '_');
}

static void score_all(const char *text, double score[LANGUAGE_CODES])
{
    uint16_t features[LANGUAGE_FEATURES_MAX];
    size_t n = language_features(text, features, LANGUAGE_FEATURES_MAX);
    double scale = n ? language_step / sqrt((double)n) : 0;
    for (size_t i = 0; i < n; i++) {
        const char *row = language_weights[features[i]];
        for (int k = 0; k < LANGUAGE_CODES; k++)
            score[k] += (level(row[k]) - LANGUAGE_LEVELS / 2) * scale;
    }
}

static void choose(double score[LANGUAGE_CODES], enum script script, const char *last,
                   const char *browser, char out[8])
{
    double sum = 0;
    int best = -1;
    for (int k = 0; k < LANGUAGE_CODES; k++) {
        if (!is_candidate(k, script))
            continue;
        score[k] += names(last, codes[k]) ? hint_last : 0;
        score[k] += names(browser, codes[k]) ? hint_browser : 0;
        score[k] += k == LANGUAGE_ru ? most_likely : 0;    /* short words are shared */
        if (best < 0 || score[k] > score[best])
            best = k;
    }
    for (int k = 0; k < LANGUAGE_CODES; k++)
        if (is_candidate(k, script))
            sum += exp(score[k] - score[best]);
    snprintf(out, 8, "%s", 1 / sum >= sure_enough ? codes[best] : "und");
}

void language_of(const char *text, const char *last, const char *browser, char out[8])
{
    int counts[SCRIPTS] = { 0 }, letters;
    double score[LANGUAGE_CODES] = { 0 };
    count_scripts(text, counts, &letters);
    enum script script = main_script(counts);
    snprintf(out, 8, "und");
    if (by_script[script]) {
        snprintf(out, 8, "%s", by_script[script]);
        return;
    }
    if (letters < LETTERS_MIN)
        return;
    score_all(text, score);
    choose(score, script, last, browser, out);
}
