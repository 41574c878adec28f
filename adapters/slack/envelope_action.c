/* Clicks, submitted views, shortcuts and slash commands. Inputs differ by type only in the member
 * that holds what was entered or chosen: one table. */
#include "adapters/slack/envelope_private.h"

#include <string.h>

#include "bot/base/buf.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { LABEL_MAX = 255, VALUE_MAX = 3000 * 4, META_MAX = 3000 * 4, WORDS_MAX = 16 * 1024,
       URL_MAX = 2048, TRIGGER_MAX = 255, NAME_MAX_BYTES = 512 };

/* ---- what an input holds ---- */

static const char *one_text(struct envelope *e, const json_t *input, const char *member)
{
    return envelope_text(e, input, member, VALUE_MAX);
}

static const char *one_option(struct envelope *e, const json_t *input, const char *member)
{
    return envelope_text(e, json_object_get(input, member), "value", VALUE_MAX);
}

static const char *one_number(struct envelope *e, const json_t *input, const char *member)
{
    int64_t number = envelope_number(input, member, INT64_C(9007199254740991));
    return number ? arena_print(e->a, "%lld", (long long)number) : NULL;
}

/* Texts, or objects with their text in `member`: one a line. */
static const char *lines(struct envelope *e, const json_t *list, const char *member)
{
    struct buf out;
    size_t i;
    const json_t *x;
    buf_init(&out, VALUE_MAX);
    json_array_foreach(list, i, x) {
        const char *text = json_string_value(json_is_object(x) ? json_object_get(x, member) : x);
        if (text && i < SLACK_VALUES_MAX)
            buf_print(&out, "%s%s", out.len ? "\n" : "", text);
    }
    const char *joined = out.len && !out.failed ? arena_copy_n(e->a, out.data, out.len) : NULL;
    buf_clear(&out);
    return joined;
}

static const char *many_options(struct envelope *e, const json_t *input, const char *member)
{
    return lines(e, json_object_get(input, member), "value");
}

static const char *many_files(struct envelope *e, const json_t *input, const char *member)
{
    return lines(e, json_object_get(input, member), "id");
}

static const char *rich(struct envelope *e, const json_t *input, const char *member)
{
    const char *text = envelope_rich(e, json_object_get(input, member));
    return *text ? text : NULL;
}

/* The members of all types have different names, so the type need not be asked. */
static const struct {
    const char *member;
    const char *(*take)(struct envelope *e, const json_t *input, const char *member);
} holders[] = {
    { "value", one_text },                      /* buttons, texts, mail addresses, numbers, urls */
    { "selected_option", one_option },          /* selects, overflow, radio buttons */
    { "selected_options", many_options },       /* checkboxes, multi selects */
    { "selected_user", one_text }, { "selected_users", many_options },
    { "selected_conversation", one_text }, { "selected_conversations", many_options },
    { "selected_channel", one_text }, { "selected_channels", many_options },
    { "selected_date", one_text }, { "selected_time", one_text },
    { "selected_date_time", one_number },
    { "rich_text_value", rich },
    { "files", many_files },
};

static struct slack_value read_value(struct envelope *e, const json_t *input)
{
    struct slack_value v = { .type = envelope_text(e, input, "type", LABEL_MAX),
                             .action_id = envelope_text(e, input, "action_id", LABEL_MAX),
                             .block_id = envelope_text(e, input, "block_id", LABEL_MAX) };
    for (size_t i = 0; i < COUNT(holders) && !v.value; i++)
        v.value = holders[i].take(e, input, holders[i].member);
    return v;
}

static void read_block(struct envelope *e, const char *block_id, json_t *block)
{
    struct slack_view *view = &e->out->view;
    const char *action_id;
    json_t *input;
    json_object_foreach(block, action_id, input) {
        if (view->value_count == SLACK_VALUES_MAX || strlen(action_id) > LABEL_MAX) {
            e->bad = true;
            return;
        }
        struct slack_value v = read_value(e, input);
        v.block_id = block_id;
        v.action_id = arena_copy(e->a, action_id);
        view->values[view->value_count++] = v;
    }
}

static void read_view(struct envelope *e, const json_t *object)
{
    struct slack_view *view = &e->out->view;
    json_t *blocks = json_object_get(json_object_get(object, "state"), "values");
    const char *block_id;
    json_t *block;
    view->id = envelope_id(e, object, "id");
    view->hash = envelope_mark(e, object, "hash");
    view->type = envelope_text(e, object, "type", LABEL_MAX);
    view->callback_id = envelope_text(e, object, "callback_id", LABEL_MAX);
    view->private_metadata = envelope_text(e, object, "private_metadata", META_MAX);
    if (json_object_size(blocks))
        view->values = arena_alloc(e->a, SLACK_VALUES_MAX * sizeof *view->values);
    json_object_foreach(blocks, block_id, block) {
        if (strlen(block_id) > LABEL_MAX)
            e->bad = true;
        else
            read_block(e, arena_copy(e->a, block_id), block);
    }
}

/* ---- who and where ---- */

