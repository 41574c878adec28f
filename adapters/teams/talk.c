/* Answers to one input: the answer to its request, and words in its conversation. */
#include "adapters/teams/talk.h"

#include <string.h>

#include "adapters/teams/door.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"

#define CARD_TYPE "application/vnd.microsoft.card.adaptive"

enum { REPLY_MAX = TEAMS_CARD_MAX + 2048, NONCE_RANDOM = 9, NONCE_MAX = 64 };

/* ---- the life of a talk ---- */

void teams_talk_hold(struct teams_talk *talk)
{
    talk->holds++;
}

void teams_talk_drop(struct teams_talk *talk)
{
    if (--talk->holds)
        return;
    struct arena arena = talk->arena;
    if (talk->repeat && talk->repeat->under_way)
        teams_repeat_forget(talk->repeat);
    teams_drop(talk->teams);
    arena_clear(&arena);            /* the talk itself lives in it */
}

struct teams_talk *teams_talk_new(struct teams *t)
{
    struct arena arena = { 0 };
    struct teams_talk *talk = arena_alloc(&arena, sizeof *talk);
    *talk = (struct teams_talk){ .teams = t, .holds = 1, .at_ms = clock_now_ms() };
    talk->arena = arena;
    teams_hold(t);
    return talk;
}

bool teams_talk_submit(struct teams_talk *talk, const struct command *command,
                       void (*told)(struct teams_talk *, const struct outcome *))
{
    struct teams *t = talk->teams;
    struct command c = *command;
    c.at_ms = c.at_ms ? c.at_ms : talk->at_ms;
    c.adapter = t->host.index;
    c.tag = ++t->last_tag;
    hash_random(c.nonce, sizeof c.nonce);
    if (!engine_submit(t->host.engine, &c))
        return false;
    talk->tag = c.tag;
    talk->told = told;
    talk->next = t->talks;
    t->talks = talk;
    teams_talk_hold(talk);
    return true;
}

void teams_outcome(struct teams *t, uint64_t tag, const struct outcome *outcome)
{
    for (struct teams_talk **at = &t->talks; *at; at = &(*at)->next) {
        struct teams_talk *talk = *at;
        if (talk->tag != tag)
            continue;
        *at = talk->next;
        talk->tag = 0;
        if (!t->closed)
            talk->told(talk, outcome);
        teams_talk_drop(talk);
        return;
    }
}

void teams_talks_free(struct teams *t)
{
    while (t->talks) {
        struct teams_talk *talk = t->talks;
        t->talks = talk->next;
        teams_talk_drop(talk);
    }
}

const char *teams_nonce(char kind, struct arena *a)
{
    unsigned char random[NONCE_RANDOM];
    char text[2 * NONCE_RANDOM + 1];
    hash_random(random, sizeof random);
    hash_base64url(random, sizeof random, text);
    return arena_print(a, "%c%s", kind, text);
}

/* A dialog's nonce ends with ".<message id>" when there is room for it. */
const char *teams_nonce_of_dialog(const struct teams_talk *talk, char kind, struct arena *a)
{
    const char *nonce = teams_nonce(kind, a), *message = teams_clicked_message(talk);
    bool fits = message && strlen(nonce) + 1 + strlen(message) <= NONCE_MAX;
    return fits ? arena_print(a, "%s.%s", nonce, message) : nonce;
}

const char *teams_clicked_message(const struct teams_talk *talk)
{
    const char *nonce = talk->input.click.nonce ? talk->input.click.nonce : "";
    const char *dot = strchr(nonce, '.');
    if (*nonce == TEAMS_NONCE_CARD)
        return talk->input.reply_to;
    bool is_dialog = *nonce == TEAMS_NONCE_DIALOG || *nonce == TEAMS_NONCE_MENU;
    return is_dialog && dot && teams_is_id(dot + 1) ? dot + 1 : NULL;
}

/* ---- the answer to the request ---- */

void teams_reply(struct teams_talk *talk, int status, const char *json, bool keep)
{
    struct teams_repeat *repeat = talk->repeat;
    if (!talk->request)
        return;
    talk->repeat = NULL;
    if (repeat) {
        for (size_t i = 0; i < repeat->waiting_count; i++)
            teams_door_answer_to(talk->teams, repeat->waiting[i], status, json);
        if (keep)
            teams_repeat_keep(repeat, status, json);
        else
            teams_repeat_forget(repeat);
    }
    teams_door_answer(talk, status, json);
}

static bool is_task(const struct teams_talk *talk)
{
    return talk->input.kind == TEAMS_FETCH || talk->input.kind == TEAMS_SUBMIT;
}

/* The forms of section "adaptiveCard/action" and "task" of the invoke answers. */
static void write_card(struct json_out *j, const char *card)
{
    json_out_object(j, NULL);
    json_out_int(j, "statusCode", 200);
    json_out_text(j, "type", CARD_TYPE);
    json_out_raw(j, "value", card);
    json_out_object_end(j);
}

