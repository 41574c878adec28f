#include "bot/base/log.h"

#include <assert.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bot/base/clock.h"

enum { LINE_BYTES = 4000, REPEAT_US = 10 * 1000 * 1000 };

/* Standard error is one for the whole process, and so is what was last written there. */
static struct {
    pthread_mutex_t lock;
    atomic_int level;
    char *secrets[LOG_SECRETS];
    size_t secret_count;
    char last[LINE_BYTES + 1];      /* the line without its time */
    int64_t last_us;
    long repeated;
} state = { .lock = PTHREAD_MUTEX_INITIALIZER, .level = LOG_INFO };

void log_set_level(enum log_level level)
{
    state.level = (int)level;
}

void log_secret(const char *value)
{
    if (!value || strlen(value) < LOG_SECRET_MIN)
        return;
    pthread_mutex_lock(&state.lock);
    size_t i = 0;
    while (i < state.secret_count && strcmp(state.secrets[i], value) != 0)
        i++;
    if (i == state.secret_count) {
        assert(i < LOG_SECRETS);
        state.secrets[i] = strdup(value);
        if (!state.secrets[i])
            abort();
        state.secret_count++;
    }
    pthread_mutex_unlock(&state.lock);
}

/* The length of the longest secret that starts here: no secret's tail stays behind another. */
static size_t secret_at(const char *text)
{
    size_t longest = 0;
    for (size_t i = 0; i < state.secret_count; i++) {
        size_t len = strlen(state.secrets[i]);
        if (len > longest && strncmp(text, state.secrets[i], len) == 0)
            longest = len;
    }
    return longest;
}

/* Secrets are looked for in the whole raw line, before it is cut: half a secret is one too. */
static void redact(const char *raw, char *line, size_t most)
{
    size_t len = 0;
    while (*raw && len < most) {
        size_t secret = secret_at(raw);
        const char *from = secret ? "[secret]" : raw;
        size_t count = secret ? strlen(from) : 1;
        for (size_t i = 0; i < count && len < most; i++) {
            unsigned char c = (unsigned char)from[i];
            line[len++] = c < 0x20 || c == 0x7f ? ' ' : from[i];
        }
        raw += secret ? secret : 1;
    }
    /* No half of a UTF-8 character stays at the cut: back over its tail bytes and its first. */
    if (((unsigned char)*raw & 0xc0) == 0x80) {
        while (len && ((unsigned char)line[len - 1] & 0xc0) == 0x80)
            len--;
        len -= len > 0;
    }
    line[len] = '\0';
}

void log_clean(const char *text, char *out, size_t size)
{
    pthread_mutex_lock(&state.lock);
    redact(text, out, size - 1);
    pthread_mutex_unlock(&state.lock);
}

static void write_line(const char *line, long repeated)
{
    int64_t now_ms = clock_now_ms();
    time_t seconds = (time_t)(now_ms / 1000);
    struct tm utc;
    char out[LINE_BYTES + 128], date[32], times[40] = "";
    gmtime_r(&seconds, &utc);
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &utc);
    if (repeated)
        snprintf(times, sizeof times, " repeated=%ld", repeated);
    int len = snprintf(out, sizeof out, "time=%s.%03dZ %s%s\n", date, (int)(now_ms % 1000), line,
                       times);
    /* A log that cannot be written has nowhere to complain. */
    if (len > 0 && write(STDERR_FILENO, out, (size_t)len) < 0)
        return;
}

static void flush_repeats(void)
{
    if (state.repeated)
        write_line(state.last, state.repeated);
    state.repeated = 0;
}

static void put(const char *raw)
{
    char line[LINE_BYTES + 1];
    int64_t now_us = clock_steady_us();
    pthread_mutex_lock(&state.lock);
    redact(raw, line, LINE_BYTES);
    if (strcmp(line, state.last) == 0 && now_us - state.last_us < REPEAT_US) {
        state.repeated++;
    } else {
        flush_repeats();
        write_line(line, 0);
        memcpy(state.last, line, strlen(line) + 1);
        state.last_us = now_us;
    }
    pthread_mutex_unlock(&state.lock);
}

void log_line(enum log_level level, const char *event, const char *pairs, ...)
{
    static const char *const names[LOG_LEVELS] = { "debug", "info", "warn", "error" };
    if ((int)level < state.level)
        return;
    char *values = NULL, *raw = NULL;
    va_list args;
    va_start(args, pairs);
    if (pairs && vasprintf(&values, pairs, args) < 0)
        abort();
    va_end(args);
    if (asprintf(&raw, "level=%s event=\"%s\"%s%s", names[level], event,
                 values ? " " : "", values ? values : "") < 0)
        abort();
    put(raw);
    free(raw);
    free(values);
}

void log_flush(void)
{
    pthread_mutex_lock(&state.lock);
    flush_repeats();
    state.last[0] = '\0';
    pthread_mutex_unlock(&state.lock);
}
