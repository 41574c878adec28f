/* powercut_engine.h - what the two halves of the desk's workload share: doing and checking. */
#ifndef DESKHAND_TESTS_POWERCUT_ENGINE_H
#define DESKHAND_TESTS_POWERCUT_ENGINE_H

#include "tests/crash/workload.h"

enum { KIND_SAY, KIND_REPLY, KIND_OTHER };      /* of struct acked */

/* Holds the desk's file against what was acknowledged, in plain SQL. */
void engine_check(const char *dir, const struct ledger *acked, struct verdict *verdict);

#endif
