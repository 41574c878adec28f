/* Everything that is shown on request and changes nothing: tickets, dialogs, sentences. What is
 * read comes from a reader thread; an invoke gets it in its answer, everything else in the
 * conversation. */
#include "adapters/teams/show.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"

enum { LINES = 6 };

static void show_end(struct showing *show)
{
    struct teams_talk *talk = show->talk;
    arena_clear(&show->arena);
    free(show);
    teams_talk_drop(talk);
}

/* ---- reading ---- */

static void read_ticket(struct reader *r, struct showing *show)
{
    if (view_ticket(r, show->talk->intent.ticket_id, LINES, &show->arena, &show->ticket)
            || view_technicians(r, &show->arena, &show->technicians)
            || view_teams(r, &show->arena, &show->teams))
        show->failed = true;
}

/* People talk in other threads, too: what they attach there is none of our business. */
static void read_thread(struct reader *r, struct showing *show)
{
    const struct teams_input *in = &show->talk->input;
    show->in_ticket_thread = in->root && view_thread(r, teams_place_of_conv(in->conv, &show->arena),
                                                     in->root);
}

static void read_for(struct reader *r, void *arg)
{
    static void (*const by_kind[TEAMS_INTENTS])(struct reader *, struct showing *) = {
        [TEAMS_INTENT_DIALOG] = read_ticket, [TEAMS_INTENT_MORE] = read_ticket,
        [TEAMS_INTENT_ALL] = read_ticket, [TEAMS_INTENT_OPEN] = read_ticket,
        [TEAMS_INTENT_NEW] = show_read_new,
        [TEAMS_INTENT_REPORT] = show_read_report, [TEAMS_INTENT_LIST] = show_read_list,
        [TEAMS_INTENT_WORDS] = show_read_words, [TEAMS_INTENT_NOT_CARRIED] = read_thread,
        [TEAMS_INTENT_TOO_LONG] = read_thread,
    };
    struct showing *show = arg;
    const struct teams_talk *talk = show->talk;
    if (!talk->account || view_person(r, talk->account, &show->arena, &show->viewer))
        show->failed = true;
    else if (show->viewer.id && show->viewer.active && by_kind[show->kind])
        by_kind[show->kind](r, show);
}

/* ---- drawing ---- */

void show_draw_notice(const char *sentence, struct shown *out)
{
    out->title = "Deskhand";
    out->summary = "A message of the desk.";
    teams_notice(NULL, sentence, &out->card);
}

void show_make_card(struct showing *show, struct card *card)
{
    bool shared = show->talk->input.conv_kind != TEAMS_CONV_PERSONAL;
    struct card_viewer viewer = { show->viewer.id, show->viewer.role };
    card_make(&show->ticket, shared ? &(struct card_viewer){ 0 } : &viewer, clock_now_ms(),
              &show->arena, card);
    if (shared && show->talk->input.conv_kind == TEAMS_CONV_CHANNEL)
        card->hint = teams_thread_hint(show->talk->teams,
            teams_place_of_conv(show->talk->input.conv, &show->arena));
}

/* In the answer to a click on a list or an alert: they stay what they are for everybody else. */
static bool is_view(const struct showing *show)
{
    bool after_command = show->kind != show->talk->intent.kind;
    return teams_is_invoke(show->talk->input.kind)
        && !(after_command && teams_clicked_message(show->talk));
}

void show_draw_ticket(struct showing *show, struct shown *out)
{
    struct card card;
    struct buf summary;
    show_make_card(show, &card);
    buf_init(&summary, 1000);
    teams_summary_card(&card, &summary);
    out->title = "Ticket";
    out->summary = arena_copy(&show->arena, summary.data);
    teams_card(&card, teams_nonce(is_view(show) ? TEAMS_NONCE_VIEW : TEAMS_NONCE_CARD,
                                  &show->arena), show->refusal, &out->card);
    buf_clear(&summary);
}

