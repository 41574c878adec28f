/* command.h - one thing that happened or was asked for, as plain values; and its outcome.
 * Adapters make commands, the writer applies them. Nothing here does anything. */
#ifndef DESKHAND_DESK_COMMAND_H
#define DESKHAND_DESK_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/agents/triage.h"

/* id, word in the audit log, who may (see permission.c) */
#define COMMAND_TABLE(C)                                                                          \
    /* the requester, through the messenger */                                                    \
    C(SESSION_OPEN, "session.open")   /* new visitor: client_id, hash; at = now */                \
    C(SESSION_TOUCH, "session.touch") /* token used: slide its life (at most daily) */            \
    C(LOGOUT, "session.logout")       /* hash */                                                  \
    C(SAY, "say")                     /* conv NULL = new; cid, text, over_limit_ms, nonce */    \
    C(SEEN, "seen")                   /* ticket_id, number = seq */                               \
    C(WHO, "who")                     /* name, email */                                           \
    C(ATTRS, "attrs")                 /* text = JSON object of the attributes */                  \
    C(ASK_HUMAN, "human")             /* ticket_id */                                             \
    /* a technician, on any surface */                                                            \
    C(NEW_TICKET, "new")              /* client_id, name, email, text (first message), nonce */   \
    C(CLAIM, "claim")                                                                             \
    C(RELEASE, "release")                                                                         \
    C(REPLY, "reply")                 /* text, flag = keep in progress */                         \
    C(NOTE, "note")                   /* text */                                                  \
    C(TRANSFER, "transfer")           /* target_id = technician, or team_id; text = why */        \
    C(TAKEOVER, "takeover")                                                                       \
    C(GIVE_BACK, "give_back")         /* to the assistant */                                      \
    C(PRIORITY, "priority")           /* number = 1..4 */                                         \
    C(CATEGORY, "category")           /* category, type, subtype; NULL = none */                  \
    C(SUBJECT, "subject")             /* text */                                                  \
    C(TAG, "tag")                     /* text = tag, flag = set / unset */                        \
    C(SNOOZE, "snooze")               /* until_ms; 0 = wake now */                                \
    C(HOLD, "hold")                                                                               \
    C(RESOLVE, "resolve")             /* text = recap (a note), may be NULL */                    \
    C(CLOSE, "close")                 /* text = reason, outcome, may be NULL / 0 */               \
    C(REOPEN, "reopen")                                                                           \
    C(KEEP_OPEN, "keep_open")         /* decision after the last reminder */                      \
    C(ESCALATE, "escalate")           /* decision after the last reminder, or at any time */      \
    C(REVIEW, "review")               /* flag = needs human review */                             \
    C(AI_WRONG, "ai_wrong")           /* name = field, text = what was wrong: feedback */         \
    C(SEND_DRAFT, "send_draft")       /* number = id of the draft event; text = edited text */    \
    C(DESK_SEEN, "desk_seen")         /* number = seq read by a person */                         \
    C(RETRY_EFFECT, "retry_effect")   /* number = effect id */                                    \
    C(DROP_EFFECT, "drop_effect")     /* number = effect id: given up by a person */              \
    C(SIGN_IN, "sign_in")             /* hash of link or code -> hash2 of the new session */      \
    C(SIGN_OUT, "sign_out")           /* hash of the session */                                   \
    /* the desk itself */                                                                         \
    C(AI_DECIDED, "ai_decided")       /* ticket_id, number = seq it answers, decision */          \
    C(TICK, "tick")                   /* ticket_id 0: whatever is due at `at_ms` */               \
    C(DELIVERED, "delivered")         /* number = effect id, target_id = the
                                         version that is shown, name = remote id, flag = this
                                         card cannot be changed any more */                        \
    C(NOT_DELIVERED, "not_delivered") /* number = effect id, until_ms = retry at or 0, flag =     \
                                         final, target_id != 0: it may have arrived after all,
                                         category: what stands in the way of everything there,
                                         so that the try does not count ("pace": in this card's
                                         way only); text = error in words */                       \
    /* administration */                                                                          \
    C(CLIENT_SAVE, "client.save")     /* client: fields that are not NULL / -1 are changed */     \
    C(TECHNICIAN_SAVE, "technician.save") /* name, email, category = role, flag = active */       \
    C(TEAM_SAVE, "team.save")         /* name, text = member mail addresses, one a line */        \
    C(SIGN_IN_LINK, "sign_in.link")   /* email, hash, until_ms: a link or code may sign in once */\
    C(KB_PUT, "kb.put")               /* article */                                               \
    C(KB_REMOVE, "kb.remove")         /* client_id or 0, name = path */                           \
    /* chat surfaces; new kinds stand at the end: the audit log holds their numbers */            \
    C(HEARD, "heard")                 /* nothing follows, but it is remembered: source_id */      \
    C(EDIT_SAID, "edit_said")         /* place, remote, thread, text: a note or reply was changed
                                         there; number: when, in the platform's own count, larger
                                         is later, 0 = not known */                               \
    C(UNSAY, "unsay")                 /* the same without text: it was deleted there */           \
    C(SEND_NOTE, "send_note")         /* number = event id of the actor's own note: as a reply */ \
    C(PERSON, "person")               /* person is who has email (name, category = role if they
                                         may join by themselves, else NULL); flag false: nobody */\
    C(ROUTE, "route")                 /* place (or surface + ":" alone: none), client_id, team_id;
                                         flag = lines in threads are replies; number = 1: only if
                                         the surface has no channel for everything yet */         \
    C(PLACE_LOST, "place_lost")       /* place is gone, text = why: use the default one; with
                                         thread only that card is gone: a new one */              \
    C(PLACE_FACTS, "place_facts")     /* place, text = JSON: what its adapter has to remember of it;
                                         NULL: forget */                                          \
    C(TELL, "tell")                   /* category = kind, text = JSON list of alerts: to the default
                                         places; number = remember as the newest of this kind */

