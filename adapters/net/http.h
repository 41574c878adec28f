/* http.h - the HTTP/1.1 server: routes, requests that may be answered later, answers.
 * It knows no adapter and no files (assets.h) nor WebSockets (websocket.h). Loop thread only. */
#ifndef DESKHAND_NET_HTTP_H
#define DESKHAND_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct loop;
struct http_server;
struct http_request;

/* Zero or NULL members mean the default in brackets. Strings are borrowed until http_free. */
struct http_settings {
    const char *trusted_proxies;    /* addresses or CIDR blocks, commas ["127.0.0.0/8, ::1"] */
    size_t max_requests;            /* unanswered at once, over it 503 [512] */
    size_t max_connections;         /* over it 503, later closed [RLIMIT_NOFILE - 64] */
    int header_timeout_s;           /* [10] */
    int keep_alive_s;               /* [30] */
    int answer_timeout_s;           /* unanswered for so long: 504 [90] */
};

/* settings may be NULL. Aborts only on out of memory. */
struct http_server *http_new(struct loop *l, const struct http_settings *settings);

/* Listens on an IPv4 or IPv6 address ("127.0.0.1", "0.0.0.0", "::1", "::"); port 0: any free one.
 * Once per server, after all routes are set. 0, or -1 (logged). */
int http_listen(struct http_server *s, const char *address, int port);
int http_port(const struct http_server *s);

/* Stops accepting; every new request and upgrade is answered 503 with Retry-After. Sockets stay:
 * adapters close theirs with 1012. Unanswered requests may still be answered. */
void http_drain(struct http_server *s);
bool http_is_draining(const struct http_server *s);

/* Closes everything (closed() of each WebSocket is called) and gives it back. */
void http_free(struct http_server *s);

/* ---- routes ---- */

/* Called with the whole body there. Answer now, or keep the id and answer later. */
typedef void (*http_handler)(void *ctx, struct http_request *req);

/* method NULL: any. A path that ends in '/' or in a star after it ("/m/a/" and "/m/a/" + "*") is a
 * prefix; the longest match wins, an exact path before a prefix. GET routes also take HEAD. Strings
 * are copied. max_body: bytes, over it 413 before the body is read; 0: no body expected. */
void http_route(struct http_server *s, const char *method, const char *path, size_t max_body,
                http_handler handler, void *ctx);

/* ---- requests: the pointer is valid until the handler returns, or until it is answered ---- */

/* Never 0, never used again. Keep this for a late answer, not the pointer. */
uint64_t http_id(const struct http_request *req);

/* NULL when the request was answered or its peer is gone. */
struct http_request *http_find(struct http_server *s, uint64_t id);

const char *http_method(const struct http_request *req);       /* "GET", "POST", ... */
const char *http_path(const struct http_request *req);         /* percent-decoded, no query */

/* Value of a query parameter, percent-decoded, first one; NULL if absent. count, if not NULL,
 * gets how often it was sent. */
const char *http_query(const struct http_request *req, const char *name, size_t *count);

/* A header by its lower-case name; NULL if absent; count as above. Of a header outside the
 * common ones (X-...), libwebsockets 4.1 shows only the first, so count is 0 or 1 there. Values
 * stay valid as long as the request. All headers of a late request can still be read. */
const char *http_header(const struct http_request *req, const char *name, size_t *count);

const char *http_body(const struct http_request *req, size_t *len);    /* NUL behind len */

/* Client address by the rule of the messenger protocol, section 9: peer, or behind trusted
 * proxies the last address in X-Forwarded-For that is none. NULL: unknown (loopback peer without
 * that header). */
const char *http_client_address(const struct http_request *req);

/* True if the peer asks for a WebSocket of version 13 (Upgrade: websocket, Connection: upgrade).
 * The two parts for adapters that answer differently: */
bool http_wants_websocket(const struct http_request *req);
bool http_upgrade_is_websocket(const struct http_request *req);

/* Does Sec-WebSocket-Protocol offer this name? */
bool http_offers_protocol(const struct http_request *req, const char *name);

/* ---- answers ---- */

struct http_pair {
    const char *name, *value;
};

struct http_answer {
    int status;
    const char *content_type;           /* NULL: none ("application/json" for http_answer_error) */
    const struct http_pair *headers;    /* at most 16 */
    size_t header_count;
    const void *body;                   /* copied, unless keep is set */
    size_t len;
    bool keep;                          /* body outlives the server (assets): not copied */
    bool close;                         /* close the connection afterwards */
};

/* Answers and ends the request: the pointer and the id are dead afterwards. Adds Content-Length and
 * X-Content-Type-Options: nosniff, and Cache-Control: no-store unless headers has a Cache-Control.
 * HEAD, 204 and 304 send no body. Names and values must be header-safe; pairs with control
 * characters are dropped (logged). Big bodies leave as the peer takes them. */
void http_answer(struct http_request *req, const struct http_answer *answer);

/* By id: 0, or -1 when nobody waits any more (harmless). */
int http_answer_to(struct http_server *s, uint64_t id, const struct http_answer *answer);

/* JSON {"code":code,"text":text} with Cache-Control: no-store; headers as above or NULL, 0. */
void http_answer_error(struct http_request *req, int status, const char *code, const char *text,
                       const struct http_pair *headers, size_t header_count);

#endif
