/* What an answer of the Connector means, how fast it is called, how a path is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/teams/bucket.h"
#include "adapters/teams/connector.h"
#include "adapters/teams/pace.h"
#include "bot/base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- the table of answers ---- */

static void each_answer_has_its_way_on(void **unused)
{
    static const struct {
        const char *story;
        int status;
        const char *code, *sub_code;
        bool repeatable;
        enum teams_todo todo;
        const char *error;
    } rows[] = {
        { "sent", 201, NULL, NULL, false, TEAMS_TODO_OK, "" },
        { "changed", 200, NULL, NULL, true, TEAMS_TODO_OK, "" },
        { "typing", 202, NULL, NULL, false, TEAMS_TODO_OK, "" },
        { "our mistake", 400, "BadArgument", NULL, false, TEAMS_TODO_FINAL, "400 BadArgument" },
        { "our mistake", 400, "BadSyntax", NULL, true, TEAMS_TODO_FINAL, "400 BadSyntax" },
        { "too big in old words", 400, "MessageSizeTooBig", NULL, false, TEAMS_TODO_TOO_BIG,
          "400 MessageSizeTooBig" },
        { "token", 401, "BotNotRegistered", NULL, false, TEAMS_TODO_TOKEN, "401 BotNotRegistered" },
        { "token", 401, NULL, NULL, true, TEAMS_TODO_TOKEN, "401" },
        { "admin", 403, "BotDisabledByAdmin", NULL, false, TEAMS_TODO_BLOCKED,
          "403 BotDisabledByAdmin" },
        { "user", 403, "ConversationBlockedByUser", NULL, false, TEAMS_TODO_BLOCKED,
          "403 ConversationBlockedByUser" },
        { "user, in old words", 403, NULL, "MessageWritesBlocked", false, TEAMS_TODO_BLOCKED,
          "403 MessageWritesBlocked" },
        { "rights", 403, "NotEnoughPermissions", NULL, false, TEAMS_TODO_BLOCKED,
          "403 NotEnoughPermissions" },
        { "not installed", 403, "BotNotInConversationRoster", NULL, false,
          TEAMS_TODO_NOT_INSTALLED, "403 BotNotInConversationRoster" },
        { "other host", 403, "InvalidBotApiHost", NULL, false, TEAMS_TODO_WRONG_HOST,
          "403 InvalidBotApiHost" },
        { "unknown 403", 403, "SomethingNew", NULL, false, TEAMS_TODO_BLOCKED,
          "403 SomethingNew" },
        { "no place", 404, "ConversationNotFound", NULL, false, TEAMS_TODO_GONE,
          "404 ConversationNotFound" },
        { "no card", 404, "ActivityNotFoundInConversation", NULL, true, TEAMS_TODO_GONE,
          "404 ActivityNotFoundInConversation" },
        { "edits", 412, "PreconditionFailed", NULL, true, TEAMS_TODO_WAIT,
          "412 PreconditionFailed" },
        { "edits of a send", 412, NULL, NULL, false, TEAMS_TODO_WAIT, "412" },
        { "too big", 413, "MessageSizeTooBig", NULL, false, TEAMS_TODO_TOO_BIG,
          "413 MessageSizeTooBig" },
        { "throttled", 429, "Throttled", NULL, false, TEAMS_TODO_WAIT, "429 Throttled" },
        { "send and 500", 500, "ServiceError", NULL, false, TEAMS_TODO_UNCLEAR,
          "500 ServiceError" },
        { "send and 502", 502, NULL, NULL, false, TEAMS_TODO_UNCLEAR, "502" },
        { "send and 503", 503, NULL, NULL, false, TEAMS_TODO_UNCLEAR, "503" },
        { "send and 504", 504, NULL, NULL, false, TEAMS_TODO_UNCLEAR, "504" },
        { "update and 500", 500, NULL, NULL, true, TEAMS_TODO_LATER, "500" },
        { "update and 504", 504, NULL, NULL, true, TEAMS_TODO_LATER, "504" },
        { "send and 408", 408, NULL, NULL, false, TEAMS_TODO_UNCLEAR, "408" },
        { "redirect", 307, NULL, NULL, false, TEAMS_TODO_LATER, "307" },
        { "redirect", 302, NULL, NULL, true, TEAMS_TODO_LATER, "302" },
        { "unknown 4xx", 418, NULL, NULL, false, TEAMS_TODO_FINAL, "418" },
        { "a code that is no word", 404, "x\ny=\"z\"", NULL, false, TEAMS_TODO_GONE, "404" },
        { "an endless code", 404, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
          NULL, false, TEAMS_TODO_GONE, "404" },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct teams_judgement j = teams_judge(&(struct teams_outcome){
            .result = HTTP_CLIENT_ANSWERED, .status = rows[i].status, .code = rows[i].code,
            .sub_code = rows[i].sub_code, .repeatable = rows[i].repeatable,
            .retry_after_ms = -1 });
        if (j.todo != rows[i].todo || strcmp(j.error, rows[i].error))
            fail_msg("%s (%d): %s, %s", rows[i].story, rows[i].status, teams_todo_name(j.todo),
                     j.error);
    }
}

