/* Text of people as Teams may show it. What is stripped here could hide or turn other words around,
 * name people or be filled in by a client; everything else stays as it was written. */
#include <string.h>
#include <strings.h>

#include "bot/base/text.h"
#include "cards/teams.h"

struct cleaning {
    struct buf *out;
    size_t start;                  /* where our text begins in it */
    size_t points, lines;          /* used */
    size_t breaks;                 /* line feeds read, not yet written */
};

static bool is_hidden(uint32_t c)
{
    static const struct { uint32_t first, last; } ranges[] = {
        { 0x00, 0x1f }, { 0x7f, 0x9f }, { 0x61c, 0x61c }, { 0x180e, 0x180e },
        { 0x200b, 0x200f }, { 0x202a, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff },
        { 0xfff9, 0xfffb }, { 0xe0000, 0xe007f },
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return true;
    return false;
}

/* What a reader sees of a code point: itself, a space, a line feed, or 0 for nothing. */
static uint32_t shown(uint32_t c, bool one_line)
{
    if (c == '\n' || c == 0x2028 || c == 0x2029 || c == 0x85)
        return one_line ? ' ' : '\n';
    if (c == '\t')
        return ' ';
    return is_hidden(c) ? 0 : c;
}

static void drop_from(struct cleaning *c, char *at)
{
    c->points -= text_length(at);
    c->out->len = (size_t)(at - c->out->data);
    *at = '\0';
}

static bool is_at_mark(const char *mark)       /* "<at>", "</at>", "<AT id='0'>"; it ends in '>' */
{
    mark += mark[1] == '/' ? 2 : 1;
    return !strncasecmp(mark, "at", 2) && strchr(" \n/>", mark[2]);
}

/* Looks back at what was written, not at the input: so marks that only come together when another
 * one between them is gone are found, too. */
static void undo_marks(struct cleaning *c)
{
    char *text = c->out->data + c->start, *end = c->out->data + c->out->len;
    if (end[-1] == '>') {
        char *mark = strrchr(text, '<');
        if (mark && is_at_mark(mark))
            drop_from(c, mark);
    } else if (end[-1] == '(' && end - text >= 7
               && (!strncasecmp(end - 7, "{{DATE(", 7) || !strncasecmp(end - 7, "{{TIME(", 7))) {
        end[-1] = ' ';             /* clients fill in such dates, in TextRuns, too */
        buf_char(c->out, '(');
        c->points++;
    }
}

/* false: this one is over a limit. */
static bool put(struct cleaning *c, uint32_t point, size_t points, size_t lines)
{
    char bytes[4];
    if (c->breaks && c->out->len > c->start) {
        size_t wanted = c->breaks > 2 ? 2 : c->breaks;
        if (c->lines + wanted > lines - 1 || c->points + wanted >= points)
            return false;
        buf_add(c->out, "\n\n", wanted);
        c->lines += wanted;
        c->points += wanted;
    }
    c->breaks = 0;
    if (c->points >= points)
        return false;
    c->points++;
    buf_add(c->out, bytes, text_encode(point, bytes));
    if ((point == '>' || point == '(') && !c->out->failed)
        undo_marks(c);
    return true;
}

int teams_clean(const char *text, size_t points, size_t lines, struct buf *out)
{
    struct cleaning c = { .out = out, .start = out->len };
    bool one_line = lines == 1, complete = true;
    for (uint32_t point; complete && text && (point = text_next(&text));) {
        uint32_t s = shown(point, one_line);
        bool begins = out->len == c.start || c.breaks;
        if (s == '\n')
            c.breaks++;
        else if (s && !(s == ' ' && one_line && (begins || out->data[out->len - 1] == ' ')))
            complete = put(&c, s, points, lines);
    }
    if (!complete)
        buf_text(out, "\xe2\x80\xa6");
    return out->failed ? -1 : 0;
}
