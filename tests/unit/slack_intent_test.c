/* slack_intent_test.c - what people do in Slack, and what it asks of the desk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "adapters/slack/intent.h"
#include "tests/unit/slack_frame_text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct arena arena;
static struct slack_input in;
static struct slack_intent intent;

static const struct slack_self self = { .team = "T1", .bot_user = "UBOT", .bot = "B1",
                                        .app = "A1" };

static void hear_as(const char *frame, bool replies)
{
    if (!frame_read(frame, NULL, &arena, &in))
        fail_msg("no envelope: %s", frame);
    slack_intent_read(&in, &self, replies, &arena, &intent);
}

static void hear(const char *frame) { hear_as(frame, false); }

static int clear(void **unused)
{
    (void)unused;
    arena_clear(&arena);
    return 0;
}

#define SAID(members)                                                                             \
    EVENT("{'type':'message','user':'U1','team':'T1','ts':'20.000001','channel':'C1',"            \
          "'channel_type':'channel'," members "}")
#define IN_THREAD(members) SAID("'thread_ts':'10.000001'," members)
#define EDITED(members)                                                                           \
    EVENT("{'type':'message','subtype':'message_changed','channel':'C1','message':{'user':'U1',"  \
          "'team':'T1','edited':{'user':'U1','ts':'30.000001'},'ts':'20.000001'," members "},"    \
          "'previous_message':{'text':'old'}}")
#define DELETED(members)                                                                          \
    EVENT("{'type':'message','subtype':'message_deleted','channel':'C1','deleted_ts':'20.000001'" \
          ",'previous_message':{'user':'U1','team':'T1'," members "}}")

#define DELETED_UNSEEN                                                                            \
    EVENT("{'type':'message','subtype':'message_deleted','channel':'C1','event_ts':'40.000001',"  \
          "'deleted_ts':'20.000001'}")

/* ---- threads ---- */

static void a_line_in_a_thread_is_a_note(void **unused)
{
    (void)unused;
    hear(IN_THREAD("'text':'it is the &lt;fuse&gt;'"));
    const struct command *c = &intent.command;
    assert_int_equal(intent.kind, SLACK_INTENT_ACT);
    assert_int_equal(c->kind, COMMAND_NOTE);
    assert_int_equal(c->actor, ACTOR_TECHNICIAN);
    assert_int_equal(c->actor_id, 0);
    assert_string_equal(c->text, "it is the <fuse>");
    assert_string_equal(c->source, "slack");
    assert_string_equal(c->source_id, "m:C1:20.000001");
    assert_string_equal(c->person, "slack:T1/U1");
    assert_string_equal(c->place, "slack:C1");
    assert_string_equal(c->thread, "10.000001");
    assert_string_equal(c->remote, "20.000001");
    assert_ptr_equal(c->raw, in.raw);
    assert_int_equal(c->ticket_id, 0);
    assert_int_equal(c->adapter, -1);
}

