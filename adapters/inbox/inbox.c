#include "adapters/inbox/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/inbox/parse.h"
#include "adapters/inbox/parts.h"

static const struct {
    const char *method, *path;
    size_t max_body;
    inbox_page page;
    bool open;
} table[] = {
    { "GET", "/inbox", 0, page_home, true },
    { "GET", "/inbox/", 0, page_app, true },
    { "GET", "/inbox/login", 0, page_login, true },
    { "GET", "/inbox/a/", 0, page_asset, true },
    { "GET", "/inbox/api/door", 0, sign_in_door, true },
    { "POST", "/inbox/api/code", 4096, sign_in_mail, true },
    { "POST", "/inbox/api/enter", 4096, sign_in_enter, true },
    { "POST", "/inbox/api/leave", 4096, sign_in_leave, true },
    { "GET", "/inbox/api/me", 0, api_me, false },
    { "GET", "/inbox/api/views", 0, api_views, false },
    { "GET", "/inbox/api/list", 0, api_list, false },
    { "GET", "/inbox/api/ticket/", 0, api_ticket, false },
    { "GET", "/inbox/api/search", 0, api_search, false },
    { "GET", "/inbox/api/people", 0, api_people, false },
    { "GET", "/inbox/api/clients", 0, api_clients, false },
    { "GET", "/inbox/api/undelivered", 0, api_undelivered, false },
    { "POST", "/inbox/api/act", PARSE_BODY_MAX, api_act, false },
};

enum { ROUTES = sizeof table / sizeof *table };

void inbox_hold(struct inbox *in)
{
    in->holds++;
}

void inbox_drop(struct inbox *in)
{
    if (--in->holds)
        return;
    free(in->routes);
    free(in->live);
    free(in);
}

static int inbox_open(const struct adapter_host *host, void **self)
{
    struct inbox *in = calloc(1, sizeof *in);
    struct inbox_route *routes = calloc(ROUTES, sizeof *routes);
    if (!in || !routes)
        abort();
    in->host = *host;
    in->routes = routes;
    in->holds = 1;
    for (size_t i = 0; i < ROUTES; i++) {
        routes[i] = (struct inbox_route){ in, table[i].page, table[i].open };
        http_route(host->http, table[i].method, table[i].path, table[i].max_body, auth_route,
                   &routes[i]);
    }
    live_open(in);
    *self = in;
    return 0;
}

static struct inbox_wait *wait_free(struct inbox *in)
{
    for (size_t i = 0; i < INBOX_WAITS; i++)
        if (!in->waits[i].tag)
            return &in->waits[i];
    return NULL;
}

bool inbox_submit(struct inbox *in, struct command *c, const struct inbox_wait *wait)
{
    struct inbox_wait *slot = wait_free(in);
    if (!slot || in->closed)
        return false;
    *slot = *wait;
    slot->tag = ++in->last_tag;
    c->adapter = in->host.index;
    c->tag = slot->tag;
    if (!c->source)
        c->source = "inbox";
    if (engine_submit(in->host.engine, c))
        return true;
    slot->tag = 0;
    return false;
}

static void inbox_outcome(void *self, uint64_t tag, const struct outcome *outcome)
{
    struct inbox *in = self;
    for (size_t i = 0; i < INBOX_WAITS; i++)
        if (in->waits[i].tag == tag) {
            struct inbox_wait wait = in->waits[i];
            in->waits[i].tag = 0;
            wait.then(in, &wait, outcome);
            return;
        }
}

static void inbox_news(void *self, const struct news *news)
{
    struct inbox *in = self;
    for (size_t i = 0; i < news->count; i++) {
        if (news->items[i].kind == NEWS_PEOPLE)
            auth_forget(in, NULL);
        else if (news->items[i].kind == NEWS_LOGOUT)
            auth_forget(in, news->items[i].hash);
    }
    live_news(in, news);
}

static void inbox_signal(void *self, const struct signal *s)
{
    live_signal(self, s);
}

static void inbox_drain(void *self)
{
    live_drain(self);
}

static void inbox_close(void *self)
{
    struct inbox *in = self;
    if (!in)
        return;
    in->closed = true;
    live_close(in);
    inbox_drop(in);
}

void inbox_answer_json(struct http_request *req, int status, const char *json)
{
    struct http_answer answer = { .status = status, .content_type = "application/json",
                                  .body = json, .len = strlen(json) };
    http_answer(req, &answer);
}

const struct adapter inbox_adapter = {
    .name = "inbox",
    .open = inbox_open,
    .outcome = inbox_outcome,
    .news = inbox_news,
    .signal = inbox_signal,
    .drain = inbox_drain,
    .close = inbox_close,
};