static void read_who(struct envelope *e, const json_t *payload)
{
    struct slack_input *in = e->out;
    const json_t *user = json_object_get(payload, "user");
    in->team = envelope_id(e, json_object_get(payload, "team"), "id");
    in->enterprise = envelope_id(e, json_object_get(payload, "enterprise"), "id");
    in->user = envelope_id(e, user, "id");
    in->user_name = envelope_text(e, user, "username", NAME_MAX_BYTES);
    in->user_team = envelope_id(e, user, "team_id");
    if (!in->user_team)
        in->user_team = in->team;
    in->trigger_id = envelope_text(e, payload, "trigger_id", TRIGGER_MAX);
    in->response_url = envelope_text(e, payload, "response_url", URL_MAX);
}

static void read_where(struct envelope *e, const json_t *payload)
{
    struct slack_input *in = e->out;
    const json_t *container = json_object_get(payload, "container");
    const json_t *message = json_object_get(payload, "message");
    in->channel = envelope_id(e, json_object_get(payload, "channel"), "id");
    if (!in->channel)
        in->channel = envelope_id(e, container, "channel_id");
    in->ts = envelope_ts(e, container, "message_ts");
    if (!in->ts)
        in->ts = envelope_ts(e, message, "ts");
    in->thread_ts = envelope_ts(e, container, "thread_ts");
    if (!in->thread_ts)
        in->thread_ts = envelope_ts(e, message, "thread_ts");
    in->is_ephemeral = json_is_true(json_object_get(container, "is_ephemeral"));
}

/* ---- one function per payload ---- */

static bool click(struct envelope *e, const json_t *payload)
{
    const json_t *action = json_array_get(json_object_get(payload, "actions"), 0);
    read_where(e, payload);
    read_view(e, json_object_get(payload, "view"));
    e->out->action = read_value(e, action);
    e->out->action_ts = envelope_mark(e, action, "action_ts");
    return e->out->action.action_id != NULL;
}

static bool submission(struct envelope *e, const json_t *payload)
{
    read_view(e, json_object_get(payload, "view"));
    return e->out->view.id != NULL;
}

static bool shortcut(struct envelope *e, const json_t *payload)
{
    e->out->callback_id = envelope_text(e, payload, "callback_id", LABEL_MAX);
    e->out->action_ts = envelope_mark(e, payload, "action_ts");
    return e->out->callback_id != NULL;
}

static bool message_shortcut(struct envelope *e, const json_t *payload)
{
    const json_t *message = json_object_get(payload, "message");
    struct slack_about *about = &e->out->about;
    read_where(e, payload);
    about->ts = envelope_ts(e, message, "ts");
    about->thread_ts = envelope_ts(e, message, "thread_ts");
    about->user = envelope_id(e, message, "user");
    about->bot = envelope_id(e, message, "bot_id");
    about->text = envelope_words(e, message).text;
    return shortcut(e, payload) && about->ts && e->out->channel;
}

static bool suggestion(struct envelope *e, const json_t *payload)
{
    read_view(e, json_object_get(payload, "view"));
    e->out->action = read_value(e, payload);
    return true;
}

static const struct row {
    const char *type;
    enum slack_kind kind;
    bool (*read)(struct envelope *e, const json_t *payload);   /* false: it makes no sense */
} rows[] = {
    { "block_actions", SLACK_CLICK, click },
    { "view_submission", SLACK_SUBMISSION, submission },
    { "view_closed", SLACK_VIEW_CLOSED, submission },
    { "shortcut", SLACK_SHORTCUT, shortcut },
    { "message_action", SLACK_MESSAGE_SHORTCUT, message_shortcut },
    { "block_suggestion", SLACK_SUGGESTION, suggestion },
};

void envelope_interactive(struct envelope *e, const json_t *payload)
{
    struct slack_input *in = e->out;
    in->type = envelope_text(e, payload, "type", SLACK_ID_MAX);
    read_who(e, payload);
    for (size_t i = 0; in->type && i < COUNT(rows); i++)
        if (!strcmp(rows[i].type, in->type) && rows[i].read(e, payload) && in->user)
            in->kind = rows[i].kind;
}

void envelope_slash(struct envelope *e, const json_t *payload)
{
    struct slack_input *in = e->out;
    const char *text = envelope_text(e, payload, "text", WORDS_MAX);
    struct envelope_words words = envelope_markup(e, text ? text : "");
    in->type = "slash_command";
    in->team = envelope_id(e, payload, "team_id");
    in->enterprise = envelope_id(e, payload, "enterprise_id");
    in->user = envelope_id(e, payload, "user_id");
    in->user_team = in->team;
    in->user_name = envelope_text(e, payload, "user_name", NAME_MAX_BYTES);
    in->channel = envelope_id(e, payload, "channel_id");
    in->word = envelope_text(e, payload, "command", SLACK_ID_MAX);
    in->text = words.text;
    in->addressed = words.addressed;
    in->rest = words.rest;
    in->trigger_id = envelope_text(e, payload, "trigger_id", TRIGGER_MAX);
    in->response_url = envelope_text(e, payload, "response_url", URL_MAX);
    if (in->user && in->team && in->word)
        in->kind = SLACK_SLASH;
}
