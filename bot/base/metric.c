#include "bot/base/metric.h"

#include <assert.h>
#include <inttypes.h>
#include <stdatomic.h>

enum type { COUNTER, GAUGE, HISTOGRAM, TYPES };

struct row {
    enum type type;
    const char *name, *help;
};

#define ROW(id, type, name, help) { type, name, help },
static const struct row table[METRICS] = { METRIC_TABLE(ROW) };
#undef ROW

/* Upper bounds: 50 us to 10 s in steps of 1-2-5. What is slower only counts in +Inf. */
static const struct bound {
    int64_t us;
    const char *seconds;
} bounds[] = {
    { 50, "0.00005" },   { 100, "0.0001" },  { 200, "0.0002" }, { 500, "0.0005" },
    { 1000, "0.001" },   { 2000, "0.002" },  { 5000, "0.005" }, { 10000, "0.01" },
    { 20000, "0.02" },   { 50000, "0.05" },  { 100000, "0.1" }, { 200000, "0.2" },
    { 500000, "0.5" },   { 1000000, "1" },   { 2000000, "2" },  { 5000000, "5" },
    { 10000000, "10" },
};
enum { BOUNDS = sizeof bounds / sizeof *bounds };

/* Not passed around like other state: every thread counts, and a counter has no owner. */
static struct value {
    atomic_int_least64_t number;            /* counter, gauge; a histogram's sum in microseconds */
    atomic_int_least64_t bucket[BOUNDS + 1];
} values[METRICS];

static void add(atomic_int_least64_t *number, int64_t n)
{
    atomic_fetch_add_explicit(number, n, memory_order_relaxed);
}

static int64_t get(atomic_int_least64_t *number)
{
    return atomic_load_explicit(number, memory_order_relaxed);
}

void metric_add(enum metric m, int64_t n)
{
    assert(m < METRICS && table[m].type == COUNTER && n >= 0);
    add(&values[m].number, n);
}

void metric_set(enum metric m, int64_t value)
{
    assert(m < METRICS && table[m].type == GAUGE);
    atomic_store_explicit(&values[m].number, value, memory_order_relaxed);
}

void metric_observe_us(enum metric m, int64_t us)
{
    assert(m < METRICS && table[m].type == HISTOGRAM);
    if (us < 0)
        us = 0;
    size_t i = 0;
    while (i < BOUNDS && us > bounds[i].us)
        i++;
    add(&values[m].bucket[i], 1);
    add(&values[m].number, us);
}

int64_t metric_value(enum metric m)
{
    assert(m < METRICS);
    if (table[m].type != HISTOGRAM)
        return get(&values[m].number);
    int64_t count = 0;
    for (size_t i = 0; i <= BOUNDS; i++)
        count += get(&values[m].bucket[i]);
    return count;
}

/* The count is the sum of the buckets just printed, so that no line contradicts another. */
static void print_histogram(struct buf *out, const char *name, struct value *v)
{
    int64_t count = 0;
    for (size_t i = 0; i < BOUNDS; i++) {
        count += get(&v->bucket[i]);
        buf_print(out, "%s_bucket{le=\"%s\"} %" PRId64 "\n", name, bounds[i].seconds, count);
    }
    count += get(&v->bucket[BOUNDS]);
    int64_t sum = get(&v->number);
    buf_print(out, "%s_bucket{le=\"+Inf\"} %" PRId64 "\n", name, count);
    buf_print(out, "%s_sum %" PRId64 ".%06" PRId64 "\n", name, sum / 1000000, sum % 1000000);
    buf_print(out, "%s_count %" PRId64 "\n", name, count);
}

void metric_print(struct buf *out)
{
    static const char *const types[TYPES] = { "counter", "gauge", "histogram" };
    for (size_t m = 0; m < METRICS; m++) {
        const struct row *row = &table[m];
        buf_print(out, "# HELP %s %s\n# TYPE %s %s\n", row->name, row->help, row->name,
                  types[row->type]);
        if (row->type == HISTOGRAM)
            print_histogram(out, row->name, &values[m]);
        else
            buf_print(out, "%s %" PRId64 "\n", row->name, get(&values[m].number));
    }
}
