#include "bot/base/clock.h"

#include <stdlib.h>
#include <time.h>

static struct timespec read_clock(clockid_t id)
{
    struct timespec now;
    if (clock_gettime(id, &now))
        abort();
    return now;
}

int64_t clock_now_ms(void)
{
    struct timespec now = read_clock(CLOCK_REALTIME);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t clock_steady_us(void)
{
    struct timespec now = read_clock(CLOCK_MONOTONIC);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
