/* store.h - rows in and out, for the engine. The only place, with its store_*.c, that knows SQL.
 * It decides nothing: rules live in bot/desk and bot/agents, the script in bot/engine/apply*.c.
 * Writes keep their error in the connection (db.h): the script checks once, at its end. */
#ifndef DESKHAND_STORE_STORE_H
#define DESKHAND_STORE_STORE_H

#include "bot/desk/command.h"
#include "bot/engine/engine.h"
#include "bot/engine/view.h"
#include "bot/store/db.h"

/* ---- tickets ---- */

struct ticket {
    int64_t id, client_id, contact_id, assignee_id, team_id, version, head, seen, desk_read;
    const char *conv, *source, *subject, *category, *type, *subtype, *last_text, *lang, *intent,
               *summary, *why, *close_reason;
    enum ticket_status status;
    enum ticket_handler handler;
    enum entry_author last_author;
    enum ticket_outcome outcome;
    enum handoff_reason reason;
    int priority, sentiment, clarifies, answers, ai_lines, reminders, messages, lists;
    bool needs_review, alert;
    int64_t last_ms, snoozed_until_ms, ai_since_seq, draft_id, last_reminder_ms, waiting_since_ms,
            created_ms, first_response_ms, resolved_ms, closed_ms, followup_of, sort_ms;
};

/* id 0: no such ticket. Strings in the arena. */
void store_ticket(struct db *db, int64_t id, struct arena *a, struct ticket *out);
int64_t store_ticket_by_conv(struct db *db, const char *conv, int64_t contact_id);
int64_t store_last_ticket(struct db *db);        /* the highest id so far */
void store_ticket_insert(struct db *db, const struct ticket *t);
/* Writes what differs: the few columns of an ordinary message, or all of them. */
void store_ticket_update(struct db *db, const struct ticket *before, const struct ticket *t);
void store_list_count(struct db *db, int list, int64_t technician_id, int delta);
void store_source_count(struct db *db, const char *source, int delta);
int store_open_tickets(struct db *db, int64_t contact_id, int64_t except_id);
void store_tag(struct db *db, int64_t ticket_id, const char *tag, bool set);
int store_tag_count(struct db *db, int64_t ticket_id);

/* ---- the two logs ---- */

struct entry_row {
    int64_t ticket_id, author_id;
    enum triage_action act;
    const struct triage_citation *cites;
    const char *choices;             /* JSON array or NULL */
    struct entry entry;
};
void store_entry(struct db *db, const struct entry_row *e);
/* Was this message id used by this contact? Then its ticket, seq, time and text. */
bool store_sent(struct db *db, int64_t contact_id, const char *cid, struct arena *a,
                int64_t *ticket_id, int64_t *seq, int64_t *ts_ms, const char **text);
void store_sent_add(struct db *db, int64_t contact_id, const char *cid, int64_t ticket_id,
                    int64_t seq);

struct event {
    int64_t ticket_id, ts_ms, actor_id;
    enum actor_kind actor;
    const char *actor_name, *kind, *old, *new, *text;
};
int64_t store_event(struct db *db, const struct event *e);
/* Text of an event of this ticket, NULL if it is not there or of another kind. */
const char *store_event_text(struct db *db, int64_t ticket_id, int64_t event_id, const char *kind,
                             struct arena *a);
/* The conversation as the triage agent reads it; also used for prompts. Oldest first. */
size_t store_lines(struct db *db, int64_t ticket_id, int64_t after_seq, size_t max, struct arena *a,
                   struct triage_line **out);

/* ---- clients and people ---- */

struct contact { int64_t id, client_id; const char *name, *email, *lang; bool blocked, verified; };
void store_contact(struct db *db, int64_t id, struct arena *a, struct contact *out);
int64_t store_contact_by_email(struct db *db, int64_t client_id, const char *email);
int64_t store_contact_insert(struct db *db, int64_t client_id, const char *name, const char *email,
                             const char *lang, int64_t now_ms);
void store_contact_name(struct db *db, int64_t id, const char *name, const char *email);
/* false: all attributes together would be longer, or there is no such contact. */
bool store_contact_attrs(struct db *db, int64_t id, const char *attrs, int max_length);
void store_token_insert(struct db *db, const unsigned char hash[32], int64_t contact_id,
                        int64_t client_id, int64_t now_ms, int64_t expires_ms);
void store_token_touch(struct db *db, const unsigned char hash[32], int64_t now_ms,
                       int64_t expires_ms);
bool store_token_delete(struct db *db, const unsigned char hash[32], int64_t contact_id);

void store_client(struct db *db, int64_t id, struct arena *a, struct client_view *out);
int64_t store_client_by_key(struct db *db, const char *key);
/* Inserts or changes; returns its id. */
int64_t store_client_save(struct db *db, const struct client_change *c, int64_t now_ms);

void store_technician(struct db *db, int64_t id, struct arena *a, struct technician_view *out);
int64_t store_technician_by_email(struct db *db, const char *email);
int64_t store_technician_save(struct db *db, const char *email, const char *name, int role,
                              bool active, int64_t now_ms);
