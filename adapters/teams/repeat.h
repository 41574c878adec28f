/* repeat.h - the answers to the newest invokes, so that a repeat gets the same one and changes
 * nothing: by its id, and for a short time by what it means. In memory: after a restart the desk's
 * own table of inputs keeps a command from being applied twice. It calls nobody. */
#ifndef DESKHAND_TEAMS_REPEAT_H
#define DESKHAND_TEAMS_REPEAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Teams repeats with another id within a minute. Whoever presses the same button of the same card
 * later than TEAMS_REPEAT_MEANING_MS means it. */
enum { TEAMS_REPEATS = 512, TEAMS_REPEAT_KEY = 80, TEAMS_REPEAT_WAITING = 64, TEAMS_FIRSTS = 1024,
       TEAMS_REPEAT_MS = 24 * 3600 * 1000, TEAMS_REPEAT_MEANING_MS = 2 * 60 * 1000 };

struct teams_repeat {
    char key[TEAMS_REPEAT_KEY], meaning[TEAMS_REPEAT_KEY];      /* "": none */
    int64_t at_ms;
    bool under_way;                 /* no answer yet */
    int status;
    char *body;                     /* NULL: empty */
    uint64_t *waiting;              /* requests that came meanwhile; NULL: none yet */
    size_t waiting_count;
};

struct teams_repeats;
struct teams_repeats *teams_repeats_new(void);
void teams_repeats_free(struct teams_repeats *r);

/* The same invoke, by either key (each may be NULL); NULL: not seen within TEAMS_REPEAT_MS, or by
 * its meaning within TEAMS_REPEAT_MEANING_MS. */
struct teams_repeat *teams_repeats_find(struct teams_repeats *r, const char *key,
                                        const char *meaning, int64_t now_ms);

/* A place for its answer. NULL: all places are taken by answers that are under way. */
struct teams_repeat *teams_repeats_add(struct teams_repeats *r, const char *key,
                                       const char *meaning, int64_t now_ms);

/* This request gets the same answer. false: TEAMS_REPEAT_WAITING wait already. */
bool teams_repeat_wait(struct teams_repeat *one, uint64_t request);

/* The answer; body is copied, NULL: empty. */
void teams_repeat_keep(struct teams_repeat *one, int status, const char *body);

/* A repeat is to be looked at again. */
void teams_repeat_forget(struct teams_repeat *one);

/* When this was first meant: now_ms, or earlier, but not TEAMS_REPEAT_MEANING_MS. */
int64_t teams_repeats_first(struct teams_repeats *r, const char *meaning, int64_t now_ms);

#endif
