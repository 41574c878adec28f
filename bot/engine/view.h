/* view.h - read-only pictures of the desk, made for cards, lists, pages and prompts.
 * They are read on a reader thread from a read-only connection; nothing here changes anything.
 * All strings and arrays of a result live in the arena that the caller gave. */
#ifndef DESKHAND_ENGINE_VIEW_H
#define DESKHAND_ENGINE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/desk/permission.h"
#include "bot/desk/ticket.h"

struct reader;                      /* the reader thread's connection, inside a job only */

/* All functions return 0 and fill *out, or -1: the store failed or the deadline passed.
 * "Not there" is 0 with an id of 0 or a count of 0. */

/* ---- what the requester sees: the numbered log of a conversation ---- */

enum entry_kind { ENTRY_MSG, ENTRY_CONV };
enum entry_author { AUTHOR_CONTACT, AUTHOR_TECHNICIAN, AUTHOR_ASSISTANT, AUTHOR_SYSTEM };
const char *entry_author_code(enum entry_author author);   /* "contact" "technician" ... */

struct entry_cite { const char *title, *url; };            /* url may be NULL */

enum { ENTRY_CITES_MAX = 3, ENTRY_CHOICES_MAX = 6 };

struct entry {
    int64_t seq, ts_ms;
    enum entry_kind kind;
    enum entry_author author;       /* ENTRY_MSG */
    const char *name, *text, *cid;  /* name NULL for the contact's own; cid only on those */
    struct entry_cite cites[ENTRY_CITES_MAX];
    size_t cite_count;
    const char *choices[ENTRY_CHOICES_MAX];
    size_t choice_count;
    enum ticket_status status;      /* ENTRY_CONV: the whole visible state after the change */
    enum ticket_handler handler;
    const char *subject, *assignee; /* assignee NULL: nobody */
};

struct conv_head {
    int64_t ticket_id, head, seen, read, unread, ts_ms;
    const char *conv, *subject, *assignee, *last;
    enum ticket_status status;
    enum ticket_handler handler;
};

struct session_view {
    int64_t contact_id, client_id;  /* contact_id 0: the token is unknown, expired or foreign */
    const char *name, *email;
    bool verified, blocked;
    bool stale;                     /* used long ago: submit SESSION_TOUCH */
    struct conv_head *heads;        /* newest activity first, at most 50 */
    size_t head_count;
};

int view_session(struct reader *r, const unsigned char hash[32], int64_t client_id, int64_t now_ms,
                 struct arena *a, struct session_view *out);
/* One conversation of this contact; ticket_id 0 in *out when it is not theirs or not there. */
int view_conversation(struct reader *r, int64_t contact_id, const char *conv,
                      struct arena *a, struct conv_head *out);
/* Entries after a position, rising, at most `limit` and about max_bytes of text (at least one). */
struct entry_page { struct entry *entries; size_t count; bool more; };
int view_page(struct reader *r, int64_t ticket_id, int64_t after_seq, int limit, size_t max_bytes,
              struct arena *a, struct entry_page *out);

/* ---- clients, people ---- */

struct client_view {
    int64_t id;
    const char *key, *name, *hours, *brand, *embed;   /* hours: calendar text; brand: JSON object */
    bool active, messenger, reminders, vip;
    enum triage_mode triage;
};
struct client_list { struct client_view *clients; size_t count; };
int view_clients(struct reader *r, struct arena *a, struct client_list *out);

struct technician_view { int64_t id; const char *name, *email; enum role role; bool active; };
struct technician_list { struct technician_view *technicians; size_t count; };
int view_technicians(struct reader *r, struct arena *a, struct technician_list *out);
struct team_view { int64_t id; const char *name; };
struct team_list { struct team_view *teams; size_t count; };
int view_teams(struct reader *r, struct arena *a, struct team_list *out);
/* Which technician has this account on a chat surface ("slack:T1/U1")? id 0: nobody knows. */
int view_person(struct reader *r, const char *account, struct arena *a,
                struct technician_view *out);
/* The other way round: their account on this surface, NULL if none is known. */
const char *view_account(struct reader *r, const char *surface, int64_t technician_id,
                         struct arena *a);
