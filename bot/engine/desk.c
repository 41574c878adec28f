#include "bot/engine/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/buf.h"
#include "bot/base/hash.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "bot/desk/permission.h"
#include "bot/engine/script.h"
#include "bot/store/store_surface.h"

/* What a command needs besides its script. Marks and ticks that change nothing are not audited. */
struct kind {
    script_fn *apply;
    bool quiet;                  /* no audit row when nothing changed or it is only a mark */
};

static const struct kind kinds[COMMANDS] = {
    [COMMAND_SESSION_OPEN] = { apply_session_open, false },
    [COMMAND_SESSION_TOUCH] = { apply_session_touch, true },
    [COMMAND_LOGOUT] = { apply_logout, false },
    [COMMAND_SAY] = { apply_say, false },
    [COMMAND_SEEN] = { apply_seen, true },
    [COMMAND_WHO] = { apply_who, false },
    [COMMAND_ATTRS] = { apply_attrs, false },
    [COMMAND_ASK_HUMAN] = { apply_ask_human, false },
    [COMMAND_NEW_TICKET] = { apply_new_ticket, false },
    [COMMAND_CLAIM] = { apply_claim, false },
    [COMMAND_RELEASE] = { apply_release, false },
    [COMMAND_REPLY] = { apply_reply, false },
    [COMMAND_NOTE] = { apply_note, false },
    [COMMAND_TRANSFER] = { apply_transfer, false },
    [COMMAND_TAKEOVER] = { apply_takeover, false },
    [COMMAND_GIVE_BACK] = { apply_give_back, false },
    [COMMAND_PRIORITY] = { apply_priority, false },
    [COMMAND_CATEGORY] = { apply_category, false },
    [COMMAND_SUBJECT] = { apply_subject, false },
    [COMMAND_TAG] = { apply_tag, false },
    [COMMAND_SNOOZE] = { apply_snooze, false },
    [COMMAND_HOLD] = { apply_hold, false },
    [COMMAND_RESOLVE] = { apply_resolve, false },
    [COMMAND_CLOSE] = { apply_close, false },
    [COMMAND_REOPEN] = { apply_reopen, false },
    [COMMAND_KEEP_OPEN] = { apply_keep_open, false },
    [COMMAND_ESCALATE] = { apply_escalate, false },
    [COMMAND_REVIEW] = { apply_review, false },
    [COMMAND_AI_WRONG] = { apply_ai_wrong, false },
    [COMMAND_SEND_DRAFT] = { apply_send_draft, false },
    [COMMAND_DESK_SEEN] = { apply_desk_seen, true },
    [COMMAND_RETRY_EFFECT] = { apply_retry_effect, false },
    [COMMAND_DROP_EFFECT] = { apply_drop_effect, false },
    [COMMAND_SIGN_IN] = { apply_sign_in, false },
    [COMMAND_SIGN_OUT] = { apply_sign_out, false },
    [COMMAND_AI_DECIDED] = { apply_ai_decided, false },
    [COMMAND_TICK] = { apply_tick, false },
    [COMMAND_DELIVERED] = { apply_delivered, false },
    [COMMAND_NOT_DELIVERED] = { apply_not_delivered, false },
    [COMMAND_CLIENT_SAVE] = { apply_client_save, false },
    [COMMAND_TECHNICIAN_SAVE] = { apply_technician_save, false },
    [COMMAND_TEAM_SAVE] = { apply_team_save, false },
    [COMMAND_SIGN_IN_LINK] = { apply_sign_in_link, false },
    [COMMAND_KB_PUT] = { apply_kb_put, false },
    [COMMAND_KB_REMOVE] = { apply_kb_remove, false },
    [COMMAND_HEARD] = { apply_heard, true },
    [COMMAND_EDIT_SAID] = { apply_edit_said, false },
    [COMMAND_UNSAY] = { apply_unsay, false },
    [COMMAND_SEND_NOTE] = { apply_send_note, false },
    [COMMAND_PERSON] = { apply_person, false },
    [COMMAND_ROUTE] = { apply_route, false },
    [COMMAND_PLACE_LOST] = { apply_place_lost, false },
    [COMMAND_PLACE_FACTS] = { apply_place_facts, true },
    [COMMAND_TELL] = { apply_tell, false },
};

