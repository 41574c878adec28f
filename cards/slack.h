/* slack.h - renderers to Slack's Block Kit: messages, modals, the home page. Pure.
 * Classic blocks only; words of people and models stand only in rich_text text elements; within
 * every limit of Block Kit whatever the content. What a click means is read in adapters/slack. */
#ifndef DESKHAND_CARDS_SLACK_H
#define DESKHAND_CARDS_SLACK_H

#include "cards/card.h"
#include "cards/dialog.h"
#include "cards/listing.h"
#include "cards/thread.h"

/* Ids that a click brings back. A button's action_id is "dh.<code>" (enum card_action's code, or
 * one of the words below), its value "<ticket>:<version>[:<number>]"; the overflow menu is
 * "dh.menu", its option's value "<code>:<ticket>:<version>". A modal's callback_id is "dh.<code>",
 * its private_metadata "<ticket>:<version>:<number>". A field's block_id is its dialog id, its
 * action_id "v". All of it comes back as text from outside: look-ups only, never trusted.
 *
 * Words that are no card action: "more" (all other actions, a modal), "open" (value = ticket: its
 * card in a modal; the button may be a link, too; in a message with a list it is a static_select),
 * "send_note" (value = ticket:version:event id of the note), "list" (value = list word of an
 * alert), "filter" (a static_select of list words), "older" "newer" (value = position of the page),
 * "new" (make a ticket; value = words to begin with, of a person, or none). Views that send
 * nothing: "loading" "notice" "list" "home". */

/* A message is its blocks and the fallback text, one full sentence, escaped for Slack. All return
 * 0, or -1 when a buffer's maximum was passed. */
int slack_card(const struct card *card, struct buf *blocks, struct buf *text);
/* The smallest card: for when Slack refuses the full one. */
int slack_card_reduced(const struct card *card, struct buf *blocks, struct buf *text);
/* THREAD_NOTHING writes nothing. */
int slack_line(const struct thread_line *line, struct buf *blocks, struct buf *text);
/* links: Slack's address of each ticket's card, NULL where there is none; or NULL. */
int slack_alerts(const struct alert_view *alerts, const char *const *links, size_t count,
                 struct buf *blocks, struct buf *text);
/* Only its reader sees it: our sentence; `offer` > 0 adds the button "Send to customer" for the
 * note with this event id. */
int slack_private(const char *sentence, int64_t ticket_id, int64_t version, int64_t offer,
                  struct buf *blocks, struct buf *text);

/* Views, for views.open and its kin. */
int slack_dialog(const struct dialog *dialog, struct buf *view);
int slack_loading(const char *title, struct buf *view);        /* "Loading ..." while data comes */
int slack_notice(const char *title, const char *sentence, struct buf *view);
int slack_more(const struct card *card, struct buf *view);     /* every other action as a button */
int slack_ticket_modal(const struct card *card, struct buf *view);
int slack_home(const struct listing *listing, struct buf *view);
int slack_listing_modal(const struct listing *listing, struct buf *view);
int slack_listing_message(const struct listing *listing, struct buf *blocks, struct buf *text);

/* Appends text so that Slack shows it as it is: & < > escaped, no live mentions. */
void slack_escape(struct buf *out, const char *text);
/* The other way round, for what a technician typed: entities undone, <@U..> and links resolved to
 * plain words, <!...> dropped. Prefer the rich_text blocks where they are. */
void slack_unescape(struct buf *out, const char *text);

#endif
