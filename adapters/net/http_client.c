#include "adapters/net/http_client.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/net/http_client_private.h"
#include "adapters/net/http_text.h"
#include "bot/base/clock.h"

enum { HEADERS_MAX = 65536, CONNECTIONS = 32, PER_HOST = 8 };

static void transfer_free(struct transfer *t)
{
    struct http_client *c = t->client;
    if (t->added)
        curl_multi_remove_handle(c->multi, t->easy);
    curl_easy_cleanup(t->easy);
    curl_slist_free_all(t->headers);
    curl_slist_free_all(t->connect_to);
    curl_slist_free_all(t->recipients);
    if (t->next)
        t->next->prev = t->prev;
    if (t->prev)
        t->prev->next = t->next;
    else
        c->first = t->next;
    c->count--;
    buf_clear(&t->send);
    buf_clear(&t->body);
    buf_clear(&t->answer_headers.lines);
    free(t);
}

const char *http_client_header(const struct http_client_answer *answer, const char *name)
{
    const struct buf *lines = &answer->headers->lines;
    size_t len = strlen(name);
    /* Lines are kept with a NUL behind each. */
    for (size_t at = 0; at < lines->len; at += strlen(lines->data + at) + 1) {
        const char *line = lines->data + at;
        if (strncasecmp(line, name, len) == 0 && line[len] == ':')
            return line + len + 1 + strspn(line + len + 1, " \t");
    }
    return NULL;
}

static int64_t retry_after(const struct http_client_answer *answer)
{
    const char *text = http_client_header(answer, "Retry-After");
    return text ? http_retry_after_ms(text, clock_now_ms()) : -1;
}

static void call_back(struct transfer *t, enum http_client_result result, const char *error)
{
    long status = 0;
    if (result == HTTP_CLIENT_ANSWERED)
        curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    struct http_client_answer answer = {
        .result = result, .status = (int)status, .error = error, .retry_after_ms = -1,
        .body = t->body.data ? t->body.data : "", .body_len = t->body.len,
        .headers = &t->answer_headers };
    answer.retry_after_ms = retry_after(&answer);
    t->fn(t->ctx, &answer);
}

static enum http_client_result result_of(const struct transfer *t, CURLcode code)
{
    curl_off_t sent_us = 0;
    long status = 0;
    curl_easy_getinfo(t->easy, CURLINFO_PRETRANSFER_TIME_T, &sent_us);
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK || (t->mail && status >= 400))
        return HTTP_CLIENT_ANSWERED;
    if (t->too_big)
        return HTTP_CLIENT_TOO_BIG;
    if (!sent_us && (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL))
        return HTTP_CLIENT_REFUSED;
    if (!sent_us)
        return HTTP_CLIENT_UNREACHABLE;
    return code == CURLE_OPERATION_TIMEDOUT ? HTTP_CLIENT_TIMEOUT : HTTP_CLIENT_BROKEN;
}

static void finish_done(struct http_client *c)
{
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(c->multi, &left))) {
        struct transfer *t = NULL;
        if (message->msg != CURLMSG_DONE)
            continue;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
        enum http_client_result result = result_of(t, code);
        if (t->cancelled)
            continue;
        call_back(t, result, result == HTTP_CLIENT_ANSWERED ? "" : curl_easy_strerror(code));
        transfer_free(t);
    }
}

/* ---- curl on the loop ---- */

static void on_socket_event(uv_poll_t *handle, int status, int events)
{
    struct http_client *c = handle->data;
    uv_os_fd_t fd;
    int unused, mask = status < 0 ? CURL_CSELECT_ERR : 0;
    if (uv_fileno((uv_handle_t *)handle, &fd))
        return;
    mask |= events & UV_READABLE ? CURL_CSELECT_IN : 0;
    mask |= events & UV_WRITABLE ? CURL_CSELECT_OUT : 0;
    curl_multi_socket_action(c->multi, fd, mask, &unused);
    finish_done(c);
}

static void free_handle(uv_handle_t *handle)
{
    free(handle);
}

static uv_poll_t *new_poll(struct http_client *c, curl_socket_t fd)
{
    uv_poll_t *poll = malloc(sizeof *poll);
    if (!poll)
        abort();
    if (uv_poll_init(loop_uv(c->loop), poll, fd)) {
        free(poll);
        return NULL;
    }
    poll->data = c;
    curl_multi_assign(c->multi, fd, poll);
    return poll;
}

static int on_curl_socket(CURL *easy, curl_socket_t fd, int what, void *ctx, void *known)
{
    struct http_client *c = ctx;
    uv_poll_t *poll = known;
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        if (poll) {
            curl_multi_assign(c->multi, fd, NULL);
            uv_poll_stop(poll);
            uv_close((uv_handle_t *)poll, free_handle);
        }
        return 0;
    }
    if (!poll && !(poll = new_poll(c, fd)))
        return -1;
    int events = (what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    return uv_poll_start(poll, events, on_socket_event) ? -1 : 0;
}

static void on_timeout(uv_timer_t *handle)
{
    struct http_client *c = handle->data;
    int unused;
    curl_multi_socket_action(c->multi, CURL_SOCKET_TIMEOUT, 0, &unused);
    finish_done(c);
}

