/* Finds the subcommand, reads its words, prints help. */
#include "bot/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bot/cli_private.h"

int cli_fail(enum cli_exit code, const char *format, ...)
{
    va_list args;
    fflush(stdout);
    fputs("deskhand: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    return (int)code;
}

/* ---- help ---- */

static void print_all(FILE *out)
{
    fputs("Deskhand is a service desk in one process and one file.\n\n"
          "usage: deskhand COMMAND ...\n\n", out);
    for (const struct cli_command *k = cli_commands; k->words; k++) {
        char words[60];
        snprintf(words, sizeof words, "%s %s", k->words, k->operand ? k->operand : "");
        fprintf(out, "  %-22s %s\n", words, k->brief);
    }
    fputs("\n\"deskhand COMMAND --help\" explains one. All but run, check, settings, setup and\n"
          "version work on a desk, while it runs and also when it does not.\n\n"
          "Exit codes: 0 done, 1 not found or refused, 2 wrong usage, 69 no desk answers,\n"
          "74 input or output failed, 78 bad settings.\n", out);
}

static void print_one(FILE *out, const struct cli_command *k)
{
    fprintf(out, "usage: deskhand %s%s%s%s\n\n%s\n", k->words,
            k->operand ? k->operand_may_miss ? " [" : " " : "", k->operand ? k->operand : "",
            k->operand_may_miss ? "] [OPTIONS]" : k->options[0].name ? " [OPTIONS]" : "", k->brief);
    if (k->details)
        fprintf(out, "%s\n", k->details);
    if (k->options[0].name)
        fputs("\n", out);
    for (const struct cli_option *o = k->options; o->name; o++) {
        char words[60];
        snprintf(words, sizeof words, "%s %s", o->name, o->value ? o->value : "");
        fprintf(out, "  %-20s %s\n", words, o->help);
    }
}

/* "deskhand client": those that begin with the word. false: there are none. */
static bool print_group(FILE *out, const char *word)
{
    size_t len = strlen(word), found = 0;
    for (const struct cli_command *k = cli_commands; k->words; k++)
        if (!strncmp(k->words, word, len) && k->words[len] == ' ')
            fprintf(out, "%sdeskhand %s %s: %s\n", found++ ? "       " : "usage: ", k->words,
                    k->operand ? k->operand : "", k->brief);
    return found > 0;
}

/* ---- words ---- */

static bool is_help(const char *word)
{
    return !strcmp(word, "--help") || !strcmp(word, "-h");
}

/* The command of the first one or two words; *used is how many. */
static const struct cli_command *find_command(int argc, char **argv, int *used)
{
    for (const struct cli_command *k = cli_commands; k->words; k++) {
        size_t len = strcspn(k->words, " ");
        const char *second = k->words[len] ? k->words + len + 1 : NULL;
        if (strncmp(argv[1], k->words, len) != 0 || argv[1][len])
            continue;
        if (second && (argc < 3 || strcmp(argv[2], second) != 0))
            continue;
        *used = second ? 2 : 1;
        return k;
    }
    return NULL;
}

static const struct cli_option *find_option(const struct cli_command *k, const char *word,
                                            size_t len)
{
    for (const struct cli_option *o = k->options; o->name; o++)
        if (strlen(o->name) == len && !strncmp(o->name, word, len))
            return o;
    return NULL;
}

/* One option at argv[i], as "--x V" or "--x=V". The index of its last word, or -1. */
static int take_option(struct cli *c, int argc, char **argv, int i)
{
    size_t len = strcspn(argv[i], "=");
    const struct cli_option *o = find_option(c->command, argv[i], len);
    const char *value = argv[i][len] ? argv[i] + len + 1 : NULL;
    if (!o) {
        cli_fail(CLI_USAGE, "%s knows no option %.*s; see deskhand %s --help", c->command->words,
                 (int)len, argv[i], c->command->words);
        return -1;
    }
    if (o->value && !value && i + 1 < argc)
        value = argv[++i];
    if (!o->value != !value) {
        cli_fail(CLI_USAGE, "%s %s%s%s", o->name, o->value ? "needs " : "takes no value",
                 o->value ? o->value : "", o->value ? " after it" : "");
        return -1;
    }
    if (c->given_count == CLI_GIVEN_MAX) {
        cli_fail(CLI_USAGE, "too many options");
        return -1;
    }
    c->given[c->given_count].name = o->name;
    c->given[c->given_count++].value = value ? value : "";
    return i;
}

static int take_words(struct cli *c, int argc, char **argv, int from)
{
    for (int i = from; i < argc; i++) {
        if (argv[i][0] == '-' && argv[i][1]) {
            if ((i = take_option(c, argc, argv, i)) < 0)
                return CLI_USAGE;
        } else if (c->command->operand && !c->operand) {
            c->operand = argv[i];
        } else {
            return cli_fail(CLI_USAGE, "%s: one word too many: %s", c->command->words, argv[i]);
        }
    }
    if (c->command->operand && !c->operand && !c->command->operand_may_miss)
        return cli_fail(CLI_USAGE, "%s needs %s; see deskhand %s --help", c->command->words,
                        c->command->operand, c->command->words);
    return 0;
}

/* What people look for and the desk does otherwise; NULL for anything else. */
static const char *instead(const char *group, const char *word)
{
    static const struct { const char *group, *remedy; } rows[] = {
        { "client", "clients are not removed, because their tickets stay; switch one off with:"
                    " deskhand client set KEY --off" },
        { "technician", "technicians are not removed, because their work stays; switch one off"
                        " with: deskhand technician add EMAIL --inactive" },
    };
    if (strcmp(word, "remove") != 0 && strcmp(word, "delete") != 0)
        return NULL;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(group, rows[i].group))
            return rows[i].remedy;
    return NULL;
}

