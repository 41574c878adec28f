/* run, check, settings, backup, audit verify, version. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bot/cli_private.h"
#include "bot/engine/backup.h"
#include "bot/run.h"

/* Each missing folder of the path, for the owner only: it will hold what people wrote. */
static int make_dir(const char *path)
{
    char part[4096];
    snprintf(part, sizeof part, "%s", path);
    for (char *at = part + 1; *at; at++)
        if (*at == '/') {
            *at = '\0';
            if (mkdir(part, 0700) && errno != EEXIST)
                return -1;
            *at = '/';
        }
    return mkdir(part, 0700) && errno != EEXIST ? -1 : 0;
}

/* A link that signs in is for a terminal on this machine only. */
static bool somebody_watches(const struct config *config)
{
    return isatty(STDOUT_FILENO) && config->address.loopback && config->inbox.loopback_link;
}

static int run_with(struct cli *c, const struct config *config)
{
    struct run_options run = { .data_dir = cli_data_dir(c), .config = config,
                               .empty = cli_given(c, "--empty"),
                               .links = cli_given(c, "--links") || somebody_watches(config) };
    if (make_dir(run.data_dir))
        return cli_fail(CLI_IO, "%s: %s", run.data_dir, strerror(errno));
    return run_desk(&run);
}

int cli_run_desk(struct cli *c)
{
    struct config config = { 0 };
    int code = cli_load_config(c, &config);
    if (!code)
        code = run_with(c, &config);
    config_free(&config);
    return code;
}

static int check_data(struct cli *c)
{
    char path[4096];
    const char *dir = cli_data_dir(c);
    struct stat info;
    snprintf(path, sizeof path, "%s/desk.db", dir);
    if (access(path, F_OK)) {
        printf("data: no desk in %s yet; deskhand run makes one\n", dir);
        return CLI_OK;
    }
    if (access(dir, W_OK) || access(path, R_OK | W_OK))
        return cli_fail(CLI_IO, "%s: %s. Run as its owner", path, strerror(errno));
    int code;
    struct reader *r = cli_reader(c, &code);
    struct client_list clients = { 0 };
    if (r && view_clients(r, &c->memory, &clients))
        code = cli_fail(CLI_IO, "%s cannot be read", path);
    if (!code)
        printf("data: %s, clients: %zu\n", path, clients.count);
    if (!stat(dir, &info) && info.st_mode & 077)
        fprintf(stderr, "deskhand: other users may look into %s; keep them out: chmod 700 %s\n",
                dir, dir);
    cli_reader_done(r);
    return code;
}

int cli_check(struct cli *c)
{
    struct config config = { 0 };
    int code = cli_load_config(c, &config);
    if (!code) {
        printf("settings: good, listens on %s\n", config.listen);
        code = check_data(c);
    }
    config_free(&config);
    return code;
}

int cli_config_defaults(struct cli *c)
{
    (void)c;
    struct buf out;
    buf_init(&out, 256 * 1024);
    config_print_defaults(&out);
    fwrite(out.data, 1, out.len, stdout);
    buf_reset(&out);
    config_print_environment(&out);
    printf("\n# Secrets come from the environment:\n");
    for (char *save = NULL, *line = strtok_r(out.data, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save))
        printf("# %s\n", line);
    buf_clear(&out);
    return CLI_OK;
}

int cli_backup(struct cli *c)
{
    char *error = NULL;
    struct stat info;
    if (!stat(c->operand, &info))
        return cli_fail(CLI_REFUSED, "%s is there already; choose another name", c->operand);
    if (backup_to(cli_data_dir(c), c->operand, &error)) {
        int code = cli_fail(CLI_IO, "no backup was made: %s", error ? error : "unknown error");
        free(error);
        return code;
    }
    if (stat(c->operand, &info))
        return cli_fail(CLI_IO, "%s: %s", c->operand, strerror(errno));
    printf("%s: %lld bytes, checked\n", c->operand, (long long)info.st_size);
    return CLI_OK;
}

int cli_audit_verify(struct cli *c)
{
    struct audit_report report = { 0 };
    char *error = NULL;
    if (audit_verify(cli_data_dir(c), &report, &error)) {
        int code = cli_fail(CLI_UNREACHABLE, "%s", error ? error : "the audit log cannot be read");
        free(error);
        return code;
    }
    if (report.bad_id)
        return cli_fail(CLI_REFUSED, "audit row %" PRId64 " is not what was written: it or the row "
                        "before it was changed. Compare with a backup", report.bad_id);
    printf("%" PRId64 " audit rows, the chain is whole\n", report.rows);
    return CLI_OK;
}

int cli_version(struct cli *c)
{
    (void)c;
    puts("deskhand " DESKHAND_VERSION);
    return CLI_OK;
}
