/* Slack's Web API without a network: the table of errors, what answers mean, the pace, and people.
 * The time is an input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/slack/api_method.h"
#include "adapters/slack/look.h"
#include "adapters/slack/people_cache.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define POST "chat.postMessage"
#define DO(word) SLACK_TODO_##word

/* ---- errors ---- */

static void each_error_has_its_way_on(void **unused)
{
    static const struct {
        const char *method, *code;
        enum slack_todo todo;
    } rows[] = {
        { "chat.update", "message_not_found", DO(REPOST) },
        { "chat.delete", "message_not_found", DO(OK) },
        { "chat.update", "cant_update_message", DO(REPOST) },
        { "chat.update", "edit_window_closed", DO(EDIT_CLOSED) },
        { "chat.update", "is_inactive", DO(PLACE_GONE) },
        { POST, "is_archived", DO(PLACE_GONE) },
        { POST, "channel_not_found", DO(PLACE_GONE) },
        { POST, "restricted_action", DO(PLACE_GONE) },
        { POST, "restricted_action_read_only_channel", DO(PLACE_GONE) },
        { POST, "restricted_action_thread_locked", DO(REPOST) },
        { POST, "cannot_reply_to_message", DO(REPOST) },
        { POST, "not_in_channel", DO(JOIN) },
        { POST, "msg_too_long", DO(TOO_BIG) },
        { POST, "msg_blocks_too_long", DO(TOO_BIG) },
        { POST, "invalid_blocks", DO(TOO_BIG) },
        { POST, "invalid_blocks_format", DO(TOO_BIG) },
        { POST, "invalid_metadata_format", DO(FINAL) },
        { POST, "message_limit_exceeded", DO(RATE_LIMITED) },
        { POST, "rate_limited", DO(RATE_LIMITED) },
        { POST, "ratelimited", DO(RATE_LIMITED) },
        { POST, "token_revoked", DO(AUTH) },
        { POST, "invalid_auth", DO(AUTH) },
        { POST, "account_inactive", DO(AUTH) },
        { POST, "not_authed", DO(AUTH) },
        { POST, "token_expired", DO(AUTH) },
        { POST, "org_login_required", DO(AUTH) },
        { POST, "team_access_not_granted", DO(AUTH) },
        { POST, "missing_scope", DO(SCOPE) },
        { POST, "missing_argument", DO(FINAL) },
        { POST, "not_allowed_token_type", DO(SCOPE) },
        { POST, "fatal_error", DO(UNCLEAR) },
        { POST, "internal_error", DO(UNCLEAR) },
        { POST, "service_unavailable", DO(UNCLEAR) },
        { POST, "request_timeout", DO(UNCLEAR) },
        { "views.open", "expired_trigger_id", DO(TRIGGER) },
        { "views.open", "exchanged_trigger_id", DO(TRIGGER) },
        { "views.open", "trigger_expired", DO(TRIGGER) },
        { "views.update", "hash_conflict", DO(STALE_VIEW) },
        { "views.push", "push_limit_reached", DO(STALE_VIEW) },
        { "views.open", "view_too_large", DO(TOO_BIG) },
        { "chat.postEphemeral", "user_not_in_channel", DO(NOT_IN_CHANNEL_USER) },
        { "reactions.add", "already_reacted", DO(OK) },
        { "conversations.join", "already_in_channel", DO(OK) },
        { "conversations.join", "method_not_supported_for_channel_type", DO(PLACE_GONE) },
        { "users.list", "unknown_method", DO(FEATURE_OFF) },
        { "users.list", "method_deprecated", DO(FEATURE_OFF) },
        { "views.publish", "not_enabled", DO(FEATURE_OFF) },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct slack_error *e = slack_error(rows[i].method, rows[i].code);
        if (!e || e->todo != rows[i].todo)
            fail_msg("%s of %s: %s", rows[i].code, rows[i].method,
                     e ? slack_todo_name(e->todo) : "unknown");
    }
    assert_null(slack_error(POST, "never_heard_of"));
    assert_null(slack_error(POST, ""));
}

static void what_people_must_do_is_a_sentence(void **unused)
{
    static const char *const codes[] = { "token_revoked", "missing_scope", "not_in_channel",
                                         "channel_not_found", "edit_window_closed", "is_archived",
                                         "restricted_action", "message_limit_exceeded" };
    (void)unused;
    for (size_t i = 0; i < COUNT(codes); i++) {
        const struct slack_error *e = slack_error(POST, codes[i]);
        assert_non_null(e->advice);
        assert_int_equal(e->advice[strlen(e->advice) - 1], '.');
    }
}

