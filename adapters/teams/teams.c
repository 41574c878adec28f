#include "adapters/teams/teams.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "adapters/teams/assertion.h"
#include "adapters/teams/origin.h"
#include "adapters/teams/teams_private.h"
#include "adapters/teams/token.h"
#include "bot/base/clock.h"
#include "bot/base/log.h"

enum { KEY_FAILURES = 3, WARM_MS = 1000 };

/* Sources: the constants of Microsoft's SDKs; the first row also stands for every other host. */
static const struct teams_cloud clouds[] = {
    { "login.botframework.com", "https://api.botframework.com",
      "https://api.botframework.com/.default", "https://smba.trafficmanager.net/teams/" },
    { "login.botframework.azure.us", "https://api.botframework.us",
      "https://api.botframework.us/.default", "https://smba.infra.gov.teams.microsoft.us/teams/" },
    { "login.botframework.azure.cn", "https://api.botframework.azure.cn",
      "https://api.botframework.azure.cn/.default", "" },
};

static const struct teams_cloud *cloud_of(const char *metadata_url)
{
    struct teams_origin origin;
    if (teams_origin_parse(teams_span_of(metadata_url), &origin))
        return clouds;
    for (size_t i = 0; i < sizeof clouds / sizeof *clouds; i++)
        if (origin.host.len == strlen(clouds[i].metadata_host)
                && !strncasecmp(origin.host.bytes, clouds[i].metadata_host, origin.host.len))
            return &clouds[i];
    return clouds;
}

/* "a, b" to a list; empty items are left out. */
static struct text_list list_of(const char *text, struct arena *a)
{
    const char **items = arena_alloc(a, (strlen(text) + 2) * sizeof *items);
    size_t count = 0;
    for (const char *at = text + strspn(text, ", "); *at; at += strspn(at, ", ")) {
        size_t len = strcspn(at, ", ");
        items[count++] = arena_copy_n(a, at, len);
        at += len;
    }
    return (struct text_list){ items, count };
}

static bool teams_wanted(const struct config *config)
{
    return config->teams.app_id != NULL;
}

void teams_hold(struct teams *t)
{
    t->holds++;
}

void teams_drop(struct teams *t)
{
    if (--t->holds)
        return;
    arena_clear(&t->settings);
    free(t);
}

/* ---- open ---- */

/* 0, or CONFIG_EXIT. */
static int open_token(struct teams *t)
{
    const struct config_teams *config = &t->host.config->teams;
    struct teams_certificate *certificate = NULL;
    const char *error = NULL;
    if (config->app_certificate)
        certificate = teams_certificate_load(config->app_certificate, &error);
    if (error) {
        log_error("teams certificate", "file=\"%s\" error=\"%s\" advice=\"Check "
                  "TEAMS_APP_CERTIFICATE.\"", config->app_certificate, error);
        return CONFIG_EXIT;
    }
    t->token = teams_token_new(&(struct teams_token_settings){ .loop = t->host.loop,
        .http = t->host.client, .login_url = config->login_url, .tenant = t->tenants.items[0],
        .app_id = config->app_id, .scope = t->cloud->scope, .secret = config->app_secret,
        .certificate = certificate });
    return 0;
}

static void open_checks(struct teams *t)
{
    const struct config_teams *config = &t->host.config->teams;
    t->keys = teams_keys_new(&(struct teams_keys_settings){ .loop = t->host.loop,
        .http = t->host.client, .metadata_url = config->metadata_url });
    t->auth = teams_auth_new(&(struct teams_rules){ .app_id = teams_span_of(config->app_id),
        .issuer = teams_span_of(t->cloud->issuer), .channel = teams_span_of(TEAMS_CHANNEL),
        .service_hosts = &t->service_hosts, .tenants = &t->tenants }, t->keys);
}

/* Whether the settings are right is known before the first person needs it: the keys and the desk's
 * own token are fetched at the start, and again until they come. Nobody waits for them. */
static void warm_up(void *self)
{
    struct teams *t = self;
    if (teams_token_header(t->token))
        return;
    int64_t wait_ms = teams_token_retry_ms(t->token);
    loop_timer_set(t->host.loop, &t->warm, wait_ms > WARM_MS ? wait_ms : WARM_MS, warm_up, t);
}

static int teams_open(const struct adapter_host *host, void **self)
{
    struct teams *t = calloc(1, sizeof *t);
    const struct config_teams *config = &host->config->teams;
    if (!t)
        abort();
    t->host = *host;
    t->holds = 1;
    t->opened_ms = clock_now_ms();
    t->cloud = cloud_of(config->metadata_url);
    t->tenants = list_of(config->tenants, &t->settings);
    t->service_hosts = list_of(config->service_hosts, &t->settings);
    if (!t->tenants.count)
        log_error("teams tenants", "advice=\"TEAMS_TENANT_ID names no tenant.\"");
    if (!t->tenants.count || open_token(t)) {
        teams_drop(t);
        return CONFIG_EXIT;
    }
    open_checks(t);
    t->book = teams_book_open(host->engine, &t->service_hosts);
    t->connector = teams_connector_new(&(struct teams_connector_settings){ .loop = host->loop,
        .http = host->client, .token = t->token, .service_hosts = &t->service_hosts,
        .tenant = t->tenants.items[0] });
    t->strangers = teams_strangers_new();
    teams_desk_open(t);
    teams_door_open(t);
    teams_recall(t);
    teams_keys_prepare(t->keys);
    warm_up(t);
    *self = t;
    return 0;
}

/* ---- the rest of its life ---- */

static void outcome(void *self, uint64_t tag, const struct outcome *o)
{
    teams_outcome(self, tag, o);
}

static void news(void *self, const struct news *n)
{
    teams_desk_news(self, n);
}

static void drain(void *self)
{
    teams_connector_drain(((struct teams *)self)->connector);
}

static void teams_close(void *self)
{
    struct teams *t = self;
    t->closed = true;
    loop_timer_stop(t->host.loop, &t->warm);
    teams_keys_free(t->keys);        /* who waits for a key is answered */
    teams_auth_free(t->auth);
    teams_door_close(t);
    teams_connector_free(t->connector);
    teams_token_free(t->token);
    teams_talks_free(t);
    teams_door_free(t->door);
    teams_desk_free(t->desk);
    teams_book_free(t->book);
    teams_strangers_free(t->strangers);
    t->keys = NULL;
    t->auth = NULL;
    t->connector = NULL;
    t->token = NULL;
    t->desk = NULL;
    t->door = NULL;
    t->book = NULL;
    t->strangers = NULL;
    teams_drop(t);
}

static bool is_well(void *self, char *text, size_t size)
{
    struct teams *t = self;
    if (!teams_connector_health(t->connector, text, size))
        return false;
    if (teams_keys_failures(t->keys) < KEY_FAILURES)
        return true;
    snprintf(text, size, "The keys of Microsoft's tokens cannot be read. Check "
             "TEAMS_OPENID_METADATA_URL, the network and the proxy.");
    return false;
}

const struct adapter teams_adapter = {
    .name = TEAMS_SURFACE,
    .wanted = teams_wanted,
    .open = teams_open,
    .outcome = outcome,
    .news = news,
    .deliver = teams_deliver,
    .drain = drain,
    .close = teams_close,
    .health = is_well,
};
