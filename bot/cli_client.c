/* client add, set, list. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bot/cli_brand.h"
#include "bot/cli_json.h"
#include "bot/config_check.h"
#include "bot/desk/calendar.h"

enum { SITES_BYTES = 4000 };       /* of all sites of a client: they go out in one header */

static bool is_key(const char *key)
{
    size_t len = strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return len && len <= 64 && !key[len];
}

static const char *hours_text(struct cli *c, const char *given)
{
    char zone[ZONE_NAME_MAX + 1], error[CALENDAR_ERROR_MAX], path[128];
    unsigned char bytes[64 * 1024];
    size_t len, zone_len = 0;
    if (!strcmp(given, "always") || !strcmp(given, "never"))
        return given;
    if (access(given, R_OK)) {
        cli_fail(CLI_IO, "%s: %s; --hours is always, never or a FILE with opening hours", given,
                 strerror(errno));
        return NULL;
    }
    const char *text = cli_read_file(c, given, CALENDAR_TEXT_MAX, &len);
    if (!text)
        return NULL;
    if (!strncmp(text, "\xef\xbb\xbf", 3))      /* the byte order mark of some editors */
        text += 3;
    calendar_zone_name(text, zone);
    snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone);
    FILE *file = strcmp(zone, "UTC") != 0 ? fopen(path, "rb") : NULL;
    if (file) {
        zone_len = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
    }
    if (calendar_parse(text, file ? bytes : NULL, zone_len, &c->memory, error))
        return text;
    cli_fail(CLI_REFUSED, "%s: %s", given, error);
    return NULL;
}

static int triage_value(const struct cli *c, int *out)
{
    const char *mode = cli_value(c, "--triage");
    *out = mode ? triage_mode_parse(mode) : -1;
    if (mode && *out < 0)
        return cli_fail(CLI_USAGE, "--triage is off, shadow, draft or live");
    return CLI_OK;
}

/* The sites as they are kept: written alike, a space between them. */
static int embed_value(struct cli *c, const char **out)
{
    const char *given = cli_values(c, "--embed"), *sites = "";
    char site[CONFIG_SITE_MAX];
    *out = NULL;
    for (const char *at = given ? given : ""; *(at += strspn(at, " "));) {
        size_t len = strcspn(at, " ");
        if (config_site_parse(at, len, site))
            return cli_fail(CLI_USAGE, "--embed %s is no site; write https://acme.example, with a"
                            " port if it has one but without a path, https://*.acme.example for"
                            " all sites below, or http:// for this machine only",
                            cli_plain(c, arena_copy_n(&c->memory, at, len), 80));
        sites = arena_print(&c->memory, "%s%s%s", sites, *sites ? " " : "", site);
        at += len;
    }
    if (strlen(sites) > SITES_BYTES)
        return cli_fail(CLI_USAGE, "these are too many sites for --embed: more than %d bytes;"
                        " https://*.acme.example stands for all sites below", SITES_BYTES);
    *out = given ? sites : NULL;
    return CLI_OK;
}

static int fill_change(struct cli *c, const char *brand, struct client_change *change)
{
    const char *hours = cli_value(c, "--hours");
    *change = (struct client_change){
        .key = c->operand, .name = cli_value(c, "--name"),
        .active = -1, .messenger = -1, .vip = cli_given(c, "--vip") ? 1 : -1,
        .reminders = cli_switch(c, "--reminders", "--no-reminders") };
    if (triage_value(c, &change->triage) || cli_name_wrong(change->name)
            || embed_value(c, &change->embed))
        return CLI_USAGE;
    if (hours && !(change->hours = hours_text(c, hours)))
        return access(hours, R_OK) ? CLI_IO : CLI_REFUSED;
    return cli_brand(c, brand, &change->brand);
}

static int save_client(struct cli *c, struct client_change *change)
{
    struct command command = { .kind = COMMAND_CLIENT_SAVE, .client = change };
    struct outcome outcome;
    int code = cli_submit(c, &command, &outcome);
    if (!code)
        printf("client %s is saved\n", c->operand);
    return code;
}