int64_t store_team_save(struct db *db, const char *name);
void store_team_member(struct db *db, int64_t team_id, int64_t technician_id);
const char *store_team_name(struct db *db, int64_t id, struct arena *a);
void store_signin_insert(struct db *db, const unsigned char hash[32], int64_t technician_id,
                         bool session, int64_t expires_ms);
/* Takes the row away; returns its technician, 0 if there was none (or it was too old). */
int64_t store_signin_take(struct db *db, const unsigned char hash[32], bool session, int64_t now_ms);

/* ---- effects and what falls due ---- */

enum outbox_state { OUTBOX_READY, OUTBOX_SENDING, OUTBOX_UNCLEAR, OUTBOX_DEAD, OUTBOX_HELD };

struct outbox_row {
    int64_t id, ticket_id, version, due_ms, created_ms;
    enum effect_kind kind;
    enum outbox_state state;
    int attempts;
    bool unclear;                    /* an earlier try may have arrived; kept until it is delivered */
    bool paced;                      /* a card that waits because it was updated a moment ago */
    const char *place, *lane, *data;
};
/* Cards and thoughts replace an undelivered one of the same ticket and place. Returns the row's id. */
int64_t store_effect(struct db *db, const struct outbox_row *e, int64_t now_ms);
/* What goes now, one of each lane: its oldest effect that is due. One in flight (SENDING) is due
 * when its time for an answer is over, and stops what is behind it; so does one that waits, unless
 * it is paced or the lane's only unclear one: then what is behind it goes first. So when the one
 * that was passed is due, there may be two in flight. *next_ms is when to look again (INT64_MAX: not
 * before something changes). */
size_t store_effects_due(struct db *db, int64_t now_ms, size_t max, struct arena *a,
                         struct outbox_row *out, int64_t *next_ms);
/* An undelivered card of this ticket waits for this place. */
bool store_card_waits(struct db *db, int64_t ticket_id, const char *place);
bool store_effect_load(struct db *db, int64_t id, struct arena *a, struct outbox_row *out);
void store_effect_state(struct db *db, int64_t id, enum outbox_state state, int attempts,
                        int64_t due_ms, const char *error);
/* It was not tried: the card was updated a moment ago and waits until then. */
void store_effect_paced(struct db *db, int64_t id, int64_t due_ms);
/* It was delivered, but is wanted once more: as if it were new. */
void store_effect_anew(struct db *db, int64_t id, int64_t due_ms);
void store_effect_delete(struct db *db, int64_t id);
void store_effects_recover(struct db *db);       /* sending -> unclear, at start-up */
int64_t store_effects_dead(struct db *db);
void store_remote(struct db *db, int64_t ticket_id, const char *place, const char *remote_id,
                  int64_t version);
const char *store_remote_id(struct db *db, int64_t ticket_id, const char *place, struct arena *a);
/* Tickets with an open thought, for start-up; and the id of a ticket's open thought, 0 = none. */
size_t store_thoughts(struct db *db, int64_t after_ticket, size_t max, int64_t *tickets);
int64_t store_thought(struct db *db, int64_t ticket_id);

enum due_kind { DUE_REMINDER, DUE_WAKE, DUE_CLOSE, DUE_KINDS };
void store_due(struct db *db, int64_t ticket_id, enum due_kind kind, int64_t at_ms);  /* 0 = none */
struct due_row { int64_t ticket_id, at_ms; enum due_kind kind; };
size_t store_due_list(struct db *db, int64_t now_ms, size_t max, struct due_row *out);
int64_t store_due_next_ms(struct db *db);
int64_t store_due_at(struct db *db, int64_t ticket_id, enum due_kind kind);     /* 0: not planned */

/* ---- inputs seen before, audit, bookkeeping ---- */

bool store_done(struct db *db, const struct command *c, const unsigned char digest[32],
                struct outcome *out);
void store_done_add(struct db *db, const struct command *c, const unsigned char digest[32],
                    const struct outcome *o);

struct audit_head { int64_t id; unsigned char hash[32]; };
void store_audit_head(struct db *db, struct audit_head *out);
void store_audit_add(struct db *db, struct audit_head *head, const struct command *c,
                     const struct outcome *o, const unsigned char digest[32]);
/* Walks the chain. 0 and the number of rows, or the id of the first bad row in *bad_id. */
int store_audit_verify(struct db *db, int64_t *rows, int64_t *bad_id);

const char *store_meta(struct db *db, const char *key, struct arena *a);
void store_meta_set(struct db *db, const char *key, const char *value);

/* For backups. */
void store_effects_hold(struct db *db);
bool store_is_whole(struct db *db);              /* SQLite's integrity and foreign key checks */
int store_vacuum_into(struct db *db, const char *file);

/* Finished tickets of this client with a category whose words are near; at most max. */
size_t store_solved_near(struct db *db, int64_t client_id, const char *text, size_t max,
                         struct arena *a, struct triage_solved *out);

/* Puts up to `max` rows of new text into the full-text index; how many audit rows were looked at. */
int store_index_some(struct db *db, int max);

#endif
