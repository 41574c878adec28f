/* queue.h - a bounded queue between threads: jobs in, all that wait out at once. Private to engine. */
#ifndef DESKHAND_ENGINE_QUEUE_H
#define DESKHAND_ENGINE_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct queue_node { struct queue_node *next; };

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct queue_node *first, **last;
    size_t count, max;
    bool closed, nudged;
};

void queue_init(struct queue *q, size_t max);
void queue_clear(struct queue *q);               /* must be empty */
bool queue_put(struct queue *q, struct queue_node *node);   /* false: full or closed */
void queue_nudge(struct queue *q);               /* wakes queue_take without a node */
void queue_close(struct queue *q);               /* no more nodes; takers drain, then get -1 */
size_t queue_count(struct queue *q);

/* Takes up to max nodes in order. Waits until there is one, wait_ms passed (< 0: for ever) or a
 * nudge came: 0 then. -1: closed and empty. */
int queue_take(struct queue *q, size_t max, int64_t wait_ms, struct queue_node **first);

#endif
