/* reminder_text.h - the words of a reminder in the requester's language, made personal.
 * It knows nothing of times and counts but which reminder of how many it is. */
#ifndef DESKHAND_AGENTS_REMINDER_TEXT_H
#define DESKHAND_AGENTS_REMINDER_TEXT_H

#include "bot/agents/reminder.h"

enum { REMINDER_TEXT_MAX = 8 * 1024 };

/* The text of reminder `number` of `of`, in the arena. The desk's own words go first; where they
 * need a name, subject or question that is not known, the built-in ones are used. Never NULL. */
const char *reminder_text(const struct reminder_settings *settings,
                          const struct reminder_facts *facts, int number, int of,
                          struct arena *arena);

#endif
