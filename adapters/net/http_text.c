#include "adapters/net/http_text.h"

#include <string.h>
#include <strings.h>
#include <time.h>

bool http_list_next(const char **list, const char **item, size_t *len)
{
    const char *at = *list;
    while (*at == ' ' || *at == '\t' || *at == ',')
        at++;
    if (!*at)
        return false;
    size_t n = strcspn(at, ",");
    *list = at + n;
    while (n && (at[n - 1] == ' ' || at[n - 1] == '\t'))
        n--;
    *item = at;
    *len = n;
    return true;
}

static bool same_word(const char *bytes, size_t len, const char *word)
{
    return len == strlen(word) && strncasecmp(bytes, word, len) == 0;
}

/* The part before the first ';' without white space behind it. */
static size_t without_parameters(const char *item, size_t len)
{
    const char *end = memchr(item, ';', len);
    size_t n = end ? (size_t)(end - item) : len;
    while (n && (item[n - 1] == ' ' || item[n - 1] == '\t'))
        n--;
    return n;
}

bool http_list_has(const char *header, const char *token)
{
    const char *item;
    size_t len;
    while (header && http_list_next(&header, &item, &len))
        if (same_word(item, without_parameters(item, len), token))
            return true;
    return false;
}

/* "q=0", "q=0.0", "q=0.000" in what follows the first ';'. */
static bool has_zero_weight(const char *item, size_t len)
{
    const char *at = memchr(item, ';', len), *end = item + len;
    while (at && at < end && (*at == ';' || *at == ' ' || *at == '\t'))
        at++;
    if (!at || end - at < 3 || (*at != 'q' && *at != 'Q') || at[1] != '=' || at[2] != '0')
        return false;
    for (at += 3; at < end && (*at == '.' || *at == '0'); at++)
        ;
    return at == end;
}

bool http_accepts_coding(const char *accept_encoding, const char *coding)
{
    const char *item;
    size_t len;
    bool any = false;
    while (accept_encoding && http_list_next(&accept_encoding, &item, &len)) {
        size_t n = without_parameters(item, len);
        if (same_word(item, n, coding))
            return !has_zero_weight(item, len);
        if (n == 1 && *item == '*')
            any = !has_zero_weight(item, len);
    }
    return any;
}

bool http_etag_matches(const char *if_none_match, const char *etag)
{
    const char *item;
    size_t len, want = strlen(etag);
    while (if_none_match && http_list_next(&if_none_match, &item, &len)) {
        if (len == 1 && *item == '*')
            return true;
        if (len > 2 && item[0] == 'W' && item[1] == '/') {
            item += 2;
            len -= 2;
        }
        if (len == want && memcmp(item, etag, len) == 0)
            return true;
    }
    return false;
}

bool http_head_has_odd_upgrade(const char *head, size_t len)
{
    static const char name[] = "upgrade:";
    const size_t name_len = sizeof name - 1;
    const char *at = head, *end = head + len, *stop;
    for (; (stop = memchr(at, '\n', (size_t)(end - at))); at = stop + 1) {
        size_t n = (size_t)(stop - at);
        if (n <= 1)                     /* the empty line ends the head */
            return false;
        if (n < name_len || strncasecmp(at, name, name_len) != 0)
            continue;
        const char *value = at + name_len;
        while (value < stop && (*value == ' ' || *value == '\t'))
            value++;
        n = (size_t)(stop - value);
        while (n && (value[n - 1] == ' ' || value[n - 1] == '\t' || value[n - 1] == '\r'))
            n--;
        if (!same_word(value, n, "websocket") && !same_word(value, n, "h2c"))
            return true;
    }
    return false;
}

int64_t http_number(const char *text)
{
    int64_t value = 0;
    size_t n = 0;
    for (; text && text[n] >= '0' && text[n] <= '9'; n++) {
        if (n == 18)
            return -1;
        value = value * 10 + (text[n] - '0');
    }
    return n && !text[n] ? value : -1;
}

int64_t http_retry_after_ms(const char *text, int64_t now_ms)
{
    enum { DAY_MS = 86400000 };
    int64_t ms = http_number(text);
    if (ms >= 0) {
        ms = ms > DAY_MS / 1000 ? DAY_MS : ms * 1000;
    } else {
        struct tm tm = { 0 };
        const char *end = text ? strptime(text, "%a, %d %b %Y %H:%M:%S GMT", &tm) : NULL;
        if (!end || *end)
            return -1;
        ms = (int64_t)timegm(&tm) * 1000 - now_ms;
    }
    return ms < 0 ? 0 : ms > DAY_MS ? DAY_MS : ms;
}

bool http_is_header_name(const char *text)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    if (!*text)
        return false;
    for (; *text; text++) {
        char lower = (char)(*text | 0x20);
        if ((lower < 'a' || lower > 'z') && (*text < '0' || *text > '9') &&
            !strchr(others, *text))
            return false;
    }
    return true;
}

bool http_is_header_value(const char *text)
{
    for (; *text; text++)
        if (((unsigned char)*text < 0x20 && *text != '\t') || *text == 0x7f)
            return false;
    return true;
}

const char *http_status_text(int status)
{
    static const struct {
        int status;
        const char *text;
    } texts[] = {
        { 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" },
        { 302, "Found" }, { 303, "See Other" }, { 304, "Not Modified" },
        { 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" },
        { 404, "Not Found" }, { 405, "Method Not Allowed" }, { 406, "Not Acceptable" },
        { 408, "Request Timeout" }, { 409, "Conflict" }, { 410, "Gone" },
        { 411, "Length Required" }, { 412, "Precondition Failed" },
        { 413, "Content Too Large" }, { 415, "Unsupported Media Type" },
        { 422, "Unprocessable Content" }, { 426, "Upgrade Required" },
        { 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" },
        { 500, "Internal Server Error" }, { 501, "Not Implemented" }, { 502, "Bad Gateway" },
        { 503, "Service Unavailable" }, { 504, "Gateway Timeout" },
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].status == status)
            return texts[i].text;
    return "Status";
}
