/* What both halves send: activities with one card, into conversations that are known or made. */
#include <stdlib.h>
#include <string.h>

#include "adapters/teams/teams_private.h"
#include "bot/base/json_out.h"
#include "bot/base/log.h"

enum { PATH_MAX_BYTES = 4096, CREATE_MAX = 8192, ID_MAX = 300 };

/* ---- names ---- */

const char *teams_place_of_conv(const char *conv, struct arena *a)
{
    return arena_print(a, TEAMS_SURFACE ":%.*s", (int)strcspn(conv, ";"), conv);
}

const char *teams_account(const char *tenant, const char *aad_object_id, struct arena *a)
{
    char *account = arena_print(a, TEAMS_SURFACE ":%s/%s", tenant, aad_object_id);
    for (char *c = account + strlen(TEAMS_SURFACE) + 1; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return account;
}

const char *teams_tenant_of(const struct teams *t, const char *conv, struct arena *a)
{
    const struct teams_place *known = teams_book_find(t->book, teams_place_of_conv(conv, a));
    return known && known->tenant ? arena_copy(a, known->tenant) : NULL;
}

const char *teams_service_url(const struct teams *t, const char *place, const char *tenant)
{
    const struct teams_place *known = teams_book_find(t->book, place);
    const char *url = known ? known->service_url : NULL;
    if (!url && known && known->tenant)
        url = teams_book_service_url(t->book, known->tenant);
    if (!url && tenant)
        url = teams_book_service_url(t->book, tenant);
    return url ? url : t->cloud->service_url;
}

bool teams_is_id(const char *text)
{
    size_t len = text ? strlen(text) : 0;
    for (size_t i = 0; i < len; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return false;
    return len > 0 && len <= ID_MAX;
}

/* What was printed, into the arena; NULL when it did not fit. */
static const char *keep(struct buf *buf, struct arena *a)
{
    const char *text = buf->failed ? NULL : arena_copy(a, buf->data);
    buf_clear(buf);
    return text;
}

const char *teams_activity_path(const char *conv, const char *id, struct arena *a)
{
    struct buf path;
    buf_init(&path, PATH_MAX_BYTES);
    buf_text(&path, "v3/conversations/");
    teams_path_segment(&path, conv);
    buf_text(&path, "/activities");
    if (id) {
        buf_char(&path, '/');
        teams_path_segment(&path, id);
    }
    const char *text = keep(&path, a);
    return text ? text : "";
}

/* ---- activities ---- */

static void add_alert(struct json_out *json)
{
    json_out_object(json, "channelData");
    json_out_object(json, "notification");
    json_out_bool(json, "alert", true);
    json_out_object_end(json);
    json_out_object_end(json);
}

static void add_attachment(struct json_out *json, const char *card)
{
    json_out_array(json, "attachments");
    json_out_object(json, NULL);
    json_out_text(json, "contentType", "application/vnd.microsoft.card.adaptive");
    json_out_raw(json, "content", card);
    json_out_object_end(json);
    json_out_array_end(json);
}

const char *teams_activity_text(const char *card, const char *summary, bool alert, struct arena *a)
{
    struct buf buf;
    buf_init(&buf, TEAMS_ACTIVITY_MAX);
    struct json_out json = { .buf = &buf };
    json_out_object(&json, NULL);
    json_out_text(&json, "type", "message");
    json_out_optional(&json, "summary", summary);
    if (alert)
        add_alert(&json);
    add_attachment(&json, card);
    json_out_object_end(&json);
    return keep(&buf, a);
}

/* ---- 1:1 conversations ---- */

struct asking {
    struct teams *teams;
    struct arena arena;
    const char *account, *tenant;
    teams_conv_fn *fn;
    void *ctx;
};

/* {"bot":..., "members":[{"id":aadObjectId}], "channelData":{"tenant":...}, "tenantId":...} */
static const char *create_body(const struct teams *t, const char *tenant, const char *member,
                               struct arena *a)
{
    struct buf buf;
    buf_init(&buf, CREATE_MAX);
    struct json_out json = { .buf = &buf };
    json_out_object(&json, NULL);
    json_out_bool(&json, "isGroup", false);
    json_out_object(&json, "bot");
    json_out_text(&json, "id", arena_print(a, "28:%s", t->host.config->teams.app_id));
    json_out_object_end(&json);
    json_out_array(&json, "members");
    json_out_object(&json, NULL);
    json_out_text(&json, "id", member);
    json_out_object_end(&json);
    json_out_array_end(&json);
    json_out_text(&json, "tenantId", tenant);
    json_out_object(&json, "channelData");
    json_out_object(&json, "tenant");
    json_out_text(&json, "id", tenant);
    json_out_object_end(&json);
    json_out_object_end(&json);
    json_out_object_end(&json);
    return keep(&buf, a);
}

static void asked(void *ctx, const struct teams_answer *a)
{
    struct asking *q = ctx;
    struct teams *t = q->teams;
    struct arena arena = q->arena;
    const char *conv = json_string_value(json_object_get(a->json, "id"));
    bool good = a->todo == TEAMS_TODO_OK && teams_is_id(conv);
    if (good && !t->closed)
        teams_book_learn(t->book, &(struct teams_place){ .place = q->account, .conv = conv,
                                                         .tenant = q->tenant });
    q->fn(q->ctx, good ? conv : NULL, a);
    arena_clear(&arena);                 /* the question itself lives in it */
    teams_drop(t);
}

static void ask(struct teams *t, const char *account, teams_conv_fn *fn, void *ctx)
{
    struct arena arena = { 0 };
    struct asking *q = arena_alloc(&arena, sizeof *q);
    const char *address = account + strlen(TEAMS_SURFACE) + 1, *slash = strchr(address, '/');
    *q = (struct asking){ .teams = t, .fn = fn, .ctx = ctx };
    q->account = arena_copy(&arena, account);
    q->tenant = arena_copy_n(&arena, address, slash ? (size_t)(slash - address) : 0);
    const char *body = create_body(t, q->tenant, slash ? slash + 1 : address, &arena);
    const char *lane = arena_print(&arena, "create %s", account);
    q->arena = arena;
    teams_hold(t);
    teams_connector_call(t->connector, &(struct teams_request){ .method = "POST",
        .service_url = teams_service_url(t, account, q->tenant), .path = "v3/conversations",
        .body = body, .lane = lane, .tenant = q->tenant }, asked, q);
}

void teams_person_conv(struct teams *t, const char *account, teams_conv_fn *fn, void *ctx)
{
    static const struct teams_answer known = { .todo = TEAMS_TODO_OK, .error = "" };
    const struct teams_place *place = teams_book_find(t->book, account);
    if (place && place->conv)
        fn(ctx, place->conv, &known);
    else
        ask(t, account, fn, ctx);
}

/* ---- for whoever answers an input ---- */

void teams_post_card(struct teams *t, const char *service_url, const char *conv, const char *card,
                     const char *summary)
{
    struct arena a = { 0 };
    const char *body = teams_activity_text(card, summary, false, &a);
    if (body)
        teams_connector_call(t->connector, &(struct teams_request){ .method = "POST",
            .service_url = service_url, .path = teams_activity_path(conv, NULL, &a), .body = body,
            .conv = conv, .lane = conv, .tenant = teams_tenant_of(t, conv, &a) }, NULL, NULL);
    arena_clear(&a);
}

struct telling {
    struct teams *teams;
    struct arena arena;
    const char *account, *card, *summary;
};

static void tell(void *ctx, const char *conv, const struct teams_answer *why)
{
    struct telling *tale = ctx;
    struct teams *t = tale->teams;
    struct arena arena = tale->arena;
    if (conv && !t->closed)
        teams_post_card(t, teams_service_url(t, tale->account, NULL), arena_copy(&arena, conv),
                        tale->card, tale->summary);
    else if (!conv)
        log_info("private answer not shown", "error=\"%s\"", why->error);
    arena_clear(&arena);                 /* the tale itself lives in it */
    teams_drop(t);
}

void teams_tell_person(struct teams *t, const char *account, const char *card,
                       const char *summary)
{
    struct arena arena = { 0 };
    struct telling *tale = arena_alloc(&arena, sizeof *tale);
    *tale = (struct telling){ .teams = t };
    tale->account = arena_copy(&arena, account);
    tale->card = arena_copy(&arena, card);
    tale->summary = arena_copy(&arena, summary);
    tale->arena = arena;
    teams_hold(t);
    teams_person_conv(t, tale->account, tell, tale);
}

void teams_member_get(struct teams *t, const char *service_url, const char *conv, const char *user,
                      teams_answer_fn *fn, void *ctx)
{
    struct arena a = { 0 };
    struct buf path;
    buf_init(&path, PATH_MAX_BYTES);
    buf_text(&path, "v3/conversations/");
    teams_path_segment(&path, conv);
    buf_text(&path, "/members/");
    teams_path_segment(&path, user);
    teams_connector_call(t->connector, &(struct teams_request){ .method = "GET",
        .service_url = service_url, .path = path.failed ? "" : path.data, .conv = conv,
        .tenant = teams_tenant_of(t, conv, &a), .urgent = true }, fn, ctx);
    buf_clear(&path);
    arena_clear(&a);
}
