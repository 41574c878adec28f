/* The desk without sockets: messages, replies, claims and card deliveries by the engine's door. The
 * child acknowledges what the engine's outcome says, so a row in the pipe is a promise made. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/hash.h"
#include "bot/base/log.h"
#include "bot/engine/engine.h"
#include "tests/crash/powercut_disk.h"
#include "tests/crash/powercut_engine.h"
#include "tests/crash/workload.h"

enum { CONTACTS = 6, TICKETS_MAX = 64, IN_FLIGHT = 12, WORK = 400, WORK_MAX = WORK * LONG_RUN,
       SETTLE_TRIES = 200, SETTLE_WAIT_US = 50000, FULL_US = 400000,
       ADAPTER = 0 };
enum { TAG_SETUP = 1, TAG_QUIET = 2, TAG_FIRST_KEY = 1000 };

struct post {
    struct post *next;
    void (*fn)(void *);
    void *arg;
};

struct talk {
    int64_t ticket_id, contact;
    char conv[41];
};

struct child {
    const struct run *run;
    struct engine *engine;
    struct config config;
    pthread_mutex_t lock;
    pthread_cond_t posted;
    struct post *first, *last;
    uint64_t random;
    int64_t client_id, technician_id, contacts[CONTACTS];
    struct talk talks[TICKETS_MAX];
    size_t talk_count;
    int64_t next_key, in_flight, done, acked;
    struct outcome setup;               /* of the last set-up command */
    bool setup_done;
    int64_t kinds[WORK_MAX + SETTLE_TRIES];     /* by key - first_key */
    int64_t speakers[WORK_MAX + SETTLE_TRIES];
};

/* ---- the loop thread: what the engine posts runs here ---- */

static void post(void *ctx, void (*fn)(void *), void *arg)
{
    struct child *c = ctx;
    struct post *p = malloc(sizeof *p);
    if (!p)
        abort();
    *p = (struct post){ .fn = fn, .arg = arg };
    pthread_mutex_lock(&c->lock);
    if (c->last)
        c->last->next = p;
    else
        c->first = p;
    c->last = p;
    pthread_cond_signal(&c->posted);
    pthread_mutex_unlock(&c->lock);
}

static void turn(struct child *c)
{
    pthread_mutex_lock(&c->lock);
    while (!c->first)
        pthread_cond_wait(&c->posted, &c->lock);
    struct post *p = c->first;
    c->first = p->next;
    if (!c->first)
        c->last = NULL;
    pthread_mutex_unlock(&c->lock);
    p->fn(p->arg);
    free(p);
}

static int64_t pick(struct child *c, int64_t n)
{
    return (int64_t)(disk_random(&c->random) % (uint64_t)n);
}

static void submit(struct child *c, struct command *command, uint64_t tag)
{
    command->adapter = ADAPTER;
    command->tag = tag;
    if (!engine_submit(c->engine, command))
        exit(fprintf(stderr, "powercut: the engine took no command\n") ? 1 : 1);
}

/* ---- outcomes ---- */

static void learn_ticket(struct child *c, const struct outcome *o, int64_t contact)
{
    for (size_t i = 0; i < c->talk_count; i++)
        if (c->talks[i].ticket_id == o->ticket_id)
            return;
    if (c->talk_count == TICKETS_MAX)
        return;
    struct talk *t = &c->talks[c->talk_count++];
    *t = (struct talk){ .ticket_id = o->ticket_id, .contact = contact };
    snprintf(t->conv, sizeof t->conv, "%s", o->conv);
}

static void outcome(void *ctx, int adapter, uint64_t tag, const struct outcome *o)
{
    struct child *c = ctx;
    (void)adapter;
    if (tag == TAG_SETUP) {
        c->setup = *o;
        c->setup_done = true;
    }
    if (tag < TAG_FIRST_KEY)
        return;
    int64_t key = (int64_t)tag - TAG_FIRST_KEY, index = key - c->run->first_key;
    c->in_flight--;
    c->done++;
    if (o->result != RESULT_OK)
        return;
    struct acked row = { key, c->kinds[index], o->ticket_id,
                         c->kinds[index] == KIND_OTHER ? 0 : o->seq };
    if (row.kind == KIND_SAY)
        learn_ticket(c, o, c->speakers[index]);
    workload_ack(c->run, &row);
    c->acked++;
}

