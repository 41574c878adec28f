/* Effects out: a card is posted once and then updated, lines go into its thread, alerts to a
 * channel or a person. Nobody can ask Teams whether a post arrived. So one whose outcome is unclear
 * goes out once more, half a minute later, when the service answers again; after that a person
 * decides. A line of which the card tells the same does not. */
#include <stdlib.h>
#include <string.h>

#include "adapters/teams/parcel.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { UNCLEAR_MS = 30 * 1000, TOKEN_MS = 15 * 1000, SERVICE_MS = 15 * 1000, HASH_SHOWN = 16,
       CREATE_EXTRA = 4096 };

static void start(struct parcel *p);
static void send(struct parcel *p);

/* ---- what an answer means ---- */

static void again(struct parcel *p, const struct teams_answer *a)
{
    parcel_failed(p, &(struct parcel_failure){ .error = a->error, .advice = a->advice,
                                               .wait_ms = a->retry_after_ms });
}

static void final(struct parcel *p, const struct teams_answer *a)
{
    parcel_failed(p, &(struct parcel_failure){ .error = a->error, .advice = a->advice,
                                               .final = true });
}

/* A token that does not work is not the effect's fault. */
static void token(struct parcel *p, const struct teams_answer *a)
{
    bool soon = a->retry_after_ms > 0 && a->retry_after_ms < TOKEN_MS;
    parcel_failed(p, &(struct parcel_failure){ .error = a->error, .advice = a->advice,
        .hold = "token", .wait_ms = soon ? a->retry_after_ms : TOKEN_MS });
}

/* The second unclear outcome: a third try could only add to the doubles. */
static void give_up_unclear(struct parcel *p, const char *error)
{
    parcel_failed(p, &(struct parcel_failure){ .final = true, .error = error,
        .advice = "It was sent twice and may have arrived. Look in Teams before you try again." });
}

/* What the card tells, too, need not arrive: a line less is better than one that stands there
 * twice. */
static void let_go(struct parcel *p, const char *error)
{
    metric_add(METRIC_TEAMS_NOT_REPEATED, 1);
    log_info("line not repeated", "effect=%lld ticket=%lld error=\"%s\" then=\"the card tells it\"",
             (long long)p->effect_id, (long long)p->ticket_id, error);
    parcel_delivered(p, NULL);
}

static void unclear(struct parcel *p, const struct teams_answer *a)
{
    if (p->on_card) {
        let_go(p, a->error);
        return;
    }
    if (p->unclear) {
        give_up_unclear(p, a->error);
        return;
    }
    p->unclear = !p->update;
    parcel_failed(p, &(struct parcel_failure){ .error = a->error, .wait_ms =
        a->retry_after_ms > UNCLEAR_MS ? a->retry_after_ms : UNCLEAR_MS });
}

static void lose_place(struct parcel *p, const char *why)
{
    teams_book_forget(p->teams->book, p->place);
    engine_submit(p->teams->host.engine, &(struct command){ .kind = COMMAND_PLACE_LOST,
        .source = TEAMS_SURFACE, .place = p->place, .adapter = -1, .text = why,
        .at_ms = clock_now_ms() });
}

/* The person cannot be reached: what they were to hear goes to the channels for everything. */
static void tell_all(struct parcel *p, const struct teams_answer *a)
{
    bool told = p->alerts && engine_submit(p->teams->host.engine, &(struct command){
        .kind = COMMAND_TELL, .actor = ACTOR_SYSTEM, .source = TEAMS_SURFACE, .adapter = -1,
        .text = p->alerts, .category = "unreached", .at_ms = clock_now_ms() });
    log_warn("person not reached in Teams", "effect=%lld error=\"%s\" advice=\"%s\"",
             (long long)p->effect_id, a->error, a->advice ? a->advice : "");
    if (told)
        parcel_delivered(p, NULL);
    else
        final(p, a);
}

/* A person who blocked the app has to write first; a channel may be opened by its owner any
 * time. */
static void blocked(struct parcel *p, const struct teams_answer *a)
{
    if (!p->person) {
        final(p, a);
        return;
    }
    teams_book_block(p->teams->book, p->place, a->advice ? a->advice : "Teams says no.");
    tell_all(p, a);
}

static void not_installed(struct parcel *p, const struct teams_answer *a)
{
    if (p->person) {
        blocked(p, a);
        return;
    }
    lose_place(p, "The app is not installed there.");
    again(p, a);                     /* for a row that is not there any more: nothing */
}

static void person_gone(struct parcel *p, const struct teams_answer *a)
{
    teams_book_forget_conv(p->teams->book, p->place);
    if (p->renewed || !p->conv) {
        tell_all(p, a);
        return;
    }
    p->renewed = true;
    p->conv = NULL;
    start(p);
}

/* Somebody deleted the card: a new one takes its place, and a line waits for that. Where nothing
 * can be posted at all, the place is gone. */
