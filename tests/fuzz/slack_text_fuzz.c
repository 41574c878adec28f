/* Any text into Slack's markup and back: what we show has no live signs and means the same text
 * again; what was typed becomes valid text that never grows much. */
#include "cards/slack.h"
#include "tests/fuzz/fuzz.h"

static const char *made(const struct buf *b)
{
    PROMISE(!b->failed);
    return b->data ? b->data : "";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    const char *text = as_text(&a, data, size);
    if (text) {
        struct buf escaped, back, typed;
        buf_init(&escaped, 8 * size + 8), buf_init(&back, size + 1), buf_init(&typed, 2 * size + 8);
        slack_escape(&escaped, text);
        PROMISE(!strpbrk(made(&escaped), "<>"));
        slack_unescape(&back, made(&escaped));
        PROMISE(!strcmp(made(&back), text));
        slack_unescape(&typed, text);
        promise_text(made(&typed));
        buf_clear(&escaped), buf_clear(&back), buf_clear(&typed);
    }
    arena_clear(&a);
    return 0;
}
