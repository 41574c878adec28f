/* world.h - a whole desk under a virtual clock: real SQLite file, real scripts, the triage agent run
 * at once, and a null surface that records what it is given. Stories and the simulator live in it. */
#ifndef DESKHAND_TESTS_WORLD_H
#define DESKHAND_TESTS_WORLD_H

#include "bot/engine/desk.h"
#include "bot/engine/think.h"

enum { WORLD_CARDS = 4096, WORLD_PLACES = 24, WORLD_PLACE_CARDS = 1024 };

struct world_card { int64_t version; int posted, updated; enum ticket_status status; };

/* A place of a chat surface, there since something was first shown in it. */
struct world_place {
    char name[32];
    bool gone;                           /* the next delivery finds out */
    int64_t versions[WORLD_PLACE_CARDS]; /* of the cards, 0: not shown */
};

struct world {
    char folder[64];
    struct db *db;
    struct config config;
    struct desk desk;
    struct hours_cache *hours;
    int64_t now_ms;
    uint64_t random;                     /* state of a small generator: the only chance there is */
    int64_t next_effects_ms;
    int fail_deliveries;                 /* this many deliveries fail from now on */
    bool surface_down, no_thoughts;
    int deliveries, backwards;           /* cards that went back to an older version: never */
    struct world_card cards[WORLD_CARDS];
    struct world_place places[WORLD_PLACES];
    size_t place_count;
    int lose_cards;                      /* so many lines find that their card was deleted */
    int without_card;                    /* lines without a card there, updates of deleted cards: never */
    int64_t thoughts[WORLD_CARDS];       /* tickets that wait for a thought */
    size_t thought_count;
};

/* Opens a fresh world in a new temporary folder. settings: text of a settings file, may be "". */
void world_open(struct world *w, const char *settings, uint64_t seed);
void world_close(struct world *w);       /* and removes the folder */

/* As kill -9 would: everything that was not committed is gone, then a new start. */
void world_crash(struct world *w);

/* Applies one command in a transaction of its own, then lets the desk settle: thoughts, deliveries. */
void world_do(struct world *w, const struct command *c, struct outcome *out);

/* Lets time pass; everything that falls due on the way happens at its time. */
void world_wait(struct world *w, int64_t ms);
/* The wall clock jumps: nothing happens on the way. */
void world_jump(struct world *w, int64_t ms);

struct world_place *world_place(struct world *w, const char *name);

uint64_t world_random(struct world *w, uint64_t below);
void world_nonce(struct world *w, unsigned char nonce[NONCE_BYTES]);

#endif
