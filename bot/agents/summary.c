#include "bot/agents/turn.h"

#include <string.h>

#include "bot/base/text.h"

enum { TOPIC_LETTERS = 300, ATTEMPT_LETTERS = 200 };

static const char *reason_words(const struct turn *t, enum handoff_reason reason)
{
    const struct intent *i = &t->intent;
    const char *heard = "";
    switch (reason) {
    case HANDOFF_HUMAN_ASKED: heard = i->human_said; break;
    case HANDOFF_PANIC: heard = i->panic_said; break;
    case HANDOFF_SAFETY: heard = i->safety_said; break;
    case HANDOFF_POLICY: heard = i->policy_said; break;
    default: break;
    }
    static const char *const words[HANDOFF_REASONS] = {
        "none", "The customer asked for a person", "Panic or an outage was reported",
        "The customer is angry", "Still unresolved after the allowed rounds",
        "Complex, or several systems are concerned", "The knowledge base holds no sure answer",
        "Such requests always go to people", "Safety: threat, self-harm, crime or data leak"
    };
    return heard && *heard ? arena_print(t->arena, "%s (\"%s\")", words[reason], heard)
                           : words[reason];
}

static const char *cut(const char *text, size_t letters, struct arena *arena)
{
    size_t bytes = text_bytes(text, letters);
    char *line = arena_copy_n(arena, text, bytes);
    for (char *at = line; *at; at++)
        *at = *at == '\n' || *at == '\r' ? ' ' : *at;
    return text[bytes] ? arena_print(arena, "%s ...", line) : line;
}

static const char *last_attempt(const struct turn *t)
{
    static const char *const names[TRIAGE_ACTIONS] = {
        "acknowledged", "asked", "answered", "closed as solved", "handed over"
    };
    const struct triage_facts *f = t->facts;
    for (size_t i = f->line_count; i-- > 0;)
        if (f->lines[i].speaker == SPEAKER_ASSISTANT && f->lines[i].action < TRIAGE_ACTIONS)
            return arena_print(t->arena, "%s: %s", names[f->lines[i].action],
                               cut(f->lines[i].text, ATTEMPT_LETTERS, t->arena));
    return "none";
}

const char *turn_summary(const struct turn *t, const struct triage_decision *d)
{
    struct arena *a = t->arena;
    const char *topics = cut(*t->told ? t->told : t->said, TOPIC_LETTERS, a);
    const char *text = arena_print(a, "Reason: %s.\nTopic: %s\n", reason_words(t, d->reason), topics);
    for (size_t i = 0; d->request_count > 1 && i < d->request_count; i++)
        text = arena_print(a, "%sRequest %zu: %s\n", text, i + 1, cut(d->requests[i], TOPIC_LETTERS, a));
    if (d->category)
        text = arena_print(a, "%sCategory: %s%s%s\n", text, d->category, d->type ? " / " : "",
                           d->type ? d->type : "");
    for (size_t i = 0; i < d->cite_count; i++)
        text = arena_print(a, "%sArticle given: %s\n", text, d->cites[i].title);
    if (strcmp(d->lang, "und") && *d->lang)
        text = arena_print(a, "%sLanguage: %s\n", text, d->lang);
    return arena_print(a, "%sMood: %d of 100.\nTried by the assistant: %d answer(s), "
                       "%d question(s), %d refused.\nLast attempt: %s\nEvidence: %s", text,
                       d->sentiment, t->facts->answers, t->facts->clarifies,
                       t->rejections, last_attempt(t), d->why);
}
