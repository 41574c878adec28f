/* Cuts the power of a child many times and holds what it acknowledged against what is left.
 * usage: powercut [--workload NAME] [--cuts N] [--seed N] [--control] [--lying] [--verbose]
 *                 [--fault read|write|sync|full]
 * --fault lets a call fail, or the disk be full for a while, in place of the power.
 * --control runs with synchronous=NORMAL and must find losses; --lying ignores every sync and must
 * find losses or corruption. A database lives through CUTS_PER_LIFE cuts; what went wrong is
 * printed with the seed that its life began with, and that seed is one replay. */
#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/crash/powercut_disk.h"
#include "tests/crash/workload.h"

enum { CUTS_PER_LIFE = 5, CHILD_SECONDS_MAX = 60, KEYS_PER_CUT = 100000 };

struct options {
    const struct workload *workload;
    int64_t cuts;
    uint64_t seed;
    enum fault fault;
    bool control, lying, verbose;
};

static const char *const faults[FAULTS] = { "none", "read", "write", "sync", "full" };

struct totals {
    int64_t cuts, acked, bad_cuts, lost, doubled, holes, corrupt, failures, stopped;
};

static const struct workload *const workloads[] = {
    &workload_engine,
    &workload_bare,
};

void verdict_say(struct verdict *v, int64_t *counter, const char *format, ...)
{
    va_list args;
    (*counter)++;
    if (v->why[0])
        return;
    va_start(args, format);
    vsnprintf(v->why, sizeof v->why, format, args);
    va_end(args);
}

void workload_ack(const struct run *run, const struct acked *row)
{
    if (write(run->ack_fd, row, sizeof *row) != (ssize_t)sizeof *row)
        _exit(1);
}