static void news(void *ctx, const struct news *n)
{
    (void)ctx, (void)n;
}

/* The null surface: every card arrives. */
static void deliver(void *ctx, const struct effect *e, const struct ticket_view *view)
{
    struct command command = { .kind = COMMAND_DELIVERED, .actor = ACTOR_SYSTEM, .number = e->id,
                               .target_id = view ? view->version : e->version, .name = "card",
                               .source = "null" };
    submit(ctx, &command, TAG_QUIET);
}

/* ---- work ---- */

static void say(struct child *c, int64_t key, int64_t index)
{
    char cid[40], text[200];
    const struct talk *t = c->talk_count ? &c->talks[pick(c, (int64_t)c->talk_count)] : NULL;
    if (c->talk_count < 8 || pick(c, 10) == 0)
        t = NULL;
    int64_t contact = t ? t->contact : c->contacts[pick(c, CONTACTS)];
    snprintf(cid, sizeof cid, "key-%lld", (long long)key);
    snprintf(text, sizeof text, "say %lld: the printer on floor %lld prints nothing",
             (long long)key, (long long)pick(c, 20));
    struct command command = { .kind = COMMAND_SAY, .actor = ACTOR_CONTACT, .actor_id = contact,
        .client_id = c->client_id, .source = "messenger", .cid = cid, .text = text,
        .conv = t ? t->conv : NULL };
    for (size_t i = 0; i < NONCE_BYTES; i++)
        command.nonce[i] = (unsigned char)disk_random(&c->random);
    memcpy(command.nonce, &key, sizeof key);
    c->kinds[index] = KIND_SAY;
    c->speakers[index] = contact;
    submit(c, &command, (uint64_t)(TAG_FIRST_KEY + key));
}

static void work_as_technician(struct child *c, int64_t key, int64_t index)
{
    static const enum command_kind kinds[] = { COMMAND_REPLY, COMMAND_REPLY, COMMAND_REPLY,
                                               COMMAND_CLAIM, COMMAND_NOTE, COMMAND_PRIORITY,
                                               COMMAND_TAKEOVER, COMMAND_RESOLVE };
    char id[40], text[100];
    const struct talk *t = &c->talks[pick(c, (int64_t)c->talk_count)];
    enum command_kind kind = kinds[pick(c, (int64_t)(sizeof kinds / sizeof *kinds))];
    snprintf(id, sizeof id, "key-%lld", (long long)key);
    snprintf(text, sizeof text, "reply %lld", (long long)key);
    struct command command = { .kind = kind, .actor = ACTOR_TECHNICIAN,
        .actor_id = c->technician_id, .ticket_id = t->ticket_id, .source = "test",
        .source_id = id, .text = text, .number = 1 + pick(c, 4) };
    c->kinds[index] = kind == COMMAND_REPLY ? KIND_REPLY : KIND_OTHER;
    submit(c, &command, (uint64_t)(TAG_FIRST_KEY + key));
}

static void one_step(struct child *c)
{
    int64_t key = c->next_key++, index = key - c->run->first_key;
    c->in_flight++;
    if (c->talk_count && pick(c, 10) < 4)
        work_as_technician(c, key, index);
    else
        say(c, key, index);
}

/* ---- set-up: the first life makes the people, later ones find them ---- */

static int64_t set_up(struct child *c, struct command *command)
{
    c->setup_done = false;
    command->source = "test";
    submit(c, command, TAG_SETUP);
    while (!c->setup_done)
        turn(c);
    return c->setup.id;
}

static void contact_hash(int64_t i, unsigned char out[HASH_BYTES])
{
    hash_sha256(&i, sizeof i, out);
}

struct known { struct child *c; int64_t ids[CONTACTS]; };

static void read_people(struct reader *r, void *arg)
{
    struct known *k = arg;
    struct arena a = { 0 };
    for (int64_t i = 0; i < CONTACTS; i++) {
        unsigned char hash[HASH_BYTES];
        struct session_view view = { 0 };
        contact_hash(i, hash);
        if (!view_session(r, hash, k->c->client_id, 0, &a, &view))
            k->ids[i] = view.contact_id;
    }
    arena_clear(&a);
}