static void gone(struct parcel *p, const struct teams_answer *a)
{
    if (p->person) {
        person_gone(p, a);
        return;
    }
    if (p->update) {
        p->update = false;
        p->card_id = NULL;
        start(p);
        return;
    }
    if (p->kind == EFFECT_LINE && p->channel)
        engine_submit(p->teams->host.engine, &(struct command){ .kind = COMMAND_PLACE_LOST,
            .source = TEAMS_SURFACE, .place = p->place, .thread = p->card_id, .adapter = -1,
            .text = "The card was deleted.", .at_ms = clock_now_ms() });
    else
        lose_place(p, "Teams does not know this channel any more.");
    again(p, a);
}

static void too_big(struct parcel *p, const struct teams_answer *a)
{
    if (!p->small) {
        final(p, a);
        return;
    }
    p->activity = p->small;
    p->small = NULL;
    send(p);
}

/* Our mistake: the hash tells whether it is the same one again, and shows nobody's words. */
static void refused(struct parcel *p, const struct teams_answer *a)
{
    unsigned char hash[HASH_BYTES];
    char hex[HASH_HEX];
    hash_sha256(p->activity, strlen(p->activity), hash);
    hash_hex(hash, sizeof hash, hex);
    hex[HASH_SHOWN] = '\0';
    log_error("teams refused an activity", "effect=%lld ticket=%lld error=\"%s\" sha256=%s",
              (long long)p->effect_id, (long long)p->ticket_id, a->error, hex);
    final(p, a);
}

static void closed(struct parcel *p, const struct teams_answer *a)
{
    (void)a;
    parcel_drop(p);
}

/* The thread's id; of a new thread also as ";messageid=" behind the conversation. */
static const char *posted_id(const struct parcel *p, const json_t *json)
{
    const char *id = json_string_value(json_object_get(json, p->channel ? "activityId" : "id"));
    const char *conv = json_string_value(json_object_get(json, "id"));
    const char *mark = p->channel && !id && conv ? strstr(conv, ";messageid=") : NULL;
    return id ? id : mark ? mark + strlen(";messageid=") : NULL;
}

static void learn_url(struct parcel *p, const json_t *json)
{
    const char *url = json_string_value(json_object_get(json, "serviceUrl"));
    if (url)
        teams_book_learn(p->teams->book, &(struct teams_place){ .place = p->place,
                                                                .service_url = url });
}

static void ok(struct parcel *p, const struct teams_answer *a)
{
    if (p->update)
        teams_pace_went(&p->teams->pace, p->place, p->card_id,
                        loop_steady_ms(p->teams->host.loop));
    const char *id = p->update ? p->card_id : posted_id(p, a->json);
    if (p->kind != EFFECT_CARD) {
        parcel_delivered(p, NULL);
        return;
    }
    learn_url(p, a->json);
    if (teams_is_id(id))
        parcel_delivered(p, id);
    else                             /* it is there, but nobody could ever update it */
        unclear(p, &(struct teams_answer){ .error = "no id for the card" });
}

static void answered(void *ctx, const struct teams_answer *a)
{
    static void (*const by_todo[TEAMS_TODOS])(struct parcel *, const struct teams_answer *) = {
        [TEAMS_TODO_OK] = ok, [TEAMS_TODO_LATER] = again, [TEAMS_TODO_WAIT] = again,
        [TEAMS_TODO_UNCLEAR] = unclear, [TEAMS_TODO_TOKEN] = token,
        [TEAMS_TODO_BLOCKED] = blocked, [TEAMS_TODO_NOT_INSTALLED] = not_installed,
        [TEAMS_TODO_GONE] = gone, [TEAMS_TODO_TOO_BIG] = too_big,
        [TEAMS_TODO_WRONG_HOST] = again, [TEAMS_TODO_FINAL] = refused,
        [TEAMS_TODO_CLOSED] = closed,
    };
    struct parcel *p = ctx;
    (p->teams->closed ? closed : by_todo[a->todo])(p, a);
}

/* ---- sending ---- */

static void call(struct parcel *p, const char *method, const char *path, const char *body,
                 teams_answer_fn *fn)
{
    struct teams *t = p->teams;
    teams_connector_call(t->connector, &(struct teams_request){ .method = method,
        .service_url = teams_service_url(t, p->place, p->tenant ? p->tenant : t->tenants.items[0]),
        .path = path, .body = body, .conv = p->conv, .lane = p->place,
        .tenant = p->tenant ? p->tenant : teams_tenant_of(t, p->conv, &p->arena) }, fn, p);
}

/* A post that begins a thread of its own in a channel. */
static const char *thread_body(struct parcel *p)
{
    struct buf buf;
    buf_init(&buf, TEAMS_ACTIVITY_MAX + CREATE_EXTRA);
    struct json_out json = { .buf = &buf };
    json_out_object(&json, NULL);
    json_out_bool(&json, "isGroup", true);
    json_out_object(&json, "bot");
    json_out_text(&json, "id", arena_print(&p->arena, "28:%s",
                                           p->teams->host.config->teams.app_id));
    json_out_object_end(&json);
    json_out_object(&json, "channelData");
    json_out_object(&json, "channel");
    json_out_text(&json, "id", p->conv);
    json_out_object_end(&json);
    json_out_object_end(&json);
    json_out_raw(&json, "activity", p->activity);
    json_out_object_end(&json);
    const char *body = buf.failed ? NULL : arena_copy(&p->arena, buf.data);
    buf_clear(&buf);
    return body;
}

