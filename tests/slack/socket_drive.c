/* socket_drive.c - runs adapters/slack/socket.c alone, for socket.mjs: what happens goes to
 * standard output, a line each; orders come by standard input. SLACK_API_URL says whom to ask.
 *   out: connected | envelope CONN BYTES ID
 *        health CONNECTED SOCKETS FRAME_AGE RECONNECTS NUM TEXT
 *   in:  health | drain | quit | hold (acks from now on) | release (the last of them) */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/slack/socket.h"
#include "bot/base/log.h"

struct drive {
    struct loop *loop;
    struct slack_socket *socket;
    uv_poll_t input;
    bool hold;
    int held_conn;                      /* of the ack that waits */
    char held[128];
};

static void on_envelope(void *ctx, int conn, const char *bytes, size_t len)
{
    struct drive *d = ctx;
    json_t *root = json_loadb(bytes, len, 0, NULL);
    const char *id = json_string_value(json_object_get(root, "envelope_id"));
    printf("envelope %d %zu %s\n", conn, len, id ? id : "-");
    d->held_conn = conn;
    snprintf(d->held, sizeof d->held, "{\"envelope_id\":\"%.80s\"}", id ? id : "");
    if (id && !d->hold)
        slack_socket_ack(d->socket, conn, d->held, strlen(d->held));
    json_decref(root);
}

static void on_connected(void *ctx)
{
    (void)ctx;
    printf("connected\n");
}

static void print_health(struct drive *d)
{
    struct slack_socket_health h;
    slack_socket_health(d->socket, &h);
    printf("health %d %d %lld %lld %d %s\n", h.connected, h.sockets,
           (long long)h.last_frame_age_ms, (long long)h.reconnects, h.num_connections, h.trouble);
}

static void obey(struct drive *d, const char *order)
{
    if (strcmp(order, "health") == 0)
        print_health(d);
    else if (strcmp(order, "drain") == 0)
        slack_socket_drain(d->socket);
    else if (strcmp(order, "hold") == 0)
        d->hold = true;
    else if (strcmp(order, "release") == 0)
        slack_socket_ack(d->socket, d->held_conn, d->held, strlen(d->held));
    else if (strcmp(order, "quit") == 0)
        loop_stop(d->loop);
}

static void on_input(uv_poll_t *handle, int status, int events)
{
    struct drive *d = handle->data;
    char lines[4096], *rest = lines, *line;
    ssize_t n = read(STDIN_FILENO, lines, sizeof lines - 1);
    (void)events;
    if (n <= 0 || status < 0) {         /* the test is gone */
        loop_stop(d->loop);
        return;
    }
    lines[n] = '\0';
    while ((line = strsep(&rest, "\n")))
        obey(d, line);
}

int main(void)
{
    struct drive d = { .loop = loop_new() };
    struct http_client *client = http_client_new(d.loop);
    const char *api = getenv("SLACK_API_URL"), *token = getenv("SLACK_APP_TOKEN");
    setvbuf(stdout, NULL, _IOLBF, 0);
    log_set_level(LOG_DEBUG);
    d.socket = slack_socket_open(&(struct slack_socket_settings){
        .loop = d.loop, .client = client, .api_url = api ? api : "", .ctx = &d,
        .app_token = token ? token : "", .envelope = on_envelope, .connected = on_connected });
    if (!d.socket)
        return 1;
    uv_poll_init(loop_uv(d.loop), &d.input, STDIN_FILENO);
    d.input.data = &d;
    uv_poll_start(&d.input, UV_READABLE, on_input);
    loop_run(d.loop);
    uv_close((uv_handle_t *)&d.input, NULL);
    slack_socket_free(d.socket);
    http_client_free(client);
    loop_free(d.loop);
    log_flush();
    return 0;
}
