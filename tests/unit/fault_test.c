/* fault_test.c - the engine on a disk that fails: the n-th read, write or sync goes wrong, or there is
 * no room. Each case runs in a child of its own; the parent then starts the desk again and looks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "tests/crash/powercut_disk.c"
#include "tests/crash/powercut_vfs.c"
#include "bot/base/clock.h"
#include "bot/engine/backup.h"
#include "tests/unit/engine_rig.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

enum { MESSAGES = 40, TRIES = 60, EXIT_IO = 74 };

/* What the child and the parent share. */
struct life {
    char dir[64];
    bool acked[MESSAGES];
    int refused, others;
    int64_t recovered_ms;
};

static const char small_disk[] = "storage: { disk_low_bytes: 0L; ballast_bytes: 4096L; };";

static struct life *lives_new(size_t n)
{
    struct life *lives = mmap(NULL, n * sizeof *lives, PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (lives == MAP_FAILED)
        abort();
    return lives;
}

static struct outcome say_number(struct rig *r, const char *conv, int i)
{
    char cid[32];
    snprintf(cid, sizeof cid, "cid-%08d", i);
    return rig_say(r, conv, cid, "The printer on the second floor prints nothing.");
}

/* As a messenger would: what was refused is sent again until it is acknowledged. */
static void say_until_acked(struct rig *r, struct life *life, const char *conv, int i)
{
    for (int tries = 0; tries < TRIES && !life->acked[i]; tries++) {
        struct outcome o = say_number(r, conv, i);
        if (result_is_ok(o.result)) {
            life->acked[i] = true;
        } else if ((o.result == RESULT_NO_SPACE || o.result == RESULT_FAILED) && o.retry_ms > 0) {
            life->refused++;
            rig_turn(r, 100);
        } else {
            life->others++;
        }
    }
}

static void live_with_fault(struct life *life, enum powercut_call call, int64_t nth)
{
    struct powercut *power = powercut_register(&(struct powercut_plan){ .by_default = true });
    struct rig *r = rig_open(small_disk, rig_places);
    log_set_level(LOG_LEVELS);
    strcpy(life->dir, r->dir);
    struct outcome first = rig_say(r, NULL, "cid-first-0", "Hello");
    powercut_fail(power, call, nth);
    for (int i = 0; i < MESSAGES; i++)
        say_until_acked(r, life, first.conv, i);
    rig_stop(r);
    _exit(0);
}

/* Starts the desk again on what is left, on a healthy disk. */
static void start_again(const struct life *life, const char *what)
{
    struct rig *r = rig_new(small_disk, life->dir);
    struct audit_report report;
    char *error = NULL, sql[200];
    rig_start(r, rig_places);
    for (int i = 0; i < MESSAGES; i++) {
        snprintf(sql, sizeof sql, "SELECT count(*) FROM entry WHERE cid = 'cid-%08d'", i);
        int64_t n = rig_int(r, sql);
        if (n > 1 || n < life->acked[i])
            fail_msg("%s: message %d stands there %lld times", what, i, (long long)n);
    }
    assert_int_equal(rig_say(r, NULL, "cid-again-0", "Hello again").result, RESULT_OK);
    RIG_UNTIL(r, !rig_int(r, "SELECT count(*) FROM outbox"));
    assert_int_equal(audit_verify(r->dir, &report, &error), 0);
    assert_int_equal(report.bad_id, 0);
    assert_int_equal(rig_int(r, "SELECT count(*) FROM pragma_integrity_check"
                                " WHERE integrity_check <> 'ok'"), 0);
    rig_close(r);
}

/* All cases live at the same time: most of it is waiting. */
static void run_faults(enum powercut_call call, const int64_t *nths, size_t n, bool may_end,
                       bool must_end)
{
    struct life *lives = lives_new(n);
    pid_t pids[16];
    char what[60];
    assert_in_range(n, 1, COUNT(pids));
    for (size_t i = 0; i < n; i++) {
        pids[i] = fork();
        if (!pids[i])
            live_with_fault(&lives[i], call, nths[i]);
    }
    for (size_t i = 0; i < n; i++) {
        int status, acked = 0;
        snprintf(what, sizeof what, "call %d, number %lld", (int)call, (long long)nths[i]);
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        for (int m = 0; m < MESSAGES; m++)
            acked += lives[i].acked[m];
        int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
        if (code != (must_end ? EXIT_IO : 0) && !(may_end && code == EXIT_IO))
            fail_msg("%s: ended with %d after %d messages", what, code, acked);
        if (code == 0 && acked != MESSAGES)
            fail_msg("%s: only %d of %d were taken in the end", what, acked, MESSAGES);
        if (lives[i].others)
            fail_msg("%s: %d messages got no polite answer", what, lives[i].others);
        start_again(&lives[i], what);
    }
    munmap(lives, n * sizeof *lives);
}

static void a_failed_write_loses_nothing(void **unused)
{
    static const int64_t nths[] = { 1, 2, 3, 4, 5, 7, 11, 16, 25, 40 };
    (void)unused;
    run_faults(POWERCUT_WRITE, nths, COUNT(nths), true, false);
}

static void a_failed_sync_ends_the_process(void **unused)
{
    static const int64_t nths[] = { 1, 2, 3, 5, 8, 13, 21, 34 };
    (void)unused;
    run_faults(POWERCUT_SYNC, nths, COUNT(nths), false, true);
}

static void a_failed_read_loses_nothing(void **unused)
{
    static const int64_t nths[] = { 1, 2, 3, 5, 8, 13 };
    (void)unused;
    run_faults(POWERCUT_READ, nths, COUNT(nths), true, false);
}

/* ---- no room ---- */

struct looking { struct rig *r; int64_t tickets; int done; };

static void look(struct reader *reader, void *arg)
{
    struct looking *looking = arg;
    struct arena a = { 0 };
    struct list_page page;
    if (!view_list(reader, &(struct list_query){ .view = LIST_ALL, .limit = 10 }, &a, &page))
        looking->tickets = (int64_t)page.count;
    arena_clear(&a);
}

static void looked(void *arg)
{
    ((struct looking *)arg)->done++;
}

static void turn_for(struct rig *r, int64_t ms)
{
    int64_t until_us = clock_steady_us() + ms * 1000;
    while (clock_steady_us() < until_us)
        rig_turn(r, 20);
}

static void demand(bool truth, int code)
{
    if (!truth)
        _exit(code);
}

/* Exit codes name what did not hold. */
static void live_on_a_full_disk(struct life *life)
{
    struct powercut *power = powercut_register(&(struct powercut_plan){ .by_default = true });
    struct rig *r = rig_open(small_disk, rig_places);
    struct looking looking = { .r = r };
    log_set_level(LOG_LEVELS);
    strcpy(life->dir, r->dir);
    struct outcome off = rig_say(r, NULL, "cid-first-0", "Hello");
    int64_t live_client = rig_client(r, "globex", TRIAGE_LIVE), quiet = r->contact_id;
    r->answers[0] = RIG_SILENT;
    r->contact_id = rig_contact(r, live_client);
    struct outcome on = rig_say(r, NULL, "cid-first-1", "My printer prints nothing at all.");
    r->contact_id = quiet;
    powercut_disk_full(power, true);
    for (int i = 0; i < MESSAGES; i++) {
        struct outcome o = say_number(r, off.conv, i);
        life->acked[i] = result_is_ok(o.result);
        demand(life->acked[i] || (o.result == RESULT_NO_SPACE && o.retry_ms > 0), 10);
        life->refused += !life->acked[i];
    }
    demand(life->refused > 0, 11);
    demand(rig_technician(r, COMMAND_CLAIM, on.ticket_id, NULL).result == RESULT_NO_SPACE, 12);
    demand(engine_read(r->e, look, looked, &looking), 13);
    for (int i = 0; i < 100 && !looking.done; i++)
        rig_turn(r, 50);
    demand(looking.tickets == 2, 14);
    for (size_t i = 0; i < r->shown_count; i++)          /* answers that come while there is no room */
        if (r->shown[i].place == 0)
            rig_answer(r, &r->shown[i], RIG_DELIVERS);
    r->answers[0] = RIG_DELIVERS;
    turn_for(r, 1500);
    struct engine_health health;
    engine_health(r->e, &health);
    demand(health.disk_full && health.writer_alive, 15);
    powercut_disk_full(power, false);
    int64_t freed_us = clock_steady_us();
    for (int i = 0; i < MESSAGES; i++)
        say_until_acked(r, life, off.conv, i);
    life->recovered_ms = (clock_steady_us() - freed_us) / 1000;
    for (int i = 0; i < 200 && (r->assistant_lines == 0
                                || rig_int(r, "SELECT count(*) FROM outbox")); i++)
        rig_turn(r, 50);
    demand(r->assistant_lines >= 1, 16);
    demand(rig_int(r, "SELECT count(*) FROM outbox") == 0, 17);
    rig_stop(r);
    _exit(0);
}

static void a_full_disk_is_said_politely_and_recovered_from(void **unused)
{
    struct life *life = lives_new(1);
    int status;
    (void)unused;
    pid_t pid = fork();
    if (!pid)
        live_on_a_full_disk(life);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status), 0);
    for (int i = 0; i < MESSAGES; i++)
        assert_true(life->acked[i]);
    assert_in_range(life->recovered_ms, 0, 5000);
    start_again(life, "full disk");
    munmap(life, sizeof *life);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failed_write_loses_nothing),
        cmocka_unit_test(a_failed_sync_ends_the_process),
        cmocka_unit_test(a_failed_read_loses_nothing),
        cmocka_unit_test(a_full_disk_is_said_politely_and_recovered_from),
    };
    return cmocka_run_group_tests_name("fault", tests, NULL, NULL);
}
