#include <stdlib.h>
#include <string.h>

#include "adapters/net/http_private.h"

static char *copy_of(const char *text)
{
    char *copy = text ? strdup(text) : NULL;
    if (text && !copy)
        abort();
    return copy;
}

void http_route(struct http_server *s, const char *method, const char *path, size_t max_body,
                http_handler handler, void *ctx)
{
    size_t len = strlen(path);
    bool star = len && path[len - 1] == '*';
    s->routes = realloc(s->routes, (s->route_count + 1) * sizeof *s->routes);
    if (!s->routes)
        abort();
    len -= star;
    s->routes[s->route_count++] = (struct http_route_entry){
        .method = copy_of(method), .path = copy_of(path), .path_len = len,
        .prefix = star || (len > 1 && path[len - 1] == '/'),
        .max_body = max_body, .handler = handler, .ctx = ctx };
}

struct websocket_entry *http_websocket_entry(struct http_server *s, const char *path)
{
    for (size_t i = 0; i < s->socket_count; i++)
        if (strcmp(s->sockets[i]->path, path) == 0)
            return s->sockets[i];
    return NULL;
}

static bool path_matches(const struct http_route_entry *r, const char *path)
{
    if (strncmp(path, r->path, r->path_len) != 0)
        return false;
    return r->prefix || path[r->path_len] == '\0';
}

static bool method_matches(const struct http_route_entry *r, const struct http_request *req)
{
    return !r->method || strcmp(r->method, req->method) == 0 ||
           (req->head && strcmp(r->method, "GET") == 0);
}

/* The better of two matches: exact before prefix, then the longer path. */
static bool is_better(const struct http_route_entry *a, const struct http_route_entry *b)
{
    if (!b || a->prefix != b->prefix)
        return !b || !a->prefix;
    return a->path_len > b->path_len;
}

/* Sets req->route. Otherwise *near is a route with this path and another method, if any. */
static void find_route(struct http_request *req, const struct http_route_entry **near)
{
    const struct http_server *s = req->server;
    for (size_t i = 0; i < s->route_count; i++) {
        const struct http_route_entry *r = &s->routes[i];
        if (!path_matches(r, req->path))
            continue;
        if (!method_matches(r, req)) {
            if (is_better(r, *near))
                *near = r;
        } else if (is_better(r, req->route)) {
            req->route = r;
        }
    }
}

/* "GET, HEAD, POST": the methods of all routes with the same path as near. */
static void answer_wrong_method(struct http_request *req, const struct http_route_entry *near)
{
    const struct http_server *s = req->server;
    const char *allow = "";
    for (size_t i = 0; i < s->route_count; i++) {
        const struct http_route_entry *r = &s->routes[i];
        if (!r->method || strcmp(r->path, near->path) != 0)
            continue;
        allow = arena_print(&req->arena, "%s%s%s%s", allow, *allow ? ", " : "", r->method,
                            strcmp(r->method, "GET") == 0 ? ", HEAD" : "");
    }
    struct http_pair pair = { "Allow", allow };
    http_answer_error(req, 405, "method_not_allowed", "This path takes other methods.", &pair, 1);
}

bool http_method_takes_body(const struct http_request *req)
{
    return strcmp(req->method, "POST") == 0 || strcmp(req->method, "PUT") == 0 ||
           strcmp(req->method, "PATCH") == 0;
}

static void answer_and_close(struct http_request *req, int status, const char *code,
                             const char *text)
{
    static const struct http_pair pair = { "Connection", "close" };
    http_answer_error(req, status, code, text, &pair, 1);
    req->close = true;
}

/* How long the body is. Anything that two readers could understand differently is refused, and the
 * connection ends: what follows on it cannot be trusted. False when answered. */
