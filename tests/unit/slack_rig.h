/* slack_rig.h - a sample ticket, golden files and the walk over what Slack is shown, for the tests
 * of Slack's renderers. It knows no single card. */
#ifndef DESKHAND_TESTS_SLACK_RIG_H
#define DESKHAND_TESTS_SLACK_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "bot/base/arena.h"
#include "cards/slack.h"
#include "tests/golden/slack_walk.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { SARA = 1, OMAR = 2, OUT_MAX = 256 * 1024 };

static const int64_t nine_ms = 1772442000000;   /* 2026-03-02 09:00 UTC */
static const int64_t minute_ms = 60000;

static struct entry lines[] = {
    { .seq = 1, .ts_ms = 1772442000000, .kind = ENTRY_MSG, .author = AUTHOR_CONTACT,
      .text = "My printer is offline.\nIt worked yesterday." },
    { .seq = 2, .ts_ms = 1772442001000, .kind = ENTRY_CONV, .status = TICKET_OPEN },
    { .seq = 3, .ts_ms = 1772442001000, .kind = ENTRY_MSG, .author = AUTHOR_ASSISTANT,
      .text = "Is its network cable plugged in?" },
    { .seq = 4, .ts_ms = 1772442060000, .kind = ENTRY_MSG, .author = AUTHOR_TECHNICIAN,
      .name = "Sara", .text = "I will have a look." },
};

static inline struct ticket_view printer(void)
{
    return (struct ticket_view){
        .id = 42, .version = 7, .conv = "c1", .client_id = 1, .contact_id = 5,
        .client_name = "Acme", .client_key = "acme", .contact_name = "Ana",
        .contact_email = "ana@acme.example", .source = "messenger", .status = TICKET_OPEN,
        .handler = HANDLER_NONE, .priority = 3, .subject = "Printer offline", .sentiment = 50,
        .lang = "en", .created_ms = 1772442000000, .lines = lines, .line_count = COUNT(lines),
    };
}

/* n copies of one piece behind the mark of people's words; the caller frees it. */
static inline char *many(const char *piece, size_t n)
{
    size_t len = strlen(piece), mark = strlen(PEOPLE);
    char *text = malloc(mark + len * n + 1);
    memcpy(text, PEOPLE, mark + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(text + mark + i * len, piece, len);
    text[mark + len * n] = '\0';
    return text;
}

/* ---- golden files ---- */

static inline void compare_with_golden(const char *name, const json_t *made)
{
    char path[300], kept[OUT_MAX];
    const char *dir = getenv("DESKHAND_GOLDEN_DIR"), *mode = getenv("DESKHAND_GOLDEN");
    snprintf(path, sizeof path, "%s/slack_%s.json", dir ? dir : "tests/golden", name);
    char *now = json_dumps(made, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
    if (mode && !strcmp(mode, "write")) {
        FILE *out = fopen(path, "wb");
        assert_non_null(out);
        assert_true(fprintf(out, "%s\n", now) > 0);
        assert_int_equal(fclose(out), 0);
    }
    FILE *in = fopen(path, "rb");
    if (!in)
        fail_msg("%s is missing: run the test with DESKHAND_GOLDEN=write and read the diff", path);
    size_t len = fread(kept, 1, sizeof kept, in);
    fclose(in);
    if (len != strlen(now) + 1 || memcmp(kept, now, len - 1) != 0)
        fail_msg("%s differs; now it is:\n%s", path, now);
    free(now);
}

static inline json_t *parsed(const char *name, const struct buf *made)
{
    json_error_t error;
    assert_false(made->failed);
    assert_true(text_is_valid(made->data, made->len));
    json_t *json = json_loadb(made->data, made->len, JSON_REJECT_DUPLICATES, &error);
    if (!json)
        fail_msg("%s: %s at %d", name, error.text, error.position);
    return json;
}

/* golden false: only the limits. Both bufs are cleared. */
static inline size_t check_message(const char *name, bool golden, size_t max, struct buf *blocks,
                            struct buf *text)
{
    struct walk w = { .name = name };
    json_t *message = json_object();
    json_object_set_new(message, "text", json_string(text->data));
    json_object_set_new(message, "blocks", parsed(name, blocks));
    if (text_length(blocks->data) >= max)
        fail_msg("%s: %zu characters of JSON", name, text_length(blocks->data));
    walk_fallback(&w, text->data);
    walk_blocks(&w, json_object_get(message, "blocks"), 50);
    assert_int_equal(w.inputs, 0);
    if (golden)
        compare_with_golden(name, message);
    json_decref(message);
    buf_clear(blocks);
    buf_clear(text);
    return w.visible;
}

static inline void check_view(const char *name, bool golden, struct buf *view)
{
    struct walk w = { .name = name };
    json_t *json = parsed(name, view);
    assert_true(view->len < 250000);
    walk_view(&w, json);
    if (golden)
        compare_with_golden(name, json);
    json_decref(json);
    buf_clear(view);
}

static inline void check_line(const char *name, bool golden, const struct thread_line *line)
{
    struct buf blocks, text;
    buf_init(&blocks, OUT_MAX), buf_init(&text, OUT_MAX);
    assert_int_equal(slack_line(line, &blocks, &text), 0);
    check_message(name, golden, 12000, &blocks, &text);
}

static inline struct event_view event(const char *kind, const char *from, const char *to,
                               const char *text)
{
    return (struct event_view){ .id = 77, .ts_ms = nine_ms, .actor = EVENT_TECHNICIAN,
        .actor_name = "Sara", .kind = kind, .from = from, .to = to, .text = text };
}

#endif
