/* In which language is this? Short lines as people type them into a messenger. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bot/agents/language.h"
#include "bot/agents/language_model.h"

static const struct row { const char *lang, *text, *last, *browser; } rows[] = {
    { "en", "My printer is offline", NULL, NULL },
    { "en", "how do I reset my password?", NULL, NULL },
    { "en", "Outlook keeps crashing", NULL, NULL },
    { "en", "thank you, that works", NULL, NULL },
    { "de", "Mein Drucker geht nicht mehr", NULL, NULL },
    { "de", "Passwort vergessen", NULL, NULL },
    { "fr", "mon imprimante ne marche plus", NULL, NULL },
    { "es", "no funciona la impresora", NULL, NULL },
    { "it", "la stampante non funziona", NULL, NULL },
    { "pt", "n\xc3\xa3o consigo entrar no sistema", NULL, NULL },
    { "nl", "de printer doet het niet", NULL, NULL },
    { "pl", "drukarka nie dzia\xc5\x82""a", NULL, NULL },
    { "tr", "yaz\xc4\xb1""c\xc4\xb1 \xc3\xa7""al\xc4\xb1\xc5\x9fm\xc4\xb1yor", NULL, NULL },
    { "ru", "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbd\xd1\x82\xd0\xb5\xd1\x80 \xd0\xbd\xd0\xb5 "
            "\xd1\x80\xd0\xb0\xd0\xb1\xd0\xbe\xd1\x82\xd0\xb0\xd0\xb5\xd1\x82", NULL, NULL },
    { "uk", "\xd0\xbf\xd1\x80\xd0\xb8\xd0\xbd\xd1\x82\xd0\xb5\xd1\x80 \xd0\xbd\xd0\xb5 "
            "\xd0\xbf\xd1\x80\xd0\xb0\xd1\x86\xd1\x8e\xd1\x94", NULL, NULL },
    { "ar", "\xd8\xa7\xd9\x84\xd8\xb7\xd8\xa7\xd8\xa8\xd8\xb9\xd8\xa9 \xd9\x84\xd8\xa7 "
            "\xd8\xaa\xd8\xb9\xd9\x85\xd9\x84", NULL, NULL },
    { "zh", "\xe6\x89\x93\xe5\x8d\xb0\xe6\x9c\xba\xe5\x9d\x8f\xe4\xba\x86", NULL, NULL },
    { "ja", "\xe3\x83\x97\xe3\x83\xaa\xe3\x83\xb3\xe3\x82\xbf\xe3\x83\xbc", NULL, NULL },
    { "ko", "\xec\x95\x88\xeb\x85\x95", NULL, NULL },
    { "zh", "VPN \xe4\xb8\x8d\xe8\x83\xbd\xe7\x94\xa8", NULL, NULL },   /* a product name beside it */
    { "und", "ok", NULL, NULL },                     /* under three letters nothing is known */
    { "und", "42!", "de", "de-CH" },
    { "und", "\xf0\x9f\x91\x8d", "en", "en" },
    { "de", "Hallo Team", "de", "de-CH" },           /* a hint decides where letters do not */
    { "en", "the whole office cannot print since this morning", "de", "de-CH" },
};

static void short_lines_are_told_apart(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char lang[8];
        language_of(rows[i].text, rows[i].last, rows[i].browser, lang);
        if (strcmp(lang, rows[i].lang))
            fail_msg("%s: taken for %s, is %s", rows[i].text, lang, rows[i].lang);
    }
}

static void long_and_odd_texts_are_survived(void **unused)
{
    (void)unused;
    static char text[40000];
    char lang[8];
    memset(text, 'a', sizeof text - 1);
    language_of(text, NULL, NULL, lang);
    for (size_t i = 0; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "x ", 2);
    language_of(text, "", "-", lang);
    language_of("", NULL, NULL, lang);
    assert_string_equal(lang, "und");
}

static void the_table_is_whole(void **unused)
{
    (void)unused;
    for (size_t b = 0; b < LANGUAGE_BUCKETS; b++)
        for (size_t k = 0; k < LANGUAGE_CODES; k++)
            assert_non_null(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                                   language_weights[b][k]));
    assert_true(language_step > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_lines_are_told_apart),
        cmocka_unit_test(long_and_odd_texts_are_survived),
        cmocka_unit_test(the_table_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
