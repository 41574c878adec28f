/* permission.h - who may send which command: actors and roles of technicians, in one table.
 * It knows no single ticket: whose it is and what its status allows is asked elsewhere. */
#ifndef DESKHAND_DESK_PERMISSION_H
#define DESKHAND_DESK_PERMISSION_H

#include <stdbool.h>

#include "bot/desk/command.h"

enum role { ROLE_TECHNICIAN, ROLE_LEAD, ROLE_ADMIN, ROLES };

const char *role_code(enum role role);      /* "technician" "lead" "admin" */
int role_parse(const char *code);           /* -1 for another word */

/* The role counts for technicians only. Whatever is not in the table, is not allowed. */
bool permission_allows(enum actor_kind actor, enum role role, enum command_kind kind);

#endif
