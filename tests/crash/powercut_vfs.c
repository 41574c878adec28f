#include "tests/crash/powercut_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/crash/powercut_disk.h"

struct powercut {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    pthread_mutex_t lock;
    struct powercut_plan plan;
    struct disk_file *files;
    int64_t ticks;
    bool armed, disk_full;
    int64_t calls[POWERCUT_CALLS], fail_at[POWERCUT_CALLS];
};

struct file {
    sqlite3_file base;
    struct powercut *p;
    struct disk_file *disk;     /* NULL: temporary, nobody misses it after a cut */
    bool is_wal;
    sqlite3_file *real;         /* lies right behind this struct */
};

static struct file *file_of(sqlite3_file *f)
{
    return (struct file *)(void *)f;
}

static void lock(struct powercut *p)
{
    pthread_mutex_lock(&p->lock);
}

static int unlock(struct powercut *p, int result)
{
    pthread_mutex_unlock(&p->lock);
    return result;
}

/* Called with the lock held and never given back: no other thread may touch the files any more. */
static void lose_power(struct powercut *p)
{
    uint64_t random = p->plan.seed;
    for (struct disk_file *f = p->files; f; f = f->next)
        disk_file_lose_power(f, &random, p->plan.keep_percent);
    _exit(POWERCUT_EXIT);
}

static void tick(struct powercut *p)
{
    if (!p->armed)
        return;
    if (++p->ticks == p->plan.cut_at_tick)
        lose_power(p);
}

static bool call_fails(struct powercut *p, enum powercut_call call)
{
    return ++p->calls[call] == p->fail_at[call];
}

static int file_close(sqlite3_file *f)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
}

static int file_read(sqlite3_file *f, void *out, int len, sqlite3_int64 offset)
{
    struct file *file = file_of(f);
    if (file->disk) {
        lock(file->p);
        bool fails = call_fails(file->p, POWERCUT_READ);
        unlock(file->p, 0);
        if (fails)
            return SQLITE_IOERR_READ;
    }
    return file->real->pMethods->xRead(file->real, out, len, offset);
}

static bool too_long(struct file *file, sqlite3_int64 end)
{
    sqlite3_int64 size = 0;
    return file->p->disk_full
        && file->real->pMethods->xFileSize(file->real, &size) == SQLITE_OK && end > size;
}

/* With a lazy WAL, a write to the database itself means that its checkpoint synced the WAL. */
static void catch_up(struct powercut *p, const struct file *file)
{
    if (!p->plan.lazy_wal || file->is_wal)
        return;
    for (struct disk_file *f = p->files; f; f = f->next)
        if (f != file->disk)
            disk_file_sync(f);
}

static int file_write(sqlite3_file *f, const void *bytes, int len, sqlite3_int64 offset)
{
    struct file *file = file_of(f);
    lock(file->p);
    if (too_long(file, offset + len))
        return unlock(file->p, SQLITE_FULL);
    if (file->disk && call_fails(file->p, POWERCUT_WRITE))
        return unlock(file->p, SQLITE_IOERR_WRITE);
    if (file->disk) {
        catch_up(file->p, file);
        disk_file_write(file->disk, offset, bytes, (size_t)len);
        tick(file->p);
    }
    return unlock(file->p, file->real->pMethods->xWrite(file->real, bytes, len, offset));
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    struct file *file = file_of(f);
    lock(file->p);
    if (file->disk) {
        disk_file_truncate(file->disk, size);
        tick(file->p);
    }
    return unlock(file->p, file->real->pMethods->xTruncate(file->real, size));
}

/* The real file is never synced: the model says what survives, and the test runs faster. */
static int file_sync(sqlite3_file *f, int flags)
{
    struct file *file = file_of(f);
    (void)flags;
    if (!file->disk)
        return SQLITE_OK;
    lock(file->p);
    tick(file->p);
    if (call_fails(file->p, POWERCUT_SYNC)) {
        disk_file_sync_failed(file->disk);
        return unlock(file->p, SQLITE_IOERR_FSYNC);
    }
    bool lazy = file->p->plan.lazy_wal && file->is_wal && !disk_file_head_waits(file->disk);
    if (!file->p->plan.lying_disk && !lazy)
        disk_file_sync(file->disk);
    return unlock(file->p, SQLITE_OK);
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xFileSize(real, size);
}

static int file_lock(sqlite3_file *f, int level)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xLock(real, level);
}

static int file_unlock(sqlite3_file *f, int level)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xUnlock(real, level);
}

static int file_reserved(sqlite3_file *f, int *out)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xCheckReservedLock(real, out);
}

