/* assets.h - the web files that are built into the program, and how they are served.
 * It does not know what is in them, but for {{asset:name}} in HTML, which becomes the hashed URL. */
#ifndef DESKHAND_NET_ASSETS_H
#define DESKHAND_NET_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "adapters/net/http.h"

/* One row of the table that the build makes. gzip and brotli may be NULL. */
struct asset {
    const char *name;                   /* "messenger/app.js", "inbox/index.html" */
    const char *mime;
    const char *hash;                   /* 12 hex digits of SHA-256 over the identity bytes */
    const unsigned char *bytes, *gzip, *brotli;
    size_t len, gzip_len, brotli_len;
};

/* By name, or by hashed file name ("<hash>.js", the last part of its URL); NULL if unknown. HTML is
 * given with its placeholders replaced. With DESKHAND_WEB_DIR in the environment (development) the
 * file is read from there (<dir>/messenger/app.js becomes <dir>/messenger/web/app.js), afresh each
 * time; the pointer is then valid until the next call. */
const struct asset *asset_find(const char *name);

/* "/m/a/<hash>.<ext>" for a name; NULL if unknown. Borrowed, for good. */
const char *asset_url(const char *name);

/* Answers by Accept-Encoding (br, gzip, identity), with ETag, 304 on If-None-Match and Vary. asset may be
 * NULL: 404. cache_control e.g. "public, max-age=31536000, immutable". At most 12 extra headers. */
void asset_answer(struct http_request *req, const struct asset *asset, const char *cache_control,
                  const struct http_pair *headers, size_t header_count);

/* Registers GET /m/a/ : hashed names only, immutable for a year, Access-Control-Allow-Origin: *. */
void asset_route(struct http_server *s);

/* HTML pages with their placeholders replaced are made on first use; this gives them back. */
void asset_clear(void);

#endif
