/* strict_json.h - JSON where a second reading would be an attack: one object, no member twice, no
 * embedded NUL, not deep. It knows no members. */
#ifndef DESKHAND_TEAMS_STRICT_JSON_H
#define DESKHAND_TEAMS_STRICT_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "adapters/teams/span.h"
#include "adapters/teams/verdict.h"

enum { STRICT_JSON_DEPTH = 16 };

/* VERDICT_ACCEPTED and the object in *out (json_decref it), or why not. The depth is measured
 * before the bytes reach a parser that recurses. */
enum teams_verdict strict_json_object(struct teams_span text, json_t **out);

/* Are there more than depth_max objects and arrays inside each other? */
bool strict_json_is_too_deep(struct teams_span text, int depth_max);

/* A member that is a string, borrowed from object (which may be NULL); absent when it is missing or
 * something else. */
struct teams_span strict_json_text(const json_t *object, const char *name);

#endif
