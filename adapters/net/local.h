/* local.h - a UNIX socket for one question and one answer per connection, each a line: the door for
 * programs of the same user on this machine. It does not know what they say. Loop thread only. */
#ifndef DESKHAND_NET_LOCAL_H
#define DESKHAND_NET_LOCAL_H

#include <stddef.h>
#include <stdint.h>

struct local;
struct loop;

enum { LOCAL_CONNECTIONS = 16, LOCAL_TIMEOUT_S = 60 };

/* A whole line without its newline, NUL behind it; borrowed until return. Answer now or later. */
typedef void (*local_fn)(void *ctx, uint64_t id, const char *line, size_t len);

/* Listens on dir/name with mode 0600, in place of what a crash left there: the caller makes sure
 * that no other process serves this folder. Works however long the path is. NULL with errno set. */
struct local *local_open(struct loop *l, const char *dir, const char *name, size_t line_max,
                         local_fn fn, void *ctx);

/* Sends the answer and closes the connection. An id whose peer is gone is ignored. */
void local_answer(struct local *s, uint64_t id, const char *bytes, size_t len);

/* No new connections; takes the socket's name away. Questions under way may still be answered. */
void local_drain(struct local *s);
void local_close(struct local *s);   /* NULL is fine */

#endif
