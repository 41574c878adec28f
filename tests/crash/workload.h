/* workload.h - what a power-cut child does until the power goes, and what must be true afterwards.
 * The driver (powercut.c) knows no tables or commands; the workloads know no forks or pipes. */
#ifndef DESKHAND_TESTS_WORKLOAD_H
#define DESKHAND_TESTS_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/crash/powercut_vfs.h"

enum { LONG_RUN = 4 };

struct acked {              /* one acknowledged thing, as the child wrote it into the pipe */
    int64_t key;            /* made by the child, once per thing */
    int64_t kind;           /* the workload's own */
    int64_t place;          /* conversation or ticket it went to */
    int64_t seq;            /* its number there; 0 when it has none */
};

struct ledger {
    struct acked *rows;
    size_t count, room;
};

struct verdict {
    int64_t lost, doubled, holes, corrupt, stored;
    char why[200];          /* the first thing that was wrong */
};

/* What goes wrong instead of the power: one call fails, or the disk has no room for a while. */
enum fault { FAULT_NONE, FAULT_READ, FAULT_WRITE, FAULT_SYNC, FAULT_FULL, FAULTS };

enum { IO_EXIT = 74 };      /* EX_IOERR: a process that stopped because of such a failure */

struct run {
    const char *dir;        /* lives through several cuts */
    struct powercut *power;
    uint64_t seed;
    int64_t first_key;      /* keys from here on are new */
    enum fault fault;
    int ack_fd;             /* write struct acked here, after the commit only */
    bool is_long;           /* do LONG_RUN times the work: the cut comes later, amid checkpoints */
    bool normal_sync;       /* the control: synchronous=NORMAL */
};

struct workload {
    const char *name;
    int64_t ticks;          /* cuts fall between 1 and this (times LONG_RUN) */
    bool whole_process;     /* it names no VFS: ours is the default, and the control a lazy WAL */
    void (*run)(const struct run *run);                 /* returns when it ran out of work */
    void (*check)(const char *dir, const struct ledger *acked, struct verdict *verdict);
};

extern const struct workload workload_bare;     /* one table: proves the shim itself */
extern const struct workload workload_engine;   /* the desk: messages, replies, claims */

/* For ack_fd: writes one row, ends the process when the driver is gone. */
void workload_ack(const struct run *run, const struct acked *row);

/* Notes something wrong; the first sentence stays. */
void verdict_say(struct verdict *verdict, int64_t *counter, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
