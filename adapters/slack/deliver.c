/* Effects out: a card is posted once and then updated, lines go into its thread, alerts to a
 * channel or a person. After an unclear outcome the effect is looked for before it is repeated. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/alert.h"
#include "adapters/slack/direct.h"
#include "adapters/slack/look.h"
#include "adapters/slack/slack_private.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "cards/thread.h"

/* While the token does not work: asking costs nothing, the answer comes from our own side. */
enum { TOKEN_MS = 15000, NETWORK_MS = 5000 };

/* One delivery from the effect to the command that answers it. */
struct parcel {
    struct slack *slack;
    struct arena arena;
    int64_t effect_id, ticket_id, version, created_ms;
    enum effect_kind kind;
    const char *place, *channel;
    const char *user;                /* of a person's place, whose channel must be opened; or NULL */
    const char *card_ts;             /* of the ticket's card in this channel, NULL: none yet */
    const char *blocks, *text;
    const char *small_blocks, *small_text;       /* of a card: what to send when it is refused */
    bool update, reduced, joined;
    bool unclear;                    /* an earlier try, or this one, may have posted it */
    bool looked;                     /* for that post: it is not there */
};

/* ---- answers ---- */

static void parcel_free(struct parcel *p)
{
    struct arena arena = p->arena;
    slack_drop(p->slack);
    arena_clear(&arena);             /* the parcel itself lives in it */
}

static void answer(struct parcel *p, const struct command *how)
{
    struct command c = *how;
    c.source = SLACK_SURFACE;
    c.number = p->effect_id;
    c.adapter = -1;
    c.at_ms = clock_now_ms();
    if (!engine_submit(p->slack->host.engine, &c))
        log_warn("delivery not noted", "effect=%lld reason=\"queue full\" then=\"asked again\"",
                 (long long)p->effect_id);
    parcel_free(p);
}

static void delivered(struct parcel *p, const char *ts)
{
    answer(p, &(struct command){ .kind = COMMAND_DELIVERED, .target_id = p->version, .name = ts });
}

/* What was unclear once stays so until it is delivered: looking again costs a call, not looking
 * could cost a second card. Neither a token that does not work nor a line that is down is the
 * effect's fault: it goes out in the end, however long that lasts. */
static void failed(struct parcel *p, const struct slack_answer *a, bool final)
{
    bool token = a->todo == SLACK_TODO_AUTH, network = !strcmp(a->error, "unreachable");
    int64_t wait_ms = token && a->retry_after_ms > TOKEN_MS ? TOKEN_MS
                    : network ? NETWORK_MS : a->retry_after_ms;
    const char *text = arena_print(&p->arena, "Slack: %s%s%s", a->error, a->advice ? ". " : "",
                                   a->advice ? a->advice : "");
    answer(p, &(struct command){ .kind = COMMAND_NOT_DELIVERED, .flag = final, .text = text,
        .target_id = p->unclear, .category = token ? "token" : network ? "network" : NULL,
        .until_ms = wait_ms ? clock_now_ms() + wait_ms : 0 });
}

/* ---- the calls ---- */

static void send(struct parcel *p);
static void look_or_send(struct parcel *p);

static void ok(struct parcel *p, const struct slack_answer *a)
{
    const char *ts = json_string_value(json_object_get(a->json, "ts"));
    bool is_card = p->kind == EFFECT_CARD;
    delivered(p, is_card && !p->update && ts ? ts : is_card ? p->card_ts : NULL);
}

static void again(struct parcel *p, const struct slack_answer *a)
{
    failed(p, a, false);
}

static void unclear(struct parcel *p, const struct slack_answer *a)
{
    p->unclear |= !p->update;
    failed(p, a, false);
}

static void final(struct parcel *p, const struct slack_answer *a)
{
    failed(p, a, true);
}

static void place_gone(struct parcel *p, const struct slack_answer *a)
{
    if (p->user) {
        slack_direct_forget(p->slack->direct, p->user);
        final(p, a);             /* a person has no other place */
        return;
    }
    engine_submit(p->slack->host.engine, &(struct command){ .kind = COMMAND_PLACE_LOST,
        .source = SLACK_SURFACE, .place = p->place, .adapter = -1,
        .text = arena_print(&p->arena, "Slack says %s.%s%s", a->error, a->advice ? " " : "",
                            a->advice ? a->advice : "") });
    failed(p, a, false);         /* for a row that is not there any more: nothing */
}

static void joined(void *ctx, const struct slack_answer *a)
{
    struct parcel *p = ctx;
    if (a->todo == SLACK_TODO_OK)
        send(p);
    else if (a->todo == SLACK_TODO_RETRY || a->todo == SLACK_TODO_RATE_LIMITED
             || a->todo == SLACK_TODO_UNCLEAR || a->todo == SLACK_TODO_AUTH)
        again(p, a);
    else
        place_gone(p, a);
}

/* A public channel can be joined; of a private one we are a member only when people invite us. */
static void join(struct parcel *p, const struct slack_answer *a)
{
    if (p->joined) {
        place_gone(p, a);
        return;
    }
    p->joined = true;
    slack_api_call(p->slack->api, "conversations.join", NULL,
                   &(struct slack_param){ "channel", p->channel }, 1, joined, p);
}

