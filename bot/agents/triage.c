#include "bot/agents/triage.h"

#include <string.h>

#include "bot/agents/clarify.h"
#include "bot/agents/requests.h"
#include "bot/agents/sentiment.h"
#include "bot/agents/triage_steps.h"

enum { TITLE_LETTERS = 80, MOOD_TURNS = 8, HISTORY_LINES = 40 };

const char *handoff_reason_code(enum handoff_reason reason)
{
    static const char *const codes[HANDOFF_REASONS] = {
        "none", "human_asked", "panic", "anger", "rounds", "complex", "no_answer", "policy", "safety"
    };
    return reason < HANDOFF_REASONS ? codes[reason] : codes[HANDOFF_NONE];
}

void triage_because(struct deciding *d, const char *sentence)
{
    d->out->why = *d->out->why ? arena_print(d->arena, "%s %s", d->out->why, sentence) : sentence;
}

const struct speech_said *triage_said(const struct deciding *d)
{
    return d->turn.speech->said;
}

const char *triage_fill(const struct deciding *d, const char *sentence, struct turn_words words)
{
    words.bot = d->turn.facts->bot_name && *d->turn.facts->bot_name ? d->turn.facts->bot_name
                                                                    : "Deskhand";
    words.opens = d->turn.facts->opens_text;
    return turn_fill(sentence, &words, d->arena);
}

/* ---- what is said ---- */

/* Our first line says who speaks and how to reach a person. */
void triage_say(struct deciding *d, const char *text)
{
    const struct triage_facts *f = d->turn.facts;
    if (d->turn.last_action == TRIAGE_ACTIONS && f->assistant_lines == 0)
        text = arena_print(d->arena, "%s %s\n%s",
                           triage_fill(d, triage_said(d)->hello, (struct turn_words){ 0 }),
                           text, triage_said(d)->how_human);
    d->out->say = text;
}

void triage_offer(struct deciding *d, const char *choice)
{
    if (d->out->choice_count < sizeof d->out->choices / sizeof d->out->choices[0])
        d->out->choices[d->out->choice_count++] = choice;
}

static void acknowledge(struct deciding *d, const char *text)
{
    d->out->action = TRIAGE_ACKNOWLEDGE;
    triage_say(d, text);
    triage_offer(d, triage_said(d)->human);
}

static const char *handoff_line(const struct deciding *d, enum handoff_reason reason)
{
    const struct triage_facts *f = d->turn.facts;
    const struct speech_said *s = triage_said(d);
    if (reason == HANDOFF_SAFETY)    /* a stolen password calls for no ambulance */
        return d->turn.intent.danger ? s->handoff_safety : s->handoff_urgent;
    if (!f->people_available)
        return triage_fill(d, f->opens_text ? s->handoff_opens : s->handoff_closed,
                    (struct turn_words){ 0 });
    return reason == HANDOFF_PANIC ? s->handoff_urgent
         : reason == HANDOFF_ANGER ? s->handoff_angry : s->handoff;
}

