/* From an activity to its answer. What an activity changes is on the disk before it is answered,
 * and the Connector is never waited for on the way of one that Teams would send again. */
#include <stdlib.h>
#include <string.h>

#include "adapters/teams/door.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"

enum { KEPT_MAX = 200 };

static bool is_invoke(const struct teams_talk *talk)
{
    return teams_is_invoke(talk->input.kind);
}

/* ---- after the command ---- */

static bool was_typed(const struct teams_talk *talk)
{
    return talk->command.remote != NULL;
}

/* The store did not take it. */
static void not_stored(struct teams_talk *talk, const struct outcome *o)
{
    if (!is_invoke(talk))
        teams_reply_busy(talk);
    else
        teams_tell(talk, *o->text ? o->text : "The desk is busy. Please try again.", false);
}

static const char *sentence_of(const struct outcome *o)
{
    return *o->text ? o->text : "The desk could not do this.";
}

/* A line typed into a thread: its writer is told what became of it, under the line itself. */
static void typed(struct teams_talk *talk, const struct outcome *o)
{
    struct buf card;
    bool is_note = o->result == RESULT_OK && o->kind == COMMAND_NOTE;
    teams_reply(talk, 200, NULL, true);
    if (o->result == RESULT_REPEATED || o->result == RESULT_NOT_FOUND)
        return;                     /* said before; or said where no ticket is: not for us */
    if (!is_note) {
        if (*o->text)
            teams_tell(talk, o->text, true);
        return;
    }
    buf_init(&card, TEAMS_CARD_MAX);
    if (teams_private("Kept as an internal note. The customer does not see it.", o->ticket_id,
                      o->version, o->id, teams_nonce(TEAMS_NONCE_CARD, &talk->arena), &card) == 0)
        teams_reply_card(talk, card.data, "An internal note was kept.");
    buf_clear(&card);
}

/* The offer below a note: it is used up for everybody, so it says what became of it. */
static void note_sent(struct teams_talk *talk, const struct outcome *o)
{
    struct buf card;
    const char *sentence = result_is_ok(o->result) ? "Sent to the customer." : sentence_of(o);
    buf_init(&card, TEAMS_CARD_MAX);
    if (teams_private(sentence, 0, 0, 0, NULL, &card) == 0) {
        if (result_is_ok(o->result))
            teams_replace(talk, talk->input.reply_to, card.data, sentence);
        teams_reply_card(talk, card.data, sentence);
    }
    buf_clear(&card);
}

/* A button: the clicker sees the ticket as it is now, and why it may not be as they wished. */
static void clicked(struct teams_talk *talk, const struct outcome *o)
{
    const char *refusal = result_is_ok(o->result) ? NULL : sentence_of(o);
    if (o->kind == COMMAND_SEND_NOTE) {
        note_sent(talk, o);
        return;
    }
    if (talk->input.kind == TEAMS_EXECUTE && o->result != RESULT_NOT_FOUND)
        teams_show_card(talk, refusal);
    else if (refusal)
        teams_tell(talk, refusal, true);
    else
        teams_reply(talk, 200, NULL, true);
    teams_copy_refresh(talk, refusal);
}

/* A refused dialog stays open with what was typed, and says why. */
static void submitted(struct teams_talk *talk, const struct outcome *o)
{
    if (!result_is_ok(o->result))
        teams_show_again(talk, sentence_of(o));
    else if (*o->text)
        teams_tell(talk, o->text, true);
    else
        teams_reply(talk, 200, NULL, true);
    if (result_is_ok(o->result))
        teams_copy_refresh(talk, NULL);
}

static void finish(struct teams_talk *talk, const struct outcome *o)
{
    if (talk->intent.kind == TEAMS_INTENT_ACT && was_typed(talk))
        typed(talk, o);
    else if (talk->intent.kind == TEAMS_INTENT_ACT)
        clicked(talk, o);
    else if (talk->intent.kind == TEAMS_INTENT_SUBMIT)
        submitted(talk, o);
    else if (o->result == RESULT_REPEATED)
        teams_reply(talk, 200, NULL, true);
    else
        teams_show(talk);
}

