#include "adapters/ops/ops.h"

#include <stdlib.h>

#include "adapters/net/http.h"
#include "bot/base/json_out.h"
#include "bot/base/metric.h"

enum { METRICS_MAX = 256 * 1024, HEALTH_MAX = 4096 };

struct ops { struct adapter_host host; };

/* A surface that is not well changes neither answer: a chat platform that is away is no reason to
 * restart the desk or to send work elsewhere. */
static void write_health(const struct adapter_host *host, const struct engine_health *h, bool well,
                         struct buf *out)
{
    struct json_out json = { .buf = out };
    json_out_object(&json, NULL);
    json_out_bool(&json, "ok", well);
    json_out_bool(&json, "ready", h->ready);
    json_out_bool(&json, "writer_alive", h->writer_alive);
    json_out_bool(&json, "disk_full", h->disk_full);
    json_out_int(&json, "queued", h->queued);
    json_out_int(&json, "undelivered", h->waiting_effects);
    surface_json(host->surfaces, "surfaces", &json);
    json_out_object_end(&json);
    buf_char(out, '\n');
}

/* Ready: new work may be sent here. */
bool ops_write_ready(const struct adapter_host *host, struct buf *out)
{
    struct engine_health h;
    engine_health(host->engine, &h);
    bool ready = h.ready && h.writer_alive && !h.disk_full && !http_is_draining(host->http);
    write_health(host, &h, ready, out);
    return ready;
}

static void answer(struct http_request *req, bool well, const struct buf *body)
{
    http_answer(req, &(struct http_answer){ .status = well ? 200 : 503, .body = body->data,
        .len = body->len, .content_type = "application/json" });
}

/* Alive: the process need not be restarted. A full disk is no reason to restart it. */
static void healthz(void *ctx, struct http_request *req)
{
    struct ops *ops = ctx;
    struct engine_health health;
    struct buf body;
    buf_init(&body, HEALTH_MAX);
    engine_health(ops->host.engine, &health);
    write_health(&ops->host, &health, health.writer_alive, &body);
    answer(req, health.writer_alive, &body);
    buf_clear(&body);
}

static void readyz(void *ctx, struct http_request *req)
{
    struct ops *ops = ctx;
    struct buf body;
    buf_init(&body, HEALTH_MAX);
    bool ready = ops_write_ready(&ops->host, &body);
    answer(req, ready, &body);
    buf_clear(&body);
}

static void metrics(void *ctx, struct http_request *req)
{
    (void)ctx;
    struct buf body;
    buf_init(&body, METRICS_MAX);
    metric_print(&body);
    http_answer(req, &(struct http_answer){ .status = 200, .body = body.data, .len = body.len,
        .content_type = "text/plain; version=0.0.4; charset=utf-8" });
    buf_clear(&body);
}

static int ops_open(const struct adapter_host *host, void **self)
{
    struct ops *ops = malloc(sizeof *ops);
    if (!ops)
        abort();
    ops->host = *host;
    http_route(host->http, "GET", "/healthz", 0, healthz, ops);
    http_route(host->http, "GET", "/readyz", 0, readyz, ops);
    http_route(host->http, "GET", "/metrics", 0, metrics, ops);
    *self = ops;
    return 0;
}

const struct adapter ops_adapter = { .name = "ops", .open = ops_open, .close = free };