static void what_people_must_do_is_a_sentence(void **unused)
{
    static const struct { int status; const char *code, *word; bool shared; } rows[] = {
        { 401, NULL, "TEAMS_APP_ID", false }, { 403, "BotDisabledByAdmin", "admin centre", false },
        { 403, "ConversationBlockedByUser", "blocked", false }, { 400, NULL, "report", false },
        { 403, "BotNotInConversationRoster", "not installed", false }, { 307, NULL, "proxy", false },
        { 403, "InvalidBotApiHost", "TEAMS_SERVICE_HOSTS", false },
        { 403, "MessageWritesBlocked", "person has blocked", false },
        { 403, "MessageWritesBlocked", "this channel", true },
        { 403, "ConversationBlockedByUser", "this channel", true },
        { 403, "BotDisabledByAdmin", "admin centre", true },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct teams_judgement j = teams_judge(&(struct teams_outcome){
            .result = HTTP_CLIENT_ANSWERED, .status = rows[i].status, .code = rows[i].code,
            .shared = rows[i].shared, .retry_after_ms = -1 });
        if (!j.advice || !strstr(j.advice, rows[i].word) || j.advice[strlen(j.advice) - 1] != '.')
            fail_msg("%d %s: %s", rows[i].status, rows[i].code ? rows[i].code : "",
                     j.advice ? j.advice : "no advice");
    }
}

static void what_the_network_did_is_judged(void **unused)
{
    static const struct { enum http_client_result result; enum teams_todo post, put; } rows[] = {
        { HTTP_CLIENT_UNREACHABLE, TEAMS_TODO_LATER, TEAMS_TODO_LATER },
        { HTTP_CLIENT_TIMEOUT, TEAMS_TODO_UNCLEAR, TEAMS_TODO_LATER },
        { HTTP_CLIENT_BROKEN, TEAMS_TODO_UNCLEAR, TEAMS_TODO_LATER },
        { HTTP_CLIENT_TOO_BIG, TEAMS_TODO_UNCLEAR, TEAMS_TODO_LATER },
        { HTTP_CLIENT_REFUSED, TEAMS_TODO_WRONG_HOST, TEAMS_TODO_WRONG_HOST },
        { HTTP_CLIENT_CANCELLED, TEAMS_TODO_CLOSED, TEAMS_TODO_CLOSED },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct teams_outcome o = { .result = rows[i].result, .retry_after_ms = -1 };
        assert_int_equal(teams_judge(&o).todo, rows[i].post);
        o.repeatable = true;
        assert_int_equal(teams_judge(&o).todo, rows[i].put);
        assert_true(*teams_judge(&o).error);
    }
}

