/* What a person typed, as plain text: from rich_text blocks, which lose nothing, or from Slack's
 * markup. Blocks are walked level by level, without recursion: Slack nests them no deeper. */
#include "adapters/slack/envelope_private.h"

#include <string.h>

#include "bot/base/buf.h"
#include "bot/base/text.h"
#include "cards/slack.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

struct talk {
    struct envelope *e;
    struct buf out;
    const char *addressed;             /* user whom the text begins by mentioning */
    size_t rest;                       /* where the text behind that mention begins */
};

static const char *member(const json_t *element, const char *name)
{
    const char *text = json_string_value(json_object_get(element, name));
    return text ? text : "";
}

static bool is_type(const json_t *element, const char *type)
{
    return !strcmp(member(element, "type"), type);
}

static struct talk talk_new(struct envelope *e)
{
    struct talk t = { .e = e };
    buf_init(&t.out, SLACK_TEXT_MAX);
    return t;
}

/* Trailing space is nobody's words; the leading one may be code. */
static struct envelope_words talk_end(struct talk *t)
{
    size_t len = t->out.len;
    while (len && strchr(" \n\t", t->out.data[len - 1]))
        len--;
    char *text = arena_copy_n(t->e->a, len ? t->out.data : "", len);
    buf_clear(&t->out);
    const char *rest = text + (t->rest < len ? t->rest : len);
    return (struct envelope_words){ text, t->addressed,
                                    t->addressed ? rest + strspn(rest, " \n\t:,") : text };
}

/* ---- mentions and links ---- */

static void mention(struct talk *t, const char *user_id)
{
    const struct slack_names *names = t->e->names;
    const char *name = names ? names->name(names->ctx, user_id) : NULL;
    bool first = !t->addressed && t->out.len < 16 && (!t->out.len || text_is_blank(t->out.data));
    buf_print(&t->out, "@%s", name ? name : user_id);
    if (first) {
        t->addressed = arena_copy(t->e->a, user_id);
        t->rest = t->out.len;
    }
}

/* A link shows where it leads, unless its label says just that. */
static void link_to(struct talk *t, const char *url, const char *label)
{
    const char *address = !strncmp(url, "mailto:", 7) || !strncmp(url, "tel:", 4)
                              ? strchr(url, ':') + 1 : url;
    const char *scheme = strstr(url, "://");
    if (!*label || !strcmp(label, address) || (scheme && !strcmp(label, scheme + 3)))
        buf_text(&t->out, address);
    else
        buf_print(&t->out, "%s (%s)", label, address);
}

/* ---- rich_text ---- */

static void put_text(struct talk *t, const json_t *x) { buf_text(&t->out, member(x, "text")); }
static void put_user(struct talk *t, const json_t *x) { mention(t, member(x, "user_id")); }
static void put_link(struct talk *t, const json_t *x)
{
    link_to(t, member(x, "url"), member(x, "text"));
}
static void put_channel(struct talk *t, const json_t *x)
{
    buf_print(&t->out, "#%s", member(x, "channel_id"));
}
static void put_group(struct talk *t, const json_t *x)
{
    buf_print(&t->out, "@%s", member(x, "usergroup_id"));
}
static void put_emoji(struct talk *t, const json_t *x)
{
    buf_print(&t->out, ":%s:", member(x, "name"));
}
static void put_date(struct talk *t, const json_t *x) { buf_text(&t->out, member(x, "fallback")); }
static void put_color(struct talk *t, const json_t *x) { buf_text(&t->out, member(x, "value")); }

/* What is in no row (broadcast, and what Slack invents later) is dropped. */
static const struct {
    const char *type;
    void (*put)(struct talk *t, const json_t *x);
} inlines[] = {
    { "text", put_text }, { "link", put_link }, { "user", put_user }, { "emoji", put_emoji },
    { "channel", put_channel }, { "usergroup", put_group }, { "date", put_date },
    { "color", put_color },
};

