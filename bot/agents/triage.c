#include "bot/agents/triage.h"

#include <string.h>

#include "bot/agents/clarify.h"
#include "bot/agents/requests.h"
#include "bot/agents/sentiment.h"
#include "bot/agents/turn.h"

enum { TITLE_LETTERS = 80, MOOD_TURNS = 8, HISTORY_LINES = 40, PASSAGES_MAX = 16 };

enum { CRITICAL = 1, HIGH = 2, MEDIUM = 3 };

struct deciding {
    struct turn turn;
    struct triage_settings settings;
    struct triage_decision *out;
    struct arena *arena;
};

const char *handoff_reason_code(enum handoff_reason reason)
{
    static const char *const codes[HANDOFF_REASONS] = {
        "none", "human_asked", "panic", "anger", "rounds", "complex", "no_answer", "policy", "safety"
    };
    return reason < HANDOFF_REASONS ? codes[reason] : codes[HANDOFF_NONE];
}

static void because(struct deciding *d, const char *sentence)
{
    d->out->why = *d->out->why ? arena_print(d->arena, "%s %s", d->out->why, sentence) : sentence;
}

static const struct speech_said *said(const struct deciding *d)
{
    return d->turn.speech->said;
}

static const char *fill(const struct deciding *d, const char *sentence, struct turn_words words)
{
    words.bot = d->turn.facts->bot_name && *d->turn.facts->bot_name ? d->turn.facts->bot_name
                                                                    : "Deskhand";
    words.opens = d->turn.facts->opens_text;
    return turn_fill(sentence, &words, d->arena);
}

/* ---- what is said ---- */

/* Our first line says who speaks and how to reach a person. */
static void say(struct deciding *d, const char *text)
{
    const struct triage_facts *f = d->turn.facts;
    if (d->turn.last_action == TRIAGE_ACTIONS && f->assistant_lines == 0)
        text = arena_print(d->arena, "%s %s\n%s", fill(d, said(d)->hello, (struct turn_words){ 0 }),
                           text, said(d)->how_human);
    d->out->say = text;
}

static void offer(struct deciding *d, const char *choice)
{
    if (d->out->choice_count < sizeof d->out->choices / sizeof d->out->choices[0])
        d->out->choices[d->out->choice_count++] = choice;
}

static void acknowledge(struct deciding *d, const char *text)
{
    d->out->action = TRIAGE_ACKNOWLEDGE;
    say(d, text);
    offer(d, said(d)->human);
}

static const char *handoff_line(const struct deciding *d, enum handoff_reason reason)
{
    const struct triage_facts *f = d->turn.facts;
    const struct speech_said *s = said(d);
    if (reason == HANDOFF_SAFETY)
        return s->handoff_safety;
    if (!f->people_available)
        return fill(d, f->opens_text ? s->handoff_opens : s->handoff_closed,
                    (struct turn_words){ 0 });
    return reason == HANDOFF_PANIC ? s->handoff_urgent
         : reason == HANDOFF_ANGER ? s->handoff_angry : s->handoff;
}

static void hand_over(struct deciding *d, enum handoff_reason reason, int priority)
{
    struct triage_decision *out = d->out;
    out->action = TRIAGE_HANDOFF;
    out->reason = reason;
    out->needs_review = true;
    out->priority = priority < out->priority ? priority : out->priority;
    bool after_hours = reason == HANDOFF_HUMAN_ASKED && !d->turn.facts->people_available;
    if ((d->turn.intent.urgent || after_hours) && out->priority > HIGH)
        out->priority--;
    out->say = handoff_line(d, reason);
}

/* ---- what is known before anything is decided ---- */

static void set_mood(struct deciding *d)
{
    const struct triage_facts *f = d->turn.facts;
    double points[MOOD_TURNS + 1];
    const char *why = NULL;
    size_t count = 0, turns = 0, i = f->line_count;
    while (i && turns < MOOD_TURNS)
        turns += f->lines[--i].speaker == SPEAKER_CUSTOMER;
    for (; i < f->line_count; i++) {
        if (f->lines[i].speaker != SPEAKER_CUSTOMER)
            continue;
        struct words words;
        words_cut(f->lines[i].text, WORDS_MAX, d->arena, &words);
        points[count++] = sentiment_points(&words, d->arena, &why);
    }
    if (count && d->turn.repeated)
        points[count - 1] -= 6;
    d->out->sentiment = sentiment_score(points, count);
    int before = turns > 1 ? f->sentiment_before : 50;
    int yellow = d->settings.band_yellow;
    d->out->alert = d->out->sentiment < yellow && (before >= yellow || d->out->sentiment < before);
    because(d, arena_print(d->arena, "Mood %d%s%s%s.", d->out->sentiment, why ? " (\"" : "",
                           why ? why : "", why ? "\")" : ""));
    if (d->out->sentiment < yellow) {
        d->out->priority = HIGH;
        d->out->needs_review = true;
    }
}

