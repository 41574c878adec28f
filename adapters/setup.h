/* setup.h - what "deskhand setup" is on every surface: a file to hand in there, words about what to
 * do, and checks, each a line with its remedy. It knows no surface. */
#ifndef DESKHAND_ADAPTERS_SETUP_H
#define DESKHAND_ADAPTERS_SETUP_H

#include <stdio.h>

#include "bot/base/buf.h"
#include "bot/run.h"

struct ask;

struct setup {
    const struct setup_options *options;
    const struct config *config;
    FILE *words;                    /* for people; standard error while the file goes to "-" */
    struct ask *ask;
    int problems;
};

/* 0, or -1 when the system gives no loop. */
int setup_open(struct setup *s, const struct setup_options *options);
/* The process's exit code: 0 when no problem was found. */
int setup_close(struct setup *s);

/* The file --out, or this name in the current folder; "-" is standard output. 0, or -1 after saying
 * why not. */
int setup_write(struct setup *s, const char *name, const void *bytes, size_t len);

/* Puts JSON into lines that people can read. 0 or -1. */
int setup_indent(const struct buf *json, struct buf *out);

/* What is being looked at, and below it what was found: one sentence a line; secrets and what
 * steers terminals are taken out. wrong: counts as a problem, and the sentence names the remedy. */
void setup_step(struct setup *s, const char *name);
void setup_good(struct setup *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void setup_note(struct setup *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void setup_wrong(struct setup *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