void desk_news_clear(struct desk_news *n)
{
    arena_clear(&n->arena);
    *n = (struct desk_news){ 0 };
}

void desk_init(struct desk *d, struct db *db, const struct config *config,
               const char *const *places, const char *const *surfaces)
{
    *d = (struct desk){ .db = db, .config = config, .places = places,
                        .surfaces = surfaces && *surfaces ? surfaces : NULL, .hours = hours_new() };
    store_audit_head(db, &d->audit);
    d->audit_committed = d->audit;
    d->last_ticket_id = store_last_ticket(db);
}

void desk_clear(struct desk *d)
{
    hours_free(d->hours);
    d->hours = NULL;
}

int desk_begin(struct desk *d, struct desk_news *news)
{
    d->news = news;
    d->audit_committed = d->audit;
    return db_begin(d->db);
}

int desk_commit(struct desk *d, int *error)
{
    *error = db_error(d->db);
    if (!*error && db_commit(d->db))
        *error = db_error(d->db);
    if (!*error)
        return 0;
    db_rollback(d->db);
    d->audit = d->audit_committed;
    d->last_ticket_id = store_last_ticket(d->db);
    d->news->count = d->news->thought_count = 0;
    return -1;
}

/* ---- one command ---- */

/* What was asked for, in one hash: to tell a repeat from a reuse, and for the audit chain. */
static void content_digest(const struct command *c, unsigned char out[HASH_BYTES])
{
    enum { ALWAYS = 8 };         /* chat surfaces came later: without them a digest is as it was */
    const char *const texts[] = { c->cid, c->text, c->name, c->email, c->category, c->type,
                                  c->subtype, c->conv, c->person, c->place, c->thread, c->remote };
    bool from_chat = c->person || c->place || c->thread || c->remote;
    size_t count = from_chat ? sizeof texts / sizeof *texts : ALWAYS;
    const int64_t numbers[] = { c->kind, c->actor_id, c->client_id, c->ticket_id, c->number,
                                c->until_ms, c->target_id, c->team_id, c->outcome, c->flag };
    struct buf buf;
    buf_init(&buf, 1024 * 1024);
    buf_add(&buf, numbers, sizeof numbers);
    for (size_t i = 0; i < count; i++)
        if (texts[i])
            buf_add(&buf, texts[i], strlen(texts[i]) + 1);
        else
            buf_char(&buf, '\1');
    hash_sha256(buf.data, buf.len, out);
    buf_clear(&buf);
}

static bool permitted(struct script *s)
{
    struct technician_view technician = { 0 };
    if (s->c->actor == ACTOR_TECHNICIAN) {
        store_technician(s->db, s->c->actor_id, s->a, &technician);
        if (!technician.id || !technician.active)
            return script_refuse(s, RESULT_FORBIDDEN, "You are not an active technician.");
    }
    if (permission_allows(s->c->actor, technician.role, s->c->kind))
        return true;
    return script_refuse(s, RESULT_FORBIDDEN, "Your role may not do this. Ask a lead or admin.");
}

/* True when the store took all that was written. */
static bool store_took_it(struct script *s)
{
    int error = db_error(s->db);
    if (!error)
        return true;
    if (db_error_is_full(error))
        return script_refuse(s, RESULT_NO_SPACE, "The disk is full; nothing was stored. Try again "
                                                 "later.");
    if (db_error_is_constraint(error)) {
        log_error("rule of the schema broken", "kind=%s ticket=%lld error=\"%s\"",
                  command_word(s->c->kind), (long long)s->o->ticket_id, db_error_text(s->db));
        metric_add(METRIC_STORE_ERRORS, 1);
        return script_refuse(s, RESULT_REFUSED, "The desk could not do this; nothing was changed. "
                                               "Please tell its operator: the log says why.");
    }
    return script_refuse(s, RESULT_FAILED, "The store failed; nothing was stored. Try again later.");
}

static void run_script(struct script *s, script_fn *apply)
{
    struct desk *d = s->d;
    size_t items = d->news->count, thoughts = d->news->thought_count;
    int64_t last_ticket_id = d->last_ticket_id;
    db_savepoint(s->db);
    if (permitted(s)) {
        apply(s);
        script_finish(s);
    }
    if (store_took_it(s) && s->o->result == RESULT_OK) {
        db_savepoint_release(s->db);
        return;
    }
    db_savepoint_undo(s->db);
    d->news->count = items;
    d->news->thought_count = thoughts;
    d->last_ticket_id = last_ticket_id;
}

