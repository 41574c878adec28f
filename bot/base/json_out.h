/* json_out.h - writes JSON straight into a buf: hot paths build frames with it, without a tree.
 * It does not read JSON (jansson does, at the edges). Commas are its business, pairing is the
 * caller's. */
#ifndef DESKHAND_BASE_JSON_OUT_H
#define DESKHAND_BASE_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/base/buf.h"

struct json_out {
    struct buf *buf;
    bool comma;        /* the next value needs one before it */
    bool no_script;    /* never stands in a script: U+2028 and U+2029 stay UTF-8, too */
};

/* key is NULL inside an array and at the top; keys and texts are valid UTF-8. Non-ASCII stays
 * UTF-8; '<', U+2028 and U+2029 are escaped so that the output may stand in a script. */
void json_out_object(struct json_out *j, const char *key);
void json_out_object_end(struct json_out *j);
void json_out_array(struct json_out *j, const char *key);
void json_out_array_end(struct json_out *j);
void json_out_text(struct json_out *j, const char *key, const char *text);      /* NULL: null */
void json_out_optional(struct json_out *j, const char *key, const char *text);  /* not if empty */
void json_out_text_n(struct json_out *j, const char *key, const char *text, size_t len);
void json_out_int(struct json_out *j, const char *key, int64_t value);
void json_out_bool(struct json_out *j, const char *key, bool value);
void json_out_null(struct json_out *j, const char *key);
/* json is trusted and written as it is. */
void json_out_raw(struct json_out *j, const char *key, const char *json);

#endif
