#include "bot/agents/weekly.h"

#include "bot/base/buf.h"
#include "bot/base/json_out.h"

enum { TEXT_BYTES = 8192, WEEK_DAYS = 7 };

/* ---- when ---- */

bool weekly_due(const struct weekly_schedule *s, int64_t now_ms, int64_t told_ms, int64_t *from_ms,
                int64_t *to_ms)
{
    int64_t now_s = now_ms / 1000, local_s = now_s + zone_offset_s(s->zone, now_s, NULL);
    int64_t day = local_s / DAY_S;
    int wanted = (s->day + WEEK_DAYS - 1) % WEEK_DAYS;           /* date_weekday: 0 = Monday */
    day -= (date_weekday(day) - wanted + WEEK_DAYS) % WEEK_DAYS;
    if (zone_instant_s(s->zone, day * DAY_S + s->minute * 60) > now_s)
        day -= WEEK_DAYS;
    *to_ms = zone_instant_s(s->zone, day * DAY_S + s->minute * 60) * 1000;
    *from_ms = zone_instant_s(s->zone, (day - WEEK_DAYS) * DAY_S + s->minute * 60) * 1000;
    return (*to_ms > told_ms || told_ms > now_ms) && now_ms - *to_ms <= WEEKLY_LATE_MS;
}

/* ---- what ---- */

const char *weekly_list_code(enum weekly_list list)
{
    static const char *const codes[WEEKLY_LISTS] = { "resolved_ai", "after_hours", "handed" };
    return list < WEEKLY_LISTS ? codes[list] : "";
}

struct summary {
    struct json_out json;
    struct arena *a;
    const struct weekly_numbers *n;
};

static void say(struct summary *s, const char *text, const char *list)
{
    json_out_object(&s->json, NULL);
    json_out_text(&s->json, "kind", "weekly");
    json_out_text(&s->json, "text", text);
    if (list)
        json_out_text(&s->json, "list", list);
    json_out_object_end(&s->json);
}

/* A number, what it counts, and a way to open it. */
static void say_number(struct summary *s, int64_t number, const char *what, enum weekly_list list)
{
    if (!number)
        return;
    say(s, arena_print(s->a, "%lld %s.", (long long)number, what),
        arena_print(s->a, "%s:%lld:%lld", weekly_list_code(list), (long long)s->n->from_ms,
                    (long long)s->n->to_ms));
}

static const char *duration(struct arena *a, int64_t ms)
{
    int64_t seconds = (ms + 500) / 1000, minutes = (seconds + 30) / 60;
    if (seconds < 100)
        return arena_print(a, "%lld s", (long long)seconds);
    if (minutes < 100)
        return arena_print(a, "%lld min", (long long)minutes);
    return arena_print(a, "%lld h", (long long)((minutes + 30) / 60));
}

static const char *plural(int64_t number)
{
    return number == 1 ? "" : "s";
}

static void headline(struct summary *s)
{
    const struct weekly_numbers *n = s->n;
    if (n->solved)
        say(s, arena_print(s->a, "Last week the assistant solved %lld ticket%s alone.",
                           (long long)n->solved, plural(n->solved)), NULL);
    else
        say(s, arena_print(s->a, "Last week brought %lld ticket%s; the assistant solved none "
                           "alone.", (long long)n->created, plural(n->created)), NULL);
}

static void say_saved(struct summary *s, int64_t minutes)
{
    if (minutes >= 60)
        say(s, arena_print(s->a, "About %lld hour%s of work saved.",
                           (long long)((minutes + 30) / 60), plural((minutes + 30) / 60)), NULL);
    else if (minutes)
        say(s, arena_print(s->a, "About %lld minutes of work saved.", (long long)minutes), NULL);
}

const char *weekly_text(const struct weekly_numbers *n, int64_t minutes_saved, struct arena *a)
{
    struct buf buf;
    if (!n->created && !n->solved && !n->handed)
        return "[]";
    buf_init(&buf, TEXT_BYTES);
    struct summary s = { { .buf = &buf }, a, n };
    json_out_array(&s.json, NULL);
    headline(&s);
    say_number(&s, n->solved, "solved by the assistant alone", WEEKLY_RESOLVED_AI);
    say_saved(&s, n->solved * minutes_saved);
    say_number(&s, n->after_hours, "came in after hours", WEEKLY_AFTER_HOURS);
    say_number(&s, n->handed, "handed over to people", WEEKLY_HANDED);
    if (n->median_ms != WEEKLY_NO_ANSWERS)
        say(&s, arena_print(a, "Half of the new tickets that were answered had their first answer "
                               "within %s.", duration(a, n->median_ms)), NULL);
    json_out_array_end(&s.json);
    const char *text = arena_copy(a, buf.data);
    buf_clear(&buf);
    return text;
}