/* Which channel shows whose tickets. */
struct route_view {
    const char *surface, *place;    /* "slack" "slack:C1" */
    int64_t client_id, team_id;     /* both 0: everything else */
    const char *client, *team;      /* names, NULL if none */
    bool replies;                   /* lines in threads there are replies, not notes */
};
struct route_list { struct route_view *routes; size_t count; };
int view_routes(struct reader *r, struct arena *a, struct route_list *out);
/* Inputs of this surface that were acknowledged before anybody knew their sender; oldest first. */
struct kept_view { const char *source_id, *raw; int64_t at_ms; };
struct kept_list { struct kept_view *kept; size_t count; };
int view_kept(struct reader *r, const char *source, int limit, struct arena *a,
              struct kept_list *out);
/* What the adapter of a surface remembered of its places (PLACE_FACTS). */
struct place_view { const char *place, *facts; };
struct place_list { struct place_view *places; size_t count; };
int view_places(struct reader *r, const char *surface, int limit, struct arena *a,
                struct place_list *out);
/* The ticket whose card in this place has this id; 0: none. And the place and id of a ticket's card
 * on a surface: NULL when none was shown. */
int64_t view_thread(struct reader *r, const char *place, const char *remote_id);
const char *view_card_place(struct reader *r, int64_t ticket_id, const char *surface,
                            struct arena *a, const char **remote_id);
/* Whose inbox session is this? technician id 0: nobody's (any more). */
int view_inbox_session(struct reader *r, const unsigned char hash[32], int64_t now_ms,
                       struct arena *a, struct technician_view *out);
int view_technician_by_email(struct reader *r, const char *email, struct arena *a,
                             struct technician_view *out);

/* ---- the knowledge base ---- */

struct article_view {
    int64_t id, client_id, updated_ms;      /* client_id 0: for all clients */
    const char *path, *title, *lang, *url;  /* url may be NULL */
    int version, passages;
};
struct article_list { struct article_view *articles; size_t count; };
/* Those that are found; client_id -1: of all clients. By client and path. */
int view_articles(struct reader *r, int64_t client_id, struct arena *a, struct article_list *out);

/* ---- tickets, for cards and lists ---- */

enum { VIEW_LINES_MAX = 200, VIEW_TAGS_MAX = 20 };

struct ticket_view {
    int64_t id, version;            /* id is also the number people use: #42 */
    const char *conv;
    int64_t client_id, contact_id;
    const char *client_name, *client_key, *contact_name, *contact_email, *contact_lang;
    bool contact_verified, client_vip;
    const char *source;             /* "messenger", "manual" ... */
    enum ticket_status status;
    enum ticket_handler handler;
    int64_t assignee_id, team_id;   /* 0: nobody, none */
    const char *assignee, *team;
    int priority;
    const char *subject, *category, *type, *subtype;   /* NULL: not set */
    const char *tags[VIEW_TAGS_MAX];
    size_t tag_count;
    bool needs_review, alert;
    int sentiment;
    const char *lang, *intent;
    const char *reason;             /* code of the last handoff, NULL if none */
    const char *summary, *why;      /* of the assistant, NULL if none */
    int64_t created_ms, last_ms, first_response_ms, snoozed_until_ms, waiting_since_ms,
            resolved_ms, closed_ms; /* 0: not yet */
    enum entry_author last_author;
    enum ticket_outcome outcome;
    const char *close_reason;
    int reminders;                  /* sent in this waiting period */
    int64_t reminder_due_ms;        /* 0: none */
    int64_t followup_of;            /* ticket id or 0 */
    int other_open;                 /* other open tickets of the same requester */
    int64_t head, seen, desk_read;  /* positions in the log */
    int64_t draft_id;               /* event id of an assistant's draft that waits, or 0 */
    const char *draft;
    int undelivered;                /* effects that need a person */
    struct entry *lines;            /* the last lines, oldest first */
    size_t line_count;
};
/* line_limit 0..VIEW_LINES_MAX. id 0 in *out: no such ticket. */
int view_ticket(struct reader *r, int64_t ticket_id, int line_limit, struct arena *a,
                struct ticket_view *out);
int64_t view_ticket_id(struct reader *r, const char *conv);    /* 0: none */