/* Somebody deleted the card, or it is not ours any more: a new one takes its place. A line whose
 * thread is gone waits for that card. */
static void repost(struct parcel *p, const struct slack_answer *a)
{
    if (p->kind == EFFECT_CARD && p->update) {
        metric_add(METRIC_CARDS_REPOSTED, 1);
        p->update = false;
        p->card_ts = NULL;
        look_or_send(p);
        return;
    }
    if (p->card_ts)
        engine_submit(p->slack->host.engine, &(struct command){ .kind = COMMAND_PLACE_LOST,
            .source = SLACK_SURFACE, .place = p->place, .thread = p->card_ts, .adapter = -1,
            .text = "The card was deleted." });
    failed(p, a, !p->card_ts);
}

/* From now on what changes stands in the thread only: the desk takes care of that. */
static void edit_closed(struct parcel *p, const struct slack_answer *a)
{
    metric_add(METRIC_EDITS_REFUSED, 1);
    log_warn("card cannot be edited any more", "ticket=%lld error=%s", (long long)p->ticket_id,
             a->error);
    answer(p, &(struct command){ .kind = COMMAND_DELIVERED, .target_id = p->version,
                                 .name = p->card_ts, .flag = true });
}

/* A card goes out in its short form, a line or an alert as its one plain sentence. */
static void too_big(struct parcel *p, const struct slack_answer *a)
{
    if (p->reduced) {
        final(p, a);
        return;
    }
    p->reduced = true;
    p->blocks = p->small_blocks;
    if (p->small_text)
        p->text = p->small_text;
    send(p);
}

static void answered(void *ctx, const struct slack_answer *a)
{
    static void (*const by_todo[SLACK_TODOS])(struct parcel *, const struct slack_answer *) = {
        [SLACK_TODO_OK] = ok, [SLACK_TODO_RETRY] = again, [SLACK_TODO_RATE_LIMITED] = again,
        [SLACK_TODO_AUTH] = again, [SLACK_TODO_UNCLEAR] = unclear, [SLACK_TODO_JOIN] = join,
        [SLACK_TODO_PLACE_GONE] = place_gone, [SLACK_TODO_REPOST] = repost,
        [SLACK_TODO_EDIT_CLOSED] = edit_closed, [SLACK_TODO_TOO_BIG] = too_big,
    };
    struct parcel *p = ctx;
    (by_todo[a->todo] ? by_todo[a->todo] : final)(p, a);
}

static void send(struct parcel *p)
{
    char metadata[SLACK_METADATA_SIZE];
    slack_metadata(p->effect_id, p->created_ms, metadata);
    bool line = p->kind == EFFECT_LINE;
    const struct slack_param params[] = {
        { "channel", p->channel }, { "text", p->text }, { "blocks", p->blocks },
        { "ts", p->update ? p->card_ts : NULL },
        { "thread_ts", line ? p->card_ts : NULL },
        { "metadata", p->update ? NULL : metadata },
        { "unfurl_links", p->update ? NULL : "false" },
        { "unfurl_media", p->update ? NULL : "false" },
    };
    slack_api_call(p->slack->api, p->update ? "chat.update" : "chat.postMessage", p->channel,
                   params, sizeof params / sizeof *params, answered, p);
}

/* The card that was found shows the ticket as it was then; an update makes it the newest. */
static void found(struct parcel *p, const char *ts)
{
    if (p->kind != EFFECT_CARD) {
        delivered(p, NULL);
        return;
    }
    p->card_ts = arena_copy(&p->arena, ts);
    p->update = true;
    send(p);
}

static void looked(void *ctx, enum slack_look_result result, const char *ts,
                   const struct slack_answer *why)
{
    struct parcel *p = ctx;
    p->looked = true;
    if (result == SLACK_LOOK_FOUND)
        found(p, ts);
    else if (result == SLACK_LOOK_NOT_THERE)
        send(p);
    else {
        if (p->user)
            slack_direct_forget(p->slack->direct, p->user);
        failed(p, why, false);
    }
}

static void look_or_send(struct parcel *p)
{
    if (!p->unclear || p->update || p->looked) {
        send(p);
        return;
    }
    slack_look(p->slack->api, &(struct slack_look){ .channel = p->channel,
        .thread_ts = p->kind == EFFECT_LINE ? p->card_ts : NULL, .effect_id = p->effect_id,
        .created_ms = p->created_ms }, looked, p);
}

/* Without the right to open a channel a first post still reaches the person by their id; only a second
 * one needs the channel, because there the first is looked for. */
static void opened(void *ctx, const char *channel, const struct slack_answer *why)
{
    struct parcel *p = ctx;
    bool later = why && (why->todo == SLACK_TODO_RETRY || why->todo == SLACK_TODO_RATE_LIMITED
                         || why->todo == SLACK_TODO_UNCLEAR || why->todo == SLACK_TODO_AUTH);
    if (!channel && (later || p->unclear)) {
        failed(p, why, !later);
        return;
    }
    p->channel = channel ? arena_copy(&p->arena, channel) : p->user;
    look_or_send(p);
}

