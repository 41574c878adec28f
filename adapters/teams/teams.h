/* teams.h - Microsoft Teams: the desk in channels and personal chats, over the Bot Framework. The
 * adapter's row; everything else is in teams_private.h. */
#ifndef DESKHAND_TEAMS_H
#define DESKHAND_TEAMS_H

#include "adapters/adapter.h"

extern const struct adapter teams_adapter;

#endif
