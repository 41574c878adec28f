#include "bot/agents/clarify.h"

#include <string.h>

enum topic { DEVICE, ERROR, SINCE, SCOPE, SITE, WISH, REPHRASE, TOPICS };

/* Words that show that the customer has told it already. */
static const char *const told_words[TOPICS][4] = {
    [DEVICE] = { "(computer*|laptop*|notebook*|pc|pcs|mac|macbook|imac|desktop|phone*|iphone*|android|ipad*|tablet*|"
        "printer*|scanner|monitor*|screen*|keyboard|mouse|headset|camera|webcam|windows|linux|macos|outlook|teams|excel|"
        "word|chrome|firefox|edge|vpn|wifi|onedrive|sharepoint|zoom|drucker*|rechner*|bildschirm*|handy|ordinateur*|imprimante*|"
        "ordenador*|impresora*|pantalla*|stampante*|impressora*|drukark*|yazici*|bilgisayar*|принтер*|компьютер*|ноутбук*|телефон*|طابعه|الطابعه|كمبيوتر|حاسوب)",
        "打印机", "电脑", "プリンタ" },
    [ERROR] = { "(error*|code|message|says|saying|shows|fehler*|meldung*|erreur*|mensaje|errore*|erro|fout*|blad*|hata*|ошибк*|خطا|0x*)",
        "错误", "エラー", NULL },
    [SINCE] = { "(today|yesterday|since|morning|monday|tuesday|wednesday|thursday|friday|week|days|month|heute|gestern|seit|"
        "depuis|hier|aujourd|desde|ayer|hoy|oggi|ieri|sinds|vandaag|gisteren|dzis|wczoraj|bugun|dun|сегодня|вчера|اليوم|امس|منذ)",
        "今天", "昨天", "今日" },
    [SCOPE] = { "(everyone|everybody|nobody|colleagues|all|only|others|alle|kollegen|collegues|todos|tutti|iedereen|"
        "wszyscy|herkes|все|جميع|الجميع)", "大家", "全員", NULL },
    [SITE] = { "(office|site|branch|building|floor|home|buro|standort|bureau|oficina|ufficio|kantoor|biuro|ofis|офис|مكتب)",
        "办公室", "事務所", NULL },
};

static const char *const topic_names[TOPICS] = {
    "device", "error", "since when", "who is affected", "place",
    "whom and when", "the wish in other words"
};

static bool is_told(const struct intent *told, enum topic topic)
{
    for (size_t k = 0; k < 4 && told_words[topic][k]; k++)
        for (size_t i = 0; i < told->words.count; i++) {
            size_t to = 0;
            if (pattern_at(&told->words, i, told_words[topic][k], false, &to))
                return true;
        }
    return false;
}

static const char *sentence(const struct speech_said *s, enum topic topic)
{
    const char *const sentences[TOPICS] = {
        s->ask_device, s->ask_error, s->ask_since, s->ask_scope, s->ask_site, s->ask_wish,
        s->ask_rephrase
    };
    return sentences[topic];
}

/* Asked before, in whichever language. */
static bool was_asked(const struct triage_facts *f, enum topic topic)
{
    for (size_t i = 0; i < f->line_count; i++) {
        if (f->lines[i].speaker != SPEAKER_ASSISTANT)
            continue;
        for (size_t k = 0; k < speech_count; k++) {
            const char *asked = speeches[k]->said ? sentence(speeches[k]->said, topic) : NULL;
            if (asked && strstr(f->lines[i].text, asked))
                return true;
        }
    }
    return false;
}

static bool is(const char *a, const char *b)
{
    return a && !strcmp(a, b);
}

void clarify_choose(const struct triage_facts *facts, const struct intent *told,
                    const char *category, const struct speech_said *said,
                    struct clarify_question *out)
{
    static const enum topic by_default[] = { DEVICE, ERROR, SINCE, TOPICS };
    static const enum topic network[] = { SCOPE, SITE, SINCE, TOPICS };
    static const enum topic software[] = { ERROR, DEVICE, SINCE, TOPICS };
    static const enum topic wish[] = { WISH, TOPICS };
    static const enum topic question[] = { DEVICE, REPHRASE, TOPICS };
    static const enum topic unclear[] = { REPHRASE, DEVICE, TOPICS };
    const enum topic *order = !told->problem && told->request ? wish
        : !told->problem && told->question ? question
        : !told->problem ? unclear
        : is(category, "Network") ? network
        : is(category, "Software") || is(category, "Account") ? software : by_default;
    *out = (struct clarify_question){ .ask = NULL };
    while (*order != TOPICS && (!sentence(said, *order) || was_asked(facts, *order)
                                || is_told(told, *order)))
        order++;
    if (*order == TOPICS)
        return;
    out->ask = sentence(said, *order);
    out->about = topic_names[*order];
    if (*order == DEVICE) {
        out->choices = said->devices;
        out->choice_count = sizeof said->devices / sizeof said->devices[0];
    } else if (*order == SINCE || *order == SCOPE) {
        out->choices = *order == SINCE ? said->since : said->scope;
        out->choice_count = sizeof said->since / sizeof said->since[0];
    }
}
