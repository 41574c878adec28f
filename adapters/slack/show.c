/* Everything that is shown on request and changes nothing: dialogs, tickets, lists, answers to words.
 * Slack gives three seconds for a modal, so a loading one opens first when the desk is slow. */
#include "adapters/slack/show.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/slack/home.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"

enum { LOADING_AFTER_MS = 400, ANSWER_MS = 750, LINES = 6, LIST_ROWS = 20 };

static const char not_read[] = "The desk could not read this at the moment. Please try again.";

void show_end(struct showing *show)
{
    struct slack_talk *talk = show->talk;
    loop_timer_stop(talk->slack->host.loop, &show->slow);
    arena_clear(&show->arena);
    free(show->waiting);
    free(show);
    slack_talk_drop(talk);
}

/* ---- the modal ---- */

static void call_views(struct showing *show, const char *method, const char *view,
                       slack_answer_fn *then)
{
    bool update = !strcmp(method, "views.update");
    const struct slack_param params[] = {
        { "trigger_id", update ? NULL : show->talk->input.trigger_id }, { "view", view },
        { "view_id", update ? show->view_id : NULL }, { "hash", update ? show->hash : NULL },
    };
    slack_api_call(show->talk->slack->api, method, NULL, params, 4, then, show);
}

static void shown(void *ctx, const struct slack_answer *a);

static void read_now(struct showing *show);

/* A modal must not say "Loading" for ever. What Slack did not take it gets once more; one that changed
 * meanwhile shows what is true by now. */
static bool once_more(struct showing *show, enum slack_todo todo)
{
    bool stale = todo == SLACK_TODO_STALE_VIEW;
    bool worth_it = stale || todo == SLACK_TODO_RETRY || todo == SLACK_TODO_UNCLEAR;
    if (!worth_it || show->again || !show->view_id || show->talk->slack->closed)
        return false;
    show->again = true;
    show->hash = NULL;
    if (stale) {
        free(show->waiting);
        show->waiting = NULL;
        show->failed = false;
        read_now(show);
    } else {
        call_views(show, "views.update", show->waiting, shown);
    }
    return true;
}

static void shown(void *ctx, const struct slack_answer *a)
{
    struct showing *show = ctx;
    if (once_more(show, a->todo))
        return;
    if (a->todo == SLACK_TODO_TRIGGER)
        slack_tell(show->talk, "That took too long for Slack. Please click again.", 0);
    else if (a->todo != SLACK_TODO_OK)
        slack_tell(show->talk, "Slack could not show this. Please click again.", 0);
    if (a->todo != SLACK_TODO_OK)
        log_info("view not shown", "error=%s", a->error);
    show_end(show);
}

/* Another showing follows when the person is known, in the modal that is open by then. */
static void leave(struct showing *show)
{
    loop_timer_stop(show->talk->slack->host.loop, &show->slow);
    show->left = true;
    if (show->calling)
        return;                      /* its answer leaves */
    if (show->view_id) {
        show->talk->input.view.id = show->view_id;
        show->talk->input.view.type = "modal";
    }
    show_end(show);
}

static void loading_open(void *ctx, const struct slack_answer *a)
{
    struct showing *show = ctx;
    const json_t *view = a->json ? json_object_get(a->json, "view") : NULL;
    show->view_id = arena_copy(&show->talk->arena, json_string_value(json_object_get(view, "id")));
    show->hash = arena_copy(&show->talk->arena, json_string_value(json_object_get(view, "hash")));
    show->calling = false;
    if (a->todo != SLACK_TODO_OK || !show->view_id)
        show->opening = false;   /* what comes opens by itself, if the trigger still holds */
    if (show->left || (show->waiting && show->talk->slack->closed)) {
        leave(show);
        return;
    }
    if (!show->waiting)
        return;
    call_views(show, show->view_id ? "views.update" : "views.open", show->waiting, shown);
}

static void open_loading(void *ctx)
{
    struct showing *show = ctx;
    struct buf view;
    buf_init(&view, SLACK_VIEW_MAX);
    show->opening = show->calling = slack_loading("Deskhand", &view) == 0;
    if (show->opening)
        call_views(show, "views.open", view.data, loading_open);
    buf_clear(&view);
}

