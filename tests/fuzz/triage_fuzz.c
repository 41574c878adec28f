/* One decision of the triage agent about any conversation: lines of the input are its turns. */
#include "bot/agents/triage.h"
#include "tests/fuzz/fuzz.h"

enum { LINES = 12 };

static const struct triage_passage passages[] = {
    { .article_id = 1, .title = "Reset a password", .lang = "en", .score = 8.5,
      .text = "Open the sign-in page, choose Forgot password and follow the link in the mail." },
    { .article_id = 2, .title = "Drucker einrichten", .lang = "de", .score = 3.1,
      .text = "Wählen Sie in den Einstellungen Drucker hinzufügen und folgen Sie den Schritten." },
};

static size_t split(struct arena *a, const char *text, struct triage_line *lines)
{
    size_t n = 0;
    while (*text && n < LINES) {
        size_t len = strcspn(text, "\n");
        lines[n] = (struct triage_line){ .at_ms = INT64_C(1767225600000) + (int64_t)n * 60000,
            .speaker = n % 2 ? SPEAKER_ASSISTANT : SPEAKER_CUSTOMER, .action = TRIAGE_ASK,
            .text = arena_copy_n(a, text, len) };
        n++;
        text += len + (text[len] == '\n');
    }
    if (n && lines[n - 1].speaker != SPEAKER_CUSTOMER)
        n--;
    return n;
}

static void check(const struct triage_decision *d)
{
    promise_text(d->say);
    promise_text(d->title);
    promise_text(d->why);
    promise_text(d->summary);
    PROMISE(d->say && d->action < TRIAGE_ACTIONS && d->reason < HANDOFF_REASONS);
    PROMISE(d->sentiment >= 0 && d->sentiment <= 100 && d->priority >= 1 && d->priority <= 4);
    PROMISE((d->action == TRIAGE_HANDOFF) == (d->reason != HANDOFF_NONE));
    PROMISE(d->action != TRIAGE_ANSWER || d->cite_count > 0);
    PROMISE(d->cite_count <= TRIAGE_CITES_MAX && d->choice_count <= 6);
    PROMISE(!d->title || text_length(d->title) <= 80);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a = { 0 };
    struct triage_line lines[LINES];
    const char *text = size <= 8192 ? as_text(&a, data, size) : NULL;
    struct triage_facts facts = { .now_ms = INT64_C(1767225600000), .lines = lines,
        .people_available = size % 2, .sentiment_before = 50, .passages = passages,
        .passage_count = size % 3 };
    if (text && (facts.line_count = split(&a, text, lines))) {
        struct triage_query query = { .lang = "" };
        struct triage_decision decision = { .action = TRIAGE_ACKNOWLEDGE };
        triage_query(&facts, &a, &query);
        promise_text(query.text);
        triage_decide(&facts, &a, &decision);
        check(&decision);
        triage_is_only_thanks(text);
        triage_asks_human(text, NULL);
    }
    arena_clear(&a);
    return 0;
}
