/* slack_envelope_test.c - what Slack's frames say, and which of them are not believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/slack_frame_text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static struct arena arena;
static struct slack_input in;

static const char *name_of(void *ctx, const char *user_id)
{
    (void)ctx;
    return !strcmp(user_id, "U2") ? "Omar" : NULL;
}

static const struct slack_names names = { name_of, NULL };

static bool read_text(const char *text) { return frame_read(text, &names, &arena, &in); }

static int clear(void **unused)
{
    (void)unused;
    arena_clear(&arena);
    return 0;
}

/* ---- kinds ---- */

#define MESSAGE_TAIL "'user':'U1','ts':'1355517523.000005','channel':'C1','channel_type':'channel'"

static void every_payload_has_its_kind(void **unused)
{
    (void)unused;
    static const struct {
        const char *frame; enum slack_kind kind; const char *type, *key;
    } rows[] = {
        { EVENT("{'type':'message','text':'hi'," MESSAGE_TAIL "}"), SLACK_MESSAGE, "message",
          "e:Ev08MFMKH6" },
        { EVENT("{'type':'message','subtype':'file_share'," MESSAGE_TAIL "}"), SLACK_MESSAGE,
          "message", "e:Ev08MFMKH6" },
        { EVENT("{'type':'message','subtype':'thread_broadcast'," MESSAGE_TAIL "}"), SLACK_MESSAGE,
          "message", "e:Ev08MFMKH6" },
        { EVENT("{'type':'message','subtype':'me_message'," MESSAGE_TAIL "}"), SLACK_MESSAGE,
          "message", "e:Ev08MFMKH6" },
        { EVENT("{'type':'message','subtype':'channel_join'," MESSAGE_TAIL "}"), SLACK_UNKNOWN,
          "message", "e:Ev08MFMKH6" },
        { EVENT("{'type':'message','subtype':'bot_message','bot_id':'B2'," MESSAGE_TAIL "}"),
          SLACK_UNKNOWN, "message", "e:Ev08MFMKH6" },
        { EVENT("{'type':'app_mention','text':'<@UBOT> hi'," MESSAGE_TAIL "}"), SLACK_MENTION,
          "app_mention", "e:Ev08MFMKH6" },
        { EVENT("{'type':'app_home_opened','user':'U1','channel':'D1','tab':'home',"
                "'event_ts':'1515449522000016'}"), SLACK_HOME_OPENED, "app_home_opened",
          "e:Ev08MFMKH6" },
        { EVENT("{'type':'member_joined_channel','user':'U1','channel':'C1','channel_type':'C',"
                "'team':'T1'}"), SLACK_MEMBER_JOINED, "member_joined_channel", "e:Ev08MFMKH6" },
        { EVENT("{'type':'member_left_channel','user':'UBOT','channel':'C1'}"), SLACK_MEMBER_LEFT,
          "member_left_channel", "e:Ev08MFMKH6" },
        { EVENT("{'type':'member_left_channel','user':'UBOT'}"), SLACK_UNKNOWN,
          "member_left_channel", "e:Ev08MFMKH6" },
        { EVENT("{'type':'channel_archive','channel':'C1','user':'U1'}"), SLACK_CHANNEL_GONE,
          "channel_archive", "e:Ev08MFMKH6" },
        { EVENT("{'type':'group_left','channel':'G1'}"), SLACK_CHANNEL_GONE, "group_left",
          "e:Ev08MFMKH6" },
        { EVENT("{'type':'channel_deleted'}"), SLACK_UNKNOWN, "channel_deleted", "e:Ev08MFMKH6" },
        { EVENT("{'type':'channel_unarchive','channel':'C1'}"), SLACK_CHANNEL_BACK,
          "channel_unarchive", "e:Ev08MFMKH6" },
        { EVENT("{'type':'user_change','user':{'id':'U1'}}"), SLACK_USER_CHANGED, "user_change",
          "e:Ev08MFMKH6" },
        { EVENT("{'type':'user_change','user':'U1'}"), SLACK_UNKNOWN, "user_change",
          "e:Ev08MFMKH6" },
        { EVENT("{'type':'app_uninstalled'}"), SLACK_APP_UNINSTALLED, "app_uninstalled",
          "e:Ev08MFMKH6" },
        { EVENT("{'type':'tokens_revoked','tokens':{'oauth':['U1'],'bot':['UBOT']}}"),
          SLACK_TOKENS_REVOKED, "tokens_revoked", "e:Ev08MFMKH6" },
        { EVENT("{'type':'star_sung','channel':{'id':7}}"), SLACK_UNKNOWN, "star_sung",
          "e:Ev08MFMKH6" },
        { PAYLOAD("events_api", "'type':'app_rate_limited','team_id':'T1','api_app_id':'A1',"
                  "'minute_rate_limited':1518467820"), SLACK_RATE_LIMITED, "app_rate_limited",
          "v:dbdd0ef3-1543-4f94-bfb4-133d0e6c1545" },
        { PAYLOAD("events_api", "'type':'event_callback','event_id':'Ev1'"), SLACK_UNKNOWN,
          "event_callback", "e:Ev1" },
        { CLICK(BUTTON("dh.claim", "42:7")), SLACK_CLICK, "block_actions",
          "i:block_actions:U1:1548426417.840180:dh.claim" },
        { CLICK(""), SLACK_UNKNOWN, "block_actions",
          "i:block_actions:U1:13345224609.738474920.8088930838d88" },
        { CLICK("{'type':'button','action_ts':'1548426417.840180'}"), SLACK_UNKNOWN,
          "block_actions", "i:block_actions:U1:13345224609.738474920.8088930838d88" },
        { INTERACTIVE("'type':'view_closed'," WHO MODAL("dh.note", "42:7:0", "")
                      ",'is_cleared':false"), SLACK_VIEW_CLOSED, "view_closed",
          "i:view_closed:U1:V1:156772938.1827394:0000000000000000" },
        { INTERACTIVE("'type':'view_submission'," WHO "'trigger_id':'1.2.a','view':{'id':'V1'}"),
          SLACK_SUBMISSION, "view_submission", "i:view_submission:U1:1.2.a" },
        { INTERACTIVE("'type':'view_submission'," WHO "'trigger_id':'1.2.a'"), SLACK_UNKNOWN,
          "view_submission", "i:view_submission:U1:1.2.a" },
        { INTERACTIVE("'type':'shortcut'," WHO "'callback_id':'dh.new','trigger_id':'1.2.a',"
                      "'action_ts':'1581106241.371594'"), SLACK_SHORTCUT, "shortcut",
          "i:shortcut:U1:1581106241.371594:dh.new" },
        { INTERACTIVE("'type':'shortcut'," WHO "'trigger_id':'1.2.a'"), SLACK_UNKNOWN, "shortcut",
          "i:shortcut:U1:1.2.a" },
        { INTERACTIVE("'type':'block_suggestion'," WHO "'action_id':'to','block_id':'b',"
                      "'value':'sa'"), SLACK_SUGGESTION, "block_suggestion",
          "v:dbdd0ef3-1543-4f94-bfb4-133d0e6c1545" },
        { INTERACTIVE("'type':'dialog_submission'," WHO "'trigger_id':'1.2.a'"), SLACK_UNKNOWN,
          "dialog_submission", "i:dialog_submission:U1:1.2.a" },
        { INTERACTIVE("'type':'block_actions','actions':[" BUTTON("dh.claim", "1:1") "]"),
          SLACK_UNKNOWN, "block_actions", "v:dbdd0ef3-1543-4f94-bfb4-133d0e6c1545" },
        { PAYLOAD("slash_commands", "'command':'/ticket','user_id':'U1','team_id':'T1',"
                  "'trigger_id':'1.2.a'"), SLACK_SLASH, "slash_command",
          "i:slash_command:U1:1.2.a" },
        { PAYLOAD("slash_commands", "'command':'/ticket','user_id':'U1'"), SLACK_UNKNOWN,
          "slash_command", "v:dbdd0ef3-1543-4f94-bfb4-133d0e6c1545" },
        { PAYLOAD("carrier_pigeon", "'user':'U1'"), SLACK_UNKNOWN, "carrier_pigeon",
          "v:dbdd0ef3-1543-4f94-bfb4-133d0e6c1545" },
        { "{'envelope_id':'e1'}", SLACK_UNKNOWN, NULL, "v:e1" },
        { "{'envelope_id':'e:1/+=#~'}", SLACK_UNKNOWN, NULL, "v:e:1/+=#~" },
        { "{'envelope_id':'e1','type':'events_api','payload':[1]}", SLACK_UNKNOWN, "events_api",
          "v:e1" },
        { "{'envelope_id':'e1','type':7,'payload':null}", SLACK_UNKNOWN, NULL, "v:e1" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!read_text(rows[i].frame))
            fail_msg("row %zu: not acknowledged", i);
        if (in.kind != rows[i].kind || strcmp(in.key, rows[i].key) != 0 ||
            (rows[i].type ? !in.type || strcmp(in.type, rows[i].type) != 0 : in.type != NULL))
            fail_msg("row %zu: kind %d, type %s, key %s", i, in.kind, in.type, in.key);
    }
}

