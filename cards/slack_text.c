/* Slack's own markup of text: into it for what we show, out of it for what technicians typed. */
#include "cards/slack.h"

#include <string.h>

void slack_escape(struct buf *out, const char *text)
{
    for (size_t plain; *text; text += plain + 1) {
        plain = strcspn(text, "&<>");
        buf_add(out, text, plain);
        if (!text[plain])
            return;
        buf_text(out, text[plain] == '&' ? "&amp;" : text[plain] == '<' ? "&lt;" : "&gt;");
    }
}

/* Appends a piece with its entities undone. */
static void add_plain(struct buf *out, const char *text, size_t len)
{
    static const struct { const char *entity; char c; } entities[] = {
        { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' },
    };
    for (size_t at = 0; at < len;) {
        size_t takes = 1;
        char c = text[at];
        for (size_t i = 0; c == '&' && i < sizeof entities / sizeof *entities; i++) {
            size_t n = strlen(entities[i].entity);
            if (n <= len - at && !memcmp(text + at, entities[i].entity, n)) {
                c = entities[i].c;
                takes = n;
                break;
            }
        }
        buf_char(out, c);
        at += takes;
    }
}

static bool same(const char *a, size_t a_len, const char *b, size_t b_len)
{
    return a_len == b_len && !memcmp(a, b, a_len);
}

/* <url|label>: people must see where it leads, so a label never stands alone. */
static void add_link(struct buf *out, const char *url, size_t url_len, const char *label,
                     size_t label_len)
{
    static const char *const schemes[] = { "mailto:", "tel:", "https://", "http://" };
    const char *bare = url;
    size_t bare_len = url_len;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = strlen(schemes[i]);
        if (url_len <= n || memcmp(url, schemes[i], n) != 0)
            continue;
        bare = url + n;
        bare_len = url_len - n;
        if (i < 2) {               /* an address or a number is read without its scheme */
            url = bare;
            url_len = bare_len;
        }
        break;
    }
    if (!label_len || same(label, label_len, url, url_len)
            || same(label, label_len, bare, bare_len)) {
        add_plain(out, url, url_len);
        return;
    }
    add_plain(out, label, label_len);
    buf_text(out, " (");
    add_plain(out, url, url_len);
    buf_char(out, ')');
}

/* What stands between < and >. */
static void add_reference(struct buf *out, const char *inside, size_t len)
{
    const char *bar = memchr(inside, '|', len);
    size_t id_len = bar ? (size_t)(bar - inside) : len;
    const char *label = bar ? bar + 1 : NULL;
    size_t label_len = bar ? len - id_len - 1 : 0;
    if (!len || *inside == '!')
        return;
    if (*inside != '@' && *inside != '#') {
        add_link(out, inside, id_len, label, label_len);
        return;
    }
    buf_char(out, *inside);
    if (label_len)
        add_plain(out, label, label_len);
    else
        add_plain(out, inside + 1, id_len - 1);
}

void slack_unescape(struct buf *out, const char *text)
{
    while (*text) {
        size_t plain = strcspn(text, "<");
        add_plain(out, text, plain);
        text += plain;
        if (!*text)
            return;
        size_t inside = strcspn(text + 1, "<>");
        if (text[1 + inside] != '>') {     /* no end: it is only a sign */
            buf_char(out, *text++);
            continue;
        }
        add_reference(out, text + 1, inside);
        text += inside + 2;
    }
}
