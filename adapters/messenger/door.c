#include "adapters/messenger/door.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ROOM_RETRY_S = 10 };

#define COUNT(a) (sizeof (a) / sizeof *(a))

/* scheme://host[:port] of a URL, lower case, without the scheme's own port. */
static void origin_of(const char *url, char *out, size_t size)
{
    const char *host = strstr(url, "://");
    size_t len = host ? (size_t)(host + 3 - url) + strcspn(host + 3, "/?#") : 0;
    snprintf(out, size, "%.*s", (int)len, url);
    for (char *at = out; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    const char *port = !strncmp(out, "https:", 6) ? ":443" : ":80";
    len = strlen(out);
    if (len > strlen(port) && !strcmp(out + len - strlen(port), port))
        out[len - strlen(port)] = '\0';
}

/* On loopback without a public_url: the names under which a browser on this machine reaches us. */
static bool loopback_origin(struct messenger *m, size_t i, char *out, size_t size)
{
    static const char *const hosts[] = { "127.0.0.1", "localhost", "[::1]" };
    bool bound_to_6 = strchr(m->host->config->address.host, ':') != NULL;
    if (i >= (bound_to_6 ? COUNT(hosts) : COUNT(hosts) - 1))
        return false;
    int port = http_port(m->host->http);
    if (port == 80)
        snprintf(out, size, "http://%s", hosts[i]);
    else
        snprintf(out, size, "http://%s:%d", hosts[i], port);
    return true;
}

static bool is_public(const struct messenger *m)
{
    return m->host->config->public_url && *m->host->config->public_url;
}

const char *door_base(struct messenger *m, const struct http_request *req)
{
    char *out = m->base;
    const char *host = http_header(req, "host", NULL);
    if (is_public(m)) {
        origin_of(m->host->config->public_url, out, sizeof m->base);
        return out;
    }
    for (size_t i = 0; host && loopback_origin(m, i, out, sizeof m->base); i++)
        if (!strcmp(out + strlen("http://"), host))
            return out;
    loopback_origin(m, 0, out, sizeof m->base);
    return out;
}

static bool is_ours(struct messenger *m, const char *origin)
{
    char own[sizeof m->base];
    if (is_public(m)) {
        origin_of(m->host->config->public_url, own, sizeof own);
        return !strcmp(origin, own);
    }
    for (size_t i = 0; loopback_origin(m, i, own, sizeof own); i++)
        if (!strcmp(origin, own))
            return true;
    return false;
}

int door_origin(struct messenger *m, struct http_request *req)
{
    size_t count = 0;
    const char *origin = http_header(req, "origin", &count);
    if (origin && count == 1 && is_ours(m, origin))
        return 0;
    http_answer_error(req, 403, "forbidden", "This origin may not connect.", NULL, 0);
    return -1;
}

int door_client(struct messenger *m, struct http_request *req,
                const struct messenger_client **client)
{
    size_t count = 0;
    const char *key = http_query(req, "k", &count);
    *client = key && count == 1 && clients_key_is_valid(key) ? clients_by_key(m->clients, key)
                                                             : NULL;
    if (*client)
        return 0;
    http_answer_error(req, 404, "not_found", "There is no messenger with this key.", NULL, 0);
    return -1;
}

static int come_later(struct http_request *req, int status, const char *code, const char *text,
                      int64_t after_s)
{
    char seconds[24];
    snprintf(seconds, sizeof seconds, "%" PRId64, after_s);
    struct http_pair retry = { "Retry-After", seconds };
    http_answer_error(req, status, code, text, &retry, 1);
    return -1;
}

int door_rate(struct messenger *m, struct http_request *req)
{
    const struct config_limits *limits = m->limits;
    const char *address = http_client_address(req);
    int64_t now_ms = loop_steady_ms(m->host->loop);
    struct meter *meter = address ? meters_get(m->addresses, meters_text_key(address) | 1, now_ms)
                                  : NULL;
    if (!meter)
        return 0;
    int64_t wait_ms = window_wait_ms(&meter->window, limits->upgrades, now_ms);
    if (!wait_ms && meter->held >= limits->sockets_per_address)
        wait_ms = ROOM_RETRY_S * 1000;
    if (wait_ms)
        return come_later(req, 429, "rate_limited", "Too many connections from this address.",
                          (wait_ms + 999) / 1000);
    window_add(&meter->window, limits->upgrades, now_ms);
    return 0;
}

int door_room(struct messenger *m, struct http_request *req)
{
    if (!m->draining && m->session_count < (size_t)m->limits->sockets)
        return 0;
    return come_later(req, 503, "unavailable", "The desk takes no more connections now.",
                      ROOM_RETRY_S);
}
