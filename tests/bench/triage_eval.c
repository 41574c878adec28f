/* How well are questions answered from a knowledge base, and how well refused?
 * usage: triage_eval DIR LANG [--features] : DIR/LANG.kb.tsv      id TAB title TAB text
 *                                            DIR/LANG.queries.tsv id TAB question
 *                                            DIR/LANG.gold.tsv    id TAB passage id or NONE TAB kind
 * Prints recall of the search, and precision and coverage of the answer rule at its own threshold;
 * with --features one line per question for fitting the rule's weights. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bot/agents/answer.h"
#include "bot/base/clock.h"
#include "bot/store/store_kb.h"

enum { LINE = 200000, ROWS = 4000 };

static char line[LINE];
static struct { char id[40], passage[40], kind[16]; char *question; } asked[ROWS];
static struct { char id[40]; int64_t article; } kept[ROWS];
static int kept_count;

static char *field(char *row, int n)
{
    while (n-- && row)
        row = strchr(row, '\t') ? strchr(row, '\t') + 1 : NULL;
    return row;
}

static char *cut(char *text)
{
    if (text)
        text[strcspn(text, "\t\r\n")] = '\0';
    return text;
}

static void load_articles(struct db *db, const char *path, const char *lang)
{
    FILE *file = fopen(path, "r");
    db_begin(db);
    while (file && fgets(line, LINE, file)) {
        char *title = field(line, 1), *text = field(line, 2);
        if (!text || kept_count == ROWS)
            continue;
        cut(text), cut(title), cut(line);
        struct kb_passage passage = { "", text };
        struct kb_article_change article = { .path = line, .title = title, .lang = lang,
            .text = text, .passages = &passage, .passage_count = 1 };
        snprintf(kept[kept_count].id, 40, "%s", line);
        kept[kept_count++].article = store_kb_put(db, 0, &article, 1);
    }
    db_commit(db);
    if (file)
        fclose(file);
}

static int load_questions(const char *queries, const char *gold)
{
    int n = 0, m = 0;
    FILE *file = fopen(queries, "r");
    while (file && n < ROWS && fgets(line, LINE, file)) {
        asked[n].question = strdup(cut(field(line, 1)));
        snprintf(asked[n++].id, 40, "%s", cut(line));
    }
    if (file)
        fclose(file);
    file = fopen(gold, "r");
    while (file && m < n && fgets(line, LINE, file)) {
        snprintf(asked[m].kind, 16, "%s", cut(field(line, 2)));
        snprintf(asked[m].passage, 40, "%s", cut(field(line, 1)));
        if (strcmp(asked[m++].id, cut(line)))
            fprintf(stderr, "rows differ: %s\n", line);
    }
    if (file)
        fclose(file);
    return n;
}

static int64_t article_of(const char *id)
{
    for (int i = 0; i < kept_count; i++)
        if (!strcmp(kept[i].id, id))
            return kept[i].article;
    return 0;
}

struct score { int answerable, first, third, answered, right, near, near_quiet, far, far_quiet; };

static void ask(struct db *db, int i, const char *lang, bool features, struct score *s)
{
    struct arena a = { 0 };
    struct kb_found found;
    struct answer_verdict v;
    int64_t gold = article_of(asked[i].passage);
    store_kb_search(db, 0, asked[i].question, lang, 1000, 12, &a, &found);
    answer_judge(asked[i].question, lang, found.passages, found.count, NULL, found.rarity, 0, &a, &v);
    int64_t best = found.count ? found.passages[v.passage].article_id : 0;
    bool third = false;
    for (size_t k = 0; k < found.count && k < 12; k++)
        third = third || found.passages[k].article_id == gold;
    s->answerable += gold != 0;
    s->first += gold && best == gold;
    s->third += gold && third;
    s->answered += v.found;
    s->right += v.found && gold && best == gold;
    s->near += !strcmp(asked[i].kind, "near");
    s->near_quiet += !strcmp(asked[i].kind, "near") && !v.found;
    s->far += !strcmp(asked[i].kind, "far");
    s->far_quiet += !strcmp(asked[i].kind, "far") && !v.found;
    if (features) {
        printf("%d", gold && best == gold);
        for (int f = 0; f < ANSWER_FEATURES; f++)
            printf(" %.4f", v.features[f]);
        printf(" %s\n", asked[i].kind);
    }
    arena_clear(&a);
}

int main(int argc, char **argv)
{
    char path[3][4096], file[] = "/tmp/triage-eval-XXXXXX", *error = NULL;
    static const char *const kinds[] = { "kb", "queries", "gold" };
    struct score s = { 0 };
    if (argc < 3 || mkdtemp(file) == NULL)
        return 2;
    for (int i = 0; i < 3; i++)
        snprintf(path[i], sizeof path[i], "%s/%s.%s.tsv", argv[1], argv[2], kinds[i]);
    char name[64];
    snprintf(name, sizeof name, "%s/kb.db", file);
    struct db *db = db_open_writer(name, NULL, &error);
    if (!db || db_migrate(db, &error)) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    load_articles(db, path[0], argv[2]);
    int n = load_questions(path[1], path[2]);
    int64_t start = clock_steady_us();
    for (int i = 0; i < n; i++)
        ask(db, i, argv[2], argc > 3, &s);
    int64_t us = clock_steady_us() - start;
    fprintf(stderr, "%s recall@1=%.1f found=%.1f precision=%.1f (%d/%d) answered_of_answerable=%.1f "
            "near_quiet=%.1f far_quiet=%.1f us_per_question=%lld\n", argv[2],
            100.0 * s.first / s.answerable, 100.0 * s.third / s.answerable,
            s.answered ? 100.0 * s.right / s.answered : 0, s.right, s.answered,
            100.0 * s.right / s.answerable, 100.0 * s.near_quiet / s.near,
            100.0 * s.far_quiet / s.far, (long long)(us / (n ? n : 1)));
    db_close(db);
    static const char *const left[] = { "kb.db", "kb.db-wal", "kb.db-shm" };
    for (int i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s/%s", file, left[i]);
        unlink(name);
    }
    rmdir(file);
    return 0;
}
