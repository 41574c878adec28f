/* powercut_disk.h - what a disk holds of one file: the synced image and the writes that came after.
 * It knows nothing of SQLite. Running out of memory aborts the test. */
#ifndef DESKHAND_TESTS_POWERCUT_DISK_H
#define DESKHAND_TESTS_POWERCUT_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk_write;

struct disk_file {
    struct disk_file *next;
    char *path;
    unsigned char *image;       /* what certainly survives */
    size_t size, room;
    struct disk_write *first, *last;
};

/* A file that exists already counts as synced with its present content. */
struct disk_file *disk_file_new(const char *path);

void disk_file_write(struct disk_file *f, int64_t offset, const void *bytes, size_t len);
void disk_file_truncate(struct disk_file *f, int64_t size);
void disk_file_sync(struct disk_file *f);           /* everything so far survives from now on */
void disk_file_sync_failed(struct disk_file *f);    /* a later sync will not save these writes */
bool disk_file_head_waits(const struct disk_file *f);   /* is byte 0 among the unsynced writes? */
void disk_file_delete(struct disk_file *f);         /* durable at once */

/* Makes the real file what a power cut leaves: the image and keep_percent of the sectors after it,
 * chosen by *random. */
void disk_file_lose_power(struct disk_file *f, uint64_t *random, int keep_percent);

uint64_t disk_random(uint64_t *state);              /* SplitMix64 */

#endif
