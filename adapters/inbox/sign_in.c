#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapters/inbox/parse.h"
#include "adapters/inbox/parts.h"
#include "adapters/net/http_client.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"

#define MINUTE_MS INT64_C(60000)

enum { CODE_TRIES = 5, CODE_TRIES_ADDRESS = 20, CODE_TRIES_ALL = 300 };

static void fold_email(const char *email, char out[255])
{
    size_t i = 0;
    for (; i < 254 && email[i]; i++)
        out[i] = email[i] >= 'A' && email[i] <= 'Z' ? (char)(email[i] + 32) : email[i];
    out[i] = '\0';
}

/* A code of six digits means something only together with the address that it was sent to. */
static void hash_code(const char *email, const char *code, unsigned char out[HASH_BYTES])
{
    char both[300];
    int len = snprintf(both, sizeof both, "%s\n%.20s", email, code);
    hash_sha256(both, (size_t)len, out);
}

void sign_in_door(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)who;
    const struct config *c = in->host.config;
    char json[64];
    snprintf(json, sizeof json, "{\"mail\":%s,\"local\":%s}", *c->mail.url ? "true" : "false",
             c->address.loopback ? "true" : "false");
    inbox_answer_json(req, 200, json);
}

/* ---- a code by mail ---- */

static void mail_done(void *ctx, const struct http_client_answer *answer)
{
    (void)ctx;
    if (answer->result != HTTP_CLIENT_ANSWERED || answer->status >= 400)
        log_warn("sign-in mail not sent", "result=%s status=%d error=\"%s\"",
                 http_client_result_name(answer->result), answer->status, answer->error);
}

static void write_mail(struct inbox *in, const struct inbox_wait *wait, struct buf *out)
{
    const struct config *c = in->host.config;
    unsigned char id[16];
    char id_text[33], date[64];
    time_t now = (time_t)(clock_now_ms() / 1000);
    struct tm tm;
    hash_random(id, sizeof id);
    hash_hex(id, sizeof id, id_text);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S +0000", gmtime_r(&now, &tm));
    buf_print(out, "From: <%s>\r\nTo: <%s>\r\nSubject: Your sign-in code: %s\r\nDate: %s\r\n"
              "Message-ID: <%s@deskhand>\r\nAuto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: 8bit\r\n\r\n", c->mail.from, wait->email, wait->secret,
              date, id_text);
    buf_print(out, "Your code for the inbox is %s\r\n\r\nType it where you asked for it, or open"
              "\r\n%s/inbox/login#%s.%s\r\n\r\nIt works once, within %" PRId64 " minutes. If you "
              "did not ask for it, nothing has happened\r\nand you can delete this mail.\r\n",
              wait->secret, auth_origin(in), wait->secret, wait->email,
              in->host.config->inbox.link_minutes);
}

static void send_code(struct inbox *in, const struct inbox_wait *wait,
                      const struct outcome *outcome)
{
    const struct config *c = in->host.config;
    struct buf message;
    if (!result_is_ok(outcome->result))
        return;     /* no such technician: whoever asked learns nothing */
    buf_init(&message, 8192);
    write_mail(in, wait, &message);
    struct mail mail = { .url = c->mail.url, .from = c->mail.from, .to = wait->email,
                         .user = c->mail.username && *c->mail.username ? c->mail.username : NULL,
                         .password = c->mail.password, .message = message.data,
                         .message_len = message.len };
    if (!message.failed)
        mail_send(in->host.client, &mail, mail_done, NULL);
    buf_clear(&message);
}

static void make_code(char out[7])
{
    uint32_t number;
    do      /* values over the last whole million would favour small codes */
        hash_random(&number, sizeof number);
    while (number >= 4294000000u);
    snprintf(out, 7, "%06u", (unsigned)(number % 1000000u));
}

static bool may_mail(struct inbox *in, const struct http_request *req, const char *email)
{
    const struct config_rate *rate = &in->host.config->inbox.sign_in_mails;
    const char *address = http_client_address(req);
    int64_t now_ms = clock_now_ms();
    bool ok = limit_take(&in->limit, "mail", email, rate->count, rate->window_ms, now_ms);
    return (!address || limit_take(&in->limit, "mail from", address, rate->count, rate->window_ms,
                                   now_ms)) && ok;
}

/* The answer is given before anybody is looked up: it is the same for strangers, also in time. */
void sign_in_mail(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)who;
    size_t len;
    const char *body = http_body(req, &len);
    struct arena a = { 0 };
    struct parse_door door;
    struct inbox_wait wait = { .then = send_code };
    if (!parse_door(body, len, &a, &door) || !door.email || !parse_email_is_fit(door.email)) {
        http_answer_error(req, 400, "bad", "Please type your whole mail address.", NULL, 0);
    } else if (!*in->host.config->mail.url) {
        http_answer_error(req, 409, "refused", "This desk sends no mail.", NULL, 0);
    } else {
        fold_email(door.email, wait.email);
        bool allowed = may_mail(in, req, wait.email);
        if (allowed) {
            struct command c = { .kind = COMMAND_SIGN_IN_LINK, .actor = ACTOR_SYSTEM,
                                 .at_ms = clock_now_ms(), .email = wait.email };
            c.until_ms = c.at_ms + in->host.config->inbox.link_minutes * MINUTE_MS;
            make_code(wait.secret);
            hash_code(wait.email, wait.secret, c.hash);
            allowed = inbox_submit(in, &c, &wait);
        }
        if (allowed)
            inbox_answer_json(req, 200, "{\"sent\":true}");
        else
            http_answer_error(req, 429, "rate_limited",
                              "Too many codes were asked for. Try again later.", NULL, 0);
    }
    arena_clear(&a);
}

