#include "bot/engine/disk.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { CHECK_US = 1000 * 1000, START_BYTES = 1024 * 1024 };

static int64_t bytes_free(const struct disk *d)
{
    struct statvfs s;
    if (statvfs(d->folder, &s))
        return INT64_MAX;
    return (int64_t)s.f_bavail * (int64_t)s.f_frsize;
}

static int64_t bytes_all(const struct disk *d)
{
    struct statvfs s;
    if (statvfs(d->folder, &s))
        return INT64_MAX;
    return (int64_t)s.f_blocks * (int64_t)s.f_frsize;
}

static bool has_ballast(const struct disk *d)
{
    struct stat s;
    return lstat(d->ballast, &s) == 0 && S_ISREG(s.st_mode) && s.st_size >= d->ballast_bytes;
}

static void lay_ballast(struct disk *d)
{
    if (!d->ballast_bytes || has_ballast(d))
        return;
    int fd = open(d->ballast, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || posix_fallocate(fd, 0, d->ballast_bytes))
        unlink(d->ballast);
    if (fd >= 0)
        close(fd);
}

void disk_make_room(const char *folder)
{
    struct disk d = { 0 };
    signal(SIGXFSZ, SIG_IGN);    /* a limit of the file size shall be an error, not the end */
    snprintf(d.folder, sizeof d.folder, "%s", folder);
    snprintf(d.ballast, sizeof d.ballast, "%s/ballast", folder);
    if (bytes_free(&d) < START_BYTES)
        unlink(d.ballast);
}

static void look_who_may_read(const char *folder)
{
    struct stat s;
    if (stat(folder, &s) == 0 && s.st_mode & 077)
        log_warn("data folder is open to other users", "folder=\"%s\" mode=%03o"
                 " remedy=\"chmod 700\"", folder, (unsigned)s.st_mode & 0777);
}

void disk_init(struct disk *d, const char *folder, int64_t low_bytes, int64_t ballast_bytes)
{
    *d = (struct disk){ .low_bytes = low_bytes, .ballast_bytes = ballast_bytes };
    snprintf(d->folder, sizeof d->folder, "%s", folder);
    snprintf(d->ballast, sizeof d->ballast, "%s/ballast", folder);
    if (d->low_bytes > bytes_all(d) / 16)
        d->low_bytes = bytes_all(d) / 16;
    if (d->ballast_bytes > bytes_free(d) / 8)
        d->ballast_bytes = bytes_free(d) / 8;
    lay_ballast(d);
    look_who_may_read(folder);
}

static void set_full(struct disk *d, bool full)
{
    if (d->full == full)
        return;
    d->full = full;
    metric_set(METRIC_DISK_FULL, full);
    if (full)
        log_error("disk full", "free=%lld wanted=%lld new_work=refused remedy=\"free some space\"",
                  (long long)bytes_free(d), (long long)d->low_bytes);
    else
        log_info("disk has room again", "free=%lld", (long long)bytes_free(d));
}

bool disk_is_full(struct disk *d, int64_t steady_us)
{
    if (steady_us - d->checked_us < CHECK_US)
        return d->full;
    d->checked_us = steady_us;
    int64_t spare = bytes_free(d);
    if (spare < d->low_bytes)
        set_full(d, true);
    else if (!d->full)
        return false;
    else if (has_ballast(d) || spare > d->low_bytes + d->ballast_bytes) {
        lay_ballast(d);
        set_full(d, false);
    }
    return d->full;
}

void disk_was_full(struct disk *d)
{
    unlink(d->ballast);
    set_full(d, true);
}
