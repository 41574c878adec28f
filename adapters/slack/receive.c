/* From a frame to its answer. Every envelope becomes one command; what it changed is on the disk
 * before it is acknowledged, and the Web API is never waited for on the way. */
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/slack_private.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/log.h"
#include "bot/engine/hours.h"

/* ---- the life of a talk ---- */

void slack_talk_hold(struct slack_talk *talk)
{
    talk->holds++;
}

void slack_talk_drop(struct slack_talk *talk)
{
    if (--talk->holds)
        return;
    slack_answered(talk);
    struct arena arena = talk->arena;
    slack_drop(talk->slack);
    arena_clear(&arena);             /* the talk itself lives in it */
}

static struct slack_talk *talk_new(struct slack *s, int conn)
{
    struct arena arena = { 0 };
    struct slack_talk *talk = arena_alloc(&arena, sizeof *talk);
    *talk = (struct slack_talk){ .slack = s, .holds = 1, .conn = conn, .at_ms = clock_now_ms() };
    talk->arena = arena;
    slack_hold(s);
    return talk;
}

bool slack_talk_submit(struct slack_talk *talk, const struct command *command,
                       void (*told)(struct slack_talk *, const struct outcome *))
{
    struct slack *s = talk->slack;
    struct command c = *command;
    c.at_ms = c.at_ms ? c.at_ms : talk->at_ms;
    c.adapter = s->host.index;
    c.tag = ++s->last_tag;
    hash_random(c.nonce, sizeof c.nonce);
    if (!engine_submit(s->host.engine, &c))
        return false;
    talk->tag = c.tag;
    talk->told = told;
    talk->next = s->talks;
    s->talks = talk;
    slack_talk_hold(talk);
    return true;
}

/* ---- after the command ---- */

static bool would_come_again(const struct slack_talk *talk)
{
    return talk->input.key && !strncmp(talk->input.key, "e:", 2);
}

/* A refused dialog stays open with what was typed, and says why. */
static void refuse_submission(struct slack_talk *talk, const char *sentence)
{
    const struct slack_view *view = &talk->input.view;
    struct chat_errors errors = { .count = 1, .items = { {
        .id = view->value_count ? view->values[0].block_id : NULL, .sentence = sentence } } };
    slack_ack_errors(talk, &errors);
}

/* The store did not take it. Events are sent again when nobody acknowledges; clicks are not, so
 * their sender has to know. */
static void not_stored(struct slack_talk *talk, const struct outcome *o)
{
    const char *sentence = *o->text ? o->text : "The desk is busy. Please try again.";
    if (talk->again || talk->kept) {
        slack_ack(talk, NULL);       /* it is on the disk, and done as soon as the store takes it */
        slack_recall_soon(talk->slack);
        return;
    }
    if (would_come_again(talk))
        return;
    if (talk->input.kind == SLACK_SUBMISSION) {
        refuse_submission(talk, sentence);   /* what was typed stays */
        return;
    }
    slack_ack(talk, NULL);
    slack_tell(talk, sentence, 0);
}

/* A line where no ticket is: people talk there, unless they answer a message of ours. */
static void not_in_a_ticket(struct slack_talk *talk)
{
    const char *bot_user = slack_api_self(talk->slack->api)->user;
    bool said = talk->command.kind == COMMAND_NOTE || talk->command.kind == COMMAND_REPLY;
    if (said && talk->input.parent && *bot_user && !strcmp(talk->input.parent, bot_user))
        slack_tell(talk, "This thread is not a ticket's, so nothing was kept. Write below the "
                         "ticket's card.", 0);
}

static void typed(struct slack_talk *talk, const struct outcome *o)
{
    bool files = talk->input.file_count > 0;
    if (o->result != RESULT_OK || *o->text)
        slack_tell(talk, *o->text ? o->text : "The desk could not keep this.", 0);
    else if (o->kind == COMMAND_NOTE)
        slack_tell(talk, files ? "Kept as an internal note. The customer does not see it. The file "
                                 "stays in Slack: it is not passed on, not even with the note."
                   : "Kept as an internal note. The customer does not see it.", o->id);
    else if (o->kind == COMMAND_REPLY && files)
        slack_tell(talk, "The customer has your words, but not the file: files are not passed on "
                         "from here.", 0);
}

static void acted(struct slack_talk *talk, const struct outcome *o)
{
    slack_ack(talk, NULL);
    if (o->result == RESULT_REPEATED)
        return;                  /* said before */
    if (o->result == RESULT_NOT_FOUND && talk->command.remote)
        not_in_a_ticket(talk);
    else if (talk->command.remote)
        typed(talk, o);
    else if (o->result == RESULT_OK && o->kind == COMMAND_SEND_NOTE)
        slack_respond(talk, "{\"delete_original\":true}");
    else if (*o->text)
        slack_tell(talk, o->text, 0);
    else if (talk->input.view.id && o->result == RESULT_OK)
        slack_tell(talk, "Done.", 0);
}

