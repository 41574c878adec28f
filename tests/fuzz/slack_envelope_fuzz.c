/* A frame of Slack, and what it asks of the desk. */
#include "adapters/slack/intent.h"
#include "tests/fuzz/fuzz.h"

static void promise_command(const struct command *c)
{
    PROMISE(c->kind < COMMANDS && c->source && c->source_id);
    PROMISE(strlen(c->source_id) <= SLACK_KEY_MAX);
    bool nobodys = c->kind == COMMAND_HEARD || (c->kind == COMMAND_UNSAY && !c->person);
    PROMISE(c->actor == (nobodys ? ACTOR_SYSTEM : ACTOR_TECHNICIAN));
    PROMISE(nobodys || (c->person && c->raw && !c->actor_id));
    PROMISE(c->ticket_id >= 0 && c->number >= 0);
    promise_text(c->text);
    promise_text(c->source_id);
    promise_text(c->person);
    promise_text(c->place);
}

static void promise_input(const struct slack_input *in)
{
    const char *const ids[] = { in->envelope_id, in->team, in->user, in->user_team, in->channel,
                                in->bot, in->app, in->view.id, in->view.hash };
    PROMISE(in->kind < SLACK_KINDS && in->envelope_id && in->key && in->raw);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        PROMISE(!ids[i] || (*ids[i] && strlen(ids[i]) <= SLACK_ID_MAX));
    promise_text(in->text);
    promise_text(in->about.text);
    promise_text(in->action.value);
    PROMISE(!in->text || strlen(in->text) <= SLACK_TEXT_MAX);
    PROMISE(in->view.value_count <= SLACK_VALUES_MAX);
    for (size_t i = 0; i < in->view.value_count; i++) {
        PROMISE(in->view.values[i].block_id && in->view.values[i].action_id);
        promise_text(in->view.values[i].value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct slack_self self = { "T1", "UBOT", "B1", "A1" };
    struct arena a = { 0 };
    struct slack_input in, again;
    struct slack_intent intent;
    struct chat_errors errors;
    struct command command;
    const char *id = slack_envelope_id((const char *)data, size, &a);
    PROMISE(!id || (*id && strlen(id) <= SLACK_ID_MAX && !strpbrk(id, " \"\\\n")));
    if (slack_envelope_read((const char *)data, size, NULL, &a, &in)) {
        promise_input(&in);
        PROMISE(slack_envelope_read(in.raw, strlen(in.raw), NULL, &a, &again));
        PROMISE(in.kind == again.kind && !strcmp(in.key, again.key));
        slack_intent_read(&in, &self, size % 2, &a, &intent);
        PROMISE(intent.kind < SLACK_INTENTS);
        promise_command(&intent.command);
        if (intent.kind == SLACK_INTENT_SUBMIT)
            PROMISE(chat_answer_read(&intent.answer, &(struct chat_facts){ 0 }, &a, &command,
                                     &errors) == !errors.count);
    }
    arena_clear(&a);
    return 0;
}
