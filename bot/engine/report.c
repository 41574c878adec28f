/* Reports: the tickets of a week by what became of them. "After hours" is not a column: it is found
 * out from the opening hours that the ticket's client has now. */
#include "bot/engine/report.h"

#include <stdlib.h>
#include <string.h>

#include "bot/engine/hours.h"
#include "bot/engine/reader_private.h"
#include "bot/store/store_report.h"

enum { ROWS_MAX = 20000, CLIENTS_KEPT = 256, LIST_MAX = 100 };

struct report {
    struct db *db;
    struct report_row rows[ROWS_MAX];
    size_t count;
    struct kept {
        int64_t client_id;
        const struct calendar *hours;
        struct arena arena;
    } kept[CLIENTS_KEPT];
};

static struct report *report_new(struct reader *r)
{
    struct report *report = calloc(1, sizeof *report);
    if (!report)
        abort();
    report->db = r->db;
    return report;
}

static void report_free(struct report *report)
{
    for (size_t i = 0; i < CLIENTS_KEPT; i++)
        arena_clear(&report->kept[i].arena);
    free(report);
}

static const struct calendar *hours_now(struct report *report, int64_t client_id)
{
    struct kept *kept = &report->kept[(uint64_t)client_id % CLIENTS_KEPT];
    if (kept->client_id == client_id)
        return kept->hours;
    struct client_view client = { 0 };
    arena_clear(&kept->arena);
    kept->client_id = client_id;
    store_client(report->db, client_id, &kept->arena, &client);
    kept->hours = hours_parse(client.hours, &kept->arena);
    return kept->hours;
}

static void find(struct report *report, enum report_kind kind, int64_t from_ms, int64_t to_ms)
{
    report->count = store_report(report->db, kind, from_ms, to_ms, ROWS_MAX, report->rows);
}

/* Leaves those that came while their client's people were not there. */
static void keep_after_hours(struct report *report)
{
    size_t kept = 0;
    for (size_t i = 0; i < report->count; i++)
        if (!calendar_is_open(hours_now(report, report->rows[i].client_id), report->rows[i].at_ms))
            report->rows[kept++] = report->rows[i];
    report->count = kept;
}

/* ---- numbers ---- */

static int by_size(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static int64_t median_wait_ms(const struct report *report)
{
    int64_t *waits = calloc(report->count + 1, sizeof *waits), median;
    size_t n = 0;
    if (!waits)
        abort();
    for (size_t i = 0; i < report->count; i++)
        if (report->rows[i].first_response_ms >= report->rows[i].at_ms)
            waits[n++] = report->rows[i].first_response_ms - report->rows[i].at_ms;
    qsort(waits, n, sizeof *waits, by_size);
    median = n ? waits[(n - 1) / 2] : WEEKLY_NO_ANSWERS;
    free(waits);
    return median;
}

int report_read(struct reader *r, int64_t from_ms, int64_t to_ms, struct weekly_numbers *out)
{
    struct report *report = report_new(r);
    *out = (struct weekly_numbers){ .from_ms = from_ms, .to_ms = to_ms };
    find(report, REPORT_RESOLVED_AI, from_ms, to_ms);
    out->solved = (int64_t)report->count;
    find(report, REPORT_HANDED, from_ms, to_ms);
    out->handed = (int64_t)report->count;
    find(report, REPORT_CREATED, from_ms, to_ms);
    out->created = (int64_t)report->count;
    out->median_ms = median_wait_ms(report);
    keep_after_hours(report);
    out->after_hours = (int64_t)report->count;
    report_free(report);
    return db_error(r->db) ? -1 : 0;
}

/* ---- the tickets behind a number ---- */

/* Digits up to `end`, which is passed over; false: anything else, or too many. */
static bool read_time(const char **at, char end, int64_t *out)
{
    const char *digit = *at;
    for (*out = 0; *digit >= '0' && *digit <= '9' && digit - *at < 15; digit++)
        *out = *out * 10 + (*digit - '0');
    bool good = digit > *at && *digit == end;
    *at = digit + 1;
    return good;
}

static bool read_word(const char *word, enum weekly_list *list, int64_t *from_ms, int64_t *to_ms)
{
    for (int i = 0; word && i < WEEKLY_LISTS; i++) {
        const char *code = weekly_list_code((enum weekly_list)i);
        size_t len = strlen(code);
        if (strncmp(word, code, len) != 0 || word[len] != ':')
            continue;
        const char *at = word + len + 1;
        *list = (enum weekly_list)i;
        return read_time(&at, ':', from_ms) && read_time(&at, '\0', to_ms) && *from_ms < *to_ms
            && *to_ms - *from_ms <= WEEKLY_LONGEST_MS;
    }
    return false;
}

int view_report(struct reader *r, const char *word, int limit, struct arena *a,
                struct list_page *out)
{
    static const enum report_kind kinds[WEEKLY_LISTS] = {
        [WEEKLY_RESOLVED_AI] = REPORT_RESOLVED_AI, [WEEKLY_AFTER_HOURS] = REPORT_CREATED,
        [WEEKLY_HANDED] = REPORT_HANDED,
    };
    int64_t from_ms, to_ms, ids[LIST_MAX];
    enum weekly_list list;
    *out = (struct list_page){ 0 };
    if (!read_word(word, &list, &from_ms, &to_ms))
        return 0;
    struct report *report = report_new(r);
    find(report, kinds[list], from_ms, to_ms);
    if (list == WEEKLY_AFTER_HOURS)
        keep_after_hours(report);
    size_t most = limit < 1 ? 1 : limit > LIST_MAX ? LIST_MAX : (size_t)limit;
    size_t count = report->count < most ? report->count : most;
    for (size_t i = 0; i < count; i++)
        ids[i] = report->rows[i].ticket_id;
    store_list_tickets(r->db, ids, count, a, out);
    out->more = report->count > count;
    report_free(report);
    return db_error(r->db) ? -1 : 0;
}