void triage_hand_over(struct deciding *d, enum handoff_reason reason, int priority)
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
    triage_because(d, arena_print(d->arena, "Mood %d%s%s%s.", d->out->sentiment, why ? " (\"" : "",
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
        triage_because(d, choice.why);
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
    triage_because(d, "Pressed the button for a person.");
    triage_hand_over(d, HANDOFF_HUMAN_ASKED, i->down || i->danger ? CRITICAL
                                    : i->panic || i->crime ? HIGH : MEDIUM);
    return true;
}

static bool decide_safety(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (!i->danger && !i->crime)
        return false;
    triage_because(d, arena_print(d->arena, "Safety words: \"%s\".", i->safety_said));
    triage_hand_over(d, HANDOFF_SAFETY, i->danger ? CRITICAL : HIGH);
    return true;
}

static bool decide_human(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (!i->human && !i->urgent)
        return false;
    triage_because(d, arena_print(d->arena, "Asked for a person: \"%s\".", i->human_said));
    /* An outage behind the call keeps its rank, though the reason is the call. */
    int priority = i->down ? CRITICAL : i->panic ? HIGH : MEDIUM;
    triage_hand_over(d, HANDOFF_HUMAN_ASKED, priority);
    return true;
}

static bool decide_panic(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (!i->down && !i->panic)
        return false;
    triage_because(d, arena_print(d->arena, "%s: \"%s\".", i->down ? "A system is down" : "Panic",
                           i->panic_said));
    triage_hand_over(d, HANDOFF_PANIC, i->down ? CRITICAL : HIGH);
    return true;
}

static bool decide_anger(struct deciding *d)
{
    if (d->out->sentiment >= d->settings.band_orange)
        return false;
    triage_hand_over(d, HANDOFF_ANGER, HIGH);
    return true;
}

static bool decide_policy(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    if (i->policy) {
        triage_because(d, arena_print(d->arena, "Policy words: \"%s\".", i->policy_said));
        triage_hand_over(d, HANDOFF_POLICY, MEDIUM);
    } else if (i->complex) {
        triage_because(d, "Several systems are named.");
        triage_hand_over(d, HANDOFF_COMPLEX, MEDIUM);
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
    triage_because(d, "The customer confirmed that it works.");
    d->out->action = TRIAGE_SOLVED;
    d->out->say = triage_said(d)->solved;
    return true;
}

static bool decide_small_talk(struct deciding *d)
{
    const struct intent *i = &d->turn.intent;
    bool waits = d->turn.last_action == TRIAGE_ASK || d->turn.last_action == TRIAGE_ANSWER;
    if (d->turn.facts->assistant_lines >= d->settings.lines_max)
        return false;
    if (i->only_thanks || i->only_solved)
        acknowledge(d, i->only_solved ? triage_said(d)->glad : triage_said(d)->welcome);
    else if (i->only_greeting || (i->empty && !waits))
        acknowledge(d, triage_said(d)->offer);
    else if ((i->only_yes || i->only_no) && !waits)
        acknowledge(d, triage_said(d)->offer);
    else
        return false;
    triage_because(d, "Small talk, nothing to answer yet.");
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
    triage_because(d, arena_print(d->arena,
                           "Unresolved after %d answer(s), %d question(s), %d line(s).",
                           f->answers, f->clarifies, f->assistant_lines));
    triage_hand_over(d, HANDOFF_ROUNDS, MEDIUM);
    return true;
}

/* ---- asking, and the end ---- */

static bool decide_question(struct deciding *d)
{
    const struct triage_facts *f = d->turn.facts;
    struct clarify_question question;
    struct intent told;
    if (f->clarifies >= d->settings.clarify_max)
        return false;
    intent_read_problem(d->turn.told, d->arena, &told);
    clarify_choose(f, &told, d->out->category, triage_said(d), &question);
    if (!question.ask)
        return false;
    d->out->action = TRIAGE_ASK;
    triage_say(d, arena_print(d->arena, "%s%s%s",
                              d->turn.refused ? triage_said(d)->sorry_failed : "",
                       d->turn.refused ? " " : "", question.ask));
    for (size_t i = 0; i < question.choice_count; i++)
        triage_offer(d, question.choices[i]);
    triage_offer(d, triage_said(d)->human);
    triage_because(d, arena_print(d->arena, "Asking about: %s.", question.about));
    return true;
}

static void decide_nothing_left(struct deciding *d)
{
    bool tried = d->turn.facts->answers > 0 || d->turn.rejections > 0;
    triage_because(d, "No sure answer and no question that would help.");
    triage_hand_over(d, tried ? HANDOFF_ROUNDS : HANDOFF_NO_ANSWER, MEDIUM);
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
        decide_button, decide_safety, decide_human, decide_panic, decide_anger, decide_policy,
        decide_solved,
        decide_small_talk, decide_rounds, triage_answer, decide_question,
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
    out->wanted = *turn.request && !f.human_requested && !(i->danger ||
        i->crime || i->human || i->urgent || i->down ||
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
