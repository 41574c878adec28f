/* socket_frame.h - what Slack says about connections themselves: the answer to
 * apps.connections.open, hello, disconnect. Pure. Envelopes are not its business.
 * Facts: docs.slack.dev/apis/events-api/using-socket-mode and the official clients. */
#ifndef DESKHAND_SLACK_SOCKET_FRAME_H
#define DESKHAND_SLACK_SOCKET_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum slack_frame_kind {
    SLACK_FRAME_OTHER,                  /* not ours: for the envelope parser, which checks it */
    SLACK_FRAME_HELLO,
    SLACK_FRAME_DISCONNECT,
    SLACK_FRAME_GARBAGE                 /* no JSON object, nothing to hand on */
};

enum slack_reason {
    SLACK_REASON_WARNING,               /* the connection goes in about ten seconds */
    SLACK_REASON_REFRESH,
    SLACK_REASON_LINK_DISABLED,
    SLACK_REASON_TOO_MANY,
    SLACK_REASON_UNKNOWN,
    SLACK_REASONS
};

struct slack_frame {
    enum slack_frame_kind kind;
    enum slack_reason reason;           /* of a disconnect */
    int num_connections;                /* 0: not said */
    int64_t lifetime_ms;                /* approximate_connection_time of a hello; 0: not said */
};

/* bytes: one text message, valid UTF-8; any length. */
void slack_frame_parse(const char *bytes, size_t len, struct slack_frame *out);

enum slack_open_result {
    SLACK_OPEN_URL,                     /* url may be dialled, once */
    SLACK_OPEN_RETRY,
    SLACK_OPEN_LIMITED,                 /* obey Retry-After */
    SLACK_OPEN_FINAL                    /* somebody has to change something first */
};

enum { SLACK_OPEN_MAX = 65536, SLACK_URL_SIZE = 2048, SLACK_OPEN_ERROR_SIZE = 64 };

struct slack_open {
    enum slack_open_result result;
    char error[SLACK_OPEN_ERROR_SIZE];       /* Slack's code or ours, for the log: a-z, 0-9, '_' */
    char url[SLACK_URL_SIZE];           /* holds a ticket: never log it */
};

/* The HTTP answer to apps.connections.open, at most SLACK_OPEN_MAX bytes. api_url decides whether
 * loopback addresses are allowed. */
void slack_open_parse(int status, const char *body, size_t len, const char *api_url,
                      struct slack_open *out);

/* What to do about an error of apps.connections.open: a sentence or two. And what about a
 * disconnect with the reason link_disabled. */
const char *slack_open_advice(const char *code);
extern const char slack_socket_mode_off[];

/* May this be dialled? wss:// on the usual port of a host of slack.com or slack-gov.com; with
 * an api_url that is itself on loopback, ws:// or wss:// to a loopback address. */
bool slack_url_allowed(const char *url, const char *api_url);

/* May a response_url be called? Slack's own hosts for that, the host of api_url, and with an
 * api_url on loopback any http:// address there. */
bool slack_answer_url_allowed(const char *url, const char *api_url);

#endif
