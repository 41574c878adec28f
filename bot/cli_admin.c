/* client, technician, team, sign-in, effects. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/cli_brand.h"
#include "bot/cli_json.h"
#include "bot/desk/calendar.h"

/* ---- clients ---- */

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
    const char *text = cli_read_file(c, given, CALENDAR_TEXT_MAX, &len);
    if (!text)
        return NULL;
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

static int switch_value(const struct cli *c, const char *on, const char *off)
{
    return cli_given(c, off) ? 0 : cli_given(c, on) ? 1 : -1;
}

static int triage_value(const struct cli *c, int *out)
{
    const char *mode = cli_value(c, "--triage");
    *out = mode ? triage_mode_parse(mode) : -1;
    if (mode && *out < 0)
        return cli_fail(CLI_USAGE, "--triage is off, shadow, draft or live");
    return CLI_OK;
}

static int fill_change(struct cli *c, const char *brand, struct client_change *change)
{
    const char *hours = cli_value(c, "--hours");
    *change = (struct client_change){
        .key = c->operand, .name = cli_value(c, "--name"), .embed = cli_values(c, "--embed"),
        .active = -1, .messenger = -1, .vip = cli_given(c, "--vip") ? 1 : -1,
        .reminders = switch_value(c, "--reminders", "--no-reminders") };
    if (triage_value(c, &change->triage))
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

int cli_client_set(struct cli *c)
{
    struct client_view there;
    struct client_change change;
    int code = look_up(c, &there);
    if (!code && !there.id)
        code = cli_fail(CLI_REFUSED, "there is no client \"%s\"; deskhand client list shows them",
                        c->operand);
    if (!code)
        code = fill_change(c, there.brand, &change);
    if (code)
        return code;
    change.active = change.messenger = switch_value(c, "--on", "--off");
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

/* ---- technicians and teams ---- */

int cli_technician_add(struct cli *c)
{
    const char *role = cli_value(c, "--role"), *name = cli_value(c, "--name");
    if (role && role_parse(role) < 0)
        return cli_fail(CLI_USAGE, "--role is technician, lead or admin");
    struct command command = { .kind = COMMAND_TECHNICIAN_SAVE, .email = c->operand, .name = name,
                               .category = role, .flag = !cli_given(c, "--inactive") };
    struct technician_view there = { 0 };
    int code;
    struct reader *r = cli_reader(c, &code);
    if (r && view_technician_by_email(r, c->operand, &c->memory, &there))
        code = cli_fail(CLI_IO, "the desk could not be read");
    cli_reader_done(r);
    if (code)
        return code;
    if (!name && !there.id)
        return cli_fail(CLI_USAGE, "a new technician needs --name NAME");
    command.name = name ? name : there.name;
    command.category = role ? role : role_code(there.id ? there.role : ROLE_TECHNICIAN);
    struct outcome outcome;
    code = cli_submit(c, &command, &outcome);
    if (!code)
        printf("technician %s is saved; let them in with: deskhand sign-in %s\n", c->operand,
               c->operand);
    return code;
}

int cli_technician_list(struct cli *c)
{
    int code;
    struct technician_list list = { 0 };
    struct reader *r = cli_reader(c, &code);
    if (r && view_technicians(r, &c->memory, &list))
        code = cli_fail(CLI_IO, "the desk could not be read");
    struct cli_json out;
    cli_json_open(&out);
    json_out_array(&out.j, NULL);
    for (size_t i = 0; i < list.count; i++) {
        const struct technician_view *v = &list.technicians[i];
        json_out_object(&out.j, NULL);
        json_out_int(&out.j, "id", v->id);
        json_out_text(&out.j, "email", v->email);
        json_out_text(&out.j, "name", v->name);
        json_out_text(&out.j, "role", role_code(v->role));
        json_out_bool(&out.j, "active", v->active);
        json_out_object_end(&out.j);
        if (!cli_given(c, "--json"))
            printf("%-32s %-24s %-10s %s\n", cli_plain(c, v->email, 80), cli_plain(c, v->name, 24),
                   role_code(v->role), v->active ? "" : "inactive");
    }
    json_out_array_end(&out.j);
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}

int cli_team_add(struct cli *c)
{
    const char *members = cli_values(c, "--member");
    char *lines = arena_copy(&c->memory, members ? members : "");
    for (char *at = lines; *at; at++)
        if (*at == ' ')
            *at = '\n';
    struct command command = { .kind = COMMAND_TEAM_SAVE, .name = c->operand, .text = lines };
    struct outcome outcome;
    int code = cli_submit(c, &command, &outcome);
    if (!code)
        printf("team %s is saved\n", c->operand);
    return code;
}

int cli_team_list(struct cli *c)
{
    int code;
    struct team_list list = { 0 };
    struct reader *r = cli_reader(c, &code);
    if (r && view_teams(r, &c->memory, &list))
        code = cli_fail(CLI_IO, "the desk could not be read");
    struct cli_json out;
    cli_json_open(&out);
    json_out_array(&out.j, NULL);
    for (size_t i = 0; i < list.count; i++) {
        json_out_object(&out.j, NULL);
        json_out_int(&out.j, "id", list.teams[i].id);
        json_out_text(&out.j, "name", list.teams[i].name);
        json_out_object_end(&out.j);
        if (!cli_given(c, "--json"))
            printf("%s\n", cli_plain(c, list.teams[i].name, 100));
    }
    json_out_array_end(&out.j);
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}

/* ---- signing in ---- */

int cli_sign_in(struct cli *c)
{
    unsigned char secret[HASH_BYTES];
    char token[64];
    struct config config = { 0 };
    int code = cli_load_config(c, &config);
    hash_random(secret, sizeof secret);
    hash_base64url(secret, sizeof secret, token);
    struct command command = { .kind = COMMAND_SIGN_IN_LINK, .email = c->operand,
        .until_ms = clock_now_ms() + config.inbox.link_minutes * INT64_C(60000) };
    hash_sha256(token, strlen(token), command.hash);
    struct outcome outcome = { 0 };
    if (!code)
        code = cli_submit(c, &command, &outcome);
    const char *running = outcome.text, *public = config.public_url;
    if (!code)
        printf("%s%s/inbox/login?t=%s\nIt works once, for %" PRId64 " minutes.\n",
               *running || *public ? "" : "http://",
               *running ? running : *public ? public : config.listen, token,
               config.inbox.link_minutes);
    config_free(&config);
    return code;
}

/* ---- what was not delivered ---- */

int cli_effects_list(struct cli *c)
{
    int code;
    struct undelivered_list list = { 0 };
    struct reader *r = cli_reader(c, &code);
    if (r && view_undelivered(r, 1000, &c->memory, &list))
        code = cli_fail(CLI_IO, "the desk could not be read");
    struct cli_json out;
    cli_json_open(&out);
    json_out_array(&out.j, NULL);
    for (size_t i = 0; i < list.count; i++) {
        const struct undelivered_view *v = &list.effects[i];
        json_out_object(&out.j, NULL);
        json_out_int(&out.j, "id", v->effect_id);
        json_out_int(&out.j, "ticket", v->ticket_id);
        json_out_text(&out.j, "kind", v->kind);
        json_out_text(&out.j, "place", v->place);
        json_out_int(&out.j, "attempts", v->attempts);
        json_out_int(&out.j, "created_ms", v->created_ms);
        json_out_text(&out.j, "error", v->error);
        json_out_object_end(&out.j);
        if (!cli_given(c, "--json"))
            printf("%-8" PRId64 " ticket #%-8" PRId64 " %-8s %-24s %d tries  %s\n", v->effect_id,
                   v->ticket_id, v->kind, cli_plain(c, v->place, 60), v->attempts,
                   cli_plain(c, v->error, 200));
    }
    json_out_array_end(&out.j);
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}

static int decide_effect(struct cli *c, enum command_kind kind, const char *done)
{
    char *end;
    struct command command = { .kind = kind, .number = strtoll(c->operand, &end, 10) };
    struct outcome outcome;
    if (*end || command.number <= 0)
        return cli_fail(CLI_USAGE, "ID is a number from deskhand effects list");
    int code = cli_submit(c, &command, &outcome);
    if (!code)
        puts(done);
    return code;
}

int cli_effects_retry(struct cli *c)
{
    return decide_effect(c, COMMAND_RETRY_EFFECT, "it will be tried again");
}

int cli_effects_drop(struct cli *c)
{
    return decide_effect(c, COMMAND_DROP_EFFECT, "it is given up");
}