static void submitted(struct slack_talk *talk, const struct outcome *o)
{
    if (result_is_ok(o->result) || talk->acked) {
        slack_ack(talk, NULL);
        if (*o->text)
            slack_tell(talk, o->text, 0);
        return;
    }
    refuse_submission(talk, *o->text ? o->text : "The desk could not do this.");
}

/* Who clicks waits for an answer each time; who writes has read the first one. */
static void tell_stranger(struct slack_talk *talk)
{
    if (talk->input.trigger_id || slack_may_tell(talk->slack, talk->account, talk->at_ms))
        slack_tell(talk, "Only members of this workspace can work on tickets.", 0);
}

static void finish(struct slack_talk *talk, const struct outcome *o)
{
    if (o->ticket_id) {
        talk->intent.ticket_id = o->ticket_id;
        talk->intent.version = o->version;
    }
    switch (talk->intent.kind) {
    case SLACK_INTENT_ACT: acted(talk, o); break;
    case SLACK_INTENT_SUBMIT: submitted(talk, o); break;
    case SLACK_INTENT_HEARD:
        slack_ack(talk, NULL);
        if (talk->foreign && o->result == RESULT_OK
                && (talk->input.trigger_id || talk->input.kind == SLACK_MENTION))
            tell_stranger(talk);
        break;
    case SLACK_INTENT_SUGGEST: slack_ack(talk, "{\"options\":[]}"); break;
    case SLACK_INTENT_WORKSPACE:
        slack_ack(talk, NULL);
        if (o->result == RESULT_OK)
            slack_workspace(talk);
        break;
    case SLACK_INTENT_OLD_CARD:
        slack_ack(talk, NULL);
        slack_tell(talk, "This card is too old to be understood. Open the ticket from a newer one "
                         "or with /ticket.", 0);
        break;
    case SLACK_INTENT_NOT_CARRIED:
        slack_ack(talk, NULL);
        slack_tell(talk, "Files are not passed on to the customer from here.", 0);
        break;
    case SLACK_INTENT_TOO_LONG:
        slack_ack(talk, NULL);
        slack_tell(talk, "This is longer than the desk takes, so it is neither a note nor a reply. "
                         "Please send it in parts.", 0);
        break;
    default:
        if (o->result != RESULT_REPEATED)
            slack_show(talk);
        else if (!slack_is_asked(talk))
            slack_ack(talk, NULL);   /* else an empty one would overtake the answer */
    }
}

static bool is_stored(const struct outcome *o)
{
    return o->result != RESULT_FAILED && o->result != RESULT_NO_SPACE && o->result != RESULT_BUSY;
}

static void told_again(struct slack_talk *talk, const struct outcome *o)
{
    (is_stored(o) ? finish : not_stored)(talk, o);
}

static void forgotten(struct slack_talk *talk, const struct outcome *o)
{
    (void)o;
    (void)talk;
}

/* What was kept stays until Slack says who the person is. */
static void wait_for_them(struct slack_talk *talk)
{
    if (!talk->again)
        slack_tell(talk, "Slack does not say who you are at the moment. What you did is kept, and "
                         "done as soon as it does.", 0);
    slack_recall_soon(talk->slack);
}

/* The person is known now, or will not be: what was kept is applied or forgotten. */
static void joined(struct slack_talk *talk, const char *refusal)
{
    struct command forget = { .kind = COMMAND_HEARD, .source = talk->command.source,
        .source_id = talk->command.source_id, .raw = talk->command.raw };
    talk->command.unchecked = false;
    if (!refusal) {
        if (!slack_talk_submit(talk, &talk->command, told_again))
            slack_recall_soon(talk->slack);
        return;
    }
    if (talk->not_now && talk->command.raw) {
        wait_for_them(talk);
        return;
    }
    slack_tell(talk, refusal, 0);
    if (talk->command.raw)
        slack_talk_submit(talk, &forget, forgotten);
}

static void told(struct slack_talk *talk, const struct outcome *o);

/* A known account was looked at again. */
static void checked(struct slack_talk *talk, const char *refusal)
{
    if (!refusal) {
        talk->command.unchecked = false;
        if (!slack_talk_submit(talk, &talk->command, told))
            not_stored(talk, &(struct outcome){ .result = RESULT_BUSY });
        return;
    }
    if (talk->input.kind == SLACK_SUBMISSION)
        refuse_submission(talk, refusal);
    else
        slack_ack(talk, NULL);
    talk->not_now = false;
    joined(talk, refusal);
}

static void told(struct slack_talk *talk, const struct outcome *o)
{
    talk->kept |= o->result == RESULT_UNKNOWN && talk->command.raw;
    if (!is_stored(o)) {
        not_stored(talk, o);
    } else if (talk->foreign && o->result == RESULT_UNKNOWN) {
        slack_ack(talk, NULL);       /* a line in a ticket's thread */
        tell_stranger(talk);
    } else if (o->result == RESULT_UNKNOWN && o->id) {
        slack_check(talk, checked);
    } else if (o->result == RESULT_UNKNOWN) {
        slack_ack(talk, NULL);
        slack_join(talk, joined);
    } else {
        finish(talk, o);
    }
}

