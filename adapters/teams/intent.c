/* One row per kind of input; what clicks say has a table of its own. Everything that a click brings
 * was written by cards/teams*.c, but comes from outside: what does not parse is an old card. */
#include "adapters/teams/intent.h"

#include <stdio.h>
#include <string.h>

#include "adapters/inbox/parse.h"
#include "bot/base/text.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { MOMENT_DIGITS = 17 };

struct intending {
    const struct teams_input *in;
    bool replies;
    struct arena *a;
    struct teams_intent *out;
};

/* ---- who acts ---- */

void teams_intent_sign(const struct teams_input *input, struct arena *a, struct command *command)
{
    command->actor = ACTOR_TECHNICIAN;
    command->actor_id = 0;
    command->source = "teams";
    command->source_id = input->meaning ? input->meaning : input->key;
    command->person = arena_print(a, "teams:%s/%s", input->tenant, input->aad);
    command->raw = input->meaning ? NULL : input->raw;      /* a click can be repeated by hand */
    command->adapter = -1;
}

static void act(struct intending *i, const struct command *command)
{
    i->out->kind = TEAMS_INTENT_ACT;
    i->out->command = *command;
    teams_intent_sign(i->in, i->a, &i->out->command);
}

/* Ourselves speak, or somebody without an account, such as another bot. */
static bool is_person(const struct teams_input *in)
{
    return in->aad && in->tenant && in->user && !(in->bot && !strcmp(in->user, in->bot));
}

/* ---- what is typed ---- */

static bool is_in_thread(const struct teams_input *in)
{
    return in->conv_kind == TEAMS_CONV_CHANNEL && in->root && in->id
        && strcmp(in->root, in->id) != 0;
}

static void answer_words(struct intending *i)
{
    i->out->kind = TEAMS_INTENT_WORDS;
    chat_words_read(i->in->text, i->a, &i->out->words);
}

/* In a thread, "@Deskhand next" is for the desk and no note. Anything else there is for people. */
static bool is_call(const struct intending *i)
{
    struct chat_words words;
    chat_words_read(i->in->text, i->a, &words);
    return i->in->mentions_us && words.kind != CHAT_FREE;
}

/* "2026-11-21T08:05:01.123Z" as 20261121080501123: later is larger, and that is all. 0: none. */
static int64_t moment(const char *timestamp)
{
    int64_t digits = 0;
    int count = 0;
    for (const char *at = timestamp ? timestamp : ""; *at && count < MOMENT_DIGITS; at++)
        if (*at >= '0' && *at <= '9') {
            digits = digits * 10 + (*at - '0');
            count++;
        }
    for (; count && count < MOMENT_DIGITS; count++)
        digits *= 10;
    return digits;
}

static void act_on_message(struct intending *i, enum command_kind kind, const char *text)
{
    bool change = kind == COMMAND_EDIT_SAID || kind == COMMAND_UNSAY;
    act(i, &(struct command){ .kind = kind, .text = text, .remote = i->in->id,
        .number = change ? moment(i->in->timestamp) : 0,
        .thread = i->in->root, .place = arena_print(i->a, "teams:%s", i->in->channel) });
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
    if (text_is_blank(text))
        i->out->kind = i->in->has_file ? TEAMS_INTENT_NOT_CARRIED : TEAMS_INTENT_NOTHING;
    else if (text_length(text) > PARSE_TEXT_MAX)
        i->out->kind = TEAMS_INTENT_TOO_LONG;
    else
        act_on_message(i, kind, text);
}

/* What was typed elsewhere than in a ticket's thread concerns the desk only when it is called. */
static void message(struct intending *i)
{
    const struct teams_input *in = i->in;
    bool for_us = in->conv_kind == TEAMS_CONV_PERSONAL || in->mentions_us;
    if (is_in_thread(in) && !is_call(i)) {
        if (is_person(in))
            thread_line(i);
    } else if (for_us && in->conv && in->user && in->bot && strcmp(in->user, in->bot) != 0) {
        answer_words(i);
        i->out->kind = is_person(in) ? TEAMS_INTENT_WORDS : TEAMS_INTENT_NOBODY;
    }
}

