#include "bot/engine/queue.h"

#include <stdlib.h>
#include <time.h>

void queue_init(struct queue *q, size_t max)
{
    pthread_condattr_t attributes;
    *q = (struct queue){ .max = max };
    q->last = &q->first;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);    /* clock jumps do not matter */
    if (pthread_mutex_init(&q->lock, NULL) || pthread_cond_init(&q->wake, &attributes))
        abort();
    pthread_condattr_destroy(&attributes);
}

void queue_clear(struct queue *q)
{
    pthread_cond_destroy(&q->wake);
    pthread_mutex_destroy(&q->lock);
}

bool queue_put(struct queue *q, struct queue_node *node)
{
    pthread_mutex_lock(&q->lock);
    bool fits = !q->closed && q->count < q->max;
    if (fits) {
        node->next = NULL;
        *q->last = node;
        q->last = &node->next;
        if (q->count++ == 0)
            pthread_cond_signal(&q->wake);
    }
    pthread_mutex_unlock(&q->lock);
    return fits;
}

void queue_nudge(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->nudged = true;
    pthread_cond_broadcast(&q->wake);
    pthread_mutex_unlock(&q->lock);
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->wake);
    pthread_mutex_unlock(&q->lock);
}

size_t queue_count(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    size_t count = q->count;
    pthread_mutex_unlock(&q->lock);
    return count;
}

static void wait_for_one(struct queue *q, int64_t wait_ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += wait_ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    while (!q->count && !q->closed && !q->nudged) {
        if (wait_ms < 0)
            pthread_cond_wait(&q->wake, &q->lock);
        else if (pthread_cond_timedwait(&q->wake, &q->lock, &until))
            break;
    }
}

static int cut(struct queue *q, size_t max, struct queue_node **first)
{
    struct queue_node **end = &q->first;
    int n = 0;
    while (*end && (size_t)n < max) {
        end = &(*end)->next;
        n++;
    }
    *first = n ? q->first : NULL;
    struct queue_node *rest = *end;
    *end = NULL;
    q->first = rest;
    if (!rest)
        q->last = &q->first;
    q->count -= (size_t)n;
    return n;
}

int queue_take(struct queue *q, size_t max, int64_t wait_ms, struct queue_node **first)
{
    pthread_mutex_lock(&q->lock);
    if (wait_ms)
        wait_for_one(q, wait_ms);
    q->nudged = false;
    int n = q->count ? cut(q, max, first) : q->closed ? -1 : 0;
    if (q->count)
        pthread_cond_signal(&q->wake);           /* other takers of the same queue */
    pthread_mutex_unlock(&q->lock);
    return n;
}
