/* door.h - who may come in: what is checked before an upgrade, a poll or a page, one check at a
 * time so that each door keeps the order that the protocol asks for. It answers what it refuses. */
#ifndef DESKHAND_MESSENGER_DOOR_H
#define DESKHAND_MESSENGER_DOOR_H

#include "adapters/messenger/session.h"
#include "adapters/net/http.h"

/* "https://desk.example" when public_url says so. Otherwise the loopback form that the request's
 * Host names, the first one if it names none. Borrowed until the next call. */
const char *door_base(struct messenger *m, const struct http_request *req);

/* All return 0, or -1 after they have answered the request. */
int door_origin(struct messenger *m, struct http_request *req);
int door_client(struct messenger *m, struct http_request *req,
                const struct messenger_client **client);
int door_rate(struct messenger *m, struct http_request *req);       /* counts, too */
int door_room(struct messenger *m, struct http_request *req);

#endif
