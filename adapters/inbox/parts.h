/* parts.h - what the files of the inbox share. Its door is inbox.h; everything runs on the loop
 * thread but the functions that are named *_read_*: those run on a reader thread. */
#ifndef DESKHAND_INBOX_PARTS_H
#define DESKHAND_INBOX_PARTS_H

#include "adapters/adapter.h"
#include "adapters/inbox/limit.h"
#include "adapters/net/http.h"
#include "adapters/net/loop.h"
#include "bot/base/arena.h"
#include "bot/base/buf.h"
#include "bot/base/hash.h"

enum {
    INBOX_SESSIONS = 256,           /* remembered at once */
    INBOX_SESSION_FRESH_MS = 30000, /* so long a checked session is believed */
    INBOX_WAITS = 256,              /* commands whose outcome somebody waits for */
    INBOX_ORIGINS = 3, INBOX_ORIGIN_MAX = 300
};

struct inbox_person {               /* a signed-in technician; id 0: nobody */
    int64_t id;
    enum role role;
    char name[128], email[255];
    unsigned char session[HASH_BYTES];
};

struct inbox_session { int64_t checked_ms; struct inbox_person who; };

struct inbox;
struct inbox_wait;
typedef void (*inbox_wait_fn)(struct inbox *in, const struct inbox_wait *wait,
                              const struct outcome *outcome);

struct inbox_wait {                 /* an outcome that is awaited */
    uint64_t tag;                   /* 0: free */
    uint64_t request;               /* http_id to answer, 0: nobody */
    inbox_wait_fn then;
    char secret[64];                /* SIGN_IN: the new token; SIGN_IN_LINK: the code */
    char email[255];
    unsigned char session[HASH_BYTES];
};

typedef void (*inbox_page)(struct inbox *in, struct http_request *req,
                           const struct inbox_person *who);

struct inbox_route {                /* one row of the table in inbox.c, bound to its inbox */
    struct inbox *in;
    inbox_page page;
    bool open;                      /* no session needed; who is NULL */
};

struct live;                        /* all open sockets: live.c */

struct inbox {
    struct adapter_host host;
    struct inbox_route *routes;
    struct live *live;
    struct inbox_session sessions[INBOX_SESSIONS];
    uint64_t session_epoch;         /* sessions were forgotten: checks begun before are void */
    struct inbox_wait waits[INBOX_WAITS];
    uint64_t last_tag;
    struct limit limit;
    char origins[INBOX_ORIGINS][INBOX_ORIGIN_MAX];   /* accepted ones, made on first use */
    int holds;                      /* itself and jobs that are under way */
    bool closed;
};

/* inbox.c: memory stays until the last job that holds it has come back. */
void inbox_hold(struct inbox *in);
void inbox_drop(struct inbox *in);
/* Submits; `then` comes with the outcome unless the result is false: then nothing was taken. */
bool inbox_submit(struct inbox *in, struct command *c, const struct inbox_wait *wait);
/* {"key":true} and the like. */
void inbox_answer_json(struct http_request *req, int status, const char *json);

/* auth.c: who is it, and is the request ours? */
const char *auth_origin(struct inbox *in);               /* "https://desk.example", for links */
bool auth_origin_is_ours(struct inbox *in, const struct http_request *req);
/* Checks origin and header of what changes something. False: it has been refused (403). */
bool auth_guard_post(struct inbox *in, struct http_request *req);
/* SHA-256 of the session cookie. False: there is none. */
bool auth_cookie(const struct http_request *req, unsigned char hash[HASH_BYTES]);
typedef void (*auth_then)(struct inbox *in, uint64_t id, const void *what,
                          const struct inbox_person *who);
/* Calls then(in, id, what, who) now or later; who->id 0: nobody's session; NULL: not known now. */
void auth_check(struct inbox *in, const unsigned char hash[HASH_BYTES], auth_then then, uint64_t id,
                const void *what);
void auth_forget(struct inbox *in, const unsigned char *hash);   /* NULL: all */
/* The handler of every route: session first, then the page. */
void auth_route(void *ctx, struct http_request *req);

/* sign_in.c: open pages */
void sign_in_door(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void sign_in_mail(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void sign_in_enter(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void sign_in_leave(struct inbox *in, struct http_request *req, const struct inbox_person *who);

/* pages.c: HTML, scripts, styles */
void page_app(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void page_login(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void page_asset(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void page_home(struct inbox *in, struct http_request *req, const struct inbox_person *who);

/* api_read.c, api_act.c */
void api_me(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_views(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_list(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_ticket(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_search(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_people(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_clients(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_undelivered(struct inbox *in, struct http_request *req, const struct inbox_person *who);
void api_act(struct inbox *in, struct http_request *req, const struct inbox_person *who);

/* live.c: small notices over a WebSocket */
void live_open(struct inbox *in);
void live_news(struct inbox *in, const struct news *news);
void live_signal(struct inbox *in, const struct signal *s);
void live_end_session(struct inbox *in, const unsigned char session[HASH_BYTES]);
void live_check_all(struct inbox *in);
void live_drain(struct inbox *in);
void live_close(struct inbox *in);

#endif