static void answers_are_judged(void **unused)
{
    static const struct {
        const char *story, *method;
        struct slack_outcome outcome;
        enum slack_todo todo;
        const char *error;
        int64_t wait_ms;
    } rows[] = {
        { "done", POST, { HTTP_CLIENT_ANSWERED, 200, 1, NULL, -1 }, DO(OK), "", 0 },
        { "429 says how long", POST, { HTTP_CLIENT_ANSWERED, 429, 0, "ratelimited", 7000 },
          DO(RATE_LIMITED), "ratelimited", 7000 },
        { "429 without a time", POST, { HTTP_CLIENT_ANSWERED, 429, -1, NULL, -1 },
          DO(RATE_LIMITED), "ratelimited", 30000 },
        { "429 in the body", POST, { HTTP_CLIENT_ANSWERED, 200, 0, "ratelimited", -1 },
          DO(RATE_LIMITED), "ratelimited", 30000 },
        { "the plan's limit is a long one", POST,
          { HTTP_CLIENT_ANSWERED, 200, 0, "message_limit_exceeded", -1 }, DO(RATE_LIMITED),
          "message_limit_exceeded", 300000 },
        { "502 may have posted", POST, { HTTP_CLIENT_ANSWERED, 502, -1, NULL, -1 }, DO(UNCLEAR),
          "http_502", 0 },
        { "502 with a body that says so", POST, { HTTP_CLIENT_ANSWERED, 502, 1, NULL, -1 },
          DO(UNCLEAR), "http_502", 0 },
        { "an update can be repeated", "chat.update", { HTTP_CLIENT_ANSWERED, 502, -1, NULL, -1 },
          DO(RETRY), "http_502", 0 },
        { "so can a home tab", "views.publish", { HTTP_CLIENT_TIMEOUT, 0, -1, NULL, -1 },
          DO(RETRY), "timeout", 0 },
        { "a timeout may have posted", POST, { HTTP_CLIENT_TIMEOUT, 0, -1, NULL, -1 },
          DO(UNCLEAR), "timeout", 0 },
        { "cut off may have posted", POST, { HTTP_CLIENT_BROKEN, 0, -1, NULL, -1 }, DO(UNCLEAR),
          "broken", 0 },
        { "not reached has not", POST, { HTTP_CLIENT_UNREACHABLE, 0, -1, NULL, -1 }, DO(RETRY),
          "unreachable", 0 },
        { "refused here", POST, { HTTP_CLIENT_REFUSED, 0, -1, NULL, -1 }, DO(FINAL), "refused",
          0 },
        { "a long answer is an answer", POST, { HTTP_CLIENT_TOO_BIG, 0, -1, NULL, -1 },
          DO(UNCLEAR), "answer_too_big", 0 },
        { "a change that is answered with megabytes is made again", "chat.update",
          { HTTP_CLIENT_TOO_BIG, 0, -1, NULL, -1 }, DO(RETRY), "answer_too_big", 0 },
        { "a list that is too long stays so", "users.list",
          { HTTP_CLIENT_TOO_BIG, 0, -1, NULL, -1 }, DO(FINAL), "answer_too_big", 0 },
        { "200 and no JSON", POST, { HTTP_CLIENT_ANSWERED, 200, -1, NULL, -1 }, DO(UNCLEAR),
          "not_json", 0 },
        { "not ok, and no reason", POST, { HTTP_CLIENT_ANSWERED, 200, 0, NULL, -1 }, DO(UNCLEAR),
          "not_json", 0 },
        { "a redirect is not followed", POST, { HTTP_CLIENT_ANSWERED, 302, -1, NULL, -1 },
          DO(RETRY), "http_302", 0 },
        { "a proxy wants a password", POST, { HTTP_CLIENT_ANSWERED, 407, -1, NULL, -1 },
          DO(RETRY), "http_407", 0 },
        { "a code in a 403 is believed", POST,
          { HTTP_CLIENT_ANSWERED, 403, 0, "invalid_auth", -1 }, DO(AUTH), "invalid_auth", 0 },
        { "repeatable methods need no look", "users.info",
          { HTTP_CLIENT_ANSWERED, 200, 0, "internal_error", -1 }, DO(RETRY), "internal_error", 0 },
        { "nobody knows it", POST, { HTTP_CLIENT_ANSWERED, 200, 0, "brand_new", -1 }, DO(FINAL),
          "brand_new", 0 },
        { "no word for a log", POST, { HTTP_CLIENT_ANSWERED, 200, 0, "x y\n", -1 }, DO(FINAL),
          "odd_error", 0 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct slack_verdict v = slack_judge(rows[i].method, &rows[i].outcome);
        if (v.todo != rows[i].todo || strcmp(v.error, rows[i].error) != 0 ||
            v.retry_after_ms != rows[i].wait_ms)
            fail_msg("%s: %s \"%s\" %d", rows[i].story, slack_todo_name(v.todo), v.error,
                     (int)v.retry_after_ms);
    }
}

static void a_rule_is_logged_without_what_people_wrote(void **unused)
{
    static const struct {
        const char *message, *rule;
    } rows[] = {
        { "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
          "must be less than 3001 characters /blocks/0/text/text" },
        { "[ERROR] invalid value \"my password\" [json-pointer:/blocks/1]",
          "invalid value /blocks/1" },
        { "[ERROR] unsupported type: secret", "unsupported type " },
        { "[ERROR] x [json-pointer:/blocks/0\" level=error]", "x /blocks/0" },
        { "/blocks/2/elements/0", " " },
        { "", " " },
    };
    char out[200], small[8];
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        slack_error_rule(rows[i].message, out, sizeof out);
        assert_string_equal(out, rows[i].rule);
    }
    slack_error_rule(rows[0].message, small, sizeof small);
    assert_string_equal(small, "must be");
}

