#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/net/http_client_private.h"
#include "adapters/net/http_text.h"

/* "localhost" and literal loopback addresses: nothing that a resolver could turn elsewhere. */
static bool is_loopback(const char *host)
{
    struct http_address a;
    if (strcasecmp(host, "localhost") == 0)
        return true;
    return http_address_parse(host, strlen(host), &a) == 0 && http_address_is_loopback(&a);
}

static enum url_kind kind_of(const char *scheme, const char *host, bool mail)
{
    if (strcmp(scheme, mail ? "smtps" : "https") == 0)
        return URL_TLS;
    if (strcmp(scheme, mail ? "smtp" : "http") != 0)
        return URL_REFUSED;
    if (is_loopback(host))
        return URL_PLAIN_LOOPBACK;
    return mail ? URL_STARTTLS : URL_REFUSED;
}

enum url_kind http_client_url_kind(const char *url, bool mail)
{
    char *scheme = NULL, *host = NULL, *user = NULL;
    enum url_kind kind = URL_REFUSED;
    CURLU *u = curl_url();
    if (!u)
        abort();
    if (!curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) &&
        !curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) &&
        !curl_url_get(u, CURLUPART_HOST, &host, 0) &&
        curl_url_get(u, CURLUPART_USER, &user, 0) == CURLUE_NO_USER)
        kind = kind_of(scheme, host, mail);
    curl_free(scheme);
    curl_free(host);
    curl_free(user);
    curl_url_cleanup(u);
    return kind;
}

static int add_header(struct transfer *t, const char *name, const char *value)
{
    struct buf line;
    if (!http_is_header_name(name) || !http_is_header_value(value))
        return -1;
    buf_init(&line, 1 << 20);
    /* curl leaves a header out when nothing follows the colon; ';' says "empty". */
    int failed = *value ? buf_print(&line, "%s: %s", name, value) : buf_print(&line, "%s;", name);
    struct curl_slist *list = failed ? NULL : curl_slist_append(t->headers, line.data);
    buf_clear(&line);
    if (!list)
        return -1;
    t->headers = list;
    return 0;
}

static int set_headers(struct transfer *t, const struct http_client_request *req)
{
    bool named = false;
    for (size_t i = 0; i < req->header_count; i++) {
        if (add_header(t, req->headers[i].name, req->headers[i].value))
            return -1;
        named = named || strcasecmp(req->headers[i].name, "User-Agent") == 0;
    }
    t->headers = curl_slist_append(t->headers, "Expect:");
    if (!named)
        curl_easy_setopt(t->easy, CURLOPT_USERAGENT, "deskhand");
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
    return 0;
}

static int set_method(struct transfer *t, const struct http_client_request *req)
{
    bool body = req->body != NULL;
    const char *method = req->method ? req->method : body ? "POST" : "GET";
    if (!http_is_header_name(method))
        return -1;
    if (body)
        buf_add(&t->send, req->body, req->body_len);
    if (strcmp(method, "HEAD") == 0) {
        curl_easy_setopt(t->easy, CURLOPT_NOBODY, 1L);
    } else if (body || strcmp(method, "POST") == 0) {
        curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)t->send.len);
        curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, t->send.data ? t->send.data : "");
        curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, method);
    } else {
        curl_easy_setopt(t->easy, CURLOPT_CUSTOMREQUEST, method);
    }
    return 0;
}

/* The name stays in the URL, in Host and in the certificate check; only the connection goes to the
 * address that was checked. */
static int set_address(struct transfer *t, const char *address)
{
    struct http_address a;
    char text[HTTP_ADDRESS_SIZE], line[HTTP_ADDRESS_SIZE + 8];
    if (!address)
        return 0;
    if (http_address_parse(address, strlen(address), &a))
        return -1;
    http_address_print(&a, text);
    snprintf(line, sizeof line, strchr(text, ':') ? "::[%s]:" : "::%s:", text);
    t->connect_to = curl_slist_append(NULL, line);
    curl_easy_setopt(t->easy, CURLOPT_CONNECT_TO, t->connect_to);
    return 0;
}

uint64_t http_client_send(struct http_client *c, const struct http_client_request *req,
                          http_client_fn fn, void *ctx)
{
    struct transfer *t = transfer_new(c, fn, ctx);
    enum url_kind kind = http_client_url_kind(req->url, false);
    bool allowed = kind != URL_REFUSED && !set_method(t, req) && !set_headers(t, req) &&
                   !set_address(t, req->resolve_to);
    curl_easy_setopt(t->easy, CURLOPT_URL, req->url);
    curl_easy_setopt(t->easy, CURLOPT_PATH_AS_IS, 1L);      /* ".." in an id leads nowhere else */
    curl_easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR, kind == URL_TLS ? "https" : "http");
    if (kind == URL_PLAIN_LOOPBACK)
        curl_easy_setopt(t->easy, CURLOPT_PROXY, "");
    curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT, req->once ? 1L : 0L);
    curl_easy_setopt(t->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(t->easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)(req->connect_ms ? req->connect_ms : 10000));
    curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, (long)(req->total_ms ? req->total_ms : 30000));
    return transfer_start(t, allowed, req->max_answer);
}
