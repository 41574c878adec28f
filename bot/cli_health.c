/* health: the running desk, asked through its socket, in words or as JSON. */
#include <jansson.h>
#include <stdio.h>

#include "bot/cli_private.h"

static bool is_true(const json_t *json, const char *key)
{
    return json_is_true(json_object_get(json, key));
}

/* One line each; false when it is not well. */
static bool say_surface(struct cli *c, const json_t *surface)
{
    const char *name = json_string_value(json_object_get(surface, "name"));
    bool well = is_true(surface, "well");
    const char *text = well ? "well"
                            : json_string_value(json_object_get(surface, "text"));
    printf("%-10s %s\n", cli_plain(c, name, 20), cli_plain(c, text, 400));
    return well;
}

static void say_desk(const json_t *desk)
{
    long long undelivered = json_integer_value(json_object_get(desk, "undelivered"));
    bool ok = is_true(desk, "ok");
    printf("%-10s %s\n", "desk", ok ? "well"
           : is_true(desk, "disk_full") ? "the disk is full: make room, then work goes on"
           : "not ready: it starts or stops, or its log says why");
    if (undelivered)
        printf("%-10s %lld; see: deskhand effects list\n", "not sent", undelivered);
}

int cli_health(struct cli *c)
{
    size_t i;
    json_t *surface;
    const char *line = cli_health_line(c);
    json_t *desk = line ? json_loads(line, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (!desk)
        return cli_fail(CLI_UNREACHABLE, "no desk runs in %s, or it does not answer",
                        cli_data_dir(c));
    const json_t *surfaces = json_object_get(desk, "surfaces");
    bool well = is_true(desk, "ok");
    if (cli_given(c, "--json"))
        fputs(line, stdout);
    else
        say_desk(desk);
    json_array_foreach(surfaces, i, surface)
        well &= cli_given(c, "--json") ? is_true(surface, "well") : say_surface(c, surface);
    json_decref(desk);
    return well ? CLI_OK : CLI_REFUSED;
}