static void put_inlines(struct talk *t, const json_t *section)
{
    size_t i;
    const json_t *x;
    json_array_foreach(json_object_get(section, "elements"), i, x)
        for (size_t k = 0; k < COUNT(inlines); k++)
            if (is_type(x, inlines[k].type))
                inlines[k].put(t, x);
}

static void new_line(struct talk *t)
{
    if (t->out.len && t->out.data[t->out.len - 1] != '\n')
        buf_char(&t->out, '\n');
}

static void put_list(struct talk *t, const json_t *list)
{
    int indent = (int)envelope_number(list, "indent", 8) * 2;
    long long number = envelope_number(list, "offset", 100000);
    bool ordered = !strcmp(member(list, "style"), "ordered");
    size_t i;
    const json_t *item;
    json_array_foreach(json_object_get(list, "elements"), i, item) {
        new_line(t);
        if (ordered)
            buf_print(&t->out, "%*s%lld. ", indent, "", ++number);
        else
            buf_print(&t->out, "%*s- ", indent, "");
        put_inlines(t, item);
    }
    new_line(t);
}

static void put_quote(struct talk *t, const json_t *quote)
{
    struct talk inner = talk_new(t->e);
    inner.addressed = "";              /* a quoted mention calls nobody */
    put_inlines(&inner, quote);
    new_line(t);
    for (const char *line = inner.out.len ? inner.out.data : ""; *line;) {
        size_t len = strcspn(line, "\n");
        buf_print(&t->out, "> %.*s\n", (int)len, line);
        line += len + (line[len] == '\n');
    }
    buf_clear(&inner.out);
}

static void put_element(struct talk *t, const json_t *x)
{
    if (is_type(x, "rich_text_list")) {
        put_list(t, x);
    } else if (is_type(x, "rich_text_quote")) {
        put_quote(t, x);
    } else if (is_type(x, "rich_text_preformatted")) {
        new_line(t);
        put_inlines(t, x);
        new_line(t);
    } else if (is_type(x, "rich_text_section")) {
        put_inlines(t, x);
    }
}

static void put_rich(struct talk *t, const json_t *rich)
{
    size_t i;
    const json_t *x;
    new_line(t);
    json_array_foreach(json_object_get(rich, "elements"), i, x)
        put_element(t, x);
}

const char *envelope_rich(struct envelope *e, const json_t *rich)
{
    struct talk t = talk_new(e);
    put_rich(&t, rich);
    return talk_end(&t).text;
}

/* ---- Slack's markup ---- */

/* Behind the mention "<@U1>" or "<@U1|sara>" at `at`; two signs further if it is none. */
static const char *put_mention(struct talk *t, const char *at)
{
    size_t len = strcspn(at + 2, "<>"), id_len = strcspn(at + 2, "|<>");
    if (at[2 + len] != '>') {
        buf_text(&t->out, "<@");
        return at + 2;
    }
    mention(t, arena_copy_n(t->e->a, at + 2, id_len));
    return at + 2 + len + 1;
}

struct envelope_words envelope_markup(struct envelope *e, const char *text)
{
    struct talk t = talk_new(e);
    while (*text) {
        const char *at = strstr(text, "<@");
        size_t len = at ? (size_t)(at - text) : strlen(text);
        slack_unescape(&t.out, arena_copy_n(e->a, text, len));
        text = at ? put_mention(&t, at) : text + len;
    }
    return talk_end(&t);
}

struct envelope_words envelope_words(struct envelope *e, const json_t *message)
{
    struct talk t = talk_new(e);
    size_t i;
    const json_t *block;
    json_array_foreach(json_object_get(message, "blocks"), i, block)
        if (is_type(block, "rich_text"))
            put_rich(&t, block);
    struct envelope_words words = talk_end(&t);
    return *words.text ? words : envelope_markup(e, member(message, "text"));
}
