#include "tests/story/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/arena.h"
#include "bot/engine/reader_private.h"

static const char *const places[] = { "null:main", NULL };
static const char *const surfaces[] = { "slack", "teams", NULL };

static void die(const char *what, const char *why)
{
    fprintf(stderr, "world: %s: %s\n", what, why ? why : "");
    abort();
}

static void start(struct world *w)
{
    char path[128], *error = NULL;
    snprintf(path, sizeof path, "%s/desk.db", w->folder);
    w->db = db_open_writer(path, NULL, &error);
    if (!w->db || db_migrate(w->db, &error))
        die(path, error);
    store_effects_recover(w->db);
    desk_init(&w->desk, w->db, &w->config, places, surfaces);
    w->thought_count = store_thoughts(w->db, 0, WORLD_CARDS, w->thoughts);
    w->next_effects_ms = 0;
}

void world_open(struct world *w, const char *settings, uint64_t seed)
{
    struct buf errors;
    *w = (struct world){ .random = seed * 2654435761u + 88172645463325252u };
    strcpy(w->folder, "/tmp/deskhand-world-XXXXXX");
    if (!mkdtemp(w->folder))
        die("mkdtemp", w->folder);
    buf_init(&errors, 65536);
    if (config_load_text(&w->config, "settings", settings, strlen(settings), NULL, &errors))
        die("settings", errors.data);
    buf_clear(&errors);
    w->hours = hours_new();
    w->now_ms = 1767225600000;
    start(w);
}

static void stop(struct world *w)
{
    desk_clear(&w->desk);
    db_close(w->db);
}

void world_crash(struct world *w)
{
    stop(w);
    start(w);
}

void world_close(struct world *w)
{
    static const char *const files[] = { "desk.db", "desk.db-wal", "desk.db-shm" };
    char path[128];
    stop(w);
    hours_free(w->hours);
    config_free(&w->config);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", w->folder, files[i]);
        unlink(path);
    }
    rmdir(w->folder);
}

uint64_t world_random(struct world *w, uint64_t below)
{
    w->random ^= w->random << 13;
    w->random ^= w->random >> 7;
    w->random ^= w->random << 17;
    return below ? w->random % below : 0;
}

void world_nonce(struct world *w, unsigned char nonce[NONCE_BYTES])
{
    for (int i = 0; i < NONCE_BYTES; i++)
        nonce[i] = (unsigned char)world_random(w, 256);
}

/* ---- one command, without what follows ---- */

static void apply(struct world *w, const struct command *c, struct outcome *out)
{
    struct desk_news news = { 0 };
    int error;
    if (desk_begin(&w->desk, &news))
        die("begin", db_error_text(w->db));
    desk_apply(&w->desk, c, out);
    for (size_t i = 0; i < news.thought_count && w->thought_count < WORLD_CARDS; i++)
        w->thoughts[w->thought_count++] = news.thoughts[i];
    if (news.effects)
        w->next_effects_ms = 0;
    if (desk_commit(&w->desk, &error))
        die("commit", db_error_text(w->db));
    desk_news_clear(&news);
}

/* ---- the null surface ---- */

static void show(struct world *w, const struct outbox_row *row)
{
    struct arena a = { 0 };
    struct reader reader = { w->db };
    struct ticket_view view;
    struct world_card *card = &w->cards[row->ticket_id % WORLD_CARDS];
    if (view_ticket(&reader, row->ticket_id, 4, &a, &view))
        die("view", db_error_text(w->db));
    if (view.version < card->version)
        w->backwards++;
    *(card->version ? &card->updated : &card->posted) += 1;
    card->version = view.version;
    card->status = view.status;
    arena_clear(&a);
}

/* ---- places of chat surfaces ---- */

struct world_place *world_place(struct world *w, const char *name)
{
    for (size_t i = 0; i < w->place_count; i++)
        if (!strcmp(w->places[i].name, name))
            return &w->places[i];
    if (w->place_count == WORLD_PLACES)
        die("too many places", name);
    struct world_place *place = &w->places[w->place_count++];
    snprintf(place->name, sizeof place->name, "%s", name);
    return place;
}

static void lose(struct world *w, const char *place, const char *thread)
{
    struct outcome out;
    apply(w, &(struct command){ .kind = COMMAND_PLACE_LOST, .at_ms = w->now_ms, .source = "null",
          .place = place, .thread = thread, .text = "It is gone.", .adapter = -1 }, &out);
    if (!result_is_ok(out.result))
        die("a loss refused", out.text);
}

