/* verdict.h - what can become of a token check: the one table of reasons, statuses and alarms.
 * It checks nothing itself. The numbers are those of the thirteen checks in README.md. */
#ifndef DESKHAND_TEAMS_VERDICT_H
#define DESKHAND_TEAMS_VERDICT_H

#include <stdbool.h>

/* Check, HTTP status, alarm, word for the log. 401: who sent this is not proven; 403: proven, but
 * not welcome here. An alarm is what no honest sender sends, whatever its clock or set-up. */
#define VERDICT_TABLE(V)                                                                          \
    V(ACCEPTED, 0, 200, false, "accepted")                                                        \
    V(NO_HEADER, 1, 401, false, "no-authorization")                                               \
    V(TWO_HEADERS, 1, 401, true, "authorization-twice")                                           \
    V(TOO_LONG, 1, 401, true, "authorization-too-long")                                           \
    V(NOT_BEARER, 1, 401, false, "not-bearer")                                                    \
    V(NOT_THREE_PARTS, 1, 401, false, "not-three-parts")                                          \
    V(NOT_BASE64URL, 2, 401, false, "not-base64url")                                              \
    V(NOT_JSON, 2, 401, false, "not-a-json-object")                                               \
    V(DUPLICATE, 2, 401, true, "duplicate-member")                                                \
    V(EMBEDDED_NUL, 2, 401, true, "embedded-nul")                                                 \
    V(TOO_DEEP, 2, 401, true, "json-too-deep")                                                    \
    V(WRONG_ALGORITHM, 3, 401, true, "wrong-algorithm")                                           \
    V(CRITICAL_EXTENSION, 3, 401, true, "critical-extension")                                     \
    V(BAD_KEY_ID, 3, 401, false, "bad-key-id")                                                    \
    V(WRONG_ISSUER, 4, 401, true, "wrong-issuer")                                                 \
    V(WRONG_AUDIENCE, 5, 401, true, "wrong-audience")                                             \
    V(NO_EXPIRY, 6, 401, true, "no-expiry")                                                       \
    V(EXPIRED, 6, 401, false, "expired")                                                          \
    V(BAD_NOT_BEFORE, 6, 401, true, "bad-not-before")                                             \
    V(NOT_YET_VALID, 6, 401, false, "not-yet-valid")                                              \
    V(NO_SERVICE_URL, 7, 401, true, "no-service-url")                                             \
    V(SERVICE_URL_UNCLAIMED, 7, 401, true, "service-url-not-in-token")                            \
    V(SERVICE_URL_DIFFERS, 7, 401, true, "service-url-differs")                                   \
    V(WRONG_CHANNEL, 8, 401, false, "wrong-channel")                                              \
    V(HOST_NOT_ALLOWED, 9, 401, true, "service-host-not-allowed")                                 \
    V(KEYS_UNAVAILABLE, 10, 401, false, "keys-unavailable")                                       \
    V(UNKNOWN_KEY, 10, 401, true, "unknown-key")                                                  \
    V(UNFIT_KEY, 10, 401, true, "unfit-key")                                                      \
    V(NOT_ENDORSED, 11, 403, true, "not-endorsed")                                                \
    V(BAD_SIGNATURE, 12, 401, true, "bad-signature")                                              \
    V(NO_TENANT, 13, 403, true, "no-tenant")                                                      \
    V(TENANTS_DIFFER, 13, 403, true, "tenants-differ")                                            \
    V(WRONG_TENANT, 13, 403, true, "wrong-tenant")

#define VERDICT_NAME(id, check, status, alarm, word) VERDICT_##id,
enum teams_verdict { VERDICT_TABLE(VERDICT_NAME) VERDICTS };
#undef VERDICT_NAME

struct teams_verdict_row {
    int check;              /* 1 to 13; 0: all passed */
    int status;             /* HTTP */
    bool alarm;
    const char *word;
};

/* Static, never NULL. */
const struct teams_verdict_row *teams_verdict_row(enum teams_verdict v);

#endif
