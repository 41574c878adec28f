/* engine_rig.h - a threaded engine in a temporary folder; the test is its loop thread. Outcomes, news
 * and deliveries are recorded; each place can be told how to answer. For unit tests of the engine. */
#ifndef DESKHAND_TESTS_ENGINE_RIG_H
#define DESKHAND_TESTS_ENGINE_RIG_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bot/base/buf.h"
#include "bot/base/log.h"
#include "bot/engine/engine.h"

enum { RIG_TOLD = 4096, RIG_SHOWN = 4096, RIG_ALERTS = 16, RIG_ALERT_BYTES = 240,
       RIG_WAIT_S = 20 };

enum rig_answer { RIG_DELIVERS, RIG_FAILS, RIG_REFUSES, RIG_SILENT };

struct rig_post { struct rig_post *next; void (*fn)(void *); void *arg; };

struct rig_told { uint64_t tag; struct outcome outcome; size_t news_before; };

struct rig_shown { int64_t id, ticket_id, version; enum effect_kind kind; int place, attempts;
                   bool unclear; };

struct rig {
    char dir[64];
    struct config config;
    struct engine *e;
    pthread_mutex_t lock;
    pthread_cond_t posted;
    struct rig_post *first, **last;
    uint64_t tag;
    struct rig_told told[RIG_TOLD];
    size_t told_count;
    size_t news_count;
    int64_t assistant_lines, customer_lines, last_seq;
    struct rig_shown shown[RIG_SHOWN];
    size_t shown_count;
    enum rig_answer answers[4];          /* by place */
    const char *const *surfaces;         /* set before rig_start; NULL: none */
    char alerts[RIG_ALERTS][RIG_ALERT_BYTES];    /* the first line of each alert */
    size_t alert_count;
    unsigned char nonce;
    int64_t nonces;
    int64_t client_id, contact_id, technician_id;
};

static const char *const rig_places[] = { "null:a", "null:b", NULL };
static const char *const rig_no_places[] = { NULL };

static inline void rig_post_hook(void *ctx, void (*fn)(void *), void *arg)
{
    struct rig *r = ctx;
    struct rig_post *p = malloc(sizeof *p);
    if (!p)
        abort();
    *p = (struct rig_post){ NULL, fn, arg };
    pthread_mutex_lock(&r->lock);
    *r->last = p;
    r->last = &p->next;
    pthread_cond_signal(&r->posted);
    pthread_mutex_unlock(&r->lock);
}

/* Runs one thing that was posted; false: nothing came for so long. */
static inline bool rig_turn(struct rig *r, int wait_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += wait_ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_mutex_lock(&r->lock);
    while (!r->first && !pthread_cond_timedwait(&r->posted, &r->lock, &until))
        ;
    struct rig_post *p = r->first;
    if (p) {
        r->first = p->next;
        if (!r->first)
            r->last = &r->first;
    }
    pthread_mutex_unlock(&r->lock);
    if (!p)
        return false;
    p->fn(p->arg);
    free(p);
    return true;
}

