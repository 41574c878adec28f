/* http_text.h - what of HTTP we parse ourselves: lists, addresses, dates. Pure.
 * Header and request lines are libwebsockets' business. */
#ifndef DESKHAND_NET_HTTP_TEXT_H
#define DESKHAND_NET_HTTP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HTTP_ADDRESS_SIZE = 46 };     /* room for any address in text, with its NUL */

/* An address as 16 bytes; IPv4 is mapped (::ffff:a.b.c.d). */
struct http_address {
    unsigned char bytes[16];
};

/* "192.0.2.1", "2001:db8::1"; also with brackets or, for IPv4, with a port behind. 0 or -1. */
int http_address_parse(const char *text, size_t len, struct http_address *out);
void http_address_print(const struct http_address *a, char out[HTTP_ADDRESS_SIZE]);
bool http_address_is_loopback(const struct http_address *a);

/* Is the address in a comma-separated list of addresses and CIDR blocks? A broken item matches
 * nothing. */
bool http_address_in_list(const struct http_address *a, const char *list);
bool http_address_list_is_valid(const char *list);

/* The client's address behind trusted proxies: the last one in forwarded that is not trusted;
 * the first one if all are; the peer's own when the peer is no trusted proxy. 0, or -1 for
 * "unknown": no forwarded (NULL) from a loopback peer, or an unreadable item where the answer
 * would be. */
int http_forwarded_client(const struct http_address *peer, const char *forwarded,
                          const char *trusted, struct http_address *out);

/* Takes the next comma-separated item off *list, without white space around it; empty ones are
 * passed over. False at the end. */
bool http_list_next(const char **list, const char **item, size_t *len);

/* Is token (any case) an item of a comma-separated header? Parameters (";q=") are cut off first. */
bool http_list_has(const char *header, const char *token);

/* Does Accept-Encoding take this coding? (named without q=0, or "*" without q=0) */
bool http_accepts_coding(const char *accept_encoding, const char *coding);

/* If-None-Match against a strong tag with its quotes, by weak comparison; "*" matches. */
bool http_etag_matches(const char *if_none_match, const char *etag);

/* Does the beginning of a request name an upgrade that is neither "websocket" nor "h2c"? False when
 * there is no such header among the bytes. */
bool http_head_has_odd_upgrade(const char *head, size_t len);

/* Digits only, at most 18 of them; -1 if it is something else. */
int64_t http_number(const char *text);

/* Retry-After: seconds or an HTTP date, as milliseconds from now_ms; -1: unreadable. At most a
 * day. */
int64_t http_retry_after_ms(const char *text, int64_t now_ms);

/* Printable and safe in a header line: no control characters, not empty for names. */
bool http_is_header_name(const char *text);
bool http_is_header_value(const char *text);

const char *http_status_text(int status);

#endif
