/* dial.h - opens a TCP connection by curl on the loop: names, both address families, proxies.
 * It speaks nothing over it: what is handed out is a bare socket. Loop thread only. */
#ifndef DESKHAND_NET_DIAL_H
#define DESKHAND_NET_DIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "adapters/net/http_client.h"

/* fd: connected, non-blocking, close-on-exec, now the callee's; -1: error says why (no secrets). */
typedef void (*dial_fn)(void *ctx, int fd, const char *error);

/* Connects to a name or address (IPv6 without brackets) and port, through the proxy that an https
 * request would take (https_proxy, all_proxy, no_proxy by curl's rules; http:// by CONNECT, and
 * socks); direct: through none. A proxy that is itself spoken to over TLS is refused. fn comes
 * exactly once, never from inside. Returns an id for http_client_cancel, after which fn still
 * comes, with -1. */
uint64_t dial(struct http_client *c, const char *host, int port, bool direct, int64_t timeout_ms,
              dial_fn fn, void *ctx);

#endif