/* ---- enter and leave ---- */

static void answer_cookie(struct inbox *in, uint64_t request, const char *token, int64_t age_s)
{
    char cookie[200];
    snprintf(cookie, sizeof cookie,
             "dh_inbox=%s; Path=/inbox; Max-Age=%" PRId64 "; HttpOnly; SameSite=Strict%s", token,
             age_s, strncmp(auth_origin(in), "https://", 8) ? "" : "; Secure");
    struct http_pair header = { "Set-Cookie", cookie };
    http_answer_to(in->host.http, request,
                   &(struct http_answer){ .status = 200, .content_type = "application/json",
                                          .headers = &header, .header_count = 1,
                                          .body = "{\"ok\":true}", .len = 11 });
}

static void entered(struct inbox *in, const struct inbox_wait *wait, const struct outcome *outcome)
{
    struct http_request *req = http_find(in->host.http, wait->request);
    if (!req)
        return;
    if (result_is_ok(outcome->result))
        answer_cookie(in, wait->request, wait->secret,
                      in->host.config->inbox.session_days * 86400);
    else if (outcome->result == RESULT_BUSY || outcome->result == RESULT_NO_SPACE ||
             outcome->result == RESULT_FAILED)
        http_answer_error(req, 503, result_word(outcome->result),
                          "The desk cannot store anything just now. Try again in a moment.", NULL,
                          0);
    else
        http_answer_error(req, 403, "forbidden",
                          "This link or code has been used or is too old. Ask for a new one.", NULL,
                          0);
}

/* Links carry 256 random bits and need no limit; codes can be guessed, so tries are counted. */
static bool may_try(struct inbox *in, const struct http_request *req, const char *email)
{
    const char *address = http_client_address(req);
    int64_t now_ms = clock_now_ms(),
            window_ms = in->host.config->inbox.link_minutes * MINUTE_MS;
    return limit_take(&in->limit, "try", email, CODE_TRIES, window_ms, now_ms) &&
           (!address || limit_take(&in->limit, "try from", address, CODE_TRIES_ADDRESS, window_ms,
                                   now_ms)) &&
           limit_take(&in->limit, "try all", "", CODE_TRIES_ALL, window_ms, now_ms);
}

static void enter(struct inbox *in, struct http_request *req, const struct parse_door *door)
{
    unsigned char bytes[HASH_BYTES];
    struct inbox_wait wait = { .then = entered, .request = http_id(req) };
    struct command c = { .kind = COMMAND_SIGN_IN, .actor = ACTOR_SYSTEM, .at_ms = clock_now_ms() };
    if (door->token) {
        hash_sha256(door->token, strlen(door->token), c.hash);
    } else {
        fold_email(door->email, wait.email);
        if (!may_try(in, req, wait.email)) {
            http_answer_error(req, 429, "rate_limited", "Too many tries. Ask for a new code later.",
                              NULL, 0);
            return;
        }
        hash_code(wait.email, door->code, c.hash);
    }
    hash_random(bytes, sizeof bytes);
    hash_base64url(bytes, sizeof bytes, wait.secret);
    hash_sha256(wait.secret, strlen(wait.secret), c.hash2);
    c.until_ms = c.at_ms + in->host.config->inbox.session_days * 24 * 60 * MINUTE_MS;
    if (!inbox_submit(in, &c, &wait))
        http_answer_error(req, 503, "busy", "The desk is busy. Try again in a moment.", NULL, 0);
}

void sign_in_enter(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)who;
    size_t len;
    const char *body = http_body(req, &len);
    struct arena a = { 0 };
    struct parse_door door;
    if (parse_door(body, len, &a, &door) &&
        (door.token || (door.email && door.code && parse_email_is_fit(door.email))))
        enter(in, req, &door);
    else
        http_answer_error(req, 400, "bad", "A link, or a mail address and a code, is needed.", NULL,
                          0);
    arena_clear(&a);
}

static void left(struct inbox *in, const struct inbox_wait *wait, const struct outcome *outcome)
{
    (void)outcome;
    auth_forget(in, wait->session);
    answer_cookie(in, wait->request, "", 0);
}

void sign_in_leave(struct inbox *in, struct http_request *req, const struct inbox_person *who)
{
    (void)who;
    struct inbox_wait wait = { .then = left, .request = http_id(req) };
    struct command c = { .kind = COMMAND_SIGN_OUT, .actor = ACTOR_SYSTEM, .at_ms = clock_now_ms() };
    if (!auth_cookie(req, c.hash)) {
        answer_cookie(in, wait.request, "", 0);
        return;
    }
    memcpy(wait.session, c.hash, HASH_BYTES);
    if (!inbox_submit(in, &c, &wait))
        http_answer_error(req, 503, "busy", "The desk is busy. Try again in a moment.", NULL, 0);
}
