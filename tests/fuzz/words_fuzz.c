/* Words and terms of any text: pieces lie inside it, and folding never writes more than it may. */
#include "bot/base/terms.h"
#include "bot/base/words.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const langs[] = { "en", "de", "fr", "ru", "ar", "zh", "xx", "" };
    struct arena a = { 0 };
    struct words words;
    struct terms terms;
    const char *text = size <= 16384 ? as_text(&a, data, size) : NULL;
    if (text) {
        words_cut(text, WORDS_MAX, &a, &words);
        PROMISE(words.count <= WORDS_MAX);
        for (size_t i = 0; i < words.count; i++) {
            promise_text(words.items[i].text);
            PROMISE(words.items[i].from + words.items[i].size <= size);
        }
        terms_cut(&words, langs[size % 8], &a, &terms);
        for (size_t i = 0; i < terms.count; i++) {
            promise_text(terms.items[i].text);
            PROMISE(terms.items[i].word < words.count);
        }
    }
    arena_clear(&a);
    return 0;
}
