#include "bot/demo.h"

#include <stdio.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/engine/engine.h"
#include "bot/kb_file.h"

#define KEY "demo"
#define LAST_TEAM "Second line"

static const struct { const char *email, *name, *role; } people[] = {
    { "sara@example.com", "Sara", "admin" },
    { "omar@example.com", "Omar", "lead" },
    { "lin@example.com", "Lin", "technician" },
};

/* The team that is saved last is the sign that nothing is missing. */
static const struct { const char *name, *members; } teams[] = {
    { "First line", "lin@example.com\nsara@example.com" },
    { LAST_TEAM, "omar@example.com\nsara@example.com" },
};

/* Every step has its own id, so a step that was done before a crash is not done twice. */
static void submit(struct engine *e, struct command c, const char *what, const char *which)
{
    char id[200];
    snprintf(id, sizeof id, "%s %s", what, which);
    c.actor = ACTOR_OPERATOR;
    c.at_ms = clock_now_ms();
    c.source = "demo";
    c.source_id = id;
    c.adapter = -1;
    if (!engine_submit(e, &c))
        log_warn("demo step refused", "step=\"%s\"", what);
}

/* ---- what is there already ---- */

struct state {
    struct arena arena;
    int64_t demo_id;
    size_t clients;
    bool complete, failed;
};

static void look(struct reader *r, void *arg)
{
    struct state *s = arg;
    struct client_list clients = { 0 };
    struct team_list all = { 0 };
    s->failed = view_clients(r, &s->arena, &clients) || view_teams(r, &s->arena, &all);
    s->clients = clients.count;
    for (size_t i = 0; i < clients.count; i++)
        if (!strcmp(clients.clients[i].key, KEY))
            s->demo_id = clients.clients[i].id;
    for (size_t i = 0; i < all.count; i++)
        s->complete |= !strcmp(all.teams[i].name, LAST_TEAM);
}

static struct state state_of(struct engine *e)
{
    struct state s = { 0 };
    engine_read_now(e, look, &s);
    arena_clear(&s.arena);
    return s;
}

/* ---- the steps ---- */

static void add_people(struct engine *e)
{
    for (size_t i = 0; i < sizeof people / sizeof *people; i++)
        submit(e, (struct command){ .kind = COMMAND_TECHNICIAN_SAVE, .email = people[i].email,
                                    .name = people[i].name, .category = people[i].role,
                                    .flag = true }, "technician", people[i].email);
}

static void add_client(struct engine *e)
{
    static const struct client_change client = {
        .key = KEY, .name = "Demo Company", .hours = "always",
        .brand = "{\"bot\":\"Dana\",\"color\":\"#2463eb\"}",
        .active = 1, .messenger = 1, .triage = TRIAGE_LIVE, .reminders = 1, .vip = 0 };
    submit(e, (struct command){ .kind = COMMAND_CLIENT_SAVE, .client = &client }, "client", KEY);
}

static void add_articles(struct engine *e, int64_t client_id)
{
    for (size_t i = 0; i < demo_article_count; i++) {
        const struct demo_article *file = &demo_articles[i];
        const char *slash = strrchr(file->path, '/');
        struct arena a = { 0 };
        struct kb_article_change article;
        char error[KB_ERROR_MAX];
        if (kb_file_parse(slash ? slash + 1 : file->path, file->start,
                          (size_t)(file->end - file->start), &a, &article, error))
            log_error("demo article refused", "path=%s why=\"%s\"", file->path, error);
        else
            submit(e, (struct command){ .kind = COMMAND_KB_PUT, .client_id = client_id,
                                        .article = &article }, "article", article.path);
        arena_clear(&a);
    }
}

static void add_teams(struct engine *e)
{
    for (size_t i = 0; i < sizeof teams / sizeof *teams; i++)
        submit(e, (struct command){ .kind = COMMAND_TEAM_SAVE, .name = teams[i].name,
                                    .text = teams[i].members }, "team", teams[i].name);
}

void demo_fill(struct engine *e)
{
    struct state s = state_of(e);
    if (s.failed || s.complete || s.clients > (s.demo_id ? 1 : 0))
        return;
    add_people(e);
    add_client(e);
    engine_flush(e);
    s = state_of(e);
    if (s.demo_id)
        add_articles(e, s.demo_id);
    add_teams(e);
    engine_flush(e);
}
