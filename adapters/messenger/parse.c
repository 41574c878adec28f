#include "adapters/messenger/parse.h"

#include <jansson.h>
#include <string.h>

#include "bot/base/text.h"

#define INT_MAX_JSON INT64_C(9007199254740991)
#define COUNT(a) (sizeof (a) / sizeof *(a))
#define TYPE(f) (UINT32_C(1) << FRAME_##f)

enum field_kind {
    FIELD_TEXT,         /* up to max code points */
    FIELD_MESSAGE,      /* the same, but over max it is too large instead of bad */
    FIELD_ID,           /* [A-Za-z0-9_-]{min,max} */
    FIELD_INT           /* min..max */
};

/* Which member of which frame types has which form. The rest (pos, files, a ...) has own
 * functions. */
struct field {
    const char *name;
    uint32_t types, required;
    enum field_kind kind;
    int64_t min, max;
    size_t offset;
};

#define AT(member) offsetof(struct messenger_frame, member)
#define ALL (~(TYPE(HELLO) | TYPE(SEND)))
#define HAS_CONV                                                                                  \
    (TYPE(SYNC) | TYPE(SEEN) | TYPE(TYPING) | TYPE(HUMAN) | TYPE(CSAT) | TYPE(TRANSCRIPT))
#define SAYS_HELLO TYPE(HELLO)

static const struct field fields[] = {
    { "cid", TYPE(SEND), TYPE(SEND), FIELD_ID, 8, FRAME_ID_MAX, AT(cid) },
    { "rid", ALL, 0, FIELD_ID, 1, FRAME_ID_MAX, AT(rid) },
    { "conv", HAS_CONV | TYPE(SEND), HAS_CONV, FIELD_ID, 1, FRAME_CONV_MAX, AT(conv) },
    { "v", SAYS_HELLO, SAYS_HELLO, FIELD_INT, 0, INT_MAX_JSON, AT(v) },
    { "tok", SAYS_HELLO, 0, FIELD_TEXT, 0, FRAME_BYTES_MAX, AT(tok) },
    { "jwt", SAYS_HELLO | TYPE(IDENTIFY), 0, FIELD_TEXT, 0, 4096, AT(jwt) },
    { "lang", SAYS_HELLO, 0, FIELD_TEXT, 0, 35, AT(lang) },
    { "text", TYPE(SEND), TYPE(SEND), FIELD_MESSAGE, 0, FRAME_TEXT_MAX, AT(text) },
    { "text", TYPE(CSAT), 0, FIELD_TEXT, 0, 2000, AT(text) },
    { "after", TYPE(SYNC), TYPE(SYNC), FIELD_INT, 0, INT_MAX_JSON, AT(after) },
    { "limit", TYPE(SYNC), 0, FIELD_INT, 1, FRAME_PAGE_MAX, AT(limit) },
    { "seq", TYPE(SEEN), TYPE(SEEN), FIELD_INT, 0, INT_MAX_JSON, AT(seq) },
    { "name", TYPE(WHO), 0, FIELD_TEXT, 0, 120, AT(name) },
    { "email", TYPE(WHO) | TYPE(IDENTIFY), 0, FIELD_TEXT, 0, 254, AT(email) },
    { "code", TYPE(IDENTIFY), 0, FIELD_TEXT, 0, 64, AT(code) },
    { "v", TYPE(CSAT), TYPE(CSAT), FIELD_INT, 1, 5, AT(v) },
    { "v", TYPE(KBVOTE), TYPE(KBVOTE), FIELD_INT, -1, 1, AT(v) },
    { "id", TYPE(KBVOTE), TYPE(KBVOTE), FIELD_TEXT, 1, 64, AT(id) },
    { "confirm", TYPE(ERASE), TYPE(ERASE), FIELD_TEXT, 0, 64, AT(text) },
    { "n", TYPE(PING) | TYPE(PONG), 0, FIELD_INT, 0, INT_MAX_JSON, AT(n) },
};

#define WORD(id, word) word,
static const char *const words[] = { FRAME_TABLE(WORD) };

const char *frame_word(enum frame_type type)
{
    return type < FRAME_TYPES ? words[type] : "unknown";
}

