#include "bot/engine/think.h"

#include <stdlib.h>
#include <string.h>

#include "bot/agents/answer.h"
#include "bot/agents/category.h"
#include "bot/base/clock.h"
#include "bot/base/text.h"
#include "bot/store/store_kb.h"

enum { LINES_MAX = 60, PASSAGES_MAX = 20, SOLVED_MAX = 5, SEARCH_MS = 100, SOLVED_MS = 20,
       TITLES_MAX = 120 };

struct thought_of {
    struct thinker *th;
    struct arena *a;
    struct ticket t;
    struct client_view client;
    struct contact contact;
    struct triage_facts facts;
};

/* How sure must the rule be on this knowledge base? Asks titles with their own article hidden: what
 * it would answer then is wrong. */
static double calibrate(struct db *db, struct arena *a)
{
    struct triage_passage *titles = arena_alloc(a, TITLES_MAX * sizeof *titles);
    double *hidden = arena_alloc(a, TITLES_MAX * sizeof *hidden);
    size_t count = store_kb_titles(db, TITLES_MAX, a, titles);
    for (size_t i = 0; i < count; i++) {
        struct kb_found found = { 0 };
        struct answer_verdict verdict;
        bool skip[PASSAGES_MAX] = { false };
        store_kb_search(db, titles[i].client_id, titles[i].title, titles[i].lang, SEARCH_MS,
                        PASSAGES_MAX, a, &found);
        for (size_t k = 0; k < found.count; k++)
            skip[k] = found.passages[k].article_id == titles[i].article_id;
        answer_judge(titles[i].title, titles[i].lang, found.passages, found.count, skip,
                     found.rarity, 0, a, &verdict);
        hidden[i] = verdict.confidence;
        db_clear_error(db);
    }
    return answer_calibrate(hidden, count);
}

static double threshold_now(struct thinker *th)
{
    struct arena a = { 0 };
    const char *text = store_meta(th->db, "kb_version", &a);
    long long version = text ? strtoll(text, NULL, 10) : 0;
    if (version != th->kb_version) {
        th->threshold = calibrate(th->db, &a);
        th->kb_version = version;
    }
    arena_clear(&a);
    return th->threshold;
}

static struct triage_settings settings_of(struct thinker *th)
{
    const struct config_triage *c = &th->config->triage;
    return (struct triage_settings){ .clarify_max = (int)c->clarify_max,
        .answers_max = (int)c->answers_max, .lines_max = (int)c->lines_max,
        .band_green = (int)c->band_green, .band_yellow = (int)c->band_yellow,
        .band_orange = (int)c->band_orange, .human_words = c->human_words.items,
        .panic_words = c->panic_words.items, .policy_words = c->policy_words.items,
        .answer_threshold = threshold_now(th) };
}

static void gather_people(struct thought_of *o)
{
    struct triage_facts *f = &o->facts;
    char opens[CALENDAR_OPENS_MAX];
    const struct calendar *hours = hours_of(o->th->hours, o->client.id, o->client.hours);
    f->people_available = calendar_is_open(hours, f->now_ms);
    if (!f->people_available && calendar_opens_text(hours, f->now_ms, opens))
        f->opens_text = arena_copy(o->a, opens);
    f->requester_name = o->contact.name;
    f->client_name = o->client.name;
    f->bot_name = client_bot_name(o->client.brand, o->a);
    f->last_lang = o->t.lang;
    f->browser_lang = o->contact.lang;
}

static void gather_ticket(struct thought_of *o)
{
    struct triage_line *lines;
    struct triage_facts *f = &o->facts;
    f->line_count = store_lines(o->th->db, o->t.id, o->t.ai_since_seq, LINES_MAX, o->a, &lines);
    f->lines = lines;
    f->clarifies = o->t.clarifies;
    f->answers = o->t.answers;
    f->assistant_lines = o->t.ai_lines;
    f->sentiment_before = o->t.sentiment;
    f->human_requested = o->t.intent && !strcmp(o->t.intent, "human");
    f->categories = category_defaults(&f->category_count);
    f->settings = settings_of(o->th);
}

/* Search first, decide after: the rules stay pure. */
static void gather_knowledge(struct thought_of *o)
{
    struct triage_query query;
    struct db *db = o->th->db;
    struct triage_facts *f = &o->facts;
    triage_query(f, o->a, &query);
    if (!query.wanted || !query.text)
        return;
    struct kb_found found = { 0 };
    store_kb_search(db, o->client.id, query.text, query.lang, SEARCH_MS, PASSAGES_MAX, o->a,
                    &found);
    f->passages = found.passages;
    f->passage_count = found.count;
    f->rarity = found.rarity;
    struct triage_solved *solved = arena_alloc(o->a, SOLVED_MAX * sizeof *solved);
    db_clear_error(db);          /* a deadline that passed means fewer passages, not no answer */
    db_deadline(db, clock_steady_us() + SOLVED_MS * INT64_C(1000));
    f->solved_count = store_solved_near(db, o->client.id, query.text, SOLVED_MAX, o->a, solved);
    f->solved = solved;
    db_deadline(db, 0);
    db_clear_error(db);
}

bool think(struct thinker *th, int64_t ticket_id, int64_t now_ms, struct arena *a,
           struct command *out)
{
    struct thought_of o = { .th = th, .a = a, .facts = { .now_ms = now_ms } };
    int64_t thought_id = store_thought(th->db, ticket_id);
    *out = (struct command){ 0 };
    if (!thought_id)
        return false;            /* answered already, or overtaken */
    store_ticket(th->db, ticket_id, a, &o.t);
    store_client(th->db, o.t.client_id, a, &o.client);
    store_contact(th->db, o.t.contact_id, a, &o.contact);
    if (db_error(th->db))
        return false;            /* half a picture: the thought is recalled when the store works */
    gather_people(&o);
    gather_ticket(&o);
    if (db_error(th->db))
        return false;
    gather_knowledge(&o);
    struct triage_decision *decision = arena_alloc(a, sizeof *decision);
    triage_decide(&o.facts, a, decision);
    *out = (struct command){ .kind = COMMAND_AI_DECIDED, .actor = ACTOR_ASSISTANT,
        .source = "triage", .at_ms = now_ms, .ticket_id = ticket_id, .number = thought_id,
        .decision = decision, .adapter = -1 };
    return true;
}