/* ---- methods and pace ---- */

static void methods_know_what_a_repeat_does(void **unused)
{
    (void)unused;
    assert_false(slack_method(POST)->repeatable);
    assert_false(slack_method("chat.postEphemeral")->repeatable);
    assert_false(slack_method("never.heardOf")->repeatable);
    assert_true(slack_method("chat.update")->repeatable);
    assert_true(slack_method("views.publish")->repeatable);
    assert_true(slack_method("views.open")->urgent);
    assert_true(slack_method("chat.postEphemeral")->urgent);
    assert_false(slack_method("views.publish")->urgent);
    assert_int_equal(slack_method("never.heardOf")->rate.every_ms, 3000);
}

static void a_bucket_gives_its_burst_and_then_its_rate(void **unused)
{
    static const struct pace_rate rate = { 1000, 8 };
    struct pace_row row = { 0 };
    int64_t now = 50000;
    (void)unused;
    for (int i = 0; i < 8; i++) {
        assert_int_equal(pace_wait_ms(&row, rate, now), 0);
        pace_take(&row, rate, now);
    }
    assert_int_equal(pace_wait_ms(&row, rate, now), 1000);
    assert_int_equal(pace_wait_ms(&row, rate, now + 400), 600);
    assert_int_equal(pace_wait_ms(&row, rate, now + 1000), 0);
    pace_take(&row, rate, now + 1000);
    assert_int_equal(pace_wait_ms(&row, rate, now + 1000), 1000);
    assert_int_equal(pace_wait_ms(&row, rate, now + 10000), 0);     /* full again */
    for (int i = 0; i < 8; i++)
        pace_take(&row, rate, now + 60000);
    assert_int_equal(pace_wait_ms(&row, rate, now + 60000), 1000);  /* and no fuller than full */
    assert_int_equal(pace_wait_ms(&row, (struct pace_rate){ 0, 0 }, now), 0);
}

static void what_slack_asks_for_is_kept(void **unused)
{
    struct pace *p = pace_new();
    struct pace_row *row = pace_row(p, pace_key(POST, "C1"));
    (void)unused;
    pace_block(row, 9000);
    pace_block(row, 5000);
    assert_int_equal(pace_blocked_ms(row, 2000), 7000);
    assert_int_equal(pace_blocked_ms(row, 9000), 0);
    assert_int_equal(pace_blocked_ms(pace_row(p, pace_key(POST, "C2")), 2000), 0);
    assert_int_equal(pace_blocked_ms(pace_row(p, pace_key("chat.update", "C1")), 2000), 0);
    /* Thousands of idle channels do not push out the one that is blocked. */
    for (int i = 0; i < 20000; i++) {
        char channel[20];
        snprintf(channel, sizeof channel, "C%d", i + 10);
        pace_take(pace_row(p, pace_key(POST, channel)), (struct pace_rate){ 1, 1 }, 100);
    }
    assert_int_equal(pace_blocked_ms(pace_row(p, pace_key(POST, "C1")), 2000), 7000);
    pace_free(p);
}

static void keys_do_not_run_together(void **unused)
{
    (void)unused;
    assert_true(pace_key("ab", "c") != pace_key("a", "bc"));
    assert_true(pace_key("ab", NULL) != pace_key("a", "b"));
    assert_true(pace_key("ab", NULL) == pace_key("ab", ""));
}