static bool is_id_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
           || c == '-';
}

static bool is_id(const json_t *value, int64_t min, int64_t max)
{
    if (!json_is_string(value))
        return false;
    const char *text = json_string_value(value);
    size_t len = json_string_length(value);
    for (size_t i = 0; i < len; i++)
        if (!is_id_char(text[i]))
            return false;
    return len >= (size_t)min && len <= (size_t)max;
}

/* Most texts are short: counting code points is needed only near the limit. */
static bool is_longer(const json_t *value, int64_t max)
{
    size_t len = json_string_length(value);
    return len > (size_t)max && (len > (size_t)max * 4
                                 || text_length(json_string_value(value)) > (size_t)max);
}

static const char *copy(struct messenger_frame *f, const json_t *value)
{
    return arena_copy_n(&f->memory, json_string_value(value), json_string_length(value));
}

static void *member(struct messenger_frame *f, const struct field *field)
{
    return (char *)f + field->offset;
}

static enum frame_verdict take_text(struct messenger_frame *f, const struct field *field,
                                    const json_t *value)
{
    if (!json_is_string(value) || json_string_length(value) < (size_t)field->min)
        return FRAME_BAD;
    if (is_longer(value, field->max))
        return field->kind == FIELD_MESSAGE ? FRAME_TOO_LARGE : FRAME_BAD;
    *(const char **)member(f, field) = copy(f, value);
    return FRAME_GOOD;
}

static enum frame_verdict take(struct messenger_frame *f, const struct field *field,
                               const json_t *value)
{
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_MESSAGE:
        return take_text(f, field, value);
    case FIELD_ID:
        if (!is_id(value, field->min, field->max))
            return FRAME_BAD;
        *(const char **)member(f, field) = copy(f, value);
        return FRAME_GOOD;
    case FIELD_INT:
        if (!json_is_integer(value) || json_integer_value(value) < field->min
            || json_integer_value(value) > field->max)
            return FRAME_BAD;
        *(int64_t *)member(f, field) = json_integer_value(value);
        return FRAME_GOOD;
    }
    return FRAME_BAD;
}

/* A bad member outweighs one that is merely too large: the client must not be told to shorten what
 * would be refused anyway. */
static enum frame_verdict take_fields(struct messenger_frame *f, const json_t *object)
{
    enum frame_verdict worst = FRAME_GOOD;
    uint32_t type = UINT32_C(1) << f->type;
    for (size_t i = 0; i < COUNT(fields); i++) {
        if (!(fields[i].types & type))
            continue;
        const json_t *value = json_object_get(object, fields[i].name);
        enum frame_verdict verdict = FRAME_GOOD;
        if (value)
            verdict = take(f, &fields[i], value);
        else if (fields[i].required & type)
            verdict = FRAME_BAD;
        if (verdict == FRAME_BAD)
            return verdict;
        if (verdict != FRAME_GOOD)
            worst = verdict;
    }
    return worst;
}

static bool take_position(struct messenger_frame *f, const json_t *pair)
{
    const json_t *conv = json_array_get(pair, 0), *seq = json_array_get(pair, 1);
    if (!json_is_array(pair) || json_array_size(pair) != 2 || !is_id(conv, 1, FRAME_CONV_MAX)
        || !json_is_integer(seq) || json_integer_value(seq) < 0
        || json_integer_value(seq) > INT_MAX_JSON)
        return false;
    for (size_t i = 0; i < f->pos_count; i++)
        if (!strcmp(f->pos[i].conv, json_string_value(conv)))
            return false;
    f->pos[f->pos_count++] = (struct frame_position){ copy(f, conv), json_integer_value(seq) };
    return true;
}

static bool take_positions(struct messenger_frame *f, const json_t *pos)
{
    if (!pos)
        return true;
    if (!json_is_array(pos) || json_array_size(pos) > FRAME_POSITIONS_MAX)
        return false;
    f->pos = arena_alloc(&f->memory, (json_array_size(pos) + 1) * sizeof *f->pos);
    for (size_t i = 0; i < json_array_size(pos); i++)
        if (!take_position(f, json_array_get(pos, i)))
            return false;
    return true;
}

