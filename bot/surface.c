#include "bot/surface.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "bot/base/log.h"
#include "bot/base/metric.h"

static struct surface *row_of(struct surfaces *s, const char *name)
{
    size_t i = 0;
    while (i < s->count && strcmp(s->rows[i].name, name) != 0)
        i++;
    assert(i < SURFACES_MAX);
    if (i == s->count)
        s->rows[s->count++] = (struct surface){ .name = name, .text = "Not connected yet." };
    return &s->rows[i];
}

static void count_up(const struct surfaces *s)
{
    static const struct { const char *name; enum metric metric; } gauges[] = {
        { "slack", METRIC_SLACK_UP }, { "teams", METRIC_TEAMS_UP },
    };
    int down = 0;
    for (size_t i = 0; i < s->count; i++) {
        down += !s->rows[i].well;
        for (size_t k = 0; k < sizeof gauges / sizeof *gauges; k++)
            if (!strcmp(gauges[k].name, s->rows[i].name))
                metric_set(gauges[k].metric, s->rows[i].well);
    }
    metric_set(METRIC_SURFACES_DOWN, down);
}

static void say(const struct surface *row)
{
    if (row->well)
        log_info("surface is well", "surface=%s", row->name);
    else
        log_warn("surface is not well", "surface=%s why=\"%s\"", row->name, row->text);
}

/* But for numbers: seconds that pass are no news, and would be read out again and again. */
static bool say_the_same(const char *a, const char *b)
{
    static const char digits[] = "0123456789";
    for (;; a++, b++) {
        a += strspn(a, digits);
        b += strspn(b, digits);
        if (*a != *b || !*a)
            return *a == *b;
    }
}

bool surface_note(struct surfaces *s, const char *name, bool well, const char *text)
{
    struct surface *row = row_of(s, name);
    char clean[SURFACE_TEXT], note[SURFACE_TEXT];
    bool turned = !row->looked || well != row->well;
    log_clean(well ? "" : text, clean, sizeof clean);
    log_clean(well ? text : "", note, sizeof note);
    if (turned && !well && !row->doubted) {
        row->doubted = true;
        return false;
    }
    bool changed = turned || !say_the_same(row->text, clean);
    row->doubted = false;
    row->looked = true;
    row->well = well;
    memcpy(row->text, clean, sizeof clean);
    memcpy(row->note, note, sizeof note);
    if (turned)
        say(row);
    count_up(s);
    return changed;
}

int64_t surface_next_ms(const struct surfaces *s)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->rows[i].doubted)
            return SURFACE_DOUBT_MS;
    return SURFACE_LOOK_MS;
}

void surface_json(const struct surfaces *s, const char *key, struct json_out *j)
{
    json_out_array(j, key);
    for (size_t i = 0; s && i < s->count; i++) {
        json_out_object(j, NULL);
        json_out_text(j, "name", s->rows[i].name);
        json_out_bool(j, "well", s->rows[i].well);
        json_out_text(j, "text", s->rows[i].text);
        if (*s->rows[i].note)
            json_out_text(j, "note", s->rows[i].note);
        json_out_object_end(j);
    }
    json_out_array_end(j);
}
