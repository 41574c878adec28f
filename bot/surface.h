/* surface.h - how the chat surfaces are: well or not, and what a person should know or do then.
 * It keeps what the looks of main.c found and says which changes are news. Loop thread only. */
#ifndef DESKHAND_SURFACE_H
#define DESKHAND_SURFACE_H

#include "bot/base/json_out.h"

enum { SURFACES_MAX = 4, SURFACE_TEXT = 320, SURFACE_LOOK_MS = 5000, SURFACE_DOUBT_MS = 1000 };

struct surface {
    const char *name;               /* "slack"; borrowed */
    bool well;
    char text[SURFACE_TEXT];        /* "" when well; never a secret */
    char note[SURFACE_TEXT];        /* worth knowing while it is well; "" nothing */
    bool looked, doubted;           /* at least once; found bad just now, looked at again soon */
};
struct surfaces { struct surface rows[SURFACES_MAX]; size_t count; };

/* What one look at the surface of this name found; one not seen before is added. A surface is
 * called bad at the second look in a row: sockets take a moment, and are renewed now and then. A
 * change of state is logged once, and /metrics has it. Returns true when there is something to
 * tell: another state, or a text that differs by more than its numbers. The text of a well one is a
 * note, and never news. */
bool surface_note(struct surfaces *s, const char *name, bool well, const char *text);

/* When to look again, in milliseconds: sooner while one is in doubt. */
int64_t surface_next_ms(const struct surfaces *s);

/* "key":[{"name":"slack","well":false,"text":"..."}], with "note" if there is one; an
 * empty array if s is NULL. */
void surface_json(const struct surfaces *s, const char *key, struct json_out *j);

#endif
