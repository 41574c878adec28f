#include "bot/config.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libconfig.h>

#include "bot/base/log.h"
#include "bot/base/text.h"
#include "bot/config_check.h"
#include "bot/config_scan.h"
#include "bot/config_table.h"

enum { FILE_MAX = 1024 * 1024, TABLE_MAX = 64 * 1024, ITEM_MAX = 1000, GROUP_MAX = 64,
       WINDOW_MIN_MS = 1000, WINDOW_MAX_MS = 7 * DAY_S * 1000 };

struct loader {
    struct config *config;
    config_t file;
    const char *name;               /* of the file, for messages */
    struct buf *errors;
    int count;
};

static void problem(struct loader *l, const config_setting_t *at, const char *key,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

static void problem(struct loader *l, const config_setting_t *at, const char *key,
                    const char *format, ...)
{
    char text[400];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (at)
        buf_print(l->errors, "%s:%u: %s: %s\n", l->name, config_setting_source_line(at), key, text);
    else
        buf_print(l->errors, "%s: %s: %s\n", l->name, key, text);
    l->count++;
}

static void broken(void *context, unsigned line, const char *what)
{
    struct loader *l = context;
    buf_print(l->errors, "%s:%u: %s\n", l->name, line, what);
    l->count++;
}

static int parse(struct loader *l, const char *text, size_t len)
{
    if (len > FILE_MAX)
        broken(l, 1, "the file is too large; a settings file has at most 1 MiB");
    else if (!text_is_valid(text, len))
        broken(l, 1, "the file is not UTF-8 text; save it as UTF-8");
    else
        config_scan(text, broken, l);
    if (l->count)
        return -1;
    if (config_read_string(&l->file, text))
        return 0;
    char what[200];
    const char *why = config_error_text(&l->file);
    bool mixed = why && strstr(why, "mismatched element type");
    snprintf(what, sizeof what, "%s; %s", mixed ? "the values of a list are not of one kind" : why,
             mixed ? "write only texts in quotes, or only whole numbers"
                   : "look for a missing quote, bracket, = or ;");
    broken(l, (unsigned)config_error_line(&l->file), what);
    return -1;
}

/* ---- one value of each type ---- */

static bool is_int(const config_setting_t *s)
{
    int type = config_setting_type(s);
    return type == CONFIG_TYPE_INT || type == CONFIG_TYPE_INT64;
}

static bool is_list(const config_setting_t *s)
{
    return config_setting_is_array(s) || config_setting_is_list(s);
}

static void take_int(struct loader *l, const struct config_row *row, config_setting_t *s, void *to)
{
    int64_t value = is_int(s) ? config_setting_get_int64(s) : row->min;
    if (!is_int(s) || value < row->min || value > row->max)
        problem(l, s, row->key, "%s; write a whole number from %lld to %lld, like %s",
                is_int(s) ? "out of range" : "not a whole number", (long long)row->min,
                (long long)row->max, row->fallback);
    else
        *(int64_t *)to = value;
}

static void take_bool(struct loader *l, const struct config_row *row, config_setting_t *s, void *to)
{
    if (config_setting_type(s) != CONFIG_TYPE_BOOL)
        problem(l, s, row->key, "not a switch; write true or false");
    else
        *(bool *)to = config_setting_get_bool(s);
}

/* Plain text of min..max code points; NULL after a complaint. */
static const char *text_of(struct loader *l, const struct config_row *row,
                           const config_setting_t *s, int64_t min, int64_t max)
{
    const char *text = config_setting_get_string(s);
    if (!text) {
        problem(l, s, row->key, "not a text; write it in quotes, like %s", row->fallback);
        return NULL;
    }
    bool plain = text_is_valid(text, strlen(text));
    for (const char *c = text; *c; c++)
        if (((unsigned char)*c < ' ' && *c != '\n') || *c == 0x7f)
            plain = false;
    int64_t length = plain ? (int64_t)text_length(text) : 0;
    if (!plain)
        problem(l, s, row->key, "has control characters or bad UTF-8; take them out");
    else if (length < min || length > max)
        problem(l, s, row->key, "is %lld characters long; use %lld to %lld", (long long)length,
                (long long)min, (long long)max);
    else
        return arena_copy(&l->config->memory, text);
    return NULL;
}

static void take_text(struct loader *l, const struct config_row *row, config_setting_t *s, void *to)
{
    const char *text = text_of(l, row, s, row->min, row->max);
    if (text)
        *(const char **)to = text;
}

static void take_word(struct loader *l, const struct config_row *row, config_setting_t *s, void *to)
{
    const char *text = config_setting_get_string(s), *word = row->words;
    for (int i = 0; text; i++) {
        size_t len = strcspn(word, " ");
        if (strlen(text) == len && strncmp(text, word, len) == 0) {
            *(int *)to = i;
            return;
        }
        if (!word[len])
            break;
        word += len + 1;
    }
    problem(l, s, row->key, "unknown word; write one of these in quotes: %s", row->words);
}

static void take_minute(struct loader *l, const struct config_row *row, config_setting_t *s,
                        void *to)
{
    const char *t = config_setting_get_string(s);
    bool shape = t && strlen(t) == 5 && t[2] == ':' && strspn(t, "0123456789") == 2
                 && strspn(t + 3, "0123456789") == 2;
    int hour = shape ? (t[0] - '0') * 10 + t[1] - '0' : 24;
    int minute = shape ? (t[3] - '0') * 10 + t[4] - '0' : 60;
    if (hour > 23 || minute > 59)
        problem(l, s, row->key, "not a time of day; write hours and minutes, like %s",
                row->fallback);
    else
        *(int *)to = hour * 60 + minute;
}

static void take_rate(struct loader *l, const struct config_row *row, config_setting_t *s, void *to)
{
    int64_t value[2] = { -1, -1 };
    for (int i = 0; is_list(s) && config_setting_length(s) == 2 && i < 2; i++) {
        const config_setting_t *item = config_setting_get_elem(s, (unsigned)i);
        value[i] = is_int(item) ? config_setting_get_int64(item) : -1;
    }
    if (value[0] < row->min || value[0] > row->max || value[1] < WINDOW_MIN_MS
        || value[1] > WINDOW_MAX_MS)
        problem(l, s, row->key,
                "not a rate; write [count, window in ms], count %lld to %lld, window "
                "%d to %d, like %s",
                (long long)row->min, (long long)row->max, WINDOW_MIN_MS, WINDOW_MAX_MS,
                row->fallback);
    else
        *(struct config_rate *)to = (struct config_rate){ value[0], value[1] };
}

static void take_numbers(struct loader *l, const struct config_row *row, config_setting_t *s,
                         void *to)
{
    struct number_list list = { 0 };
    int length = is_list(s) ? config_setting_length(s) : 0;
    bool good = length >= 1 && length <= NUMBER_LIST_MAX;
    for (int i = 0; good && i < length; i++) {
        const config_setting_t *item = config_setting_get_elem(s, (unsigned)i);
        int64_t value = is_int(item) ? config_setting_get_int64(item) : row->min - 1;
        good = value >= row->min && value <= row->max;
        list.items[list.count++] = value;
    }
    if (good)
        *(struct number_list *)to = list;
    else
        problem(l, s, row->key, "not a list of 1 to %d numbers from %lld to %lld; write it like %s",
                NUMBER_LIST_MAX, (long long)row->min, (long long)row->max, row->fallback);
}

static void take_texts(struct loader *l, const struct config_row *row, config_setting_t *s,
                       void *to)
{
    int length = is_list(s) ? config_setting_length(s) : -1;
    if (length < 0 || length > row->max) {
        problem(l, s, row->key,
                "not a list of at most %lld texts; write it like [\"one\", \"two\"]",
                (long long)row->max);
        return;
    }
    const char **items = arena_alloc(&l->config->memory, ((size_t)length + 1) * sizeof *items);
    for (int i = 0; i < length; i++) {
        items[i] = text_of(l, row, config_setting_get_elem(s, (unsigned)i), 1, ITEM_MAX);
        if (!items[i])
            return;
    }
    *(struct text_list *)to = (struct text_list){ items, (size_t)length };
}

typedef void take_function(struct loader *, const struct config_row *, config_setting_t *, void *);

static take_function *const takers[CONFIG_TYPES] = {
    [CONFIG_INT] = take_int,         [CONFIG_BOOL] = take_bool,   [CONFIG_TEXT] = take_text,
    [CONFIG_WORD] = take_word,       [CONFIG_MINUTE] = take_minute, [CONFIG_RATE] = take_rate,
    [CONFIG_NUMBERS] = take_numbers, [CONFIG_TEXTS] = take_texts,
};

static void take_rows(struct loader *l)
{
    for (size_t i = 0; i < config_row_count; i++) {
        const struct config_row *row = &config_rows[i];
        config_setting_t *s = config_lookup(&l->file, row->key);
        if (s)
            takers[row->type](l, row, s, (char *)l->config + row->offset);
    }
}

/* ---- keys that are not ours ---- */

static void unknown_key(struct loader *l, const config_setting_t *s, const char *key)
{
    const char *near = config_row_near(key);
    if (strstr(key, "password") || strstr(key, "secret") || strstr(key, "token"))
        problem(l, s, key,
                "secrets do not belong in this file; take it out and set the environment "
                "variable, see deskhand help run");
    else if (near)
        problem(l, s, key, "unknown key; did you mean %s?", near);
    else
        problem(l, s, key, "unknown key; take it out, or look it up in deskhand.conf.example");
}

static bool is_group_name(const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < config_row_count; i++)
        if (strncmp(config_rows[i].key, name, len) == 0 && config_rows[i].key[len] == '.')
            return true;
    return false;
}

