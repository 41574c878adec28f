/* door.h - POST /api/messages: who waits there for an answer, and what repeats get. What an
 * activity asks for is receive.c's business. For the files that handle what comes in. */
#ifndef DESKHAND_TEAMS_DOOR_H
#define DESKHAND_TEAMS_DOOR_H

#include "adapters/teams/talk.h"

struct teams_door {
    struct teams *teams;
    struct teams_talk *open;        /* those whose request waits, newest first */
    struct teams_repeats *repeats;
};

/* Answers the request of a talk that has one. json NULL: an empty body. */
void teams_door_answer(struct teams_talk *talk, int status, const char *json);
/* The same to a request that is no talk's. */
void teams_door_answer_to(struct teams *t, uint64_t request, int status, const char *json);

/* True when this is a repeat of an invoke: it has its answer, or will have it. */
bool teams_door_repeats(struct teams_talk *talk);

#endif
