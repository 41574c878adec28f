/* One row per kind of input; clicks have a table of their own. Ids and values that a click brings
 * were written by cards/slack.c, but come from outside: what does not parse is an old card. */
#include "adapters/slack/intent.h"

#include <stdio.h>
#include <string.h>

#include "adapters/inbox/parse.h"
#include "bot/base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PREFIX "dh."

enum { WORD_MAX = 255 };

struct intending {
    const struct slack_input *in;
    const struct slack_self *self;
    bool replies;
    struct arena *a;
    struct slack_intent *out;
};

/* ---- who acts ---- */

void slack_intent_sign(const struct slack_input *input, struct arena *a, struct command *command)
{
    command->actor = ACTOR_TECHNICIAN;
    command->actor_id = 0;
    command->source = "slack";
    command->source_id = input->key;
    command->person = arena_print(a, "slack:%s/%s", input->user_team, input->user);
    command->raw = input->raw;
}

static void act(struct intending *i, const struct command *command)
{
    i->out->kind = SLACK_INTENT_ACT;
    i->out->command = *command;
    slack_intent_sign(i->in, i->a, &i->out->command);
}

static bool has_person(const struct slack_input *in)
{
    return in->user && in->user_team;
}

static bool is_same(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

/* Ourselves, another bot, or Slack: nobody who works here. */
static bool is_machine(const struct intending *i)
{
    return i->in->bot || i->in->slackbot || is_same(i->in->user, i->self->bot_user) ||
           is_same(i->in->app, i->self->app);
}

/* ---- what is typed ---- */

static bool is_direct(const struct slack_input *in)
{
    return is_same(in->channel_type, "im") || *in->channel == 'D';
}

static bool is_in_thread(const struct slack_input *in)
{
    return in->thread_ts && strcmp(in->thread_ts, in->ts) != 0;
}

/* The words for the desk: without the mention that called it. */
static void read_words(const struct intending *i, struct chat_words *words)
{
    bool called = is_same(i->in->addressed, i->self->bot_user);
    chat_words_read(called ? i->in->rest : i->in->text, i->a, words);
}

/* In a thread, "@Deskhand next" is for the desk and no note. Anything else there is for people. */
static bool is_call(const struct intending *i)
{
    struct chat_words words;
    read_words(i, &words);
    return is_same(i->in->addressed, i->self->bot_user) && words.kind != CHAT_FREE;
}

static void answer_words(struct intending *i)
{
    i->out->kind = SLACK_INTENT_WORDS;
    read_words(i, &i->out->words);
}

/* Microseconds since 1970; 0: none. */
static int64_t moment(const char *ts)
{
    long long seconds, micros;
    return ts && sscanf(ts, "%11lld.%6lld", &seconds, &micros) == 2 ? seconds * 1000000 + micros : 0;
}

static void act_on_message(struct intending *i, enum command_kind kind, const char *text)
{
    const struct slack_input *in = i->in;
    act(i, &(struct command){
        .kind = kind, .text = text, .remote = in->ts, .thread = in->thread_ts, .adapter = -1,
        .number = kind == COMMAND_UNSAY ? INT64_MAX      /* what is deleted never comes back */
                : kind == COMMAND_EDIT_SAID ? moment(in->edited_ts) : 0,
        .place = arena_print(i->a, "slack:%s", in->channel) });
    if (in->content_key)
        i->out->command.source_id = in->content_key;
}

/* What a line in a thread says and to whom. */
static const char *line(const struct intending *i, enum command_kind *kind)
{
    const char *text = i->in->text;
    *kind = i->replies ? COMMAND_REPLY : COMMAND_NOTE;
    if (!i->replies || strncmp(text, "//", 2) != 0)
        return text;
    *kind = COMMAND_NOTE;
    return text + 2 + strspn(text + 2, " ");
}

static void thread_line(struct intending *i)
{
    enum command_kind kind;
    const char *text = line(i, &kind);
    if (is_call(i))
        return;
    if (text_is_blank(text))
        i->out->kind = i->in->file_count ? SLACK_INTENT_NOT_CARRIED : SLACK_INTENT_HEARD;
    else if (text_length(text) > PARSE_TEXT_MAX)
        i->out->kind = SLACK_INTENT_TOO_LONG;
    else
        act_on_message(i, kind, text);
}

static void message(struct intending *i)
{
    if (is_machine(i) || !has_person(i->in))
        return;
    if (is_direct(i->in))
        answer_words(i);
    else if (is_in_thread(i->in))
        thread_line(i);
}

/* Its twin, the message event, becomes the note if there is one. */
static void mention(struct intending *i)
{
    if (!is_machine(i) && has_person(i->in) && (!is_in_thread(i->in) || is_call(i)))
        answer_words(i);
}

static void edited(struct intending *i)
{
    enum command_kind kind;
    const char *text = line(i, &kind);
    if (is_machine(i) || !has_person(i->in) || !i->in->text_changed || !is_in_thread(i->in))
        return;
    if (text_length(text) > PARSE_TEXT_MAX)
        i->out->kind = SLACK_INTENT_TOO_LONG;
    else
        act_on_message(i, COMMAND_EDIT_SAID, text);
}

/* Slack does not always say what a deleted message was and whose. Only Slack can tell of it, so its
 * word is enough: what it became is found by its place. */
static void deleted_unseen(struct intending *i)
{
    const struct slack_input *in = i->in;
    i->out->kind = SLACK_INTENT_ACT;
    i->out->command = (struct command){
        .kind = COMMAND_UNSAY, .actor = ACTOR_SYSTEM, .source = "slack", .source_id = in->key,
        .remote = in->ts, .number = INT64_MAX, .adapter = -1,
        .place = arena_print(i->a, "slack:%s", in->channel) };
}

static void deleted(struct intending *i)
{
    if (!i->in->user && !i->in->bot)
        deleted_unseen(i);
    else if (!is_machine(i) && has_person(i->in) && is_in_thread(i->in))
        act_on_message(i, COMMAND_UNSAY, NULL);
}

/* ---- clicks ---- */

static void more(struct intending *i) { i->out->kind = SLACK_INTENT_MORE; }
static void open_ticket(struct intending *i) { i->out->kind = SLACK_INTENT_OPEN; }

/* A button under an answer to words carries them: the ticket begins with what was looked for. */
static void new_ticket(struct intending *i)
{
    i->out->kind = SLACK_INTENT_NEW;
    i->out->text = i->in->action.value;
}

static void list(struct intending *i)
{
    i->out->kind = SLACK_INTENT_LIST;
    i->out->list = i->in->action.value;
}

static void filter(struct intending *i)
{
    i->out->kind = SLACK_INTENT_HOME;
    i->out->list = i->in->action.value;
}

static void page(struct intending *i)
{
    i->out->kind = SLACK_INTENT_HOME;
    i->out->page = i->in->action.value;
}

static void send_note(struct intending *i)
{
    act(i, &(struct command){ .kind = COMMAND_SEND_NOTE, .ticket_id = i->out->ticket_id,
                              .number = i->out->number, .adapter = -1 });
}

static const struct {
    const char *word;
    int numbers;                       /* that its value must have; 0: its value is a short text */
    void (*click)(struct intending *i);
} words[] = {
    { "more", 1, more },     { "open", 1, open_ticket }, { "send_note", 3, send_note },
    { "list", 0, list },     { "filter", 0, filter },    { "older", 0, page },
    { "newer", 0, page },
};

static bool read_numbers(struct intending *i, const char *value, int least)
{
    int64_t numbers[3];
    int count = chat_numbers(value, numbers);
    i->out->ticket_id = numbers[0];
    i->out->version = numbers[1];
    i->out->number = numbers[2];
    return count >= least && numbers[0] > 0 && (least < 3 || numbers[2] > 0);
}

static bool click_word(struct intending *i, const char *code, const char *value)
{
    for (size_t k = 0; k < COUNT(words); k++) {
        if (strcmp(words[k].word, code) != 0)
            continue;
        bool fits = words[k].numbers ? read_numbers(i, value, words[k].numbers)
                                     : value && strlen(value) <= WORD_MAX;
        if (fits)
            words[k].click(i);
        return fits;
    }
    return false;
}

static bool click_action(struct intending *i, const char *code, const char *value)
{
    int action = card_action_parse(code);
    struct command command;
    if (action < 0 || !read_numbers(i, value, 1))
        return false;
    i->out->action = (enum card_action)action;
    if (chat_act_at_once(i->out->action, i->out->ticket_id, &command))
        act(i, &command);
    else
        i->out->kind = SLACK_INTENT_DIALOG;
    return true;
}

/* The code behind "dh.", up to what makes ids of one block differ: "dh.open.3". NULL: not ours. */
static const char *code_of(const char *id, struct arena *a)
{
    size_t prefix = strlen(PREFIX);
    if (!id || strncmp(id, PREFIX, prefix) != 0)
        return NULL;
    return arena_copy_n(a, id + prefix, strcspn(id + prefix, "."));
}

static void click(struct intending *i)
{
    const char *code = code_of(i->in->action.action_id, i->a);
    const char *value = i->in->action.value;
    i->out->kind = SLACK_INTENT_OLD_CARD;
    if (!code || !has_person(i->in))
        return;
    if (is_same(i->in->action.type, "overflow") && value) {
        size_t len = strcspn(value, ":");
        code = arena_copy_n(i->a, value, len);
        value = value[len] ? value + len + 1 : NULL;
    }
    if (!strcmp(code, "new"))
        new_ticket(i);
    else if (!click_action(i, code, value))
        click_word(i, code, value);
}

/* ---- dialogs ---- */

static void read_values(struct intending *i)
{
    const struct slack_view *view = &i->in->view;
    struct chat_value *values = arena_alloc(i->a, (view->value_count + 1) * sizeof *values);
    size_t count = 0;
    for (size_t k = 0; k < view->value_count; k++)
        if (is_same(view->values[k].action_id, "v"))
            values[count++] = (struct chat_value){ view->values[k].block_id,
                                                   view->values[k].value };
    i->out->answer.values = values;
    i->out->answer.value_count = count;
}

static void submit(struct intending *i)
{
    const char *code = code_of(i->in->view.callback_id, i->a);
    bool is_new = is_same(code, "new");
    int action = is_new ? (int)CARD_ACTIONS : card_action_parse(code);
    i->out->kind = SLACK_INTENT_OLD_CARD;
    if (action < 0 || !has_person(i->in) ||
        (!read_numbers(i, i->in->view.private_metadata, 1) && !is_new))
        return;
    i->out->kind = SLACK_INTENT_SUBMIT;
    i->out->action = (enum card_action)action;
    i->out->answer = (struct chat_answer){
        .action = i->out->action, .ticket_id = i->out->ticket_id, .version = i->out->version,
        .number = i->out->number };
    read_values(i);
}

/* ---- the rest ---- */

static void shortcut(struct intending *i)
{
    if (!has_person(i->in))
        return;
    i->out->kind = SLACK_INTENT_NEW;
    i->out->text = i->in->about.text;
}

static void slash(struct intending *i)
{
    i->out->kind = SLACK_INTENT_WORDS;
    chat_words_read(i->in->text, i->a, &i->out->words);
}

static void home(struct intending *i)
{
    if (!i->in->tab || !strcmp(i->in->tab, "home"))
        i->out->kind = SLACK_INTENT_HOME;
}

static void suggest(struct intending *i) { i->out->kind = SLACK_INTENT_SUGGEST; }
static void workspace(struct intending *i) { i->out->kind = SLACK_INTENT_WORKSPACE; }

static void member(struct intending *i)
{
    if (is_same(i->in->user, i->self->bot_user))
        workspace(i);
}

/* No row: it is only remembered. */
static void (*const kinds[SLACK_KINDS])(struct intending *i) = {
    [SLACK_MESSAGE] = message,
    [SLACK_MESSAGE_CHANGED] = edited,
    [SLACK_MESSAGE_DELETED] = deleted,
    [SLACK_MENTION] = mention,
    [SLACK_HOME_OPENED] = home,
    [SLACK_MEMBER_JOINED] = member,
    [SLACK_MEMBER_LEFT] = member,
    [SLACK_CHANNEL_GONE] = workspace,
    [SLACK_CHANNEL_BACK] = workspace,
    [SLACK_CHANNEL_RENAMED] = workspace,
    [SLACK_USER_CHANGED] = workspace,
    [SLACK_APP_UNINSTALLED] = workspace,
    [SLACK_TOKENS_REVOKED] = workspace,
    [SLACK_RATE_LIMITED] = workspace,
    [SLACK_CLICK] = click,
    [SLACK_SUBMISSION] = submit,
    [SLACK_SHORTCUT] = shortcut,
    [SLACK_MESSAGE_SHORTCUT] = shortcut,
    [SLACK_SUGGESTION] = suggest,
    [SLACK_SLASH] = slash,
};

void slack_intent_read(const struct slack_input *input, const struct slack_self *self,
                       bool replies, struct arena *a, struct slack_intent *out)
{
    struct intending i = { input, self, replies, a, out };
    *out = (struct slack_intent){ .kind = SLACK_INTENT_HEARD, .action = CARD_ACTIONS };
    out->command = (struct command){ .kind = COMMAND_HEARD, .actor = ACTOR_SYSTEM, .adapter = -1,
                                     .source = "slack", .source_id = input->key };
    if (kinds[input->kind])
        kinds[input->kind](&i);
    if (out->kind == SLACK_INTENT_WORDS && input->content_key)
        out->command.source_id = input->content_key;
}
