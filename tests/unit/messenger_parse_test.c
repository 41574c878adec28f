/* messenger_parse_test.c - which bytes are which frame, and which are refused, and how. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/messenger/parse.h"
#include "bot/base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define CID "\"cid\":\"12345678\""

static void frames_are_judged_by_their_form(void **unused)
{
    static const struct { const char *bytes; enum frame_verdict verdict; } rows[] = {
        { "{\"t\":\"ping\"}", FRAME_GOOD },
        { " \r\n\t{ \"t\" : \"ping\" }\n ", FRAME_GOOD },
        { "{\"t\":\"ping\",\"n\":9007199254740991}", FRAME_GOOD },
        { "{\"t\":\"ping\",\"n\":9007199254740992}", FRAME_BAD },
        { "{\"t\":\"ping\",\"n\":1.0}", FRAME_BAD },
        { "{\"t\":\"ping\",\"n\":1e3}", FRAME_BAD },
        { "{\"t\":\"ping\",\"n\":-1}", FRAME_BAD },
        { "{\"t\":\"ping\",\"n\":null}", FRAME_BAD },
        { "{\"t\":\"ping\",\"n\":99999999999999999999999999}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"x\":[[[[[[[]]]]]]]}", FRAME_GOOD },
        { "{\"t\":\"ping\",\"x\":[[[[[[[[]]]]]]]]}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"x\":\"[[[[[[[[[[[[ \\\" [[[\"}", FRAME_GOOD },
        { "", FRAME_BROKEN },
        { "ping", FRAME_BROKEN },
        { "null", FRAME_BROKEN },
        { "[{\"t\":\"ping\"}]", FRAME_BROKEN },
        { "{\"t\":\"ping\"}x", FRAME_BROKEN },
        { "{\"t\":\"ping\"}{}", FRAME_BROKEN },
        { "\xef\xbb\xbf{\"t\":\"ping\"}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"t\":\"ping\"}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"n\":1,\"\\u006e\":2}", FRAME_BROKEN },
        { "{\"t\":\"attrs\",\"a\":{\"x\":1,\"x\":2}}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"x\":\"\\u0000\"}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"x\\u0000\":1}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"x\":\"\\ud83d\"}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"x\":\"\\ude00\"}", FRAME_BROKEN },
        { "{\"t\":\"ping\",\"x\":\"\xff\"}", FRAME_BROKEN },
        { "{\"n\":1}", FRAME_BROKEN },
        { "{\"t\":1}", FRAME_BROKEN },
        { "{\"t\":null}", FRAME_BROKEN },
        { "{\"t\":\"PING\"}", FRAME_UNKNOWN },
        { "{\"t\":\"\"}", FRAME_UNKNOWN },
        { "{\"t\":\"ack\"}", FRAME_UNKNOWN },

        { "{\"t\":\"hello\",\"v\":1}", FRAME_GOOD },
        { "{\"t\":\"hello\",\"v\":2}", FRAME_VERSION },
        { "{\"t\":\"hello\",\"v\":\"1\"}", FRAME_BAD },
        { "{\"t\":\"hello\"}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"tok\":null}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"rid\":5}", FRAME_GOOD },
        { "{\"t\":\"hello\",\"v\":1,\"page\":\"x\"}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"page\":{\"url\":1}}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"page\":{}}", FRAME_GOOD },
        { "{\"t\":\"hello\",\"v\":1,\"pos\":[[\"a\",0],[\"b\",7]]}", FRAME_GOOD },
        { "{\"t\":\"hello\",\"v\":1,\"pos\":[[\"a\",0],[\"a\",7]]}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"pos\":[[\"a\"]]}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"pos\":[[\"a\",1,2]]}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"pos\":[[\"a b\",1]]}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"pos\":[1]}", FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"pos\":{}}", FRAME_BAD },

        { "{\"t\":\"send\"," CID ",\"text\":\"x\"}", FRAME_GOOD },
        { "{\"t\":\"send\",\"text\":\"x\"}", FRAME_BAD },
        { "{\"t\":\"send\"," CID "}", FRAME_BAD },
        { "{\"t\":\"send\",\"cid\":\"1234567\",\"text\":\"x\"}", FRAME_BAD },
        { "{\"t\":\"send\",\"cid\":\"1234.678\",\"text\":\"x\"}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"\"}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\" \\n\xc2\xa0\"}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"\",\"files\":[\"f_1\"]}", FRAME_GOOD },
        { "{\"t\":\"send\"," CID ",\"text\":\"x\",\"files\":[]}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"x\",\"files\":\"f\"}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"x\",\"files\":[\"f\",\"f\"]}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"x\",\"files\":[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]}",
          FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"x\",\"conv\":\"\"}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"x\",\"conv\":null}", FRAME_BAD },
        { "{\"t\":\"send\"," CID ",\"text\":\"x\",\"conv\":\"4fZk2\"}", FRAME_GOOD },

        { "{\"t\":\"sync\",\"conv\":\"a\",\"after\":0}", FRAME_GOOD },
        { "{\"t\":\"sync\",\"conv\":\"a\",\"after\":0,\"limit\":200}", FRAME_GOOD },
        { "{\"t\":\"sync\",\"conv\":\"a\",\"after\":0,\"limit\":201}", FRAME_BAD },
        { "{\"t\":\"sync\",\"conv\":\"a\",\"after\":0,\"limit\":0}", FRAME_BAD },
        { "{\"t\":\"sync\",\"conv\":\"a\"}", FRAME_BAD },
        { "{\"t\":\"sync\",\"after\":0}", FRAME_BAD },
        { "{\"t\":\"seen\",\"conv\":\"a\",\"seq\":3}", FRAME_GOOD },
        { "{\"t\":\"seen\",\"conv\":\"a\",\"seq\":\"3\"}", FRAME_BAD },
        { "{\"t\":\"typing\"}", FRAME_BAD },
        { "{\"t\":\"who\"}", FRAME_BAD },
        { "{\"t\":\"who\",\"name\":\"Ana\"}", FRAME_GOOD },
        { "{\"t\":\"who\",\"name\":\"Ana\",\"rid\":\"\"}", FRAME_BAD },
        { "{\"t\":\"attrs\",\"a\":{}}", FRAME_GOOD },
        { "{\"t\":\"attrs\",\"a\":{\"plan.x\":\"gold\",\"n\":1.5,\"b\":false}}", FRAME_GOOD },
        { "{\"t\":\"attrs\",\"a\":{\"a b\":1}}", FRAME_BAD },
        { "{\"t\":\"attrs\",\"a\":{\"\":1}}", FRAME_BAD },
        { "{\"t\":\"attrs\",\"a\":{\"a\":null}}", FRAME_BAD },
        { "{\"t\":\"attrs\",\"a\":{\"a\":{}}}", FRAME_BAD },
        { "{\"t\":\"attrs\",\"a\":[]}", FRAME_BAD },
        { "{\"t\":\"human\",\"conv\":\"a\"}", FRAME_GOOD },
        { "{\"t\":\"csat\",\"conv\":\"a\",\"v\":5}", FRAME_GOOD },
        { "{\"t\":\"csat\",\"conv\":\"a\",\"v\":6}", FRAME_BAD },
        { "{\"t\":\"kbvote\",\"id\":\"a1\",\"v\":-1}", FRAME_GOOD },
        { "{\"t\":\"kbvote\",\"id\":\"a1\",\"v\":0}", FRAME_BAD },
        { "{\"t\":\"identify\",\"jwt\":\"x\"}", FRAME_GOOD },
        { "{\"t\":\"identify\",\"jwt\":\"x\",\"code\":\"1\"}", FRAME_BAD },
        { "{\"t\":\"identify\"}", FRAME_BAD },
        { "{\"t\":\"erase\",\"confirm\":\"erase\"}", FRAME_GOOD },
        { "{\"t\":\"erase\",\"confirm\":\"yes\"}", FRAME_BAD },
        { "{\"t\":\"logout\"}", FRAME_GOOD },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct messenger_frame f;
        messenger_parse(rows[i].bytes, strlen(rows[i].bytes), &f);
        if (f.verdict != rows[i].verdict)
            fail_msg("%s is judged %d", rows[i].bytes, (int)f.verdict);
        messenger_frame_clear(&f);
    }
}

static void lengths_count_code_points(void **unused)
{
    static const struct {
        const char *head, *tail;
        size_t fits;
        enum frame_verdict over;
    } rows[] = {
        { "{\"t\":\"send\"," CID ",\"text\":\"", "\"}", 8000, FRAME_TOO_LARGE },
        { "{\"t\":\"who\",\"name\":\"", "\"}", 120, FRAME_BAD },
        { "{\"t\":\"who\",\"email\":\"", "\"}", 254, FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"lang\":\"", "\"}", 35, FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"jwt\":\"", "\"}", 4096, FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"page\":{\"url\":\"", "\"}}", 2048, FRAME_BAD },
        { "{\"t\":\"hello\",\"v\":1,\"page\":{\"title\":\"", "\"}}", 200, FRAME_BAD },
        { "{\"t\":\"attrs\",\"a\":{\"x\":\"", "\"}}", 500, FRAME_BAD },
        { "{\"t\":\"csat\",\"conv\":\"a\",\"v\":1,\"text\":\"", "\"}", 2000, FRAME_BAD },
    };
    static const char *const letters[] = { "x", "\xc3\xbc", "\xf0\x9f\x98\x80" };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(letters) * 2; k++) {
            struct buf b;
            struct messenger_frame f;
            size_t count = rows[i].fits + (k & 1);
            buf_init(&b, 100000);
            buf_text(&b, rows[i].head);
            for (size_t n = 0; n < count; n++)
                buf_text(&b, letters[k / 2]);
            buf_text(&b, rows[i].tail);
            messenger_parse(b.data, b.len, &f);
            if (f.verdict != (k & 1 ? rows[i].over : FRAME_GOOD))
                fail_msg("%s of %zu is judged %d", rows[i].head, count, (int)f.verdict);
            messenger_frame_clear(&f);
            buf_clear(&b);
        }
}

static void a_frame_is_taken_apart(void **unused)
{
    static const char bytes[] = "{\"t\":\"send\",\"cid\":\"b3f1c2d4\",\"conv\":\"4fZk2\",\"x\":{},"
                                "\"text\":\" \\ud83d\\ude00 \\u00e4\\/\\n<b>\"}";
    static const char hello[] = "{\"t\":\"hello\",\"v\":1,\"tok\":\"t\",\"lang\":\"de-CH\","
                                "\"pos\":[[\"a\",7],[\"b\",0]]}";
    static const char attrs[] = "{\"t\":\"attrs\",\"rid\":\"r1\",\"a\":{\"b\":true,\"n\":1}}";
    struct messenger_frame f;
    (void)unused;
    messenger_parse(bytes, sizeof bytes - 1, &f);
    assert_int_equal(f.type, FRAME_SEND);
    assert_string_equal(f.cid, "b3f1c2d4");
    assert_string_equal(f.conv, "4fZk2");
    assert_string_equal(f.text, " \xf0\x9f\x98\x80 \xc3\xa4/\n<b>");
    messenger_frame_clear(&f);
    messenger_parse(hello, sizeof hello - 1, &f);
    assert_string_equal(f.tok, "t");
    assert_string_equal(f.lang, "de-CH");
    assert_int_equal(f.pos_count, 2);
    assert_string_equal(f.pos[0].conv, "a");
    assert_int_equal(f.pos[0].seq, 7);
    messenger_frame_clear(&f);
    messenger_parse(attrs, sizeof attrs - 1, &f);
    assert_string_equal(f.attrs, "{\"b\":true,\"n\":1}");
    messenger_frame_clear(&f);
}

static void a_refused_frame_echoes_the_ids_that_were_valid(void **unused)
{
    static const struct { const char *bytes, *cid, *rid; } rows[] = {
        { "{\"t\":\"send\"," CID ",\"rid\":\"r1\"}", "12345678", "r1" },
        { "{\"t\":\"send\",\"cid\":\"short\",\"rid\":\"r1\",\"text\":\"x\"}", NULL, "r1" },
        { "{\"t\":\"nonsense\"," CID ",\"rid\":\"r 1\"}", "12345678", NULL },
        { "{\"t\":\"who\",\"name\":\"Ana\",\"rid\":7}", NULL, NULL },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct messenger_frame f;
        messenger_parse(rows[i].bytes, strlen(rows[i].bytes), &f);
        assert_true(f.verdict == FRAME_BAD || f.verdict == FRAME_UNKNOWN);
        assert_string_equal(f.cid ? f.cid : "", rows[i].cid ? rows[i].cid : "");
        assert_string_equal(f.rid ? f.rid : "", rows[i].rid ? rows[i].rid : "");
        messenger_frame_clear(&f);
    }
}

static void a_frame_over_64_kib_and_a_raw_nul_are_broken(void **unused)
{
    char *bytes = malloc(FRAME_BYTES_MAX + 1);
    struct messenger_frame f;
    (void)unused;
    assert_non_null(bytes);
    memset(bytes, ' ', FRAME_BYTES_MAX + 1);
    memcpy(bytes, "{\"t\":\"ping\"}", 12);
    messenger_parse(bytes, FRAME_BYTES_MAX, &f);
    assert_int_equal(f.verdict, FRAME_GOOD);
    messenger_frame_clear(&f);
    messenger_parse(bytes, FRAME_BYTES_MAX + 1, &f);
    assert_int_equal(f.verdict, FRAME_BROKEN);
    messenger_frame_clear(&f);
    free(bytes);
    messenger_parse("{\"t\":\"pi\0ng\"}", 13, &f);
    assert_int_equal(f.verdict, FRAME_BROKEN);
    messenger_frame_clear(&f);
}

/* Whatever is cut off or flipped: no crash (the sanitizers watch), and a verdict. */
static void torn_and_flipped_frames_are_judged(void **unused)
{
    static const char good[] = "{\"t\":\"hello\",\"v\":1,\"tok\":\"x\",\"pos\":[[\"a\",1]],"
                               "\"page\":{\"url\":\"\\u00e4\"}}";
    char bytes[sizeof good];
    (void)unused;
    for (size_t len = 0; len < sizeof good - 1; len++) {
        struct messenger_frame f;
        messenger_parse(good, len, &f);
        assert_int_equal(f.verdict, FRAME_BROKEN);
        messenger_frame_clear(&f);
    }
    for (size_t at = 0; at < sizeof good - 1; at++)
        for (int bit = 0; bit < 8; bit++) {
            struct messenger_frame f;
            memcpy(bytes, good, sizeof good);
            bytes[at] = (char)(bytes[at] ^ (1 << bit));
            messenger_parse(bytes, sizeof good - 1, &f);
            assert_in_range(f.verdict, FRAME_GOOD, FRAME_VERSION);
            messenger_frame_clear(&f);
        }
}

