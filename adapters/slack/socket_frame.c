#include "adapters/slack/socket_frame.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "adapters/net/http_text.h"

enum { CONNECTIONS_MAX = 10000 };
static const int64_t lifetime_max_s = 7 * 24 * 3600;

static bool has_word(const char *bytes, size_t len, const char *word)
{
    return memmem(bytes, len, word, strlen(word)) != NULL;
}

static bool looks_like_object(const char *bytes, size_t len)
{
    while (len && strchr(" \t\r\n", *bytes))
        bytes++, len--;
    while (len && strchr(" \t\r\n", bytes[len - 1]))
        len--;
    return len >= 2 && bytes[0] == '{' && bytes[len - 1] == '}';
}

static int64_t number_of(const json_t *object, const char *key, int64_t most)
{
    json_int_t n = json_integer_value(json_object_get(object, key));
    return n < 0 ? 0 : n > most ? most : n;
}

static enum slack_reason reason_of(const char *text)
{
    static const char *const names[SLACK_REASON_UNKNOWN] = {
        "warning", "refresh_requested", "link_disabled", "too_many_websockets",
    };
    for (int i = 0; i < SLACK_REASON_UNKNOWN; i++)
        if (text && strcmp(text, names[i]) == 0)
            return (enum slack_reason)i;
    return SLACK_REASON_UNKNOWN;
}

static void read_frame(const json_t *root, struct slack_frame *out)
{
    const char *type = json_string_value(json_object_get(root, "type"));
    const json_t *debug = json_object_get(root, "debug_info");
    if (!type || json_object_get(root, "envelope_id"))
        return;
    if (strcmp(type, "hello") == 0) {
        out->kind = SLACK_FRAME_HELLO;
        out->lifetime_ms = 1000 * number_of(debug, "approximate_connection_time", lifetime_max_s);
    } else if (strcmp(type, "disconnect") == 0) {
        out->kind = SLACK_FRAME_DISCONNECT;
        out->reason = reason_of(json_string_value(json_object_get(root, "reason")));
    }
    out->num_connections = (int)number_of(root, "num_connections", CONNECTIONS_MAX);
}

void slack_frame_parse(const char *bytes, size_t len, struct slack_frame *out)
{
    *out = (struct slack_frame){ .kind = SLACK_FRAME_GARBAGE, .reason = SLACK_REASON_UNKNOWN };
    if (!looks_like_object(bytes, len))
        return;
    /* Most frames are envelopes, up to a megabyte; only what could be ours is parsed here. */
    if (!has_word(bytes, len, "\"hello\"") && !has_word(bytes, len, "\"disconnect\"")) {
        out->kind = SLACK_FRAME_OTHER;
        return;
    }
    json_t *root = json_loadb(bytes, len, 0, NULL);
    if (json_is_object(root)) {
        out->kind = SLACK_FRAME_OTHER;
        read_frame(root, out);
    }
    json_decref(root);
}

/* ---- apps.connections.open ---- */

/* Nothing gets better by asking again soon. */
static bool is_final(const char *error)
{
    static const char *const codes[] = {
        "not_authed", "invalid_auth", "account_inactive", "user_removed_from_team",
        "team_disabled", "not_allowed_token_type", "token_revoked", "token_expired",
        "missing_scope", "forbidden_team", "missing_args",
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(error, codes[i]) == 0)
            return true;
    return false;
}

static void set_error(struct slack_open *out, const char *text)
{
    size_t n = 0;
    for (; text[n] && n + 1 < sizeof out->error; n++) {
        char c = text[n];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        out->error[n] = plain ? c : '_';
    }
    out->error[n] = '\0';
}

static void read_refusal(const json_t *root, struct slack_open *out)
{
    const char *error = json_string_value(json_object_get(root, "error"));
    set_error(out, error && *error ? error : "no_reason");
    if (is_final(out->error))
        out->result = SLACK_OPEN_FINAL;
    else if (strcmp(out->error, "ratelimited") == 0 || strcmp(out->error, "rate_limited") == 0)
        out->result = SLACK_OPEN_LIMITED;
}

