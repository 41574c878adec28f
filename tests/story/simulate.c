/* The random simulator: seeded commands, clock jumps, crashes and failing deliveries against a whole
 * desk; after every step the promises are checked. A failing seed replays: simulate SEED [STEPS]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/store/store_surface.h"
#include "tests/story/world.h"

enum { CONTACTS = 6, TECHNICIANS = 4, CONVS = 400 };

struct sim {
    struct world w;
    int64_t clients[2], contacts[CONTACTS], technicians[TECHNICIANS];
    struct conv { char name[41]; int64_t contact, ticket, acked; } convs[CONVS];
    size_t conv_count;
    int64_t said, cid, team, inputs, note;
    uint64_t seed;
    int step;
};

static const char *const texts[] = {
    "my printer is offline", "hello", "thanks!", "that did not help", "the whole office is down",
    "I want to speak to a human", "how do I reset my password?", "this is absolutely unacceptable",
    "yes it works now, thank you", "slow down please", "???", "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7",
};

static void broken(const struct sim *s, const char *promise, int64_t value)
{
    printf("seed %llu step %d: broken promise: %s (%lld)\n", (unsigned long long)s->seed, s->step,
           promise, (long long)value);
    exit(1);
}

/* Each row: a query that must count nothing. */
static const struct { const char *promise, *sql; } promises[] = {
    { "numbers of a conversation have no holes",
      "SELECT count(*) FROM ticket t WHERE head <> (SELECT count(*) FROM entry WHERE ticket_id = t.id)"
      " OR head <> (SELECT coalesce(max(seq), 0) FROM entry WHERE ticket_id = t.id)" },
    { "a message id is used once",
      "SELECT count(*) FROM (SELECT 1 FROM entry e JOIN ticket t ON t.id = e.ticket_id"
      " WHERE cid IS NOT NULL GROUP BY t.contact_id, cid HAVING count(*) > 1)" },
    { "at most five reminders in a waiting period",
      "SELECT count(*) FROM (SELECT 1 FROM event WHERE kind = 'reminder' GROUP BY ticket_id, old"
      " HAVING count(*) > 5)" },
    { "no assistant text without the assistant's handling",
      "SELECT count(*) FROM entry e WHERE author = 2 AND kind = 0 AND EXISTS (SELECT 1 FROM entry h"
      " WHERE h.ticket_id = e.ticket_id AND h.kind = 1 AND h.handler <> 1 AND h.seq = (SELECT"
      " max(seq) FROM entry WHERE ticket_id = e.ticket_id AND kind = 1 AND seq < e.seq))" },
    { "an answer has a citation that exists",
      "SELECT count(*) FROM entry e WHERE author = 2 AND act = 2 AND NOT EXISTS (SELECT 1 FROM cite c"
      " JOIN kb_article k ON k.id = c.article_id WHERE c.ticket_id = e.ticket_id AND c.seq = e.seq)" },
    { "a closed ticket has outcome and times",
      "SELECT count(*) FROM ticket WHERE status = 6 AND (outcome = 0 OR resolved_ms = 0)" },
    { "a note never stands in the requester's log",
      "SELECT count(*) FROM entry e JOIN event v ON v.ticket_id = e.ticket_id AND v.kind = 'note'"
      " AND v.text = e.text AND v.actor = 2 AND NOT EXISTS (SELECT 1 FROM event n WHERE n.ticket_id ="
      " v.ticket_id AND n.kind = 'note_sent' AND n.old = CAST(v.id AS TEXT))" },
    { "an input waits only for somebody who is not known",
      "SELECT count(*) FROM input_kept k JOIN done d ON d.source = k.source"
      " AND d.source_id = k.source_id" },
    { "a message is the note or reply of one ticket",
      "SELECT count(*) FROM said s JOIN event v ON v.id = s.event_id"
      " WHERE v.ticket_id <> s.ticket_id" },
    { "a human handler has a name",
      "SELECT count(*) FROM ticket WHERE handler = 2 AND assignee_id IS NULL" },
    { "kept counts are the counted ones",
      "SELECT abs((SELECT count(*) FROM ticket WHERE lists & 1) - coalesce((SELECT n FROM list_count"
      " WHERE list = 0), 0)) + abs((SELECT count(*) FROM ticket WHERE lists & 4)"
      " - coalesce((SELECT sum(n) FROM list_count WHERE list = 2), 0))"
      " + abs((SELECT count(*) FROM ticket WHERE lists & 128) - coalesce((SELECT n FROM list_count"
      " WHERE list = 7), 0))" },
    { "a ticket's client is its contact's client",
      "SELECT count(*) FROM ticket t JOIN contact c ON c.id = t.contact_id"
      " WHERE c.client_id <> t.client_id" },
};

