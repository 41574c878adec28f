#include "bot/agents/speech_tables.h"

#include <string.h>

const struct speech *const speeches[] = {
    &speech_en, &speech_de, &speech_fr, &speech_es, &speech_it, &speech_pt, &speech_nl, &speech_pl,
    &speech_tr, &speech_ru, &speech_ar, &speech_zh, &speech_ja
};
const size_t speech_count = sizeof speeches / sizeof speeches[0];

const struct speech *speech_for(const char *lang)
{
    for (size_t i = 0; lang && i < speech_count; i++)
        if (speeches[i]->said && !strncmp(speeches[i]->lang, lang, strlen(speeches[i]->lang)))
            return speeches[i];
    return &speech_en;
}
