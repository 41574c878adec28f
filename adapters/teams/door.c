/* The way from a request to receive.c: method, size and form first, then all checks of auth.c.
 * Nothing that the body says is acted on, or believed, before they have passed. */
#include "adapters/teams/door.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/teams/verdict.h"
#include "bot/base/log.h"

/* ---- answers ---- */

void teams_door_answer_to(struct teams *t, uint64_t request, int status, const char *json)
{
    static const struct http_pair again = { "Retry-After", "5" };
    http_answer_to(t->host.http, request, &(struct http_answer){ .status = status,
        .content_type = json ? "application/json; charset=utf-8" : NULL,
        .headers = &again, .header_count = status == 503, .body = json ? json : "",
        .len = json ? strlen(json) : 0 });
}

static void leave(struct teams_talk *talk)
{
    loop_timer_stop(talk->teams->host.loop, &talk->deadline);
    if (talk->all_next)
        talk->all_next->all_prev = talk->all_prev;
    if (talk->all_prev)
        talk->all_prev->all_next = talk->all_next;
    else
        talk->teams->door->open = talk->all_next;
    talk->all_next = talk->all_prev = NULL;
    talk->request = 0;
}

void teams_door_answer(struct teams_talk *talk, int status, const char *json)
{
    uint64_t request = talk->request;
    if (!request)
        return;
    leave(talk);
    teams_door_answer_to(talk->teams, request, status, json);
    teams_talk_drop(talk);
}

static void refuse(struct teams_talk *talk, enum teams_verdict verdict)
{
    const struct teams_verdict_row *row = teams_verdict_row(verdict);
    const struct http_pair proof = { "WWW-Authenticate", verdict == VERDICT_NO_HEADER
        ? "Bearer" : "Bearer error=\"invalid_token\"" };
    struct http_request *req = http_find(talk->teams->host.http, talk->request);
    leave(talk);
    if (req)
        http_answer_error(req, row->status, row->word, row->status == 401
            ? "This request does not prove that it comes from Microsoft Teams, for this app."
            : "This tenant or channel is not served here.", &proof, row->status == 401);
    teams_talk_drop(talk);
}

static void malformed(struct teams_talk *talk)
{
    teams_door_answer(talk, 400, "{\"code\":\"bad_request\","
                                 "\"text\":\"The body is no activity.\"}");
}

/* ---- repeats ---- */

bool teams_door_repeats(struct teams_talk *talk)
{
    struct teams_repeats *repeats = talk->teams->door->repeats;
    enum teams_intent_kind kind = talk->intent.kind;
    bool changes = kind == TEAMS_INTENT_ACT || kind == TEAMS_INTENT_SUBMIT;
    const char *meaning = changes ? talk->input.meaning : NULL;
    if (!talk->input.key && !meaning)
        return false;
    struct teams_repeat *one = teams_repeats_find(repeats, talk->input.key, meaning, talk->at_ms);
    if (!one) {
        talk->repeat = teams_repeats_add(repeats, talk->input.key, meaning, talk->at_ms);
        return false;
    }
    if (!one->under_way) {
        teams_door_answer(talk, one->status, one->body);
    } else if (teams_repeat_wait(one, talk->request)) {
        leave(talk);
        teams_talk_drop(talk);
    } else {
        teams_reply_busy(talk);
    }
    return true;
}

/* ---- the way in ---- */

static void checked(void *ctx, enum teams_verdict verdict)
{
    struct teams_talk *talk = ctx;
    if (!talk->request || talk->teams->closed)
        ;                           /* answered by the end of the adapter */
    else if (verdict != VERDICT_ACCEPTED)
        refuse(talk, verdict);
    else if (!talk->input.type)
        malformed(talk);
    else
        teams_receive(talk);
    teams_talk_drop(talk);
}

static void too_late(void *arg)
{
    struct teams_talk *talk = arg;
    log_info("teams answered before the work was done", "type=%s", talk->input.type
             ? talk->input.type : "?");
    teams_reply_busy(talk);
}

static void enter(struct teams_talk *talk, uint64_t request)
{
    struct teams_door *door = talk->teams->door;
    talk->request = request;
    talk->all_next = door->open;
    if (door->open)
        door->open->all_prev = talk;
    door->open = talk;
    teams_talk_hold(talk);          /* for the request */
}

static void on_post(void *ctx, struct http_request *req)
{
    struct teams_door *door = ctx;
    struct teams *t = door->teams;
    struct teams_talk *talk = teams_talk_new(t);
    size_t len, count;
    const char *body = http_body(req, &len);
    const char *authorization = http_header(req, "authorization", &count);
    enter(talk, http_id(req));
    /* Whoever cannot show a token of ours learns nothing about bodies. */
    bool no_activity = !teams_activity_read(body, len, &talk->arena, &talk->input)
                    || !talk->input.type;
    loop_timer_set(t->host.loop, &talk->deadline, TEAMS_ANSWER_MS, too_late, talk);
    teams_auth_check(t->auth, &(struct teams_auth_request){
        .authorization = teams_span_of(authorization), .authorization_count = count,
        .facts = talk->input.facts, .no_activity = no_activity, .now_ms = talk->at_ms }, checked,
        talk);
}

/* ---- open and close ---- */

void teams_door_open(struct teams *t)
{
    struct teams_door *door = calloc(1, sizeof *door);
    if (!door)
        abort();
    *door = (struct teams_door){ .teams = t, .repeats = teams_repeats_new() };
    t->door = door;
    http_route(t->host.http, "POST", "/api/messages", TEAMS_BODY_MAX, on_post, door);
}

void teams_door_close(struct teams *t)
{
    while (t->door && t->door->open)
        teams_reply_busy(t->door->open);
}

void teams_door_free(struct teams_door *door)
{
    if (door)
        teams_repeats_free(door->repeats);
    free(door);
}