static void meet_people(struct child *c)
{
    struct client_change client = { .key = "demo", .name = "Demo", .hours = "always", .active = 1,
        .messenger = 1, .triage = c->run->seed % 3 ? TRIAGE_OFF : TRIAGE_LIVE, .reminders = -1,
        .vip = -1 };
    struct known known = { .c = c };
    c->client_id = set_up(c, &(struct command){ .kind = COMMAND_CLIENT_SAVE,
        .actor = ACTOR_OPERATOR, .client = &client });
    c->technician_id = set_up(c, &(struct command){ .kind = COMMAND_TECHNICIAN_SAVE,
        .actor = ACTOR_OPERATOR, .name = "Sara", .email = "sara@desk.example", .flag = true,
        .category = "admin" });
    engine_read_now(c->engine, read_people, &known);
    for (int64_t i = 0; i < CONTACTS; i++) {
        struct command open = { .kind = COMMAND_SESSION_OPEN, .actor = ACTOR_CONTACT,
                                .client_id = c->client_id };
        contact_hash(i, open.hash);
        c->contacts[i] = known.ids[i] ? known.ids[i] : set_up(c, &open);
    }
}

static void open_engine(struct child *c)
{
    static const char *const places[] = { "null:desk", NULL };
    static const char settings[] = "storage: { disk_low_bytes: 0L; ballast_bytes: 0L; };\n";
    struct buf errors;
    char *error = NULL;
    buf_init(&errors, 4096);
    if (config_load_text(&c->config, "powercut", settings, sizeof settings - 1, NULL, &errors)) {
        fprintf(stderr, "powercut: %s\n", errors.data);
        exit(1);
    }
    struct engine_options options = { .data_dir = c->run->dir, .config = &c->config,
        .places = places, .hooks = { c, post, outcome, news, deliver } };
    c->engine = engine_open(&options, &error);
    if (!c->engine) {
        fprintf(stderr, "powercut: %s\n", error);
        exit(c->run->fault ? IO_EXIT : 1);
    }
}

/* ---- faults ---- */

static void begin_fault(struct child *c)
{
    static const enum powercut_call calls[FAULTS] = { [FAULT_READ] = POWERCUT_READ,
        [FAULT_WRITE] = POWERCUT_WRITE, [FAULT_SYNC] = POWERCUT_SYNC };
    static const int64_t ranges[FAULTS] = { [FAULT_READ] = 300, [FAULT_WRITE] = 2000,
                                            [FAULT_SYNC] = 100 };
    enum fault fault = c->run->fault;
    if (fault == FAULT_FULL)
        powercut_disk_full(c->run->power, true);
    else if (fault)
        powercut_fail(c->run->power, calls[fault], 1 + pick(c, ranges[fault]));
}

/* Space comes back: the same process must take messages again, within a while. */
static void recover_from_full(struct child *c)
{
    usleep(FULL_US);
    powercut_disk_full(c->run->power, false);
    for (int64_t before = c->acked, tries = 0; c->acked == before; tries++) {
        if (tries == SETTLE_TRIES)
            exit(fprintf(stderr, "powercut: nothing is taken after space came back\n") ? 3 : 3);
        int64_t done = c->done;
        one_step(c);
        while (c->done == done)
            turn(c);
        usleep(SETTLE_WAIT_US);
    }
}

/* Every fourth seed also cuts recovery, migration and set-up. */
static void engine_run(const struct run *run)
{
    static struct child c;
    c = (struct child){ .run = run, .random = run->seed, .next_key = run->first_key };
    pthread_mutex_init(&c.lock, NULL);
    pthread_cond_init(&c.posted, NULL);
    log_set_level(LOG_ERROR);
    if (run->seed % 4 == 0)
        powercut_arm(run->power);
    open_engine(&c);
    meet_people(&c);
    if (run->seed % 4)
        powercut_arm(run->power);
    int64_t work = run->is_long ? WORK_MAX : WORK, fault_at = run->fault ? pick(&c, WORK) : -1;
    while (c.done < work) {
        if (c.done >= fault_at && fault_at >= 0) {
            begin_fault(&c);
            fault_at = -1;
        }
        while (c.in_flight < IN_FLIGHT && c.done + c.in_flight < work)
            one_step(&c);
        turn(&c);
    }
    if (run->fault == FAULT_FULL)
        recover_from_full(&c);
    powercut_now(run->power);
}

const struct workload workload_engine = { "engine", 2500, true, engine_run, engine_check };
