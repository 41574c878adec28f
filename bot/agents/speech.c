#include "bot/agents/speech_tables.h"

#include <string.h>

const struct speech *const speeches[] = {
    &speech_en, &speech_de, &speech_fr, &speech_es, &speech_it, &speech_pt, &speech_nl,
    &speech_pl, &speech_ru, &speech_tr, &speech_ar, &speech_zh, &speech_ja,
};
const size_t speech_count = sizeof speeches / sizeof speeches[0];

/* The first bytes that the letters of a script have in UTF-8. */
static const struct { const char *lang; unsigned char first, last; } scripts[] = {
    { "ru", 0xd0, 0xd1 }, { "ar", 0xd8, 0xdb }, { "zh", 0xe3, 0xe9 }, { "ja", 0xe3, 0xe9 },
};

bool speech_is_possible(const struct speech *speech, const struct pattern_text *text)
{
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        if (strcmp(speech->lang, scripts[i].lang) != 0)
            continue;
        for (unsigned byte = scripts[i].first; byte <= scripts[i].last; byte++)
            if (text->first[byte])
                return true;
        return false;
    }
    return true;
}

const struct speech *speech_for(const char *lang)
{
    for (size_t i = 0; lang && i < speech_count; i++)
        if (speeches[i]->said && !strncmp(speeches[i]->lang, lang, strlen(speeches[i]->lang)))
            return speeches[i];
    return &speech_en;
}
