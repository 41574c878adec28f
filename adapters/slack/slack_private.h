/* slack_private.h - what the files of this adapter share: the adapter, and one input on its way from
 * its frame to its answer. Loop thread only. */
#ifndef DESKHAND_SLACK_PRIVATE_H
#define DESKHAND_SLACK_PRIVATE_H

#include "adapters/adapter.h"
#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/slack/api.h"
#include "adapters/slack/envelope.h"
#include "adapters/slack/intent.h"
#include "adapters/slack/people.h"
#include "adapters/slack/socket.h"
#include "bot/base/buf.h"
#include "cards/slack.h"

#define SLACK_SURFACE "slack"
enum { SLACK_BLOCKS_MAX = 64 * 1024, SLACK_TEXT_OUT_MAX = 16 * 1024, SLACK_VIEW_MAX = 240 * 1024,
       SLACK_TOLD_MAX = 64 };

struct slack_talk;
struct slack_home;
struct slack_direct;
struct slack_leaver;
struct slack_later;

/* What the adapter knows of the desk without asking: clients and routes. Read again when they change;
 * never NULL after open, but empty at first. */
struct slack_book {
    struct arena arena;
    struct client_list clients;
    struct route_list routes;
};

struct slack {
    struct adapter_host host;
    struct slack_api *api;
    struct slack_socket *socket;
    struct slack_people *people;
    struct slack_book *book;
    struct slack_home *home;
    struct slack_direct *direct;
    struct slack_talk *talks;        /* those with a command under way */
    struct slack_talk *asked;        /* slash commands whose answer is their acknowledgement */
    uint64_t last_tag;
    struct loop_timer recall;        /* kept inputs are tried again */
    struct slack_leaver *leavers;    /* accounts that the desk has yet to forget */
    struct loop_timer leave;
    struct slack_later *laters;      /* what waits for its time */
    struct { uint64_t key; int64_t until_ms; } told[SLACK_TOLD_MAX];
    struct loop_timer seek;          /* places_find.c: the next search for a channel */
    int seeks, pages;                /* that failed in a row; of the search under way */
    bool seeking;
    int64_t odd, odd_ms;             /* inputs not understood, and when last told of */
    char outside[SLACK_ID_MAX + 1];  /* a channel that outsiders share, so not taken; "" none */
    int holds;                       /* reads and calls under way; the memory goes with the last */
    bool reading_book, book_is_old, book_is_read, recalled, closed;
};

void slack_hold(struct slack *s);
void slack_drop(struct slack *s);

/* ---- one input ---- */

struct slack_talk {
    struct slack_talk *next, *next_asked;
    struct slack *slack;
    struct arena arena;              /* everything below lives in it */
    int holds, conn;
    int64_t at_ms;
    bool acked, again, kept;         /* kept: on the disk until it is done; again: read from there */
    bool foreign;                    /* of another workspace, so nothing is done */
    struct slack_input input;
    struct slack_intent intent;
    uint64_t tag;                    /* of the command under way, 0: none */
    void (*told)(struct slack_talk *talk, const struct outcome *outcome);
    struct command command;          /* the one that is, or will be, applied for this input */
    const char *account;             /* "slack:T1/U1" */
    int64_t technician_id;           /* of who did it, once it is known */
    void (*joined)(struct slack_talk *talk, const char *refusal);
    bool not_now;                    /* nobody could say who it is; later somebody may */
};

void slack_talk_hold(struct slack_talk *talk);
void slack_talk_drop(struct slack_talk *talk);

/* Submits on behalf of the talk; told(talk, outcome) comes later. false: the queue is full. */
bool slack_talk_submit(struct slack_talk *talk, const struct command *command,
                       void (*told)(struct slack_talk *, const struct outcome *));

/* Acknowledges once; further calls do nothing. payload: JSON, or NULL for none; it is left out when
 * the envelope takes none. */
void slack_ack(struct slack_talk *talk, const char *payload);
/* While a slash command is being answered, and a moment longer, the same envelope may come again: only
 * the answer may acknowledge it then. */