static void threads_mean_what_the_channel_says(void **unused)
{
    (void)unused;
    static const struct {
        const char *frame; bool replies; enum slack_intent_kind kind; enum command_kind command;
        const char *text;
    } rows[] = {
        { IN_THREAD("'text':'hi'"), true, SLACK_INTENT_ACT, COMMAND_REPLY, "hi" },
        { IN_THREAD("'text':'// only us'"), true, SLACK_INTENT_ACT, COMMAND_NOTE, "only us" },
        { IN_THREAD("'text':'//'"), true, SLACK_INTENT_HEARD, COMMAND_HEARD, NULL },
        { IN_THREAD("'text':'// only us'"), false, SLACK_INTENT_ACT, COMMAND_NOTE, "// only us" },
        { IN_THREAD("'text':'x','subtype':'thread_broadcast'"), false, SLACK_INTENT_ACT,
          COMMAND_NOTE, "x" },
        { IN_THREAD("'text':'look','subtype':'file_share','files':[{}]"), false, SLACK_INTENT_ACT,
          COMMAND_NOTE, "look" },
        { IN_THREAD("'text':'','subtype':'file_share','files':[{}]"), true,
          SLACK_INTENT_NOT_CARRIED, COMMAND_HEARD, NULL },
        { IN_THREAD("'text':' '"), false, SLACK_INTENT_HEARD, COMMAND_HEARD, NULL },
        { SAID("'text':'hi'"), true, SLACK_INTENT_HEARD, COMMAND_HEARD, NULL },
        { SAID("'thread_ts':'20.000001','text':'hi'"), true, SLACK_INTENT_HEARD, COMMAND_HEARD,
          NULL },
        { IN_THREAD("'text':'<@UBOT> next'"), true, SLACK_INTENT_HEARD, COMMAND_HEARD, NULL },
        { IN_THREAD("'text':'<@UBOT> did well'"), false, SLACK_INTENT_ACT, COMMAND_NOTE,
          "@UBOT did well" },
        { IN_THREAD("'text':'<@U2> next'"), false, SLACK_INTENT_ACT, COMMAND_NOTE, "@U2 next" },
        { EDITED("'thread_ts':'10.000001','text':'new'"), false, SLACK_INTENT_ACT,
          COMMAND_EDIT_SAID, "new" },
        { EDITED("'thread_ts':'10.000001','text':'// new'"), true, SLACK_INTENT_ACT,
          COMMAND_EDIT_SAID, "new" },
        { EDITED("'thread_ts':'10.000001','text':'old'"), false, SLACK_INTENT_HEARD, COMMAND_HEARD,
          NULL },
        { EDITED("'thread_ts':'10.000001','bot_id':'B1','text':'new'"), false, SLACK_INTENT_HEARD,
          COMMAND_HEARD, NULL },
        { EDITED("'text':'new'"), false, SLACK_INTENT_HEARD, COMMAND_HEARD, NULL },
        { DELETED("'thread_ts':'10.000001'"), false, SLACK_INTENT_ACT, COMMAND_UNSAY, NULL },
        { DELETED("'thread_ts':'10.000001','bot_id':'B1'"), false, SLACK_INTENT_HEARD,
          COMMAND_HEARD, NULL },
        { DELETED("'text':'x'"), false, SLACK_INTENT_HEARD, COMMAND_HEARD, NULL },
        { DELETED_UNSEEN, false, SLACK_INTENT_ACT, COMMAND_UNSAY, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear_as(rows[i].frame, rows[i].replies);
        const struct command *c = &intent.command;
        if (intent.kind != rows[i].kind || c->kind != rows[i].command ||
            (rows[i].text ? !c->text || strcmp(c->text, rows[i].text) != 0 : c->text != NULL))
            fail_msg("row %zu: %d, %s, %s", i, intent.kind, command_word(c->kind), c->text);
        assert_non_null(c->source_id);
        if (c->kind == COMMAND_HEARD)
            assert_int_equal(c->actor, ACTOR_SYSTEM);
    }
}

static void an_edit_and_a_deletion_name_the_message(void **unused)
{
    (void)unused;
    hear(EDITED("'thread_ts':'10.000001','text':'new'"));
    assert_string_equal(intent.command.place, "slack:C1");
    assert_string_equal(intent.command.remote, "20.000001");
    assert_string_equal(intent.command.source_id, "m:C1:20.000001:30.000001");
    hear(DELETED("'thread_ts':'10.000001'"));
    assert_string_equal(intent.command.place, "slack:C1");
    assert_string_equal(intent.command.remote, "20.000001");
    assert_string_equal(intent.command.person, "slack:T1/U1");
    assert_string_equal(intent.command.source_id, "e:Ev08MFMKH6");
    hear(DELETED_UNSEEN);            /* whose it was is not said: Slack's word is enough */
    assert_int_equal(intent.command.actor, ACTOR_SYSTEM);
    assert_null(intent.command.person);
    assert_string_equal(intent.command.place, "slack:C1");
    assert_string_equal(intent.command.remote, "20.000001");
    assert_true(intent.command.number == INT64_MAX);
}

static void machines_are_only_heard(void **unused)
{
    (void)unused;
    static const char *const rows[] = {
        IN_THREAD("'text':'x','bot_id':'B1'"), IN_THREAD("'text':'x','bot_id':'B2'"),
        IN_THREAD("'text':'x','app_id':'A1'"),
        EVENT("{'type':'message','user':'UBOT','ts':'2.000001','thread_ts':'1.000001',"
              "'channel':'C1','text':'x'}"),
        EVENT("{'type':'message','user':'USLACKBOT','ts':'2.000001','channel':'D1','text':'x'}"),
        EVENT("{'type':'app_mention','user':'U5','bot_id':'B5','ts':'2.000001','channel':'C1',"
              "'text':'<@UBOT> next'}"),
        EVENT("{'type':'message','user':'UBOT','ts':'2.000001','channel':'D1','text':'mine'}"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i]);
        if (intent.kind != SLACK_INTENT_HEARD || intent.command.kind != COMMAND_HEARD)
            fail_msg("row %zu is answered", i);
    }
}

