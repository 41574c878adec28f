/* relay.h - joins two connected sockets: what comes by one leaves by the other, both ways.
 * It does not look at the bytes. Loop thread only. */
#ifndef DESKHAND_NET_RELAY_H
#define DESKHAND_NET_RELAY_H

#include <stdint.h>

struct loop;
struct relay;

/* Takes over both non-blocking sockets. far_spoke(ctx) is called after bytes came from the far one;
 * it may close the relay. When either side ends, what it said before is passed on and both are
 * closed; the relay itself stays until relay_close. NULL (both are closed then): no descriptors. */
struct relay *relay_open(struct loop *l, int near, int far, void (*far_spoke)(void *ctx),
                         void *ctx);

/* Passes on what the near side has said, as far as the far side takes it now, and closes both. */
void relay_close(struct relay *r);          /* NULL is fine */

#endif
