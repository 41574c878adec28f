/* engine_private.h - what the engine's own files share: its threads and what lies between them. */
#ifndef DESKHAND_ENGINE_ENGINE_PRIVATE_H
#define DESKHAND_ENGINE_ENGINE_PRIVATE_H

#include <stdatomic.h>

#include "bot/agents/weekly.h"
#include "bot/engine/desk.h"
#include "bot/engine/disk.h"
#include "bot/engine/engine.h"
#include "bot/engine/queue.h"
#include "bot/engine/reader_private.h"
#include "bot/engine/think.h"

enum { ENGINE_READERS = 2, BATCH_MAX = 512, EXIT_IO = 74 };

/* A command that waits, with all its memory. */
struct submitted {
    struct queue_node node;
    struct arena arena;
    struct command command;
};

/* What is done by the clock and is about no ticket. Times that end in _us: not before these. */
struct chores {
    struct arena arena;
    struct weekly_schedule weekly;
    int64_t told_ms;                     /* the end of the last week that was told */
    int64_t look_us, tidy_us, weekly_us;
};

struct thought { struct queue_node node; int64_t ticket_id; };

struct engine {
    struct engine_options options;
    char data_dir[4096];
    int lock_fd;
    struct db *db;                       /* the writer's */
    struct desk desk;
    struct disk disk;
    struct queue commands, reads, thoughts;
    pthread_t writer, thinker, readers[ENGINE_READERS];
    bool started;
    int64_t due_ms, effects_ms;          /* writer: when something falls due, or may be delivered */
    struct queue_node *again;            /* writer: of a failed batch, what must not be forgotten */
    int64_t again_us, checkpoint_us, recalled_us;        /* writer: not before these */
    int64_t commands_us, indexed_us;     /* writer: last command, last full-text work */
    struct chores chores;                /* writer */
    bool index_waits;
    atomic_bool ready, disk_full, draining;
    atomic_int_fast64_t submitted, applied;
    atomic_bool thoughts_left;           /* the line was full: recall them from the outbox */
    atomic_int_fast64_t alive_us;        /* writer's last turn */
};

void *writer_run(void *engine);
void *thinker_run(void *engine);
void *reader_run(void *engine);

/* writer, within its transaction: marks the due effects and sets when to look again. After it
 * deliver_send hands them to the loop thread, or forgets them. */
struct delivery;
struct delivery *deliver_mark(struct engine *e, int64_t now_ms);
void deliver_send(struct delivery *d, bool committed);

/* writer: the weekly summary and a daily tidying up, when they are due; cheap otherwise. */
void chores_init(struct engine *e);
void chores_due(struct engine *e, int64_t now_us);

/* writer: rolls back and does what a failed store asks for; does not return when only a fresh start
 * is safe. */
void writer_store_failed(struct engine *e, int error);

/* Puts all tickets with an open thought in line. */
void engine_recall_thoughts(struct engine *e);

/* Puts a ticket in line for the triage agent. */
void engine_think(struct engine *e, int64_t ticket_id);

#endif
