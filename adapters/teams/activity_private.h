/* activity_private.h - the parts of reading an activity, for the activity*.c files only. */
#ifndef DESKHAND_TEAMS_ACTIVITY_PRIVATE_H
#define DESKHAND_TEAMS_ACTIVITY_PRIVATE_H

#include <jansson.h>

#include "adapters/teams/activity.h"

/* A member that is a string with something in it, copied; NULL otherwise. */
const char *activity_text(const json_t *object, const char *member, struct arena *a);
/* The same, if it may be an id: printable ASCII without spaces, at most TEAMS_ID_MAX bytes. */
const char *activity_id(const json_t *object, const char *member, struct arena *a);

/* activity_words.c: text, mentions, files. Reads in->bot. */
void activity_words(const json_t *activity, struct arena *a, struct teams_input *in);

/* activity_click.c: what a card sent, and what that means as a key. Reads who and where. */
void activity_click(json_t *data, struct arena *a, struct teams_clicked *click);
const char *activity_meaning(const struct teams_input *in, struct arena *a);

/* A hash of `count` texts (NULL differs from ""), as "<prefix>:<64 hex digits>". */
const char *activity_key(const char *prefix, const char *const *texts, size_t count,
                         struct arena *a);

#endif
