/* api_drive.c - runs Slack's Web API side (api, look, people) alone, for api.mjs: orders come by
 * standard input and results go to standard output, a JSON object a line each. SLACK_API_URL and
 * SLACK_BOT_TOKEN say whom to call. The orders are in the table below. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/slack/look.h"
#include "adapters/slack/people.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"

enum { PARAMS_MAX = 20, TAGS_MAX = 4000, LINE_MAX_BYTES = 4 << 20 };

struct drive {
    struct loop *loop;
    struct http_client *client;
    struct slack_api *api;
    struct slack_people *people;
    uv_poll_t input;
    struct buf lines;
    uint64_t ids[TAGS_MAX];
    struct asked *asked[TAGS_MAX];      /* freed by its answer, or here when it is cancelled */
};

/* Who gets an answer: a tag that the test chose. */
struct asked {
    struct drive *drive;
    int tag;
};

static struct asked *asked_new(struct drive *d, const json_t *order)
{
    struct asked *a = calloc(1, sizeof *a);
    if (!a)
        abort();
    a->drive = d;
    a->tag = (int)json_integer_value(json_object_get(order, "tag"));
    return a;
}

static void print(json_t *line)
{
    char *text = json_dumps(line, JSON_COMPACT);
    puts(text);
    free(text);
    json_decref(line);
}

static const char *text_of(const json_t *json, const char *name)
{
    return json_string_value(json_object_get(json, name));
}

static void on_answer(void *ctx, const struct slack_answer *answer)
{
    struct asked *a = ctx;
    const char *ts = text_of(answer->json, "ts");
    print(json_pack("{si ss ss sI sb ss? ss?}", "tag", a->tag, "todo",
                    slack_todo_name(answer->todo), "error", answer->error, "retry_after_ms", (json_int_t)answer->retry_after_ms,
                    "json", answer->json != NULL, "ts", ts, "advice", answer->advice));
    if (a->tag > 0 && a->tag < TAGS_MAX)
        a->drive->asked[a->tag] = NULL;
    free(a);
}

static void call(struct drive *d, const json_t *order)
{
    struct slack_param params[PARAMS_MAX];
    size_t count = 0;
    struct asked *a = asked_new(d, order);
    json_t *given = json_object_get(order, "params"), *value;
    const char *name;
    json_object_foreach(given, name, value) {
        if (count < PARAMS_MAX)
            params[count++] = (struct slack_param){ name, json_string_value(value) };
    }
    uint64_t id = slack_api_call(d->api, text_of(order, "method"), text_of(order, "lane"), params,
                                 count, on_answer, a);
    if (a->tag > 0 && a->tag < TAGS_MAX) {
        d->ids[a->tag] = id;
        d->asked[a->tag] = a;
    }
}

static void cancel(struct drive *d, const json_t *order)
{
    int tag = (int)json_integer_value(json_object_get(order, "tag"));
    if (tag <= 0 || tag >= TAGS_MAX || !d->asked[tag])
        return;
    slack_api_cancel(d->api, d->ids[tag]);
    free(d->asked[tag]);
    d->asked[tag] = NULL;
    print(json_pack("{si ss}", "tag", tag, "todo", "cancelled"));
}

static void on_look(void *ctx, enum slack_look_result result, const char *ts,
                    const struct slack_answer *why)
{
    static const char *const names[SLACK_LOOK_RESULTS] = { "found", "not_there", "failed" };
    struct asked *a = ctx;
    print(json_pack("{si ss ss ss?}", "tag", a->tag, "look", names[result], "error", why->error,
                    "ts", ts));
    free(a);
}

static void look(struct drive *d, const json_t *order)
{
    const struct slack_look what = {
        .channel = text_of(order, "channel"), .thread_ts = text_of(order, "thread"),
        .effect_id = json_integer_value(json_object_get(order, "effect")),
        .created_ms = json_integer_value(json_object_get(order, "created_ms")) };
    slack_look(d->api, &what, on_look, asked_new(d, order));
}

