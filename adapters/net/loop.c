#include "adapters/net/loop.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/loop_private.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

static void run_posts(struct loop *l)
{
    pthread_mutex_lock(&l->mutex);
    struct loop_posts batch = l->posts;
    l->posts = (struct loop_posts){ 0 };
    bool stop = l->stopping;
    l->stopping = false;
    pthread_mutex_unlock(&l->mutex);
    for (size_t i = 0; i < batch.count; i++)
        batch.items[i].fn(batch.items[i].arg);
    free(batch.items);
    if (stop)
        uv_stop(&l->uv);
}

static void on_wake(uv_async_t *handle)
{
    run_posts(handle->data);
}

static void on_before_poll(uv_prepare_t *handle)
{
    struct loop *l = handle->data;
    if (l->busy_since_us)
        metric_observe_us(METRIC_LOOP_STALL_US, clock_steady_us() - l->busy_since_us);
}

static void on_after_poll(uv_check_t *handle)
{
    struct loop *l = handle->data;
    l->busy_since_us = clock_steady_us();
}

static int open_handles(struct loop *l)
{
    if (uv_async_init(&l->uv, &l->wake, on_wake))
        return -1;
    uv_prepare_init(&l->uv, &l->before_poll);
    uv_check_init(&l->uv, &l->after_poll);
    l->wake.data = l->before_poll.data = l->after_poll.data = l;
    uv_prepare_start(&l->before_poll, on_before_poll);
    uv_check_start(&l->after_poll, on_after_poll);
    return wheel_open(l);
}

struct loop *loop_new(void)
{
    signal(SIGPIPE, SIG_IGN);
    struct loop *l = calloc(1, sizeof *l);
    if (!l)
        abort();
    pthread_mutex_init(&l->mutex, NULL);
    if (uv_loop_init(&l->uv)) {
        pthread_mutex_destroy(&l->mutex);
        free(l);
        return NULL;
    }
    if (open_handles(l)) {
        loop_free(l);
        return NULL;
    }
    return l;
}

void loop_run(struct loop *l)
{
    uv_run(&l->uv, UV_RUN_DEFAULT);
    l->busy_since_us = 0;
}

void loop_stop(struct loop *l)
{
    pthread_mutex_lock(&l->mutex);
    l->stopping = true;
    pthread_mutex_unlock(&l->mutex);
    uv_async_send(&l->wake);
}

static void close_one(uv_handle_t *handle, void *unused)
{
    (void)unused;
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void loop_free(struct loop *l)
{
    if (!l)
        return;
    run_posts(l);
    uv_walk(&l->uv, close_one, NULL);
    do
        uv_run(&l->uv, UV_RUN_NOWAIT);
    while (uv_loop_alive(&l->uv));
    if (uv_loop_close(&l->uv))
        log_error("loop not closed", "reason=\"handles left\"");
    free(l->posts.items);
    pthread_mutex_destroy(&l->mutex);
    free(l);
}

static void post_add(struct loop_posts *posts, loop_fn fn, void *arg)
{
    if (posts->count == posts->size) {
        size_t size = posts->size ? posts->size * 2 : 64;
        struct loop_post *items = realloc(posts->items, size * sizeof *items);
        if (!items)
            abort();
        posts->items = items;
        posts->size = size;
    }
    posts->items[posts->count++] = (struct loop_post){ fn, arg };
}

void loop_post(struct loop *l, loop_fn fn, void *arg)
{
    pthread_mutex_lock(&l->mutex);
    bool first = l->posts.count == 0;
    post_add(&l->posts, fn, arg);
    pthread_mutex_unlock(&l->mutex);
    if (first)
        uv_async_send(&l->wake);
}

static void on_signal(uv_signal_t *handle, int signal_number)
{
    (void)signal_number;
    struct loop_signal *s = handle->data;
    s->fn(s->arg);
}

int loop_on_signal(struct loop *l, int signal_number, loop_fn fn, void *arg)
{
    assert(l->signal_count < LOOP_SIGNALS);
    struct loop_signal *s = &l->signals[l->signal_count];
    if (uv_signal_init(&l->uv, &s->handle))
        return -1;
    l->signal_count++;
    s->handle.data = s;
    s->fn = fn;
    s->arg = arg;
    return uv_signal_start(&s->handle, on_signal, signal_number) ? -1 : 0;
}

int64_t loop_steady_ms(const struct loop *l)
{
    return (int64_t)uv_now(&l->uv);
}

struct uv_loop_s *loop_uv(struct loop *l)
{
    return &l->uv;
}
