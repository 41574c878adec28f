/* The body of a long poll. */
#include "adapters/messenger/parse.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct messenger_poll poll;
    messenger_parse_poll((const char *)data, size, &poll);
    promise_text(poll.sid);
    if (!poll.broken) {
        PROMISE(poll.count <= POLL_FRAMES_MAX);
        PROMISE(poll.wait_ms >= 0 && poll.wait_ms <= POLL_WAIT_MAX_MS && poll.got >= 0);
        for (size_t i = 0; i < poll.count; i++)
            PROMISE(poll.frames[i].verdict != FRAME_BROKEN);
    }
    messenger_poll_clear(&poll);
    return 0;
}
