/* speech_tables.h - the names of the tables of speech.h. For speech.c and the tables alone. */
#ifndef DESKHAND_AGENTS_SPEECH_TABLES_H
#define DESKHAND_AGENTS_SPEECH_TABLES_H

#include "bot/agents/speech.h"

extern const struct speech speech_en, speech_de, speech_fr, speech_es, speech_it;
extern const struct speech speech_pt, speech_nl, speech_pl, speech_ru, speech_tr;
extern const struct speech speech_ar, speech_zh, speech_ja;

/* English has more alarms than one file should hold. */
extern const char *const speech_en_down[], *const speech_en_panic[], *const speech_en_calm[];
extern const char *const speech_en_danger[], *const speech_en_crime[], *const speech_en_innocent[];

#endif