/* Turns until the condition holds; it fails the test after 20 seconds. */
#define RIG_UNTIL(r, condition)                                                                   \
    do {                                                                                          \
        time_t rig_start = time(NULL);                                                            \
        while (!(condition)) {                                                                    \
            rig_turn((r), 50);                                                                    \
            if (time(NULL) - rig_start > RIG_WAIT_S)                                              \
                fail_msg("never came true: %s", #condition);                                      \
        }                                                                                         \
    } while (0)

static inline void rig_outcome_hook(void *ctx, int adapter, uint64_t tag, const struct outcome *o)
{
    struct rig *r = ctx;
    (void)adapter;
    if (r->told_count == RIG_TOLD)
        abort();
    r->told[r->told_count++] = (struct rig_told){ tag, *o, r->news_count };
}

static inline void rig_news_hook(void *ctx, const struct news *news)
{
    struct rig *r = ctx;
    for (size_t i = 0; i < news->count; i++) {
        r->news_count++;
        if (news->items[i].kind != NEWS_ENTRY || news->items[i].entry.kind != ENTRY_MSG)
            continue;
        r->last_seq = news->items[i].entry.seq;
        r->assistant_lines += news->items[i].entry.author == AUTHOR_ASSISTANT;
        r->customer_lines += news->items[i].entry.author == AUTHOR_CONTACT;
    }
}

static inline void rig_answer(struct rig *r, const struct rig_shown *s, enum rig_answer answer)
{
    struct command c = { .kind = answer == RIG_DELIVERS ? COMMAND_DELIVERED
                                                        : COMMAND_NOT_DELIVERED,
        .source = "null", .number = s->id, .target_id = s->version, .name = "card",
        .flag = answer == RIG_REFUSES, .text = "the null surface says no", .adapter = -1 };
    if (answer != RIG_SILENT)
        engine_submit(r->e, &c); /* refused only when the engine closes: unclear after the next start */
}

static inline void rig_deliver_hook(void *ctx, const struct effect *e, const struct ticket_view *v)
{
    struct rig *r = ctx;
    if (r->shown_count == RIG_SHOWN)
        abort();
    struct rig_shown *s = &r->shown[r->shown_count++];
    *s = (struct rig_shown){ .id = e->id, .ticket_id = e->ticket_id, .kind = e->kind,
        .version = v->version, .place = e->place[strlen(e->place) - 1] - 'a',
        .attempts = e->attempts, .unclear = e->unclear };
    if (e->alert_count && r->alert_count < RIG_ALERTS)
        snprintf(r->alerts[r->alert_count++], RIG_ALERT_BYTES, "%s", e->alerts[0].text);
    rig_answer(r, s, r->answers[s->place]);
}

static inline struct engine *rig_try(struct rig *r, const char *const *places, char **error)
{
    return engine_open(&(struct engine_options){ .data_dir = r->dir, .config = &r->config,
        .places = places, .surfaces = r->surfaces, .hooks = { r, rig_post_hook, rig_outcome_hook,
                                                              rig_news_hook, rig_deliver_hook } },
        error);
}

static inline void rig_start(struct rig *r, const char *const *places)
{
    char *error = NULL;
    r->e = rig_try(r, places, &error);
    if (!r->e) {
        fprintf(stderr, "rig: %s\n", error ? error : "?");
        abort();
    }
}

static inline void rig_stop(struct rig *r)
{
    engine_stop(r->e);
    while (rig_turn(r, 0))
        ;
    engine_free(r->e);
    r->e = NULL;
}

/* Submits and waits for the outcome. */
static inline struct outcome rig_do(struct rig *r, const struct command *command)
{
    struct command c = *command;
    c.tag = ++r->tag;
    c.source = c.source ? c.source : "test";
    ++r->nonces;
    memcpy(c.nonce, &r->nonces, sizeof r->nonces);
    if (!engine_submit(r->e, &c))
        abort();
    for (int i = 0; i < RIG_WAIT_S * 20; i++) {
        for (size_t n = r->told_count; n--;)
            if (r->told[n].tag == c.tag)
                return r->told[n].outcome;
        rig_turn(r, 50);
    }
    fprintf(stderr, "rig: no outcome\n");
    abort();
}

static inline struct outcome rig_say(struct rig *r, const char *conv, const char *cid,
                                     const char *text)
{
    return rig_do(r, &(struct command){ .kind = COMMAND_SAY, .actor = ACTOR_CONTACT,
        .actor_id = r->contact_id, .conv = conv, .cid = cid, .text = text });
}

static inline struct outcome rig_technician(struct rig *r, enum command_kind kind, int64_t ticket,
                                            const char *text)
{
    return rig_do(r, &(struct command){ .kind = kind, .actor = ACTOR_TECHNICIAN,
        .actor_id = r->technician_id, .ticket_id = ticket, .text = text });
}

static inline int64_t rig_client(struct rig *r, const char *key, enum triage_mode triage)
{
    struct client_change change = { .key = key, .name = key, .hours = "always", .active = 1,
        .messenger = 1, .triage = (int)triage, .reminders = 1, .vip = -1 };
    return rig_do(r, &(struct command){ .kind = COMMAND_CLIENT_SAVE, .actor = ACTOR_OPERATOR,
                                        .client = &change }).id;
}

static inline int64_t rig_contact(struct rig *r, int64_t client_id)
{
    struct command c = { .kind = COMMAND_SESSION_OPEN, .actor = ACTOR_CONTACT,
                         .client_id = client_id };
    int64_t unique = r->nonces + 1;
    memcpy(c.hash, &unique, sizeof unique);
    return rig_do(r, &c).id;
}

static inline int64_t rig_person(struct rig *r, const char *email, const char *role)
{
    return rig_do(r, &(struct command){ .kind = COMMAND_TECHNICIAN_SAVE, .actor = ACTOR_OPERATOR,
        .email = email, .name = email, .category = role, .flag = true }).id;
}

/* A rig for a folder, a new one when dir is NULL; its engine is not started. settings may be "". */
static inline struct rig *rig_new(const char *settings, const char *dir)
{
    struct rig *r = calloc(1, sizeof *r);
    struct buf errors;
    if (!r)
        abort();
    r->last = &r->first;
    r->nonces = dir ? 1000000 : 0;
    r->contact_id = r->technician_id = r->client_id = 1;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->posted, NULL);
    log_set_level(LOG_ERROR);
    strcpy(r->dir, dir ? dir : "/tmp/deskhand-rig-XXXXXX");
    buf_init(&errors, 65536);
    if ((!dir && !mkdtemp(r->dir)) || config_load_text(&r->config, "rig", settings, strlen(settings), NULL,
                                             &errors)) {
        fprintf(stderr, "rig: %s\n", errors.data);
        abort();
    }
    buf_clear(&errors);
    if (!strstr(settings, "weekly"))
        r->config.weekly.enabled = false;        /* no test may end otherwise on a Monday */
    return r;
}

