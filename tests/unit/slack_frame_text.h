/* slack_frame_text.h - frames of Slack for tests, written with ' in place of ".
 * They decide nothing. */
#ifndef DESKHAND_TESTS_SLACK_FRAME_TEXT_H
#define DESKHAND_TESTS_SLACK_FRAME_TEXT_H

#include <string.h>

#include "adapters/slack/envelope.h"

#define EVENT_ID(id, event)                                                                       \
    "{'envelope_id':'57d6a792-4d35-4d0b-b6aa-3361493e1caf','type':'events_api',"                  \
    "'accepts_response_payload':false,'retry_attempt':0,'retry_reason':'','payload':{"            \
    "'token':'z','team_id':'T1','api_app_id':'A1','type':'event_callback','event_id':'" id "',"   \
    "'event_time':1595926230,'authorizations':[{'team_id':'T1','user_id':'UBOT','is_bot':true}]," \
    "'is_ext_shared_channel':false,'event':" event "}}"
#define EVENT(event) EVENT_ID("Ev08MFMKH6", event)
#define PAYLOAD(type, payload)                                                                    \
    "{'envelope_id':'dbdd0ef3-1543-4f94-bfb4-133d0e6c1545','type':'" type "',"                    \
    "'accepts_response_payload':true,'payload':{" payload "}}"
#define INTERACTIVE(payload) PAYLOAD("interactive", payload)
#define WHO "'user':{'id':'U1','username':'sara','name':'sara','team_id':'T1'},"                  \
            "'team':{'id':'T1','domain':'acme'},'api_app_id':'A1','token':'z',"                   \
            "'enterprise':null,'is_enterprise_install':false,"
#define CLICK_ON(container, action)                                                               \
    INTERACTIVE("'type':'block_actions'," WHO                                                     \
                "'trigger_id':'13345224609.738474920.8088930838d88','container':" container           \
                ",'channel':{'id':'C1','name':'desk'},"                                           \
                "'response_url':'https://hooks.slack.com/actions/T1/1/x','actions':[" action "]")
#define CARD "{'type':'message','message_ts':'1548261231.000200','channel_id':'C1',"              \
             "'is_ephemeral':false}"
#define CLICK(action) CLICK_ON(CARD, action)
#define BUTTON(id, value)                                                                         \
    "{'type':'button','block_id':'=qXel','action_id':'" id "','value':'" value "',"               \
    "'text':{'type':'plain_text','text':'Claim'},'action_ts':'1548426417.840180'}"
#define MODAL(callback, metadata, values)                                                         \
    "'view':{'id':'V1','type':'modal','hash':'156772938.1827394','callback_id':'" callback "',"   \
    "'private_metadata':'" metadata "','root_view_id':'V1','previous_view_id':null,"              \
    "'external_id':'','app_installed_team_id':'T1','state':{'values':{" values "}}}"
#define SUBMISSION(callback, metadata, values)                                                    \
    INTERACTIVE("'type':'view_submission'," WHO "'trigger_id':'12345.98765.abcd2358fdea',"        \
                MODAL(callback, metadata, values) ",'response_urls':[]")
#define RICH(elements) "'blocks':[{'type':'rich_text','block_id':'Av2h','elements':[" elements "]}]"
#define SECTION(elements) "{'type':'rich_text_section','elements':[" elements "]}"

/* The frame as Slack sends it, in the arena; its length is strlen. */
static inline char *frame_text(const char *text, struct arena *a)
{
    char *frame = arena_copy(a, text);
    for (char *c = frame; *c; c++)
        if (*c == '\'')
            *c = '"';
    return frame;
}

static inline bool frame_read(const char *text, const struct slack_names *names, struct arena *a,
                              struct slack_input *out)
{
    const char *frame = frame_text(text, a);
    return slack_envelope_read(frame, strlen(frame), names, a, out);
}

#endif
