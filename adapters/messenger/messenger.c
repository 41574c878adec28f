#include "adapters/messenger/messenger.h"

#include <stdlib.h>
#include <string.h>

#include "adapters/messenger/pages.h"
#include "adapters/messenger/poll.h"
#include "adapters/messenger/session.h"
#include "adapters/messenger/socket.h"

enum { RELOAD_RETRY_MS = 1000 };

/* ---- clients change ---- */

static void on_changed(void *ctx)
{
    struct messenger *m = ctx;
    for (struct session *s = m->sessions, *next; s; s = next) {
        next = s->next;
        if (!clients_by_id(m->clients, s->client_id))
            session_close(s, CLOSE_FORBIDDEN, "forbidden");
    }
}

static void reload(void *arg)
{
    struct messenger *m = arg;
    if (!clients_reload(m->clients, on_changed, m))
        loop_timer_set(m->host->loop, &m->reload_timer, RELOAD_RETRY_MS, reload, m);
}

/* ---- a technician types ---- */

struct lookup {
    struct messenger *m;
    int64_t ticket_id;
    int result;
    struct ticket_view view;
    struct arena memory;
    char name[128];
};

static void look_up(struct reader *r, void *arg)
{
    struct lookup *job = arg;
    job->result = view_ticket(r, job->ticket_id, 0, &job->memory, &job->view);
}

static void looked_up(void *arg)
{
    struct lookup *job = arg;
    if (!job->result && job->view.id)
        stream_typing(job->m, job->view.contact_id, job->view.conv, job->name);
    arena_clear(&job->memory);
    free(job);
}

/* The signal may name the ticket only. Dropped when the readers are busy. */
static void technician_types(struct messenger *m, const struct signal *signal)
{
    const char *name = signal->name ? signal->name : "";
    if (signal->contact_id && signal->conv) {
        stream_typing(m, signal->contact_id, signal->conv, name);
        return;
    }
    struct lookup *job = calloc(1, sizeof *job);
    if (!job)
        abort();
    *job = (struct lookup){ .m = m, .ticket_id = signal->ticket_id, .result = -1 };
    strncpy(job->name, name, sizeof job->name - 1);
    if (!engine_read(m->host->engine, look_up, looked_up, job))
        free(job);
}

/* ---- the adapter ---- */

static int open_messenger(const struct adapter_host *host, void **self)
{
    struct messenger *m = messenger_new(host);
    m->clients = clients_new(host->engine);
    socket_open(m);
    poll_open(m);
    pages_open(m);
    *self = m;
    return 0;
}

static void on_outcome(void *self, uint64_t tag, const struct outcome *outcome)
{
    talk_outcome(self, tag, outcome);
}

static void on_news(void *self, const struct news *news)
{
    stream_news(self, news);
    for (size_t i = 0; i < news->count; i++)
        if (news->items[i].kind == NEWS_CLIENT) {
            reload(self);
            return;
        }
}

static void on_signal(void *self, const struct signal *signal)
{
    if (signal->kind == SIGNAL_TECHNICIAN_TYPING)
        technician_types(self, signal);
}

static void drain(void *self)
{
    struct messenger *m = self;
    m->draining = true;
    session_close_all(m, CLOSE_RESTART, "restart");
}

static void close_messenger(void *self)
{
    struct messenger *m = self;
    loop_timer_stop(m->host->loop, &m->reload_timer);
    poll_close(m);
    clients_free(m->clients);
    messenger_close(m);
}

const struct adapter messenger_adapter = {
    .name = "messenger",
    .open = open_messenger,
    .outcome = on_outcome,
    .news = on_news,
    .signal = on_signal,
    .drain = drain,
    .close = close_messenger,
};
