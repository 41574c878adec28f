/* cli_private.h - what the files of the command line share: the parsed words, how to complain.
 * Nothing else may include it. */
#ifndef DESKHAND_CLI_PRIVATE_H
#define DESKHAND_CLI_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/cli.h"
#include "bot/desk/command.h"
#include "bot/engine/reader.h"

enum { CLI_GIVEN_MAX = 64, CLI_OPTIONS_MAX = 16 };

struct cli_option {
    const char *name;              /* "--name"; NULL ends a list */
    const char *value;             /* what stands after it, NULL for a switch */
    const char *help;
};

struct cli;

struct cli_command {
    const char *words;             /* "client add" */
    const char *operand;           /* "KEY", NULL: none */
    const char *brief;             /* one line */
    const char *details;           /* more lines for its own help, may be NULL */
    const struct cli_option *options;
    int (*run)(struct cli *c);
    bool operand_may_miss;
};

struct cli {
    const struct cli_command *command;
    const char *operand;           /* NULL when it was not given */
    struct { const char *name, *value; } given[CLI_GIVEN_MAX];
    size_t given_count;
    struct arena memory;           /* for texts until the process ends */
    struct own_engine *own_engine; /* opened while no desk runs; cli_door.c */
};

extern const struct cli_command cli_commands[];   /* ends with words NULL */

/* The value of an option (its last one), NULL if it was not given. A switch has the value "". */
const char *cli_value(const struct cli *c, const char *name);
bool cli_given(const struct cli *c, const char *name);
/* All values of an option that may stand several times, with a space between them; NULL if none. */
const char *cli_values(struct cli *c, const char *name);
/* A number option between the limits; `fallback` if absent. 0, or -1 after complaining. */
int cli_number(const struct cli *c, const char *name, int64_t fallback, int64_t min, int64_t max,
               int64_t *out);

/* 1 or 0 for one of two switches, -1 when neither was given. */
int cli_switch(const struct cli *c, const char *on, const char *off);
/* A name that is no good is complained about: the exit code. NULL is good. */
int cli_name_wrong(const char *name);

const char *cli_data_dir(const struct cli *c);
bool cli_desk_is_there(const struct cli *c);

/* Says what is wrong and what to do on standard error; returns the exit code. */
int cli_fail(enum cli_exit code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A whole file, NUL behind it; NULL after complaining: at most `max` bytes, valid UTF-8, no NUL. */
char *cli_read_file(struct cli *c, const char *path, size_t max, size_t *len);

/* A reader on the desk, with a snapshot. NULL after complaining, with the exit code in *code. */
struct reader *cli_reader(const struct cli *c, int *code);
void cli_reader_done(struct reader *r);
/* A client by key; id 0 after complaining. */
struct client_view cli_client(struct cli *c, struct reader *r, const char *key);

/* Settings of --config, or of DIR/deskhand.conf when it is there. 0, or the exit code. */
int cli_load_config(const struct cli *c, struct config *config);

/* Gives a command to the desk: through its socket while it runs, else through an engine of our own.
 * 0 with the outcome, or the exit code after complaining; a refusal is complained about too. */
int cli_submit(struct cli *c, struct command *command, struct outcome *out);
void cli_door_close(struct cli *c);
/* What the running desk answers to WIRE_HEALTH; NULL when none runs here, or does not answer. */
char *cli_health_line(struct cli *c);

/* "2026-03-02 09:00:00" in local time. */
const char *cli_time(struct cli *c, int64_t at_ms);
/* Text for a terminal: no control characters, at most `max` code points; "" for NULL. */
const char *cli_plain(struct cli *c, const char *text, size_t max);

int cli_run_desk(struct cli *c);
int cli_check(struct cli *c);
int cli_health(struct cli *c);
int cli_config_defaults(struct cli *c);
int cli_backup(struct cli *c);
int cli_audit_verify(struct cli *c);
int cli_version(struct cli *c);
int cli_client_add(struct cli *c);
int cli_client_set(struct cli *c);
int cli_client_list(struct cli *c);
int cli_technician_add(struct cli *c);
int cli_technician_list(struct cli *c);
int cli_team_add(struct cli *c);
int cli_team_list(struct cli *c);
int cli_route_list(struct cli *c);
int cli_route_set(struct cli *c);
int cli_route_remove(struct cli *c);
int cli_setup_slack(struct cli *c);
int cli_setup_teams(struct cli *c);
int cli_sign_in(struct cli *c);
int cli_kb_import(struct cli *c);
int cli_kb_list(struct cli *c);
int cli_kb_remove(struct cli *c);
int cli_ticket_list(struct cli *c);
int cli_ticket_show(struct cli *c);
int cli_ticket_log(struct cli *c);
int cli_effects_list(struct cli *c);
int cli_effects_retry(struct cli *c);
int cli_effects_drop(struct cli *c);

#endif
