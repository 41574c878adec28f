#include "adapters/inbox/parse.h"

#include <string.h>

#include <jansson.h>

#include "bot/base/text.h"
#include "bot/desk/ticket.h"

#define NUMBER_MAX INT64_C(9007199254740991)
#define COUNT(a) (sizeof(a) / sizeof *(a))

enum slot { SLOT_TEXT, SLOT_NAME, SLOT_EMAIL, SLOT_CATEGORY, SLOT_TYPE, SLOT_SUBTYPE, SLOT_NUMBER,
            SLOT_UNTIL, SLOT_TARGET, SLOT_TEAM, SLOT_CLIENT, SLOT_OUTCOME, SLOT_FLAG };

/* A member of the request: where its value goes, and the longest text in code points. */
#define FIELD_TABLE(F)                                                                            \
    F(TEXT, "text", SLOT_TEXT, PARSE_TEXT_MAX)                                                    \
    F(KEEP, "keep", SLOT_FLAG, 0)                                                                 \
    F(TECHNICIAN, "technician", SLOT_TARGET, 0)                                                   \
    F(TEAM, "team", SLOT_TEAM, 0)                                                                 \
    F(WHY, "why", SLOT_TEXT, 2000)                                                                \
    F(PRIORITY, "priority", SLOT_NUMBER, 0)                                                       \
    F(CATEGORY, "category", SLOT_CATEGORY, 80)                                                    \
    F(TYPE, "type", SLOT_TYPE, 80)                                                                \
    F(SUBTYPE, "subtype", SLOT_SUBTYPE, 80)                                                       \
    F(SUBJECT, "subject", SLOT_TEXT, 200)                                                         \
    F(TAG, "tag", SLOT_TEXT, 40)                                                                  \
    F(SET, "set", SLOT_FLAG, 0)                                                                   \
    F(UNTIL, "until", SLOT_UNTIL, 0)                                                              \
    F(RECAP, "recap", SLOT_TEXT, PARSE_TEXT_MAX)                                                  \
    F(REASON, "reason", SLOT_TEXT, 500)                                                           \
    F(OUTCOME, "outcome", SLOT_OUTCOME, 0)                                                        \
    F(REVIEW, "review", SLOT_FLAG, 0)                                                             \
    F(FIELD, "field", SLOT_NAME, 40)                                                              \
    F(DRAFT, "draft", SLOT_NUMBER, 0)                                                             \
    F(SEQ, "seq", SLOT_NUMBER, 0)                                                                 \
    F(EFFECT, "effect", SLOT_NUMBER, 0)                                                           \
    F(CLIENT, "client", SLOT_CLIENT, 0)                                                           \
    F(NAME, "name", SLOT_NAME, 120)                                                               \
    F(EMAIL, "email", SLOT_EMAIL, 254)

#define FIELD_ENUM(id, member, slot, max) FIELD_##id,
enum field_id { FIELD_TABLE(FIELD_ENUM) FIELDS };
#undef FIELD_ENUM

#define FIELD_ROW(id, member, slot, max) { member, slot, max },
static const struct field { const char *member; enum slot slot; size_t max; } fields[FIELDS] = {
    FIELD_TABLE(FIELD_ROW)
};
#undef FIELD_ROW

#define HAS(id) (1u << FIELD_##id)

struct action {
    const char *word;
    enum command_kind kind;
    unsigned required, optional;    /* bits of enum field_id */
    bool no_ticket;                 /* it is not about one ticket */
    bool no_id;                     /* harmless to repeat: it needs no idempotency id */
};

