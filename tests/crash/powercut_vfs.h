/* powercut_vfs.h - a SQLite VFS that can lose power, fail the n-th call and run out of space.
 * It stands on the default VFS and models the disk in memory: not for databases of many MiB. */
#ifndef DESKHAND_TESTS_POWERCUT_VFS_H
#define DESKHAND_TESTS_POWERCUT_VFS_H

#include <stdbool.h>
#include <stdint.h>

#define POWERCUT_VFS "powercut"

enum { POWERCUT_EXIT = 77, POWERCUT_SECTOR = 512 };

enum powercut_call { POWERCUT_READ, POWERCUT_WRITE, POWERCUT_SYNC, POWERCUT_CALLS };

struct powercut_plan {
    uint64_t seed;          /* decides which unsynced sectors survive */
    int64_t cut_at_tick;    /* a tick is a write, sync, truncate or delete; 0: never cut */
    int keep_percent;       /* of the unsynced sectors; 60 when 0 */
    bool lying_disk;        /* syncs are acknowledged and ignored: shows that the model can break */
    bool lazy_wal;          /* what synchronous=NORMAL leaves out: a commit does not sync the WAL;
                               its header and what a checkpoint needs are synced all the same */
    bool by_default;        /* be the VFS of everybody who names none */
};

struct powercut;

/* Registers the VFS under POWERCUT_VFS. One per process; it lives until the process ends. Aborts
 * when SQLite refuses. */
struct powercut *powercut_register(const struct powercut_plan *plan);

/* Starts to count ticks for the cut at 1 (set-up before it is never cut). */
void powercut_arm(struct powercut *p);

/* Ticks since powercut_arm (or since the start). */
int64_t powercut_ticks(struct powercut *p);

/* The n-th such call from now on (1 = the next) fails with an I/O error; 0 switches it off. After
 * a failed sync the writes before it are forgotten, as a kernel does that marks pages clean. */
void powercut_fail(struct powercut *p, enum powercut_call call, int64_t nth);

/* Calls of one kind since the last powercut_fail for it (any call before the first). */
int64_t powercut_calls(struct powercut *p, enum powercut_call call);

/* While on, whatever makes a file longer fails with SQLITE_FULL. */
void powercut_disk_full(struct powercut *p, bool full);

/* Loses power now: rewrites the files as the disk would hold them and ends the process with
 * POWERCUT_EXIT, without any clean-up. */
void powercut_now(struct powercut *p);

#endif