/* What a chat surface would answer: a card is posted or updated, a line needs its card. */
static void chat(struct world *w, const struct outbox_row *row, struct command *c, char remote[32])
{
    struct arena a = { 0 };
    struct ticket t = { 0 };
    struct world_place *place = world_place(w, row->place);
    int64_t *version = &place->versions[row->ticket_id % WORLD_PLACE_CARDS];
    const char *known = store_remote_id(w->db, row->ticket_id, row->place, &a);
    bool deleted = row->kind == EFFECT_LINE && known && w->lose_cards > 0;
    if (place->gone || deleted) {
        w->lose_cards -= deleted;
        *version = 0;
        c->kind = COMMAND_NOT_DELIVERED;
        c->text = "it is gone";
        lose(w, row->place, place->gone ? NULL : known);
    } else if (row->kind == EFFECT_CARD) {
        store_ticket(w->db, row->ticket_id, &a, &t);
        w->backwards += known && t.version < *version;
        w->without_card += known && !*version;
        *version = c->target_id = t.version;
        snprintf(remote, 32, "%s", known ? known : "");
        if (!known)
            snprintf(remote, 32, "card-%lld-%d", (long long)row->ticket_id, w->deliveries);
        c->name = remote;
    } else if (row->kind == EFFECT_LINE) {
        w->without_card += !known;
    }
    arena_clear(&a);
}

static void deliver(struct world *w, const struct outbox_row *row)
{
    struct outcome out;
    struct command c = { .kind = COMMAND_DELIVERED, .at_ms = w->now_ms, .source = "null",
                         .number = row->id, .adapter = -1 };
    char remote[32];
    store_effect_state(w->db, row->id, OUTBOX_SENDING, row->attempts + 1, row->due_ms, NULL);
    if (w->surface_down || w->fail_deliveries > 0) {
        w->fail_deliveries -= w->fail_deliveries > 0;
        c.kind = COMMAND_NOT_DELIVERED;
        c.text = "the null surface is told to fail";
    } else if (strncmp(row->place, "null:", 5) != 0 && row->kind != EFFECT_ALERT) {
        chat(w, row, &c, remote);
    } else if (row->kind == EFFECT_CARD) {
        show(w, row);
        c.target_id = w->cards[row->ticket_id % WORLD_CARDS].version;
        snprintf(remote, sizeof remote, "card-%lld", (long long)row->ticket_id);
        c.name = remote;
    }
    w->deliveries++;
    apply(w, &c, &out);
}

static void deliver_all(struct world *w)
{
    struct outbox_row rows[16];
    while (w->next_effects_ms <= w->now_ms) {
        struct arena a = { 0 };
        size_t n = store_effects_due(w->db, w->now_ms, 16, &a, rows, &w->next_effects_ms);
        int64_t next = w->next_effects_ms;
        for (size_t i = 0; i < n; i++)
            deliver(w, &rows[i]);
        arena_clear(&a);
        if (!n) {
            w->next_effects_ms = next;
            return;
        }
    }
}

static void think_all(struct world *w)
{
    struct thinker th = { .db = w->db, .config = &w->config, .hours = w->hours };
    while (w->thought_count && !w->no_thoughts) {
        struct arena a = { 0 };
        struct command decided;
        struct outcome out;
        if (think(&th, w->thoughts[--w->thought_count], w->now_ms, &a, &decided))
            apply(w, &decided, &out);
        arena_clear(&a);
    }
}

static void settle(struct world *w)
{
    think_all(w);
    deliver_all(w);
}

void world_do(struct world *w, const struct command *c, struct outcome *out)
{
    struct command with = *c;
    with.at_ms = w->now_ms;
    with.adapter = -1;
    if (!with.source)
        with.source = "story";
    world_nonce(w, with.nonce);
    apply(w, &with, out);
    settle(w);
}

/* ---- time ---- */

static void due_now(struct world *w)
{
    struct due_row rows[32];
    size_t n = store_due_list(w->db, w->now_ms, 32, rows);
    for (size_t i = 0; i < n; i++) {
        struct command tick = { .kind = COMMAND_TICK, .at_ms = w->now_ms, .source = "clock",
            .ticket_id = rows[i].ticket_id, .number = rows[i].kind, .adapter = -1 };
        struct outcome out;
        apply(w, &tick, &out);
        if (!result_is_ok(out.result))
            die("due step refused", out.text);
    }
    settle(w);
}

void world_wait(struct world *w, int64_t ms)
{
    int64_t until = w->now_ms + ms;
    for (;;) {
        int64_t next = store_due_next_ms(w->db);
        if (w->next_effects_ms < next)
            next = w->next_effects_ms;
        if (next > until)
            break;
        if (next > w->now_ms)
            w->now_ms = next;
        due_now(w);
    }
    w->now_ms = until;
    settle(w);
}

void world_jump(struct world *w, int64_t ms)
{
    w->now_ms += ms;
    due_now(w);
}
