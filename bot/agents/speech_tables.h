/* speech_tables.h - the names of the tables of speech.h. For speech.c and the tables alone. */
#ifndef DESKHAND_AGENTS_SPEECH_TABLES_H
#define DESKHAND_AGENTS_SPEECH_TABLES_H

#include "bot/agents/speech.h"

extern const struct speech speech_en;

#endif
