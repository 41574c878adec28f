#include "bot/agents/reminder.h"

#include "bot/agents/reminder_text.h"

#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

enum { SATURDAY = 5, WEEK = 7, TRIES = 800 };       /* over two years of days that do not suit */

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Sums of times stay far from overflow, whatever a damaged row says. */
static int64_t sane_ms(int64_t at_ms)
{
    return at_ms < 0 ? 0 : at_ms > INT64_MAX / 4 ? INT64_MAX / 4 : at_ms;
}

static int sent_of(const struct reminder_facts *f)
{
    return f->sent > 0 ? f->sent : 0;
}

/* The waiting goes on from here: the last reminder, or the moment the customer was asked. */
static int64_t base_ms(const struct reminder_facts *f)
{
    int64_t since_ms = sane_ms(f->waiting_since_ms);
    return sent_of(f) ? later(since_ms, sane_ms(f->last_sent_ms)) : since_ms;
}

static bool day_suits(const struct reminder_settings *s, const struct calendar_time *t)
{
    return !s->weekdays_only || t->weekday < SATURDAY;
}

/* The first instant from at_ms on that is open and on a day that suits. */
static int64_t eligible_ms(const struct reminder_settings *s, const struct calendar *hours,
                           int64_t at_ms)
{
    for (int i = 0; i < TRIES; i++) {
        at_ms = calendar_next_open_ms(hours, at_ms);
        if (at_ms == CALENDAR_NEVER)
            return REMINDER_NEVER;
        struct calendar_time t = calendar_local(hours, at_ms);
        if (day_suits(s, &t))
            return at_ms;
        /* At the same time of day where that is open: nobody wants a reminder at midnight. */
        int64_t monday = t.days + WEEK - t.weekday;
        at_ms = calendar_instant_ms(hours, monday, t.hour * 60 + t.minute);
        if (!calendar_is_open(hours, at_ms))
            at_ms = calendar_instant_ms(hours, monday, 0);
    }
    return REMINDER_NEVER;
}

static int64_t interval_due_ms(const struct reminder_settings *s, const struct reminder_facts *f)
{
    const struct number_list *list = &s->interval_hours;
    size_t i = (size_t)sent_of(f);
    int64_t hours = !list->count ? 24 : list->items[i < list->count ? i : list->count - 1];
    int64_t due_ms = later(base_ms(f) + hours * HOUR_MS, sane_ms(f->snoozed_until_ms));
    return eligible_ms(s, f->hours, due_ms);
}

/* Never on the day on which the waiting began or the last reminder went out. On a day that is
 * closed at the set time, the next opening of that day. */
static int64_t daily_due_ms(const struct reminder_settings *s, const struct reminder_facts *f)
{
    int64_t not_before_ms = sane_ms(f->snoozed_until_ms);
    int64_t first_day = calendar_local(f->hours, base_ms(f)).days + 1, day = first_day;
    day = later(day, not_before_ms ? calendar_local(f->hours, not_before_ms).days : 0);
    for (int i = 0; i < TRIES; i++, day++) {
        int64_t at_ms = calendar_instant_ms(f->hours, day, s->daily_minute);
        int64_t open_ms = calendar_next_open_ms(f->hours, at_ms);
        if (open_ms == CALENDAR_NEVER)
            return REMINDER_NEVER;
        struct calendar_time t = calendar_local(f->hours, open_ms);
        if (t.days == day && at_ms >= not_before_ms && day_suits(s, &t))
            return open_ms;
    }
    /* Nobody is ever there after the set time: then the first opening of a day that suits. */
    return eligible_ms(s, f->hours, later(not_before_ms,
                                          calendar_instant_ms(f->hours, first_day, 0)));
}

int64_t reminder_due_ms(const struct reminder_settings *settings,
                        const struct reminder_facts *facts)
{
    if (!facts->enabled)
        return REMINDER_NEVER;
    if (facts->status == TICKET_WAITING_CUSTOMER)
        return settings->mode == REMINDER_DAILY ? daily_due_ms(settings, facts)
                                                : interval_due_ms(settings, facts);
    if (facts->status == TICKET_AWAITING_CLOSE && settings->auto_close_days > 0)
        return later(sane_ms(facts->waiting_since_ms) + settings->auto_close_days * DAY_MS,
                     sane_ms(facts->snoozed_until_ms));
    return REMINDER_NEVER;
}

static void send_or_give_up(const struct reminder_settings *settings,
                            const struct reminder_facts *facts, struct reminder_step *step,
                            struct arena *arena)
{
    int count = settings->count < 1 ? 1
              : settings->count > REMINDERS_MAX ? REMINDERS_MAX : (int)settings->count;
    step->of = count;
    if (sent_of(facts) >= count) {
        step->action = REMINDER_AWAIT_CLOSE;
        step->why = arena_print(arena,
                                "No answer to %d reminder%s. A person decides: close, escalate "
                                "or keep open.",
                                count, count == 1 ? "" : "s");
        return;
    }
    step->action = REMINDER_SEND;
    step->number = sent_of(facts) + 1;
    step->text = reminder_text(settings, facts, step->number, count, arena);
    step->why = arena_print(arena, "Reminder %d of %d: the customer has not answered.",
                            step->number, count);
}

struct reminder_step reminder_step(const struct reminder_settings *settings,
                                   const struct reminder_facts *facts, int64_t now_ms,
                                   struct arena *arena)
{
    struct reminder_step step = { .action = REMINDER_NOTHING };
    step.due_ms = reminder_due_ms(settings, facts);
    if (step.due_ms == REMINDER_NEVER || step.due_ms > now_ms)
        return step;
    if (facts->status == TICKET_AWAITING_CLOSE) {
        step.action = REMINDER_CLOSE;
        step.why = arena_print(arena, "Closed by itself: no answer for %lld days after the last "
                               "reminder (setting reminders.auto_close_days).",
                               (long long)settings->auto_close_days);
        return step;
    }
    /* It was due while nobody was there to see it, for instance while the desk was down: then it
     * waits for the next opening. */
    int64_t eligible = eligible_ms(settings, facts->hours, now_ms);
    if (eligible > now_ms)
        step.due_ms = eligible;
    else
        send_or_give_up(settings, facts, &step, arena);
    return step;
}
