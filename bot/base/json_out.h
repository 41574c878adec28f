/* json_out.h - writes JSON straight into a buf: hot paths build frames with it, without a tree.
 * It does not read JSON (jansson does, at the edges). Commas are its business, pairing is the caller's. */
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

/* jansson has functions of the same names. No file includes both headers, and in the program ours
 * have other symbols, so that neither library ever calls the other's. */
#define JSON_OUT_SYMBOL(name) __asm__("json_out_" #name)

/* key is NULL inside an array and at the top; keys and texts are valid UTF-8.
 * Non-ASCII stays UTF-8; '<', U+2028 and U+2029 are escaped so that the output may stand in a script. */
void json_object(struct json_out *j, const char *key) JSON_OUT_SYMBOL(json_object);
void json_object_end(struct json_out *j);
void json_array(struct json_out *j, const char *key) JSON_OUT_SYMBOL(json_array);
void json_array_end(struct json_out *j);
void json_text(struct json_out *j, const char *key, const char *text);       /* NULL text: null */
void json_text_n(struct json_out *j, const char *key, const char *text, size_t len);
void json_int(struct json_out *j, const char *key, int64_t value);
void json_bool(struct json_out *j, const char *key, bool value);
void json_null(struct json_out *j, const char *key) JSON_OUT_SYMBOL(json_null);
void json_raw(struct json_out *j, const char *key, const char *json);        /* trusted JSON, as it is */

#endif
