/* teams_activity_test.c - what people do in Teams, and what it asks of the desk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/teams/intent.h"
#include "adapters/teams/repeat.h"
#include "adapters/teams/strangers.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define T "'serviceUrl':'https://s.example/','channelId':'msteams',"
#define BOT "'recipient':{'id':'28:b'},"
#define FROM(id, aad) "'from':{'id':'" id "','aadObjectId':'" aad "'},"
#define SAM FROM("29:sam", "AAD0-1")
#define AT(type, conv) \
    "'conversation':{'id':'" conv "','conversationType':'" type "','tenantId':'ABC'},"
#define THREAD AT("channel", "19:c@thread.tacv2;messageid=10")
#define OWN AT("personal", "a:1")
#define ROOT AT("channel", "19:c@thread.tacv2;messageid=20")
#define ACTIVITY(type, where, more) "{'type':'" type "','id':'20'," T BOT SAM where more "}"
#define SAID(where, text) ACTIVITY("message", where, "'text':'" text "'")
#define CALLED(where, text)                                                                       \
    ACTIVITY("message", where, "'text':'<at>Desk</at> " text "','entities':[{'type':'mention',"  \
             "'text':'<at>Desk</at>','mentioned':{'id':'28:b'}}]")
#define INVOKE(name, value)                                                                       \
    ACTIVITY("invoke", THREAD, "'replyToId':'9','name':'" name "','value':" value)
#define EXECUTE(data) INVOKE("adaptiveCard/action", "{'action':{'verb':'x','data':" data "}}")
#define FETCH(data) INVOKE("task/fetch", "{'data':" data "}")
#define SUBMIT(data) INVOKE("task/submit", "{'data':" data "}")
#define D(members) "{'_d':{" members "}}"

static struct arena arena;
static struct teams_input in;
static struct teams_intent intent;

static bool read(const char *text)
{
    char *body = arena_copy(&arena, text);
    for (char *c = body; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    return teams_activity_read(body, strlen(body), &arena, &in);
}

static void hear_as(const char *text, bool replies)
{
    if (!read(text))
        fail_msg("not read: %s", text);
    teams_intent_read(&in, replies, &arena, &intent);
}

static void hear(const char *text) { hear_as(text, false); }

static int clear(void **unused)
{
    (void)unused;
    arena_clear(&arena);
    return 0;
}

/* ---- reading ---- */

