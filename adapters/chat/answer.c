/* One row per dialog, one function per kind of field. */
#include "adapters/chat/answer.h"

#include <assert.h>
#include <string.h>

#include "adapters/inbox/parse.h"
#include "bot/base/text.h"
#include "bot/desk/ticket.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define HOUR_MS INT64_C(3600000)
#define DAY_BEGINS_S (9 * 60 * 60)

enum { FIELDS_MAX = 4 };

struct reading {
    const struct chat_answer *answer;
    const struct chat_facts *facts;
    struct arena *a;
    struct command *out;
    struct chat_errors *errors;
};

struct field {
    const char *id;
    /* text is neither NULL nor blank. Returns the sentence of an error, NULL: taken. */
    const char *(*take)(struct reading *r, const struct field *f, const char *text);
    const char *missing;               /* the sentence when it is left empty; NULL: that is fine */
    size_t max;                        /* code points */
    size_t slot;                       /* offset of a text in struct command */
};

static const char *take_text(struct reading *r, const struct field *f, const char *text)
{
    if (text_length(text) > f->max)
        return arena_print(r->a, "This is too long: at most %zu characters.", f->max);
    *(const char **)((char *)r->out + f->slot) = text;
    return NULL;
}

static const char *take_email(struct reading *r, const struct field *f, const char *text)
{
    if (!parse_email_is_fit(text))
        return "This is not a mail address.";
    return take_text(r, f, text);
}

static const char *take_flag(struct reading *r, const struct field *f, const char *text)
{
    static const struct { const char *word; bool flag; } words[] = {
        { "keep", true }, { "waiting", false }, { "on", true }, { "off", false },
    };
    (void)f;
    for (size_t i = 0; i < COUNT(words); i++)
        if (!strcmp(words[i].word, text)) {
            r->out->flag = words[i].flag;
            return NULL;
        }
    return "Choose one of the two.";
}

static const char *take_target(struct reading *r, const struct field *f, const char *text)
{
    int64_t id = chat_number(text + 1);
    if (id <= 0 || (*text != 't' && *text != 'g'))
        return f->missing;
    *(*text == 't' ? &r->out->target_id : &r->out->team_id) = id;
    return NULL;
}

static const char *take_priority(struct reading *r, const struct field *f, const char *text)
{
    r->out->number = chat_number(text);
    return r->out->number < PRIORITY_HIGHEST || r->out->number > PRIORITY_LOWEST ? f->missing
                                                                                  : NULL;
}

static const char *take_until(struct reading *r, const struct field *f, const char *text)
{
    r->out->until_ms = chat_until_ms(text, r->facts->now_ms, r->facts->zone);
    return r->out->until_ms ? NULL : f->missing;
}

static const char *take_outcome(struct reading *r, const struct field *f, const char *text)
{
    r->out->outcome = ticket_outcome_parse(text);
    return r->out->outcome <= OUTCOME_RESOLVED_AI ? f->missing : NULL;
}

static const char *take_client(struct reading *r, const struct field *f, const char *text)
{
    for (size_t i = 0; i < r->facts->client_count; i++)
        if (r->facts->clients[i].active && !strcmp(r->facts->clients[i].key, text)) {
            r->out->client_id = r->facts->clients[i].id;
            return NULL;
        }
    return f->missing;
}

#define TEXT(id, member, max, missing)                                                            \
    { id, take_text, missing, max, offsetof(struct command, member) }
#define CHOICE(id, take, missing) { id, take, missing, 0, 0 }
#define AFTER CHOICE("after", take_flag, NULL)

