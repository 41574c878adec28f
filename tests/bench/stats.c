#include "tests/bench/stats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void samples_add(struct samples *s, int64_t us)
{
    if (s->count == s->room) {
        s->room = s->room * 2 + 4096;
        s->us = realloc(s->us, s->room * sizeof *s->us);
        if (!s->us)
            abort();
    }
    s->us[s->count++] = us;
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t rank(const struct samples *s, double part)
{
    size_t i = (size_t)((double)s->count * part);
    return s->us[i < s->count ? i : s->count - 1];
}

struct percentiles samples_rank(struct samples *s)
{
    if (!s->count)
        return (struct percentiles){ 0 };
    qsort(s->us, s->count, sizeof *s->us, by_size);
    return (struct percentiles){ rank(s, 0.5), rank(s, 0.99), rank(s, 0.999),
                                 s->us[s->count - 1] };
}

void samples_clear(struct samples *s)
{
    free(s->us);
    *s = (struct samples){ 0 };
}

static int read_proc(pid_t pid, const char *name, char *out, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, name);
    FILE *f = pid ? fopen(path, "r") : NULL;
    if (!f)
        return -1;
    size_t n = fread(out, 1, size - 1, f);
    out[n] = 0;
    fclose(f);
    return 0;
}

int64_t process_cpu_us(pid_t pid)
{
    char text[1024];
    unsigned long long user = 0, system = 0;
    if (read_proc(pid, "stat", text, sizeof text))
        return 0;
    const char *after_name = strrchr(text, ')');
    static const char fields[] = "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu";
    if (!after_name || sscanf(after_name + 2, fields, &user, &system) != 2)
        return 0;
    return (int64_t)(user + system) * (1000000 / sysconf(_SC_CLK_TCK));
}

int64_t process_rss_bytes(pid_t pid)
{
    char text[256];
    long long pages = 0;
    if (read_proc(pid, "statm", text, sizeof text) || sscanf(text, "%*d %lld", &pages) != 1)
        return 0;
    return pages * sysconf(_SC_PAGESIZE);
}
