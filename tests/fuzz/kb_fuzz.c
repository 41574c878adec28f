/* A Markdown file of the knowledge base: an article of plain text, or the reason why not. */
#include "bot/kb_file.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct kb_article_change article = { .path = NULL };
    char error[KB_ERROR_MAX] = "";
    const char *text = arena_copy_n(&a, (const char *)data, size);  /* as a file: NUL behind */
    if (kb_file_parse("guide/print.md", text, size, &a, &article, error)) {
        PROMISE(error[0]);
        promise_text(error);
    } else {
        PROMISE(article.title && *article.title && article.passage_count <= KB_PASSAGES_MAX);
        promise_text(article.title);
        promise_text(article.lang);
        promise_text(article.url);
        promise_text(article.text);
        for (size_t i = 0; i < article.passage_count; i++) {
            promise_text(article.passages[i].heading);
            promise_text(article.passages[i].text);
        }
    }
    arena_clear(&a);
    return 0;
}
