/* loop_private.h - the loop's inside, shared by loop.c and loop_timer.c only. */
#ifndef DESKHAND_NET_LOOP_PRIVATE_H
#define DESKHAND_NET_LOOP_PRIVATE_H

#include <pthread.h>
#include <uv.h>

#include "adapters/net/loop.h"

enum {
    WHEEL_TICK_MS = 16,
    WHEEL_SLOTS = 1024,         /* one turn is 16 s; later timers stay for another round */
    LOOP_SIGNALS = 8
};

struct loop_post {
    loop_fn fn;
    void *arg;
};

struct loop_posts {
    struct loop_post *items;
    size_t count, size;
};

struct loop_signal {
    uv_signal_t handle;
    loop_fn fn;
    void *arg;
};

struct wheel {
    struct loop_timer slots[WHEEL_SLOTS];        /* ring heads */
    struct loop_timer soon;                      /* set to 0 ms: the next turn of the loop */
    uint64_t used[WHEEL_SLOTS / 64];             /* a bit for each slot that is not empty */
    int64_t tick;                                /* the first tick that has not been run */
    int64_t armed;                               /* tick the uv timer waits for; -1 none, 0 soon */
    uv_timer_t timer;
};

struct loop {
    uv_loop_t uv;
    uv_async_t wake;
    uv_prepare_t before_poll;
    uv_check_t after_poll;
    int64_t busy_since_us;
    struct wheel wheel;
    struct loop_signal signals[LOOP_SIGNALS];
    size_t signal_count;
    bool stopping;
    pthread_mutex_t mutex;                       /* guards posts and stopping */
    struct loop_posts posts;
};

int wheel_open(struct loop *l);

#endif
