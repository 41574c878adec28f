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
          "Reset a password", "en", NULL, "Reset a password: Open Settings." },
        { "lines before the text", "---\ntitle: \"VPN\"\nlang: de\nurl: https://x.example/vpn\n"
          "\n# a comment\n---\nEins.\n", "VPN", "de", "https://x.example/vpn", "-: Eins." },
        { "Windows line ends", "---\r\nTitle: VPN\r\nlanguage: FR-ca\r\n---\r\nUn.\r\n", "VPN",
          "fr", NULL, "-: Un." },
        { "a name without a value is not given", "---\ntitle:\nlang: en\n---\nText.\n", "printer",
          "en", NULL, "-: Text." },
        { "a rule further down", "Text.\n\n---\n\nMore.\n", "printer", "en", NULL,
          "-: Text.\nMore." },
        { "no heading: the file's name", "Just text.", "printer", "en", NULL, "-: Just text." },
        { "a heading without text has no passage", "# A\n## B\nOne.\n", "A", "en", NULL,
          "B: One." },
        { "lists", "# A\n- one\n- two `code`\n  - deep\n\n3. three\n4. four\n", "A", "en", NULL,
          "A: - one\n- two code\n  - deep\n3. three\n4. four" },
        { "rows of a table are read alone",
          "# A\n| Floor | Printer |\n|---|---|\n| 1 | P1 |\n| 2 | |\n",
          "A", "en", NULL, "A: Floor: 1, Printer: P1\nFloor: 2" },
        { "a table without names", "# A\n| | |\n|---|---|\n| 1 | 2 |\n", "A", "en", NULL,
          "A: 1, 2" },
        { "links are their words", "# A\nSee [the *page*](https://x.example) and <b>this</b>.", "A",
          "en", NULL, "A: See the page and this." },
        { "a picture is its words", "# A\nPress ![the red key](x.png).", "A", "en", NULL,
          "A: Press the red key." },
        { "entities", "# A &amp; B\n1 &lt; 2 &copy; it&#39;s &#x41; &#0; &#xd800; &rarr;", "A & B",
          "en", NULL, "A & B: 1 < 2 &copy; it's A &#0; &#xd800; \xe2\x86\x92" },
        { "code keeps its lines", "# A\n```\nping x\n  ping y\n```\n", "A", "en", NULL,
          "A: ping x\n  ping y" },
        { "a byte order mark", "\xef\xbb\xbf# A\nText.", "A", "en", NULL, "A: Text." },
        { "the language is told: Chinese", "# \xe5\xaf\x86\xe7\xa0\x81\n\xe9\x87\x8d\xe7\xbd\xae"
          "\xe3\x80\x82\n", "\xe5\xaf\x86\xe7\xa0\x81", "zh", NULL,
          "\xe5\xaf\x86\xe7\xa0\x81: \xe9\x87\x8d\xe7\xbd\xae\xe3\x80\x82" },
        { "the language is told: German", "# Passwort vergessen\nWenn Sie Ihr Passwort vergessen "
          "haben, setzen Sie es bitte selbst zur\xc3\xbc" "ck.\n", "Passwort vergessen", "de", NULL,
          "Passwort vergessen: Wenn Sie Ihr Passwort vergessen haben, setzen Sie es bitte selbst "
          "zur\xc3\xbc" "ck." },
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

/* A section of so many letters, in lines of `line` letters (0: one line). */
static const char *section_of(struct arena *a, int letters, int line)
{
    char *text = arena_alloc(a, (size_t)letters + 1);
    for (int i = 0; i < letters; i++)
        text[i] = line && i % line == line - 1 ? '\n' : "abcdefgh. "[i % 10];
    text[letters - 1] = '.';
    return text;
}