static void check_group(struct loader *l, const config_setting_t *group)
{
    const char *name = config_setting_name(group);
    if (!config_setting_is_group(group)) {
        problem(l, group, name, "is a group of settings; write %s: { ... };", name);
        return;
    }
    for (int i = 0; i < config_setting_length(group); i++) {
        const config_setting_t *s = config_setting_get_elem(group, (unsigned)i);
        char key[2 * GROUP_MAX];
        snprintf(key, sizeof key, "%s.%.*s", name, GROUP_MAX, config_setting_name(s));
        if (!config_row_find(key))
            unknown_key(l, s, key);
    }
}

static void check_keys(struct loader *l)
{
    const config_setting_t *root = config_root_setting(&l->file);
    for (int i = 0; i < config_setting_length(root); i++) {
        const config_setting_t *s = config_setting_get_elem(root, (unsigned)i);
        if (is_group_name(config_setting_name(s)))
            check_group(l, s);
        else if (!config_row_find(config_setting_name(s)))
            unknown_key(l, s, config_setting_name(s));
    }
}

/* ---- the whole ---- */

static void take_defaults(struct loader *l)
{
    struct buf text;
    buf_init(&text, TABLE_MAX);
    config_table_print(&text, false);
    config_init(&l->file);
    l->name = "(defaults)";
    int wrong = parse(l, text.data, text.len);
    take_rows(l);
    assert(!wrong && l->count == 0);
    config_destroy(&l->file);
    buf_clear(&text);
}

