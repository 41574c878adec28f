/* Inputs that were acknowledged before anybody could say who sent them are tried again: after a start,
 * and every few seconds while Slack does not know. */
#include <stdlib.h>

#include "adapters/slack/slack_private.h"
#include "bot/base/clock.h"

enum { KEPT_MS = 24 * 3600 * 1000, RECALL_MS = 10 * 1000, KEPT_MAX = 200 };

static void recall_again(void *slack)
{
    slack_recall(slack);
}

void slack_recall_soon(struct slack *s)
{
    if (!loop_timer_runs(&s->recall))
        loop_timer_set(s->host.loop, &s->recall, RECALL_MS, recall_again, s);
}

struct recall {
    struct slack *slack;
    struct arena arena;
    struct kept_list list;
};

static void recall_run(struct reader *r, void *arg)
{
    struct recall *recall = arg;
    view_kept(r, SLACK_SURFACE, KEPT_MAX, &recall->arena, &recall->list);
}

static void recall_done(void *arg)
{
    struct recall *recall = arg;
    for (size_t i = 0; i < recall->list.count && !recall->slack->closed; i++) {
        const struct kept_view *kept = &recall->list.kept[i];
        if (clock_now_ms() - kept->at_ms > KEPT_MS)
            continue;            /* days later nobody expects it any more; it is tidied away */
        slack_receive_again(recall->slack, kept);
    }
    arena_clear(&recall->arena);
    slack_drop(recall->slack);
    free(recall);
}

void slack_recall(struct slack *s)
{
    struct recall *recall = calloc(1, sizeof *recall);
    if (!recall)
        abort();
    recall->slack = s;
    slack_hold(s);
    if (engine_read(s->host.engine, recall_run, recall_done, recall))
        return;
    slack_recall_soon(s);
    slack_drop(s);
    free(recall);
}