static int unknown(int argc, char **argv)
{
    const char *remedy = argc > 2 ? instead(argv[1], argv[2]) : NULL;
    if (remedy)
        return cli_fail(CLI_USAGE, "%s", remedy);
    if (is_help(argv[1]) || !strcmp(argv[1], "help")) {
        print_all(stdout);
        return CLI_OK;
    }
    if (!strcmp(argv[1], "--version"))
        return -1;
    if (argc > 2 && is_help(argv[2]) && print_group(stdout, argv[1]))
        return CLI_OK;
    if (print_group(stderr, argv[1]))
        return argc == 2 ? CLI_USAGE : cli_fail(CLI_USAGE, "there is no command \"%s %s\"",
                                                argv[1], argv[2]);
    return cli_fail(CLI_USAGE, "there is no command \"%s\"; deskhand --help lists them", argv[1]);
}

/* Output that did not arrive is an error: a list that was cut must not look whole. */
static int finish(int code)
{
    if (fflush(stdout) || ferror(stdout))
        return cli_fail(CLI_IO, "the output could not be written");
    return code;
}

static int check_data_dir(const struct cli *c)
{
    struct stat info;
    const char *dir = cli_value(c, "--data");
    if (dir && !stat(dir, &info) && !S_ISDIR(info.st_mode))
        return cli_fail(CLI_USAGE, "%s is a file; --data names the folder of a desk", dir);
    return CLI_OK;
}

int cli_main(int argc, char **argv)
{
    int used = 1;
    umask(0077);     /* whatever is made here holds what people wrote: for the owner only */
    if (argc < 2) {
        print_all(stderr);
        return CLI_USAGE;
    }
    struct cli c = { .command = find_command(argc, argv, &used) };
    if (!c.command) {
        int code = unknown(argc, argv);
        return finish(code < 0 ? cli_version(&c) : code);
    }
    for (int i = used + 1; i < argc; i++)
        if (is_help(argv[i])) {
            print_one(stdout, c.command);
            return finish(CLI_OK);
        }
    int code = take_words(&c, argc, argv, used + 1);
    if (!code)
        code = check_data_dir(&c);
    if (!code)
        code = finish(c.command->run(&c));
    cli_door_close(&c);
    arena_clear(&c.memory);
    return code;
}
