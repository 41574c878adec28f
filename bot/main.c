/* main.c - start, the adapter table, signals, drain, exit codes. No other file names adapters. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/adapter.h"
#include "adapters/control/control.h"
#include "adapters/inbox/inbox.h"
#include "adapters/messenger/messenger.h"
#include "adapters/net/http.h"
#include "adapters/net/http_client.h"
#include "adapters/net/loop.h"
#include "adapters/ops/ops.h"
#include "adapters/slack/setup.h"
#include "adapters/slack/slack.h"
#include "adapters/teams/setup.h"
#include "adapters/teams/teams.h"
#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/base/log.h"
#include "bot/base/metric.h"
#include "bot/base/notify.h"
#include "bot/cli.h"
#include "bot/demo.h"
#include "bot/run.h"

static const struct adapter *const adapters[] = {
    &ops_adapter, &control_adapter, &messenger_adapter, &inbox_adapter, &slack_adapter,
    &teams_adapter,
};

enum { ADAPTERS = sizeof adapters / sizeof *adapters, DRAIN_MS = 1500, EXIT_BUSY = 69,
       EXIT_STORE = 74, EMAIL_MAX = 255, TOKEN_BYTES = 32 };

struct running {
    const struct run_options *options;
    struct loop *loop;
    struct http_server *http;
    struct http_client *client;
    struct engine *engine;
    struct adapter_host hosts[ADAPTERS];
    void *selves[ADAPTERS];
    const char *surfaces[ADAPTERS + 1];  /* of wanted adapters that show cards */
    struct surfaces book;                /* how they are */
    struct loop_timer watchdog, drain, look;
    bool draining;
    char proxies[1024];
};

/* ---- the engine's hooks and the adapters' signals ---- */

static void hook_post(void *ctx, void (*fn)(void *), void *arg)
{
    loop_post(((struct running *)ctx)->loop, fn, arg);
}

static void hook_outcome(void *ctx, int adapter, uint64_t tag, const struct outcome *outcome)
{
    struct running *r = ctx;
    if (adapter < 0 || adapter >= ADAPTERS || !r->selves[adapter] || !adapters[adapter]->outcome)
        return;
    adapters[adapter]->outcome(r->selves[adapter], tag, outcome);
}

static void hook_news(void *ctx, const struct news *news)
{
    struct running *r = ctx;
    for (int i = 0; i < ADAPTERS; i++)
        if (r->selves[i] && adapters[i]->news)
            adapters[i]->news(r->selves[i], news);
}

/* A place begins with the name of the adapter that serves it. */
static void hook_deliver(void *ctx, const struct effect *effect, const struct ticket_view *view)
{
    struct running *r = ctx;
    size_t len = strcspn(effect->place, ":");
    for (int i = 0; i < ADAPTERS; i++)
        if (r->selves[i] && adapters[i]->deliver && strlen(adapters[i]->name) == len
                && !strncmp(adapters[i]->name, effect->place, len)) {
            adapters[i]->deliver(r->selves[i], effect, view);
            return;
        }
    engine_submit(r->engine, &(struct command){ .kind = COMMAND_NOT_DELIVERED, .flag = true,
        .number = effect->id, .source = "desk", .adapter = -1,
        .text = "No adapter serves this place any more." });
}

static void tell_others(void *ctx, const struct signal *s)
{
    struct running *r = ctx;
    for (int i = 0; i < ADAPTERS; i++)
        if (r->selves[i] && adapters[i]->signal)
            adapters[i]->signal(r->selves[i], s);
}

static void count_waiting(struct reader *reader, void *arg)
{
    (void)arg;
    metric_set(METRIC_EFFECTS_WAITING, view_waiting(reader));
}

static void counted(void *arg)
{
    (void)arg;
}

/* Every few seconds; what is seen between two looks was not worth telling. */
static void look_at_surfaces(void *ctx)
{
    struct running *r = ctx;
    bool changed = false;
    for (int i = 0; i < ADAPTERS && !r->draining; i++) {
        char text[SURFACE_TEXT] = "";
        if (!r->selves[i] || !adapters[i]->health)
            continue;
        bool well = adapters[i]->health(r->selves[i], text, sizeof text);
        changed |= surface_note(&r->book, adapters[i]->name, well, text);
    }
    if (changed)
        tell_others(r, &(struct signal){ .kind = SIGNAL_SURFACES });
    engine_read(r->engine, count_waiting, counted, NULL);
    loop_timer_set(r->loop, &r->look, surface_next_ms(&r->book), look_at_surfaces, r);
}

