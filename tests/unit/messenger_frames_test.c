/* messenger_frames_test.c - the server's frames byte for byte, and the windows that limit
 * clients. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "adapters/messenger/frames.h"
#include "adapters/messenger/limits.h"
#include "adapters/messenger/parse.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void is(struct buf *b, const char *expected)
{
    assert_string_equal(b->data, expected);
    buf_reset(b);
}

static void small_frames_look_as_written(void **unused)
{
    struct buf b;
    (void)unused;
    buf_init(&b, FRAME_BYTES_MAX);
    frame_ok(&b, "r1", "who");
    is(&b, "{\"t\":\"ok\",\"rid\":\"r1\",\"for\":\"who\"}");
    frame_ok(&b, "", "who");
    is(&b, "{\"t\":\"ok\",\"for\":\"who\"}");
    frame_ack(&b, "12345678", "c", 20, 1767225601000);
    is(&b, "{\"t\":\"ack\",\"cid\":\"12345678\",\"conv\":\"c\",\"seq\":20,\"ts\":1767225601000}");
    frame_pong(&b, false, 7);
    is(&b, "{\"t\":\"pong\"}");
    frame_pong(&b, true, 0);
    is(&b, "{\"t\":\"pong\",\"n\":0}");
    frame_synced(&b, "c", 7, true, false);
    is(&b, "{\"t\":\"synced\",\"conv\":\"c\",\"seq\":7,\"more\":true}");
    frame_synced(&b, "c", 7, false, true);
    is(&b, "{\"t\":\"synced\",\"conv\":\"c\",\"seq\":7,\"more\":false,\"reset\":true}");
    frame_seen(&b, "c", 7, true);
    is(&b, "{\"t\":\"seen\",\"conv\":\"c\",\"seq\":7,\"by\":\"desk\"}");
    frame_typing(&b, "c", "Sara");
    is(&b, "{\"t\":\"typing\",\"conv\":\"c\",\"who\":\"Sara\"}");
    frame_err(&b, ERR_RATE_LIMITED, "12345678", NULL, NULL, 4200);
    is(&b, "{\"t\":\"err\",\"code\":\"rate_limited\",\"cid\":\"12345678\",\"retry_ms\":4200,"
           "\"text\":\"Too many messages. Try again later.\"}");
    frame_err(&b, ERR_NOT_FOUND, NULL, "r1", "c", 0);
    is(&b, "{\"t\":\"err\",\"code\":\"not_found\",\"rid\":\"r1\",\"conv\":\"c\","
           "\"text\":\"There is no such conversation.\"}");
    buf_clear(&b);
}

static void entries_show_what_a_requester_may_see(void **unused)
{
    struct buf b;
    struct entry own = { .seq = 1, .ts_ms = 5, .author = AUTHOR_CONTACT, .name = "Ana",
                         .text = "<b>\xc3\xa4", .cid = "12345678" };
    struct entry answer = { .seq = 2, .ts_ms = 6, .author = AUTHOR_ASSISTANT, .name = "Bot",
                            .text = "See", .cid = "12345678",
                            .cites = { { "Printers", "https://a.example/p" }, { "Other", NULL } },
                            .cite_count = 2, .choices = { "Yes", "No" }, .choice_count = 2 };
    struct entry state = { .seq = 3, .ts_ms = 7, .kind = ENTRY_CONV, .subject = "Printer",
                           .status = TICKET_WAITING_CUSTOMER, .handler = HANDLER_HUMAN,
                           .assignee = "Sara" };
    (void)unused;
    buf_init(&b, FRAME_BYTES_MAX);
    frame_entry(&b, "c", &own);
    is(&b, "{\"t\":\"msg\",\"conv\":\"c\",\"seq\":1,\"ts\":5,\"from\":\"me\",\"cid\":\"12345678\","
           "\"text\":\"\\u003cb>\xc3\xa4\"}");
    frame_entry(&b, "c", &answer);
    is(&b, "{\"t\":\"msg\",\"conv\":\"c\",\"seq\":2,\"ts\":6,\"from\":\"assistant\","
           "\"name\":\"Bot\",\"text\":\"See\","
           "\"cites\":[{\"title\":\"Printers\",\"url\":\"https://a.example/p\"},"
           "{\"title\":\"Other\"}],\"choices\":[\"Yes\",\"No\"]}");
    frame_entry(&b, "c", &state);
    is(&b, "{\"t\":\"conv\",\"conv\":\"c\",\"seq\":3,\"ts\":7,\"status\":\"waiting_customer\","
           "\"handler\":\"human\",\"subject\":\"Printer\",\"assignee\":\"Sara\"}");
    state.assignee = NULL;
    state.subject = NULL;
    frame_entry(&b, "c", &state);
    is(&b, "{\"t\":\"conv\",\"conv\":\"c\",\"seq\":3,\"ts\":7,\"status\":\"waiting_customer\","
           "\"handler\":\"human\",\"subject\":\"\"}");
    answer.name = NULL;
    frame_entry(&b, "c", &answer);
    assert_non_null(strstr(b.data, "\"name\":\"Assistant\""));
    buf_clear(&b);
}

/* The longest text of the most expensive letters still fits into one frame. */
static void the_longest_texts_fit(void **unused)
{
    static const char *const letters[] = { "\x01", "<", "\xf0\x9f\x98\x80", "\xe2\x80\xa8", "\"" };
    (void)unused;
    for (size_t i = 0; i < COUNT(letters); i++) {
        struct buf text, b;
        buf_init(&text, 100000);
        buf_init(&b, FRAME_BYTES_MAX);
        for (int k = 0; k < FRAME_TEXT_MAX; k++)
            buf_text(&text, letters[i]);
        struct entry e = { .seq = 1, .author = AUTHOR_CONTACT, .cid = "12345678",
                           .text = text.data };
        frame_entry(&b, "conv", &e);
        assert_false(b.failed);
        if (letters[i][0] & 0x80)
            assert_null(strstr(b.data, "\\u"));
        json_t *root = json_loadb(b.data, b.len, 0, NULL);
        assert_string_equal(json_string_value(json_object_get(root, "text")), text.data);
        json_decref(root);
        buf_clear(&text);
        buf_clear(&b);
    }
}