static void set_labels(struct deciding *d)
{
    struct triage_decision *out = d->out;
    struct category_choice choice;
    struct words first;
    words_cut(d->turn.first, WORDS_MAX, d->arena, &first);
    out->title = requests_title(&first, TITLE_LETTERS, d->arena);
    out->intent = intent_code(&d->turn.intent);
    memcpy(out->lang, d->turn.lang, sizeof out->lang);
    category_choose(*d->turn.told ? d->turn.told : d->turn.said, d->turn.lang, d->turn.facts,
                    d->arena, &choice);
    out->category = choice.category;
    out->type = choice.type;
    out->subtype = choice.subtype;
    out->category_confidence = choice.confidence;
    if (*choice.why)
        because(d, choice.why);
    out->request_count = requests_split(&d->turn.intent.words, d->arena, out->requests);
    if (out->request_count < 2)
        out->request_count = 0;
    out->looping = d->turn.repeated;
}

/* ---- the order of decisions: each returns true when it has decided ---- */

/* The button says it all: one fixed sentence, whatever the text says. */
static bool decide_button(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (!d->turn.facts->human_requested)
        return false;
    because(d, "Pressed the button for a person.");
    hand_over(d, HANDOFF_HUMAN_ASKED, i->down || i->danger ? CRITICAL
                                    : i->panic || i->crime ? HIGH : MEDIUM);
    return true;
}

static bool decide_safety(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (!i->danger && !i->crime)
        return false;
    because(d, arena_print(d->arena, "Safety words: \"%s\".", i->safety_said));
    hand_over(d, HANDOFF_SAFETY, i->danger ? CRITICAL : HIGH);
    return true;
}

static bool decide_human(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (!i->human && !i->urgent)
        return false;
    because(d, arena_print(d->arena, "Asked for a person: \"%s\".", i->human_said));
    /* An outage behind the call keeps its rank, though the reason is the call. */
    int priority = i->down ? CRITICAL : i->panic ? HIGH : MEDIUM;
    hand_over(d, HANDOFF_HUMAN_ASKED, priority);
    return true;
}

static bool decide_panic(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (!i->down && !i->panic)
        return false;
    because(d, arena_print(d->arena, "%s: \"%s\".", i->down ? "A system is down" : "Panic",
                           i->panic_said));
    hand_over(d, HANDOFF_PANIC, i->down ? CRITICAL : HIGH);
    return true;
}

static bool decide_anger(struct deciding *d)
{
    if (d->out->sentiment >= d->settings.band_orange)
        return false;
    hand_over(d, HANDOFF_ANGER, HIGH);
    return true;
}

static bool decide_policy(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (i->policy) {
        because(d, arena_print(d->arena, "Policy words: \"%s\".", i->policy_said));
        hand_over(d, HANDOFF_POLICY, MEDIUM);
    } else if (i->complex) {
        because(d, "Several systems are named.");
        hand_over(d, HANDOFF_COMPLEX, MEDIUM);
    }
    return i->policy || i->complex;
}

static bool decide_solved(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    bool confirmed = d->turn.last_action == TRIAGE_ANSWER &&
                     (i->only_yes || (i->solved && !i->rejected && !i->problem));
    bool tried = d->turn.facts->answers > 0 || d->turn.last_action == TRIAGE_ASK;
    bool solved = confirmed || (i->only_solved && tried);
    if (!solved || i->rejected)
        return false;
    because(d, "The customer confirmed that it works.");
    d->out->action = TRIAGE_SOLVED;
    d->out->say = said(d)->solved;
    return true;
}