static void what_is_no_envelope_is_not_acknowledged(void **unused)
{
    (void)unused;
    static const char *const rows[] = {
        "", "UNAUTHENTICATED: cache_error", "[]", "{", "null", "{'type':'hello'}",
        "{'type':'disconnect','reason':'warning'}", "{'envelope_id':''}", "{'envelope_id':7}",
        "{'envelope_id':'a b'}", "{'envelope_id':'a\\u0000b'}", "{'envelope_id':'\xc3\xa9'}",
        "{'envelope_id':'0123456789012345678901234567890123456789012345678901234567890123x'}",
        "{'envelope_id':'a','envelope_id':'b'}", "{'envelope_id':'a'} {'envelope_id':'b'}",
        "{'envelope_id':'a','x':'\xff'}", "{'envelope_id':'a','x':'\\u12'}",
        "{'envelope_id':'a','x':'\\u12zz'}", "{'envelope_id':'a','x':'\\", "{'envelope_id':'a",
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (read_text(rows[i]))
            fail_msg("%s", rows[i]);
    assert_false(slack_envelope_read("{\"envelope_id\":\"a\"}\0", 20, NULL, &arena, &in));
}

static void depth_and_size_have_limits(void **unused)
{
    (void)unused;
    static const struct { int depth; bool fits; } rows[] = { { 31, true }, { 32, false },
                                                             { 5000, false } };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t depth = (size_t)rows[i].depth;
        char *text = arena_alloc(&arena, 2 * depth + 64);
        size_t len = (size_t)sprintf(text, "{\"envelope_id\":\"a\",\"t\":\"[[{\\\"[\",\"x\":");
        memset(text + len, '[', depth);
        memset(text + len + depth, ']', depth);
        text[len + 2 * depth] = '}';
        assert_int_equal(slack_envelope_read(text, len + 2 * depth + 1, NULL, &arena, &in),
                         rows[i].fits);
    }
    char *large = arena_alloc(&arena, SLACK_FRAME_MAX + 1);
    memset(large, ' ', SLACK_FRAME_MAX + 1);
    memcpy(large, "{\"envelope_id\":\"a\"}", 19);
    assert_true(slack_envelope_read(large, SLACK_FRAME_MAX, NULL, &arena, &in));
    assert_false(slack_envelope_read(large, SLACK_FRAME_MAX + 1, NULL, &arena, &in));
}

