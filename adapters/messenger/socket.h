/* socket.h - the door and the peer of sessions that talk through a WebSocket: /m/ws. */
#ifndef DESKHAND_MESSENGER_SOCKET_H
#define DESKHAND_MESSENGER_SOCKET_H

#include "adapters/messenger/session.h"

void socket_open(struct messenger *m);

#endif
