/* From bytes to one activity: who, where, what kind. One row per type, event and invoke name. */
#include "adapters/teams/activity_private.h"

#include <ctype.h>
#include <string.h>

#include "adapters/teams/strict_json.h"
#include "bot/base/hash.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define THREAD ";messageid="

enum { KEY_TEXTS_MAX = 64 };

/* ---- single members ---- */

const char *activity_text(const json_t *object, const char *member, struct arena *a)
{
    const json_t *value = json_object_get(object, member);
    size_t len = json_string_length(value);
    return len ? arena_copy_n(a, json_string_value(value), len) : NULL;
}

const char *activity_id(const json_t *object, const char *member, struct arena *a)
{
    const char *text = activity_text(object, member, a);
    size_t len = text ? strlen(text) : 0;
    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return NULL;
    return len && len <= TEAMS_ID_MAX ? text : NULL;
}

/* Entra object ids are GUIDs, but nobody promises it. They stand behind a slash in the name of an
 * account, so they have none themselves; two spellings of one are one. */
static const char *object_id(const json_t *object, const char *member, struct arena *a)
{
    const char *text = activity_id(object, member, a);
    char *lower = arena_copy(a, text);
    for (char *at = lower; at && *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return lower && strlen(lower) <= TEAMS_OBJECT_ID_MAX && !strchr(lower, '/') ? lower : NULL;
}

const char *activity_key(const char *prefix, const char *const *texts, size_t count,
                         struct arena *a)
{
    unsigned char sums[KEY_TEXTS_MAX + 1][HASH_BYTES] = { { 0 } };
    char hex[HASH_HEX];
    for (size_t i = 0; i < count && i < KEY_TEXTS_MAX; i++)
        if (texts[i])
            hash_sha256(texts[i], strlen(texts[i]), sums[i]);
    hash_sha256(sums, (count < KEY_TEXTS_MAX ? count : KEY_TEXTS_MAX) * HASH_BYTES,
                sums[KEY_TEXTS_MAX]);
    hash_hex(sums[KEY_TEXTS_MAX], HASH_BYTES, hex);
    return arena_print(a, "%s:%s", prefix, hex);
}

/* ---- the facts that the checks compare ---- */

/* There but no text is empty, not absent: so it is refused and not passed over. */
static struct teams_span fact(const json_t *object, const char *member, struct arena *a)
{
    const json_t *value = json_object_get(object, member);
    if (object && !json_is_object(object) && !json_is_null(object))
        return (struct teams_span){ "", 0 };
    if (!value || json_is_null(value))
        return (struct teams_span){ 0 };
    if (!json_is_string(value))
        return (struct teams_span){ "", 0 };
    size_t len = json_string_length(value);
    return (struct teams_span){ arena_copy_n(a, json_string_value(value), len), len };
}

static void read_facts(const json_t *activity, struct arena *a, struct teams_facts *facts)
{
    const json_t *data = json_object_get(activity, "channelData");
    facts->service_url = fact(activity, "serviceUrl", a);
    facts->channel_id = fact(activity, "channelId", a);
    facts->conversation_tenant = fact(json_object_get(activity, "conversation"), "tenantId", a);
    facts->channel_data_tenant = fact(json_object_get(data, "tenant"), "id", a);
}

/* ---- who and where ---- */

static enum teams_conv_kind conv_kind(const char *type, const char *conv)
{
    static const struct { const char *type, *mark; enum teams_conv_kind kind; } kinds[] = {
        { "personal", NULL, TEAMS_CONV_PERSONAL }, { "groupChat", "@thread.v2", TEAMS_CONV_GROUP },
        { "channel", "@thread.tacv2", TEAMS_CONV_CHANNEL },
        { "channel", "@thread.skype", TEAMS_CONV_CHANNEL },
    };
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (type ? !strcmp(type, kinds[i].type)
                 : kinds[i].mark && conv && strstr(conv, kinds[i].mark))
            return kinds[i].kind;
    return TEAMS_CONV_OTHER;
}

static void read_place(const json_t *activity, struct arena *a, struct teams_input *in)
{
    const json_t *conversation = json_object_get(activity, "conversation");
    const json_t *data = json_object_get(activity, "channelData");
    const json_t *team = json_object_get(data, "team"), *channel = json_object_get(data, "channel");
    in->conv = activity_id(conversation, "id", a);
    in->conv_kind = conv_kind(activity_text(conversation, "conversationType", a), in->conv);
    const char *thread = in->conv ? strstr(in->conv, THREAD) : NULL;
    if (thread == in->conv)
        in->conv = thread = NULL;       /* a thread of nothing */
    if (in->conv)
        in->channel = arena_copy_n(a, in->conv, thread ? (size_t)(thread - in->conv)
                                                       : strlen(in->conv));
    in->root = thread && thread[strlen(THREAD)] ? thread + strlen(THREAD) : NULL;
    in->team = activity_id(team, "id", a);
    in->team_name = activity_text(team, "name", a);
    in->channel_name = activity_text(channel, "name", a);
}

static void read_people(const json_t *activity, struct arena *a, struct teams_input *in)
{
    const json_t *from = json_object_get(activity, "from");
    in->user = activity_id(from, "id", a);
    in->aad = object_id(from, "aadObjectId", a);
    in->bot = activity_id(json_object_get(activity, "recipient"), "id", a);
}

/* ---- which kind ---- */

static bool has_us(const json_t *activity, const char *member, const struct teams_input *in)
{
    size_t i;
    const json_t *account;
    json_array_foreach(json_object_get(activity, member), i, account) {
        const char *id = json_string_value(json_object_get(account, "id"));
        if (id && in->bot && !strcmp(id, in->bot))
            return true;
    }
    return false;
}

/* An event about a channel names it in channelData; its conversation may be the team's. */
static void point_at_channel(const json_t *channel, struct arena *a, struct teams_input *in)
{
    const char *id = activity_id(channel, "id", a);
    if (id)
        in->conv = in->channel = id;
    in->root = NULL;
}

static void changed(const json_t *activity, struct arena *a, struct teams_input *in)
{
    const json_t *data = json_object_get(activity, "channelData");
    const char *event = json_string_value(json_object_get(data, "eventType"));
    if (has_us(activity, "membersAdded", in)) {
        in->kind = TEAMS_INSTALLED;
    } else if (has_us(activity, "membersRemoved", in)) {
        in->kind = TEAMS_REMOVED;
    } else if (event && !strcmp(event, "channelDeleted")) {
        in->kind = TEAMS_CHANNEL_GONE;
        point_at_channel(json_object_get(data, "channel"), a, in);
    } else if (event && !strcmp(event, "channelRestored")) {
        in->kind = TEAMS_INSTALLED;          /* a channel with the app in it is there again */
        point_at_channel(json_object_get(data, "channel"), a, in);
    } else if (event && (!strcmp(event, "teamDeleted") || !strcmp(event, "teamHardDeleted"))) {
        in->kind = TEAMS_TEAM_GONE;
    } else if (event && !strncmp(event, "channel", 7)) {
        point_at_channel(json_object_get(data, "channel"), a, in);
    }
}

static void installed(const json_t *activity, struct arena *a, struct teams_input *in)
{
    const char *action = json_string_value(json_object_get(activity, "action"));
    const json_t *data = json_object_get(activity, "channelData");
    const json_t *settings = json_object_get(data, "settings");
    if (!action)
        return;
    if (!strcmp(action, "add") || !strcmp(action, "add-upgrade"))
        in->kind = TEAMS_INSTALLED;
    else if (!strcmp(action, "remove"))
        in->kind = TEAMS_REMOVED;
    if (in->kind == TEAMS_INSTALLED && in->conv_kind == TEAMS_CONV_CHANNEL)
        point_at_channel(json_object_get(settings, "selectedChannel"), a, in);
}

static void message(const json_t *activity, struct arena *a, struct teams_input *in)
{
    activity_click(json_object_get(activity, "value"), a, &in->click);
    in->kind = in->click.ours ? TEAMS_CLICK : TEAMS_MESSAGE;
    activity_words(activity, a, in);
}

static void edited(const json_t *activity, struct arena *a, struct teams_input *in)
{
    in->kind = TEAMS_EDITED;
    activity_words(activity, a, in);
}

static void deleted(const json_t *activity, struct arena *a, struct teams_input *in)
{
    (void)activity;
    (void)a;
    in->kind = TEAMS_DELETED;
}

static void invoked(const json_t *activity, struct arena *a, struct teams_input *in)
{
    static const struct { const char *name; enum teams_kind kind; } names[] = {
        { "adaptiveCard/action", TEAMS_EXECUTE }, { "task/fetch", TEAMS_FETCH },
        { "task/submit", TEAMS_SUBMIT }, { "message/submitAction", TEAMS_FEEDBACK },
    };
    const json_t *value = json_object_get(activity, "value");
    in->name = activity_text(activity, "name", a);
    in->kind = in->name && !strncmp(in->name, "signin/", 7) ? TEAMS_SIGN_IN : TEAMS_INVOKE;
    for (size_t i = 0; i < COUNT(names); i++)
        if (in->name && !strcmp(names[i].name, in->name))
            in->kind = names[i].kind;
    if (in->kind == TEAMS_EXECUTE)
        activity_click(json_object_get(json_object_get(value, "action"), "data"), a, &in->click);
    if (in->kind == TEAMS_FETCH || in->kind == TEAMS_SUBMIT)
        activity_click(json_object_get(value, "data"), a, &in->click);
}

static const struct {
    const char *type;
    void (*read)(const json_t *activity, struct arena *a, struct teams_input *in);
} types[] = {
    { "message", message },             { "invoke", invoked },
    { "messageUpdate", edited },        { "messageDelete", deleted },
    { "conversationUpdate", changed },  { "installationUpdate", installed },
};

/* ---- the whole ---- */

/* An edited or deleted message keeps its id, so the moment belongs to the key; and so does the
 * text, because a repeat may come with a new moment and must not be taken for the edit before. */
static const char *key_of(const struct teams_input *in, struct arena *a)
{
    bool changes = in->kind == TEAMS_EDITED || in->kind == TEAMS_DELETED;
    const char *const texts[] = { in->type, in->tenant, in->conv, in->id,
                                  changes ? in->timestamp : NULL, changes ? in->text : NULL };
    return in->id ? activity_key("a", texts, COUNT(texts), a) : NULL;
}

static void read_activity(const json_t *activity, struct arena *a, struct teams_input *in)
{
    read_facts(activity, a, &in->facts);
    struct teams_span tenant = in->facts.conversation_tenant.bytes ? in->facts.conversation_tenant
                                                                   : in->facts.channel_data_tenant;
    in->type = activity_text(activity, "type", a);
    in->id = activity_id(activity, "id", a);
    in->reply_to = activity_id(activity, "replyToId", a);
    in->timestamp = activity_text(activity, "timestamp", a);
    in->service_url = in->facts.service_url.bytes;
    in->tenant = tenant.bytes;
    in->text = "";
    read_place(activity, a, in);
    read_people(activity, a, in);
    for (size_t i = 0; i < COUNT(types); i++)
        if (in->type && !strcmp(types[i].type, in->type))
            types[i].read(activity, a, in);
    in->key = key_of(in, a);
    in->meaning = in->click.ours ? activity_meaning(in, a) : NULL;
}

bool teams_activity_read(const char *bytes, size_t len, struct arena *a, struct teams_input *out)
{
    json_error_t error;
    *out = (struct teams_input){ 0 };
    if (len > TEAMS_BODY_MAX || memchr(bytes, '\0', len)
            || strict_json_is_too_deep((struct teams_span){ bytes, len }, TEAMS_DEPTH_MAX))
        return false;
    json_t *activity = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
    bool is_object = json_is_object(activity);
    if (is_object) {
        read_activity(activity, a, out);
        out->raw = len <= TEAMS_RAW_MAX ? arena_copy_n(a, bytes, len) : NULL;
    }
    json_decref(activity);
    return is_object;
}
