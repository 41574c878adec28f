#include "bot/base/json_out.h"

#include <inttypes.h>
#include <string.h>

static void add_control(struct buf *b, unsigned char c)
{
    switch (c) {
    case '\n': buf_text(b, "\\n"); break;
    case '\r': buf_text(b, "\\r"); break;
    case '\t': buf_text(b, "\\t"); break;
    default: buf_print(b, "\\u%04x", c);
    }
}

/* How many bytes at `at` must be written in another way; 0: none. */
static size_t special(const char *at, size_t left, bool no_script)
{
    unsigned char c = (unsigned char)*at;
    if (c < 0x20 || c == 0x7f || c == '"' || c == '\\' || c == '<')
        return 1;
    if (c == 0xe2 && !no_script && left >= 3 && (unsigned char)at[1] == 0x80
        && ((unsigned char)at[2] == 0xa8 || (unsigned char)at[2] == 0xa9))
        return 3;
    return 0;
}

static void add_special(struct buf *b, const char *at, size_t len)
{
    if (len == 3)
        buf_text(b, (unsigned char)at[2] == 0xa8 ? "\\u2028" : "\\u2029");
    else if (*at == '"' || *at == '\\')
        buf_print(b, "\\%c", *at);
    else
        add_control(b, (unsigned char)*at);
}

/* Runs of ordinary bytes are copied at once: most texts are one run. */
static void add_quoted(struct json_out *j, const char *text, size_t len)
{
    struct buf *b = j->buf;
    size_t start = 0, at = 0;
    buf_char(b, '"');
    while (at < len) {
        size_t odd = special(text + at, len - at, j->no_script);
        if (odd) {
            buf_add(b, text + start, at - start);
            add_special(b, text + at, odd);
            start = at + odd;
        }
        at += odd ? odd : 1;
    }
    buf_add(b, text + start, len - start);
    buf_char(b, '"');
}

static void begin(struct json_out *j, const char *key)
{
    if (j->comma)
        buf_char(j->buf, ',');
    if (key) {
        add_quoted(j, key, strlen(key));
        buf_char(j->buf, ':');
    }
    j->comma = true;
}

static void open_with(struct json_out *j, const char *key, char bracket)
{
    begin(j, key);
    buf_char(j->buf, bracket);
    j->comma = false;
}

static void close_with(struct json_out *j, char bracket)
{
    buf_char(j->buf, bracket);
    j->comma = true;
}

void json_out_object(struct json_out *j, const char *key)
{
    open_with(j, key, '{');
}

void json_out_object_end(struct json_out *j)
{
    close_with(j, '}');
}

void json_out_array(struct json_out *j, const char *key)
{
    open_with(j, key, '[');
}

void json_out_array_end(struct json_out *j)
{
    close_with(j, ']');
}

void json_out_text(struct json_out *j, const char *key, const char *text)
{
    if (text)
        json_out_text_n(j, key, text, strlen(text));
    else
        json_out_null(j, key);
}

void json_out_optional(struct json_out *j, const char *key, const char *text)
{
    if (text && *text)
        json_out_text(j, key, text);
}

void json_out_text_n(struct json_out *j, const char *key, const char *text, size_t len)
{
    begin(j, key);
    add_quoted(j, text, len);
}

void json_out_int(struct json_out *j, const char *key, int64_t value)
{
    begin(j, key);
    buf_print(j->buf, "%" PRId64, value);
}

void json_out_bool(struct json_out *j, const char *key, bool value)
{
    json_out_raw(j, key, value ? "true" : "false");
}

void json_out_null(struct json_out *j, const char *key)
{
    json_out_raw(j, key, "null");
}

void json_out_raw(struct json_out *j, const char *key, const char *json)
{
    begin(j, key);
    buf_text(j->buf, json);
}