static const struct action actions[] = {
    { "claim", COMMAND_CLAIM, 0, 0, false, false },
    { "release", COMMAND_RELEASE, 0, 0, false, false },
    { "reply", COMMAND_REPLY, HAS(TEXT), HAS(KEEP), false, false },
    { "note", COMMAND_NOTE, HAS(TEXT), 0, false, false },
    { "transfer", COMMAND_TRANSFER, 0, HAS(TECHNICIAN) | HAS(TEAM) | HAS(WHY), false, false },
    { "takeover", COMMAND_TAKEOVER, 0, 0, false, false },
    { "give_back", COMMAND_GIVE_BACK, 0, 0, false, false },
    { "priority", COMMAND_PRIORITY, HAS(PRIORITY), 0, false, false },
    { "category", COMMAND_CATEGORY, 0, HAS(CATEGORY) | HAS(TYPE) | HAS(SUBTYPE), false, false },
    { "subject", COMMAND_SUBJECT, HAS(SUBJECT), 0, false, false },
    { "tag", COMMAND_TAG, HAS(TAG) | HAS(SET), 0, false, false },
    { "snooze", COMMAND_SNOOZE, HAS(UNTIL), 0, false, false },
    { "hold", COMMAND_HOLD, 0, 0, false, false },
    { "resolve", COMMAND_RESOLVE, 0, HAS(RECAP), false, false },
    { "close", COMMAND_CLOSE, 0, HAS(REASON) | HAS(OUTCOME), false, false },
    { "reopen", COMMAND_REOPEN, 0, 0, false, false },
    { "keep_open", COMMAND_KEEP_OPEN, 0, 0, false, false },
    { "escalate", COMMAND_ESCALATE, 0, HAS(WHY), false, false },
    { "review", COMMAND_REVIEW, HAS(REVIEW), 0, false, false },
    { "ai_wrong", COMMAND_AI_WRONG, HAS(FIELD), HAS(TEXT), false, false },
    { "send_draft", COMMAND_SEND_DRAFT, HAS(DRAFT), HAS(TEXT), false, false },
    { "desk_seen", COMMAND_DESK_SEEN, HAS(SEQ), 0, false, true },
    { "retry_effect", COMMAND_RETRY_EFFECT, HAS(EFFECT), 0, true, false },
    { "drop_effect", COMMAND_DROP_EFFECT, HAS(EFFECT), 0, true, false },
    { "new", COMMAND_NEW_TICKET, HAS(CLIENT) | HAS(TEXT), HAS(NAME) | HAS(EMAIL), true, false },
};

struct parse {
    struct arena *arena;
    struct command *out;
    const char *why;
};

static bool refuse(struct parse *p, const char *why)
{
    if (!p->why)
        p->why = why;
    return false;
}

/* jansson has already refused bad UTF-8 and U+0000. */
static const char *text_of(const json_t *value, size_t max)
{
    const char *text = json_string_value(value);
    return text && text_length(text) <= max ? text : NULL;
}

static bool whole(const json_t *value, int64_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        json_integer_value(value) > NUMBER_MAX)
        return false;
    *out = json_integer_value(value);
    return true;
}

static const char **text_slot(struct command *c, enum slot slot)
{
    switch (slot) {
    case SLOT_TEXT: return &c->text;
    case SLOT_NAME: return &c->name;
    case SLOT_EMAIL: return &c->email;
    case SLOT_CATEGORY: return &c->category;
    case SLOT_TYPE: return &c->type;
    case SLOT_SUBTYPE: return &c->subtype;
    default: return NULL;
    }
}

static int64_t *number_slot(struct command *c, enum slot slot)
{
    switch (slot) {
    case SLOT_NUMBER: return &c->number;
    case SLOT_UNTIL: return &c->until_ms;
    case SLOT_TARGET: return &c->target_id;
    case SLOT_TEAM: return &c->team_id;
    case SLOT_CLIENT: return &c->client_id;
    default: return NULL;
    }
}

static bool take_text(struct parse *p, const struct field *f, const json_t *value)
{
    const char *text = text_of(value, f->max);
    if (!text)
        return refuse(p, arena_print(p->arena, "%s must be text of at most %zu characters.",
                                     f->member, f->max));
    *text_slot(p->out, f->slot) = *text ? arena_copy(p->arena, text) : NULL;
    return true;
}