static void bodies_that_are_none_are_refused(void **unused)
{
    (void)unused;
    static const char *const rows[] = {
        "", "x", "[]", "null", "'x'", "{'a':1", "{'a':1,'a':2}", "{} x", "{'a':'\\u0000'}",
        "{'a':'\\ud800'}",
        "{'a':[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}",
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (read(rows[i]))
            fail_msg("read: %s", rows[i]);
    assert_false(teams_activity_read("{\"a\":\"x\0\"}", 10, &arena, &in));
    assert_false(teams_activity_read("{}\0", 3, &arena, &in));
    assert_true(read("{}"));
    assert_null(in.type);
}

static void facts_keep_what_was_there(void **unused)
{
    (void)unused;
    assert_true(read("{'type':'message','serviceUrl':5,'conversation':{'tenantId':null},"
                     "'channelData':{'tenant':{'id':'T'}}}"));
    assert_non_null(in.facts.service_url.bytes);
    assert_int_equal(in.facts.service_url.len, 0);
    assert_null(in.facts.channel_id.bytes);
    assert_null(in.facts.conversation_tenant.bytes);
    assert_string_equal(in.facts.channel_data_tenant.bytes, "T");
    assert_true(read("{'type':'message','channelData':{'tenant':'T'}}"));
    assert_non_null(in.facts.channel_data_tenant.bytes);
    assert_int_equal(in.facts.channel_data_tenant.len, 0);
}

static void who_and_where(void **unused)
{
    (void)unused;
    hear(SAID(THREAD, "hi"));
    assert_string_equal(in.conv, "19:c@thread.tacv2;messageid=10");
    assert_string_equal(in.channel, "19:c@thread.tacv2");
    assert_string_equal(in.root, "10");
    assert_string_equal(in.aad, "aad0-1");
    assert_string_equal(in.tenant, "ABC");
    assert_int_equal(in.conv_kind, TEAMS_CONV_CHANNEL);
    hear("{'type':'message'," T FROM("29:x", "AAD_Sara.1") OWN "'text':'x'}");
    assert_string_equal(in.aad, "aad_sara.1");
    static const char *const none[] = { "not one word", "a/b", "\xc3\xa4",
        "a1234567890123456789012345678901234567890123456789012345678901234" };
    for (size_t i = 0; i < COUNT(none); i++) {
        char text[400];
        snprintf(text, sizeof text, "{'type':'message'," T FROM("29:x", "%s") OWN "'text':'x'}",
                 none[i]);
        hear(text);
        assert_null(in.aad);
    }
    hear("{'type':'message','conversation':{'id':'a b'}}");
    assert_null(in.conv);
    hear("{'type':'message','conversation':{'id':';messageid=1'}}");
    assert_null(in.conv);
    assert_null(in.channel);
    hear("{'type':'message','conversation':{'id':'19:x@thread.v2'}}");
    assert_int_equal(in.conv_kind, TEAMS_CONV_GROUP);
}

static void words_without_the_call(void **unused)
{
    (void)unused;
    hear(CALLED(THREAD, "well done"));
    assert_string_equal(in.text, "well done");
    assert_true(in.mentions_us);
    hear(ACTIVITY("message", OWN, "'text':'\xc2\xa0 hi <at>Jo Doe</at>\xc2\xa0','entities':[{"
         "'type':'mention','text':'<at>Jo Doe</at>','mentioned':{'id':'29:jo'}}]"));
    assert_string_equal(in.text, "hi @Jo Doe");
    assert_false(in.mentions_us);
    hear(SAID(OWN, "<at>Desk</at> mine"));       /* typed by hand: no entity, no call */
    assert_false(in.mentions_us);
}

static void keys_are_of_one_activity(void **unused)
{
    (void)unused;
    hear(SAID(OWN, "a"));
    const char *key = in.key;
    hear(SAID(OWN, "b"));
    assert_string_equal(in.key, key);            /* the same id: a repeat */
    hear(ACTIVITY("messageUpdate", OWN, "'text':'b'"));
    assert_string_not_equal(in.key, key);
    key = in.key;
    hear(ACTIVITY("messageUpdate", OWN, "'text':'c'"));
    assert_string_not_equal(in.key, key);
    hear("{'type':'message'}");
    assert_null(in.key);
}

static void a_click_means_the_same_with_another_id(void **unused)
{
    (void)unused;
    hear(EXECUTE(D("'a':'claim','t':1,'k':'c1'")));
    const char *meaning = in.meaning, *key = in.key;
    hear("{'type':'invoke','id':'21'," T BOT SAM THREAD "'replyToId':'9',"
         "'name':'adaptiveCard/action',"
         "'value':{'action':{'data':{'_d':{'a':'claim','t':1,'k':'c1'}}}}}");
    assert_string_equal(in.meaning, meaning);
    assert_string_not_equal(in.key, key);
    static const char *const others[] = {
        EXECUTE(D("'a':'claim','t':1,'k':'c2'")), EXECUTE(D("'a':'claim','t':2,'k':'c1'")),
        EXECUTE(D("'a':'release','t':1,'k':'c1'")),
        EXECUTE("{'_d':{'a':'claim','t':1,'k':'c1'},'text':'x'}"),
    };
    for (size_t i = 0; i < COUNT(others); i++) {
        hear(others[i]);
        assert_string_not_equal(in.meaning, meaning);
    }
}

/* ---- intents ---- */

static void typed_lines(void **unused)
{
    (void)unused;
    static const struct {
        const char *body; bool replies; enum teams_intent_kind kind; enum command_kind command;
        const char *text;
    } rows[] = {
        { SAID(THREAD, "hi"), false, TEAMS_INTENT_ACT, COMMAND_NOTE, "hi" },
        { SAID(THREAD, "hi"), true, TEAMS_INTENT_ACT, COMMAND_REPLY, "hi" },
        { SAID(THREAD, "// in"), true, TEAMS_INTENT_ACT, COMMAND_NOTE, "in" },
        { SAID(THREAD, "//"), true, TEAMS_INTENT_NOTHING, COMMAND_HEARD, NULL },
        { CALLED(THREAD, "well done"), false, TEAMS_INTENT_ACT, COMMAND_NOTE, "well done" },
        { CALLED(THREAD, "mine"), false, TEAMS_INTENT_WORDS, COMMAND_HEARD, NULL },
        { SAID(ROOT, "hi"), false, TEAMS_INTENT_NOTHING, COMMAND_HEARD, NULL },
        { CALLED(ROOT, "printer"), false, TEAMS_INTENT_WORDS, COMMAND_HEARD, NULL },
        { SAID(OWN, "mine"), false, TEAMS_INTENT_WORDS, COMMAND_HEARD, NULL },
        { SAID(THREAD, ""), false, TEAMS_INTENT_NOTHING, COMMAND_HEARD, NULL },
        { ACTIVITY("message", THREAD, "'attachments':[{'contentType':'image/png'}]"), false,
          TEAMS_INTENT_NOT_CARRIED, COMMAND_HEARD, NULL },
        { ACTIVITY("message", THREAD, "'attachments':[{'contentType':'text/html'}]"), false,
          TEAMS_INTENT_NOTHING, COMMAND_HEARD, NULL },
        { ACTIVITY("messageUpdate", THREAD, "'text':'new'"), false, TEAMS_INTENT_ACT,
          COMMAND_EDIT_SAID, "new" },
        { ACTIVITY("messageUpdate", OWN, "'text':'new'"), false, TEAMS_INTENT_NOTHING,
          COMMAND_HEARD, NULL },
        { ACTIVITY("messageDelete", THREAD, "'text':''"), false, TEAMS_INTENT_ACT, COMMAND_UNSAY,
          NULL },
        { "{'type':'message','id':'20'," T BOT FROM("28:b", "1") THREAD "'text':'x'}", false,
          TEAMS_INTENT_NOTHING, COMMAND_HEARD, NULL },
        { ACTIVITY("messageReaction", THREAD, "'text':'x'"), false, TEAMS_INTENT_NOTHING,
          COMMAND_HEARD, NULL },
        { ACTIVITY("event", OWN, "'text':'x'"), false, TEAMS_INTENT_NOTHING, COMMAND_HEARD, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear_as(rows[i].body, rows[i].replies);
        const struct command *c = &intent.command;
        if (intent.kind != rows[i].kind || c->kind != rows[i].command
                || (rows[i].text ? !c->text || strcmp(c->text, rows[i].text) != 0
                                 : c->text != NULL))
            fail_msg("row %zu: %d, %s, %s", i, intent.kind, command_word(c->kind), c->text);
    }
}

static void a_note_says_where_it_stands(void **unused)
{
    (void)unused;
    hear(SAID(THREAD, "hi"));
    const struct command *c = &intent.command;
    assert_int_equal(c->actor, ACTOR_TECHNICIAN);
    assert_int_equal(c->actor_id, 0);
    assert_string_equal(c->place, "teams:19:c@thread.tacv2");
    assert_string_equal(c->thread, "10");
    assert_string_equal(c->remote, "20");
    assert_string_equal(c->person, "teams:ABC/aad0-1");
    assert_string_equal(c->source, "teams");
    assert_string_equal(c->source_id, in.key);
    assert_ptr_equal(c->raw, in.raw);
}

static void too_long_for_a_note(void **unused)
{
    (void)unused;
    char text[8002];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    hear(arena_print(&arena, ACTIVITY("message", THREAD, "'text':'%s'"), text));
    assert_int_equal(intent.kind, TEAMS_INTENT_TOO_LONG);
    text[8000] = '\0';
    hear(arena_print(&arena, ACTIVITY("message", THREAD, "'text':'%s'"), text));
    assert_int_equal(intent.kind, TEAMS_INTENT_ACT);
}

static void clicks(void **unused)
{
    (void)unused;
    static const struct { const char *body; enum teams_intent_kind kind; } rows[] = {
        { EXECUTE(D("'a':'claim','t':7,'k':'c1'")), TEAMS_INTENT_ACT },
        { EXECUTE(D("'a':'claim','t':'7'")), TEAMS_INTENT_ACT },
        { EXECUTE(D("'a':'claim'")), TEAMS_INTENT_OLD_CARD },
        { EXECUTE(D("'a':'claim','t':-7")), TEAMS_INTENT_OLD_CARD },
        { EXECUTE(D("'a':'nonsense','t':7")), TEAMS_INTENT_OLD_CARD },
        { EXECUTE("{'a':'claim','t':7}"), TEAMS_INTENT_OLD_CARD },
        { EXECUTE("null"), TEAMS_INTENT_OLD_CARD },
        { EXECUTE(D("'a':'reply','t':7")), TEAMS_INTENT_NEEDS_DIALOG },
        { EXECUTE(D("'a':'open','t':7")), TEAMS_INTENT_OPEN },
        { EXECUTE(D("'a':'filter','w':'mine'")), TEAMS_INTENT_LIST },
        { EXECUTE(D("'a':'filter','w':'no list'")), TEAMS_INTENT_OLD_CARD },
        { EXECUTE("{'_d':{'a':'filter'},'filter':'all'}"), TEAMS_INTENT_LIST },
        { EXECUTE(D("'a':'filter'")), TEAMS_INTENT_OLD_CARD },
        { EXECUTE(D("'a':'newer'")), TEAMS_INTENT_OLD_CARD },
        { FETCH(D("'a':'list'")), TEAMS_INTENT_OLD_CARD },
        { EXECUTE(D("'a':'older','w':'mine:5:6'")), TEAMS_INTENT_LIST },
        { EXECUTE(D("'a':'older','w':'mine:5'")), TEAMS_INTENT_OLD_CARD },
        { EXECUTE(D("'a':'next'")), TEAMS_INTENT_WORDS },
        { EXECUTE(D("'a':'help'")), TEAMS_INTENT_WORDS },
        { EXECUTE(D("'a':'send_note','t':7,'n':8")), TEAMS_INTENT_ACT },
        { EXECUTE(D("'a':'send_note','t':7")), TEAMS_INTENT_OLD_CARD },
        { FETCH(D("'a':'reply','t':7,'k':'c1'")), TEAMS_INTENT_DIALOG },
        { FETCH(D("'a':'more','t':7")), TEAMS_INTENT_MORE },
        { FETCH(D("'a':'open','t':7")), TEAMS_INTENT_ALL },
        { FETCH(D("'a':'list','w':'weekly:open'")), TEAMS_INTENT_REPORT },
        { FETCH(D("'a':'new'")), TEAMS_INTENT_NEW },
        { SUBMIT(D("'a':'reply','t':7,'k':'m1'")), TEAMS_INTENT_DIALOG },
        { SUBMIT(D("'a':'reply','t':7,'k':'d1'")), TEAMS_INTENT_SUBMIT },
        { SUBMIT(D("'a':'give_back','t':7,'k':'m1'")), TEAMS_INTENT_DIALOG },
        { SUBMIT(D("'a':'give_back','t':7,'k':'d1'")), TEAMS_INTENT_SUBMIT },
        { SUBMIT(D("'a':'claim','t':7,'k':'m1'")), TEAMS_INTENT_ACT },
        { SUBMIT(D("'a':'new_ticket','k':'d1'")), TEAMS_INTENT_SUBMIT },
        { ACTIVITY("message", OWN, "'value':{'_d':{'a':'claim','t':7}}"), TEAMS_INTENT_ACT },
        { ACTIVITY("message", OWN, "'value':{'_d':{'a':'reply','t':7}}"),
          TEAMS_INTENT_NEEDS_DIALOG },
        { "{'type':'invoke','id':'1'," T "'from':{'id':'29:x'}," THREAD "'name':'task/fetch',"
          "'value':{'data':{'_d':{'a':'more','t':7}}}}", TEAMS_INTENT_NOBODY },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i].body);
        if (intent.kind != rows[i].kind)
            fail_msg("row %zu: %d instead of %d: %s", i, intent.kind, rows[i].kind, rows[i].body);
        if (intent.kind != TEAMS_INTENT_ACT)
            assert_int_equal(intent.command.kind, COMMAND_HEARD);
        else
            assert_string_equal(intent.command.source_id, in.meaning);
    }
}

