/* socket.h - the connection to Slack by Socket Mode: kept up, refreshed, watched over.
 * It does not know what envelopes mean. When to do what is in socket_plan.h. Loop thread only. */
#ifndef DESKHAND_SLACK_SOCKET_H
#define DESKHAND_SLACK_SOCKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http_client;
struct loop;
struct slack_socket;

enum { SLACK_ACK_KEPT_MS = 3000, SLACK_ACKS_KEPT = 256 };

/* Strings are copied; loop and client are borrowed until slack_socket_free. No callback is made
 * from inside a function of this header; callbacks may call all of them but slack_socket_free. */
struct slack_socket_settings {
    struct loop *loop;
    struct http_client *client;
    const char *api_url;                /* ends in '/' */
    const char *app_token;              /* xapp-... */
    void *ctx;
    /* A whole text message that is neither hello nor disconnect, valid UTF-8, NUL behind it;
     * borrowed. It may be anything that begins with '{'. conn: the connection it came by. */
    void (*envelope)(void *ctx, int conn, const char *bytes, size_t len);
    void (*connected)(void *ctx);       /* a new connection has said hello */
};

/* Starts dialling. NULL when libwebsockets does not start (logged). */
struct slack_socket *slack_socket_open(const struct slack_socket_settings *settings);

/* Sends JSON by the connection the envelope came by, or by another that lives; kept for three
 * seconds while none does. Copied. */
void slack_socket_ack(struct slack_socket *s, int conn, const char *json, size_t len);

/* Closes all connections cleanly, within a second, and dials no more. */
void slack_socket_drain(struct slack_socket *s);

/* Drops what is still open. Before http_client_free. NULL is fine. */
void slack_socket_free(struct slack_socket *s);

/* Ages are -1 before the first one. */
struct slack_socket_health {
    bool connected;
    int sockets;                        /* open ones, those that leave included */
    int64_t last_frame_age_ms, last_event_age_ms;
    int64_t reconnects, losses;         /* all but the first hello; ends that nobody had meant */
    int64_t last_loss_age_ms;
    char last_loss[240];                /* why; "" none yet */
    int num_connections;                /* all of this app, by Slack's last hello */
    char trouble[240];                  /* for people; "" when all is well */
};
void slack_socket_health(struct slack_socket *s, struct slack_socket_health *out);

#endif
