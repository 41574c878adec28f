/* book.h - what the adapter remembers of each place and person it can write to: where (serviceUrl,
 * conversation), and whether that works at the moment. Kept in memory, written through commands,
 * and read back at the start, so that the first word after a restart finds its way. It calls
 * nobody. */
#ifndef DESKHAND_TEAMS_BOOK_H
#define DESKHAND_TEAMS_BOOK_H

#include <stdbool.h>

struct engine;
struct text_list;
struct teams_book;

/* Of one place: "teams:<conversation id without ;messageid=>", or "teams:<tenant>/<aadObjectId>",
 * the 1:1 chat of a person. Every member but place may be NULL: not known. */
struct teams_place {
    const char *place;
    const char *service_url;
    const char *tenant;
    const char *conv;               /* of a person: their 1:1 conversation "a:..." */
    const char *team;               /* of a channel: id of its team */
    const char *name;               /* of a channel or team, for people */
    const char *hears;              /* of a channel: not NULL when a line came that did not mention
                                       the bot, so the app may read the team's messages */
    const char *blocked;            /* why nothing can be written there, a sentence of ours */
};

/* Reads what was remembered, before it returns: for the start only. hosts: allowed service hosts,
 * borrowed, as the engine is; a remembered serviceUrl that is not allowed any more is forgotten. */
struct teams_book *teams_book_open(struct engine *engine, const struct text_list *hosts);
void teams_book_free(struct teams_book *book);

/* From an activity that passed all checks: members that are not NULL are learnt (values longer than
 * 1000 bytes are not). Hearing from a place also means that it can be written to again. Written
 * down only when something changed. */
void teams_book_learn(struct teams_book *book, const struct teams_place *what);

/* Nothing can be written there until it is heard from again. */
void teams_book_block(struct teams_book *book, const char *place, const char *why);

/* The conversation of a person is gone: the next alert makes a new one. */
void teams_book_forget_conv(struct teams_book *book, const char *place);

/* The place is gone. */
void teams_book_forget(struct teams_book *book, const char *place);

/* NULL: nothing is known. Valid until the book is told something. */
const struct teams_place *teams_book_find(const struct teams_book *book, const char *place);

/* A serviceUrl that serves this tenant, the one heard last: for places we have not heard from.
 * NULL: none. */
const char *teams_book_service_url(const struct teams_book *book, const char *tenant);

#endif
