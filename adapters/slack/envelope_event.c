/* Events: one row per type that we know, one function per form of an event. */
#include "adapters/slack/envelope_private.h"

#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { NAME_MAX_BYTES = 512, EMAIL_MAX_BYTES = 254 };

static const char *word(const json_t *object, const char *member)
{
    const char *text = json_string_value(json_object_get(object, member));
    return text ? text : "";
}

/* A shared channel brings people of other workspaces: theirs counts. */
static void read_author(struct envelope *e, const json_t *message)
{
    struct slack_input *in = e->out;
    in->user = envelope_id(e, message, "user");
    in->bot = envelope_id(e, message, "bot_id");
    in->app = envelope_id(e, message, "app_id");
    if (!in->app)
        in->app = envelope_id(e, json_object_get(message, "bot_profile"), "app_id");
    in->slackbot = in->user && !strcmp(in->user, "USLACKBOT");
    static const char *const teams[] = { "user_team", "source_team", "team" };
    for (size_t i = 0; i < COUNT(teams) && !in->user_team; i++)
        in->user_team = envelope_id(e, message, teams[i]);
    if (!in->user_team)
        in->user_team = in->team;
}

static void read_place(struct envelope *e, const json_t *event)
{
    e->out->channel = envelope_id(e, event, "channel");
    e->out->channel_type = envelope_id(e, event, "channel_type");
}

static void read_words(struct envelope *e, const json_t *message)
{
    struct slack_input *in = e->out;
    struct envelope_words words = envelope_words(e, message);
    in->ts = envelope_ts(e, message, "ts");
    in->thread_ts = envelope_ts(e, message, "thread_ts");
    in->edited_ts = envelope_ts(e, json_object_get(message, "edited"), "ts");
    in->file_count = json_array_size(json_object_get(message, "files"));
    in->text = words.text;
    in->addressed = words.addressed;
    in->rest = words.rest;
}

static bool is_whole(const struct slack_input *in)
{
    return in->channel && in->ts && (in->user || in->bot);
}

/* Content that comes as two events (app_mention and message) is one by this key. */
static void key_content(struct envelope *e)
{
    struct slack_input *in = e->out;
    in->content_key = in->edited_ts
        ? arena_print(e->a, "m:%s:%s:%s", in->channel, in->ts, in->edited_ts)
        : arena_print(e->a, "m:%s:%s", in->channel, in->ts);
}

static void said(struct envelope *e, const json_t *event, enum slack_kind kind)
{
    read_place(e, event);
    read_author(e, event);
    read_words(e, event);
    e->out->parent = envelope_id(e, event, "parent_user_id");
    if (!is_whole(e->out))
        return;
    e->out->kind = kind;
    key_content(e);
}

static void was_deleted(struct envelope *e, const json_t *before, const char *ts)
{
    struct slack_input *in = e->out;
    read_author(e, before);
    in->thread_ts = envelope_ts(e, before, "thread_ts");
    in->ts = ts;
    if (in->channel && ts)
        in->kind = SLACK_MESSAGE_DELETED;
}

static void deleted(struct envelope *e, const json_t *event)
{
    read_place(e, event);
    was_deleted(e, json_object_get(event, "previous_message"),
                envelope_ts(e, event, "deleted_ts"));
}

/* A link preview changes a message without an edit: then the words are as before. The first message
 * of a thread is not deleted but changed into a tombstone. */
static void changed(struct envelope *e, const json_t *event)
{
    struct slack_input *in = e->out;
    const json_t *message = json_object_get(event, "message");
    const json_t *before = json_object_get(event, "previous_message");
    read_place(e, event);
    if (!strcmp(word(message, "subtype"), "tombstone")) {
        was_deleted(e, before, envelope_ts(e, message, "ts"));
        return;
    }
    read_author(e, message);
    read_words(e, message);
    in->text_changed = !before || strcmp(envelope_words(e, before).text, in->text) != 0;
    if (!is_whole(in))
        return;
    in->kind = SLACK_MESSAGE_CHANGED;
    if (in->edited_ts)
        key_content(e);
}

static void message(struct envelope *e, const json_t *event, enum slack_kind kind)
{
    static const char *const plain[] = { "", "file_share", "thread_broadcast", "me_message" };
    const char *subtype = word(event, "subtype");
    if (!strcmp(subtype, "message_changed"))
        changed(e, event);
    else if (!strcmp(subtype, "message_deleted"))
        deleted(e, event);
    else
        for (size_t i = 0; i < COUNT(plain); i++)
            if (!strcmp(subtype, plain[i]))
                said(e, event, kind);
}

/* app_home_opened, member_joined_channel, member_left_channel */
static void person_at_place(struct envelope *e, const json_t *event, enum slack_kind kind)
{
    read_place(e, event);
    read_author(e, event);
    e->out->tab = envelope_id(e, event, "tab");
    if (e->out->user && (e->out->channel || kind == SLACK_HOME_OPENED))
        e->out->kind = kind;
}

