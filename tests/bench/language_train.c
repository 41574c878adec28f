/* Trains the language model of bot/agents/language.c and writes bot/agents/language_table.c.
 * usage: language_train TRAIN.tsv > language_table.c       (lines: code TAB sentence)
 *        language_train --test DEV.tsv                     accuracy of language_of on a file
 * Softmax regression over hashed letter groups, on whole sentences and on short pieces of them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/agents/language.h"
#include "bot/agents/language_model.h"

enum { LINES_MAX = 40000, EPOCHS = 16, PIECES = 3, CHAT_EVERY = 4 };

static const char *const codes[] = {
#define CODE(code) #code,
    LANGUAGE_MODEL_TABLE(CODE)
};

/* What people type into a messenger and no newspaper prints: our own words, learnt one and two at a
 * time beside the sentences. */
static const struct { const char *code, *words; } chat[] = {
    { "en", "hello hi hey thanks thank you please help printer password reset urgent error network "
            "computer laptop screen email account login broken working internet monitor keyboard mouse "
            "slow update install software phone calendar file folder access support issue problem "
            "forgot locked office crashing down offline need human agent person speak urgent VPN" },
    { "de", "hallo guten tag danke bitte hilfe drucker passwort vergessen dringend fehler netzwerk "
            "rechner bildschirm konto anmelden kaputt geht nicht funktioniert langsam tastatur maus "
            "telefon kalender datei ordner zugriff problem gesperrt mensch mitarbeiter sprechen moin" },
    { "fr", "bonjour salut merci imprimante mot de passe oubli\xc3\xa9 urgent erreur r\xc3\xa9seau ordinateur "
            "\xc3\xa9""cran compte connexion panne marche pas fonctionne lent clavier souris fichier dossier "
            "acc\xc3\xa8s probl\xc3\xa8me bloqu\xc3\xa9 personne parler aide bonsoir" },
    { "es", "hola buenos dias gracias por favor ayuda impresora contrase\xc3\xb1""a olvid\xc3\xa9 urgente error "
            "ordenador computadora pantalla cuenta roto funciona lento teclado rat\xc3\xb3n archivo carpeta "
            "acceso problema bloqueado persona hablar humano" },
    { "it", "ciao buongiorno grazie per favore aiuto stampante password dimenticata urgente errore rete "
            "schermo conto rotto funziona lento tastiera file cartella accesso problema bloccato "
            "persona parlare operatore" },
    { "pt", "ol\xc3\xa1 oi bom dia obrigado obrigada por favor ajuda impressora senha esqueci urgente erro "
            "rede computador tela ecr\xc3\xa3 conta quebrado funciona lento teclado arquivo pasta acesso "
            "problema bloqueado pessoa falar humano" },
    { "nl", "hallo hoi goedemorgen bedankt dank je alsjeblieft hulp printer wachtwoord vergeten dringend "
            "fout netwerk scherm account kapot werkt niet langzaam toetsenbord muis bestand map toegang "
            "probleem geblokkeerd persoon spreken medewerker" },
    { "pl", "cze\xc5\x9b\xc4\x87 dzie\xc5\x84 dobry dzi\xc4\x99kuj\xc4\x99 prosz\xc4\x99 pomoc drukarka has\xc5\x82o pilne "
            "b\xc5\x82\xc4\x85""d sie\xc4\x87 komputer ekran konto nie dzia\xc5\x82""a wolno klawiatura mysz plik dost\xc4\x99p "
            "problem zablokowane cz\xc5\x82owiek rozmawia\xc4\x87" },
    { "tr", "merhaba selam te\xc5\x9f""ekk\xc3\xbcrler l\xc3\xbctfen yard\xc4\xb1m yaz\xc4\xb1""c\xc4\xb1 \xc5\x9fifre unuttum acil hata "
            "bilgisayar ekran hesap bozuk \xc3\xa7""al\xc4\xb1\xc5\x9fm\xc4\xb1yor yava\xc5\x9f klavye dosya sorun insan konu\xc5\x9fmak" },
    { "sv", "hej tack skrivare l\xc3\xb6senord gl\xc3\xb6mt hj\xc3\xa4lp fungerar inte br\xc3\xa5ttom" },
    { "da", "hej tak printer adgangskode glemt hj\xc3\xa6lp virker ikke" },
    { "no", "hei takk skriver passord glemt hjelp virker ikke haster" },
    { "fi", "hei moi kiitos tulostin salasana unohdin apua ei toimi kiireellinen" },
};

static char *lines[LINES_MAX];
static int labels[LINES_MAX];
static double weights[LANGUAGE_BUCKETS][LANGUAGE_CODES], squares[LANGUAGE_BUCKETS][LANGUAGE_CODES];
static uint64_t state = 88172645463325252u;

static uint64_t chance(uint64_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % below;
}

static int label_of(const char *code)
{
    for (int i = 0; i < LANGUAGE_CODES; i++)
        if (!strcmp(codes[i], code))
            return i;
    return -1;
}

static int load(const char *path)
{
    static char line[20000];
    FILE *file = fopen(path, "r");
    int n = 0;
    while (file && n < LINES_MAX && fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab = '\0';
        labels[n] = label_of(line);
        tab[strcspn(tab + 1, "\r\n") + 1] = '\0';
        if (labels[n] >= 0)
            lines[n++] = strdup(tab + 1);
    }
    if (file)
        fclose(file);
    return n;
}

