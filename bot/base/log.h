/* log.h - one event a line on standard error, logfmt: time level event key=value.
 * It never sees message texts, tokens or mail addresses: callers pass ids. Repeats are counted. */
#ifndef DESKHAND_BASE_LOG_H
#define DESKHAND_BASE_LOG_H

#include <stddef.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_LEVELS };
enum { LOG_SECRETS = 32, LOG_SECRET_MIN = 4 };

void log_set_level(enum log_level level);           /* info until then */

/* event is a fixed word pair like "engine started"; pairs is a printf format of key=value pairs,
 * or NULL. A value that may hold spaces is printed with %s inside quotes by the caller. Control
 * characters become spaces, a line ends after 4000 bytes. The same line again within ten seconds
 * is only counted: the next line that is written, or log_flush, says repeated=N. Thread-safe. */
void log_line(enum log_level level, const char *event, const char *pairs, ...)
    __attribute__((format(printf, 3, 4)));

/* Every later occurrence of value in a line is written as [secret]. The value is copied. The caller
 * registers at most LOG_SECRETS different values; shorter ones than LOG_SECRET_MIN bytes are
 * ignored because they would blot out ordinary words. */
void log_secret(const char *value);

/* The same for a text that people will read: text without its secrets, as much as fits into size
 * bytes without cutting a character in half. */
void log_clean(const char *text, char *out, size_t size);

/* Writes the count of repeats that is still open. Called before the process ends. */
void log_flush(void);

#define log_debug(...) log_line(LOG_DEBUG, __VA_ARGS__)
#define log_info(...) log_line(LOG_INFO, __VA_ARGS__)
#define log_warn(...) log_line(LOG_WARN, __VA_ARGS__)
#define log_error(...) log_line(LOG_ERROR, __VA_ARGS__)

#endif
