/* tcp_acked.h - how many bytes the peer's kernel has taken over a TCP socket so far.
 * It says nothing about what the peer's program has read. */
#ifndef DESKHAND_NET_TCP_ACKED_H
#define DESKHAND_NET_TCP_ACKED_H

#include <stdint.h>

/* 0 when the kernel does not tell. */
uint64_t tcp_acked(int fd);

/* Milliseconds since the last byte came from the peer; -1 when the kernel does not tell. */
int64_t tcp_silent_ms(int fd);

#endif
