/* What a technician's browser sends: the first byte chooses which parser gets the rest. */
#include "adapters/inbox/parse.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct command command = { .kind = COMMANDS };
    struct parse_door door = { 0 };
    struct parse_frame frame = { 0 };
    const char *why = NULL;
    if (!size)
        return 0;
    const char *bytes = (const char *)data + 1;
    const char *text = arena_copy_n(&a, bytes, size - 1);
    switch (*data % 4) {
    case 0:
        PROMISE(parse_act(bytes, size - 1, &a, &command, &why) ? command.kind < COMMANDS
                                                               : why && *why);
        promise_text(command.text);
        promise_text(command.name);
        break;
    case 1:
        if (parse_door(bytes, size - 1, &a, &door))
            promise_text(door.email);
        break;
    case 2:
        if (parse_frame(bytes, size - 1, &frame))
            PROMISE(frame.ticket_id >= 0);
        break;
    default:
        PROMISE(parse_number(text) >= -1);
        parse_email_is_fit(text);
        parse_cookie(text, "dh", &a);
    }
    arena_clear(&a);
    return 0;
}