static void answers_of_a_dialog(void **unused)
{
    (void)unused;
    hear(SUBMIT("{'_d':{'a':'reply','t':7,'v':3,'k':'d1'},'text':'hello','after':'keep','on':true,"
                "'msteams':{}}"));
    const struct chat_answer *answer = &intent.answer;
    assert_int_equal(answer->action, CARD_REPLY);
    assert_int_equal(answer->ticket_id, 7);
    assert_int_equal(answer->value_count, 3);
    assert_string_equal(answer->values[0].id, "text");
    assert_string_equal(answer->values[0].text, "hello");
    assert_string_equal(answer->values[2].text, "true");
}

static void places(void **unused)
{
    (void)unused;
    static const struct { const char *body; enum teams_kind kind; const char *channel; } rows[] = {
        { ACTIVITY("conversationUpdate", THREAD, "'membersAdded':[{'id':'28:b'}]"), TEAMS_INSTALLED,
          "19:c@thread.tacv2" },
        { ACTIVITY("conversationUpdate", THREAD, "'membersAdded':[{'id':'29:x'}]"), TEAMS_OTHER,
          "19:c@thread.tacv2" },
        { ACTIVITY("conversationUpdate", THREAD, "'membersRemoved':[{'id':'28:b'}]"), TEAMS_REMOVED,
          "19:c@thread.tacv2" },
        { ACTIVITY("conversationUpdate", THREAD, "'channelData':{'eventType':'channelDeleted',"
          "'channel':{'id':'19:gone@thread.tacv2'}}"), TEAMS_CHANNEL_GONE, "19:gone@thread.tacv2" },
        { ACTIVITY("conversationUpdate", THREAD, "'channelData':{'eventType':'teamDeleted'}"),
          TEAMS_TEAM_GONE, "19:c@thread.tacv2" },
        { ACTIVITY("installationUpdate", THREAD, "'action':'add','channelData':{'settings':{"
          "'selectedChannel':{'id':'19:s@thread.tacv2'}}}"), TEAMS_INSTALLED, "19:s@thread.tacv2" },
        { ACTIVITY("installationUpdate", THREAD, "'action':'remove'"), TEAMS_REMOVED,
          "19:c@thread.tacv2" },
        { ACTIVITY("installationUpdate", THREAD, "'action':'remove-upgrade'"), TEAMS_OTHER,
          "19:c@thread.tacv2" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i].body);
        if (in.kind != rows[i].kind || strcmp(in.channel, rows[i].channel) != 0)
            fail_msg("row %zu: %d %s", i, in.kind, in.channel);
        assert_int_equal(intent.kind, in.kind == TEAMS_OTHER ? TEAMS_INTENT_NOTHING
                                                             : TEAMS_INTENT_PLACE);
    }
}

