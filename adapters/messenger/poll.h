/* poll.h - the long poll for networks that let no WebSocket through: POST /m/poll. The frames and
 * the session behind it are those of the socket. */
#ifndef DESKHAND_MESSENGER_POLL_H
#define DESKHAND_MESSENGER_POLL_H

#include "adapters/messenger/session.h"

void poll_open(struct messenger *m);
void poll_close(struct messenger *m);

#endif
