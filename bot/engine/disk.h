/* disk.h - watches the space under the desk: a watermark below which new work is refused politely,
 * and a ballast file that is given up when the disk is full, so that recovery has room. */
#ifndef DESKHAND_ENGINE_DISK_H
#define DESKHAND_ENGINE_DISK_H

#include <stdbool.h>
#include <stdint.h>

struct disk {
    char folder[4096], ballast[4096 + 16];
    int64_t low_bytes, ballast_bytes;
    int64_t checked_us;
    bool full;
};

/* Before the store is opened: on a full disk the ballast is given up, so that the desk can start. */
void disk_make_room(const char *folder);

/* Small disks get small marks: at most 1/16 of the disk is kept free, 1/8 of what is free is ballast.
 * Warns when other users may look into the folder. */
void disk_init(struct disk *d, const char *folder, int64_t low_bytes, int64_t ballast_bytes);

/* Looks at most once a second. true while new work must be refused. */
bool disk_is_full(struct disk *d, int64_t steady_us);

/* The store met a full disk: gives the ballast up. */
void disk_was_full(struct disk *d);

#endif