static void a_line_of_more_than_the_desk_takes_is_not_cut(void **unused)
{
    (void)unused;
    char *text = arena_alloc(&arena, 10000), *frame = arena_alloc(&arena, 12000);
    static const struct { size_t len; enum slack_intent_kind kind; } rows[] = {
        { 8000, SLACK_INTENT_ACT }, { 8001, SLACK_INTENT_TOO_LONG },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        memset(text, 'x', rows[i].len);
        snprintf(frame, 12000, IN_THREAD("'text':'%s'"), text);
        hear(frame);
        assert_int_equal(intent.kind, rows[i].kind);
        snprintf(frame, 12000, EDITED("'thread_ts':'10.000001','text':'%s'"), text);
        hear(frame);
        assert_int_equal(intent.kind, rows[i].kind);
    }
}

/* ---- words ---- */

static void words_for_the_desk_come_on_three_ways(void **unused)
{
    (void)unused;
    static const struct {
        const char *frame; enum chat_words_kind kind; int64_t number; const char *text;
    } rows[] = {
        { EVENT("{'type':'app_mention','user':'U1','ts':'2.000001','channel':'C1',"
                "'text':'<@UBOT> new printer &amp; scanner'}"), CHAT_NEW, 0, "printer & scanner" },
        { EVENT("{'type':'app_mention','user':'U1','ts':'2.000001','channel':'C1',"
                "'text':'hello <@UBOT>'}"), CHAT_FREE, 0, "hello @UBOT" },
        { EVENT("{'type':'app_mention','user':'U1','ts':'2.000001','thread_ts':'1.000001',"
                "'channel':'C1','text':'<@UBOT> #42'}"), CHAT_TICKET, 42, NULL },
        { EVENT("{'type':'message','user':'U1','ts':'2.000001','channel':'D1',"
                "'channel_type':'im','text':'ticket 7'}"), CHAT_TICKET, 7, NULL },
        { EVENT("{'type':'message','user':'U1','ts':'2.000001','channel':'D1','text':'mine'}"),
          CHAT_MINE, 0, NULL },
        { PAYLOAD("slash_commands", "'command':'/ticket','user_id':'U1','team_id':'T1',"
                  "'text':'find vpn','trigger_id':'1.2.a'"), CHAT_FIND, 0, "vpn" },
        { PAYLOAD("slash_commands", "'command':'/ticket','user_id':'U1','team_id':'T1','text':''"),
          CHAT_HELP, 0, NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i].frame);
        const struct chat_words *w = &intent.words;
        if (intent.kind != SLACK_INTENT_WORDS || w->kind != rows[i].kind ||
            w->number != rows[i].number ||
            (rows[i].text ? !w->text || strcmp(w->text, rows[i].text) != 0 : w->text != NULL))
            fail_msg("row %zu: %d, words %d, %s", i, intent.kind, w->kind, w->text);
        assert_int_equal(intent.command.kind, COMMAND_HEARD);
        assert_string_equal(intent.command.source_id, in.content_key ? in.content_key : in.key);
    }
    hear(EVENT("{'type':'app_mention','user':'U1','ts':'2.000001','thread_ts':'1.000001',"
               "'channel':'C1','text':'<@UBOT> did well'}"));
    assert_int_equal(intent.kind, SLACK_INTENT_HEARD);
}