static bool is_text_or_absent(const json_t *value, int64_t max)
{
    return !value || (json_is_string(value) && !is_longer(value, max));
}

static enum frame_verdict check_hello(struct messenger_frame *f, const json_t *object)
{
    const json_t *page = json_object_get(object, "page");
    if (page && !(json_is_object(page) && is_text_or_absent(json_object_get(page, "url"), 2048)
                  && is_text_or_absent(json_object_get(page, "title"), 200)))
        return FRAME_BAD;
    if (!take_positions(f, json_object_get(object, "pos")))
        return FRAME_BAD;
    return f->v == 1 ? FRAME_GOOD : FRAME_VERSION;
}

static enum frame_verdict check_send(struct messenger_frame *f, const json_t *object)
{
    const json_t *files = json_object_get(object, "files");
    size_t count = json_array_size(files);
    if (files && (!json_is_array(files) || count < 1 || count > FRAME_FILES_MAX))
        return FRAME_BAD;
    for (size_t i = 0; i < count; i++) {
        const json_t *id = json_array_get(files, i);
        if (!is_id(id, 1, FRAME_ID_MAX))
            return FRAME_BAD;
        for (size_t k = 0; k < i; k++)
            if (json_equal(id, json_array_get(files, k)))
                return FRAME_BAD;
    }
    f->file_count = count;
    return count || !text_is_blank(f->text) ? FRAME_GOOD : FRAME_BAD;
}

static bool is_attribute(const char *name, const json_t *value)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < len; i++)
        if (!is_id_char(name[i]) && name[i] != '.')
            return false;
    if (len < 1 || len > 40)
        return false;
    return json_is_number(value) || json_is_boolean(value)
           || (json_is_string(value) && !is_longer(value, 500));
}

static enum frame_verdict check_attrs(struct messenger_frame *f, const json_t *object)
{
    json_t *attrs = json_object_get(object, "a"), *value;
    const char *name;
    if (!json_is_object(attrs) || json_object_size(attrs) > 20)
        return FRAME_BAD;
    json_object_foreach(attrs, name, value)
        if (!is_attribute(name, value))
            return FRAME_BAD;
    size_t size = json_dumpb(attrs, NULL, 0, JSON_COMPACT);
    char *text = arena_alloc(&f->memory, size + 1);
    json_dumpb(attrs, text, size, JSON_COMPACT);
    f->attrs = text;
    return FRAME_GOOD;
}

/* What the table of fields cannot say. */
static enum frame_verdict check_rest(struct messenger_frame *f, const json_t *object)
{
    switch (f->type) {
    case FRAME_HELLO:
        return check_hello(f, object);
    case FRAME_SEND:
        return check_send(f, object);
    case FRAME_ATTRS:
        return check_attrs(f, object);
    case FRAME_WHO:
        return f->name || f->email ? FRAME_GOOD : FRAME_BAD;
    case FRAME_IDENTIFY:
        return !f->jwt + !f->email + !f->code == 2 ? FRAME_GOOD : FRAME_BAD;
    case FRAME_KBVOTE:
        return f->v ? FRAME_GOOD : FRAME_BAD;
    case FRAME_ERASE:
        return strcmp(f->text, "erase") ? FRAME_BAD : FRAME_GOOD;
    case FRAME_PING:
    case FRAME_PONG:
        f->has_n = json_object_get(object, "n") != NULL;
        return FRAME_GOOD;
    default:
        return FRAME_GOOD;
    }
}

static enum frame_type type_of(const char *word)
{
    for (size_t i = 0; i < FRAME_TYPES; i++)
        if (!strcmp(word, words[i]))
            return (enum frame_type)i;
    return FRAME_TYPES;
}

/* A refused frame still echoes the ids that were right. */
static void take_ids(struct messenger_frame *f, const json_t *object)
{
    const json_t *cid = json_object_get(object, "cid"), *rid = json_object_get(object, "rid");
    if (!f->cid && is_id(cid, 8, FRAME_ID_MAX))
        f->cid = copy(f, cid);
    if (!f->rid && is_id(rid, 1, FRAME_ID_MAX))
        f->rid = copy(f, rid);
}

