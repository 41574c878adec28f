#include "adapters/net/local.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

#include "adapters/net/loop.h"
#include "bot/base/buf.h"

struct peer {
    uv_pipe_t pipe;
    struct local *local;
    uint64_t id;                    /* 0: the place is free */
    struct buf in;
    struct loop_timer timeout;
    bool asked;
    uv_write_t write;
    char *answer;
};

/* Peers are embedded and libuv closes late, so the whole goes when the last handle is closed. */
struct local {
    uv_pipe_t listener;
    struct loop *loop;
    int dir_fd;
    char name[64];
    size_t line_max, open_handles;
    uint64_t last_id;
    local_fn fn;
    void *ctx;
    bool listening, closing;
    struct peer peers[LOCAL_CONNECTIONS];
};

static void free_if_over(struct local *s)
{
    if (!s->closing || s->open_handles)
        return;
    if (s->dir_fd >= 0)
        close(s->dir_fd);
    free(s);
}

static void on_listener_closed(uv_handle_t *handle)
{
    struct local *s = handle->data;
    s->open_handles--;
    free_if_over(s);
}

static void on_peer_closed(uv_handle_t *handle)
{
    struct peer *p = handle->data;
    struct local *s = p->local;
    buf_clear(&p->in);
    free(p->answer);
    *p = (struct peer){ 0 };
    s->open_handles--;
    free_if_over(s);
}

static void hang_up(void *arg)
{
    struct peer *p = arg;
    loop_timer_stop(p->local->loop, &p->timeout);
    if (!uv_is_closing((uv_handle_t *)&p->pipe))
        uv_close((uv_handle_t *)&p->pipe, on_peer_closed);
}

static void on_room(uv_handle_t *handle, size_t suggested, uv_buf_t *out)
{
    struct peer *p = handle->data;
    (void)suggested;
    enum { PIECE = 16384 };
    char *room = buf_room(&p->in, PIECE);
    *out = uv_buf_init(room, room ? PIECE : 0);
}

static void take_line(struct peer *p)
{
    char *end = memchr(p->in.data, '\n', p->in.len);
    if (!end)
        return;
    *end = '\0';
    p->asked = true;
    p->local->fn(p->local->ctx, p->id, p->in.data, (size_t)(end - p->in.data));
}

/* A line over the maximum leaves no room: libuv says ENOBUFS and the peer is gone. */
static void on_bytes(uv_stream_t *stream, ssize_t count, const uv_buf_t *unused)
{
    struct peer *p = stream->data;
    (void)unused;
    if (count < 0) {
        hang_up(p);
        return;
    }
    buf_added(&p->in, (size_t)count);
    if (p->asked)
        buf_reset(&p->in);
    else if (p->in.len)
        take_line(p);
}

static struct peer *free_place(struct local *s)
{
    for (size_t i = 0; i < LOCAL_CONNECTIONS; i++)
        if (!s->peers[i].id)
            return &s->peers[i];
    return NULL;
}

/* The file's mode keeps others out; root and the desk's own user remain. */
static bool is_allowed(const uv_pipe_t *pipe)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    int fd;
    if (uv_fileno((const uv_handle_t *)pipe, &fd) ||
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size))
        return false;
    return peer.uid == 0 || peer.uid == geteuid();
}

/* libuv holds the accepted descriptor until somebody takes it, and would not accept again. */
static void refuse(uv_stream_t *listener)
{
    uv_pipe_t *pipe = calloc(1, sizeof *pipe);
    if (!pipe)
        abort();
    uv_pipe_init(listener->loop, pipe, 0);
    uv_accept(listener, (uv_stream_t *)pipe);
    uv_close((uv_handle_t *)pipe, (uv_close_cb)free);
}

static void on_connection(uv_stream_t *listener, int status)
{
    struct local *s = listener->data;
    struct peer *p = free_place(s);
    if (status < 0)
        return;
    if (!p) {
        refuse(listener);
        return;
    }
    *p = (struct peer){ .local = s, .id = ++s->last_id };
    uv_pipe_init(listener->loop, &p->pipe, 0);
    p->pipe.data = p;
    s->open_handles++;
    buf_init(&p->in, s->line_max + 32768);
    loop_timer_set(s->loop, &p->timeout, LOCAL_TIMEOUT_S * INT64_C(1000), hang_up, p);
    if (uv_accept(listener, (uv_stream_t *)&p->pipe) || !is_allowed(&p->pipe) ||
        uv_read_start((uv_stream_t *)&p->pipe, on_room, on_bytes))
        hang_up(p);
}

/* The kernel takes 107 bytes of path; through the folder's descriptor they are always enough. */
static int bind_in(int dir_fd, const char *name)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", dir_fd, name);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    unlinkat(dir_fd, name, 0);
    mode_t before = umask(0177);
    int result = bind(fd, (const struct sockaddr *)&address, sizeof address);
    umask(before);
    if (!result)
        return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static int start(struct local *s, int fd)
{
    int result = uv_pipe_open(&s->listener, fd);
    if (result)
        close(fd);
    else
        result = uv_listen((uv_stream_t *)&s->listener, LOCAL_CONNECTIONS, on_connection);
    s->listening = !result;
    return result;
}

struct local *local_open(struct loop *l, const char *dir, const char *name, size_t line_max,
                         local_fn fn, void *ctx)
{
    struct local *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    *s = (struct local){ .loop = l, .line_max = line_max, .fn = fn, .ctx = ctx, .open_handles = 1 };
    snprintf(s->name, sizeof s->name, "%s", name);
    uv_pipe_init(loop_uv(l), &s->listener, 0);
    s->listener.data = s;
    s->dir_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = s->dir_fd < 0 ? -1 : bind_in(s->dir_fd, name);
    int result = fd < 0 ? -errno : start(s, fd);
    if (!result)
        return s;
    local_close(s);
    errno = -result;
    return NULL;
}

static void on_written(uv_write_t *write, int status)
{
    (void)status;
    hang_up(write->data);
}

void local_answer(struct local *s, uint64_t id, const char *bytes, size_t len)
{
    for (size_t i = 0; i < LOCAL_CONNECTIONS; i++) {
        struct peer *p = &s->peers[i];
        if (p->id != id || p->answer || uv_is_closing((uv_handle_t *)&p->pipe))
            continue;
        p->answer = malloc(len + 1);
        if (!p->answer)
            abort();
        memcpy(p->answer, bytes, len);
        uv_buf_t out = uv_buf_init(p->answer, (unsigned)len);
        p->write.data = p;
        if (uv_write(&p->write, (uv_stream_t *)&p->pipe, &out, 1, on_written))
            hang_up(p);
        return;
    }
}

void local_drain(struct local *s)
{
    if (s->listening)
        unlinkat(s->dir_fd, s->name, 0);
    s->listening = false;
    if (!uv_is_closing((uv_handle_t *)&s->listener))
        uv_close((uv_handle_t *)&s->listener, on_listener_closed);
}

void local_close(struct local *s)
{
    if (!s)
        return;
    s->closing = true;
    for (size_t i = 0; i < LOCAL_CONNECTIONS; i++)
        if (s->peers[i].id)
            hang_up(&s->peers[i]);
    local_drain(s);
    free_if_over(s);                /* nothing is open any more when it was drained before */
}
