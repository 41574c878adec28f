/* stats.h - what a measurement needs: a steady clock, percentiles, and what a process has used.
 * It does not print. */
#ifndef DESKHAND_TESTS_STATS_H
#define DESKHAND_TESTS_STATS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct samples {
    int64_t *us;
    size_t count, room;
};

struct percentiles {
    int64_t p50, p99, p999, max;
};

int64_t now_us(void);
void samples_add(struct samples *s, int64_t us);
struct percentiles samples_rank(struct samples *s);     /* sorts; zeros when empty */
void samples_clear(struct samples *s);

/* CPU time of a process in microseconds (10 ms steps), and its resident memory; 0 for pid 0. */
int64_t process_cpu_us(pid_t pid);
int64_t process_rss_bytes(pid_t pid);

#endif
