#include "bot/engine/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/engine/reader_private.h"
#include "bot/store/store.h"

static int fail(char **error, const char *what, const char *why)
{
    if (asprintf(error, "%s: %s", what, why) < 0)
        *error = NULL;
    return -1;
}

static int sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    int result = fd < 0 ? -1 : fsync(fd);
    if (fd >= 0)
        close(fd);
    return result;
}

static int sync_file_and_folder(const char *file)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", file);
    return sync_path(file, O_RDWR) || sync_path(dirname(folder), O_RDONLY | O_DIRECTORY) ? -1 : 0;
}

/* Opened once as a desk of its own: holds its effects and shows that the copy is whole. */
static int settle_copy(const char *file, char **error)
{
    struct db *db = db_open_writer(file, NULL, error);
    if (!db)
        return -1;
    store_effects_hold(db);
    bool whole = store_is_whole(db);
    int failed = db_error(db) || db_checkpoint(db, true);
    db_close(db);
    if (!whole || failed)
        return fail(error, file, "the copy is not whole; do not use it");
    return 0;
}

int backup_to(const char *data_dir, const char *file, char **error)
{
    char path[4096], *folder;
    snprintf(path, sizeof path, "%s", file);
    folder = dirname(path);
    if (access(file, F_OK) == 0)
        return fail(error, file, "is already there; choose another name");
    if (access(folder, W_OK | X_OK))
        return fail(error, folder, strerror(errno));
    struct reader *r = reader_open(data_dir, error);
    if (!r)
        return -1;
    int result = store_vacuum_into(r->db, file) ? fail(error, file, db_error_text(r->db)) : 0;
    reader_close(r);
    if (!result)
        result = settle_copy(file, error);
    if (!result && sync_file_and_folder(file))
        result = fail(error, file, strerror(errno));
    if (result)
        unlink(file);
    return result;
}

int audit_verify(const char *data_dir, struct audit_report *out, char **error)
{
    struct reader *r = reader_open(data_dir, error);
    if (!r)
        return -1;
    int result = store_audit_verify(r->db, &out->rows, &out->bad_id);
    if (result)
        fail(error, data_dir, db_error_text(r->db));
    reader_close(r);
    return result;
}
