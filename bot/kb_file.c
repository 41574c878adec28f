#include "bot/kb_file.h"

#include <md4c.h>
#include <stdio.h>
#include <string.h>

#include "bot/base/buf.h"
#include "bot/base/text.h"

struct parts {
    struct arena *arena;
    struct kb_passage passages[KB_PASSAGES_MAX];
    size_t count;
    struct buf text, heading;       /* of the passage that is being read */
    const char *current;            /* its heading, NULL before the first one */
    const char *first_heading;
    bool in_heading, too_many;
    unsigned depth;                 /* of lists */
};

/* ---- the lines before the text ---- */

struct front { const char *title, *lang, *url; };

static const char *value_of(struct arena *a, const char *line, size_t len, const char *name)
{
    size_t name_len = strlen(name);
    if (len <= name_len || strncmp(line, name, name_len) != 0 || line[name_len] != ':')
        return NULL;
    const char *from = line + name_len + 1, *end = line + len;
    while (from < end && (*from == ' ' || *from == '\t'))
        from++;
    while (end > from && strchr(" \t\r", end[-1]))
        end--;
    if (end - from >= 2 && (*from == '"' || *from == '\'') && end[-1] == *from)
        from++, end--;
    return from < end ? arena_copy_n(a, from, (size_t)(end - from)) : NULL;
}

static void front_line(struct arena *a, const char *line, size_t len, struct front *out)
{
    const char *value;
    if ((value = value_of(a, line, len, "title")))
        out->title = value;
    else if ((value = value_of(a, line, len, "lang")) ||
             (value = value_of(a, line, len, "language")))
        out->lang = value;
    else if ((value = value_of(a, line, len, "url")))
        out->url = value;
}

static bool is_rule(const char *line, size_t len)
{
    return (len == 3 || (len == 4 && line[3] == '\r')) && !strncmp(line, "---", 3);
}

/* Where the text begins: behind the second "---", or at the start when there is no such pair. */
static const char *read_front(struct arena *a, const char *markdown, struct front *out)
{
    const char *at = markdown;
    size_t len = strcspn(at, "\n");
    struct front found = { 0 };
    if (!is_rule(at, len) || !at[len])
        return markdown;
    for (at += len + 1; *at; at += len + (at[len] == '\n')) {
        len = strcspn(at, "\n");
        if (is_rule(at, len)) {
            *out = found;
            return at + len + (at[len] == '\n');
        }
        front_line(a, at, len, &found);
    }
    return markdown;
}

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

static void end_passage(struct parts *p)
{
    const char *text = taken(p->arena, &p->text);
    if (!text || text_is_blank(text))
        return;
    p->too_many |= p->count == KB_PASSAGES_MAX;
    if (!p->too_many)
        p->passages[p->count++] = (struct kb_passage){ p->current, text };
}

static void new_line(struct buf *b)
{
    if (b->len && b->data[b->len - 1] != '\n')
        buf_char(b, '\n');
}

static int on_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct parts *p = ctx;
    (void)detail;
    if (type == MD_BLOCK_H) {
        end_passage(p);
        p->in_heading = true;
    } else if (type == MD_BLOCK_LI) {
        new_line(&p->text);
        buf_text(&p->text, "- ");
    } else if ((type == MD_BLOCK_TD || type == MD_BLOCK_TH) && p->text.len &&
               p->text.data[p->text.len - 1] != '\n') {
        buf_text(&p->text, ", ");
    }
    return 0;
}

static int on_block_end(MD_BLOCKTYPE type, void *detail, void *ctx)
{
    struct parts *p = ctx;
    (void)detail;
    if (type == MD_BLOCK_H) {
        p->in_heading = false;
        p->current = taken(p->arena, &p->heading);
        if (!p->first_heading)
            p->first_heading = p->current;
    } else if (type == MD_BLOCK_P || type == MD_BLOCK_CODE || type == MD_BLOCK_TR ||
               type == MD_BLOCK_LI) {
        new_line(&p->text);
    }
    return 0;
}

static int on_span(MD_SPANTYPE type, void *detail, void *ctx)
{
    (void)type;
    (void)detail;
    (void)ctx;
    return 0;
}

/* Named entities stay as they are written, but for those that people write often. */
static void add_entity(struct buf *b, const char *text, size_t len)
{
    static const struct { const char *name, *text; } known[] = {
        { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" }, { "&nbsp;", " " },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].name) == len && !strncmp(known[i].name, text, len)) {
            buf_text(b, known[i].text);
            return;
        }
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
    end_passage(p);
    return failed || p->text.failed || p->heading.failed ? -1 : 0;
}

static const char *name_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    return arena_copy_n(a, name, strcspn(name, "."));
}

static const char *whole_text(const struct parts *p)
{
    struct buf all;
    buf_init(&all, 2 * KB_FILE_MAX);
    for (size_t i = 0; i < p->count; i++) {
        if (p->passages[i].heading)
            buf_print(&all, "%s\n", p->passages[i].heading);
        buf_print(&all, "%s\n", p->passages[i].text);
    }
    const char *text = taken(p->arena, &all);
    buf_clear(&all);
    return text;
}

static int fill(struct parts *p, const char *path, const char *markdown,
                struct kb_article_change *out, char error[KB_ERROR_MAX])
{
    struct front front = { 0 };
    const char *body = read_front(p->arena, markdown, &front);
    if (read_text(p, body) || p->too_many) {
        snprintf(error, KB_ERROR_MAX, "more than %d headings, or too much text; split it",
                 KB_PASSAGES_MAX);
        return -1;
    }
    if (!p->count) {
        snprintf(error, KB_ERROR_MAX, "there is no text in it");
        return -1;
    }
    const char *title = front.title ? front.title : p->first_heading;
    struct kb_passage *passages = arena_alloc(p->arena, p->count * sizeof *passages);
    memcpy(passages, p->passages, p->count * sizeof *passages);
    *out = (struct kb_article_change){
        .path = arena_copy(p->arena, path), .title = title ? title : name_of(p->arena, path),
        .lang = front.lang, .url = front.url, .text = whole_text(p), .passages = passages,
        .passage_count = p->count };
    return 0;
}

int kb_file_parse(const char *path, const char *markdown, size_t len, struct arena *a,
                  struct kb_article_change *out, char error[KB_ERROR_MAX])
{
    if (len > KB_FILE_MAX || !text_is_valid(markdown, len)) {
        snprintf(error, KB_ERROR_MAX, "it is not UTF-8 text of at most %d bytes", KB_FILE_MAX);
        return -1;
    }
    if (!strncmp(markdown, "\xef\xbb\xbf", 3))
        markdown += 3;
    struct parts *p = arena_alloc(a, sizeof *p);
    p->arena = a;
    buf_init(&p->text, KB_FILE_MAX);
    buf_init(&p->heading, 4096);
    int result = fill(p, path, markdown, out, error);
    buf_clear(&p->text);
    buf_clear(&p->heading);
    return result;
}