/* ---- clicks ---- */

#define CLICKED(code, value) CLICK(BUTTON("dh." code, value))
#define MENU(value)                                                                               \
    CLICK("{'type':'overflow','block_id':'b','action_id':'dh.menu','action_ts':'1.000001',"       \
          "'selected_option':{'text':{'type':'plain_text','text':'x'},'value':'" value "'}}")
#define SELECT(id, value)                                                                         \
    CLICK("{'type':'static_select','block_id':'b','action_id':'" id "','action_ts':'1.000001',"   \
          "'selected_option':{'value':'" value "'}}")

static void clicks_that_act_at_once(void **unused)
{
    (void)unused;
    static const struct { const char *frame; enum command_kind kind; bool flag; } rows[] = {
        { CLICKED("claim", "42:7"), COMMAND_CLAIM, false },
        { CLICKED("takeover", "42:7"), COMMAND_TAKEOVER, false },
        { CLICKED("release", "42:7"), COMMAND_RELEASE, false },
        { CLICKED("hold", "42:7"), COMMAND_HOLD, false },
        { CLICKED("wake", "42:7"), COMMAND_SNOOZE, false },
        { CLICKED("reopen", "42:7"), COMMAND_REOPEN, false },
        { CLICKED("keep_open", "42:7"), COMMAND_KEEP_OPEN, false },
        { CLICKED("review", "42:7"), COMMAND_REVIEW, true },
        { CLICKED("reviewed", "42:7"), COMMAND_REVIEW, false },
        { CLICKED("claim", "42"), COMMAND_CLAIM, false },
        { CLICKED("claim.2", "42:7"), COMMAND_CLAIM, false },
        { MENU("release:42:7"), COMMAND_RELEASE, false },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i].frame);
        const struct command *c = &intent.command;
        if (intent.kind != SLACK_INTENT_ACT || c->kind != rows[i].kind || c->ticket_id != 42 ||
            c->flag != rows[i].flag)
            fail_msg("row %zu: %d, %s", i, intent.kind, command_word(c->kind));
        assert_string_equal(c->person, "slack:T1/U1");
        assert_string_equal(c->source_id, in.key);
        assert_int_equal(c->if_version, 0);
        assert_null(c->place);
        assert_null(c->thread);
    }
    hear(CLICKED("send_note", "42:7:99"));
    assert_int_equal(intent.command.kind, COMMAND_SEND_NOTE);
    assert_int_equal(intent.command.number, 99);
    assert_int_equal(intent.command.ticket_id, 42);
}

