/* parse.h - turns what a browser asks for into a command, or into a refusal in words. Pure.
 * It does not know who asks: the actor, the time and the nonce are added by api_act.c. */
#ifndef DESKHAND_INBOX_PARSE_H
#define DESKHAND_INBOX_PARSE_H

#include <stdbool.h>
#include <stddef.h>

#include "bot/base/arena.h"
#include "bot/desk/command.h"

enum { PARSE_BODY_MAX = 65536, PARSE_TEXT_MAX = 8000, PARSE_ID_MAX = 64 };

/* {"action":"claim","ticket":42,"id":"..."} -> *out. Members that the action does not take are
 * refused, so that a misspelt one never passes silently. Strings live in the arena.
 * False: *why is one sentence for people, borrowed from the arena or constant. */
bool parse_act(const char *bytes, size_t len, struct arena *a, struct command *out,
               const char **why);

/* {"email":"...","code":"123456"} or {"token":"..."}: members that are there, else NULL.
 * False when it is not such an object. */
struct parse_door { const char *email, *code, *token; };
bool parse_door(const char *bytes, size_t len, struct arena *a, struct parse_door *out);

/* {"t":"look","ticket":42} and {"t":"typing","ticket":42,"note":true} of the live socket. */
struct parse_frame {
    enum parse_frame_kind { FRAME_LOOK, FRAME_TYPING, FRAME_PING } kind;
    int64_t ticket_id;              /* 0: none */
    bool note;
};
bool parse_frame(const char *bytes, size_t len, struct parse_frame *out);

/* A whole number without sign, 0..2^53-1; -1 when text is anything else (NULL too). */
int64_t parse_number(const char *text);

/* A bare mail address that may stand in a header: no spaces, no controls, one @, at most 254. */
bool parse_email_is_fit(const char *email);

/* The value of a cookie out of a Cookie header, copied; NULL if absent. */
const char *parse_cookie(const char *header, const char *name, struct arena *a);

#endif
