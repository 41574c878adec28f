/* pages.h - the messenger's ordinary HTTP: loader, frame page, demo page. No session, no cookie. */
#ifndef DESKHAND_MESSENGER_PAGES_H
#define DESKHAND_MESSENGER_PAGES_H

#include "adapters/messenger/session.h"

void pages_open(struct messenger *m);

/* For tests: the frame-ancestors sources of a client's list of origins; what is no origin is left
 * out. */
void pages_ancestors(struct buf *b, const char *embed);

#endif