static bool take_outcome(struct parse *p, const json_t *value)
{
    const char *code = json_string_value(value);
    int outcome = code ? ticket_outcome_parse(code) : -1;
    if (outcome < 0)
        return refuse(p, "outcome is not one that this desk knows.");
    p->out->outcome = outcome;
    return true;
}

static bool take_field(struct parse *p, const struct field *f, const json_t *value)
{
    if (text_slot(p->out, f->slot))
        return take_text(p, f, value);
    if (f->slot == SLOT_OUTCOME)
        return take_outcome(p, value);
    if (f->slot == SLOT_FLAG) {
        p->out->flag = json_is_true(value);
        return json_is_boolean(value) ||
               refuse(p, arena_print(p->arena, "%s must be true or false.", f->member));
    }
    return whole(value, number_slot(p->out, f->slot)) ||
           refuse(p, arena_print(p->arena, "%s must be a whole number.", f->member));
}

static bool take_source_id(struct parse *p, const json_t *value)
{
    const char *id = json_string_value(value);
    size_t len = id ? strlen(id) : 0;
    if (len < 8 || len > PARSE_ID_MAX ||
        strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-") != len)
        return refuse(p, "id must be 8 to 64 letters, digits, - or _.");
    p->out->source_id = arena_copy(p->arena, id);
    return true;
}

/* Members that every action may have. True when `member` was one of them. */
static bool take_common(struct parse *p, const char *member, const json_t *value)
{
    if (!strcmp(member, "id")) {
        take_source_id(p, value);
    } else if (!strcmp(member, "ticket")) {
        if (!whole(value, &p->out->ticket_id))
            refuse(p, "ticket must be a whole number.");
    } else if (!strcmp(member, "version")) {
        if (!whole(value, &p->out->if_version))
            refuse(p, "version must be a whole number.");
    } else {
        return !strcmp(member, "action");
    }
    return true;
}

static int field_find(const char *member)
{
    for (int i = 0; i < FIELDS; i++)
        if (!strcmp(fields[i].member, member))
            return i;
    return -1;
}

static const struct action *action_find(const char *word)
{
    for (size_t i = 0; word && i < COUNT(actions); i++)
        if (!strcmp(actions[i].word, word))
            return &actions[i];
    return NULL;
}

static bool take_members(struct parse *p, const struct action *action, json_t *body,
                         unsigned *seen)
{
    const char *member;
    json_t *value;
    json_object_foreach(body, member, value) {
        if (take_common(p, member, value))
            continue;
        int field = field_find(member);
        if (field < 0 || !((action->required | action->optional) & 1u << field))
            return refuse(p, arena_print(p->arena, "%s does not take %s.", action->word,
                                         field < 0 ? "an unknown member" : fields[field].member));
        if (!take_field(p, &fields[field], value))
            return false;
        *seen |= 1u << field;
    }
    return !p->why;
}

/* What must be there, and what must not be blank. */
static bool is_whole(struct parse *p, const struct action *action, unsigned seen)
{
    const struct command *c = p->out;
    for (int i = 0; i < FIELDS; i++) {
        if (!(action->required & 1u << i))
            continue;
        const char **text = text_slot(p->out, fields[i].slot);
        if (!(seen & 1u << i) || (text && (!*text || text_is_blank(*text))))
            return refuse(p, arena_print(p->arena, "%s is missing.", fields[i].member));
    }
    if (!action->no_ticket && !c->ticket_id)
        return refuse(p, "ticket is missing.");
    if (!action->no_id && !c->source_id)
        return refuse(p, "id is missing.");
    return true;
}

static bool is_sensible(struct parse *p)
{
    struct command *c = p->out;
    if (c->kind == COMMAND_TRANSFER && !c->target_id == !c->team_id)
        return refuse(p, "Choose a technician or a team.");
    if (c->kind == COMMAND_PRIORITY &&
        (c->number < PRIORITY_HIGHEST || c->number > PRIORITY_LOWEST))
        return refuse(p, "priority must be 1 to 4.");
    if (c->kind == COMMAND_CATEGORY && !c->category && (c->type || c->subtype))
        return refuse(p, "A type needs a category.");
    if (c->kind == COMMAND_CATEGORY && !c->type && c->subtype)
        return refuse(p, "A subtype needs a type.");
    if (c->kind == COMMAND_NEW_TICKET && !c->name && !c->email)
        return refuse(p, "Say who asks: a name or a mail address.");
    if (c->kind == COMMAND_NEW_TICKET && c->email && !parse_email_is_fit(c->email))
        return refuse(p, "This is not a mail address.");
    return true;
}

static json_t *load_object(const char *bytes, size_t len)
{
    json_error_t error;
    json_t *body = len > PARSE_BODY_MAX ? NULL
                                        : json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(body))
        return body;
    json_decref(body);
    return NULL;
}

