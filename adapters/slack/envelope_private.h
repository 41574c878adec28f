/* envelope_private.h - what the files of the envelope parser share. Nobody else includes it.
 * It decides nothing: reading members of JSON with their limits, and the words of a message. */
#ifndef DESKHAND_SLACK_ENVELOPE_PRIVATE_H
#define DESKHAND_SLACK_ENVELOPE_PRIVATE_H

#include <jansson.h>

#include "adapters/slack/envelope.h"

struct envelope {
    struct arena *a;
    const struct slack_names *names;   /* may be NULL */
    struct slack_input *out;
    bool bad;                          /* an id or a ts is there but is none: trust nothing of it */
};

/* The frame as a text that jansson takes: a copy whose lone surrogates and U+0000 are U+FFFD. NULL:
 * a NUL byte, too large, or brackets nested deeper than SLACK_DEPTH_MAX. */
char *envelope_repair(const char *bytes, size_t len, struct arena *a);
/* An object, owned by the caller; NULL: anything else, or a member twice. */
json_t *envelope_load(const char *text);

/* Members, copied into the arena; NULL if absent, null or "". A wrong id or ts sets e->bad. */
const char *envelope_id(struct envelope *e, const json_t *object, const char *member);
const char *envelope_opaque(struct envelope *e, const json_t *object, const char *member);
/* One that is only a key: if it is not fit to be one, it is as if absent. */
const char *envelope_mark(struct envelope *e, const json_t *object, const char *member);
const char *envelope_ts(struct envelope *e, const json_t *object, const char *member);
/* At most max bytes, else as if absent. */
const char *envelope_text(struct envelope *e, const json_t *object, const char *member,
                          size_t max);
int64_t envelope_number(const json_t *object, const char *member, int64_t max);

/* text, addressed and rest of a message object: from its rich_text blocks, else its text. */
struct envelope_words { const char *text, *addressed, *rest; };
struct envelope_words envelope_words(struct envelope *e, const json_t *message);
/* The plain text of one rich_text block or element. */
const char *envelope_rich(struct envelope *e, const json_t *rich);
/* Slack's own escaped markup to plain text, mentions by name. */
struct envelope_words envelope_markup(struct envelope *e, const char *text);

/* One kind of payload each. They set out->kind, which stays SLACK_UNKNOWN for what is not known. */
void envelope_event(struct envelope *e, const json_t *payload);
void envelope_interactive(struct envelope *e, const json_t *payload);
void envelope_slash(struct envelope *e, const json_t *payload);

#endif
