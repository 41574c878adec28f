#include "bot/kb_file.h"

#include <ctype.h>
#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/agents/language.h"
#include "bot/base/buf.h"
#include "bot/base/text.h"
#include "bot/kb_front.h"

enum { TELLING = 4000, COLUMN_NAME = 60, COLUMNS_MAX = 32, LISTS_MAX = 8, HEADING_BYTES = 4096 };

struct parts {
    struct arena *arena;
    struct kb_passages passages;
    struct buf text, heading;       /* of the section that is being read */
    const char *current;            /* its heading, NULL before the first one */
    const char *first_heading;
    bool in_heading;
    unsigned lists, items[LISTS_MAX];       /* depth, and the next number of ordered ones */
    const char *columns[COLUMNS_MAX];       /* headings of the table that is being read */
    size_t column, cell_from;
};

/* ---- the text ---- */

/* Trimmed copy; NULL when nothing is in it. */
static const char *taken(struct arena *a, struct buf *b)
{
    const char *from = b->data ? b->data : "", *end = from + b->len;
    while (from < end && strchr(" \n", *from))
        from++;
    while (end > from && strchr(" \n", end[-1]))
        end--;
    const char *text = from < end ? arena_copy_n(a, from, (size_t)(end - from)) : NULL;
    buf_reset(b);
    return text;
}

static void end_section(struct parts *p)
{
    const char *text = taken(p->arena, &p->text);
    if (text && !text_is_blank(text))
        kb_passages_add(&p->passages, p->current, text);
}

static void new_line(struct buf *b)
{
    if (b->len && b->data[b->len - 1] != '\n')
        buf_char(b, '\n');
}

/* "- ", or its number in a list that counts, indented in lists of lists. */
static void begin_item(struct parts *p)
{
    unsigned depth = p->lists && p->lists <= LISTS_MAX ? p->lists - 1 : 0;
    new_line(&p->text);
    buf_print(&p->text, "%*s", (int)(2 * depth), "");
    if (p->items[depth])
        buf_print(&p->text, "%u. ", p->items[depth]++);
    else
        buf_text(&p->text, "- ");
}

static void begin_list(struct parts *p, unsigned first)
{
    new_line(&p->text);
    if (p->lists++ < LISTS_MAX)
        p->items[p->lists - 1] = first;
}

static int on_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct parts *p = ctx;
    switch (type) {
    case MD_BLOCK_H:
        end_section(p);
        p->in_heading = true;
        break;
    case MD_BLOCK_UL:
        begin_list(p, 0);
        break;
    case MD_BLOCK_OL:
        begin_list(p, ((const MD_BLOCK_OL_DETAIL *)detail)->start);
        break;
    case MD_BLOCK_LI:
        begin_item(p);
        break;
    case MD_BLOCK_TABLE:
        memset(p->columns, 0, sizeof p->columns);
        break;
    case MD_BLOCK_TR:
        p->column = 0;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        p->cell_from = p->text.len;
        break;
    default:
        break;
    }
    return 0;
}

/* A row reads "Floor: 2, Printer: P-2-14", so that it is understood when it is quoted alone. */
static void end_cell(struct parts *p, bool is_column_heading)
{
    const char *cell = p->text.len > p->cell_from
        ? arena_copy_n(p->arena, p->text.data + p->cell_from, p->text.len - p->cell_from) : "";
    const char *column = p->column < COLUMNS_MAX ? p->columns[p->column] : NULL;
    if (is_column_heading && p->column < COLUMNS_MAX)
        p->columns[p->column] = arena_copy_n(p->arena, cell, text_bytes(cell, COLUMN_NAME));
    p->column++;
    if (p->text.len > p->cell_from) {
        p->text.len = p->cell_from;
        p->text.data[p->text.len] = '\0';
    }
    if (is_column_heading || text_is_blank(cell))
        return;
    if (p->text.len && p->text.data[p->text.len - 1] != '\n')
        buf_text(&p->text, ", ");
    if (column && *column)
        buf_print(&p->text, "%s: ", column);
    buf_text(&p->text, cell);
}

static int on_block_end(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct parts *p = ctx;
    (void)detail;
    switch (type) {
    case MD_BLOCK_H:
        p->in_heading = false;
        p->current = taken(p->arena, &p->heading);
        if (p->current)
            p->current = arena_copy_n(p->arena, p->current, text_bytes(p->current, KB_TITLE_MAX));
        if (!p->first_heading)
            p->first_heading = p->current;
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        p->lists--;
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        end_cell(p, type == MD_BLOCK_TH);
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_CODE:
    case MD_BLOCK_TR:
    case MD_BLOCK_LI:
        new_line(&p->text);
        break;
    default:
        break;
    }
    return p->text.failed || p->passages.too_many ? -1 : 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    (void)type;
    (void)detail;
    (void)ctx;
    return 0;
}

