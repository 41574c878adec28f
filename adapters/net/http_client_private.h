/* http_client_private.h - one transfer, shared by http_client*.c and mail.c only. */
#ifndef DESKHAND_NET_HTTP_CLIENT_PRIVATE_H
#define DESKHAND_NET_HTTP_CLIENT_PRIVATE_H

#include <curl/curl.h>
#include <uv.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "bot/base/buf.h"

struct http_client_headers {
    struct buf lines;                  /* "Name: value\r\n..." of the last answer */
};

struct transfer {
    struct transfer *next, *prev;
    struct http_client *client;
    uint64_t id;
    CURL *easy;
    struct curl_slist *headers, *connect_to, *recipients;
    struct buf send, body;
    size_t sent;                       /* of `send`, for mail */
    struct http_client_headers answer_headers;
    bool mail, too_big, cancelled, added;
    bool ended;                        /* without curl: refused or cancelled */
    http_client_fn fn;
    void *ctx;
};

struct http_client {
    struct loop *loop;
    CURLM *multi;
    uv_timer_t *timer;                 /* curl's; on the heap, for it closes late */
    struct loop_timer settle;          /* calls back for transfers that ended without curl */
    struct transfer *first;
    size_t count;
    uint64_t last_id;
};

/* A transfer in the client's list, with an easy handle that has what all have. */
struct transfer *transfer_new(struct http_client *c, http_client_fn fn, void *ctx);

/* Starts it, or, when allowed is false, ends it as refused. Returns its id. */
uint64_t transfer_start(struct transfer *t, bool allowed, size_t max_answer);

/* https to anywhere, http to loopback only; smtps and smtp likewise (smtp with STARTTLS). */
enum url_kind { URL_REFUSED, URL_TLS, URL_PLAIN_LOOPBACK, URL_STARTTLS };
enum url_kind http_client_url_kind(const char *url, bool mail);

#endif
