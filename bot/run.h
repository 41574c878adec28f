/* run.h - what needs adapters: the running desk, from start to drain, and setting up a surface. */
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

struct setup_options {
    const struct config *config;
    const char *out;             /* file to write; NULL: a name of its own here; "-": stdout */
    const char *public_url;      /* where the desk can be reached from outside; "" when not known */
    bool check;                  /* the settings are whole: look whether they work */
};

/* Helps to connect the desk with a surface that people chat on: "slack", "teams". Returns the
 * process's exit code, 0 when nothing is left to do. In main.c for the same reason. */
int run_setup(const char *surface, const struct setup_options *options);

#endif