/* A run of 1 to 5 words from the middle of the line. */
static void piece(const char *line, char *out, size_t size)
{
    const char *at = line + chance(strlen(line) + 1);
    while (at > line && at[-1] != ' ')
        at--;
    size_t len = 0;
    for (uint64_t words = 1 + chance(5); at[len] && len + 1 < size; len++)
        if (at[len] == ' ' && --words == 0)
            break;
    memcpy(out, at, len);
    out[len] = '\0';
}

static void learn(const char *text, int label)
{
    uint16_t features[LANGUAGE_FEATURES_MAX];
    double score[LANGUAGE_CODES] = { 0 }, sum = 0, best = -1e9;
    size_t n = language_features(text, features, LANGUAGE_FEATURES_MAX);
    if (!n)
        return;
    double scale = 1.0 / sqrt((double)n);
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < LANGUAGE_CODES; k++)
            score[k] += weights[features[i]][k] * scale;
    for (int k = 0; k < LANGUAGE_CODES; k++)
        best = score[k] > best ? score[k] : best;
    for (int k = 0; k < LANGUAGE_CODES; k++)
        sum += score[k] = exp(score[k] - best);
    for (int k = 0; k < LANGUAGE_CODES; k++) {
        double wanted = k == label ? 0.95 : 0.05 / (LANGUAGE_CODES - 1);
        double gradient = (score[k] / sum - wanted) * scale;
        for (size_t i = 0; i < n; i++) {
            squares[features[i]][k] += gradient * gradient;
            weights[features[i]][k] -= 0.1 * gradient / sqrt(squares[features[i]][k] + 1e-6);
        }
    }
}

static void write_table(void)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    double sum = 0;
    for (int b = 0; b < LANGUAGE_BUCKETS; b++)
        for (int k = 0; k < LANGUAGE_CODES; k++)
            sum += weights[b][k] * weights[b][k];
    double step = sqrt(sum / (LANGUAGE_BUCKETS * LANGUAGE_CODES)) * 8 / LANGUAGE_LEVELS;
    printf("/* Made by tests/bench/language_train.c from the sentences of the lingua language\n"
           " * detector's test data (Apache-2.0, Peter M. Stahl). Do not edit. */\n"
           "#include \"bot/agents/language_model.h\"\n\n"
           "const double language_step = %.6f;\n\n"
           "const char language_weights[LANGUAGE_BUCKETS][LANGUAGE_CODES] = {", step);
    for (int b = 0; b < LANGUAGE_BUCKETS; b++) {
        printf(b % 3 ? " \"" : "\n    \"");
        for (int k = 0; k < LANGUAGE_CODES; k++) {
            int level = (int)lrint(weights[b][k] / step) + LANGUAGE_LEVELS / 2;
            putchar(letters[level < 0 ? 0 : level > 63 ? 63 : level]);
        }
        printf("\",");
    }
    printf("\n};\n");
}

/* One or two neighbouring words of a row. */
static void learn_chat(void)
{
    char text[200];
    size_t row = chance(sizeof chat / sizeof *chat), len = 0;
    const char *words = chat[row].words, *at = words + chance(strlen(words));
    uint64_t wanted = 1 + chance(2);
    while (at > words && at[-1] != ' ')
        at--;
    for (; at[len] && len + 1 < sizeof text; len++)
        if (at[len] == ' ' && --wanted == 0)
            break;
    memcpy(text, at, len);
    text[len] = '\0';
    learn(text, label_of(chat[row].code));
}

static void train(const char *path)
{
    char text[2000];
    int n = load(path);
    for (int epoch = 0; epoch < EPOCHS; epoch++)
        for (int i = 0; i < n; i++) {
            int at = (int)chance((uint64_t)n);
            learn(lines[at], labels[at]);
            for (int p = 0; p < PIECES; p++) {
                piece(lines[at], text, sizeof text);
                learn(text, labels[at]);
            }
            if (i % CHAT_EVERY == 0)
                learn_chat();
        }
    write_table();
}

static void test(const char *path)
{
    static char line[20000];
    FILE *file = fopen(path, "r");
    int all = 0, right = 0, unknown = 0;
    while (file && fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t'), code[8];
        if (!tab)
            continue;
        *tab = '\0';
        tab[strcspn(tab + 1, "\r\n") + 1] = '\0';
        language_of(tab + 1, NULL, NULL, code);
        all++;
        right += !strcmp(code, line);
        unknown += !strcmp(code, "und");
        if (strcmp(code, line) && getenv("SHOW"))
            printf("%s taken for %s: %s\n", line, code, tab + 1);
    }
    if (file)
        fclose(file);
    printf("right=%d of=%d percent=%.2f undecided=%d\n", right, all, 100.0 * right / (all ? all : 1),
           unknown);
}

int main(int argc, char **argv)
{
    if (argc == 2)
        train(argv[1]);
    else if (argc == 3 && !strcmp(argv[1], "--test"))
        test(argv[2]);
    else
        return 2;
    return 0;
}