static void check(struct sim *s)
{
    for (size_t i = 0; i < sizeof promises / sizeof *promises; i++) {
        int64_t n = db_int(s->w.db, -1, promises[i].sql, "");
        if (n)
            broken(s, promises[i].promise, n);
    }
    if (s->w.backwards)
        broken(s, "a card never shows an older state after a newer one", s->w.backwards);
    if (s->w.without_card)
        broken(s, "a line stands in the thread of a card", s->w.without_card);
    int64_t stored = db_int(s->w.db, 0, "SELECT count(*) FROM entry WHERE cid IS NOT NULL", "");
    if (stored != s->said)
        broken(s, "what was acknowledged is stored, once", stored - s->said);
}

static int pick(struct sim *s, int n)
{
    return (int)world_random(&s->w, (uint64_t)n);
}

/* ---- steps ---- */

static struct conv *some_conv(struct sim *s)
{
    return s->conv_count ? &s->convs[pick(s, (int)s->conv_count)] : NULL;
}

static void customer_says(struct sim *s)
{
    struct conv *conv = pick(s, 5) ? some_conv(s) : NULL;
    int64_t contact = conv ? conv->contact : s->contacts[pick(s, CONTACTS)];
    bool again = s->cid && !pick(s, 6);
    char cid[32];
    snprintf(cid, sizeof cid, "cid-%08lld", (long long)(again ? s->cid : ++s->cid));
    struct command c = { .kind = COMMAND_SAY, .actor = ACTOR_CONTACT, .actor_id = contact,
        .conv = conv ? conv->name : NULL, .cid = cid,
        .text = texts[pick(s, (int)(sizeof texts / sizeof *texts))] };
    struct outcome out;
    world_do(&s->w, &c, &out);
    if (out.result == RESULT_REFUSED || out.result == RESULT_FAILED)
        broken(s, "no message is refused because of a status", out.result);
    if (out.result != RESULT_OK)
        return;
    s->said++;
    if (!conv || strcmp(conv->name, out.conv)) {
        if (s->conv_count == CONVS)
            return;
        conv = &s->convs[s->conv_count++];
        *conv = (struct conv){ .contact = contact, .ticket = out.ticket_id };
        strcpy(conv->name, out.conv);
    }
}

static void technician_does(struct sim *s)
{
    static const enum command_kind kinds[] = { COMMAND_CLAIM, COMMAND_CLAIM, COMMAND_REPLY,
        COMMAND_REPLY, COMMAND_NOTE, COMMAND_RELEASE, COMMAND_TAKEOVER, COMMAND_GIVE_BACK,
        COMMAND_TRANSFER, COMMAND_PRIORITY, COMMAND_SNOOZE, COMMAND_HOLD, COMMAND_RESOLVE,
        COMMAND_CLOSE, COMMAND_REOPEN, COMMAND_KEEP_OPEN, COMMAND_ESCALATE, COMMAND_REVIEW,
        COMMAND_TAG, COMMAND_SUBJECT, COMMAND_CATEGORY, COMMAND_DESK_SEEN };
    struct conv *conv = some_conv(s);
    if (!conv)
        return;
    char note[48];
    snprintf(note, sizeof note, "internal remark %d", s->step);
    struct command c = { .kind = kinds[pick(s, (int)(sizeof kinds / sizeof *kinds))],
        .actor = ACTOR_TECHNICIAN, .actor_id = s->technicians[pick(s, TECHNICIANS)],
        .ticket_id = conv->ticket, .number = 1 + pick(s, 4), .flag = pick(s, 2) != 0,
        .target_id = s->technicians[pick(s, TECHNICIANS)], .category = "Hardware",
        .until_ms = s->w.now_ms + 1000 * (1 + pick(s, 100000)), .text = note };
    if (c.kind == COMMAND_TRANSFER && !pick(s, 2)) {
        c.target_id = 0;
        c.team_id = s->team;
    }
    if (c.kind == COMMAND_REPLY)
        c.text = "We look into it. Which model is it?";
    struct outcome out;
    world_do(&s->w, &c, &out);
}

static void two_claim(struct sim *s)
{
    struct conv *conv = some_conv(s);
    if (!conv)
        return;
    int64_t before = db_int(s->w.db, 0, "SELECT assignee_id FROM ticket WHERE id = ?1", "i",
                            conv->ticket);
    int winners = 0;
    for (int i = 0; i < 2; i++) {
        struct command c = { .kind = COMMAND_CLAIM, .actor = ACTOR_TECHNICIAN,
                             .actor_id = s->technicians[i], .ticket_id = conv->ticket };
        struct outcome out;
        world_do(&s->w, &c, &out);
        winners += out.result == RESULT_OK;
    }
    if (!before && winners > 1)
        broken(s, "two claims have one winner", winners);
}

