#include "bot/engine/engine_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "bot/engine/copy.h"

enum { THOUGHTS_MAX = 100000, THOUGHTS_AT_ONCE = 256, ALIVE_US = 10 * 1000 * 1000,
       BUSY_WAIT_US = 5000, READ_MS = 5000 };

/* ---- opening ---- */

static int explain(char **error, const char *what, const char *why)
{
    if (asprintf(error, "%s: %s", what, why) < 0)
        *error = NULL;
    return -1;
}

static int lock_folder(struct engine *e, char **error)
{
    char path[4096 + 16];
    if (mkdir(e->data_dir, 0700) && errno != EEXIST)
        return explain(error, e->data_dir, strerror(errno));
    snprintf(path, sizeof path, "%s/desk.lock", e->data_dir);
    e->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (e->lock_fd < 0)
        return explain(error, path, strerror(errno));
    if (flock(e->lock_fd, LOCK_EX | LOCK_NB))
        return explain(error, e->data_dir, "another Deskhand runs on this folder; stop it first, or wait some "
                       "seconds if it is just ending");
    return 0;
}

static int open_store(struct engine *e, char **error)
{
    char path[4096 + 16];
    disk_make_room(e->data_dir);
    snprintf(path, sizeof path, "%s/desk.db", e->data_dir);
    e->db = db_open_writer(path, NULL, error);
    if (!e->db || db_migrate(e->db, error))
        return -1;
    store_effects_recover(e->db);
    if (db_error(e->db))
        return explain(error, path, db_error_text(e->db));
    metric_set(METRIC_DEAD_LETTERS, store_effects_dead(e->db));
    return 0;
}

/* Thoughts that a crash interrupted are thought again. */
void engine_recall_thoughts(struct engine *e)
{
    int64_t tickets[THOUGHTS_AT_ONCE], after = 0;
    size_t n;
    while ((n = store_thoughts(e->db, after, THOUGHTS_AT_ONCE, tickets))) {
        for (size_t i = 0; i < n; i++)
            engine_think(e, tickets[i]);
        after = tickets[n - 1];
    }
}

static int start_threads(struct engine *e, char **error)
{
    int failed = pthread_create(&e->writer, NULL, writer_run, e)
              || pthread_create(&e->thinker, NULL, thinker_run, e);
    for (int i = 0; i < ENGINE_READERS && !failed; i++)
        failed = pthread_create(&e->readers[i], NULL, reader_run, e);
    if (failed)
        return explain(error, "threads", "cannot be started");
    e->started = true;
    return 0;
}

bool engine_is_fresh(const char *data_dir)
{
    char path[4096 + 16];
    snprintf(path, sizeof path, "%s/desk.db", data_dir);
    return access(path, F_OK) != 0;
}

struct engine *engine_open(const struct engine_options *options, char **error)
{
    struct engine *e = calloc(1, sizeof *e);
    if (!e)
        abort();
    e->options = *options;
    e->lock_fd = -1;
    snprintf(e->data_dir, sizeof e->data_dir, "%s", options->data_dir);
    queue_init(&e->commands, (size_t)options->config->limits.command_queue);
    queue_init(&e->reads, (size_t)options->config->limits.read_queue);
    queue_init(&e->thoughts, THOUGHTS_MAX);
    *error = NULL;
    if (lock_folder(e, error) || open_store(e, error)) {
        engine_free(e);
        return NULL;
    }
    disk_init(&e->disk, e->data_dir, options->config->storage.disk_low_bytes,
              options->config->storage.ballast_bytes);
    desk_init(&e->desk, e->db, options->config, options->places, options->surfaces);
    chores_init(e);
    e->index_waits = true;
    engine_recall_thoughts(e);
    atomic_store(&e->alive_us, clock_steady_us());
    if (start_threads(e, error)) {
        engine_free(e);
        return NULL;
    }
    atomic_store(&e->ready, true);
    return e;
}

/* ---- closing ---- */

static void drop_thoughts(struct engine *e)
{
    struct queue_node *node;
    while (queue_take(&e->thoughts, 1, 0, &node) > 0)
        free(node);              /* their rows stay: they are thought after the next start */
}

void engine_stop(struct engine *e)
{
    atomic_store(&e->ready, false);
    atomic_store(&e->draining, true);
    queue_close(&e->thoughts);
    drop_thoughts(e);
    queue_close(&e->reads);
    if (e->started) {
        pthread_join(e->thinker, NULL);
        for (int i = 0; i < ENGINE_READERS; i++)
            pthread_join(e->readers[i], NULL);
        queue_close(&e->commands);
        pthread_join(e->writer, NULL);
    }
    e->started = false;
}

void engine_free(struct engine *e)
{
    if (!e)
        return;
    engine_stop(e);
    desk_clear(&e->desk);
    arena_clear(&e->chores.arena);
    db_close(e->db);
    if (e->lock_fd >= 0)
        close(e->lock_fd);
    queue_clear(&e->commands);
    queue_clear(&e->reads);
    queue_clear(&e->thoughts);
    free(e);
}

/* ---- commands ---- */

