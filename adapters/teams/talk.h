/* talk.h - one input on its way from its request to its answer, and how it is answered: shared by
 * the files that handle what comes in. Loop thread only. */
#ifndef DESKHAND_TEAMS_TALK_H
#define DESKHAND_TEAMS_TALK_H

#include "adapters/teams/intent.h"
#include "adapters/teams/repeat.h"
#include "adapters/teams/teams_private.h"

/* Teams repeats what is not answered soon, and shows an error to whoever clicked. The desk's own
 * promise is one second; checking who speaks may take TEAMS_KEYS_FIRST_MS of it. */
enum { TEAMS_ANSWER_MS = 900 };

struct teams_talk {
    struct teams_talk *next;        /* of those with a command under way */
    struct teams_talk *all_next, *all_prev;     /* of all that were not answered yet */
    struct teams *teams;
    struct arena arena;             /* everything below lives in it, and so does the talk */
    int holds;
    int64_t at_ms;
    int64_t first_ms;               /* when what this click means was first seen */
    uint64_t request;               /* of the HTTP server; 0: nobody waits (any more) */
    struct loop_timer deadline;
    struct teams_repeat *repeat;    /* where the answer of an invoke is kept for repeats; or NULL */
    struct teams_input input;
    struct teams_intent intent;
    struct command command;         /* the one that is, or will be, applied for this input */
    const char *account;            /* "teams:<tenant>/<object id>"; NULL: nobody */
    bool is_stranger;               /* found to be no technician, and that will last */
    uint64_t tag;                   /* of the command under way; 0: none */
    void (*told)(struct teams_talk *talk, const struct outcome *outcome);
    void (*joined)(struct teams_talk *talk, const char *refusal);
};

struct teams_talk *teams_talk_new(struct teams *t);
void teams_talk_hold(struct teams_talk *talk);
void teams_talk_drop(struct teams_talk *talk);

/* Submits on behalf of the talk; told(talk, outcome) comes later. false: the queue is full. */
bool teams_talk_submit(struct teams_talk *talk, const struct command *command,
                       void (*told)(struct teams_talk *, const struct outcome *));

/* ---- talk.c: answers ---- */

/* The answer to the request, once; further calls do nothing. json NULL: an empty body. keep:
 * repeats of this input get the very same. */
void teams_reply(struct teams_talk *talk, int status, const char *json, bool keep);

/* An invoke gets a card in place of the one that was clicked, or a dialog; other inputs get the
 * card as a message in their conversation, after an empty answer. */
void teams_reply_card(struct teams_talk *talk, const char *card, const char *summary);
void teams_reply_dialog(struct teams_talk *talk, const char *title, const char *card);

/* Puts a card in place of a message of ours in this conversation, for everybody. */
void teams_replace(struct teams_talk *talk, const char *message, const char *card,
                   const char *summary);

/* A sentence of ours, where the person acted: in the answer while it waits, else in the
 * conversation. keep: see teams_reply. */
void teams_tell(struct teams_talk *talk, const char *sentence, bool keep);

/* What is answered when the time is up, or the desk is too busy to look. */
void teams_reply_busy(struct teams_talk *talk);

/* A fresh nonce of this kind (intent.h), in the arena. */
const char *teams_nonce(char kind, struct arena *a);

/* The same for a dialog about the ticket of the clicked card: it remembers where that is. */
const char *teams_nonce_of_dialog(const struct teams_talk *talk, char kind, struct arena *a);

/* The message that holds the ticket card which was clicked, or which this dialog was opened from.
 * NULL: it was no card of a message, but of an answer, say. */
const char *teams_clicked_message(const struct teams_talk *talk);

/* ---- receive.c ---- */

/* An activity that passed all checks. */
void teams_receive(struct teams_talk *talk);

/* ---- copy.c: cards that are shown on request ---- */

/* After a command by a card: if that was none of those which are kept fresh for everybody, it is
 * drawn anew once. refusal may be NULL. It answers nobody. */
void teams_copy_refresh(struct teams_talk *talk, const char *refusal);

/* ---- join.c: who is who ---- */

/* Finds out which technician the person is and tells the desk; then joined(talk, NULL), or
 * joined(talk, sentence) saying why not. */
void teams_join(struct teams_talk *talk, void (*joined)(struct teams_talk *, const char *));

/* ---- places.c: channels and chats ---- */

/* A channel of this id shows tickets, and lines typed into threads there are replies. */
bool teams_replies(const struct teams *t, const char *channel);
const struct client_list *teams_clients(const struct teams *t);
bool teams_serves_tenant(const struct teams *t, const char *tenant);
/* What the activity says of the place it came from. */
void teams_place_learn(struct teams_talk *talk);
/* The app or a channel came or went. Answers. */
void teams_place_changed(struct teams_talk *talk);
/* Somebody called us in a channel: it becomes the one for all tickets if there is none yet. */
void teams_place_take(struct teams_talk *talk);

/* ---- show.c and its kin: everything that is shown and changes nothing. Each answers. ---- */

/* What the intent asks to see. */
void teams_show(struct teams_talk *talk);
/* After a command by a button: the ticket's card as it is now; refusal may be NULL. */
void teams_show_card(struct teams_talk *talk, const char *refusal);
/* After answers that were not taken: the dialog again, with them and the reason in it; or without
 * one, when it has something to say. */
void teams_show_again(struct teams_talk *talk, const char *refusal);
/* Answers of "make a ticket" that are good: go(talk), or the dialog once more when the requester has
 * open tickets that the person was not told about yet. */
void teams_ask_before_new(struct teams_talk *talk, void (*go)(struct teams_talk *talk));

#endif
