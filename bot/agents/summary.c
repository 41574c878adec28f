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
            return arena_print(t->arena, "\nLast it %s: %s", names[f->lines[i].action],
                               cut(f->lines[i].text, ATTEMPT_LETTERS, t->arena));
    return "";
}

static const char *count(struct arena *a, int n, const char *thing)
{
    return arena_print(a, "%d %s%s", n, thing, n == 1 ? "" : "s");
}

static const char *tried(const struct turn *t)
{
    const struct triage_facts *f = t->facts;
    struct arena *a = t->arena;
    if (!f->answers && !f->clarifies)
        return "nothing yet";
    const char *refused = t->rejections ? arena_print(a, "; refused: %d", t->rejections) : "";
    return arena_print(a, "%s%s%s%s", f->answers ? count(a, f->answers, "answer") : "",
                       f->answers && f->clarifies ? ", " : "",
                       f->clarifies ? count(a, f->clarifies, "question") : "", refused);
}

/* Category, mood, language and the reasons in full stand beside it wherever it is shown. */
const char *turn_summary(const struct turn *t, const struct triage_decision *d)
{
    struct arena *a = t->arena;
    const char *topic = cut(*t->told ? t->told : t->said, TOPIC_LETTERS, a);
    const char *text = arena_print(a, "%s.\nAbout: %s", reason_words(t, d->reason), topic);
    for (size_t i = 0; d->request_count > 1 && i < d->request_count; i++)
        text = arena_print(a, "%s\n%zu. %s", text, i + 1, cut(d->requests[i], TOPIC_LETTERS, a));
    for (size_t i = 0; i < d->cite_count; i++)
        text = arena_print(a, "%s\nArticle given: %s", text, d->cites[i].title);
    return arena_print(a, "%s\nTried by the assistant: %s.%s", text, tried(t), last_attempt(t));
}