static void polls_are_judged_by_their_form(void **unused)
{
#define SID "\"sid\":\"AAAAAAAAAAAAAAAAAAAAAAAA\""
    static const struct { const char *bytes; bool broken; size_t frames; } rows[] = {
        { "{\"frames\":[{\"t\":\"hello\",\"v\":1}]}", false, 1 },
        { "{\"frames\":[{\"t\":\"hello\",\"v\":1},{\"t\":\"nonsense\"}]}", false, 2 },
        { "{\"frames\":[{\"t\":\"hello\"}]}", false, 1 },
        { "{" SID ",\"got\":1,\"wait\":25000,\"frames\":[]}", false, 0 },
        { "{" SID "}", false, 0 },
        { "{}", true, 0 },
        { "[]", true, 0 },
        { "", true, 0 },
        { "{\"frames\":[]}", true, 0 },
        { "{\"frames\":[{\"t\":\"ping\"}]}", true, 0 },
        { "{\"frames\":[1]}", true, 0 },
        { "{" SID ",\"frames\":[{\"n\":1}]}", true, 0 },
        { "{" SID ",\"frames\":{}}", true, 0 },
        { "{" SID ",\"wait\":25001}", true, 0 },
        { "{" SID ",\"wait\":\"1\"}", true, 0 },
        { "{" SID ",\"wait\":-1}", true, 0 },
        { "{" SID ",\"got\":1.5}", true, 0 },
        { "{\"sid\":\"short\",\"frames\":[]}", true, 0 },
        { "{" SID ",\"frames\":[{\"t\":\"ping\",\"x\":[[[[[[[]]]]]]]}]}", false, 1 },
        { "{" SID ",\"frames\":[{\"t\":\"ping\",\"x\":[[[[[[[[]]]]]]]]}]}", true, 0 },
        { "{" SID ",\"frames\":[{\"t\":\"ping\"}]}x", true, 0 },
        { "{" SID ",\"frames\":[{\"t\":\"ping\",\"t\":\"ping\"}]}", true, 0 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct messenger_poll p;
        messenger_parse_poll(rows[i].bytes, strlen(rows[i].bytes), &p);
        if (p.broken != rows[i].broken || (!p.broken && p.count != rows[i].frames))
            fail_msg("%s: broken %d, %zu frames", rows[i].bytes, p.broken, p.count);
        messenger_poll_clear(&p);
    }
}

static void a_poll_takes_sixteen_frames_and_no_large_one(void **unused)
{
    (void)unused;
    for (size_t count = 15; count <= 17; count++) {
        struct buf b;
        struct messenger_poll p;
        buf_init(&b, POLL_BYTES_MAX);
        buf_text(&b, "{" SID ",\"frames\":[");
        for (size_t i = 0; i < count; i++)
            buf_text(&b, i ? ",{\"t\":\"ping\"}" : "{\"t\":\"ping\"}");
        buf_text(&b, "]}");
        messenger_parse_poll(b.data, b.len, &p);
        assert_int_equal(p.broken, count > 16);
        messenger_poll_clear(&p);
        buf_reset(&b);
        buf_text(&b, "{" SID ",\"frames\":[{\"t\":\"ping\",\"x\":\"");
        while (b.len < FRAME_BYTES_MAX + (count > 15 ? 100 : 0))
            buf_char(&b, 'x');
        buf_text(&b, "\"}]}");
        messenger_parse_poll(b.data, b.len, &p);
        assert_int_equal(p.broken, count > 15);
        messenger_poll_clear(&p);
        buf_clear(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_judged_by_their_form),
        cmocka_unit_test(lengths_count_code_points),
        cmocka_unit_test(a_frame_is_taken_apart),
        cmocka_unit_test(a_refused_frame_echoes_the_ids_that_were_valid),
        cmocka_unit_test(a_frame_over_64_kib_and_a_raw_nul_are_broken),
        cmocka_unit_test(torn_and_flipped_frames_are_judged),
        cmocka_unit_test(polls_are_judged_by_their_form),
        cmocka_unit_test(a_poll_takes_sixteen_frames_and_no_large_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
