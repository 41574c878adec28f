/* What the subcommands share: options, files, readers, settings, times. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "bot/base/text.h"
#include "bot/cli_private.h"
#include "bot/config_table.h"
#include "bot/desk/plain.h"

const char *cli_value(const struct cli *c, const char *name)
{
    for (size_t i = c->given_count; i > 0; i--)
        if (!strcmp(c->given[i - 1].name, name))
            return c->given[i - 1].value;
    return NULL;
}

bool cli_given(const struct cli *c, const char *name)
{
    return cli_value(c, name) != NULL;
}

const char *cli_values(struct cli *c, const char *name)
{
    const char *all = NULL;
    for (size_t i = 0; i < c->given_count; i++)
        if (!strcmp(c->given[i].name, name))
            all = arena_print(&c->memory, "%s%s%s", all ? all : "", all ? " " : "",
                              c->given[i].value);
    return all;
}

int cli_number(const struct cli *c, const char *name, int64_t fallback, int64_t min, int64_t max,
               int64_t *out)
{
    const char *text = cli_value(c, name);
    char *end;
    *out = fallback;
    if (!text)
        return 0;
    errno = 0;
    *out = strtoll(text, &end, 10);
    if (!errno && end != text && !*end && *out >= min && *out <= max)
        return 0;
    cli_fail(CLI_USAGE, "%s is a number from %" PRId64 " to %" PRId64, name, min, max);
    return -1;
}

int cli_switch(const struct cli *c, const char *on, const char *off)
{
    return cli_given(c, off) ? 0 : cli_given(c, on) ? 1 : -1;
}

int cli_name_wrong(const char *name)
{
    const char *wrong = name ? name_wrong(name) : NULL;
    return wrong ? cli_fail(CLI_USAGE, "the name %s", wrong) : CLI_OK;
}

const char *cli_data_dir(const struct cli *c)
{
    const char *dir = cli_value(c, "--data");
    return dir ? dir : "./data";
}

static char *read_open_file(struct cli *c, FILE *file, const char *path, size_t max, size_t *len)
{
    char *bytes = arena_alloc(&c->memory, max + 2);
    *len = fread(bytes, 1, max + 1, file);
    if (ferror(file)) {
        cli_fail(CLI_IO, "%s: %s", path, strerror(errno));
        return NULL;
    }
    if (*len > max) {
        cli_fail(CLI_REFUSED, "%s is larger than %zu bytes", path, max);
        return NULL;
    }
    bytes[*len] = '\0';
    if (!text_is_valid(bytes, *len)) {
        cli_fail(CLI_REFUSED, "%s is no UTF-8 text; convert it first", path);
        return NULL;
    }
    return bytes;
}

char *cli_read_file(struct cli *c, const char *path, size_t max, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        cli_fail(CLI_IO, "%s: %s", path, strerror(errno));
        return NULL;
    }
    char *bytes = read_open_file(c, file, path, max, len);
    fclose(file);
    return bytes;
}

bool cli_desk_is_there(const struct cli *c)
{
    char path[4096];
    struct stat info;
    snprintf(path, sizeof path, "%s/desk.db", cli_data_dir(c));
    return !stat(path, &info);
}

struct reader *cli_reader(const struct cli *c, int *code)
{
    char *error = NULL;
    struct reader *r = reader_open(cli_data_dir(c), &error);
    *code = CLI_OK;
    if (r)
        reader_begin(r, 60000);
    else if (cli_desk_is_there(c))
        *code = cli_fail(CLI_IO, "the desk cannot be read: %s", error ? error : "unknown error");
    else
        *code = cli_fail(CLI_UNREACHABLE, "no desk to read in %s: %s. Start one with: deskhand run"
                         " --data %s", cli_data_dir(c), error ? error : "unknown error",
                         cli_data_dir(c));
    free(error);
    return r;
}

void cli_reader_done(struct reader *r)
{
    if (r)
        reader_end(r);
    reader_close(r);
}

struct client_view cli_client(struct cli *c, struct reader *r, const char *key)
{
    struct client_list list = { 0 };
    if (view_clients(r, &c->memory, &list)) {
        cli_fail(CLI_IO, "the desk could not be read");
        return (struct client_view){ 0 };
    }
    for (size_t i = 0; i < list.count; i++)
        if (!strcmp(list.clients[i].key, key))
            return list.clients[i];
    cli_fail(CLI_REFUSED, "there is no client \"%s\"; deskhand client list shows them", key);
    return (struct client_view){ 0 };
}

/* A service manager gives secrets as files of a folder (LoadCredential of systemd): each stands in
 * for the environment variable of the same name. */
static void load_credentials(void)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    for (size_t i = 0; folder && i < config_variable_count; i++) {
        char path[4096], value[1024];
        snprintf(path, sizeof path, "%s/%s", folder, config_variables[i].variable);
        FILE *file = fopen(path, "r");
        if (!file)
            continue;
        if (fgets(value, sizeof value, file)) {
            value[strcspn(value, "\r\n")] = '\0';
            setenv(config_variables[i].variable, value, 0);
        }
        fclose(file);
        explicit_bzero(value, sizeof value);
    }
}

int cli_load_config(const struct cli *c, struct config *config)
{
    load_credentials();
    char path[4096];
    struct buf errors;
    const char *file = cli_value(c, "--config");
    snprintf(path, sizeof path, "%s/deskhand.conf", cli_data_dir(c));
    struct config_source source = { .path = file ? file : path, .must_exist = file != NULL,
                                    .listen = cli_value(c, "--listen") };
    buf_init(&errors, 64 * 1024);
    int result = config_load(config, &source, &errors);
    if (result && errors.data)
        fprintf(stderr, "%s%s", errors.data,
                errors.len && errors.data[errors.len - 1] == '\n' ? "" : "\n");
    buf_clear(&errors);
    return result ? CLI_CONFIG : CLI_OK;
}

const char *cli_time(struct cli *c, int64_t at_ms)
{
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm tm;
    char text[40];
    if (!localtime_r(&seconds, &tm) || !strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm))
        return "?";
    return arena_copy(&c->memory, text);
}

const char *cli_plain(struct cli *c, const char *text, size_t max)
{
    size_t bytes = text ? text_bytes(text, max) : 0;
    char *out = arena_alloc(&c->memory, bytes + 4), *end = out;
    for (const char *at = text; at && (size_t)(at - text) < bytes;) {
        uint32_t point = text_next(&at);
        bool turns = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
        if (point < 0x20 || (point >= 0x7f && point < 0xa0) || turns)
            point = ' ';
        end += text_encode(point, end);
    }
    *end = '\0';
    return out;
}