static void waits_are_what_was_asked_for_up_to_two_minutes(void **unused)
{
    static const struct { int status; int64_t asked_ms, wait_ms; } rows[] = {
        { 429, 3000, 3000 }, { 429, 0, 0 }, { 429, 120000, 120000 }, { 429, 3600000, 120000 },
        { 503, 45000, 45000 }, { 404, 9000, 0 }, { 403, 9000, 0 },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct teams_outcome o = { .result = HTTP_CLIENT_ANSWERED, .status = rows[i].status,
                                   .retry_after_ms = rows[i].asked_ms };
        assert_int_equal(teams_judge(&o).wait_ms, rows[i].wait_ms);
    }
    struct teams_outcome silent = { .result = HTTP_CLIENT_ANSWERED, .status = 429,
                                    .retry_after_ms = -1 };
    assert_true(teams_judge(&silent).wait_ms >= 1000);
    silent.status = 412;
    assert_true(teams_judge(&silent).wait_ms >= 1000);
}

/* ---- buckets ---- */

static int taken_within(struct bucket *b, int64_t from_ms, int64_t span_ms, int64_t step_ms)
{
    int n = 0;
    for (int64_t t = from_ms; t < from_ms + span_ms; t += step_ms)
        while (bucket_wait_ms(b, t) == 0) {
            bucket_take(b, t);
            n++;
        }
    return n;
}

/* Whoever sends as fast as the bucket lets stays below each published limit, wherever the window
 * begins. */
static void no_window_passes_a_published_limit(void **unused)
{
    enum { HOUR_MS = 3600 * 1000, SENDS = 8000 };
    static const struct { int64_t span_ms; int limit; } limits[] = {
        { 1000, 7 }, { 2000, 8 }, { 30000, 60 }, { HOUR_MS, 1800 } };
    static int64_t at[SENDS];
    struct buckets *all = buckets_new();
    struct bucket *b = bucket_of(all, BUCKET_SEND, "19:a@thread.tacv2");
    int n = 0;
    (void)unused;
    for (int64_t t = 5000; t < 5000 + 2 * (int64_t)HOUR_MS && n < SENDS;) {
        int64_t wait = bucket_wait_ms(b, t);
        t += wait;
        if (wait)
            continue;
        bucket_take(b, t);
        at[n++] = t;
    }
    assert_true(n > 3000 && n < SENDS);
    for (size_t w = 0; w < COUNT(limits); w++)
        for (int i = limits[w].limit; i < n; i++)
            if (at[i] - at[i - limits[w].limit] < limits[w].span_ms)
                fail_msg("%d sends within %lld ms", limits[w].limit + 1,
                         (long long)(at[i] - at[i - limits[w].limit]));
    buckets_free(all);
}

static void a_bucket_gives_its_burst_and_comes_back(void **unused)
{
    struct buckets *all = buckets_new();
    struct bucket *b = bucket_of(all, BUCKET_SEND, "a");
    (void)unused;
    assert_int_equal(taken_within(b, 1000000, 1, 1), 5);
    assert_int_equal(bucket_wait_ms(b, 1000000), 1000);
    assert_int_equal(bucket_wait_ms(b, 1000400), 600);
    assert_int_equal(taken_within(b, 1001000, 1, 1), 2);      /* seven in two seconds */
    assert_int_equal(taken_within(b, 1100000, 1, 1), 5);
    assert_int_equal(taken_within(bucket_of(all, BUCKET_ROSTER, "a"), 1100000, 1, 1), 10);
    assert_int_equal(taken_within(bucket_of(all, BUCKET_TENANT, ""), 1100000, 1, 1), 30);
    assert_int_equal(taken_within(bucket_of(all, BUCKET_SEND, "b"), 1100000, 1, 1), 5);
    buckets_free(all);
}

static void what_the_service_asks_for_is_kept(void **unused)
{
    struct buckets *all = buckets_new();
    struct bucket *b = bucket_of(all, BUCKET_SEND, "a");
    (void)unused;
    bucket_block(b, 5000);
    bucket_block(b, 3000);
    assert_int_equal(bucket_wait_ms(b, 1000), 4000);
    assert_int_equal(bucket_wait_ms(b, 5000), 0);
    for (int i = 0; i < 1000; i++) {
        char name[16];
        snprintf(name, sizeof name, "n%d", i);
        bucket_take(bucket_of(all, BUCKET_SEND, name), 100);
    }
    assert_int_equal(bucket_wait_ms(bucket_of(all, BUCKET_SEND, "a"), 1000), 4000);
    buckets_free(all);
}