/* A decision that cannot be stored would be thought again and again, or never: people look. */
static void people_instead(struct desk *d, const struct command *c, enum result result)
{
    struct outcome ignored = { .kind = c->kind };
    struct script s = { .d = d, .db = d->db, .c = c, .o = &ignored, .a = &d->news->arena };
    if (result != RESULT_OK && result != RESULT_STALE && !db_error(d->db))
        run_script(&s, apply_ai_failed);
}

/* An account that stands for nobody did nothing: neither its clicks nor what people say to each
 * other in a channel of theirs belongs into the log. */
static bool is_audited(const struct command *c, const struct outcome *o)
{
    bool nobody = c->person && c->actor == ACTOR_TECHNICIAN && !c->actor_id;
    if (nobody || o->result == RESULT_RATE_LIMITED || o->result == RESULT_REPEATED
            || o->result == RESULT_NO_SPACE || o->result == RESULT_FAILED)
        return false;
    return !kinds[c->kind].quiet;
}

/* The first result of an input that names itself is given again when it comes again. */
static void remember(struct desk *d, const struct command *c, const unsigned char *digest,
                     const struct outcome *o)
{
    if (!c->source_id || o->result == RESULT_RATE_LIMITED || o->result == RESULT_NO_SPACE
            || o->result == RESULT_FAILED)
        return;
    if (o->result == RESULT_UNKNOWN) {
        if (c->raw)
            store_kept_add(d->db, c->source, c->source_id, c->raw, c->at_ms);
        return;
    }
    if (o->result != RESULT_REPEATED)
        store_done_add(d->db, c, digest, o);
    if (c->raw)
        store_kept_delete(d->db, c->source, c->source_id);
}

/* Who acts may come as an account of a chat surface. false: nobody knows it. */
static bool find_actor(struct desk *d, struct command *c, struct outcome *o)
{
    if (!c->person || c->actor != ACTOR_TECHNICIAN || c->actor_id)
        return true;
    if (c->thread && c->place && !store_ticket_by_thread(d->db, c->place, c->thread)) {
        o->result = RESULT_NOT_FOUND;
        return false;            /* people talk elsewhere, too: who they are is their business */
    }
    c->actor_id = store_person(d->db, c->person);
    if (c->actor_id && !c->unchecked)
        return true;
    o->id = c->actor_id;
    c->actor_id = 0;             /* until the platform has vouched for them: nobody */
    o->result = RESULT_UNKNOWN;
    snprintf(o->text, sizeof o->text, "The desk does not know you. Ask an admin to add your mail "
                                      "address: deskhand technician add");
    return false;
}

void desk_apply(struct desk *d, const struct command *given, struct outcome *out)
{
    unsigned char digest[HASH_BYTES];
    struct command known = *given;
    const struct command *c = &known;
    *out = (struct outcome){ .kind = c->kind, .ticket_id = c->ticket_id, .ts_ms = c->at_ms };
    struct script s = { .d = d, .db = d->db, .c = c, .o = out, .a = &d->news->arena };
    if (!store_took_it(&s))
        return;                  /* a command before broke the transaction */
    content_digest(c, digest);
    if (c->source_id && store_done(d->db, c, digest, out))
        return;
    if (find_actor(d, &known, out))
        run_script(&s, kinds[c->kind].apply);
    if (c->kind == COMMAND_AI_DECIDED)
        people_instead(d, c, out->result);
    metric_add(METRIC_COMMANDS, 1);
    if (!result_is_ok(out->result))
        metric_add(METRIC_REFUSED, 1);
    remember(d, c, digest, out);
    if (!is_audited(c, out))
        return;
    store_audit_add(d->db, &d->audit, c, out, digest);
    log_debug("command", "command=%lld kind=%s source=%s actor=%s actor_id=%lld ticket=%lld result=%s",
              (long long)d->audit.id, command_word(c->kind), c->source, actor_kind_code(c->actor),
              (long long)c->actor_id, (long long)out->ticket_id, result_word(out->result));
}