static void edited(struct intending *i)
{
    enum command_kind kind;
    const char *text = line(i, &kind);
    if (!is_person(i->in) || !is_in_thread(i->in))
        return;
    if (text_length(text) > PARSE_TEXT_MAX)
        i->out->kind = TEAMS_INTENT_TOO_LONG;
    else
        act_on_message(i, COMMAND_EDIT_SAID, text);
}

static void deleted(struct intending *i)
{
    if (is_person(i->in) && is_in_thread(i->in))
        act_on_message(i, COMMAND_UNSAY, NULL);
}

/* ---- clicks ---- */

static bool about_ticket(struct intending *i, enum teams_intent_kind kind)
{
    i->out->kind = kind;
    return i->out->ticket_id > 0;
}

static bool more(struct intending *i) { return about_ticket(i, TEAMS_INTENT_MORE); }

/* In a dialog, and where there is one to be opened, a ticket is shown with all its actions. */
static bool open_ticket(struct intending *i)
{
    bool dialog = i->in->kind == TEAMS_FETCH || i->in->kind == TEAMS_SUBMIT;
    return about_ticket(i, dialog ? TEAMS_INTENT_ALL : TEAMS_INTENT_OPEN);
}

static bool send_note(struct intending *i)
{
    act(i, &(struct command){ .kind = COMMAND_SEND_NOTE, .ticket_id = i->out->ticket_id,
                              .number = i->out->number });
    return i->out->ticket_id && i->out->number;
}

static bool report(struct intending *i)
{
    i->out->kind = TEAMS_INTENT_REPORT;
    i->out->list = i->in->click.word;
    return i->out->list != NULL;
}

static const char *answer_of(const struct teams_clicked *click, const char *id)
{
    for (size_t i = 0; i < click->value_count; i++)
        if (!strcmp(click->values[i].id, id))
            return click->values[i].text;
    return NULL;
}

static bool filter(struct intending *i)
{
    const char *chosen = answer_of(&i->in->click, "filter");
    const char *code = chosen ? chosen : i->in->click.word;
    int view = code ? list_view_parse(code) : -1;
    i->out->kind = TEAMS_INTENT_LIST;
    i->out->view = view < 0 ? LIST_ALL : (enum list_view)view;
    return view >= 0;
}

/* A position is "<list>:<ms>:<id>", as show.c writes it. */
static bool page(struct intending *i)
{
    const char *word = i->in->click.word ? i->in->click.word : "";
    size_t len = strcspn(word, ":");
    int64_t numbers[3];
    int view = list_view_parse(arena_copy_n(i->a, word, len));
    i->out->kind = TEAMS_INTENT_LIST;
    if (view < 0 || !word[len] || chat_numbers(word + len + 1, numbers) != 2)
        return false;
    i->out->view = (enum list_view)view;
    i->out->after_ms = numbers[0];
    i->out->after_id = numbers[1];
    return true;
}

static bool new_ticket(struct intending *i)
{
    i->out->kind = i->in->kind == TEAMS_FETCH || i->in->kind == TEAMS_SUBMIT
                 ? TEAMS_INTENT_NEW : TEAMS_INTENT_NEEDS_DIALOG;
    return true;
}

static bool submit(struct intending *i, enum card_action action)
{
    const struct teams_clicked *click = &i->in->click;
    i->out->kind = TEAMS_INTENT_SUBMIT;
    i->out->action = action;
    i->out->answer = (struct chat_answer){
        .action = action, .ticket_id = click->ticket_id, .version = click->version,
        .number = click->number, .values = click->values, .value_count = click->value_count };
    return action == CARD_ACTIONS || click->ticket_id;
}

