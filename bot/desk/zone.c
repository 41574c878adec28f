#include "bot/desk/zone.h"

#include <string.h>

enum {
    HEADER_BYTES = 44, TRANSITIONS_MAX = 2000, TYPES_MAX = 256, OFFSET_MAX_S = 26 * 3600,
    RULE_TIME_MAX_H = 167
};

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

enum rule_kind { RULE_JULIAN /* 1..365, no 29 February */, RULE_DAY /* 0..365 */, RULE_WEEKDAY };

struct rule {                       /* when in a year the clocks change */
    enum rule_kind kind;
    int month, week, day;
    int32_t time_s;                 /* local time of the change */
};

struct zone {
    const int64_t *at_s;            /* rising */
    const int32_t *offset_s;        /* from at_s[i] on */
    size_t count;
    int32_t first_offset_s;         /* before all of them */
    bool has_footer, has_summer;
    int32_t standard_s, summer_s;   /* after all of them, by the footer */
    struct rule to_summer, to_standard;
};

/* ---- dates ---- */

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days before a year, counted from 1970: whole years and their leap days. */
static int64_t year_start(int64_t year)
{
    int64_t y = year - 1;
    return year * 365 + floor_div(y, 4) - floor_div(y, 100) + floor_div(y, 400) - 719527;
}

static int month_start(int month, bool leap)
{
    static const int days[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365 };
    return days[month - 1] + (leap && month > 2);
}

int64_t date_to_days(int year, int month, int day)
{
    return year_start(year) + month_start(month, is_leap(year)) + day - 1;
}

static int64_t year_of(int64_t days)
{
    int64_t year = 1970 + floor_div(days * 400, 146097);
    while (year_start(year) > days)
        year--;
    while (year_start(year + 1) <= days)
        year++;
    return year;
}

void date_from_days(int64_t days, int *year, int *month, int *day)
{
    *year = (int)year_of(days);
    int rest = (int)(days - year_start(*year));
    bool leap = is_leap(*year);
    *month = 1;
    while (*month < 12 && month_start(*month + 1, leap) <= rest)
        ++*month;
    *day = rest - month_start(*month, leap) + 1;
}

bool date_is_valid(int year, int month, int day)
{
    if (month < 1 || month > 12 || day < 1)
        return false;
    bool leap = is_leap(year);
    int last = month == 2 ? 28 + leap : month_start(month + 1, leap) - month_start(month, leap);
    return day <= last;
}

int date_weekday(int64_t days)
{
    return (int)(((days + 3) % 7 + 7) % 7);
}

/* ---- the footer: a rule like CET-1CEST,M3.5.0,M10.5.0/3 ---- */

