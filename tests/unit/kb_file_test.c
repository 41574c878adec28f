/* kb_file_test.c - Markdown files as people write them become titles, passages and plain text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/kb_file.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void files_become_articles(void **unused)
{
    (void)unused;
    /* Passages are shown as "heading: text" with a bar between them. */
    static const struct { const char *story, *markdown, *title, *lang, *url, *passages; } rows[] = {
        { "the first heading is the title", "# Reset a password\n\nOpen *Settings*.\n",
          "Reset a password", NULL, NULL, "Reset a password: Open Settings." },
        { "lines before the text", "---\ntitle: \"VPN\"\nlang: de\nurl: https://x.example/vpn\n"
          "other: x\n---\nEins.\n", "VPN", "de", "https://x.example/vpn", "-: Eins." },
        { "Windows line ends", "---\r\ntitle: VPN\r\nlanguage: fr\r\n---\r\nUn.\r\n", "VPN", "fr", NULL,
          "-: Un." },
        { "a rule is not the beginning of such lines", "---\nText without an end.\n", "printer", NULL,
          NULL, "-: Text without an end." },
        { "no heading: the file's name", "Just text.", "printer", NULL, NULL, "-: Just text." },
        { "each heading begins a passage", "# A\nIntro.\n## B\nOne.\n\nTwo.\n### C\nThree.\n", "A",
          NULL, NULL, "A: Intro.|B: One.\nTwo.|C: Three." },
        { "a heading without text has no passage", "# A\n## B\nOne.\n", "A", NULL, NULL, "B: One." },
        { "lists and tables stay readable", "# A\n- one\n- two `code`\n\n| x | y |\n|---|---|\n| 1 | 2 |\n",
          "A", NULL, NULL, "A: - one\n- two code\nx, y\n1, 2" },
        { "links are their words", "# A\nSee [the *page*](https://x.example) and <b>this</b>.", "A", NULL,
          NULL, "A: See the page and this." },
        { "entities", "# A &amp; B\n1 &lt; 2 &copy;", "A & B", NULL, NULL, "A & B: 1 < 2 &copy;" },
        { "code keeps its lines", "# A\n```\nping x\nping y\n```\n", "A", NULL, NULL,
          "A: ping x\nping y" },
        { "a byte order mark", "\xef\xbb\xbf# A\nText.", "A", NULL, NULL, "A: Text." },
        { "other scripts", "# \xe5\xaf\x86\xe7\xa0\x81\n\xe9\x87\x8d\xe7\xbd\xae\xe3\x80\x82\n",
          "\xe5\xaf\x86\xe7\xa0\x81", NULL, NULL,
          "\xe5\xaf\x86\xe7\xa0\x81: \xe9\x87\x8d\xe7\xbd\xae\xe3\x80\x82" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct kb_article_change got;
        char error[KB_ERROR_MAX] = "", *all = arena_copy(&a, "");
        if (kb_file_parse("office/printer.en.md", rows[i].markdown, strlen(rows[i].markdown), &a,
                          &got, error))
            fail_msg("%s: %s", rows[i].story, error);
        for (size_t k = 0; k < got.passage_count; k++)
            all = arena_print(&a, "%s%s%s: %s", all, k ? "|" : "",
                              got.passages[k].heading ? got.passages[k].heading : "-",
                              got.passages[k].text);
        if (strcmp(got.title, rows[i].title) || strcmp(all, rows[i].passages))
            fail_msg("%s: \"%s\" with \"%s\"", rows[i].story, got.title, all);
        assert_string_equal(got.path, "office/printer.en.md");
        assert_string_equal(got.lang ? got.lang : "-", rows[i].lang ? rows[i].lang : "-");
        assert_string_equal(got.url ? got.url : "-", rows[i].url ? rows[i].url : "-");
        assert_non_null(got.text);
        arena_clear(&a);
    }
}

static void what_is_no_article_is_refused(void **unused)
{
    (void)unused;
    static const struct { const char *text; size_t len; } rows[] = {
        { "", 0 }, { "   \n\n", 5 }, { "# Only a heading\n", 17 }, { "a\xff", 2 }, { "a\0b", 3 },
        { "---\ntitle: x\n---\n", 17 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct kb_article_change got;
        char error[KB_ERROR_MAX] = "";
        assert_int_equal(kb_file_parse("x.md", rows[i].text, rows[i].len, &a, &got, error), -1);
        assert_true(*error);
        arena_clear(&a);
    }
}

static void sizes_have_limits(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct kb_article_change got;
    char error[KB_ERROR_MAX] = "", *big = malloc(KB_FILE_MAX + 2);
    memset(big, 'x', KB_FILE_MAX + 1);
    big[KB_FILE_MAX + 1] = '\0';
    assert_int_equal(kb_file_parse("x.md", big, KB_FILE_MAX + 1, &a, &got, error), -1);
    big[KB_FILE_MAX] = '\0';
    assert_int_equal(kb_file_parse("x.md", big, KB_FILE_MAX, &a, &got, error), 0);
    for (size_t i = 0; i + 6 <= KB_FILE_MAX; i += 6)
        memcpy(big + i, "# a\nb\n", 6);
    assert_int_equal(kb_file_parse("x.md", big, KB_FILE_MAX, &a, &got, error), -1);
    memset(big, '>', KB_FILE_MAX);
    kb_file_parse("x.md", big, KB_FILE_MAX, &a, &got, error);
    free(big);
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_become_articles),
        cmocka_unit_test(what_is_no_article_is_refused),
        cmocka_unit_test(sizes_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
