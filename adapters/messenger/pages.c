#include "adapters/messenger/pages.h"

#include <stdio.h>
#include <string.h>

#include "adapters/messenger/door.h"
#include "adapters/net/assets.h"
#include "adapters/net/gzip.h"
#include "adapters/net/http_text.h"
#include "bot/base/hash.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"

enum { PAGE_MAX = 262144, POLICY_MAX = 16384, ANSWER_HEADERS = 4 /* that answer_page adds */ };

static void not_found(struct http_request *req)
{
    http_answer_error(req, 404, "not_found", "There is nothing here.", NULL, 0);
}

/* False: it was answered with 405. */
static bool is_get(struct http_request *req)
{
    static const struct http_pair allow[] = { { "Allow", "GET, HEAD" } };
    if (!strcmp(http_method(req), "GET") || !strcmp(http_method(req), "HEAD"))
        return true;
    http_answer_error(req, 405, "method_not_allowed", "This is only for reading.", allow, 1);
    return false;
}

/* A page that was finished at run time; 304 for who has it. Leave room for ANSWER_HEADERS more. */
static void answer_page(struct http_request *req, const char *type, const char *cache,
                        const struct buf *b, struct http_pair *headers, size_t count)
{
    unsigned char hash[HASH_BYTES];
    char hex[HASH_HEX], tag[40];
    struct buf packed;
    bool gzip = http_accepts_coding(http_header(req, "accept-encoding", NULL), "gzip");
    hash_sha256(b->data, b->len, hash);
    hash_hex(hash, sizeof hash, hex);
    snprintf(tag, sizeof tag, "\"%.16s%s\"", hex, gzip ? "-gzip" : "");
    headers[count++] = (struct http_pair){ "ETag", tag };
    headers[count++] = (struct http_pair){ "Cache-Control", cache };
    headers[count++] = (struct http_pair){ "Vary", "Accept-Encoding" };
    struct http_answer answer = { .status = 200, .content_type = type, .headers = headers,
                                  .body = b->data, .len = b->len };
    buf_init(&packed, PAGE_MAX);
    if (http_etag_matches(http_header(req, "if-none-match", NULL), tag)) {
        answer.status = 304;
        answer.content_type = NULL;
    } else if (gzip && !gzip_add(&packed, b->data, b->len)) {
        answer.body = packed.data;
        answer.len = packed.len;
        headers[count++] = (struct http_pair){ "Content-Encoding", "gzip" };
    }
    answer.header_count = count;
    http_answer(req, &answer);
    buf_clear(&packed);
}

static int load(const char *name, struct buf *b)
{
    const struct asset *asset = asset_find(name);
    buf_init(b, PAGE_MAX);
    if (asset && !asset_load(asset, b))
        return 0;
    log_error("asset missing", "name=%s", name);
    buf_clear(b);
    return -1;
}

/* '<' is escaped by json_out, so that the same text may stand in a script and in HTML. */
static void add_config(struct buf *b, const char *base, const struct messenger_client *c)
{
    struct json_out j = { .buf = b };
    char frame[96];
    snprintf(frame, sizeof frame, "/m/frame?k=%s", c->key);
    json_out_object(&j, NULL);
    json_out_text(&j, "key", c->key);
    json_out_text(&j, "base", base);
    json_out_text(&j, "frame", frame);
    json_out_object(&j, "brand");
    json_out_optional(&j, "name", c->name);
    json_out_optional(&j, "bot", c->bot);
    json_out_optional(&j, "color", c->color);
    json_out_optional(&j, "logo", c->logo);
    json_out_optional(&j, "greeting", c->greeting);
    json_out_optional(&j, "position", c->position);
    json_out_object_end(&j);
    json_out_object_end(&j);
}

/* Puts text in place of the first `mark`. */
static int fill(struct buf *page, const char *mark, const struct buf *text)
{
    char *at = strstr(page->data, mark);
    struct buf out;
    if (!at || text->failed)
        return -1;
    buf_init(&out, PAGE_MAX);
    buf_add(&out, page->data, (size_t)(at - page->data));
    buf_add(&out, text->data, text->len);
    buf_text(&out, at + strlen(mark));
    buf_clear(page);
    *page = out;
    return out.failed ? -1 : 0;
}

/* The HTML page `name` with text in place of its mark. */
static void answer_filled(struct http_request *req, const char *name, const char *mark,
                          const struct buf *text, struct http_pair *headers, size_t count)
{
    struct buf page;
    if (load(name, &page)) {
        not_found(req);
        return;
    }
    if (fill(&page, mark, text))
        not_found(req);
    else
        answer_page(req, "text/html; charset=utf-8", "no-cache", &page, headers, count);
    buf_clear(&page);
}

/* ---- /m/KEY.js ---- */

