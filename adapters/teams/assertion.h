/* assertion.h - how the desk proves who it is with a certificate in place of a secret: a JWT signed
 * with PS256 (RSASSA-PSS, SHA-256), named by x5t#S256. Source: Microsoft's page "Application
 * certificate credentials". The time and the id come in; it fetches nothing. */
#ifndef DESKHAND_TEAMS_ASSERTION_H
#define DESKHAND_TEAMS_ASSERTION_H

#include <stdint.h>

#include "bot/base/buf.h"

enum { ASSERTION_LIFE_S = 600 };

struct teams_certificate;

/* From a PEM file with a certificate and its RSA private key, in any order. NULL with *error set to
 * a sentence (static). */
struct teams_certificate *teams_certificate_load(const char *path, const char **error);
void teams_certificate_free(struct teams_certificate *c);

struct assertion_wish {
    const char *audience;           /* the token URL */
    const char *client_id;
    const char *id;                 /* "jti": another one for each assertion */
    int64_t now_s;
};

/* Adds the three segments. 0, or -1 when signing failed or the buffer is full. */
int teams_assertion(const struct teams_certificate *c, const struct assertion_wish *wish,
                    struct buf *out);

#endif
