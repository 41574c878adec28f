/* local_test.c - the control socket: pieces, floods, early leavers, long paths, old sockets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "adapters/net/local.h"
#include "adapters/net/loop.h"

enum { LINE_MAX_BYTES = 100 * 1000 };

struct server {
    char dir[400];
    struct loop *loop;
    struct local *local;
    pthread_t thread;
    uint64_t kept[8];               /* questions that are answered with the next one */
    size_t kept_count;
};

/* Answers a line with itself, but "keep" only when another line has come. */
static void echo(void *ctx, uint64_t id, const char *line, size_t len)
{
    struct server *s = ctx;
    char answer[LINE_MAX_BYTES + 2];
    if (!strcmp(line, "keep")) {
        s->kept[s->kept_count++ % 8] = id;
        return;
    }
    for (; s->kept_count; s->kept_count--)
        local_answer(s->local, s->kept[s->kept_count - 1], "late\n", 5);
    memcpy(answer, line, len);
    answer[len] = '\n';
    local_answer(s->local, id + 1000, "nobody\n", 7);
    local_answer(s->local, id, answer, len + 1);
}

static void *serve(void *ctx)
{
    struct server *s = ctx;
    loop_run(s->loop);
    return NULL;
}

static int start(void **state)
{
    struct server *s = calloc(1, sizeof *s);
    char base[] = "/tmp/deskhand-local-XXXXXX";
    assert_non_null(s);
    assert_non_null(mkdtemp(base));
    /* Far longer than a socket's address may be. */
    snprintf(s->dir, sizeof s->dir, "%s/%0200d", base, 7);
    assert_int_equal(mkdir(s->dir, 0700), 0);
    s->loop = loop_new();
    assert_non_null(s->loop);
    s->local = local_open(s->loop, s->dir, "desk.sock", LINE_MAX_BYTES, echo, s);
    assert_non_null(s->local);
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
    *state = s;
    return 0;
}

static void end(void *ctx)
{
    struct server *s = ctx;
    local_close(s->local);
    loop_stop(s->loop);
}

/* As the desk does it: drained first, closed a while later. */
static void drain(void *ctx)
{
    struct server *s = ctx;
    local_drain(s->local);
    loop_post(s->loop, end, s);
}

static int stop(void **state)
{
    struct server *s = *state;
    char path[600];
    loop_post(s->loop, drain, s);
    pthread_join(s->thread, NULL);
    loop_free(s->loop);
    snprintf(path, sizeof path, "%s/desk.sock", s->dir);
    assert_int_equal(access(path, F_OK), -1);
    rmdir(s->dir);
    *strrchr(s->dir, '/') = '\0';
    rmdir(s->dir);
    free(s);
    return 0;
}

static int dial(const struct server *s)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int dir = open(s->dir, O_PATH | O_DIRECTORY);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/desk.sock", dir);
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    close(dir);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){ .tv_sec = 20 },
               sizeof(struct timeval));
    return fd;
}

static void say(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
        if (sent < 0)
            return;
        bytes += sent;
        len -= (size_t)sent;
    }
}

/* Everything until the other side hangs up. */
static size_t hear(int fd, char *out, size_t size)
{
    size_t len = 0;
    ssize_t got;
    while (len < size - 1 && (got = recv(fd, out + len, size - 1 - len, 0)) > 0)
        len += (size_t)got;
    out[len] = '\0';
    close(fd);
    return len;
}

static void a_line_is_answered_and_the_door_closed(void **state)
{
    char got[100];
    int fd = dial(*state);
    say(fd, "hello\nsecond line is not read\n", 30);
    hear(fd, got, sizeof got);
    assert_string_equal(got, "hello\n");
}

static void a_line_may_come_in_pieces(void **state)
{
    char got[100];
    int fd = dial(*state);
    for (const char *at = "piece by piece\n"; *at; at++)
        say(fd, at, 1);
    hear(fd, got, sizeof got);
    assert_string_equal(got, "piece by piece\n");
}

static void a_long_line_fits_and_a_longer_one_ends_it(void **state)
{
    char *line = malloc(4 * LINE_MAX_BYTES), *got = malloc(4 * LINE_MAX_BYTES);
    memset(line, 'x', 4 * LINE_MAX_BYTES);
    line[LINE_MAX_BYTES - 1] = '\n';
    int fd = dial(*state);
    say(fd, line, LINE_MAX_BYTES);
    assert_int_equal(hear(fd, got, 4 * LINE_MAX_BYTES), LINE_MAX_BYTES);
    line[LINE_MAX_BYTES - 1] = 'x';
    fd = dial(*state);
    say(fd, line, 4 * LINE_MAX_BYTES);
    assert_int_equal(hear(fd, got, 4 * LINE_MAX_BYTES), 0);
    free(line);
    free(got);
}

static void answers_may_be_late_and_askers_gone(void **state)
{
    char got[100];
    int gone = dial(*state), patient = dial(*state), next;
    say(gone, "keep\n", 5);
    close(gone);
    say(patient, "keep\n", 5);
    for (int i = 0; i < 3; i++) {
        next = dial(*state);
        say(next, "now\n", 4);
        hear(next, got, sizeof got);
        assert_string_equal(got, "now\n");
    }
    hear(patient, got, sizeof got);
    assert_string_equal(got, "late\n");
}

static void a_crowd_is_served_or_turned_away(void **state)
{
    enum { CROWD = 5 * LOCAL_CONNECTIONS };
    int fds[CROWD];
    char got[100];
    size_t served = 0;
    for (size_t i = 0; i < CROWD; i++)
        fds[i] = dial(*state);
    for (size_t i = 0; i < CROWD; i++)
        say(fds[i], "me\n", 3);
    for (size_t i = 0; i < CROWD; i++)
        served += hear(fds[i], got, sizeof got) == 3;
    assert_in_range(served, LOCAL_CONNECTIONS, CROWD);
    a_line_is_answered_and_the_door_closed(state);
}

static void the_socket_is_the_owners_alone(void **state)
{
    struct server *s = *state;
    struct stat info;
    char path[600];
    snprintf(path, sizeof path, "%s/desk.sock", s->dir);
    assert_int_equal(stat(path, &info), 0);
    assert_true(S_ISSOCK(info.st_mode));
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void what_a_crash_left_is_replaced(void **state)
{
    struct server *s = *state;
    struct loop *loop = loop_new();
    struct local *first = local_open(loop, s->dir, "left.sock", 100, echo, s);
    struct local *second = local_open(loop, s->dir, "left.sock", 100, echo, s);
    assert_non_null(first);
    assert_non_null(second);
    local_close(first);
    local_close(second);
    assert_null(local_open(loop, "/nowhere/at/all", "x.sock", 100, echo, s));
    assert_int_equal(errno, ENOENT);
    local_close(NULL);
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_answered_and_the_door_closed),
        cmocka_unit_test(a_line_may_come_in_pieces),
        cmocka_unit_test(a_long_line_fits_and_a_longer_one_ends_it),
        cmocka_unit_test(answers_may_be_late_and_askers_gone),
        cmocka_unit_test(a_crowd_is_served_or_turned_away),
        cmocka_unit_test(the_socket_is_the_owners_alone),
        cmocka_unit_test(what_a_crash_left_is_replaced),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