/* The channel is an id, or an object when its name is what changed. */
static void channel(struct envelope *e, const json_t *event, enum slack_kind kind)
{
    const json_t *object = json_object_get(event, "channel");
    if (json_is_object(object)) {
        e->out->channel = envelope_id(e, object, "id");
        e->out->text = envelope_text(e, object, "name", NAME_MAX_BYTES);
    } else {
        e->out->channel = envelope_id(e, event, "channel");
    }
    if (e->out->channel)
        e->out->kind = kind;
}

static void read_person(struct envelope *e, const json_t *user, struct slack_person *out)
{
    const json_t *profile = json_object_get(user, "profile");
    static const char *const names[] = { "real_name", "display_name" };
    *out = (struct slack_person){ .id = envelope_id(e, user, "id") };
    out->team = envelope_id(e, user, "team_id");
    for (size_t i = 0; i < COUNT(names) && !out->name; i++)
        out->name = envelope_text(e, profile, names[i], NAME_MAX_BYTES);
    if (!out->name)
        out->name = envelope_text(e, user, "name", NAME_MAX_BYTES);
    out->email = envelope_text(e, profile, "email", EMAIL_MAX_BYTES);
    out->deleted = json_is_true(json_object_get(user, "deleted"));
    out->bot = json_is_true(json_object_get(user, "is_bot")) ||
               json_is_true(json_object_get(user, "is_workflow_bot")) ||
               (out->id && !strcmp(out->id, "USLACKBOT"));
    out->guest = json_is_true(json_object_get(user, "is_restricted")) ||
                 json_is_true(json_object_get(user, "is_ultra_restricted"));
    out->stranger = json_is_true(json_object_get(user, "is_stranger"));
    out->admin = json_is_true(json_object_get(user, "is_admin")) ||
                 json_is_true(json_object_get(user, "is_owner"));
}

static void user(struct envelope *e, const json_t *event, enum slack_kind kind)
{
    read_person(e, json_object_get(event, "user"), &e->out->person);
    e->out->user = e->out->person.id;
    e->out->user_team = e->out->person.team ? e->out->person.team : e->out->team;
    if (e->out->user)
        e->out->kind = kind;
}

static void tokens(struct envelope *e, const json_t *event, enum slack_kind kind)
{
    const json_t *lists = json_object_get(event, "tokens");
    e->out->bot_revoked = json_array_size(json_object_get(lists, "bot")) > 0;
    e->out->kind = kind;
}

static void bare(struct envelope *e, const json_t *event, enum slack_kind kind)
{
    (void)event;
    e->out->kind = kind;
}

static const struct row {
    const char *type;
    enum slack_kind kind;
    void (*read)(struct envelope *e, const json_t *event, enum slack_kind kind);
} rows[] = {
    { "message", SLACK_MESSAGE, message },
    { "app_mention", SLACK_MENTION, message },
    { "app_home_opened", SLACK_HOME_OPENED, person_at_place },
    { "member_joined_channel", SLACK_MEMBER_JOINED, person_at_place },
    { "member_left_channel", SLACK_MEMBER_LEFT, person_at_place },
    { "channel_archive", SLACK_CHANNEL_GONE, channel },
    { "channel_deleted", SLACK_CHANNEL_GONE, channel },
    { "channel_left", SLACK_CHANNEL_GONE, channel },
    { "channel_unarchive", SLACK_CHANNEL_BACK, channel },
    { "channel_rename", SLACK_CHANNEL_RENAMED, channel },
    { "group_archive", SLACK_CHANNEL_GONE, channel },
    { "group_deleted", SLACK_CHANNEL_GONE, channel },
    { "group_left", SLACK_CHANNEL_GONE, channel },
    { "group_unarchive", SLACK_CHANNEL_BACK, channel },
    { "group_rename", SLACK_CHANNEL_RENAMED, channel },
    { "user_change", SLACK_USER_CHANGED, user },
    { "team_join", SLACK_USER_CHANGED, user },
    { "app_uninstalled", SLACK_APP_UNINSTALLED, bare },
    { "tokens_revoked", SLACK_TOKENS_REVOKED, tokens },
    { "app_rate_limited", SLACK_RATE_LIMITED, bare },
};

void envelope_event(struct envelope *e, const json_t *payload)
{
    const json_t *event = json_object_get(payload, "event");
    const json_t *about = json_is_object(event) ? event : payload;
    const char *event_id = envelope_id(e, payload, "event_id");
    e->out->team = envelope_id(e, payload, "team_id");
    e->out->enterprise = envelope_id(e, payload, "context_enterprise_id");
    if (!e->out->enterprise)
        e->out->enterprise = envelope_id(e, json_array_get(json_object_get(payload,
                                         "authorizations"), 0), "enterprise_id");
    e->out->type = envelope_text(e, about, "type", SLACK_ID_MAX);
    if (event_id)
        e->out->key = arena_print(e->a, "e:%s", event_id);
    for (size_t i = 0; e->out->type && i < COUNT(rows); i++)
        if (!strcmp(rows[i].type, e->out->type))
            rows[i].read(e, about, rows[i].kind);
}