/* ---- people ---- */

static const struct slack_identity us = { .team = "T1", .enterprise = "E1", .user = "U0" };

static struct slack_profile profile(const char *text)
{
    struct slack_profile out;
    json_t *user = json_loads(text, 0, NULL);
    assert_non_null(user);
    if (!slack_profile_parse(user, &us, &out))
        out.user[0] = '\0';
    json_decref(user);
    return out;
}

static void people_are_read(void **unused)
{
    static const struct {
        const char *story, *json, *name, *email, *flags;
    } rows[] = {
        { "whole", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"omar\",\"profile\":{"
          "\"real_name\":\"Omar M\",\"display_name\":\"omi\",\"email\":\"o@example.test\"}}",
          "Omar M", "o@example.test", "" },
        { "only a handle", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"omar\"}", "omar", "", "" },
        { "nothing that can be seen", "{\"id\":\"U1\",\"team_id\":\"T1\",\"profile\":{"
          "\"real_name\":\"\\u202e\\u200b \"}}", "U1", "", "" },
        { "turned round", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"a\\u202eb\\nc\"}", "abc",
          "", "" },
        { "guest", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"g\",\"is_restricted\":true}",
          "g", "", "g" },
        { "guest of one channel", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"g\","
          "\"is_ultra_restricted\":true}", "g", "", "g" },
        { "stranger by his word", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"s\","
          "\"is_stranger\":true}", "s", "", "s" },
        { "stranger by team", "{\"id\":\"U1\",\"team_id\":\"T2\",\"name\":\"s\"}", "s", "", "s" },
        { "of our organisation", "{\"id\":\"W1\",\"team_id\":\"T2\",\"name\":\"w\","
          "\"enterprise_user\":{\"enterprise_id\":\"E1\"}}", "w", "", "" },
        { "of another one", "{\"id\":\"W1\",\"team_id\":\"T2\",\"name\":\"w\","
          "\"enterprise_user\":{\"enterprise_id\":\"E2\"}}", "w", "", "s" },
        { "no team said", "{\"id\":\"U1\",\"name\":\"n\"}", "n", "", "" },
        { "team in the profile", "{\"id\":\"U1\",\"name\":\"n\",\"profile\":{\"team\":\"T2\"}}",
          "n", "", "s" },
        { "stranger without a team", "{\"id\":\"U1\",\"name\":\"n\",\"is_stranger\":true}", "n", "",
          "s" },
        { "other organisation, no team", "{\"id\":\"U1\",\"name\":\"n\","
          "\"enterprise_user\":{\"enterprise_id\":\"E2\"}}", "n", "", "s" },
        { "bot", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"b\",\"is_bot\":true}", "b", "",
          "b" },
        { "Slack's own", "{\"id\":\"USLACKBOT\",\"team_id\":\"T1\",\"name\":\"b\"}", "b", "", "b" },
        { "left", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"d\",\"deleted\":true}", "d", "",
          "d" },
        { "mail not confirmed", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"m\","
          "\"is_email_confirmed\":false,\"profile\":{\"email\":\"m@example.test\"}}", "m", "", "" },
        { "two addresses", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"m\",\"profile\":{"
          "\"email\":\"m@example.test,n@example.test\"}}", "m", "", "" },
        { "flags that are no flags", "{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"f\","
          "\"is_bot\":\"false\",\"deleted\":0}", "f", "", "" },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char flags[8];
        struct slack_profile p = profile(rows[i].json);
        snprintf(flags, sizeof flags, "%s%s%s%s", p.guest ? "g" : "", p.stranger ? "s" : "",
                 p.is_bot ? "b" : "", p.deleted ? "d" : "");
        if (strcmp(p.name, rows[i].name) != 0 || strcmp(p.email, rows[i].email) != 0 ||
            strcmp(flags, rows[i].flags) != 0)
            fail_msg("%s: \"%s\" <%s> %s", rows[i].story, p.name, p.email, flags);
    }
}

static void people_have_a_time_zone(void **unused)
{
    (void)unused;
    assert_string_equal(profile("{\"id\":\"U1\",\"team_id\":\"T1\",\"tz\":\"Europe/Berlin\"}").zone,
                        "Europe/Berlin");
    assert_string_equal(profile("{\"id\":\"U1\",\"team_id\":\"T1\",\"tz\":\"../etc/passwd\"}").zone, "");
    assert_string_equal(profile("{\"id\":\"U1\",\"team_id\":\"T1\"}").zone, "");
}