static void take_object(struct messenger_frame *f, const json_t *object)
{
    const json_t *type = json_object_get(object, "t");
    if (!json_is_object(object) || !json_is_string(type))
        return;
    f->type = type_of(json_string_value(type));
    if (f->type == FRAME_TYPES) {
        f->verdict = FRAME_UNKNOWN;
    } else {
        f->verdict = take_fields(f, object);
        if (f->verdict == FRAME_GOOD)
            f->verdict = check_rest(f, object);
    }
    if (f->verdict != FRAME_GOOD)
        take_ids(f, object);
}

/* Depth and the size of the largest object at one depth, before the bytes reach a parser that
 * recurses. Strings are skipped; whether it is JSON at all is not judged here. */
struct extent { int depth; size_t largest; };

static struct extent measure(const char *bytes, size_t len, int measured_depth)
{
    struct extent e = { 0, 0 };
    int depth = 0;
    size_t from = 0;
    for (size_t i = 0; i < len; i++) {
        char c = bytes[i];
        if (c == '"') {
            for (i++; i < len && bytes[i] != '"'; i++)
                i += bytes[i] == '\\';
        } else if (c == '{' || c == '[') {
            if (++depth > e.depth)
                e.depth = depth;
            if (depth == measured_depth)
                from = i;
        } else if (c == '}' || c == ']') {
            if (depth-- == measured_depth && i + 1 - from > e.largest)
                e.largest = i + 1 - from;
        }
    }
    return e;
}

void messenger_parse(const char *bytes, size_t len, struct messenger_frame *out)
{
    *out = (struct messenger_frame){ .verdict = FRAME_BROKEN, .type = FRAME_TYPES };
    if (len > FRAME_BYTES_MAX || measure(bytes, len, 0).depth > FRAME_DEPTH_MAX)
        return;
    json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
    take_object(out, root);
    json_decref(root);
}

void messenger_frame_clear(struct messenger_frame *f)
{
    arena_clear(&f->memory);
    *f = (struct messenger_frame){ .verdict = FRAME_BROKEN, .type = FRAME_TYPES };
}

static bool take_poll_int(const json_t *root, const char *name, int64_t max, int64_t *out)
{
    const json_t *value = json_object_get(root, name);
    if (!value)
        return true;
    *out = json_integer_value(value);
    return json_is_integer(value) && *out >= 0 && *out <= max;
}

static bool take_poll(struct messenger_poll *p, const json_t *root)
{
    const json_t *sid = json_object_get(root, "sid"), *frames = json_object_get(root, "frames");
    if (!json_is_object(root) || (sid && !is_id(sid, 22, FRAME_ID_MAX)))
        return false;
    if (sid)
        p->sid = arena_copy(&p->memory, json_string_value(sid));
    if (!take_poll_int(root, "got", INT_MAX_JSON, &p->got)
        || !take_poll_int(root, "wait", POLL_WAIT_MAX_MS, &p->wait_ms)
        || (frames && !json_is_array(frames)) || json_array_size(frames) > POLL_FRAMES_MAX)
        return false;
    p->frames = arena_alloc(&p->memory, POLL_FRAMES_MAX * sizeof *p->frames);
    for (; p->count < json_array_size(frames); p->count++) {
        struct messenger_frame *f = &p->frames[p->count];
        *f = (struct messenger_frame){ .verdict = FRAME_BROKEN, .type = FRAME_TYPES };
        take_object(f, json_array_get(frames, p->count));
        if (f->verdict == FRAME_BROKEN)
            return false;
    }
    return sid || (p->count && p->frames[0].type == FRAME_HELLO);
}

void messenger_parse_poll(const char *bytes, size_t len, struct messenger_poll *out)
{
    *out = (struct messenger_poll){ .broken = true };
    struct extent e = measure(bytes, len, 3);
    if (e.depth <= FRAME_DEPTH_MAX + 2 && e.largest <= FRAME_BYTES_MAX) {
        json_t *root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
        out->broken = !take_poll(out, root);
        json_decref(root);
    }
}

void messenger_poll_clear(struct messenger_poll *p)
{
    for (size_t i = 0; i < p->count; i++)
        arena_clear(&p->frames[i].memory);
    arena_clear(&p->memory);
    *p = (struct messenger_poll){ 0 };
}
