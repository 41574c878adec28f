/* Lists of tickets and of alerts: a row is what to know, and the button that opens it. */
#include "bot/base/text.h"
#include "cards/teams_part.h"

enum { TITLE_MAX = 120, FACTS_MAX = 200, LAST_MAX = 160, SENTENCE_MAX = 300, ALERTS_MAX = 20,
       PRIMARY_MAX = 3 };

/* A number makes the names of buttons differ for those who only hear them. */
static void add_open(struct teams_pen *pen, int64_t ticket_id, enum teams_how how)
{
    teams_row(pen);
    teams_action(pen, &(struct teams_act){
        .title = arena_print(&pen->arena, "Open #%lld", (long long)ticket_id), .code = "open",
        .how = how, .ticket_id = ticket_id,
    });
    teams_row_end(pen);
}

/* ---- tickets ---- */

struct list {
    const struct listing *listing;
    bool dialog;
};

static void add_ticket(struct teams_pen *pen, const struct listing_row *row, enum teams_how how)
{
    teams_box(pen, NULL, true);
    teams_columns(pen, "stretch");
    if (row->alert)
        teams_labelled(pen, "Attention", row->title, TITLE_MAX);
    else
        teams_quote(pen, TEAMS_BOLD, row->title, TITLE_MAX, 1);
    teams_quote(pen, TEAMS_PLAIN, row->facts, FACTS_MAX, 1);
    teams_quote(pen, TEAMS_SUBTLE, row->last, LAST_MAX, 2);
    teams_column_next(pen, "auto");
    add_open(pen, row->ticket_id, how);
    teams_columns_end(pen);
    teams_box_end(pen);
}

static void add_filters(struct teams_pen *pen, const struct listing *listing)
{
    struct dialog_choice choices[LIST_VIEWS + 1];
    struct dialog_field f = { .kind = DIALOG_CHOICE, .id = "filter", .label = "Which tickets",
                              .choices = choices, .choice_count = listing->filter_count };
    for (size_t i = 0; i < listing->filter_count; i++) {
        const struct listing_filter *l = &listing->filters[i];
        choices[i].value = l->value;
        choices[i].label = l->count < 0 ? l->label
                         : arena_print(&pen->arena, "%s (%lld)", l->label, (long long)l->count);
        if (l->chosen)
            f.initial = l->value;
    }
    if (f.choice_count)
        teams_choices(pen, &f);
}

static void add_list_actions(struct teams_pen *pen, const struct listing *l, bool dialog)
{
    const struct teams_act acts[] = {
        { .title = "Show", .code = l->filter_count ? "filter" : NULL, .with_inputs = true },
        { .title = "Newer", .code = l->newer ? "newer" : NULL, .word = l->newer },
        { .title = "Older", .code = l->older ? "older" : NULL, .word = l->older },
        { .title = "Make a ticket", .code = l->has_new_button ? "new" : NULL, .how = TEAMS_ASK,
          .word = l->new_text },
    };
    size_t n = 0;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        struct teams_act act = acts[i];
        if (!act.code)
            continue;
        act.secondary = n++ >= PRIMARY_MAX;
        act.how = dialog ? TEAMS_SUBMIT : act.how;
        teams_action(pen, &act);
    }
}

static void draw_listing(struct teams_pen *pen, const void *what)
{
    const struct list *list = what;
    const struct listing *l = list->listing;
    teams_quote(pen, TEAMS_HEADING, l->title, TITLE_MAX, 1);
    teams_quote(pen, TEAMS_PLAIN, l->row_count || text_is_blank(l->empty) ? l->summary : l->empty,
                SENTENCE_MAX, 3);
    for (size_t i = 0; i < l->row_count && i < LISTING_ROWS_MAX; i++)
        add_ticket(pen, &l->rows[i], list->dialog ? TEAMS_SUBMIT : TEAMS_NOW);
    add_filters(pen, l);
    teams_actions(pen);
    add_list_actions(pen, l, list->dialog);
}

int teams_listing(const struct listing *listing, const char *nonce, bool dialog, struct buf *out)
{
    struct list list = { listing, dialog };
    return teams_fit(draw_listing, &list, nonce, "A list of tickets.", out);
}

/* ---- alerts ---- */

struct alerts {
    const struct alert_view *alerts;
    size_t count;
};

static void add_show(struct teams_pen *pen, const char *list)
{
    teams_row(pen);
    teams_action(pen, &(struct teams_act){ .title = "Show the tickets", .code = "list",
                                           .how = TEAMS_ASK, .word = list });
    teams_row_end(pen);
}

static void draw_alerts(struct teams_pen *pen, const void *what)
{
    const struct alerts *all = what;
    size_t shown = all->count < ALERTS_MAX ? all->count : ALERTS_MAX;
    teams_say(pen, TEAMS_HEADING, all->count == 1 ? "For your attention" : "Alerts");
    for (size_t i = 0; i < shown; i++) {
        const struct alert_view *alert = &all->alerts[i];
        teams_box(pen, NULL, i > 0);
        teams_quote(pen, TEAMS_PLAIN, alert->text, SENTENCE_MAX, 3);
        if (alert->ticket_id)
            add_open(pen, alert->ticket_id, TEAMS_ASK);
        else if (alert->list)
            add_show(pen, alert->list);
        teams_box_end(pen);
    }
    if (shown < all->count)
        teams_say(pen, TEAMS_SUBTLE, arena_print(&pen->arena, "And %zu more, in the inbox.",
                                                 all->count - shown));
}

int teams_alerts(const struct alert_view *alerts, size_t count, const char *nonce,
                 struct buf *out)
{
    struct alerts all = { alerts, count };
    struct buf speak;
    buf_init(&speak, 200);
    teams_summary_alerts(alerts, count, &speak);
    int result = teams_fit(draw_alerts, &all, nonce, speak.data, out);
    buf_clear(&speak);
    return result;
}
