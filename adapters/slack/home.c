#include "adapters/slack/home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/clock.h"
#include "bot/base/log.h"
#include "cards/listing.h"

enum { SEEN_MAX = 200, ROWS = 20, SETTLE_MS = 1000, AGAIN_MS = 5 * 1000,
       DAY_MS = 24 * 3600 * 1000, PAGES_MAX = 20, TRIES_MAX = 6, FAILED_MS = 2000 };

/* One person's page: the list they look at, and the keys of the pages they turned. */
struct page {
    char user[SLACK_ID_MAX + 1], account[2 * SLACK_ID_MAX + 16];
    int64_t technician_id, seen_ms, due_ms;      /* due: not drawn again before, unless asked */
    enum list_view list;
    struct position { int64_t ms, id; } at[PAGES_MAX];
    int depth;                       /* at[depth] is where the page begins; 0 is the top */
    int tries;                       /* in vain, since it was shown */
    bool dirty, asked, busy;         /* busy: until Slack has answered, so that no queue grows */
};

struct slack_home {
    struct slack *slack;
    struct page pages[SEEN_MAX];
    size_t count;
    struct loop_timer settle;
};

struct publishing {
    struct slack_home *home;
    struct slack *slack;
    size_t index;
    struct page page;                /* as it was when the reading began */
    struct arena arena;
    struct list_page list;
    int64_t counts[LIST_VIEWS];
    bool failed, gone;               /* gone: the person is a technician no more */
};

struct slack_home *slack_home_new(struct slack *s)
{
    struct slack_home *home = calloc(1, sizeof *home);
    if (!home)
        abort();
    home->slack = s;
    return home;
}

void slack_home_free(struct slack_home *home)
{
    loop_timer_stop(home->slack->host.loop, &home->settle);
    home->slack->home = NULL;
    free(home);
}

/* ---- publishing ---- */

static void settle(void *home);
static void refresh(struct slack_home *home, size_t index);

static void settle_soon(struct slack_home *home, int ms)
{
    if (!loop_timer_runs(&home->settle))
        loop_timer_set(home->slack->host.loop, &home->settle, ms, settle, home);
}

/* How long to wait after a failure; -1: trying again would not help, or was tried often enough. */
static int64_t again_ms(const struct slack_answer *a, int tries)
{
    int64_t wait_ms = (int64_t)FAILED_MS << tries;
    bool may_help = a->todo == SLACK_TODO_RETRY || a->todo == SLACK_TODO_RATE_LIMITED
                 || a->todo == SLACK_TODO_UNCLEAR;
    if (!may_help || tries >= TRIES_MAX)
        return -1;
    return wait_ms > a->retry_after_ms ? wait_ms : a->retry_after_ms;
}

static void done(struct publishing *p, const struct slack_answer *a)
{
    struct slack *s = p->slack;
    if (!s->closed && s->home == p->home) {
        struct page *page = &p->home->pages[p->index];
        int64_t wait_ms = a->todo == SLACK_TODO_OK ? -1 : again_ms(a, page->tries);
        page->busy = false;
        page->due_ms = clock_now_ms() + (wait_ms < 0 ? AGAIN_MS : wait_ms);
        page->tries = wait_ms < 0 ? 0 : page->tries + 1;
        page->dirty |= wait_ms >= 0;
        if (p->gone && !page->asked && wait_ms < 0)
            page->seen_ms = 0;       /* told once, and not drawn again until they look */
        if (page->asked)
            refresh(p->home, p->index);
        else if (page->dirty)
            settle_soon(p->home, SETTLE_MS);
    }
    arena_clear(&p->arena);
    free(p);
    slack_drop(s);
}

/* It was not even sent: nothing could be read, or we are closing. */
static void not_sent(struct publishing *p)
{
    done(p, &(struct slack_answer){ .todo = SLACK_TODO_RETRY, .error = "not_read" });
}

static void not_published(const struct slack_answer *a)
{
    if (a->todo != SLACK_TODO_OK)
        log_info("home page not published", "error=%s", a->error);
}

static void published(void *ctx, const struct slack_answer *a)
{
    not_published(a);
    done(ctx, a);
}

static void publish(struct slack *s, const char *user, const char *view,
                    slack_answer_fn *then, void *ctx)
{
    const struct slack_param params[] = { { "user_id", user }, { "view", view } };
    slack_api_call(s->api, "views.publish", NULL, params, 2, then, ctx);
}

static int refusal(const char *sentence, struct buf *view)
{
    return slack_home(&(struct listing){ .title = "Deskhand", .summary = sentence, .empty = "" },
                      view);
}

static void draw(struct publishing *p)
{
    struct listing listing;
    struct buf view;
    buf_init(&view, SLACK_VIEW_MAX);
    listing_make(&p->list, listing_label(p->page.list), clock_now_ms(), &p->arena, &listing);
    listing_add_filters(&listing, p->page.list, p->counts);
    listing.has_new_button = true;
    if (p->page.depth)
        listing.newer = "newer";
    if (p->list.more && p->list.count && p->page.depth + 1 < PAGES_MAX)
        listing.older = arena_print(&p->arena, "%lld.%lld",
            (long long)p->list.rows[p->list.count - 1].sort_ms,
            (long long)p->list.rows[p->list.count - 1].id);
    if (slack_home(&listing, &view) == 0)
        publish(p->slack, p->page.user, view.data, published, p);
    else
        done(p, &(struct slack_answer){ .todo = SLACK_TODO_FINAL });
    buf_clear(&view);
}

static void draw_refusal(struct publishing *p)
{
    struct buf view;
    buf_init(&view, SLACK_VIEW_MAX);
    if (refusal("You are no technician of this desk any more.", &view) == 0)
        publish(p->slack, p->page.user, view.data, published, p);
    else
        done(p, &(struct slack_answer){ .todo = SLACK_TODO_FINAL });
    buf_clear(&view);
}