/* A person's messages are posted and looked for in the channel that we share with them. */
static void begin(struct parcel *p)
{
    if (p->user)
        slack_direct_get(p->slack->direct, p->user, opened, p);
    else
        look_or_send(p);
}

/* ---- drawing ---- */

/* What one renderer wrote, kept with the parcel. false: it did not fit, which is our mistake. */
static bool keep(struct parcel *p, struct buf *blocks, struct buf *text, const char **out_blocks,
                 const char **out_text)
{
    bool good = !blocks->failed && !text->failed;
    *out_blocks = good ? arena_copy(&p->arena, blocks->data) : NULL;
    *out_text = good ? arena_copy(&p->arena, text->data) : NULL;
    buf_reset(blocks);
    buf_reset(text);
    return good && *out_blocks;
}

static bool draw_card(struct parcel *p, const struct ticket_view *view, struct buf *blocks,
                      struct buf *text)
{
    struct card card;
    card_make(view, &(struct card_viewer){ 0 }, clock_now_ms(), &p->arena, &card);
    slack_card_reduced(&card, blocks, text);
    keep(p, blocks, text, &p->small_blocks, &p->small_text);
    slack_card(&card, blocks, text);
    return keep(p, blocks, text, &p->blocks, &p->text);
}

/* 1: drawn, 0: there is nothing to show, -1: it did not fit. */
static int draw_line(struct parcel *p, const struct effect *e, const struct ticket_view *view,
                     struct buf *blocks, struct buf *text)
{
    struct thread_line line;
    thread_line_make(view, e->entry, e->events, e->event_count, &p->arena, &line);
    if (line.kind == THREAD_NOTHING)
        return 0;
    slack_line(&line, blocks, text);
    return keep(p, blocks, text, &p->blocks, &p->text) ? 1 : -1;
}

static int draw_alerts(struct parcel *p, const struct alert_view *alerts, const char *const *links,
                       size_t count)
{
    struct buf blocks, text;
    buf_init(&blocks, SLACK_BLOCKS_MAX);
    buf_init(&text, SLACK_TEXT_OUT_MAX);
    slack_alerts(alerts, links, count, &blocks, &text);
    bool drawn = keep(p, &blocks, &text, &p->blocks, &p->text);
    buf_clear(&blocks);
    buf_clear(&text);
    return drawn ? 1 : -1;
}

static int draw(struct parcel *p, const struct effect *e, const struct ticket_view *view)
{
    struct buf blocks, text;
    int drawn = -1;
    if (e->kind == EFFECT_ALERT)
        return draw_alerts(p, e->alerts, NULL, e->alert_count);
    buf_init(&blocks, SLACK_BLOCKS_MAX);
    buf_init(&text, SLACK_TEXT_OUT_MAX);
    if (e->kind == EFFECT_CARD && view->id)
        drawn = draw_card(p, view, &blocks, &text) ? 1 : -1;
    if (e->kind == EFFECT_LINE)
        drawn = draw_line(p, e, view, &blocks, &text);
    buf_clear(&blocks);
    buf_clear(&text);
    return drawn;
}

/* "slack:C1" is a channel; "slack:T1/U1" a person. */
static void address(struct parcel *p)
{
    const char *at = strchr(p->place, ':') + 1, *slash = strchr(at, '/');
    p->channel = slash ? NULL : at;
    p->user = slash ? slash + 1 : at[0] == 'U' || at[0] == 'W' ? at : NULL;
}

static void go(struct parcel *p, int drawn)
{
    if (drawn == 0)
        delivered(p, NULL);
    else if (drawn < 0)
        failed(p, &(struct slack_answer){ .error = "this cannot be drawn" }, true);
    else if (p->kind == EFFECT_LINE && !p->card_ts)
        failed(p, &(struct slack_answer){ .error = "the card of this line is not there" }, true);
    else
        begin(p);
}

static void linked(void *ctx, const struct alert_view *alerts, const char *const *links,
                   size_t count)
{
    struct parcel *p = ctx;
    if (p->slack->closed)
        parcel_free(p);          /* the next start delivers it */
    else
        go(p, draw_alerts(p, alerts, links, count));
}

void slack_deliver(void *slack, const struct effect *e, const struct ticket_view *view)
{
    struct arena arena = { 0 };
    struct parcel *p = arena_alloc(&arena, sizeof *p);
    *p = (struct parcel){ .slack = slack, .effect_id = e->id, .ticket_id = e->ticket_id,
        .version = view->version, .created_ms = e->created_ms, .kind = e->kind,
        .unclear = e->unclear };
    p->arena = arena;
    p->place = arena_copy(&p->arena, e->place);
    address(p);
    p->card_ts = arena_copy(&p->arena, e->remote_id);
    p->update = e->kind == EFFECT_CARD && e->remote_id;
    slack_hold(p->slack);
    if (e->kind == EFFECT_ALERT && p->user)
        slack_alerts_link(p->slack, e->alerts, e->alert_count, &p->arena, linked, p);
    else
        go(p, draw(p, e, view));
}
