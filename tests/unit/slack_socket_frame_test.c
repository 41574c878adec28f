/* What Slack says about connections: hello and disconnect, answers to apps.connections.open, and the
 * addresses that may be dialled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/slack/socket_frame.h"

static struct slack_frame parse(const char *text)
{
    struct slack_frame f;
    slack_frame_parse(text, strlen(text), &f);
    return f;
}

static void test_frames(void **state)
{
    (void)state;
    struct slack_frame f = parse("{\"type\":\"hello\",\"num_connections\":2,\"debug_info\":"
                                 "{\"approximate_connection_time\":18060}}");
    assert_int_equal(f.kind, SLACK_FRAME_HELLO);
    assert_int_equal(f.num_connections, 2);
    assert_int_equal(f.lifetime_ms, 18060000);
    assert_int_equal(parse("{\"type\":\"hello\"}").lifetime_ms, 0);
    assert_int_equal(parse("{\"type\":\"hello\",\"num_connections\":-4}").num_connections, 0);
    static const struct { const char *text; enum slack_reason reason; } reasons[] = {
        { "warning", SLACK_REASON_WARNING }, { "refresh_requested", SLACK_REASON_REFRESH },
        { "link_disabled", SLACK_REASON_LINK_DISABLED },
        { "too_many_websockets", SLACK_REASON_TOO_MANY }, { "moon", SLACK_REASON_UNKNOWN },
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        char text[100];
        snprintf(text, sizeof text, "{\"type\":\"disconnect\",\"reason\":\"%s\"}", reasons[i].text);
        assert_int_equal(parse(text).kind, SLACK_FRAME_DISCONNECT);
        assert_int_equal(parse(text).reason, reasons[i].reason);
    }
    assert_int_equal(parse("{\"type\":\"disconnect\"}").reason, SLACK_REASON_UNKNOWN);
    assert_int_equal(parse("{\"type\":\"events_api\",\"envelope_id\":\"1\"}").kind,
                     SLACK_FRAME_OTHER);
    assert_int_equal(parse("{\"text\":\"hello\",\"type\":\"x\"}").kind, SLACK_FRAME_OTHER);
    static const char *const garbage[] = { "", " ", "{", "hello", "UNAUTHENTICATED: cache_error",
                                           "[\"hello\"]", "{\"hello\"}", "null",
                                           "{\"disconnect\"" };
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++)
        assert_int_equal(parse(garbage[i]).kind, SLACK_FRAME_GARBAGE);
}

static const char slack_api[] = "https://slack.com/api/", local_api[] = "http://127.0.0.1:9/api/";

static void test_addresses(void **state)
{
    static const char *const good[] = {
        "wss://wss-primary.slack.com/link/?ticket=1", "wss://wss.slack.com:443/x",
        "wss://slack.com", "WSS://WSS-Backup.Slack.COM/", "wss://a.slack-gov.com/?t=1",
    }, *const bad[] = {
        "", "ws://wss.slack.com/", "https://wss.slack.com/", "wss://slack.com.evil.example/",
        "wss://evilslack.com/", "wss://user@wss.slack.com/", "wss://wss.slack.com@evil.example/",
        "wss://evil.example/?wss.slack.com", "wss://evil.example#.slack.com", "wss:///slack.com",
        "wss://wss.slack.com:8443/", "wss://wss.slack.com:4433/", "wss://wss.slack.com:/",
        "wss://evil.example\\.slack.com/", "wss://evil.example%2f.slack.com/", "wss://[::1]/",
        "ws://127.0.0.1:1/", "wss://localhost/", "wss://.", "wss://wss.slack.com/a\r\nb",
        "wss://evil.example .slack.com/",
    }, *const local[] = {
        "ws://127.0.0.1:4711/link/?ticket=1", "ws://[::1]:80/", "wss://localhost:1/",
        "ws://localhost",
    };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(slack_url_allowed(good[i], slack_api));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(slack_url_allowed(bad[i], slack_api));
    for (size_t i = 0; i < sizeof local / sizeof *local; i++)
        assert_true(slack_url_allowed(local[i], local_api));
    assert_false(slack_url_allowed("ws://192.0.2.1/", local_api));
    assert_false(slack_url_allowed("wss://evil.example/", local_api));
}

static struct slack_open open_of(int status, const char *body)
{
    struct slack_open open;
    slack_open_parse(status, body, strlen(body), slack_api, &open);
    return open;
}

static void test_answers(void **state)
{
    (void)state;
    struct slack_open o = open_of(200, "{\"ok\":true,\"url\":\"wss://wss.slack.com/?ticket=t\"}");
    assert_int_equal(o.result, SLACK_OPEN_URL);
    assert_string_equal(o.url, "wss://wss.slack.com/?ticket=t");
    static const char *const finals[] = {
        "not_authed", "invalid_auth", "account_inactive", "user_removed_from_team",
        "team_disabled", "not_allowed_token_type", "token_revoked", "missing_scope",
        "forbidden_team",
    };
    for (size_t i = 0; i < sizeof finals / sizeof *finals; i++) {
        char body[100];
        snprintf(body, sizeof body, "{\"ok\":false,\"error\":\"%s\"}", finals[i]);
        o = open_of(200, body);
        assert_int_equal(o.result, SLACK_OPEN_FINAL);
        assert_string_equal(o.error, finals[i]);
    }
    assert_int_equal(open_of(200, "{\"ok\":false,\"error\":\"ratelimited\"}").result,
                     SLACK_OPEN_LIMITED);
    assert_int_equal(open_of(429, "").result, SLACK_OPEN_LIMITED);
    o = open_of(503, "<html>");
    assert_int_equal(o.result, SLACK_OPEN_RETRY);
    assert_string_equal(o.error, "http_503");
    static const char *const odd[] = { "", "[]", "{}", "{\"ok\":true}", "{\"ok\":1,\"url\":\"x\"}",
                                       "{\"ok\":true,\"url\":\"wss://evil.example/\"}",
                                       "{\"ok\":false,\"error\":\"fatal_error\"}" };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(open_of(200, odd[i]).result, SLACK_OPEN_RETRY);
    assert_string_equal(open_of(200, "{\"ok\":false,\"error\":\"\"}").error, "no_reason");
    o = open_of(200, "{\"ok\":false,\"error\":\"a \\\"b\\\"\\n%s\"}");
    assert_string_equal(o.error, "a__b___s");
}

static void test_response_urls(void **state)
{
    static const char slack[] = "https://slack.com/api/", near[] = "http://127.0.0.1:4000/api/";
    static const struct { const char *url, *api; bool fits; } rows[] = {
        { "https://hooks.slack.com/actions/T1/2/x", slack, true },
        { "https://hooks.slack.com/commands/T1/2/x", near, true },
        { "https://hooks.slack-gov.com/actions/T1", slack, true },
        { "https://hooks.slack.com.evil.test/actions", slack, false },
        { "http://hooks.slack.com/actions", slack, false },
        { "http://127.0.0.1:4000/response", near, true },
        { "http://localhost:4001/response/1", near, true },
        { "http://[::1]:4001/response", near, true },
        { "http://localhost:4001/response", slack, false },
        { "http://127.0.0.1@evil.test/response", near, false },
        { "http://192.168.0.1/response", near, false },
        { "http://127.0.0.1:4000/a b", near, false },
        { "https://slack.proxy.test/x", "https://slack.proxy.test/api/", true },
        { "https://slack.proxy.test.evil/x", "https://slack.proxy.test/api/", false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (slack_answer_url_allowed(rows[i].url, rows[i].api) != rows[i].fits)
            fail_msg("%s with %s", rows[i].url, rows[i].api);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_response_urls),
        cmocka_unit_test(test_frames),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
