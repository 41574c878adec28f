#include "adapters/net/relay.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "adapters/net/loop.h"

enum { RELAY_BUFFER = 32768 };

struct side {
    struct relay *relay;
    struct side *other;
    uv_poll_t *poll;                    /* on the heap, for it closes late */
    int fd;
    bool ended;                         /* it will say nothing more */
    size_t from, to;                    /* of bytes: what still has to leave by this side */
    char bytes[RELAY_BUFFER];
};

struct relay {
    struct side near, far;
    bool over;
    void (*far_spoke)(void *ctx);
    void *ctx;
};

static void free_handle(uv_handle_t *handle)
{
    free(handle);
}

static void close_side(struct side *s)
{
    if (s->poll) {
        uv_poll_stop(s->poll);
        uv_close((uv_handle_t *)s->poll, free_handle);
    }
    if (s->fd >= 0)
        close(s->fd);
    s->poll = NULL;
    s->fd = -1;
}

static void end(struct relay *r)
{
    r->over = true;
    close_side(&r->near);
    close_side(&r->far);
}

static bool must_wait(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* 0; -1: the connection is broken. */
static int flush(struct side *s)
{
    while (s->from < s->to) {
        ssize_t n = send(s->fd, s->bytes + s->from, s->to - s->from, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0)
            return must_wait() ? 0 : -1;
        s->from += (size_t)n;
    }
    s->from = s->to = 0;
    return 0;
}

/* Moves what there is from one side to its other; 1 when bytes came, 0, or -1: broken. */
static int pump(struct side *s)
{
    struct side *out = s->other;
    int came = 0;
    while (!s->ended && !out->to) {
        ssize_t n = recv(s->fd, out->bytes, sizeof out->bytes, MSG_DONTWAIT);
        if (n < 0)
            return must_wait() ? came : -1;
        s->ended = n == 0;
        out->to = (size_t)n;
        came = came || n > 0;
        if (flush(out))
            return -1;
    }
    return came;
}

static void on_event(uv_poll_t *handle, int status, int events);

static void watch(struct side *s)
{
    int events = (!s->ended && !s->other->to ? UV_READABLE : 0) | (s->to ? UV_WRITABLE : 0);
    if (events)
        uv_poll_start(s->poll, events, on_event);
    else
        uv_poll_stop(s->poll);
}

static void on_event(uv_poll_t *handle, int status, int events)
{
    struct side *s = handle->data;
    struct relay *r = s->relay;
    (void)events;
    bool broken = status < 0 || flush(&r->near) || flush(&r->far);
    int from_far = broken ? -1 : pump(&r->far);
    int from_near = broken ? -1 : pump(&r->near);
    bool far_done = r->far.ended && !r->near.to, near_done = r->near.ended && !r->far.to;
    if (from_far < 0 || from_near < 0 || far_done || near_done) {
        end(r);
    } else {
        watch(&r->near);
        watch(&r->far);
    }
    if (from_far > 0)
        r->far_spoke(r->ctx);
}

static int open_side(struct loop *l, struct relay *r, struct side *s, struct side *other, int fd)
{
    s->relay = r;
    s->other = other;
    uv_poll_t *poll = malloc(sizeof *poll);
    if (!poll)
        abort();
    if (uv_poll_init(loop_uv(l), poll, fd)) {
        free(poll);
        return -1;
    }
    poll->data = s;
    s->poll = poll;
    return uv_poll_start(poll, UV_READABLE, on_event) ? -1 : 0;
}

struct relay *relay_open(struct loop *l, int near, int far, void (*far_spoke)(void *ctx),
                         void *ctx)
{
    struct relay *r = calloc(1, sizeof *r);
    if (!r)
        abort();
    r->far_spoke = far_spoke;
    r->ctx = ctx;
    r->near.fd = near;
    r->far.fd = far;
    if (!open_side(l, r, &r->near, &r->far, near) && !open_side(l, r, &r->far, &r->near, far))
        return r;
    end(r);
    free(r);
    return NULL;
}

void relay_close(struct relay *r)
{
    if (!r)
        return;
    if (!r->over && !flush(&r->far))
        pump(&r->near);
    end(r);
    free(r);
}