static int64_t wait_of(struct buckets *all, const char *name, int i, int64_t now_ms)
{
    char full[24];
    snprintf(full, sizeof full, "%s%d", name, i);
    return bucket_wait_ms(bucket_of(all, BUCKET_SEND, full), now_ms);
}

/* More places than are remembered: one that was forgotten is taken for full, not for empty. */
static void who_was_forgotten_may_have_been_full(void **unused)
{
    struct buckets *all = buckets_new();
    (void)unused;
    for (int i = 0; i < 3000; i++) {
        char name[24];
        snprintf(name, sizeof name, "n%d", i);
        struct bucket *b = bucket_of(all, BUCKET_SEND, name);
        assert_true(i >= 1000 || bucket_wait_ms(b, 1000000 + i) == 0);
        bucket_take(b, 1000000 + i);
    }
    assert_in_range(wait_of(all, "n", 0, 1003000), 25000, 30000);
    assert_int_equal(wait_of(all, "other", 0, 1040000), 0);
    buckets_free(all);
}

static void a_card_is_updated_once_in_two_seconds(void **unused)
{
    static struct teams_pace pace;
    (void)unused;
    assert_int_equal(teams_pace_ms(&pace, "teams:a", "1", 10000), 0);
    assert_int_equal(teams_pace_ms(&pace, "teams:a", "1", 10500), 1500);
    assert_int_equal(teams_pace_ms(&pace, "teams:a", "2", 10500), 0);
    assert_int_equal(teams_pace_ms(&pace, "teams:b", "1", 10500), 0);
    assert_int_equal(teams_pace_ms(&pace, "teams:a", "1", 12000), 0);
    assert_int_equal(teams_pace_ms(&pace, "teams:a", "1", 12001), 1999);
    teams_pace_went(&pace, "teams:a", "1", 13000);       /* it had to wait before it went */
    assert_int_equal(teams_pace_ms(&pace, "teams:a", "1", 14500), 500);
    teams_pace_went(&pace, "teams:a", "1", 12000);
    for (int i = 0; i < TEAMS_PACE_CARDS - 1; i++) {
        char id[16];
        snprintf(id, sizeof id, "n%d", i);
        assert_int_equal(teams_pace_ms(&pace, "teams:a", id, 11000), 0);
    }
    assert_int_equal(teams_pace_ms(&pace, "teams:a", "1", 12002), 1998);
}

/* ---- paths ---- */

static void ids_are_written_as_the_official_clients_do(void **unused)
{
    static const struct { const char *id, *path; } rows[] = {
        { "19:abc@thread.tacv2;messageid=148", "19%3Aabc%40thread.tacv2%3Bmessageid%3D148" },
        { "a:1-_x", "a%3A1-_x" }, { "../../evil", "..%2F..%2Fevil" },
        { "a b%?#", "a%20b%25%3F%23" },
        { "29:1~!*'()", "29%3A1~!*'()" }, { "\xc3\xa9", "%C3%A9" },
    };
    (void)unused;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf path;
        buf_init(&path, 1024);
        teams_path_segment(&path, rows[i].id);
        assert_string_equal(path.data, rows[i].path);
        buf_clear(&path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_answer_has_its_way_on),
        cmocka_unit_test(what_people_must_do_is_a_sentence),
        cmocka_unit_test(what_the_network_did_is_judged),
        cmocka_unit_test(waits_are_what_was_asked_for_up_to_two_minutes),
        cmocka_unit_test(no_window_passes_a_published_limit),
        cmocka_unit_test(a_bucket_gives_its_burst_and_comes_back),
        cmocka_unit_test(what_the_service_asks_for_is_kept),
        cmocka_unit_test(who_was_forgotten_may_have_been_full),
        cmocka_unit_test(a_card_is_updated_once_in_two_seconds),
        cmocka_unit_test(ids_are_written_as_the_official_clients_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
