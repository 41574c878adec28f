/* The built-in web files as a browser sees them: which form, which tag, how long to keep. */
#include <pthread.h>
#include <setjmp.h>
#include <stdint.h>
#include <sys/stat.h>

#include "tests/unit/net_peer.h"

#include <cmocka.h>

#include "adapters/net/assets.h"
#include "adapters/net/loop.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct desk {
    struct loop *loop;
    struct http_server *server;
    pthread_t thread;
    int port;
    char answer[PEER_BYTES];
};

/* "/file/NAME" is answered as an adapter answers its own files. */
static void on_file(void *ctx, struct http_request *req)
{
    static const struct http_pair extra = { "X-Extra", "1" };
    (void)ctx;
    asset_answer(req, asset_find(http_path(req) + strlen("/file/")), "no-cache", &extra, 1);
}

static void *run(void *loop)
{
    loop_run(loop);
    return NULL;
}

static int open_desk(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    d->loop = loop_new();
    d->server = http_new(d->loop, NULL);
    asset_route(d->server);
    http_route(d->server, "GET", "/file/", 0, on_file, NULL);
    if (http_listen(d->server, "127.0.0.1", 0))
        return -1;
    d->port = http_port(d->server);
    *state = d;
    return pthread_create(&d->thread, NULL, run, d->loop);
}

static int close_desk(void **state)
{
    struct desk *d = *state;
    loop_stop(d->loop);
    pthread_join(d->thread, NULL);
    http_free(d->server);
    loop_free(d->loop);
    free(d);
    return 0;
}

static int get(struct desk *d, const char *path, const char *headers)
{
    char request[1000];
    snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: desk\r\n%s\r\n", path, headers);
    return peer_ask(d->port, request, d->answer, sizeof d->answer);
}

/* Does the head of the last answer have this line? */
static bool said(const struct desk *d, const char *line)
{
    char whole[300];
    const char *end = strstr(d->answer, "\r\n\r\n");
    snprintf(whole, sizeof whole, "\r\n%s\r\n", line);
    const char *at = strstr(d->answer, whole);
    return at && at < end;
}

static bool brought(const struct desk *d, const void *bytes, size_t len)
{
    return !memcmp(strstr(d->answer, "\r\n\r\n") + 4, bytes, len);
}

static void tag_of(const struct asset *a, const char *coding, char out[64])
{
    snprintf(out, 64, "ETag: \"%s%s%s\"", a->hash, *coding ? "-" : "", coding);
}

static void the_best_form_is_chosen(void **state)
{
    static const struct { const char *accept, *coding; } rows[] = {
        { "", "" },
        { "Accept-Encoding: gzip\r\n", "gzip" },
        { "Accept-Encoding: gzip, deflate, br\r\n", "br" },
        { "Accept-Encoding: br;q=0, gzip\r\n", "gzip" },
        { "Accept-Encoding: identity\r\n", "" },
        { "Accept-Encoding: zstd\r\n", "" },
    };
    struct desk *d = *state;
    const struct asset *a = asset_find("messenger/link.js");
    assert_non_null(a);
    assert_true(a->brotli && a->gzip && a->brotli_len < a->len && a->gzip_len < a->len);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool br = !strcmp(rows[i].coding, "br"), gzip = !strcmp(rows[i].coding, "gzip");
        char tag[64], coding[64];
        tag_of(a, rows[i].coding, tag);
        snprintf(coding, sizeof coding, "Content-Encoding: %s", rows[i].coding);
        assert_int_equal(get(d, "/file/messenger/link.js", rows[i].accept), 200);
        assert_true(said(d, tag) && said(d, "Vary: Accept-Encoding"));
        assert_true(said(d, "Cache-Control: no-cache") && said(d, "X-Extra: 1"));
        assert_int_equal(said(d, coding), br || gzip);
        assert_true(brought(d, br ? a->brotli : gzip ? a->gzip : a->bytes,
                            br ? a->brotli_len : gzip ? a->gzip_len : a->len));
    }
}

static void who_has_it_is_told_so(void **state)
{
    struct desk *d = *state;
    const struct asset *a = asset_find("messenger/link.js");
    char headers[200];
    snprintf(headers, sizeof headers, "If-None-Match: \"%s\"\r\n", a->hash);
    assert_int_equal(get(d, "/file/messenger/link.js", headers), 304);
    assert_null(strstr(d->answer, "Content-Type:"));
    snprintf(headers, sizeof headers, "Accept-Encoding: br\r\nIf-None-Match: W/\"%s-br\"\r\n",
             a->hash);
    assert_int_equal(get(d, "/file/messenger/link.js", headers), 304);
    /* Another form is another representation. */
    snprintf(headers, sizeof headers, "Accept-Encoding: br\r\nIf-None-Match: \"%s\"\r\n", a->hash);
    assert_int_equal(get(d, "/file/messenger/link.js", headers), 200);
    assert_int_equal(get(d, "/file/messenger/none.js", ""), 404);
}

static void hashed_names_are_for_good(void **state)
{
    struct desk *d = *state;
    const struct asset *a = asset_find("messenger/link.js");
    assert_ptr_equal(asset_find(strrchr(a->url, '/') + 1), a);
    assert_int_equal(get(d, a->url, ""), 200);
    assert_true(said(d, "Cache-Control: public, max-age=31536000, immutable"));
    assert_true(said(d, "Access-Control-Allow-Origin: *"));
    assert_int_equal(get(d, "/m/a/messenger/link.js", ""), 404);
    assert_int_equal(get(d, "/m/a/", ""), 404);
    assert_int_equal(get(d, "/m/a/0123456789ab.js", ""), 404);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    assert_int_equal(fclose(file), 0);
}

static void in_development_the_disk_is_asked(void **state)
{
    struct desk *d = *state;
    char dir[] = "/tmp/deskhand-web-XXXXXX", sub[60], web[80], path[150], want[200];
    assert_non_null(mkdtemp(dir));
    snprintf(sub, sizeof sub, "%s/messenger", dir);
    snprintf(web, sizeof web, "%s/web", sub);
    snprintf(path, sizeof path, "%s/frame.html", web);
    assert_true(!mkdir(sub, 0700) && !mkdir(web, 0700));
    write_file(path, "a {{asset:link.js}} b {{asset:none.js}} {{c");
    assert_int_equal(setenv("DESKHAND_WEB_DIR", dir, 1), 0);
    int found = get(d, "/file/messenger/frame.html", "Accept-Encoding: br\r\n");
    snprintf(want, sizeof want, "a %s b {{asset:none.js}} {{c",
             asset_find("messenger/link.js")->url);
    bool same = brought(d, want, strlen(want)), kept = !said(d, "Cache-Control: no-store");
    int missing = get(d, "/file/messenger/link.js", "");
    unsetenv("DESKHAND_WEB_DIR");
    unlink(path);
    rmdir(web);
    rmdir(sub);
    rmdir(dir);
    assert_int_equal(found, 200);
    assert_true(same && !kept);
    assert_int_equal(missing, 404);
}

#define DESK_TEST(f) cmocka_unit_test_setup_teardown(f, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(the_best_form_is_chosen),
        DESK_TEST(who_has_it_is_told_so),
        DESK_TEST(hashed_names_are_for_good),
        DESK_TEST(in_development_the_disk_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
