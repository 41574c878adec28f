/* run.h - the running desk: engine, network loop and adapters, from start to drain. */
#ifndef DESKHAND_RUN_H
#define DESKHAND_RUN_H

#include "bot/config.h"

struct run_options {
    const char *data_dir;
    const struct config *config;
    bool empty;                  /* a fresh desk gets no demo client and knowledge */
    bool links;                  /* print where to go, with a one-time sign-in to the inbox */
};

/* Runs until SIGTERM or SIGINT. Returns the process's exit code. In main.c, because only that file
 * names adapters. */
int run_desk(const struct run_options *options);

#endif