static const char *thread_of(struct parcel *p)
{
    return p->channel && p->card_id ? arena_print(&p->arena, "%s;messageid=%s", p->conv, p->card_id)
                                    : p->conv;
}

static void send(struct parcel *p)
{
    if (p->unclear && !p->update)
        metric_add(METRIC_TEAMS_POSSIBLE_DOUBLES, 1);
    if (p->update)
        call(p, "PUT", teams_activity_path(thread_of(p), p->card_id, &p->arena), p->activity,
             answered);
    else if (p->channel && p->kind != EFFECT_LINE)
        call(p, "POST", "v3/conversations", thread_body(p), answered);
    else
        call(p, "POST", teams_activity_path(p->kind == EFFECT_LINE ? thread_of(p) : p->conv, NULL,
                                            &p->arena), p->activity, answered);
}

/* Any answer below 500 says that the service works, also "there is no such member". */
static void heard(void *ctx, const struct teams_answer *a)
{
    struct parcel *p = ctx;
    p->asked = a->status > 0 && a->status < 500 && a->todo != TEAMS_TODO_TOKEN
            && a->todo != TEAMS_TODO_LATER;
    if (a->todo == TEAMS_TODO_CLOSED || p->teams->closed)
        closed(p, a);
    else if (a->todo == TEAMS_TODO_TOKEN)
        token(p, a);
    else if (p->asked)
        send(p);
    else
        parcel_failed(p, &(struct parcel_failure){ .error = a->error, .hold = "service",
                                                   .wait_ms = SERVICE_MS });
}

/* What may have arrived is repeated once. While the service is down that one try would be wasted,
 * so something harmless is asked first: who we are in this conversation. */
static void ask_service(struct parcel *p)
{
    struct buf path;
    buf_init(&path, TEAMS_ACTIVITY_MAX);
    buf_text(&path, "v3/conversations/");
    teams_path_segment(&path, p->conv);
    buf_text(&path, "/members/28%3A");
    teams_path_segment(&path, p->teams->host.config->teams.app_id);
    call(p, "GET", arena_copy(&p->arena, path.failed ? "" : path.data), NULL, heard);
    buf_clear(&path);
}

/* After a crash nobody knows when it was sent: not before the start, that is all. */
static int64_t too_early_ms(const struct parcel *p)
{
    int64_t since_ms = clock_now_ms() - p->teams->opened_ms;
    return since_ms >= 0 && since_ms < UNCLEAR_MS ? UNCLEAR_MS - since_ms : 0;
}

static void send_carefully(struct parcel *p)
{
    int64_t now_ms = loop_steady_ms(p->teams->host.loop);
    int64_t wait = p->update ? teams_pace_ms(&p->teams->pace, p->place, p->card_id, now_ms)
                 : p->unclear ? too_early_ms(p) : 0;
    if (wait)
        parcel_failed(p, &(struct parcel_failure){ .hold = p->update ? "pace" : "early",
                                                   .wait_ms = wait });
    else if (p->unclear && !p->update && !p->asked)
        ask_service(p);
    else
        send(p);
}

static void conv_known(void *ctx, const char *conv, const struct teams_answer *why)
{
    struct parcel *p = ctx;
    if (!conv || p->teams->closed) {
        answered(p, why);
        return;
    }
    p->conv = arena_copy(&p->arena, conv);
    send_carefully(p);
}

/* Before a person's conversation is known nothing was sent: an unclear answer to the question where
 * to send is none for the message. */
static void conv_asked(void *ctx, const char *conv, const struct teams_answer *why)
{
    struct parcel *p = ctx;
    struct teams_answer later = *why;
    if (why->todo == TEAMS_TODO_UNCLEAR || why->todo == TEAMS_TODO_OK)
        later.todo = TEAMS_TODO_LATER;
    conv_known(p, conv, &later);
}

static void start(struct parcel *p)
{
    if (p->conv)
        send_carefully(p);
    else
        teams_person_conv(p->teams, p->place, conv_asked, p);
}

void teams_deliver(void *teams, const struct effect *e, const struct ticket_view *view)
{
    struct teams *t = teams;
    struct parcel *p = parcel_new(t, e, view);
    const struct teams_place *known = p && p->person ? teams_book_find(t->book, p->place) : NULL;
    if (!p)
        return;
    if (!p->activity || (!p->person && !*p->conv))
        final(p, &(struct teams_answer){ .error = "this cannot be drawn" });
    else if (e->kind == EFFECT_LINE && p->channel && !p->card_id)
        final(p, &(struct teams_answer){ .error = "the card of this line is not there" });
    else if (known && known->blocked)
        tell_all(p, &(struct teams_answer){ .error = "blocked",
                                            .advice = arena_copy(&p->arena, known->blocked) });
    else if (p->on_card && p->unclear)
        let_go(p, "an earlier try may have arrived");
    else
        start(p);
}
