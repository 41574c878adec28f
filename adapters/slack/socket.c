#include "adapters/slack/socket.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/net/websocket_client.h"
#include "adapters/slack/socket_plan.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { ASK_MS = 15000, GARBAGE_MS = 60000 };

struct conn {
    struct slack_socket *socket;
    int number;                         /* 0: free */
    struct websocket_client *ws;
    char url[SLACK_URL_SIZE];           /* between answer and dial */
};

/* A call of apps.connections.open, which may outlive the socket. */
struct ask {
    struct slack_socket *socket;        /* NULL: gone */
    struct ask *next;
    int conn;
    uint64_t id;
};

struct kept_ack {
    struct kept_ack *next;
    int64_t until_ms;
    size_t len;
    char json[];
};

struct slack_socket {
    struct slack_socket_settings settings;
    char *api_url, *authorization;
    struct websocket_clients *clients;
    struct socket_plan plan;
    struct conn conns[SOCKET_SLOTS];
    struct ask *asks;
    struct kept_ack *acks, **acks_end;
    size_t ack_count;
    struct loop_timer timer;
    int64_t frame_ms, event_ms;         /* steady clock; -1: none yet */
    int64_t losses;                     /* of the plan, that are in the metric */
    int64_t garbage_ms, garbage;        /* when last told of, and how many since */
};

static void run(struct slack_socket *s);

static int64_t now_ms(const struct slack_socket *s)
{
    return loop_steady_ms(s->settings.loop);
}

static struct conn *conn_of(struct slack_socket *s, int number)
{
    for (int i = 0; i < SOCKET_SLOTS; i++)
        if (number && s->conns[i].number == number)
            return &s->conns[i];
    return NULL;
}

static struct conn *new_conn(struct slack_socket *s, int number)
{
    for (int i = 0; i < SOCKET_SLOTS; i++)
        if (!s->conns[i].number) {
            s->conns[i] = (struct conn){ .socket = s, .number = number };
            return &s->conns[i];
        }
    abort();                            /* the plan never has more than its slots */
}

/* ---- acknowledgements ---- */

static int send_by(struct slack_socket *s, int number, const char *json, size_t len)
{
    struct conn *c = conn_of(s, number);
    return c && c->ws ? websocket_client_send(c->ws, json, len) : -1;
}

/* The one it came by, the live one, then one that leaves. */
static int send_anyhow(struct slack_socket *s, int number, const char *json, size_t len)
{
    if (!send_by(s, number, json, len) ||
        !send_by(s, socket_plan_live(&s->plan), json, len))
        return 0;
    for (int i = 0; i < SOCKET_SLOTS; i++)
        if (s->plan.slots[i].state == SOCKET_LEAVING &&
            !send_by(s, s->plan.slots[i].conn, json, len))
            return 0;
    return -1;
}

static void drop_ack(struct slack_socket *s)
{
    struct kept_ack *a = s->acks;
    s->acks = a->next;
    if (!s->acks)
        s->acks_end = &s->acks;
    s->ack_count--;
    free(a);
}

static void send_kept(struct slack_socket *s)
{
    for (; s->acks; drop_ack(s))
        if (s->acks->until_ms > now_ms(s) && send_anyhow(s, 0, s->acks->json, s->acks->len))
            return;
}

void slack_socket_ack(struct slack_socket *s, int conn, const char *json, size_t len)
{
    if (!send_anyhow(s, conn, json, len) || s->plan.draining)
        return;
    struct kept_ack *a = malloc(sizeof *a + len);
    if (!a)
        abort();
    *a = (struct kept_ack){ .until_ms = now_ms(s) + SLACK_ACK_KEPT_MS, .len = len };
    memcpy(a->json, json, len);
    *s->acks_end = a;
    s->acks_end = &a->next;
    if (++s->ack_count > SLACK_ACKS_KEPT)
        drop_ack(s);                    /* Slack repeats what was not acknowledged */
}

/* ---- what the connection says ---- */

static void count_garbage(struct slack_socket *s)
{
    s->garbage++;
    if (s->garbage_ms && now_ms(s) - s->garbage_ms < GARBAGE_MS)
        return;
    log_warn("slack frame ignored", "why=\"not a JSON object\" count=%" PRId64, s->garbage);
    s->garbage_ms = now_ms(s);
    s->garbage = 0;
}