static bool read_number(const char **at, int max, int *out)
{
    int value = 0;
    const char *start = *at;
    while (**at >= '0' && **at <= '9' && *at - start < 4)
        value = value * 10 + *(*at)++ - '0';
    *out = value;
    return *at > start && value <= max;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool read_time(const char **at, int hours_max, int32_t *out)
{
    int part[3] = { 0, 0, 0 };
    int sign = **at == '-' ? -1 : 1;
    if (**at == '-' || **at == '+')
        ++*at;
    if (!read_number(at, hours_max, &part[0]))
        return false;
    for (int i = 1; i < 3 && **at == ':'; i++) {
        ++*at;
        if (!read_number(at, 59, &part[i]))
            return false;
    }
    *out = sign * (part[0] * 3600 + part[1] * 60 + part[2]);
    return true;
}

static bool read_name(const char **at)
{
    const char *start = *at;
    if (**at == '<') {
        *at += strcspn(*at, ">");
        return *(*at)++ == '>';
    }
    *at += strspn(*at, LETTERS);
    return *at - start >= 3;
}

static bool read_rule(const char **at, struct rule *rule)
{
    bool good;
    *rule = (struct rule){ .kind = RULE_DAY, .time_s = 2 * 3600 };
    if (**at == 'M') {
        rule->kind = RULE_WEEKDAY;
        ++*at;
        good = read_number(at, 12, &rule->month) && rule->month >= 1 && *(*at)++ == '.'
               && read_number(at, 5, &rule->week) && rule->week >= 1 && *(*at)++ == '.'
               && read_number(at, 6, &rule->day);
    } else if (**at == 'J') {
        rule->kind = RULE_JULIAN;
        ++*at;
        good = read_number(at, 365, &rule->day) && rule->day >= 1;
    } else {
        good = read_number(at, 365, &rule->day);
    }
    if (good && **at == '/') {
        ++*at;
        good = read_time(at, RULE_TIME_MAX_H, &rule->time_s);
    }
    return good;
}

static bool read_footer(const char *text, struct zone *z)
{
    const char *at = text;
    int32_t west_s;
    if (!read_name(&at) || !read_time(&at, 24, &west_s))
        return false;
    z->standard_s = -west_s;
    z->has_footer = true;
    if (!*at)
        return true;
    if (!read_name(&at))
        return false;
    z->summer_s = z->standard_s + 3600;
    if (*at && *at != ',') {
        if (!read_time(&at, 24, &west_s))
            return false;
        z->summer_s = -west_s;
    }
    z->has_summer = true;
    return *at++ == ',' && read_rule(&at, &z->to_summer) && *at++ == ','
           && read_rule(&at, &z->to_standard) && !*at;
}

/* The day of the year, from 0, on which a rule applies. */
static int64_t rule_day(const struct rule *rule, int64_t year)
{
    bool leap = is_leap(year);
    if (rule->kind == RULE_DAY)
        return rule->day;
    if (rule->kind == RULE_JULIAN)
        return rule->day - 1 + (leap && rule->day > 59);
    int first = month_start(rule->month, leap);
    int weekday = (date_weekday(year_start(year) + first) + 1) % 7;     /* 0 = Sunday here */
    int day = first + (rule->day - weekday + 7) % 7 + (rule->week - 1) * 7;
    int end = rule->month == 12 ? 365 + leap : month_start(rule->month + 1, leap);
    return day >= end ? day - 7 : day;
}

static int64_t rule_instant_s(const struct rule *rule, int64_t year, int32_t offset_before_s)
{
    return (year_start(year) + rule_day(rule, year)) * DAY_S + rule->time_s - offset_before_s;
}

/* Looks at the changes of three years around the instant. Where two fall together (summer time all
 * the year is written so) the one to summer time wins: it is looked at last. */
static int32_t footer_offset_s(const struct zone *z, int64_t at_s, int64_t *until_s)
{
    if (!z->has_summer)
        return z->standard_s;
    int64_t year = year_of(floor_div(at_s, DAY_S)), before = INT64_MIN;
    int32_t offset = z->standard_s;
    for (int64_t y = year - 1; y <= year + 1; y++) {
        int64_t change[2] = { rule_instant_s(&z->to_standard, y, z->summer_s),
                              rule_instant_s(&z->to_summer, y, z->standard_s) };
        for (int i = 0; i < 2; i++) {
            if (change[i] > at_s && change[i] < *until_s)
                *until_s = change[i];
            if (change[i] <= at_s && change[i] >= before) {
                before = change[i];
                offset = i ? z->summer_s : z->standard_s;
            }
        }
    }
    return offset;
}

/* ---- the file ---- */

struct reader {
    const unsigned char *at;
    size_t left;
};

static const unsigned char *take(struct reader *r, size_t len)
{
    if (len > r->left)
        return NULL;
    const unsigned char *at = r->at;
    r->at += len;
    r->left -= len;
    return at;
}

static uint32_t big32(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int64_t big_time(const unsigned char *b, size_t size)
{
    return size == 4 ? (int32_t)big32(b) : (int64_t)((uint64_t)big32(b) << 32 | big32(b + 4));
}

struct header { uint32_t ut, standard, leaps, times, types, names; unsigned char version; };

static bool read_header(struct reader *r, struct header *h)
{
    const unsigned char *b = take(r, HEADER_BYTES);
    if (!b || memcmp(b, "TZif", 4) != 0)
        return false;
    *h = (struct header){ big32(b + 20), big32(b + 24), big32(b + 28), big32(b + 32), big32(b + 36),
                          big32(b + 40), b[4] };
    return h->leaps == 0 && h->times <= TRANSITIONS_MAX && h->types >= 1 && h->types <= TYPES_MAX
           && h->names <= ZONE_FILE_MAX && h->ut <= TYPES_MAX && h->standard <= TYPES_MAX;
}

static bool read_types(const unsigned char *types, uint32_t count, int32_t offset[TYPES_MAX])
{
    for (uint32_t i = 0; i < count; i++) {
        offset[i] = (int32_t)big32(types + i * 6);
        if (offset[i] < -OFFSET_MAX_S || offset[i] > OFFSET_MAX_S)
            return false;
    }
    return true;
}

static bool read_data(struct reader *r, const struct header *h, size_t size, struct zone *z,
                      struct arena *arena)
{
    const unsigned char *times = take(r, h->times * size), *index = take(r, h->times);
    const unsigned char *types = take(r, h->types * 6);
    int32_t offset[TYPES_MAX];
    if (!times || !index || !types || !take(r, h->names + h->standard + h->ut)
        || !read_types(types, h->types, offset))
        return false;
    int64_t *at_s = arena_alloc(arena, h->times * sizeof *at_s);
    int32_t *offset_s = arena_alloc(arena, h->times * sizeof *offset_s);
    for (uint32_t i = 0; i < h->times; i++) {
        at_s[i] = big_time(times + i * size, size);
        if (index[i] >= h->types || (i && at_s[i] <= at_s[i - 1]))
            return false;
        offset_s[i] = offset[index[i]];
    }
    z->at_s = at_s;
    z->offset_s = offset_s;
    z->count = h->times;
    z->first_offset_s = offset[0];
    return true;
}

/* "\n" RULE "\n" behind the data of version 2 and later; the rule may be empty. */
static bool take_footer(struct reader *r, struct zone *z)
{
    char text[128];
    const unsigned char *newline = take(r, 1);
    if (!newline || *newline != '\n')
        return false;
    const unsigned char *end = memchr(r->at, '\n', r->left);
    size_t len = end ? (size_t)(end - r->at) : sizeof text;
    if (len >= sizeof text || memchr(r->at, '\0', len))
        return false;
    memcpy(text, r->at, len);
    text[len] = '\0';
    return len == 0 || read_footer(text, z);
}

const struct zone *zone_parse(const void *bytes, size_t len, struct arena *arena)
{
    struct reader r = { bytes, len };
    struct header h;
    struct zone z = { 0 };
    if (!bytes || len > ZONE_FILE_MAX || !read_header(&r, &h))
        return NULL;
    if (h.version < '2') {
        if (!read_data(&r, &h, 4, &z, arena))
            return NULL;
    } else if (!take(&r, h.times * 5 + h.types * 6 + h.names + h.standard + h.ut)
               || !read_header(&r, &h) || !read_data(&r, &h, 8, &z, arena)
               || !take_footer(&r, &z)) {
        return NULL;
    }
    struct zone *zone = arena_alloc(arena, sizeof *zone);
    *zone = z;
    return zone;
}

/* ---- questions ---- */

bool zone_name_is_valid(const char *name)
{
    size_t len = strlen(name);
    return len >= 1 && len <= ZONE_NAME_MAX && *name != '/' && name[len - 1] != '/'
           && !strstr(name, "//")
           && strspn(name, LETTERS "0123456789_+-/") == len;
}

/* How many transitions are at or before the instant. */
static size_t passed(const struct zone *z, int64_t at_s)
{
    size_t low = 0, high = z->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (z->at_s[middle] <= at_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int32_t zone_offset_s(const struct zone *zone, int64_t at_s, int64_t *until_s)
{
    int64_t until = INT64_MAX;
    int32_t offset = 0;
    if (zone) {
        size_t i = passed(zone, at_s);
        if (i < zone->count)
            until = zone->at_s[i];
        if (i == zone->count && zone->has_footer)
            offset = footer_offset_s(zone, at_s, &until);
        else
            offset = i ? zone->offset_s[i - 1] : zone->first_offset_s;
    }
    if (until_s)
        *until_s = until;
    return offset;
}

int64_t zone_instant_s(const struct zone *zone, int64_t local_s)
{
    int32_t before = zone_offset_s(zone, local_s - DAY_S, NULL);
    int32_t after = zone_offset_s(zone, local_s + DAY_S, NULL);
    if (zone_offset_s(zone, local_s - before, NULL) == before)
        return local_s - before;
    if (zone_offset_s(zone, local_s - after, NULL) == after)
        return local_s - after;
    int64_t skip;
    zone_offset_s(zone, local_s - (after > before ? after : before), &skip);
    return skip;
}