static bool decide_small_talk(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    bool waits = d->turn.last_action == TRIAGE_ASK || d->turn.last_action == TRIAGE_ANSWER;
    if (d->turn.facts->assistant_lines >= d->settings.lines_max)
        return false;
    if (i->only_thanks || i->only_solved)
        acknowledge(d, i->only_solved ? said(d)->glad : said(d)->welcome);
    else if (i->only_greeting || (i->empty && !waits))
        acknowledge(d, said(d)->offer);
    else if ((i->only_yes || i->only_no) && !waits)
        acknowledge(d, said(d)->offer);
    else
        return false;
    because(d, "Small talk, nothing to answer yet.");
    return true;
}

static bool decide_rounds(struct deciding *d)
{
    const struct triage_facts *f = d->turn.facts;
    const struct triage_settings *s = &d->settings;
    bool used_up = f->answers >= s->answers_max || f->assistant_lines >= s->lines_max;
    bool refused = d->turn.refused &&
                   (d->turn.rejections >= 2 || f->answers + f->clarifies >= s->clarify_max);
    if (!used_up && !refused)
        return false;
    because(d, arena_print(d->arena, "Unresolved after %d answer(s), %d question(s), %d line(s).",
                           f->answers, f->clarifies, f->assistant_lines));
    hand_over(d, HANDOFF_ROUNDS, MEDIUM);
    return true;
}

/* ---- answering ---- */

/* An article whose title stands in one of our earlier lines was given already. */
static void skip_given(const struct deciding *d, bool *skip)
{
    const struct triage_facts *f = d->turn.facts;
    for (size_t p = 0; p < f->passage_count; p++)
        for (size_t i = 0; i < f->line_count; i++)
            if (f->lines[i].speaker == SPEAKER_ASSISTANT && f->lines[i].action == TRIAGE_ANSWER &&
                f->passages[p].title && *f->passages[p].title &&
                strstr(f->lines[i].text, f->passages[p].title))
                skip[p] = true;
}

static bool judge(struct deciding *d, const char *question, const bool *skip,
                  struct answer_verdict *verdict)
{
    const struct triage_facts *f = d->turn.facts;
    size_t count = f->passage_count < PASSAGES_MAX ? f->passage_count : PASSAGES_MAX;
    answer_judge(question, d->turn.lang, f->passages, count, skip, f->rarity,
                 d->settings.answer_threshold, d->arena, verdict);
    if (verdict->found)
        because(d, arena_print(d->arena, "Article \"%s\" answers with confidence %d %%; matched: "
                               "%s; not matched: %s.", f->passages[verdict->passage].title,
                               (int)(verdict->confidence * 100), verdict->matched,
                               *verdict->missed ? verdict->missed : "nothing"));
    else if (*verdict->quote)
        because(d, arena_print(d->arena, "Best article \"%s\" only with confidence %d %%; not "
                               "matched: %s.", f->passages[verdict->passage].title,
                               (int)(verdict->confidence * 100), verdict->missed));
    return verdict->found;
}

static const char *cite(struct deciding *d, const struct answer_verdict *v)
{
    const struct triage_passage *p = &d->turn.facts->passages[v->passage];
    if (d->out->cite_count < TRIAGE_CITES_MAX)
        d->out->cites[d->out->cite_count++] =
            (struct triage_citation){ p->article_id, p->title, p->url, v->quote };
    return fill(d, said(d)->answer, (struct turn_words){ .title = p->title, .quote = v->quote });
}

/* Several requests in one message: what can be answered is, the rest goes to people. */
static bool decide_parts(struct deciding *d, bool *skip)
{
    const char *text = "", *rest = NULL;
    for (size_t i = 0; i < d->out->request_count; i++) {
        struct answer_verdict verdict;
        if (!judge(d, d->out->requests[i], skip, &verdict)) {
            rest = rest ? rest : d->out->requests[i];
            continue;
        }
        text = arena_print(d->arena, "%s%s\n", text, cite(d, &verdict));
    }
    if (!d->out->cite_count)
        return false;
    if (rest) {
        hand_over(d, HANDOFF_NO_ANSWER, MEDIUM);
        because(d, "One request is answered, another one is left for people.");
        d->out->say = arena_print(d->arena, "%s%s", text, fill(d, said(d)->also_passed,
                                  (struct turn_words){ .request = rest }));
        return true;
    }
    d->out->action = TRIAGE_ANSWER;
    say(d, arena_print(d->arena, "%s%s", text, said(d)->helped));
    offer(d, said(d)->yes);
    offer(d, said(d)->no);
    offer(d, said(d)->human);
    return true;
}

