/* The operator's control socket: what is read can be written and read again as the same. */
#include "bot/wire.h"
#include "tests/fuzz/fuzz.h"

static void again(const struct command *first)
{
    struct arena a = { 0 };
    struct command second;
    struct buf line;
    char error[WIRE_ERROR_MAX];
    buf_init(&line, WIRE_LINE_MAX);
    if (!wire_write_command(first, &line)) {
        PROMISE(!wire_read_command(line.data, line.len, &a, &second, error));
        PROMISE(second.kind == first->kind);
    }
    buf_clear(&line);
    arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct command command;
    struct outcome outcome;
    char error[WIRE_ERROR_MAX] = "";
    if (!wire_read_command((const char *)data, size, &a, &command, error)) {
        promise_text(command.text);
        promise_text(command.name);
        again(&command);
    } else {
        PROMISE(error[0]);
    }
    wire_read_outcome((const char *)data, size, &outcome);
    arena_clear(&a);
    return 0;
}
