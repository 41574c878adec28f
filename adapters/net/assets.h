/* assets.h - the web files that are built into the program, and how they are served.
 * It does not know what is in them. The build (assets.mk) puts hashed URLs for {{asset:name}}. */
#ifndef DESKHAND_NET_ASSETS_H
#define DESKHAND_NET_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/net/http.h"
#include "bot/base/buf.h"

/* One row of the table that the build makes. gzip and brotli are NULL where they save nothing. */
struct asset {
    const char *name;                   /* "messenger/app.js", "messenger/lang/en.json" */
    const char *mime;
    const char *hash;                   /* 12 hex digits of SHA-256 over the identity bytes */
    const char *url;                    /* "/m/a/<hash>.js"; its last part finds the asset, too */
    const unsigned char *bytes, *gzip, *brotli;
    size_t len, gzip_len, brotli_len;
};

/* By name or by hashed file name; NULL if unknown. For good. */
const struct asset *asset_find(const char *name);

/* The identity bytes, for pages that are finished at run time. With DESKHAND_WEB_DIR in the
 * environment (development) they are read from there: <dir>/messenger/web/app.js. 0 or -1. */
int asset_load(const struct asset *asset, struct buf *out);

/* Answers by Accept-Encoding (br, gzip, identity), with ETag, 304 on If-None-Match and Vary.
 * asset may be NULL: 404. cache_control e.g. "no-cache". At most 12 extra headers. With
 * DESKHAND_WEB_DIR set the file comes from there, never to be cached. */
void asset_answer(struct http_request *req, const struct asset *asset, const char *cache_control,
                  const struct http_pair *headers, size_t header_count);

/* Registers GET /m/a/ : hashed names only, immutable for a year. The messenger's scripts and
 * styles run in frames of the desk's own origin; Access-Control-Allow-Origin: * serves the
 * loader's. */
void asset_route(struct http_server *s);

#endif