static void take_variables(struct config *c)
{
    for (size_t i = 0; i < config_variable_count; i++) {
        const struct config_variable *v = &config_variables[i];
        const char *value = getenv(v->variable);
        bool set = value && *value;
        *(const char **)((char *)c + v->offset) = arena_copy(&c->memory, set ? value : v->fallback);
        if (set && v->secret)
            log_secret(value);
    }
}

static void complain(void *context, const char *key, const char *what)
{
    struct loader *l = context;
    const char *file = l->name;
    if (*key == '-')
        l->name = "command line";
    if (*key == '$')
        l->name = "environment";
    problem(l, config_lookup(&l->file, key), *key == '$' ? key + 1 : key, "%s", what);
    l->name = file;
}

int config_load_text(struct config *c, const char *name, const char *text, size_t len,
                     const char *listen, struct buf *errors)
{
    memset(c, 0, sizeof *c);
    struct loader l = { .config = c, .errors = errors };
    take_defaults(&l);
    config_init(&l.file);
    l.name = name;
    if (parse(&l, text, len) == 0) {
        check_keys(&l);
        take_rows(&l);
        take_variables(c);
        config_check(c, listen, complain, &l);
    }
    config_destroy(&l.file);
    return l.count ? -1 : 0;
}

int config_load(struct config *c, const struct config_source *source, struct buf *errors)
{
    memset(c, 0, sizeof *c);
    struct buf text;
    buf_init(&text, FILE_MAX + 1);
    int result = -1, wrong = 0;
    FILE *file = source->path ? fopen(source->path, "re") : NULL;
    if (source->path && !file)
        wrong = errno == ENOENT && !source->must_exist ? 0 : errno;
    char *room = file ? buf_room(&text, FILE_MAX + 1) : NULL;
    if (room) {
        buf_added(&text, fread(room, 1, FILE_MAX + 1, file));
        wrong = ferror(file) ? errno : 0;
    }
    if (wrong)
        buf_print(errors, "%s: cannot be read: %s; give the path of a settings file\n",
                  source->path, strerror(wrong));
    else
        result = config_load_text(c, source->path ? source->path : "(no settings file)",
                                  text.data ? text.data : "", text.len, source->listen, errors);
    if (file)
        fclose(file);
    buf_clear(&text);
    return result;
}

void config_free(struct config *c)
{
    arena_clear(&c->memory);
}
