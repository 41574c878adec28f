/* Opening hours: a calendar or one line that says what is wrong; and its answers agree. */
#include "bot/desk/calendar.h"
#include "tests/fuzz/fuzz.h"

static void ask(const struct calendar *c, int64_t at_ms)
{
    int64_t open = calendar_next_open_ms(c, at_ms), close = calendar_next_close_ms(c, at_ms);
    char words[CALENDAR_OPENS_MAX];
    PROMISE(open >= at_ms && close >= at_ms);
    PROMISE(calendar_is_open(c, at_ms) == (open == at_ms));
    PROMISE(open == CALENDAR_NEVER || calendar_is_open(c, open));
    PROMISE(close == CALENDAR_NEVER || !calendar_is_open(c, close));
    calendar_opens_text(c, at_ms, words);
    promise_text(words);
    int64_t end = calendar_add_open_ms(c, at_ms, 3600000);
    PROMISE(end == CALENDAR_NEVER || calendar_open_between_ms(c, at_ms, end) == 3600000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    char error[CALENDAR_ERROR_MAX] = "", zone[ZONE_NAME_MAX + 1];
    const char *text = as_text(&a, data, size);
    if (text && size <= 4096) {
        calendar_zone_name(text, zone);
        const struct calendar *c = calendar_parse(text, NULL, 0, &a, error);
        PROMISE(c || error[0]);
        promise_text(error);
        if (c)
            ask(c, INT64_C(1767225600000) + (int64_t)size * 7919000);
    }
    arena_clear(&a);
    return 0;
}
