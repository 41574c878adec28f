/* The pieces of HTTP that we parse ourselves. A row is a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/net/http_text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void a_client_is_found_behind_its_proxies(void **unused)
{
    static const struct {
        const char *story, *peer, *forwarded, *trusted, *client;
    } rows[] = {
        { "a direct peer is itself", "192.0.2.7", NULL, "127.0.0.0/8", "192.0.2.7" },
        { "what a stranger claims is ignored", "192.0.2.7", "1.2.3.4", "127.0.0.0/8", "192.0.2.7" },
        { "a proxy on this machine is believed", "127.0.0.1", "1.2.3.4", "127.0.0.0/8", "1.2.3.4" },
        { "the last untrusted one counts", "127.0.0.1", "6.6.6.6, 1.2.3.4", "127.0.0.0/8",
          "1.2.3.4" },
        { "trusted ones behind it are passed over", "127.0.0.1", "6.6.6.6, 1.2.3.4, 10.1.2.3",
          "127.0.0.0/8, 10.0.0.0/8", "1.2.3.4" },
        { "all trusted: the first", "127.0.0.1", "10.0.0.9, 10.1.2.3", "127.0.0.0/8, 10.0.0.0/8",
          "10.0.0.9" },
        { "loopback without the header is unknown", "127.0.0.1", NULL, "127.0.0.0/8, ::1", NULL },
        { "IPv6 loopback as well", "::1", NULL, "127.0.0.0/8, ::1", NULL },
        { "a far proxy without the header stands for itself", "10.1.1.1", NULL, "10.0.0.0/8",
          "10.1.1.1" },
        { "an unreadable claim is unknown", "127.0.0.1", "1.2.3.4, unknown", "127.0.0.0/8", NULL },
        { "IPv6 with brackets and port", "::1", "[2001:db8::5]:4711", "::1", "2001:db8::5" },
        { "IPv4 with port", "::1", "192.0.2.1:99", "::1", "192.0.2.1" },
        { "mapped IPv4 is IPv4", "::ffff:127.0.0.1", "9.9.9.9", "127.0.0.0/8", "9.9.9.9" },
        { "nobody is trusted", "127.0.0.1", "9.9.9.9", "", "127.0.0.1" },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct http_address peer, client;
        char text[HTTP_ADDRESS_SIZE] = "unknown";
        assert_int_equal(http_address_parse(rows[i].peer, strlen(rows[i].peer), &peer), 0);
        if (!http_forwarded_client(&peer, rows[i].forwarded, rows[i].trusted, &client))
            http_address_print(&client, text);
        if (strcmp(text, rows[i].client ? rows[i].client : "unknown") != 0)
            fail_msg("%s: got %s", rows[i].story, text);
    }
}

static void address_lists_are_checked(void **unused)
{
    static const struct {
        const char *list;
        int valid;
    } rows[] = {
        { "127.0.0.0/8, ::1", 1 }, { "10.0.0.1", 1 }, { "", 1 }, { "2001:db8::/32", 1 },
        { "10.0.0.0/33", 0 }, { "::/129", 0 }, { "10.0.0.0/", 0 }, { "10.0.0.0/8x", 0 },
        { "localhost", 0 }, { "10.0.0", 0 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (http_address_list_is_valid(rows[i].list) != (rows[i].valid == 1))
            fail_msg("\"%s\" should be %s", rows[i].list, rows[i].valid ? "valid" : "refused");
}

static void an_odd_prefix_length_cuts_inside_a_byte(void **unused)
{
    struct http_address in, out;
    (void)unused;
    assert_int_equal(http_address_parse("172.31.255.1", 12, &in), 0);
    assert_int_equal(http_address_parse("172.32.0.1", 10, &out), 0);
    assert_true(http_address_in_list(&in, "172.16.0.0/12"));
    assert_false(http_address_in_list(&out, "172.16.0.0/12"));
}

static void codings_are_negotiated(void **unused)
{
    static const struct {
        const char *header, *coding;
        int taken;
    } rows[] = {
        { "gzip, deflate, br", "br", 1 }, { "gzip;q=0.5", "gzip", 1 }, { "gzip;q=0", "gzip", 0 },
        { "gzip; q=0.000", "gzip", 0 },   { "gzip;q=0.001", "gzip", 1 }, { "*", "br", 1 },
        { "*;q=0", "br", 0 },             { "br;q=0, *", "br", 0 },  { "GZIP", "gzip", 1 },
        { "", "gzip", 0 },                { NULL, "gzip", 0 },       { "xgzip", "gzip", 0 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (http_accepts_coding(rows[i].header, rows[i].coding) != (rows[i].taken == 1))
            fail_msg("\"%s\" and %s", rows[i].header ? rows[i].header : "-", rows[i].coding);
}

static void tags_match_weakly(void **unused)
{
    (void)unused;
    assert_true(http_etag_matches("\"abc\"", "\"abc\""));
    assert_true(http_etag_matches("\"x\", W/\"abc\"", "\"abc\""));
    assert_true(http_etag_matches("*", "\"abc\""));
    assert_false(http_etag_matches("\"abcd\"", "\"abc\""));
    assert_false(http_etag_matches(NULL, "\"abc\""));
}

static void retry_after_is_read(void **unused)
{
    static const struct {
        const char *text;
        int64_t ms;
    } rows[] = {
        { "0", 0 }, { "7", 7000 }, { "999999999", 86400000 }, { "soon", -1 }, { "-3", -1 },
        { NULL, -1 }, { "Thu, 01 Jan 1970 00:02:00 GMT", 60000 },
        { "Thu, 01 Jan 1970 00:00:30 GMT", 0 }, { "1.5", -1 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (http_retry_after_ms(rows[i].text, 60000) != rows[i].ms)
            fail_msg("\"%s\"", rows[i].text ? rows[i].text : "-");
}

static void header_parts_are_judged(void **unused)
{
    (void)unused;
    assert_true(http_is_header_name("X-Slack-Retry-Num"));
    assert_false(http_is_header_name("X Y"));
    assert_false(http_is_header_name("A:"));
    assert_false(http_is_header_name(""));
    assert_true(http_is_header_value("caf\xc3\xa9; q=1"));
    assert_false(http_is_header_value("a\r\nSet-Cookie: b"));
    assert_true(http_list_has("keep-alive, Upgrade", "upgrade"));
    assert_false(http_list_has("upgraded", "upgrade"));
    assert_int_equal(http_number("123"), 123);
    assert_int_equal(http_number("12a"), -1);
    assert_int_equal(http_number(""), -1);
    assert_int_equal(http_number("9999999999999999999"), -1);
}

static void odd_upgrades_are_seen(void **unused)
{
    static const struct {
        const char *head;
        int odd;
    } rows[] = {
        { "GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n", 0 },
        { "GET / HTTP/1.1\r\nupgrade:\tWebSocket \r\n\r\n", 0 },
        { "GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n", 0 },
        { "GET / HTTP/1.1\r\nUPGRADE: other\r\n\r\n", 1 },
        { "GET / HTTP/1.1\r\nUpgrade: websocket, other\r\n\r\n", 1 },
        { "GET / HTTP/1.1\r\nUpgrade:\r\n\r\n", 1 },
        { "GET / HTTP/1.1\r\nUpgrade-Insecure-Requests: 1\r\n\r\n", 0 },
        { "POST / HTTP/1.1\r\n\r\nUpgrade: other\r\n", 0 },
        { "GET / HTTP/1.1\r\nUpgrade: oth", 0 },
        { "", 0 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (http_head_has_odd_upgrade(rows[i].head, strlen(rows[i].head)) != (rows[i].odd == 1))
            fail_msg("%s", rows[i].head);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_client_is_found_behind_its_proxies),
        cmocka_unit_test(address_lists_are_checked),
        cmocka_unit_test(an_odd_prefix_length_cuts_inside_a_byte),
        cmocka_unit_test(codings_are_negotiated),
        cmocka_unit_test(tags_match_weakly),
        cmocka_unit_test(retry_after_is_read),
        cmocka_unit_test(header_parts_are_judged),
        cmocka_unit_test(odd_upgrades_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