/* ---- chat surfaces ---- */

/* In the thread of some card, as one of those whom the desk knows, or as somebody else. */
static void thread_says(struct sim *s)
{
    static const enum command_kind kinds[] = { COMMAND_NOTE, COMMAND_NOTE, COMMAND_REPLY,
        COMMAND_EDIT_SAID, COMMAND_UNSAY, COMMAND_SEND_NOTE, COMMAND_CLAIM };
    struct arena a = { 0 };
    struct outcome out;
    char person[24], remote[24], id[24], text[48];
    sqlite3_stmt *q = db_query(s->w.db, "SELECT place, remote_id FROM remote WHERE place <>"
                               " 'null:main' ORDER BY (ticket_id * 7919 + ?1) % 1009 LIMIT 1", "i",
                               (int64_t)pick(s, 1009));
    if (!db_row(s->w.db, q))
        return;
    struct command c = { .kind = kinds[pick(s, (int)(sizeof kinds / sizeof *kinds))],
        .actor = ACTOR_TECHNICIAN, .source = "slack", .place = db_text(q, 0, &a),
        .thread = db_text(q, 1, &a), .person = person, .remote = remote, .source_id = id,
        .raw = "{}", .text = text };
    db_end(q);
    int who = pick(s, TECHNICIANS + 1);
    snprintf(person, sizeof person, "slack:T1/U%d", who);
    snprintf(id, sizeof id, "E%lld", (long long)++s->inputs);
    snprintf(remote, sizeof remote, "r%lld", (long long)(pick(s, 3) ? s->inputs : s->inputs - 1));
    snprintf(text, sizeof text, "said in a thread %d", s->step);
    c.number = s->note;
    c.thread = c.kind == COMMAND_SEND_NOTE ? NULL : c.thread;
    c.ticket_id = c.thread ? 0 : db_int(s->w.db, 0, "SELECT ticket_id FROM event WHERE id = ?1", "i",
                                        s->note);
    world_do(&s->w, &c, &out);
    if ((out.result == RESULT_UNKNOWN) != (who == TECHNICIANS))
        broken(s, "who is not known is asked for, nobody else", out.result);
    if (c.kind == COMMAND_NOTE && out.result == RESULT_OK)
        s->note = out.id;
    enum result first = out.result;
    world_do(&s->w, &c, &out);
    if (out.result != (first == RESULT_OK ? RESULT_REPEATED : out.result))
        broken(s, "an input that comes again is one input", out.result);
    arena_clear(&a);
}

static void route(struct sim *s, const char *place, int64_t client_id, int64_t team_id)
{
    struct outcome out;
    world_do(&s->w, &(struct command){ .kind = COMMAND_ROUTE, .actor = ACTOR_OPERATOR,
             .place = place, .client_id = client_id, .team_id = team_id }, &out);
    if (out.result != RESULT_OK)
        broken(s, "a route is taken", out.result);
}

/* A channel is archived, cards are deleted, or an admin chooses other channels. */
static void places_change(struct sim *s)
{
    struct world *w = &s->w;
    char place[32];
    int what = pick(s, 3);
    if (what == 0) {
        w->lose_cards = pick(s, 4);
    } else if (what == 1 && w->place_count) {
        w->places[pick(s, (int)w->place_count)].gone = true;
    } else if (w->place_count < WORLD_PLACES - 6) {
        snprintf(place, sizeof place, "%s:N%d", pick(s, 4) ? "slack" : "teams", s->step);
        route(s, place, pick(s, 2) ? s->clients[pick(s, 2)] : 0, pick(s, 2) ? s->team : 0);
    }
}

/* When all was delivered, each live ticket's card stands where it is routed, as it is now. */
static void check_cards(struct sim *s)
{
    static const char *const surfaces[] = { "slack", "teams" };
    struct arena a = { 0 };
    s->w.fail_deliveries = s->w.lose_cards = 0;
    s->w.no_thoughts = false;
    world_wait(&s->w, INT64_C(60) * 60 * 1000);
    world_wait(&s->w, INT64_C(60) * 60 * 1000);
    for (int64_t id = 1; id <= store_last_ticket(s->w.db); id++) {
        struct ticket t;
        store_ticket(s->w.db, id, &a, &t);
        if (ticket_is_done(t.status) || db_int(s->w.db, 0, "SELECT 1 FROM outbox WHERE ticket_id = ?1",
                                               "i", id))
            continue;
        for (size_t i = 0; i < 2; i++) {
            const char *place = store_route(s->w.db, surfaces[i], t.client_id, t.team_id, &a);
            if (place && world_place(&s->w, place)->versions[id % WORLD_PLACE_CARDS] != t.version)
                broken(s, "a card stands where it is routed, as the ticket is now", id);
        }
    }
    arena_clear(&a);
}

