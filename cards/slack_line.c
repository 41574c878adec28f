/* Messages beside the card: lines of its thread, alerts, and what only one person sees. */
#include <string.h>

#include "bot/base/text.h"
#include "cards/slack.h"
#include "cards/slack_part.h"

enum { ALERTS_MAX = 20, ALERTS_FEW = 12, ALERT_SHORT = 60, PIECE_POINTS = SLACK_QUOTE_MAX / 2 - 1 };

static const size_t talk_rooms[] = { 7000, 4500, 2500, 1200, 600, 0 };
static const size_t alert_rooms[] = { 480, 240, 120, 90, 60, 30, 15, 0 };

/* ---- lines of a thread ---- */

/* A sign that is ours, and whether the customer sees these words. */
static const struct kind {
    const char *emoji, *behind;
} kinds[] = {
    [THREAD_CUSTOMER] = { "speech_balloon", NULL },
    [THREAD_ASSISTANT] = { "robot_face", NULL },
    [THREAD_REPLY] = { "outbox_tray", "the customer reads this" },
    [THREAD_NOTE] = { "lock", "the customer never sees this" },
    [THREAD_DRAFT] = { "memo", NULL },
    [THREAD_REMINDER] = { "alarm_clock", NULL },
};

static void add_title(struct slack_page *p, const struct thread_line *line)
{
    const struct kind *kind = &kinds[line->kind];
    slack_emoji(p, kind->emoji);
    slack_words(p, " ", SLACK_NORMAL);
    slack_words(p, slack_clip_line(p, line->label, SLACK_QUOTE_MAX / 2), SLACK_BOLD);
    if (line->who && line->kind != THREAD_ASSISTANT)
        slack_words(p, arena_print(&p->a, " · %s", line->who), SLACK_NORMAL);
    if (kind->behind)
        slack_words(p, arena_print(&p->a, " · %s", kind->behind), SLACK_ITALIC);
}

/* A long text goes on in the next block: none is over the limit of one. */
static void add_quotes(struct slack_page *p, const char *text)
{
    const char *rest = slack_clip(p, text, p->room);
    while (*rest) {
        size_t bytes = text_bytes(rest, PIECE_POINTS);
        slack_say_quote(p, arena_copy_n(&p->a, rest, bytes));
        rest += bytes;
    }
}

static void draw_line(struct slack_page *p, const void *what)
{
    const struct thread_line *line = what;
    bool change = line->kind == THREAD_CHANGE;
    json_out_array(&p->j, NULL);
    slack_rich(p);
    slack_section(p);
    if (change)
        slack_words_at(p, slack_clip_line(p, line->text, p->room), line->when_ms, SLACK_ITALIC);
    else
        add_title(p, line);
    slack_part_end(p);
    slack_rich_end(p);
    if (!change)
        add_quotes(p, line->text);
    json_out_array_end(&p->j);
}

int slack_line(const struct thread_line *line, struct buf *blocks, struct buf *text)
{
    if (line->kind == THREAD_NOTHING)
        return 0;
    slack_fallback(text, line->headline);
    return slack_fit(blocks, SLACK_TALK_MAX, talk_rooms, draw_line, line) || text->failed ? -1 : 0;
}

/* ---- alerts ---- */

struct alerts { const struct alert_view *alerts; const char *const *links; size_t count; };

static void add_alert(struct slack_page *p, const struct alerts *all, size_t n)
{
    const struct alert_view *alert = &all->alerts[n];
    bool weekly = alert->kind && !strcmp(alert->kind, "weekly");
    slack_rich(p);
    slack_section(p);
    slack_emoji(p, weekly ? "bar_chart" : "bell");
    slack_words(p, " ", SLACK_NORMAL);
    const char *said = slack_clip_line(p, alert->text, p->room);
    if (all->links && all->links[n])
        slack_link(p, said, all->links[n]);
    else
        slack_words(p, said, SLACK_NORMAL);
    slack_part_end(p);
    slack_rich_end(p);
    if (!alert->ticket_id && !alert->list)
        return;
    slack_actions(p, arena_print(&p->a, "alert%zu", n));
    if (alert->ticket_id)
        slack_button(p, NULL, &(struct slack_button){
            .code = "open", .label = arena_print(&p->a, "Open #%lld", (long long)alert->ticket_id),
            .value = arena_print(&p->a, "%lld", (long long)alert->ticket_id) });
    if (alert->list)
        slack_button(p, NULL, &(struct slack_button){
            .code = "list", .label = "Show the tickets", .value = alert->list });
    slack_actions_end(p);
}

static void draw_alerts(struct slack_page *p, const void *what)
{
    const struct alerts *all = what;
    size_t most = p->room < ALERT_SHORT ? ALERTS_FEW : ALERTS_MAX;
    size_t shown = all->count < most ? all->count : most;
    json_out_array(&p->j, NULL);
    for (size_t i = 0; i < shown; i++)
        add_alert(p, all, i);
    if (shown < all->count)
        slack_context(p, arena_print(&p->a, "And %zu more: look into the inbox or the home page.",
                                     all->count - shown));
    json_out_array_end(&p->j);
}

static void alerts_fallback(const struct alerts *all, struct buf *text)
{
    struct buf plain;
    buf_init(&plain, 64 * 1024);
    for (size_t i = 0; i < all->count && i < ALERTS_MAX && !plain.failed; i++)
        buf_print(&plain, "%s%s", i ? " " : "", all->alerts[i].text);
    if (plain.data)
        slack_fallback(text, plain.data);
    buf_clear(&plain);
}

int slack_alerts(const struct alert_view *alerts, const char *const *links, size_t count,
                 struct buf *blocks, struct buf *text)
{
    struct alerts all = { alerts, links, count };
    if (!count)
        return 0;
    alerts_fallback(&all, text);
    return slack_fit(blocks, SLACK_MESSAGE_MAX, alert_rooms, draw_alerts, &all) || text->failed
           ? -1 : 0;
}

/* ---- for one person ---- */

struct whisper { const char *sentence; int64_t ticket_id, version, offer; };

static void draw_whisper(struct slack_page *p, const void *what)
{
    const struct whisper *w = what;
    json_out_array(&p->j, NULL);
    slack_say(p, slack_clip(p, w->sentence, p->room), SLACK_NORMAL);
    if (w->offer > 0) {
        slack_actions(p, "act");
        slack_button(p, NULL, &(struct slack_button){
            .code = "send_note", .label = "Send to customer",
            .value = arena_print(&p->a, "%lld:%lld:%lld", (long long)w->ticket_id,
                                 (long long)w->version, (long long)w->offer) });
        slack_actions_end(p);
    }
    json_out_array_end(&p->j);
}

int slack_private(const char *sentence, int64_t ticket_id, int64_t version, int64_t offer,
                  struct buf *blocks, struct buf *text)
{
    struct whisper w = { sentence, ticket_id, version, offer };
    slack_fallback(text, sentence);
    return slack_fit(blocks, SLACK_MESSAGE_MAX, talk_rooms, draw_whisper, &w) || text->failed
           ? -1 : 0;
}
