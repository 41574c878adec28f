/* cli_json.h - JSON on standard output, for the commands that have --json. It does not know what is
 * in it. */
#ifndef DESKHAND_CLI_JSON_H
#define DESKHAND_CLI_JSON_H

#include "bot/base/json_out.h"
#include "bot/cli_private.h"

/* Open, write into j, close. Closing prints it when --json was given and code is 0, and returns the
 * code. It can be written into in any case, so that a list is walked once for both forms. */
struct cli_json {
    struct json_out j;
    struct buf buf;
};

void cli_json_open(struct cli_json *out);
int cli_json_close(const struct cli *c, struct cli_json *out, int code);

#endif