static const struct row {
    bool known;
    enum command_kind kind;
    struct field fields[FIELDS_MAX];
} rows[CARD_ACTIONS + 1] = {
    [CARD_REPLY] = { true, COMMAND_REPLY, {
        TEXT("text", text, PARSE_TEXT_MAX, "Write something to the customer."), AFTER } },
    [CARD_SEND_DRAFT] = { true, COMMAND_SEND_DRAFT, {
        TEXT("text", text, PARSE_TEXT_MAX, "Write something to the customer."), AFTER } },
    [CARD_NOTE] = { true, COMMAND_NOTE, {
        TEXT("text", text, PARSE_TEXT_MAX, "Write a note.") } },
    [CARD_TRANSFER] = { true, COMMAND_TRANSFER, {
        CHOICE("to", take_target, "Choose a technician or a team."),
        TEXT("why", text, 2000, NULL) } },
    [CARD_PRIORITY] = { true, COMMAND_PRIORITY, {
        CHOICE("priority", take_priority, "Choose a priority.") } },
    [CARD_CATEGORY] = { true, COMMAND_CATEGORY, {
        TEXT("category", category, 80, NULL), TEXT("type", type, 80, NULL),
        TEXT("subtype", subtype, 80, NULL) } },
    [CARD_SUBJECT] = { true, COMMAND_SUBJECT, {
        TEXT("text", text, 200, "Write a subject.") } },
    [CARD_TAG] = { true, COMMAND_TAG, {
        TEXT("text", text, 40, "Write a tag."),
        CHOICE("set", take_flag, "Choose whether to add it or to take it off.") } },
    [CARD_SNOOZE] = { true, COMMAND_SNOOZE, {
        CHOICE("until", take_until, "Choose until when.") } },
    [CARD_CLOSE] = { true, COMMAND_CLOSE, {
        CHOICE("outcome", take_outcome, "Choose how it ended."),
        TEXT("text", text, 2000, NULL) } },
    [CARD_RESOLVE] = { true, COMMAND_RESOLVE, { TEXT("text", text, PARSE_TEXT_MAX, NULL) } },
    [CARD_GIVE_BACK] = { true, COMMAND_GIVE_BACK, { { 0 } } },
    [CARD_TAKE_FROM] = { true, COMMAND_TAKEOVER, { { 0 } } },
    [CARD_ESCALATE] = { true, COMMAND_ESCALATE, {
        TEXT("text", text, 2000, "Say why: whoever takes it up reads this first.") } },
    [CARD_AI_WRONG] = { true, COMMAND_AI_WRONG, {
        TEXT("field", name, 40, "Choose what was wrong."), TEXT("text", text, 2000, NULL) } },
    [CARD_ACTIONS] = { true, COMMAND_NEW_TICKET, {
        CHOICE("client", take_client, "Choose a client."),
        { "email", take_email, NULL, 254, offsetof(struct command, email) },
        TEXT("name", name, 120, NULL),
        TEXT("text", text, PARSE_TEXT_MAX, "Write what they need.") } },
};

static void fail(struct reading *r, const char *id, const char *sentence)
{
    if (r->errors->count < DIALOG_FIELDS_MAX)
        r->errors->items[r->errors->count++] = (struct chat_error){ id, sentence };
}

/* The answer to a field without the space around it, NULL when there is none. */
static const char *answer_to(const struct reading *r, const char *id)
{
    for (size_t i = 0; i < r->answer->value_count; i++) {
        const struct chat_value *v = &r->answer->values[i];
        if (!v->id || strcmp(v->id, id) != 0)
            continue;
        if (!v->text || text_is_blank(v->text))
            return NULL;
        const char *from = v->text + strspn(v->text, " \t\r\n");
        size_t len = strlen(from);
        while (len && strchr(" \t\r\n", from[len - 1]))
            len--;
        return arena_copy_n(r->a, from, len);
    }
    return NULL;
}

static void read_fields(struct reading *r, const struct row *row)
{
    for (size_t i = 0; i < FIELDS_MAX && row->fields[i].id; i++) {
        const struct field *f = &row->fields[i];
        const char *text = answer_to(r, f->id);
        const char *sentence = text ? f->take(r, f, text) : f->missing;
        if (sentence)
            fail(r, f->id, sentence);
    }
}

