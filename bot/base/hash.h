/* hash.h - SHA-256, random bytes, base64url and hex, on OpenSSL. No keys are kept here. */
#ifndef DESKHAND_BASE_HASH_H
#define DESKHAND_BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>

enum { HASH_BYTES = 32, HASH_HEX = 65 };

void hash_sha256(const void *bytes, size_t len, unsigned char out[HASH_BYTES]);
bool hash_equal(const void *a, const void *b, size_t len);     /* in constant time */

/* Random bytes from the system; aborts when there are none (nothing safe can follow). */
void hash_random(void *out, size_t len);

/* out has room for len * 2 + 1 and (len * 4 + 2) / 3 + 1 characters; both end with NUL. */
void hash_hex(const void *bytes, size_t len, char *out);
void hash_base64url(const void *bytes, size_t len, char *out);

#endif