static void clicks_that_show_something(void **unused)
{
    (void)unused;
    static const struct {
        const char *frame; enum slack_intent_kind kind; const char *word;
    } rows[] = {
        { CLICKED("reply", "42:7"), SLACK_INTENT_DIALOG, NULL },
        { MENU("transfer:42:7"), SLACK_INTENT_DIALOG, NULL },
        { CLICKED("send_draft", "42:7:9"), SLACK_INTENT_DIALOG, NULL },
        { CLICKED("more", "42:7"), SLACK_INTENT_MORE, NULL },
        { CLICKED("open", "42"), SLACK_INTENT_OPEN, NULL },
        { SELECT("dh.open", "42"), SLACK_INTENT_OPEN, NULL },
        { CLICKED("list", "undelivered"), SLACK_INTENT_LIST, "undelivered" },
        { SELECT("dh.filter", "review"), SLACK_INTENT_HOME, "review" },
        { CLICKED("older", "x:1"), SLACK_INTENT_HOME, "x:1" },
        { CLICKED("newer", "x:2"), SLACK_INTENT_HOME, "x:2" },
        { CLICKED("new", "0"), SLACK_INTENT_NEW, NULL },
        { CLICK("{'type':'button','action_id':'dh.new','action_ts':'1.000001'}"), SLACK_INTENT_NEW,
          NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i].frame);
        const char *word = intent.list ? intent.list : intent.page;
        if (intent.kind != rows[i].kind || intent.command.kind != COMMAND_HEARD ||
            (rows[i].word ? !word || strcmp(word, rows[i].word) != 0 : word != NULL))
            fail_msg("row %zu: %d, %s", i, intent.kind, word);
        if (!rows[i].word && intent.kind != SLACK_INTENT_NEW)
            assert_int_equal(intent.ticket_id, 42);
    }
    hear(MENU("transfer:42:7"));
    assert_int_equal(intent.action, CARD_TRANSFER);
    assert_int_equal(intent.version, 7);
}

static void clicks_that_nobody_drew_are_old_cards(void **unused)
{
    (void)unused;
    static const char *const rows[] = {
        CLICKED("dance", "42:7"), CLICK(BUTTON("claim", "42:7")), CLICK(BUTTON("dh", "42:7")),
        CLICKED("claim", "0:7"), CLICKED("claim", "-1:7"), CLICKED("claim", "42:7:1:1"),
        CLICKED("claim", "42:"), CLICKED("claim", " 42"), CLICKED("claim", "99999999999999999999"),
        CLICKED("claim", "9007199254740993"), CLICKED("send_note", "42:7"),
        CLICKED("send_note", "42:7:0"), CLICKED("claim", "000000000000000000000000000042"),
        CLICK("{'type':'button','action_id':'dh.claim','action_ts':'1.000001'}"),
        CLICK("{'type':'static_select','action_id':'dh.filter','selected_option':null}"),
        MENU("claim"), MENU("dance:1:1"), MENU(":1:1"),
        SUBMISSION("dh.loading", "42:7:0", ""), SUBMISSION("reply", "42:7:0", ""),
        INTERACTIVE("'type':'block_actions','user':{'id':'U1'},'actions':["
                    BUTTON("dh.claim", "42:7") "]"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i]);
        if (intent.kind != SLACK_INTENT_OLD_CARD || intent.command.kind != COMMAND_HEARD)
            fail_msg("row %zu: %d", i, intent.kind);
    }
}

/* ---- dialogs and the rest ---- */

static void a_submitted_dialog_is_an_answer(void **unused)
{
    (void)unused;
    hear(SUBMISSION("dh.send_draft", "42:7:9",
                    "'text':{'v':{'type':'plain_text_input','value':'Hello'}},"
                    "'after':{'v':{'type':'radio_buttons','selected_option':{'value':'keep'}}},"
                    "'other':{'w':{'type':'plain_text_input','value':'not ours'}}"));
    const struct chat_answer *answer = &intent.answer;
    assert_int_equal(intent.kind, SLACK_INTENT_SUBMIT);
    assert_int_equal(answer->action, CARD_SEND_DRAFT);
    assert_int_equal(answer->ticket_id, 42);
    assert_int_equal(answer->version, 7);
    assert_int_equal(answer->number, 9);
    assert_int_equal(answer->value_count, 2);
    struct command command;
    struct chat_errors errors;
    assert_true(chat_answer_read(answer, &(struct chat_facts){ 0 }, &arena, &command, &errors));
    slack_intent_sign(&in, &arena, &command);
    assert_int_equal(command.kind, COMMAND_SEND_DRAFT);
    assert_string_equal(command.text, "Hello");
    assert_true(command.flag);
    assert_string_equal(command.person, "slack:T1/U1");
    assert_string_equal(command.source_id, in.key);
    assert_ptr_equal(command.raw, in.raw);
    assert_null(command.place);
    hear(SUBMISSION("dh.new", "", "'text':{'v':{'type':'plain_text_input','value':'Help'}}"));
    assert_int_equal(intent.kind, SLACK_INTENT_SUBMIT);
    assert_int_equal(intent.answer.action, CARD_ACTIONS);
    hear(SUBMISSION("dh.reply", "", ""));
    assert_int_equal(intent.kind, SLACK_INTENT_OLD_CARD);
}

