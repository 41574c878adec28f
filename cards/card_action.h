/* card_action.h - which buttons apply to a ticket and its viewer, and which of them come first.
 * It does not decide what a person may do: the desk checks every command again. */
#ifndef DESKHAND_CARDS_CARD_ACTION_H
#define DESKHAND_CARDS_CARD_ACTION_H

#include "cards/card.h"

enum { CARD_FRONT_MAX = 6 };   /* as many as the narrowest surface shows in one row */

/* Fills card->buttons, button_count and front_count. */
void card_choose_buttons(const struct ticket_view *view, const struct card_viewer *viewer,
                         int64_t now_ms, struct card *card);

#endif