/* The client with this key; id 0 when there is none. -1 after complaining. */
static int look_up(struct cli *c, struct client_view *out)
{
    int code;
    struct client_list list = { 0 };
    struct reader *r = cli_reader(c, &code);
    *out = (struct client_view){ 0 };
    if (r && view_clients(r, &c->memory, &list))
        code = cli_fail(CLI_IO, "the desk could not be read");
    for (size_t i = 0; i < list.count; i++)
        if (!strcmp(list.clients[i].key, c->operand))
            *out = list.clients[i];
    cli_reader_done(r);
    return code;
}

int cli_client_add(struct cli *c)
{
    struct client_view there;
    struct client_change change;
    if (!is_key(c->operand))
        return cli_fail(CLI_USAGE, "KEY is 1 to 64 of a-z, 0-9 and -; \"%s\" is not", c->operand);
    if (!cli_given(c, "--name"))
        return cli_fail(CLI_USAGE, "client add needs --name NAME");
    int code = look_up(c, &there);
    if (!code && there.id)
        code = cli_fail(CLI_REFUSED, "there is a client %s already; change it with: deskhand client"
                        " set %s", c->operand, c->operand);
    if (!code)
        code = fill_change(c, NULL, &change);
    if (code)
        return code;
    change.active = change.messenger = 1;
    change.triage = change.triage < 0 ? TRIAGE_LIVE : change.triage;
    change.reminders = change.reminders < 0 ? 1 : change.reminders;
    change.hours = change.hours ? change.hours : "always";
    return save_client(c, &change);
}

/* Not only where the desk is. */
static bool asks_for_a_change(const struct cli *c)
{
    for (size_t i = 0; i < c->given_count; i++)
        if (strcmp(c->given[i].name, "--data") != 0 && strcmp(c->given[i].name, "--config") != 0)
            return true;
    return false;
}

int cli_client_set(struct cli *c)
{
    struct client_view there;
    struct client_change change;
    if (!asks_for_a_change(c))
        return cli_fail(CLI_USAGE, "client set changes nothing without an option; deskhand client"
                        " set --help lists them");
    int code = look_up(c, &there);
    if (!code && !there.id)
        code = cli_fail(CLI_REFUSED, "there is no client \"%s\"; deskhand client list shows them",
                        c->operand);
    if (!code)
        code = fill_change(c, there.brand, &change);
    if (code)
        return code;
    change.active = change.messenger = cli_switch(c, "--on", "--off");
    return save_client(c, &change);
}

static const char *first_line(struct cli *c, const char *text)
{
    return arena_copy_n(&c->memory, text, strcspn(text, "\n"));
}

static void print_client(struct cli *c, const struct client_view *v)
{
    bool word = !strcmp(v->hours, "always") || !strcmp(v->hours, "never");
    printf("%-20s %-28s %-4s %-7s %-13s hours %s\n", v->key, cli_plain(c, v->name, 28),
           v->active ? "on" : "off", triage_mode_code(v->triage),
           v->reminders ? "reminders" : "no reminders",
           word ? first_line(c, v->hours) : "by calendar");
}

static void client_json(struct json_out *j, const struct client_view *v)
{
    json_out_object(j, NULL);
    json_out_int(j, "id", v->id);
    json_out_text(j, "key", v->key);
    json_out_text(j, "name", v->name);
    json_out_bool(j, "active", v->active);
    json_out_bool(j, "messenger", v->messenger);
    json_out_text(j, "triage", triage_mode_code(v->triage));
    json_out_bool(j, "reminders", v->reminders);
    json_out_bool(j, "vip", v->vip);
    json_out_text(j, "hours", v->hours);
    json_out_text(j, "embed", v->embed);
    json_out_raw(j, "brand", v->brand && *v->brand ? v->brand : "{}");
    json_out_object_end(j);
}

int cli_client_list(struct cli *c)
{
    int code;
    struct client_list list = { 0 };
    struct reader *r = cli_reader(c, &code);
    if (r && view_clients(r, &c->memory, &list))
        code = cli_fail(CLI_IO, "the desk could not be read");
    struct cli_json out;
    cli_json_open(&out);
    json_out_array(&out.j, NULL);
    for (size_t i = 0; i < list.count; i++) {
        if (cli_given(c, "--json"))
            client_json(&out.j, &list.clients[i]);
        else
            print_client(c, &list.clients[i]);
    }
    json_out_array_end(&out.j);
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}
