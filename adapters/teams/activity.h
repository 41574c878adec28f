/* activity.h - the body of a POST to /api/messages as plain values. Pure, and it believes nothing:
 * whether the sender may say so is auth.c's business, what it asks of the desk is intent.c's.
 * Source of the members: the activity schema of the Bot Framework and Microsoft's Teams pages. */
#ifndef DESKHAND_TEAMS_ACTIVITY_H
#define DESKHAND_TEAMS_ACTIVITY_H

#include "adapters/chat/answer.h"
#include "adapters/teams/jwt.h"

enum { TEAMS_BODY_MAX = 1024 * 1024, TEAMS_DEPTH_MAX = 32, TEAMS_ID_MAX = 300,
       TEAMS_OBJECT_ID_MAX = 64, TEAMS_KEY_MAX = 80,
       TEAMS_VALUES_MAX = 32, TEAMS_RAW_MAX = 64 * 1024 };

enum teams_kind {
    TEAMS_OTHER,                    /* nothing for us, or of a kind that is not known yet */
    TEAMS_MESSAGE, TEAMS_EDITED, TEAMS_DELETED,
    TEAMS_CLICK,                    /* a message that carries what a card of ours sent */
    TEAMS_INSTALLED, TEAMS_REMOVED, /* the app, in a team or chat */
    TEAMS_CHANNEL_GONE, TEAMS_TEAM_GONE,
    TEAMS_EXECUTE,                  /* invoke adaptiveCard/action; all below are invokes, too */
    TEAMS_FETCH, TEAMS_SUBMIT,      /* task/fetch, task/submit */
    TEAMS_FEEDBACK,                 /* message/submitAction */
    TEAMS_SIGN_IN,                  /* signin/... */
    TEAMS_INVOKE,                   /* any other */
    TEAMS_KINDS
};

enum teams_conv_kind { TEAMS_CONV_OTHER, TEAMS_CONV_PERSONAL, TEAMS_CONV_GROUP,
                       TEAMS_CONV_CHANNEL };

/* What a card of ours sends, as cards/teams.h says. All of it comes from outside. */
struct teams_clicked {
    bool ours;                      /* it has a "_d" with an action */
    const char *action, *word, *nonce;      /* action is NULL when not ours */
    int64_t ticket_id, version, number;
    struct chat_value *values;      /* answers of inputs */
    size_t value_count;
};

/* Members that an activity has not got are NULL, 0 or false. Strings live in the arena of the call
 * and are valid UTF-8; ids are printable ASCII of at most TEAMS_ID_MAX bytes, or NULL. */
struct teams_input {
    enum teams_kind kind;
    struct teams_facts facts;       /* for the checks; everything else waits for their verdict */
    const char *type;               /* NULL: this is no activity */
    const char *name;               /* of an invoke */
    const char *id, *reply_to, *timestamp;
    const char *service_url, *tenant;
    const char *user;               /* "29:..." */
    const char *aad;                /* Entra object id, lower case */
    const char *bot;                /* recipient: we */
    enum teams_conv_kind conv_kind;
    const char *conv;               /* as it came: where to answer */
    const char *channel, *root;     /* the two halves of "<channel>;messageid=<root>" */
    const char *team, *team_name, *channel_name;
    const char *text;               /* what the person typed, without calling us; "" when nothing */
    bool mentions_us, has_file;
    struct teams_clicked click;
    /* The same thing delivered twice has the same key: by its id; and what a click means, whatever
     * id it came with (NULL: no click). A repeat by Teams brings a new id and time. */
    const char *key, *meaning;
    const char *raw;                /* the body; NULL: too long to be kept */
};

static inline bool teams_is_invoke(enum teams_kind kind) { return kind >= TEAMS_EXECUTE; }

/* false: not one object of JSON in UTF-8, over TEAMS_BODY_MAX or TEAMS_DEPTH_MAX, a member twice,
 * or an embedded NUL: two readers could see two activities. */
bool teams_activity_read(const char *bytes, size_t len, struct arena *a, struct teams_input *out);

#endif
