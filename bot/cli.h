/* cli.h - the command line: subcommands, their help, their exit codes.
 * It starts no adapter by itself: running the desk is run_desk (run.h). */
#ifndef DESKHAND_CLI_H
#define DESKHAND_CLI_H

#include "bot/config.h"

#define DESKHAND_VERSION "0.1.0"

enum cli_exit {
    CLI_OK = 0,
    CLI_REFUSED = 1,               /* not found, or the desk said no */
    CLI_USAGE = 2,
    CLI_UNREACHABLE = 69,          /* no desk answers, or another process has it */
    CLI_IO = 74,
    CLI_CONFIG = CONFIG_EXIT
};

/* Runs one subcommand; the process's exit code. */
int cli_main(int argc, char **argv);

#endif
