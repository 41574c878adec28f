#include "tests/crash/powercut_disk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512 };

struct disk_write {
    struct disk_write *next;
    int64_t offset;
    size_t len;             /* 0: a truncation to offset */
    bool lost;              /* a failed sync stood between it and the next one */
    unsigned char bytes[];
};

static void must(bool ok, const char *what)
{
    if (ok)
        return;
    perror(what);
    abort();
}

uint64_t disk_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static void image_resize(struct disk_file *f, size_t size)
{
    if (size > f->room) {
        size_t room = size + size / 2 + 65536;
        f->image = realloc(f->image, room);
        must(f->image != NULL, "disk image");
        f->room = room;
    }
    if (size > f->size)
        memset(f->image + f->size, 0, size - f->size);
    f->size = size;
}

static void image_write(struct disk_file *f, int64_t offset, const void *bytes, size_t len)
{
    size_t end = (size_t)offset + len;
    if (end > f->size)
        image_resize(f, end);
    memcpy(f->image + offset, bytes, len);
}

struct disk_file *disk_file_new(const char *path)
{
    struct disk_file *f = calloc(1, sizeof *f);
    must(f != NULL, "disk file");
    f->path = strdup(path);
    must(f->path != NULL, "disk file");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return f;
    struct stat status;
    must(fstat(fd, &status) == 0, path);
    image_resize(f, (size_t)status.st_size);
    must(pread(fd, f->image, f->size, 0) == (ssize_t)f->size, path);
    close(fd);
    return f;
}

static void log_add(struct disk_file *f, int64_t offset, const void *bytes, size_t len)
{
    struct disk_write *w = calloc(1, sizeof *w + len);
    must(w != NULL, "disk write");
    w->offset = offset;
    w->len = len;
    if (len)
        memcpy(w->bytes, bytes, len);
    if (f->last)
        f->last->next = w;
    else
        f->first = w;
    f->last = w;
}

static void log_clear(struct disk_file *f)
{
    while (f->first) {
        struct disk_write *w = f->first;
        f->first = w->next;
        free(w);
    }
    f->last = NULL;
}

void disk_file_write(struct disk_file *f, int64_t offset, const void *bytes, size_t len)
{
    if (len)
        log_add(f, offset, bytes, len);
}

void disk_file_truncate(struct disk_file *f, int64_t size)
{
    log_add(f, size, NULL, 0);
}

static void apply_whole(struct disk_file *f, const struct disk_write *w)
{
    if (w->len)
        image_write(f, w->offset, w->bytes, w->len);
    else
        image_resize(f, (size_t)w->offset);
}

/* Lost writes stay in the log: whether they reached the disk is open until the power goes. */
void disk_file_sync(struct disk_file *f)
{
    struct disk_write *w = f->first, *kept = NULL, *last = NULL;
    while (w) {
        struct disk_write *next = w->next;
        w->next = NULL;
        if (!w->lost) {
            apply_whole(f, w);
            free(w);
        } else {
            *(last ? &last->next : &kept) = w;
            last = w;
        }
        w = next;
    }
    f->first = kept;
    f->last = last;
}

void disk_file_sync_failed(struct disk_file *f)
{
    for (struct disk_write *w = f->first; w; w = w->next)
        w->lost = true;
}

bool disk_file_head_waits(const struct disk_file *f)
{
    for (const struct disk_write *w = f->first; w; w = w->next)
        if (w->offset == 0 && w->len)
            return true;
    return false;
}

void disk_file_delete(struct disk_file *f)
{
    log_clear(f);
    f->size = 0;
}

static bool survives(uint64_t *random, int keep_percent)
{
    return disk_random(random) % 100 < (uint64_t)keep_percent;
}

/* A write is torn at sector borders; each piece survives or not by itself. */
static void apply_torn(struct disk_file *f, const struct disk_write *w, uint64_t *random, int keep)
{
    if (!w->len) {
        if (survives(random, keep))
            image_resize(f, (size_t)w->offset);
        return;
    }
    for (size_t at = 0; at < w->len;) {
        size_t piece = SECTOR - (size_t)((w->offset + (int64_t)at) % SECTOR);
        if (piece > w->len - at)
            piece = w->len - at;
        if (survives(random, keep))
            image_write(f, w->offset + (int64_t)at, w->bytes + at, piece);
        at += piece;
    }
}

void disk_file_lose_power(struct disk_file *f, uint64_t *random, int keep_percent)
{
    for (struct disk_write *w = f->first; w; w = w->next)
        apply_torn(f, w, random, keep_percent);
    log_clear(f);
    if (f->size == 0 && access(f->path, F_OK))
        return;
    int fd = open(f->path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    must(fd >= 0, f->path);
    must(ftruncate(fd, (off_t)f->size) == 0, f->path);
    must(f->size == 0 || pwrite(fd, f->image, f->size, 0) == (ssize_t)f->size, f->path);
    close(fd);
}
