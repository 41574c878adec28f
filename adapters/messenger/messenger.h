/* messenger.h - the web messenger: deskhand.v1 by WebSocket and long poll, and the pages around it.
 * Its one entry is the adapter table's row; it shows no cards. */
#ifndef DESKHAND_MESSENGER_MESSENGER_H
#define DESKHAND_MESSENGER_MESSENGER_H

#include "adapters/adapter.h"

extern const struct adapter messenger_adapter;

#endif
