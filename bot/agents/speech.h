/* speech.h - what the desk understands and says, one table per language (speech_XX.c).
 * Only data: the patterns (see pattern.h) are read by intent.c, the sentences by triage.c. */
#ifndef DESKHAND_AGENTS_SPEECH_H
#define DESKHAND_AGENTS_SPEECH_H

#include <stddef.h>

#include "bot/agents/pattern.h"

/* Lists end with NULL; a list may be NULL. All patterns are folded (no accents, lower case). */
struct speech_heard {
    const char *const *human;       /* asks for a person */
    const char *const *human_alone; /* asks for a person when it is (nearly) the whole message */
    const char *const *human_not;   /* sounds like it, and is not */
    const char *const *urgent;
    const char *const *negators;    /* "not", "no need for" ... directly before the call */
    const char *const *glue;        /* words that may stand between a negator and the call */
    const char *const *negated;     /* directly behind the call: "not needed" */
    const char *const *down;        /* a system is down: P1 */
    const char *const *panic;       /* panic that names no system: P2 */
    const char *const *calm;        /* harmless readings of the two above */
    const char *const *danger;      /* life and limb */
    const char *const *crime;       /* crime, threats, data leaks */
    const char *const *innocent;    /* harmless readings of the two above */
    const char *const *policy;      /* always to people */
    const char *const *complex;     /* several systems at once */
    const char *const *greeting, *const *thanks, *const *filler;
    const char *const *solved, *const *rejected, *const *yes, *const *no;
    const char *const *also;        /* opens another request */
    const char *const *question;    /* opens a question */
    const char *const *request;     /* opens a request for something */
    const char *const *problem;     /* tells that something does not work */
};

/* Places to fill: {bot} {title} {quote} {opens} {request}. */
struct speech_said {
    const char *hello, *offer, *how_human, *acknowledge, *welcome, *glad, *solved;
    const char *answer, *helped, *sorry_failed, *not_found;
    const char *ask_device, *ask_error, *ask_since, *ask_scope, *ask_site, *ask_rephrase, *ask_wish;
    const char *handoff, *handoff_urgent, *handoff_angry, *handoff_safety, *handoff_closed;
    const char *handoff_opens;      /* closed, and it is known until when */
    const char *also_passed;
    const char *yes, *no, *human;   /* choices */
    const char *devices[4], *since[3], *scope[3];
};

struct speech_mood {                /* a pattern and its points, -40..40 */
    const char *pattern;
    int points;
};

struct speech {
    const char *lang;
    struct speech_heard heard;
    const struct speech_mood *moods;        /* ends with a NULL pattern */
    const struct speech_said *said;         /* NULL: understood, answered in English */
    const char *const *common;              /* words that carry no topic */
};

/* All languages; English is the first. */
extern const struct speech *const speeches[];
extern const size_t speech_count;

/* False if the language has a script of its own and the text has no word in it. */
bool speech_is_possible(const struct speech *speech, const struct pattern_text *text);

/* The language to speak: `lang` if we speak it, else English. Never NULL, nor is its `said`. */
const struct speech *speech_for(const char *lang);

#endif