/* ---- start ---- */

static const char *proxy_list(struct running *r)
{
    const struct text_list *list = &r->options->config->trusted_proxies;
    size_t len = 0;
    for (size_t i = 0; i < list->count; i++) {
        int n = snprintf(r->proxies + len, sizeof r->proxies - len, "%s%s", i ? "," : "",
                         list->items[i]);
        if (n < 0 || (size_t)n >= sizeof r->proxies - len)
            break;
        len += (size_t)n;
    }
    return len ? r->proxies : NULL;
}

static bool is_wanted(const struct running *r, int i)
{
    return !adapters[i]->wanted || adapters[i]->wanted(r->options->config);
}

static void list_surfaces(struct running *r)
{
    size_t n = 0;
    for (int i = 0; i < ADAPTERS; i++)
        if (adapters[i]->deliver && is_wanted(r, i))
            r->surfaces[n++] = adapters[i]->name;
}

static int open_engine(struct running *r)
{
    static const char *const no_places[] = { NULL };
    char *error = NULL;
    list_surfaces(r);
    struct engine_options options = { .data_dir = r->options->data_dir,
        .config = r->options->config, .places = no_places, .surfaces = r->surfaces,
        .hooks = { .ctx = r, .post = hook_post, .outcome = hook_outcome, .news = hook_news,
                   .deliver = hook_deliver } };
    r->engine = engine_open(&options, &error);
    if (!r->engine) {
        fprintf(stderr, "deskhand: %s\n", error ? error : "cannot open the desk");
        free(error);
        return EXIT_STORE;
    }
    if (!r->options->empty)
        demo_fill(r->engine);
    return 0;
}

static int open_adapters(struct running *r)
{
    for (int i = 0; i < ADAPTERS; i++) {
        if (!is_wanted(r, i))
            continue;
        r->hosts[i] = (struct adapter_host){ .engine = r->engine, .loop = r->loop,
            .http = r->http, .client = r->client, .config = r->options->config, .index = i,
            .data_dir = r->options->data_dir,
            .ctx = r, .signal = tell_others, .surfaces = &r->book };
        int code = adapters[i]->open(&r->hosts[i], &r->selves[i]);
        if (code) {
            fprintf(stderr, "deskhand: cannot start the %s adapter; the lines above say why\n",
                    adapters[i]->name);
            return code == CONFIG_EXIT ? CONFIG_EXIT : EXIT_FAILURE;
        }
        if (adapters[i]->deliver)
            log_info("surface on", "surface=%s", adapters[i]->name);
    }
    return 0;
}

static int listen_now(struct running *r)
{
    const struct config_listen *at = &r->options->config->address;
    if (http_listen(r->http, at->host, at->port) == 0)
        return 0;
    fprintf(stderr, "deskhand: cannot listen on %s; is another program using it? Choose another "
                    "with --listen ADDRESS:PORT (make run: LISTEN=ADDRESS:PORT)\n",
            r->options->config->listen);
    return EXIT_BUSY;
}

/* ---- the links for a person at a terminal ---- */

static void first_admin(struct reader *reader, void *email)
{
    struct arena a = { 0 };
    struct technician_list list;
    if (view_technicians(reader, &a, &list) == 0)
        for (size_t i = list.count; i--;)
            if (list.technicians[i].active && list.technicians[i].role == ROLE_ADMIN)
                snprintf(email, EMAIL_MAX, "%s", list.technicians[i].email);
    arena_clear(&a);
}

