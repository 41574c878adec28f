/* backup.h - a consistent copy of a desk, and the check of its audit chain. Both work while the desk
 * runs: they read through a connection of their own and never write to the desk's file. */
#ifndef DESKHAND_ENGINE_BACKUP_H
#define DESKHAND_ENGINE_BACKUP_H

#include <stdint.h>

/* Writes a new file and checks it. Effects that were not delivered yet are held in the copy: after a
 * restore a person decides about them. 0, or -1 with *error set (caller frees); an existing file is
 * never overwritten. */
int backup_to(const char *data_dir, const char *file, char **error);

struct audit_report { int64_t rows, bad_id; };   /* bad_id 0: the chain is whole */
/* 0, or -1 with *error set (caller frees) when the desk cannot be read. */
int audit_verify(const char *data_dir, struct audit_report *out, char **error);

#endif