struct event_view {                 /* one line of the internal log: notes, changes, decisions */
    int64_t id, ts_ms;
    enum actor_code { EVENT_SYSTEM, EVENT_CONTACT, EVENT_TECHNICIAN, EVENT_ASSISTANT,
                      EVENT_OPERATOR } actor;
    const char *actor_name;         /* NULL for system */
    const char *kind;               /* "note" "status" "handler" "assignee" "priority" "decision" ... */
    const char *from, *to, *text;   /* each may be NULL */
};
struct event_list { struct event_view *events; size_t count; };
int view_events(struct reader *r, int64_t ticket_id, int64_t after_id, int limit, struct arena *a,
                struct event_list *out);

enum list_view { LIST_ALL, LIST_TRIAGE, LIST_MINE, LIST_UNASSIGNED, LIST_REVIEW,
                 LIST_AWAITING_CLOSE, LIST_SNOOZED, LIST_DONE, LIST_VIEWS };
const char *list_view_code(enum list_view view);    /* "all" "triage" "mine" ... */
int list_view_parse(const char *code);

struct list_query {
    enum list_view view;
    int64_t technician_id;          /* for LIST_MINE */
    int64_t client_id;              /* 0: any */
    const char *source;             /* NULL: any */
    int64_t before_ms, before_id;   /* keyset: rows after the one with this sort_ms; 0 = from the top */
    int limit;                      /* 1..100 */
};
struct list_row {
    int64_t id, version, last_ms, assignee_id, snoozed_until_ms;
    int64_t sort_ms;                /* key of the list: time of the last turn, raised by urgency where
                                       the list is of what waits for somebody */
    const char *subject, *client_name, *contact_name, *assignee, *team, *last, *lang, *source;
    enum ticket_status status;
    enum ticket_handler handler;
    enum entry_author last_author;
    int priority, sentiment;
    bool alert, needs_review, unread;    /* unread: the customer wrote after a person last looked */
    const char *reason;
};
struct list_page { struct list_row *rows; size_t count; bool more; };
int view_list(struct reader *r, const struct list_query *q, struct arena *a, struct list_page *out);
/* Live counts of each view for this technician, from kept counters. */
int view_counts(struct reader *r, int64_t technician_id, int64_t counts[LIST_VIEWS]);
/* How many live tickets came from each source; in the order of their names. */
struct source_list { struct source_view { const char *source; int64_t n; } *sources; size_t count; };
int view_sources(struct reader *r, struct arena *a, struct source_list *out);
/* Full text over subjects, messages, names, "#42"; newest first; frequent words dropped; deadline. */
int view_search(struct reader *r, const char *text, int limit, struct arena *a,
                struct list_page *out);
int view_contact_tickets(struct reader *r, int64_t contact_id, int limit, struct arena *a,
                         struct list_page *out);

/* One line of an alert that leaves the desk; several may go out together. Our own words, with names
 * and subjects of people in them: only ever text. */
struct alert_view {
    const char *kind;               /* "sentiment" "panic" "handoff" "decide" "awake" "transfer"
                                       "undelivered" "weekly" ... */
    const char *text;               /* one full sentence */
    int64_t ticket_id;              /* 0: about none */
    const char *list;               /* the tickets behind a number: for view_report; NULL: none */
};

/* The tickets behind a number of a report, by the word its alert carries; newest first. An unknown
 * word gives none. */
int view_report(struct reader *r, const char *word, int limit, struct arena *a,
                struct list_page *out);

enum { REQUESTER_OPEN_MAX = 5 };

/* The requester with this mail address, of whichever client: contact_id 0 when there is none. */
struct requester_view {
    int64_t contact_id;
    const char *client_key, *name;
    int open;                       /* unfinished tickets */
    int64_t newest_id;              /* the newest of these, 0: none */
    const char *newest_subject;
    struct { int64_t id; const char *subject; } some[REQUESTER_OPEN_MAX];   /* newest first */
    size_t some_count;
};
int view_requester(struct reader *r, const char *email, struct arena *a,
                   struct requester_view *out);

struct undelivered_view {
    int64_t effect_id, ticket_id, created_ms;
    const char *kind, *place, *error;
    int attempts;
};
struct undelivered_list { struct undelivered_view *effects; size_t count; };
int view_undelivered(struct reader *r, int limit, struct arena *a, struct undelivered_list *out);
/* How many effects are still to go out by themselves. */
int64_t view_waiting(struct reader *r);

#endif