static void on_message(void *ctx, const char *bytes, size_t len)
{
    struct conn *c = ctx;
    struct slack_socket *s = c->socket;
    struct slack_frame frame;
    int number = c->number;
    slack_frame_parse(bytes, len, &frame);
    socket_plan_frame(&s->plan, number, &frame, now_ms(s));
    if (frame.kind == SLACK_FRAME_GARBAGE)
        count_garbage(s);
    run(s);
    if (frame.kind != SLACK_FRAME_OTHER)
        return;
    s->event_ms = now_ms(s);
    metric_set(METRIC_SLACK_LAST_EVENT_MS, clock_now_ms());
    s->settings.envelope(s->settings.ctx, number, bytes, len);
}

static void on_alive(void *ctx, enum websocket_client_sign sign)
{
    struct conn *c = ctx;
    struct slack_socket *s = c->socket;
    s->frame_ms = now_ms(s);
    metric_set(METRIC_SLACK_LAST_FRAME_MS, clock_now_ms());
    socket_plan_alive(&s->plan, c->number, sign, now_ms(s));
}

static void on_closed(void *ctx, const struct websocket_client_end *end)
{
    struct conn *c = ctx;
    struct slack_socket *s = c->socket;
    int number = c->number;
    char why[100];
    if (end->status || end->code)
        snprintf(why, sizeof why, "%.70s (%s %d)", end->reason, end->status ? "HTTP" : "code",
                 end->status ? end->status : end->code);
    else
        snprintf(why, sizeof why, "%.90s", end->reason);
    *c = (struct conn){ 0 };
    socket_plan_gone(&s->plan, number, why, now_ms(s));
    run(s);
}

static const struct websocket_client_handlers handlers = {
    .message = on_message, .alive = on_alive, .closed = on_closed,
};

/* ---- asking for a URL ---- */

static void forget_ask(struct slack_socket *s, const struct ask *ask)
{
    for (struct ask **at = &s->asks; *at; at = &(*at)->next)
        if (*at == ask) {
            *at = ask->next;
            return;
        }
}

static void on_answer(void *ctx, const struct http_client_answer *answer)
{
    struct ask *ask = ctx;
    struct slack_socket *s = ask->socket;
    struct conn *c = s ? conn_of(s, ask->conn) : NULL;
    struct slack_open open = { .result = SLACK_OPEN_RETRY };
    if (s)
        forget_ask(s, ask);
    if (c) {
        if (answer->result == HTTP_CLIENT_ANSWERED)
            slack_open_parse(answer->status, answer->body, answer->body_len, s->api_url, &open);
        else
            snprintf(open.error, sizeof open.error, "api_%s",
                     http_client_result_name(answer->result));
        memcpy(c->url, open.url, sizeof c->url);
        if (open.result != SLACK_OPEN_URL)
            c->number = 0;
        socket_plan_answer(&s->plan, ask->conn, open.result, open.error, answer->retry_after_ms,
                           now_ms(s));
        run(s);
    }
    free(ask);
}

static void ask_for_url(struct slack_socket *s, int number)
{
    struct ask *ask = calloc(1, sizeof *ask);
    char url[1024];
    struct http_pair header = { "Authorization", s->authorization };
    if (!ask)
        abort();
    *ask = (struct ask){ .socket = s, .next = s->asks, .conn = number };
    s->asks = ask;
    new_conn(s, number);
    snprintf(url, sizeof url, "%sapps.connections.open", s->api_url);
    struct http_client_request req = { .method = "POST", .url = url, .headers = &header,
                                       .header_count = 1, .total_ms = ASK_MS,
                                       .max_answer = SLACK_OPEN_MAX };
    ask->id = http_client_send(s->settings.client, &req, on_answer, ask);
}

static void give_up_asking(struct slack_socket *s, int number)
{
    for (struct ask *ask = s->asks; ask; ask = ask->next)
        if (ask->conn == number)
            http_client_cancel(s->settings.client, ask->id);
}

/* ---- doing what the plan says ---- */

static void dial(struct slack_socket *s, struct conn *c)
{
    struct websocket_client_options options = { .url = c->url, .connect_ms = SOCKET_DIAL_MS };
    c->ws = websocket_client_open(s->clients, &options, &handlers, c);
    memset(c->url, 0, sizeof c->url);
}

static void drop(struct slack_socket *s, struct conn *c)
{
    give_up_asking(s, c->number);
    if (c->ws)
        websocket_client_abort(c->ws);
    *c = (struct conn){ 0 };
}

static void on_connected(struct slack_socket *s, int number)
{
    if (s->plan.hellos > 1)
        metric_add(METRIC_SLACK_RECONNECTS, 1);
    log_info("slack connected", "conn=%d sockets=%d num_connections=%d", number,
             socket_plan_open(&s->plan), s->plan.num_connections);
    send_kept(s);
    s->settings.connected(s->settings.ctx);
}

