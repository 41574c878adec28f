/* A settings file: it is taken whole or refused with words, and freed in both cases. */
#include "bot/config.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config config;
    struct buf errors;
    struct arena a = { 0 };
    buf_init(&errors, 65536);
    /* As from a file: with NUL behind the bytes. */
    const char *text = arena_copy_n(&a, (const char *)data, size);
    int result = config_load_text(&config, "fuzz.conf", text, size, NULL, &errors);
    PROMISE(result == 0 || errors.len > 0 || errors.failed);
    if (result == 0) {
        PROMISE(config.limits.sockets_per_contact >= 1 && config.limits.sends_burst.count >= 1);
        promise_text(config.public_url);
        promise_text(config.workspace.name);
    }
    config_free(&config);
    buf_clear(&errors);
    arena_clear(&a);
    return 0;
}