static void forgotten(struct teams_talk *talk, const struct outcome *o)
{
    (void)o;
    (void)talk;
}

/* What the desk keeps until somebody says who wrote it. */
static void forget_kept(struct teams_talk *talk)
{
    const struct command forget = { .kind = COMMAND_HEARD, .source = talk->command.source,
        .source_id = talk->command.source_id, .raw = talk->command.raw };
    if (talk->command.raw)
        teams_talk_submit(talk, &forget, forgotten);
}

/* The person is known now, or will not be: what was kept is applied or forgotten. Whoever becomes a
 * technician later may click again: the refusal is not kept for repeats. */
static void joined(struct teams_talk *talk, const char *refusal)
{
    if (!refusal) {
        if (!teams_talk_submit(talk, &talk->command, finish))
            not_stored(talk, &(struct outcome){ .result = RESULT_BUSY });
        return;
    }
    bool lasts = was_typed(talk) && talk->is_stranger;
    if (!lasts || teams_strangers_add(talk->teams->strangers, talk->account, talk->at_ms))
        teams_tell(talk, refusal, false);
    forget_kept(talk);
}

static bool is_known_stranger(const struct teams_talk *talk)
{
    return talk->account
        && teams_strangers_has(talk->teams->strangers, talk->account, talk->at_ms);
}

static void told(struct teams_talk *talk, const struct outcome *o)
{
    if (o->result == RESULT_FAILED || o->result == RESULT_NO_SPACE || o->result == RESULT_BUSY) {
        not_stored(talk, o);
    } else if (o->result == RESULT_UNKNOWN) {
        if (!is_invoke(talk))       /* kept by the desk: the answer need not wait for Teams */
            teams_reply(talk, 200, NULL, true);
        if (was_typed(talk) && is_known_stranger(talk))
            forget_kept(talk);
        else
            teams_join(talk, joined);
    } else {
        finish(talk, o);
    }
}

static void submit(struct teams_talk *talk)
{
    if (!teams_talk_submit(talk, &talk->command, told))
        not_stored(talk, &(struct outcome){ .result = RESULT_BUSY });
}

/* ---- once, and once only ---- */

/* What a click means names its command, together with the time in which that was first seen: later
 * the same button may be pressed again. */
static const char *name_of(struct teams_talk *talk, int64_t first_ms)
{
    return arena_print(&talk->arena, "%s:%lld", talk->input.meaning,
                       (long long)(first_ms / TEAMS_REPEAT_MEANING_MS));
}

static void looked_back(struct teams_talk *talk, const struct outcome *o)
{
    if (o->result == RESULT_CONFLICT)       /* the name is taken: this was done */
        talk->command.source_id = name_of(talk, talk->first_ms - TEAMS_REPEAT_MEANING_MS);
    submit(talk);
}

/* Shortly after the start nobody remembers what came before it. If a click was done under the name
 * of the time before this one, a mere "heard" of that name contradicts what the desk wrote down. */
static void look_back(struct teams_talk *talk)
{
    const struct command heard = { .kind = COMMAND_HEARD, .actor = ACTOR_SYSTEM, .adapter = -1,
        .source = TEAMS_SURFACE,
        .source_id = name_of(talk, talk->first_ms - TEAMS_REPEAT_MEANING_MS) };
    if (!teams_talk_submit(talk, &heard, looked_back))
        not_stored(talk, &(struct outcome){ .result = RESULT_BUSY });
}

static void submit_once(struct teams_talk *talk)
{
    struct teams *t = talk->teams;
    if (!talk->input.meaning || talk->command.source_id != talk->input.meaning) {
        submit(talk);
        return;
    }
    talk->first_ms = teams_repeats_first(t->door->repeats, talk->input.meaning, talk->at_ms);
    talk->command.source_id = name_of(talk, talk->first_ms);
    if (talk->at_ms - t->opened_ms < TEAMS_REPEAT_MEANING_MS)
        look_back(talk);
    else
        submit(talk);
}

/* ---- before the command ---- */

