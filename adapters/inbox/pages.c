#include <stdio.h>
#include <string.h>

#include "adapters/inbox/parts.h"
#include "adapters/net/assets.h"

static const struct http_pair page_headers[] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
      "img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'" },
    { "Referrer-Policy", "no-referrer" },
    { "X-Frame-Options", "DENY" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), microphone=(), geolocation=()" },
};

enum { PAGE_HEADERS = sizeof page_headers / sizeof *page_headers };

static void answer_page(struct http_request *req, const char *name)
{
    asset_answer(req, asset_find(name), "no-store", page_headers, PAGE_HEADERS);
}

void page_home(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)in;
    (void)who;
    static const struct http_pair to = { "Location", "/inbox/" };
    http_answer(req, &(struct http_answer){ .status = 303, .headers = &to, .header_count = 1 });
}

void page_login(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)in;
    (void)who;
    answer_page(req, "inbox/login.html");
}

static void app_or_login(struct inbox *in, uint64_t id, const void *what,
                         const struct inbox_person *who)
{
    (void)what;
    struct http_request *req = http_find(in->host.http, id);
    if (req)    /* a desk that is too busy to say shows the app: every request asks again */
        answer_page(req, who && !who->id ? "inbox/login.html" : "inbox/inbox.html");
}

void page_app(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)who;
    unsigned char hash[HASH_BYTES];
    if (strcmp(http_path(req), "/inbox/") != 0)
        http_answer_error(req, 404, "not_found", "There is no such page.", NULL, 0);
    else if (auth_cookie(req, hash))
        auth_check(in, hash, app_or_login, http_id(req), NULL);
    else
        answer_page(req, "inbox/login.html");
}

/* Scripts import each other by plain names, so these names are not hashed: the browser asks each
 * time whether its copy is still good. */
void page_asset(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)in;
    (void)who;
    char name[80];
    const char *file = http_path(req) + strlen("/inbox/a/");
    const struct asset *asset = NULL;
    if (strlen(file) < 60 && !strchr(file, '/') && !strstr(file, ".html")) {
        snprintf(name, sizeof name, "inbox/%s", file);
        asset = asset_find(name);
    }
    asset_answer(req, asset, "no-cache", NULL, 0);
}
