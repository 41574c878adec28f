/* A ticket's card that somebody asked for, in their own chat or below a message, is a copy: nobody
 * keeps it fresh as the one in the channel is. After a click on it, or on a dialog that it opened,
 * it is drawn anew in its place: what it says is true again, and its buttons count as new ones. */
#include <stdlib.h>

#include "adapters/teams/talk.h"
#include "bot/base/clock.h"

enum { LINES = 6, SUMMARY_MAX = 1000 };

struct copying {
    struct teams_talk *talk;
    struct arena arena;             /* of what the reader thread fills */
    const char *message, *refusal;
    struct technician_view viewer;
    struct ticket_view ticket;
    bool skip;                      /* it is none, could not be read, or is not theirs to read */
};

static void copying_end(struct copying *c)
{
    struct teams_talk *talk = c->talk;
    arena_clear(&c->arena);
    free(c);
    teams_talk_drop(talk);
}

static void run(struct reader *r, void *arg)
{
    struct copying *c = arg;
    const struct teams_talk *talk = c->talk;
    const char *place = teams_place_of_conv(talk->input.conv, &c->arena);
    c->skip = view_thread(r, place, c->message)
        || view_person(r, talk->account, &c->arena, &c->viewer)
        || !c->viewer.id || !c->viewer.active
        || view_ticket(r, talk->intent.ticket_id, LINES, &c->arena, &c->ticket)
        || !c->ticket.id;
}

/* Where others look, too, the card is for nobody in particular. */
static void draw(struct copying *c, struct buf *out, struct buf *summary)
{
    struct card card;
    bool own = c->talk->input.conv_kind == TEAMS_CONV_PERSONAL;
    struct card_viewer viewer = { own ? c->viewer.id : 0, own ? c->viewer.role : 0 };
    card_make(&c->ticket, &viewer, clock_now_ms(), &c->arena, &card);
    teams_summary_card(&card, summary);
    teams_card(&card, teams_nonce(TEAMS_NONCE_CARD, &c->arena), c->refusal, out);
}

static void done(void *arg)
{
    struct copying *c = arg;
    struct buf card, summary;
    buf_init(&card, TEAMS_CARD_MAX);
    buf_init(&summary, SUMMARY_MAX);
    if (!c->skip && !c->talk->teams->closed) {
        draw(c, &card, &summary);
        if (card.data && !card.failed)
            teams_replace(c->talk, c->message, card.data, summary.data);
    }
    buf_clear(&card);
    buf_clear(&summary);
    copying_end(c);
}

void teams_copy_refresh(struct teams_talk *talk, const char *refusal)
{
    const char *message = teams_clicked_message(talk);
    if (!message || !talk->input.conv || !talk->account || talk->intent.ticket_id <= 0)
        return;
    struct copying *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    teams_talk_hold(talk);
    *c = (struct copying){ .talk = talk };
    c->message = arena_copy(&c->arena, message);
    c->refusal = arena_copy(&c->arena, refusal);
    if (!engine_read(talk->teams->host.engine, run, done, c))
        copying_end(c);
}