static bool submit_new(struct intending *i)
{
    return submit(i, CARD_ACTIONS);
}

static bool next(struct intending *i)
{
    i->out->kind = TEAMS_INTENT_WORDS;
    i->out->words = (struct chat_words){ .kind = CHAT_NEXT };
    return true;
}

static bool help(struct intending *i)
{
    i->out->kind = TEAMS_INTENT_WORDS;
    i->out->words = (struct chat_words){ .kind = CHAT_HELP };
    return true;
}

static const struct {
    const char *word;
    bool (*click)(struct intending *i);     /* false: it does not say what it is about */
} words[] = {
    { "more", more },   { "open", open_ticket }, { "send_note", send_note }, { "list", report },
    { "filter", filter }, { "older", page },     { "newer", page },          { "new", new_ticket },
    { "new_ticket", submit_new },                { "next", next },           { "help", help },
};

static bool click_word(struct intending *i)
{
    for (size_t k = 0; k < COUNT(words); k++)
        if (!strcmp(words[k].word, i->in->click.action))
            return words[k].click(i);
    return false;
}

static bool is_from_dialog(const struct teams_input *in)
{
    return in->kind == TEAMS_SUBMIT && in->click.nonce && *in->click.nonce == TEAMS_NONCE_DIALOG;
}

static bool click_action(struct intending *i, enum card_action action)
{
    struct command command;
    i->out->action = action;
    if (chat_act_at_once(action, i->out->ticket_id, &command)) {
        act(i, &command);
        return i->out->ticket_id > 0;
    }
    if (is_from_dialog(i->in))
        return submit(i, action);
    bool can_ask = i->in->kind == TEAMS_FETCH || i->in->kind == TEAMS_SUBMIT;
    return about_ticket(i, can_ask ? TEAMS_INTENT_DIALOG : TEAMS_INTENT_NEEDS_DIALOG);
}

static void click(struct intending *i)
{
    const struct teams_clicked *click = &i->in->click;
    int action = card_action_parse(click->action);
    i->out->ticket_id = click->ticket_id;
    i->out->version = click->version;
    i->out->number = click->number;
    bool fits = click->ours
             && (action < 0 ? click_word(i) : click_action(i, (enum card_action)action));
    if (!fits)
        i->out->kind = TEAMS_INTENT_OLD_CARD;
    else if (!is_person(i->in))
        i->out->kind = TEAMS_INTENT_NOBODY;
}

/* ---- the rest ---- */

static void place(struct intending *i)
{
    if (i->in->conv)
        i->out->kind = TEAMS_INTENT_PLACE;
}

/* No row: nothing follows. */
static void (*const kinds[TEAMS_KINDS])(struct intending *i) = {
    [TEAMS_MESSAGE] = message,   [TEAMS_EDITED] = edited,       [TEAMS_DELETED] = deleted,
    [TEAMS_CLICK] = click,       [TEAMS_EXECUTE] = click,       [TEAMS_FETCH] = click,
    [TEAMS_SUBMIT] = click,      [TEAMS_INSTALLED] = place,     [TEAMS_REMOVED] = place,
    [TEAMS_CHANNEL_GONE] = place, [TEAMS_TEAM_GONE] = place,
};

void teams_intent_read(const struct teams_input *input, bool replies, struct arena *a,
                       struct teams_intent *out)
{
    struct intending i = { input, replies, a, out };
    *out = (struct teams_intent){ .kind = TEAMS_INTENT_NOTHING, .action = CARD_ACTIONS };
    if (kinds[input->kind])
        kinds[input->kind](&i);
    if (out->kind != TEAMS_INTENT_ACT)
        out->command = (struct command){ .kind = COMMAND_HEARD, .actor = ACTOR_SYSTEM,
            .adapter = -1, .source = "teams",
            .source_id = input->meaning && out->kind == TEAMS_INTENT_SUBMIT ? input->meaning
                                                                            : input->key };
}
