/* A hashed wheel: a timer lives in the slot of its tick. One uv timer waits for the next slot in
 * use, so an idle process sleeps. */
#include <assert.h>
#include <stdint.h>

#include "adapters/net/loop_private.h"

static size_t slot_of(int64_t tick)
{
    return (size_t)tick % WHEEL_SLOTS;
}

/* Round up: a timer may be late, never early. */
static int64_t tick_of(int64_t due_ms)
{
    return (due_ms + WHEEL_TICK_MS - 1) / WHEEL_TICK_MS;
}

/* The nearest tick from w->tick on whose slot is in use; -1 if the wheel is empty. */
static int64_t next_used(const struct wheel *w)
{
    for (int i = 0; i < WHEEL_SLOTS;) {
        size_t slot = slot_of(w->tick + i);
        uint64_t bits = w->used[slot / 64] >> (slot % 64);
        if (bits)
            return w->tick + i + __builtin_ctzll(bits);
        i += 64 - (int)(slot % 64);
    }
    return -1;
}

static void on_tick(uv_timer_t *handle);

static void arm(struct loop *l)
{
    struct wheel *w = &l->wheel;
    int64_t next = w->soon.next != &w->soon ? 0 : next_used(w);
    if (next == w->armed)
        return;
    w->armed = next;
    if (next < 0) {
        uv_timer_stop(&w->timer);
        return;
    }
    int64_t wait_ms = next * WHEEL_TICK_MS - loop_steady_ms(l);
    uv_timer_start(&w->timer, on_tick, wait_ms > 0 ? (uint64_t)wait_ms : 0, 0);
}

static void unlink_timer(struct wheel *w, struct loop_timer *t)
{
    if (t->next == t->prev) {           /* alone with the head of its ring */
        uintptr_t offset = (uintptr_t)t->next - (uintptr_t)w->slots;
        size_t slot = offset / sizeof *t;
        if (slot < WHEEL_SLOTS)         /* else the ring of run_ring, or soon */
            w->used[slot / 64] &= ~(1ULL << (slot % 64));
    }
    t->prev->next = t->next;
    t->next->prev = t->prev;
    t->next = t->prev = NULL;
}

static void link_timer(struct loop_timer *head, struct loop_timer *t)
{
    t->prev = head->prev;
    t->next = head;
    head->prev->next = t;
    head->prev = t;
}

static void file_timer(struct wheel *w, struct loop_timer *t)
{
    int64_t tick = tick_of(t->due_ms);
    if (tick < w->tick)
        tick = w->tick;
    size_t slot = slot_of(tick);
    link_timer(&w->slots[slot], t);
    w->used[slot / 64] |= 1ULL << (slot % 64);
}

static void fire(struct loop *l, struct loop_timer *t, int64_t now_ms)
{
    if (t->every_ms) {
        t->due_ms = now_ms + t->every_ms;
        file_timer(&l->wheel, t);
    }
    t->fire(t->arg);                    /* may stop, move or free any timer */
}

static void run_ring(struct loop *l, struct loop_timer *head, int64_t now_ms)
{
    struct wheel *w = &l->wheel;
    struct loop_timer due = { .next = &due, .prev = &due };
    while (head->next != head) {        /* move all aside: what fires may file new ones here */
        struct loop_timer *t = head->next;
        unlink_timer(w, t);
        link_timer(&due, t);
    }
    while (due.next != &due) {
        struct loop_timer *t = due.next;
        t->prev->next = t->next;
        t->next->prev = t->prev;
        t->next = t->prev = NULL;
        if (t->due_ms <= now_ms)
            fire(l, t, now_ms);
        else
            file_timer(w, t);
    }
}

static void on_tick(uv_timer_t *handle)
{
    struct loop *l = handle->data;
    struct wheel *w = &l->wheel;
    int64_t now_ms = loop_steady_ms(l);
    int64_t last = now_ms / WHEEL_TICK_MS;
    w->armed = -1;
    run_ring(l, &w->soon, now_ms);
    if (last - w->tick >= WHEEL_SLOTS)  /* a long stall: each slot once is enough */
        w->tick = last - WHEEL_SLOTS + 1;
    for (int64_t tick = next_used(w); tick >= 0 && tick <= last; tick = next_used(w)) {
        w->tick = tick + 1;
        run_ring(l, &w->slots[slot_of(tick)], now_ms);
    }
    if (w->tick <= last)
        w->tick = last + 1;
    arm(l);
}

int wheel_open(struct loop *l)
{
    struct wheel *w = &l->wheel;
    for (int i = 0; i < WHEEL_SLOTS; i++)
        w->slots[i].next = w->slots[i].prev = &w->slots[i];
    w->soon.next = w->soon.prev = &w->soon;
    w->tick = loop_steady_ms(l) / WHEEL_TICK_MS + 1;
    w->armed = -1;
    w->timer.data = l;
    return uv_timer_init(&l->uv, &w->timer) ? -1 : 0;
}

bool loop_timer_runs(const struct loop_timer *t)
{
    return t->next != NULL;
}

void loop_timer_stop(struct loop *l, struct loop_timer *t)
{
    if (t->next)
        unlink_timer(&l->wheel, t);
}

static void start(struct loop *l, struct loop_timer *t, int64_t after_ms, int64_t every_ms,
                  loop_fn fn, void *arg)
{
    assert(after_ms >= 0);
    loop_timer_stop(l, t);
    uv_update_time(&l->uv);             /* the loop may have been busy or asleep for long */
    t->due_ms = loop_steady_ms(l) + after_ms;
    t->every_ms = every_ms;
    t->fire = fn;
    t->arg = arg;
    if (after_ms)
        file_timer(&l->wheel, t);
    else
        link_timer(&l->wheel.soon, t);
    arm(l);
}

void loop_timer_set(struct loop *l, struct loop_timer *t, int64_t after_ms, loop_fn fn, void *arg)
{
    start(l, t, after_ms, 0, fn, arg);
}

void loop_timer_repeat(struct loop *l, struct loop_timer *t, int64_t every_ms, loop_fn fn,
                       void *arg)
{
    start(l, t, every_ms, every_ms, fn, arg);
}
