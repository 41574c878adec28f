/* When the plan of the sockets has to be looked at again. */
#include "adapters/slack/socket_plan.h"

static void sooner(int64_t *due_ms, int64_t at_ms)
{
    if (at_ms < *due_ms)
        *due_ms = at_ms;
}

int64_t socket_plan_due_ms(const struct socket_plan *p)
{
    int64_t due_ms = INT64_MAX;
    bool busy = p->draining, served = false;
    for (int i = 0; i < SOCKET_SLOTS; i++) {
        const struct socket_slot *s = &p->slots[i];
        busy = busy || s->state == SOCKET_ASKING || s->state == SOCKET_DIALLING;
        served = served || (s->state == SOCKET_LIVE && !s->retiring);
        if (s->state == SOCKET_DIALLING)
            sooner(&due_ms, s->since_ms + SOCKET_DIAL_MS);
        if (s->state == SOCKET_LIVE || s->state == SOCKET_LEAVING) {
            sooner(&due_ms, s->frame_ms + SOCKET_DEAD_MS);
            if (s->answers_pings)
                sooner(&due_ms, s->sense_ms + SOCKET_STUCK_MS);
            sooner(&due_ms, s->ping_ms);
            if (s->until_ms && !s->retiring)
                sooner(&due_ms, s->until_ms);
        }
    }
    if (!busy && !served)
        sooner(&due_ms, p->not_before_ms);
    if (p->ghost_ms)
        sooner(&due_ms, p->ghost_ms);
    return due_ms;
}