static struct conv_head *heads_of(struct arena *a, size_t count, const char *letter)
{
    struct conv_head *heads = arena_alloc(a, count * sizeof *heads);
    char *text = arena_alloc(a, 4 * 400 + 1);
    for (int i = 0; i < 400; i++)
        strcat(text, letter);
    for (size_t i = 0; i < count; i++)
        heads[i] = (struct conv_head){ .ticket_id = (int64_t)i + 1, .head = 9, .seen = 2, .read = 1,
                                       .unread = 3, .ts_ms = 5, .subject = text, .last = text,
                                       .conv = arena_print(a, "c%zu", i) };
    return heads;
}

static void welcome_lists_what_fits(void **unused)
{
    static const struct { const char *letter; size_t count, at_least; } rows[] = {
        { "x", 50, 50 }, { "x", 60, 50 }, { "\xf0\x9f\x98\x80", 50, 40 }, { "\x01", 50, 20 },
    };
    struct config_limits limits = { .sends_burst = { 5, 10000 },
                                    .sends_sustained = { 60, 600000 }, .sockets_per_contact = 10 };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct buf b;
        struct session_view view = { .heads = heads_of(&a, rows[i].count, rows[i].letter),
                                     .head_count = rows[i].count, .name = "Ana" };
        struct welcome w = { .tok = "dh1.x", .now_ms = 1, .view = &view, .limits = &limits,
                             .away = "Away", .away_until_ms = 99 };
        buf_init(&b, 300000);
        frame_welcome(&b, &w);
        assert_true(b.len <= FRAME_BYTES_MAX);
        json_t *root = json_loadb(b.data, b.len, JSON_REJECT_DUPLICATES, NULL);
        json_t *convs = json_object_get(root, "convs"), *first = json_array_get(convs, 0);
        assert_in_range(json_array_size(convs), rows[i].at_least, 50);
        assert_string_equal(json_string_value(json_object_get(first, "conv")), "c0");
        assert_true(json_string_length(json_object_get(first, "last"))
                    == 120 * strlen(rows[i].letter));
        assert_true(json_string_length(json_object_get(first, "subject"))
                    == 200 * strlen(rows[i].letter));
        assert_int_equal(json_array_size(json_object_get(root, "features")), 0);
        assert_int_equal(json_integer_value(json_object_get(json_object_get(root, "away"),
                                                            "until")), 99);
        json_decref(root);
        buf_clear(&b);
        arena_clear(&a);
    }
}

