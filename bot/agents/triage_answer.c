#include "bot/agents/triage_steps.h"

#include <string.h>

enum { PASSAGES_MAX = 16 };

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
        triage_because(d, arena_print(d->arena,
                               "Article \"%s\" answers with confidence %d %%; matched: "
                               "%s; not matched: %s.", f->passages[verdict->passage].title,
                               (int)(verdict->confidence * 100), verdict->matched,
                               *verdict->missed ? verdict->missed : "nothing"));
    else if (*verdict->quote)
        triage_because(d, arena_print(d->arena,
                               "Best article \"%s\" only with confidence %d %%; not "
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
    return triage_fill(d, triage_said(d)->answer,
                       (struct turn_words){ .title = p->title, .quote = v->quote });
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
        triage_hand_over(d, HANDOFF_NO_ANSWER, MEDIUM);
        triage_because(d, "One request is answered, another one is left for people.");
        d->out->say = arena_print(d->arena, "%s%s", text,
                                  triage_fill(d, triage_said(d)->also_passed,
                                  (struct turn_words){ .request = rest }));
        return true;
    }
    d->out->action = TRIAGE_ANSWER;
    triage_say(d, arena_print(d->arena, "%s%s", text, triage_said(d)->helped));
    triage_offer(d, triage_said(d)->yes);
    triage_offer(d, triage_said(d)->no);
    triage_offer(d, triage_said(d)->human);
    return true;
}

bool triage_answer(struct deciding *d)
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
    triage_say(d, arena_print(d->arena, "%s%s%s\n%s",
                              d->turn.refused ? triage_said(d)->sorry_failed : "",
                       d->turn.refused ? " " : "", text, triage_said(d)->helped));
    triage_offer(d, triage_said(d)->yes);
    triage_offer(d, triage_said(d)->no);
    triage_offer(d, triage_said(d)->human);
    return true;
}