static void answer_loader(struct messenger *m, struct http_request *req,
                          const struct messenger_client *c)
{
    struct http_pair headers[1 + ANSWER_HEADERS] = { { "Cross-Origin-Resource-Policy",
                                                       "cross-origin" } };
    struct buf b;
    if (load("messenger/loader.js", &b)) {
        not_found(req);
        return;
    }
    while (b.len && strchr(" \r\n;", b.data[b.len - 1]))
        b.data[--b.len] = '\0';
    buf_char(&b, '(');
    add_config(&b, door_base(m, req), c);
    buf_text(&b, ");\n");
    answer_page(req, "text/javascript; charset=utf-8",
                "public, max-age=300, stale-while-revalidate=86400", &b, headers, 1);
    buf_clear(&b);
}

static void on_loader(void *ctx, struct http_request *req)
{
    struct messenger *m = ctx;
    const char *name = http_path(req) + strlen("/m/");
    size_t len = strlen(name);
    char key[65];
    if (len < 4 || len - 3 >= sizeof key || strcmp(name + len - 3, ".js")) {
        not_found(req);
        return;
    }
    snprintf(key, sizeof key, "%.*s", (int)(len - 3), name);
    const struct messenger_client *c = clients_key_is_valid(key)
                                           ? clients_by_key(m->clients, key) : NULL;
    if (!c)
        not_found(req);
    else if (is_get(req))
        answer_loader(m, req, c);
}

/* ---- /m/frame ---- */

static bool is_origin(const char *text, size_t len)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  ".:/*_-";
    return strspn(text, allowed) >= len
           && (!strncmp(text, "https://", 8) || !strncmp(text, "http://", 7));
}

void pages_ancestors(struct buf *b, const char *embed)
{
    static const char between[] = " \t\r\n,;";
    size_t found = 0;
    buf_text(b, "'self'");
    for (const char *at = embed ? embed : ""; *at;) {
        at += strspn(at, between);
        size_t len = strcspn(at, between);
        if (len && is_origin(at, len)) {
            buf_print(b, " %.*s", (int)len, at);
            found++;
        }
        at += len;
    }
    if (!found)
        buf_text(b, " http://127.0.0.1:* http://localhost:*");
}

/* Old browsers do not count a WebSocket of the same host as 'self'. */
static void add_policy(struct buf *b, const char *base, const char *embed)
{
    const char *host = strstr(base, "://") + 3;
    const char *scheme = strncmp(base, "https:", 6) ? "ws" : "wss";
    buf_print(b, "default-src 'none'; script-src 'self'; style-src 'self'; "
                 "connect-src 'self' %s://%s; img-src 'self' data: blob:; form-action 'none'; "
                 "base-uri 'none'; frame-ancestors ", scheme, host);
    pages_ancestors(b, embed);
}

static void answer_frame(struct messenger *m, struct http_request *req,
                         const struct messenger_client *c)
{
    struct buf config, policy;
    const char *base = door_base(m, req);
    buf_init(&config, PAGE_MAX);
    buf_init(&policy, POLICY_MAX);
    add_config(&config, base, c);
    add_policy(&policy, base, c->embed);
    struct http_pair headers[2 + ANSWER_HEADERS] = {
        { "Content-Security-Policy", policy.data }, { "Referrer-Policy", "strict-origin" } };
    if (policy.failed)
        not_found(req);                 /* never the page without its policy */
    else
        answer_filled(req, "messenger/frame.html", "{{config}}", &config, headers, 2);
    buf_clear(&config);
    buf_clear(&policy);
}

static void on_frame(void *ctx, struct http_request *req)
{
    const struct messenger_client *c;
    if (is_get(req) && !door_client(ctx, req, &c))
        answer_frame(ctx, req, c);
}

/* ---- / and /demo ---- */

static void answer_demo(struct http_request *req, const struct messenger_client *c)
{
    struct http_pair headers[1 + ANSWER_HEADERS] = { { "Referrer-Policy", "strict-origin" } };
    struct buf key;
    buf_init(&key, PAGE_MAX);
    buf_text(&key, c->key);
    answer_filled(req, "messenger/demo.html", "{{key}}", &key, headers, 1);
    buf_clear(&key);
}

/* A desk without the demo client has nothing to show here but the way to its inbox. */
static void on_demo(void *ctx, struct http_request *req)
{
    struct messenger *m = ctx;
    static const struct http_pair inbox[] = { { "Location", "/inbox/" } };
    struct http_answer elsewhere = { .status = 303, .headers = inbox, .header_count = 1 };
    const struct messenger_client *c = clients_by_key(m->clients, "demo");
    bool home = !strcmp(http_path(req), "/");
    if (!home && (strcmp(http_path(req), "/demo") || !c))
        not_found(req);
    else if (!is_get(req))
        ;
    else if (c)
        answer_demo(req, c);
    else
        http_answer(req, &elsewhere);
}

void pages_open(struct messenger *m)
{
    struct http_server *http = m->host->http;
    asset_route(http);
    http_route(http, NULL, "/m/", 0, on_loader, m);
    http_route(http, NULL, "/m/frame", 0, on_frame, m);
    http_route(http, NULL, "/demo", 0, on_demo, m);
    http_route(http, NULL, "/", 0, on_demo, m);
}