/* In a dialog only one person looks: it offers what they may do. */
static void draw_actions(struct showing *show, struct shown *out)
{
    struct card card;
    card_make(&show->ticket, &(struct card_viewer){ show->viewer.id, show->viewer.role },
              clock_now_ms(), &show->arena, &card);
    if (show->kind == TEAMS_INTENT_MORE) {
        struct card shared;
        show_make_card(show, &shared);
        card.front_count = shared.front_count < card.button_count ? shared.front_count
                                                                  : card.button_count;
    }
    out->title = arena_print(&show->arena, "Ticket #%lld", (long long)show->ticket.id);
    out->summary = out->title;
    bool all = show->kind == TEAMS_INTENT_ALL;
    teams_more(&card, all ? teams_nonce(TEAMS_NONCE_MENU, &show->arena)
               : teams_nonce_of_dialog(show->talk, TEAMS_NONCE_MENU, &show->arena), all,
               &out->card);
}

/* What was entered stands in its fields again. */
static void fill_in(struct dialog *dialog, const struct teams_clicked *click)
{
    for (size_t i = 0; i < dialog->field_count; i++)
        for (size_t k = 0; k < click->value_count; k++)
            if (dialog->fields[i].kind != DIALOG_SAY && click->values[k].text
                    && !strcmp(dialog->fields[i].id, click->values[k].id))
                dialog->fields[i].initial = click->values[k].text;
}

void show_put_dialog(struct showing *show, struct dialog *dialog, struct shown *out)
{
    if (show->again)
        fill_in(dialog, &show->talk->input.click);
    out->title = dialog->title;
    out->summary = dialog->title;
    teams_dialog(dialog, teams_nonce_of_dialog(show->talk, TEAMS_NONCE_DIALOG, &show->arena),
                 show->refusal, &out->card);
}

static void draw_dialog(struct showing *show, struct shown *out)
{
    struct card card;
    struct dialog dialog;
    struct dialog_facts facts = { .technicians = show->technicians.technicians,
        .technician_count = show->technicians.count, .teams = show->teams.teams,
        .team_count = show->teams.count, .viewer_id = show->viewer.id,
        .now_ms = clock_now_ms() };
    struct card_viewer viewer = { show->viewer.id, show->viewer.role };
    card_make(&show->ticket, &viewer, clock_now_ms(), &show->arena, &card);
    if (!show->again && !card_offers(&card, show->talk->intent.action))
        show_draw_notice(card_not_now(&card, show->talk->intent.action, &show->ticket,
                                      &show->arena), out);
    else if (dialog_make(show->talk->intent.action, &show->ticket, &facts, &show->arena, &dialog))
        show_put_dialog(show, &dialog, out);
    else
        show_draw_notice("This needs no dialog. Use the button on the card.", out);
}

/* ---- sentences that need no picture ---- */

static const char *const sentences[TEAMS_INTENTS] = {
    [TEAMS_INTENT_OLD_CARD] = "This card is too old to be understood. Open the ticket from a newer "
                              "one, or write its number to me in our chat.",
    [TEAMS_INTENT_NEEDS_DIALOG] = "This opens a dialog, which this version of Teams does not show. "
                                  "Please use a newer one, or the inbox.",
    [TEAMS_INTENT_NOT_CARRIED] = "Files are not passed on to the customer from here.",
    [TEAMS_INTENT_TOO_LONG] = "This is too long for a note: at most 8000 characters. It was not "
                              "kept.",
    [TEAMS_INTENT_NOBODY] = "Teams does not say who you are, so nothing was done.",
};

/* ---- the flow ---- */

static void put(struct showing *show, struct shown *shown)
{
    struct teams_talk *talk = show->talk;
    bool task = talk->input.kind == TEAMS_FETCH || talk->input.kind == TEAMS_SUBMIT;
    if (shown->card.failed || !shown->card.data)
        teams_tell(talk, "This is too long to be shown here. Open it in the inbox.", false);
    else if (task)
        teams_reply_dialog(talk, shown->title, shown->card.data);
    else
        teams_reply_card(talk, shown->card.data, shown->summary);
}

