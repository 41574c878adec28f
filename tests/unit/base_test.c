/* base_test.c - memory, JSON output, hashes, metrics and the log. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "bot/base/buf.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void an_arena_gives_zeroed_aligned_pieces(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    for (size_t size = 1; size < 9000; size = size * 2 + 1) {
        char *piece = arena_alloc(&a, size);
        assert_int_equal((uintptr_t)piece % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(piece[i], 0);
        memset(piece, 0xaa, size);
    }
    assert_string_equal(arena_copy(&a, "printer"), "printer");
    assert_string_equal(arena_copy_n(&a, "printer", 5), "print");
    assert_null(arena_copy(&a, NULL));
    assert_string_equal(arena_print(&a, "#%d %s", 7, "fire"), "#7 fire");
    arena_clear(&a);
    assert_null(a.head);
    arena_clear(&a);
}

static void a_buffer_fails_softly_at_its_maximum(void **unused)
{
    (void)unused;
    struct buf b;
    buf_init(&b, 10);
    assert_int_equal(buf_text(&b, "12345"), 0);
    assert_int_equal(buf_print(&b, "%d", 6789), 0);
    assert_int_equal(buf_text(&b, "xy"), -1);
    assert_string_equal(b.data, "123456789");
    assert_true(b.failed);
    assert_int_equal(buf_char(&b, 'x'), -1);     /* a hole in the middle would be a lie */
    buf_reset(&b);
    assert_int_equal(buf_add(&b, "1234567890", 10), 0);
    assert_int_equal(b.len, 10);
    assert_int_equal(buf_print(&b, "%s", ""), 0);
    assert_int_equal(buf_char(&b, 'x'), -1);
    buf_clear(&b);
    assert_null(b.data);
    assert_int_equal(buf_add(&b, NULL, 0), 0);
    assert_null(buf_room(&b, SIZE_MAX));
    buf_clear(&b);
}