static void write_sentence(struct json_out *j, const char *sentence, bool task)
{
    json_out_object(j, NULL);
    if (task) {
        json_out_object(j, "task");
        json_out_text(j, "type", "message");
        json_out_text(j, "value", sentence);
        json_out_object_end(j);
    } else {
        json_out_int(j, "statusCode", 200);
        json_out_text(j, "type", "application/vnd.microsoft.activity.message");
        json_out_text(j, "value", sentence);
    }
    json_out_object_end(j);
}

static void write_dialog(struct json_out *j, const char *title, const char *card)
{
    json_out_object(j, NULL);
    json_out_object(j, "task");
    json_out_text(j, "type", "continue");
    json_out_object(j, "value");
    json_out_text(j, "title", title);
    json_out_text(j, "height", "medium");
    json_out_text(j, "width", "medium");
    json_out_object(j, "card");
    json_out_text(j, "contentType", CARD_TYPE);
    json_out_raw(j, "content", card);
    json_out_object_end(j);
    json_out_object_end(j);
    json_out_object_end(j);
    json_out_object_end(j);
}

static void reply_written(struct teams_talk *talk, struct buf *buf, bool keep)
{
    if (buf->failed)
        log_warn("answer too long", "bytes=%zu", buf->len);
    teams_reply(talk, 200, buf->failed ? NULL : buf->data, keep);
    buf_clear(buf);
}

static void post(struct teams_talk *talk, const char *card, const char *summary)
{
    const struct teams_input *in = &talk->input;
    if (in->conv && in->service_url && !talk->teams->closed)
        teams_post_card(talk->teams, in->service_url, in->conv, card, summary);
}

static void replaced(void *ctx, const struct teams_answer *answer)
{
    (void)ctx;
    if (answer->todo != TEAMS_TODO_OK && answer->todo != TEAMS_TODO_CLOSED)
        log_info("teams card not replaced", "error=\"%s\"", answer->error);
}

void teams_replace(struct teams_talk *talk, const char *message, const char *card,
                   const char *summary)
{
    const struct teams_input *in = &talk->input;
    const char *body = teams_activity_text(card, summary, false, &talk->arena);
    if (!body || !in->conv || !in->service_url || !message || talk->teams->closed)
        return;
    const char *path = teams_activity_path(in->conv, message, &talk->arena);
    teams_connector_call(talk->teams->connector, &(struct teams_request){ .method = "PUT",
        .service_url = in->service_url, .body = body, .conv = in->conv, .urgent = true,
        .path = path, .lane = path }, replaced, NULL);
}

void teams_reply_card(struct teams_talk *talk, const char *card, const char *summary)
{
    struct buf buf;
    if (!teams_is_invoke(talk->input.kind)) {
        teams_reply(talk, 200, NULL, true);
        post(talk, card, summary);
        return;
    }
    if (!talk->request)
        return;                     /* the card in the channel changes for everybody anyway */
    buf_init(&buf, REPLY_MAX);
    write_card(&(struct json_out){ .buf = &buf }, card);
    reply_written(talk, &buf, true);
}

void teams_reply_dialog(struct teams_talk *talk, const char *title, const char *card)
{
    struct buf buf;
    if (!talk->request)
        return;
    buf_init(&buf, REPLY_MAX);
    write_dialog(&(struct json_out){ .buf = &buf }, title, card);
    reply_written(talk, &buf, true);
}

void teams_tell(struct teams_talk *talk, const char *sentence, bool keep)
{
    struct buf buf;
    buf_init(&buf, REPLY_MAX);
    if (teams_is_invoke(talk->input.kind) && talk->request) {
        write_sentence(&(struct json_out){ .buf = &buf }, sentence, is_task(talk));
        reply_written(talk, &buf, keep);
        return;
    }
    teams_reply(talk, 200, NULL, keep);
    if (teams_notice(NULL, sentence, &buf) == 0)
        post(talk, buf.data, "A message of the desk.");
    buf_clear(&buf);
}

/* Not stored yet, so not acknowledged: whoever sends it may send it again. A person who clicked is
 * told what to do; the click itself is still carried out if the desk has taken it. */
void teams_reply_busy(struct teams_talk *talk)
{
    struct buf buf;
    if (!teams_is_invoke(talk->input.kind) || talk->input.kind == TEAMS_INVOKE) {
        teams_reply(talk, 503, "{\"code\":\"unavailable\",\"text\":\"The desk is busy.\"}", false);
        return;
    }
    buf_init(&buf, REPLY_MAX);
    write_sentence(&(struct json_out){ .buf = &buf }, "The desk is slow at the moment. Look at the "
        "ticket again in a few seconds; if nothing changed, please try again.", is_task(talk));
    reply_written(talk, &buf, false);
}