/* What was entered is checked at once: errors go back into the dialog and change nothing. */
static bool read_answer(struct teams_talk *talk)
{
    const struct client_list *clients = teams_clients(talk->teams);
    struct chat_facts facts = { .now_ms = talk->at_ms, .clients = clients->clients,
                                .client_count = clients->count };
    struct chat_errors errors = { .count = 0 };
    const char *all = "";
    talk->command = (struct command){ 0 };
    if (chat_answer_read(&talk->intent.answer, &facts, &talk->arena, &talk->command, &errors)) {
        teams_intent_sign(&talk->input, &talk->arena, &talk->command);
        return true;
    }
    for (size_t i = 0; i < errors.count; i++)
        all = arena_print(&talk->arena, "%s%s%s", all, *all ? " " : "", errors.items[i].sentence);
    teams_show_again(talk, all);
    return false;
}

/* Invokes that ask nothing of the desk. true: answered. */
static bool is_answered_at_once(struct teams_talk *talk)
{
    if (talk->input.kind == TEAMS_FEEDBACK)
        teams_reply(talk, 200, "{}", true);
    else if (talk->input.kind == TEAMS_SIGN_IN)
        teams_reply(talk, 200, NULL, true);
    else if (talk->input.kind == TEAMS_INVOKE)
        teams_reply(talk, 501, NULL, true);
    else
        return false;
    return true;
}

static void begin(struct teams_talk *talk)
{
    enum teams_intent_kind kind = talk->intent.kind;
    if (kind == TEAMS_INTENT_NOTHING)
        teams_reply(talk, 200, NULL, true);
    else if (kind == TEAMS_INTENT_PLACE)
        teams_place_changed(talk);
    else if (kind == TEAMS_INTENT_SUBMIT && !read_answer(talk))
        ;                           /* answered with the dialog */
    else if (kind == TEAMS_INTENT_SUBMIT && talk->intent.action == CARD_ACTIONS)
        teams_ask_before_new(talk, submit_once);
    else if (kind == TEAMS_INTENT_ACT || kind == TEAMS_INTENT_SUBMIT || !is_invoke(talk))
        submit_once(talk);
    else
        teams_show(talk);
}

void teams_receive(struct teams_talk *talk)
{
    const struct teams_input *in = &talk->input;
    teams_intent_read(in, teams_replies(talk->teams, in->channel), &talk->arena, &talk->intent);
    talk->command = talk->intent.command;
    if (in->aad && in->tenant)
        talk->account = teams_account(in->tenant, in->aad, &talk->arena);
    if (is_answered_at_once(talk))
        return;
    if (is_invoke(talk) && teams_door_repeats(talk))
        return;
    teams_place_learn(talk);
    begin(talk);
}

/* ---- inputs kept from before a restart ---- */

struct recall {
    struct teams *teams;
    struct arena arena;
    struct kept_list list;
};

static void recall_run(struct reader *r, void *arg)
{
    struct recall *recall = arg;
    view_kept(r, TEAMS_SURFACE, KEPT_MAX, &recall->arena, &recall->list);
}

static void recall_one(struct teams *t, const struct kept_view *kept)
{
    struct teams_talk *talk = teams_talk_new(t);
    talk->at_ms = kept->at_ms;
    if (teams_activity_read(kept->raw, strlen(kept->raw), &talk->arena, &talk->input)
            && teams_serves_tenant(t, talk->input.tenant))
        teams_receive(talk);
    teams_talk_drop(talk);
}

static void recall_done(void *arg)
{
    struct recall *recall = arg;
    for (size_t i = 0; i < recall->list.count && !recall->teams->closed; i++)
        recall_one(recall->teams, &recall->list.kept[i]);
    arena_clear(&recall->arena);
    teams_drop(recall->teams);
    free(recall);
}

void teams_recall(struct teams *t)
{
    struct recall *recall = calloc(1, sizeof *recall);
    if (!recall)
        abort();
    recall->teams = t;
    teams_hold(t);
    if (engine_read(t->host.engine, recall_run, recall_done, recall))
        return;
    teams_drop(t);
    free(recall);
}