void show_view(struct showing *show, struct buf *view)
{
    loop_timer_stop(show->talk->slack->host.loop, &show->slow);
    if (view->failed) {
        buf_reset(view);
        slack_notice("Deskhand", "This is too long to be shown here. Open it in the inbox.", view);
    }
    show->waiting = strdup(view->data);
    if (!show->waiting)
        abort();
    if (!show->opening || show->view_id)     /* else when the loading view is open */
        call_views(show, show->view_id ? "views.update" : "views.open", show->waiting, shown);
}

/* ---- reading ---- */

static void read_ticket(struct reader *r, struct showing *show)
{
    if (view_ticket(r, show->talk->intent.ticket_id, LINES, &show->arena, &show->ticket)
            || view_technicians(r, &show->arena, &show->technicians)
            || view_teams(r, &show->arena, &show->teams))
        show->failed = true;
}

static void read_requester(struct reader *r, struct showing *show)
{
    if (show->email && view_requester(r, show->email, &show->arena, &show->requester))
        show->failed = true;
}

static void read_list(struct reader *r, struct showing *show)
{
    if (view_report(r, show->talk->intent.list, LIST_ROWS, &show->arena, &show->page))
        show->failed = true;
}

static void read_for(struct reader *r, void *arg)
{
    static void (*const by_kind[SLACK_INTENTS])(struct reader *, struct showing *) = {
        [SLACK_INTENT_DIALOG] = read_ticket, [SLACK_INTENT_MORE] = read_ticket,
        [SLACK_INTENT_OPEN] = read_ticket, [SLACK_INTENT_NEW] = read_requester,
        [SLACK_INTENT_LIST] = read_list, [SLACK_INTENT_WORDS] = show_words_read,
    };
    struct showing *show = arg;
    const struct slack_talk *talk = show->talk;
    if (!talk->account || view_person(r, talk->account, &show->arena, &show->viewer))
        show->failed = true;
    else if (show->viewer.id && show->viewer.active && by_kind[talk->intent.kind])
        by_kind[talk->intent.kind](r, show);
}

/* ---- drawing ---- */

static void draw_notice(struct showing *show, const char *sentence, struct buf *view)
{
    (void)show;
    slack_notice("Deskhand", sentence, view);
}

static void make_card(struct showing *show, struct card *card)
{
    struct card_viewer viewer = { show->viewer.id, show->viewer.role };
    card_make(&show->ticket, &viewer, clock_now_ms(), &show->arena, card);
}

static void draw_dialog(struct showing *show, struct buf *view)
{
    struct card card;
    struct dialog dialog;
    struct dialog_facts facts = { .technicians = show->technicians.technicians,
        .technician_count = show->technicians.count, .teams = show->teams.teams,
        .team_count = show->teams.count, .viewer_id = show->viewer.id,
        .now_ms = clock_now_ms() };
    make_card(show, &card);
    if (!card_offers(&card, show->talk->intent.action))
        draw_notice(show, card_not_now(&card, show->talk->intent.action, &show->ticket,
                                       &show->arena), view);
    else if (dialog_make(show->talk->intent.action, &show->ticket, &facts, &show->arena, &dialog))
        slack_dialog(&dialog, view);
    else
        draw_notice(show, "This needs no dialog. Use the button on the card.", view);
}

static void draw_more(struct showing *show, struct buf *view)
{
    struct card card;
    make_card(show, &card);
    slack_more(&card, view);
}

static void draw_ticket(struct showing *show, struct buf *view)
{
    struct card card;
    make_card(show, &card);
    slack_ticket_modal(&card, view);
}

static void draw_new(struct showing *show, struct buf *view)
{
    const struct requester_view *q = &show->requester;
    struct slack_talk *talk = show->talk;
    struct dialog dialog;
    struct dialog_new begin = { .clients = talk->slack->book->clients.clients,
        .client_count = talk->slack->book->clients.count, .client_key = q->client_key,
        .email = show->email, .name = q->name ? q->name : show->name,
        .text = talk->intent.text ? talk->intent.text : talk->intent.words.text,
        .warning = dialog_new_warning(q, show->email, &show->arena) };
    dialog_make_new(&begin, &show->arena, &dialog);
    slack_dialog(&dialog, view);
}

static void draw_list(struct showing *show, struct buf *view)
{
    struct listing listing;
    listing_make(&show->page, "Tickets", clock_now_ms(), &show->arena, &listing);
    slack_listing_modal(&listing, view);
}

