#include "adapters/control/control.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/http.h"
#include "adapters/net/local.h"
#include "adapters/ops/ops.h"
#include "bot/base/arena.h"
#include "bot/base/buf.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/wire.h"

struct control {
    struct adapter_host host;
    struct local *local;
};

static void answer(struct control *c, uint64_t id, const struct outcome *outcome)
{
    struct buf line;
    buf_init(&line, 16 * 1024);
    if (!wire_write_outcome(outcome, &line))
        local_answer(c->local, id, line.data, line.len);
    buf_clear(&line);
}

static void answer_refused(struct control *c, uint64_t id, enum result result, const char *text)
{
    struct outcome o = { .result = result };
    snprintf(o.text, sizeof o.text, "%s", text);
    answer(c, id, &o);
}

static void answer_health(struct control *c, uint64_t id)
{
    struct buf line;
    buf_init(&line, 4096);
    ops_write_ready(&c->host, &line);
    local_answer(c->local, id, line.data, line.len);
    buf_clear(&line);
}

static void on_line(void *ctx, uint64_t id, const char *line, size_t len)
{
    struct control *c = ctx;
    struct arena a = { 0 };
    struct command command;
    char error[WIRE_ERROR_MAX];
    if (!strcmp(line, WIRE_HEALTH)) {
        answer_health(c, id);
    } else if (wire_read_command(line, len, &a, &command, error)) {
        answer_refused(c, id, RESULT_BAD, error);
    } else {
        command.at_ms = clock_now_ms();
        command.adapter = c->host.index;
        command.tag = id;
        if (!engine_submit(c->host.engine, &command))
            answer_refused(c, id, RESULT_BUSY, "The desk is busy. Try again in a moment.");
    }
    arena_clear(&a);
}

static int control_open(const struct adapter_host *host, void **self)
{
    struct control *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->host = *host;
    c->local = local_open(host->loop, host->data_dir, "desk.sock", WIRE_LINE_MAX, on_line, c);
    if (!c->local) {
        log_error("control refused", "why=\"%s\"", strerror(errno));
        free(c);
        return -1;
    }
    *self = c;
    return 0;
}

/* Where browsers find this desk: only the running one knows, for links that the caller prints. */
static void add_origin(const struct control *c, struct outcome *o)
{
    const struct config *config = c->host.config;
    bool six = strchr(config->address.host, ':') != NULL;
    if (*config->public_url)
        snprintf(o->text, sizeof o->text, "%s", config->public_url);
    else
        snprintf(o->text, sizeof o->text, "http://%s%s%s:%d", six ? "[" : "", config->address.host,
                 six ? "]" : "", http_port(c->host.http));
}

static void control_outcome(void *self, uint64_t tag, const struct outcome *outcome)
{
    struct outcome o = *outcome;
    if (o.kind == COMMAND_SIGN_IN_LINK && result_is_ok(o.result))
        add_origin(self, &o);
    answer(self, tag, &o);
}

static void control_drain(void *self)
{
    struct control *c = self;
    local_drain(c->local);
}

static void control_close(void *self)
{
    struct control *c = self;
    local_close(c->local);
    free(c);
}

const struct adapter control_adapter = {
    .name = "control",
    .open = control_open,
    .outcome = control_outcome,
    .drain = control_drain,
    .close = control_close,
};