static void on_connection(struct slack_socket *s, struct conn *c, const struct socket_action *a)
{
    char number[24];
    snprintf(number, sizeof number, "%" PRId64, a->number);
    if (a->kind == SOCKET_DIAL)
        dial(s, c);
    else if (a->kind == SOCKET_PING)
        websocket_client_ping(c->ws, number);
    else if (a->kind == SOCKET_CLOSE)
        websocket_client_close(c->ws, 1000);
    else if (a->kind == SOCKET_DROP)
        drop(s, c);
    else if (a->kind == SOCKET_CONNECTED)
        on_connected(s, a->conn);
}

static void on_timer(void *arg)
{
    struct slack_socket *s = arg;
    socket_plan_tick(&s->plan, now_ms(s));
    run(s);
}

static void run(struct slack_socket *s)
{
    struct socket_action a;
    while (socket_plan_next(&s->plan, &a)) {
        struct conn *c = conn_of(s, a.conn);
        if (a.kind == SOCKET_TELL_WARN)
            log_warn("slack socket", "text=\"%s\"", a.text);
        else if (a.kind == SOCKET_TELL_ERROR)
            log_error("slack socket", "text=\"%s\"", a.text);
        else if (a.kind == SOCKET_ASK)
            ask_for_url(s, a.conn);
        else if (c)
            on_connection(s, c, &a);
    }
    metric_set(METRIC_SLACK_CONNECTED, socket_plan_live(&s->plan) != 0);
    metric_set(METRIC_SLACK_CONNECTIONS, s->plan.num_connections);
    metric_add(METRIC_SLACK_LOSSES, s->plan.losses - s->losses);
    s->losses = s->plan.losses;
    int64_t due_ms = socket_plan_due_ms(&s->plan), now = now_ms(s);
    if (due_ms == INT64_MAX)
        loop_timer_stop(s->settings.loop, &s->timer);
    else
        loop_timer_set(s->settings.loop, &s->timer, due_ms > now ? due_ms - now : 0, on_timer, s);
}

/* ---- the whole ---- */

static char *join(const char *first, const char *second)
{
    char *both = NULL;
    if (asprintf(&both, "%s%s", first, second) < 0)
        abort();
    return both;
}

static void begin(void *arg)
{
    struct slack_socket *s = arg;
    socket_plan_start(&s->plan, (uint64_t)clock_steady_us() ^ (uint64_t)(uintptr_t)s, now_ms(s));
    run(s);
}

struct slack_socket *slack_socket_open(const struct slack_socket_settings *settings)
{
    struct slack_socket *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->settings = *settings;
    s->settings.api_url = s->settings.app_token = NULL;
    s->frame_ms = s->event_ms = -1;
    s->acks_end = &s->acks;
    s->clients = websocket_clients_new(settings->loop, settings->client);
    if (!s->clients) {
        free(s);
        return NULL;
    }
    s->api_url = join("", settings->api_url);
    s->authorization = join("Bearer ", settings->app_token);
    log_secret(settings->app_token);
    loop_timer_set(settings->loop, &s->timer, 0, begin, s);
    return s;
}

void slack_socket_drain(struct slack_socket *s)
{
    socket_plan_drain(&s->plan, now_ms(s));
    run(s);
}

void slack_socket_free(struct slack_socket *s)
{
    if (!s)
        return;
    loop_timer_stop(s->settings.loop, &s->timer);
    for (struct ask *ask = s->asks; ask; ask = ask->next) {
        ask->socket = NULL;
        http_client_cancel(s->settings.client, ask->id);
    }
    while (s->acks)
        drop_ack(s);
    websocket_clients_free(s->clients);
    metric_set(METRIC_SLACK_CONNECTED, 0);
    memset(s->authorization, 0, strlen(s->authorization));
    free(s->authorization);
    free(s->api_url);
    free(s);
}

void slack_socket_health(struct slack_socket *s, struct slack_socket_health *out)
{
    int64_t now = now_ms(s);
    *out = (struct slack_socket_health){
        .connected = socket_plan_live(&s->plan) != 0,
        .sockets = socket_plan_open(&s->plan),
        .last_frame_age_ms = s->frame_ms < 0 ? -1 : now - s->frame_ms,
        .last_event_age_ms = s->event_ms < 0 ? -1 : now - s->event_ms,
        .reconnects = s->plan.hellos > 1 ? s->plan.hellos - 1 : 0,
        .num_connections = s->plan.num_connections,
        .losses = s->plan.losses,
        .last_loss_age_ms = s->plan.losses ? now - s->plan.loss_ms : -1,
    };
    snprintf(out->last_loss, sizeof out->last_loss, "%s", s->plan.loss);
    snprintf(out->trouble, sizeof out->trouble, "%s", s->plan.trouble);
}
