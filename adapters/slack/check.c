/* Is an account that stands for a technician still one of ours? An event that says otherwise may have
 * been missed, so Slack is asked again after ten minutes, and after a restart. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "adapters/slack/slack_private.h"
#include "bot/base/clock.h"

/* Who acts waits for Slack's word so long: an acknowledgement must come within a second. */
enum { PATIENCE_MS = 500, LEAVE_AGAIN_MS = 500 };

/* ---- who is nobody here any more ---- */

struct slack_leaver {
    struct slack_leaver *next;
    char account[2 * SLACK_ID_MAX + 16];
};

static void leave_now(void *arg)
{
    struct slack *s = arg;
    while (s->leavers) {
        struct slack_leaver *leaver = s->leavers;
        struct command c = { .kind = COMMAND_PERSON, .source = SLACK_SURFACE, .flag = false,
            .person = leaver->account, .adapter = -1, .at_ms = clock_now_ms() };
        if (!engine_submit(s->host.engine, &c)) {
            loop_timer_set(s->host.loop, &s->leave, LEAVE_AGAIN_MS, leave_now, s);
            return;
        }
        s->leavers = leaver->next;
        free(leaver);
    }
}

void slack_leave(struct slack *s, const char *account)
{
    struct slack_leaver *leaver = calloc(1, sizeof *leaver);
    if (!leaver)
        abort();
    snprintf(leaver->account, sizeof leaver->account, "%s", account);
    leaver->next = s->leavers;
    s->leavers = leaver;
    leave_now(s);
}

void slack_leave_stop(struct slack *s)
{
    loop_timer_stop(s->host.loop, &s->leave);
    while (s->leavers) {
        struct slack_leaver *leaver = s->leavers;
        s->leavers = leaver->next;
        free(leaver);
    }
}

/* ---- asking ---- */

struct check {
    struct slack_talk *talk;
    struct loop_timer late;
    void (*then)(struct slack_talk *talk, const char *refusal);
    bool went_on, is_asked;      /* is_asked: the answer comes from Slack, not from the cache */
};

static void go_on(struct check *check, const char *refusal)
{
    bool first = !check->went_on;
    check->went_on = true;
    loop_timer_stop(check->talk->slack->host.loop, &check->late);
    if (first && !check->talk->slack->closed)
        check->then(check->talk, refusal);
}

/* Slack does not answer: the desk works on, and who is nobody any more leaves when it does. */
static void too_late(void *check)
{
    go_on(check, NULL);
}

static void looked_up(void *ctx, enum slack_todo todo, const struct slack_profile *profile)
{
    struct check *check = ctx;
    struct slack_talk *talk = check->talk;
    const char *refusal = profile ? slack_people_refusal(profile)
                        : todo == SLACK_TODO_FINAL ? "Slack does not know this account." : NULL;
    if (profile && refusal && check->is_asked && !talk->slack->closed)
        slack_leave(talk->slack, talk->account);
    go_on(check, refusal);
    free(check);
    slack_talk_drop(talk);
}

bool slack_is_vouched(const struct slack_talk *talk)
{
    return !talk->input.user || slack_people_vouched(talk->slack->people, talk->input.user);
}

void slack_check(struct slack_talk *talk, void (*then)(struct slack_talk *, const char *))
{
    struct slack *s = talk->slack;
    if (!talk->account || slack_is_vouched(talk)) {
        then(talk, NULL);
        return;
    }
    struct check *check = calloc(1, sizeof *check);
    if (!check)
        abort();
    check->talk = talk;
    check->then = then;
    slack_talk_hold(talk);
    loop_timer_set(s->host.loop, &check->late, PATIENCE_MS, too_late, check);
    check->is_asked = !slack_people_is_known(s->people, talk->input.user);
    slack_people_get(s->people, talk->input.user, looked_up, check);
}
