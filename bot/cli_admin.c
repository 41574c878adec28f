/* technician, team, sign-in, effects. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/hash.h"
#include "bot/cli_json.h"
#include "bot/desk/plain.h"

/* ---- technicians and teams ---- */

static int check_email(const char *email)
{
    const char *wrong = email_wrong(email);
    return wrong ? cli_fail(CLI_USAGE, "the mail address %s", wrong) : CLI_OK;
}

/* What is different now, in words: "name, role". */
static const char *changes(struct cli *c, const struct technician_view *there,
                           const struct command *saved)
{
    const char *list = "";
    if (strcmp(there->name, saved->name) != 0)
        list = arena_print(&c->memory, "%s, name", list);
    if (role_parse(saved->category) != (int)there->role)
        list = arena_print(&c->memory, "%s, role %s", list, saved->category);
    if (there->active != saved->flag)
        list = arena_print(&c->memory, "%s, %s", list, saved->flag ? "active" : "inactive");
    return *list ? list + 2 : list;
}

static void say_technician(struct cli *c, const struct technician_view *there,
                           const struct command *saved)
{
    const char *what = there->id ? changes(c, there, saved) : "";
    if (!there->id)
        printf("technician %s is added%s\n", c->operand, saved->flag ? "" : ", inactive");
    else if (*what)
        printf("technician %s is changed: %s\n", c->operand, what);
    else
        printf("technician %s was like this already\n", c->operand);
    if (saved->flag)
        printf("let them in with: deskhand sign-in %s\n", c->operand);
    else
        printf("they may not sign in; switch them on with: deskhand technician add %s --active\n",
               c->operand);
}

static int look_up_technician(struct cli *c, struct technician_view *out)
{
    int code;
    struct reader *r = cli_reader(c, &code);
    *out = (struct technician_view){ .active = true };
    if (r && view_technician_by_email(r, c->operand, &c->memory, out))
        code = cli_fail(CLI_IO, "the desk could not be read");
    cli_reader_done(r);
    return code;
}

int cli_technician_add(struct cli *c)
{
    const char *role = cli_value(c, "--role"), *name = cli_value(c, "--name");
    int on = cli_switch(c, "--active", "--inactive");
    if (role && role_parse(role) < 0)
        return cli_fail(CLI_USAGE, "--role is technician, lead or admin");
    if (cli_given(c, "--active") && cli_given(c, "--inactive"))
        return cli_fail(CLI_USAGE, "--active and --inactive exclude each other");
    if (check_email(c->operand) || cli_name_wrong(name))
        return CLI_USAGE;
    struct technician_view there;
    int code = look_up_technician(c, &there);
    if (!code && !name && !there.id)
        code = cli_fail(CLI_USAGE, "a new technician needs --name NAME");
    if (code)
        return code;
    struct command command = { .kind = COMMAND_TECHNICIAN_SAVE, .email = c->operand,
        .name = name ? name : there.name,
        .category = role ? role : role_code(there.id ? there.role : ROLE_TECHNICIAN),
        .flag = on >= 0 ? on > 0 : !there.id || there.active };
    struct outcome outcome;
    code = cli_submit(c, &command, &outcome);
    if (!code)
        say_technician(c, &there, &command);
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
    if (cli_name_wrong(c->operand))
        return CLI_USAGE;
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