/* ---- repeats ---- */

static void repeats_find_their_answer(void **unused)
{
    (void)unused;
    struct teams_repeats *r = teams_repeats_new();
    assert_null(teams_repeats_find(r, "a", "m", 1));
    struct teams_repeat *one = teams_repeats_add(r, "a", "m", 1);
    assert_ptr_equal(teams_repeats_find(r, "a", NULL, 2), one);
    assert_ptr_equal(teams_repeats_find(r, "b", "m", 2), one);
    assert_null(teams_repeats_find(r, NULL, NULL, 2));
    teams_repeat_keep(one, 200, "{}");
    for (int i = 0; i < TEAMS_REPEATS - 1; i++) {
        struct teams_repeat *other = teams_repeats_add(r, "x", NULL, 3);
        teams_repeat_keep(other, 200, NULL);
    }
    assert_string_equal(teams_repeats_find(r, "a", NULL, 4)->body, "{}");
    teams_repeats_add(r, "y", NULL, 5);          /* takes the oldest place */
    assert_null(teams_repeats_find(r, "a", "m", 6));
    for (int i = 0; i < TEAMS_REPEATS - 1; i++)
        assert_non_null(teams_repeats_add(r, "z", NULL, 7));
    assert_null(teams_repeats_add(r, "full", NULL, 8));
    assert_null(teams_repeats_find(r, "z", NULL, 7 + TEAMS_REPEAT_MS));
    teams_repeats_free(r);
}

