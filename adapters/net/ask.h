/* ask.h - requests one after the other, each waited for: for the command line, which has nothing
 * else to do meanwhile. The running desk must not use it: its loop never waits. */
#ifndef DESKHAND_NET_ASK_H
#define DESKHAND_NET_ASK_H

#include "adapters/net/http_client.h"
#include "bot/base/buf.h"

struct ask;
struct loop;

/* Has a loop and a client of its own. NULL when the system gives no loop. */
struct ask *ask_new(void);
void ask_free(struct ask *a);

struct loop *ask_loop(struct ask *a);
struct http_client *ask_client(struct ask *a);

struct ask_answer {
    enum http_client_result result;
    int status;
    struct buf body;                /* data is never NULL */
    char header[1024];              /* the one that was asked for; "" if absent */
    bool has_header;
    char error[160];                /* of the transport, holds no secrets */
    int64_t retry_after_ms;         /* -1: none */
};

/* Sends and waits, as long as the request's own limits say. header: the answer's header to keep,
 * NULL: none. The answer is to be cleared afterwards. */
void ask_send(struct ask *a, const struct http_client_request *request, const char *header,
              struct ask_answer *out);
void ask_answer_clear(struct ask_answer *answer);

/* Runs the loop until ask_wake, at most so long. False: nobody woke it. */
bool ask_wait(struct ask *a, int64_t ms);
void ask_wake(struct ask *a);

#endif
