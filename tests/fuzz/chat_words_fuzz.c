/* What people type to the desk, and the values that buttons carry. */
#include "adapters/chat/answer.h"
#include "adapters/chat/words.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct chat_words words;
    int64_t numbers[3];
    const char *text = as_text(&a, data, size);
    if (text) {
        chat_words_read(text, &a, &words);
        PROMISE(words.kind <= CHAT_FREE && (words.number > 0) == (words.kind == CHAT_TICKET));
        PROMISE(words.kind != CHAT_FREE || words.text);
        promise_text(words.text);
        int count = chat_numbers(text, numbers);
        PROMISE(count >= 0 && count <= 3);
        for (int i = 0; i < 3; i++)
            PROMISE(numbers[i] >= 0 && (i < count || !numbers[i]));
        PROMISE(chat_until_ms(text, 1772445600000, NULL) >= 0);
    }
    arena_clear(&a);
    return 0;
}