/* A fresh desk with one client (triage off), one contact and one admin. */
static inline struct rig *rig_open(const char *settings, const char *const *places)
{
    struct rig *r = rig_new(settings, NULL);
    rig_start(r, places);
    r->client_id = rig_client(r, "acme", TRIAGE_OFF);
    r->contact_id = rig_contact(r, r->client_id);
    r->technician_id = rig_person(r, "sara@desk.example", "admin");
    return r;
}

static inline void rig_close(struct rig *r)
{
    static const char *const files[] = { "desk.db", "desk.db-wal", "desk.db-shm", "desk.lock",
                                         "ballast", "copy.db" };
    char path[128];
    if (r->e)
        rig_stop(r);
    config_free(&r->config);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", r->dir, files[i]);
        unlink(path);
    }
    rmdir(r->dir);
    pthread_cond_destroy(&r->posted);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

/* A connection of the test's own: to look, to hold the write lock, to tamper. */
static inline sqlite3 *rig_sql(const struct rig *r)
{
    sqlite3 *db = NULL;
    char path[128];
    snprintf(path, sizeof path, "%s/desk.db", r->dir);
    if (sqlite3_open(path, &db) || sqlite3_busy_timeout(db, 5000))
        abort();
    return db;
}

static inline int64_t rig_int(const struct rig *r, const char *sql)
{
    sqlite3 *db = rig_sql(r);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL)) {
        fprintf(stderr, "rig: %s: %s\n", sql, sqlite3_errmsg(db));
        abort();
    }
    int64_t value = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    sqlite3_finalize(s);
    sqlite3_close(db);
    return value;
}

static inline void rig_exec(const struct rig *r, const char *sql)
{
    sqlite3 *db = rig_sql(r);
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error)) {
        fprintf(stderr, "rig: %s: %s\n", sql, error);
        abort();
    }
    sqlite3_close(db);
}

#endif
