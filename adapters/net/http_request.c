#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "adapters/net/http_private.h"

static const struct {
    enum lws_token_indexes token;
    const char *method;
} methods[] = {
    { WSI_TOKEN_GET_URI, "GET" },         { WSI_TOKEN_POST_URI, "POST" },
    { WSI_TOKEN_HEAD_URI, "HEAD" },       { WSI_TOKEN_OPTIONS_URI, "OPTIONS" },
    { WSI_TOKEN_PUT_URI, "PUT" },         { WSI_TOKEN_PATCH_URI, "PATCH" },
    { WSI_TOKEN_DELETE_URI, "DELETE" },
};

/* One fragment of a header (each line that repeats it is one) as text; NULL if there is none. */
static const char *fragment(struct http_request *req, enum lws_token_indexes token, int i)
{
    size_t size = (size_t)lws_hdr_fragment_length(req->wsi, token, i) + 1;
    char *text = arena_alloc(&req->arena, size);
    int len = lws_hdr_copy_fragment(req->wsi, text, (int)size, token, i);
    if (len < 0)
        return NULL;
    text[len] = '\0';
    while (*text == ' ' || *text == '\t')
        text++;
    size_t end = strlen(text);
    while (end && (text[end - 1] == ' ' || text[end - 1] == '\t'))
        text[--end] = '\0';
    return text;
}

static size_t count_fragments(struct http_request *req, enum lws_token_indexes token)
{
    char unused[1];
    int n = 0;
    while (lws_hdr_copy_fragment(req->wsi, unused, sizeof unused, token, n) >= 0 ||
           lws_hdr_fragment_length(req->wsi, token, n) > 0)
        n++;
    return (size_t)n;
}

static void find_method(struct http_request *req)
{
    req->method = "";
    req->path = "";
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        if (lws_hdr_total_length(req->wsi, methods[i].token) <= 0)
            continue;
        const char *path = fragment(req, methods[i].token, 0);
        req->method = methods[i].method;
        req->path = path ? path : "";
    }
    req->head = strcmp(req->method, "HEAD") == 0;
}

static void give_slot(struct http_server *s, struct http_request *req)
{
    uint32_t i = s->free_slot;
    s->free_slot = s->slots[i].next_free;
    s->slots[i].req = req;
    req->id = ++s->last_id << 16 | i;
}

struct http_request *http_request_new(struct http_server *s, struct lws *wsi)
{
    if (s->free_slot == HTTP_SLOTS)
        return NULL;
    struct http_request *req = calloc(1, sizeof *req);
    if (!req)
        abort();
    req->conn.kind = CONN_REQUEST;
    req->wsi = wsi;
    req->server = s;
    buf_init(&req->body, 0);
    buf_init(&req->out, SIZE_MAX / 2);
    give_slot(s, req);
    s->requests++;
    find_method(req);
    lws_set_opaque_user_data(wsi, req);
    return req;
}

void http_request_free(struct http_request *req)
{
    struct http_server *s = req->server;
    uint32_t i = (uint32_t)(req->id & 0xffff);
    loop_timer_stop(s->loop, &req->timer);
    lws_set_opaque_user_data(req->wsi, NULL);
    s->slots[i] = (struct http_slot){ .next_free = s->free_slot };
    s->free_slot = i;
    s->requests--;
    arena_clear(&req->arena);
    buf_clear(&req->body);
    buf_clear(&req->out);
    free(req);
}

uint64_t http_id(const struct http_request *req)
{
    return req->id;
}

struct http_request *http_find(struct http_server *s, uint64_t id)
{
    struct http_request *req = id ? s->slots[id & 0xffff].req : NULL;
    return req && req->id == id && !req->answered ? req : NULL;
}

const char *http_method(const struct http_request *req)
{
    return req->method;
}

const char *http_path(const struct http_request *req)
{
    return req->path;
}

/* The accessors take const requests, and fill the arena behind that: a cache, not a change. */
static struct http_request *writable(const struct http_request *req)
{
    return req->server->slots[req->id & 0xffff].req;
}

const char *http_query(const struct http_request *req, const char *name, size_t *count)
{
    struct http_request *r = writable(req);
    size_t found = 0, name_len = strlen(name);
    size_t n = count_fragments(r, WSI_TOKEN_HTTP_URI_ARGS);
    const char *value = NULL;
    for (size_t i = 0; i < n; i++) {
        const char *arg = fragment(r, WSI_TOKEN_HTTP_URI_ARGS, (int)i);
        if (!arg || strncmp(arg, name, name_len) != 0)
            continue;
        if (arg[name_len] != '=' && arg[name_len] != '\0')
            continue;
        if (found++ == 0)
            value = arg[name_len] ? arg + name_len + 1 : "";
    }
    if (count)
        *count = found;
    return value;
}