static void passages_have_a_good_length(void **unused)
{
    (void)unused;
    static const struct { const char *story; int sections[6], line; const char *passages; }
        rows[] = {
        { "sections stay as they are", { 400, 1200, 120 }, 0, "S1 400|S2 1200|S3 120" },
        { "an introduction joins what follows", { 50, 500 }, 0, "S2 551" },
        { "crumbs join what is before", { 500, 50, 60 }, 0, "S1 620" },
        { "but not beyond the longest", { 1190, 50, 300 }, 0, "S1 1190|S3 355" },
        { "only crumbs", { 10, 10, 10 }, 0, "S1 40" },
        { "long ones are cut between lines", { 2400 }, 405, "S1 809|S1 809|S1 780" },
        { "else between sentences", { 1500 }, 0, "S1 869|S1 630" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct kb_passages *got = arena_alloc(&a, sizeof *got);
        char *all = arena_copy(&a, "");
        got->arena = &a;
        for (int n = 0; n < 6 && rows[i].sections[n]; n++)
            kb_passages_add(got, arena_print(&a, "S%d", n + 1),
                            section_of(&a, rows[i].sections[n], rows[i].line));
        kb_passages_end(got);
        for (size_t k = 0; k < got->count; k++)
            all = arena_print(&a, "%s%s%s %zu", all, k ? "|" : "", got->items[k].heading,
                              strlen(got->items[k].text));
        if (strcmp(all, rows[i].passages) != 0)
            fail_msg("%s: %s", rows[i].story, all);
        arena_clear(&a);
    }
}

static void joined_sections_keep_their_headings(void **unused)
{
    (void)unused;
    struct arena a = { 0 };
    struct kb_article_change got;
    char error[KB_ERROR_MAX];
    const char *text = "# Desk\nWelcome.\n## Phone\n4444.\n## Hours\nEight to five.\n";
    assert_int_equal(kb_file_parse("x.md", text, strlen(text), &a, &got, error), 0);
    assert_int_equal(got.passage_count, 1);
    assert_string_equal(got.passages[0].text, "Welcome.\nPhone: 4444.\nHours: Eight to five.");
    assert_string_equal(got.text, "Desk\nWelcome.\nPhone: 4444.\nHours: Eight to five.");
    arena_clear(&a);
}

static void what_is_no_article_is_refused(void **unused)
{
    (void)unused;
    static const struct { const char *text; size_t len; const char *why; } rows[] = {
        { "", 0, "no text" }, { "   \n\n", 0, "no text" }, { "# Only a heading\n", 0, "no text" },
        { "a\xff", 0, "UTF-8" }, { "a\0b", 3, "UTF-8" }, { "---\ntitle: x\n---\n", 0, "no text" },
        { "---\nlang: english\n---\nText.", 0, "lang:" },
        { "---\nlang: e1\n---\nText.", 0, "lang:" },
        { "---\ntitle: x\nlang: klingon\n---\nText.", 0, "line 3: lang: \"klingon\" is not a" },
        { "---\ntitle: x\ntags: a, b\n---\nText.", 0, "line 3: \"tags\" is no key" },
        { "---\ntitel: x\nlang: klingon\n---\nText.", 0, "line 2: \"titel\"" },
        { "---\r\n- one\r\n---\r\nText.", 0, "line 2: \"- one\" is no line with a key" },
        { "---\ntitle: x\nText.", 0, "no second ---" },
        { "---\nText without an end.\n", 0, "no second ---" },
        { "---", 0, "no second ---" },
        { "---\nurl: javascript:alert(1)\n---\nText.", 0, "url:" },
        { "---\nurl: https://\n---\nText.", 0, "url:" },
        { "---\nurl: https://a b\n---\nText.", 0, "url:" },
        { "---\nurl: https://x.example/<b>\n---\nText.", 0, "url:" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = { 0 };
        struct kb_article_change got;
        char error[KB_ERROR_MAX] = "";
        size_t len = rows[i].len ? rows[i].len : strlen(rows[i].text);
        if (!kb_file_parse("x.md", rows[i].text, len, &a, &got, error) ||
            !strstr(error, rows[i].why))
            fail_msg("row %zu: \"%s\" instead of %s", i, error, rows[i].why);
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
    assert_in_range(got.passage_count, KB_FILE_MAX / KB_PASSAGE_MOST, KB_PASSAGES_MAX);
    for (size_t i = 0; i + 6 <= KB_FILE_MAX; i += 6)
        memcpy(big + i, "# a\nb\n", 6);
    assert_int_equal(kb_file_parse("x.md", big, KB_FILE_MAX, &a, &got, error), 0);
    for (size_t i = 0; i + 200 <= KB_FILE_MAX; i += 200) {
        memcpy(big + i, "\n# a\n", 5);
        memset(big + i + 5, 'b', 195);
    }
    assert_int_equal(kb_file_parse("x.md", big, KB_FILE_MAX, &a, &got, error), -1);
    assert_non_null(strstr(error, "split it"));
    memset(big, '>', KB_FILE_MAX);
    kb_file_parse("x.md", big, KB_FILE_MAX, &a, &got, error);
    free(big);
    arena_clear(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_become_articles),
        cmocka_unit_test(passages_have_a_good_length),
        cmocka_unit_test(joined_sections_keep_their_headings),
        cmocka_unit_test(what_is_no_article_is_refused),
        cmocka_unit_test(sizes_have_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
