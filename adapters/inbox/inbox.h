/* inbox.h - the web inbox: where technicians work when there is no chat platform.
 * It is an adapter like any other: it turns requests into commands and views into JSON. */
#ifndef DESKHAND_INBOX_INBOX_H
#define DESKHAND_INBOX_INBOX_H

#include "adapters/adapter.h"

extern const struct adapter inbox_adapter;

#endif
