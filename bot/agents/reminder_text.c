#include "bot/agents/reminder_text.h"

#include <string.h>

#include "bot/base/buf.h"
#include "bot/base/text.h"

enum { NAME_MAX_POINTS = 60, SUBJECT_MAX_POINTS = 120, QUESTION_MAX_POINTS = 300 };

struct words {
    const char *between;                /* sentences */
    const char *hello_name, *hello, *about, *first, *again, *last, *question, *end;
};

static const struct words words[REMINDER_LANGS] = {
    [REMINDER_EN] = { " ", "Hello {name}.", "Hello.", "This is about “{subject}”.",
        "We are still waiting for your answer.",
        "We have not heard from you yet and would like to help.",
        "This is our last reminder. Without an answer, a colleague will decide whether the request "
        "can be closed.",
        "We asked: “{question}”", "Just write back here, also if everything works by now." },
    [REMINDER_DE] = { " ", "Guten Tag, {name}.", "Guten Tag.", "Es geht um „{subject}“.",
        "Wir warten noch auf Ihre Antwort.",
        "Wir haben noch nichts von Ihnen gehört und möchten Ihnen gern helfen.",
        "Das ist unsere letzte Erinnerung. Ohne Antwort entscheidet jemand aus unserem Team, ob "
        "die Anfrage geschlossen werden kann.",
        "Unsere Frage war: „{question}“",
        "Antworten Sie einfach hier, auch wenn inzwischen alles funktioniert." },
    [REMINDER_FR] = { " ", "Bonjour {name}.", "Bonjour.",
        "Il s’agit de votre demande « {subject} ».", "Nous attendons encore votre réponse.",
        "Nous n’avons pas encore de nouvelles de votre part et aimerions vous aider.",
        "C’est notre dernier rappel. Sans réponse, un membre de l’équipe décidera si la demande "
        "peut être clôturée.",
        "Notre question était : « {question} »",
        "Répondez simplement ici, même si tout fonctionne désormais." },
    [REMINDER_ES] = { " ", "Hola, {name}.", "Hola.", "Le escribimos por «{subject}».",
        "Seguimos a la espera de su respuesta.",
        "Aún no tenemos noticias suyas y nos gustaría ayudarle.",
        "Este es nuestro último recordatorio. Si no recibimos respuesta, una persona del equipo "
        "decidirá si la solicitud puede cerrarse.",
        "Nuestra pregunta era: «{question}»",
        "Responda aquí mismo, también si ya funciona todo." },
    [REMINDER_IT] = { " ", "Buongiorno {name}.", "Buongiorno.",
        "Le scriviamo riguardo a «{subject}».", "Siamo ancora in attesa della Sua risposta.",
        "Non abbiamo ancora ricevuto Sue notizie e vorremmo aiutarLa.",
        "Questo è il nostro ultimo promemoria. Senza risposta, una persona del team deciderà se la "
        "richiesta può essere chiusa.",
        "La nostra domanda era: «{question}»",
        "Risponda semplicemente qui, anche se nel frattempo funziona tutto." },
    [REMINDER_PT] = { " ", "Olá, {name}.", "Olá.", "Trata-se de “{subject}”.",
        "Ainda aguardamos a sua resposta.",
        "Ainda não tivemos notícias suas e gostaríamos de ajudar.",
        "Este é o nosso último lembrete. Sem resposta, uma pessoa da equipa decidirá se o pedido "
        "pode ser encerrado.",
        "A nossa pergunta foi: “{question}”",
        "Basta responder aqui, mesmo que já esteja tudo a funcionar." },
    [REMINDER_NL] = { " ", "Hallo {name}.", "Hallo.", "Het gaat over ‘{subject}’.",
        "We wachten nog op uw antwoord.",
        "We hebben nog niets van u gehoord en helpen u graag.",
        "Dit is onze laatste herinnering. Zonder antwoord beslist een collega of de aanvraag kan "
        "worden gesloten.",
        "Onze vraag was: ‘{question}’", "Antwoord gewoon hier, ook als alles inmiddels werkt." },
    [REMINDER_PL] = { " ", "Dzień dobry, {name}.", "Dzień dobry.", "Sprawa dotyczy: „{subject}”.",
        "Nadal czekamy na odpowiedź.", "Nie otrzymaliśmy jeszcze wiadomości i chętnie pomożemy.",
        "To nasze ostatnie przypomnienie. Jeśli nie otrzymamy odpowiedzi, osoba z zespołu "
        "zdecyduje, czy zgłoszenie można zamknąć.",
        "Nasze pytanie brzmiało: „{question}”",
        "Wystarczy odpisać tutaj, także jeśli wszystko już działa." },
    [REMINDER_RU] = { " ", "Здравствуйте, {name}.", "Здравствуйте.",
        "Речь идёт о запросе «{subject}».", "Мы всё ещё ждём вашего ответа.",
        "Мы пока не получили от вас ответа и хотели бы помочь.",
        "Это наше последнее напоминание. Если ответа не будет, сотрудник решит, можно ли закрыть "
        "запрос.",
        "Наш вопрос был: «{question}»", "Просто ответьте здесь, даже если всё уже работает." },
    [REMINDER_TR] = { " ", "Merhaba {name}.", "Merhaba.", "Konu: “{subject}”.",
        "Hâlâ yanıtınızı bekliyoruz.", "Sizden henüz haber alamadık ve yardımcı olmak isteriz.",
        "Bu son hatırlatmamız. Yanıt gelmezse ekibimizden biri talebin kapatılıp kapatılmayacağına "
        "karar verecek.",
        "Sorumuz şuydu: “{question}”", "Her şey artık çalışıyorsa bile buradan yazmanız yeterli." },
    [REMINDER_AR] = { " ", "مرحبًا {name}.", "مرحبًا.", "يتعلق الأمر بـ «{subject}».",
        "ما زلنا في انتظار ردك.", "لم يصلنا ردك بعد ونود مساعدتك.",
        "هذا تذكيرنا الأخير. إذا لم يصلنا رد فسيقرر أحد أعضاء الفريق ما إذا كان يمكن إغلاق الطلب.",
        "كان سؤالنا: «{question}»", "يكفي أن ترد هنا، حتى لو كان كل شيء يعمل الآن." },
    [REMINDER_ZH] = { "", "{name}，您好。", "您好。", "这是关于“{subject}”的请求。",
        "我们仍在等待您的回复。", "我们还没有收到您的消息，很乐意为您提供帮助。",
        "这是我们的最后一次提醒。如果没有收到回复，我们的同事将决定是否关闭该请求。",
        "我们的问题是：“{question}”", "请直接在此回复，即使问题已经解决。" },
    [REMINDER_JA] = { "", "{name}様、こんにちは。", "こんにちは。",
        "「{subject}」についてのご連絡です。", "ご返信をお待ちしております。",
        "まだご返信をいただいておりませんが、お手伝いできればと思います。",
        "これが最後のお知らせです。ご返信がない場合は、担当者がお問い合わせを終了してよいか判断"
        "いたします。",
        "お伺いした内容：「{question}」",
        "すでに解決している場合も、こちらにそのままご返信ください。" },
};