static void print_links(struct running *r)
{
    const struct config *config = r->options->config;
    char email[EMAIL_MAX] = "", base[300], token[TOKEN_BYTES * 2];
    unsigned char random[TOKEN_BYTES];
    engine_read_now(r->engine, first_admin, email);
    snprintf(base, sizeof base, "%s%s", *config->public_url ? "" : "http://",
             *config->public_url ? config->public_url : config->listen);
    hash_random(random, sizeof random);
    hash_base64url(random, sizeof random, token);
    struct command link = { .kind = COMMAND_SIGN_IN_LINK, .actor = ACTOR_OPERATOR,
        .source = "cli", .email = email, .adapter = -1,
        .until_ms = clock_now_ms() + config->inbox.link_minutes * 60 * 1000 };
    hash_sha256(token, strlen(token), link.hash);
    printf("\n  Customer page   %s/demo\n", base);
    if (*email && engine_submit(r->engine, &link))
        printf("  Inbox           %s/inbox/login?t=%s   (signs in %s, once)\n", base, token, email);
    printf("  Health          %s/readyz\n\n", base);
    fflush(stdout);
}

/* ---- stop ---- */

static void finished(void *ctx)
{
    loop_stop(((struct running *)ctx)->loop);
}

static void stop(void *ctx)
{
    struct running *r = ctx;
    if (r->draining)
        return;
    r->draining = true;
    log_info("desk stops", "drain_ms=%d", DRAIN_MS);
    notify_send("STOPPING=1");
    http_drain(r->http);
    for (int i = 0; i < ADAPTERS; i++)
        if (r->selves[i] && adapters[i]->drain)
            adapters[i]->drain(r->selves[i]);
    loop_timer_set(r->loop, &r->drain, DRAIN_MS, finished, r);
}

static void close_all(struct running *r)
{
    if (r->engine) {
        engine_stop(r->engine);
        loop_post(r->loop, finished, r);
        loop_run(r->loop);       /* what the engine had to tell is told before anybody closes */
    }
    for (int i = ADAPTERS - 1; i >= 0; i--)
        if (r->selves[i] && adapters[i]->close)
            adapters[i]->close(r->selves[i]);
    http_client_free(r->client);
    http_free(r->http);
    engine_free(r->engine);
}

/* Both threads must be alive for the manager to hear of it: this runs on the network thread and
 * asks for the writer. */
static void watchdog(void *ctx)
{
    struct running *r = ctx;
    struct engine_health health;
    engine_health(r->engine, &health);
    if (health.writer_alive)
        notify_send("WATCHDOG=1");
}

/* A signal that comes while the desk starts waits until the loop can end it politely. */
static void hold_signals(bool hold)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(hold ? SIG_BLOCK : SIG_UNBLOCK, &signals, NULL);
}

static void run_loop(struct running *r)
{
    loop_on_signal(r->loop, SIGTERM, stop, r);
    loop_on_signal(r->loop, SIGINT, stop, r);
    hold_signals(false);
    if (notify_watchdog_ms())
        loop_timer_repeat(r->loop, &r->watchdog, notify_watchdog_ms(), watchdog, r);
    loop_timer_set(r->loop, &r->look, SURFACE_DOUBT_MS, look_at_surfaces, r);
    log_info("desk ready", "listen=%s data=\"%s\"", r->options->config->listen,
             r->options->data_dir);
    notify_send("READY=1");
    if (r->options->links)
        print_links(r);
    loop_run(r->loop);
}

int run_desk(const struct run_options *options)
{
    struct running r = { .options = options };
    hold_signals(true);
    log_set_level((enum log_level)options->config->log_level);
    r.loop = loop_new();
    if (!r.loop)
        return EXIT_FAILURE;
    r.http = http_new(r.loop, &(struct http_settings){ .trusted_proxies = proxy_list(&r) });
    r.client = http_client_new(r.loop);
    int code = open_engine(&r);
    if (!code)
        code = open_adapters(&r);
    if (!code)
        code = listen_now(&r);
    if (!code)
        run_loop(&r);
    close_all(&r);
    loop_free(r.loop);
    log_flush();
    return code;
}

/* ---- setting up ---- */

int run_setup(const char *surface, const struct setup_options *options)
{
    static const struct {
        const char *surface;
        int (*run)(const struct setup_options *options);
    } rows[] = { { "slack", slack_setup }, { "teams", teams_setup } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].surface, surface))
            return rows[i].run(options);
    return EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    return cli_main(argc, argv);
}
