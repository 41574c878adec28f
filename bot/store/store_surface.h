/* store_surface.h - rows of chat surfaces: routes, accounts of people, what was said where, inputs
 * that wait for their sender to be known. It decides nothing. */
#ifndef DESKHAND_STORE_STORE_SURFACE_H
#define DESKHAND_STORE_STORE_SURFACE_H

#include "bot/store/store.h"

/* The place for a ticket of this client and team on a surface: its team's, else its client's, else
 * the one for everything. NULL: the surface has none. */
const char *store_route(struct db *db, const char *surface, int64_t client_id, int64_t team_id,
                        struct arena *a);
/* place NULL takes the row away. */
void store_route_save(struct db *db, const char *surface, int64_t client_id, int64_t team_id,
                      const char *place, bool replies);
/* Takes away every route to this place; its cards are lost until it is back. false: nothing was. */
bool store_place_forget(struct db *db, const char *place);
/* Its cards are there again: the newest tickets of them, at most max. */
size_t store_place_back(struct db *db, const char *place, size_t max, int64_t *tickets);
/* What the place's adapter remembers of it: JSON; NULL takes it away. */
void store_place_facts(struct db *db, const char *place, const char *facts);
/* The card of one ticket there is gone. */
void store_remote_forget(struct db *db, int64_t ticket_id, const char *place);

/* technician_id 0 takes the row away. */
void store_person_save(struct db *db, const char *account, int64_t technician_id);
int64_t store_person(struct db *db, const char *account);
/* The account of a technician who may still work, or NULL. */
const char *store_account(struct db *db, const char *surface, int64_t technician_id,
                          struct arena *a);

struct said {
    int64_t ticket_id, event_id, seq;                   /* event_id of a note, or seq of a reply */
    int64_t changed;                                    /* when it was last edited or deleted there */
};
void store_said_add(struct db *db, const char *place, const char *remote_id,
                    const struct said *said);
bool store_said(struct db *db, const char *place, const char *remote_id, struct said *out);
/* It counts: what happened there before `changed` does not any more. */
void store_said_changed(struct db *db, const char *place, const char *remote_id, int64_t changed);
/* An edit (text) or a deletion (NULL) of a message that has not come yet; the newest is kept. */
void store_early(struct db *db, const char *place, const char *remote_id, int64_t changed,
                 const char *text, int64_t now_ms);
/* true: one came; *text is what the message says now, NULL: it is deleted. */
bool store_early_get(struct db *db, const char *place, const char *remote_id, struct arena *a,
                     const char **text);
/* When the ticket got the assignee it has; 0: never. */
int64_t store_assigned_ms(struct db *db, int64_t ticket_id);
/* When the ticket got the status it has, 0: not known; *who: the name of who did it, NULL: the
 * desk. */
int64_t store_status_ms(struct db *db, int64_t ticket_id, struct arena *a, const char **who);
/* The technician who wrote it; 0: no such note, or reply. */
int64_t store_note_author(struct db *db, int64_t ticket_id, int64_t event_id);
int64_t store_reply_author(struct db *db, int64_t ticket_id, int64_t seq);
void store_note_text(struct db *db, int64_t event_id, const char *text);
bool store_note_is_sent(struct db *db, int64_t ticket_id, int64_t event_id);

void store_kept_add(struct db *db, const char *source, const char *source_id, const char *raw,
                    int64_t at_ms);
void store_kept_delete(struct db *db, const char *source, const char *source_id);

int64_t store_ticket_by_thread(struct db *db, const char *place, const char *remote_id);
/* Where cards of this ticket are shown, other than at `but`. At most max. */
size_t store_card_places(struct db *db, int64_t ticket_id, size_t max, struct arena *a,
                         const char **out);
/* A card of this ticket is shown, or waits to be shown, at this place. */
bool store_card_known(struct db *db, int64_t ticket_id, const char *place);
/* This card cannot be changed any more. false: that was known. */
bool store_card_freeze(struct db *db, int64_t ticket_id, const char *place);
bool store_card_frozen(struct db *db, int64_t ticket_id, const char *place);
/* Undelivered effects of a lane after this id, oldest first. */
bool store_lane_next(struct db *db, const char *lane, int64_t after_id, struct arena *a,
                     struct outbox_row *out);
/* The first effect after this id that waits for a person because a channel of the surface is gone. */
bool store_dead_next(struct db *db, const char *surface, int64_t after_id, struct arena *a,
                     struct outbox_row *out);
/* An alert that waits untried in this lane: its id and text, or 0. */
int64_t store_alert_waiting(struct db *db, const char *lane, struct arena *a, const char **data);
void store_effect_data(struct db *db, int64_t id, const char *data);
/* Live tickets that have a card at this place, or none, newest first; of this client and team, 0:
 * of all. */
size_t store_live_tickets(struct db *db, const char *place, bool with_card, int64_t client_id,
                          int64_t team_id, size_t max, int64_t *out);

/* Forgets what is of no use any more: results of inputs and kept inputs after 30 days, sessions and
 * sign-ins that ended. A bounded number at once; true: there may be more. */
bool store_tidy(struct db *db, int64_t now_ms);

#endif