static void read_url(const json_t *root, const char *api_url, struct slack_open *out)
{
    const char *url = json_string_value(json_object_get(root, "url"));
    if (!url || strlen(url) >= sizeof out->url || !slack_url_allowed(url, api_url)) {
        set_error(out, "url_not_allowed");
        return;
    }
    memcpy(out->url, url, strlen(url) + 1);
    out->result = SLACK_OPEN_URL;
}

void slack_open_parse(int status, const char *body, size_t len, const char *api_url,
                      struct slack_open *out)
{
    *out = (struct slack_open){ .result = SLACK_OPEN_RETRY };
    if (status == 429) {
        out->result = SLACK_OPEN_LIMITED;
        set_error(out, "ratelimited");
        return;
    }
    if (status != 200) {
        snprintf(out->error, sizeof out->error, "http_%d", status);
        return;
    }
    json_t *root = len <= SLACK_OPEN_MAX ? json_loadb(body, len, JSON_REJECT_DUPLICATES, NULL)
                                         : NULL;
    if (!json_is_object(root))
        set_error(out, "no_json");
    else if (json_is_true(json_object_get(root, "ok")))
        read_url(root, api_url, out);
    else
        read_refusal(root, out);
    json_decref(root);
}

/* The host between scheme and path, lower-case; false when the authority is anything but a host
 * with, perhaps, a port. */
static bool host_of(const char *rest, char *host, size_t size, const char **port)
{
    size_t len = *rest == '[' ? strcspn(rest, "]") + 1 : strcspn(rest, ":/?#");
    if (len < 2 || len >= size || strlen(rest) < len)
        return false;
    memcpy(host, rest, len);
    host[len] = '\0';
    for (char *c = host; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c += 'a' - 'A';
    *port = rest[len] == ':' ? rest + len + 1 : NULL;
    size_t digits = *port ? strspn(*port, "0123456789") : 0;
    if (*port && (digits == 0 || digits > 5))
        return false;
    char after = *port ? (*port)[digits] : rest[len];
    return after == '\0' || strchr("/?#", after);
}

static bool host_is_loopback(const char *host)
{
    struct http_address a;
    return strcmp(host, "localhost") == 0 ||
           (http_address_parse(host, strlen(host), &a) == 0 && http_address_is_loopback(&a));
}

static bool host_is_slack(const char *host)
{
    static const char *const domains[] = { "slack.com", "slack-gov.com" };
    size_t len = strlen(host);
    if (strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789-.") != len)
        return false;
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        size_t n = strlen(domains[i]);
        if (len >= n && strcmp(host + len - n, domains[i]) == 0 &&
            (len == n || host[len - n - 1] == '.'))
            return true;
    }
    return false;
}

static bool is_on_loopback(const char *url)
{
    char host[256];
    const char *port, *rest = strstr(url, "://");
    return rest && host_of(rest + 3, host, sizeof host, &port) && host_is_loopback(host);
}

static bool is_printable(const char *text)
{
    for (; *text; text++)
        if (*text <= ' ' || *text > '~')
            return false;
    return true;
}

bool slack_url_allowed(const char *url, const char *api_url)
{
    char host[256];
    const char *port;
    bool tls = strncasecmp(url, "wss://", 6) == 0;
    if (!is_printable(url) || (!tls && strncasecmp(url, "ws://", 5) != 0))
        return false;
    if (!host_of(url + (tls ? 6 : 5), host, sizeof host, &port))
        return false;
    if (host_is_loopback(host))
        return is_on_loopback(api_url);
    return tls && host_is_slack(host) && (!port || (strncmp(port, "443", 3) == 0 &&
                                                    !(port[3] >= '0' && port[3] <= '9')));
}

bool slack_answer_url_allowed(const char *url, const char *api_url)
{
    static const char *const hosts[] = { "https://hooks.slack.com/",
                                         "https://hooks.slack-gov.com/" };
    const char *host = strstr(api_url, "://");
    size_t len = host ? (size_t)(host + 3 - api_url) + strcspn(host + 3, "/") + 1 : 0;
    if (!is_printable(url))
        return false;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (!strncmp(url, hosts[i], strlen(hosts[i])))
            return true;
    if (is_on_loopback(api_url))
        return !strncmp(url, "http://", 7) && is_on_loopback(url);
    return len && !strncmp(url, api_url, len);
}
