#include "bot/engine/reader_private.h"

#include <stdio.h>
#include <stdlib.h>

#include "bot/base/clock.h"

struct reader *reader_open(const char *data_dir, char **error)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/desk.db", data_dir);
    struct db *db = db_open_reader(path, error);
    if (!db)
        return NULL;
    struct reader *r = malloc(sizeof *r);
    if (!r)
        abort();
    r->db = db;
    return r;
}

void reader_close(struct reader *r)
{
    if (r)
        db_close(r->db);
    free(r);
}

void reader_begin(struct reader *r, int deadline_ms)
{
    db_snapshot_begin(r->db);
    db_deadline(r->db, deadline_ms ? clock_steady_us() + deadline_ms * INT64_C(1000) : 0);
}

void reader_end(struct reader *r)
{
    db_snapshot_end(r->db);
}