/* Who looked yesterday may have left since: their page is not drawn on trust. */
static void read_page(struct reader *r, void *arg)
{
    struct publishing *p = arg;
    struct technician_view viewer;
    const struct position *at = &p->page.at[p->page.depth];
    p->failed = view_person(r, p->page.account, &p->arena, &viewer) != 0;
    p->gone = !p->failed && (!viewer.active || viewer.id != p->page.technician_id);
    if (p->failed || p->gone)
        return;
    struct list_query query = { .view = p->page.list, .technician_id = p->page.technician_id,
        .before_ms = at->ms, .before_id = at->id, .limit = ROWS };
    p->failed = view_list(r, &query, &p->arena, &p->list)
             || view_counts(r, p->page.technician_id, p->counts);
}

static void read_done(void *arg)
{
    struct publishing *p = arg;
    if (p->failed || p->slack->closed || p->slack->home != p->home)
        not_sent(p);
    else if (p->gone)
        draw_refusal(p);
    else
        draw(p);
}

static void refresh(struct slack_home *home, size_t index)
{
    struct page *page = &home->pages[index];
    page->asked = false;
    page->dirty = false;
    page->busy = true;
    struct publishing *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    *p = (struct publishing){ .home = home, .slack = home->slack, .index = index, .page = *page };
    slack_hold(home->slack);
    if (engine_read(home->slack->host.engine, read_page, read_done, p))
        return;
    page->busy = false;
    page->dirty = true;
    settle_soon(home, SETTLE_MS);
    slack_drop(home->slack);
    free(p);
}

/* ---- when tickets or people change ---- */

/* Pages change for whoever looked within the last day, each at most once in some seconds. */
static void settle(void *arg)
{
    struct slack_home *home = arg;
    int64_t now_ms = clock_now_ms();
    bool more = false;
    for (size_t i = 0; i < home->count; i++) {
        struct page *page = &home->pages[i];
        if (!page->dirty || page->busy || now_ms - page->seen_ms > DAY_MS)
            continue;
        if (now_ms >= page->due_ms)
            refresh(home, i);
        else
            more = true;
    }
    if (more)
        settle_soon(home, SETTLE_MS);
}

void slack_home_news(struct slack_home *home, const struct news *news)
{
    bool changed = false;
    for (size_t i = 0; i < news->count; i++)
        changed |= news->items[i].kind == NEWS_TICKET || news->items[i].kind == NEWS_PEOPLE;
    if (!changed || !home || !home->count)
        return;
    for (size_t i = 0; i < home->count; i++)
        home->pages[i].dirty = true;
    settle_soon(home, SETTLE_MS);
}

/* ---- when somebody looks ---- */

static struct page *page_of(struct slack_home *home, const char *user)
{
    size_t oldest = 0;
    for (size_t i = 0; i < home->count; i++) {
        if (!strcmp(home->pages[i].user, user))
            return &home->pages[i];
        if (home->pages[i].seen_ms < home->pages[oldest].seen_ms)
            oldest = i;
    }
    size_t at = home->count < SEEN_MAX ? home->count++ : oldest;
    home->pages[at] = (struct page){ .list = LIST_MINE, .busy = home->pages[at].busy };
    snprintf(home->pages[at].user, sizeof home->pages[at].user, "%s", user);
    return &home->pages[at];
}

static void turn(struct page *page, const char *where)
{
    long long ms, id;
    if (!strcmp(where, "newer")) {
        page->depth -= page->depth > 0;
    } else if (sscanf(where, "%lld.%lld", &ms, &id) == 2 && ms >= 0 && id >= 0
               && page->depth + 1 < PAGES_MAX) {
        page->at[++page->depth] = (struct position){ ms, id };
    }
}

void slack_home_open(struct slack_talk *talk, const struct technician_view *viewer)
{
    struct slack_home *home = talk->slack->home;
    struct page *page = page_of(home, talk->input.user);
    int list = talk->intent.list ? list_view_parse(talk->intent.list) : -1;
    page->technician_id = viewer->id;
    snprintf(page->account, sizeof page->account, "%s", talk->account);
    page->seen_ms = clock_now_ms();
    if (list >= 0) {
        page->list = (enum list_view)list;
        page->depth = 0;
    }
    if (talk->intent.page)
        turn(page, talk->intent.page);
    page->asked = true;
    if (!page->busy)
        refresh(home, (size_t)(page - home->pages));
}

/* ---- who may not look ---- */

struct refusing {
    struct slack_talk *talk;
    const char *view;
    int tries;
};

static void refuse(void *ctx);

static void refused(void *ctx, const struct slack_answer *a)
{
    struct refusing *r = ctx;
    int64_t wait_ms = a->todo == SLACK_TODO_OK ? -1 : again_ms(a, r->tries++);
    not_published(a);
    if (wait_ms >= 0 && !r->talk->slack->closed)
        slack_talk_later(r->talk, wait_ms, refuse, r);
    slack_talk_drop(r->talk);
}

static void refuse(void *ctx)
{
    struct refusing *r = ctx;
    slack_talk_hold(r->talk);
    publish(r->talk->slack, r->talk->input.user, r->view, refused, r);
}

void slack_home_refuse(struct slack_talk *talk, const char *sentence)
{
    struct buf view;
    buf_init(&view, SLACK_VIEW_MAX);
    if (refusal(sentence, &view) == 0) {
        struct refusing *r = arena_alloc(&talk->arena, sizeof *r);
        *r = (struct refusing){ .talk = talk, .view = arena_copy(&talk->arena, view.data) };
        refuse(r);
    }
    buf_clear(&view);
}