static void what_is_no_account_is_refused(void **unused)
{
    static const char *const rows[] = {
        "{}", "[]", "{\"id\":\"U1\",\"team_id\":\"T 1\"}", "{\"team_id\":\"T1\"}",
        "{\"id\":1,\"team_id\":\"T1\"}",
        "{\"id\":\"\",\"team_id\":\"T1\"}", "{\"id\":\"U 1\",\"team_id\":\"T1\"}",
        "{\"id\":\"U/../1\",\"team_id\":\"T1\"}",
    };
    struct slack_profile out;
    char text[120];
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (*profile(rows[i]).user)
            fail_msg("taken: %s", rows[i]);
    snprintf(text, sizeof text, "{\"team_id\":\"T1\",\"id\":\"U%063d\"}", 1);
    assert_int_equal(strlen(profile(text).user), 64);
    snprintf(text, sizeof text, "{\"team_id\":\"T1\",\"id\":\"U%064d\"}", 1);
    assert_string_equal(profile(text).user, "");
    assert_false(slack_profile_parse(NULL, &us, &out));
}

static void while_we_do_not_know_our_team_all_are_strangers(void **unused)
{
    struct slack_profile out;
    json_t *user = json_loads("{\"id\":\"U1\",\"team_id\":\"T1\"}", 0, NULL);
    (void)unused;
    assert_true(slack_profile_parse(user, &(struct slack_identity){ .team = "" }, &out));
    assert_true(out.stranger);
    json_decref(user);
}

static void people_are_vouched_for_ten_minutes(void **unused)
{
    struct people_cache *cache = people_cache_new();
    struct slack_profile omar = profile("{\"id\":\"U1\",\"team_id\":\"T1\",\"name\":\"omar\"}");
    (void)unused;
    assert_null(people_cache_find(cache, "U1", 5));
    people_cache_keep(cache, &omar, 5);
    assert_string_equal(people_cache_find(cache, "U1", 5)->name, "omar");
    assert_non_null(people_cache_find(cache, "U1", 5 + 10 * 60000 - 1));
    assert_null(people_cache_find(cache, "U1", 5 + 10 * 60000));
    people_cache_keep(cache, &omar, 5 + 10 * 60000);
    assert_non_null(people_cache_find(cache, "U1", 5 + 10 * 60000));
    people_cache_forget(cache, "U1");
    assert_null(people_cache_find(cache, "U1", 5 + 10 * 60000));
    for (int i = 0; i < 3 * PEOPLE_KEPT; i++) {          /* the newest is there, whoever went */
        snprintf(omar.user, sizeof omar.user, "U%d", i);
        people_cache_keep(cache, &omar, i);
        assert_string_equal(people_cache_find(cache, omar.user, i)->user, omar.user);
    }
    people_cache_free(cache);
}

static void who_is_never_listened_to(void **unused)
{
    (void)unused;
    assert_null(slack_people_refusal(&(struct slack_profile){ .name = "omar" }));
    assert_non_null(slack_people_refusal(&(struct slack_profile){ .guest = true }));
    assert_non_null(slack_people_refusal(&(struct slack_profile){ .stranger = true }));
    assert_non_null(slack_people_refusal(&(struct slack_profile){ .deleted = true }));
    assert_non_null(slack_people_refusal(&(struct slack_profile){ .is_bot = true }));
}

static void metadata_holds_the_effect(void **unused)
{
    char text[SLACK_METADATA_SIZE];
    (void)unused;
    slack_metadata(INT64_MAX, INT64_MIN, text);
    assert_string_equal(text, "{\"event_type\":\"deskhand\",\"event_payload\":"
                              "{\"effect\":9223372036854775807,"
                              "\"made\":-9223372036854775808}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_error_has_its_way_on),
        cmocka_unit_test(what_people_must_do_is_a_sentence),
        cmocka_unit_test(answers_are_judged),
        cmocka_unit_test(a_rule_is_logged_without_what_people_wrote),
        cmocka_unit_test(methods_know_what_a_repeat_does),
        cmocka_unit_test(a_bucket_gives_its_burst_and_then_its_rate),
        cmocka_unit_test(what_slack_asks_for_is_kept),
        cmocka_unit_test(keys_do_not_run_together),
        cmocka_unit_test(people_are_read),
        cmocka_unit_test(people_have_a_time_zone),
        cmocka_unit_test(what_is_no_account_is_refused),
        cmocka_unit_test(while_we_do_not_know_our_team_all_are_strangers),
        cmocka_unit_test(people_are_vouched_for_ten_minutes),
        cmocka_unit_test(who_is_never_listened_to),
        cmocka_unit_test(metadata_holds_the_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