static void on_account(void *ctx, enum slack_todo todo, const struct slack_profile *profile)
{
    struct asked *a = ctx;
    if (!profile)
        print(json_pack("{si ss}", "tag", a->tag, "todo", slack_todo_name(todo)));
    else
        print(json_pack("{si ss ss ss ss ss sb sb sb sb}", "tag", a->tag,
                        "todo", slack_todo_name(todo), "team", profile->team,
                        "user", profile->user, "name", profile->name, "email", profile->email,
                        "deleted", profile->deleted, "bot", profile->is_bot,
                        "guest", profile->guest, "stranger", profile->stranger));
    free(a);
}

static void person(struct drive *d, const json_t *order)
{
    slack_people_get(d->people, text_of(order, "user"), on_account, asked_new(d, order));
}

static void forget(struct drive *d, const json_t *order)
{
    slack_people_forget(d->people, text_of(order, "user"));
}

static void health(struct drive *d, const json_t *order)
{
    char text[512];
    bool well = slack_api_health(d->api, text, sizeof text);
    print(json_pack("{sO sb ss ss ss sI sI sI si}", "tag", json_object_get(order, "tag"),
                    "well", well, "text", text, "scopes", slack_api_scopes(d->api),
                    "bot", slack_api_self(d->api)->bot,
                    "calls", (json_int_t)metric_value(METRIC_SLACK_CALLS),
                    "errors", (json_int_t)metric_value(METRIC_SLACK_ERRORS),
                    "limited", (json_int_t)metric_value(METRIC_SLACK_RATE_LIMITED),
                    "under_way", (int)slack_api_under_way(d->api)));
}

static void retest(struct drive *d, const json_t *order)
{
    (void)order;
    slack_api_retest(d->api);
}

static void quit(struct drive *d, const json_t *order)
{
    (void)order;
    loop_stop(d->loop);
}

static void obey(struct drive *d, const char *line)
{
    static const struct {
        const char *op;
        void (*run)(struct drive *d, const json_t *order);
    } orders[] = {
        { "call", call }, { "cancel", cancel }, { "look", look }, { "person", person },
        { "forget", forget }, { "health", health }, { "retest", retest },
        { "quit", quit },
    };
    json_t *order = json_loads(line, 0, NULL);
    const char *op = text_of(order, "op");
    for (size_t i = 0; op && i < sizeof orders / sizeof *orders; i++)
        if (strcmp(orders[i].op, op) == 0)
            orders[i].run(d, order);
    json_decref(order);
}

/* Obeys whole lines, and keeps what is left for the next read. */
static void on_input(uv_poll_t *handle, int status, int events)
{
    struct drive *d = handle->data;
    char *room = buf_room(&d->lines, 65536), *line, *end;
    ssize_t n = room && status >= 0 ? read(STDIN_FILENO, room, 65536) : -1;
    (void)events;
    if (n <= 0) {                       /* the test is gone */
        loop_stop(d->loop);
        return;
    }
    buf_added(&d->lines, (size_t)n);
    for (line = d->lines.data; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        obey(d, line);
    }
    size_t left = strlen(line);
    memmove(d->lines.data, line, left + 1);
    d->lines.len = left;
}

int main(void)
{
    struct drive d = { .loop = loop_new() };
    const char *url = getenv("SLACK_API_URL"), *token = getenv("SLACK_BOT_TOKEN");
    setvbuf(stdout, NULL, _IOLBF, 0);
    log_set_level(LOG_DEBUG);
    buf_init(&d.lines, LINE_MAX_BYTES);
    d.client = http_client_new(d.loop);
    d.api = slack_api_new(d.loop, d.client, url ? url : "", token ? token : "");
    d.people = slack_people_new(d.loop, d.api);
    uv_poll_init(loop_uv(d.loop), &d.input, STDIN_FILENO);
    d.input.data = &d;
    uv_poll_start(&d.input, UV_READABLE, on_input);
    loop_run(d.loop);
    uv_close((uv_handle_t *)&d.input, NULL);
    slack_people_free(d.people);
    slack_api_free(d.api);
    http_client_free(d.client);
    loop_free(d.loop);
    buf_clear(&d.lines);
    log_flush();
    return 0;
}
