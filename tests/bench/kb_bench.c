/* Measures the knowledge search among many articles: questions of six words, one client of many.
 * usage: kb_bench [ARTICLES [QUESTIONS]]      20000 articles, 1000 questions; one line per kind */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/store/store_kb.h"
#include "tests/bench/stats.h"

enum { VOCABULARY = 30000, CLIENTS = 20, PASSAGES_PER = 3, WORDS_PER = 90, ASKED = 6, BATCH = 500,
       FOUND = 12, DEADLINE_MS = 100, TEXT_MAX = 4096 };

/* ---- words as people use them: few very often, most rarely (Zipf) ---- */

struct language {
    uint64_t random;
    double sums[VOCABULARY], total;
};

static double unit(struct language *l)
{
    l->random = l->random * 6364136223846793005u + 1442695040888963407u;
    return (double)(l->random >> 11) / 9007199254740992.0;
}

static int any_word(struct language *l)
{
    double at = unit(l) * l->total;
    int low = 0, high = VOCABULARY - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (l->sums[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Syllables of many kinds: about as many groups of three letters as a real language has. */
static size_t spell(int word, char *out)
{
    static const char first[] = "bcdfghjklmnprstvwz", vowel[] = "aeiou", last[] = "nrslt";
    size_t len = 0;
    for (unsigned n = ((unsigned)word + 97) * 2654435761u >> 12; n; n /= 450) {
        out[len++] = first[n % 18];
        out[len++] = vowel[n / 18 % 5];
        out[len++] = last[n / 90 % 5];
    }
    out[len] = '\0';
    return len;
}

static const char *sentence(struct language *l, int words, char out[TEXT_MAX])
{
    size_t len = 0;
    for (int i = 0; i < words && len < TEXT_MAX - 40; i++) {
        len += spell(any_word(l), out + len);
        out[len++] = ' ';
    }
    out[len - 1] = '\0';
    return out;
}

static struct language *new_language(void)
{
    struct language *l = calloc(1, sizeof *l);
    if (!l)
        abort();
    l->random = 1;
    for (int i = 0; i < VOCABULARY; i++)
        l->sums[i] = l->total += 1.0 / pow(i + 2.7, 1.05);
    return l;
}

/* ---- filling and asking ---- */

static void add_article(struct db *db, struct language *l, int n)
{
    static char texts[PASSAGES_PER + 1][TEXT_MAX], headings[PASSAGES_PER][TEXT_MAX];
    struct kb_passage passages[PASSAGES_PER];
    char path[32];
    snprintf(path, sizeof path, "%d.md", n);
    for (int i = 0; i < PASSAGES_PER; i++)
        passages[i] = (struct kb_passage){ sentence(l, 5, headings[i]),
                                           sentence(l, WORDS_PER, texts[i]) };
    const struct kb_article_change article = { .path = path, .lang = "en",
        .title = sentence(l, 6, texts[PASSAGES_PER]), .text = texts[0], .passages = passages,
        .passage_count = PASSAGES_PER };
    store_kb_put(db, n % (CLIENTS + 1), &article, 1);
}

static void fill(struct db *db, struct language *l, int articles)
{
    int64_t start = now_us();
    for (int n = 0; n < articles; n++) {
        if (n % BATCH == 0)
            db_begin(db);
        add_article(db, l, n);
        if (n % BATCH == BATCH - 1 || n == articles - 1)
            db_commit(db);
    }
    printf("kb fill articles=%d passages=%d seconds=%.1f\n", articles, articles * PASSAGES_PER,
           (double)(now_us() - start) / 1e6);
}

static void ask(struct db *db, struct language *l, const char *lang, int questions)
{
    struct samples samples = { 0 };
    char text[TEXT_MAX];
    int failed = 0, without = 0;
    for (int i = 0; i < questions; i++) {
        struct arena a = { 0 };
        struct kb_found found;
        const char *query = sentence(l, ASKED, text);
        int64_t start = now_us();
        failed += store_kb_search(db, 1 + i % CLIENTS, query, lang, DEADLINE_MS, FOUND, &a,
                                  &found) != 0;
        samples_add(&samples, now_us() - start);
        without += !found.count;
        db_clear_error(db);
        arena_clear(&a);
    }
    struct percentiles p = samples_rank(&samples);
    printf("kb search lang=%s questions=%d words=%d p50_us=%lld p99_us=%lld max_us=%lld "
           "past_deadline=%d without_passage=%d\n", lang, questions, ASKED, (long long)p.p50,
           (long long)p.p99, (long long)p.max, failed, without);
    samples_clear(&samples);
}

static void remove_desk(const char *folder)
{
    static const char *const names[] = { "desk.db", "desk.db-wal", "desk.db-shm" };
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

int main(int argc, char **argv)
{
    int articles = argc > 1 ? atoi(argv[1]) : 20000, questions = argc > 2 ? atoi(argv[2]) : 1000;
    char folder[] = "/tmp/kb_bench.XXXXXX", path[64], *error = NULL;
    if (articles < 1 || questions < 1 || !mkdtemp(folder))
        return 2;
    snprintf(path, sizeof path, "%s/desk.db", folder);
    struct db *db = db_open_writer(path, &(struct db_options){ .sync_normal = true }, &error);
    if (!db || db_migrate(db, &error)) {
        fprintf(stderr, "kb_bench: %s\n", error);
        return 1;
    }
    struct language *l = new_language();
    fill(db, l, articles);
    ask(db, l, "en", questions);
    ask(db, l, "de", questions);
    free(l);
    db_close(db);
    remove_desk(folder);
    return 0;
}
