#include "adapters/net/dial.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/net/http_client_private.h"

struct dialling {
    struct transfer *transfer;
    bool tls_proxy;
    dial_fn fn;
    void *ctx;
};

/* curl closes its own descriptor when the transfer ends, so the connection lives on in a copy. */
static int take_socket(CURL *easy)
{
    curl_socket_t fd = CURL_SOCKET_BAD;
    if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &fd) || fd == CURL_SOCKET_BAD)
        return -1;
    return fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

static void on_done(void *ctx, const struct http_client_answer *answer)
{
    struct dialling *d = ctx;
    bool connected = answer->result == HTTP_CLIENT_ANSWERED;
    int fd = connected ? take_socket(d->transfer->easy) : -1;
    d->fn(d->ctx, fd, connected ? "no descriptor"
                      : d->tls_proxy ? "the proxy must be given as http://, not https://"
                      : answer->error);
    free(d);
}

/* What curl would look at for an https URL; the URL here is http, for the TLS is not curl's. */
static const char *proxy_of_environment(void)
{
    static const char *const names[] = { "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "";
}

uint64_t dial(struct http_client *c, const char *host, int port, bool direct, int64_t timeout_ms,
              dial_fn fn, void *ctx)
{
    struct dialling *d = calloc(1, sizeof *d);
    const char *proxy = direct ? "" : proxy_of_environment();
    struct buf url;
    if (!d)
        abort();
    *d = (struct dialling){ .transfer = transfer_new(c, on_done, d), .fn = fn, .ctx = ctx,
                            .tls_proxy = strncasecmp(proxy, "https:", 6) == 0 };
    CURL *easy = d->transfer->easy;
    buf_init(&url, 1024);
    bool good = !buf_print(&url, strchr(host, ':') ? "http://[%s]:%d/" : "http://%s:%d/", host,
                           port) && !d->tls_proxy;
    curl_easy_setopt(easy, CURLOPT_URL, good ? url.data : "");
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_PROXY, proxy);
    curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    buf_clear(&url);
    return transfer_start(d->transfer, good, 0);
}