enum reminder_lang reminder_lang_of(const char *tag)
{
#define CODE(id, code) #code,
    static const char *const codes[REMINDER_LANGS] = { REMINDER_LANG_TABLE(CODE) };
#undef CODE
    size_t len = tag ? strcspn(tag, "-_") : 0;
    for (size_t i = 0; i < REMINDER_LANGS; i++)
        if (len == 2 && strncasecmp(tag, codes[i], 2) == 0)
            return (enum reminder_lang)i;
    return REMINDER_EN;
}

/* ---- filling in ---- */

struct values {
    const char *name, *subject, *question;      /* one line each; NULL: not known */
};

/* One line without white space around it, at most max code points; NULL when nothing is left. */
static const char *one_line(const char *text, size_t max, struct arena *arena)
{
    if (!text || text_is_blank(text))
        return NULL;
    char *line = arena_alloc(arena, strlen(text) + sizeof "…");
    size_t len = 0;
    for (; *text; text++) {
        bool space = (unsigned char)*text <= ' ' || *text == 0x7f;
        if (!space)
            line[len++] = *text;
        else if (len && line[len - 1] != ' ')
            line[len++] = ' ';
    }
    len -= len && line[len - 1] == ' ';
    line[len] = '\0';
    if (text_length(line) > max)
        memcpy(line + text_bytes(line, max - 1), "…", sizeof "…");
    return line;
}

/* Which of the three placeholders stands here; 0 and *len 0 when none does. */
static size_t placeholder(const char *at, size_t *len)
{
    static const char *const names[] = { "{name}", "{subject}", "{question}" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *len = strlen(names[i]);
        if (strncmp(at, names[i], *len) == 0)
            return i;
    }
    *len = 0;
    return 0;
}

bool reminder_text_is_valid(const char *text)
{
    size_t len;
    for (; *text; text += len ? len : 1) {
        placeholder(text, &len);
        if (!len && (*text == '{' || *text == '}'))
            return false;
    }
    return true;
}

/* In one pass, so that braces in a customer's words stay. -1: a value is not known. */
static int fill(struct buf *out, const char *text, const struct values *values)
{
    const char *const value[] = { values->name, values->subject, values->question };
    size_t len;
    for (; *text; text += len ? len : 1) {
        size_t which = placeholder(text, &len);
        if (len && !value[which])
            return -1;
        if (len)
            buf_text(out, value[which]);
        else
            buf_char(out, *text);
    }
    return 0;
}

static void sentence(struct buf *out, const struct words *w, const char *text,
                     const struct values *values)
{
    if (out->len)
        buf_text(out, w->between);
    fill(out, text, values);
}

static void built_in(struct buf *out, const struct words *w, const struct values *values,
                     int number, int of)
{
    buf_reset(out);
    sentence(out, w, values->name ? w->hello_name : w->hello, values);
    if (values->subject)
        sentence(out, w, w->about, values);
    sentence(out, w, number >= of ? w->last : number == 1 ? w->first : w->again, values);
    if (values->question)
        sentence(out, w, w->question, values);
    sentence(out, w, w->end, values);
}

const char *reminder_text(const struct reminder_settings *settings,
                          const struct reminder_facts *facts, int number, int of,
                          struct arena *arena)
{
    enum reminder_lang lang = reminder_lang_of(facts->lang);
    const struct text_list *own = &settings->texts[lang];
    struct values values = { one_line(facts->requester_name, NAME_MAX_POINTS, arena),
                             one_line(facts->subject, SUBJECT_MAX_POINTS, arena),
                             one_line(facts->question, QUESTION_MAX_POINTS, arena) };
    size_t index = number > 0 ? (size_t)number - 1 : 0;
    struct buf out;
    buf_init(&out, REMINDER_TEXT_MAX);
    int missing = -1;
    if (own->count)
        missing = fill(&out, own->items[index < own->count ? index : own->count - 1], &values);
    if (missing || out.failed)
        built_in(&out, &words[lang], &values, number, of);
    const char *text = arena_copy_n(arena, out.data, out.len);
    buf_clear(&out);
    return text;
}
