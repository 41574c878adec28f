/* loop.h - the network thread's one libuv loop: timers, posts from other threads, signals, stalls.
 * It knows no protocol. All but loop_post and loop_stop is for the loop's own thread only. */
#ifndef DESKHAND_NET_LOOP_H
#define DESKHAND_NET_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;
struct uv_loop_s;

typedef void (*loop_fn)(void *arg);

/* NULL when the system gives no loop (out of descriptors). SIGPIPE is ignored from here on. */
struct loop *loop_new(void);

/* Runs on the calling thread until loop_stop. May be run again afterwards. */
void loop_run(struct loop *l);

/* Ends loop_run soon after; from any thread. */
void loop_stop(struct loop *l);

/* Runs what libuv still has to close and gives everything back. What was posted and not yet run is
 * run here, once, so that its owner can free its argument. Free servers and clients first. */
void loop_free(struct loop *l);

/* Calls fn(arg) on the loop thread, in the order posted; from any thread. Never fails. Not for
 * after loop_free. Cheap: many posts before the loop wakes cost one wake-up. */
void loop_post(struct loop *l, loop_fn fn, void *arg);

/* Calls fn(arg) on the loop thread whenever the signal arrives. At most 8 signals. 0 or -1. */
int loop_on_signal(struct loop *l, int signal_number, loop_fn fn, void *arg);

/* A timer is embedded in what it times; all zero is "not running". Setting, moving and stopping
 * are a few pointer writes (one wheel for all of them), so thousands are fine. They fire late by
 * at most about 16 ms and never early; 0 ms is the next turn of the loop. The owner stops a
 * timer before its memory goes. */
struct loop_timer {
    struct loop_timer *next, *prev;
    int64_t due_ms;
    int64_t every_ms;          /* 0: once */
    loop_fn fire;
    void *arg;
};

void loop_timer_set(struct loop *l, struct loop_timer *t, int64_t after_ms, loop_fn fn, void *arg);
void loop_timer_repeat(struct loop *l, struct loop_timer *t, int64_t every_ms, loop_fn fn,
                       void *arg);
void loop_timer_stop(struct loop *l, struct loop_timer *t);
bool loop_timer_runs(const struct loop_timer *t);

/* Milliseconds that never jump, read once per turn of the loop; only for measuring spans. */
int64_t loop_steady_ms(const struct loop *l);

/* For the other files of adapters/net. */
struct uv_loop_s *loop_uv(struct loop *l);

#endif