static bool read_length(struct http_request *req)
{
    size_t count;
    const char *text = http_header(req, "content-length", &count);
    req->body_left = text ? http_number(text) : 0;
    if (http_header(req, "transfer-encoding", NULL)) {
        answer_and_close(req, 411, "length_required", "Chunked bodies are not taken.");
    } else if (count > 1 || req->body_left < 0) {
        answer_and_close(req, 400, "bad_request", "Content-Length is broken.");
    } else if (!text && req->route && http_method_takes_body(req)) {
        answer_and_close(req, 411, "length_required", "Content-Length is missing.");
    } else {
        return true;
    }
    req->body_left = 0;
    return false;
}

static void answer_unavailable(struct http_request *req, const char *text)
{
    struct http_pair pair = { "Retry-After", "5" };
    http_answer_error(req, 503, "unavailable", text, &pair, 1);
}

static void answer_timeout(void *arg)
{
    http_answer_error(arg, 504, "timeout", "No answer in time.", NULL, 0);
}

static void call_handler(struct http_request *req)
{
    struct http_server *s = req->server;
    loop_timer_set(s->loop, &req->timer, (int64_t)s->settings.answer_timeout_s * 1000,
                   answer_timeout, req);
    req->route->handler(req->route->ctx, req);
}

/* 30 s, and what 32 KiB a second need on top. */
static void wait_for_body(struct http_request *req)
{
    buf_init(&req->body, (size_t)req->body_left);
    loop_timer_set(req->server->loop, &req->timer, 30000 + req->body_left / 32, http_request_drop,
                   req);
}

/* Answers, calls the handler, or leaves the request to wait for its body. */
static void route_request(struct http_request *req)
{
    struct http_server *s = req->server;
    const struct http_route_entry *near = NULL;
    find_route(req, &near);
    if (!read_length(req))
        return;
    if (s->draining)
        answer_unavailable(req, "The desk restarts.");
    else if (s->requests > s->settings.max_requests)
        answer_unavailable(req, "Too many requests at once.");
    else if (!req->route && near)
        answer_wrong_method(req, near);
    else if (!req->route)
        http_answer_error(req, 404, "not_found", "There is nothing here.", NULL, 0);
    else if ((uint64_t)req->body_left > req->route->max_body)
        http_answer_error(req, 413, "too_large", "The body is too large.", NULL, 0);
    else if (req->body_left > 0)
        wait_for_body(req);
    else
        call_handler(req);
}

int http_dispatch(struct http_server *s, struct lws *wsi)
{
    struct http_request *req = http_request_new(s, wsi);
    if (!req)
        return -1;
    req->in_callback = true;
    struct websocket_entry *entry = http_websocket_entry(s, req->path);
    if (!entry)
        route_request(req);
    else if (read_length(req))
        websocket_plain_request(entry, req);
    return http_request_settle(req);
}

/* libwebsockets 4.1 gives a pipelined POST its own request line as its body. No real body starts
 * so. */
static bool is_own_request_line(const struct http_request *req, const char *bytes, size_t len)
{
    size_t method = strlen(req->method), path = strlen(req->path);
    return req->body.len == 0 && len > method + 1 + path && bytes[method] == ' ' &&
           memcmp(bytes, req->method, method) == 0 &&
           memcmp(bytes + method + 1, req->path, path) == 0;
}

int http_body_bytes(struct http_request *req, const char *bytes, size_t len)
{
    req->body_left -= (int64_t)len;
    if (is_own_request_line(req, bytes, len))
        return -1;
    if (!req->answered)
        return buf_add(&req->body, bytes, len);
    req->swallowed += (int64_t)len;
    return req->swallowed > HTTP_SWALLOW_MAX ? -1 : 0;
}

int http_body_complete(struct http_request *req)
{
    if (req->paused)                    /* lws says it twice when more bytes follow */
        return 0;
    req->body_left = 0;
    if (!req->answered) {
        req->in_callback = true;
        if (req->server->draining)
            answer_unavailable(req, "The desk restarts.");
        else
            call_handler(req);
    }
    return http_request_settle(req);
}