static void a_window_lets_through_what_the_limit_says(void **unused)
{
    struct config_rate rate = { 5, 10000 };
    (void)unused;
    for (int64_t start = 1000000; start < 1000700; start += 13) {
        struct window w = { 0 };
        for (int i = 0; i < 5; i++) {
            assert_int_equal(window_wait_ms(&w, rate, start + i), 0);
            window_add(&w, rate, start + i);
        }
        int64_t wait = window_wait_ms(&w, rate, start + 5);
        assert_in_range(wait, 9000, 10000);
        assert_true(window_wait_ms(&w, rate, start + 5 + wait - 1) > 0);
        assert_int_equal(window_wait_ms(&w, rate, start + 5 + wait), 0);
        assert_int_equal(window_count(&w, rate, start + 10004), 0);
    }
}

/* Nobody who keeps to the limit is ever refused, whatever the rhythm. */
static void who_keeps_to_the_limit_is_never_refused(void **unused)
{
    struct config_rate rate = { 5, 10000 };
    int64_t sent[2000];
    size_t count = 0;
    struct window w = { 0 };
    uint32_t dice = 7;
    (void)unused;
    for (int64_t now = 1000000; count < COUNT(sent); now += (dice >> 16) % 3000) {
        dice = dice * 1664525u + 1013904223u;
        if (count >= 5 && now - sent[count - 5] < 10000)
            continue;
        assert_int_equal(window_wait_ms(&w, rate, now), 0);
        window_add(&w, rate, now);
        sent[count++] = now;
    }
}

static void a_refund_opens_the_window_again(void **unused)
{
    struct config_rate rate = { 2, 1000 };
    struct window w = { 0 };
    (void)unused;
    window_add(&w, rate, 5000);
    window_add(&w, rate, 5100);
    assert_true(window_wait_ms(&w, rate, 5200) > 0);
    window_refund(&w, rate, 5000, 5200);
    assert_int_equal(window_wait_ms(&w, rate, 5200), 0);
    window_refund(&w, rate, 5100, 9000);
    assert_int_equal(window_count(&w, rate, 9000), 0);
    window_add(&w, rate, 9000);
    assert_int_equal(window_count(&w, rate, 8900), 1);
}

static void meters_are_bounded_and_forget_the_oldest(void **unused)
{
    struct meters *m = meters_new(8);
    (void)unused;
    meters_get(m, 1, 10)->held = 1;
    meters_get(m, 2, 11)->window.counts[0] = 9;
    for (uint64_t key = 3; key <= 8; key++)
        meters_get(m, key, 12);
    assert_int_equal(meters_get(m, 2, 13)->window.counts[0], 9);
    meters_get(m, 9, 14);
    assert_int_equal(meters_get(m, 2, 15)->window.counts[0], 9);
    assert_int_equal(meters_get(m, 1, 15)->held, 1);
    for (uint64_t key = 1; key <= 8; key++)
        if (meters_get(m, key + 100, 20))
            meters_get(m, key + 100, 20)->held = 1;
    assert_int_equal(meters_get(m, 1, 21)->held, 1);
    assert_null(meters_get(m, 999, 21));
    meters_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_frames_look_as_written),
        cmocka_unit_test(entries_show_what_a_requester_may_see),
        cmocka_unit_test(the_longest_texts_fit),
        cmocka_unit_test(welcome_lists_what_fits),
        cmocka_unit_test(a_window_lets_through_what_the_limit_says),
        cmocka_unit_test(who_keeps_to_the_limit_is_never_refused),
        cmocka_unit_test(a_refund_opens_the_window_again),
        cmocka_unit_test(meters_are_bounded_and_forget_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