static void the_rest_is_shown_told_or_heard(void **unused)
{
    (void)unused;
    static const struct { const char *frame; enum slack_intent_kind kind; } rows[] = {
        { EVENT("{'type':'app_home_opened','user':'U1','channel':'D1','tab':'home'}"),
          SLACK_INTENT_HOME },
        { EVENT("{'type':'app_home_opened','user':'U1','channel':'D1'}"), SLACK_INTENT_HOME },
        { EVENT("{'type':'app_home_opened','user':'U1','channel':'D1','tab':'messages'}"),
          SLACK_INTENT_HEARD },
        { EVENT("{'type':'member_joined_channel','user':'UBOT','channel':'C1'}"),
          SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'member_joined_channel','user':'U1','channel':'C1'}"),
          SLACK_INTENT_HEARD },
        { EVENT("{'type':'member_left_channel','user':'UBOT','channel':'C1'}"),
          SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'channel_archive','channel':'C1'}"), SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'channel_unarchive','channel':'C1'}"), SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'channel_rename','channel':{'id':'C1','name':'x'}}"),
          SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'user_change','user':{'id':'U1'}}"), SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'app_uninstalled'}"), SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'tokens_revoked'}"), SLACK_INTENT_WORKSPACE },
        { PAYLOAD("events_api", "'type':'app_rate_limited'"), SLACK_INTENT_WORKSPACE },
        { EVENT("{'type':'reaction_added','user':'U1'}"), SLACK_INTENT_HEARD },
        { INTERACTIVE("'type':'view_closed'," WHO MODAL("dh.note", "42:7:0", "")),
          SLACK_INTENT_HEARD },
        { INTERACTIVE("'type':'block_suggestion'," WHO "'value':'x'"), SLACK_INTENT_SUGGEST },
        { INTERACTIVE("'type':'shortcut'," WHO "'callback_id':'dh.new'"), SLACK_INTENT_NEW },
        { INTERACTIVE("'type':'shortcut','user':{'id':'U1'},'callback_id':'dh.new'"),
          SLACK_INTENT_HEARD },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        hear(rows[i].frame);
        if (intent.kind != rows[i].kind || intent.command.kind != COMMAND_HEARD)
            fail_msg("row %zu: %d", i, intent.kind);
        assert_string_equal(intent.command.source, "slack");
        assert_string_equal(intent.command.source_id, in.key);
    }
    hear(INTERACTIVE("'type':'message_action'," WHO "'callback_id':'dh.new','channel':{'id':'C1'},"
                     "'message':{'user':'U7','text':'it burns','ts':'1.000001'}"));
    assert_int_equal(intent.kind, SLACK_INTENT_NEW);
    assert_string_equal(intent.text, "it burns");
}

#define TEST(f) cmocka_unit_test_teardown(f, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_line_in_a_thread_is_a_note),
        TEST(threads_mean_what_the_channel_says),
        TEST(an_edit_and_a_deletion_name_the_message),
        TEST(machines_are_only_heard),
        TEST(a_line_of_more_than_the_desk_takes_is_not_cut),
        TEST(words_for_the_desk_come_on_three_ways),
        TEST(clicks_that_act_at_once),
        TEST(clicks_that_show_something),
        TEST(clicks_that_nobody_drew_are_old_cards),
        TEST(a_submitted_dialog_is_an_answer),
        TEST(the_rest_is_shown_told_or_heard),
    };
    return cmocka_run_group_tests_name("slack intent", tests, NULL, NULL);
}