/* What no single field can tell. */
static void check_whole(struct reading *r)
{
    const struct command *c = r->out;
    if (c->kind == COMMAND_NEW_TICKET) {
        if (!c->email && !c->name && !r->errors->count)
            fail(r, "email", "Say who asks: a mail address or a name.");
    } else if (c->ticket_id <= 0) {
        fail(r, NULL, "It is not clear which ticket this is about: please open it again.");
    }
    if (c->kind == COMMAND_SEND_DRAFT && c->number <= 0)
        fail(r, NULL, "This draft is no longer there: please write a reply.");
    if (c->kind == COMMAND_CATEGORY && !c->category && (c->type || c->subtype))
        fail(r, "category", "A type needs a category.");
    else if (c->kind == COMMAND_CATEGORY && !c->type && c->subtype)
        fail(r, "type", "A subtype needs a type.");
}

bool chat_answer_read(const struct chat_answer *answer, const struct chat_facts *facts,
                      struct arena *a, struct command *out, struct chat_errors *errors)
{
    struct reading r = { answer, facts, a, out, errors };
    *out = (struct command){ .kind = COMMAND_HEARD, .adapter = -1 };
    errors->count = 0;
    if (answer->action > CARD_ACTIONS || !rows[answer->action].known) {
        fail(&r, NULL, "This question is no longer asked: please look at the ticket again.");
        return false;
    }
    const struct row *row = &rows[answer->action];
    out->kind = row->kind;
    out->ticket_id = answer->action == CARD_ACTIONS ? 0 : answer->ticket_id;
    out->number = answer->action == CARD_SEND_DRAFT ? answer->number : 0;
    read_fields(&r, row);
    check_whole(&r);
    return !errors->count;
}

bool chat_act_at_once(enum card_action action, int64_t ticket_id, struct command *out)
{
    static const struct { enum card_action action; enum command_kind kind; bool flag; } acts[] = {
        { CARD_CLAIM, COMMAND_CLAIM, false },         { CARD_RELEASE, COMMAND_RELEASE, false },
        { CARD_TAKEOVER, COMMAND_TAKEOVER, false },   { CARD_HOLD, COMMAND_HOLD, false },
        { CARD_WAKE, COMMAND_SNOOZE, false },         { CARD_REOPEN, COMMAND_REOPEN, false },
        { CARD_KEEP_OPEN, COMMAND_KEEP_OPEN, false }, { CARD_REVIEW, COMMAND_REVIEW, true },
        { CARD_REVIEWED, COMMAND_REVIEW, false },
    };
    for (size_t i = 0; i < COUNT(acts); i++)
        if (acts[i].action == action) {
            *out = (struct command){ .kind = acts[i].kind, .flag = acts[i].flag,
                                     .ticket_id = ticket_id, .adapter = -1 };
            return true;
        }
    return false;
}

/* 9 o'clock of the day that is so many days after today. */
static int64_t morning_ms(int64_t today, int days, const struct zone *zone)
{
    return zone_instant_s(zone, (today + days) * DAY_S + DAY_BEGINS_S) * 1000;
}

int64_t chat_until_ms(const char *word, int64_t now_ms, const struct zone *zone)
{
    static const struct { const char *word; int64_t hours; } spans[] = {
        { "1h", 1 }, { "4h", 4 }, { "1w", INT64_C(7) * 24 },
    };
    for (size_t i = 0; i < COUNT(spans); i++)
        if (!strcmp(spans[i].word, word))
            return now_ms + spans[i].hours * HOUR_MS;
    int64_t now_s = now_ms / 1000;
    int64_t today = (now_s + zone_offset_s(zone, now_s, NULL)) / DAY_S;
    if (!strcmp(word, "tomorrow"))
        return morning_ms(today, 1, zone);
    if (!strcmp(word, "monday"))
        return morning_ms(today, 7 - date_weekday(today), zone);
    return 0;
}

int64_t chat_number(const char *text)
{
    return parse_number(text);
}

int chat_numbers(const char *text, int64_t out[3])
{
    int count = 0;
    memset(out, 0, 3 * sizeof *out);
    for (; text; count++) {
        char digits[24] = "";
        size_t len = strcspn(text, ":");
        if (count == 3 || len >= sizeof digits)
            break;
        memcpy(digits, text, len);
        out[count] = chat_number(digits);
        if (out[count] < 0)
            break;
        if (!text[len])
            return count + 1;
        text += len + 1;
    }
    memset(out, 0, 3 * sizeof *out);
    return 0;
}