static int on_curl_timer(CURLM *multi, long after_ms, void *ctx)
{
    struct http_client *c = ctx;
    (void)multi;
    if (after_ms < 0)
        uv_timer_stop(c->timer);
    else
        uv_timer_start(c->timer, on_timeout, (uint64_t)after_ms, 0);
    return 0;
}

struct http_client *http_client_new(struct loop *l)
{
    struct http_client *c = calloc(1, sizeof *c);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (!c || !(c->multi = curl_multi_init()) || !(c->timer = malloc(sizeof *c->timer)))
        abort();
    c->loop = l;
    uv_timer_init(loop_uv(l), c->timer);
    c->timer->data = c;
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, on_curl_socket);
    curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, on_curl_timer);
    curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
    curl_multi_setopt(c->multi, CURLMOPT_MAXCONNECTS, (long)CONNECTIONS);
    curl_multi_setopt(c->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)PER_HOST);
    curl_multi_setopt(c->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_NOTHING);
    return c;
}

/* curl does not tell of sockets that it closes in its own clean-up. */
static void close_own_poll(uv_handle_t *handle, void *client)
{
    if (handle->type == UV_POLL && handle->data == client && !uv_is_closing(handle))
        uv_close(handle, free_handle);
}

void http_client_free(struct http_client *c)
{
    if (!c)
        return;
    while (c->first) {
        call_back(c->first, HTTP_CLIENT_CANCELLED, "cancelled");
        transfer_free(c->first);
    }
    loop_timer_stop(c->loop, &c->settle);
    curl_multi_cleanup(c->multi);
    uv_walk(loop_uv(c->loop), close_own_poll, c);
    uv_timer_stop(c->timer);
    uv_close((uv_handle_t *)c->timer, free_handle);
    free(c);
    curl_global_cleanup();
}

/* ---- transfers ---- */

static size_t on_body(char *bytes, size_t size, size_t count, void *ctx)
{
    struct transfer *t = ctx;
    if (buf_add(&t->body, bytes, size * count)) {
        t->too_big = true;
        return 0;
    }
    return size * count;
}

static size_t on_header(char *bytes, size_t size, size_t count, void *ctx)
{
    struct transfer *t = ctx;
    struct buf *lines = &t->answer_headers.lines;
    size_t len = size * count;
    if (len > 5 && memcmp(bytes, "HTTP/", 5) == 0)
        buf_reset(lines);              /* a proxy or a 1xx has answered before */
    while (len && (bytes[len - 1] == '\r' || bytes[len - 1] == '\n'))
        len--;
    /* Too many headers: the later ones are unknown, which hurts nobody. */
    if (len && !memchr(bytes, '\0', len) && lines->max - lines->len > len + 1) {
        buf_add(lines, bytes, len);
        buf_char(lines, '\0');
    }
    return size * count;
}

struct transfer *transfer_new(struct http_client *c, http_client_fn fn, void *ctx)
{
    struct transfer *t = calloc(1, sizeof *t);
    if (!t || !(t->easy = curl_easy_init()))
        abort();
    t->client = c;
    t->fn = fn;
    t->ctx = ctx;
    t->id = ++c->last_id;
    t->next = c->first;
    if (c->first)
        c->first->prev = t;
    c->first = t;
    c->count++;
    buf_init(&t->answer_headers.lines, HEADERS_MAX);
    buf_init(&t->send, SIZE_MAX / 2);
    curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
    curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
    /* Or curl would wait, on the loop, for a name server that hangs when the time is up. */
    curl_easy_setopt(t->easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(t->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(t->easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(t->easy, CURLOPT_HEADERDATA, t);
    return t;
}

static void settle(void *arg)
{
    struct http_client *c = arg;
    for (struct transfer *t = c->first, *next; t; t = next) {
        next = t->next;
        if (!t->ended)
            continue;
        if (t->cancelled)
            call_back(t, HTTP_CLIENT_CANCELLED, "cancelled");
        else
            call_back(t, HTTP_CLIENT_REFUSED, "address or request not allowed");
        next = t->next;                /* the callback may have sent or cancelled others */
        transfer_free(t);
    }
}

static void end_later(struct transfer *t)
{
    t->ended = true;
    loop_timer_set(t->client->loop, &t->client->settle, 0, settle, t->client);
}

uint64_t transfer_start(struct transfer *t, bool allowed, size_t max_answer)
{
    buf_init(&t->body, max_answer ? max_answer : 1 << 20);
    if (!allowed || curl_multi_add_handle(t->client->multi, t->easy))
        end_later(t);
    else
        t->added = true;
    return t->id;
}

void http_client_cancel(struct http_client *c, uint64_t id)
{
    for (struct transfer *t = c->first; t; t = t->next) {
        if (t->id != id || t->ended)
            continue;
        t->cancelled = true;
        if (t->added)
            curl_multi_remove_handle(c->multi, t->easy);
        t->added = false;
        end_later(t);
        return;
    }
}

size_t http_client_under_way(const struct http_client *c)
{
    return c->count;
}

const char *http_client_result_name(enum http_client_result r)
{
    static const char *const names[HTTP_CLIENT_RESULTS] = {
        "answered", "refused", "unreachable", "timeout", "broken", "too_big", "cancelled",
    };
    return r < HTTP_CLIENT_RESULTS ? names[r] : "?";
}
