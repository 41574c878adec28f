#include "adapters/slack/look.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGES_MAX = 10, PAGE = 200, PAGE_MIN = 10, BEFORE_MS = 60000, ID_SIZE = 128,
       CURSOR_SIZE = 512 };

struct search {
    struct slack_api *api;
    char channel[ID_SIZE], thread[ID_SIZE], cursor[CURSOR_SIZE];
    int64_t effect_id, created_ms, oldest_s;
    int pages, limit;
    slack_look_fn *fn;
    void *ctx;
};

static void ask(struct search *s);

static void finish(struct search *s, enum slack_look_result result, const char *ts,
                   const struct slack_answer *why)
{
    s->fn(s->ctx, result, ts, why);
    free(s);
}

static const char *text_of(const json_t *json, const char *name)
{
    return json_string_value(json_object_get(json, name));
}

/* Two desks may share a channel and count their effects alike; their bots differ. */
static bool is_it(const struct search *s, const json_t *message)
{
    const json_t *metadata = json_object_get(message, "metadata");
    const json_t *payload = json_object_get(metadata, "event_payload");
    const json_t *effect = json_object_get(payload, SLACK_METADATA_EFFECT);
    const json_t *made = json_object_get(payload, SLACK_METADATA_MADE);
    const char *type = text_of(metadata, "event_type"), *bot = text_of(message, "bot_id");
    const char *ours = slack_api_self(s->api)->bot;
    return type && strcmp(type, SLACK_METADATA_TYPE) == 0 && json_is_integer(effect) &&
           json_integer_value(effect) == s->effect_id && json_is_integer(made) &&
           json_integer_value(made) == s->created_ms && (!bot || !*ours || !strcmp(bot, ours));
}

static const char *find(const struct search *s, const json_t *json)
{
    size_t i;
    const json_t *message;
    json_array_foreach(json_object_get(json, "messages"), i, message)
        if (is_it(s, message) && text_of(message, "ts"))
            return text_of(message, "ts");
    return NULL;
}

/* True when there is a next page, and s->cursor points at it. */
static bool turn_page(struct search *s, const json_t *json)
{
    const char *next = text_of(json_object_get(json, "response_metadata"), "next_cursor");
    int len = snprintf(s->cursor, sizeof s->cursor, "%s", next ? next : "");
    return len > 0;
}

static void on_page(struct search *s, const struct slack_answer *answer)
{
    const char *ts = find(s, answer->json);
    if (ts)
        finish(s, SLACK_LOOK_FOUND, ts, answer);
    else if (!turn_page(s, answer->json))
        finish(s, SLACK_LOOK_NOT_THERE, NULL, answer);
    else if (s->pages >= PAGES_MAX || strlen(s->cursor) + 1 == sizeof s->cursor)
        finish(s, SLACK_LOOK_FAILED, NULL, answer);
    else
        ask(s);
}

/* A channel that is gone shows nothing to anybody. A direct message is never gone: not to find it
 * means that we asked for the wrong thing. */
static bool is_gone(const struct search *s, const struct slack_answer *answer)
{
    bool direct = strchr("DUW", s->channel[0]);
    return answer->todo == SLACK_TODO_REPOST
        || (!direct && !strcmp(answer->error, "channel_not_found"));
}

static void on_answer(void *ctx, const struct slack_answer *answer)
{
    struct search *s = ctx;
    if (answer->todo == SLACK_TODO_OK) {
        on_page(s, answer);
    } else if (!strcmp(answer->error, "answer_too_big") && s->limit > PAGE_MIN) {
        s->limit /= 4;
        ask(s);
    } else if (is_gone(s, answer)) {
        finish(s, SLACK_LOOK_NOT_THERE, NULL, answer);
    } else {
        finish(s, SLACK_LOOK_FAILED, NULL, answer);
    }
}

static void ask(struct search *s)
{
    char oldest[40], limit[20];
    snprintf(oldest, sizeof oldest, "%" PRId64 ".000000", s->oldest_s);
    snprintf(limit, sizeof limit, "%d", s->limit);
    const struct slack_param params[] = {
        { "channel", s->channel },
        { "ts", *s->thread ? s->thread : NULL },
        { "oldest", oldest },
        { "limit", limit },
        { "include_all_metadata", "true" },
        { "cursor", *s->cursor ? s->cursor : NULL },
    };
    const char *method = *s->thread ? "conversations.replies" : "conversations.history";
    s->pages++;
    if (!slack_api_call(s->api, method, NULL, params, sizeof params / sizeof *params, on_answer, s))
        finish(s, SLACK_LOOK_FAILED, NULL,
               &(struct slack_answer){ .todo = SLACK_TODO_RETRY, .error = "cancelled" });
}

void slack_look(struct slack_api *api, const struct slack_look *look, slack_look_fn *fn, void *ctx)
{
    struct search *s = calloc(1, sizeof *s);
    int64_t oldest_ms = look->created_ms - BEFORE_MS;
    if (!s)
        abort();
    s->api = api;
    s->effect_id = look->effect_id;
    s->created_ms = look->created_ms;
    s->oldest_s = oldest_ms > 0 ? oldest_ms / 1000 : 0;
    s->limit = PAGE;
    s->fn = fn;
    s->ctx = ctx;
    snprintf(s->channel, sizeof s->channel, "%s", look->channel);
    snprintf(s->thread, sizeof s->thread, "%s", look->thread_ts ? look->thread_ts : "");
    ask(s);
}

void slack_metadata(int64_t effect_id, int64_t created_ms, char out[SLACK_METADATA_SIZE])
{
    snprintf(out, SLACK_METADATA_SIZE,
             "{\"event_type\":\"" SLACK_METADATA_TYPE "\",\"event_payload\":{\""
             SLACK_METADATA_EFFECT "\":%" PRId64 ",\"" SLACK_METADATA_MADE "\":%" PRId64 "}}",
             effect_id, created_ms);
}
