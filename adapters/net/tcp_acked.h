/* tcp_acked.h - what the kernel knows of a TCP connection: bytes the peer has taken, silence since.
 * It says nothing about what the peer's program has read. */
#ifndef DESKHAND_NET_TCP_ACKED_H
#define DESKHAND_NET_TCP_ACKED_H

#include <stdint.h>

/* Bytes that the peer's kernel has acknowledged; 0 when ours does not tell. */
uint64_t tcp_acked(int fd);

/* Milliseconds since the last byte came from the peer; -1 when the kernel does not tell. */
int64_t tcp_silent_ms(int fd);

#endif