static void step(struct sim *s)
{
    int dice = pick(s, 100);
    if (dice < 36)
        customer_says(s);
    else if (dice < 63)
        technician_does(s);
    else if (dice < 71)
        thread_says(s);
    else if (dice < 75)
        places_change(s);
    else if (dice < 80)
        two_claim(s);
    else if (dice < 90)
        world_wait(&s->w, (int64_t)pick(s, 3 * 24 * 3600) * 1000);
    else if (dice < 93)
        world_jump(&s->w, ((int64_t)pick(s, 6 * 3600) - 3 * 3600) * 1000);
    else if (dice < 96)
        world_crash(&s->w);
    else if (dice < 98)
        s->w.fail_deliveries = pick(s, 40);
    else
        s->w.no_thoughts = !s->w.no_thoughts;
}

/* ---- the cast ---- */

static void cast(struct sim *s)
{
    struct outcome out;
    static const char *const keys[] = { "acme", "globex" };
    for (int i = 0; i < 2; i++) {
        struct client_change change = { .key = keys[i], .name = keys[i], .hours = "always",
            .active = 1, .messenger = 1, .triage = i ? TRIAGE_SHADOW : TRIAGE_LIVE,
            .reminders = 1, .vip = -1 };
        world_do(&s->w, &(struct command){ .kind = COMMAND_CLIENT_SAVE, .actor = ACTOR_OPERATOR,
                                           .client = &change }, &out);
        s->clients[i] = out.id;
    }
    for (int i = 0; i < TECHNICIANS; i++) {
        char email[32];
        snprintf(email, sizeof email, "t%d@desk.example", i);
        world_do(&s->w, &(struct command){ .kind = COMMAND_TECHNICIAN_SAVE, .flag = true,
            .actor = ACTOR_OPERATOR, .email = email, .name = email, .category = "admin" }, &out);
        s->technicians[i] = out.id;
    }
    world_do(&s->w, &(struct command){ .kind = COMMAND_TEAM_SAVE, .actor = ACTOR_OPERATOR,
             .name = "Night", .text = "" }, &out);
    s->team = out.id;
    for (int i = 0; i < CONTACTS; i++) {
        struct command c = { .kind = COMMAND_SESSION_OPEN, .actor = ACTOR_CONTACT,
                             .client_id = s->clients[i % 2] };
        c.hash[0] = (unsigned char)i;
        world_do(&s->w, &c, &out);
        s->contacts[i] = out.id;
        if (!out.id)
            broken(s, "a new visitor gets a session", out.result);
    }
}

/* Two surfaces, and all but one of those who write there are known. */
static void cast_chat(struct sim *s)
{
    struct outcome out;
    char person[24], email[32];
    route(s, "slack:C0", 0, 0);
    route(s, "slack:C1", s->clients[0], 0);
    route(s, "slack:C2", 0, s->team);
    route(s, "teams:T0", 0, 0);
    for (int i = 0; i < TECHNICIANS; i++) {
        snprintf(person, sizeof person, "slack:T1/U%d", i);
        snprintf(email, sizeof email, "t%d@desk.example", i);
        world_do(&s->w, &(struct command){ .kind = COMMAND_PERSON, .person = person,
                 .email = email, .flag = true }, &out);
        if (out.id != s->technicians[i])
            broken(s, "an account is who has its mail address", out.id);
    }
}

static void simulate(uint64_t seed, int steps)
{
    static struct sim s;
    memset(&s, 0, sizeof s);
    s.seed = seed;
    world_open(&s.w, "", seed);
    cast(&s);
    cast_chat(&s);
    for (s.step = 0; s.step < steps; s.step++) {
        step(&s);
        check(&s);
    }
    check_cards(&s);
    int64_t rows, bad;
    if (store_audit_verify(s.w.db, &rows, &bad) || bad)
        broken(&s, "the audit chain is whole", bad);
    world_close(&s.w);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        simulate(strtoull(argv[1], NULL, 10), argc > 2 ? atoi(argv[2]) : 400);
        printf("seed %s holds\n1 passed, 0 failed\n", argv[1]);
        return 0;
    }
    const char *wanted = getenv("SIMULATE_SEEDS");
    int seeds = wanted ? atoi(wanted) : 20;
    for (int seed = 1; seed <= seeds; seed++)
        simulate((uint64_t)seed, 300);
    printf("%d passed, 0 failed\n", seeds);
    return 0;
}
