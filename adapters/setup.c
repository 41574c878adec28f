#include "adapters/setup.h"

#include <errno.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/net/ask.h"
#include "bot/base/log.h"

enum { LINE_MAX_BYTES = 1200 };

int setup_open(struct setup *s, const struct setup_options *options)
{
    bool piped = options->out && !strcmp(options->out, "-");
    *s = (struct setup){ .options = options, .config = options->config,
                         .words = piped ? stderr : stdout };
    log_set_level(LOG_ERROR);           /* what goes wrong is said here, in sentences */
    s->ask = ask_new();
    return s->ask ? 0 : -1;
}

int setup_close(struct setup *s)
{
    ask_free(s->ask);
    if (s->problems)
        fprintf(s->words, "\n%d %s to solve; then run this again.\n", s->problems,
                s->problems == 1 ? "problem" : "problems");
    fflush(s->words);
    return s->problems ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* ---- the file ---- */

int setup_write(struct setup *s, const char *name, const void *bytes, size_t len)
{
    const char *path = s->options->out ? s->options->out : name;
    bool piped = !strcmp(path, "-");
    FILE *file = piped ? stdout : fopen(path, "wb");
    bool bad = !file || fwrite(bytes, 1, len, file) != len;
    if (file)
        bad |= piped ? fflush(file) != 0 : fclose(file) != 0;
    if (bad)
        setup_wrong(s, "%s could not be written (%s): name another file with --out FILE.", path,
                    strerror(errno));
    else if (!piped)
        fprintf(s->words, "Written: %s\n", path);
    return bad ? -1 : 0;
}

int setup_indent(const struct buf *json, struct buf *out)
{
    json_t *read = json->failed ? NULL : json_loadb(json->data, json->len, 0, NULL);
    char *text = read ? json_dumps(read, JSON_INDENT(2) | JSON_PRESERVE_ORDER) : NULL;
    int failed = !text || buf_text(out, text) || buf_char(out, '\n') ? -1 : 0;
    free(text);
    json_decref(read);
    return failed;
}

/* ---- lines ---- */

__attribute__((format(printf, 3, 0)))
static void line(struct setup *s, const char *mark, const char *format, va_list args)
{
    char text[LINE_MAX_BYTES], clean[LINE_MAX_BYTES];
    vsnprintf(text, sizeof text, format, args);
    log_clean(text, clean, sizeof clean);
    for (char *at = clean; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f)
            *at = ' ';
    fprintf(s->words, "  %-5s %s\n", mark, clean);
    fflush(s->words);
}

void setup_step(struct setup *s, const char *name)
{
    fprintf(s->words, "%s ...\n", name);
    fflush(s->words);
}

#define LINE(mark)                                                                                \
    do {                                                                                          \
        va_list args;                                                                             \
        va_start(args, format);                                                                   \
        line(s, mark, format, args);                                                              \
        va_end(args);                                                                             \
    } while (0)

void setup_good(struct setup *s, const char *format, ...)
{
    LINE("ok");
}

void setup_note(struct setup *s, const char *format, ...)
{
    LINE("note");
}

void setup_wrong(struct setup *s, const char *format, ...)
{
    s->problems++;
    LINE("WRONG");
}
