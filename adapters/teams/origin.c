#include "adapters/teams/origin.h"

#include <stdint.h>
#include <strings.h>

#include "adapters/net/http_text.h"

enum { HOST_MAX = 253, PORT_DIGITS = 5, PORT_MAX = 65535, PORT_HTTPS = 443, PORT_HTTP = 80 };

static bool same_host(struct teams_span a, struct teams_span b)
{
    return a.len == b.len && strncasecmp(a.bytes, b.bytes, a.len) == 0;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/* Letters, digits and hyphens in labels that are not empty: no dot at either end. */
static bool is_name(struct teams_span host)
{
    bool dot = true;
    for (size_t i = 0; i < host.len; i++) {
        if (host.bytes[i] == '.' ? dot : !is_name_char(host.bytes[i]))
            return false;
        dot = host.bytes[i] == '.';
    }
    return !dot && host.len <= HOST_MAX;
}

static bool is_address(struct teams_span host)
{
    struct http_address unused;
    return http_address_parse(host.bytes, host.len, &unused) == 0;
}

static bool is_loopback(struct teams_span host)
{
    struct http_address a;
    if (same_host(host, teams_span_of("localhost")))
        return true;
    return http_address_parse(host.bytes, host.len, &a) == 0 && http_address_is_loopback(&a);
}

/* ":443" or nothing (0). -1 when it is no port. */
static int port_of(struct teams_span text)
{
    int port = 0;
    if (!text.len)
        return 0;
    if (text.bytes[0] != ':' || text.len < 2 || text.len > 1 + PORT_DIGITS)
        return -1;
    for (size_t i = 1; i < text.len; i++) {
        if (text.bytes[i] < '0' || text.bytes[i] > '9')
            return -1;
        port = port * 10 + (text.bytes[i] - '0');
    }
    return port > 0 && port <= PORT_MAX ? port : -1;
}

/* "host", "host:port", "[v6]", "[v6]:port". port 0: none named. */
static int authority_parse(struct teams_span text, struct teams_span *host, int *port)
{
    bool v6 = text.len && text.bytes[0] == '[';
    const char *end = text.len ? memchr(text.bytes, v6 ? ']' : ':', text.len) : NULL;
    size_t len = !end ? text.len : (size_t)(end - text.bytes) + (v6 ? 1 : 0);
    *host = (struct teams_span){ text.bytes, len };
    *port = port_of((struct teams_span){ text.bytes + len, text.len - len });
    return *port >= 0 && (v6 ? end && is_address(*host) : is_name(*host)) ? 0 : -1;
}

static bool takes_scheme(struct teams_span *url, const char *scheme)
{
    size_t len = strlen(scheme);
    if (url->len < len || memcmp(url->bytes, scheme, len) != 0)
        return false;
    *url = (struct teams_span){ url->bytes + len, url->len - len };
    return true;
}

int teams_origin_parse(struct teams_span url, struct teams_origin *out)
{
    size_t len = 0;
    if (!url.bytes)
        return -1;
    for (size_t i = 0; i < url.len; i++)
        if (url.bytes[i] <= ' ' || url.bytes[i] > '~' || url.bytes[i] == '\\')
            return -1;
    out->https = takes_scheme(&url, "https://");
    if (!out->https && !takes_scheme(&url, "http://"))
        return -1;
    while (len < url.len && !memchr("/?#", url.bytes[len], 3))
        len++;
    if (authority_parse((struct teams_span){ url.bytes, len }, &out->host, &out->port))
        return -1;
    if (!out->port)
        out->port = out->https ? PORT_HTTPS : PORT_HTTP;
    out->loopback = is_loopback(out->host);
    return 0;
}

/* ---- service URLs ---- */

static bool item_allows(const char *item, const struct teams_origin *o)
{
    struct teams_span host;
    int port;
    if (authority_parse(teams_span_of(item), &host, &port) || !same_host(host, o->host))
        return false;
    return port ? port == o->port : o->loopback || o->port == PORT_HTTPS;
}

bool teams_service_url_is_allowed(struct teams_span url, const struct text_list *hosts)
{
    struct teams_origin o;
    if (teams_origin_parse(url, &o) || memchr(url.bytes, '?', url.len) ||
        memchr(url.bytes, '#', url.len) || (!o.https && !o.loopback))
        return false;
    for (size_t i = 0; i < hosts->count; i++)
        if (item_allows(hosts->items[i], &o))
            return true;
    return false;
}

const struct text_list *teams_default_service_hosts(void)
{
    static const char *const hosts[] = {
        "smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com",
        "smba.infra.gov.teams.microsoft.us", "smba.infra.dod.teams.microsoft.us", NULL };
    static const struct text_list list = { hosts, sizeof hosts / sizeof *hosts - 1 };
    return &list;
}

/* ---- where keys may come from ---- */

/* Cuts the last label off *name; 0 when there is none left. */
static size_t take_last_label(struct teams_span *name)
{
    size_t len = 0;
    while (len < name->len && name->bytes[name->len - 1 - len] != '.')
        len++;
    name->len -= len < name->len ? len + 1 : len;
    return len;
}

/* A top level of two letters with a short label before it (co.uk, com.au) is a suffix together;
 * to take a short company name for one only makes the rule stricter. */
static struct teams_span registrable(struct teams_span host)
{
    struct teams_span left = host;
    size_t top = take_last_label(&left), second = take_last_label(&left);
    size_t len = top + 1 + second;
    size_t third = top == 2 && second <= 3 ? take_last_label(&left) : 0;
    len += third ? third + 1 : 0;
    return len < host.len ? (struct teams_span){ host.bytes + host.len - len, len } : host;
}

bool teams_keys_url_is_allowed(struct teams_span metadata_url, struct teams_span jwks_url)
{
    struct teams_origin from, to;
    if (teams_origin_parse(metadata_url, &from) || teams_origin_parse(jwks_url, &to))
        return false;
    if (!from.https)
        return from.loopback && to.loopback;
    if (!to.https)
        return false;
    if (is_address(from.host) || is_address(to.host))
        return same_host(from.host, to.host);
    return same_host(registrable(from.host), registrable(to.host));
}

const char *teams_issuer_of(struct teams_span metadata_url)
{
    static const struct { const char *host, *issuer; } clouds[] = {
        { "login.botframework.azure.us", "https://api.botframework.us" },
        { "login.botframework.azure.cn", "https://api.botframework.azure.cn" },
    };
    struct teams_origin o;
    if (teams_origin_parse(metadata_url, &o) == 0)
        for (size_t i = 0; i < sizeof clouds / sizeof *clouds; i++)
            if (same_host(o.host, teams_span_of(clouds[i].host)))
                return clouds[i].issuer;
    return "https://api.botframework.com";
}