bool parse_act(const char *bytes, size_t len, struct arena *a, struct command *out,
               const char **why)
{
    struct parse p = { .arena = a, .out = out };
    unsigned seen = 0;
    *out = (struct command){ .adapter = -1 };
    json_t *body = load_object(bytes, len);
    const struct action *action = body
        ? action_find(json_string_value(json_object_get(body, "action"))) : NULL;
    if (action)
        out->kind = action->kind;
    bool ok = action ? take_members(&p, action, body, &seen) && is_whole(&p, action, seen) &&
                           is_sensible(&p)
                     : refuse(&p, body ? "This action is not known."
                                       : "This is not a JSON object.");
    json_decref(body);
    *why = p.why;
    return ok;
}

bool parse_door(const char *bytes, size_t len, struct arena *a, struct parse_door *out)
{
    json_t *body = load_object(bytes, len);
    *out = (struct parse_door){ 0 };
    out->email = arena_copy(a, text_of(json_object_get(body, "email"), 254));
    out->code = arena_copy(a, text_of(json_object_get(body, "code"), 20));
    out->token = arena_copy(a, text_of(json_object_get(body, "token"), 200));
    json_decref(body);
    return out->email || out->code || out->token;
}

bool parse_frame(const char *bytes, size_t len, struct parse_frame *out)
{
    static const char *const words[] = {
        [FRAME_LOOK] = "look", [FRAME_TYPING] = "typing", [FRAME_PING] = "ping"
    };
    json_t *body = load_object(bytes, len);
    const char *word = json_string_value(json_object_get(body, "t"));
    bool known = false;
    *out = (struct parse_frame){ 0 };
    for (size_t i = 0; word && i < COUNT(words); i++)
        if (!strcmp(words[i], word)) {
            out->kind = (enum parse_frame_kind)i;
            known = true;
        }
    if (known && out->kind != FRAME_PING)
        known = whole(json_object_get(body, "ticket"), &out->ticket_id);
    out->note = json_is_true(json_object_get(body, "note"));
    json_decref(body);
    return known;
}

int64_t parse_number(const char *text)
{
    int64_t number = 0;
    if (!text || !*text)
        return -1;
    for (; *text; text++) {
        if (*text < '0' || *text > '9' || number > NUMBER_MAX / 10)
            return -1;
        number = number * 10 + (*text - '0');
    }
    return number <= NUMBER_MAX ? number : -1;
}

bool parse_email_is_fit(const char *email)
{
    size_t len = strlen(email);
    const char *at = strchr(email, '@');
    if (len < 3 || len > 254 || !at || at == email || !at[1] || strchr(at + 1, '@'))
        return false;
    for (const char *c = email; *c; c++)
        if ((unsigned char)*c <= ' ' || *c == 0x7f || strchr("<>()[],;:\\\"", *c))
            return false;
    return true;
}

const char *parse_cookie(const char *header, const char *name, struct arena *a)
{
    size_t name_len = strlen(name);
    while (header && *header) {
        header += strspn(header, "; ");
        size_t len = strcspn(header, ";");
        if (len > name_len && !strncmp(header, name, name_len) && header[name_len] == '=')
            return arena_copy_n(a, header + name_len + 1, len - name_len - 1);
        header += len;
    }
    return NULL;
}