static int token_of(const char *name)
{
    size_t len = strlen(name);
    for (int t = 0; t < WSI_TOKEN_COUNT; t++) {
        const unsigned char *known = lws_token_to_string((enum lws_token_indexes)t);
        if (known && strncmp((const char *)known, name, len) == 0 && known[len] == ':' &&
            known[len + 1] == '\0')
            return t;
    }
    return -1;
}

static const char *custom_header(struct http_request *req, const char *name, size_t *count)
{
    const char *with_colon = arena_print(&req->arena, "%s:", name);
    int name_len = (int)strlen(with_colon);
    int len = lws_hdr_custom_length(req->wsi, with_colon, name_len);
    if (count)
        *count = len >= 0;
    if (len < 0)
        return NULL;
    char *value = arena_alloc(&req->arena, (size_t)len + 1);
    if (lws_hdr_custom_copy(req->wsi, value, len + 1, with_colon, name_len) < 0)
        return NULL;
    while (len && (value[len - 1] == ' ' || value[len - 1] == '\t'))
        value[--len] = '\0';
    return value;
}

const char *http_header(const struct http_request *req, const char *name, size_t *count)
{
    struct http_request *r = writable(req);
    int token = token_of(name);
    if (token < 0)
        return custom_header(r, name, count);
    size_t n = count_fragments(r, (enum lws_token_indexes)token);
    if (count)
        *count = n;
    return n ? fragment(r, (enum lws_token_indexes)token, 0) : NULL;
}

/* All lines of a list header as one list. NULL if absent. */
static const char *joined_header(struct http_request *req, enum lws_token_indexes token)
{
    size_t n = count_fragments(req, token);
    const char *all = n ? fragment(req, token, 0) : NULL;
    for (size_t i = 1; all && i < n; i++) {
        const char *next = fragment(req, token, (int)i);
        all = next ? arena_print(&req->arena, "%s, %s", all, next) : NULL;
    }
    return all;
}

const char *http_body(const struct http_request *req, size_t *len)
{
    if (len)
        *len = req->body.len;
    return req->body.data ? req->body.data : "";
}

static int peer_of(const struct http_request *req, struct http_address *out)
{
    struct sockaddr_storage storage;
    socklen_t len = sizeof storage;
    char text[HTTP_ADDRESS_SIZE] = "";
    if (getpeername(lws_get_socket_fd(req->wsi), (struct sockaddr *)&storage, &len))
        return -1;
    if (storage.ss_family == AF_INET)
        inet_ntop(AF_INET, &((struct sockaddr_in *)&storage)->sin_addr, text, sizeof text);
    else if (storage.ss_family == AF_INET6)
        inet_ntop(AF_INET6, &((struct sockaddr_in6 *)&storage)->sin6_addr, text, sizeof text);
    return http_address_parse(text, strlen(text), out);
}

static const char *print_address(const struct http_request *req, const struct http_address *a)
{
    char *text = arena_alloc(&writable(req)->arena, HTTP_ADDRESS_SIZE);
    http_address_print(a, text);
    return text;
}

const char *http_client_address(const struct http_request *req)
{
    struct http_address peer, client;
    if (peer_of(req, &peer))
        return NULL;
    const char *forwarded = joined_header(writable(req), WSI_TOKEN_X_FORWARDED_FOR);
    if (http_forwarded_client(&peer, forwarded, req->server->settings.trusted_proxies, &client))
        return NULL;
    return print_address(req, &client);
}

bool http_upgrade_is_websocket(const struct http_request *req)
{
    size_t count;
    const char *upgrade = http_header(req, "upgrade", &count);
    return count == 1 && strcasecmp(upgrade, "websocket") == 0 &&
           http_list_has(joined_header(writable(req), WSI_TOKEN_CONNECTION), "upgrade");
}

bool http_wants_websocket(const struct http_request *req)
{
    size_t count;
    const char *version = http_header(req, "sec-websocket-version", &count);
    return count == 1 && strcmp(version, "13") == 0 && http_upgrade_is_websocket(req);
}

bool http_offers_protocol(const struct http_request *req, const char *name)
{
    const char *item, *list = joined_header(writable(req), WSI_TOKEN_PROTOCOL);
    size_t len;
    while (list && http_list_next(&list, &item, &len))
        if (len == strlen(name) && memcmp(item, name, len) == 0)
            return true;
    return false;
}