/* "&#39;" and "&#x27;": the character, or false for what is none. */
static bool add_number(struct buf *b, const char *text, size_t len)
{
    char digits[12] = "", out[4];
    if (len < 4 || len > sizeof digits + 2 || text[1] != '#')
        return false;
    bool hex = tolower((unsigned char)text[2]) == 'x';
    memcpy(digits, text + 2 + hex, len - 3 - hex);
    unsigned long code = strtoul(digits, NULL, hex ? 16 : 10);
    if (code < ' ' || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return false;
    buf_add(b, out, text_encode((uint32_t)code, out));
    return true;
}

/* Named entities stay as they are written, but for those that people write often. */
static void add_entity(struct buf *b, const char *text, size_t len)
{
    static const struct { const char *name, *text; } known[] = {
        { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&nbsp;", " " },
        { "&apos;", "'" }, { "&rarr;", "\xe2\x86\x92" }, { "&ndash;", "\xe2\x80\x93" },
        { "&mdash;", "\xe2\x80\x94" }, { "&hellip;", "\xe2\x80\xa6" },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == len && !strncmp(known[i].name, text, len)) {
            buf_text(b, known[i].text);
            return;
        }
    if (!add_number(b, text, len))
        buf_add(b, text, len);
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE len, void *ctx)
{
    struct parts *p = ctx;
    struct buf *b = p->in_heading ? &p->heading : &p->text;
    switch (type) {
    case MD_TEXT_HTML:
    case MD_TEXT_NULLCHAR:
        break;
    case MD_TEXT_BR:
        buf_char(b, '\n');
        break;
    case MD_TEXT_SOFTBR:
        buf_char(b, ' ');
        break;
    case MD_TEXT_ENTITY:
        add_entity(b, text, len);
        break;
    default:
        buf_add(b, text, len);
    }
    return b->failed ? -1 : 0;
}

static int read_text(struct parts *p, const char *markdown)
{
    MD_PARSER parser = { .flags = MD_DIALECT_GITHUB, .enter_block = on_block,
                         .leave_block = on_block_end, .enter_span = on_span, .leave_span = on_span,
                         .text = on_text };
    int failed = md_parse(markdown, (MD_SIZE)strlen(markdown), &parser, p);
    end_section(p);
    kb_passages_end(&p->passages);
    return failed || p->text.failed || p->heading.failed || p->passages.too_many ? -1 : 0;
}

/* ---- the article ---- */

static const char *name_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t len = strcspn(name, ".");
    return arena_copy_n(a, name, len ? len : strlen(name));
}

static const char *whole_text(const struct parts *p)
{
    struct buf all;
    buf_init(&all, 4 * KB_FILE_MAX);
    for (size_t i = 0; i < p->passages.count; i++) {
        const struct kb_passage *passage = &p->passages.items[i];
        if (passage->heading && (!i || passage[-1].heading != passage->heading))
            buf_print(&all, "%s\n", passage->heading);
        buf_print(&all, "%s\n", passage->text);
    }
    const char *text = taken(p->arena, &all);
    buf_clear(&all);
    return text;
}

static const char *told_lang(struct arena *a, const char *title, const char *text)
{
    char lang[8];
    const char *all = arena_print(a, "%s\n%.*s", title, (int)text_bytes(text, TELLING), text);
    language_of(all, "en", NULL, lang);
    return arena_copy(a, strcmp(lang, "und") != 0 ? lang : "en");
}

static int refused(char error[KB_ERROR_MAX], const char *why)
{
    snprintf(error, KB_ERROR_MAX, "%s", why);
    return -1;
}

static int fill(struct parts *p, const char *path, const char *markdown,
                struct kb_article_change *out, char error[KB_ERROR_MAX])
{
    struct kb_front front;
    struct arena *a = p->arena;
    const char *body = kb_front_read(a, markdown, &front);
    if (front.wrong)
        return refused(error, front.wrong);
    if (read_text(p, body))
        return refused(error, "too much text, or a heading like a page; split it");
    if (!p->passages.count)
        return refused(error, "there is no text in it");
    const char *title = front.title ? front.title : p->first_heading;
    title = title ? title : name_of(a, path);
    size_t bytes = p->passages.count * sizeof(struct kb_passage);
    struct kb_passage *passages = memcpy(arena_alloc(a, bytes), p->passages.items, bytes);
    *out = (struct kb_article_change){
        .path = arena_copy(a, path), .url = front.url, .text = whole_text(p),
        .title = arena_copy_n(a, title, text_bytes(title, KB_TITLE_MAX)),
        .passages = passages, .passage_count = p->passages.count };
    out->lang = front.lang ? front.lang : told_lang(a, out->title, out->text);
    return 0;
}

int kb_file_parse(const char *path, const char *markdown, size_t len, struct arena *a,
                  struct kb_article_change *out, char error[KB_ERROR_MAX])
{
    if (len > KB_FILE_MAX)
        return refused(error, "it is larger than 512 KB; split it");
    if (!text_is_valid(markdown, len))
        return refused(error, "it is not UTF-8 text");
    if (!strncmp(markdown, "\xef\xbb\xbf", 3))
        markdown += 3;
    struct parts *p = arena_alloc(a, sizeof *p);
    p->arena = p->passages.arena = a;
    buf_init(&p->text, 2 * KB_FILE_MAX);
    buf_init(&p->heading, HEADING_BYTES);
    int result = fill(p, path, markdown, out, error);
    buf_clear(&p->text);
    buf_clear(&p->heading);
    return result;
}
