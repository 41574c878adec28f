#include "bot/cli_json.h"

#include <stdio.h>

enum { JSON_MAX = 256 * 1024 * 1024 };

void cli_json_open(struct cli_json *out)
{
    buf_init(&out->buf, JSON_MAX);
    out->j = (struct json_out){ .buf = &out->buf };
}

int cli_json_close(const struct cli *c, struct cli_json *out, int code)
{
    if (!code && cli_given(c, "--json")) {
        if (out->buf.failed)
            code = cli_fail(CLI_IO, "the answer is too large; ask for less");
        else
            printf("%s\n", out->buf.data ? out->buf.data : "null");
    }
    buf_clear(&out->buf);
    return code;
}