static void a_meaning_counts_for_two_minutes(void **unused)
{
    (void)unused;
    struct teams_repeats *r = teams_repeats_new();
    struct teams_repeat *one = teams_repeats_add(r, "a", "m", 1000);
    teams_repeat_keep(one, 200, "{}");
    assert_ptr_equal(teams_repeats_find(r, "b", "m", 1000 + TEAMS_REPEAT_MEANING_MS - 1), one);
    assert_null(teams_repeats_find(r, "b", "m", 1000 + TEAMS_REPEAT_MEANING_MS));
    assert_ptr_equal(teams_repeats_find(r, "a", "m", 1000 + TEAMS_REPEAT_MS - 1), one);
    assert_int_equal(teams_repeats_first(r, "m", 1000), 1000);
    assert_int_equal(teams_repeats_first(r, "n", 2000), 2000);
    assert_int_equal(teams_repeats_first(r, "m", 1000 + TEAMS_REPEAT_MEANING_MS - 1), 1000);
    int64_t later_ms = 1000 + TEAMS_REPEAT_MEANING_MS;
    assert_int_equal(teams_repeats_first(r, "m", later_ms), later_ms);
    assert_int_equal(teams_repeats_first(r, "m", later_ms + 1), later_ms);
    teams_repeats_free(r);
}

