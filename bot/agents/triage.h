/* triage.h - what the triage agent decides about one customer turn. Pure: facts in, decision out.
 * It does not send, store, search or read the clock; the engine gathers facts and applies decisions. */
#ifndef DESKHAND_AGENTS_TRIAGE_H
#define DESKHAND_AGENTS_TRIAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"

enum handoff_reason {
    HANDOFF_NONE, HANDOFF_HUMAN_ASKED, HANDOFF_PANIC, HANDOFF_ANGER, HANDOFF_ROUNDS,
    HANDOFF_COMPLEX, HANDOFF_NO_ANSWER, HANDOFF_POLICY, HANDOFF_SAFETY, HANDOFF_REASONS
};
/* "none" "human_asked" "panic" "anger" "rounds" "complex" "no_answer" "policy" "safety" */
const char *handoff_reason_code(enum handoff_reason reason);

enum triage_action {
    TRIAGE_ACKNOWLEDGE,     /* greet or acknowledge and wait */
    TRIAGE_ASK,             /* one clarifying question */
    TRIAGE_ANSWER,          /* cited answer, asks whether it helped */
    TRIAGE_SOLVED,          /* customer confirmed: resolve, outcome "resolved by ai" */
    TRIAGE_HANDOFF,         /* one sentence to the customer, then silence */
    TRIAGE_ACTIONS
};

enum triage_speaker { SPEAKER_CUSTOMER, SPEAKER_ASSISTANT, SPEAKER_TECHNICIAN, SPEAKER_SYSTEM };

struct triage_line {                /* one line of the conversation, oldest first */
    enum triage_speaker speaker;
    enum triage_action action;      /* of an assistant line */
    int64_t at_ms;
    const char *text;
};

struct triage_passage {             /* a retrieved passage of the knowledge base */
    int64_t article_id, client_id;  /* client 0: for all */
    const char *title, *url, *lang; /* url may be NULL */
    const char *heading;            /* above the passage, may be NULL or empty */
    const char *text;               /* the passage, plain text */
    double score;                   /* of the retrieval, larger is better; comparable in one list only */
};

/* How many of the desk's passages hold a term of the query (as terms.h cuts it): what is rare says
 * most. store_kb_search makes it; a decision without it counts in the passages it is given. */
struct triage_rarity {
    int64_t passages;                   /* in the whole knowledge base of the client */
    const char *const *terms;
    const int64_t *counts;
    size_t count;
};

struct triage_category {            /* a category of the desk with its seed phrases */
    const char *category, *type, *subtype;
    const char *const *phrases;
    size_t phrase_count;
};

struct triage_solved {              /* near solved tickets, for the category by neighbour */
    int64_t ticket_id;
    const char *text, *category, *type, *subtype;
};

struct triage_settings {            /* zero / NULL means: the default of requirements X4, X8, X15 */
    int clarify_max, answers_max, lines_max;           /* 2, 2, 4 */
    int band_green, band_yellow, band_orange;          /* 60, 40, 20 */
    const char *const *human_words;                    /* extra words of the desk, NULL-terminated */
    const char *const *panic_words;
    const char *const *policy_words;                   /* e.g. "refund": always to people */
    double answer_threshold;                           /* calibrated on the desk's own articles */
};

struct triage_facts {
    int64_t now_ms;
    const struct triage_line *lines;                   /* whole conversation, newest last */
    size_t line_count;
    int clarifies, answers, assistant_lines;           /* of this handling so far */
    const char *requester_name, *bot_name, *client_name;  /* may be NULL */
    const char *last_lang, *browser_lang;              /* hints, may be NULL */
    bool people_available;                             /* within opening hours */
    const char *opens_text;                            /* "Monday 08:00", NULL if open or unknown */
    bool human_requested;                              /* pressed "Talk to a person": hand over */
    int sentiment_before;                              /* 0..100, 50 at start */
    const struct triage_passage *passages; size_t passage_count;
    const struct triage_rarity *rarity;                /* may be NULL */
    const struct triage_category *categories; size_t category_count;
    const struct triage_solved *solved; size_t solved_count;
    struct triage_settings settings;
};

struct triage_citation { int64_t article_id; const char *title, *url, *quote; };

enum { TRIAGE_CITES_MAX = 3, TRIAGE_REQUESTS_MAX = 4 };

struct triage_decision {            /* strings live in the arena or are constants */
    enum triage_action action;
    enum handoff_reason reason;     /* with TRIAGE_HANDOFF */
    const char *say;                /* the line to the customer, never NULL */
    const char *choices[6]; size_t choice_count;       /* quick replies under the line */
    struct triage_citation cites[TRIAGE_CITES_MAX]; size_t cite_count;
    char lang[8];                   /* of the last customer message; "und" if unknown */
    const char *intent;             /* short code, e.g. "question" "problem" "thanks" "human" ... */
    int sentiment;                  /* 0..100 */
    bool alert;                     /* fell into the orange band or below: notify people */
    int priority;                   /* 1..4 */
    const char *title;              /* <= 80 code points */
    const char *category, *type, *subtype;             /* NULL: undecided */
    double category_confidence;
    bool needs_review;
    bool looping;                   /* same question or answer repeated */
    const char *requests[TRIAGE_REQUESTS_MAX]; size_t request_count;  /* separate requests found */
    const char *why;                /* evidence in words, several short sentences, for technicians */
    const char *summary;            /* handoff: reason, topics, evidence, last attempt; plain text */
};

/* Decides. The search query for the passages comes from triage_query, so that the caller searches
 * first and decides after. Deterministic: the same facts give the same bytes. */
void triage_decide(const struct triage_facts *facts, struct arena *arena, struct triage_decision *out);

struct triage_query {
    char lang[8];
    bool wanted;                    /* false: greeting, thanks, human asked ...: no search needed */
    const char *text;               /* what to search for: the open request in the customer's words */
};
void triage_query(const struct triage_facts *facts, struct arena *arena, struct triage_query *out);

/* True for a message that only says thanks: it must not reopen a ticket. */
bool triage_is_only_thanks(const char *text);

/* True when the text asks for a person (typed words of requirements MSG-08, any configured language),
 * also while no AI is active: the desk then raises priority and notifies. extra may be NULL. */
bool triage_asks_human(const char *text, const char *const *extra);

#endif