/* Size hints would let the default VFS make the file longer behind our back. */
static int file_control(sqlite3_file *f, int op, void *arg)
{
    sqlite3_file *real = file_of(f)->real;
    if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE)
        return SQLITE_OK;
    return real->pMethods->xFileControl(real, op, arg);
}

static int file_sector(sqlite3_file *f)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xSectorSize(real);
}

static int file_traits(sqlite3_file *f)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xDeviceCharacteristics(real);
}

static int shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xShmMap(real, page, size, extend, out);
}

static int shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xShmLock(real, offset, n, flags);
}

static void shm_barrier(sqlite3_file *f)
{
    sqlite3_file *real = file_of(f)->real;
    real->pMethods->xShmBarrier(real);
}

static int shm_unmap(sqlite3_file *f, int delete_it)
{
    sqlite3_file *real = file_of(f)->real;
    return real->pMethods->xShmUnmap(real, delete_it);
}

/* Version 2: without memory mapping, so that every byte passes through here. */
static const sqlite3_io_methods methods = {
    .iVersion = 2, .xClose = file_close, .xRead = file_read, .xWrite = file_write,
    .xTruncate = file_truncate, .xSync = file_sync, .xFileSize = file_size, .xLock = file_lock,
    .xUnlock = file_unlock, .xCheckReservedLock = file_reserved, .xFileControl = file_control,
    .xSectorSize = file_sector, .xDeviceCharacteristics = file_traits, .xShmMap = shm_map,
    .xShmLock = shm_lock, .xShmBarrier = shm_barrier, .xShmUnmap = shm_unmap,
};

/* The state of a path outlives its handles: SQLite closes and opens journals as it likes. */
static struct disk_file *disk_of(struct powercut *p, const char *path)
{
    for (struct disk_file *f = p->files; f; f = f->next)
        if (!strcmp(f->path, path))
            return f;
    struct disk_file *f = disk_file_new(path);
    f->next = p->files;
    p->files = f;
    return f;
}

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out_flags)
{
    const int durable = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    struct powercut *p = vfs->pAppData;
    struct file *file = file_of(f);
    memset(file, 0, sizeof *file);
    file->p = p;
    file->real = (sqlite3_file *)(void *)(file + 1);
    lock(p);
    if (path && (flags & durable) && !(flags & SQLITE_OPEN_DELETEONCLOSE))
        file->disk = disk_of(p, path);
    file->is_wal = (flags & SQLITE_OPEN_WAL) != 0;
    int result = p->real->xOpen(p->real, path, file->real, flags, out_flags);
    if (file->real->pMethods)
        f->pMethods = &methods;
    return unlock(p, result);
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_dir)
{
    struct powercut *p = vfs->pAppData;
    lock(p);
    struct disk_file *disk = disk_of(p, path);
    tick(p);
    int result = p->real->xDelete(p->real, path, sync_dir);
    disk_file_delete(disk);
    return unlock(p, result);
}

struct powercut *powercut_register(const struct powercut_plan *plan)
{
    struct powercut *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->plan = *plan;
    if (!p->plan.keep_percent)
        p->plan.keep_percent = 60;
    pthread_mutex_init(&p->lock, NULL);
    p->real = sqlite3_vfs_find(NULL);
    p->vfs = *p->real;
    p->vfs.iVersion = 2;        /* leaves out the system call overrides of version 3 */
    p->vfs.pNext = NULL;
    p->vfs.szOsFile = (int)sizeof(struct file) + p->real->szOsFile;
    p->vfs.zName = POWERCUT_VFS;
    p->vfs.pAppData = p;
    p->vfs.xOpen = vfs_open;
    p->vfs.xDelete = vfs_delete;
    if (sqlite3_vfs_register(&p->vfs, p->plan.by_default) != SQLITE_OK)
        abort();
    return p;
}

void powercut_arm(struct powercut *p)
{
    lock(p);
    p->armed = true;
    p->ticks = 0;
    unlock(p, 0);
}

int64_t powercut_ticks(struct powercut *p)
{
    lock(p);
    int64_t ticks = p->ticks;
    unlock(p, 0);
    return ticks;
}

void powercut_fail(struct powercut *p, enum powercut_call call, int64_t nth)
{
    lock(p);
    p->calls[call] = 0;
    p->fail_at[call] = nth;
    unlock(p, 0);
}

int64_t powercut_calls(struct powercut *p, enum powercut_call call)
{
    lock(p);
    int64_t calls = p->calls[call];
    unlock(p, 0);
    return calls;
}

void powercut_disk_full(struct powercut *p, bool full)
{
    lock(p);
    p->disk_full = full;
    unlock(p, 0);
}

void powercut_now(struct powercut *p)
{
    lock(p);
    lose_power(p);
}
