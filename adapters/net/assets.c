#include "adapters/net/assets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/assets_table.h"
#include "adapters/net/http_text.h"

enum { EXTRA_HEADERS = 12, DISK_MAX = 16 << 20 };

const struct asset *asset_find(const char *name)
{
    for (size_t i = 0; i < asset_table_count; i++) {
        const struct asset *a = &asset_table[i];
        if (strcmp(a->name, name) == 0 || strcmp(strrchr(a->url, '/') + 1, name) == 0)
            return a;
    }
    return NULL;
}

static const char *web_dir(void)
{
    const char *dir = getenv("DESKHAND_WEB_DIR");
    return dir && *dir ? dir : NULL;
}

static int read_file(FILE *file, struct buf *out)
{
    char piece[8192];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, file)))
        if (buf_add(out, piece, n))
            return -1;
    return ferror(file) ? -1 : 0;
}

/* The placeholder at `at`, "{{asset:name}}", becomes its URL. Returns what follows it. */
static const char *fill_in(const struct asset *page, const char *at, struct buf *out)
{
    const char *name = at + strlen("{{asset:"), *end = strstr(name, "}}");
    const char *slash = strchr(page->name, '/');
    char full[200];
    const struct asset *a = NULL;
    if (end && (size_t)snprintf(full, sizeof full, "%.*s/%.*s", (int)(slash - page->name),
                                page->name, (int)(end - name), name) < sizeof full)
        a = asset_find(full);
    buf_text(out, a ? a->url : "{{");
    return a ? end + 2 : at + 2;
}

static int load_from_disk(const struct asset *asset, const char *dir, struct buf *out)
{
    char path[4096];
    const char *slash = strchr(asset->name, '/'), *at, *next;
    struct buf raw;
    if ((size_t)snprintf(path, sizeof path, "%s/%.*s/web%s", dir, (int)(slash - asset->name),
                         asset->name, slash) >= sizeof path)
        return -1;
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    buf_init(&raw, DISK_MAX);
    int result = read_file(file, &raw);
    fclose(file);
    for (at = raw.data ? raw.data : ""; (next = strstr(at, "{{asset:")); at = next) {
        buf_add(out, at, (size_t)(next - at));
        next = fill_in(asset, next, out);
    }
    buf_add(out, at, raw.len - (raw.data ? (size_t)(at - raw.data) : 0));
    buf_clear(&raw);
    return result || out->failed ? -1 : 0;
}

int asset_load(const struct asset *asset, struct buf *out)
{
    const char *dir = web_dir();
    if (dir)
        return load_from_disk(asset, dir, out);
    return buf_add(out, asset->bytes, asset->len);
}

static void answer_from_disk(struct http_request *req, const struct asset *asset,
                             const struct http_pair *headers, size_t header_count)
{
    struct buf bytes;
    buf_init(&bytes, DISK_MAX);
    if (asset_load(asset, &bytes))
        http_answer_error(req, 404, "not_found", "No such file on disk.", NULL, 0);
    else
        http_answer(req, &(struct http_answer){ .status = 200, .content_type = asset->mime,
                                                .headers = headers, .header_count = header_count,
                                                .body = bytes.data, .len = bytes.len });
    buf_clear(&bytes);
}

struct form {
    const unsigned char *bytes;
    size_t len;
    const char *coding;
};

static struct form choose(const struct http_request *req, const struct asset *a)
{
    const char *accept = http_header(req, "accept-encoding", NULL);
    if (a->brotli && http_accepts_coding(accept, "br"))
        return (struct form){ a->brotli, a->brotli_len, "br" };
    if (a->gzip && http_accepts_coding(accept, "gzip"))
        return (struct form){ a->gzip, a->gzip_len, "gzip" };
    return (struct form){ a->bytes, a->len, NULL };
}

void asset_answer(struct http_request *req, const struct asset *asset, const char *cache_control,
                  const struct http_pair *headers, size_t header_count)
{
    struct http_pair all[EXTRA_HEADERS + 4];
    char etag[32];
    if (!asset) {
        http_answer_error(req, 404, "not_found", "There is nothing here.", NULL, 0);
        return;
    }
    if (web_dir()) {
        answer_from_disk(req, asset, headers, header_count);
        return;
    }
    struct form form = choose(req, asset);
    /* Each coding is another representation, so each has its own tag. */
    snprintf(etag, sizeof etag, "\"%s%s%s\"", asset->hash, form.coding ? "-" : "",
             form.coding ? form.coding : "");
    size_t n = 0;
    for (; n < header_count && n < EXTRA_HEADERS; n++)
        all[n] = headers[n];
    all[n++] = (struct http_pair){ "Cache-Control", cache_control };
    all[n++] = (struct http_pair){ "ETag", etag };
    all[n++] = (struct http_pair){ "Vary", "Accept-Encoding" };
    struct http_answer answer = { .status = 200, .content_type = asset->mime, .headers = all,
                                  .keep = true };
    if (http_etag_matches(http_header(req, "if-none-match", NULL), etag)) {
        answer.status = 304;
        answer.content_type = NULL;
    } else {
        answer.body = form.bytes;
        answer.len = form.len;
        if (form.coding)
            all[n++] = (struct http_pair){ "Content-Encoding", form.coding };
    }
    answer.header_count = n;
    http_answer(req, &answer);
}

static void on_hashed(void *ctx, struct http_request *req)
{
    static const struct http_pair open_to_all = { "Access-Control-Allow-Origin", "*" };
    const char *file = http_path(req) + strlen("/m/a/");
    (void)ctx;
    /* Names hold a slash, hashed names do not. */
    const struct asset *asset = strchr(file, '/') ? NULL : asset_find(file);
    asset_answer(req, asset, "public, max-age=31536000, immutable", &open_to_all, 1);
}

void asset_route(struct http_server *s)
{
    http_route(s, "GET", "/m/a/", 0, on_hashed, NULL);
}
