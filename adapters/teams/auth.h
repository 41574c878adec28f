/* auth.h - is this request from the Bot Connector, for us, and from a tenant we serve? All thirteen
 * checks in their order (README.md says why each). Loop thread only. It reads no HTTP and no body:
 * the caller hands over the header and what the body says. No switch turns a check off. */
#ifndef DESKHAND_TEAMS_AUTH_H
#define DESKHAND_TEAMS_AUTH_H

#include <stddef.h>
#include <stdint.h>

#include "adapters/teams/jwt.h"
#include "adapters/teams/keys.h"
#include "adapters/teams/verdict.h"

struct teams_auth;

/* The rules are copied; what they point to is borrowed, and so are the keys: all outlive it. App
 * id, issuer and channel are not empty. */
struct teams_auth *teams_auth_new(const struct teams_rules *rules, struct teams_keys *keys);

/* Free the keys first: they answer whoever still waits. */
void teams_auth_free(struct teams_auth *auth);

struct teams_auth_request {
    struct teams_span authorization;    /* value of the first Authorization header */
    size_t authorization_count;         /* how many there are */
    struct teams_facts facts;
    bool no_activity;                   /* there are no facts: checks 7 to 9 and 13 are left out,
                                           and "accepted" is about the token alone */
    int64_t now_ms;                     /* unix time */
};

typedef void (*teams_auth_fn)(void *ctx, enum teams_verdict verdict);

/* Calls back exactly once: from inside this call when the key is at hand or an earlier check fails,
 * else as keys.h says. What must last is copied. A refusal is logged, by its word. */
void teams_auth_check(struct teams_auth *auth, const struct teams_auth_request *request,
                      teams_auth_fn fn, void *ctx);

#endif