static void json_is_escaped_for_a_script_too(void **unused)
{
    (void)unused;
    static const struct { const char *text, *json; } rows[] = {
        { "plain", "\"plain\"" },
        { "", "\"\"" },
        { "say \"hi\" \\ \n\r\t", "\"say \\\"hi\\\" \\\\ \\n\\r\\t\"" },
        { "\x01\x1f\x7f", "\"\\u0001\\u001f\\u007f\"" },
        { "</script>", "\"\\u003c/script>\"" },
        { "a\u2028b\u2029c", "\"a\\u2028b\\u2029c\"" },
        { "Zürich €", "\"Zürich €\"" },
        { "\xe2\x80", "\"\xe2\x80\"" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf b;
        buf_init(&b, 1000);
        struct json_out j = { .buf = &b };
        json_out_text(&j, NULL, rows[i].text);
        assert_string_equal(b.data, rows[i].json);
        buf_clear(&b);
    }
}

static void json_commas_fall_into_place(void **unused)
{
    (void)unused;
    struct buf b;
    buf_init(&b, 1000);
    struct json_out j = { .buf = &b };
    json_out_object(&j, NULL);
    json_out_int(&j, "min", INT64_MIN);
    json_out_array(&j, "list");
    json_out_array_end(&j);
    json_out_array(&j, "more");
    json_out_object(&j, NULL);
    json_out_object_end(&j);
    json_out_bool(&j, NULL, true);
    json_out_null(&j, NULL);
    json_out_array_end(&j);
    json_out_text(&j, "none", NULL);
    json_out_text_n(&j, "cut", "abc", 2);
    json_out_raw(&j, "raw", "[1]");
    json_out_bool(&j, "q\"", false);
    json_out_object_end(&j);
    assert_string_equal(b.data, "{\"min\":-9223372036854775808,\"list\":[],\"more\":[{},true,null],"
                                "\"none\":null,\"cut\":\"ab\",\"raw\":[1],\"q\\\"\":false}");
    buf_clear(&b);
}

static void hashes_match_the_published_vectors(void **unused)
{
    (void)unused;
    unsigned char out[HASH_BYTES];
    char hex[HASH_HEX];
    hash_sha256("abc", 3, out);
    hash_hex(out, sizeof out, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_sha256(NULL, 0, out);
    hash_hex(out, sizeof out, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_true(hash_equal("same", "same", 4));
    assert_false(hash_equal("same", "samf", 4));
    assert_true(hash_equal(NULL, NULL, 0));
}

static void base64url_has_no_padding(void **unused)
{
    (void)unused;
    static const struct { const char *bytes, *text; } rows[] = {
        { "", "" }, { "f", "Zg" }, { "fo", "Zm8" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg" },
        { "\xff\xfe\xfd", "__79" }, { "\xfb\xff", "-_8" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char out[16];
        hash_base64url(rows[i].bytes, strlen(rows[i].bytes), out);
        assert_string_equal(out, rows[i].text);
    }
    unsigned char a[32] = { 0 }, b[32] = { 0 };
    hash_random(a, sizeof a);
    hash_random(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void metrics_print_as_prometheus_text(void **unused)
{
    (void)unused;
    metric_add(METRIC_COMMITS, 2);
    metric_add(METRIC_COMMITS, 1);
    metric_set(METRIC_SOCKETS, 7);
    metric_observe_us(METRIC_COMMIT_US, 50);
    metric_observe_us(METRIC_COMMIT_US, 51);
    metric_observe_us(METRIC_COMMIT_US, -5);
    metric_observe_us(METRIC_COMMIT_US, 11 * 1000 * 1000);
    assert_int_equal(metric_value(METRIC_COMMITS), 3);
    assert_int_equal(metric_value(METRIC_SOCKETS), 7);
    assert_int_equal(metric_value(METRIC_COMMIT_US), 4);
    struct buf b;
    buf_init(&b, 64 * 1024);
    metric_print(&b);
    static const char *const parts[] = {
        "# TYPE deskhand_commits_total counter\ndeskhand_commits_total 3\n",
        "# TYPE deskhand_sockets gauge\ndeskhand_sockets 7\n",
        "# TYPE deskhand_commit_seconds histogram\n",
        "deskhand_commit_seconds_bucket{le=\"0.00005\"} 2\n",
        "deskhand_commit_seconds_bucket{le=\"0.0001\"} 3\n",
        "deskhand_commit_seconds_bucket{le=\"10\"} 3\n",
        "deskhand_commit_seconds_bucket{le=\"+Inf\"} 4\n",
        "deskhand_commit_seconds_sum 11.000101\ndeskhand_commit_seconds_count 4\n",
    };
    for (size_t i = 0; i < COUNT(parts); i++)
        if (!strstr(b.data, parts[i]))
            fail_msg("not printed: %s", parts[i]);
    buf_clear(&b);
}

/* Standard error goes into a file while a test logs. */
struct capture {
    FILE *file;
    int saved;
    char text[32 * 1024];
};

static void capture_begin(struct capture *c)
{
    c->file = tmpfile();
    assert_non_null(c->file);
    c->saved = dup(STDERR_FILENO);
    assert_true(c->saved >= 0);
    assert_true(dup2(fileno(c->file), STDERR_FILENO) >= 0);
}

static void capture_end(struct capture *c)
{
    log_flush();
    assert_true(dup2(c->saved, STDERR_FILENO) >= 0);
    close(c->saved);
    rewind(c->file);
    c->text[fread(c->text, 1, sizeof c->text - 1, c->file)] = '\0';
    fclose(c->file);
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;
    while ((text = strstr(text, part)))
        text++, count++;
    return count;
}

static void a_log_line_is_one_line(void **unused)
{
    (void)unused;
    struct capture c;
    capture_begin(&c);
    log_debug("not shown", NULL);
    log_info("engine started", "id=%d", 5);
    log_warn("odd input", "value=\"%s\"", "a\nlevel=error\x1b[2J");
    capture_end(&c);
    assert_int_equal(count_of(c.text, "\n"), 2);
    assert_int_equal(strncmp(c.text, "time=20", 7), 0);
    assert_non_null(strstr(c.text, "Z level=info event=\"engine started\" id=5\n"));
    assert_non_null(strstr(c.text, "level=warn event=\"odd input\" value=\"a level=error [2J\"\n"));
}

static void repeated_lines_are_counted(void **unused)
{
    (void)unused;
    struct capture c;
    capture_begin(&c);
    for (int i = 0; i < 5; i++)
        log_info("store busy", NULL);
    log_info("store ready", NULL);
    log_info("store ready", NULL);
    capture_end(&c);
    assert_int_equal(count_of(c.text, "store busy"), 2);
    assert_int_equal(count_of(c.text, "event=\"store busy\" repeated=4\n"), 1);
    assert_int_equal(count_of(c.text, "event=\"store ready\" repeated=1\n"), 1);
    assert_int_equal(count_of(c.text, "\n"), 4);
}

static void secrets_never_reach_the_log(void **unused)
{
    (void)unused;
    struct capture c;
    char most[8 * 1024];
    log_secret("hunter2hunter2");
    log_secret("hunter2hunter2-and-more");
    log_secret("hunter2hunter2");
    log_secret("abc");          /* too short to be looked for */
    log_secret(NULL);
    capture_begin(&c);
    log_info("mail failed", "url=smtp://x:%s@mail abc", "hunter2hunter2");
    log_info("mail failed", "both=%s%s", "hunter2hunter2-and-more", "hunter2hunter2");
    memset(most, 'x', sizeof most);
    memcpy(most + 3960, "hunter2hunter2-and-more", 23);
    most[sizeof most - 1] = '\0';
    log_info("cut", "%s", most);
    capture_end(&c);
    assert_null(strstr(c.text, "hunter2"));
    assert_null(strstr(c.text, "and-more"));
    assert_non_null(strstr(c.text, "url=smtp://x:[secret]@mail abc\n"));
    assert_non_null(strstr(c.text, "both=[secret][secret]\n"));
}

static void a_long_line_is_cut_between_characters(void **unused)
{
    (void)unused;
    struct capture c;
    char most[8 * 1024];
    for (size_t i = 0; i + 3 < sizeof most; i += 3)
        memcpy(most + i, "€", 4);
    capture_begin(&c);
    log_info("cut", "%s", most);
    log_info("cutt", "%s", most);
    log_info("cuttt", "%s", most);
    capture_end(&c);
    assert_int_equal(count_of(c.text, "€\n"), 3);
    assert_true(strlen(c.text) < 3 * 4100);
}

enum { THREADS = 4, ROUNDS = 200 };

static void *count_and_log(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        metric_add(METRIC_COMMANDS, 1);
        metric_observe_us(METRIC_ACK_US, i);
        log_info("thread ran", "round=%d", i);
    }
    return unused;
}

static void threads_share_the_log_and_the_metrics(void **unused)
{
    (void)unused;
    struct capture c;
    pthread_t thread[THREADS];
    capture_begin(&c);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, count_and_log, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);
    capture_end(&c);
    assert_int_equal(metric_value(METRIC_COMMANDS), THREADS * ROUNDS);
    assert_int_equal(metric_value(METRIC_ACK_US), THREADS * ROUNDS);
    /* Every line that fits into the capture is whole. */
    size_t lines = count_of(c.text, "\n");
    assert_true(lines > 100);
    assert_true(count_of(c.text, "time=") - lines <= 1);
    assert_true(count_of(c.text, "level=info event=\"thread ran\" round=") - lines <= 1);
}

static void the_steady_clock_does_not_go_back(void **unused)
{
    (void)unused;
    int64_t before = clock_steady_us();
    assert_true(clock_steady_us() >= before);
    assert_true(clock_now_ms() > INT64_C(1700000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_arena_gives_zeroed_aligned_pieces),
        cmocka_unit_test(a_buffer_fails_softly_at_its_maximum),
        cmocka_unit_test(json_is_escaped_for_a_script_too),
        cmocka_unit_test(json_commas_fall_into_place),
        cmocka_unit_test(hashes_match_the_published_vectors),
        cmocka_unit_test(base64url_has_no_padding),
        cmocka_unit_test(metrics_print_as_prometheus_text),
        cmocka_unit_test(a_log_line_is_one_line),
        cmocka_unit_test(repeated_lines_are_counted),
        cmocka_unit_test(secrets_never_reach_the_log),
        cmocka_unit_test(a_long_line_is_cut_between_characters),
        cmocka_unit_test(threads_share_the_log_and_the_metrics),
        cmocka_unit_test(the_steady_clock_does_not_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
