/* The body of a request from Teams, and what it asks of the desk. */
#include "adapters/teams/intent.h"
#include "tests/fuzz/fuzz.h"

static void promise_id(const char *id)
{
    PROMISE(!id || (*id && strlen(id) <= TEAMS_ID_MAX && !strpbrk(id, " \r\n\t")));
}

static void promise_input(const struct teams_input *in)
{
    const char *const ids[] = { in->id, in->reply_to, in->user, in->bot, in->conv, in->channel,
                                in->team };
    PROMISE(in->kind < TEAMS_KINDS && in->text);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        promise_id(ids[i]);
    PROMISE(!in->conv == !in->channel);
    PROMISE(!in->key || strlen(in->key) <= TEAMS_KEY_MAX);
    PROMISE(!in->meaning || strlen(in->meaning) <= TEAMS_KEY_MAX);
    promise_id(in->aad);
    PROMISE(!in->aad || (strlen(in->aad) <= TEAMS_OBJECT_ID_MAX && !strpbrk(in->aad, "/ABCDEFGHIJKLMNOPQRSTUVWXYZ")));
    promise_text(in->text);
    promise_text(in->team_name);
    promise_text(in->channel_name);
    PROMISE(in->click.ours == (in->click.action != NULL));
    PROMISE(in->click.value_count <= TEAMS_VALUES_MAX);
    for (size_t i = 0; i < in->click.value_count; i++) {
        promise_text(in->click.values[i].id);
        promise_text(in->click.values[i].text);
    }
}

static void promise_command(const struct teams_input *in, const struct command *c)
{
    PROMISE(c->kind < COMMANDS && c->source);
    PROMISE(c->actor == (c->kind == COMMAND_HEARD ? ACTOR_SYSTEM : ACTOR_TECHNICIAN));
    PROMISE(c->kind == COMMAND_HEARD || (c->person && !c->actor_id && in->aad && in->tenant));
    PROMISE(c->ticket_id >= 0 && c->number >= 0 && !c->if_version);
    PROMISE(!c->remote == !c->place);
    promise_text(c->text);
    promise_text(c->person);
    promise_text(c->place);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct teams_input in, again;
    struct teams_intent intent;
    struct chat_errors errors;
    struct command command;
    if (teams_activity_read((const char *)data, size, &a, &in)) {
        promise_input(&in);
        if (in.raw) {
            PROMISE(teams_activity_read(in.raw, strlen(in.raw), &a, &again));
            PROMISE(in.kind == again.kind && !in.key == !again.key);
            PROMISE(!in.key || !strcmp(in.key, again.key));
        }
        teams_intent_read(&in, size % 2, &a, &intent);
        PROMISE(intent.kind < TEAMS_INTENTS);
        promise_command(&in, &intent.command);
        if (intent.kind == TEAMS_INTENT_SUBMIT)
            PROMISE(chat_answer_read(&intent.answer, &(struct chat_facts){ 0 }, &a, &command,
                                     &errors) == !errors.count);
    }
    arena_clear(&a);
    return 0;
}
