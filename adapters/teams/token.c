#include "adapters/teams/token.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/teams/assertion.h"
#include "adapters/teams/login_error.h"
#include "bot/base/buf.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/log.h"

enum { URL_MAX = 2048, FORM_MAX = 32 * 1024, TOKEN_MAX = 16 * 1024, ANSWER_MAX = 64 * 1024,
       TOTAL_MS = 10000, LIFE_MAX_S = 24 * 3600, ID_BYTES = 16 };

/* Outlives the token when that is freed while a request is under way. */
struct request {
    struct teams_token *token;
    uint64_t id;
};

struct teams_token {
    struct teams_token_settings settings;
    char *url, *app_id, *scope, *secret;
    char *header;                           /* NULL: none */
    int64_t renew_ms, end_ms;               /* of the header; monotonic, as all times here */
    int64_t next_ms;                        /* not asked before */
    struct request *request;                /* NULL: none under way */
    unsigned failures;                      /* since the last token came */
    struct login_error error;
    void (*changed)(void *ctx);
    void *ctx;
};

static char *copy_of(const char *text)
{
    char *copy = text ? strdup(text) : NULL;
    if (text && !copy)
        abort();
    return copy;
}

static char *url_of(const char *login_url, const char *tenant)
{
    struct buf url;
    size_t len = strlen(login_url);
    buf_init(&url, URL_MAX);
    while (len && login_url[len - 1] == '/')
        len--;
    buf_add(&url, login_url, len);
    buf_print(&url, "/%s/oauth2/v2.0/token", tenant);
    if (!url.data || url.failed)
        abort();
    return url.data;
}

struct teams_token *teams_token_new(const struct teams_token_settings *s)
{
    struct teams_token *t = calloc(1, sizeof *t);
    if (!t)
        abort();
    t->settings = *s;
    t->url = url_of(s->login_url, s->tenant);
    t->app_id = copy_of(s->app_id);
    t->scope = copy_of(s->scope);
    t->secret = copy_of(s->secret);
    return t;
}

void teams_token_listen(struct teams_token *t, void (*changed)(void *ctx), void *ctx)
{
    t->changed = changed;
    t->ctx = ctx;
}

static void forget(struct teams_token *t)
{
    free(t->header);
    t->header = NULL;
}

void teams_token_free(struct teams_token *t)
{
    if (!t)
        return;
    if (t->request) {
        t->request->token = NULL;
        http_client_cancel(t->settings.http, t->request->id);
    }
    teams_certificate_free(t->settings.certificate);
    forget(t);
    free(t->url);
    free(t->app_id);
    free(t->scope);
    free(t->secret);
    free(t);
}

/* ---- the request ---- */

static void form_value(struct buf *form, const char *text)
{
    static const char hex[] = "0123456789ABCDEF";
    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                  || strchr("-._~", c);
        const char escaped[] = { '%', hex[c >> 4], hex[c & 15] };
        buf_add(form, plain ? at : escaped, plain ? 1 : 3);
    }
}

static void form_add(struct buf *form, const char *name, const char *value)
{
    buf_print(form, "%s%s=", form->len ? "&" : "", name);
    form_value(form, value);
}

/* A GUID of version 4. */
static void new_id(char out[37])
{
    unsigned char b[ID_BYTES];
    hash_random(b, sizeof b);
    b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
    b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
    snprintf(out, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0],
             b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13],
             b[14], b[15]);
}

static int form_add_proof(const struct teams_token *t, struct buf *form)
{
    char id[37];
    struct buf assertion;
    if (!t->settings.certificate) {
        form_add(form, "client_secret", t->secret ? t->secret : "");
        return 0;
    }
    new_id(id);
    buf_init(&assertion, FORM_MAX / 2);
    int failed = teams_assertion(t->settings.certificate, &(struct assertion_wish){ .id = id,
        .audience = t->url, .client_id = t->app_id, .now_s = clock_now_ms() / 1000 }, &assertion);
    if (!failed) {
        form_add(form, "client_assertion_type",
                 "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form_add(form, "client_assertion", assertion.data);
    }
    buf_clear(&assertion);
    return failed;
}

static int64_t backoff_ms(unsigned failures, int64_t first_ms, int64_t max_ms)
{
    int64_t ms = first_ms << (failures > 8 ? 8 : failures - 1);
    return ms < max_ms ? ms : max_ms;
}

static void fail(struct teams_token *t, struct login_error error, int64_t wanted_ms)
{
    t->failures++;
    t->error = error;
    int64_t wait = error.lasting
        ? backoff_ms(t->failures, TEAMS_TOKEN_LASTING_MS, TEAMS_TOKEN_LASTING_MAX_MS)
        : backoff_ms(t->failures, TEAMS_TOKEN_BACKOFF_MS, TEAMS_TOKEN_BACKOFF_MAX_MS);
    if (wanted_ms > wait)
        wait = wanted_ms < TEAMS_TOKEN_LASTING_MAX_MS ? wanted_ms : TEAMS_TOKEN_LASTING_MAX_MS;
    t->next_ms = loop_steady_ms(t->settings.loop) + wait;
    log_line(error.lasting ? LOG_ERROR : LOG_WARN, "teams token refused",
             "error=%s failures=%u again_ms=%lld advice=\"%s\"", error.word, t->failures,
             (long long)wait, error.advice);
}

static struct login_error trouble(const char *word)
{
    struct login_error e = { .advice = "The login service cannot be reached. Check "
                                       "TEAMS_LOGIN_URL, the network and the proxy." };
    snprintf(e.word, sizeof e.word, "%s", word);
    return e;
}

/* Only what may stand in a header. */
static bool is_token(const char *text)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789-._~+/=";
    size_t len = text ? strspn(text, allowed) : 0;
    return len && !text[len] && len < TOKEN_MAX;
}

