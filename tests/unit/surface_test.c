/* How chat surfaces are: what counts as a change, what is shown meanwhile, and that no secret is
 * in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "bot/surface.h"

static void nobody_knows_before_the_first_look(void **state)
{
    (void)state;
    struct surfaces s = { 0 };
    assert_false(surface_note(&s, "slack", false, "No connection."));
    assert_int_equal(s.count, 1);
    assert_false(s.rows[0].well);
    assert_string_equal(s.rows[0].text, "Not connected yet.");
    assert_int_equal(surface_next_ms(&s), SURFACE_DOUBT_MS);
    assert_true(surface_note(&s, "slack", true, ""));
    assert_true(s.rows[0].well);
    assert_string_equal(s.rows[0].text, "");
    assert_int_equal(surface_next_ms(&s), SURFACE_LOOK_MS);
}

static void one_bad_look_is_only_a_doubt(void **state)
{
    (void)state;
    struct surfaces s = { 0 };
    surface_note(&s, "slack", true, "");
    assert_false(surface_note(&s, "slack", false, "No connection."));
    assert_true(s.rows[0].well);
    assert_int_equal(surface_next_ms(&s), SURFACE_DOUBT_MS);
    assert_false(surface_note(&s, "slack", true, ""));
    assert_false(surface_note(&s, "slack", false, "No connection."));
    assert_true(surface_note(&s, "slack", false, "No connection."));
    assert_false(s.rows[0].well);
    assert_string_equal(s.rows[0].text, "No connection.");
    assert_int_equal(surface_next_ms(&s), SURFACE_LOOK_MS);
}

static void the_same_trouble_is_no_news_another_is(void **state)
{
    (void)state;
    struct surfaces s = { 0 };
    surface_note(&s, "slack", false, "No connection.");
    assert_true(surface_note(&s, "slack", false, "No connection."));
    assert_false(surface_note(&s, "slack", false, "No connection."));
    assert_true(surface_note(&s, "slack", false, "The token was withdrawn."));
    assert_true(surface_note(&s, "slack", false, "No answer for 9 s."));
    assert_false(surface_note(&s, "slack", false, "No answer for 14 s."));
    assert_string_equal(s.rows[0].text, "No answer for 14 s.");
    assert_true(surface_note(&s, "slack", true, "Connected again."));
    assert_string_equal(s.rows[0].text, "");
    assert_string_equal(s.rows[0].note, "Connected again.");
    assert_false(surface_note(&s, "slack", true, ""));
}

static void numbers_for_machines(void **state)
{
    (void)state;
    struct surfaces s = { 0 };
    surface_note(&s, "slack", true, "");
    surface_note(&s, "teams", false, "No token.");
    surface_note(&s, "teams", false, "No token.");
    assert_int_equal(metric_value(METRIC_SLACK_UP), 1);
    assert_int_equal(metric_value(METRIC_TEAMS_UP), 0);
    assert_int_equal(metric_value(METRIC_SURFACES_DOWN), 1);
    surface_note(&s, "teams", true, "");
    assert_int_equal(metric_value(METRIC_TEAMS_UP), 1);
    assert_int_equal(metric_value(METRIC_SURFACES_DOWN), 0);
}

static void no_secret_and_no_half_character(void **state)
{
    (void)state;
    struct surfaces s = { 0 };
    char text[SURFACE_TEXT * 2] = "refused: xoxb-very-secret ";
    log_secret("xoxb-very-secret");
    while (strlen(text) + 3 < sizeof text)
        strcat(text, "ü");
    surface_note(&s, "slack", false, text);
    surface_note(&s, "slack", false, text);
    assert_null(strstr(s.rows[0].text, "very-secret"));
    assert_non_null(strstr(s.rows[0].text, "refused: [secret] ü"));
    size_t len = strlen(s.rows[0].text);
    assert_true(len >= SURFACE_TEXT - 2);
    assert_string_equal(s.rows[0].text + len - 2, "ü");
}

static void json_of_none_and_some(void **state)
{
    (void)state;
    struct surfaces s = { 0 };
    struct buf b;
    buf_init(&b, 1024);
    struct json_out j = { .buf = &b };
    surface_note(&s, "slack", true, "");
    json_out_object(&j, NULL);
    surface_json(NULL, "none", &j);
    surface_json(&s, "some", &j);
    json_out_object_end(&j);
    assert_string_equal(b.data, "{\"none\":[],\"some\":[{\"name\":\"slack\",\"well\":true,"
                                "\"text\":\"\"}]}");
    buf_clear(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_knows_before_the_first_look),
        cmocka_unit_test(one_bad_look_is_only_a_doubt),
        cmocka_unit_test(the_same_trouble_is_no_news_another_is),
        cmocka_unit_test(numbers_for_machines),
        cmocka_unit_test(no_secret_and_no_half_character),
        cmocka_unit_test(json_of_none_and_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
