/* show.h - one picture of the desk on its way to one person in Teams: what was asked, what was
 * read. Private to this adapter's show*.c. */
#ifndef DESKHAND_TEAMS_SHOW_H
#define DESKHAND_TEAMS_SHOW_H

#include "adapters/chat/found.h"
#include "adapters/teams/talk.h"
#include "cards/dialog.h"
#include "cards/listing.h"

struct showing {
    struct teams_talk *talk;
    enum teams_intent_kind kind;     /* what is shown; after a command not what was asked for */
    struct arena arena;              /* of what the reader thread fills */
    const char *refusal;             /* a line on top, or NULL */
    bool again;                      /* a dialog whose answers were not taken */
    bool failed;
    struct technician_view viewer;   /* id 0: nobody knows the person yet */
    bool in_ticket_thread;
    const char *email;               /* of the requester of a new ticket, as far as known */
    struct requester_view requester;
    struct ticket_view ticket;
    struct technician_list technicians;
    struct team_list teams;
    struct chat_found found;         /* what words ask for */
    struct list_page page;
    int64_t counts[LIST_VIEWS];
};

/* What was drawn: a card, and a title when it may be a dialog. */
struct shown {
    struct buf card;
    const char *title, *summary;
};

/* The ticket as a card that fits this place: in a channel the one that all share. */
void show_make_card(struct showing *show, struct card *card);
void show_draw_ticket(struct showing *show, struct shown *out);
void show_draw_notice(const char *sentence, struct shown *out);
/* With what was entered in it, if it is shown again. */
void show_put_dialog(struct showing *show, struct dialog *dialog, struct shown *out);

/* show_new.c: the dialog "make a ticket". */
void show_read_new(struct reader *r, struct showing *show);
void show_draw_new(struct showing *show, struct shown *out);

/* show_list.c: lists of tickets, and what words ask for. */
void show_read_words(struct reader *r, struct showing *show);
void show_read_list(struct reader *r, struct showing *show);
void show_read_report(struct reader *r, struct showing *show);
void show_draw_words(struct showing *show, struct shown *out);
void show_draw_list(struct showing *show, struct shown *out);
void show_draw_report(struct showing *show, struct shown *out);

#endif
