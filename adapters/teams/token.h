/* token.h - the desk's own token for the Connector, from the login service: by secret or
 * certificate, kept, renewed early, one request at a time. Refusals are not asked about again soon.
 * Loop thread only. Who gets to see the token is connector.h's business. */
#ifndef DESKHAND_TEAMS_TOKEN_H
#define DESKHAND_TEAMS_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_client;
struct loop;
struct teams_certificate;
struct teams_token;

enum {
    TEAMS_TOKEN_EARLY_S = 300,          /* renewed so long before its end; or at half-time */
    TEAMS_TOKEN_BACKOFF_MS = 1000, TEAMS_TOKEN_BACKOFF_MAX_MS = 60 * 1000,
    /* The same when a person has to change something. */
    TEAMS_TOKEN_LASTING_MS = 60 * 1000, TEAMS_TOKEN_LASTING_MAX_MS = 10 * 60 * 1000,
};

struct teams_token_settings {
    struct loop *loop;                      /* these two are borrowed and outlive the token */
    struct http_client *http;
    const char *login_url, *tenant, *app_id, *scope;    /* copied, as is the secret */
    const char *secret;                     /* used when there is no certificate */
    struct teams_certificate *certificate;  /* NULL, or owned by the token from now on */
};

/* Fetches nothing yet. */
struct teams_token *teams_token_new(const struct teams_token_settings *settings);
void teams_token_free(struct teams_token *t);

/* Who is told when a request has ended, well or not. */
void teams_token_listen(struct teams_token *t, void (*changed)(void *ctx), void *ctx);

/* How long after it came a token is renewed that is good for so many seconds. */
int64_t teams_token_renewal_ms(int64_t life_s);

/* "Bearer ..." while there is one that is good, else NULL. Asks the login service when it is time
 * to, and changed() follows. Valid until changed() or teams_token_reject. */
const char *teams_token_header(struct teams_token *t);

/* A request is under way. */
bool teams_token_is_coming(const struct teams_token *t);

/* The service refused this one: it is not used again. Another one in the meantime stays. */
void teams_token_reject(struct teams_token *t, const char *header);

/* Why there is none: a word for the log, and a sentence; both NULL while all is well. */
const char *teams_token_error(const struct teams_token *t, const char **advice);

/* Until the login service is asked again; 0: it may be now. */
int64_t teams_token_retry_ms(const struct teams_token *t);

#endif
