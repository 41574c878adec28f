/* fuzz.h - what every harness begins with: libFuzzer calls it with bytes; a crash or a broken
 * promise ends the process. It knows no parser. */
#ifndef DESKHAND_TESTS_FUZZ_H
#define DESKHAND_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/arena.h"
#include "bot/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise that no input may break. */
#define PROMISE(condition)                                                                        \
    do {                                                                                          \
        if (!(condition)) {                                                                       \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);       \
            abort();                                                                              \
        }                                                                                         \
    } while (0)

/* Inside the desk all texts are valid UTF-8 and end with NUL. NULL counts as such. */
static inline void promise_text(const char *text)
{
    PROMISE(!text || text_is_valid(text, strlen(text)));
}

/* The input as a text without NUL and with valid UTF-8; NULL when it is not one. */
static inline const char *as_text(struct arena *a, const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    return text_is_valid(bytes, size) ? arena_copy_n(a, bytes, size) : NULL;
}

#endif