#define COMMAND_ENUM(id, word) COMMAND_##id,
enum command_kind { COMMAND_TABLE(COMMAND_ENUM) COMMANDS };
#undef COMMAND_ENUM

const char *command_word(enum command_kind kind);

enum actor_kind { ACTOR_SYSTEM, ACTOR_CONTACT, ACTOR_TECHNICIAN, ACTOR_ASSISTANT, ACTOR_OPERATOR,
                  ACTOR_KINDS };   /* operator: the person at the command line */
const char *actor_kind_code(enum actor_kind kind);

struct client_change {             /* of CLIENT_SAVE; id by key. NULL / -1 = leave as it is */
    const char *key, *name, *hours /* calendar text */, *brand /* JSON */, *embed /* origins */;
    int active, messenger, triage /* enum triage_mode */, reminders, vip;
};

struct kb_passage { const char *heading, *text; };

struct kb_article_change {         /* of KB_PUT */
    const char *path, *title, *lang, *url, *text;
    const struct kb_passage *passages;
    size_t passage_count;
};

enum { NONCE_BYTES = 16, COMMAND_HASH_BYTES = 32 };

struct command {
    enum command_kind kind;
    enum actor_kind actor;
    int64_t actor_id;              /* contact or technician id; 0 for the others */
    int64_t at_ms;                 /* when it happened, by our clock */
    const char *source;            /* "messenger" "inbox" "cli" "triage" "clock" "slack" ... */
    const char *source_id;         /* unique per source, or NULL: the same id twice is one change */
    int64_t client_id;             /* the actor's client (contacts), or what it is about */
    int64_t ticket_id;
    /* from chat surfaces; each may be NULL */
    const char *person;            /* "slack:T1/U1": who acts, in place of actor_id */
    bool unchecked;                /* the platform has not vouched for person lately: UNKNOWN, with
                                      the technician's id, and raw is kept */
    const char *place;             /* "slack:C1": where it was said; not echoed there */
    const char *thread;            /* id of the ticket's card in place: in place of ticket_id */
    const char *remote;            /* id of the message itself */
    const char *raw;               /* the whole input, kept while nobody knows the person */
    const char *conv;              /* instead of ticket_id: a conversation of the acting contact */
    int64_t if_version;            /* > 0: only if the ticket still has this version */
    const char *cid, *text, *name, *email, *lang;
    const char *category, *type, *subtype;
    int64_t number, until_ms, target_id, team_id;
    int64_t over_limit_ms;         /* SAY: > 0 = refuse as rate_limited (retry after so long) unless
                                      it repeats an earlier message */
    int outcome;                   /* enum ticket_outcome */
    bool flag;
    unsigned char hash[COMMAND_HASH_BYTES], hash2[COMMAND_HASH_BYTES];   /* tokens, hashed */
    unsigned char nonce[NONCE_BYTES];  /* fresh random bytes: public ids are made of them */
    const struct client_change *client;
    const struct kb_article_change *article;
    const struct triage_decision *decision;
    /* where the outcome goes; the desk does not look at these */
    int adapter;                   /* index in the adapter table, -1: nobody waits */
    uint64_t tag;
};

/* Why a command changed nothing, or OK. */
#define OUTCOME_TABLE(O)                                                                          \
    O(OK, "ok")                                                                                   \
    O(REPEATED, "repeated")         /* seen before: the first result is given again */            \
    O(CONFLICT, "conflict")         /* cid or source id used with other content */                \
    O(NOT_FOUND, "not_found")       /* no such thing, or not yours */                             \
    O(FORBIDDEN, "forbidden")       /* your role may not */                                       \
    O(REFUSED, "refused")           /* the state does not allow it; text says why, to a person */ \
    O(TAKEN, "taken")               /* somebody else has it; name says who */                     \
    O(STALE, "stale")               /* the ticket changed meanwhile */                            \
    O(RATE_LIMITED, "rate_limited") /* retry_ms */                                                \
    O(BAD, "bad")                   /* a value is outside its limits; text says which */          \
    O(BUSY, "busy")                 /* queue full: not looked at, try again */                    \
    O(NO_SPACE, "no_space")         /* disk full: not stored, try again later */                  \
    O(FAILED, "failed")             /* the store failed: not stored */                           \
    O(UNKNOWN, "unknown")           /* nobody knows the person; raw is kept: PERSON, then again */

#define OUTCOME_ENUM(id, word) RESULT_##id,
enum result { OUTCOME_TABLE(OUTCOME_ENUM) RESULTS };
#undef OUTCOME_ENUM

const char *result_word(enum result result);
static inline bool result_is_ok(enum result r) { return r == RESULT_OK || r == RESULT_REPEATED; }

struct outcome {
    enum command_kind kind;
    enum result result;
    int64_t ticket_id, version;
    int64_t seq, ts_ms;            /* of the entry that was written */
    int64_t id;                    /* of what was made: contact, technician, event, article */
    int64_t retry_ms;
    char conv[41];
    char name[128];                /* TAKEN: who has it */
    char text[200];                /* for a person: what to do now */
};

#endif
