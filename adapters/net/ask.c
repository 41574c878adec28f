#include "adapters/net/ask.h"

#include <stdio.h>
#include <stdlib.h>

#include "adapters/net/loop.h"

enum { BODY_MAX = 1 << 20, FOREVER_MS = 600 * 1000 };

struct ask {
    struct loop *loop;
    struct http_client *client;
    struct loop_timer limit;
    bool awake;
};

struct ask *ask_new(void)
{
    struct loop *loop = loop_new();
    if (!loop)
        return NULL;
    struct ask *a = calloc(1, sizeof *a);
    if (!a)
        abort();
    a->loop = loop;
    a->client = http_client_new(loop);
    return a;
}

void ask_free(struct ask *a)
{
    if (!a)
        return;
    http_client_free(a->client);
    loop_free(a->loop);
    free(a);
}

struct loop *ask_loop(struct ask *a) { return a->loop; }
struct http_client *ask_client(struct ask *a) { return a->client; }

void ask_wake(struct ask *a)
{
    a->awake = true;
    loop_stop(a->loop);
}

static void too_late(void *arg)
{
    loop_stop(((struct ask *)arg)->loop);
}

bool ask_wait(struct ask *a, int64_t ms)
{
    a->awake = false;
    loop_timer_set(a->loop, &a->limit, ms, too_late, a);
    loop_run(a->loop);
    loop_timer_stop(a->loop, &a->limit);
    return a->awake;
}

struct waiting {
    struct ask *ask;
    const char *header;
    struct ask_answer *out;
};

static void answered(void *ctx, const struct http_client_answer *answer)
{
    struct waiting *w = ctx;
    const char *header = w->header ? http_client_header(answer, w->header) : NULL;
    w->out->result = answer->result;
    w->out->status = answer->status;
    w->out->retry_after_ms = answer->retry_after_ms;
    w->out->has_header = header != NULL;
    buf_add(&w->out->body, answer->body, answer->body_len);
    snprintf(w->out->header, sizeof w->out->header, "%s", header ? header : "");
    snprintf(w->out->error, sizeof w->out->error, "%s", answer->error);
    ask_wake(w->ask);
}

void ask_send(struct ask *a, const struct http_client_request *request, const char *header,
              struct ask_answer *out)
{
    struct waiting w = { .ask = a, .header = header, .out = out };
    *out = (struct ask_answer){ .result = HTTP_CLIENT_TIMEOUT, .retry_after_ms = -1 };
    buf_init(&out->body, BODY_MAX + 1);
    buf_text(&out->body, "");
    uint64_t id = http_client_send(a->client, request, answered, &w);
    while (!ask_wait(a, FOREVER_MS))     /* the client keeps its own, shorter limits */
        http_client_cancel(a->client, id);
}

void ask_answer_clear(struct ask_answer *answer)
{
    buf_clear(&answer->body);
}
