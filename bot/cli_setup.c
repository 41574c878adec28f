/* setup slack, setup teams: what has to be done at the other end, and whether it was. */
#include <stdio.h>
#include <string.h>

#include "bot/cli_private.h"
#include "bot/run.h"

static int set_up(struct cli *c, const char *surface)
{
    struct config config = { 0 };
    const char *url = cli_value(c, "--public-url");
    int wrong = cli_load_config(c, &config);
    int code = run_setup(surface, &(struct setup_options){ .config = &config,
        .out = cli_value(c, "--out"), .check = !wrong,
        .public_url = url ? url : config.public_url ? config.public_url : "" });
    config_free(&config);
    return wrong ? wrong : code;
}

int cli_setup_slack(struct cli *c) { return set_up(c, "slack"); }
int cli_setup_teams(struct cli *c) { return set_up(c, "teams"); }