static void ledger_add(struct ledger *l, const struct acked *row)
{
    if (l->count == l->room) {
        l->room = l->room * 2 + 1024;
        l->rows = realloc(l->rows, l->room * sizeof *l->rows);
        if (!l->rows)
            abort();
    }
    l->rows[l->count++] = *row;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

static void remove_tree(const char *dir)
{
    nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void child(const struct options *o, const char *dir, uint64_t seed, int64_t key, int fd)
{
    uint64_t random = seed;
    bool whole = o->workload->whole_process;
    struct powercut_plan plan = { .seed = seed, .lying_disk = o->lying, .by_default = whole,
                                  .lazy_wal = whole && o->control };
    bool is_long = seed % 6 == 0;
    int64_t ticks = o->workload->ticks * (is_long ? LONG_RUN : 1);
    if (!o->fault)
        plan.cut_at_tick = 1 + (int64_t)(disk_random(&random) % (uint64_t)ticks);
    struct run run = { .dir = dir, .power = powercut_register(&plan), .seed = seed,
                       .first_key = key, .ack_fd = fd, .is_long = is_long,
                       .fault = o->fault,
                       .normal_sync = o->control };
    /* A desk whose disk fails has much to say; it is shown when the child ends badly. */
    char log[300];
    snprintf(log, sizeof log, "%s/child.log", dir);
    if (!freopen(log, "w", stderr))
        abort();
    alarm(CHILD_SECONDS_MAX);
    o->workload->run(&run);
    powercut_now(run.power);
}

/* Returns the exit status of the child; everything it acknowledged is in the ledger. */
static int one_cut(const struct options *o, const char *dir, uint64_t seed, int64_t first_key,
                   struct ledger *l)
{
    int ends[2], status = 0;
    struct acked row;
    if (pipe(ends))
        abort();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(o, dir, seed, first_key, ends[1]);
    }
    close(ends[1]);
    while (read(ends[0], &row, sizeof row) == (ssize_t)sizeof row)
        ledger_add(l, &row);
    close(ends[0]);
    waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static bool verdict_is_bad(const struct verdict *v)
{
    return v->lost || v->doubled || v->holes || v->corrupt;
}

/* Lost its power, or stopped by itself because the disk failed. */
static bool ended_well(int status)
{
    return status == POWERCUT_EXIT || status == IO_EXIT;
}

static void totals_add(struct totals *t, const struct verdict *v, int status)
{
    t->cuts++;
    t->bad_cuts += verdict_is_bad(v);
    t->lost += v->lost;
    t->doubled += v->doubled;
    t->holes += v->holes;
    t->corrupt += v->corrupt;
    t->failures += !ended_well(status);
    t->stopped += status == IO_EXIT;
}

static void show_child(const char *dir, uint64_t seed, int status)
{
    char path[300], line[400];
    snprintf(path, sizeof path, "%s/child.log", dir);
    printf("seed %llu: the child ended with %d; its last words:\n", (unsigned long long)seed,
           status);
    FILE *f = fopen(path, "r");
    if (!f)
        return;
    fseek(f, -2000, SEEK_END);
    while (fgets(line, sizeof line, f))
        printf("    %s", line);
    fclose(f);
}

/* One database lives through some cuts; after one that did harm a new one begins. */
static void one_life(const struct options *o, const char *dir, int64_t cuts, struct totals *t)
{
    struct ledger ledger = { 0 };
    remove_tree(dir);
    if (mkdir(dir, 0700) && errno != EEXIST)
        abort();
    for (int64_t i = 0; i < cuts; i++) {
        struct verdict v = { 0 };
        size_t before = ledger.count;
        uint64_t seed = o->seed + (uint64_t)t->cuts;
        int status = one_cut(o, dir, seed, 1 + i * KEYS_PER_CUT, &ledger);
        if (ended_well(status))
            o->workload->check(dir, &ledger, &v);
        totals_add(t, &v, status);
        t->acked += (int64_t)(ledger.count - before);
        if (!ended_well(status))
            show_child(dir, seed, status);
        if (verdict_is_bad(&v) && (o->verbose || !(o->control || o->lying)))
            printf("seed %llu: %s; replay: --seed %llu --cuts %lld\n", (unsigned long long)seed,
                   v.why, (unsigned long long)seed - (unsigned long long)i, (long long)i + 1);
        if (verdict_is_bad(&v) || !ended_well(status)) {
            break;
        }
    }
    free(ledger.rows);
}

static const struct workload *workload_named(const char *name)
{
    for (size_t i = 0; i < sizeof workloads / sizeof *workloads; i++)
        if (!strcmp(workloads[i]->name, name))
            return workloads[i];
    fprintf(stderr, "powercut: no workload %s\n", name);
    exit(2);
}

static enum fault fault_named(const char *name)
{
    for (int i = FAULT_READ; i < FAULTS; i++)
        if (!strcmp(faults[i], name))
            return (enum fault)i;
    fprintf(stderr, "powercut: no fault %s\n", name);
    exit(2);
}

static struct options options_of(int argc, char **argv)
{
    struct options o = { .workload = workloads[0], .cuts = 300, .seed = 1 };
    for (int i = 1; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (!strcmp(argv[i], "--workload"))
            o.workload = workload_named(value), i++;
        else if (!strcmp(argv[i], "--cuts"))
            o.cuts = strtoll(value, NULL, 10), i++;
        else if (!strcmp(argv[i], "--seed"))
            o.seed = strtoull(value, NULL, 10), i++;
        else if (!strcmp(argv[i], "--fault"))
            o.fault = fault_named(value), i++;
        else if (!strcmp(argv[i], "--control"))
            o.control = true;
        else if (!strcmp(argv[i], "--lying"))
            o.lying = true;
        else if (!strcmp(argv[i], "--verbose"))
            o.verbose = true;
        else
            exit(fprintf(stderr, "powercut: unknown option %s\n", argv[i]) ? 2 : 2);
    }
    return o;
}

static int report(const struct options *o, const struct totals *t)
{
    bool must_break = o->control || o->lying;
    bool fine = !t->failures && (must_break ? t->bad_cuts > 0 : t->bad_cuts == 0 && t->acked > 0);
    printf("powercut %s%s%s%s%s: seeds %llu..%llu, %lld cuts, %lld acknowledged, %lld lost in %lld "
           "cuts, %lld doubled, %lld holes, %lld corrupt, %lld stopped by a fault, "
           "%lld children failed: %s\n",
           o->workload->name, o->control ? " synchronous=NORMAL" : "",
           o->lying ? " syncs ignored" : "", o->fault ? " fault " : "",
           o->fault ? faults[o->fault] : "", (unsigned long long)o->seed,
           (unsigned long long)o->seed + (unsigned long long)t->cuts - 1, (long long)t->cuts,
           (long long)t->acked, (long long)t->lost, (long long)t->bad_cuts,
           (long long)t->doubled, (long long)t->holes, (long long)t->corrupt,
           (long long)t->stopped, (long long)t->failures,
           fine ? (must_break ? "ok, the control loses" : "ok") : "FAILED");
    return fine ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct options o = options_of(argc, argv);
    struct totals totals = { 0 };
    const char *tmp = getenv("TMPDIR");
    char dir[200];
    snprintf(dir, sizeof dir, "%s/powercut.XXXXXX", tmp && strlen(tmp) < 100 ? tmp : "/tmp");
    if (!mkdtemp(dir))
        abort();
    while (totals.cuts < o.cuts) {
        int64_t left = o.cuts - totals.cuts;
        one_life(&o, dir, left < CUTS_PER_LIFE ? left : CUTS_PER_LIFE, &totals);
        if (totals.failures > 5)
            break;
    }
    remove_tree(dir);
    return report(&o, &totals);
}