static void a_wrong_id_spoils_the_payload_but_not_the_acknowledgement(void **unused)
{
    (void)unused;
    static const char *const rows[] = {
        EVENT("{'type':'message','text':'hi','user':'U 1','ts':'1.000005','channel':'C1'}"),
        EVENT("{'type':'message','text':'hi','user':'U1','ts':'1355517523.5','channel':'C1'}"),
        EVENT("{'type':'message','text':'hi','user':'U1','ts':1355517523.5,'channel':'C1'}"),
        EVENT("{'type':'message','text':'hi','user':'U1','ts':'1.0000055','channel':'C1'}"),
        EVENT("{'type':'message','text':'hi','user':'U1','ts':'.000005','channel':'C1'}"),
        EVENT("{'type':'message','text':'hi','user':{'id':'U1'},'ts':'1.000005','channel':'C1'}"),
        EVENT_ID("../../x", "{'type':'app_uninstalled'}"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(read_text(rows[i]));
        if (in.kind != SLACK_UNKNOWN || in.user || in.channel || !in.envelope_id || !in.key)
            fail_msg("row %zu is believed", i);
        assert_true(in.bad);
    }
}

/* Only keys: whatever Slack writes there, a click is a click. */
static void marks_are_never_looked_into(void **unused)
{
    (void)unused;
    static const char *const rows[] = {
        CLICK("{'type':'button','action_id':'dh.claim','value':'1:1','action_ts':'soon'}"),
        CLICK("{'type':'button','action_id':'dh.claim','value':'1:1','action_ts':'1.23'}"),
        CLICK("{'type':'button','action_id':'dh.claim','value':'1:1','action_ts':'not one'}"),
        CLICK("{'type':'button','action_id':'dh.claim','value':'1:1','action_ts':17}"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(read_text(rows[i]));
        assert_int_equal(in.kind, SLACK_CLICK);
        assert_false(in.bad);
        assert_int_equal(in.action_ts != NULL, i < 2);
    }
}

static void the_id_of_what_cannot_be_read_is_found(void **unused)
{
    (void)unused;
    static const struct { const char *frame, *id; } rows[] = {
        { "{\"a\":1,\"a\":2,\"envelope_id\":\"e-1\"}", "e-1" },
        { "{ \"envelope_id\" : \"e-2\" , \"payload\": [[[", "e-2" },
        { "{\"x\":\"\\\"envelope_id\\\":\\\"no\\\"\",\"envelope_id\":\"e-3\"", "e-3" },
        { "{\"payload\":{\"envelope_id\":\"inner\"},\"envelope_id\":\"e-4\"}", "e-4" },
        { "{\"payload\":{\"envelope_id\":\"inner\"}}", NULL },
        { "{\"envelope_id\":\"with space\"}", NULL }, { "{\"envelope_id\":5}", NULL },
        { "{\"envelope_id\":\"", NULL }, { "{\"envelope_id\"", NULL }, { "", NULL },
        { "{\"", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *id = slack_envelope_id(rows[i].frame, strlen(rows[i].frame), &arena);
        if (rows[i].id ? !id || strcmp(id, rows[i].id) : id != NULL)
            fail_msg("row %zu: %s", i, id ? id : "none");
    }
}

/* ---- members ---- */

static void a_message_comes_with_all_that_matters(void **unused)
{
    (void)unused;
    assert_true(read_text(
        "{'envelope_id':'e1','type':'events_api','retry_attempt':2,'retry_reason':'timeout',"
        "'payload':{'team_id':'T1','event_id':'Ev1','event':{'type':'message',"
        "'subtype':'file_share','user':'U1','team':'T9','channel':'C1','channel_type':'group',"
        "'text':'look','ts':'1355517523.000005','thread_ts':'1355517000.000001',"
        "'files':[{'id':'F1','name':'a.png'},{'id':'F2'}],'client_msg_id':'x'}}}"));
    assert_string_equal(in.envelope_id, "e1");
    assert_int_equal(in.retry_attempt, 2);
    assert_false(in.takes_payload);
    assert_string_equal(in.team, "T1");
    assert_string_equal(in.user_team, "T9");
    assert_string_equal(in.user, "U1");
    assert_string_equal(in.channel, "C1");
    assert_string_equal(in.channel_type, "group");
    assert_string_equal(in.ts, "1355517523.000005");
    assert_string_equal(in.thread_ts, "1355517000.000001");
    assert_string_equal(in.content_key, "m:C1:1355517523.000005");
    assert_string_equal(in.text, "look");
    assert_ptr_equal(in.rest, in.text);
    assert_int_equal(in.file_count, 2);
    assert_null(in.bot);
    assert_false(in.slackbot);
    struct slack_input again;
    assert_true(slack_envelope_read(in.raw, strlen(in.raw), NULL, &arena, &again));
    assert_string_equal(again.key, in.key);
    assert_string_equal(again.text, in.text);
}

static void mention_and_message_are_one_by_their_content(void **unused)
{
    (void)unused;
    assert_true(read_text(EVENT_ID("Ev1", "{'type':'message','text':'x'," MESSAGE_TAIL "}")));
    const char *first = in.content_key, *key = in.key;
    assert_true(read_text(EVENT_ID("Ev2", "{'type':'app_mention','text':'x'," MESSAGE_TAIL "}")));
    assert_string_equal(in.content_key, first);
    assert_string_not_equal(in.key, key);
}

static void bots_are_told_apart(void **unused)
{
    (void)unused;
    assert_true(read_text(EVENT("{'type':'message','bot_id':'B1','bot_profile':{'app_id':'A7'},"
                                "'text':'x'," MESSAGE_TAIL "}")));
    assert_string_equal(in.bot, "B1");
    assert_string_equal(in.app, "A7");
    assert_true(read_text(EVENT("{'type':'message','user':'USLACKBOT','text':'x',"
                                "'ts':'1.000005','channel':'D1'}")));
    assert_true(in.slackbot);
    assert_true(read_text(EVENT("{'type':'message','text':'x','ts':'1.000005','channel':'D1'}")));
    assert_int_equal(in.kind, SLACK_UNKNOWN);
}

#define CHANGED(now, before)                                                                      \
    EVENT("{'type':'message','subtype':'message_changed','hidden':true,'channel':'C1',"           \
          "'ts':'1358878755.000001','message':{'type':'message','user':'U1'," now                 \
          "'ts':'1355517523.000005','thread_ts':'1355517000.000001'}" before "}")

static void an_edit_is_told_from_a_link_preview(void **unused)
{
    (void)unused;
    assert_true(read_text(CHANGED("'text':'new','edited':{'user':'U1','ts':'1358878755.000001'},",
                                  ",'previous_message':{'user':'U1','text':'old'}")));
    assert_int_equal(in.kind, SLACK_MESSAGE_CHANGED);
    assert_true(in.text_changed);
    assert_string_equal(in.ts, "1355517523.000005");
    assert_string_equal(in.thread_ts, "1355517000.000001");
    assert_string_equal(in.text, "new");
    assert_string_equal(in.content_key, "m:C1:1355517523.000005:1358878755.000001");
    assert_true(read_text(CHANGED("'text':'same','attachments':[{'from_url':'https://a'}],",
                                  ",'previous_message':{'user':'U1','text':'same'}")));
    assert_int_equal(in.kind, SLACK_MESSAGE_CHANGED);
    assert_false(in.text_changed);
    assert_null(in.content_key);
    assert_true(read_text(CHANGED("'text':'new',", "")));
    assert_true(in.text_changed);
    assert_true(read_text(EVENT("{'type':'message','subtype':'message_changed','channel':'C1'}")));
    assert_int_equal(in.kind, SLACK_UNKNOWN);
}

static void what_is_deleted_says_which_and_whose(void **unused)
{
    (void)unused;
    assert_true(read_text(EVENT(
        "{'type':'message','subtype':'message_deleted','hidden':true,'channel':'C1',"
        "'ts':'1358878755.000001','deleted_ts':'1355517523.000005','previous_message':{"
        "'type':'message','user':'U1','text':'x','ts':'1355517523.000005',"
        "'thread_ts':'1355517000.000001'}}")));
    assert_int_equal(in.kind, SLACK_MESSAGE_DELETED);
    assert_string_equal(in.ts, "1355517523.000005");
    assert_string_equal(in.user, "U1");
    assert_string_equal(in.thread_ts, "1355517000.000001");
    assert_true(read_text(CHANGED("'subtype':'tombstone','text':'This message was deleted.',",
                                  ",'previous_message':{'user':'U7','text':'x'}")));
    assert_int_equal(in.kind, SLACK_MESSAGE_DELETED);
    assert_string_equal(in.ts, "1355517523.000005");
    assert_string_equal(in.user, "U7");
    assert_true(read_text(EVENT("{'type':'message','subtype':'message_deleted','channel':'C1'}")));
    assert_int_equal(in.kind, SLACK_UNKNOWN);
}

static void channels_people_and_tokens_change(void **unused)
{
    (void)unused;
    assert_true(read_text(EVENT("{'type':'channel_rename','channel':{'id':'C1','name':'help',"
                                "'created':1360782804}}")));
    assert_int_equal(in.kind, SLACK_CHANNEL_RENAMED);
    assert_string_equal(in.channel, "C1");
    assert_string_equal(in.text, "help");
    assert_true(read_text(EVENT(
        "{'type':'user_change','user':{'id':'U1','team_id':'T1','name':'sara','deleted':true,"
        "'is_bot':false,'is_restricted':true,'is_ultra_restricted':false,'is_admin':true,"
        "'profile':{'real_name':'Sara Smith','display_name':'sara',"
        "'email':'sara@acme.example'}}}")));
    assert_string_equal(in.person.name, "Sara Smith");
    assert_string_equal(in.person.email, "sara@acme.example");
    assert_true(in.person.deleted && in.person.guest && in.person.admin);
    assert_false(in.person.bot || in.person.stranger);
    assert_true(read_text(EVENT("{'type':'team_join','user':{'id':'U3','name':'omar',"
                                "'is_bot':true,'is_stranger':true,'profile':{}}}")));
    assert_string_equal(in.person.name, "omar");
    assert_string_equal(in.user_team, "T1");
    assert_true(in.person.bot && in.person.stranger);
    assert_null(in.person.email);
    assert_true(read_text(EVENT("{'type':'tokens_revoked','tokens':{'oauth':['U1'],'bot':[]}}")));
    assert_false(in.bot_revoked);
    assert_true(read_text(EVENT("{'type':'tokens_revoked','tokens':{'bot':['UBOT']}}")));
    assert_true(in.bot_revoked);
}

static void a_click_says_who_where_and_what(void **unused)
{
    (void)unused;
    assert_true(read_text(CLICK(BUTTON("dh.claim", "42:7"))));
    assert_true(in.takes_payload);
    assert_string_equal(in.user, "U1");
    assert_string_equal(in.user_name, "sara");
    assert_string_equal(in.user_team, "T1");
    assert_string_equal(in.channel, "C1");
    assert_string_equal(in.ts, "1548261231.000200");
    assert_string_equal(in.action.value, "42:7");
    assert_string_equal(in.action.block_id, "=qXel");
    assert_string_equal(in.response_url, "https://hooks.slack.com/actions/T1/1/x");
    assert_true(read_text(INTERACTIVE(
        "'type':'block_actions','user':{'id':'U1','team_id':'T2'},'team':null,'container':"
        "{'type':'message_attachment','message_ts':'1.000001','channel_id':'C9',"
        "'is_ephemeral':true,'thread_ts':'1.000000'},'actions':[" BUTTON("dh.more", "1:1") "]")));
    assert_string_equal(in.channel, "C9");
    assert_string_equal(in.thread_ts, "1.000000");
    assert_string_equal(in.user_team, "T2");
    assert_true(in.is_ephemeral);
    assert_true(read_text(INTERACTIVE(
        "'type':'block_actions'," WHO "'channel':{'id':'C1'},'message':{'ts':'2.000001',"
        "'thread_ts':'2.000000'},'actions':[" BUTTON("dh.more", "1:1") "]")));
    assert_string_equal(in.ts, "2.000001");
    assert_string_equal(in.thread_ts, "2.000000");
    assert_true(read_text(INTERACTIVE("'type':'block_actions'," WHO
        "'container':{'type':'view','view_id':'V1'}," MODAL("dh.home", "", "")
        ",'actions':[" BUTTON("dh.more", "1:1") "]")));
    assert_string_equal(in.view.id, "V1");
    assert_string_equal(in.view.hash, "156772938.1827394");
    assert_null(in.view.private_metadata);
}

static void a_long_key_is_a_digest(void **unused)
{
    (void)unused;
    char text[1024], id[256];
    memset(id, 'x', 255);
    id[255] = '\0';
    snprintf(text, sizeof text, INTERACTIVE("'type':'block_actions'," WHO "'actions':[{'type':"
             "'button','action_id':'%s','action_ts':'1.000001'}]"), id);
    assert_true(read_text(text));
    assert_int_equal(strlen(in.key), 2 + 64);
}

static void every_input_of_a_view_has_its_value(void **unused)
{
    (void)unused;
    static const struct { const char *input, *value; } rows[] = {
        { "{'type':'plain_text_input','value':'Gr\xc3\xbc\xc3\x9f""e'}", "Gr\xc3\xbc\xc3\x9f""e" },
        { "{'type':'plain_text_input','value':null}", NULL },
        { "{'type':'plain_text_input','value':''}", NULL },
        { "{'type':'email_text_input','value':'a@b.example'}", "a@b.example" },
        { "{'type':'number_input','value':'12'}", "12" },
        { "{'type':'static_select','selected_option':{'text':{'text':'A'},'value':'t1'}}", "t1" },
        { "{'type':'static_select','selected_option':null}", NULL },
        { "{'type':'radio_buttons','selected_option':{'value':'on'}}", "on" },
        { "{'type':'checkboxes','selected_options':[{'value':'a'},{'value':'b'}]}", "a\nb" },
        { "{'type':'multi_static_select','selected_options':[]}", NULL },
        { "{'type':'users_select','selected_user':'U1'}", "U1" },
        { "{'type':'multi_users_select','selected_users':['U1','U2']}", "U1\nU2" },
        { "{'type':'conversations_select','selected_conversation':'C1'}", "C1" },
        { "{'type':'multi_conversations_select','selected_conversations':['C1']}", "C1" },
        { "{'type':'channels_select','selected_channel':'C1'}", "C1" },
        { "{'type':'multi_channels_select','selected_channels':['C1',7]}", "C1" },
        { "{'type':'datepicker','selected_date':'2026-03-02'}", "2026-03-02" },
        { "{'type':'timepicker','selected_time':'09:30'}", "09:30" },
        { "{'type':'datetimepicker','selected_date_time':1628633820}", "1628633820" },
        { "{'type':'rich_text_input','rich_text_value':{'type':'rich_text','elements':["
          SECTION("{'type':'text','text':'hi'}") "]}}", "hi" },
        { "{'type':'file_input','files':[{'id':'F1'},{'id':'F2'}]}", "F1\nF2" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[1024];
        snprintf(text, sizeof text, SUBMISSION("dh.note", "42:7:0", "'text':{'v':%s}"),
                 rows[i].input);
        assert_true(read_text(text));
        assert_int_equal(in.view.value_count, 1);
        const char *value = in.view.values[0].value;
        if (rows[i].value ? !value || strcmp(value, rows[i].value) != 0 : value != NULL)
            fail_msg("%s: %s", rows[i].input, value);
        assert_string_equal(in.view.values[0].block_id, "text");
        assert_string_equal(in.view.values[0].action_id, "v");
    }
}

static void a_corrected_submission_is_another_one(void **unused)
{
    (void)unused;
#define ONE(text) "'text':{'v':{'type':'plain_text_input','value':'" text "'}}"
    static const char *const rows[] = {
        SUBMISSION("dh.note", "42:7:0", ONE("a")), SUBMISSION("dh.note", "42:7:0", ONE("b")),
        SUBMISSION("dh.note", "42:7:0", ONE("b") ",'x':{'v':{'type':'radio_buttons'}}"),
        SUBMISSION("dh.note", "42:7:0", "'x':{'v':{'type':'radio_buttons'}}," ONE("b")),
    };
    const char *keys[COUNT(rows)];
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(read_text(rows[i]));
        keys[i] = in.key;
    }
    assert_string_not_equal(keys[0], keys[1]);
    assert_string_not_equal(keys[1], keys[2]);
    assert_string_equal(keys[2], keys[3]);
}

static void a_view_has_no_more_inputs_than_slack_allows(void **unused)
{
    (void)unused;
    char *text = arena_alloc(&arena, 64 * 1024), *at = text;
    at += sprintf(at, "%s", "{'envelope_id':'e1','type':'interactive','payload':{"
                  "'type':'view_submission'," WHO "'view':{'id':'V1','state':{'values':{");
    for (int i = 0; i <= SLACK_VALUES_MAX; i++)
        at += sprintf(at, "%s'b%d':{'v':{'type':'x','value':'y'}}", i ? "," : "", i);
    sprintf(at, "}}}}}");
    assert_true(read_text(text));
    assert_int_equal(in.kind, SLACK_UNKNOWN);
    at = text + sprintf(text, "%s", "{'envelope_id':'e1','type':'interactive','payload':{"
                        "'type':'view_submission'," WHO "'view':{'id':'V1','state':{'values':{'");
    memset(at, 'b', 256);
    sprintf(at + 256, "':{'v':{'type':'x','value':'y'}}}}}}}");
    assert_true(read_text(text));
    assert_int_equal(in.kind, SLACK_UNKNOWN);
}

static void slash_commands_and_message_shortcuts(void **unused)
{
    (void)unused;
    assert_true(read_text(PAYLOAD("slash_commands",
        "'token':'z','team_id':'T1','team_domain':'acme','enterprise_id':'','channel_id':'C1',"
        "'channel_name':'desk','user_id':'U1','user_name':'sara','command':'/ticket',"
        "'text':'new A &amp; B <https://a.example|a.example>','api_app_id':'A1',"
        "'is_enterprise_install':'false','response_url':'https://hooks.slack.com/commands/1',"
        "'trigger_id':'13345224609.738474920.8088930838d88'")));
    assert_string_equal(in.word, "/ticket");
    assert_string_equal(in.text, "new A & B https://a.example");
    assert_string_equal(in.user_team, "T1");
    assert_string_equal(in.channel, "C1");
    assert_true(read_text(INTERACTIVE("'type':'message_action'," WHO "'callback_id':'dh.new',"
        "'trigger_id':'1.2.a','response_url':'https://hooks.slack.com/app/1',"
        "'message_ts':'1.000001','channel':{'id':'C1','name':'x'},"
        "'message':{'type':'message','user':'U7','text':'help',"
        "'ts':'1.000001','thread_ts':'1.000000'}")));
    assert_int_equal(in.kind, SLACK_MESSAGE_SHORTCUT);
    assert_string_equal(in.about.text, "help");
    assert_string_equal(in.about.user, "U7");
    assert_string_equal(in.about.ts, "1.000001");
    assert_string_equal(in.about.thread_ts, "1.000000");
    assert_true(read_text(INTERACTIVE("'type':'message_action'," WHO "'callback_id':'dh.new',"
                                      "'channel':{'id':'C1'}")));
    assert_int_equal(in.kind, SLACK_UNKNOWN);
    assert_true(read_text(INTERACTIVE("'type':'block_suggestion'," WHO "'action_id':'to',"
                                      "'block_id':'b','value':'sa'")));
    assert_string_equal(in.action.action_id, "to");
    assert_string_equal(in.action.value, "sa");
}

/* ---- words ---- */

static void what_was_typed_is_plain_text(void **unused)
{
    (void)unused;
    static const struct { const char *members, *text; } rows[] = {
        { "'text':'A &amp; B &lt;tag&gt; &amp;lt; &'", "A & B <tag> &lt; &" },
        { "'text':'<@U2> and <@U9> and <@U9|sara>'", "@Omar and @U9 and @U9" },
        { "'text':'<!channel> hi <!here|here>'", " hi" },
        { "'text':'see <https://a.example/x?a=1&amp;b=2>'", "see https://a.example/x?a=1&b=2" },
        { "'text':'<https://evil.example|https://bank.example>'",
          "https://bank.example (https://evil.example)" },
        { "'text':'<mailto:a@b.example|a@b.example>'", "a@b.example" },
        { "'text':'in <#C1|desk> 3 < 4 <@'", "in #desk 3 < 4 <@" },
        { "'text':'half \\ud83d and \\ude00 and \\u0000 but \\ud83d\\ude00'",
          "half \xef\xbf\xbd and \xef\xbf\xbd and \xef\xbf\xbd but \xf0\x9f\x98\x80" },
        { "'text':null", "" },
        { "'text':7", "" },
        { "'text':'line\\n\\n'", "line" },
        { "'text':'ignored'," RICH(SECTION("{'type':'text','text':'A & B <x>'}")), "A & B <x>" },
        { "'text':'kept','blocks':[{'type':'section','text':{'type':'mrkdwn','text':'x'}}]",
          "kept" },
        { "'text':'kept'," RICH(""), "kept" },
        { RICH(SECTION("{'type':'user','user_id':'U2'},{'type':'text','text':' look '},"
                       "{'type':'emoji','name':'wave','unicode':'1f44b'},{'type':'broadcast',"
                       "'range':'channel'},{'type':'channel','channel_id':'C1'},"
                       "{'type':'usergroup','usergroup_id':'S1'},{'type':'color','value':'#FFF'}")),
          "@Omar look :wave:#C1@S1#FFF" },
        { RICH(SECTION("{'type':'link','url':'https://a.example'},{'type':'text','text':' '},"
                       "{'type':'link','url':'https://a.example','text':'here'},"
                       "{'type':'text','text':' '},"
                       "{'type':'link','url':'https://a.example','text':'a.example'},"
                       "{'type':'text','text':' '},"
                       "{'type':'link','url':'mailto:a@b.example','text':'a@b.example'},"
                       "{'type':'text','text':' '},{'type':'link','url':'tel:123','text':'us'},"
                       "{'type':'date','timestamp':1,'format':'{date}','fallback':'today'}")),
          "https://a.example here (https://a.example) https://a.example a@b.example us (123)"
          "today" },
        { RICH(SECTION("{'type':'text','text':'do:'}")
               ",{'type':'rich_text_list','style':'ordered','indent':0,'offset':2,'elements':["
               SECTION("{'type':'text','text':'one'}") "," SECTION("{'type':'text','text':'two'}")
               "]},{'type':'rich_text_list','style':'bullet','indent':1,'elements':["
               SECTION("{'type':'text','text':'sub'}") "]},"
               "{'type':'rich_text_quote','elements':[{'type':'text','text':'a\\nb'}]},"
               "{'type':'rich_text_preformatted','elements':[{'type':'text','text':'x = 1'}]},"
               SECTION("{'type':'text','text':'end'}") ",{'type':'rich_text_hologram'}"),
          "do:\n3. one\n4. two\n  - sub\n> a\n> b\nx = 1\nend" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[2048];
        snprintf(text, sizeof text, EVENT("{'type':'message',%s," MESSAGE_TAIL "}"),
                 rows[i].members);
        assert_true(read_text(text));
        if (!in.text || strcmp(in.text, rows[i].text) != 0)
            fail_msg("%s\nis: %s", rows[i].members, in.text);
    }
}

static void a_text_that_calls_somebody_says_whom(void **unused)
{
    (void)unused;
    static const struct { const char *members, *addressed, *rest; } rows[] = {
        { "'text':'<@UBOT> next'", "UBOT", "next" },
        { "'text':' <@UBOT>: next'", "UBOT", "next" },
        { "'text':'<@UBOT>'", "UBOT", "" },
        { "'text':'<@U2> ask <@UBOT>'", "U2", "ask @UBOT" },
        { "'text':'ask <@UBOT>'", NULL, "ask @UBOT" },
        { RICH(SECTION("{'type':'user','user_id':'UBOT'},{'type':'text','text':'  mine'}")),
          "UBOT", "mine" },
        { RICH("{'type':'rich_text_quote','elements':[{'type':'user','user_id':'UBOT'}]}"), NULL,
          "> @UBOT" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[1024];
        snprintf(text, sizeof text, EVENT("{'type':'app_mention',%s," MESSAGE_TAIL "}"),
                 rows[i].members);
        assert_true(read_text(text));
        assert_string_equal(in.rest, rows[i].rest);
        if (rows[i].addressed ? !in.addressed || strcmp(in.addressed, rows[i].addressed) != 0
                              : in.addressed != NULL)
            fail_msg("%s: %s", rows[i].members, in.addressed);
    }
    assert_true(frame_read(EVENT("{'type':'message','text':'<@U2> hi'," MESSAGE_TAIL "}"), NULL,
                           &arena, &in));
    assert_string_equal(in.text, "@U2 hi");
}

/* Signs that begin something and never end it are text, too. */
static void a_text_of_nothing_but_open_brackets_is_read(void **unused)
{
    (void)unused;
    static const char *const signs[] = { "<", "<@", "&", "<@U1>", "<!" };
    for (size_t k = 0; k < COUNT(signs); k++) {
        enum { ROOM = 16 * 1024 };
        size_t room = ROOM;
        char *text = arena_alloc(&arena, 2 * ROOM), *words = arena_alloc(&arena, room + 1);
        for (size_t at = 0; at + strlen(signs[k]) <= room; at += strlen(signs[k]))
            memcpy(words + at, signs[k], strlen(signs[k]));
        snprintf(text, 2 * ROOM, "{'envelope_id':'e1','type':'events_api','payload':{"
                 "'team_id':'T1','event_id':'Ev1','event':{'type':'message','text':'%s',"
                 MESSAGE_TAIL "}}}", words);
        assert_true(read_text(text));
        assert_int_equal(in.kind, SLACK_MESSAGE);
        assert_true(strlen(in.text) <= SLACK_TEXT_MAX);
    }
}

#define TEST(f) cmocka_unit_test_teardown(f, clear)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_payload_has_its_kind),
        TEST(what_is_no_envelope_is_not_acknowledged),
        TEST(depth_and_size_have_limits),
        TEST(a_wrong_id_spoils_the_payload_but_not_the_acknowledgement),
        TEST(marks_are_never_looked_into),
        TEST(the_id_of_what_cannot_be_read_is_found),
        TEST(a_message_comes_with_all_that_matters),
        TEST(mention_and_message_are_one_by_their_content),
        TEST(bots_are_told_apart),
        TEST(an_edit_is_told_from_a_link_preview),
        TEST(what_is_deleted_says_which_and_whose),
        TEST(channels_people_and_tokens_change),
        TEST(a_click_says_who_where_and_what),
        TEST(a_long_key_is_a_digest),
        TEST(every_input_of_a_view_has_its_value),
        TEST(a_corrected_submission_is_another_one),
        TEST(a_view_has_no_more_inputs_than_slack_allows),
        TEST(slash_commands_and_message_shortcuts),
        TEST(what_was_typed_is_plain_text),
        TEST(a_text_that_calls_somebody_says_whom),
        TEST(a_text_of_nothing_but_open_brackets_is_read),
    };
    return cmocka_run_group_tests_name("slack envelope", tests, NULL, NULL);
}