/* "expires_in" is a number, or the same as text. */
static int64_t life_of(const json_t *json)
{
    const json_t *life = json_object_get(json, "expires_in");
    int64_t s = json_is_number(life) ? (int64_t)json_number_value(life)
              : json_is_string(life) ? strtoll(json_string_value(life), NULL, 10) : 0;
    return s < 0 ? 0 : s < LIFE_MAX_S ? s : LIFE_MAX_S;
}

int64_t teams_token_renewal_ms(int64_t life_s)
{
    int64_t early_s = life_s / 2 < TEAMS_TOKEN_EARLY_S ? life_s / 2 : TEAMS_TOKEN_EARLY_S;
    return (life_s - early_s) * 1000;
}

static bool take_token(struct teams_token *t, const json_t *json)
{
    const char *text = json_string_value(json_object_get(json, "access_token"));
    const char *type = json_string_value(json_object_get(json, "token_type"));
    int64_t life_s = life_of(json);
    struct buf header;
    if (!is_token(text) || (type && strcasecmp(type, "Bearer")) || life_s < 1)
        return false;
    buf_init(&header, TOKEN_MAX + 16);
    buf_print(&header, "Bearer %s", text);
    forget(t);
    t->header = header.data;
    int64_t now = loop_steady_ms(t->settings.loop);
    t->end_ms = now + life_s * 1000;
    t->renew_ms = now + teams_token_renewal_ms(life_s);
    if (t->failures)
        log_info("teams token works", "after_failures=%u", t->failures);
    t->failures = 0;
    t->next_ms = 0;
    return true;
}

static void understand(struct teams_token *t, const struct http_client_answer *a)
{
    bool good = a->result == HTTP_CLIENT_ANSWERED && a->status == 200;
    json_t *json = good ? json_loadb(a->body, a->body_len, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (a->result != HTTP_CLIENT_ANSWERED)
        fail(t, trouble(http_client_result_name(a->result)), 0);
    else if (!json || !take_token(t, json))
        fail(t, login_error_of(a->status, a->body, a->body_len), a->retry_after_ms);
    json_decref(json);
}

static void on_answer(void *ctx, const struct http_client_answer *answer)
{
    struct request *r = ctx;
    struct teams_token *t = r->token;
    free(r);
    if (!t)
        return;
    t->request = NULL;
    understand(t, answer);
    if (t->changed)
        t->changed(t->ctx);
}

static void ask(struct teams_token *t)
{
    static const struct http_pair type = { "Content-Type", "application/x-www-form-urlencoded" };
    struct buf form;
    buf_init(&form, FORM_MAX);
    form_add(&form, "grant_type", "client_credentials");
    form_add(&form, "client_id", t->app_id);
    form_add(&form, "scope", t->scope);
    if (form_add_proof(t, &form) || form.failed) {
        fail(t, (struct login_error){ .word = "assertion", .lasting = true,
             .advice = "The certificate cannot sign. Check TEAMS_APP_CERTIFICATE." }, 0);
    } else {
        t->request = calloc(1, sizeof *t->request);
        if (!t->request)
            abort();
        t->request->token = t;
        t->request->id = http_client_send(t->settings.http, &(struct http_client_request){
            .url = t->url, .headers = &type, .header_count = 1, .body = form.data,
            .body_len = form.len, .total_ms = TOTAL_MS, .max_answer = ANSWER_MAX },
            on_answer, t->request);
    }
    if (form.data)
        memset(form.data, 0, form.len);
    buf_clear(&form);
}

const char *teams_token_header(struct teams_token *t)
{
    int64_t now = loop_steady_ms(t->settings.loop);
    if (t->header && now >= t->end_ms)
        forget(t);
    if ((!t->header || now >= t->renew_ms) && !t->request && now >= t->next_ms)
        ask(t);
    return t->header;
}

bool teams_token_is_coming(const struct teams_token *t)
{
    return t->request != NULL;
}

void teams_token_reject(struct teams_token *t, const char *header)
{
    if (t->header && header && !strcmp(t->header, header))
        forget(t);
}

const char *teams_token_error(const struct teams_token *t, const char **advice)
{
    *advice = t->failures ? t->error.advice : NULL;
    return t->failures ? t->error.word : NULL;
}

int64_t teams_token_retry_ms(const struct teams_token *t)
{
    int64_t wait = t->next_ms - loop_steady_ms(t->settings.loop);
    return wait > 0 ? wait : 0;
}
