/* show.h - one picture of the desk on its way to one person in Slack: what was asked, what was read,
 * where it goes. Private to this adapter's show*.c and home.c. */
#ifndef DESKHAND_SLACK_SHOW_H
#define DESKHAND_SLACK_SHOW_H

#include "adapters/chat/found.h"
#include "adapters/slack/slack_private.h"
#include "cards/dialog.h"
#include "cards/listing.h"

struct showing {
    struct slack_talk *talk;
    struct arena arena;              /* of what the reader thread fills */
    struct loop_timer slow;
    bool failed;
    struct technician_view viewer;   /* id 0: nobody knows the person yet */
    struct ticket_view ticket;
    struct technician_list technicians;
    struct team_list teams;
    struct chat_found found;         /* what words ask for */
    struct list_page page;
    struct requester_view requester;
    const char *email, *name;        /* of the author of a message that becomes a ticket */
    int64_t counts[LIST_VIEWS];
    /* the modal */
    bool opening;                    /* the loading view is under way or open */
    bool calling, left;              /* it is under way; nobody waits for it any more */
    const char *view_id, *hash;      /* NULL: not open yet */
    char *waiting;                   /* what to show: until the loading view is open, or once more */
    bool again;
};

/* Gives a showing back. */
void show_end(struct showing *show);
/* Shows a view in a modal: opens it, or puts it in place of the one that is open. */
void show_view(struct showing *show, struct buf *view);
/* A list or a card as an answer to words: in the acknowledgement, by response_url, in the direct
 * message or seen by one person in the channel. */
void show_words(struct showing *show);
/* Reads what words ask for, on a reader thread. */
void show_words_read(struct reader *r, struct showing *show);

#endif