static void many_wait_for_one_answer(void **unused)
{
    (void)unused;
    struct teams_repeats *r = teams_repeats_new();
    struct teams_repeat *one = teams_repeats_add(r, "a", NULL, 1);
    for (uint64_t i = 0; i < TEAMS_REPEAT_WAITING; i++)
        assert_true(teams_repeat_wait(one, i + 1));
    assert_false(teams_repeat_wait(one, 1000));
    assert_int_equal(one->waiting_count, TEAMS_REPEAT_WAITING);
    assert_int_equal(one->waiting[40], 41);
    teams_repeat_keep(one, 200, NULL);
    assert_int_equal(one->waiting_count, 0);
    teams_repeats_free(r);
}

/* ---- strangers ---- */

static void strangers_are_known_for_a_while_and_told_once(void **unused)
{
    (void)unused;
    char name[20];
    struct teams_strangers *s = teams_strangers_new();
    assert_false(teams_strangers_has(s, "teams:t/a", 0));
    assert_true(teams_strangers_add(s, "teams:t/a", 0));
    assert_true(teams_strangers_has(s, "teams:t/a", TEAMS_STRANGER_MS - 1));
    assert_false(teams_strangers_has(s, "teams:t/b", 1));
    assert_false(teams_strangers_has(s, "teams:t/a", TEAMS_STRANGER_MS));
    assert_false(teams_strangers_add(s, "teams:t/a", TEAMS_STRANGER_MS));
    teams_strangers_forget(s);
    assert_false(teams_strangers_has(s, "teams:t/a", TEAMS_STRANGER_MS + 1));
    assert_false(teams_strangers_add(s, "teams:t/a", TEAMS_STRANGER_TOLD_MS - 1));
    assert_true(teams_strangers_add(s, "teams:t/a", TEAMS_STRANGER_TOLD_MS));
    for (int i = 0; i < TEAMS_STRANGERS; i++) {
        snprintf(name, sizeof name, "teams:t/%d", i);
        assert_true(teams_strangers_add(s, name, TEAMS_STRANGER_TOLD_MS));
    }
    assert_false(teams_strangers_has(s, "teams:t/a", TEAMS_STRANGER_TOLD_MS));
    teams_strangers_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(bodies_that_are_none_are_refused, clear),
        cmocka_unit_test_teardown(facts_keep_what_was_there, clear),
        cmocka_unit_test_teardown(who_and_where, clear),
        cmocka_unit_test_teardown(words_without_the_call, clear),
        cmocka_unit_test_teardown(keys_are_of_one_activity, clear),
        cmocka_unit_test_teardown(a_click_means_the_same_with_another_id, clear),
        cmocka_unit_test_teardown(typed_lines, clear),
        cmocka_unit_test_teardown(a_note_says_where_it_stands, clear),
        cmocka_unit_test_teardown(too_long_for_a_note, clear),
        cmocka_unit_test_teardown(clicks, clear),
        cmocka_unit_test_teardown(answers_of_a_dialog, clear),
        cmocka_unit_test_teardown(places, clear),
        cmocka_unit_test_teardown(repeats_find_their_answer, clear),
        cmocka_unit_test_teardown(a_meaning_counts_for_two_minutes, clear),
        cmocka_unit_test_teardown(many_wait_for_one_answer, clear),
        cmocka_unit_test(strangers_are_known_for_a_while_and_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