bool engine_submit(struct engine *e, const struct command *c)
{
    struct arena arena = { 0 };
    struct submitted *s = arena_alloc(&arena, sizeof *s);
    command_copy(&arena, c, &s->command);
    if (!s->command.at_ms)
        s->command.at_ms = clock_now_ms();
    if (!s->command.source)
        s->command.source = "desk";
    s->arena = arena;
    if (queue_put(&e->commands, &s->node)) {
        atomic_fetch_add(&e->submitted, 1);
        return true;
    }
    metric_add(METRIC_QUEUE_FULL, 1);
    arena_clear(&arena);
    return false;
}

void engine_flush(struct engine *e)
{
    int_fast64_t goal = atomic_load(&e->submitted);
    while (atomic_load(&e->applied) < goal)
        usleep(BUSY_WAIT_US / 10);
}

/* ---- reads ---- */

struct read_job {
    struct queue_node node;
    struct engine *e;
    void (*run)(struct reader *, void *);
    void (*done)(void *);
    void *arg;
};

static void read_done_on_loop(void *arg)
{
    struct read_job job = *(struct read_job *)arg;
    free(arg);
    job.done(job.arg);
}

bool engine_read(struct engine *e, void (*run)(struct reader *, void *), void (*done)(void *),
                 void *arg)
{
    struct read_job *job = malloc(sizeof *job);
    if (!job)
        abort();
    *job = (struct read_job){ .e = e, .run = run, .done = done, .arg = arg };
    if (queue_put(&e->reads, &job->node))
        return true;
    metric_add(METRIC_QUEUE_FULL, 1);
    free(job);
    return false;
}

static void run_job(struct engine *e, struct reader *reader, struct read_job *job)
{
    int64_t start_us = clock_steady_us();
    if (!atomic_load(&e->draining)) {
        reader_begin(reader, READ_MS);
        job->run(reader, job->arg);
        reader_end(reader);
    }
    metric_observe_us(METRIC_SEARCH_US, clock_steady_us() - start_us);
    e->options.hooks.post(e->options.hooks.ctx, read_done_on_loop, job);
}

void *reader_run(void *engine)
{
    struct engine *e = engine;
    char *error = NULL;
    struct reader *reader = reader_open(e->data_dir, &error);
    if (!reader) {
        log_error("reader cannot open the desk", "error=\"%s\"", error);
        _exit(EXIT_IO);
    }
    struct queue_node *node;
    int n;
    while ((n = queue_take(&e->reads, 1, -1, &node)) >= 0)
        if (n)
            run_job(e, reader, (struct read_job *)(void *)node);
    reader_close(reader);
    return NULL;
}

void engine_read_now(struct engine *e, void (*run)(struct reader *, void *), void *arg)
{
    char *error = NULL;
    struct reader *reader = reader_open(e->data_dir, &error);
    if (!reader) {
        log_error("cannot read the desk", "error=\"%s\"", error);
        free(error);
        return;
    }
    reader_begin(reader, 0);
    run(reader, arg);
    reader_end(reader);
    reader_close(reader);
}

/* ---- thoughts ---- */

void engine_think(struct engine *e, int64_t ticket_id)
{
    struct thought *t = malloc(sizeof *t);
    if (!t)
        abort();
    t->ticket_id = ticket_id;
    if (!queue_put(&e->thoughts, &t->node)) {
        metric_add(METRIC_QUEUE_FULL, 1);
        free(t);                 /* the row stays in the outbox and is recalled later */
        atomic_store(&e->thoughts_left, true);
    }
}

static void think_once(struct engine *e, struct thinker *th, int64_t ticket_id)
{
    struct arena arena = { 0 };
    struct command decided;
    int64_t start_us = clock_steady_us();
    db_snapshot_begin(th->db);
    bool wanted = think(th, ticket_id, clock_now_ms(), &arena, &decided);
    if (db_error(th->db))
        atomic_store(&e->thoughts_left, true);
    db_snapshot_end(th->db);
    metric_observe_us(METRIC_TRIAGE_US, clock_steady_us() - start_us);
    decided.adapter = -1;
    while (wanted && !engine_submit(e, &decided) && !atomic_load(&e->draining))
        usleep(BUSY_WAIT_US);    /* the queue is full: back-pressure, the thought is not lost */
    arena_clear(&arena);
}

void *thinker_run(void *engine)
{
    struct engine *e = engine;
    char *error = NULL;
    struct reader *reader = reader_open(e->data_dir, &error);
    if (!reader) {
        log_error("thinker cannot open the desk", "error=\"%s\"", error);
        _exit(EXIT_IO);
    }
    struct thinker th = { .db = reader->db, .config = e->options.config, .hours = hours_new() };
    struct queue_node *node;
    int n;
    while ((n = queue_take(&e->thoughts, 1, -1, &node)) >= 0) {
        if (!n)
            continue;
        think_once(e, &th, ((struct thought *)(void *)node)->ticket_id);
        free(node);
    }
    hours_free(th.hours);
    reader_close(reader);
    return NULL;
}

void engine_health(struct engine *e, struct engine_health *out)
{
    *out = (struct engine_health){
        .ready = atomic_load(&e->ready), .disk_full = atomic_load(&e->disk_full),
        .writer_alive = clock_steady_us() - atomic_load(&e->alive_us) < ALIVE_US,
        .queued = (int64_t)queue_count(&e->commands),
        .waiting_effects = metric_value(METRIC_DEAD_LETTERS),
    };
}
