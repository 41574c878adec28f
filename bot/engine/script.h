/* script.h - one command being applied: the ticket before and after, and the words a script is
 * written in. What a script changes is saved once, by script_finish. Private to bot/engine. */
#ifndef DESKHAND_ENGINE_SCRIPT_H
#define DESKHAND_ENGINE_SCRIPT_H

#include "bot/engine/desk.h"

enum { SCRIPT_PLACES_MAX = 24 };

struct script_places {
    const char *at[SCRIPT_PLACES_MAX];
    size_t count;
    int64_t team_id;             /* the ticket's, when they were looked up */
    bool known;
};

struct script {
    struct desk *d;
    struct db *db;
    const struct command *c;
    struct outcome *o;
    struct arena *a;             /* lives as long as the batch's news */
    struct client_view client;   /* of the ticket */
    struct contact contact;
    struct ticket before, t;
    bool is_new, touched;
    bool attention;              /* belongs at the head of the lists again */
    bool think;
    int64_t first_event, last_event;     /* of this command, as far as threads tell them */
    struct script_places places;
};

/* Loads the ticket that the command names and checks whose it is. false: the outcome is set. */
bool script_load(struct script *s);
/* The same for a ticket that the command does not name (follow-ups, due rows). */
bool script_load_id(struct script *s, int64_t ticket_id);

/* Outcomes. They return false so that a rule can end a script in one line. */
bool script_refuse(struct script *s, enum result result, const char *text)
    __attribute__((nonnull(1)));

/* Takes a step of the status table, or refuses in words. */
bool script_step(struct script *s, enum ticket_step step);

/* What the requester sees. Splits texts over 8,000 code points. */
struct line {
    enum entry_author author;
    int64_t author_id;
    const char *name, *text, *cid;
    const struct triage_decision *decision;    /* of an assistant's line, else NULL */
};
void script_say(struct script *s, const struct line *line);

/* A line of the internal log by the command's actor. Returns its id. */
int64_t script_event(struct script *s, const char *kind, const char *old, const char *new,
                     const char *text);
/* The name people know the acting person by; NULL for the system. */
const char *script_actor_name(struct script *s);
/* "2026-11-21 06:40 UTC", for refusals; "" when ms is 0. */
const char *script_time(struct script *s, int64_t ms);

/* Effects to the places of the ticket (script_show.c). An entry that the acting technician typed at
 * a place is not shown there again. */
void script_show_entry(struct script *s, bool by_actor);
void script_show_events(struct script *s);
void script_show_cards(struct script *s);
void script_show_card(struct script *s, const char *place);
/* Nobody will try this effect again by themselves: people see it, and why (the command's text). */
void script_dead_letter(struct script *s, const struct outbox_row *row);
void script_alert(struct script *s, const char *kind, const char *text);
/* An alert about no one ticket, or about one that is not loaded: to the places for everything, but
 * not to `but` (may be NULL). script_tell_list: false when the JSON is no list of alerts. */
void script_tell(struct script *s, const char *kind, const char *text, const char *but);
bool script_tell_list(struct script *s, const char *json);

/* The person who holds the ticket now; 0 = nobody. Events and the visible state follow in finish. */
void script_assign(struct script *s, int64_t technician_id);
/* No AI speaks on this ticket any more: people have it. */
void script_to_people(struct script *s);

/* Saves, numbers the visible state change, moves lists and counters, plans what falls due, shows
 * the cards. Does nothing for a ticket that no script step touched. */
void script_finish(struct script *s);

/* News of the batch; strings are copied. */
struct news_item *script_news(struct script *s, enum news_kind kind);

/* A reply in the words of `text` by the acting technician; false: the outcome is set. Remembers
 * where it was typed. */
bool script_reply(struct script *s, const char *text);
/* Remembers which message of a chat surface the command's note (or last line) was. */
void script_said_here(struct script *s, int64_t event_id, int64_t seq);

/* The message of a chat surface that the command brings was deleted there before it came: true, and
 * there is nothing to do. If it was edited, *text becomes what it says now. */
bool script_is_unsaid(struct script *s, const char **text);

/* The scripts, by file. */
typedef void script_fn(struct script *s);
script_fn apply_session_open, apply_session_touch, apply_logout, apply_say, apply_seen, apply_who,
    apply_attrs, apply_ask_human;                                       /* apply_requester.c */
script_fn apply_new_ticket, apply_claim, apply_release, apply_reply, apply_note, apply_transfer,
    apply_takeover, apply_give_back, apply_send_draft, apply_desk_seen; /* apply_work.c */
script_fn apply_priority, apply_category, apply_subject, apply_tag, apply_snooze, apply_hold,
    apply_resolve, apply_close, apply_reopen, apply_keep_open, apply_escalate, apply_review,
    apply_ai_wrong;                                                     /* apply_state.c */
script_fn apply_ai_decided, apply_ai_failed;                            /* apply_ai.c */
script_fn apply_tick;                                                   /* apply_due.c */
script_fn apply_heard, apply_edit_said, apply_unsay, apply_send_note, apply_person, apply_route,
    apply_place_lost, apply_place_facts, apply_tell;                    /* apply_surface.c */
script_fn apply_delivered, apply_not_delivered, apply_retry_effect, apply_drop_effect;
                                                                        /* apply_effect.c */
script_fn apply_client_save, apply_technician_save, apply_team_save, apply_sign_in_link,
    apply_sign_in, apply_sign_out, apply_kb_put, apply_kb_remove;       /* apply_admin.c */

/* Shared by them. */
void script_new_ticket(struct script *s, int64_t contact_id, const char *source, const char *text,
                       int64_t followup_of);
void script_reminder_due(struct script *s);

#endif
