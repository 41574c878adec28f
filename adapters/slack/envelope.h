/* envelope.h - turns one text frame of Slack's Socket Mode into plain values. Pure.
 * It knows the protocol, not the desk: what an input means is decided in intent.c. */
#ifndef DESKHAND_SLACK_ENVELOPE_H
#define DESKHAND_SLACK_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

/* As much as the socket takes (websocket_client.h): a payload of 1 MiB and its envelope. */
enum { SLACK_FRAME_MAX = (1 << 20) + 65536, SLACK_DEPTH_MAX = 32, SLACK_ID_MAX = 64,
       SLACK_KEY_MAX = 200, SLACK_VALUES_MAX = 100, SLACK_TEXT_MAX = 256 * 1024 };

enum slack_kind {
    SLACK_UNKNOWN,                 /* acknowledge and remember it, no more */
    /* events_api */
    SLACK_MESSAGE,                 /* plain, file_share, thread_broadcast or me_message */
    SLACK_MESSAGE_CHANGED,         /* ts, user, text of the message as it is now; text_changed */
    SLACK_MESSAGE_DELETED,         /* ts, user, thread_ts of the message that was */
    SLACK_MENTION,                 /* app_mention */
    SLACK_HOME_OPENED,             /* tab */
    SLACK_MEMBER_JOINED, SLACK_MEMBER_LEFT,            /* user, channel */
    SLACK_CHANNEL_GONE,            /* archived, deleted, or the bot has left it: see type */
    SLACK_CHANNEL_BACK,            /* unarchived */
    SLACK_CHANNEL_RENAMED,         /* text = new name */
    SLACK_USER_CHANGED,            /* user_change, team_join: person */
    SLACK_APP_UNINSTALLED,
    SLACK_TOKENS_REVOKED,          /* bot_revoked: a bot's token was among them */
    SLACK_RATE_LIMITED,            /* app_rate_limited: Slack drops events of this minute */
    /* interactive */
    SLACK_CLICK,                   /* block_actions: action; view if it stands in one */
    SLACK_SUBMISSION,              /* view_submission: view with its values */
    SLACK_VIEW_CLOSED,             /* view */
    SLACK_SHORTCUT,                /* callback_id */
    SLACK_MESSAGE_SHORTCUT,        /* message_action: callback_id; about */
    SLACK_SUGGESTION,              /* block_suggestion: action, its value = typed so far */
    /* slash_commands */
    SLACK_SLASH,                   /* word = "/ticket", text */
    SLACK_KINDS
};

struct slack_value {               /* one input of a view, or what a click brought */
    const char *block_id, *action_id;
    const char *type;              /* "plain_text_input" "static_select" ... */
    const char *value;             /* text, or value of what was chosen; several: one a line;
                                      NULL: none */
};

struct slack_view {
    const char *id, *hash;
    const char *type;              /* "modal" "home" */
    const char *callback_id, *private_metadata;        /* written by us, but may be stale */
    struct slack_value *values;
    size_t value_count;
};

struct slack_person {              /* a user object */
    const char *id, *team, *name, *email;              /* email NULL: none, or no scope for it */
    bool deleted, bot, guest, stranger, admin;         /* stranger: of another workspace */
};

struct slack_about {               /* the message that a message shortcut is about */
    const char *ts, *thread_ts, *user, *bot, *text;
};

/* Members that an input has not got are NULL, 0 or false. Strings live in the arena of the call
 * and are valid UTF-8; ids are 1..SLACK_ID_MAX of [A-Za-z0-9._-] (envelope_id: of any
 * visible ASCII, as are action_ts and a view's hash), a ts is digits, a dot and 6 digits. */
struct slack_input {
    enum slack_kind kind;
    bool bad;                      /* an id or ts of it was none, so it became SLACK_UNKNOWN */
    const char *envelope_id;       /* acknowledge it on its own socket, once it is committed */
    bool takes_payload;            /* the acknowledgement may carry an answer */
    int retry_attempt;
    const char *type;              /* Slack's own word: "message" "block_actions" ... */
    /* The same thing delivered twice has the same key: "e:<event_id>", or by meaning "i:...", or
     * for want of both "v:<envelope_id>"; at most SLACK_KEY_MAX bytes, never NULL. */
    const char *key;
    /* The same words as two events (message and app_mention) have the same one:
     * "m:<channel>:<ts>[:<edited_ts>]". NULL when it is not about words. */
    const char *content_key;
    const char *raw;               /* the frame itself; parsed again it gives the same input */
    const char *team;              /* the workspace it came from */
    const char *enterprise;
    const char *user, *user_team;  /* who did it, and of which workspace; may differ from `team` */
    const char *user_name;         /* what Slack calls them: never an identity */
    const char *bot, *app;         /* bot_id and app_id of a bot's message */
    bool slackbot;                 /* Slack itself speaks */
    const char *channel;
    const char *channel_type;      /* "channel" "group" "im" "mpim" */
    const char *ts, *thread_ts, *edited_ts;
    const char *parent;            /* user who wrote what the thread is about */
    bool text_changed;             /* MESSAGE_CHANGED: the words did, not only a link preview */
    const char *text;              /* as plain text: what the person typed; "" when nothing */
    const char *addressed;         /* user whom the text begins by mentioning; may be NULL */
    const char *rest;              /* the text behind that mention, else the text */
    size_t file_count;
    const char *tab;               /* "home" "messages" */
    const char *word;              /* "/ticket" */
    const char *callback_id;       /* of shortcuts */
    const char *response_url;      /* a secret */
    const char *trigger_id;        /* good for 3 s, once */
    struct slack_value action;
    const char *action_ts;
    bool is_ephemeral;             /* the click stands on a message that only its reader sees */
    struct slack_view view;
    struct slack_person person;
    struct slack_about about;
    bool bot_revoked;
};

/* The name to show for a mentioned user, borrowed; NULL: not known, "@U..." is shown. */
struct slack_names {
    const char *(*name)(void *ctx, const char *user_id);
    void *ctx;
};

/* Reads one frame. names may be NULL. false: no envelope with an id, not an object of JSON, too
 * large, too deep, or a member stands there twice: there is nothing to acknowledge. A payload that
 * makes no sense or has a wrong id is SLACK_UNKNOWN, with its envelope_id. Escapes of U+0000 and of
 * lone surrogates arrive as U+FFFD; a NUL byte is refused. hello and disconnect are read by
 * socket_frame.c. */
bool slack_envelope_read(const char *bytes, size_t len, const struct slack_names *names,
                         struct arena *a, struct slack_input *out);

/* The envelope_id of a frame that slack_envelope_read refused, as well as it can be found: Slack
 * would send again what can never be read. NULL: none. */
const char *slack_envelope_id(const char *bytes, size_t len, struct arena *a);

#endif