/* ---- before the command ---- */

/* "Tomorrow" begins where the person is; where that is not known, where the desk is. */
static const struct zone *zone_of(struct slack_talk *talk)
{
    const char *theirs = slack_people_zone(talk->slack->people, talk->input.user);
    if (talk->intent.action != CARD_SNOOZE)
        return NULL;
    return hours_zone(theirs ? theirs : talk->slack->host.config->weekly.zone, &talk->arena);
}

/* What was entered is checked at once: errors go back in the acknowledgement and change nothing. */
static bool read_answer(struct slack_talk *talk)
{
    const struct slack_book *book = talk->slack->book;
    struct chat_facts facts = { .now_ms = talk->at_ms, .clients = book->clients.clients,
                                .client_count = book->clients.count, .zone = zone_of(talk) };
    struct chat_errors errors = { .count = 0 };
    talk->command = (struct command){ 0 };
    if (!chat_answer_read(&talk->intent.answer, &facts, &talk->arena, &talk->command, &errors)) {
        slack_ack_errors(talk, &errors);
        return false;
    }
    slack_intent_sign(&talk->input, &talk->arena, &talk->command);
    return true;
}

static const struct slack_self *self_of(struct slack *s, struct slack_self *self)
{
    const struct slack_identity *known = slack_api_self(s->api);
    *self = (struct slack_self){ .team = *known->team ? known->team : NULL,
        .bot_user = *known->user ? known->user : NULL, .bot = *known->bot ? known->bot : NULL };
    return self;
}

/* Nothing from another workspace is acted on. In an organisation people have home teams of their
 * own, and only Slack knows whether one is ours: who is looked up is judged there (people_parse.c).
 * Before the first auth.test the account itself is the check: it holds the workspace, and only
 * people of ours were ever looked up. */
static bool is_foreign(const struct slack_talk *talk, const struct slack_self *self)
{
    const struct slack_input *in = &talk->input;
    const char *enterprise = slack_api_self(talk->slack->api)->enterprise;
    if (!self->team)
        return false;
    bool here = !in->team || !strcmp(in->team, self->team)
             || (*enterprise && in->enterprise && !strcmp(in->enterprise, enterprise));
    bool ours = !in->user_team || !strcmp(in->user_team, self->team) || *enterprise;
    return !here || !ours;
}

/* Nothing of it is done or kept. Of a line the desk says whether it stands in a ticket's thread, as
 * its writer may believe that somebody reads it. */
static void read_foreign(struct slack_talk *talk)
{
    enum command_kind kind = talk->command.kind;
    talk->foreign = true;
    talk->intent.kind = SLACK_INTENT_HEARD;
    if ((kind == COMMAND_NOTE || kind == COMMAND_REPLY) && talk->command.thread)
        talk->command.raw = NULL;
    else
        talk->command = (struct command){ .kind = COMMAND_HEARD, .source = SLACK_SURFACE,
                                          .source_id = talk->input.key };
}

static void begin(struct slack_talk *talk)
{
    struct slack_self self;
    struct slack_input *in = &talk->input;
    self_of(talk->slack, &self);
    slack_intent_read(in, &self, slack_replies(talk->slack, in->channel), &talk->arena,
                      &talk->intent);
    talk->command = talk->intent.command;
    if (is_foreign(talk, &self))
        read_foreign(talk);
    if (in->user)
        talk->account = arena_print(&talk->arena, SLACK_SURFACE ":%s/%s",
                                    in->user_team ? in->user_team : in->team ? in->team : "",
                                    in->user);
    if (talk->intent.kind == SLACK_INTENT_SUBMIT && !read_answer(talk))
        return;
    talk->command.unchecked = talk->foreign || !slack_is_vouched(talk);
    if (!slack_talk_submit(talk, &talk->command, told))
        not_stored(talk, &(struct outcome){ .result = RESULT_BUSY });
}

static const char *name_of(void *people, const char *user)
{
    return slack_people_name(people, user);
}

static void read_frame(struct slack_talk *talk, const char *bytes, size_t len)
{
    const struct slack_names names = { name_of, talk->slack->people };
    if (slack_envelope_read(bytes, len, &names, &talk->arena, &talk->input)
            && talk->input.envelope_id)
        begin(talk);
    else
        slack_unreadable(talk, bytes, len);
    if (talk->input.bad)
        slack_odd(talk->slack, talk->input.type, len);
}

void slack_receive(void *slack, int conn, const char *bytes, size_t len)
{
    struct slack_talk *talk = talk_new(slack, conn);
    read_frame(talk, bytes, len);
    slack_talk_drop(talk);
}

void slack_receive_again(struct slack *s, const struct kept_view *kept)
{
    struct slack_talk *talk = talk_new(s, -1);
    talk->acked = talk->again = true;
    talk->at_ms = kept->at_ms;
    read_frame(talk, arena_copy(&talk->arena, kept->raw), strlen(kept->raw));
    slack_talk_drop(talk);
}
