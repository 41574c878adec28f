/* route list, set, remove: which channel of a chat surface shows whose tickets. */
#include <stdio.h>
#include <string.h>

#include "bot/cli_json.h"

enum { PLACE_WIDTH = 48 };

static int find_team(struct cli *c, struct reader *r, int64_t *id)
{
    struct team_list list;
    const char *name = cli_value(c, "--team");
    *id = 0;
    if (!name)
        return CLI_OK;
    if (view_teams(r, &c->memory, &list))
        return cli_fail(CLI_IO, "the desk could not be read");
    for (size_t i = 0; i < list.count; i++)
        if (!strcmp(list.teams[i].name, name))
            *id = list.teams[i].id;
    return *id ? CLI_OK : cli_fail(CLI_REFUSED, "there is no team \"%s\"; deskhand team list shows"
                                   " them", cli_plain(c, name, 80));
}

/* Whose tickets the command is about: of a client, of a team, or all others. */
static int read_scope(struct cli *c, struct command *command)
{
    int code;
    const char *key = cli_value(c, "--client");
    struct reader *r = cli_reader(c, &code);
    if (r && key) {
        command->client_id = cli_client(c, r, key).id;
        code = command->client_id ? CLI_OK : CLI_REFUSED;
    }
    if (r && !code)
        code = find_team(c, r, &command->team_id);
    cli_reader_done(r);
    return code;
}

static const char *scope_words(struct cli *c, const char *client, const char *team)
{
    if (!client && !team)
        return "everything else";
    return arena_print(&c->memory, "%s%s%s%s%s", client ? "client " : "", client ? client : "",
                       client && team ? ", " : "", team ? "team " : "", team ? team : "");
}

static int save(struct cli *c, struct command *command)
{
    struct outcome outcome;
    int code = read_scope(c, command);
    return code ? code : cli_submit(c, command, &outcome);
}

int cli_route_set(struct cli *c)
{
    size_t surface = strcspn(c->operand, ":");
    if (!surface || strspn(c->operand, "abcdefghijklmnopqrstuvwxyz") != surface
            || strlen(c->operand) < surface + 2 || strpbrk(c->operand, " \t\r\n"))
        return cli_fail(CLI_USAGE, "PLACE is a surface, a colon and a channel's id, like"
                        " slack:C024BE7LR; \"%s\" is not", cli_plain(c, c->operand, 80));
    struct command command = { .kind = COMMAND_ROUTE, .place = c->operand,
                               .flag = cli_given(c, "--replies") };
    int code = save(c, &command);
    if (!code)
        printf("%s shows the tickets of %s\n", cli_plain(c, c->operand, 200),
               scope_words(c, cli_value(c, "--client"), cli_value(c, "--team")));
    return code;
}

int cli_route_remove(struct cli *c)
{
    size_t len = strlen(c->operand);
    if (!len || strspn(c->operand, "abcdefghijklmnopqrstuvwxyz") != len)
        return cli_fail(CLI_USAGE, "SURFACE is slack or teams, without a channel; \"%s\" is not",
                        cli_plain(c, c->operand, 80));
    struct command command = { .kind = COMMAND_ROUTE,
                               .place = arena_print(&c->memory, "%s:", c->operand) };
    int code = save(c, &command);
    if (!code)
        printf("%s has no channel of its own for %s any more\n", c->operand,
               scope_words(c, cli_value(c, "--client"), cli_value(c, "--team")));
    return code;
}

static void route_json(struct json_out *j, const struct route_view *v)
{
    json_out_object(j, NULL);
    json_out_text(j, "surface", v->surface);
    json_out_text(j, "place", v->place);
    json_out_text(j, "client", v->client);
    json_out_text(j, "team", v->team);
    json_out_bool(j, "replies", v->replies);
    json_out_object_end(j);
}

int cli_route_list(struct cli *c)
{
    int code;
    struct route_list list = { 0 };
    struct reader *r = cli_reader(c, &code);
    if (r && view_routes(r, &c->memory, &list))
        code = cli_fail(CLI_IO, "the desk could not be read");
    struct cli_json out;
    cli_json_open(&out);
    json_out_array(&out.j, NULL);
    for (size_t i = 0; i < list.count; i++) {
        const struct route_view *v = &list.routes[i];
        route_json(&out.j, v);
        if (!cli_given(c, "--json"))
            printf("%-*s %s%s\n", PLACE_WIDTH, cli_plain(c, v->place, 200),
                   cli_plain(c, scope_words(c, v->client, v->team), 120),
                   v->replies ? " (lines there are replies)" : "");
    }
    json_out_array_end(&out.j);
    cli_reader_done(r);
    return cli_json_close(c, &out, code);
}
