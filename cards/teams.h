/* teams.h - renderers to Adaptive Cards 1.5 for Microsoft Teams: cards, dialogs, lists. Pure.
 * Words of people and models stand only in TextRuns, inputs and drop-downs. It wraps no card into
 * an attachment or task, and what a click means is read in adapters/teams. */
#ifndef DESKHAND_CARDS_TEAMS_H
#define DESKHAND_CARDS_TEAMS_H

#include "cards/card.h"
#include "cards/dialog.h"
#include "cards/listing.h"
#include "cards/thread.h"

/* Every card is at most this long, whatever it is about: texts are cut fairly until it is. The
 * oldest documented limit of Teams for a card's JSON; the current one is above it. */
enum { TEAMS_CARD_MAX = 28 * 1024 };
/* Of a text that people or models wrote. */
enum { TEAMS_POINTS_MAX = 1500, TEAMS_LINES_MAX = 12 };

/* What a click brings back: data["_d"] = {"a": action, "t": ticket, "v": version, "n": number,
 * "w": word, "k": nonce}; "t" "v" "n" are left out when 0, "w" and "k" when NULL. Answers of inputs
 * stand beside it by their ids, all as text. All of it comes from outside: look-ups only. The verb
 * of an Action.Execute is "a" again.
 *
 * How a click comes back:
 *   - what acts at once: Action.Execute, fallback Action.Submit with the same data: as invoke
 *     adaptiveCard/action, or from an old client as a message with a value;
 *   - what asks first: Action.Submit with data.msteams.type "task/fetch", because the answer to an
 *     Action.Execute can be a card or a sentence, but no dialog (Microsoft's page "Invoke and fetch
 *     dialogs"): as invoke task/fetch, data under value.data;
 *   - in a dialog: Action.Submit, as invoke task/submit. For an action that asks something, the
 *     answer is its dialog as the next task.
 *
 * "a" is the code of an enum card_action, or one of these words:
 *   more       task/fetch: answer with teams_more(all = false)
 *   open       ticket "t". In a list in the chat: answer with its card. In alerts (task/fetch) and
 *              in a list in a dialog: answer with teams_more(all = true)
 *   send_note  ticket "t", note with event id "n"
 *   list       "w": the list word of an alert. task/fetch: answer with teams_listing(dialog = true)
 *   filter     "w": the value of a filter or a list_view code; from a list with several filters the
 *              answer of the input "filter" has it instead
 *   older, newer   "w": the position
 *   new        task/fetch, in a dialog task/submit: the dialog "make a ticket"; "w": its words to
 *              begin with, or none
 *   new_ticket what that dialog (action CARD_ACTIONS) submits
 *   next       the next ticket of the queue
 *   help       teams_help */

/* All return 0, or -1 when the buffer's own maximum was passed. They add to the buffer. The nonce
 * may be NULL; it is copied as text. */

/* The shared card of a ticket; one that is closed collapses to two lines. `refusal` may be NULL:
 * one full sentence on top, why the last click did nothing. */
int teams_card(const struct card *card, const char *nonce, const char *refusal, struct buf *out);

/* A line of the thread, as a card too: only there text of people stays text. THREAD_NOTHING
 * writes nothing. */
int teams_line(const struct thread_line *line, struct buf *out);

int teams_alerts(const struct alert_view *alerts, size_t count, const char *nonce,
                 struct buf *out);

/* A sentence of ours about a ticket; `offer` > 0 adds "Send to customer" for the note with this
 * event id. */
int teams_private(const char *sentence, int64_t ticket_id, int64_t version, int64_t offer,
                  const char *nonce, struct buf *out);

/* The card of a dialog; its title is the task's (dialog->title). `refusal` may be NULL: why the
 * answers were not taken; the caller puts them into the fields' initial values. */
int teams_dialog(const struct dialog *dialog, const char *nonce, const char *refusal,
                 struct buf *out);

/* The dialog with a ticket's facts and its actions in groups: those that are not on the shared
 * card, or all of them. */
int teams_more(const struct card *card, const char *nonce, bool all, struct buf *out);

/* Lists: queue, mine, find, the tickets behind a number; in the chat or as the card of a dialog.
 * Rows bring their ticket with them, so their links are not used. */
int teams_listing(const struct listing *listing, const char *nonce, bool dialog, struct buf *out);

int teams_help(const char *nonce, struct buf *out);

/* title may be NULL. */
int teams_notice(const char *title, const char *sentence, struct buf *out);

/* Toast texts (the activity's `summary`): what happened in one short sentence of ours, with names of
 * technicians, and never another word of people. The first post of a card says that it is new. */
int teams_summary_card(const struct card *card, struct buf *out);
int teams_summary_post(const struct card *card, struct buf *out);
int teams_summary_line(const struct thread_line *line, struct buf *out);
int teams_summary_alerts(const struct alert_view *alerts, size_t count, struct buf *out);

/* Adds at most `points` code points and `lines` lines of text as every card shows them: no controls
 * but line feeds, nothing invisible or that turns text around, no <at> marks; an ellipsis when
 * something is missing. Plain UTF-8, no markup. For messages with textFormat "plain", too. */
int teams_clean(const char *text, size_t points, size_t lines, struct buf *out);

#endif
