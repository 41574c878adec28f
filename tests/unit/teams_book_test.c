/* What is remembered of places: learnt once, read back after a restart, and never against the list
 * of allowed hosts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "adapters/teams/book.h"
#include "bot/base/list.h"
#include "tests/unit/engine_rig.h"

#define CHANNEL "teams:19:abc@thread.tacv2"
#define PERSON "teams:7f3c1122-aaaa-4bbb-8ccc-0123456789ab/11111111-2222-4333-8444-555555555555"
#define TENANT "7f3c1122-aaaa-4bbb-8ccc-0123456789ab"
#define URL "https://smba.trafficmanager.net/emea/"

static const char *const host_items[] = { "smba.trafficmanager.net", NULL };
static const struct text_list hosts = { host_items, 1 };

static struct teams_book *book_at(struct rig *r)
{
    engine_flush(r->e);
    return teams_book_open(r->e, &hosts);
}

static int64_t facts_written(struct rig *r)
{
    engine_flush(r->e);
    return rig_int(r, "SELECT count(*) FROM place");
}

static void what_was_learnt_is_there_after_a_restart(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct teams_book *book = book_at(r);
    (void)unused;
    assert_null(teams_book_find(book, CHANNEL));
    teams_book_learn(book, &(struct teams_place){ .place = CHANNEL, .service_url = URL,
        .tenant = TENANT, .team = "19:team@thread.tacv2", .name = "Support \xc3\xbc \"x\"" });
    teams_book_learn(book, &(struct teams_place){ .place = PERSON, .conv = "a:1x" });
    teams_book_free(book);
    book = book_at(r);
    const struct teams_place *p = teams_book_find(book, CHANNEL);
    assert_non_null(p);
    assert_string_equal(p->service_url, URL);
    assert_string_equal(p->tenant, TENANT);
    assert_string_equal(p->team, "19:team@thread.tacv2");
    assert_string_equal(p->name, "Support \xc3\xbc \"x\"");
    assert_null(p->conv);
    assert_null(p->blocked);
    p = teams_book_find(book, PERSON);
    assert_string_equal(p->conv, "a:1x");
    assert_null(p->service_url);
    assert_string_equal(teams_book_service_url(book, TENANT), URL);
    assert_null(teams_book_service_url(book, "another"));
    teams_book_forget(book, CHANNEL);
    teams_book_forget(book, "teams:nowhere");
    assert_null(teams_book_find(book, CHANNEL));
    teams_book_free(book);
    assert_int_equal(facts_written(r), 1);
    rig_close(r);
}

static void nothing_is_lost_by_hearing_less_and_nothing_written_twice(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct teams_book *book = book_at(r);
    struct teams_place heard = { .place = CHANNEL, .service_url = URL, .name = "Support" };
    (void)unused;
    teams_book_learn(book, &heard);
    engine_flush(r->e);
    rig_exec(r, "UPDATE place SET facts = '{\"name\":\"untouched\"}'");
    teams_book_learn(book, &heard);
    teams_book_learn(book, &(struct teams_place){ .place = CHANNEL });
    assert_string_equal(teams_book_find(book, CHANNEL)->name, "Support");
    engine_flush(r->e);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM place WHERE facts LIKE '%untouched%'"), 1);
    teams_book_learn(book, &(struct teams_place){ .place = CHANNEL, .name = "Support 2" });
    engine_flush(r->e);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM place WHERE facts LIKE '%Support 2%'"), 1);
    teams_book_free(book);
    rig_close(r);
}

static void a_host_that_is_not_allowed_is_never_remembered(void **unused)
{
    static const char *const bad[] = { "https://evil.example/", "http://smba.trafficmanager.net/",
        "https://smba.trafficmanager.net.evil.example/", "https://smba.trafficmanager.net:8443/" };
    struct rig *r = rig_open("", rig_no_places);
    struct teams_book *book = book_at(r);
    (void)unused;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        teams_book_learn(book, &(struct teams_place){ .place = CHANNEL, .service_url = bad[i],
                                                      .tenant = TENANT });
        assert_null(teams_book_find(book, CHANNEL)->service_url);
        assert_null(teams_book_service_url(book, TENANT));
    }
    teams_book_learn(book, &(struct teams_place){ .place = CHANNEL, .service_url = URL });
    engine_flush(r->e);
    rig_exec(r, "UPDATE place SET facts = '{\"serviceUrl\":\"https://evil.example/\"}'");
    teams_book_free(book);
    book = book_at(r);
    assert_null(teams_book_find(book, CHANNEL)->service_url);
    teams_book_free(book);
    rig_close(r);
}

static void blocked_until_heard_from_again_also_over_a_restart(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct teams_book *book = book_at(r);
    (void)unused;
    teams_book_learn(book, &(struct teams_place){ .place = PERSON, .conv = "a:1" });
    teams_book_block(book, PERSON, "They blocked the app.");
    teams_book_forget_conv(book, PERSON);
    teams_book_free(book);
    book = book_at(r);
    assert_string_equal(teams_book_find(book, PERSON)->blocked, "They blocked the app.");
    assert_null(teams_book_find(book, PERSON)->conv);
    teams_book_learn(book, &(struct teams_place){ .place = PERSON, .conv = "a:2" });
    assert_null(teams_book_find(book, PERSON)->blocked);
    teams_book_free(book);
    book = book_at(r);
    assert_null(teams_book_find(book, PERSON)->blocked);
    assert_string_equal(teams_book_find(book, PERSON)->conv, "a:2");
    teams_book_free(book);
    rig_close(r);
}

static void odd_facts_do_no_harm(void **unused)
{
    static const char *const odd[] = { "", "no JSON", "[]", "{\"serviceUrl\":5,\"name\":null}",
                                       "{\"name\":{\"a\":1}}" };
    struct rig *r = rig_open("", rig_no_places);
    (void)unused;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "INSERT OR REPLACE INTO place(place, facts) VALUES('%s', '%s')",
                 CHANNEL, odd[i]);
        rig_exec(r, sql);
        struct teams_book *book = book_at(r);
        const struct teams_place *p = teams_book_find(book, CHANNEL);
        assert_true(!p || (!p->service_url && !p->name));
        teams_book_free(book);
    }
    rig_close(r);
}

static void the_url_that_was_heard_last_serves_the_tenant(void **unused)
{
    struct rig *r = rig_open("", rig_no_places);
    struct teams_book *book = book_at(r);
    (void)unused;
    teams_book_learn(book, &(struct teams_place){ .place = CHANNEL, .tenant = TENANT,
        .service_url = "https://smba.trafficmanager.net/old/" });
    teams_book_learn(book, &(struct teams_place){ .place = PERSON, .tenant = TENANT,
                                                  .service_url = URL });
    assert_string_equal(teams_book_service_url(book, TENANT), URL);
    teams_book_learn(book, &(struct teams_place){ .place = CHANNEL });
    assert_string_equal(teams_book_service_url(book, TENANT),
                        "https://smba.trafficmanager.net/old/");
    teams_book_free(book);
    rig_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_learnt_is_there_after_a_restart),
        cmocka_unit_test(nothing_is_lost_by_hearing_less_and_nothing_written_twice),
        cmocka_unit_test(a_host_that_is_not_allowed_is_never_remembered),
        cmocka_unit_test(blocked_until_heard_from_again_also_over_a_restart),
        cmocka_unit_test(odd_facts_do_no_harm),
        cmocka_unit_test(the_url_that_was_heard_last_serves_the_tenant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
