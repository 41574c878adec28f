#include "bot/agents/turn.h"

#include <string.h>

#include "bot/agents/language.h"

static const char *join(const char *a, const char *b, struct arena *arena)
{
    return *a ? arena_print(arena, "%s\n%s", a, b) : b;
}

/* Where the newest customer lines begin. */
static size_t newest_from(const struct triage_facts *f)
{
    size_t i = f->line_count;
    while (i && f->lines[i - 1].speaker != SPEAKER_ASSISTANT &&
           f->lines[i - 1].speaker != SPEAKER_TECHNICIAN)
        i--;
    return i;
}

static const char *customer_lines(const struct triage_facts *f, size_t from, size_t to,
                                  struct arena *arena)
{
    const char *text = "";
    for (size_t i = from; i < to; i++)
        if (f->lines[i].speaker == SPEAKER_CUSTOMER)
            text = join(text, f->lines[i].text, arena);
    return text;
}

static bool is_small_talk(const struct intent *i)
{
    return i->only_greeting || i->only_thanks || i->only_solved || i->only_rejected ||
           i->only_yes || i->only_no || i->empty;
}

static bool is_choice(const char *text)
{
    for (size_t i = 0; i < speech_count; i++) {
        const struct speech_said *s = speeches[i]->said;
        if (s && (!strcmp(text, s->yes) || !strcmp(text, s->no) || !strcmp(text, s->human)))
            return true;
    }
    return false;
}

/* The action of the assistant's last line before line `i`. */
static enum triage_action action_before(const struct triage_facts *f, size_t i)
{
    while (i-- > 0)
        if (f->lines[i].speaker == SPEAKER_ASSISTANT)
            return f->lines[i].action;
    return TRIAGE_ACTIONS;
}

static bool refuses(const struct intent *i, enum triage_action last)
{
    if (last == TRIAGE_ANSWER)
        return i->rejected || i->only_no;
    return last == TRIAGE_ASK && i->only_rejected;
}

static bool same_words(const struct words *a, const struct words *b)
{
    size_t i = 0, k = 0, count = 0;
    for (;; i++, k++, count++) {
        while (i < a->count && a->items[i].kind == WORD_MARK)
            i++;
        while (k < b->count && b->items[k].kind == WORD_MARK)
            k++;
        if (i == a->count || k == b->count)
            return i == a->count && k == b->count && count >= 2;
        if (strcmp(a->items[i].text, b->items[k].text) != 0)
            return false;
    }
}

/* Walks through the earlier customer lines: what they told, which answers they refused. */
static void read_history(struct turn *t, size_t newest)
{
    const struct triage_facts *f = t->facts;
    const char *told = "", *request = "";
    for (size_t i = 0; i < newest; i++) {
        if (f->lines[i].speaker != SPEAKER_CUSTOMER || is_choice(f->lines[i].text))
            continue;
        struct intent earlier;
        enum triage_action last = action_before(f, i);
        intent_read_answer(f->lines[i].text, t->arena, &earlier);
        t->rejections += refuses(&earlier, last);
        t->repeated = t->repeated || same_words(&earlier.words, &t->intent.words);
        if (is_small_talk(&earlier))
            continue;
        t->first = t->first ? t->first : f->lines[i].text;
        bool fresh = last == TRIAGE_ANSWER && !earlier.rejected;
        request = last == TRIAGE_SOLVED || fresh ? f->lines[i].text
                                                 : join(request, f->lines[i].text, t->arena);
        told = last == TRIAGE_SOLVED ? f->lines[i].text : join(told, f->lines[i].text, t->arena);
    }
    t->request = request;
    t->told = told;
}

static void add_newest(struct turn *t)
{
    if (is_small_talk(&t->intent) || is_choice(t->said))
        return;
    bool fresh = t->last_action == TRIAGE_SOLVED ||
                 (t->last_action == TRIAGE_ANSWER && !t->refused);
    t->request = fresh ? t->said : join(t->request, t->said, t->arena);
    t->told = t->last_action == TRIAGE_SOLVED ? t->said : join(t->told, t->said, t->arena);
    t->first = t->first ? t->first : t->said;
}

void turn_read(const struct triage_facts *facts, struct arena *arena, struct turn *out)
{
    size_t newest = newest_from(facts);
    *out = (struct turn){ .facts = facts, .arena = arena };
    out->said = customer_lines(facts, newest, facts->line_count, arena);
    out->last_action = action_before(facts, facts->line_count);
    intent_read(out->said, &facts->settings, arena, &out->intent);
    read_history(out, newest);
    out->refused = refuses(&out->intent, out->last_action) ||
                   (out->repeated && out->last_action == TRIAGE_ANSWER && !out->intent.only_thanks);
    out->rejections += out->refused;
    add_newest(out);
    out->first = out->first ? out->first : out->said;
    language_of(out->said, facts->last_lang, facts->browser_lang, out->lang);
    const char *known = strcmp(out->lang, "und") != 0 ? out->lang
                      : facts->last_lang && strcmp(facts->last_lang, "und") != 0
                      ? facts->last_lang : facts->browser_lang;
    out->speech = speech_for(known);
}

struct triage_settings turn_settings(const struct triage_facts *facts)
{
    struct triage_settings s = facts->settings;
    s.clarify_max = s.clarify_max > 0 ? s.clarify_max : 2;
    s.answers_max = s.answers_max > 0 ? s.answers_max : 2;
    s.lines_max = s.lines_max > 0 ? s.lines_max : 4;
    s.band_green = s.band_green > 0 ? s.band_green : 60;
    s.band_yellow = s.band_yellow > 0 ? s.band_yellow : 40;
    s.band_orange = s.band_orange > 0 ? s.band_orange : 20;
    s.answer_threshold = s.answer_threshold > 0 ? s.answer_threshold : answer_default_threshold();
    return s;
}

static const char *place_value(const char *name, size_t len, const struct turn_words *w)
{
    const struct { const char *name, *value; } places[] = {
        { "bot", w->bot }, { "title", w->title }, { "quote", w->quote },
        { "opens", w->opens }, { "request", w->request },
    };
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (strlen(places[i].name) == len && !memcmp(places[i].name, name, len))
            return places[i].value ? places[i].value : "";
    return "";
}

const char *turn_fill(const char *sentence, const struct turn_words *words, struct arena *arena)
{
    const char *out = "";
    for (const char *open; (open = strchr(sentence, '{')) != NULL;) {
        const char *close = strchr(open, '}');
        if (!close)
            break;
        out = arena_print(arena, "%s%.*s%s", out, (int)(open - sentence), sentence,
                          place_value(open + 1, (size_t)(close - open - 1), words));
        sentence = close + 1;
    }
    return arena_print(arena, "%s%s", out, sentence);
}
