/* text.h - UTF-8 text: is it valid, how long is it in code points, where may it be cut.
 * It does not know languages or markup. */
#ifndef DESKHAND_BASE_TEXT_H
#define DESKHAND_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Valid UTF-8 without U+0000 and surrogates. */
bool text_is_valid(const char *bytes, size_t len);

/* Decodes the code point at *at and moves *at behind it. 0 at the end. *at must be valid UTF-8. */
uint32_t text_next(const char **at);

/* Appends a code point to out (room for 4 bytes); returns the bytes written. */
size_t text_encode(uint32_t code_point, char *out);

/* Code points in text. */
size_t text_length(const char *text);

/* Bytes that the first `code_points` code points of text take (all of it if it is shorter). */
size_t text_bytes(const char *text, size_t code_points);

/* Nothing but white space (Unicode) or empty. */
bool text_is_blank(const char *text);

/* Simple lower case of one code point (Latin, Greek, Cyrillic, Armenian; others unchanged). */
uint32_t text_lower(uint32_t code_point);

#endif
