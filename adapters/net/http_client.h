/* http_client.h - outgoing HTTPS requests and mail, by curl on the loop. Loop thread only.
 * It does not retry, follow redirects, keep cookies, or judge addresses that people name. */
#ifndef DESKHAND_NET_HTTP_CLIENT_H
#define DESKHAND_NET_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "adapters/net/http.h"

struct http_client;

/* The proxy comes from the environment (https_proxy, no_proxy). */
struct http_client *http_client_new(struct loop *l);

/* What is under way ends with HTTP_CLIENT_CANCELLED, inside this call. */
void http_client_free(struct http_client *c);

struct http_client_request {
    const char *method;                 /* NULL: GET, or POST if there is a body */
    const char *url;                    /* https; http only to a loopback address or localhost */
    const struct http_pair *headers;
    size_t header_count;
    const void *body;                   /* copied */
    size_t body_len;
    int64_t connect_ms, total_ms;       /* 0: 10 s, 30 s */
    size_t max_answer;                  /* bytes of the answer's body; 0: 1 MiB */
    const char *resolve_to;             /* connect to this checked address, keep the name for TLS */
    bool once;                          /* on a new connection: on an old one that turns out dead
                                           curl would send it a second time by itself */
};

enum http_client_result {
    HTTP_CLIENT_ANSWERED,               /* there is a status, whichever */
    HTTP_CLIENT_REFUSED,                /* not sent: address or request not allowed */
    HTTP_CLIENT_UNREACHABLE,            /* surely not sent: name, connect or TLS failed */
    HTTP_CLIENT_TIMEOUT,                /* may have arrived */
    HTTP_CLIENT_BROKEN,                 /* may have arrived: cut off, garbage */
    HTTP_CLIENT_TOO_BIG,                /* answer over max_answer */
    HTTP_CLIENT_CANCELLED,
    HTTP_CLIENT_RESULTS
};
const char *http_client_result_name(enum http_client_result r);

/* Valid until the callback returns. */
struct http_client_answer {
    enum http_client_result result;
    int status;                         /* 0 unless answered; SMTP: the last reply code */
    const char *body;                   /* NUL-terminated behind body_len; never NULL */
    size_t body_len;
    int64_t retry_after_ms;             /* from Retry-After (seconds or a date); -1: none */
    const char *error;                  /* for the log, holds no secrets; "" when answered */
    const struct http_client_headers *headers;
};

/* First value of an answer's header by name (any case); NULL if absent. */
const char *http_client_header(const struct http_client_answer *answer, const char *name);

typedef void (*http_client_fn)(void *ctx, const struct http_client_answer *answer);

/* Everything given is copied. The callback comes exactly once, later (never from inside this call).
 * Returns an id for http_client_cancel. */
uint64_t http_client_send(struct http_client *c, const struct http_client_request *req,
                          http_client_fn fn, void *ctx);

/* The callback comes with HTTP_CLIENT_CANCELLED, later. Unknown ids are ignored. */
void http_client_cancel(struct http_client *c, uint64_t id);

size_t http_client_under_way(const struct http_client *c);

struct mail {
    const char *url;                    /* smtp://host:587 (STARTTLS required) or smtps://host:465;
                                           smtp:// without TLS only to a loopback address */
    const char *user, *password;        /* NULL: no login */
    const char *from;                   /* envelope sender, bare address */
    const char *to;                     /* one envelope recipient, bare address */
    const char *message;                /* RFC 5322, CRLF lines */
    size_t message_len;
};

uint64_t mail_send(struct http_client *c, const struct mail *mail, http_client_fn fn, void *ctx);

#endif