static void draw(struct showing *show)
{
    static void (*const by_kind[TEAMS_INTENTS])(struct showing *, struct shown *) = {
        [TEAMS_INTENT_DIALOG] = draw_dialog, [TEAMS_INTENT_MORE] = draw_actions,
        [TEAMS_INTENT_ALL] = draw_actions, [TEAMS_INTENT_OPEN] = show_draw_ticket,
        [TEAMS_INTENT_NEW] = show_draw_new, [TEAMS_INTENT_REPORT] = show_draw_report,
        [TEAMS_INTENT_LIST] = show_draw_list, [TEAMS_INTENT_WORDS] = show_draw_words,
    };
    bool about_ticket = show->kind == TEAMS_INTENT_DIALOG || show->kind == TEAMS_INTENT_MORE
                     || show->kind == TEAMS_INTENT_ALL || show->kind == TEAMS_INTENT_OPEN;
    struct shown shown = { .title = "Deskhand" };
    if (sentences[show->kind]) {
        if (show->in_ticket_thread)
            teams_tell(show->talk, sentences[show->kind], true);
        return;
    }
    if (about_ticket && !show->failed && !show->ticket.id) {
        teams_tell(show->talk, "There is no such ticket.", false);
        return;
    }
    buf_init(&shown.card, TEAMS_CARD_MAX);
    if (show->failed)
        teams_tell(show->talk, "The desk could not read this at the moment. Please try again.",
                   false);
    else
        by_kind[show->kind](show, &shown);
    if (!show->failed)
        put(show, &shown);
    buf_clear(&shown.card);
}

static void begin(struct teams_talk *talk, enum teams_intent_kind kind, const char *refusal,
                  bool again);

static void joined(struct teams_talk *talk, const char *refusal)
{
    if (refusal)
        teams_tell(talk, refusal, false);
    else
        begin(talk, talk->intent.kind, NULL, false);
}

/* Whoever only writes in a channel is not asked who they are. */
static bool concerns_people_of_ours(const struct showing *show)
{
    return show->kind != TEAMS_INTENT_NOT_CARRIED && show->kind != TEAMS_INTENT_TOO_LONG;
}

static void read_done(void *arg)
{
    struct showing *show = arg;
    struct teams_talk *talk = show->talk;
    bool known = show->viewer.id && show->viewer.active;
    if (talk->teams->closed)
        ;
    else if (show->failed || known)
        draw(show);
    else if (show->kind != talk->intent.kind)       /* the desk knew them a moment ago */
        teams_tell(talk, show->refusal ? show->refusal : "You are no technician of this desk.",
                   false);
    else if (concerns_people_of_ours(show))
        teams_join(talk, joined);
    show_end(show);
}

static void begin(struct teams_talk *talk, enum teams_intent_kind kind, const char *refusal,
                  bool again)
{
    struct showing *show = calloc(1, sizeof *show);
    if (!show)
        abort();
    teams_talk_hold(talk);
    *show = (struct showing){ .talk = talk, .kind = kind, .again = again };
    show->refusal = arena_copy(&show->arena, refusal);
    if (engine_read(talk->teams->host.engine, read_for, read_done, show))
        return;
    teams_tell(talk, "The desk is busy. Please try again.", false);
    show_end(show);
}

/* A message that was remembered waits no longer: what it asks for comes into the conversation. */
void teams_show(struct teams_talk *talk)
{
    enum teams_intent_kind kind = talk->intent.kind;
    bool in_thread = kind == TEAMS_INTENT_NOT_CARRIED || kind == TEAMS_INTENT_TOO_LONG;
    if (!teams_is_invoke(talk->input.kind))
        teams_reply(talk, 200, NULL, true);
    if (kind == TEAMS_INTENT_WORDS)
        teams_place_take(talk);
    if (sentences[kind] && !in_thread)
        teams_tell(talk, sentences[kind], true);
    else
        begin(talk, kind, NULL, false);
}

void teams_show_card(struct teams_talk *talk, const char *refusal)
{
    begin(talk, TEAMS_INTENT_OPEN, refusal, false);
}

void teams_show_again(struct teams_talk *talk, const char *refusal)
{
    bool is_new = talk->intent.action == CARD_ACTIONS;
    begin(talk, is_new ? TEAMS_INTENT_NEW : TEAMS_INTENT_DIALOG, refusal, true);
}