static bool decide_answer(struct deciding *d)
{
    bool *skip = arena_alloc(d->arena, d->turn.facts->passage_count + 1);
    struct answer_verdict verdict;
    skip_given(d, skip);
    if (d->out->request_count > 1 && decide_parts(d, skip))
        return true;
    if (!judge(d, *d->turn.request ? d->turn.request : d->turn.said, skip, &verdict))
        return false;
    const char *text = cite(d, &verdict);
    d->out->action = TRIAGE_ANSWER;
    say(d, arena_print(d->arena, "%s%s%s\n%s", d->turn.refused ? said(d)->sorry_failed : "",
                       d->turn.refused ? " " : "", text, said(d)->helped));
    offer(d, said(d)->yes);
    offer(d, said(d)->no);
    offer(d, said(d)->human);
    return true;
}

static bool decide_question(struct deciding *d)
{
    const struct triage_facts *f = d->turn.facts;
    struct clarify_question question;
    struct intent told;
    if (f->clarifies >= d->settings.clarify_max)
        return false;
    intent_read_problem(d->turn.told, d->arena, &told);
    clarify_choose(f, &told, d->out->category, said(d), &question);
    if (!question.ask)
        return false;
    d->out->action = TRIAGE_ASK;
    say(d, arena_print(d->arena, "%s%s%s", d->turn.refused ? said(d)->sorry_failed : "",
                       d->turn.refused ? " " : "", question.ask));
    for (size_t i = 0; i < question.choice_count; i++)
        offer(d, question.choices[i]);
    offer(d, said(d)->human);
    because(d, arena_print(d->arena, "Asking about: %s.", question.about));
    return true;
}

static void decide_nothing_left(struct deciding *d)
{
    bool tried = d->turn.facts->answers > 0 || d->turn.rejections > 0;
    because(d, "No sure answer and no question that would help.");
    hand_over(d, tried ? HANDOFF_ROUNDS : HANDOFF_NO_ANSWER, MEDIUM);
}

static struct triage_facts recent(const struct triage_facts *facts)
{
    struct triage_facts f = *facts;
    if (f.line_count > HISTORY_LINES) {
        f.lines += f.line_count - HISTORY_LINES;
        f.line_count = HISTORY_LINES;
    }
    return f;
}

void triage_decide(const struct triage_facts *facts, struct arena *arena, struct triage_decision *out)
{
    static bool (*const steps[])(struct deciding *) = {
        decide_button, decide_safety, decide_human, decide_panic, decide_anger, decide_policy, decide_solved,
        decide_small_talk, decide_rounds, decide_answer, decide_question,
    };
    struct triage_facts f = recent(facts);
    struct deciding d = { .out = out, .arena = arena };
    *out = (struct triage_decision){ .say = "", .why = "", .title = "", .priority = MEDIUM };
    turn_read(&f, arena, &d.turn);
    d.settings = turn_settings(&f);
    set_labels(&d);
    set_mood(&d);
    size_t step = 0, count = sizeof steps / sizeof steps[0];
    while (step < count && !steps[step](&d))
        step++;
    if (step == count)
        decide_nothing_left(&d);
    if (out->action == TRIAGE_HANDOFF)
        out->summary = turn_summary(&d.turn, out);
}

void triage_query(const struct triage_facts *facts, struct arena *arena, struct triage_query *out)
{
    struct triage_facts f = recent(facts);
    struct turn turn;
    turn_read(&f, arena, &turn);
    const struct intent *i = &turn.intent;
    *out = (struct triage_query){ .text = turn.request };
    memcpy(out->lang, turn.lang, sizeof out->lang);
    out->wanted = *turn.request && !f.human_requested && !(i->danger || i->crime || i->human || i->urgent || i->down ||
        i->panic || i->policy || i->only_thanks || i->only_greeting || i->only_solved || i->empty);
}

bool triage_is_only_thanks(const char *text)
{
    struct arena arena = { 0 };
    struct intent intent;
    intent_read(text, NULL, &arena, &intent);
    bool only = intent.only_thanks || (intent.only_solved && intent.thanks);
    arena_clear(&arena);
    return only;
}

bool triage_asks_human(const char *text, const char *const *extra)
{
    struct arena arena = { 0 };
    struct intent intent;
    struct triage_settings settings = { .human_words = extra };
    intent_read(text, &settings, &arena, &intent);
    bool asks = intent.human || intent.urgent;
    arena_clear(&arena);
    return asks;
}
