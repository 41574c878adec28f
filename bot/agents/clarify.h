/* clarify.h - which one question would help a technician most: device, error, since when, who or
 * where. It never asks for what was said, and never asks the same twice. */
#ifndef DESKHAND_AGENTS_CLARIFY_H
#define DESKHAND_AGENTS_CLARIFY_H

#include "bot/agents/intent.h"
#include "bot/agents/speech.h"
#include "bot/agents/triage.h"

struct clarify_question {
    const char *ask;                    /* NULL: no question would help */
    const char *const *choices;
    size_t choice_count;
    const char *about;                  /* "device", "error" ..., for technicians */
};

/* told: everything that the customer has said so far. */
void clarify_choose(const struct triage_facts *facts, const struct intent *told,
                    const char *category, const struct speech_said *said,
                    struct clarify_question *out);

#endif
