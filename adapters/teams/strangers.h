/* strangers.h - who was found to be no technician lately: whoever talks in a ticket's thread is not
 * looked up for every line, and not told again each time. In memory, bounded. It calls nobody. */
#ifndef DESKHAND_TEAMS_STRANGERS_H
#define DESKHAND_TEAMS_STRANGERS_H

#include <stdbool.h>
#include <stdint.h>

enum { TEAMS_STRANGERS = 256, TEAMS_STRANGER_MS = 10 * 60 * 1000,
       TEAMS_STRANGER_TOLD_MS = 60 * 60 * 1000 };

struct teams_strangers;
struct teams_strangers *teams_strangers_new(void);
void teams_strangers_free(struct teams_strangers *s);

/* This account ("teams:...") is no technician. The one that was added first makes room. true: it is
 * time to say so, because that was not said for TEAMS_STRANGER_TOLD_MS. */
bool teams_strangers_add(struct teams_strangers *s, const char *account, int64_t now_ms);

/* Added less than TEAMS_STRANGER_MS ago. */
bool teams_strangers_has(const struct teams_strangers *s, const char *account, int64_t now_ms);

/* Anybody may be one by now: who the technicians are has changed. */
void teams_strangers_forget(struct teams_strangers *s);

#endif
