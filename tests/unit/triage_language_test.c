/* triage_language_test.c - calls for a person, alarms and thanks in every language of the desk. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bot/agents/speech.h"
#include "tests/unit/triage_talk.h"

static const char *const human[] = {
    "Ich möchte mit einem Menschen sprechen",
    "Je voudrais parler à une personne",
    "Passez-moi un technicien, s'il vous plaît",
    "Quiero hablar con una persona",
    "Vorrei parlare con un operatore",
    "Quero falar com um atendente",
    "Ik wil met een medewerker spreken",
    "Chcę rozmawiać z człowiekiem",
    "Я хочу поговорить с живым человеком",
    "Позовите оператора",
    "Bir insanla konuşmak istiyorum",
    "أريد التحدث مع شخص",
    "أريد التحدث إلى موظف من فضلك",
    "转人工",
    "我想和真人说话",
    "担当者と話したい",
    "人間と話したいです",
    "C'est urgent",
    "Es urgente",
    "Срочно!",
    "这很紧急",
    "至急お願いします",
    "Kann ich bitte mit einem Techniker reden?",
    "MITARBEITER BITTE!",
    "bitte rufen Sie mich zurück",
    "Es ist dringend!",
    NULL
};
static const char *const panic[] = {
    "Der Server ist ausgefallen",
    "Le serveur est en panne",
    "Personne ne peut travailler",
    "El servidor está caído",
    "Il server è giù",
    "O servidor caiu",
    "De server ligt plat",
    "Serwer nie działa, nikt nie może pracować",
    "Сервер упал, никто не может работать",
    "Sunucu çöktü",
    "الخادم متوقف",
    "服务器瘫痪了",
    "サーバーがダウンしています",
    NULL
};
static const char *const safety[] = {
    "Mon ordinateur portable a été volé",
    "Me han robado el portátil",
    "Хочу умереть",
    "我的电脑被偷了",
    "سرق هاتفي",
    "ノートパソコンが盗まれました",
    "Intihar etmek istiyorum",
    "Mam myśli samobójcze",
    "Wir haben ein Datenleck",
    "Ein Kollege hat mich bedroht",
    NULL
};
static const char *const harmless[] = {
    "Ce n'est pas urgent",
    "No quiero hablar con una persona",
    "Non ho bisogno di un operatore",
    "Não é urgente",
    "Het is niet dringend",
    "To nie jest pilne",
    "Это не срочно",
    "Acil değil",
    "ليس عاجلا",
    "不紧急",
    "不需要人工",
    "緊急ではありません",
    "Mon imprimante n'imprime pas",
    "Принтер не печатает",
    "打印机不能打印",
    "プリンターが印刷できません",
    "الطابعة لا تعمل",
    "Yazıcım çalışmıyor",
    "Ich brauche keinen Menschen",
    "Ich möchte nicht mit einem Mitarbeiter sprechen",
    "Wir bekommen einen neuen Mitarbeiter, bitte Konto anlegen",
    "Wie melde ich eine Phishing-Mail?",
    "Wie setze ich mein Passwort zurück?",
    NULL
};
static const char *const thanks[] = {
    "Danke schön",
    "merci beaucoup",
    "gracias",
    "grazie mille",
    "obrigado",
    "bedankt",
    "dziękuję",
    "спасибо",
    "teşekkürler",
    "شكرا",
    "谢谢",
    "ありがとうございます",
    NULL
};
static const char *const nothanks[] = {
    "danke, aber es geht immer noch nicht",
    "merci mais ça ne marche pas",
    "gracias pero no funciona",
    "спасибо, но не помогло",
    "谢谢，但是还是不行",
    "شكرا لكن لم يعمل",
    NULL
};

static size_t wrong_rows(const char *const *rows, enum triage_action action,
                         enum handoff_reason reason, int worst_priority)
{
    size_t wrong = 0;
    for (; *rows; rows++) {
        struct talk t = { 0 };
        talk_say(&t, *rows);
        if (t.d.action != action || t.d.reason != reason || t.d.priority > worst_priority) {
            print_message("  %s P%d, not %s: %s\n", handoff_reason_code(t.d.reason), t.d.priority,
                          handoff_reason_code(reason), *rows);
            wrong++;
        }
        talk_end(&t);
    }
    return wrong;
}

static void test_people_at_once(void **state)
{
    (void)state;
    assert_int_equal(wrong_rows(human, TRIAGE_HANDOFF, HANDOFF_HUMAN_ASKED, 3), 0);
    assert_int_equal(wrong_rows(panic, TRIAGE_HANDOFF, HANDOFF_PANIC, 2), 0);
    assert_int_equal(wrong_rows(safety, TRIAGE_HANDOFF, HANDOFF_SAFETY, 2), 0);
}

static void test_harmless(void **state)
{
    (void)state;
    assert_int_equal(wrong_rows(harmless, TRIAGE_ASK, HANDOFF_NONE, 3), 0);
}

static void test_only_thanks(void **state)
{
    (void)state;
    for (const char *const *row = thanks; *row; row++)
        if (!triage_is_only_thanks(*row))
            fail_msg("should be thanks: %s", *row);
    for (const char *const *row = nothanks; *row; row++)
        if (triage_is_only_thanks(*row))
            fail_msg("is more than thanks: %s", *row);
}

/* A customer who writes German is answered in German. */
static void test_answer_language(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "de", "Ich möchte bitte mit einem Menschen aus dem Team sprechen" },
        { "fr", "Je voudrais parler à une personne de votre équipe" },
        { "ar", "أريد التحدث إلى موظف من فضلك" }, { "zh", "我想和真人说话" },
        { "ja", "担当者と話したい" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct talk t = { 0 };
        talk_say(&t, rows[i][1]);
        assert_string_equal(t.d.say, speech_for(rows[i][0])->said->handoff);
        talk_end(&t);
    }
}

/* Every language can say everything: the sentences are the first fields, all of them texts. */
static void test_sentences_complete(void **state)
{
    (void)state;
    for (size_t i = 0; i < speech_count; i++) {
        const char *fields[sizeof(struct speech_said) / sizeof(char *)];
        assert_non_null(speeches[i]->said);
        memcpy(fields, speeches[i]->said, sizeof fields);
        for (size_t k = 0; k < sizeof fields / sizeof fields[0]; k++)
            if (!fields[k] || !*fields[k])
                fail_msg("%s lacks sentence %zu", speeches[i]->lang, k);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_at_once), cmocka_unit_test(test_harmless),
        cmocka_unit_test(test_only_thanks), cmocka_unit_test(test_answer_language),
        cmocka_unit_test(test_sentences_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