void slack_asked(struct slack_talk *talk);
void slack_answered(struct slack_talk *talk);
bool slack_is_asked(const struct slack_talk *talk);
/* {"response_action":"errors"} with one sentence for each field. */
void slack_ack_errors(struct slack_talk *talk, const struct chat_errors *errors);

/* A sentence of ours that only the person sees, where they acted: in the modal, in the channel and
 * thread, else as a direct message. offer > 0: with "Send to customer" for this note. */
void slack_tell(struct slack_talk *talk, const char *sentence, int64_t offer);

/* JSON to the input's response_url (host checked); false: it has none. It may be used five times
 * within 30 minutes. */
bool slack_respond(struct slack_talk *talk, const char *json);

/* fn(ctx) in so many ms, unless the adapter is closed before. ctx may live in the talk's arena. */
void slack_talk_later(struct slack_talk *talk, int64_t ms, void (*fn)(void *ctx), void *ctx);
void slack_later_stop(struct slack *s);

/* ---- receive.c: inputs ---- */

void slack_receive(void *slack, int conn, const char *bytes, size_t len);
/* One that was kept: it is acknowledged already. */
void slack_receive_again(struct slack *s, const struct kept_view *kept);

/* ---- recall.c: inputs that were acknowledged before anybody knew their sender ---- */

void slack_recall(struct slack *s);
void slack_recall_soon(struct slack *s);

/* ---- tell.c: words for one person ---- */

/* An account that is told the same again and again by what it writes: once an hour is enough. */
bool slack_may_tell(struct slack *s, const char *account, int64_t now_ms);

/* ---- odd.c: inputs that are not understood ---- */

/* One line in the log a minute. type: Slack's word for it, or NULL. */
void slack_odd(struct slack *s, const char *type, size_t len);
/* A frame that is no envelope; acknowledged if it has an id, for it would be no better again. */
void slack_unreadable(struct slack_talk *talk, const char *bytes, size_t len);

/* ---- join.c: who is who ---- */

/* Finds out which technician the person is and tells the desk; then joined(talk, NULL) with
 * technician_id set, or joined(talk, sentence) saying why not. */
void slack_join(struct slack_talk *talk, void (*joined)(struct slack_talk *, const char *));
/* user_change: who left or became a guest is a technician no more. */
void slack_person_changed(struct slack_talk *talk);

/* ---- check.c: who is still one of ours ---- */

/* Slack has vouched for the person within ten minutes. */
bool slack_is_vouched(const struct slack_talk *talk);
/* Asks Slack whether the person is still one of ours, unless it has just vouched for them. then(talk,
 * NULL) comes at once, with the answer, or when none comes within half a second; then(talk, sentence)
 * says why not. The desk forgets who is not, also when the answer comes later. */
void slack_check(struct slack_talk *talk, void (*then)(struct slack_talk *, const char *));
/* The account is nobody here any more; told to the desk as soon as it takes it. */
void slack_leave(struct slack *s, const char *account);
void slack_leave_stop(struct slack *s);

/* ---- places.c: channels ---- */

/* A channel of this id shows tickets, and lines typed into threads there are replies. */
bool slack_replies(const struct slack *s, const char *channel);
void slack_book_read(struct slack *s);
/* Some channel shows tickets. */
bool slack_has_route(const struct slack *s);
void slack_workspace(struct slack_talk *talk);

/* ---- places_find.c: the channel for everything ---- */

/* If no channel is chosen yet: the first one we are a member of and no outsider is. What fails is
 * tried again by itself. */
void slack_places_find(struct slack *s);
/* We were invited to this one: the same, if no channel is chosen yet. */
void slack_places_weigh(struct slack *s, const char *channel);

/* ---- deliver.c ---- */

void slack_deliver(void *slack, const struct effect *effect, const struct ticket_view *view);

/* ---- show.c and its kin: everything that is shown and changes nothing ---- */

/* An input whose intent is to show something, after it was remembered. It acknowledges. */
void slack_show(struct slack_talk *talk);
struct slack_home *slack_home_new(struct slack *s);
void slack_home_free(struct slack_home *home);
void slack_home_news(struct slack_home *home, const struct news *news);

#endif
