/* The way of a command into the desk: through the socket of the running one, or, while none runs,
 * through an engine that this process opens for the moment. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/cli_private.h"
#include "bot/engine/engine.h"
#include "bot/wire.h"

enum { ANSWER_S = 70, ANSWER_MAX = 16384 };

/* ---- the running desk ---- */

/* -1 when nobody listens. The folder's descriptor makes every path short enough. */
static int connect_to(const char *dir)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int dir_fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/desk.sock", dir_fd);
    int result = connect(fd, (const struct sockaddr *)&address, sizeof address);
    int why = errno;
    if (dir_fd >= 0)
        close(dir_fd);
    if (!result)
        return fd;
    if (fd >= 0)
        close(fd);
    errno = why;
    return -1;
}

static int send_all(int fd, const char *bytes, size_t len)
{
    while (len) {
        ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return -1;
        bytes += sent;
        len -= (size_t)sent;
    }
    return 0;
}

/* One line there, one line back; its bytes, or -1 when there was no answer. */
static ssize_t exchange(int fd, const char *line, size_t line_len, char answer[ANSWER_MAX])
{
    size_t len = 0;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){ .tv_sec = ANSWER_S },
               sizeof(struct timeval));
    if (send_all(fd, line, line_len))
        return -1;
    while (len < ANSWER_MAX && !memchr(answer, '\n', len)) {
        ssize_t got = recv(fd, answer + len, ANSWER_MAX - len, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return -1;
        len += (size_t)got;
    }
    return (ssize_t)len;
}

static int ask(int fd, const struct buf *line, struct outcome *out)
{
    char answer[ANSWER_MAX];
    ssize_t len = exchange(fd, line->data, line->len, answer);
    return len < 0 ? -1 : wire_read_outcome(answer, (size_t)len, out);
}

static int submit_by_socket(int fd, const struct command *command, struct outcome *out)
{
    struct buf line;
    int code = CLI_OK;
    buf_init(&line, WIRE_LINE_MAX);
    if (wire_write_command(command, &line))
        code = cli_fail(CLI_REFUSED, "this is too large for the desk's door; make it smaller");
    else if (ask(fd, &line, out))
        code = cli_fail(CLI_UNREACHABLE, "the desk took the command but did not answer; look"
                        " whether it was done before you repeat it");
    buf_clear(&line);
    close(fd);
    return code;
}

char *cli_health_line(struct cli *c)
{
    char answer[ANSWER_MAX];
    int fd = connect_to(cli_data_dir(c));
    ssize_t len = fd < 0 ? -1 : exchange(fd, WIRE_HEALTH "\n", strlen(WIRE_HEALTH) + 1, answer);
    if (fd >= 0)
        close(fd);
    return len < 0 ? NULL : arena_copy_n(&c->memory, answer, (size_t)len);
}

/* ---- an engine of our own ---- */

struct post {
    struct post *next;
    void (*fn)(void *);
    void *arg;
};

/* One per process, opened with the first command that finds no desk running. What the engine posts
 * is run by the thread that waits for the outcome: the loop of this process. */
struct own_engine {
    struct engine *engine;
    struct config config;
    pthread_mutex_t mutex;
    pthread_cond_t more;
    struct post *first, **last;
    uint64_t tag;                   /* of the command whose outcome is awaited */
    bool answered;
    struct outcome outcome;
};

static void on_post(void *ctx, void (*fn)(void *), void *arg)
{
    struct own_engine *own = ctx;
    struct post *post = calloc(1, sizeof *post);
    if (!post)
        abort();
    *post = (struct post){ .fn = fn, .arg = arg };
    pthread_mutex_lock(&own->mutex);
    *own->last = post;
    own->last = &post->next;
    pthread_cond_signal(&own->more);
    pthread_mutex_unlock(&own->mutex);
}

static void on_outcome(void *ctx, int adapter, uint64_t tag, const struct outcome *outcome)
{
    struct own_engine *own = ctx;
    if (adapter || tag != own->tag)
        return;
    own->outcome = *outcome;
    own->answered = true;
}

static void on_news(void *ctx, const struct news *news)
{
    (void)ctx;
    (void)news;
}

static struct post *take_post(struct own_engine *own, bool wait)
{
    pthread_mutex_lock(&own->mutex);
    while (wait && !own->first)
        pthread_cond_wait(&own->more, &own->mutex);
    struct post *post = own->first;
    if (post)
        own->first = post->next;
    if (!own->first)
        own->last = &own->first;
    pthread_mutex_unlock(&own->mutex);
    return post;
}

static void run_post(struct post *post)
{
    post->fn(post->arg);
    free(post);
}

static struct own_engine *open_own(struct cli *c, int *code)
{
    static const char *const no_places[] = { NULL };
    char *error = NULL;
    struct own_engine *own = arena_alloc(&c->memory, sizeof *own);
    pthread_mutex_init(&own->mutex, NULL);
    pthread_cond_init(&own->more, NULL);
    own->last = &own->first;
    if ((*code = cli_load_config(c, &own->config)))
        return NULL;
    log_set_level(LOG_ERROR);
    own->engine = engine_open(&(struct engine_options){
        .data_dir = cli_data_dir(c), .config = &own->config, .places = no_places,
        .hooks = { .ctx = own, .post = on_post, .outcome = on_outcome, .news = on_news } }, &error);
    if (!own->engine)
        *code = cli_fail(CLI_UNREACHABLE, "the desk in %s does not answer and cannot be opened: %s",
                         cli_data_dir(c), error ? error : "unknown error");
    free(error);
    return own->engine ? own : NULL;
}

void cli_door_close(struct cli *c)
{
    struct own_engine *own = c->own_engine;
    if (!own)
        return;
    engine_stop(own->engine);
    for (struct post *post; (post = take_post(own, false));)
        run_post(post);
    engine_free(own->engine);
    config_free(&own->config);
    c->own_engine = NULL;
}

static int submit_by_engine(struct cli *c, struct command *command, struct outcome *out)
{
    int code = CLI_OK;
    if (!c->own_engine)
        c->own_engine = open_own(c, &code);
    struct own_engine *own = c->own_engine;
    if (!own)
        return code;
    command->adapter = 0;
    command->tag = ++own->tag;
    own->answered = false;
    if (!engine_submit(own->engine, command))
        return cli_fail(CLI_IO, "the desk takes no commands; look at the disk's free space");
    while (!own->answered)
        run_post(take_post(own, true));
    *out = own->outcome;
    return CLI_OK;
}

/* ---- both ---- */

int cli_submit(struct cli *c, struct command *command, struct outcome *out)
{
    if (!cli_desk_is_there(c))
        return cli_fail(CLI_UNREACHABLE, "there is no desk in %s. Make one: deskhand run --data %s",
                        cli_data_dir(c), cli_data_dir(c));
    command->actor = ACTOR_OPERATOR;
    command->source = "cli";
    command->at_ms = clock_now_ms();
    int fd = c->own_engine ? -1 : connect_to(cli_data_dir(c));
    if (fd < 0 && errno == EACCES)
        return cli_fail(CLI_UNREACHABLE, "the desk in %s belongs to another user; run this as that"
                        " user or as root", cli_data_dir(c));
    int code = fd >= 0 ? submit_by_socket(fd, command, out) : submit_by_engine(c, command, out);
    if (code || result_is_ok(out->result))
        return code;
    const char *text = *out->text ? out->text : result_word(out->result);
    bool later = out->result == RESULT_BUSY || out->result == RESULT_NO_SPACE ||
                 out->result == RESULT_FAILED;
    return cli_fail(later ? CLI_IO : CLI_REFUSED, "%s", text);
}