static void draw(struct showing *show)
{
    static void (*const by_kind[SLACK_INTENTS])(struct showing *, struct buf *) = {
        [SLACK_INTENT_DIALOG] = draw_dialog, [SLACK_INTENT_MORE] = draw_more,
        [SLACK_INTENT_OPEN] = draw_ticket, [SLACK_INTENT_NEW] = draw_new,
        [SLACK_INTENT_LIST] = draw_list,
    };
    enum slack_intent_kind kind = show->talk->intent.kind;
    bool about_ticket = kind == SLACK_INTENT_DIALOG || kind == SLACK_INTENT_MORE
                     || kind == SLACK_INTENT_OPEN;
    struct buf view;
    buf_init(&view, SLACK_VIEW_MAX);
    if (show->failed)
        draw_notice(show, not_read, &view);
    else if (about_ticket && !show->ticket.id)
        draw_notice(show, "There is no such ticket.", &view);
    else
        by_kind[kind](show, &view);
    show_view(show, &view);
    buf_clear(&view);
}

/* ---- the flow ---- */

static void begin(struct slack_talk *talk);

static void joined(struct slack_talk *talk, const char *refusal)
{
    if (!refusal) {
        begin(talk);
        return;
    }
    slack_ack(talk, NULL);
    if (talk->intent.kind != SLACK_INTENT_HOME)
        slack_tell(talk, refusal, 0);
    else
        slack_home_refuse(talk, refusal);
}

static void read_done(void *arg)
{
    struct showing *show = arg;
    struct slack_talk *talk = show->talk;
    bool known = show->viewer.id && show->viewer.active;
    if (talk->slack->closed) {
        leave(show);
    } else if (!show->failed && !known) {
        slack_ack(talk, NULL);
        slack_talk_hold(talk);
        leave(show);
        slack_join(talk, joined);
        slack_talk_drop(talk);
    } else if (talk->intent.kind == SLACK_INTENT_WORDS && !(talk->intent.words.kind == CHAT_NEW
                                                            && talk->input.trigger_id)) {
        show_words(show);
    } else if (talk->intent.kind == SLACK_INTENT_HOME) {
        if (known)
            slack_home_open(talk, &show->viewer);
        else
            slack_home_refuse(talk, not_read);
        show_end(show);
    } else {
        if (talk->intent.kind == SLACK_INTENT_WORDS)
            talk->intent.kind = SLACK_INTENT_NEW;
        slack_ack(talk, NULL);
        draw(show);
    }
}

static void read_now(struct showing *show)
{
    if (engine_read(show->talk->slack->host.engine, read_for, read_done, show))
        return;
    show->failed = true;             /* the queue is full; a loading modal must still get its end */
    read_done(show);
}

/* A message that becomes a ticket: its author is the requester. */
static void author_known(void *ctx, enum slack_todo todo, const struct slack_profile *profile)
{
    struct showing *show = ctx;
    (void)todo;
    if (show->talk->slack->closed) {
        leave(show);
        return;
    }
    show->email = profile && *profile->email ? arena_copy(&show->arena, profile->email) : NULL;
    show->name = profile ? arena_copy(&show->arena, profile->name) : NULL;
    read_now(show);
}

static void begin(struct slack_talk *talk)
{
    struct slack *s = talk->slack;
    struct showing *show = calloc(1, sizeof *show);
    const struct slack_view *view = &talk->input.view;
    if (!show)
        abort();
    slack_talk_hold(talk);
    show->talk = talk;
    if (view->id && view->type && !strcmp(view->type, "modal")) {
        show->view_id = view->id;
        show->opening = true;
    } else if (talk->input.trigger_id && talk->intent.kind != SLACK_INTENT_HOME
               && talk->intent.kind != SLACK_INTENT_WORDS) {
        loop_timer_set(s->host.loop, &show->slow, LOADING_AFTER_MS, open_loading, show);
    }
    if (talk->intent.kind == SLACK_INTENT_NEW && talk->input.about.user)
        slack_people_get(s->people, talk->input.about.user, author_known, show);
    else
        read_now(show);
}

/* Slack waits three seconds, and a line that may be slow is between: what is not read by now follows
 * by the command's own address. */
static void ack_now(void *talk)
{
    slack_ack(talk, NULL);
}

void slack_show(struct slack_talk *talk)
{
    bool may_answer_in_ack = talk->intent.kind == SLACK_INTENT_WORDS && talk->input.takes_payload;
    if (may_answer_in_ack) {
        slack_asked(talk);
        slack_talk_later(talk, ANSWER_MS, ack_now, talk);
    } else {
        slack_ack(talk, NULL);
    }
    slack_check(talk, joined);
}
