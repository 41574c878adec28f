#include "bot/cli_brand.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"

static const struct { const char *option, *member; size_t max; } parts[] = {
    { "--color", "color", 30 }, { "--bot", "bot", 60 }, { "--greeting", "greeting", 500 },
    { "--away", "away", 500 },
};

static bool is_color(const char *text)
{
    size_t digits = *text == '#' ? strspn(text + 1, "0123456789abcdefABCDEF") : 0;
    return (digits == 3 || digits == 6) && !text[1 + digits];
}

static int set_part(json_t *brand, const char *option, const char *member, size_t max,
                    const char *value)
{
    if (!text_is_valid(value, strlen(value)) || text_length(value) > max)
        return cli_fail(CLI_USAGE, "%s is at most %zu characters of UTF-8", option, max);
    if (!strcmp(member, "color") && !is_color(value))
        return cli_fail(CLI_USAGE, "--color is like #2463eb");
    return json_object_set_new(brand, member, json_string(value)) ? CLI_IO : CLI_OK;
}

int cli_brand(struct cli *c, const char *before, const char **out)
{
    json_t *brand = before ? json_loads(before, 0, NULL) : NULL;
    bool changed = false;
    int code = CLI_OK;
    if (!json_is_object(brand)) {
        json_decref(brand);
        brand = json_pack("{}");
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !code; i++) {
        const char *value = cli_value(c, parts[i].option);
        if (value)
            code = set_part(brand, parts[i].option, parts[i].member, parts[i].max, value);
        changed |= value != NULL;
    }
    char *text = json_dumps(brand, JSON_COMPACT);
    if (changed && text)
        *out = arena_copy(&c->memory, text);
    free(text);
    json_decref(brand);
    return code;
}
