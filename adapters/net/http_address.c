#include <arpa/inet.h>
#include <string.h>

#include "adapters/net/http_text.h"

static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static bool is_ipv4(const struct http_address *a)
{
    return memcmp(a->bytes, mapped, sizeof mapped) == 0;
}

/* Cuts "[v6]", "[v6]:port" and "v4:port" down to the address. False if brackets do not match. */
static bool strip_port(const char **text, size_t *len)
{
    const char *at = *text;
    if (*len && at[0] == '[') {
        const char *end = memchr(at, ']', *len);
        if (!end)
            return false;
        *text = at + 1;
        *len = (size_t)(end - at) - 1;
        return true;
    }
    const char *colon = memchr(at, ':', *len);
    if (colon && !memchr(colon + 1, ':', *len - (size_t)(colon - at) - 1))
        *len = (size_t)(colon - at);
    return true;
}

int http_address_parse(const char *text, size_t len, struct http_address *out)
{
    char copy[HTTP_ADDRESS_SIZE];
    if (!strip_port(&text, &len) || !len || len >= sizeof copy || memchr(text, '\0', len))
        return -1;
    memcpy(copy, text, len);
    copy[len] = '\0';
    if (inet_pton(AF_INET6, copy, out->bytes) == 1)
        return 0;
    if (inet_pton(AF_INET, copy, out->bytes + 12) != 1)
        return -1;
    memcpy(out->bytes, mapped, sizeof mapped);
    return 0;
}

void http_address_print(const struct http_address *a, char out[HTTP_ADDRESS_SIZE])
{
    if (is_ipv4(a))
        inet_ntop(AF_INET, a->bytes + 12, out, HTTP_ADDRESS_SIZE);
    else
        inet_ntop(AF_INET6, a->bytes, out, HTTP_ADDRESS_SIZE);
}

bool http_address_is_loopback(const struct http_address *a)
{
    static const unsigned char v6[16] = { [15] = 1 };
    return is_ipv4(a) ? a->bytes[12] == 127 : memcmp(a->bytes, v6, sizeof v6) == 0;
}

struct block {
    struct http_address base;
    unsigned bits;               /* of 128 */
};

static int parse_block(const char *item, size_t len, struct block *out)
{
    const char *slash = memchr(item, '/', len);
    size_t address_len = slash ? (size_t)(slash - item) : len;
    if (http_address_parse(item, address_len, &out->base))
        return -1;
    out->bits = 128;
    if (!slash)
        return 0;
    size_t digits = len - address_len - 1;
    unsigned bits = 0;
    if (!digits || digits > 3)
        return -1;
    for (size_t i = 0; i < digits; i++) {
        if (slash[1 + i] < '0' || slash[1 + i] > '9')
            return -1;
        bits = bits * 10 + (unsigned)(slash[1 + i] - '0');
    }
    if (!memchr(item, ':', address_len))        /* written as IPv4 */
        bits += 96;
    if (bits > 128)
        return -1;
    out->bits = bits;
    return 0;
}

static bool in_block(const struct http_address *a, const struct block *b)
{
    size_t whole = b->bits / 8;
    unsigned rest = b->bits % 8;
    if (memcmp(a->bytes, b->base.bytes, whole) != 0)
        return false;
    return !rest || (a->bytes[whole] ^ b->base.bytes[whole]) >> (8 - rest) == 0;
}

bool http_address_in_list(const struct http_address *a, const char *list)
{
    const char *item;
    size_t len;
    struct block block;
    while (list && http_list_next(&list, &item, &len))
        if (!parse_block(item, len, &block) && in_block(a, &block))
            return true;
    return false;
}

bool http_address_list_is_valid(const char *list)
{
    const char *item;
    size_t len;
    struct block block;
    while (list && http_list_next(&list, &item, &len))
        if (parse_block(item, len, &block))
            return false;
    return true;
}

int http_forwarded_client(const struct http_address *peer, const char *forwarded,
                          const char *trusted, struct http_address *out)
{
    const char *item;
    size_t len;
    bool found = false, readable = true;
    *out = *peer;
    if (!http_address_in_list(peer, trusted))
        return 0;
    /* The last untrusted one wins, so go on to the end; an unreadable item is nobody's proxy. */
    struct http_address first = *peer;
    bool any = false;
    while (forwarded && http_list_next(&forwarded, &item, &len)) {
        struct http_address a;
        bool ok = http_address_parse(item, len, &a) == 0;
        if (ok && !any)
            first = a;
        any = any || ok;
        if (ok && http_address_in_list(&a, trusted))
            continue;
        found = true;
        readable = ok;
        if (ok)
            *out = a;
    }
    if (found)
        return readable ? 0 : -1;
    if (any)
        *out = first;
    return any || !http_address_is_loopback(peer) ? 0 : -1;
}
