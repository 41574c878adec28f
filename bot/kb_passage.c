#include "bot/kb_passage.h"

#include <string.h>

#include "bot/base/text.h"

/* ---- cutting ---- */

static bool ends_line(const char *at) { return *at == '\n'; }

static bool ends_sentence(const char *at)
{
    static const char *const marks[] = { ". ", "! ", "? ", "\xe3\x80\x82" /* the Chinese one */ };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!strncmp(at, marks[i], strlen(marks[i])))
            return true;
    return false;
}

static bool ends_word(const char *at) { return *at == ' '; }

/* The last border behind `least` and at most at `most` bytes: of lines, sentences or words. */
static size_t border(const char *text, size_t least, size_t most)
{
    static bool (*const ends[])(const char *at) = { ends_line, ends_sentence, ends_word };
    for (size_t kind = 0; kind < sizeof ends / sizeof *ends; kind++)
        for (size_t at = most; at > least; at--)
            if (ends[kind](text + at))
                return kind == 1 ? at + text_bytes(text + at, 1) : at;
    return most;
}

static void keep(struct kb_passages *p, const char *heading, const char *text, size_t len)
{
    while (len && strchr(" \n", *text))
        text++, len--;
    while (len && strchr(" \n", text[len - 1]))
        len--;
    p->too_many |= len && p->count == KB_PASSAGES_MAX;
    if (len && !p->too_many)
        p->items[p->count++] = (struct kb_passage){ heading, arena_copy_n(p->arena, text, len) };
}

/* Parts of about the same length, so that no crumb is left at the end. */
static void keep_parts(struct kb_passages *p, const char *heading, const char *text)
{
    size_t letters = text_length(text);
    while (letters > KB_PASSAGE_MOST && !p->too_many) {
        size_t want = letters / (letters / KB_PASSAGE_MOST + 1) + KB_PASSAGE_TINY;
        want = want < KB_PASSAGE_MOST ? want : KB_PASSAGE_MOST;
        size_t most = text_bytes(text, want);
        size_t len = border(text, text_bytes(text, want / 3), most);
        keep(p, heading, text, len);
        letters -= text_length(arena_copy_n(p->arena, text, len));
        text += len;
    }
    keep(p, heading, text, strlen(text));
}

/* ---- joining ---- */

/* "heading: text", as it reads inside another passage. */
static const char *named(struct kb_passages *p, const struct kb_passage *section)
{
    return section->heading ? arena_print(p->arena, "%s: %s", section->heading, section->text)
                            : section->text;
}

/* Joins the section to the one that waits, when one of them is tiny and both fit in one passage. */
static bool joined(struct kb_passages *p, const struct kb_passage *section)
{
    struct kb_passage *w = &p->waiting;
    size_t waiting = text_length(w->text), coming = text_length(section->text);
    if ((waiting >= KB_PASSAGE_TINY && coming >= KB_PASSAGE_TINY) ||
        waiting + coming > KB_PASSAGE_MOST)
        return false;
    if (coming < KB_PASSAGE_TINY) {
        w->text = arena_print(p->arena, "%s\n%s", w->text, named(p, section));
    } else {
        /* A line or two of introduction: the longer section gives the heading. */
        const char *before = p->count ? named(p, w) : w->text;
        *w = (struct kb_passage){ section->heading,
                                  arena_print(p->arena, "%s\n%s", before, section->text) };
    }
    return true;
}

void kb_passages_add(struct kb_passages *p, const char *heading, const char *text)
{
    struct kb_passage section = { heading, text };
    if (p->too_many || (p->waiting.text && joined(p, &section)))
        return;
    kb_passages_end(p);
    p->waiting = section;
}

void kb_passages_end(struct kb_passages *p)
{
    if (p->waiting.text)
        keep_parts(p, p->waiting.heading, p->waiting.text);
    p->waiting = (struct kb_passage){ 0 };
}
